import Formats
import Testing

struct TimeFormatTests {
  @Test(arguments: [
    FaultCase(.date, "1️⃣"),
    FaultCase(.date, "19991️⃣/01/01"),
    FaultCase(.date, "1999-11️⃣-01"),
    FaultCase(.date, "1999-1️⃣13-01"),
    FaultCase(.date, "1999-111️⃣"),
    FaultCase(.date, "1900-02-1️⃣29"),
    FaultCase(.date, "2000-02-1️⃣30"),
    FaultCase(.date, "2000-02-291️⃣T"),
    FaultCase(.dateTime, "2000-02-291️⃣ 10:00:00Z"),
    FaultCase(.time, "101️⃣00:00Z"),
    FaultCase(.time, "10:001️⃣Z"),
    FaultCase(.time, "10:00:00.1️⃣Z"),
    FaultCase(.time, "10:00:001️⃣"),
    FaultCase(.time, "10:00:00+11️⃣:00"),
    FaultCase(.time, "10:00:00+011️⃣00"),
    FaultCase(.time, "10:00:00Z1️⃣Z"),
    FaultCase(.time, "10:00:1️⃣60Z"),
    FaultCase(.dateTime, "2016-12-30T23:59:1️⃣60Z"),
    FaultCase(.dateTime, "2016-12-31T00:59:1️⃣60+01:00"),
    FaultCase(.duration, "1️⃣1D"),
    FaultCase(.duration, "P1️⃣"),
    FaultCase(.duration, "P1D1️⃣ "),
    FaultCase(.duration, "P11️⃣H"),
    FaultCase(.duration, "PT11️⃣D"),
    FaultCase(.duration, "PT1M11️⃣H"),
    FaultCase(.duration, "P1Y1️⃣1D"),
    FaultCase(.duration, "P1W1️⃣1D"),
    FaultCase(.duration, "P1D11️⃣W"),
    FaultCase(.duration, "PT1H1️⃣T1M"),
  ])
  func tellsWhereItGoesWrong(_ fault: FaultCase) {
    fault.check()
  }

  @Test(
    arguments: [
      (.dateTime, "2017-01-01T00:59:60+01:00"), (.dateTime, "2016-12-31T15:59:60-08:00"),
      (.dateTime, "2015-06-30T23:59:60.5Z"), (.date, "2000-02-29"), (.time, "23:59:60-00:00"),
      (.duration, "P1YT1S"), (.duration, "P1M"), (.duration, "PT1M"),
    ] as [(StringFormat, String)])
  func accepts(format: StringFormat, text: String) {
    #expect(format.fault(in: text) == nil)
  }
}

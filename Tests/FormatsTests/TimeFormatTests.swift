import Formats
import Testing

struct TimeFormatTests {
  @Test(arguments: [
    FaultCase(.date, "1️⃣", "expected four digits of the year"),
    FaultCase(.date, "19991️⃣/01/01", "expected '-' after the year"),
    FaultCase(.date, "1999-11️⃣-01", "expected two digits of the month"),
    FaultCase(.date, "1999-1️⃣13-01", "expected a month from 01 to 12"),
    FaultCase(.date, "1999-111️⃣", "expected '-' after the month"),
    FaultCase(.date, "1900-02-1️⃣29", "expected a day from 01 to 28"),
    FaultCase(.date, "2000-02-1️⃣30", "expected a day from 01 to 29"),
    FaultCase(.date, "2000-02-291️⃣T", "expected the end after the day"),
    FaultCase(.dateTime, "2000-02-291️⃣ 10:00:00Z", "expected 'T' and the time after the date"),
    FaultCase(.time, "101️⃣00:00Z", "expected ':' after the hour"),
    FaultCase(.time, "10:001️⃣Z", "expected ':' after the minute"),
    FaultCase(.time, "10:00:00.1️⃣Z", "expected digits of the second's fraction after '.'"),
    FaultCase(
      .time, "10:00:001️⃣", "expected the offset from UTC: 'Z', or such as '+01:00'"),
    FaultCase(.time, "10:00:00+11️⃣:00", "expected two digits of the offset's hours"),
    FaultCase(.time, "10:00:00+011️⃣00", "expected ':' after the offset's hours"),
    FaultCase(.time, "10:00:00Z1️⃣Z", "expected the end after the offset from UTC"),
    FaultCase(.time, "10:00:1️⃣60Z", "a leap second comes only at 23:59 in UTC"),
    FaultCase(
      .dateTime, "2016-12-30T23:59:1️⃣60Z",
      "a leap second comes only at the end of a month in UTC"),
    FaultCase(
      .dateTime, "2016-12-31T00:59:1️⃣60+01:00",
      "a leap second comes only at the end of a month in UTC"),
    FaultCase(.duration, "1️⃣1D", "expected 'P' at the start of a duration"),
    FaultCase(.duration, "P1️⃣", "expected a whole number and its unit"),
    FaultCase(.duration, "P1D1️⃣ ", "expected the end, or another whole number and its unit"),
    FaultCase(
      .duration, "P11️⃣H",
      "expected 'Y', 'M', 'W' or 'D' after the number; 'H' and 'S' come after a 'T'"),
    FaultCase(.duration, "PT11️⃣D", "expected 'H', 'M' or 'S' after the number"),
    FaultCase(
      .duration, "PT1M11️⃣H", "the units go from the largest to the smallest, each once"),
    FaultCase(
      .duration, "P1Y1️⃣1D", "no unit may be left out between two others; write '0M'"),
    FaultCase(.duration, "P1W1️⃣1D", "weeks stand alone in a duration"),
    FaultCase(.duration, "P1D11️⃣W", "weeks stand alone in a duration"),
    FaultCase(
      .duration, "PT1H1️⃣T1M", "expected one 'T' before hours, minutes and seconds"),
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

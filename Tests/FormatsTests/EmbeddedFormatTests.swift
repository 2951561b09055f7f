import Formats
import TestSupport
import Testing

struct EmbeddedFormatTests {
  @Test(arguments: [
    FaultCase(.jsonPointer, "1️⃣a"),
    FaultCase(.jsonPointer, "/a1️⃣~"),
    FaultCase(.relativeJSONPointer, "1️⃣"),
    FaultCase(.relativeJSONPointer, "1️⃣00"),
    FaultCase(.relativeJSONPointer, "0+1️⃣0"),
    FaultCase(.relativeJSONPointer, "0-1️⃣#"),
    FaultCase(.relativeJSONPointer, "0#1️⃣/"),
    FaultCase(.relativeJSONPointer, "01️⃣a"),
    FaultCase(.json, "1️⃣\u{FEFF}1"),
    FaultCase(.base64, "QUJ1️⃣-"),
    FaultCase(.base64, "QUJD1️⃣\nQUJD"),
    FaultCase(.base64, "QU1️⃣é"),
    FaultCase(.base64, "QQ==1️⃣QUJD"),
    FaultCase(.base64, "QQ==1️⃣="),
    FaultCase(.base64, "QUJDQ1️⃣"),
    FaultCase(.base64, "QUI1️⃣"),
    FaultCase(.base64, "QQ=1️⃣"),
    FaultCase(.base64, "QUI=1️⃣="),
    FaultCase(.base64, "QUJD1️⃣="),
    FaultCase(.base64, "Q1️⃣R=="),
    FaultCase(.base64, "QU1️⃣J="),
    FaultCase(.mediaType, "1️⃣"),
    FaultCase(.mediaType, "1️⃣*/*"),
    FaultCase(.mediaType, "text1️⃣"),
    FaultCase(.mediaType, "text/1️⃣"),
    FaultCase(.mediaType, "text/plain1️⃣,a"),
    FaultCase(.mediaType, "text/plain1️⃣ a"),
    FaultCase(.mediaType, "text/plain; 1️⃣=a"),
    FaultCase(.mediaType, "text/plain; a1️⃣ = b"),
    FaultCase(.mediaType, "text/plain; a=1️⃣"),
    FaultCase(.mediaType, "text/plain; a=1️⃣\"b"),
    FaultCase(.mediaType, "text/plain; a=1️⃣\"b\\"),
    FaultCase(.mediaType, "text/plain; a=\"1️⃣\n\""),
    FaultCase(.arn, "1️⃣arn"),
    FaultCase(.arn, "arn:1️⃣google:s3:::b"),
    FaultCase(.arn, "arn:1️⃣aws-:s3:::b"),
    FaultCase(.arn, "arn:aws:1️⃣:::b"),
    FaultCase(.arn, "arn:aws:1️⃣S3:::b"),
    FaultCase(.arn, "arn:aws:s3:1️⃣"),
    FaultCase(.arn, "arn:aws:sns:eu-west-1:1️⃣1234:a"),
    FaultCase(.arn, "arn:aws:sns:eu-west-1:123456789012:1️⃣"),
    FaultCase(.arn, "arn:aws:s3:::a1️⃣\n"),
  ])
  func tellsWhereItGoesWrong(_ fault: FaultCase) {
    fault.check()
  }

  @Test(
    arguments: [
      (.relativeJSONPointer, "0+1/a"), (.relativeJSONPointer, "2-10#"),
      (.json, " {\"a\": [1]} "), (.json, "null"), (.regex, "(?<a>x)\\k<a>"), (.regex, ""),
      (.base64, ""), (.base64, "QQ=="), (.base64, "QUI="), (.base64, "QUJD"), (.base64, "+/+/"),
      (.mediaType, "text/plain"), (.mediaType, "application/vnd.amazonaws.connect.message+json"),
      (.mediaType, "text/plain;charset=UTF-8"), (.mediaType, "a/b ; c=\"d \\\" e\" ;"),
      (.arn, "arn:aws:s3:::bucket/My Folder/*"), (.arn, "arn:aws-us-gov:iam::aws:policy/a"),
      (.arn, "arn:aws:sns:us-east-1:123456789012:topic:a"),
      (.arn, "arn:aws-cn:iam::123456789012:root"),
      (.arn, "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1"),
    ] as [(StringFormat, String)])
  func accepts(format: StringFormat, text: String) {
    #expect(format.fault(in: text) == nil)
  }

  @Test func faultsOfOtherLanguagesKeepTheirOffsetAndMayQuote() throws {
    let json = try #require(StringFormat.json.fault(in: "{\"é\": 1 2}"))
    #expect(json.offset == 9)
    #expect(json.quotesText)
    #expect(!json.message.isEmpty)
    let pattern = try #require(StringFormat.regex.fault(in: "é(a"))
    #expect(pattern.offset == 2)
    expectMessages([pattern.message], of: "a pattern")
    #expect(pattern.quotesText)
  }
}

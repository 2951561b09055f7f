import Formats
import Testing

struct EmbeddedFormatTests {
  @Test(arguments: [
    FaultCase(.jsonPointer, "1️⃣a", "expected '/' before each name of a JSON Pointer"),
    FaultCase(
      .jsonPointer, "/a1️⃣~", "expected '0' or '1' after '~'; write '~0' for '~' and '~1' for '/'"),
    FaultCase(.relativeJSONPointer, "1️⃣", "expected the number of levels to go up"),
    FaultCase(.relativeJSONPointer, "1️⃣00", "this number has no leading zero"),
    FaultCase(.relativeJSONPointer, "0+1️⃣0", "a shift among the items is at least 1"),
    FaultCase(.relativeJSONPointer, "0-1️⃣#", "expected how far to shift among the items"),
    FaultCase(.relativeJSONPointer, "0#1️⃣/", "expected the end after '#'"),
    FaultCase(
      .relativeJSONPointer, "01️⃣a",
      "expected a JSON Pointer, '#' or the end after the number of levels"),
    FaultCase(.json, "1️⃣\u{FEFF}1", "no byte-order mark may stand before JSON"),
    FaultCase(.base64, "QUJ1️⃣-", "'-' and '_' are of base64url; base64 has '+' and '/' for them"),
    FaultCase(.base64, "QUJD1️⃣\nQUJD", "base64 has no spaces and no line breaks"),
    FaultCase(.base64, "QU1️⃣é", "expected a letter, a digit, '+', '/' or '='"),
    FaultCase(.base64, "QQ==1️⃣QUJD", "nothing may follow the '=' at the end"),
    FaultCase(.base64, "QQ==1️⃣=", "at most two '=' stand at the end"),
    FaultCase(.base64, "QUJDQ1️⃣", "the last group of four has one character, which is no byte"),
    FaultCase(.base64, "QUI1️⃣", "expected '=' until the length is a multiple of four"),
    FaultCase(.base64, "QQ=1️⃣", "expected '=' until the length is a multiple of four"),
    FaultCase(.base64, "QUI=1️⃣=", "this '=' is one too many"),
    FaultCase(.base64, "QUJD1️⃣=", "this '=' is one too many"),
    FaultCase(
      .base64, "Q1️⃣R==", "the unused bits of the last character before '=' must be zero"),
    FaultCase(
      .base64, "QU1️⃣J=", "the unused bits of the last character before '=' must be zero"),
    FaultCase(.mediaType, "1️⃣", "expected the type, such as 'text', at the start"),
    FaultCase(.mediaType, "1️⃣*/*", "expected the type, such as 'text', at the start"),
    FaultCase(.mediaType, "text1️⃣", "expected '/' and the subtype after the type"),
    FaultCase(.mediaType, "text/1️⃣", "expected the subtype after '/'"),
    FaultCase(
      .mediaType, "text/plain1️⃣,a", "this character may not stand in the name of a media type"),
    FaultCase(.mediaType, "text/plain1️⃣ a", "expected ';' and a parameter after a space"),
    FaultCase(
      .mediaType, "text/plain; 1️⃣=a", "expected the name of a parameter after ';'"),
    FaultCase(
      .mediaType, "text/plain; a1️⃣ = b",
      "expected '=' after the name of the parameter, without spaces"),
    FaultCase(
      .mediaType, "text/plain; a=1️⃣",
      "expected the value of the parameter: a word, or text in quotes"),
    FaultCase(.mediaType, "text/plain; a=1️⃣\"b", "this quote is never closed"),
    FaultCase(.mediaType, "text/plain; a=1️⃣\"b\\", "this quote is never closed"),
    FaultCase(
      .mediaType, "text/plain; a=\"1️⃣\n\"", "a control character may not stand in quotes"),
    FaultCase(.arn, "1️⃣arn", "expected 'arn:' at the start"),
    FaultCase(
      .arn, "arn:1️⃣google:s3:::b",
      "expected the partition: 'aws', or such as 'aws-cn' or 'aws-us-gov'"),
    FaultCase(
      .arn, "arn:1️⃣aws-:s3:::b",
      "expected the partition: 'aws', or such as 'aws-cn' or 'aws-us-gov'"),
    FaultCase(.arn, "arn:aws:1️⃣:::b", "expected a service, such as 's3'"),
    FaultCase(
      .arn, "arn:aws:1️⃣S3:::b",
      "expected small letters, digits and '-' up to the ':' after the service"),
    FaultCase(.arn, "arn:aws:s3:1️⃣", "expected ':' after the region: an ARN has six parts"),
    FaultCase(
      .arn, "arn:aws:sns:eu-west-1:1️⃣1234:a",
      "expected an account of 12 digits, 'aws', or none"),
    FaultCase(
      .arn, "arn:aws:sns:eu-west-1:123456789012:1️⃣", "expected a resource after the account"),
    FaultCase(.arn, "arn:aws:s3:::a1️⃣\n", "a resource has no control characters"),
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
    #expect(pattern.message == "this group is never closed; add ')'")
    #expect(pattern.quotesText)
  }
}

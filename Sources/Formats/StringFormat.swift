import SourceText

/// A format that a string can be in.
///
/// The formats of JSON Schema 2020-12 (validation, section 7.3), which earlier drafts share, and
/// some that requests need besides. The raw value is the name that the keyword `format` uses.
package enum StringFormat: String, Sendable, CaseIterable, Hashable {
  /// RFC 3339, `date-time`.
  case dateTime = "date-time"
  /// RFC 3339, `full-date`.
  case date
  /// RFC 3339, `full-time`.
  case time
  /// RFC 3339, appendix A.
  case duration
  /// RFC 5321, `Mailbox`.
  case email
  /// RFC 6531, `Mailbox`.
  case idnEmail = "idn-email"
  /// RFC 1123, section 2.1, with A-labels by RFC 5890.
  case hostname
  /// RFC 5890.
  case idnHostname = "idn-hostname"
  /// RFC 2673, section 3.2.
  case ipv4
  /// RFC 4291, section 2.2.
  case ipv6
  /// RFC 3986, `URI`.
  case uri
  /// RFC 3986, `URI-reference`.
  case uriReference = "uri-reference"
  /// RFC 3987, `IRI`.
  case iri
  /// RFC 3987, `IRI-reference`.
  case iriReference = "iri-reference"
  /// RFC 4122.
  case uuid
  /// RFC 6570.
  case uriTemplate = "uri-template"
  /// RFC 6901, section 5.
  case jsonPointer = "json-pointer"
  /// The Internet-Draft draft-bhutton-relative-json-pointer-00.
  case relativeJSONPointer = "relative-json-pointer"
  /// ECMA-262, section 22.2.1, with the flag `u`.
  case regex
  /// RFC 8259.
  case json
  /// The Amazon Resource Name.
  case arn
  /// RFC 4648, section 4.
  case base64
  /// RFC 9110, section 8.3.1, with names by RFC 6838, section 4.2.
  case mediaType = "media-type"
}

extension StringFormat {
  /// What a string in the format is, to follow "is not": "a date-time (RFC 3339)", "JSON".
  package var phrase: String {
    switch self {
    case .dateTime: "a date-time (RFC 3339)"
    case .date: "a date (RFC 3339)"
    case .time: "a time with its offset from UTC (RFC 3339)"
    case .duration: "a duration (RFC 3339)"
    case .email: "an email address (RFC 5321)"
    case .idnEmail: "an internationalized email address (RFC 6531)"
    case .hostname: "a host name (RFC 1123)"
    case .idnHostname: "an internationalized host name (RFC 5890)"
    case .ipv4: "an IPv4 address"
    case .ipv6: "an IPv6 address"
    case .uri: "a URI (RFC 3986)"
    case .uriReference: "a URI or a relative reference (RFC 3986)"
    case .iri: "an IRI (RFC 3987)"
    case .iriReference: "an IRI or a relative reference (RFC 3987)"
    case .uuid: "a UUID (RFC 4122)"
    case .uriTemplate: "a URI template (RFC 6570)"
    case .jsonPointer: "a JSON Pointer (RFC 6901)"
    case .relativeJSONPointer: "a relative JSON Pointer"
    case .regex: "a regular expression (ECMA-262)"
    case .json: "JSON"
    case .arn: "an ARN"
    case .base64: "base64 (RFC 4648)"
    case .mediaType: "a media type (RFC 6838)"
    }
  }

  /// What keeps a text, UTF-8 with every escape resolved, out of the format; nil where it is in it.
  ///
  /// Only the first fault is reported. The time is linear in the text.
  package func fault(in text: ArraySlice<UInt8>) -> FormatFault? {
    fault(in: text.span)
  }

  /// What keeps a text, UTF-8 with every escape resolved, out of the format; nil where it is in it.
  package func fault(in text: Span<UInt8>) -> FormatFault? {
    do throws(FormatFault) {
      try check(text)
      return nil
    } catch {
      return error
    }
  }

  private func check(_ text: Span<UInt8>) throws(FormatFault) {
    switch self {
    case .dateTime: try InternetTime.checkDateTime(text)
    case .date: try InternetTime.checkDate(text)
    case .time: try InternetTime.checkTime(text)
    case .duration: try DurationText.check(text)
    case .email: try EmailAddress.check(text, isInternational: false)
    case .idnEmail: try EmailAddress.check(text, isInternational: true)
    case .hostname: try HostName.check(text, in: 0..<text.count, by: .hostname)
    case .idnHostname: try HostName.check(text, in: 0..<text.count, by: .idnHostname)
    case .ipv4: try IPAddress.checkVersion4(text, in: 0..<text.count)
    case .ipv6: try IPAddress.checkVersion6(text, in: 0..<text.count)
    case .uri: try ResourceIdentifier.check(text, isInternational: false, isReference: false)
    case .uriReference:
      try ResourceIdentifier.check(text, isInternational: false, isReference: true)
    case .iri: try ResourceIdentifier.check(text, isInternational: true, isReference: false)
    case .iriReference: try ResourceIdentifier.check(text, isInternational: true, isReference: true)
    case .uuid: try UUIDText.check(text)
    case .uriTemplate: try URITemplate.check(text)
    case .jsonPointer: try PointerText.check(text, from: 0)
    case .relativeJSONPointer: try PointerText.checkRelative(text)
    case .regex: try EmbeddedText.checkPattern(text)
    case .json: try EmbeddedText.checkJSON(text)
    case .arn: try ResourceName.check(text)
    case .base64: try Base64Text.check(text)
    case .mediaType: try MediaType.check(text)
    }
  }
}

import SourceText

extension IPAddress {
  /// Checks the text of an IPv4 address.
  static func checkVersion4(_ text: Span<UInt8>, in range: Range<Int>) throws(FormatFault) {
    do throws(Fault) {
      _ = try version4(text, in: range)
    } catch {
      throw FormatFault(at: error.offset, error.message)
    }
  }

  /// Checks the text of an IPv6 address.
  static func checkVersion6(_ text: Span<UInt8>, in range: Range<Int>) throws(FormatFault) {
    do throws(Fault) {
      _ = try version6(text, in: range)
    } catch {
      throw FormatFault(at: error.offset, error.message)
    }
  }
}

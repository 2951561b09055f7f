import SourceText

/// How far a run is, as a line of text.
///
/// It has no names of files, so nothing in it has to be escaped.
struct ProgressText {
  /// How many inputs are done, of how many.
  var inputs: (done: Int, total: Int)
  /// How many bytes are done, of how many, where that is known.
  var bytes: (done: Int, total: Int?)
  /// How long the run has taken.
  var elapsed: Duration

  /// The line, with as many of its parts as the columns hold.
  func line(columns: Int = .max) -> String {
    var line = ""
    for part in parts {
      let next = line.isEmpty ? "checked \(part)" : "\(line), \(part)"
      guard next.utf8.count <= columns else { break }
      line = next
    }
    return line
  }

  /// The parts, the most important one first.
  private var parts: [String] {
    let size = Self.size(Double(bytes.done))
    return [
      share.map { "\(Int($0 * 100))%" }, timeLeft,
      bytes.total.map { "\(size) of \(Self.size(Double($0)))" } ?? size,
      inputs.total > 1 ? "\(inputs.done.grouped) of \(inputs.total.grouped) files" : nil,
      rate >= 1 ? "\(Self.size(rate))/s" : nil,
    ].compactMap(\.self)
  }

  /// Which share of the bytes is done; nil where nobody knows.
  private var share: Double? {
    guard let total = bytes.total, total > 0 else { return nil }
    return min(Double(bytes.done) / Double(total), 1)
  }

  /// The bytes in a second, on average.
  private var rate: Double {
    let seconds = elapsed / .seconds(1)
    return seconds > 0 ? Double(bytes.done) / seconds : 0
  }

  private var timeLeft: String? {
    guard let total = bytes.total, rate > 0 else { return nil }
    let seconds = max(Double(total) - Double(bytes.done), 0) / rate
    guard seconds < 100 * 3_600 else { return "over 100 h left" }
    let whole = Int(seconds.rounded(.up))
    return switch whole {
    case ..<60: "\(whole) s left"
    case ..<3_600: "\(whole / 60) min \(whole % 60) s left"
    default: "\(whole / 3_600) h \(whole / 60 % 60) min left"
    }
  }

  /// A number of bytes with two digits or more, such as `512 bytes`, `1.5 MiB` or `640 GiB`.
  private static func size(_ bytes: Double) -> String {
    var (number, unit) = (bytes, "bytes")
    for next in ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"] where number >= 1_000 {
      (number, unit) = (number / 1_024, next)
    }
    guard unit != "bytes", number < 9.95 else {
      let whole = Int(number.rounded())
      return whole == 1 ? "1 byte" : "\(whole.grouped) \(unit)"
    }
    let tenths = Int((number * 10).rounded())
    return "\(tenths / 10).\(tenths % 10) \(unit)"
  }
}

import Documents

// The parts of times and spans (cel-spec, "Timezones").

extension CELEvaluator {
  mutating func timePart(
    _ function: CELFunction, _ arguments: Arguments, _ document: Document, _ symbols: SymbolTable
  ) throws(Fault) -> CELValue {
    if case .duration(let span) = arguments.first, arguments.count == 1 {
      return .integer(try durationPart(function, span))
    }
    guard case .timestamp(let time) = arguments.first else { throw fault(.unsupported) }
    var offset: Int64 = 0
    if arguments.count == 2 {
      guard let zone = try readText(arguments.second, document, symbols) else {
        throw fault(.unsupported)
      }
      guard let parsed = TimeText.offset(ofTimeZone: zone) else {
        throw fault(.invalid(.timeZone))
      }
      offset = parsed
    }
    let civil = CivilTime(seconds: time.seconds + offset)
    switch function {
    case .getFullYear: return .integer(civil.year)
    case .getMonth: return .integer(civil.month - 1)
    case .getDate: return .integer(civil.day)
    case .getDayOfMonth: return .integer(civil.day - 1)
    case .getDayOfWeek: return .integer(civil.dayOfWeek)
    case .getDayOfYear: return .integer(civil.dayOfYear)
    case .getHours: return .integer(civil.second / 3600)
    case .getMinutes: return .integer(civil.second / 60 % 60)
    case .getSeconds: return .integer(civil.second % 60)
    case .getMilliseconds: return .integer(Int64(time.nanoseconds / 1_000_000))
    default: throw fault(.unsupported)
    }
  }

  private func durationPart(_ function: CELFunction, _ span: Int64) throws(Fault) -> Int64 {
    switch function {
    case .getHours: return span / 3_600_000_000_000
    case .getMinutes: return span / 60_000_000_000
    case .getSeconds: return span / 1_000_000_000
    case .getMilliseconds: return span / 1_000_000 % 1000
    default: throw fault(.unsupported)
    }
  }
}

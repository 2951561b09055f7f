import Documents
import SourceText

// The parts of times and durations (cel-spec, "Timezones").

extension CELFunction {
  static let getFullYear = CELFunction(
    "getFullYear", "The year.", ofTimes,
    cases: [
      "timestamp('2024-02-29T23:30:15.25Z').getFullYear() == 2024",
      "timestamp('2024-02-29T23:30:15.25Z').getFullYear('+02:00') == 2024",
    ]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    let civil = try evaluator.civilTime(arguments, request, symbols).civil
    return .integer(Int64(civil.date.year))
  }

  static let getMonth = CELFunction(
    "getMonth", "The month, from 0.", ofTimes,
    cases: [
      "timestamp('2024-02-29T23:30:15.25Z').getMonth() == 1",
      "timestamp('2024-02-29T23:30:15.25Z').getMonth('+02:00') == 2",
    ]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    let civil = try evaluator.civilTime(arguments, request, symbols).civil
    return .integer(Int64(civil.date.month - 1))
  }

  static let getDate = CELFunction(
    "getDate", "The day of the month, from 1.", ofTimes,
    cases: [
      "timestamp('2024-02-29T23:30:15.25Z').getDate() == 29",
      "timestamp('2024-02-29T23:30:15.25Z').getDate('+02:00') == 1",
    ]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    let civil = try evaluator.civilTime(arguments, request, symbols).civil
    return .integer(Int64(civil.date.day))
  }

  static let getDayOfMonth = CELFunction(
    "getDayOfMonth", "The day of the month, from 0.", ofTimes,
    cases: [
      "timestamp('2024-02-29T23:30:15.25Z').getDayOfMonth() == 28",
      "timestamp('2024-02-29T23:30:15.25Z').getDayOfMonth('+02:00') == 0",
    ]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    let civil = try evaluator.civilTime(arguments, request, symbols).civil
    return .integer(Int64(civil.date.day - 1))
  }

  static let getDayOfWeek = CELFunction(
    "getDayOfWeek", "The day of the week, from 0 for Sunday.", ofTimes,
    cases: [
      "timestamp('2024-02-29T23:30:15.25Z').getDayOfWeek() == 4",
      "timestamp('2024-02-29T23:30:15.25Z').getDayOfWeek('+02:00') == 5",
    ]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    let civil = try evaluator.civilTime(arguments, request, symbols).civil
    return .integer(Int64(civil.date.dayOfWeek))
  }

  static let getDayOfYear = CELFunction(
    "getDayOfYear", "The day of the year, from 0.", ofTimes,
    cases: [
      "timestamp('2024-02-29T23:30:15.25Z').getDayOfYear() == 59",
      "timestamp('2024-02-29T23:30:15.25Z').getDayOfYear('+02:00') == 60",
    ]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    let civil = try evaluator.civilTime(arguments, request, symbols).civil
    return .integer(Int64(civil.date.dayOfYear))
  }

  static let getHours = CELFunction(
    "getHours", "The hour, or the whole hours of a duration.", ofTimesAndDurations,
    cases: [
      "timestamp('2024-02-29T23:30:15.25Z').getHours() == 23",
      "timestamp('2024-02-29T23:30:15.25Z').getHours('+02:00') == 1",
      "duration('-90m').getHours() == -1",
    ]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    if let span = arguments.onlyDuration { return .integer(span / 3_600_000_000_000) }
    let civil = try evaluator.civilTime(arguments, request, symbols).civil
    return .integer(civil.second / 3600)
  }

  static let getMinutes = CELFunction(
    "getMinutes", "The minute, or the whole minutes of a duration.", ofTimesAndDurations,
    cases: [
      "timestamp('2024-02-29T23:30:15.25Z').getMinutes() == 30",
      "timestamp('2024-02-29T23:30:15.25Z').getMinutes('+02:00') == 30",
      "duration('-90m').getMinutes() == -90",
    ]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    if let span = arguments.onlyDuration { return .integer(span / 60_000_000_000) }
    let civil = try evaluator.civilTime(arguments, request, symbols).civil
    return .integer(civil.second / 60 % 60)
  }

  static let getSeconds = CELFunction(
    "getSeconds", "The second, or the whole seconds of a duration.", ofTimesAndDurations,
    cases: [
      "timestamp('2024-02-29T23:30:15.25Z').getSeconds() == 15",
      "timestamp('2024-02-29T23:30:15.25Z').getSeconds('+02:00') == 15",
      "duration('-90m').getSeconds() == -5400",
    ]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    if let span = arguments.onlyDuration { return .integer(span / 1_000_000_000) }
    let civil = try evaluator.civilTime(arguments, request, symbols).civil
    return .integer(civil.second % 60)
  }

  static let getMilliseconds = CELFunction(
    "getMilliseconds", "The millisecond.", ofTimesAndDurations,
    cases: [
      "timestamp('2024-02-29T23:30:15.25Z').getMilliseconds() == 250",
      "timestamp('2024-02-29T23:30:15.25Z').getMilliseconds('+02:00') == 250",
      "duration('-90m').getMilliseconds() == 0",
    ]
  ) { evaluator, arguments, request, symbols throws(Fault) in
    if let span = arguments.onlyDuration { return .integer(span / 1_000_000 % 1000) }
    let time = try evaluator.civilTime(arguments, request, symbols).time
    return .integer(Int64(time.nanoseconds / 1_000_000))
  }

  private static let ofTimes: [CELOverload] = [
    .member([.timestamp], .integer), .member([.timestamp, .string], .integer),
  ]
  private static let ofTimesAndDurations = ofTimes + [.member([.duration], .integer)]
}

extension Arguments {
  /// The duration that is the only argument, in nanoseconds.
  fileprivate var onlyDuration: Int64? {
    if case .duration(let span) = first, count == 1 { return span }
    return nil
  }
}

extension CELEvaluator {
  /// The time that a part is asked of, in UTC or in the time zone that is the second argument.
  fileprivate mutating func civilTime(
    _ arguments: Arguments, _ request: Request, _ symbols: SymbolTable
  ) throws(Fault) -> (time: CELTimestamp, civil: CivilTime) {
    guard case .timestamp(let time) = arguments.first else { throw fault(.unsupported) }
    var offset: Int64 = 0
    if arguments.count == 2 {
      guard let zone = try readText(arguments.second, request, symbols) else {
        throw fault(.unsupported)
      }
      guard let parsed = TimeText.offset(ofTimeZone: zone) else {
        throw fault(.invalid(.timeZone))
      }
      offset = parsed
    }
    return (time, CivilTime(seconds: time.seconds + offset))
  }
}

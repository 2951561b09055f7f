import BasicContainers
import Findings

/// The linters of one thread, one for each profile that is in use.
struct ProfileLinters: ~Copyable {
  private let profiles: [LintOptions]
  /// For each profile, the place of its linter in the list; nil where none was needed yet.
  private var places: [Int?]
  private var linters: UniqueArray<Linter>
  private let interruption: Interruption?

  init(_ profiles: [LintOptions], interruption: Interruption? = nil) {
    self.profiles = profiles
    self.interruption = interruption
    places = Array(repeating: nil, count: profiles.count)
    linters = UniqueArray(minimumCapacity: profiles.count)
  }

  /// The linter of a profile, which is made when it is first asked for.
  subscript(profile: Int) -> Linter {
    mutating _read {
      let place = place(of: profile)
      yield linters[place]
    }
    _modify {
      let place = place(of: profile)
      yield &linters[place]
    }
  }

  private mutating func place(of profile: Int) -> Int {
    if let place = places[profile] { return place }
    linters.append(Linter(options: profiles[profile], interruption: interruption))
    places[profile] = linters.count - 1
    return linters.count - 1
  }

  /// What the rules of each profile in use did so far; empty where the options do not ask for it.
  var statistics: [RunStatistics] {
    var all: [RunStatistics] = []
    for index in linters.indices {
      if let counted = linters[index].statistics { all.append(counted) }
    }
    return all
  }

  /// What the rules of a profile did so far: nothing where no linter was needed for it.
  func statistics(of profile: Int) -> RunStatistics? {
    guard let place = places[profile] else {
      return Linter(options: profiles[profile]).statistics
    }
    return linters[place].statistics
  }
}

import Documents
import Testing

/// Many small maps from symbols to numbers.
struct SymbolMapsTests {
  /// Maps of random symbols, close together and far apart, answer as dictionaries do.
  @Test func answersAsDictionariesDo() {
    var generator = SystemRandomNumberGenerator()
    var maps = SymbolMaps()
    var dictionaries: [[UInt32: Int]] = []
    for number in 0..<200 {
      let span: UInt32 = [8, 300, 1 << 20, .max][number % 4]
      var entries: [(symbol: Symbol, value: Int)] = []
      var dictionary: [UInt32: Int] = [:]
      for value in 0..<(number % 50) {
        let id = UInt32.random(in: 1...span, using: &generator)
        entries.append((Symbol(id), value))
        dictionary[id] = value
      }
      maps.append(entries)
      dictionaries.append(dictionary)
    }
    for (map, dictionary) in dictionaries.enumerated() {
      #expect(maps.value(of: .unknown, in: map) == -1)
      for id in dictionary.keys {
        #expect(maps.value(of: Symbol(id), in: map) == dictionary[id])
        #expect(maps.value(of: Symbol(id &+ 1), in: map) == dictionary[id &+ 1] ?? -1)
      }
    }
  }

  /// Room grows with the entries, not with the product of maps and symbols.
  @Test func roomGrowsWithTheEntries() {
    var counts: [Int] = []
    for size in [500, 1_000, 2_000] {
      var maps = SymbolMaps()
      for number in 0..<size {
        maps.append([(Symbol(1), 0), (Symbol(UInt32(number + 2)), 1)])
      }
      counts.append(maps.slotCount)
    }
    #expect(counts[0] <= 500 * 2 * 4 + 2)
    #expect(counts[2] <= 4 * counts[0])
  }
}

import Foundation
import Fuzzing
import TestSupport
import Testing

/// Every fuzzer, without libFuzzer: on the inputs that once showed a fault, and on steady ones.
struct FuzzerTests {
  private static let corpus = repository.appending(path: "Tests/Fuzzing/Corpus")

  @Test(arguments: Fuzzer.all.map(\.name))
  func holdsOnTheCorpus(name: String) throws {
    let fuzzer = try #require(Fuzzer.named(name))
    let folder = Self.corpus.appending(path: name)
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    for file in files.sorted() where !file.hasPrefix(".") {
      let input = try Array(Data(contentsOf: folder.appending(path: file)))
      #expect(throws: Never.self, "\(name)/\(file)") { try fuzzer.check(input) }
    }
  }

  @Test(arguments: Fuzzer.all.map(\.name))
  func holdsOnSteadyInputs(name: String) throws {
    let fuzzer = try #require(Fuzzer.named(name))
    var bytes = SteadyBytes(seed: 8)
    var faults = 0
    for _ in 0..<Self.count(of: name) where faults < 3 {
      let input = bytes.input(upTo: 120)
      do {
        try fuzzer.check(input)
      } catch {
        faults += 1
        Issue.record("\(name): \(error)")
      }
    }
  }

  /// How many inputs a fuzzer gets here: a second or two in a debug build.
  private static func count(of name: String) -> Int {
    switch name {
    case "packs", "redaction": 60
    default: 400
    }
  }

  /// Packs that are refused at once would try nothing but the reader.
  @Test func manyPacksThatAreMadeCanBeRun() throws {
    var bytes = SteadyBytes(seed: 4)
    var counts: [String: Int] = [:]
    var sound = 0
    for _ in 0..<100 {
      let mistakes = try PackFuzzer.mistakes(ofPackMadeFrom: bytes.input(upTo: 200))
      if mistakes.isEmpty { sound += 1 }
      for code in Set(mistakes.map { $0.prefix { $0 != ":" } }) {
        counts[String(code), default: 0] += 1
      }
    }
    #expect(sound >= 15, "\(sound) of 100; \(counts)")
  }

  /// A folder of the corpus is of a fuzzer, and there is a dictionary for no other.
  @Test(arguments: ["Corpus", "Dictionaries"])
  func foldersAreOfFuzzers(folder: String) throws {
    let folder = repository.appending(path: "Tests/Fuzzing/\(folder)")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { !$0.hasPrefix(".") }.map { $0.replacingOccurrences(of: ".dict", with: "") }
    #expect(Set(names).subtracting(Fuzzer.all.map(\.name) + ["README.md"]) == [])
  }
}

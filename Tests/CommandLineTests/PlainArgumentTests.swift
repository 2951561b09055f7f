import ArgumentParser
import Foundation
import Testing
import TestSupport

@testable import requisite

/// The reader of plain command lines says what the argument parser says, or leaves the line to it.
struct PlainArgumentTests {
  private static func parsed(_ words: [String]) -> CheckArguments? {
    (try? Check.parse(words))?.arguments
  }

  /// Values that some option takes, and some that none does.
  private static let values = [
    "auto", "always", "never", "github", "azure", "plain", "error", "warning", "info", "pascal",
    "camel", "fused",
    "text", "json", "sarif=a.sarif", "compact=b", "text=-", "text=", "nope", "=", "a=b", "0", "1",
    "2", "1024",
    "1025", "+3", "007", "64k", "2G", "9999999999999G", "1e3", "١", "a/b.json", "-", "--", "", " ",
    "--fix",
    "-q", "pack.name=[1, 2]", "x y", "é\u{301}", "rule,tag", "HEAD~3", "check", "help",
  ]

  private static let words: [String] =
    PlainArguments.FlagName.allCases.map(\.rawValue)
    + PlainArguments.OptionName.allCases.map(\.rawValue)
    + [
      "-f", "-j", "-j4", "-j0", "-j+3", "-jx", "-j4=2", "-jq", "-f=json", "-j=2", "-h", "--help",
      "--version", "-qf", "--quie", "--Quiet",
      "-x", "---",
    ]
    + values + [
      "a.json", "requests", "--format=json", "--max-size=64k", "--quiet=1",
      "--experimental-dump-help",
    ]

  /// The parser takes some 20 ms for a line in a debug build.
  private static let lineCount =
    ProcessInfo.processInfo.environment["REQUISITE_LINES"].flatMap { Int($0) } ?? 250

  @Test func saysWhatTheParserSays() {
    var generator = SteadyBytes(seed: 12)
    var count = (plain: 0, unnamed: 0, left: 0, wrong: 0)
    for _ in 0..<Self.lineCount {
      var words: [String] = []
      for _ in 0..<Int.random(in: 0...6, using: &generator) {
        let word = Self.words.randomElement(using: &generator) ?? ""
        words.append(word)
        guard PlainArguments.OptionName(word[...]) != nil, Bool.random(using: &generator) else {
          continue
        }
        let value = Self.values.randomElement(using: &generator) ?? ""
        if Bool.random(using: &generator) {
          words.append(value)
        } else {
          words[words.count - 1] += "=\(value)"
        }
      }
      // The program looks at these before either reader does.
      guard ArgumentCheck.mistake(in: words) == nil else { continue }
      guard let plain = PlainArguments.read(words) else {
        if Self.parsed(words) == nil { count.wrong += 1 } else { count.left += 1 }
        continue
      }
      count.plain += 1
      #expect(plain == Self.parsed(words), "\(words)")
      if let unnamed = Requisite.plainArguments(in: words), words.first != "check" {
        let command = (try? Requisite.parseAsRoot(words)) as? Check
        #expect(unnamed == command?.arguments, "\(words)")
        count.unnamed += 1
      }
    }
    #expect(count.plain > Self.lineCount / 20, "\(count)")
    #expect(count.unnamed > Self.lineCount / 40, "\(count)")
    #expect(count.wrong > Self.lineCount / 20, "\(count)")
    #expect(count.left < count.plain / 2, "\(count)")
  }

  /// Each option alone, with a value that it takes, is plain.
  @Test(arguments: PlainArguments.OptionName.allCases)
  func everyOptionIsPlain(option: PlainArguments.OptionName) throws {
    var count = 0
    for path in ["a.json", "-"] {
      for value in Self.values {
        let words = [path, option.rawValue, value]
        guard let plain = PlainArguments.read(words) else { continue }
        #expect(plain == Self.parsed(words), "\(words)")
        count += 1
      }
    }
    #expect(count > 0)
  }

  /// The parser declares no option of `check` that lines with it would always be left to it for.
  @Test func everyDeclaredOptionIsKnown() throws {
    let known = Set(
      PlainArguments.FlagName.allCases.map(\.rawValue)
        + PlainArguments.OptionName.allCases.map(\.rawValue) + ["-f", "-j", "--help", "-h"])
    let help = Check.helpMessage(columns: 100_000)
    var count = 0
    for line in help.split(separator: "\n") where line.hasPrefix("  -") {
      for word in line.split(separator: " ").prefix(2) where word.hasPrefix("-") {
        let name = word.hasSuffix(",") ? String(word.dropLast()) : String(word)
        count += 1
        #expect(known.contains(name), "\(name)")
      }
    }
    #expect(count >= PlainArguments.OptionName.allCases.count)
  }
}

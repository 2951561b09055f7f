import ArgumentParser
import Linting
import RequisiteFiles
import RulePacks

/// A command line that a shell completes, as far as it is written.
///
/// Shells pass words as they are typed: they may be quoted, incomplete or wrong. What a line cannot tell is
/// left out.
struct CompletedLine {
  /// The words, the program's name included.
  let words: [String]
  /// The place of the word that is completed.
  let index: Int

  /// The word that is completed, as far as it is typed.
  var word: String { words.indices.contains(index) ? words[index] : "" }

  /// Creates a line of words as they are typed.
  init(words: [String], index: Int) {
    self.words = words.map(Self.unquoted)
    self.index = index
  }

  /// A word without the quotes and backslashes of a shell; quotes may be open.
  private static func unquoted(_ word: String) -> String {
    var result = ""
    var quote: Character?
    var isEscaped = false
    for character in word {
      if isEscaped {
        // Between double quotes, a backslash is only about what has a meaning there.
        if quote == "\"", !"$`\"\\".contains(character) { result += "\\" }
        result.append(character)
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
      } else if character == quote {
        quote = nil
      } else if quote == nil, character == "'" || character == "\"" {
        quote = character
      } else {
        result.append(character)
      }
    }
    return result
  }

  /// The folder that a tilde is for; nil in zsh, which would insert one that stands for itself.
  static var home: String? {
    CompletionShell.requesting == .zsh ? nil : RealFileSystem().user.homeFolder
  }

  /// The values that an option has in other words of the line.
  private func values(of option: String) -> [String] {
    var values: [String] = []
    for (place, word) in words.enumerated() where place != index {
      if word == "--" { break }
      if word.hasPrefix("\(option)=") {
        values.append(String(word.dropFirst(option.utf8.count + 1)))
      } else if word == option, place + 1 != index, place + 1 < words.count {
        // Bash breaks words at equals signs.
        let next = words[place + 1] == "=" ? place + 2 : place + 1
        if next < words.count, next != index { values.append(words[next]) }
      }
    }
    return values
  }

  /// The packs of the line: those of `--pack`, or else of the configuration, or else all built-in packs.
  ///
  /// Empty where they have errors, since a shell has no place to show them.
  func packs() -> [LoadedPack] { loaded(values(of: "--pack")) }

  /// The packs that are arguments of the line, or else all built-in packs.
  func packsAmongArguments() -> [LoadedPack] {
    let builtIn = BuiltInPacks.names
    let named = words.indices.dropFirst().filter { place in
      // A report's file is behind an equals sign, and as a word of its own in bash.
      place != index && words[place - 1] != "=" && !words[place].contains("=")
        && (builtIn.contains(words[place]) || PathCompletion.isPackFile(words[place]))
    }
    return loaded(named.isEmpty ? builtIn : named.map { words[$0] })
  }

  private func loaded(_ packs: [String]) -> [LoadedPack] {
    let files = RealFileSystem()
    let environment = Environment.ofProcess()
    let invocation = Invocation(
      environment: environment, workingFolder: files.workingFolder, files: files)
    // A pipe would be waited for.
    let named = packs + values(of: "--config")
    guard named.allSatisfy({ BuiltInPacks.names.contains($0) || files.kind(of: $0) == .file })
    else { return [] }
    let flags = SettingFlags(
      packs: packs, configurationPath: values(of: "--config").last,
      hasNoConfiguration: words.prefix { $0 != "--" }.contains("--no-config"))
    guard
      let settings = try? RunSettings(flags, in: invocation, Console(StyleChoices(), environment))
    else {
      return []
    }
    var profiles = settings.profiles()
    return profiles.packsInUse(inFolder: ".") ?? []
  }
}

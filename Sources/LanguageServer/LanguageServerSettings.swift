package import Linting
package import RequisiteConfiguration
package import SourceText

/// What holds for all folders that an editor works in, as the command line and the environment say.
package struct LanguageServerSettings: Sendable {
  /// The settings that override those of configurations; paths are relative to the folder.
  package var choices: SettingChoices
  /// Where configurations come from.
  package var source: ConfigurationSource
  /// The folder that ends the search for configurations; nil for the repository.
  package var rootPath: String?
  /// The steps that one expression may take.
  package var costLimit: Int
  /// Whether warnings about packs are errors.
  package var isStrict: Bool
  /// The version of the program.
  package var version: String
  /// An absolute path of a folder for files that can be made again; nil for none.
  package var cacheFolder: String?
  /// The day, by which suppressions run out.
  package var today: @Sendable () -> CalendarDate

  /// Creates settings.
  package init(
    _ choices: SettingChoices = SettingChoices(), from source: ConfigurationSource = .discovery,
    rootPath: String? = nil, costLimit: Int = LintOptions.defaultCost, isStrict: Bool = false,
    version: String, cacheFolder: String? = nil, today: @escaping @Sendable () -> CalendarDate
  ) {
    self.choices = choices
    self.source = source
    self.rootPath = rootPath
    self.costLimit = costLimit
    self.isStrict = isStrict
    self.version = version
    self.cacheFolder = cacheFolder
    self.today = today
  }
}

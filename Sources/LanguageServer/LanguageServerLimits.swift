package import SourceText

/// The limits of the server of editors.
package enum LanguageServerLimits {
  /// Every limit that an editor can meet.
  package static let all: [Limit] = [
    Limit(
      "message of an editor", bytes: MessageStream.largestMessage,
      beyond: "the message is not read, and answered with an error"),
    Limit(
      "headers of a message of an editor", bytes: MessageStream.longestHeader,
      beyond: "nothing more is read"),
    Limit(
      "messages of an editor that are read ahead", bytes: MessageQueue.mostReadAhead,
      beyond: "further messages are read once those are answered"),
    Limit(
      "findings and diagnostics that are shown in one document of an editor",
      DocumentReport.mostShown, "entries", beyond: "the last entry says how many are left out"),
    Limit(
      "errors of other files that are shown in one document of an editor",
      DocumentReport.mostForeign, "errors", beyond: "further errors are shown in their files"),
    Limit(
      "files that an editor's server checks to see what suppressions are for",
      Workspace.mostJudgedFiles, "files", beyond: "entries for other files are not judged"),
    Limit(
      "file that an editor's server checks to see what suppressions are for",
      bytes: Workspace.largestJudgedFile, beyond: "entries for the file are not judged"),
    Limit(
      "findings that an editor is offered to suppress at once", LanguageServer.mostIgnored,
      "findings",
      beyond: "further findings have no such action, unless the editor asks for its edit later"),
    Limit(
      "files that an editor's server looks at to offer packs and configurations nearby",
      LanguageServer.mostNearbyFiles, "files", beyond: "other files are not offered"),
  ]
}

import Foundation
import TestSupport
import Testing

/// The settings of the page about editors work, in those editors that are installed.
struct EditorTests {
  private static let page = "Sources/requisite/Documentation.docc/Editors.md"

  private static let nvim = URL(filePath: "/usr/bin/nvim")
  private static let emacs = URL(filePath: "/usr/bin/emacs")
  private static let packages = URL(filePath: "/usr/share/emacs/site-lisp/elpa-src")

  /// The findings of the file that is opened, which editors may show in any order.
  private static let expected = [
    "aws-connect-chat/content-types-include-plain-text",
    "aws-connect-chat/guide-needs-interactive-types", "aws-connect-chat/instance-id-not-arn",
  ]

  /// The last sample in a language.
  private static func sample(_ language: String) throws -> String {
    let text = try String(contentsOf: repository.appending(path: page), encoding: .utf8)
    let start = try #require(text.components(separatedBy: "```\(language)\n").last)
    return try #require(start.components(separatedBy: "```").first)
  }

  /// The rules that a command in a copy of the example project prints.
  private static func rules(
    _ command: String, with files: [String: String]
  ) async throws -> [String] {
    try await Program.withFolder { folder in
      let project = folder.appending(path: "project")
      try FileManager.default.copyItem(
        at: repository.appending(path: "Rules/examples/acme"), to: project)
      for (name, text) in files {
        try Data(text.utf8).write(to: folder.appending(path: name))
      }
      let outcome = try await Program.run(command, in: project)
      let text = String(decoding: outcome.output + outcome.error, as: UTF8.self)
      let rules = Set(text.matches(of: /aws-connect-chat\/[a-z-]+/).map { String($0.0) })
      if rules.isEmpty { Attachment.record(text, named: "output.txt") }
      return rules.sorted()
    }
  }

  @Test(.enabled(if: Conformance.exists(nvim))) func neovimShowsFindings() async throws {
    let script = """
      vim.cmd('edit requests/guide.json')
      vim.cmd('setfiletype json')
      vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end, 20)
      for _, found in ipairs(vim.diagnostic.get(0)) do
        print(found.code or found.user_data.lsp.code)
      end
      vim.cmd('qa!')
      """
    let rules = try await Self.rules(
      "timeout 60 nvim -n --headless --clean -u ../init.lua -c 'luafile ../show.lua'",
      with: ["init.lua": try Self.sample("lua"), "show.lua": script])
    #expect(rules == Self.expected)
  }

  @Test(.enabled(if: Conformance.exists(emacs) && Conformance.exists(packages)))
  func emacsShowsFindings() async throws {
    let script = """
      (dolist (folder (directory-files "\(Self.packages.path)" t "^[a-z]"))
        (add-to-list 'load-path folder))
      (require 'eglot)
      \(try Self.sample("lisp"))
      (setq eglot-sync-connect 20 create-lockfiles nil)
      (find-file "requests/guide.json")
      (define-derived-mode js-json-mode js-mode "JSON")
      (js-json-mode)
      (call-interactively 'eglot)
      (let ((count 0))
        (while (and (< count 200) (null (flymake-diagnostics)))
          (flymake-start)
          (accept-process-output nil 0.1)
          (setq count (1+ count))))
      (dolist (found (flymake-diagnostics)) (princ (flymake-diagnostic-text found)))
      """
    let rules = try await Self.rules(
      "timeout 60 emacs -Q --batch -l ../init.el", with: ["init.el": script])
    #expect(rules == Self.expected)
  }
}

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
    let text = try await output(command, with: files)
    let rules = Set(text.matches(of: /aws-connect-chat\/[a-z-]+/).map { String($0.0) })
    if rules.isEmpty { Attachment.record(text, named: "output.txt") }
    return rules.sorted()
  }

  /// What a command in a copy of the example project prints.
  private static func output(
    _ command: String, with files: [String: String]
  ) async throws -> String {
    try await Program.withFolder { folder in
      let project = folder.appending(path: "project")
      try FileManager.default.copyItem(
        at: repository.appending(path: "Rules/examples/acme"), to: project)
      for (name, text) in files {
        try Data(text.utf8).write(to: folder.appending(path: name))
      }
      let outcome = try await Program.run(command, in: project)
      return String(decoding: outcome.output + outcome.error, as: UTF8.self)
    }
  }

  @Test(.enabled(if: Conformance.exists(nvim))) func neovimShowsFindings() async throws {
    let script = """
      vim.cmd('edit requests/guide.json')
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

  /// The last sample for Neovim gives completion, help and the type of logs.
  ///
  /// Typing needs the editor's main loop, so each step begins the next one.
  @Test(.enabled(if: Conformance.exists(nvim))) func neovimCompletesAndShowsHelp() async throws {
    let script = """
      local function keys(text)
        local codes = vim.api.nvim_replace_termcodes(text, true, false, true)
        vim.api.nvim_feedkeys(codes, 't', false)
      end
      local function out(text) io.stdout:write('<' .. text .. '>\\n') end
      local function complete(typed, continue)
        vim.cmd('edit! requests/guide.json')
        vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end, 20)
        keys('gg/SupportedMess<CR>O' .. typed .. '<C-x><C-o>')
        local function look(count)
          if vim.fn.complete_info({ 'mode' }).mode ~= 'eval' and count < 500 then
            return vim.defer_fn(function() look(count + 1) end, 20)
          end
          keys('<Esc>')
          vim.defer_fn(function() out(vim.api.nvim_get_current_line()) continue() end, 100)
        end
        look(0)
      end
      complete('"Initial', function()
        complete('"PersistentChat": { "RehydrationType": "FR"<Left>', function()
          keys('gg/ChatDuration<CR>K')
          local function look(count)
            local windows = vim.api.nvim_list_wins()
            if #windows < 2 and count < 500 then
              return vim.defer_fn(function() look(count + 1) end, 20)
            end
            local buffer = vim.api.nvim_win_get_buf(windows[#windows])
            out(vim.api.nvim_buf_get_lines(buffer, 0, 1, true)[1])
            vim.cmd('edit! requests/load-test.jsonl')
            out(vim.bo.filetype)
            vim.cmd('qa!')
          end
          vim.defer_fn(function() look(0) end, 20)
        end)
      end)
      """
    let text = try await Self.output(
      "timeout 90 nvim -n --headless --clean -u ../init.lua -c 'luafile ../type.lua'",
      with: ["init.lua": try Self.sample("lua"), "type.lua": script])
    let lines = text.matches(of: /<([^<>\n]*)>\r?\n/).map { String($0.1) }
    #expect(
      lines == [
        "  \"InitialMessage\": ",
        "  \"PersistentChat\": { \"RehydrationType\": \"FROM_SEGMENT\"",
        "**`ChatDurationInMinutes`**: integer", "jsonl",
      ], "\(text)")
  }

  @Test(.enabled(if: Conformance.exists(emacs) && Conformance.exists(packages)))
  func emacsShowsFindings() async throws {
    let show = "(dolist (found (flymake-diagnostics)) (princ (flymake-diagnostic-text found)))"
    let rules = try await Self.rules(
      "timeout 60 emacs -Q --batch -l ../init.el", with: ["init.el": try Self.emacs(show)])
    #expect(rules == Self.expected)
  }

  /// Eglot 1.9 makes no files, so that the server writes the suppression.
  @Test(.enabled(if: Conformance.exists(emacs) && Conformance.exists(packages)))
  func emacsIgnoresFindings() async throws {
    let ignore = """
      (goto-char (point-min))
      (search-forward "arn:aws")
      (let* ((actions (append (eglot-code-actions (point) (point)) nil))
             (action (seq-find (lambda (each) (string-prefix-p "Ignore" (plist-get each :title))) actions))
             (server (eglot--current-server-or-lose)))
        (if (plist-get action :edit) (eglot--apply-workspace-edit (plist-get action :edit))
          (let ((command (plist-get action :command)))
            (eglot-execute-command
             server (intern (plist-get command :command)) (plist-get command :arguments)))))
      """
    let rules = try await Self.rules(
      "timeout 60 emacs -Q --batch -l ../init.el; cat .requisite-ignore.yaml requests/.requisite-ignore.yaml",
      with: ["init.el": try Self.emacs(ignore)])
    #expect(rules == ["aws-connect-chat/instance-id-not-arn"])
  }

  /// The sample for Emacs, and a script that runs in a request once its findings are shown.
  private static func emacs(_ script: String) throws -> String {
    """
    (dolist (folder (directory-files "\(packages.path)" t "^[a-z]"))
      (add-to-list 'load-path folder))
    (require 'eglot)
    \(try sample("lisp"))
    (setq eglot-sync-connect 20 create-lockfiles nil)
    (find-file "requests/guide.json")
    (call-interactively 'eglot)
    (let ((count 0))
      (while (and (< count 200) (null (flymake-diagnostics)))
        (flymake-start)
        (accept-process-output nil 0.1)
        (setq count (1+ count))))
    \(script)
    """
  }
}

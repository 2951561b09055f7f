"""Uses requisite lsp as an editor does, with the client of pytest-lsp, and compares it with the command line.

    REQUISITE_BINARY=requisite python3 .ci/integrations/editor.py

Diagnostics are those of check, applied actions do what --fix and ignore do, and documents that were edited have
the diagnostics of new ones. Needs pytest-lsp.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import tempfile
import unittest
import urllib.parse
import warnings

import pytest_lsp
from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pytest_lsp import client as pytest_lsp_client

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ["REQUISITE_BINARY"]).resolve()
EXAMPLES = ROOT / "Rules/aws/connect/examples"
ACME = ROOT / "Rules/examples/acme"
SEED = 7
EDITS = 1_000
# How many seconds an answer may take on a busy machine.
WAIT = float(os.environ.get("WAIT", "60"))

PACK = """\
requisite: 1
name: orders
request:
  operation: Order
  detect: { required: [Order] }
  sensitive: $.Secret
rules:
  number:
    given: $.Order
    then: { pattern: '^[0-9]+$' }
    message: Order 😀 must be a number
    examples: { pass: [{ Order: '1' }], fail: [{ Order: x }, { Order: '1x' }, { Order: x1 }] }
  note:
    severity: warning
    given: $
    then: { properties: { Note: false } }
    fix: { description: remove the note, operations: [{ op: remove, path: /Note }] }
    examples: { pass: [{ Order: '1' }], fail: [{ Order: '1', Note: a }] }
  unit:
    severity: info
    given: $..Unit
    then: { const: kg }
    fix: { safe: false, operations: [{ op: replace, path: '', value: kg }] }
    examples: { pass: [{ Order: '1', Unit: kg }], fail: [{ Order: '1', Unit: g }] }
  body:
    given: $.Body
    then: { contentMediaType: application/json, contentSchema: { properties: { Size: { maximum: 3 } } } }
    examples: { pass: [{ Order: '1', Body: '{"Size": 3}' }], fail: [{ Order: '1', Body: '{"Size": 4}' }] }
  secret:
    given: $.Secret
    then: { maxLength: 3 }
    message: 'Secret is {{ self }}'
    examples: { pass: [{ Order: '1', Secret: abc }], fail: [{ Order: '1', Secret: abcd }] }
"""
CONFIGURATION = "requisite: 1\npacks: [orders.yaml]\n"
BASE = {"orders.yaml": PACK, ".requisite.yaml": CONFIGURATION}
IGNORE = "requisite: 1\nsuppressions:\n"
ENTRY = "  - { rule: orders/number, path: /a.json, reason: old }\n"

ORDER = '{\n  "Näme😀": "😀", "Order": "😀1",\t"Unit": "g",\n  "List": [{ "Unit": "lb" }],\n  "Note": "😀"\n}\n'
NESTED = json.dumps({"Order": "1", "Text": "😀", "Body": json.dumps({"A😀": "\u00e9", "Size": 4})})
YAML_ORDER = """\
# a request
Order: 😀1
Note: &n é
List:
  - Unit: g   # grams
  - { Unit: lb, Note: *n }
Secret: hunter2
"""
LOG = '{"Order": "1"}\n{"Order": "😀", "Note": "x"}\n{"Order": \n\n{"Order": "2", "Unit": "😀"}\n'

# The file that is opened in a project, and the files of the project.
REQUESTS: list[tuple[str, dict[str, str]]] = [
    *((path.name, {path.name: path.read_text()}) for path in sorted(EXAMPLES.iterdir())),
    ("a.json", {**BASE, "a.json": '{"Order": "1"}\n'}),
    ("a.json", {**BASE, "a.json": ORDER}),
    ("a.json", {**BASE, "a.json": ORDER.replace("\n", "\r\n")}),
    ("a.json", {**BASE, "a.json": "\ufeff" + ORDER}),
    ("a.json", {**BASE, "a.json": ORDER.replace('"1"', '"1')}),
    ("a.json", {**BASE, "a.json": ORDER.replace("]", "")}),
    ("a.json", {**BASE, "a.json": '{"Order": "1", "Order": "😀", "\\ud800": 01, "Note": tru}'}),
    ("a.json", {**BASE, "a.json": NESTED}),
    ("a.json", {**BASE, "a.json": '[{"Order": "1"}, {"Order": "😀", "Unit": "g", "Note": 1}]'}),
    ("a.json", {**BASE, "a.json": '{"Order": "1", "Secret": "hunter2 😀"}'}),
    ("a.json", {"orders.yaml": PACK, ".requisite.yaml": "requisite: 1\n", "a.json": '{"Order": 1}'}),
    ("a.json", {**BASE, "a.json": ORDER, ".requisite-ignore.yaml": IGNORE + ENTRY}),
    ("sub/a.json", {**BASE, "sub/a.json": ORDER, "sub/.requisite.yaml": "requisite: 1\nextends: ../.requisite.yaml\n"
                    "rules: { orders/number: warning, orders/note: off }\n"}),
    ("a.json", {**BASE, "a.json": ORDER, ".requisite.yaml": CONFIGURATION + "rules: { orders/none: off }\n"}),
    ("a.json", {**BASE, "a.json": ORDER, "orders.yaml": PACK.replace("given: $.Order", "given: $.Order[")}),
    ("a.json", {**BASE, "a.json": ORDER, "orders.yaml": PACK.replace("{ Order: x1 }", "{ Order: '2' }")}),
    ("a.json", {**BASE, "a.json": ORDER, ".requisite.yaml": CONFIGURATION + "exclude: [a.json]\n"}),
    ("a.yaml", {**BASE, "a.yaml": YAML_ORDER}),
    ("a.yaml", {**BASE, "a.yaml": YAML_ORDER.replace("\n", "\r\n")}),
    ("a.yaml", {**BASE, "a.yaml": YAML_ORDER + "Order: 3\nBad: [\n"}),
    ("a.yaml", {**BASE, "a.yaml": YAML_ORDER.replace("Note", "# requisite: ignore orders/note why\nNote", 1)}),
    ("a.jsonl", {**BASE, "a.jsonl": LOG}),
    ("a.jsonl", {**BASE, "a.jsonl": LOG.replace("\n", "\r\n") + "{"}),
    *((f"requests/{path.name}", None) for path in sorted((ACME / "requests").iterdir())),
]
PACKS = [
    PACK,
    PACK.replace("given: $.Order", "givn: $.Order"),
    PACK.replace("^[0-9]+$", "^[0-9+$"),
    PACK.replace("given: $.Order", "given: $.Order["),
    PACK.replace("message: Order 😀", "when: 'self.😀'\n    message: Order 😀"),
    PACK.replace("{ Order: x1 }", "{ Order: '2' }"),
    PACK.replace("maxLength: 3", "maxLength: 3, minLength: 4"),
    PACK.replace("requisite: 1", "requisite: 2"),
    PACK.replace("severity: info", "severity: 😀").replace("name: orders", "name: Orders"),
    PACK + "  - [\n",
    PACK.replace("name: orders", "name: orders\nextends: [nothing.yaml]"),
]
CONFIGURATIONS = [
    CONFIGURATION,
    CONFIGURATION + "pakcs: []\n",
    CONFIGURATION + "rules: { orders/none: off, '😀/x': error }\n",
    CONFIGURATION + "packs: [other.yaml]\n",
    "requisite: 1\npacks: ['😀.yaml', orders.yaml]\n",
    CONFIGURATION + "fail-on: never\nseverity: [\n",
    CONFIGURATION + "parameters: { orders.most: 1 }\n",
    CONFIGURATION + "baseline: none.jsonl\n",
    CONFIGURATION + f"suppressions:\n{ENTRY}",
    CONFIGURATION + f"suppressions:\n{ENTRY.replace('orders/number', 'orders/numbr')}",
]
SUPPRESSIONS = [
    IGNORE + ENTRY,
    IGNORE + ENTRY.replace("path", "pth"),
    IGNORE + ENTRY.replace("old", "''"),
    IGNORE + ENTRY.replace("orders/number", "orders/number😀"),
    IGNORE + ENTRY.replace("orders/number", "orders/numbr"),
    IGNORE + ENTRY + "  - 😀: [\n",
    IGNORE + ENTRY.replace("reason", "until: 2020-13-01, reason"),
    IGNORE + ENTRY.replace("reason", "until: 2020-12-01, reason"),
    IGNORE + ENTRY + ENTRY,
    IGNORE + ENTRY.replace("orders/number", "orders/note"),
]


class Editor(pytest_lsp.LanguageClient):
    """A client that keeps the last diagnostics of each document, with the version that they are of."""

    def __init__(self):
        super().__init__(converter_factory=pytest_lsp_client.default_converter)
        self.reports: dict[str, types.PublishDiagnosticsParams] = {}
        self.arrived = asyncio.Event()
        self.versions: dict[str, int] = {}

        def publish(parameters: types.PublishDiagnosticsParams):
            self.reports[parameters.uri] = parameters
            self.arrived.set()

        def register(parameters: types.RegistrationParams):
            return None

        pytest_lsp_client.register_lsp_features(self, {
            **pytest_lsp_client.DEFAULT_CLIENT_FEATURES,
            types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS: publish,
            types.CLIENT_REGISTER_CAPABILITY: register,
        })

    def open(self, path: pathlib.Path, text: str | None = None) -> str:
        uri = path.as_uri()
        self.versions[uri] = 1
        languages = {".json": "json", ".jsonl": "jsonl"}
        if text is None:
            text = read(path)
        self.text_document_did_open(types.DidOpenTextDocumentParams(types.TextDocumentItem(
            uri=uri, language_id=languages.get(path.suffix, "yaml"), version=1, text=text)))
        return uri

    def change(self, uri: str, text: str, range: types.Range | None = None) -> None:
        self.versions[uri] += 1
        change = (
            types.TextDocumentContentChangePartial(range=range, text=text)
            if range else types.TextDocumentContentChangeWholeDocument(text=text))
        self.text_document_did_change(types.DidChangeTextDocumentParams(
            types.VersionedTextDocumentIdentifier(version=self.versions[uri], uri=uri), [change]))

    def close(self, uri: str) -> None:
        self.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))
        self.reports.pop(uri, None)

    async def shown(self, uri: str) -> list[types.Diagnostic]:
        """The diagnostics of a document's last version."""
        while uri not in self.reports or self.reports[uri].version != self.versions[uri]:
            self.arrived.clear()
            await asyncio.wait_for(self.arrived.wait(), WAIT)
        return list(self.reports[uri].diagnostics)

    async def actions(self, uri: str, range: types.Range, only=None) -> list[types.CodeAction]:
        context = types.CodeActionContext(diagnostics=[], only=only)
        found = await self.text_document_code_action_async(
            types.CodeActionParams(types.TextDocumentIdentifier(uri), range, context))
        return list(found or [])


@contextlib.asynccontextmanager
async def editor(folder: pathlib.Path, *arguments: str, capabilities: str = "visual-studio-code"):
    """A server for a folder, which ends well when it is told to."""
    client = Editor()
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder.parent / "cache")}
    await client.start_io(str(BINARY), "lsp", *arguments, cwd=str(folder), env=environment)
    process = client._server
    try:
        await client.initialize_session(types.InitializeParams(
            capabilities=pytest_lsp.client_capabilities(capabilities), root_uri=folder.as_uri(),
            workspace_folders=[types.WorkspaceFolder(uri=folder.as_uri(), name="project")]))
        yield client
        await client.shutdown_session()
        if client.error or process.returncode != 0:
            raise AssertionError(f"exit code {process.returncode}, {client.error}")
    finally:
        if process.returncode is None:
            process.kill()
        await client.stop()


# MARK: - Projects and the command line


def read(path: pathlib.Path) -> str:
    return path.read_bytes().decode()


def project(folder: pathlib.Path, files: dict[str, str] | None) -> pathlib.Path:
    folder = pathlib.Path(tempfile.mkdtemp(dir=folder)) / "p"
    if files is None:
        shutil.copytree(ACME, folder)
    else:
        folder.mkdir()
    for name, text in (files or {}).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(text.encode())
    return folder


def run(folder: pathlib.Path, *arguments: str) -> str:
    done = subprocess.run([BINARY, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1, 2):
        raise AssertionError(f"exit code {done.returncode}: {arguments} {done.stderr}")
    return done.stdout


def check(folder: pathlib.Path, name: str, *arguments: str) -> dict:
    return json.loads(run(folder, "check", "--skip-unmatched", "--format", "json", *arguments, name))


def lines(text: str) -> list[str]:
    return re.split("\r\n|\n|\r", text)


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def range_of(entry: dict, text: str) -> tuple[int, int, int, int]:
    """The range of a finding as editors count: columns of reports count code points."""
    rows = lines(text.removeprefix("\ufeff"))
    ends = []
    for line, column in [("line", "column"), ("endLine", "endColumn")]:
        row = rows[entry[line] - 1] if entry[line] <= len(rows) else ""
        character = units(row[:entry[column] - 1])
        # To editors, a byte-order mark in the text is a character.
        if entry[line] == 1 and text.startswith("\ufeff"):
            character += 1
        ends += [entry[line] - 1, character]
    return tuple(ends)


FINDINGS = ("orders/", "aws-connect-chat/", "acme-chat/", "json/", "yaml/")
SEVERITIES = {"error": 1, "warning": 2, "info": 3}


def expected(report: dict, name: str, text: str) -> list[tuple]:
    """The entries of a report that are about a file, as diagnostics."""
    entries = []
    for finding in report["findings"]:
        message = "\n".join(filter(None, [finding["message"], finding.get("detail")]))
        entries.append((finding["ruleId"], SEVERITIES[finding["severity"]], message, range_of(finding, text)))
    for diagnostic in report["diagnostics"]:
        if diagnostic.get("path") == name:
            entries.append((
                diagnostic["code"], SEVERITIES[diagnostic["severity"]], diagnostic["message"],
                # The report says where they begin.
                range_of({"endLine": 1, "endColumn": 1, **diagnostic}, text)[:2] if "line" in diagnostic else (0, 0)))
    return sorted(entries, key=repr)


def simple(range: types.Range) -> tuple[int, int, int, int]:
    return range.start.line, range.start.character, range.end.line, range.end.character


def actual(diagnostics: list[types.Diagnostic]) -> list[tuple]:
    entries = []
    for each in diagnostics:
        place = simple(each.range)
        is_finding = str(each.code).startswith(FINDINGS)
        entries.append((str(each.code), int(each.severity), each.message, place if is_finding else place[:2]))
    return sorted(entries, key=repr)


def offset(text: str, position: types.Position) -> int:
    """The place of a position in a text."""
    start = 0
    for _ in range(position.line):
        start = re.compile("\r\n|\n|\r").search(text, start).end()
    end = start
    while units(text[start:end]) < position.character and end < len(text):
        end += 1
    return end


def apply(text: str, edits: list[types.TextEdit]) -> str:
    places = sorted((offset(text, edit.range.start), offset(text, edit.range.end), edit.new_text) for edit in edits)
    for (_, end, _), (start, _, _) in zip(places, places[1:]):
        assert end <= start, "edits overlap"
    for start, end, new in reversed(places):
        text = text[:start] + new + text[end:]
    return text


def perform(edit: types.WorkspaceEdit) -> None:
    """Makes an edit of files on the disk."""
    changes: list[tuple[str, list[types.TextEdit]]] = list((edit.changes or {}).items())
    for change in edit.document_changes or []:
        if isinstance(change, types.CreateFile):
            path_of(change.uri).touch()
        else:
            changes.append((change.text_document.uri, list(change.edits)))
    for uri, edits in changes:
        path = path_of(uri)
        path.write_bytes(apply(read(path), edits).encode())


def path_of(uri: str) -> pathlib.Path:
    return pathlib.Path(urllib.parse.unquote(urllib.parse.urlsplit(uri).path))


def edits_of(action: types.CodeAction, uri: str) -> list[types.TextEdit]:
    found = list((action.edit.changes or {}).get(uri, []))
    for change in action.edit.document_changes or []:
        if change.text_document.uri == uri:
            found += change.edits
    return found


EVERYWHERE = types.Range(types.Position(0, 0), types.Position(1 << 20, 0))


class EditorTests(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        # Debugging warns of each long step.
        asyncio.get_running_loop().set_debug(False)

    def setUp(self):
        folder = self.enterContext(tempfile.TemporaryDirectory(prefix="requisite-editor-test-"))
        self.folder = pathlib.Path(folder).resolve()
        self.warnings = self.enterContext(warnings.catch_warnings(record=True))
        warnings.simplefilter("always", pytest_lsp_client.LspSpecificationWarning)
        self.maxDiff = None

    def tearDown(self):
        self.assertEqual([str(each.message) for each in self.warnings], [])

    async def test_requests_have_the_diagnostics_of_check(self):
        count = 0
        for name, files in REQUESTS:
            folder = project(self.folder, files)
            text = read(folder / name)
            with self.subTest(name=name, text=text[:200], files=files and sorted(files)):
                report = check(folder, name)
                async with editor(folder) as client:
                    shown = await client.shown(client.open(folder / name))
                    # What is wrong with other files is shown on the first line.
                    foreign = [each for each in report["diagnostics"] if each.get("path") != name]
                    entries = expected(report, name, text)
                    own = [each for each in actual(shown) if "(" not in each[2] or each in entries]
                    self.assertEqual(own, entries)
                    errors = [each for each in foreign if each["severity"] == "error"]
                    self.assertEqual(len(shown) - len(own), min(len(errors), 3), (foreign, shown))
                    count += len(own)
        self.assertGreater(count, 60)

    async def test_other_files_have_no_diagnostics(self):
        """As in a folder that is checked; a file that is named has to be a request."""
        texts = {"a.json": "", "package.json": '{"name": "x",}', "tsconfig.json": "{\n  // c\n}\n",
                 "chart.yaml": "a: [\n", "b.json": '{"Order": "1",}'}
        folder = project(self.folder, {**BASE, **texts})
        report = json.loads(run(folder, "check", "--format", "json", "."))
        async with editor(folder) as client:
            for name, text in texts.items():
                shown = await client.shown(client.open(folder / name))
                found = [each for each in report["findings"] if each["path"] == name]
                self.assertEqual(actual(shown), expected({"findings": found, "diagnostics": []}, name, text))
                self.assertEqual(bool(shown), name == "b.json")

    async def compare_with(self, texts: list[str], name: str, *arguments: str):
        count = 0
        for text in texts:
            folder = project(self.folder, {**BASE, "a.json": '{"Order": "x"}\n', name: text})
            with self.subTest(text=text[:400]):
                report = check(folder, "a.json", *arguments)
                report["findings"] = []
                async with editor(folder) as client:
                    shown = await client.shown(client.open(folder / name))
                    self.assertEqual(actual(shown), expected(report, name, text))
                    count += len(shown)
        self.assertGreater(count, len(texts) / 2)

    async def test_packs_have_the_diagnostics_of_check(self):
        await self.compare_with(PACKS, "orders.yaml", "--pack", "./orders.yaml")

    async def test_configurations_have_the_diagnostics_of_check(self):
        await self.compare_with(CONFIGURATIONS, ".requisite.yaml")

    async def test_suppressions_have_the_diagnostics_of_check(self):
        await self.compare_with(SUPPRESSIONS, ".requisite-ignore.yaml")

    # MARK: - Actions

    async def test_fixes_are_those_of_the_command_line(self):
        counts = {"safe": 0, "unsafe": 0, "all": 0}
        for name, files in REQUESTS:
            folder = project(self.folder, files)
            text = read(folder / name)
            with self.subTest(name=name, text=text[:200]):
                fixable = [each for each in check(folder, name)["findings"] if "fix" in each]
                async with editor(folder) as client:
                    uri = client.open(folder / name)
                    await client.shown(uri)
                    actions = await client.actions(uri, EVERYWHERE)
                    fixes = [each for each in actions if "ix: " in each.title]
                    self.assertEqual(len(fixes), len(fixable))
                    for action, finding in zip(fixes, fixable):
                        is_safe = finding["fix"]["safe"]
                        self.assertEqual(action.title.startswith("Fix: "), is_safe)
                        others = [each for each in fixable if each is not finding]
                        copy = self.copy(folder, name, others)
                        run(copy, "check", "--fix", *([] if is_safe else ["--unsafe-fixes"]), name)
                        self.assertEqual(apply(text, edits_of(action, uri)), read(copy / name))
                        counts["safe" if is_safe else "unsafe"] += 1
                    every = await client.actions(uri, EVERYWHERE, only=[types.CodeActionKind.SourceFixAll])
                    copy = self.copy(folder, name, [])
                    run(copy, "check", "--fix", name)
                    fixed = apply(text, edits_of(every[0], uri)) if every else text
                    self.assertEqual(fixed, read(copy / name))
                    counts["all"] += len(every)
        self.assertTrue(all(count > 2 for count in counts.values()), counts)

    def copy(self, folder: pathlib.Path, name: str, suppressed: list[dict]) -> pathlib.Path:
        """A copy of a project in which some findings are suppressed."""
        copy = pathlib.Path(tempfile.mkdtemp(dir=self.folder)) / "p"
        shutil.copytree(folder, copy)
        for finding in suppressed:
            place = f"{name}#{finding['pointer']}"
            run(copy, "ignore", "--rule", finding["ruleId"], "--at", place, "--reason", "not now")
        return copy

    async def test_ignored_findings_are_gone_from_check(self):
        counts = {"here": 0, "with a comment": 0}
        for name, files in REQUESTS:
            folder = project(self.folder, files)
            with self.subTest(name=name, text=read(folder / name)[:200]):
                before = [each["fingerprint"] for each in check(folder, name)["findings"]]
                async with editor(folder) as client:
                    uri = client.open(folder / name)
                    await client.shown(uri)
                    # The edits of entries are asked for one by one.
                    actions = [
                        each if each.edit or each.command else await client.code_action_resolve_async(each)
                        for each in await client.actions(uri, EVERYWHERE)
                    ]
                for ending in counts:
                    for action in [each for each in actions if each.title.endswith(ending)]:
                        copy = pathlib.Path(tempfile.mkdtemp(dir=self.folder)) / "p"
                        shutil.copytree(folder, copy)
                        moved = json.dumps(pytest_lsp_client.default_converter().unstructure(action.edit))
                        moved = json.loads(moved.replace(folder.as_uri(), copy.as_uri()))
                        perform(pytest_lsp_client.default_converter().structure(moved, types.WorkspaceEdit))
                        after = check(copy, name)
                        left = [each["fingerprint"] for each in after["findings"]]
                        self.assertLess(len(left), len(before), action.title)
                        self.assertGreaterEqual(after["summary"].get("suppressed", 0), 1)
                        # A comment moves the lines below it, by which duplicate names are told apart.
                        self.assertTrue(set(left) <= set(before) or ending != "here", action.title)
                        counts[ending] += 1
        self.assertTrue(all(count > 2 for count in counts.values()), counts)

    # MARK: - Texts that are not saved

    async def test_unsaved_packs_apply_to_open_requests(self):
        folder = project(self.folder, {**BASE, "a.json": '{"Order": "x"}'})
        async with editor(folder) as client:
            request, pack = client.open(folder / "a.json"), client.open(folder / "orders.yaml")
            self.assertEqual([each.code for each in await client.shown(request)], ["orders/number"])
            await client.shown(pack)
            client.change(pack, PACK.replace("number:", "numeral:"))
            while [each.code for each in client.reports[request].diagnostics] != ["orders/numeral"]:
                client.arrived.clear()
                await asyncio.wait_for(client.arrived.wait(), WAIT)
            self.assertEqual(read(folder / "orders.yaml"), PACK)

    async def test_help_is_given(self):
        text = read(EXAMPLES / "several-faults.json")
        folder = project(self.folder, {"a.json": text, **BASE, ".requisite.yaml": "requisite: 1\n"})
        async with editor(folder) as client:
            uri = client.open(folder / "a.json")
            document = types.TextDocumentIdentifier(uri)
            line = next(index for index, row in enumerate(lines(text)) if "ChatDurationInMinutes" in row)
            place = types.Position(line, 5)
            hover = await client.text_document_hover_async(types.HoverParams(document, place))
            self.assertIn("ChatDurationInMinutes", hover.contents.value)
            items = await client.text_document_completion_async(types.CompletionParams(document, place))
            self.assertIn("ChatDurationInMinutes", [each.label for each in items])
            # A rule of a built-in pack has no file but a copy.
            definition = await client.text_document_definition_async(
                types.DefinitionParams(document, types.Position(line, 27)))
            copy = next((folder.parent / "cache").rglob("start-chat-contact.yaml"))
            self.assertEqual(copy.read_bytes(), (ROOT / "Rules/aws/connect/start-chat-contact.yaml").read_bytes())
            start = lines(read(copy)).index("  chat-duration-range:")
            self.assertEqual([(each.uri, each.range.start.line) for each in definition], [(copy.as_uri(), start)])
            opened = client.open(copy)
            self.assertEqual(await client.shown(opened), [])
        folder = project(self.folder, {**BASE, "a.json": '{"Order": "x"}'})
        async with editor(folder) as client:
            uri = client.open(folder / "a.json")
            found = await client.text_document_definition_async(
                types.DefinitionParams(types.TextDocumentIdentifier(uri), types.Position(0, 11)))
            self.assertEqual([(each.uri, each.range.start.line) for each in found],
                             [((folder / "orders.yaml").as_uri(), lines(PACK).index("  number:"))])

    async def test_edited_documents_are_as_new_ones(self):
        choices = random.Random(SEED)
        texts = {"a.json": ORDER, "b.yaml": YAML_ORDER, "c.jsonl": LOG, "orders.yaml": PACK,
                 ".requisite-ignore.yaml": IGNORE + ENTRY}
        folder = project(self.folder, {**BASE, **texts})
        pieces = ["😀", "é", "\n", "\r\n", "\r", '"', "{", "}", "[", "]", ",", ":", " ", "  ", "- ", "#", "Order",
                  "Note", '"Unit": "g",', "Unit: g\n", "\\", "\\ud83d", "1", "null", "&a ", "*a", "\u2028", "\ufeff"]
        async with editor(folder) as client, editor(folder) as other:
            uris = {name: client.open(folder / name) for name in texts}
            for uri in uris.values():
                await client.shown(uri)
            for number in range(EDITS):
                name = choices.choice(list(texts))
                text = texts[name]
                start = choices.randrange(len(text) + 1)
                end = min(len(text), start + choices.choice([0, 0, 1, 2, 10]))
                new = "".join(choices.choices(pieces, k=choices.choice([0, 1, 1, 3])))
                if choices.randrange(12) == 0:
                    start, end, new = 0, len(text), read(folder / name)
                # Editors do not cut a CR LF in two.
                if text[start - 1:start + 1] == "\r\n" or text[end - 1:end + 1] == "\r\n":
                    continue
                place = types.Range(position(text, start), position(text, end))
                texts[name] = text[:start] + new + text[end:]
                client.change(uris[name], new, place)
                if number % 10 == 9:
                    # They are requests before they are edited, and stay that however broken they get.
                    opened = {each: other.open(folder / each) for each in texts}
                    for each, uri in opened.items():
                        await other.shown(uri)
                        other.change(uri, texts[each])
                    await self.rest(client, uris)
                    await self.rest(other, opened)
                    for each, uri in uris.items():
                        self.assertEqual(
                            actual(list(client.reports[uri].diagnostics)),
                            actual(list(other.reports[uri].diagnostics)), (number, each, texts[each]))
                    for uri in opened.values():
                        other.close(uri)

    async def rest(self, client: Editor, uris: dict[str, str]):
        """Waits until the reports of all documents are those of all texts."""
        for uri in uris.values():
            client.change(uri, "", types.Range(types.Position(0, 0), types.Position(0, 0)))
        for uri in uris.values():
            await client.shown(uri)

    # MARK: - Cancelling

    async def test_a_cancelled_request_says_so(self):
        log = '{"Order": "x", "Note": "1", "Unit": "g"}\n' * 200_000
        folder = project(self.folder, {**BASE, "a.jsonl": "", "b.json": '{"Order": "x"}'})
        async with editor(folder) as client:
            uri = client.open(folder / "a.jsonl", log)
            parameters = types.CodeActionParams(
                types.TextDocumentIdentifier(uri), EVERYWHERE, types.CodeActionContext(diagnostics=[]))
            answer = client.protocol.send_request_async(types.TEXT_DOCUMENT_CODE_ACTION, parameters, "action")
            answer = asyncio.ensure_future(answer)
            await asyncio.sleep(0)
            client.protocol.notify("$/cancelRequest", types.CancelParams(id="action"))
            with self.assertRaises(JsonRpcException) as caught:
                await asyncio.wait_for(answer, WAIT)
            self.assertEqual(caught.exception.code, -32_800)
            # What is typed meanwhile ends the check of the old text.
            client.change(uri, '{"Order": "1"}\n')
            self.assertEqual(await client.shown(uri), [])
            self.assertEqual(len(await client.shown(client.open(folder / "b.json"))), 1)


def position(text: str, place: int) -> types.Position:
    before = lines(text[:place])
    return types.Position(len(before) - 1, units(before[-1]))


if __name__ == "__main__":
    unittest.main()

"""Tests the Python package of the wheel with the program that it runs.

    REQUISITE_BINARY=requisite python3 .ci/integrations/python_package.py

Needs no network. With pip, the wheel is installed as well.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import dataclasses
import importlib.util
import io
import json
import os
import pathlib
import pickle
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
import unittest
import warnings

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ["REQUISITE_BINARY"]).resolve()
os.environ["REQUISITE_BINARY"] = str(BINARY)
PACKAGE = ROOT / "Sources/Python"
EXAMPLES = ROOT / "Rules/aws/connect/examples"
PAGE = (ROOT / "Sources/requisite/Documentation.docc/Python.md").read_text("utf-8")
sys.dont_write_bytecode = True
sys.path.insert(0, str(PACKAGE))

import requisite  # noqa: E402
from requisite import _check, _records  # noqa: E402

BROKEN = EXAMPLES / "several-faults.json"
PACK = """\
requisite: 1
name: orders
parameters: { most: { type: integer, default: 3 } }
rules:
  count:
    given: $.count
    then: { maximum: { $param: most } }
    message: too many
    severity: warning
    examples: { pass: [{ count: 3 }], fail: [{ count: 4 }] }
"""
#: A rule that the program certainly warns about.
USELESS = "  other: { when: 'true', then: { required: [count] } }\n"


def line_number() -> int:
    """The line that calls this."""
    return sys._getframe(1).f_lineno


class PackageTests(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name).resolve()
        previous = os.getcwd()
        os.chdir(self.folder)
        self.addCleanup(os.chdir, previous)

    def write(self, name: str, text: str | bytes) -> pathlib.Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def program(self, script: str) -> pathlib.Path:
        """A program in place of the real one."""
        path = self.write("bin/requisite", "#!/bin/sh\n" + script)
        path.chmod(0o755)
        return path

    @contextlib.contextmanager
    def environment(self, **variables: str | None):
        previous = dict(os.environ)
        try:
            for name, value in variables.items():
                os.environ.pop(name, None)
                if value is not None:
                    os.environ[name] = value
            yield
        finally:
            os.environ.clear()
            os.environ.update(previous)


class FindingTests(PackageTests):
    def reported(self, *arguments: str | pathlib.Path, text: bytes = b"") -> list[dict]:
        command = [BINARY, "check", "--quiet", "--no-config", "--root", ".", "--format", "jsonl", *arguments]
        result = subprocess.run(command, input=text, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        records = [json.loads(line) for line in result.stdout.split(b"\n") if line]
        return [record for record in records if record["type"] == "finding"]

    def record(self, finding: requisite.Finding) -> dict:
        """A finding as the report has it."""
        members = {re.sub(r"_(\w)", lambda m: m[1].upper(), k): v for k, v in dataclasses.asdict(finding).items()}
        return {"type": "finding", **members}

    def test_equal_those_of_the_report(self):
        for source in sorted(EXAMPLES.iterdir()):
            path = shutil.copy(source, self.folder)
            expected = self.reported(source.name)
            for given in [source.name, self.folder / source.name, str(path)]:
                self.assertEqual([self.record(finding) for finding in requisite.check(given)], expected, given)
            text = source.read_bytes()
            of_text = requisite.check(text, name=source.name)
            self.assertEqual([self.record(finding) for finding in of_text], expected, source)
        self.assertEqual(len(requisite.check(self.folder)), len(self.reported(".")))

    def test_buffers_are_texts(self):
        text = BROKEN.read_bytes()
        expected = requisite.check(text)
        self.assertEqual(len(expected), 6)
        self.assertEqual(requisite.check(bytearray(text)), expected)
        self.assertEqual(requisite.check(memoryview(text)), expected)
        self.assertEqual({finding.path for finding in expected}, {"stdin.json"})

    def test_are_values(self):
        finding, *_ = requisite.check(BROKEN)
        self.assertEqual(pickle.loads(pickle.dumps(finding)), finding)
        self.assertEqual(len({finding, dataclasses.replace(finding)}), 1)
        with self.assertRaises(dataclasses.FrozenInstanceError):
            finding.message = "another"
        self.assertRegex(str(finding), r"^/.*several-faults\.json:1:1: info: .* \[aws-connect-chat/[\w-]+\]$")

    def test_text_is_one_line(self):
        """It is escaped as by the program."""
        odd = "".join(map(chr, [
            *range(1, 0x20), *range(0x7E, 0xB0), 0x34F, 0x61C, 0x115F, 0x17B4, 0x180B, 0x180E, 0x1FFF, *range(0x2000, 0x2070), 0x3000,
            0x3164, 0xE000, 0xFE00, 0xFEFF, 0xFFA0, 0xFFF0, 0xFFF9, 0x1D173, 0x1F600, 0xE0001, 0xE0100, 0xE0FFF, 0xF0000,
            0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF,
        ]))
        for name in [f"x{odd[start : start + 40]}.json" for start in range(0, len(odd), 40)] + ["a b.json", "::error::a.json"]:
            command = [BINARY, "check", "--quiet", "--no-config", "--format=compact", "--fail-on=never", f"--stdin-filename={name}", "-"]
            result = subprocess.run(command, input=BROKEN.read_bytes(), stdout=subprocess.PIPE, check=True)
            finding, *_ = requisite.check(BROKEN.read_bytes(), name=name)
            self.assertEqual(finding.path, name)
            self.assertEqual(str(finding), result.stdout.decode().split("\n")[0])
        pack = self.write("p.yaml", PACK.replace("too many", '"a\\nb"'))
        (finding,) = requisite.check(b'{"count": 9}', packs=pack)
        self.assertEqual((finding.message, str(finding)), ("a\nb", "stdin.json:1:11: warning: a\\nb [orders/count]"))
        diagnostic = requisite.Diagnostic("pack/x", "error", "a\u2028b", "c\rd", 1, 2)
        self.assertEqual(str(diagnostic), "c\\rd:1:2: error: a\\u{2028}b [pack/x]")
        self.assertEqual(str(dataclasses.replace(diagnostic, line=None)), "c\\rd: error: a\\u{2028}b [pack/x]")

    def test_paths_are_those_of_files(self):
        text = BROKEN.read_bytes()
        for name in ["a b/ü%20 x.json", "-", "-q.json", "--help", "{}.json", "file:/x.json"]:
            self.write(name, text)
            (path,) = {finding.path for finding in requisite.check(name)}
            self.assertEqual(path, name)
            (path,) = {finding.path for finding in requisite.check(self.folder / name)}
            self.assertEqual(path, name)
            (self.folder / "other").mkdir(exist_ok=True)
            os.chdir(self.folder / "other")
            (path,) = {finding.path for finding in requisite.check(self.folder / name)}
            self.assertEqual(path, str(self.folder / name))
            os.chdir(self.folder)

    def test_malformed_text_is_a_finding(self):
        (finding,) = requisite.check(b'{"a" 1}')
        self.assertEqual((finding.rule, finding.severity, finding.pointer), ("json/syntax", "error", None))
        self.assertEqual(requisite.check(b"\xff\xfe{\x00")[0].severity, "error")

    def test_large_text_and_report(self):
        line = BROKEN.read_text().replace("\n", "") + "\n"
        findings = requisite.check((line * 3000).encode(), name="requests.jsonl")
        self.assertEqual(len(findings), 18_000)
        self.assertEqual(findings[-1].line, 3000)

    def test_line_separators_within_texts(self):
        pack = self.write("p.yaml", PACK.replace("too many", '"a\\u2028b\\x85c"'))
        (finding,) = requisite.check(b'{"count": 9}', packs=pack)
        self.assertEqual(finding.message, "a\u2028b\x85c")

    def test_threads(self):
        text = BROKEN.read_bytes()
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            results = list(pool.map(requisite.check, [text] * 40))
        self.assertEqual({len(findings) for findings in results}, {6})


class OptionTests(PackageTests):
    REQUEST = b'{"count": 5}'

    def test_packs(self):
        pack = self.write("orders.yaml", PACK)
        for packs in ["orders.yaml", pack, [pack], ("orders.yaml",), iter(["orders.yaml"])]:
            (finding,) = requisite.check(self.REQUEST, packs=packs)
            self.assertEqual((finding.rule, finding.severity), ("orders/count", "warning"))

    def test_parameters(self):
        pack = self.write("orders.yaml", PACK)
        self.assertEqual(requisite.check(self.REQUEST, packs=pack, parameters={"orders.most": 5}), [])
        with self.assertRaises(requisite.IncompleteCheckError):
            # A text is no number.
            requisite.check(self.REQUEST, packs=pack, parameters={"orders.most": "5"})

    def test_rules(self):
        rule = "aws-connect-chat/chat-duration-range"
        self.assertEqual([finding.rule for finding in requisite.check(BROKEN, select=rule)], [rule])
        self.assertNotIn(rule, [finding.rule for finding in requisite.check(BROKEN, ignore=[rule])])
        with self.assertRaises(requisite.RequisiteError):
            requisite.check(BROKEN, select="nothing-of-the-kind")

    def test_casing_and_values(self):
        text = json.dumps({"chat_duration_in_minutes": 12345}).encode()
        usual = requisite.check(text, packs="aws-connect-chat")
        self.assertNotEqual(requisite.check(text, packs="aws-connect-chat", casing="wire"), usual)
        self.assertIn("12345", "".join(finding.detail for finding in usual))
        hidden = requisite.check(text, packs="aws-connect-chat", show_values=False)
        self.assertNotIn("12345", "".join(finding.detail + finding.message for finding in hidden))

    def test_surroundings_have_no_effect(self):
        text = BROKEN.read_bytes()
        expected = requisite.check(text, name="a/request.json")
        self.write("orders.yaml", PACK)
        config = self.write(".requisite.yaml", "requisite: 1\npacks: [orders.yaml]\n")
        rule = "aws-connect-chat/chat-duration-range"
        self.write(".requisite-ignore.yaml", f"requisite: 1\nsuppressions:\n  - {{ rule: {rule}, reason: later }}\n")
        self.write("a/request.json", text)
        variables = {
            "REQUISITE_PACK": "orders.yaml", "REQUISITE_FORMAT": "sarif", "REQUISITE_CONFIG": str(config),
            "FORCE_COLOR": "1", "GITHUB_ACTIONS": "true",
        }
        with self.environment(**variables):
            self.assertEqual(requisite.check(text, name="a/request.json"), expected)
            self.assertEqual(requisite.check("a/request.json"), expected)

    def test_configuration(self):
        self.write("orders.yaml", PACK)
        config = self.write(".requisite.yaml", "requisite: 1\npacks: [orders.yaml]\nrules: { orders/count: error }\n")
        request = self.write("r.json", self.REQUEST)
        (finding,) = requisite.check(request, config=config)
        self.assertEqual((finding.rule, finding.severity, finding.path), ("orders/count", "error", "r.json"))

    def test_names_with_a_configuration(self):
        """A name is a path from the current folder, as the page says."""
        self.write("acme/orders.yaml", PACK)
        config = self.write("acme/.requisite.yaml", textwrap.dedent("""
            requisite: 1
            packs: [orders.yaml]
            files: { requests/load.json: { rules: { orders/count: off } } }
        """))
        self.write("acme/.requisite-ignore.yaml", "requisite: 1\nsuppressions:\n  - { rule: orders/count, path: requests/known.json, reason: later }\n")

        def paths(request, **options):
            return [finding.path for finding in requisite.check(request, config=config, **options)]

        for name in ["load", "known", "new"]:
            self.write(f"acme/requests/{name}.json", self.REQUEST)
            path = f"acme/requests/{name}.json"
            expected = [path] if name == "new" else []
            self.assertEqual(paths(self.REQUEST, name=path), expected)
            self.assertEqual(paths(self.REQUEST, name=str(self.folder / path)), expected)
            self.assertEqual(paths(path), [f"requests/{name}.json"] if expected else [])
            # No file of the project.
            self.assertEqual(paths(self.REQUEST, name=f"requests/{name}.json"), [f"requests/{name}.json"])
        self.assertEqual(paths(self.REQUEST), ["stdin.json"])
        for folder in ["acme", "acme/requests"]:
            os.chdir(self.folder / folder)
            for name in ["load", "known", "new"]:
                path = os.path.relpath(self.folder / f"acme/requests/{name}.json")
                expected = [f"requests/{name}.json"] if name == "new" else []
                self.assertEqual(paths(self.REQUEST, name=path), expected)
                self.assertEqual(paths(path), expected)

    def test_arguments_that_make_no_sense(self):
        with self.assertRaises(ValueError):
            requisite.check("request.json", name="other.json")
        text, once = "pass a request as json.dumps(request).encode()", "call check once for each request"
        for wrong, words in [
            (None, "found NoneType"), (5, "found int"), (b"".join, "found builtin"), ({"a": 1}, text), ([{"a": 1}], text), ([], text), ({}, text),
            (["a.json", "b.json"], once), ([self.folder], once), (("a.json",), once), ({"a.json"}, once), ([b"{}"], once),
        ]:
            with self.assertRaises(TypeError, msg=wrong) as caught:
                requisite.check(wrong)
            self.assertIn("expected bytes, a str or an os.PathLike of str; found ", str(caught.exception))
            self.assertIn(words, str(caught.exception))
        with self.assertRaises(ValueError):
            requisite.check("a\0b")
        for options in [
            {"casing": "kebab"}, {"casing": ""}, {"packs": ""}, {"packs": ["aws-connect-chat", ""]}, {"select": ""},
            {"ignore": [""]}, {"name": ""}, {"config": ""}, {"parameters": {"most": 5}}, {"parameters": {"orders.": 5}},
            {"parameters": {".most": 5}}, {"timeout": -1}, {"timeout": float("nan")}, {"packs": "a\0b"}, {"name": "a\0b"},
        ]:
            with self.assertRaises(ValueError, msg=options) as caught:
                requisite.check(b"{}", **options)
            self.assertIn(repr(next(iter(options))), str(caught.exception))
        for options in [
            {"packs": b"p"}, {"select": [5]}, {"ignore": [None]}, {"config": b"c"}, {"parameters": {5: 1}}, {"parameters": [5]}, {"timeout": "5"},
            {"name": 5}, {"name": ["a.json", "b.json"]}, {"config": ["a.yaml"]},
        ]:
            with self.assertRaises(TypeError, msg=options) as caught:
                requisite.check(b"{}", **options)
            if next(iter(options)) != "name":
                self.assertIn(repr(next(iter(options))), str(caught.exception))
        requisite.check(BROKEN, casing="auto")


class ExceptionTests(PackageTests):
    """Where something was not checked, there is never a list."""

    def test_incomplete_checks(self):
        self.write("bad.yaml", "requisite: 1\nname: bad\nrules: { r: { then: { type: objekt } } }\n")
        self.write("clean.json", (EXAMPLES / "clean.json").read_bytes())
        self.write("empty/.keep", "")
        cases = [
            ((b"{}",), {}, "input/no-pack"),
            ((b"",), {}, "input/nothing-checked"),
            (("missing.json",), {}, "input/missing"),
            (("",), {}, "input/missing"),
            (("-",), {}, "input/missing"),
            (("empty",), {}, "input/"),
            (("clean.json",), {"packs": "no-such-pack"}, "pack/unknown"),
            (("clean.json",), {"packs": "bad.yaml"}, ""),
            (("clean.json",), {"config": "missing.yaml"}, ""),
            (("clean.json",), {"parameters": {"aws-connect-chat.nothing": 1}}, "pack/unknown-parameter"),
        ]
        for arguments, options, code in cases:
            with self.assertRaises(requisite.IncompleteCheckError, msg=(arguments, options)) as caught:
                requisite.check(*arguments, **options)
            first = caught.exception.diagnostics[0]
            self.assertEqual((first.code.startswith(code), first.severity), (True, "error"), first)
            self.assertIn(first.message, str(caught.exception))
            self.assertEqual(str(pickle.loads(pickle.dumps(caught.exception))), str(caught.exception))

    def test_messages_have_the_words_of_the_package(self):
        unfit = '{"a": 1}\n'
        request = (EXAMPLES / "clean.json").read_text().replace("\n", "")
        self.write("unfit.json", unfit)
        self.write("mixed.jsonl", unfit + request + "\n")
        self.write("mixed.json", f"[{unfit},{request}]")
        self.write("empty.jsonl", "")
        self.write("folder/text.txt", "")
        self.write("ignored/.git/HEAD", "ref: refs/heads/main\n")
        self.write("ignored/.gitignore", "*.json\n")
        self.write("ignored/a.json", request)
        parameter = "aws-connect-chat.maxAttributeBytes"
        for given, options, expected in [
            (b"{}", {}, "error: the text does not look like a request of any pack (aws-connect-chat); choose one with packs="),
            (b"", {}, "error: the text is empty, so nothing was checked ["),
            (b'{"x": %s}' % request.encode(), {}, "error: the text is not a request, but"),
            ("unfit.json", {}, "; choose one with packs= ["),
            ("empty.jsonl", {}, "found no request in 'empty.jsonl'; packs= applies a pack to every file ["),
            ("folder", {}, "in 'folder' ["),
            ("ignored", {}, "in 'ignored'; files that Git ignores were skipped, such as 'ignored/a.json' ["),
            ("mixed.jsonl", {}, "; use packs= to check every line with a pack ["),
            ("mixed.json", {}, ", and check them with packs= ["),
            (b"{}", {"select": "nothing"}, "error: select: no rule, pack or tag 'nothing'; run 'python -m requisite rules' for"),
            (b"{}", {"ignore": "nothing"}, "error: ignore: no rule"),
            (b"{}", {"ignore": "aws-connect-chat"}, "no rule is left to check: ignore leaves out all rules ["),
            (b"{}", {"ignore": "aws-connect-chat", "select": "aws-connect-chat"}, "check: ignore leaves out all that select selects ["),
            (b"{}", {"parameters": {"aws-connect-chat.nothing": 1}}, "parameters: error: unknown parameter"),
            (b"{}", {"parameters": {parameter: "a"}}, f"parameters: error: parameter '{parameter}' must be an integer"),
            ('\ufeff{"card":"4111"}', {}, "pass the text of a request as bytes"),
            (' "4111"', {}, "pass the text of a request as bytes"),
        ]:
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                try:
                    requisite.check(given, **options)
                    texts = [str(warning.message) for warning in caught]
                except requisite.IncompleteCheckError as error:
                    texts = [str(error)]
            self.assertIn(expected, "\n".join(texts))
            self.assertNotRegex("\n".join(texts), r"--\w|Usage|standard input|4111")

        for message, expected in [
            ("a is larger; raise --max-size, or split the request", "a is larger; split the request"),
            ("a is larger; raise --max-size, split it, or write", "a is larger; split it, or write"),
            ("a is larger; split it, or raise --max-size", "a is larger; split it"),
            ("line 1 is longer; raise --max-size", "line 1 is longer"),
            ("nothing; --no-exclude checks excluded files, --allow-empty allows this", "nothing; excluded files were skipped"),
        ]:
            record = {"code": "input/too-large", "severity": "error", "message": message, "path": None, "line": None, "column": None}
            self.assertEqual(_records.diagnostic(record).message, expected)
        (finding,) = requisite.check(b'{"a" 1}', show_values=False)
        self.assertEqual(finding.message, "text is not well formed; use show_values=True to see what is wrong")
        pack = self.write("orders.yaml", PACK.replace("too many", "choose one with --pack"))
        self.assertEqual(requisite.check(b'{"count": 9}', packs=pack)[0].message, "choose one with --pack")

    def test_usage_of_the_command_line_is_left_out(self):
        script = "printf 'requisite: error: wrong\\nHelp:  --x\\nUsage: requisite check\\n  See\\n' >&2; exit 2"
        with self.environment(REQUISITE_BINARY=str(self.program(script))):
            with self.assertRaises(requisite.ProgramError) as caught:
                requisite.check(b"{}")
        self.assertEqual(str(caught.exception), "requisite: error: wrong")

    def test_texts_in_place_of_bytes(self):
        for text in [
            '{"InstanceId": 5}', " [1]", "{" + " " * 1_000_000 + "}", "{\0", "InstanceId: 5", "InstanceId:\n  5\n", "- InstanceId\n",
        ]:
            with self.assertRaises(requisite.IncompleteCheckError) as caught:
                requisite.check(text)
            self.assertEqual(caught.exception.diagnostics[0].code, "input/missing")
            self.assertIn("pass the text of a request as bytes", str(caught.exception))
            self.assertNotIn("InstanceId", str(caught.exception))
        for name in ["[1].json", "a: b.json", "a\nb.json"]:
            self.write(name, BROKEN.read_bytes())
            self.assertEqual(len(requisite.check(name)), 6)

    def test_current_folder_that_was_deleted(self):
        folder = self.folder / "gone"
        folder.mkdir()
        os.chdir(folder)
        folder.rmdir()
        for request in [b"{}", "a.json", BROKEN]:
            with self.assertRaises(requisite.IncompleteCheckError) as caught:
                requisite.check(request, packs="aws-connect-chat")
            self.assertIn("the current folder no longer exists", str(caught.exception))

    def test_many_errors_have_a_short_text(self):
        diagnostic = requisite.Diagnostic("input/no-pack", "error", "odd", None, None, None)
        text = str(requisite.IncompleteCheckError([diagnostic] * 30))
        self.assertEqual((text.count("odd"), text.endswith("\nand 10 more")), (20, True))

    def test_findings_of_what_was_checked(self):
        self.write("a.json", BROKEN.read_bytes())
        os.symlink("nowhere", self.folder / "b.json")
        self.write(os.fsdecode(b"c\xff.json"), b"{}")
        with self.assertRaises(requisite.IncompleteCheckError) as caught:
            requisite.check(self.folder)
        self.assertEqual(len(caught.exception.findings), 6)

    def test_programs_that_do_not_end_well(self):
        finding = '{"type":"finding","path":"a","line":1,"column":1,"endLine":1,"endColumn":1,"pointer":null,' \
            '"rule":"p/r","severity":"error","message":"m","detail":"","fix":"none","fingerprint":"f"}'
        summary = '{"type":"summary","files":1,"requests":1,"errors":%d,"warnings":0,"infos":0}'
        whole = f"echo '{finding}'; echo '{summary % 1}'"
        cases = {
            "": 0, "exit 0": 0, "exit 2": 2, "exit 64": 64, "kill -9 $$": -9, "kill -TERM $$": -15,
            f"echo '{summary % 0}'; exit 2": 2, f"echo '{summary % 0}'; exit 3": 3, f"echo '{finding}'": 0,
            f"echo '{finding[:90]}'": 0, f"echo '{summary % 1}'": 0, f"{whole}; echo '{finding}'": 0,
            f"{whole}; kill -9 $$": -9, "echo '[]'": 0, "echo 5": 0, "echo '{}'": 0, r"printf '\377\n'": 0,
            "echo wrong >&2; exit 2": 2,
        }
        for script, code in cases.items():
            with self.environment(REQUISITE_BINARY=str(self.program(script))):
                with self.assertRaises(requisite.ProgramError, msg=script) as caught:
                    requisite.check(b"{}")
                self.assertEqual(caught.exception.exit_code, code, script)
                self.assertTrue(str(caught.exception))
                self.assertEqual(pickle.loads(pickle.dumps(caught.exception)).exit_code, code)
        with self.environment(REQUISITE_BINARY=str(self.program(f"cat > /dev/null; {whole}"))):
            self.assertEqual(len(requisite.check(b"{}")), 1)
        with self.environment(REQUISITE_BINARY=str(self.program(f"exec <&-; {whole}"))):
            # A program that reads nothing.
            self.assertEqual(len(requisite.check(bytes(1 << 20))), 1)

    def test_members_of_later_versions_are_ignored(self):
        report = _records.read_report(
            b'{"type":"news"}\n{"type":"summary","errors":0,"warnings":0,"infos":0,"more":1}\n')
        self.assertEqual(report, _records.Report([], []))

    def test_time_limit(self):
        with self.environment(REQUISITE_BINARY=str(self.program("exec sleep 60"))):
            with self.assertRaises(requisite.CheckTimeoutError) as caught:
                requisite.check(b"{}", timeout=0.2)
        self.assertIsInstance(caught.exception, TimeoutError)
        for long in [1e10, float("inf")]:
            self.assertEqual(len(requisite.check(BROKEN, timeout=long)), 6)

    def test_warnings(self):
        pack = self.write("p.yaml", PACK + USELESS)
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            requisite.check(b'{"count": 1}', packs=pack); line = line_number()
        self.assertEqual(
            [(warning.category, warning.filename, warning.lineno) for warning in caught], [(requisite.RequisiteWarning, __file__, line)])
        self.assertIn("p.yaml:", str(caught[0].message))
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            _check.warn([requisite.Diagnostic("pack/x", "warning", "odd", "p.yaml", 3, 5)])
        self.assertEqual([str(warning.message) for warning in caught], ["p.yaml:3:5: warning: odd [pack/x]"])


class ProgramTests(PackageTests):
    def test_named_by_the_environment(self):
        self.assertEqual(requisite.find_program(), str(BINARY))
        for wrong in [str(self.folder), "missing", str(self.write("text", ""))]:
            with self.environment(REQUISITE_BINARY=wrong):
                with self.assertRaises(requisite.ProgramNotFoundError):
                    requisite.check(b"{}")

    def test_on_path(self):
        path = self.program("exit 7")
        with self.environment(REQUISITE_BINARY=None, PATH=f"{self.folder}/bin:/usr/bin:/bin"):
            # An environment may have the wheel installed already.
            if requisite.find_program() == str(path):
                with self.assertRaises(requisite.ProgramError):
                    requisite.check(b"{}")

    def test_module(self):
        command = [sys.executable, "-B", "-m", "requisite", "check", "--quiet", "--format", "compact", str(BROKEN)]
        result = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(PACKAGE)}, capture_output=True)
        self.assertEqual((result.returncode, result.stdout.count(b"\n")), (1, 6), result.stderr)

    @unittest.skipUnless(importlib.util.find_spec("pip"), "there is no pip")
    def test_installed_wheel(self):
        release = ROOT / ".ci/release"
        make = textwrap.dedent("""
            import pathlib, sys
            sys.path.insert(0, sys.argv[1])
            import wheel
            from release import Release
            file = wheel.make(Release.of_checkout(pathlib.Path(sys.argv[2])))
            pathlib.Path(file.path).write_bytes(file.data)
        """)
        subprocess.run([sys.executable, "-B", "-c", make, release, BINARY], check=True)
        (wheel,) = self.folder.glob("*.whl")
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-compile"]
        quiet = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore"}
        subprocess.run([*pip, "--target", "site", wheel], check=True, env=quiet)
        self.assertTrue((self.folder / "site/requisite/py.typed").exists())
        code = "import requisite, sys; print(requisite.find_program(), len(requisite.check(sys.argv[1])), requisite.__version__)"
        environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": "site"}
        result = subprocess.run(
            [sys.executable, "-c", code, BROKEN], env=environment, capture_output=True, text=True)
        version = wheel.name.split("-")[1]
        self.assertRegex(version, r"^\d+\.\d+\.\d+")
        self.assertEqual(result.stdout.split(), [str(self.folder / "site/bin/requisite"), "6", version], result.stderr)
        # A checkout before the wheel.
        environment["PYTHONPATH"] = f"{PACKAGE}:site"
        result = subprocess.run(
            [sys.executable, "-B", "-c", "import requisite; print(requisite.__version__)"], env=environment, capture_output=True, text=True)
        self.assertEqual(result.stdout, "0+unknown\n", result.stderr)

    def test_version(self):
        self.assertEqual(requisite.__version__, "0+unknown")
        with self.assertRaises(AttributeError):
            requisite.nothing


class PageTests(PackageTests):
    def test_examples_run(self):
        for name in ["several-faults.json", "requests.jsonl"]:
            shutil.copy(EXAMPLES / name, self.folder)
        blocks = re.findall(r"^```python\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", PAGE, re.M | re.S)
        self.assertGreater(len(blocks), 2)
        names: dict = {}
        for code, expected in blocks:
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                exec(compile(code, "Python.md", "exec"), names)
            if expected:
                self.assertEqual(printed.getvalue(), expected, code)

    def test_everything_is_documented(self):
        names = [name for name in requisite.__all__ if name != "Diagnostic"]
        fields = [field.name for field in dataclasses.fields(requisite.Finding)]
        options = [name for name in _check.check.__kwdefaults__]
        for name in [*names, *fields, *options]:
            self.assertRegex(PAGE, rf"`(requisite\.)?{name}\b", name)
            if name in options:
                self.assertIn(f"- `{name}`" if name not in ("select", "ignore") else f"`{name}`", _check.check.__doc__)


if __name__ == "__main__":
    unittest.main()

"""Reads reports of hostile requests back, with programs that others use, and counts: nothing is lost or injected.

    REQUISITE_BINARY=requisite python3 .ci/integrations/readers.py

Needs duckdb, jsonschema, junitparser, lxml, defusedxml, markdown-it-py and sarif-tools, and no network.
"""

from __future__ import annotations

import collections
import contextlib
import csv
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import urllib.parse

import defusedxml.ElementTree
import duckdb
import jsonschema
import junitparser
import lxml.etree
import lxml.html
import markdown_it

BINARY = pathlib.Path(os.environ["REQUISITE_BINARY"]).resolve()
ROOT = pathlib.Path(__file__).resolve().parents[2]
CONFORMANCE = pathlib.Path(os.environ.get("REQUISITE_CONFORMANCE", ROOT / "../shared/conformance"))
FORMATS = [
    "json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson", "rdjsonl", "sonarqube", "azure",
    "markdown", "html", "text", "compact",
]

# MARK: The requests

SECRET = "4111-1111-do-not-show"
HOSTILE = [
    "::error file=x,line=1::injected",
    "a\n::error::injected\r\n##vso[task.complete result=Failed]done",
    "%0A::warning::injected%0D%25%3A%2C",
    "##[group]a ##vso[task.setvariable variable=a]b",
    "\x1b[2J\x1b]0;title\x07\x1b[31m",
    "\u202egnp.exe\u2066\u200f",
    "]]></failure><failure type='injected'>",
    "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b;&amp;&#0;",
    "</script><script>alert(1)</script><img src=x onerror=alert(1)>",
    "[x](http://evil.example) ![y](//evil.example/z.png) <http://evil.example> www.evil.example @everyone #1",
    "[x](javascript:alert(1)) <javascript:alert(2)> [y]: javascript:alert(3)",
    "`code` | cell | **bold** ~~gone~~ \\| \\",
    "\x00\x01\x7f\x85\u2028\u2029",
    "\ud800 lone, \udc00\ud800",
    "\ufffe\uffff\ufdd0\U0001ffff",
    "{0} %s %n $HOME `id` $(id) ${{ github.token }} {% raw %}",
    "'; DROP TABLE findings; --",
    "=cmd|' /C calc'!A0,\"b\"\tc",
    "\U0001f469\u200d\U0001f4bb é e\u0301 名前",
    "../../etc/passwd",
    "null",
    "2026-11-28",
    " leading and trailing ",
]
PACK = {
    "requisite": 1,
    "name": "hostile",
    "request": {"operation": "Hostile", "detect": {"required": ["value"]}, "sensitive": "$.secret"},
    "rules": {
        "value": {"given": "$.value", "then": {"const": 0}, "message": "{{ self }} is no number"},
        "detail": {"given": "$.value", "then": {"pattern": "^a$"}, "severity": "warning"},
        "members": {"then": {"propertyNames": {"maxLength": 0}}, "severity": "info"},
        "element": {
            "given": "$.list[*]", "then": {"type": "array"}, "message": "wrong: {{ self }}",
            "fix": [{"op": "replace", "path": "", "value": ["{{ self }}"]}],
        },
        "secret": {"given": "$.secret", "then": {"const": 0}, "message": "{{ self }} is wrong"},
    },
}
for index, text in enumerate(HOSTILE):
    # A pack is YAML, which has neither lone surrogates nor some control characters.
    words = re.sub(r"[\ud800-\udfff]|[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]", "?", text)
    words = words.replace("{{", "{").replace("\U0001ffff", "?").replace("\ufdd0", "?")
    PACK["rules"][f"text-{index}"] = {
        "given": "$.list", "then": {"maxItems": 0}, "description": words.strip() or "?", "help": f"a {words}\n\n{words}",
        "message": f"a {words}", "severity": ["error", "warning", "info"][index % 3], "tags": [f"tag-{index}"],
    }


def file_name(text: str) -> str:
    kept = re.sub(r"[\x00/\ud800-\udfff]", "?", text)
    return kept.encode()[:120].decode("utf-8", "ignore")


def make_project(folder: pathlib.Path) -> None:
    (folder / "hostile.yaml").write_text(json.dumps(PACK, ensure_ascii=False), "utf-8")
    log = []
    for text in HOSTILE:
        value = {"value": text, "list": [text, 1], text: {"a": text}, "secret": SECRET}
        log.append(json.dumps(value))
        (folder / f"{file_name(text)}.json").write_text(json.dumps(value, indent=1), "utf-8")
        try:
            raw = json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raw = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
        (folder / f"raw {file_name(text)}.json").write_bytes(raw)
    (folder / "log.jsonl").write_text("\n".join(log), "utf-8")


def run(
    folder: pathlib.Path, *arguments: str, codes: tuple[int, ...] = (0, 1), environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess:
    result = subprocess.run(
        [BINARY, "check", "--no-config", f"--root={folder}", *arguments], cwd=folder, capture_output=True,
        stdin=subprocess.DEVNULL, env=environment)
    assert result.returncode in codes, result.stderr.decode()
    return result


# MARK: What readers take

STRING, NUMBER = {"type": "string"}, {"type": "integer", "minimum": 1}


def exactly(required: dict, optional: dict = {}) -> dict:
    return {
        "type": "object", "properties": {**required, **optional}, "required": list(required), "additionalProperties": False,
    }


# The messages of reviewdog (proto/rdf); it refuses members that it does not know.
POSITION = exactly({"line": NUMBER, "column": NUMBER})
RANGE = exactly({"start": POSITION, "end": POSITION})
PLACE = exactly({"path": STRING}, {"range": RANGE})
DIAGNOSTIC = exactly(
    {
        "message": {"type": "string", "minLength": 1}, "location": PLACE, "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
        "code": exactly({"value": STRING}, {"url": {"type": "string", "pattern": "^https?://"}}),
    },
    {
        "source": exactly({"name": STRING, "url": STRING}),
        "suggestions": {"type": "array", "items": exactly({"range": RANGE, "text": STRING})},
        "related_locations": {"type": "array", "items": exactly({"message": STRING, "location": PLACE})},
    },
)
# What GitLab requires of an issue, and has a use for.
ISSUE = exactly({
    "description": {"type": "string", "minLength": 1}, "check_name": STRING,
    "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
    "location": exactly({"path": STRING, "lines": exactly({"begin": NUMBER}, {"end": NUMBER})}),
})
# The generic issues of SonarQube, from version 10.3 on.
SONAR_PLACE = exactly(
    {"message": {"type": "string", "minLength": 1}, "filePath": STRING},
    {
        "textRange": exactly(
            {"startLine": NUMBER},
            {"endLine": NUMBER, "startColumn": {"type": "integer", "minimum": 0}, "endColumn": NUMBER}),
    })
SONAR = exactly({
    "issues": {
        "type": "array",
        "items": exactly(
            {"ruleId": STRING, "primaryLocation": SONAR_PLACE},
            {"secondaryLocations": {"type": "array", "items": SONAR_PLACE}, "effortMinutes": NUMBER}),
    },
    "rules": {
        "type": "array",
        "items": exactly(
            {
                "id": STRING, "name": STRING, "engineId": STRING, "cleanCodeAttribute": STRING,
                "impacts": {
                    "type": "array", "minItems": 1,
                    "items": exactly({
                        "softwareQuality": {"enum": ["SECURITY", "RELIABILITY", "MAINTAINABILITY"]},
                        "severity": {"enum": ["BLOCKER", "HIGH", "MEDIUM", "LOW", "INFO"]},
                    }),
                },
            },
            {"description": STRING, "type": STRING, "severity": STRING}),
    },
})


def counted(items) -> collections.Counter:
    return collections.Counter(items)


class HostileTests(unittest.TestCase):
    """Each format has the findings of `json`, and no reader sees anything else."""

    @classmethod
    def setUpClass(cls):
        scratch = tempfile.TemporaryDirectory()
        cls.addClassCleanup(scratch.cleanup)
        cls.folder = pathlib.Path(scratch.name, "project")
        cls.reports = pathlib.Path(scratch.name, "reports")
        cls.folder.mkdir()
        make_project(cls.folder)
        outputs = [f"--format={name}={cls.reports / name}" for name in FORMATS]
        cls.result = run(cls.folder, "--pack=hostile.yaml", *outputs, ".")
        cls.findings = json.loads(cls.read("json"))["findings"]

    @classmethod
    def read(cls, name: str) -> str:
        # A lone surrogate in a report would be an error here.
        return (cls.reports / name).read_bytes().decode("utf-8", "strict")

    def expected(self, *members: str) -> collections.Counter:
        return counted(tuple(finding[member] for member in members) for finding in self.findings)

    def test_there_are_findings_of_each_kind(self):
        self.assertGreater(len(self.findings), 1_000)
        rules = {finding["ruleId"] for finding in self.findings}
        self.assertEqual({f"hostile/{rule}" for rule in PACK["rules"]} - rules, set())
        self.assertEqual({finding["path"] for finding in self.findings} - set(os.listdir(self.folder)), set())
        print(f"{len(self.findings)} findings in {len(set(finding['path'] for finding in self.findings))} files")

    def test_no_report_shows_a_sensitive_value_or_a_control_character(self):
        for name in FORMATS:
            text = self.read(name)
            self.assertNotIn(SECRET, text, name)
            self.assertNotRegex(text, r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", name)
            if name not in ("github", "azure"):
                self.assertNotRegex(text, r"(?m)^\s*::|##\[|##vso\[", name)

    # MARK: JSON

    def test_json_lines(self):
        *lines, summary = [json.loads(line) for line in self.read("jsonl").splitlines()]
        found = [line for line in lines if line["type"] == "finding"]
        keys = ("path", "rule", "line", "column", "severity", "message", "pointer", "fingerprint")
        self.assertEqual(
            counted(tuple(line[key] for key in keys) for line in found),
            self.expected(*["ruleId" if key == "rule" else key for key in keys]))
        self.assertEqual(sum(summary[key] for key in ("errors", "warnings", "infos")), len(self.findings))

    def test_reviewdog(self):
        report = json.loads(self.read("rdjson"))
        jsonschema.validate(report, exactly({
            "source": exactly({"name": STRING, "url": STRING}), "diagnostics": {"type": "array", "items": DIAGNOSTIC}}))
        lines = [json.loads(line) for line in self.read("rdjsonl").splitlines()]
        jsonschema.validate(lines, {"type": "array", "items": DIAGNOSTIC})
        for line in lines:
            del line["source"]
        self.assertEqual(lines, report["diagnostics"])
        self.assertEqual(
            counted(
                (each["location"]["path"], each["code"]["value"], each["location"]["range"]["start"]["line"],
                 each["severity"].lower()) for each in lines),
            self.expected("path", "ruleId", "line", "severity"))

    def test_gitlab(self):
        report = json.loads(self.read("gitlab"))
        jsonschema.validate(report, {"type": "array", "items": ISSUE})
        self.assertEqual(
            counted((each["location"]["path"], each["check_name"], each["location"]["lines"]["begin"]) for each in report),
            self.expected("path", "ruleId", "line"))
        self.assertEqual(len({each["fingerprint"] for each in report}), len(self.findings))

    def test_sonarqube(self):
        report = json.loads(self.read("sonarqube"))
        jsonschema.validate(report, SONAR)
        self.assertEqual(
            counted(
                (each["primaryLocation"]["filePath"], each["ruleId"], each["primaryLocation"]["textRange"]["startLine"])
                for each in report["issues"]),
            self.expected("path", "ruleId", "line"))
        self.assertEqual({rule["id"] for rule in report["rules"]}, {each["ruleId"] for each in report["issues"]})

    # MARK: SARIF

    def sarif_tools(self, *arguments: str) -> str:
        result = subprocess.run(
            [sys.executable, "-m", "sarif", *arguments], capture_output=True, text=True, encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8"})
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stdout

    def log(self) -> str:
        path = self.reports / "hostile.sarif"
        path.write_bytes((self.reports / "sarif").read_bytes())
        return str(path)

    def test_sarif(self):
        (log,) = json.loads(self.read("sarif"))["runs"]
        places = [(each, each["locations"][0]["physicalLocation"]) for each in log["results"]]
        self.assertEqual(
            counted(
                (urllib.parse.unquote(place["artifactLocation"]["uri"]), each["ruleId"], place["region"]["startLine"])
                for each, place in places),
            self.expected("path", "ruleId", "line"))
        for each, _ in places:
            self.assertEqual(each["ruleId"], log["tool"]["driver"]["rules"][each["ruleIndex"]]["id"])

    def test_help_in_sarif(self):
        """Help is Markdown of the pack, with links, but without HTML and scripts."""
        (log,) = json.loads(self.read("sarif"))["runs"]
        parser = markdown_it.MarkdownIt("gfm-like", {"html": True})
        # So that nothing is left out that other renderers may take.
        parser.validateLink = lambda _: True
        for rule in log["tool"]["driver"]["rules"]:
            tokens = parser.parse(rule["help"]["markdown"]) if "help" in rule else []
            for token in [each for token in tokens for each in [token, *(token.children or [])]]:
                self.assertNotIn(token.type, ("html_inline", "html_block"), rule["id"])
                for name in ("href", "src"):
                    address = str(token.attrs.get(name, "https:"))
                    self.assertRegex(address, r"^(https?:|mailto:|//|(?![\w+.-]*:))", rule["id"])

    @unittest.skipUnless((CONFORMANCE / "sarif_check.py").exists(), "needs sarif_check.py in REQUISITE_CONFORMANCE")
    def test_schema_of_sarif(self):
        command = [sys.executable, CONFORMANCE / "sarif_check.py", "--profile", "all", "--strict", self.log()]
        result = subprocess.run(command, capture_output=True, text=True)
        self.assertEqual(result.returncode, 0, result.stdout[-2000:] + result.stderr[-2000:])

    def test_sarif_tools(self):
        severities = {"error": "error", "warning": "warning", "note": "info"}
        counts = collections.Counter(finding["severity"] for finding in self.findings)
        summary = self.sarif_tools("summary", self.log())
        self.assertEqual(
            {severities[name]: int(count) for name, count in re.findall(r"^(error|warning|note): (\d+)$", summary, re.M)},
            counts)
        table = self.reports / "sarif.csv"
        self.sarif_tools("csv", "--output", str(table), self.log())
        with table.open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual(
            counted((urllib.parse.unquote(row["Location"]), row["Code"], int(row["Line"])) for row in rows),
            self.expected("path", "ruleId", "line"))
        issues = self.reports / "climate.json"
        self.sarif_tools("codeclimate", "--output", str(issues), self.log())
        self.assertEqual(len(json.loads(issues.read_text("utf-8"))), len(self.findings))
        page = self.reports / "sarif.html"
        self.sarif_tools("html", "--output", str(page), self.log())
        self.assertNotIn("<script>alert", page.read_text("utf-8"))

    # MARK: XML

    def elements(self, name: str) -> lxml.etree._Element:
        parser = lxml.etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
        tree = lxml.etree.parse(str(self.reports / name), parser)
        self.assertIsNone(tree.docinfo.internalDTD)
        # This one refuses document types and entities.
        other = defusedxml.ElementTree.parse(self.reports / name, forbid_dtd=True).getroot()
        self.assertEqual(
            [(each.tag, dict(each.attrib), each.text) for each in tree.iter()],
            [(each.tag, each.attrib, each.text) for each in other.iter()])
        return tree.getroot()

    @staticmethod
    def xml_path(path: str) -> str:
        """A path as XML can have it."""
        return re.sub(
            r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufdd0\ufffe\uffff\U0001ffff]",
            lambda match: f"\\u{{{ord(match[0]):X}}}", path)

    def test_checkstyle(self):
        root = self.elements("checkstyle")
        self.assertEqual({each.tag for each in root.iter()}, {"checkstyle", "file", "error"})
        self.assertEqual(
            counted((each.get("source"), int(each.get("line")), int(each.get("column")), each.get("severity"))
                    for each in root.iter("error")),
            self.expected("ruleId", "line", "column", "severity"))
        self.assertEqual(len(root.findall("file")), len({finding["path"] for finding in self.findings}))

    def test_junit(self):
        root = self.elements("junit")
        self.assertLessEqual({each.tag for each in root.iter()}, {"testsuites", "testsuite", "testcase", "failure"})
        found = collections.Counter()
        for suite in junitparser.JUnitXml.fromfile(str(self.reports / "junit")):
            results = [result for case in suite for result in case.result]
            self.assertEqual((suite.failures, suite.errors, suite.skipped), (len(results), 0, 0))
            self.assertEqual(suite.tests, len(list(suite)))
            self.assertTrue(all(isinstance(result, junitparser.Failure) for result in results))
            found += counted((result.type,) for result in results)
        self.assertEqual(found, self.expected("ruleId"))

    # MARK: Commands

    def test_github(self):
        *lines, end = self.read("github").split("\n")
        self.assertEqual(end, "")
        counts = collections.Counter(finding["severity"] for finding in self.findings)
        names = {"error": "error", "warning": "warning", "info": "notice"}
        self.assertRegex(lines.pop(), r"^requisite: [\w ,]* more; GitHub shows 10 annotations of each kind$")
        commands = [re.fullmatch(r"::(\w+) file=([^,:]+),([^:]*)::(.*)", line) for line in lines]
        self.assertEqual(
            collections.Counter(command[1] for command in commands),
            {names[name]: min(10, count) for name, count in counts.items()})
        paths = {finding["path"] for finding in self.findings}
        for command in commands:
            unescaped = command[2]
            for code, text in [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")]:
                unescaped = unescaped.replace(code, text)
            self.assertIn(self.xml_path(unescaped), {self.xml_path(path) for path in paths})

    def test_azure(self):
        *lines, end = self.read("azure").split("\n")
        self.assertEqual(end, "")
        commands = [
            re.fullmatch(
                r"##vso\[task\.logissue type=(error|warning);sourcepath=([^;\]]*);linenumber=(\d+);columnnumber=(\d+);"
                r"code=([^;\]]*)\](.*)", line)
            for line in lines
        ]
        self.assertEqual(
            counted((command[5], int(command[3]), int(command[4])) for command in commands),
            self.expected("ruleId", "line", "column"))

    # MARK: Markdown

    def test_markdown(self):
        parser = markdown_it.MarkdownIt("gfm-like")
        tokens = parser.parse(self.read("markdown"))
        every = [child for token in tokens for child in [token, *(token.children or [])]]
        self.assertEqual(
            {token.type for token in every} - {"inline", "text", "text_special"},
            {f"{name}_{side}" for name in ["heading", "table", "thead", "tbody", "tr", "th", "td"] for side in ["open", "close"]})
        rows = sum(token.type == "tr_open" for token in tokens) - 1
        self.assertEqual(rows, len(self.findings))

    # MARK: HTML

    def test_html(self):
        """The page has the elements and attributes of its own, and those of help, whatever the texts are."""
        page = lxml.html.document_fromstring(self.read("html"))
        names = {each.tag for each in page.iter() if isinstance(each.tag, str)}
        self.assertLessEqual(names, set(
            "html head meta title style body a b header h1 label select option main section h2 div h3 ol li h4 span p code pre ul"
            " details summary del ins button svg rect form fieldset legend input footer script mark wbr".split())
            | set("h4 h5 h6 em strong blockquote table thead tbody tr th td br hr".split()))
        self.assertEqual((len(page.findall(".//script")), len(page.findall(".//style"))), (1, 1))
        attributes = {name for each in page.iter() for name in each.keys()}
        self.assertEqual([name for name in attributes if name.startswith("on") or name in ("src", "style")], [])
        for link in page.iter("a"):
            self.assertRegex(link.get("href"), "^(#|https?://)")
        rows = page.xpath("//li[starts-with(@class, 'finding ')]")
        self.assertEqual(
            counted((row.get("class").split()[1], row.get("id")[2:], row.xpath("p[@class='places']/a")[0].text) for row in rows),
            counted((each["severity"], each["fingerprint"][:16], f"Line {each['line']}, column {each['column']}")
                    for each in self.findings))

    # MARK: DuckDB

    def test_database(self):
        rows = duckdb.sql(
            f"SELECT path, rule, line, severity, message FROM read_json('{self.reports / 'jsonl'}')"
            " WHERE type = 'finding'").fetchall()
        self.assertEqual(counted(rows), self.expected("path", "ruleId", "line", "severity", "message"))


class OtherOutputTests(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name, "project")
        self.folder.mkdir()
        make_project(self.folder)

    def test_annotations_and_summary(self):
        summary = self.folder.parent / "summary.md"
        environment = {**os.environ, "GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary)}
        arguments = ["--pack=hostile.yaml", "--annotations=auto", "--step-summary", "--format=text", "."]
        result = run(self.folder, *arguments, environment=environment)
        self.assertNotRegex(result.stdout.decode(), r"(?m)^\s*::|##\[|##vso\[|[\x00-\x08\x0b-\x1f\x7f-\x9f]")
        commands = re.findall(r"(?m)^\s*::(\w+)", result.stderr.decode())
        self.assertEqual(collections.Counter(commands), {"error": 10, "warning": 10, "notice": 10})
        self.assertEqual(
            {token.type for token in markdown_it.MarkdownIt("gfm-like").parse(summary.read_text("utf-8"))
             if token.type.startswith(("html", "fence", "code", "bullet", "hr"))}, set())

    def test_runs_that_fail(self):
        """Reports of runs that are not complete are whole, and say why."""
        unreadable = 0
        # macOS takes no such name.
        with contextlib.suppress(OSError):
            (self.folder / os.fsdecode(b"\xff::error::\x1b[31m]]>.json")).write_text("{}")
            unreadable = 1
        cases = [
            (["--pack=hostile.yaml", ".", "]]> ::error::a.json"], 1 + unreadable),
            (["--pack=hostile.yaml", "]]> ::error::a.json"], 1), (["--pack=<script>.yaml", "."], 1 + unreadable),
        ]
        for arguments, expected in cases:
            formats = ["json", "jsonl", "sarif", "junit"]
            outputs = [f"--format={each}={self.folder.parent / each}" for each in formats]
            run(self.folder, *outputs, *arguments, codes=(2,))
            read = {each: (self.folder.parent / each).read_bytes().decode() for each in formats}
            count = len(json.loads(read["json"])["diagnostics"])
            self.assertEqual(count, expected, arguments)
            lines = [json.loads(line) for line in read["jsonl"].splitlines()]
            self.assertEqual(sum(line["type"] == "diagnostic" for line in lines), count)
            (invocation,) = json.loads(read["sarif"])["runs"][0]["invocations"]
            self.assertFalse(invocation["executionSuccessful"])
            notifications = [
                *invocation.get("toolExecutionNotifications", []), *invocation.get("toolConfigurationNotifications", [])]
            self.assertEqual(len(notifications), count)
            suites = junitparser.JUnitXml.fromfile(str(self.folder.parent / "junit"))
            errors = [result for suite in suites for case in suite for result in case.result
                      if isinstance(result, junitparser.Error)]
            self.assertEqual(len(errors), count)


class DatabaseTests(unittest.TestCase):
    COUNT = 60_000

    def test_many_lines(self):
        """DuckDB samples 20,480 lines, and drops values of a column that has nothing but nulls there."""
        with tempfile.TemporaryDirectory() as scratch:
            folder = pathlib.Path(scratch)
            (folder / "hostile.yaml").write_text(json.dumps(PACK, ensure_ascii=False), "utf-8")
            with (folder / "log.jsonl").open("w") as log:
                for number in range(1, self.COUNT + 1):
                    member = "secret" if number <= self.COUNT // 2 else "list"
                    log.write(json.dumps({"value": 0, member: number if member == "secret" else [str(number)]}) + "\n")
            select = [f"--select=hostile/{rule}" for rule in ("secret", "element")]
            run(folder, "--pack=hostile.yaml", *select, "--format=jsonl=report.jsonl", "log.jsonl")
            table = f"read_json('{folder / 'report.jsonl'}')"
            rows = duckdb.sql(
                f"SELECT rule, count(*), count(DISTINCT fingerprint), min(fix), max(fix), min(line), max(line) FROM {table}"
                " WHERE type = 'finding' GROUP BY rule ORDER BY rule").fetchall()
            half = self.COUNT // 2
            self.assertEqual(rows, [
                ("hostile/element", half, half, "safe", "safe", half + 1, self.COUNT),
                ("hostile/secret", half, half, "none", "none", 1, half)])
            table = table.replace(")", ", sample_size = -1)")
            (summary,) = duckdb.sql(f"SELECT requests, errors FROM {table} WHERE type = 'summary'").fetchall()
            self.assertEqual(summary, (self.COUNT, self.COUNT))


if __name__ == "__main__":
    unittest.main()

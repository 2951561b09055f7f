"""Applies the fixes of reports, and compares the files with those of --fix, byte for byte.

    REQUISITE_BINARY=requisite python3 .ci/integrations/fixes.py

Suggestions of rdjson, `fixes` of SARIF and `fix` of JSON are applied as their readers would: columns count bytes of
UTF-8, UTF-16 units and code points. The requests are the examples of the packs in `Rules` and of the pack below, in
several layouts. Needs PyYAML.
"""

from __future__ import annotations

import codecs
import contextlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest
from typing import Callable, Iterator

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ["REQUISITE_BINARY"]).resolve()
ROUNDS = 50
LINE_END = re.compile(rb"\r\n|\n|\r")

# Each operation, in each position, and texts that count differently in each unit.
PACK = {
    "requisite": 1,
    "name": "layouts",
    "request": {"operation": "Layout", "detect": {"required": ["types"]}},
    "rules": {
        "needs-plain": {
            "given": "$.types", "then": {"contains": {"const": "text/plain"}},
            "fix": [{"op": "add", "path": "/-", "value": "text/plain"}],
        },
        "first": {
            "given": "$.types", "then": "self.size() == 0 || self[0] == '\U0001f600é'",
            "fix": [{"op": "add", "path": "/0", "value": "\U0001f600é"}],
        },
        "distinct": {
            "given": "$.types", "then": {"uniqueItems": True},
            "fix": [{"op": "replace", "path": "", "value": "{{ self.distinct() }}"}],
        },
        "no-old": {"then": {"not": {"required": ["old"]}}, "fix": [{"op": "remove", "path": "/old"}]},
        "renamed": {
            "then": {"not": {"required": ["größe"]}}, "fix": [{"op": "move", "from": "/größe", "path": "/size"}],
        },
        "copied": {
            "when": "has(self.id)", "then": {"required": ["key"]},
            "fix": [{"op": "copy", "from": "/id", "path": "/key"}],
        },
        "upper": {
            "given": "$.names[*]", "then": {"pattern": r"^[^a-z]*$"},
            "fix": [{"op": "replace", "path": "", "value": "{{ self.upperAscii() }}"}],
        },
        "marked": {
            "given": "$.box", "then": {"required": ["mark"]},
            "fix": {"safe": False, "operations": [{"op": "add", "path": "/mark", "value": {"a": ["\"\\\n", None, 1.50]}}]},
        },
    },
}
FAILING = [
    {"types": []},
    {"types": ["a"]},
    {"types": ["a", "text/plain", "a", "\u2028", "\u202e"]},
    {"old": 1, "types": ["text/plain"]},
    {"types": ["text/plain"], "old": {"a": [1, 2]}, "größe": "\U0001f469\u200d\U0001f4bb", "id": "\"\\/\b\u0001"},
    {"types": ["text/plain"], "names": ["é\"\\a", "\U0001f600b", "]]></a>", "::error::c", "\u007f\u0085"], "größe": 1},
    {"types": ["x"], "box": {}, "old": None},
    {"types": ["x"], "box": {"\U0001f600": 1}, "id": "{\"a\": \"\\\"{}\\\"\"}"},
]


def documents(pack: dict) -> Iterator[object]:
    """The examples of a pack that fail. Requests in `$repeat` and the like are for packs only."""
    for rule in pack.get("rules", {}).values():
        if isinstance(rule, dict):
            for example in rule.get("examples", {}).get("fail", []):
                if "$repeat" not in json.dumps(example) and isinstance(example, dict):
                    yield example


def layouts(value: object) -> dict[str, bytes]:
    """A request as files that are laid out differently."""
    wide = {"\U0001f600é\u202e": "\u00e9", **value} if isinstance(value, dict) else value
    pretty = json.dumps(value, indent=2, ensure_ascii=False)
    texts = {
        "pretty.json": pretty,
        "escaped.json": json.dumps(wide, indent=1),
        "compact.json": json.dumps(wide, separators=(",", ":"), ensure_ascii=False) + "\n",
        "tabs.json": json.dumps(value, indent="\t", ensure_ascii=False) + "\n\n",
        "windows.json": pretty.replace("\n", "\r\n") + "\r\n",
        "returns.json": pretty.replace("\n", "\r"),
        "block.yaml": yaml.safe_dump(value, allow_unicode=True, sort_keys=False),
        "flow.yaml": yaml.safe_dump(wide, default_flow_style=True, allow_unicode=True, width=10_000),
    }
    line = json.dumps(wide, ensure_ascii=False)
    texts["log.jsonl"] = f"{line}\n\n{json.dumps(value)}\r\n{line}"
    files = {name: text.encode("utf-8", "surrogatepass") for name, text in texts.items()}
    files["mark.json"] = codecs.BOM_UTF8 + files["compact.json"]
    files["mark-windows.json"] = codecs.BOM_UTF8 + files["windows.json"]
    return files


# MARK: Applying

Edit = tuple[int, int, bytes]


def offset(data: bytes, line: int, column: int, unit: str) -> int:
    """The offset of a 1-based line and column. A byte-order mark is no part of the first line."""
    starts = [0, *(match.end() for match in LINE_END.finditer(data))]
    start = starts[line - 1]
    if start == 0 and data.startswith(codecs.BOM_UTF8):
        start = len(codecs.BOM_UTF8)
    if unit == "utf-8":
        return start + column - 1
    end = starts[line] if line < len(starts) else len(data)
    text = data[start:end].decode("utf-8")
    if unit == "utf-16":
        return start + len(text.encode("utf-16-le")[: 2 * (column - 1)].decode("utf-16-le").encode())
    return start + len(text[: column - 1].encode())


def applied(data: bytes, fix: list[Edit]) -> bytes:
    for start, end, text in sorted(fix, reverse=True):
        data = data[:start] + text + data[end:]
    return data


def of_rdjson(report: dict) -> Iterator[tuple[str, list[tuple]]]:
    for diagnostic in report["diagnostics"]:
        yield diagnostic["location"]["path"], [
            (suggestion["range"]["start"], suggestion["range"]["end"], suggestion["text"])
            for suggestion in diagnostic.get("suggestions", [])
        ]


def of_sarif(report: dict, safe: bool) -> Iterator[tuple[str, list[tuple]]]:
    (run,) = report["runs"]
    assert run["columnKind"] == "utf16CodeUnits" and run["newlineSequences"] == ["\r\n", "\n", "\r"]
    for result in run["results"]:
        for fix in result.get("fixes", []):
            if safe and not fix["properties"]["safe"]:
                continue
            (change,) = fix["artifactChanges"]
            edits = []
            for replacement in change["replacements"]:
                region = replacement["deletedRegion"]
                edits.append((
                    {"line": region["startLine"], "column": region["startColumn"]},
                    {"line": region.get("endLine", region["startLine"]), "column": region["endColumn"]},
                    replacement.get("insertedContent", {}).get("text", ""),
                ))
            yield change["artifactLocation"]["uri"], edits


def of_json(report: dict, safe: bool) -> Iterator[tuple[str, list[tuple]]]:
    for finding in report["findings"]:
        fix = finding.get("fix")
        if fix and (fix["safe"] or not safe):
            yield finding["path"], [
                ({"line": edit["line"], "column": edit["column"]},
                 {"line": edit["endLine"], "column": edit["endColumn"]}, edit["text"])
                for edit in fix["edits"]
            ]


READERS: dict[str, tuple[str, str, bool, Callable]] = {
    "rdjson": ("rdjson", "utf-8", True, of_rdjson),
    "SARIF": ("sarif", "utf-16", True, lambda report: of_sarif(report, True)),
    "SARIF, with unsafe fixes": ("sarif", "utf-16", False, lambda report: of_sarif(report, False)),
    "JSON": ("json", "code points", True, lambda report: of_json(report, True)),
    "JSON, with unsafe fixes": ("json", "code points", False, lambda report: of_json(report, False)),
}


class FixTests(unittest.TestCase):
    def run_program(self, folder: pathlib.Path, *arguments: str) -> subprocess.CompletedProcess:
        command = [BINARY, "check", "--no-config", f"--root={folder}", "--fail-on=never", *arguments, "."]
        result = subprocess.run(command, cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result

    def compare(self, pack: str, values: list[object], files: list[pathlib.Path] = []):
        with tempfile.TemporaryDirectory() as scratch:
            source = pathlib.Path(scratch, "source")
            source.mkdir()
            for index, value in enumerate(values):
                for name, data in layouts(value).items():
                    (source / f"{index:03}-{name}").write_bytes(data)
            for file in files:
                shutil.copy(file, source)
            expected = {}
            for safe in [True, False]:
                folder = pathlib.Path(scratch, f"fixed-{safe}")
                shutil.copytree(source, folder)
                result = self.run_program(folder, "--pack", pack, "--fix", *([] if safe else ["--unsafe-fixes"]))
                self.assertNotIn("[fix/", result.stderr)
                expected[safe] = {file.name: file.read_bytes() for file in folder.iterdir()}
            for name, (format, unit, safe, read) in READERS.items():
                folder = pathlib.Path(scratch, name)
                shutil.copytree(source, folder)
                count = self.apply(folder, pack, format, unit, read)
                self.assertGreater(count, 0, name)
                for file in sorted(folder.iterdir()):
                    self.assertEqual(file.read_bytes(), expected[safe][file.name], f"{name}: {file.name}")
                changed = sum((source / file).read_bytes() != data for file, data in expected[safe].items())
                print(f"{pathlib.Path(pack).stem}: {name}: {count} fixes in {changed} of {len(expected[safe])} files")

    def apply(self, folder: pathlib.Path, pack: str, format: str, unit: str, read: Callable) -> int:
        """Applies the first fix of each file until there is none, as somebody who clicks on them would."""
        count = 0
        for _ in range(ROUNDS):
            report = json.loads(self.run_program(folder, "--pack", pack, "--quiet", f"--format={format}").stdout)
            seen = set()
            for path, edits in read(report):
                if not edits or path in seen:
                    continue
                seen.add(path)
                data = (folder / path).read_bytes()
                fix = [
                    (*(offset(data, place["line"], place["column"], unit) for place in (start, end)), text.encode())
                    for start, end, text in edits
                ]
                (folder / path).write_bytes(applied(data, fix))
            if not seen:
                return count
            count += len(seen)
        self.fail("the fixes do not end")

    def test_pack_of_layouts(self):
        with tempfile.TemporaryDirectory() as scratch:
            pack = pathlib.Path(scratch, "layouts.yaml")
            pack.write_text(json.dumps(PACK, ensure_ascii=False), "utf-8")
            self.compare(str(pack), FAILING)

    def test_built_in_pack(self):
        source = ROOT / "Rules/aws/connect"
        pack = yaml.safe_load((source / "start-chat-contact.yaml").read_text())
        examples = [file for file in sorted((source / "examples").iterdir()) if file.suffix != ".md"]
        requests = []
        for file in examples:
            # Some are JSON with comments.
            with contextlib.suppress(json.JSONDecodeError):
                requests.append(json.loads(file.read_text("utf-8")))
        self.compare("aws-connect-chat", [*requests, *documents(pack)], examples)

    def test_pack_that_extends_another(self):
        source = ROOT / "Rules/examples/acme"
        pack = yaml.safe_load((source / "acme-chat.yaml").read_text())
        self.compare(str(source / "acme-chat.yaml"), list(documents(pack)), sorted((source / "requests").iterdir()))


if __name__ == "__main__":
    unittest.main()

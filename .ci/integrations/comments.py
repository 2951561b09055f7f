"""Compares where suppression comments are found, and what they are about, with PyYAML's parser.

    REQUISITE_BINARY=requisite python3 .ci/integrations/comments.py

Generated requests have the text of a suppression comment in all places where one can be, and in strings. What the
comments suppress is compared with what the lines between the contents that PyYAML reads say. Needs PyYAML.
"""

from __future__ import annotations

import json
import os
import pathlib
import random
import subprocess
import tempfile
import unittest

import yaml

BINARY = pathlib.Path(os.environ["REQUISITE_BINARY"]).resolve()
SEED = 11
FILES = 400
MARK = "# requisite: ignore lines/scalar why"
PACK = """\
requisite: 1
name: lines
request: { operation: Lines, detect: { required: [id] } }
rules:
  scalar: { given: $..*, then: { type: [object, array] } }
"""


class Writer:
    """Writes requests with comments anywhere."""

    def __init__(self, choices: random.Random):
        self.choices = choices
        self.names = 0

    def once(self, count: int) -> bool:
        return self.choices.randrange(count) == 0

    def behind(self) -> str:
        return self.choices.choice(["", "", "", " " + MARK, "  # other", "   " + MARK + " "])

    def above(self, indent: str) -> str:
        lines = ""
        while self.once(4):
            lines += self.choices.choice([indent, "", indent + "    "])
            lines += self.choices.choice([MARK, "# other", ""]) + "\n"
        return lines

    def name(self) -> str:
        self.names += 1
        return self.choices.choice(["n%d", "'n%d # x'", '"ä%d"']) % self.names

    def scalar(self, indent: str) -> str:
        return self.choices.choice([
            "1", "text", "a#b", "😀 é", f"'{MARK}'", f'"x {MARK}"', "#".join("abc"),
            f"'two\n{indent}  lines {MARK}'", f'"three\n\n{indent}  lines"', f"plain\n{indent}  lines",
        ])

    def flow(self, indent: str, depth: int) -> str:
        if depth > 2 or self.once(2):
            return self.choice_of_flow_scalar(indent)
        line = f"\n{indent}  "
        gap = lambda: self.choices.choice(["", " ", f" {MARK}{line}", f"{line}{MARK}{line}", line])
        items = self.choices.randrange(3)
        if self.once(2):
            return "[" + ",".join(gap() + self.flow(indent, depth + 1) + gap() for _ in range(items)) + gap() + "]"
        return "{" + ",".join(
            gap() + self.name() + ": " + self.flow(indent, depth + 1) + gap() for _ in range(items)) + gap() + "}"

    def choice_of_flow_scalar(self, indent: str) -> str:
        return self.choices.choice(["1", "text", f"'{MARK}'", f'"two\n{indent}  lines"'])

    def block(self, indent: str) -> str:
        header = self.choices.choice(["|", ">", "|-", ">+"])
        count = self.choices.randrange(1, 4)
        lines = [self.choices.choice(["text", MARK, "text " + MARK, ""]) for _ in range(count)]
        text = "".join(f"{indent}  {line}".rstrip() + "\n" for line in ["first", *lines])
        return header + self.behind() + "\n" + text

    def value(self, indent: str, depth: int) -> str:
        """What is behind a colon, to the end of its last line."""
        kind = self.choices.randrange(6 if depth < 3 else 3)
        if kind == 0:
            return " " + self.block(indent)
        if kind < 3:
            return " " + (self.scalar(indent) if kind == 1 else self.flow(indent, 0)) + self.behind() + "\n"
        if kind == 3:
            text = self.above(indent) + f"{indent}  " + self.scalar(indent) + self.behind()
            return self.behind() + "\n" + text + "\n"
        if kind == 4:
            return self.behind() + "\n" + self.members(indent + "  ", depth + 1)
        return self.behind() + "\n" + self.elements(indent + "  ", depth + 1)

    def members(self, indent: str, depth: int) -> str:
        return "".join(
            self.above(indent) + indent + self.name() + ":" + self.value(indent, depth)
            for _ in range(self.choices.randrange(1, 4)))

    def elements(self, indent: str, depth: int) -> str:
        text = ""
        for _ in range(self.choices.randrange(1, 4)):
            text += self.above(indent) + indent + "-"
            if depth < 3 and self.once(3):
                text += self.behind() + "\n" + self.members(indent + "  ", depth + 1)
            else:
                text += " " + self.scalar(indent) + self.behind() + "\n"
        return text

    def request(self) -> str:
        lead = self.choices.choice(["", "", "---\n", f"--- {MARK}\n", f"{MARK}\n---\n", f"%YAML 1.2\n{MARK}\n---\n"])
        tail = self.choices.choice(["", self.above(""), f"...\n{MARK}\n"])
        identity = self.above("") + "id: {}" + self.behind() + "\n"
        return lead + identity + self.members("", 0) + tail


def suppressed_lines(text: str) -> set[int]:
    """The lines that comments are about, counted from 0."""
    contents = []
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, yaml.ScalarEvent) and event.style in ("|", ">"):
            header = start + len(text[start:].split(None, 1)[0])
            contents += [(start, header), (text.index("\n", header), start + len(text[start:end].rstrip()))]
        elif isinstance(event, (yaml.ScalarEvent, yaml.AliasEvent)):
            contents.append((start, end))
        elif isinstance(event, (yaml.CollectionStartEvent, yaml.CollectionEndEvent)):
            if text[start:end] in ("[", "]", "{", "}"):
                contents.append((start, end))
    line = lambda offset: text.count("\n", 0, offset)
    joined = list(range(text.count("\n") + 1))
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.ScalarEvent):
            start = event.start_mark.index
            last = line(start + len(text[start:event.end_mark.index].rstrip()))
            for number in range(line(start) + 1, last + 1):
                joined[number] = joined[line(start)]
    lines = set()
    contents.append((len(text), len(text)))
    end = 0
    for start, next_end in contents:
        offset = end
        while (offset := text.find("#", offset, start)) >= 0:
            line_end = text.find("\n", offset) % (len(text) + 1)
            if (offset == 0 or text[offset - 1] in " \n") and text.startswith(MARK, offset):
                is_behind = end > 0 and line(end) == line(offset)
                if is_behind or start < len(text):
                    lines.add(joined[line(offset if is_behind else start)])
            offset = line_end
        end = next_end
    return {number for number, first in enumerate(joined) if first in lines}


class Comments(unittest.TestCase):
    def findings(self, folder: str, *arguments: str) -> set[tuple[str, int, str]]:
        run = subprocess.run(
            [BINARY, "check", "--no-config", "--pack", f"{folder}/pack.yaml", "--format", "json", *arguments,
             f"{folder}/requests"], capture_output=True, text=True, cwd=folder)
        self.assertIn(run.returncode, (0, 1), run.stderr)
        report = json.loads(run.stdout)
        return {
            (pathlib.Path(finding["path"]).name, finding["line"] - 1, finding["pointer"])
            for finding in report["findings"] if finding["ruleId"] == "lines/scalar"
        }

    def test_comments_are_where_the_parser_has_gaps(self) -> None:
        writer = Writer(random.Random(SEED))
        texts = {}
        while len(texts) < FILES:
            text = writer.request()
            try:
                list(yaml.parse(text, Loader=yaml.SafeLoader))
            except yaml.YAMLError:
                continue
            texts[f"{len(texts)}.yaml"] = text
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "requests").mkdir()
            pathlib.Path(folder, "pack.yaml").write_text(PACK)
            for name, text in texts.items():
                pathlib.Path(folder, "requests", name).write_text(text)
            everything = self.findings(folder, "--no-ignores")
            suppressed = everything - self.findings(folder)
        self.assertGreater(len(suppressed), FILES)
        self.assertGreater(len(everything), 2 * len(suppressed))
        for name, text in texts.items():
            lines = suppressed_lines(text)
            expected = {finding for finding in everything if finding[0] == name and finding[1] in lines}
            found = {finding for finding in suppressed if finding[0] == name}
            self.assertEqual(found, expected, f"{name}:\n{text}")


if __name__ == "__main__":
    unittest.main()

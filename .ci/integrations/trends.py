"""Runs the queries of the page Trends with DuckDB, and compares the tables that follow them.

    REQUISITE_BINARY=requisite python3 .ci/integrations/trends.py

With `--record`, it writes the tables to the page, and fails. Needs duckdb.
"""

from __future__ import annotations

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import duckdb

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "Sources/requisite/Documentation.docc/Trends.md"
EXAMPLES = ROOT / "Rules/aws/connect/examples"
BINARY = pathlib.Path(os.environ["REQUISITE_BINARY"]).resolve()
QUERY = re.compile(r"^<!-- query: (\w+) -->\n```sql\n(.*?)^```\n\n((?:\|[^\n]*\n)*)", re.M | re.S)

# The requests of each night, by the examples that they are.
NIGHTS = {
    "2026-11-21": {
        "chat.json": "missing-plain-text", "guide.json": "guide-without-types", "order.json": "several-faults",
    },
    "2026-11-25": {
        "chat.json": "missing-plain-text", "eu/chat.json": "missing-plain-text", "order.json": "several-faults",
    },
    "2026-11-28": {
        "chat.json": "missing-plain-text", "eu/chat.json": "missing-plain-text", "us/chat.json": "missing-plain-text",
        "guide.json": "clean", "order.json": "several-faults", "visit.json": "attributes-key",
    },
}


class TrendTests(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.addCleanup(os.chdir, os.getcwd())
        self.folder = pathlib.Path(scratch.name)

    def check(self, nights: dict[str, dict[str, str]]):
        """Writes the reports of some nights, and of no others."""
        shutil.rmtree(self.folder / "findings", ignore_errors=True)
        for night, requests in nights.items():
            shutil.rmtree(self.folder / "requests", ignore_errors=True)
            for path, example in requests.items():
                file = self.folder / "requests" / path
                file.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(EXAMPLES / f"{example}.json", file)
            command = [
                BINARY, "check", "--no-config", "--quiet", f"--root={self.folder}", "--fail-on=never",
                f"--format=jsonl=findings/{night}.jsonl", "requests"]
            subprocess.run(command, cwd=self.folder, check=True, stdin=subprocess.DEVNULL)

    def table(self, query: str) -> str:
        os.chdir(self.folder)
        result = duckdb.sql(query)
        rows = [result.columns, ["---"] * len(result.columns), *result.fetchall()]
        return "".join(f"| {' | '.join(map(str, row))} |\n" for row in rows)

    def test_nights_without_findings(self):
        clean, broken = {"chat.json": "clean"}, {"chat.json": "missing-plain-text"}
        growth = ("aws-connect-chat/content-types-include-plain-text", 0, 1, 1)
        # The nights, and the rows of each query.
        cases = [
            ([clean, clean, clean], {"growth": 0, "files": 0, "changes": 0, "runs": 3}, None),
            ([clean, clean, broken], {"growth": 1, "files": 1, "changes": 1, "runs": 3}, growth),
            ([broken, clean, clean], {"growth": 1, "files": 0, "changes": 1, "runs": 3}, (growth[0], 1, 0, -1)),
        ]
        queries = {name: query for name, query, _ in QUERY.findall(PAGE.read_text("utf-8"))}
        for nights, counts, first in cases:
            self.check(dict(zip(NIGHTS, nights)))
            os.chdir(self.folder)
            for name, count in counts.items():
                rows = duckdb.sql(queries[name]).fetchall()
                self.assertEqual(len(rows), count, name)
                if name == "growth" and first:
                    self.assertEqual(rows[0], first)
        # Nothing can be compared with one night.
        self.check({"2026-11-28": broken})
        self.assertEqual(duckdb.sql(queries["growth"]).fetchall(), [])
        self.assertEqual(len(duckdb.sql(queries["files"]).fetchall()), 1)

    def test_queries_have_the_results_on_the_page(self):
        self.check(NIGHTS)
        page = PAGE.read_text("utf-8")
        queries = QUERY.findall(page)
        self.assertEqual(len(queries), page.count("```sql\n"))
        recorded = QUERY.sub(
            lambda match: match[0][: len(match[0]) - len(match[3])] + self.table(match[2]) + ("" if match[3] else "\n"), page)
        if "--record" in sys.argv:
            PAGE.write_text(recorded, "utf-8")
        for name, query, expected in queries:
            self.assertEqual(self.table(query), expected, name)
        print(f"{len(queries)} queries")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])

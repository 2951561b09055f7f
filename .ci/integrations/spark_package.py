"""Tests requisite.spark with PySpark on this machine.

    REQUISITE_BINARY=requisite python3 .ci/integrations/spark_package.py

Needs pyspark[sql] from PyPI, and Java 17 or later. With --measure, it prints the throughput instead.
"""

from __future__ import annotations

import collections
import datetime
import gzip
import json
import os
import pathlib
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import unittest
import warnings

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ["REQUISITE_BINARY"]).resolve()
PACKAGE = ROOT / "Sources/Python"
EXAMPLES = ROOT / "Rules/aws/connect/examples"
PAGE = ROOT / "Sources/requisite/Documentation.docc/Spark.md"
os.environ.update(
    REQUISITE_BINARY=str(BINARY), PYSPARK_PYTHON=sys.executable, PYSPARK_DRIVER_PYTHON=sys.executable,
    PYTHONPATH=os.pathsep.join([str(PACKAGE), *filter(None, [os.environ.get("PYTHONPATH")])]),
    PYTHONDONTWRITEBYTECODE="1",
)
sys.path.insert(0, str(PACKAGE))

from pyspark.sql import SparkSession  # noqa: E402

import requisite  # noqa: E402
import requisite.spark  # noqa: E402

SCRATCH = tempfile.TemporaryDirectory(prefix="requisite-spark-test-")
SPARK = (
    # Two cores, and two attempts for a task; a local master makes one by default.
    SparkSession.builder.master("local[2,2]")
    .config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false")
    .config("spark.sql.shuffle.partitions", "2")
    .config("spark.driver.bindAddress", "127.0.0.1")
    .config("spark.driver.host", "127.0.0.1")
    .config("spark.sql.warehouse.dir", SCRATCH.name + "/warehouse")
    .config("spark.sql.execution.arrow.maxRecordsPerBatch", "1000")
    .getOrCreate()
)
SPARK.sparkContext.setLogLevel("OFF")

GOOD = {"InstanceId": "i", "ContactFlowId": "f", "ParticipantDetails": {"DisplayName": "A"}, "ClientToken": "t"}
BAD = {**GOOD, "ChatDurationInMinutes": 5}
DURATION = "aws-connect-chat/chat-duration-range"
PACK = """\
requisite: 1
name: orders
parameters: { most: { type: integer, default: 3 } }
rules:
  count:
    given: $.count
    then: { maximum: { $param: most } }
    message: too many
    examples: { pass: [{ count: 3 }], fail: [{ count: 4 }] }
"""


def requests(count: int) -> list[tuple[int, str]]:
    """Rows: every seventh has a finding, some are malformed, of another kind, pretty-printed or long."""
    rows = []
    for number in range(count):
        text = json.dumps(BAD if number % 7 == 3 else {**GOOD, "ClientToken": str(number)})
        if number % 101 == 5:
            text = text[:-1]
        elif number % 103 == 6:
            text = json.dumps({"level": "info", "number": number})
        elif number % 107 == 7:
            text = json.dumps(BAD, indent=2)
        elif number % 109 == 8:
            text = json.dumps({**BAD, "Attributes": {"a" * 40: "é" * 3000}}, ensure_ascii=False)
        elif number % 113 == 9:
            text = json.dumps(BAD, indent=1).replace("\n", "\r\n")
        rows.append((number, text))
    return rows


class RowTests(unittest.TestCase):
    ROWS = requests(3000)

    def frame(self, rows=None, schema="id bigint, value string"):
        return SPARK.createDataFrame(self.ROWS if rows is None else rows, schema)

    def collect(self, frame, **options):
        options = {"keys": "id", **options}
        return sorted((tuple(row) for row in requisite.spark.check(frame, **options).collect()), key=repr)

    def test_findings_are_those_of_the_package(self):
        found = collections.defaultdict(list)
        for row in self.collect(self.frame()):
            found[row[0]].append(row[1:11])
        count = 0
        for number, text in self.ROWS[:400]:
            try:
                expected = requisite.check(text.encode())
            except requisite.IncompleteCheckError as error:
                self.assertEqual(error.diagnostics[0].code, "input/no-pack")
                self.assertEqual([row[0] for row in found[number]], ["input/no-pack"])
                self.assertTrue(found[number][0][2].endswith("; choose one with packs="), found[number][0][2])
                continue
            count += len(expected)
            self.assertEqual(
                sorted(found[number], key=repr),
                sorted(
                    ((f.rule, f.severity, f.message, f.line, f.column, f.end_line, f.end_column, f.pointer, f.detail, f.fix)
                     for f in expected), key=repr), text)
        self.assertGreater(count, 60)

    def test_partitions_change_nothing(self):
        expected = self.collect(self.frame().repartition(1))
        self.assertGreater(len(expected), 450)
        self.assertEqual(len({row[-1] for row in expected}), len(expected), "fingerprints are not distinct")
        for frame in [
            self.frame().repartition(2), self.frame().repartition(12), self.frame().repartition(12, "value"),
            self.frame().orderBy("value").coalesce(2), self.frame().repartition(40),
        ]:
            self.assertEqual(self.collect(frame), expected)

    def test_files_plain_and_compressed(self):
        folder = pathlib.Path(SCRATCH.name, "logs")
        folder.mkdir()
        lines = [json.dumps({"id": number, "value": text}) for number, text in self.ROWS]
        for part in range(4):
            text = "".join(line + "\n" for line in lines[part::4]).encode()
            (folder / f"plain-{part}.json").write_bytes(text)
            (folder / f"packed-{part}.json.gz").write_bytes(gzip.compress(text))
        expected = self.collect(self.frame())
        for pattern in ["plain-*.json", "packed-*.json.gz"]:
            frame = SPARK.read.schema("id bigint, value string").json(f"{folder}/{pattern}")
            self.assertEqual(self.collect(frame), expected)

    def test_partitions_without_requests(self):
        expected = self.collect(self.frame())
        nothing = self.frame([])
        self.assertEqual(self.collect(nothing), [])
        self.assertEqual(self.collect(self.frame([(1, None), (2, None)])), [])
        self.assertEqual(self.collect(nothing.union(self.frame()).union(nothing)), expected)
        nulls = self.frame([(number, None) for number in range(-50, 0)])
        self.assertEqual(self.collect(nulls.union(self.frame())), expected)

    def test_partition_of_other_things(self):
        others = [(-1, "{}"), (-2, '{"a": 1}'), (-3, "[]"), (-4, "null"), (-5, ""), (-6, "not json"), (-7, " ")]
        expected = self.collect(self.frame())
        found = self.collect(self.frame(others).coalesce(1).union(self.frame()))
        rules = collections.defaultdict(set)
        for row in found:
            if row[0] < 0:
                rules[row[0]].add(row[1])
        self.assertEqual([row for row in found if row[0] >= 0], expected)
        self.assertEqual(set(rules), {-1, -2, -3, -4, -5, -6, -7})
        for number in (-1, -2, -3, -4):
            self.assertEqual(rules[number], {"input/no-pack"})
        for number in (-5, -6, -7):
            self.assertEqual(rules[number], {"json/syntax"})

    def test_positions_are_within_the_request(self):
        for text in [json.dumps(BAD, indent=2), json.dumps(BAD, indent=2).replace("\n", "\r\n")]:
            (row,) = requisite.spark.check(self.frame([(1, text)]), keys="id").collect()
            line = text.replace("\r", "").split("\n")[row.line - 1]
            self.assertEqual(line[row.column - 1 : row.end_column - 1], "5")
            self.assertEqual((row.rule, row.pointer, row.fix), (DURATION, "/ChatDurationInMinutes", "none"))

    def test_keys(self):
        text = json.dumps(BAD)
        hostile = ["a", "", "a/b", "%", "%-", "%25", "%2F", "\t", "a\nb\r", "{", '{"key":1}', " ", "é\u2028", "'\"\\", "\x00x", "x\x00"]
        rows = [(name, number, datetime.date(2026, 11, 29), text) for number, name in enumerate(hostile)]
        rows += [(None, None, None, text)]
        frame = self.frame(rows, "name string, number int, day date, value string")
        for keys in [["name"], ["name", "number"], ["day", "name", "number"]]:
            found = requisite.spark.check(frame, keys=keys).collect()
            expected = {tuple(row[name] for name in keys) for row in frame.collect()}
            self.assertEqual({tuple(row[name] for name in keys) for row in found}, expected)
            self.assertEqual(len(found), len(rows))
            self.assertEqual(len({row.fingerprint for row in found}), len(rows))
        joined = requisite.spark.check(frame.where("name = 'a/b'"), keys=["name", "day"]).join(frame, ["name", "day"])
        self.assertEqual(joined.count(), 1)

    def test_columns(self):
        frame = self.frame([(1, 2, bytearray(json.dumps(BAD).encode()))], "id int, other int, body binary")
        names = ["k.id", "a`b", "``", "two words", "größe 名", "x.`y.z`", "it's \"q\"", "c0", "v1", "a\nb", "select", "*"]
        for key, request in zip(names, reversed(names)):
            result = requisite.spark.check(frame.toDF(key, "other", request), keys=key, column=request)
            self.assertEqual(result.columns, [key, *requisite.spark.NAMES])
            self.assertEqual(result.collect()[0][:2], (1, DURATION))
        result = requisite.spark.check(frame.toDF("b.b", "a`a", "v.v"), keys=["a`a", "b.b"], column="v.v")
        self.assertEqual((result.columns[:2], result.collect()[0][:2]), (["a`a", "b.b"], (2, 1)))
        # Names that differ only in case are those of different columns, which Spark itself cannot select.
        same = self.frame([(1, 2, "{}", json.dumps(BAD))], "a int, b int, c string, d string").toDF("ID", "id", "Value", "value")
        (row,) = requisite.spark.check(same, keys="id").where("severity = 'error'").collect()
        self.assertEqual(row[:2], (2, DURATION))
        with self.assertRaisesRegex(ValueError, "two columns 'id'"):
            requisite.spark.check(same.toDF("id", "id", "v", "value"), keys="id")
        # A column may be its own key.
        (row,) = requisite.spark.check(self.frame([(1, json.dumps(BAD))]), keys="value").collect()
        self.assertEqual(json.loads(row.value), BAD)

    def test_options(self):
        folder = pathlib.Path(SCRATCH.name, "packs")
        (folder / "base").mkdir(parents=True)
        (folder / "base/orders.yaml").write_text(PACK)
        (folder / "mine.yaml").write_text("requisite: 1\nname: mine\nextends: [base/orders.yaml]\n")
        frame = self.frame([(1, '{"count": 5}'), (2, '{"count": 3}')])
        (row,) = self.collect(frame, packs=folder / "base/orders.yaml")
        self.assertEqual(row[:3], (1, "orders/count", "error"))
        (row,) = self.collect(frame, packs=[folder / "mine.yaml"], files=[folder / "base/orders.yaml"])
        self.assertEqual(row[0], 1)
        self.assertEqual(self.collect(frame, packs=folder / "base/orders.yaml", parameters={"orders.most": 5}), [])
        bad = self.frame([(1, json.dumps(BAD))])
        self.assertEqual([row[1] for row in self.collect(bad, select=DURATION)], [DURATION])
        self.assertNotIn("5 is less", repr(self.collect(bad, show_values=False)))
        (row,) = self.collect(self.frame([(1, '{"a" 1}')]), show_values=False)
        self.assertIn("use show_values=True", row[3])
        said = folder / "said.yaml"
        said.write_text(PACK.replace("too many", "choose one with --pack"))
        self.assertEqual([row[3] for row in self.collect(frame, packs=said)], ["choose one with --pack"])

    def test_mistakes_are_errors_at_once(self):
        frame = self.frame()
        for options, kind in [
            ({"packs": "no-such-pack"}, requisite.IncompleteCheckError), ({"casing": "kebab"}, ValueError),
            ({"keys": []}, ValueError), ({"keys": ["id", "id"]}, ValueError), ({"keys": "nothing"}, ValueError), ({"column": "id"}, TypeError),
            ({"column": "nothing"}, ValueError),
        ]:
            with self.assertRaises(kind, msg=options):
                requisite.spark.check(frame, **{"keys": "id", **options})
        with self.assertRaises(TypeError):
            requisite.spark.check(self.frame([(1.5, "{}")], "id double, value string"), keys="id")
        with self.assertRaises(ValueError):
            requisite.spark.check(self.frame([("a", "{}")], "rule string, value string"), keys="rule")
        with self.assertRaises(ValueError):
            requisite.spark.check(self.frame([("a", "{}")], "Rule string, value string"), keys="Rule")

    def test_empty_names_are_errors(self):
        for options in [{"packs": ""}, {"packs": ["aws-connect-chat", ""]}, {"files": [""]}]:
            with self.assertRaisesRegex(ValueError, "has an empty text", msg=options):
                requisite.spark.check(self.frame(), keys="id", **options)
            with self.assertRaisesRegex(ValueError, "has an empty text", msg=options):
                requisite.spark.check_files(self.frame([("/a",)], "path string"), **options)

    def test_errors_of_packs_have_the_paths_that_were_given(self):
        folder = pathlib.Path(SCRATCH.name, "errors of packs")
        (folder / "below").mkdir(parents=True)
        wrong = PACK.replace("orders", "wrong") + "rulez: {}\n"
        (folder / "wrong.yaml").write_text(wrong)
        (folder / "below/wrong.yaml").write_text(wrong)
        (folder / "base.yaml").write_text(PACK)
        (folder / "model.json").write_text('{"type": "object"}')
        (folder / "team.yaml").write_text("requisite: 1\nname: team\nextends: [base.yaml]\n")
        (folder / "absent.yaml").write_text("requisite: 1\nname: absent\nextends: [nowhere.yaml]\n")
        (folder / "request.yaml").write_text("requisite: 1\nname: r\nrequest: { operation: R, schema: model.json }\n")
        (folder / "below/up.yaml").write_text("requisite: 1\nname: up\nextends: [../base.yaml]\n")
        frame, column = self.frame([(1, "{}")]), "value"
        previous, temporary = os.getcwd(), tempfile.tempdir
        os.chdir(folder)
        (folder / "link").symlink_to(folder)
        try:
            for options, expected in [
                ({"packs": "wrong.yaml"}, "wrong.yaml:10:1: error: unknown field 'rulez'"),
                ({"packs": "./below/../wrong.yaml"}, "./below/../wrong.yaml:10:1: error: unknown field 'rulez'"),
                ({"packs": folder / "wrong.yaml"}, f"{folder}/wrong.yaml:10:1: error: unknown field 'rulez'"),
                ({"packs": ["base.yaml", "below/wrong.yaml"]}, "below/wrong.yaml:10:1: error: unknown field 'rulez'"),
                ({"packs": "team.yaml"}, "team.yaml:3:11: error: 'base.yaml' is neither a built-in pack (aws-connect-chat) nor a file; name it in files= ["),
                ({"packs": "absent.yaml"}, "absent.yaml:3:11: error: 'nowhere.yaml' is neither a built-in pack (aws-connect-chat) nor a file ["),
                ({"packs": "../errors of packs/request.yaml"},
                 "../errors of packs/request.yaml:3:34: error: no file '../errors of packs/model.json'; name it in files= ["),
                ({"packs": "below/up.yaml", "files": "base.yaml"},
                 "below/up.yaml:3:11: error: '../base.yaml' is outside 'below', the folder that packs must stay in ["),
                ({"packs": "team.yaml", "files": "nowhere.yaml"}, "nowhere.yaml: error: cannot be read: No such file or directory ["),
                ({"packs": "team.yaml", "files": ["below"]}, "below: error: cannot be read: Is a directory ["),
            ]:
                for place in [temporary, str(folder), str(folder / "link")]:
                    tempfile.tempdir = place
                    with self.assertRaises(requisite.IncompleteCheckError, msg=options) as caught:
                        requisite.spark.check(frame, keys="id", column=column, **options)
                    self.assertEqual(str(caught.exception)[: len(expected)], expected)
                    self.assertNotIn("requisite-", str(caught.exception).replace(SCRATCH.name, ""))
        finally:
            os.chdir(previous)
            tempfile.tempdir = temporary

    def test_warnings_point_at_the_caller(self):
        pack = pathlib.Path(SCRATCH.name, "useless.yaml")
        pack.write_text(PACK + "  other: { when: 'true', then: { required: [count] } }\n")
        frame, files = self.frame([(1, "{}")]), self.frame([("/a",)], "path string")
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", requisite.RequisiteWarning)
            requisite.spark.check(frame, keys="id", packs=pack); first = sys._getframe().f_lineno
            requisite.spark.check_files(files, packs=pack); second = sys._getframe().f_lineno
        caught = [each for each in caught if each.category is requisite.RequisiteWarning]
        self.assertEqual([(each.filename, each.lineno) for each in caught], [(__file__, first), (__file__, second)])
        for each in caught:
            self.assertTrue(str(each.message).startswith(f"{pack}:10:"), each.message)

    def test_packs_are_checked_without_a_warning(self):
        with warnings.catch_warnings():
            warnings.simplefilter("error", requisite.RequisiteWarning)
            requisite.spark.check(self.frame([(1, "{}")]), keys="id", packs="aws-connect-chat")

    def test_rows_beyond_those_that_are_asked_for(self):
        rows = requisite.spark.check(self.frame().repartition(2), keys="id").limit(3).collect()
        self.assertEqual(len(rows), 3)

    def test_rows_of_all_sizes(self):
        size = 2 * requisite.spark.PIECE_SIZE
        rows = []
        for number in range(60):
            text = json.dumps(BAD if number % 3 == 0 else GOOD)
            if number % 10 == 3:
                text = json.dumps(BAD, indent=2) + " " * size
            elif number % 10 == 4:
                text = " " * size + text
            rows.append((number, None if number % 7 == 6 else text))
        expected = {(number, DURATION, text.count("\n") > 0) for number, text in rows if text and "Duration" in text}
        for count in (1, 3):
            found = self.collect(self.frame(rows).repartition(count), select=DURATION)
            self.assertEqual({(row[0], row[1], row[4] > 1) for row in found}, expected)
            self.assertEqual(len(found), len(expected))

    def test_many_findings(self):
        rows = [(number, json.dumps({**BAD, "Attributes": {f"a b{i}": "x" for i in range(20)}})) for number in range(5000)]
        result = requisite.spark.check(self.frame(rows).repartition(2), keys="id")
        self.assertEqual(result.count(), 5000 * 21)


class FailureTests(unittest.TestCase):
    ROWS = RowTests.ROWS

    def program(self, script: str) -> str:
        path = pathlib.Path(SCRATCH.name, f"program-{time.monotonic_ns()}")
        path.write_text(f"#!/bin/sh\nexport STARTED_BY={path}\n{script}")
        path.chmod(0o755)
        return str(path)

    def running(self, program: str) -> list[str]:
        """The commands of a program of `program` and of all that it started."""
        commands = []
        for process in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                command = (process / "cmdline").read_bytes().split(b"\0")
                if program.encode() in command or f"STARTED_BY={program}".encode() in (process / "environ").read_bytes().split(b"\0"):
                    commands.append(b" ".join(command).decode("utf-8", "replace"))
            except OSError:
                continue
        return commands

    def assert_ended(self, program: str) -> None:
        """No program is left behind, not even by a worker that was killed."""
        deadline = time.monotonic() + 20
        while left := self.running(program):
            self.assertLess(time.monotonic(), deadline, left)
            time.sleep(0.1)

    def frame(self):
        return SPARK.createDataFrame(self.ROWS, "id bigint, value string")

    def with_program(self, path: str, packs=()):
        """A DataFrame of findings whose tasks run another program."""
        result = requisite.spark.check(self.frame().repartition(2), keys="id")
        options = requisite.spark.check_options((), None, (), (), None, True)

        class Checker(requisite.spark.RowChecker):
            def command(self, folder, *others):
                return [path, *super().command(folder, *others)[1:]]

        checker = Checker(["id"], options, requisite.spark.Packs(packs, ()))
        schema = ", ".join(["id bigint", *requisite.spark.finding_schema()])
        self.assertEqual(result.schema.simpleString(), self.frame().mapInArrow(checker, schema).schema.simpleString())
        return self.frame().repartition(2).mapInArrow(checker, schema)

    def test_program_that_fails_each_time(self):
        summary = '{"type":"summary","requests":0,"errors":0,"warnings":0,"infos":0}'
        for script in ["exit 2", "cat > /dev/null; exit 0", "kill -9 $$", f"cat > /dev/null; echo '{summary}'"]:
            program = self.program(script)
            with self.assertRaises(Exception, msg=script) as caught:
                self.with_program(program).collect()
            self.assertIn("ProgramError", str(caught.exception))
            self.assert_ended(program)

    def test_programs_that_run_are_seen(self):
        program = self.program("sleep 60; true")
        process = subprocess.Popen([program], start_new_session=True)
        try:
            while (count := len(self.running(program))) < 2:
                time.sleep(0.1)
            self.assertEqual(count, 2)
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.assert_ended(program)

    def test_program_whose_rows_are_not_asked_for(self):
        program = self.program(f'exec {BINARY} "$@"')
        self.assertEqual(len(self.with_program(program).limit(3).collect()), 3)
        self.assert_ended(program)

    def test_errors_of_workers_have_the_paths_that_were_given(self):
        """Workers may have another version of the program, which rejects a pack."""
        pack = pathlib.Path(SCRATCH.name, "worker's pack.yaml")
        pack.write_text(PACK)
        script = self.program("""
            for word do case $word in --pack=/*) path=${word#--pack=/};; esac; done
            cat > /dev/null
            printf '{"type":"diagnostic","path":"%s","line":1,"column":2,"code":"pack/x","severity":"error","message":"odd \\u0027%s\\u0027"}\\n' "$path" "/$path"
            echo '{"type":"summary","requests":0,"errors":0,"warnings":0,"infos":0}'
            exit 2
        """)
        with self.assertRaises(Exception) as caught:
            self.with_program(script, pack).collect()
        self.assertIn(f"IncompleteCheckError: {pack}:1:2: error: odd '{pack}' [pack/x]", str(caught.exception))

    def test_program_that_is_killed_once(self):
        expected = sorted(map(repr, requisite.spark.check(self.frame(), keys="id").collect()))
        mark = pathlib.Path(SCRATCH.name, "killed")
        script = self.program(f'if mkdir {mark} 2> /dev/null; then head -c 50000 > /dev/null; kill -9 $$; fi; exec {BINARY} "$@"')
        self.assertEqual(sorted(map(repr, self.with_program(script).collect())), expected)
        self.assertTrue(mark.exists())
        self.assert_ended(script)

    def test_worker_that_is_killed_once(self):
        expected = sorted(map(repr, requisite.spark.check(self.frame(), keys="id").collect()))
        mark = pathlib.Path(SCRATCH.name, "worker-killed")
        # The program's parent is the worker of Python.
        script = self.program(f'if mkdir {mark} 2> /dev/null; then head -c 50000 > /dev/null; kill -9 $PPID; sleep 5; fi; exec {BINARY} "$@"')
        self.assertEqual(sorted(map(repr, self.with_program(script).collect())), expected)
        self.assertTrue(mark.exists())
        self.assert_ended(script)


class FileTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(SCRATCH.name, "files and 'more'")
        cls.folder.mkdir()
        cls.paths = []
        for number in range(40):
            path = cls.folder / f"r {number}.json"
            path.write_text(json.dumps(BAD if number % 4 == 1 else GOOD))
            cls.paths.append(str(path))
        log = "".join(json.dumps(BAD if number % 9 == 2 else GOOD) + "\n" for number in range(500))
        (cls.folder / "log.jsonl").write_text(log)
        (cls.folder / "log.jsonl.gz").write_bytes(gzip.compress(log.encode()))
        cls.paths += [str(cls.folder / "log.jsonl"), str(cls.folder / "log.jsonl.gz")]

    def frame(self, paths):
        return SPARK.createDataFrame([(path,) for path in paths], "path string")

    def collect(self, frame, **options):
        return sorted((tuple(row) for row in requisite.spark.check_files(frame, **options).collect()), key=repr)

    def test_findings_are_those_of_the_package(self):
        expected = [
            (f.path, f.rule, f.severity, f.message, f.line, f.column, f.end_line, f.end_column, f.pointer, f.detail, f.fix)
            for path in self.paths for f in requisite.check(path)
        ]
        found = self.collect(self.frame(self.paths).repartition(1))
        self.assertEqual([row[:-1] for row in found], sorted(expected, key=repr))
        self.assertEqual(len({row[-1] for row in found}), len(found))
        for count in (2, 12, 60):
            self.assertEqual(self.collect(self.frame(self.paths).repartition(count)), found)

    def test_files_that_cannot_be_checked(self):
        other = self.folder / "other.json"
        other.write_text("{}")
        wrapped = self.folder / "wrapped.json"
        wrapped.write_text(json.dumps({"request": GOOD}))
        for path in [str(self.folder / "missing.json"), str(other), "relative.json"]:
            with self.assertRaises(Exception, msg=path) as caught:
                self.collect(self.frame([*self.paths, path]))
            self.assertRegex(str(caught.exception), "IncompleteCheckError|neither an absolute path")
            if path == str(other):
                self.assertIn(f"IncompleteCheckError: error: '{path}' does not look like a request of any pack (aws-connect-chat); choose one with "
                              "packs=, or skip such files with skip_unmatched=True", str(caught.exception))
        for path, words in [
            (str(self.folder), "is a folder"), (f"file:{self.folder}", "is a folder"), ("s3://bucket/a.json", "neither an absolute path"),
            ("file://host/a.json", "neither an absolute path"), ("file:a.json", "neither an absolute path"), ("", "neither an absolute path"),
            ("/a\0b", "neither an absolute path"), (f"file:{other}", f"'file:{other}' does not look like"),
            (str(wrapped), ", or skip such files with skip_unmatched=True"),
        ]:
            with self.assertRaises(Exception, msg=path) as caught:
                self.collect(self.frame([*self.paths, path]))
            self.assertIn(words, str(caught.exception))
        self.assertEqual(self.collect(self.frame([str(other)]), skip_unmatched=True), [])
        self.assertEqual(self.collect(self.frame([None])), [])

    def test_surroundings_have_no_effect(self):
        folder = pathlib.Path(SCRATCH.name, "project")
        folder.mkdir()
        (folder / "a.json").write_text(json.dumps(BAD))
        (folder / "b.yaml").write_text(f"# requisite: ignore {DURATION} later\n{json.dumps(BAD)}\n")
        paths = [str(folder / name) for name in ("a.json", "b.yaml")]
        self.assertEqual(len(requisite.check(folder, config=self.config(folder, "rules: {}"))), 1)
        for settings in [f"rules: {{ {DURATION}: off }}", "exclude: ['*']", f"suppressions: [{{ rule: {DURATION}, reason: later }}]"]:
            self.config(folder, settings)
            self.assertEqual([row[:2] for row in self.collect(self.frame(paths))], [(path, DURATION) for path in paths])

    def config(self, folder, settings):
        path = folder / ".requisite.yaml"
        path.write_text(f"requisite: 1\n{settings}\n")
        return path

    def test_warnings_are_rows(self):
        """A warning about a file is a row."""
        folder = pathlib.Path(SCRATCH.name, "'unfit' logs")
        folder.mkdir()
        unfit, bad = '{"level": "info"}\n', json.dumps(BAD)
        texts = {
            "mixed.jsonl": unfit * 99 + bad + "\n", "it's 'mixed'.jsonl": unfit + bad + "\n", "mixed.json": f"[{unfit},{bad}]",
            "empty.jsonl": "", "wrapped.json": f'{{"request": {bad}}}', "good.json": json.dumps(GOOD),
        }
        for name, text in texts.items():
            (folder / name).write_text(text)
        (folder / "mixed.jsonl.gz").write_bytes(gzip.compress(texts["mixed.jsonl"].encode()))
        expected = {
            "mixed.jsonl": "input/unfit-lines", "it's 'mixed'.jsonl": "input/unfit-lines", "mixed.json": "input/unfit-elements",
            "empty.jsonl": "input/empty-log", "wrapped.json": "input/wrapped-request", "mixed.jsonl.gz": "input/unfit-lines",
        }
        for prefix in ["", "file:", "file://"]:
            frame = self.frame([f"{prefix}{folder}/{name}" for name in [*texts, "mixed.jsonl.gz"]])
            frame = frame.repartition(1 + len(prefix) % 3)
            rows = requisite.spark.check_files(frame, skip_unmatched=True).collect()
            notices = {row.path: row for row in rows if row.rule.startswith("input/")}
            self.assertEqual({path: row.rule for path, row in notices.items()},
                             {f"{prefix}{folder}/{name}": rule for name, rule in expected.items()})
            self.assertEqual(sum(row.rule == DURATION for row in rows), 4)
            self.assertEqual(len({row.fingerprint for row in rows}), len(rows))
            for path, row in notices.items():
                self.assertIn(f"'{path}'", row.message)
                self.assertNotIn("--", row.message)
                self.assertEqual((row.severity, row.line, row.column, row.pointer, row.detail, row.fix),
                                 ("warning", None, None, None, None, None))
                self.assertRegex(row.fingerprint, "^[0-9a-f]{64}$")
            again = requisite.spark.check_files(frame, skip_unmatched=True).collect()
            self.assertEqual(sorted(map(repr, again)), sorted(map(repr, rows)))

    def test_paths_are_those_of_the_column(self):
        from pyspark.sql import functions

        folder = pathlib.Path(SCRATCH.name, "paths é+")
        (folder / "sub").mkdir(parents=True)
        names = ["a b.json", "a%20b.json", "c%zz.json", "é+#?.json", "d%25.json"]
        for number, name in enumerate(names):
            (folder / name).write_text(json.dumps({**BAD, "ChatDurationInMinutes": number}))

        def details(frame, column="path"):
            rows = requisite.spark.check_files(frame, column=column).collect()
            return {row.path: row.detail[0] for row in rows if row.rule == DURATION}

        (frame, path) = (SPARK.read.format("binaryFile").load(str(folder)), str(folder))
        self.assertEqual(details(frame.select("path")), {f"file:{path}/{name}": str(n) for n, name in enumerate(names)})
        uris = {(folder / name).as_uri(): str(number) for number, name in enumerate(names)}
        self.assertEqual(details(self.frame(uris)), uris)
        for column in ["file.path", "a`b", "two words", "größe"]:
            self.assertEqual(details(self.frame(uris).toDF(column), column=column), uris)
        self.assertEqual(details(self.frame(uris).selectExpr("'/x' AS PATH", "path"), column="path"), uris)
        self.assertEqual(details(self.frame(uri.replace("file://", "file://localhost") for uri in uris)),
                         {uri.replace("file://", "file://localhost"): number for uri, number in uris.items()})
        inputs = details(frame.select(functions.input_file_name().alias("name")), column="name")
        self.assertEqual(sorted(inputs.values()), ["0", "1", "2", "3", "4"])
        (folder / "a%20b.json").unlink()
        frame = SPARK.read.format("binaryFile").load(path)
        escaped = details(frame.select("_metadata.file_path"), column="file_path")
        self.assertEqual(sorted(escaped.values()), ["0", "2", "3", "4"])
        # Other paths of a file.
        (folder / "link.json").symlink_to("a b.json")
        (folder / "folder").symlink_to("sub")
        (folder / "sub/x.json").write_text(json.dumps(BAD))
        for way in ["link.json", "folder/x.json", "./a b.json", "folder/../a b.json", "sub//x.json"]:
            self.assertEqual(list(details(self.frame([f"{path}/{way}"]))), [f"{path}/{way}"])
            self.assertEqual(list(details(self.frame([f"file:{path}/{way}"]))), [f"file:{path}/{way}"])


class PageTests(unittest.TestCase):
    def test_notebook_runs(self):
        """The code of the page runs in its order, and prints what the page shows."""
        import contextlib
        import io

        section = PAGE.read_text("utf-8").partition("\n## A notebook\n")[2].partition("\n## ")[0]
        blocks = re.findall(r"^```python\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", section, re.M | re.S)
        self.assertGreater(len(blocks), 3)
        previous = os.getcwd()
        folder = pathlib.Path(SCRATCH.name, "notebook")
        folder.mkdir()
        os.chdir(folder)
        names = {"spark": SPARK}
        try:
            for code, expected in blocks:
                # Java stays in the folder in which it was started.
                code = code.replace('.parquet("findings")', f'.parquet("{folder}/findings")')
                printed = io.StringIO()
                with contextlib.redirect_stdout(printed):
                    exec(compile(code, "Spark.md", "exec"), names)
                if expected:
                    self.assertEqual(printed.getvalue().rstrip(), expected.rstrip(), code)
        finally:
            os.chdir(previous)


def processor_time() -> float:
    """The seconds of processors that this process and all below it have taken."""
    times, parents = {}, {}
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        process = int(stat.parent.name)
        parents[process], times[process] = int(fields[1]), sum(map(int, fields[11:15]))
    total = 0
    for process, time_of_process in times.items():
        while process not in (0, os.getpid()):
            process = parents.get(process, 0)
        total += time_of_process if process else 0
    return total / os.sysconf("SC_CLK_TCK")


def measured_log(folder: pathlib.Path, size: int) -> list[pathlib.Path]:
    """Writes logs of about 128 MB, with lines of 1 to 3 KB of which each hundredth has a finding."""
    numbers = random.Random(1)
    lines = []
    for number in range(20_000):
        request = {**(BAD if number % 100 == 1 else GOOD), "ClientToken": "TOKEN", "Attributes": {
            f"attribute{i}": f"{numbers.getrandbits(64):016x}" * numbers.randint(2, 5) for i in range(numbers.randint(10, 28))}}
        lines.append(json.dumps(request, separators=(",", ":")) + "\n")
    paths, written, count = [], 0, 0
    while written < size:
        paths.append(folder / f"log-{len(paths):03}.jsonl")
        with paths[-1].open("w") as file:
            while file.tell() < 128_000_000:
                file.write("".join(line.replace("TOKEN", f"token-{count}-{i}") for i, line in enumerate(lines[:2000])))
                lines = lines[2000:] + lines[:2000]
                count += 1
        written += paths[-1].stat().st_size
    return paths


def measure() -> None:
    """The seconds of processors that a gigabyte takes, beside the program alone on the same logs and two cores."""
    from pyspark.sql import functions

    logs = pathlib.Path(SCRATCH.name, "logs")
    logs.mkdir()
    paths = measured_log(logs, int(float(os.environ.get("GIGABYTES", 2)) * 1e9))
    size = sum(path.stat().st_size for path in paths) / 1e9
    packed = [path.with_name(path.name + ".gz") for path in paths]
    for path in paths:
        subprocess.run(["gzip", "--keep", path], check=True)
    rows = SPARK.read.text(list(map(str, paths))).select(functions.monotonically_increasing_id().alias("id"), "value")
    rows.write.parquet(str(logs / "parquet"))
    SPARK.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "10000")
    SPARK.conf.set("spark.sql.execution.arrow.maxBytesPerBatch", str(1 << 20))
    table = SPARK.read.parquet(str(logs / "parquet"))
    key = functions.xxhash64("value").alias("id")
    texts = [SPARK.read.text(list(map(str, each))) for each in (paths, packed)]

    def run(frame):
        frame.write.format("noop").mode("overwrite").save()

    def plain(paths):
        options = ["--quiet", "--no-config", "--jobs=2", "--fail-on=never", "--format=jsonl"]
        subprocess.run([BINARY, "check", *options, *paths], stdout=subprocess.DEVNULL, check=True)

    def files(paths):
        frame = SPARK.createDataFrame([(str(path),) for path in paths], "path string").repartition(2)
        run(requisite.spark.check_files(frame))

    def there_and_back(frame):
        run(frame.mapInArrow(lambda batches: (batch.slice(0, 1) for batch in batches), frame.schema))

    plain_log, plain_gzip = "the program alone, .jsonl", "the program alone, .jsonl.gz"
    works = {
        plain_log: (lambda: plain(paths), plain_log),
        "check_files, .jsonl": (lambda: files(paths), plain_log),
        plain_gzip: (lambda: plain(packed), plain_gzip),
        "check_files, .jsonl.gz": (lambda: files(packed), plain_gzip),
        "Spark reads Parquet": (lambda: run(table), plain_log),
        "and hands it to Python": (lambda: there_and_back(table), plain_log),
        "check, Parquet": (lambda: requisite_check(table), plain_log),
        "Spark reads .jsonl, to Python": (lambda: there_and_back(texts[0]), plain_log),
        "check, .jsonl": (lambda: requisite_check(texts[0].select(key, "value")), plain_log),
        "Spark reads .jsonl.gz, to Python": (lambda: there_and_back(texts[1]), plain_gzip),
        "check, .jsonl.gz": (lambda: requisite_check(texts[1].select(key, "value")), plain_gzip),
    }

    def requisite_check(frame):
        run(requisite.spark.check(frame, keys="id"))

    print(f"{size:.2f} GB; seconds of processors per GB, the median of five after two; MB per second and core; beside the program")
    rates = {name: [] for name in works}
    for turn in range(7):
        for name, (work, _) in works.items():
            start = processor_time()
            work()
            # The times of a process that has ended are those of its parent once that has waited for it.
            time.sleep(0.3)
            if turn > 1:
                rates[name].append((processor_time() - start) / size)
    medians = {name: statistics.median(all) for name, all in rates.items()}
    for name, (_, base) in works.items():
        seconds = medians[name]
        spread = f"{min(rates[name]):.2f} to {max(rates[name]):.2f}"
        print(f"{name:34} {seconds:5.2f} ({spread}) {1000 / seconds:6.0f} {medians[base] / seconds:5.2f}")


if __name__ == "__main__":
    succeeds = True
    if "--measure" in sys.argv:
        measure()
    else:
        succeeds = unittest.main(exit=False).result.wasSuccessful()
    SPARK.stop()
    SCRATCH.cleanup()
    sys.exit(0 if succeeds else 1)

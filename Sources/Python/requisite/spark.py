"""Check requests in a Spark DataFrame.

    import requisite.spark

    findings = requisite.spark.check(df, column="value", keys=["id"], packs=["aws-connect-chat"])
    findings.groupBy("rule").count().show()

Each task runs the program once and streams its rows through it. Findings do not depend on partitions. Needs
PySpark 3.3 or later with PyArrow, and the wheel requisite-lint on the workers.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import queue
import re
import stat
import subprocess
import tempfile
import threading
import urllib.parse
import warnings
from typing import TYPE_CHECKING, Any, Callable, Dict, Iterable, Iterator, List, Mapping, Optional, Sequence, Tuple, Union

from ._check import Path, check_options, ending, environment, run, words
from ._errors import IncompleteCheckError, ProgramError, RequisiteWarning
from ._program import find_program
from ._records import Diagnostic, diagnostic
from ._words import CHOICE, VALUES, without_usage

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["check", "check_files"]

#: The columns of a finding, after those of the key: name in reports, name here, Spark's type.
COLUMNS = (
    ("rule", "rule", "string"),
    ("severity", "severity", "string"),
    ("message", "message", "string"),
    ("line", "line", "bigint"),
    ("column", "column", "bigint"),
    ("endLine", "end_line", "bigint"),
    ("endColumn", "end_column", "bigint"),
    ("pointer", "pointer", "string"),
    ("detail", "detail", "string"),
    ("fix", "fix", "string"),
    ("fingerprint", "fingerprint", "string"),
)

#: Their names in reports, and here.
REPORT_NAMES = [name for name, _, _ in COLUMNS]
NAMES = [name for _, name, _ in COLUMNS]

#: Options of each run: nothing around the program has an effect, and a partition may be empty.
OPTIONS = ("--no-config", "--no-ignores", "--root=/", "--allow-empty")

#: The size of a batch in bytes: small enough for the cache of a core, and large enough to make calls rare.
PIECE_SIZE = 1 << 20

#: How many pieces of a report on files may wait for Spark. The program reads all paths before it writes the first.
WAITING_PIECES = 64

#: The types of columns that can be a key: their values can be restored from their texts.
KEY_TYPES = ("string", "tinyint", "smallint", "int", "bigint", "date")


def check(
    df: DataFrame,
    *,
    keys: Union[str, Sequence[str]],
    column: str = "value",
    packs: Union[Path, Iterable[Path]] = (),
    files: Iterable[Path] = (),
    parameters: Optional[Mapping[str, object]] = None,
    select: Union[str, Iterable[str]] = (),
    ignore: Union[str, Iterable[str]] = (),
    casing: Optional[str] = None,
    show_values: bool = True,
) -> DataFrame:
    """Checks the requests in a column. The result has a row for each finding: the key and the fields of the finding.

    - `keys`: the columns that identify a row, of strings, integers or dates. They are the first columns of
      the result. Fingerprints depend on them, and so are the same in every run.
    - `column`: the column with the requests, of strings or binary. Each row is one request, and a JSON array
      is not a batch of requests. Rows with null are skipped.
    - `packs`: names of built-in packs and paths of pack files on the driver, which are sent to the workers.
    - `files`: other files that the packs need, such as schemas and packs that they extend.

    The other arguments are those of `requisite.check`. Configurations, suppressions and baselines have no effect.
    Positions are those within the request. A request that is not well formed has findings; a request that no pack
    fits has a finding of `input/no-pack`.

    The packs are checked at once: a pack that cannot be loaded raises `IncompleteCheckError`. A task that cannot
    check all of its rows fails, and Spark tries it again.
    """
    names = [keys] if isinstance(keys, str) else list(keys)
    if not names:
        raise ValueError("'keys' must name at least one column")
    # Spark does not tell names apart by their case.
    folded = [name.lower() for name in names]
    if len(set(folded)) < len(names):
        raise ValueError("'keys' names a column twice")
    rows = with_columns(df, [*names, column])
    types = dict(df.dtypes)
    for name in names:
        if types[name] not in KEY_TYPES:
            raise TypeError(f"key {name!r} is of type {types[name]}; cast it to a string")
        if name.lower() in NAMES:
            raise ValueError(f"the result has another column {name!r}; rename the key")
    if types[column] not in ("string", "binary"):
        raise TypeError(f"{column!r} is of type {types[column]}; requests are strings or binary")
    options = check_options((), parameters, select, ignore, casing, show_values)
    checker = RowChecker(names, options, Packs(packs, files))
    checker.packs.check(options)
    schema = [f"{quoted(name)} {types[name]}" for name in names] + finding_schema()
    return rows.mapInArrow(checker, ", ".join(schema))


def check_files(
    df: DataFrame,
    *,
    column: str = "path",
    packs: Union[Path, Iterable[Path]] = (),
    files: Iterable[Path] = (),
    parameters: Optional[Mapping[str, object]] = None,
    select: Union[str, Iterable[str]] = (),
    ignore: Union[str, Iterable[str]] = (),
    casing: Optional[str] = None,
    show_values: bool = True,
    skip_unmatched: bool = False,
) -> DataFrame:
    """Checks files. The result has a row for each finding: the path as the column has it, and the fields of the finding.

    `column` has absolute paths or `file:` URIs of files, not of folders. The workers must be able to read them, as
    on a network drive. The program reads them, so they can be logs, YAML and compressed. `skip_unmatched` skips files
    that no pack fits, which are errors otherwise. The other arguments are those of `check`.

    A warning about a file, such as `input/unfit-lines` for lines that no pack fits, is a row too: `rule` is its
    code, and the only other fields are `severity`, `message` and `fingerprint`.
    """
    paths = with_columns(df, [column])
    if dict(df.dtypes)[column] != "string":
        raise TypeError(f"{column!r} must be a column of strings")
    options = check_options((), parameters, select, ignore, casing, show_values)
    if skip_unmatched:
        options.append("--skip-unmatched")
    checker = FileChecker(options, Packs(packs, files))
    checker.packs.check(options)
    return paths.mapInArrow(checker, ", ".join(["path string", *finding_schema()]))


def with_columns(df: DataFrame, names: Sequence[str]) -> DataFrame:
    """The columns of these names, in this order, under other names. Raises `ValueError` for a missing column.

    `mapInArrow` looks up each column by its name as an expression, in which a dot selects a field.
    """
    columns = df.columns
    for name in names:
        if columns.count(name) != 1:
            raise ValueError(f"the DataFrame has {'two columns' if name in columns else 'no column'} {name!r}")
    selected = [columns.index(name) for name in names]
    # A column can be selected twice.
    renamed = df.toDF(*[f"c{index}" for index in range(len(columns))])
    return renamed.selectExpr(*[f"c{index} AS v{position}" for position, index in enumerate(selected)])


def finding_schema() -> List[str]:
    """The columns of a finding in Spark's notation."""
    return [f"{quoted(name)} {type}" for _, name, type in COLUMNS]


def quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


class Packs:
    """Packs on their way to the workers: names of built-in ones, and the contents of files."""

    def __init__(self, packs: Union[Path, Iterable[Path]], files: Iterable[Path]) -> None:
        named = words("packs", packs)
        paths = [pack for pack in named if os.path.isfile(pack)] + words("files", files)
        # Packs name other files relative to their own.
        root = os.path.commonpath([os.path.dirname(os.path.abspath(path)) for path in paths]) if paths else "/"
        names = {path: os.path.relpath(os.path.abspath(path), root) for path in paths}
        #: By the path below the root: the content of a file, and its path as it was given.
        self.contents: Dict[str, bytes] = {name: file_content(path) for path, name in names.items()}
        self.given: Dict[str, str] = {name: path for path, name in reversed(list(names.items()))}
        #: What is before the names in the paths that were given.
        self.root = next((path[: -len(name)] for path, name in names.items() if path.endswith(name)), os.path.join(root, ""))
        #: Built-in names, and paths below the root, each with whether it is one.
        self.packs: List[Tuple[str, bool]] = [(names.get(pack, pack), pack in names) for pack in named]

    def options(self, folder: str) -> List[str]:
        """Writes the files to a folder. Returns the options that name the packs."""
        for name, content in self.contents.items():
            path = os.path.join(folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(content)
        return [
            f"--pack={os.path.join(folder, name) if is_file else name}" for name, is_file in self.packs
        ]

    def as_given(self, text: str, folder: str) -> str:
        """A text of the program with the paths that were given in place of those below the folder."""
        spellings = []
        for path in (folder, os.path.realpath(folder)):
            # Relative paths begin in a folder above it.
            parts = path.split("/")
            spellings += ["/".join(parts[start:]) for start in range(len(parts))]
        names = sorted(self.given, key=len, reverse=True)
        pattern = rf"(?:\.\./)*(?:{alternatives(spellings)})(?:/(?P<name>{alternatives(names)})|(?P<slash>/)|)"

        def replacement(match: re.Match[str]) -> str:
            if match["name"]:
                return self.given[match["name"]]
            return self.root if match["slash"] else self.root.rstrip("/") or self.root or "."

        return re.sub(pattern, replacement, text)

    def describe(self, notice: Diagnostic, folder: str) -> Diagnostic:
        """A diagnostic with the paths that were given."""
        path = None if notice.path is None else self.as_given(notice.path, folder)
        return dataclasses.replace(notice, path=path, message=self.as_given(notice.message, folder))

    def advise(self, notice: Diagnostic) -> Diagnostic:
        """Adds a hint to the error about a file that exists but was not sent."""
        match = re.match("(?:no file |unknown pack )?'([^']+)'", notice.message)
        if match is None or notice.path is None or notice.code not in MISSING_FILE:
            return notice
        sent = {os.path.abspath(path) for path in self.given.values()}
        for path in (match[1], os.path.join(os.path.dirname(notice.path), match[1])):
            if os.path.isfile(path) and os.path.abspath(path) not in sent:
                message = notice.message.partition("; did you mean")[0]
                return dataclasses.replace(notice, message=message + "; name it in files=")
        return notice

    def check(self, options: List[str]) -> None:
        """Raises `IncompleteCheckError` for packs that cannot be used."""
        with tempfile.TemporaryDirectory(prefix="requisite-") as folder:
            command = [find_program(), "check", *OPTIONS, *options, *self.options(folder), "--keyed", "-"]
            with warnings.catch_warnings():
                # There are no requests yet.
                warnings.filterwarnings("ignore", r".*\[input/empty-log\]", RequisiteWarning)
                run(command, b"", None, lambda notice: self.advise(self.describe(notice, folder)))


#: The codes of errors about a file that a pack names.
MISSING_FILE = ("pack/unknown", "pack/unreadable", "schema/unknown-reference")


def file_content(path: str) -> bytes:
    """Reads a file that the caller named. Raises `IncompleteCheckError`."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise IncompleteCheckError([Diagnostic("pack/unreadable", "error", message, path, None, None)]) from error


def alternatives(texts: Iterable[str]) -> str:
    """A regular expression for any of the texts, and for none that is empty."""
    return "|".join(re.escape(text) for text in texts if text) or r"(?!)"


class Checker:
    """Checks the rows of a task. Spark calls it on a worker."""

    def __init__(self, options: List[str], packs: Packs) -> None:
        self.options = options
        self.packs = packs

    def command(self, folder: str, *others: str) -> List[str]:
        packs = self.packs.options(folder)
        return [find_program(), "check", *OPTIONS, *self.options, *packs, "--jobs=1", *others]


class RowChecker(Checker):
    """Checks rows of keys, whose names are given, and a request."""

    def __init__(self, keys: List[str], options: List[str], packs: Packs) -> None:
        super().__init__(options, packs)
        self.keys = keys

    def __call__(self, batches: Iterator[Any]) -> Iterator[Any]:
        with tempfile.TemporaryDirectory(prefix="requisite-") as folder:
            with Program(self.command(folder, "--keyed", "-")) as program:
                count = 0
                types: List[Any] = []
                for rows in pieces(batches):
                    types = [column.type for column in rows.columns[:-1]]
                    count += rows.num_rows
                    if not program.write(request_lines(rows)):
                        break
                    yield from self.findings(program.read(), types)
                program.end()
                yield from self.findings(program.read_rest(), types)
                program.check(lambda error: self.packs.describe(error, folder), requests=count)

    def findings(self, reports: Iterable[bytes], types: List[Any]) -> Iterator[Any]:
        import pyarrow as pa  # type: ignore[import-untyped,import-not-found,unused-ignore]

        for report in reports:
            path, *columns = finding_arrays(report)
            yield pa.RecordBatch.from_arrays([*key_columns(path, types), *columns], names=[*self.keys, *NAMES])


class FileChecker(Checker):
    """Checks the files whose paths the rows have."""

    def __call__(self, batches: Iterator[Any]) -> Iterator[Any]:
        with tempfile.TemporaryDirectory(prefix="requisite-") as folder:
            for batch in batches:
                paths = FilePaths(path for path in batch.column(0).to_pylist() if path is not None)
                if not paths.given:
                    continue
                with Program(self.command(folder, "--files-from=-", "--null"), WAITING_PIECES) as program:
                    program.write(b"".join(encoded(path) + b"\0" for path in paths.given))
                    program.end()
                    yield from self.findings(program.read_rest(), paths)
                    program.check(lambda error: self.packs.describe(paths.describe_error(error), folder))
                    yield from self.notices(program.notices, paths)

    def findings(self, reports: Iterable[bytes], paths: FilePaths) -> Iterator[Any]:
        import pyarrow as pa

        for report in reports:
            path, *columns = finding_arrays(report)
            # A file's findings are one after another.
            path = path.dictionary_encode()
            given = pa.array([paths.as_given("/" + each) for each in path.dictionary.to_pylist()], pa.string())
            yield pa.RecordBatch.from_arrays([given.take(path.indices), *columns], names=["path", *NAMES])

    def notices(self, records: List[Dict[str, Any]], paths: FilePaths) -> Iterator[Any]:
        """Rows for warnings about files. The driver has those about packs."""
        import pyarrow as pa

        rows = []
        for record in records:
            if not record["code"].startswith("input/"):
                continue
            notice = paths.describe(diagnostic(record))
            name = f"{notice.code}\0{notice.path or notice.message}"
            rows.append({
                "path": notice.path, "rule": notice.code, "severity": notice.severity, "message": notice.message,
                "fingerprint": hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest(),
            })
        if rows:
            yield pa.RecordBatch.from_pylist(rows, schema=arrow_schema(NAMES))


class FilePaths:
    """The paths of a batch of files, as the program and as the column has them."""

    def __init__(self, column: Iterable[str]) -> None:
        #: The column's paths by the program's. Of several paths of a file, the first counts.
        self.given: Dict[str, str] = {}
        for path in column:
            self.given.setdefault(local_path(path), path)
        self.normal: Dict[str, str] = {}
        for local, path in self.given.items():
            self.normal.setdefault(normal_path(local), path)
        #: The column's paths by those without links, which are resolved only if they are needed.
        self.resolved: Optional[Dict[str, str]] = None

    def as_given(self, path: str) -> str:
        """A path of a report as the column has it."""
        return self.find(path) or path

    def find(self, path: str) -> Optional[str]:
        if path in self.normal:
            return self.normal[path]
        if self.resolved is None:
            self.resolved = {}
            for local, given in self.given.items():
                folder, name = os.path.split(local)
                for resolved in (os.path.join(os.path.realpath(folder), name), os.path.realpath(local)):
                    self.resolved.setdefault(resolved, given)
        return self.resolved.get(path)

    def describe_error(self, error: Diagnostic) -> Diagnostic:
        """An error as `describe` has it, but with its path in the message alone."""
        return dataclasses.replace(self.describe(error), path=error.path)

    def describe(self, notice: Diagnostic) -> Diagnostic:
        """A diagnostic with the path of the column, and the advice for `check_files`."""
        path, message = notice.path, notice.message
        quotes = [match.start() for match in re.finditer("'", message)][:QUOTES]
        # A path may have quotes itself: the longest one that is known.
        for start, end in ((start, end) for start in quotes for end in reversed(quotes) if start < end):
            shown = message[start + 1 : end]
            # Paths are shown relative to the folder in which the program runs, "/".
            if given := self.find(shown if shown.startswith("/") else "/" + shown):
                path, message = given, message[: start + 1] + given + message[end:]
                break
        if notice.code == "input/no-pack":
            message += ", or skip such files with skip_unmatched=True"
        return Diagnostic(notice.code, notice.severity, message, path, notice.line, notice.column)


#: The most quotes of a message between which a path is looked for.
QUOTES = 100


def local_path(path: str) -> str:
    """The local path of a path or a `file:` URI. Raises `ValueError` for anything but a file."""
    local = path
    if path.startswith("file:"):
        local = path[len("file:") :]
        if local.startswith("//"):
            host, slash, rest = local[2:].partition("/")
            local = slash + rest if host in ("", "localhost") else ""
        if "%" in local and "\0" not in local:
            # Spark's own column `path` escapes nothing; `_metadata.file_path`, with one slash as well, does.
            unescaped = urllib.parse.unquote(local, errors="surrogateescape")
            if path.startswith("file://") or not os.path.lexists(encoded(local)):
                local = unescaped
    if not local.startswith("/") or "\0" in local:
        raise ValueError(f"{path!r} is neither an absolute path nor a URI such as 'file:///logs/a.jsonl'")
    try:
        mode = os.stat(encoded(local)).st_mode
    except OSError:
        # The program reports the reason.
        return local
    if stat.S_ISDIR(mode):
        raise ValueError(f"{path!r} is a folder; 'check_files' takes the paths of files")
    return local


def encoded(path: str) -> bytes:
    """A path in UTF-8, whatever the worker's locale is."""
    return path.encode("utf-8", "surrogateescape")


def normal_path(path: str) -> str:
    return "/" + os.path.normpath(path).lstrip("/")


class Program:
    """A running program: it takes lines while its report comes out."""

    def __init__(self, command: List[str], limit: int = 0) -> None:
        """Starts the program. It waits while `limit` pieces of its report are not taken; 0 is no limit."""
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, env=environment(), cwd="/"
        )
        #: Its output in pieces; None at the end.
        self.output: queue.Queue[Optional[bytes]] = queue.Queue(limit)
        #: The output that is in no table yet.
        self.pieces: List[bytes] = []
        self.size = 0
        self.findings = 0
        #: Errors about the run, and other diagnostics.
        self.diagnostics: List[Dict[str, Any]] = []
        self.notices: List[Dict[str, Any]] = []
        self.summary: Optional[Dict[str, Any]] = None
        # The program must never wait for this process to read while this process waits for it.
        self.reader = threading.Thread(target=self.collect, daemon=True)
        self.reader.start()

    def __enter__(self) -> Program:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        # The reader may wait for room in the queue.
        while self.reader.is_alive():
            try:
                self.output.get(timeout=0.05)
            except queue.Empty:
                pass
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except BrokenPipeError:
                    pass
        self.errors.close()

    def collect(self) -> None:
        assert self.process.stdout is not None
        descriptor = self.process.stdout.fileno()
        while piece := os.read(descriptor, 1 << 20):
            self.output.put(piece)
        self.output.put(None)

    def write(self, data: Union[bytes, memoryview]) -> bool:
        """Sends lines. Returns false if the program has ended."""
        assert self.process.stdin is not None
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[os.write(self.process.stdin.fileno(), rest) :]
        except BrokenPipeError:
            return False
        return True

    def end(self) -> None:
        """Ends the input of the program."""
        assert self.process.stdin is not None
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass

    def read(self) -> Iterator[bytes]:
        """The complete lines of findings so far, once there are enough for a table."""
        while not self.output.empty():
            piece = self.output.get()
            if piece is None:
                self.output.put(None)
                return
            yield from self.add(piece)

    def read_rest(self) -> Iterator[bytes]:
        """The remaining lines of findings."""
        while (piece := self.output.get()) is not None:
            yield from self.add(piece)
        yield from self.lines(self.take_pieces())

    def add(self, piece: bytes) -> Iterator[bytes]:
        self.pieces.append(piece)
        self.size += len(piece)
        if self.size >= PIECE_SIZE and b"\n" in piece:
            yield from self.lines(self.take_pieces())

    def take_pieces(self) -> bytes:
        data = b"".join(self.pieces)
        self.pieces, self.size = [], 0
        return data

    def lines(self, data: bytes) -> Iterator[bytes]:
        end = data.rfind(b"\n") + 1
        if end < len(data):
            self.pieces, self.size = [data[end:]], len(data) - end
        lines = data[:end]
        # The last lines, after all findings, are about the run.
        for kind in (b'{"type":"diagnostic"', b'{"type":"summary"'):
            start = 0 if lines.startswith(kind) else lines.find(b"\n" + kind) + 1
            if lines.startswith(kind, start):
                for line in lines[start:].split(b"\n"):
                    if line:
                        self.take(json.loads(line))
                lines = lines[:start]
        if lines:
            self.findings += lines.count(b"\n")
            yield lines

    def take(self, record: Dict[str, Any]) -> None:
        if record["type"] == "summary":
            self.summary = record
        elif record["type"] == "diagnostic":
            (self.diagnostics if record["severity"] == "error" else self.notices).append(record)

    def check(self, describe: Callable[[Diagnostic], Diagnostic], requests: Optional[int] = None) -> None:
        """Raises an exception unless the program ended well and checked everything.

        `describe` rewrites errors for the caller; `requests` is the expected number of them.
        """
        code = self.process.wait()
        self.errors.seek(0)
        complaint = without_usage(self.errors.read().decode("utf-8", "replace"))[-10_000:]
        if self.diagnostics:
            raise IncompleteCheckError([describe(diagnostic(record)) for record in self.diagnostics])
        if code != 0 or self.pieces or self.summary is None:
            raise ProgramError(ending(code, complaint or "its report is cut off"), code)
        counted = sum(self.summary[kind] for kind in ("errors", "warnings", "infos"))
        if counted != self.findings:
            raise ProgramError(f"requisite reported {self.findings} findings of {counted}", code)
        if requests is not None and self.summary["requests"] != requests:
            raise ProgramError(f"requisite checked {self.summary['requests']} requests of {requests}", code)


def pieces(batches: Iterator[Any]) -> Iterator[Any]:
    """The rows that have a request, in batches of about `PIECE_SIZE` bytes. The request is their last column."""
    for batch in batches:
        count = max(1, batch.num_rows * PIECE_SIZE // max(1, batch.nbytes))
        for start in range(0, batch.num_rows, count):
            rows = batch.slice(start, count)
            values = rows.columns[-1]
            if values.null_count:
                rows = rows.filter(values.is_valid())
            if rows.num_rows:
                yield rows


def request_lines(rows: Any) -> memoryview:
    """The lines that the program reads: a key, a tab and a request for each row."""
    import pyarrow as pa
    import pyarrow.compute as pc  # type: ignore[import-untyped,import-not-found,unused-ignore]

    *keys, values = rows.columns
    binary = pa.large_binary()
    values = values.cast(binary)
    # One search of all bytes takes a tenth of the time of a search of each row.
    if b"\n" in bytes(content(values)):
        values = one_line(values)
    key = key_text(keys).cast(binary)
    tab, end, nothing = (pa.scalar(text, binary) for text in (b"\t", b"\n", b""))
    return content(pc.binary_join_element_wise(key, tab, values, end, nothing))


def arrow_schema(names: Sequence[str]) -> Any:
    """The types of `path` and of the columns of a finding, which have these names."""
    import pyarrow as pa

    types = {"string": pa.string(), "bigint": pa.int64()}
    return pa.schema([("path", pa.string()), *[(name, types[type]) for name, (_, _, type) in zip(names, COLUMNS)]])


def finding_arrays(report: bytes) -> List[Any]:
    """The findings of lines of a report: their paths, and an array for each column."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.json as pj  # type: ignore[import-untyped,import-not-found,unused-ignore]

    table = pj.read_json(
        pa.BufferReader(report),
        read_options=pj.ReadOptions(use_threads=False, block_size=len(report) + 1),
        parse_options=pj.ParseOptions(explicit_schema=arrow_schema(REPORT_NAMES), unexpected_field_behavior="ignore"),
    )
    pointers, messages = table.column("pointer"), table.column("message")
    if pointers.null_count:
        # Findings of the program itself, not of a pack.
        words = messages
        for phrase in (CHOICE, VALUES):
            words = pc.replace_substring(words, *phrase)
        words = pc.if_else(pc.is_null(pointers), words, messages)
        table = table.set_column(table.schema.get_field_index("message"), "message", words)
    return [table.column(name).combine_chunks() for name in ["path", *REPORT_NAMES]]


def content(texts: Any) -> memoryview:
    """The bytes of all texts of an array, which has no nulls, one after another."""
    import pyarrow as pa

    _, offsets, data = texts.buffers()
    bounds = pa.Array.from_buffers(pa.int64(), len(texts) + 1, [None, offsets], offset=texts.offset)
    return memoryview(data)[bounds[0].as_py() : bounds[len(texts)].as_py()]


def one_line(texts: Any) -> Any:
    """The texts with carriage returns for line feeds: those also end lines and are white space in JSON."""
    import pyarrow.compute as pc

    return pc.replace_substring(pc.replace_substring(texts, "\r\n", "\r"), "\n", "\r")


# A key is one text without tabs, line ends and zero bytes, and does not begin with a brace. Several columns are
# joined by slashes. Special characters are percent-encoded; "%" alone is an empty text, and "%-" is null.
ESCAPES = (("%", "%25"), ("\0", "%00"), ("\t", "%09"), ("\n", "%0A"), ("\r", "%0D"), ("{", "%7B"))


def key_text(columns: List[Any]) -> Any:
    """The key of each row."""
    import pyarrow as pa
    import pyarrow.compute as pc

    escapes = ESCAPES if len(columns) == 1 else (*ESCAPES, ("/", "%2F"))
    texts = []
    for column in columns:
        is_text = pa.types.is_string(column.type) or pa.types.is_large_string(column.type)
        column = column.cast(pa.large_string())
        if is_text and pc.any(pc.match_substring_regex(column, "[%\\x00\t\n\r{/]")).as_py():
            for character, escape in escapes:
                column = pc.replace_substring(column, character, escape)
        if is_text and pc.any(pc.equal(pc.binary_length(column), 0)).as_py():
            column = pc.if_else(pc.equal(column, ""), pa.scalar("%", pa.large_string()), column)
        texts.append(column.fill_null("%-") if column.null_count else column)
    if len(texts) == 1:
        return texts[0]
    return pc.binary_join_element_wise(*texts, pa.scalar("/", pa.large_string()))


def key_columns(texts: Any, types: List[Any]) -> List[Any]:
    """The columns that the keys were made from."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if len(types) == 1:
        columns = [texts]
    else:
        parts = pc.split_pattern(texts, "/")
        columns = [pc.list_element(parts, index) for index in range(len(types))]
    results = []
    for column, type in zip(columns, types):
        if pc.any(pc.match_substring(column, "%")).as_py():
            column = pc.if_else(pc.equal(column, "%-"), pa.scalar(None, pa.string()), column)
            column = pc.if_else(pc.equal(column, "%"), pa.scalar("", pa.string()), column)
            for character, escape in reversed((*ESCAPES, ("/", "%2F"))):
                column = pc.replace_substring(column, escape, character)
        results.append(column.cast(type))
    return results

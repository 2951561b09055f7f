"""The lines of a report in JSON Lines."""

from __future__ import annotations

import dataclasses
import json
import urllib.parse
from typing import Any, Dict, List, Optional

from ._text import one_line, path_text
from ._words import translated


@dataclasses.dataclass(frozen=True)
class Finding:
    """What a rule found in a request. `str(finding)` is one line, with escapes for what is not seen."""

    #: The rule's id, such as `aws-connect-chat/chat-duration-range`.
    rule: str
    #: `error`, `warning` or `info`.
    severity: str
    message: str
    #: The file; for bytes, the `name` they were given, or `stdin.json`.
    path: str
    #: Where the finding begins: 1-based, columns in code points.
    line: int
    column: int
    #: The position after its last character.
    end_line: int
    end_column: int
    #: The JSON Pointer of the value; None for text that is not well formed.
    pointer: Optional[str]
    #: What the rule expected and found; may be empty.
    detail: str
    #: Whether `requisite check --fix` can fix it: `safe`, `unsafe` or `none`.
    fix: str
    #: Identifies the finding, even if its lines move.
    fingerprint: str

    def __str__(self) -> str:
        place = f"{path_text(self.path)}:{self.line}:{self.column}"
        return f"{place}: {self.severity}: {one_line(self.message)} [{self.rule}]"


@dataclasses.dataclass(frozen=True)
class Diagnostic:
    """A problem with the run rather than with a request: a pack, a configuration or an input."""

    #: The kind of problem, such as `input/no-pack`; `requisite explain` describes it.
    code: str
    #: `error`, `warning` or `info`.
    severity: str
    message: str
    #: The file and the 1-based position, if there is one; `parameters` is the argument of that name.
    path: Optional[str]
    line: Optional[int]
    column: Optional[int]

    def __str__(self) -> str:
        place = "" if self.path is None else f"{path_text(self.path)}: "
        if self.path is not None and self.line is not None:
            place = f"{path_text(self.path)}:{self.line}:{self.column}: "
        return f"{place}{self.severity}: {one_line(self.message)} [{self.code}]"


class MalformedReport(Exception):
    """The program's output is not a complete report."""


@dataclasses.dataclass(frozen=True)
class Report:
    findings: List[Finding]
    diagnostics: List[Diagnostic]


def read_report(output: bytes) -> Report:
    """Reads a report and checks that it is complete.

    Raises `MalformedReport`.
    """
    findings: List[Finding] = []
    diagnostics: List[Diagnostic] = []
    summary: Optional[Dict[str, Any]] = None
    try:
        # Only a line feed ends a line: texts may contain other separators.
        for line in output.split(b"\n"):
            if not line:
                continue
            if summary is not None:
                raise MalformedReport("its report continues after the summary")
            record = json.loads(line)
            kind = record["type"]
            if kind == "finding":
                findings.append(finding(record))
            elif kind == "diagnostic":
                diagnostics.append(diagnostic(record))
            elif kind == "summary":
                summary = record
        if summary is None:
            raise MalformedReport("its report has no summary")
        counted = summary["errors"] + summary["warnings"] + summary["infos"]
    except (ValueError, KeyError, TypeError) as error:
        raise MalformedReport(f"its report cannot be read: {error!r}") from error
    if counted != len(findings):
        raise MalformedReport(f"its report has {len(findings)} findings of {counted}")
    return Report(findings, diagnostics)


def finding(record: Dict[str, Any]) -> Finding:
    """The finding of a record. Unknown members are ignored."""
    return Finding(
        rule=record["rule"],
        severity=record["severity"],
        # Findings of packs have a pointer; their messages stay as their authors wrote them.
        message=record["message"] if record["pointer"] is not None else translated(record["message"]),
        path=file_path(record["path"]),
        line=record["line"],
        column=record["column"],
        end_line=record["endLine"],
        end_column=record["endColumn"],
        pointer=record["pointer"],
        detail=record["detail"],
        fix=record["fix"],
        fingerprint=record["fingerprint"],
    )


def diagnostic(record: Dict[str, Any]) -> Diagnostic:
    path, line, column = record["path"], record["line"], record["column"]
    if path == "--param":
        # The position would be one in the option, which the caller did not write.
        path, line, column = "parameters", None, None
    return Diagnostic(
        code=record["code"],
        severity=record["severity"],
        message=translated(record["message"]),
        path=None if path is None else file_path(path),
        line=line,
        column=column,
    )


def file_path(path: str) -> str:
    """A path of a report, in which a path outside of the root is a URL."""
    prefix = "file:///"
    return "/" + urllib.parse.unquote(path[len(prefix) :]) if path.startswith(prefix) else path

"""Checks requests."""

from __future__ import annotations

import json
import numbers
import os
import string
import subprocess
import sys
import warnings
from typing import Callable, Dict, Iterable, List, Mapping, Optional, Union

from ._errors import CheckTimeoutError, IncompleteCheckError, ProgramError, RequisiteWarning
from ._program import find_program
from ._records import Diagnostic, Finding, MalformedReport, read_report
from ._words import without_usage

Path = Union[str, "os.PathLike[str]"]

#: How members may be spelled; `auto` is the default.
CASINGS = ("auto", "wire", "snake", "camel")

#: The longest wait of the system in seconds, 23 days; it counts milliseconds in 32 bits.
LONGEST_WAIT = 2_000_000


def check(
    request: Union[bytes, bytearray, memoryview, Path],
    *,
    packs: Union[Path, Iterable[Path]] = (),
    parameters: Optional[Mapping[str, object]] = None,
    select: Union[str, Iterable[str]] = (),
    ignore: Union[str, Iterable[str]] = (),
    casing: Optional[str] = None,
    show_values: bool = True,
    name: Optional[str] = None,
    config: Optional[Path] = None,
    timeout: Optional[float] = None,
) -> List[Finding]:
    """Checks a request and returns its findings, in the order of their positions.

    `request` is the text of a request as bytes, or the path of a file or a folder; a `str` is always a path.

    - `packs`: names of built-in packs and paths of pack files. By default, built-in packs apply to the
      requests that they detect, and bytes or a named file that none detects raise `IncompleteCheckError`.
    - `parameters`: values of parameters of packs, by `pack.name`.
    - `select`, `ignore`: ids of rules, packs or tags to check or to skip.
    - `casing`: the spelling of members: `wire`, `snake` or `camel`; by default, that of most members.
    - `show_values`: whether messages may show values. Values that a pack marks as sensitive are never shown.
    - `name`: the path of bytes in findings, by default `stdin.json`. Its extension selects the format:
      `requests.jsonl` has a request on each line, `request.yaml` is YAML, and others are JSON. With `config`,
      it is resolved against the current folder, and selects the settings, suppressions and baseline entries.
    - `config`: a configuration file, whose settings, suppressions and baseline apply. By default none do, and
      neither do environment variables.
    - `timeout`: the number of seconds after which the check is stopped.

    Paths of findings are relative to the current folder if they are below it; with `config`, to the root of
    the project. Warnings, such as those about packs, are issued as `RequisiteWarning`.

    Raises a `RequisiteError` unless everything was checked: `IncompleteCheckError`, `ProgramError`,
    `CheckTimeoutError` or `ProgramNotFoundError`. A malformed request does not raise; it has a finding.
    """
    text: Optional[bytes] = None
    if isinstance(request, (bytes, bytearray, memoryview)):
        text = bytes(request)
        target = "-"
    else:
        if name is not None:
            raise ValueError("a file has a name; 'name' is for bytes")
        target = file_argument(request)
    if timeout is not None and not isinstance(timeout, numbers.Real):
        raise TypeError(f"'timeout' must be a number of seconds; found {type(timeout).__name__}")
    if timeout is not None and not timeout >= 0:
        raise ValueError(f"'timeout' must be at least 0; found {timeout}")
    options = check_options(packs, parameters, select, ignore, casing, show_values)
    if config is None:
        options += ["--no-config", "--no-ignores", f"--root={current_folder()}"]
    else:
        options.append(f"--config={word('config', config)}")
    if name is not None:
        options.append(f"--stdin-filename={word('name', name)}")
    return run([find_program(), "check", *options, "--", target], text, timeout)


def check_options(
    packs: Union[Path, Iterable[Path]],
    parameters: Optional[Mapping[str, object]],
    select: Union[str, Iterable[str]],
    ignore: Union[str, Iterable[str]],
    casing: Optional[str],
    show_values: bool,
) -> List[str]:
    """The program's options for the arguments of the same names."""
    options = ["--quiet", "--format=jsonl", "--fail-on=never", "--color=never", "--progress=never"]
    options += [f"--pack={word}" for word in words("packs", packs)]
    if parameters is not None and not isinstance(parameters, Mapping):
        raise TypeError(f"'parameters' must be a mapping, such as a dict; found {type(parameters).__name__}")
    for key, value in (parameters or {}).items():
        if not isinstance(key, str):
            raise TypeError(f"'parameters' has the key {key!r}; expected a str such as 'aws-connect-chat.maxAttributeBytes'")
        pack, dot, parameter = key.partition(".")
        if not (pack and dot and parameter):
            raise ValueError(f"'parameters' has the key {key!r}; expected one such as 'aws-connect-chat.maxAttributeBytes'")
        # JSON is YAML.
        options.append(f"--param={key}={json.dumps(value)}")
    options += [f"--select={word}" for word in words("select", select)]
    options += [f"--ignore={word}" for word in words("ignore", ignore)]
    if casing is not None:
        if casing not in CASINGS:
            raise ValueError(f"'casing' must be wire, snake or camel; found {casing!r}")
        options.append(f"--casing={casing}")
    if not show_values:
        options.append("--show-values=never")
    return options


def several(values: Union[Path, Iterable[Path]]) -> List[Path]:
    """A list of the values. A string is one value."""
    return [values] if isinstance(values, (str, os.PathLike)) else list(values)


def words(argument: str, values: Union[Path, Iterable[Path]]) -> List[str]:
    """Checks the values of an argument."""
    return [word(argument, value) for value in several(values)]


def word(argument: str, value: Path) -> str:
    """Checks a value of an argument. It may not be empty: the option would then take the next word."""
    text = os.fspath(value) if isinstance(value, os.PathLike) else value
    if not isinstance(text, str):
        raise TypeError(f"{argument!r} has {value!r}; expected a str")
    if not text:
        raise ValueError(f"{argument!r} has an empty text")
    if "\0" in text:
        raise ValueError(f"{argument!r} has a zero byte")
    return text


def file_argument(path: Path) -> str:
    """The path of a request as the argument of the program."""
    text = os.fspath(path) if isinstance(path, os.PathLike) else path
    if not isinstance(text, str):
        raise TypeError(f"expected bytes, a str or an os.PathLike of str; found {type(path).__name__}{advice(path)}")
    if isinstance(path, str) and looks_like_request(path) and not os.path.lexists(path):
        # The text may have values that must not be shown.
        message = "there is no such file, and a str is a path: pass the text of a request as bytes, as in text.encode()"
        raise IncompleteCheckError([Diagnostic("input/missing", "error", message, None, None, None)])
    if "\0" in text:
        raise ValueError("the path of the request has a zero byte")
    # A hyphen alone would be standard input.
    return "./-" if text == "-" else text


def looks_like_request(text: str) -> bool:
    """Whether a text that names no file is more likely JSON or YAML than a path."""
    beginning = text.lstrip("\ufeff" + string.whitespace)
    return beginning.startswith(("{", "[", '"')) or "\n" in text or ": " in text


def advice(value: object) -> str:
    """What to pass in place of a value that is neither bytes nor a path; may be empty."""
    if isinstance(value, (list, tuple, set, frozenset)) and any(isinstance(each, (str, bytes, os.PathLike)) for each in value):
        return "; call check once for each request"
    if isinstance(value, (Mapping, list, tuple)):
        return "; pass a request as json.dumps(request).encode()"
    return ""


def current_folder() -> str:
    """The current folder. Raises `IncompleteCheckError` if it no longer exists."""
    try:
        return os.getcwd()
    except FileNotFoundError as error:
        message = "the current folder no longer exists; change to another one"
        raise IncompleteCheckError([Diagnostic("input/missing", "error", message, None, None, None)]) from error


def environment() -> Dict[str, str]:
    """The environment without the variables that set options."""
    return {key: value for key, value in os.environ.items() if not key.startswith("REQUISITE_")}


def run(
    command: List[str],
    text: Optional[bytes],
    timeout: Optional[float],
    describe: Callable[[Diagnostic], Diagnostic] = lambda diagnostic: diagnostic,
) -> List[Finding]:
    """Runs the program and returns its findings if it checked everything.

    `describe` rewrites diagnostics for the caller.
    """
    try:
        result = subprocess.run(
            command,
            input=text if text is not None else b"",
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
            timeout=None if timeout is None else min(timeout, LONGEST_WAIT),
        )
    except subprocess.TimeoutExpired as error:
        raise CheckTimeoutError(f"the check took longer than {timeout} seconds") from error
    except OSError as error:
        raise ProgramError(f"{command[0]} cannot be run: {error}", 126) from error
    complaint = without_usage(result.stderr.decode("utf-8", "replace"))
    if result.returncode not in (0, 1, 2):
        raise ProgramError(ending(result.returncode, complaint), result.returncode)
    try:
        report = read_report(result.stdout)
    except MalformedReport as error:
        raise ProgramError(complaint or f"requisite: {error}", result.returncode) from error
    diagnostics = [describe(diagnostic) for diagnostic in report.diagnostics]
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.severity == "error"]
    if result.returncode == 2 or errors:
        if not errors:
            raise ProgramError(ending(result.returncode, complaint), result.returncode)
        raise IncompleteCheckError(errors, report.findings)
    warn(diagnostics)
    return report.findings


def warn(diagnostics: Iterable[Diagnostic]) -> None:
    """Issues warnings at the line that called this package."""
    level, frame = 1, sys._getframe()
    while frame.f_back is not None and frame.f_globals.get("__package__") == __package__:
        level, frame = level + 1, frame.f_back
    for diagnostic in diagnostics:
        if diagnostic.severity == "warning":
            warnings.warn(str(diagnostic), RequisiteWarning, stacklevel=level)


def ending(code: int, complaint: str) -> str:
    """How the program ended, for a program that reported nothing."""
    how = f"was ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
    return f"requisite {how}" + (f": {complaint}" if complaint else "")

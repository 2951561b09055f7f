"""Checks requests."""

from __future__ import annotations

import json
import os
import subprocess
import warnings
from typing import Dict, Iterable, List, Mapping, Optional, Union

from ._errors import CheckTimeoutError, IncompleteCheckError, ProgramError, RequisiteWarning
from ._program import find_program
from ._records import Diagnostic, Finding, MalformedReport, read_report
from ._words import without_usage

Path = Union[str, "os.PathLike[str]"]

#: How members may be spelled; `auto` is the default.
CASINGS = ("auto", "wire", "snake", "camel")


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
    """Checks a request, and returns its findings in the order of their places.

    `request` is the text of a request in bytes, or the path of a file or a folder; a `str` is always a path.

    - `packs`: names of built-in packs and paths of pack files. By default, built-in packs apply to the
      requests that they detect, and bytes or a named file that none detects raise `IncompleteCheckError`.
    - `parameters`: values of parameters of packs, by `pack.name`.
    - `select`, `ignore`: ids of rules, packs or tags that are, or are not, checked.
    - `casing`: how members are spelled: `wire`, `snake` or `camel`; by default as most members are.
    - `show_values`: whether messages may show values; never those that a pack marks as sensitive.
    - `name`: the path that findings in bytes have, by default `stdin.json`. Its extension selects the format:
      `requests.jsonl` has a request on each line, `request.yaml` is YAML, and others are JSON.
    - `config`: a configuration file, whose settings, suppressions and baseline apply. By default none do, and
      neither do environment variables.
    - `timeout`: the most seconds that the check may take.

    Paths of findings are relative to the current folder if they are below it; with `config`, to the root of
    the project. Warnings about packs are warnings of Python: `RequisiteWarning`.

    Raises an exception unless everything was checked: `IncompleteCheckError`, `ProgramError`,
    `CheckTimeoutError` or `ProgramNotFoundError`; all of them are a `RequisiteError`. A malformed request
    raises none: that is a finding.
    """
    text: Optional[bytes] = None
    if isinstance(request, (bytes, bytearray, memoryview)):
        text = bytes(request)
        target = "-"
    else:
        if name is not None:
            raise ValueError("a file has a name; 'name' is for bytes")
        target = file_argument(request)
    options = check_options(packs, parameters, select, ignore, casing, show_values, config)
    if name == "":
        raise ValueError("'name' is empty")
    if name is not None:
        options.append(f"--stdin-filename={name}")
    return run([find_program(), "check", *options, "--", target], text, timeout)


def check_options(
    packs: Union[Path, Iterable[Path]],
    parameters: Optional[Mapping[str, object]],
    select: Union[str, Iterable[str]],
    ignore: Union[str, Iterable[str]],
    casing: Optional[str],
    show_values: bool,
    config: Optional[Path],
) -> List[str]:
    """The program's options for the arguments that have the same names."""
    options = ["--quiet", "--format=jsonl", "--fail-on=never", "--color=never", "--progress=never"]
    if config is None:
        options += ["--no-config", "--no-ignores", f"--root={os.getcwd()}"]
    else:
        options += [f"--config={word}" for word in words("config", config)]
    options += [f"--pack={word}" for word in words("packs", packs)]
    for key, value in (parameters or {}).items():
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
    """One value or several: a string is one, not its characters."""
    return [values] if isinstance(values, (str, os.PathLike)) else list(values)


def words(argument: str, values: Union[Path, Iterable[Path]]) -> List[str]:
    """The values of an argument as those of an option, which takes what follows it where its value is empty."""
    texts = [os.fspath(value) for value in several(values)]
    for text in texts:
        if not isinstance(text, str):
            raise TypeError(f"{argument!r} has {text!r}; expected a str")
        if not text:
            raise ValueError(f"{argument!r} has an empty text")
    return texts


def file_argument(path: Path) -> str:
    """A path as an argument that names a file only."""
    text = os.fspath(path)
    if not isinstance(text, str):
        raise TypeError(f"expected bytes, a str or an os.PathLike of str, found {type(path).__name__}")
    if isinstance(path, str) and path.lstrip().startswith(("{", "[")) and ("\0" in path or not os.path.lexists(path)):
        # The text itself may have values that are not to be shown.
        message = "there is no such file, and a str is a path: pass the text of a request as bytes, as in text.encode()"
        raise IncompleteCheckError([Diagnostic("input/missing", "error", message, None, None, None)])
    # A hyphen would be standard input.
    return "./-" if text == "-" else text


def environment() -> Dict[str, str]:
    """The environment without the variables that set options."""
    return {key: value for key, value in os.environ.items() if not key.startswith("REQUISITE_")}


def run(command: List[str], text: Optional[bytes], timeout: Optional[float]) -> List[Finding]:
    """Runs the program, and returns its findings if it checked everything."""
    try:
        result = subprocess.run(
            command,
            input=text if text is not None else b"",
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
            timeout=timeout,
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
    errors = [diagnostic for diagnostic in report.diagnostics if diagnostic.severity == "error"]
    if result.returncode == 2 or errors:
        if not errors:
            raise ProgramError(ending(result.returncode, complaint), result.returncode)
        raise IncompleteCheckError(errors, report.findings)
    warn(report.diagnostics)
    return report.findings


def warn(diagnostics: Iterable[Diagnostic]) -> None:
    for diagnostic in diagnostics:
        if diagnostic.severity == "warning":
            # The caller of check().
            warnings.warn(str(diagnostic), RequisiteWarning, stacklevel=4)


def ending(code: int, complaint: str) -> str:
    """How the program ended, where it reported nothing."""
    how = f"was ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
    return f"requisite {how}" + (f": {complaint}" if complaint else "")

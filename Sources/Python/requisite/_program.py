"""Finds the program."""

from __future__ import annotations

import os
import pathlib
import shutil
import sys
import sysconfig
from typing import Iterator

from ._errors import ProgramNotFoundError

NAME = "requisite"


def find_program() -> str:
    """The path of the program.

    It is the file that the environment variable `REQUISITE_BINARY` names, or else the program that was
    installed with this package, or else the first on `PATH`.

    Raises `ProgramNotFoundError` if there is none.
    """
    if named := os.environ.get("REQUISITE_BINARY"):
        if not is_program(named):
            raise ProgramNotFoundError(f"REQUISITE_BINARY names no executable file: {named!r}")
        return os.path.abspath(named)
    for folder in script_folders():
        candidate = os.path.join(folder, NAME)
        if is_program(candidate):
            return os.path.abspath(candidate)
    if found := shutil.which(NAME):
        return os.path.abspath(found)
    raise ProgramNotFoundError(
        "the program requisite is neither beside this package nor on PATH; "
        "install requisite-lint, or set REQUISITE_BINARY to its path"
    )


def script_folders() -> Iterator[str]:
    """The folders where an installer of this package puts programs, the most likely first."""
    package = pathlib.Path(__file__).resolve().parent
    # An environment's lib/python3.x/site-packages/requisite; `pip install --target` has bin beside the package.
    if len(package.parents) > 3:
        yield str(package.parents[3] / "bin")
    yield str(package.parents[0] / "bin")
    yield sysconfig.get_path("scripts")
    if sys.version_info >= (3, 10):
        user = sysconfig.get_preferred_scheme("user")
    else:
        user = "posix_user"
    yield sysconfig.get_path("scripts", scheme=user)


def is_program(path: str) -> bool:
    return os.path.isfile(path) and os.access(path, os.X_OK)

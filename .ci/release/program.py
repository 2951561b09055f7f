"""Builds the program of the last commit, in the recorded versions of everything that it links."""

from __future__ import annotations

import io
import pathlib
import re
import shlex
import subprocess
import tarfile

import record
from components import Component, components
from release import ROOT, Failure


def build(scratch: pathlib.Path) -> pathlib.Path:
    """The program, built from a copy of the last commit in a folder of its own."""
    if git("status", "--porcelain"):
        raise Failure("the checkout has changes; commit them, or give a program with --binary")
    record.check_machine()
    source = scratch / "source"
    with tarfile.open(fileobj=io.BytesIO(git("archive", "HEAD"))) as tar:
        tar.extractall(source)
    record.pin(source)
    link_map = scratch / "link-map.txt"
    # The map of the linker lists each library that the program takes something from.
    command = [*readme_command(), "--force-resolved-versions", "-Xlinker", f"-Map={link_map}"]
    print("$", shlex.join(command), flush=True)
    if subprocess.run(command, cwd=source).returncode != 0:
        raise Failure("the program cannot be built")
    record.check_pins(source)
    check_archives(link_map.read_text("utf-8", "replace"), components())
    return source / ".build/release/requisite"


def git(*arguments: str) -> bytes:
    command = ["git", "-c", "safe.directory=*", "-C", str(ROOT), *arguments]
    result = subprocess.run(command, capture_output=True)
    if result.returncode != 0:
        raise Failure(f"{shlex.join(command)}: {result.stderr.decode().strip()}")
    return result.stdout


def readme_command() -> list[str]:
    """The command of the README that builds the program."""
    text = (ROOT / "README.md").read_text("utf-8")
    block = text.partition("<!-- command: build -->")[2].partition("```sh\n")[2].partition("```")[0]
    found = re.search(r"swift build [^&\n]+", block)
    if not found:
        raise Failure("README.md has no command that builds the program")
    return shlex.split(found.group())


def check_archives(link_map: str, recorded: list[Component]) -> None:
    """Refuses a library that no component has: its license would be missing."""
    linked = {
        pathlib.PurePosixPath(path).name for path in re.findall(r"^(/\S+\.a)\(", link_map, re.M)
    }
    if not linked:
        raise Failure("the map of the linker lists no library")
    known = {archive for component in recorded for archive in component.archives}
    if unknown := sorted(linked - known):
        raise Failure(
            f"{', '.join(unknown)}: linked in, but in no entry of components.json;"
            " add it with its version and license"
        )
    for component in recorded:
        if component.archives and not linked.intersection(component.archives):
            raise Failure(f"{component.name} is no longer linked in; remove it from components.json")

"""Builds the program of the last commit, in the recorded versions of everything that it links."""

from __future__ import annotations

import contextlib
import pathlib
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator

import record
from components import Component, components
from release import ROOT, Failure


# The compiler's output depends on the paths of the sources, even stripped. So the program is built in
# one and the same folder, wherever the checkout is.
FOLDER = pathlib.Path("/tmp/requisite-release-build")

# It also depends, now and then, on the addresses that the compiler's memory is at.
FIXED_ADDRESSES = ["setarch", "--addr-no-randomize"]

# Sections that differ between two builds of the same sources, and that nothing reads when the program
# runs: hashes that the compiler keeps for its next build, and the linker's hash over them.
VARYING_SECTIONS = [".swift_modhash", ".note.gnu.build-id"]


@contextlib.contextmanager
def built() -> Iterator[pathlib.Path]:
    """The program, built from a copy of the last commit; it is removed afterwards."""
    if git("status", "--porcelain"):
        raise Failure("the checkout has changes; commit them, or give a program with --binary")
    record.check_machine()
    if subprocess.run([*FIXED_ADDRESSES, "true"], capture_output=True).returncode != 0:
        raise Failure(
            "addresses cannot be fixed: install util-linux, and in a container allow personality(2),"
            " such as with --security-opt seccomp=unconfined"
        )
    try:
        FOLDER.mkdir(mode=0o700)
    except FileExistsError:
        raise Failure(f"{FOLDER} exists: end the other build, or remove what one has left") from None
    try:
        yield build(FOLDER / "source", FOLDER / "link-map.txt")
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)


def build(source: pathlib.Path, link_map: pathlib.Path) -> pathlib.Path:
    source.mkdir()
    subprocess.run(["tar", "-x", "-C", source], input=git("archive", "HEAD"), check=True)
    record.pin(source)
    # The map of the linker lists each library that the program takes something from.
    command = [*FIXED_ADDRESSES, *readme_command(), "--force-resolved-versions"]
    command += ["-Xlinker", f"-Map={link_map}"]
    print("$", shlex.join(command), flush=True)
    if subprocess.run(command, cwd=source).returncode != 0:
        raise Failure("the program cannot be built")
    record.check_pins(source)
    check_archives(link_map.read_text("utf-8", "replace"), components())
    program = source / ".build/release/requisite"
    remove_varying_sections(program)
    return program


def remove_varying_sections(program: pathlib.Path) -> None:
    """Leaves a program of which each build from the same sources has the same bytes."""
    command = ["objcopy", *(f"--remove-section={name}" for name in VARYING_SECTIONS), str(program)]
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode != 0:
        raise Failure(f"{shlex.join(command)}: {result.stderr.strip()}")


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

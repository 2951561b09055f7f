"""What is released: the program, its version, its time and what is linked into it."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import os
import pathlib
import re
import shutil
import struct
import subprocess

from components import Component, components

ROOT = pathlib.Path(__file__).resolve().parents[2]
HOMEPAGE = "https://github.com/requisite-dev/requisite"
SUMMARY = "Linter for request JSON: checks requests before they are sent"
# Files that install the wheel, by its hash. No artifact has them.
PINNED = ["action.yml", "templates/requisite.yml"]
MAINTAINER = "Requisite maintainers <requisite-dev@users.noreply.github.com>"


class Failure(Exception):
    """A release that cannot be made, or an artifact that does not work."""


@dataclasses.dataclass(frozen=True)
class Target:
    """A processor, as each kind of package calls it."""

    machine: str
    debian: str
    wheel: str


# By the field e_machine of an ELF file. Only x86_64 has been built and tried.
TARGETS = {
    62: Target("x86_64", "amd64", "manylinux_2_17_x86_64"),
    183: Target("aarch64", "arm64", "manylinux_2_17_aarch64"),
}


@dataclasses.dataclass(frozen=True)
class Release:
    version: str
    # Empty outside of a Git checkout.
    commit: str
    # Seconds since 1970: the time of every file.
    epoch: int
    program: bytes
    program_path: pathlib.Path
    target: Target
    components: list[Component]

    @classmethod
    def of_checkout(cls, program: pathlib.Path) -> Release:
        """The release of this checkout, with a program that was built from it."""
        version = source_version()
        data = program.read_bytes()
        target = static_target(data, program)
        path = program.resolve()
        printed = subprocess.run([path, "--version"], capture_output=True, text=True).stdout.strip()
        if printed != version:
            raise Failure(f"{program} is version {printed!r}; the sources are {version}")
        commit, epoch = commit_and_time()
        return cls(version, commit, epoch, data, path, target, components())

    def output(self, *arguments: str) -> bytes:
        """What the program prints."""
        environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"}
        return subprocess.run(
            [self.program_path, *arguments], check=True, stdout=subprocess.PIPE, env=environment
        ).stdout

    @functools.cached_property
    def program_digest(self) -> str:
        return hashlib.sha256(self.program).hexdigest()

    @property
    def tag(self) -> str:
        return f"v{self.version}"

    def download(self, name: str) -> str:
        """The address of an artifact, once it is published."""
        return f"{HOMEPAGE}/releases/download/{self.tag}/{name}"

    @functools.cached_property
    def readme(self) -> bytes:
        """The README, with links that work outside of the repository."""
        text = (ROOT / "README.md").read_text("utf-8")
        base = f"{HOMEPAGE}/blob/{self.tag}/"
        return re.sub(r"\]\((?!https?:|#)([^)]+)\)", rf"]({base}\1)", text).encode()


def source_version() -> str:
    """The one place of the version is in the sources."""
    path = ROOT / "Sources/SourceText/ProgramVersion.swift"
    found = re.findall(r'static let text = "([^"]+)"', path.read_text("utf-8"))
    if len(found) != 1:
        raise Failure(f"{path} states {len(found)} versions; expected one")
    if not re.fullmatch(r"\d+\.\d+\.\d+", found[0]):
        raise Failure(f"{found[0]} is no version that every kind of package can have: use X.Y.Z")
    return found[0]


def commit_and_time() -> tuple[str, int]:
    """The last commit, and the time of the last one that changes an artifact; SOURCE_DATE_EPOCH overrides it.

    PINNED files have the hash of the wheel, so the wheel must not change when they do.
    """
    commit = git("log", "-1", "--format=%H")
    others = [f":(exclude){path}" for path in PINNED]
    time = os.environ.get("SOURCE_DATE_EPOCH") or git("log", "-1", "--format=%ct", "--", ".", *others)
    if not time:
        raise Failure("this is no git checkout: set SOURCE_DATE_EPOCH to the time of the release")
    return commit, int(time)


def git(*arguments: str) -> str:
    """What Git prints; nothing outside of a checkout."""
    if not shutil.which("git"):
        return ""
    command = ["git", "-c", "safe.directory=*", "-C", str(ROOT), *arguments]
    return subprocess.run(command, capture_output=True, text=True).stdout.strip()


def static_target(data: bytes, path: pathlib.Path) -> Target:
    """The processor of a static, stripped ELF executable; anything else is refused."""
    if data[:6] != b"\x7fELF\x02\x01":
        raise Failure(f"{path} is no 64-bit little-endian ELF file")
    machine = struct.unpack_from("<H", data, 18)[0]
    if machine not in TARGETS:
        raise Failure(f"{path} is for a processor that has no packages: {machine}")
    program_table, section_table = struct.unpack_from("<QQ", data, 32)
    size, count, section_size, section_count = struct.unpack_from("<HHHH", data, 54)
    kinds = {struct.unpack_from("<I", data, program_table + size * i)[0] for i in range(count)}
    if kinds & {2, 3}:  # PT_DYNAMIC, PT_INTERP
        raise Failure(f"{path} is not static: build it with -static-executable")
    sections = {
        struct.unpack_from("<I", data, section_table + section_size * i + 4)[0]
        for i in range(section_count)
    }
    if 2 in sections:  # SHT_SYMTAB
        raise Failure(f"{path} is not stripped: build it with -Xlinker -s")
    return TARGETS[machine]

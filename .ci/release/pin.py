"""Writes the hash of the wheel to the files that install it: the action and the GitLab component."""

from __future__ import annotations

import hashlib
import pathlib
import re

from release import PINNED, ROOT, Failure, source_version


def wheel_digests(folder: pathlib.Path) -> str:
    """The hashes of the wheels in a folder, one for each processor."""
    wheels = sorted(folder.glob(f"*-{source_version()}-*.whl"))
    if not wheels:
        raise Failure(f"{folder} has no wheel of version {source_version()}")
    return " ".join(hashlib.sha256(wheel.read_bytes()).hexdigest() for wheel in wheels)


def pinned(text: str, digests: str) -> str:
    """A file with other defaults of the inputs version and sha256."""
    for name, value in [("version", source_version()), ("sha256", f"'{digests}'")]:
        pattern = rf"^( +){name}:\n((?:\1 +.*\n)*?)(\1 +default: ).*$"
        text, count = re.subn(pattern, rf"\1{name}:\n\2\g<3>{value}", text, flags=re.M)
        if count != 1:
            raise Failure(f"expected one input {name} with a default, found {count}")
    return text


def pin(folder: pathlib.Path) -> None:
    digests = wheel_digests(folder)
    for name in PINNED:
        path = ROOT / name
        path.write_text(pinned(path.read_text("utf-8"), digests), "utf-8")
        print(f"{name}: {digests}")


def check(folder: pathlib.Path) -> None:
    """Refuses files that do not install the wheels of the folder."""
    for digest in wheel_digests(folder).split():
        for name in PINNED:
            text = (ROOT / name).read_text("utf-8")
            if digest not in text:
                raise Failure(f"{name} lacks the hash {digest}; run 'python3 .ci/release pin {folder}' and commit")

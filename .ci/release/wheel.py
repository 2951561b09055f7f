"""The wheel requisite-lint: the executable, which pip puts on PATH, and the Python package requisite."""

from __future__ import annotations

import base64
import hashlib

import sbom
from archive import File, zipped
from components import license_expression, license_texts, notice
from release import HOMEPAGE, ROOT, SUMMARY, Release

NAME = "requisite-lint"
PACKAGE = ROOT / "Sources/Python/requisite"


def make(release: Release) -> File:
    prefix = f"{NAME.replace('-', '_')}-{release.version}"
    tag = f"py3-none-{release.target.wheel}"
    information = f"{prefix}.dist-info"
    licenses = {"LICENSE": (ROOT / "LICENSE").read_bytes(), "NOTICE.txt": notice(), **license_texts()}
    files = [
        *package(),
        File(f"{prefix}.data/scripts/requisite", release.program, executable=True),
        File(f"{information}/METADATA", metadata(release, list(licenses)) + release.readme),
        File(f"{information}/WHEEL", wheel_file(tag)),
    ]
    files += [File(f"{information}/licenses/{name}", text) for name, text in licenses.items()]
    files.append(File(f"{information}/sboms/{sbom.name(release)}", sbom.make(release).data))
    record = f"{information}/RECORD"
    lines = [f"{file.path},sha256={digest(file.data)},{len(file.data)}\n" for file in files]
    files.append(File(record, "".join([*lines, f"{record},,\n"]).encode()))
    return File(f"{prefix}-{tag}.whl", zipped(files, release.epoch))


def package() -> list[File]:
    """The files of the Python package."""
    paths = [*sorted(PACKAGE.glob("*.py")), PACKAGE / "py.typed"]
    return [File(f"{PACKAGE.name}/{path.name}", path.read_bytes()) for path in paths]


def metadata(release: Release, licenses: list[str]) -> bytes:
    fields = [
        ("Metadata-Version", "2.4"),
        ("Name", NAME),
        ("Version", release.version),
        ("Summary", SUMMARY),
        ("License-Expression", license_expression()),
        *(("License-File", name) for name in licenses),
        ("Project-URL", f"Homepage, {HOMEPAGE}"),
        ("Project-URL", f"Release notes, {HOMEPAGE}/releases/tag/{release.tag}"),
        ("Keywords", "json,linter,request,schema,pre-commit"),
        ("Classifier", "Environment :: Console"),
        ("Classifier", "Intended Audience :: Developers"),
        ("Classifier", "Operating System :: POSIX :: Linux"),
        ("Classifier", "Topic :: Software Development :: Quality Assurance"),
        ("Classifier", "Programming Language :: Python :: 3"),
        ("Classifier", "Typing :: Typed"),
        ("Requires-Python", ">=3.9"),
        ("Description-Content-Type", "text/markdown"),
    ]
    return "".join(f"{name}: {value}\n" for name, value in fields).encode() + b"\n"


def wheel_file(tag: str) -> bytes:
    return f"Wheel-Version: 1.0\nGenerator: requisite\nRoot-Is-Purelib: false\nTag: {tag}\n".encode()


def digest(data: bytes) -> str:
    """A hash as RECORD has it."""
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()

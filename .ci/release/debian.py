"""The Debian package: the executable, its manual pages, completions and schemas for editors."""

from __future__ import annotations

import email.utils
import hashlib
import os
import pathlib
import shutil
import subprocess
import tempfile

import completions
import debian_copyright
import manual
import schemas
from archive import File, folders, gzipped, write_folder
from release import HOMEPAGE, MAINTAINER, Failure, Release

REVISION = "1"

CONTROL = """\
Package: requisite
Version: {version}
Section: devel
Priority: optional
Architecture: {architecture}
Installed-Size: {size}
Built-Using: {built_using}
Maintainer: {maintainer}
Homepage: {homepage}
Description: linter for request JSON
 Requisite checks request JSON before it is sent, and reports what a service
 would reject or a project's own rules forbid, each with its exact location and
 a fix where there is one. Rules are YAML: JSONPath selects values, JSON Schema
 and CEL constrain them, and JSON Patch fixes them.
 .
 A rule pack for the operation StartChatContact of Amazon Connect is built in.
"""

# Each with its reason.
OVERRIDES = """\
# The package is not part of Debian: it runs on releases that have no Swift runtime.
requisite: statically-linked-binary [usr/bin/requisite]
# For the same reason. Built-Using names the versions.
requisite: embedded-library libyaml [usr/bin/requisite]
requisite: embedded-library zlib [usr/bin/requisite]
# The executable is the same file in all packages, and its .comment names the compiler.
requisite: binary-has-unneeded-section .comment [usr/bin/requisite]
# Pieces of words in tables, and misspelt names that examples of the documentation correct.
requisite: spelling-error-in-binary * [usr/bin/requisite]
# It is published on the project's own page, so there is no bug to close.
requisite: initial-upload-closes-no-bugs [usr/share/doc/requisite/changelog.Debian.gz:1]
"""


def make(release: Release) -> File:
    if not shutil.which("dpkg-deb"):
        raise Failure("dpkg-deb is missing: make releases on Debian or Ubuntu")
    version = f"{release.version}-{REVISION}"
    files = installed_files(release, version)
    with tempfile.TemporaryDirectory(prefix="requisite-deb-") as scratch:
        root = pathlib.Path(scratch) / "root"
        write_folder(files + control_files(release, version, files), root)
        for path in folders(files):
            (root / path).chmod(0o755)
        for path in (root, root / "DEBIAN"):
            path.chmod(0o755)
        set_times(root, release.epoch)
        package = pathlib.Path(scratch) / "package.deb"
        # xz, which every release of Debian and Ubuntu reads; one thread, so that the bytes are the same.
        command = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--build"]
        # By variable, since dpkg before 1.21.9 has no option for it.
        environment = {
            **os.environ, "SOURCE_DATE_EPOCH": str(release.epoch), "DPKG_DEB_THREADS_MAX": "1"
        }
        result = subprocess.run(
            [*command, root, package], env=environment, capture_output=True, text=True
        )
        if result.returncode != 0 or result.stderr:
            raise Failure(f"dpkg-deb: {result.stderr.strip()}")
        name = f"requisite_{version}_{release.target.debian}.deb"
        return File(name, package.read_bytes())


def installed_files(release: Release, version: str) -> list[File]:
    doc = "usr/share/doc/requisite"
    files = [
        File("usr/bin/requisite", release.program, executable=True),
        File(f"{doc}/copyright", debian_copyright.text(release)),
        File(f"{doc}/changelog.Debian.gz", gzipped(changelog(release, version))),
        File("usr/share/lintian/overrides/requisite", OVERRIDES.encode()),
    ]
    for page in manual.pages(release):
        files.append(File(f"usr/share/man/man1/{page.path}.gz", gzipped(page.data)))
    for script in completions.scripts(release, site="vendor-completions"):
        files.append(File(f"usr/{script.path}", script.data))
    files += [File(f"usr/{schema.path}", schema.data) for schema in schemas.files()]
    return files


def control_files(release: Release, version: str, files: list[File]) -> list[File]:
    libraries = [c for c in release.components if c.origin == "debian"]
    text = CONTROL.format(
        version=version,
        architecture=release.target.debian,
        size=sum(-(-len(file.data) // 1024) for file in files) + len(folders(files)),
        built_using=", ".join(sorted(f"{c.name} (= {c.version})" for c in libraries)),
        maintainer=MAINTAINER,
        homepage=HOMEPAGE,
    )
    sums = "".join(
        f"{hashlib.md5(file.data).hexdigest()}  {file.path}\n"
        for file in sorted(files, key=lambda file: file.path)
    )
    return [File("DEBIAN/control", text.encode()), File("DEBIAN/md5sums", sums.encode())]


def changelog(release: Release, version: str) -> bytes:
    date = email.utils.formatdate(release.epoch)
    return (
        f"requisite ({version}) unstable; urgency=medium\n\n"
        f"  * Version {release.version}. What is new:\n"
        f"    {HOMEPAGE}/releases/tag/{release.tag}\n\n"
        f" -- {MAINTAINER}  {date.replace('-0000', '+0000')}\n"
    ).encode()


def set_times(root: pathlib.Path, epoch: int) -> None:
    for path in [*root.rglob("*"), root]:
        os.utime(path, (epoch, epoch))

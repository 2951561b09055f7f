"""All artifacts of a release, and their checksums."""

from __future__ import annotations

import hashlib
import pathlib

import debian
import homebrew
import mirror
import mise
import sbom
import tarball
import wheel
from archive import File, write_folder
from release import Failure, Release


def make_all(release: Release, folder: pathlib.Path) -> None:
    """Writes all artifacts to a folder."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Failure(f"{folder} exists and is not empty")
    files = [tarball.make(release), wheel.make(release), debian.make(release), sbom.make(release)]
    archive = files[0]
    # These name the tarball with its checksum.
    files += [homebrew.make(release, archive), mise.make(release, archive)]
    files.append(checksums(files))
    write_folder(files + mirror.make(release), folder)
    for file in files:
        print(f"{len(file.data):>12,}  {folder / file.path}")
    print(f"{'':>12}  {folder / mirror.FOLDER}/")


def checksums(files: list[File]) -> File:
    """A file that sha256sum --check reads."""
    lines = sorted((file.path, hashlib.sha256(file.data).hexdigest()) for file in files)
    return File("SHA256SUMS", "".join(f"{sum}  {path}\n" for path, sum in lines).encode())

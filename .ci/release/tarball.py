"""The tarball: bin and share go into a prefix such as /usr/local."""

from __future__ import annotations

import completions
import manual
import schemas
from archive import File, tar_gz
from components import license_texts, notice
from release import ROOT, Release


def name(release: Release) -> str:
    return f"requisite-{release.version}-{release.target.machine}-linux"


def make(release: Release) -> File:
    files = [
        File("bin/requisite", release.program, executable=True),
        File("LICENSE", (ROOT / "LICENSE").read_bytes()),
        File("README.md", release.readme),
        File("licenses/NOTICE.txt", notice()),
    ]
    files += [File(f"licenses/{file}", text) for file, text in license_texts().items()]
    files += [File(f"share/man/man1/{page.path}", page.data) for page in manual.pages(release)]
    files += completions.scripts(release)
    files += schemas.files()
    folder = name(release)
    inside = [File(f"{folder}/{file.path}", file.data, file.executable) for file in files]
    return File(f"{folder}.tar.gz", tar_gz(inside, release.epoch))

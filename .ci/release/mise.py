"""The entry for mise.toml. Its http backend needs no plugin, so none has to be published."""

from __future__ import annotations

import hashlib

import tarball
from archive import File
from release import Release

TEXT = '''\
# For mise.toml. Then: mise install, mise exec -- requisite --version
[tools."http:requisite"]
version = "{version}"
url = "{url}"
checksum = "sha256:{sha256}"
strip_components = 1
bin_path = "bin"
'''


def make(release: Release, archive: File) -> File:
    text = TEXT.format(
        version=release.version,
        url=release.download(f"{tarball.name(release)}.tar.gz"),
        sha256=hashlib.sha256(archive.data).hexdigest(),
    )
    return File("mise.toml", text.encode())

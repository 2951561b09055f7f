"""Archives whose bytes depend on their contents and the time of the release alone."""

from __future__ import annotations

import dataclasses
import gzip
import io
import pathlib
import tarfile
import time
import zipfile


@dataclasses.dataclass(frozen=True)
class File:
    path: str
    data: bytes
    executable: bool = False

    @property
    def mode(self) -> int:
        return 0o755 if self.executable else 0o644


def sorted_files(files: list[File]) -> list[File]:
    """Files in the order of their paths, each once."""
    paths = [file.path for file in files]
    assert len(paths) == len(set(paths)), "two files have one path"
    return sorted(files, key=lambda file: file.path)


def folders(files: list[File]) -> list[str]:
    """The folders of files, those above them included."""
    parents = {str(parent) for file in files for parent in pathlib.PurePosixPath(file.path).parents}
    return sorted(parents - {"."})


def gzipped(data: bytes) -> bytes:
    """Compressed data without a time and a name."""
    buffer = io.BytesIO()
    with gzip.GzipFile("", "wb", 9, buffer, mtime=0) as stream:
        stream.write(data)
    return buffer.getvalue()


def tar_gz(files: list[File], epoch: int) -> bytes:
    """A tarball of files and their folders."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        entries: list[tuple[str, File | None]] = [(path, None) for path in folders(files)]
        entries += [(file.path, file) for file in sorted_files(files)]
        for path, file in sorted(entries, key=lambda entry: entry[0]):
            info = tarfile.TarInfo(path)
            info.mtime = epoch
            info.uname = info.gname = "root"
            if file is None:
                info.type, info.mode = tarfile.DIRTYPE, 0o755
                tar.addfile(info)
            else:
                info.size, info.mode = len(file.data), file.mode
                tar.addfile(info, io.BytesIO(file.data))
    return gzipped(buffer.getvalue())


def zipped(files: list[File], epoch: int) -> bytes:
    """A zip archive of files, in the order that they are given in."""
    buffer = io.BytesIO()
    moment = time.gmtime(max(epoch, 315_532_800))[:6]  # zip knows no time before 1980
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in files:
            info = zipfile.ZipInfo(file.path, moment)
            info.create_system = 3  # Unix, for the mode
            info.external_attr = (0o100000 | file.mode) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, file.data, compresslevel=9)
    return buffer.getvalue()


def write_folder(files: list[File], folder: pathlib.Path) -> None:
    """Writes files below a folder."""
    for file in sorted_files(files):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
        path.chmod(file.mode)

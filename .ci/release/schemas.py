"""The JSON Schemas of the program's file formats, for editors."""

from __future__ import annotations

from archive import File
from release import ROOT

FOLDER = ROOT / "Sources/CBuiltInPacks/schemas"


def files() -> list[File]:
    """All of them, those for draft-07 in a folder of their own."""
    paths = sorted(FOLDER.rglob("*.schema.json"))
    return [
        File(f"share/requisite/schemas/{path.relative_to(FOLDER)}", path.read_bytes()) for path in paths
    ]

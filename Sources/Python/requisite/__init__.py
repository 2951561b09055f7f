"""Check request JSON with requisite, which the same wheel installs.

    import requisite

    for finding in requisite.check(body, packs=["aws-connect-chat"]):
        print(finding)

An empty list means that everything was checked and nothing was found. If something cannot be checked, `check` raises an
exception.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._check import check
from ._errors import (
    CheckTimeoutError,
    IncompleteCheckError,
    ProgramError,
    ProgramNotFoundError,
    RequisiteError,
    RequisiteWarning,
)
from ._program import find_program
from ._records import Diagnostic, Finding

__all__ = [
    "CheckTimeoutError",
    "Diagnostic",
    "Finding",
    "IncompleteCheckError",
    "ProgramError",
    "ProgramNotFoundError",
    "RequisiteError",
    "RequisiteWarning",
    "check",
    "find_program",
]

if TYPE_CHECKING:
    #: The version of the wheel; `0+unknown` if the package was not installed from one.
    __version__: str
else:

    def __getattr__(name: str) -> str:
        # Not at import: reading the metadata takes longer than checking a request.
        if name == "__version__":
            from ._version import installed_version

            return installed_version()
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

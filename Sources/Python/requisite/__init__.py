"""Check request JSON with the program requisite, which the same wheel installs.

    import requisite

    for finding in requisite.check(body, packs=["aws-connect-chat"]):
        print(finding)

A list without findings means that everything was checked. Where something was not, an exception is raised.
"""

from __future__ import annotations

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

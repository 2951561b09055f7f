"""Exceptions and warnings."""

from __future__ import annotations

from typing import Sequence

from ._records import Diagnostic, Finding

#: How many diagnostics the text of an exception shows at most.
SHOWN = 20


class RequisiteError(Exception):
    """Something was not checked. The base of all exceptions of this package."""


class ProgramNotFoundError(RequisiteError):
    """The program requisite was not found."""


class ProgramError(RequisiteError):
    """The program failed, or its report is incomplete."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message, exit_code)
        self.message = message
        #: The exit code of the program; negative for the number of the signal that ended it.
        self.exit_code = exit_code

    def __str__(self) -> str:
        return self.message


class CheckTimeoutError(RequisiteError, TimeoutError):
    """The check took longer than `timeout`, and the program was stopped."""


class IncompleteCheckError(RequisiteError):
    """The program could not check everything: exit code 2.

    A pack cannot be loaded, an input cannot be read or fits no pack, or there is nothing to check.
    """

    def __init__(self, diagnostics: Sequence[Diagnostic], findings: Sequence[Finding] = ()) -> None:
        super().__init__(diagnostics, findings)
        #: What went wrong, at least one error.
        self.diagnostics = tuple(diagnostics)
        #: The findings of what was checked.
        self.findings = tuple(findings)

    def __str__(self) -> str:
        lines = [str(diagnostic) for diagnostic in self.diagnostics[:SHOWN]]
        if len(self.diagnostics) > SHOWN:
            lines.append(f"and {len(self.diagnostics) - SHOWN} more")
        return "\n".join(lines)


class RequisiteWarning(UserWarning):
    """A warning of the program, such as one about a pack."""

"""The version of the wheel."""

from __future__ import annotations

import importlib.metadata
import os


def installed_version() -> str:
    """The version of the wheel that this package was installed from; `0+unknown` if there is none."""
    try:
        wheel = importlib.metadata.distribution("requisite-lint")
    except importlib.metadata.PackageNotFoundError:
        return "0+unknown"
    # The package may be a checkout, beside an installed wheel.
    package = str(wheel.locate_file("requisite/__init__.py"))
    here = os.path.join(os.path.dirname(__file__), "__init__.py")
    return wheel.version if os.path.exists(package) and os.path.samefile(package, here) else "0+unknown"

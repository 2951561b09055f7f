"""`python -m requisite` is the program."""

from __future__ import annotations

import os
import sys

from ._errors import ProgramNotFoundError
from ._program import find_program

if __name__ == "__main__":
    try:
        program = find_program()
    except ProgramNotFoundError as error:
        sys.exit(f"requisite: error: {error}")
    os.execv(program, [program, *sys.argv[1:]])

"""Text on one line, escaped as the program escapes it."""

from __future__ import annotations

import unicodedata

#: The general categories of characters that a reader would not see.
UNSEEN_CATEGORIES = ("Cc", "Cf", "Zl", "Zp", "Cs", "Co")

#: Other characters that may be shown as nothing: `Default_Ignorable_Code_Point` of Unicode.
IGNORABLE = (
    (0x34F, 0x34F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2060, 0x206F), (0x3164, 0x3164),
    (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0xE0000, 0xE0FFF),
)

ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def one_line(text: str) -> str:
    """The text with escapes for line ends, control characters and others that are not seen."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(escaped(character) if is_unseen(character) else character for character in text)


def path_text(path: str) -> str:
    """A path at the start of a line. There, `::` could begin a command of a CI system."""
    return ("./" if path.lstrip().startswith("::") else "") + one_line(path)


def escaped(character: str) -> str:
    return ESCAPES.get(character) or f"\\u{{{ord(character):X}}}"


def is_unseen(character: str) -> bool:
    code = ord(character)
    # The last two of each plane, and some others, are no characters.
    is_noncharacter = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return (
        is_noncharacter
        or unicodedata.category(character) in UNSEEN_CATEGORIES
        or any(first <= code <= last for first, last in IGNORABLE)
    )

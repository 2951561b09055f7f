"""Rewords messages of the program, which name options, for callers of functions, which have arguments."""

from __future__ import annotations

#: Where no pack fits a request.
CHOICE = ("choose one with --pack", "choose one with packs=")

#: Where a message would show a value.
VALUES = ("use --show-values plain to see what is wrong", "use show_values=True to see what is wrong")

#: Phrases of messages, each with its replacement.
PHRASES = (
    CHOICE,
    ("use --pack to check every line", "use packs= to check every line"),
    ("and check them with --pack", "and check them with packs="),
    ("choose only this pack, with --pack or", "choose only this pack, with packs= or"),
    ("--no-exclude checks excluded files", "excluded files were skipped"),
    ("--no-gitignore checks files that Git ignores,", "files that Git ignores were skipped,"),
    ("--pack applies a pack to every file", "packs= applies a pack to every file"),
    # Functions have no argument for this: they raise if something was not checked.
    (", --allow-empty allows this", ""),
    ("; --allow-empty allows this", ""),
    ("; use --allow-empty to accept that", ""),
    # Nor for this.
    ("; raise --max-size, or split the request", "; split the request"),
    ("; raise --max-size, split it, or", "; split it, or"),
    ("; split it, or raise --max-size", "; split it"),
    ("; raise --max-size", ""),
    ("--select: no rule, pack or tag", "select: no rule, pack or tag"),
    ("--ignore: no rule, pack or tag", "ignore: no rule, pack or tag"),
    ("; run 'requisite rules' for", "; run 'python -m requisite rules' for"),
    ("check: --ignore leaves out all rules", "check: ignore leaves out all rules"),
    ("check: --ignore leaves out all that --select selects", "check: ignore leaves out all that select selects"),
    VALUES,
    ("standard input does not look like", "the text does not look like"),
    ("standard input is empty", "the text is empty"),
    ("standard input is not a request", "the text is not a request"),
)


def translated(message: str) -> str:
    """A message of the program, reworded."""
    if "--" not in message and "standard input" not in message:
        return message
    for phrase, words in PHRASES:
        message = message.replace(phrase, words)
    return message


def without_usage(complaint: str) -> str:
    """The program's error output without its help for the command line."""
    lines = complaint.split("\n")
    end = next((number for number, line in enumerate(lines) if line.startswith(("Help:", "Usage:"))), len(lines))
    return "\n".join(lines[:end]).strip()

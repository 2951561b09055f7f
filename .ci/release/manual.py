"""Manual pages, one for each command, from the program's own description of its options."""

from __future__ import annotations

import json
import re
import time

from archive import File
from release import HOMEPAGE, Release


def pages(release: Release) -> list[File]:
    """All pages, such as requisite-check.1."""
    command = json.loads(release.output("--experimental-dump-help"))["command"]
    date = time.strftime("%Y-%m-%d", time.gmtime(release.epoch))
    header = f'"{date}" "requisite {release.version}" "Requisite manual"'
    return list(command_pages(command, [], header))


def command_pages(command: dict, parents: list[str], header: str):
    """The page of a command, and those of its subcommands."""
    words = [*parents, command["commandName"]]
    children = [child for child in command.get("subcommands", []) if child.get("shouldDisplay", True)]
    arguments = [a for a in command.get("arguments", []) if a.get("shouldDisplay", True)]
    name = "-".join(words)
    abstract = command.get("abstract", "").rstrip(".")
    text = [
        f".TH {escape(name).upper()} 1 {header}",
        ".nh",
        ".ad l",
        ".SH NAME",
        f"{escape(name)} \\- {escape(abstract[:1].lower() + abstract[1:])}",
        ".SH SYNOPSIS",
        *synopsis(words, arguments, children, command.get("defaultSubcommand")),
    ]
    paragraphs, sections = split_discussion(command.get("discussion", ""))
    if paragraphs:
        text += [".SH DESCRIPTION", *paragraphs]
    if children:
        text += [".SH COMMANDS"]
        for child in children:
            text += [".TP", rf"\fB{escape(child['commandName'])}\fR", line(child.get("abstract", ""))]
    for title, kinds in [("ARGUMENTS", ["positional"]), ("OPTIONS", ["option", "flag"])]:
        group = [a for a in arguments if a["kind"] in kinds]
        if group:
            text += [f".SH {title}", *(part for a in group for part in describe(a))]
    text += sections
    others = [words[:-1]] if parents else []
    others += [[*words, child["commandName"]] for child in children]
    text += [".SH SEE ALSO", *see_also(others)]
    yield File(f"{name}.1", ("\n".join(text) + "\n").encode())
    for child in children:
        yield from command_pages(child, words, header)


def synopsis(words: list[str], arguments: list[dict], children: list[dict], default: str | None):
    text = rf"\fB{escape(' '.join(words))}\fR"
    if any(a["kind"] != "positional" for a in arguments):
        text += r" [\fIoptions\fR]"
    for argument in arguments:
        if argument["kind"] == "positional":
            value = rf"\fI{escape(argument['valueName'])}\fR"
            value += " ..." if argument["isRepeating"] else ""
            text += f" [{value}]" if argument["isOptional"] else f" {value}"
    if children:
        text += r" [\fIcommand\fR] ..." if default else r" \fIcommand\fR ..."
    return [text]


def describe(argument: dict) -> list[str]:
    """An option or an argument, with its values and its default."""
    value = escape(argument.get("valueName", ""))
    if argument["kind"] == "positional":
        title = rf"\fI{value}\fR"
    else:
        names = sorted(argument["names"], key=lambda name: name["kind"] != "short")
        title = ", ".join(rf"\fB{option_name(name)}\fR" for name in names)
        if argument["kind"] == "option":
            title += rf" \fI{value}\fR"
    text = argument.get("abstract", "")
    # The program's help adds these in the same way, where the text does not have them.
    additions = []
    values = argument.get("allValues", [])
    if values and not all(re.search(rf"\b{re.escape(v)}\b", text) for v in values):
        additions.append(f"values: {', '.join(values)}")
    if "defaultValue" in argument:
        additions.append(f"default: {argument['defaultValue']}")
    if additions:
        text += f" ({'; '.join(additions)})"
    body = [line(text)] if text else [r"\&"]
    for paragraph in filter(None, argument.get("discussion", "").split("\n\n")):
        body += [".IP", line(paragraph)]
    return [".TP", title, *body]


def option_name(name: dict) -> str:
    return escape(("--" if name["kind"] == "long" else "-") + name["name"])


def split_discussion(text: str) -> tuple[list[str], list[str]]:
    """The paragraphs of a discussion, and the sections after them, which begin with a heading."""
    paragraphs: list[str] = []
    sections: list[str] = []
    for block in filter(None, text.split("\n\n")):
        heading, *rest = block.split("\n")
        if re.fullmatch(r"[A-Z ]+", heading):
            sections += [f".SH {heading}", *indented(rest)]
        elif sections:
            sections += [".PP", *paragraph(block)]
        else:
            paragraphs += [".PP", *paragraph(block)]
    return paragraphs[1:], sections


def paragraph(block: str) -> list[str]:
    """Prose, or lines that are indented."""
    return indented(block.split("\n")) if block.startswith(" ") else [line(block)]


def indented(lines: list[str]) -> list[str]:
    """A table of terms and what they mean, or an example."""
    rows: list[list[str]] = []
    for text in lines:
        row = re.fullmatch(r"  (\S.*?)(?:\s{2,}(\S.*))?", text)
        if row:
            rows.append([row.group(1), row.group(2) or ""])
        elif rows:
            # A long term has its meaning on the next line.
            rows[-1][1] = f"{rows[-1][1]} {text.strip()}".strip()
    if len(rows) < len(lines) - 1 or not all(meaning for _, meaning in rows):
        return [".EX", *(line(text) for text in lines), ".EE"]
    return [part for term, meaning in rows for part in (".TP", rf"\fB{escape(term)}\fR", line(meaning))]


def see_also(commands: list[list[str]]) -> list[str]:
    names = [rf"\fB{escape('-'.join(words))}\fR(1)" for words in commands]
    lines = [", ".join(names), ".PP"] if names else []
    return [*lines, f"Documentation: {escape(HOMEPAGE)}"]


def escape(text: str) -> str:
    """Text for troff, each character as itself: no ligatures, no typographic quotes and hyphens."""
    for character, name in [("\\", r"\e"), ("-", r"\-"), ("'", r"\(aq"), ("`", r"\(ga"),
                            ("^", r"\(ha"), ("~", r"\(ti"), ('"', r"\(dq")]:
        text = text.replace(character, name)
    return text


def line(text: str) -> str:
    """A line of text, of which no character begins a request."""
    text = escape(text.replace("\n", " ") if not text.startswith(" ") else text)
    return rf"\&{text}" if text.startswith((".", "\\(aq", " ")) else text

"""The machine-readable copyright file of the Debian package, version 1.0 of that format."""

from __future__ import annotations

from components import license_texts
from release import HOMEPAGE, Release

# Debian's names of licenses, where they differ from those of SPDX.
NAMES = {"MIT": "Expat", "BSD-3-Clause": "BSD-3-clause"}

APACHE = """\
On Debian systems, the text of the Apache License, version 2.0, is in
/usr/share/common-licenses/Apache-2.0."""

# Where the exceptions begin in the texts.
EXCEPTIONS = {
    "Apache-2.0 with Swift exception": "## Runtime Library Exception",
    "Apache-2.0 with LLVM exception": "---- LLVM Exceptions",
}

LGPL = """\
On Debian systems, the text of the GNU Lesser General Public License,
version 2.1, is in /usr/share/common-licenses/LGPL-2.1."""

GPL = """\
On Debian systems, the text of the GNU General Public License, version 3,
is in /usr/share/common-licenses/GPL-3."""


def text(release: Release) -> bytes:
    """The whole file."""
    names = ["Apache-2.0"]
    texts: dict[str, list[str]] = {"Apache-2.0": [APACHE]}
    copyrights, comment = ["the authors of Requisite"], []
    all_texts = license_texts()
    for component in release.components:
        parts = [debian_name(part) for part in component.license.split(" AND ")]
        names += [name for name in parts if name not in names]
        # The first texts are those of the parts, in their order.
        for name, file in zip(parts, component.texts):
            content = all_texts[file].decode().rstrip()
            if name.startswith("Apache-2.0"):
                # The license itself is on every Debian system.
                content = f"{APACHE}\n\n{content[content.rindex(EXCEPTIONS[name]):]}"
            if content not in texts.setdefault(name, []):
                texts[name].append(content)
        copyrights += component.copyright.split("; ")
        comment.append(f"{component.name} {component.version}: {' and '.join(parts)}")
    for name in texts:
        if name.startswith("LGPL"):
            texts[name].append(LGPL)
        elif name.startswith("GPL"):
            texts[name].append(GPL)
    paragraphs = [
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
        f"Upstream-Name: requisite\nSource: {HOMEPAGE}\n"
        "Comment:\n" + field("The executable is static. Linked into it are:\n" + "\n".join(comment)),
        "Files: *\nCopyright: the authors of Requisite\nLicense: Apache-2.0",
        "Files: usr/bin/requisite\nCopyright:\n" + field("\n".join(dict.fromkeys(copyrights)))
        + f"\nLicense: {' and '.join(names)}",
    ]
    paragraphs += [f"License: {name}\n" + field("\n\n".join(texts[name])) for name in names]
    return ("\n\n".join(paragraphs) + "\n").encode()


def debian_name(spdx: str) -> str:
    """A license by its name in the copyright format: GPL-3+ with GCC exception."""
    name, _, exception = spdx.partition(" WITH ")
    name = NAMES.get(name, name).replace(".0-or-later", "+").replace("-or-later", "+")
    return f"{name} with {exception.partition('-')[0]} exception" if exception else name


def field(content: str) -> str:
    """The lines of a field's value."""
    return "\n".join(f" {line.rstrip()}" if line.strip() else " ." for line in content.split("\n"))

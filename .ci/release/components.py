"""What is linked into the program, in the versions that are recorded for the release."""

from __future__ import annotations

import dataclasses
import json
import pathlib

FOLDER = pathlib.Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]


@dataclasses.dataclass(frozen=True)
class Component:
    name: str
    # package: a Swift package; toolchain: part of Swift; debian: a Debian source package;
    # sources: files of this repository that others wrote.
    origin: str
    version: str
    license: str
    copyright: str
    # Names of the texts of the license.
    texts: list[str]
    address: str
    # The static libraries that it is linked from.
    archives: list[str]
    # The Debian packages that hold them.
    packages: list[str]

    @property
    def purl(self) -> str | None:
        """The package URL."""
        if self.origin == "debian":
            version = self.version.replace("+", "%2B").replace(":", "%3A")
            return f"pkg:deb/debian/{self.name}@{version}?arch=source&distro=bookworm"
        if self.origin == "sources":
            return None
        return f"pkg:swift/{self.address.removeprefix('https://')}@{self.version}"


def pins() -> dict[str, dict]:
    """The recorded versions of Swift packages, by their names."""
    resolved = json.loads((FOLDER / "pins.json").read_text("utf-8"))
    return {pin["identity"]: pin for pin in resolved["pins"]}


def components() -> list[Component]:
    """Everything that is linked in."""
    result = []
    recorded_pins = pins()
    for entry in json.loads((FOLDER / "components.json").read_text("utf-8")):
        name, origin = entry["name"], entry["origin"]
        if origin == "package":
            pin = recorded_pins[name]
            entry["version"], address = pin["state"]["version"], pin["location"]
        elif origin == "toolchain":
            address = f"https://github.com/swiftlang/{name}"
        elif origin == "debian":
            address = f"https://tracker.debian.org/pkg/{name}"
        else:
            address = "https://json-schema.org"
        result.append(
            Component(
                address=address,
                archives=entry.pop("archives", []),
                packages=entry.pop("packages", []),
                **entry,
            )
        )
    return result


def license_texts() -> dict[str, bytes]:
    """The texts of all licenses, by the names of their files."""
    texts = {path.name: path.read_bytes() for path in sorted((FOLDER / "licenses").glob("*.txt"))}
    texts["json-schema.txt"] = (ROOT / "Sources/CBuiltInPacks/meta-schemas/NOTICE").read_bytes()
    return texts


def license_expression() -> str:
    """The license of the program with everything in it, as an SPDX expression."""
    parts = ["Apache-2.0"]
    for component in components():
        parts += [part for part in component.license.split(" AND ") if part not in parts]
    return " AND ".join(f"({part})" if " WITH " in part else part for part in parts)


def notice() -> bytes:
    """The list of what is linked in, with the licenses."""
    lines = [
        "requisite is under the Apache License 2.0 (LICENSE). The following is part of the",
        "executable. The texts of its licenses are in the folder of this file.",
        "",
    ]
    for component in components():
        lines += [
            f"{component.name} {component.version}",
            f"  {component.address}",
            f"  Copyright {component.copyright}",
            f"  License: {component.license} ({', '.join(component.texts)})",
            "",
        ]
    lines += [
        "The sources of requisite, with the command that links it, are public. So the program can",
        "be linked with a changed glibc, as the LGPL requires. The sources of glibc and GCC are those",
        "of the Debian packages above.",
        "",
    ]
    return "\n".join(lines).encode()

"""The record of exact versions: pins.json for Swift packages, components.json for the rest."""

from __future__ import annotations

import json
import pathlib
import re
import shutil
import subprocess
import tempfile

from components import FOLDER, components
from release import ROOT, Failure

PINS = FOLDER / "pins.json"
COMPONENTS = FOLDER / "components.json"


def swift_version() -> str:
    text = run("swift", "--version")
    found = re.search(r"Swift version (\S+)", text)
    if not found:
        raise Failure(f"swift --version prints no version: {text!r}")
    return found.group(1)


def debian_version(package: str) -> str:
    """The version of the source package that an installed package was built from."""
    version = run("dpkg-query", "--show", "--showformat", "${source:Version}", package)
    if not version:
        raise Failure(f"the Debian package {package} is not installed")
    return version


def check_machine() -> None:
    """Refuses a machine whose compiler or libraries are not those of the record."""
    differences = []
    swift = swift_version()
    for component in components():
        if component.origin == "toolchain" and component.version != swift:
            differences.append(f"{component.name} {swift}, recorded {component.version}")
        for package in component.packages:
            if (version := debian_version(package)) != component.version:
                differences.append(f"{package} {version}, recorded {component.version}")
    if differences:
        raise Failure(
            "other versions than recorded: " + "; ".join(differences)
            + ". Install those, or run 'python3 .ci/release record' and commit the change"
        )


def pin(source: pathlib.Path) -> None:
    """Makes a build take the recorded versions of Swift packages."""
    shutil.copy(PINS, source / "Package.resolved")


def check_pins(source: pathlib.Path) -> None:
    """Refuses a build that took other versions."""
    if read_pins(source / "Package.resolved") != read_pins(PINS):
        raise Failure("the build resolved other versions than .ci/release/pins.json has")
    for name, state in read_pins(PINS).items():
        head = run("git", "-C", str(source / ".build/checkouts" / name), "rev-parse", "HEAD")
        if head != state["revision"]:
            raise Failure(f"the build has {name} at {head}, recorded {state['revision']}")


def read_pins(path: pathlib.Path) -> dict[str, dict[str, str]]:
    return {pin["identity"]: pin["state"] for pin in json.loads(path.read_text("utf-8"))["pins"]}


def record() -> None:
    """Records the versions of this machine, and the newest Swift packages that fit."""
    with tempfile.TemporaryDirectory() as scratch:
        source = pathlib.Path(scratch)
        shutil.copy(ROOT / "Package.swift", source)
        run("swift", "package", "--package-path", scratch, "resolve")
        resolved = json.loads((source / "Package.resolved").read_text("utf-8"))
    # The hash is of Package.swift: every change of it would be one of this record.
    resolved.pop("originHash", None)
    write(PINS, json.dumps(resolved, indent=2, separators=(",", " : ")) + "\n")

    text = COMPONENTS.read_text("utf-8")
    swift = swift_version()
    for component in components():
        new = swift if component.origin == "toolchain" else component.version
        if component.packages:
            new = debian_version(component.packages[0])
        text = re.sub(
            rf'("name": "{re.escape(component.name)}",[^}}]*?"version": )"[^"]*"',
            lambda match: f'{match.group(1)}"{new}"', text
        ) if component.origin in ("toolchain", "debian") else text
    write(COMPONENTS, text)


def write(path: pathlib.Path, text: str) -> None:
    change = "unchanged" if path.read_text("utf-8") == text else "changed"
    path.write_text(text, "utf-8")
    print(f"{path.relative_to(ROOT)}: {change}")


def run(*command: str) -> str:
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode != 0:
        raise Failure(f"{' '.join(command)}: {result.stderr.strip()}")
    return result.stdout.strip()

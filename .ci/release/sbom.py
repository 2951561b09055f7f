"""The software bill of materials, CycloneDX 1.6."""

from __future__ import annotations

import json
import time
import uuid

from archive import File
from components import Component
from release import HOMEPAGE, SUMMARY, Release


def name(release: Release) -> str:
    return f"requisite-{release.version}-{release.target.machine}-linux.cdx.json"


def make(release: Release) -> File:
    program = f"requisite@{release.version}"
    document = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        # The same for the same program.
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, HOMEPAGE + release.program_digest)}",
        "version": 1,
        "metadata": {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(release.epoch)),
            "component": {
                "type": "application",
                "bom-ref": program,
                "name": "requisite",
                "version": release.version,
                "description": SUMMARY,
                "hashes": [{"alg": "SHA-256", "content": release.program_digest}],
                "licenses": [{"license": {"id": "Apache-2.0"}}],
                "purl": f"pkg:github/requisite-dev/requisite@{release.tag}",
                "externalReferences": [{"type": "vcs", "url": HOMEPAGE}],
            },
        },
        "components": [describe(component) for component in release.components],
        "dependencies": [
            {"ref": program, "dependsOn": [reference(c) for c in release.components]},
            *({"ref": reference(component)} for component in release.components),
        ],
    }
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    return File(name(release), text.encode())


def reference(component: Component) -> str:
    return f"{component.name}@{component.version}"


def describe(component: Component) -> dict:
    result = {
        "type": "library",
        "bom-ref": reference(component),
        "name": component.name,
        "version": component.version,
        "licenses": [license_choice(component.license)],
        "copyright": f"Copyright {component.copyright}",
        "externalReferences": [{"type": "website", "url": component.address}],
    }
    if component.purl:
        result["purl"] = component.purl
    return result


def license_choice(expression: str) -> dict:
    """One license by its identifier, several as an expression."""
    if " " in expression:
        return {"expression": expression}
    return {"license": {"id": expression}}

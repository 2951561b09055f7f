"""The contents of the repository requisite-pre-commit: hooks that install the wheel."""

from __future__ import annotations

import re

from archive import File
from release import HOMEPAGE, ROOT, Failure, Release
from wheel import NAME

FOLDER = "requisite-pre-commit"

PROJECT = '''\
[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"

[project]
name = "requisite-pre-commit"
version = "0.0.0"
dependencies = ["{name}=={version}"]

[tool.setuptools]
py-modules = []
'''

README = '''\
# requisite-pre-commit

Hooks for pre-commit and prek that install [Requisite]({homepage}) as a wheel, without a compiler.

```yaml
# .pre-commit-config.yaml
repos:
  - repo: {homepage}-pre-commit
    rev: {tag}
    hooks:
      - id: requisite
```

Tags of this repository are versions of Requisite. Its files are written by `.ci/release` there; change them in that
repository.

| hook | checks |
| --- | --- |
| `requisite` | changed requests. Files that no pack applies to are skipped |
| `requisite-packs` | tests rule packs, and checks all requests, when a pack, a schema or a configuration changes |

Arguments of your own go into `args`, which end with `--`: `args: [--fail-on, warning, --]`.
'''


def make(release: Release) -> list[File]:
    values = {"name": NAME, "version": release.version, "tag": release.tag, "homepage": HOMEPAGE}
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    files = {
        ".pre-commit-hooks.yaml": python_hooks(hooks),
        "pyproject.toml": PROJECT.format(**values),
        "README.md": README.format(**values),
        "LICENSE": (ROOT / "LICENSE").read_text("utf-8"),
    }
    return [File(f"{FOLDER}/{path}", text.encode()) for path, text in files.items()]


def python_hooks(text: str) -> str:
    """The hooks that build from source, as ones that install the wheel."""
    introduction, *hooks = re.split(r"^(?=- id: )", text, flags=re.M)
    kept = [hook for hook in hooks if re.search(r"^  language: swift$", hook, re.M)]
    if not kept:
        raise Failure(".pre-commit-hooks.yaml has no hook with language: swift")
    body = "".join(kept)
    # Hooks that are left out may define anchors that those kept refer to.
    for anchor in dict.fromkeys(re.findall(r": \*(\w+)$", body, re.M)):
        if f": &{anchor} " in body:
            continue
        definition = re.search(rf": &{anchor} .*", text)
        if not definition:
            raise Failure(f".pre-commit-hooks.yaml does not define &{anchor}")
        body = re.sub(rf": \*{anchor}$", lambda _: definition.group(), body, count=1, flags=re.M)
    result = introduction + body
    result = re.sub(r"^  language: swift$", "  language: python", result, flags=re.M)
    result = re.sub(r"^(- id: .*)-source$", r"\1", result, flags=re.M)
    return result.replace("; builds the tool from source", "").rstrip() + "\n"

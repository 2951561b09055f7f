"""Writes the files that the documentation shows: python3 .ci/integrations/snippets.py FOLDER

Those are blocks of code whose first line is a comment with the path of the file, such as `# azure-pipelines.yml`.
"""

from __future__ import annotations

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```(?:yaml|groovy)\n((?:#|//) ([\w./-]+)\n.*?)^```$", re.M | re.S)


def snippets() -> dict[str, str]:
    """The blocks, by the paths of their files; another one of the same path is in a folder of its page."""
    result = {}
    for page in [*sorted(ROOT.glob("Sources/*/*.docc/*.md")), ROOT / "README.md"]:
        for text, path in BLOCK.findall(page.read_text("utf-8")):
            while path in result:
                path = f"{page.stem}/{path}"
            result[path] = text
    return result


def main() -> None:
    for path, text in snippets().items():
        file = pathlib.Path(sys.argv[1]) / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        print(file)


if __name__ == "__main__":
    main()

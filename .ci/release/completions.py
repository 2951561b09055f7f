"""Completion scripts, which the program prints itself."""

from __future__ import annotations

from archive import File
from release import Release

# The names that the shells look for, in the folders of a prefix such as /usr.
PATHS = {
    "bash": "share/bash-completion/completions/requisite",
    "zsh": "share/zsh/{site}/_requisite",
    "fish": "share/fish/vendor_completions.d/requisite.fish",
}


def scripts(release: Release, site: str = "site-functions") -> list[File]:
    """A script for each shell. Debian's zsh reads those of packages in vendor-completions."""
    files = []
    for shell, path in PATHS.items():
        script = release.output("--generate-completion-script", shell)
        if script.startswith(b"#!"):
            # The shell reads the script; nobody runs it.
            script = script.partition(b"\n")[2]
        files.append(File(path.format(site=site), script))
    return files

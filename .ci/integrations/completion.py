"""Checks what bash, zsh and fish complete, each in a terminal.

    REQUISITE_BINARY=requisite python3 .ci/integrations/completion.py

A shell that is not installed is skipped.
"""

from __future__ import annotations

import os
import pathlib
import pty
import re
import select
import shutil
import subprocess
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ["REQUISITE_BINARY"]).resolve()

# Completions come from the real program; a line that is entered is shown as its arguments.
PROGRAM = """\
#!/bin/sh
case "$1" in ---completion) exec "$REQUISITE_BINARY" "$@" ;; esac
printf '[ran]'
for argument; do printf '<%s>' "$argument"; done
echo '[end]'
"""

PACK = r"""
requisite: 1
name: hostile
parameters:
  limit: {type: integer, default: 5}
  strict: {type: boolean, default: false}
  note: {type: string, default: 'it''s "~" \n; * #'}
  code: {type: string, default: '`touch executed`'}
rules:
  only:
    description: 'One: $(touch executed) `touch executed` %F{red} ''quoted'' \033[31m'
    tags: [plain, '$(touch executed)', '`touch executed`', 'a"b', "it's", "a\nb", "a\e[31mb"]
    given: $.value
    then: {maximum: {$param: limit}}
"""

# What is typed before the key, and what the program is to get.
CASES = {
    "a rule": ("explain aws-connect-chat/chat-duration-r", ["explain", "aws-connect-chat/chat-duration-range"]),
    "a code": ("explain argument/unknown-r", ["explain", "argument/unknown-rule"]),
    "a rule to suppress": ("ignore --rule aws-connect-chat/chat-duration-r", ["ignore", "--rule", "aws-connect-chat/chat-duration-range"]),
    "a rule to test": ("test hostile.yaml --rule hostile/o", ["test", "hostile.yaml", "--rule", "hostile/only"]),
    "a rule by its name": ("explain chat-duration-r", ["explain", "chat-duration-range"]),
    "a rule after an option with a file": (
        "test hostile.yaml --format json=out.json --rule hostile/o",
        ["test", "hostile.yaml", "--format", "json=out.json", "--rule", "hostile/only"],
    ),
    "a quoted word": ("test 'my pa", ["test", "my packs/one of (two).yaml"]),
    "a word with a backslash": ("test my\\ pa", ["test", "my packs/one of (two).yaml"]),
    "a path at home": (
        "check --pack ~/packs/on", {"zsh": lambda home: ["check", "--pack", f"{home}/packs/on"]},
        lambda home: ["check", "--pack", f"{home}/packs/one.yml"],
    ),
    "a folder": ("docs pac", ["docs", "packs/one.yml"]),
    "a tag": ("check --select dura", ["check", "--select", "duration"]),
    "a pack to select": ("check --ignore aws-connect-c", ["check", "--ignore", "aws-connect-chat"]),
    "the last of a list": ("check --select duration,embed", ["check", "--select", "duration,embedded-json"]),
    "a rule of a pack": ("check --pack hostile.yaml --select hostile/o", ["check", "--pack", "hostile.yaml", "--select", "hostile/only"]),
    "a built-in pack": ("check --pack aws", ["check", "--pack", "aws-connect-chat"]),
    "the file of a pack": ("check --pack host", ["check", "--pack", "hostile.yaml"]),
    "a file in a folder": ("docs packs/on", ["docs", "packs/one.yml"]),
    "a parameter": ("check --param aws-connect-chat.minD", ["check", "--param", "aws-connect-chat.minDurationMinutes=60"]),
    "a parameter of a pack": ("check --pack hostile.yaml --param hostile.l", ["check", "--pack", "hostile.yaml", "--param", "hostile.limit=5"]),
    "a format": ("check --format sari", ["check", "--format", "sarif"]),
    "a format of tests": ("test --format jun", ["test", "--format", "junit"]),
    "a file after a format": ("check --format sarif=packs/on", ["check", "--format", "sarif=packs/one.yml"]),
    "a schema": ("schema conf", ["schema", "config"]),
    "a topic": ("list exi", ["list", "exit-codes"]),
    "a value": (
        "check --pack hostile.yaml --param hostile.n",
        ["check", "--pack", "hostile.yaml", "--param", r'''hostile.note="it's \"~\" \\n; * #"'''],
    ),
    "a list with code in it": ("check --pack hostile.yaml --select ", ["check", "--pack", "hostile.yaml", "--select"]),
    # Bash would insert it as it is; the others quote it.
    "a value that is code": (
        "check --pack hostile.yaml --param hostile.c",
        {"bash": ["check", "--pack", "hostile.yaml", "--param", "hostile.c"]},
        ["check", "--pack", "hostile.yaml", "--param", 'hostile.code="`touch executed`"'],
    ),
    "a tag that is code": (
        "check --pack hostile.yaml --select '$(",
        {"bash": []}, ["check", "--pack", "hostile.yaml", "--select", "$(touch executed)"],
    ),
    "nothing": ("explain no-such-rule", ["explain", "no-such-rule"]),
}


SHELLS = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "--interactive"],
}


class Terminal:
    """A shell in a terminal of 80 columns, in a folder with packs."""

    def __init__(self, shell: str, folder: pathlib.Path):
        environment = {
            "PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "HOME": str(folder), "TERM": "xterm",
            "REQUISITE_BINARY": str(BINARY), "LC_ALL": "C.UTF-8",
        }
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.chdir(folder)
            os.execvpe(SHELLS[shell][0], SHELLS[shell], environment)
        for line in SETTINGS[shell]:
            self.enter(f"{line.format(folder=folder)}; echo rea''dy")
            self.read_to("ready")

    def enter(self, text: str):
        os.write(self.terminal, text.encode() + b"\r")

    def read_to(self, text: str, seconds: float = 20) -> str:
        """What is printed until a text is, which may not come."""
        read, end = b"", time.monotonic() + seconds
        while text.encode() not in read and time.monotonic() < end:
            if select.select([self.terminal], [], [], 0.1)[0]:
                try:
                    read += os.read(self.terminal, 65536)
                except OSError:
                    break
        return read.decode("utf-8", "replace")

    def read_to_silence(self, begin: float = 5, silence: float = 0.25):
        """Reads what a shell prints of a key, until it has printed all of it."""
        while select.select([self.terminal], [], [], begin)[0]:
            if not os.read(self.terminal, 65536):
                break
            begin = silence

    def arguments(self, typed: str) -> list[str]:
        """What the program gets of a line that is typed, completed, and entered."""
        os.write(self.terminal, typed.encode())
        self.read_to_silence()
        os.write(self.terminal, b"\t")
        self.read_to_silence()
        self.enter("")
        _, ran, read = self.read_to("[end]", 3).partition("[ran]")
        if not ran:
            os.write(self.terminal, b"\x03")  # An open quote waits for its end.
            self.read_to_silence()
        read = read.partition("[end]")[0]
        return re.findall(r"<(.*?)>(?=<|$)", read.replace("\r", "").replace("\n", ""), re.S)

    def close(self):
        os.close(self.terminal)
        os.waitpid(self.process, 0)


SETTINGS = {
    "bash": ["bind 'set enable-bracketed-paste off'", "PS1='> '", "source {folder}/requisite.bash"],
    "zsh": ["PS1='> '; autoload -U compinit; compinit -u", "source {folder}/requisite.zsh"],
    "fish": ["source {folder}/requisite.fish"],
}


class Completion(unittest.TestCase):
    def complete_in(self, shell: str):
        if not shutil.which(shell):
            print(f"SKIPPED: {shell} is not installed", flush=True)
            self.skipTest(f"{shell} is not installed")
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        folder = pathlib.Path(scratch.name).resolve()
        for name in ("bin", "packs", "my packs"):
            (folder / name).mkdir()
        for name in ("hostile.yaml", "packs/one.yml", "my packs/one of (two).yaml"):
            (folder / name).write_text(PACK)
        (folder / "packs/other.txt").write_text("")
        (folder / "$(touch executed).yaml").write_text(PACK)
        (folder / "bin/requisite").write_text(PROGRAM)
        (folder / "bin/requisite").chmod(0o755)
        script = subprocess.run(
            [BINARY, "--generate-completion-script", shell], capture_output=True, check=True)
        (folder / f"requisite.{shell}").write_bytes(script.stdout)
        terminal = Terminal(shell, folder)
        try:
            for name, (typed, *special, expected) in CASES.items():
                for shells in special:
                    expected = shells.get(shell, expected)
                if callable(expected):
                    expected = expected(folder)
                with self.subTest(name, shell=shell):
                    self.assertEqual(terminal.arguments(f"requisite {typed}"), expected)
        finally:
            terminal.close()
        self.assertFalse((folder / "executed").exists(), "a candidate was executed")

    def test_bash(self):
        self.complete_in("bash")

    def test_zsh(self):
        self.complete_in("zsh")

    def test_fish(self):
        self.complete_in("fish")


if __name__ == "__main__":
    unittest.main()

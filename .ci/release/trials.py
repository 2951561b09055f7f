"""Tries the artifacts with the programs that users install and run them with.

The trials need a network, Debian's packages man-db, zsh, fish, lintian and
debootstrap, and root for debian11.
"""

from __future__ import annotations

import json
import os
import pathlib
import shlex
import shutil
import subprocess
import sys
import tempfile
import time

import pin
from release import ROOT, Failure, source_version

EXAMPLES = ROOT / "Rules/aws/connect/examples"
BROKEN, CLEAN = EXAMPLES / "missing-plain-text.json", EXAMPLES / "clean.json"
FINDING = ":8:3: error: SupportedMessagingContentTypes must contain text/plain"


class Trial:
    """A folder with artifacts, and a folder to try them in."""

    def __init__(self, artifacts: pathlib.Path, scratch: pathlib.Path):
        self.artifacts, self.scratch = artifacts.resolve(), scratch.resolve()

    def artifact(self, pattern: str) -> pathlib.Path:
        found = list(self.artifacts.glob(pattern))
        if len(found) != 1:
            raise Failure(f"{self.artifacts} has {len(found)} files {pattern}; expected one")
        return found[0]

    def run(self, *command, expect=0, contains="", cwd=None, env=None) -> tuple[str, float]:
        """Runs a command, prints it with its output and its time, and checks its exit code."""
        command = [str(word) for word in command]
        print("$", shlex.join(command), flush=True)
        start = time.monotonic()
        result = subprocess.run(
            command, cwd=cwd, env={**os.environ, "NO_COLOR": "1", **(env or {})}, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        elapsed = time.monotonic() - start
        lines = result.stdout.splitlines()
        for text in lines if len(lines) <= 12 else [*lines[:6], "...", *lines[-5:]]:
            print(f"  {text[:160]}")
        print(f"  exit code {result.returncode}, {elapsed:.2f} s", flush=True)
        if result.returncode != expect:
            raise Failure(f"exit code {result.returncode} where {expect} was expected")
        if contains not in result.stdout:
            raise Failure(f"the output does not contain {contains!r}")
        return result.stdout, elapsed

    def folder(self, name: str) -> pathlib.Path:
        """The path of a folder that does not exist, even after an earlier trial."""
        path = self.scratch / name
        shutil.rmtree(path, ignore_errors=True)
        return path

    def environment(self, name: str, *packages: str) -> pathlib.Path:
        """A fresh virtual environment; its folder of programs."""
        folder = self.scratch / name
        if not folder.exists():
            self.run(sys.executable, "-m", "venv", folder)
        if packages:
            pip = [folder / "bin/python", "-m", "pip", "install", "--quiet"]
            self.run(*pip, "--disable-pip-version-check", *packages)
        return folder / "bin"

    def check_program(self, *prefix) -> None:
        """Checks requests, tests the built-in pack, and writes SARIF."""
        run = lambda *arguments, **options: self.run(*prefix, *arguments, **options)
        run("--version", contains=source_version())
        run("check", CLEAN)
        run("check", "--format", "compact", BROKEN, expect=1, contains=FINDING)
        run("test", "aws-connect-chat")
        log = json.loads(run("check", "--quiet", "--format", "sarif", BROKEN, expect=1)[0])
        if log["version"] != "2.1.0" or not log["runs"][0]["results"]:
            raise Failure("the SARIF log has no results")


def checksums(trial: Trial) -> None:
    trial.run("sha256sum", "--check", "SHA256SUMS", cwd=trial.artifacts)


def tarball(trial: Trial) -> None:
    """Unpacked into a prefix, with manual pages that groff has no complaint about."""
    prefix = trial.folder("prefix")
    prefix.mkdir()
    trial.run("tar", "xzf", trial.artifact("*.tar.gz"), "--strip-components=1", "-C", prefix)
    trial.check_program(prefix / "bin/requisite")
    pages = sorted((prefix / "share/man/man1").iterdir())
    for page in pages:
        command = ["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", str(page)]
        result = subprocess.run(command, capture_output=True, text=True)
        if result.returncode != 0 or result.stderr:
            raise Failure(f"{shlex.join(command)}: {result.stderr}")
    print(f"  man --warnings: silent for {len(pages)} pages")
    script = prefix / "share/bash-completion/completions/requisite"
    trial.run("bash", "-c", f"source {shlex.quote(str(script))}; complete -p requisite")
    trial.run("zsh", "-n", prefix / "share/zsh/site-functions/_requisite")
    script = prefix / "share/fish/vendor_completions.d/requisite.fish"
    code = f"source {shlex.quote(str(script))}; complete -C 'requisite check --for'"
    path = f"{prefix / 'bin'}:{os.environ['PATH']}"
    trial.run("fish", "-c", code, env={"PATH": path}, contains="--format")


def reproducible(trial: Trial) -> None:
    """The same bytes in another folder, at another time, with other settings of the shell."""
    checkout, again = trial.folder("elsewhere"), trial.folder("again")
    trial.run("git", "-c", "safe.directory=*", "clone", "--quiet", ROOT, checkout)
    program = trial.scratch / "prefix/bin/requisite"
    if not program.exists():
        raise Failure("run the trial tarball first: this one takes its program")
    command = shlex.join([sys.executable, ".ci/release", "build", str(again), "--binary", str(program)])
    environment = {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    trial.run("bash", "-c", f"umask 077; exec {command}", cwd=checkout, env=environment)
    trial.run("diff", "--recursive", "--brief", trial.artifacts, again)


def wheel(trial: Trial) -> None:
    file = trial.artifact("*.whl")
    tools = trial.environment("wheel-tools", "twine", "auditwheel")
    trial.run(tools / "twine", "check", "--strict", file, contains="PASSED")
    trial.run(tools / "auditwheel", "show", file, contains="requires no external shared libraries")
    programs = trial.environment("wheel")
    pip = [programs / "python", "-m", "pip", "--disable-pip-version-check"]
    trial.run(*pip, "install", "--no-index", "--find-links", trial.artifacts, "requisite-lint")
    trial.check_program(programs / "requisite")
    code = "import requisite, sys; print(*requisite.check(sys.argv[1]))"
    trial.run(programs / "python", "-c", code, BROKEN, contains=FINDING)
    trial.run(*pip, "show", "--files", "requisite-lint", contains="bin/requisite")
    trial.run(*pip, "uninstall", "--yes", "requisite-lint")
    if (programs / "requisite").exists():
        raise Failure("uninstalling the wheel leaves the program behind")


def sbom(trial: Trial) -> None:
    """Against the published schema of CycloneDX."""
    programs = trial.environment("sbom", "cyclonedx-python-lib[json-validation]")
    code = (
        "import sys\n"
        "from cyclonedx.schema import SchemaVersion\n"
        "from cyclonedx.validation.json import JsonStrictValidator\n"
        "error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(open(sys.argv[1]).read())\n"
        "sys.exit(str(error) if error else 0)"
    )
    trial.run(programs / "python", "-c", code, trial.artifact("*.cdx.json"))


def deb(trial: Trial) -> None:
    trial.run("lintian", "--fail-on", "error,warning,info", "--display-info", trial.artifact("*.deb"))


def debian11(trial: Trial) -> None:
    """The Debian package and the wheel on Debian 11, which has Python 3.9 and glibc 2.31."""
    root = trial.scratch / "debian11"
    if not root.exists():
        trial.run("debootstrap", "--variant=minbase", "bullseye", root)
    folder = root / "tmp/release"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for file in [trial.artifact("*.deb"), trial.artifact("*.whl"), CLEAN, BROKEN]:
        shutil.copy(file, folder)
    inside = lambda path: "/tmp/release/" + path.name
    chroot = ["chroot", root, "env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8"]
    trial.run("mount", "--bind", "/proc", root / "proc")
    try:
        packages = ["python3-venv", "man-db", "bash-completion"]
        trial.run(*chroot, "apt-get", "update")
        trial.run(*chroot, "apt-get", "install", "-y", "--no-install-recommends", *packages)
        trial.run(*chroot, "apt-get", "install", "-y", inside(trial.artifact("*.deb")))
        trial.run(*chroot, "dpkg", "--verify", "requisite")
        trial.run(*chroot, "man", "-w", "requisite-check")
        script = "source /usr/share/bash-completion/bash_completion && _completion_loader requisite"
        # The loader returns 124, which makes the shell try again; 'complete' shows what it has loaded.
        trial.run(*chroot, "bash", "-c", f"{script}; complete -p requisite", contains="-F ")
        check_inside(trial, chroot, "requisite")
        trial.run(*chroot, "apt-get", "remove", "-y", "requisite")
        trial.run(*chroot, "python3", "-m", "venv", "--clear", "/tmp/venv")
        pip = [*chroot, "/tmp/venv/bin/python", "-m", "pip"]
        trial.run(*pip, "--version")
        trial.run(*pip, "install", "--no-index", "--find-links", "/tmp/release", "requisite-lint")
        check_inside(trial, chroot, "/tmp/venv/bin/requisite")
        code = "import requisite, sys; print(*requisite.check(sys.argv[1]))"
        trial.run(*chroot, "/tmp/venv/bin/python", "-c", code, inside(BROKEN), contains=FINDING)
    finally:
        trial.run("umount", root / "proc")


def check_inside(trial: Trial, chroot: list, program: str) -> None:
    broken, clean = (f"/tmp/release/{path.name}" for path in (BROKEN, CLEAN))
    trial.run(*chroot, program, "--version", contains=source_version())
    trial.run(*chroot, program, "check", clean)
    trial.run(*chroot, program, "check", "--format", "compact", broken, expect=1, contains=FINDING)
    trial.run(*chroot, program, "test", "aws-connect-chat")
    sarif = [program, "check", "--quiet", "--format", "sarif", broken]
    trial.run(*chroot, *sarif, expect=1, contains='"version": "2.1.0"')


def pins(trial: Trial) -> None:
    """The action and the GitLab component install this wheel."""
    pin.check(trial.artifacts)
    print("  they have the hash of the wheel")


TRIALS = {
    function.__name__: function
    for function in (checksums, tarball, reproducible, wheel, sbom, deb, debian11)
}


def run(artifacts: str, scratch: str | None, names: list[str]) -> None:
    """Runs trials by their names, or all."""
    import hook_trials

    trials = {**TRIALS, **hook_trials.TRIALS, "pins": pins}
    for name in names:
        if name not in trials:
            raise Failure(f"no trial {name}; there are: {', '.join(trials)}")
    temporary = None if scratch else tempfile.mkdtemp(prefix="requisite-trial-")
    trial = Trial(pathlib.Path(artifacts), pathlib.Path(scratch or temporary))
    trial.scratch.mkdir(parents=True, exist_ok=True)
    try:
        for name in names or trials:
            print(f"\n== {name}", flush=True)
            trials[name](trial)
    finally:
        if temporary:
            shutil.rmtree(temporary, ignore_errors=True)

"""Tries the hooks of the mirror repository with pre-commit and prek, without Swift on PATH."""

from __future__ import annotations

import pathlib
import shutil

from release import ROOT, Failure, source_version
from trials import BROKEN, CLEAN, FINDING, Trial

# What hooks may call. There is no swift among them.
PROGRAMS = [
    "basename", "bash", "cat", "cp", "dirname", "env", "git", "grep", "mkdir", "mv", "rm", "sed", "sh", "uname",
    "xargs",
]

CONFIG = """\
repos:
  - repo: {mirror}
    rev: v{version}
    hooks:
      - id: requisite
"""


def pre_commit(trial: Trial) -> None:
    programs = trial.environment("pre-commit", "pre-commit")
    try_hooks(trial, "pre-commit", programs / "pre-commit", "PRE_COMMIT_HOME")


def prek(trial: Trial) -> None:
    programs = trial.environment("prek", "prek", "uv")
    try_hooks(trial, "prek", programs / "prek", "PREK_HOME")


def try_hooks(trial: Trial, name: str, program: pathlib.Path, home: str) -> None:
    folder = trial.folder(f"{name}-trial")
    path = folder / "bin"
    path.mkdir(parents=True)
    for tool in PROGRAMS:
        (path / tool).symlink_to(shutil.which(tool))
    for tool in ["python3", "uv"]:
        if (program.parent / tool).exists():
            (path / tool).symlink_to(program.parent / tool)
    git_config = folder / "gitconfig"
    git_config.write_text("[user]\n  name = Somebody\n  email = somebody@example.com\n")
    environment = {
        "PATH": str(path),
        "GIT_CONFIG_GLOBAL": str(git_config),
        "PIP_FIND_LINKS": str(trial.artifacts),
        "UV_FIND_LINKS": str(trial.artifacts),
        "UV_CACHE_DIR": str(folder / "uv-cache"),
        home: str(folder / "home"),
    }
    run = lambda *command, **options: trial.run(*command, env=environment, **options)

    mirror = folder / "mirror"
    shutil.copytree(trial.artifact("requisite-pre-commit"), mirror)
    for arguments in [["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "-m", "Mirror"]]:
        run("git", *arguments, cwd=mirror)
    run("git", "tag", f"v{source_version()}", cwd=mirror)

    project = folder / "project"
    (project / "requests").mkdir(parents=True)
    config = project / ".pre-commit-config.yaml"
    config.write_text(CONFIG.format(mirror=mirror, version=source_version()))
    shutil.copy(BROKEN, project / "requests/chat.json")
    (project / "settings.json").write_text('{"strict": true}\n')
    run("git", "init", "--quiet", cwd=project)
    run("git", "add", "--all", cwd=project)

    if shutil.which("swift", path=str(path)):
        raise Failure("swift is on PATH")
    install = "install-hooks" if name == "pre-commit" else "prepare-hooks"
    _, preparation = run(program, install, cwd=project)
    every = [program, "run", "--all-files"]
    run(*every, cwd=project, expect=1, contains=f"requests/chat.json{FINDING}")
    shutil.copy(CLEAN, project / "requests/chat.json")
    run("git", "add", "--all", cwd=project)
    _, check = run(*every, cwd=project, contains="Passed")

    hooks = [ROOT / ".ci/check-hooks", folder / "hooks", program, mirror, f"v{source_version()}"]
    run(*hooks, "requisite", "requisite-packs", contains="all cases hold")
    print(f"  environment: {preparation:.1f} s (at most 10); run: {check:.2f} s (at most 0.5)")


TRIALS = {"pre-commit": pre_commit, "prek": prek}

"""Checks the action, the GitLab component and the hooks, without a network.

    REQUISITE_BINARY=requisite python3 .ci/integrations/tests.py

The scripts of both run as they do there, with the inputs in their environment. They install a wheel with a
program that notes its arguments and then runs the real one. Needs python3 with pip and bash.
"""

from __future__ import annotations

import hashlib
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import textwrap
import unittest
import xml.etree.ElementTree
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from snippets import snippets

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGES = ROOT / "Sources/requisite/Documentation.docc"
EXAMPLES = ROOT / "Rules/aws/connect/examples"
BINARY = pathlib.Path(os.environ["REQUISITE_BINARY"]).resolve()
VERSION = subprocess.run([BINARY, "--version"], capture_output=True, text=True, check=True).stdout.strip()

PROGRAM = """\
#!/bin/sh
for argument; do printf '%s\\n' "$argument"; done > "$ARGUMENTS"
exec "$REQUISITE_BINARY" "$@"
"""


def block(text: str, key: str) -> str:
    """The literal block behind a line that ends with a key."""
    match = re.search(rf"^( *){re.escape(key)} \|\n((?:\1  .*\n|\n)+)", text, re.M)
    return textwrap.dedent(match.group(2))


def inputs(text: str) -> dict[str, str]:
    """The inputs of a file with their defaults."""
    found = re.findall(r"^ +([\w-]+):\n +description: (?:.*\n(?: {8,}.*\n)*)? +default: (.*)\n", text, re.M)
    return {name: default.strip("'") for name, default in found}


class Integration(unittest.TestCase):
    """A folder with a wheel, and a project to check."""

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.scratch = pathlib.Path(scratch.name)
        self.project = self.scratch / "project"
        self.project.mkdir()
        self.arguments = self.scratch / "arguments"
        wheel = self.scratch / f"requisite_lint-{VERSION}-py3-none-any.whl"
        information = f"requisite_lint-{VERSION}.dist-info"
        with zipfile.ZipFile(wheel, "w") as archive:
            script = zipfile.ZipInfo(f"requisite_lint-{VERSION}.data/scripts/requisite")
            script.external_attr = 0o100755 << 16
            archive.writestr(script, PROGRAM)
            archive.writestr(
                f"{information}/METADATA", f"Metadata-Version: 2.1\nName: requisite-lint\nVersion: {VERSION}\n")
            archive.writestr(f"{information}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            archive.writestr(f"{information}/RECORD", "")
        # What an installation would make, for tests of what comes after it.
        self.installed = self.scratch / "installed"
        (self.installed / "bin").mkdir(parents=True)
        program = self.installed / "bin/requisite"
        program.write_text(PROGRAM)
        program.chmod(0o755)
        self.digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        # Programs besides these have to work without the settings of who runs the tests.
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
        self.environment = {
            **kept,
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.scratch),
            "ARGUMENTS": str(self.arguments),
            "REQUISITE_BINARY": str(BINARY),
            "TMPDIR": str(self.scratch),
        }

    def git(self, *arguments: str, folder: pathlib.Path | None = None) -> str:
        command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.com", *arguments]
        return subprocess.run(
            command, cwd=folder or self.project, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()

    def commit(self) -> str:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message=A")
        return self.git("rev-parse", "HEAD")

    def bash(self, script: str, environment: dict[str, str]) -> subprocess.CompletedProcess:
        command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script]
        return subprocess.run(
            command, env=environment, cwd=self.project, capture_output=True, text=True, stdin=subprocess.DEVNULL)

    def copy(self, example: str, path: str):
        (self.project / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(EXAMPLES / example, self.project / path)

    def passed(self) -> list[str]:
        """The arguments that the program got, without the one that every run has."""
        lines = self.arguments.read_text().split("\n")[:-1]
        self.assertEqual(sum(line.startswith("--files-from=") for line in lines), 1)
        return [line for line in lines if not line.startswith("--files-from=")]

    def assertPaths(self, expected: list[str]):
        path = next(
            line.partition("=")[2] for line in self.arguments.read_text().split("\n") if line.startswith("--files-from="))
        self.assertEqual(pathlib.Path(path).read_text().split(), expected)


class ActionTests(Integration):
    TEXT = (ROOT / "action.yml").read_text()

    def run_action(self, cwd: str = ".", install: bool = False, **given: str) -> subprocess.CompletedProcess:
        """Runs the steps, or all but the installation, with some inputs; the rest has its defaults."""
        values = {**inputs(self.TEXT), "sha256": self.digest}
        for name, value in given.items():
            self.assertIn(name := name.replace("_", "-"), values)
            values[name] = value
        self.output, self.summary = self.scratch / "output", self.scratch / "summary"
        self.output.write_text("")
        self.arguments.unlink(missing_ok=True)
        runner = {
            **self.environment,
            "GITHUB_ACTIONS": "true",
            "GITHUB_OUTPUT": str(self.output),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "RUNNER_OS": "Linux",
            "RUNNER_TEMP": str(self.scratch),
        }
        steps = [step for step in self.TEXT.split("\n    - name: ")[1:] if "\n      run: |" in step]
        self.assertEqual(len(steps), 2)
        if not install:
            self.output.write_text(f"program={self.installed / 'bin/requisite'}\n")
        for step in steps if install else steps[1:]:
            env = re.findall(r"^        (\w+): \$\{\{ inputs\.([\w-]+) \}\}$", step, re.M)
            environment = {**runner, **{variable: values[name] for variable, name in env}}
            if "PROGRAM: ${{ steps.install.outputs.program }}" in step:
                environment["PROGRAM"] = self.outputs()["program"]
            result = self.bash(f"cd {cwd}\n{block(step, 'run:')}", environment)
            if result.returncode != 0:
                return result
        return result

    def outputs(self) -> dict[str, str]:
        return dict(line.split("=", 1) for line in self.output.read_text().splitlines())

    def test_installs_the_wheel_with_the_hash_only(self):
        self.copy("clean.json", "clean.json")
        other = hashlib.sha256(b"").hexdigest()
        result = self.run_action(install=True)
        self.assertEqual((result.returncode, self.outputs()["exit-code"]), (0, "0"), result.stderr)
        self.assertEqual(self.run_action(install=True, sha256=f"{other}\n{self.digest}\n").returncode, 0)
        for given in [
            {"sha256": other}, {"sha256": ""}, {"sha256": "\n"}, {"sha256": self.digest[:-1]},
            {"sha256": f"{self.digest} --index-url=x"}, {"version": "9.9.9"}, {"version": ""},
            {"version": f"{VERSION}\n-r x"}, {"version": "$(touch ran)"},
        ]:
            result = self.run_action(install=True, **given)
            self.assertNotEqual(result.returncode, 0, given)
            self.assertFalse(self.arguments.exists(), given)
            self.assertIn("::error title=Requisite::", result.stdout, given)
        self.assertFalse((self.project / "ran").exists())

    def test_arguments(self):
        self.copy("clean.json", "clean.json")
        usual = ["check", "--skip-unmatched", "--annotations=auto", "--step-summary"]
        cases = [
            ({}, usual),
            ({"fail_on": "warning"}, ["check", "--fail-on=warning", *usual[1:]]),
            ({"annotations": "false", "summary": "false", "skip_unmatched": "false"}, ["check"]),
            ({"packs": "aws-connect-chat\n\naws-connect-chat\r\n"},
             ["check", "--pack=aws-connect-chat", "--pack=aws-connect-chat", *usual[1:]]),
            ({"args": "--show-values\nnever\n--quiet\n"}, [*usual, "--show-values", "never", "--quiet"]),
            ({"args": "--"}, [*usual, "--"]),
            ({"sarif_file": "a b.sarif"},
             [*usual, "--format=text", f"--format=sarif={self.project.resolve()}/a b.sarif"]),
        ]
        for given, expected in cases:
            result = self.run_action(**given)
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertEqual(self.passed(), expected)
        self.run_action(since="main")
        self.assertEqual(self.passed(), ["check", "--since=main", *usual[1:]])
        self.run_action(config="-c\n")
        self.assertEqual(self.passed(), ["check", "--config=-c", *usual[1:]])

    def test_refuses_other_values(self):
        for given in [{"summary": "yes"}, {"upload_sarif": ""}, {"sarif_file": "a\nexit-code=0"}]:
            result = self.run_action(**given)
            self.assertEqual(result.returncode, 2)
            self.assertIn("::error title=Requisite::", result.stdout)
            self.assertFalse(self.arguments.exists())

    def test_no_input_is_code_or_an_option(self):
        hostile = "$(touch ran)`touch ran`;touch ran"
        for name in ["paths", "packs", "config", "fail_on", "since", "args", "sarif_file", "version", "sha256"]:
            self.assertNotEqual(self.run_action(install=name in ("version", "sha256"), **{name: hostile}).returncode, 0, name)
            self.assertEqual(list(self.project.rglob("ran")), [], name)
        self.copy("missing-plain-text.json", "--fail-on=never")
        self.assertEqual(self.run_action(paths="--fail-on=never").returncode, 1)
        self.assertIn("--fail-on=never:8:3: error: ", self.run_action(paths="--fail-on=never").stdout)

    def test_findings_are_shown(self):
        self.copy("missing-plain-text.json", "requests/two words.json")
        self.copy("missing-plain-text.json", "requests/größe.json")
        (self.project / "requests/package.json").write_text('{"name": "p"}')
        result = self.run_action(paths="requests/two words.json\nrequests/größe.json\nrequests/package.json", upload_sarif="true")
        self.assertEqual(result.returncode, 1)
        self.assertPaths(["requests/two", "words.json", "requests/größe.json", "requests/package.json"])
        self.assertIn("requests/two words.json:8:3: error: ", result.stdout)
        self.assertIn("::error file=requests/two words.json,line=8,", result.stderr)
        self.assertIn("1 file skipped that no pack fits", result.stderr)
        self.assertIn("### Requisite: 2 errors in 2 files", self.summary.read_text())
        outputs = self.outputs()
        self.assertEqual(outputs["exit-code"], "1")
        log = json.loads(pathlib.Path(outputs["sarif-file"]).read_text())
        self.assertEqual(len(log["runs"][0]["results"]), 2)
        self.assertEqual(self.run_action(fail_on="never").returncode, 0)

    def test_new_findings_only(self):
        self.copy("missing-plain-text.json", "requests/old.json")
        self.git("init", "--quiet")
        base = self.commit()
        self.copy("missing-plain-text.json", "requests/new.json")
        self.commit()
        result = self.run_action(since=base)
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertIn("requests/new.json:8:3: error: ", result.stdout)
        self.assertNotIn("requests/old.json", result.stdout + result.stderr)
        self.assertEqual(self.run_action(since="HEAD").returncode, 0)
        shallow = self.scratch / "shallow"
        self.git("clone", "--quiet", "--depth=1", self.project.as_uri(), str(shallow))
        result = self.run_action(cwd=str(shallow), since=base)
        self.assertEqual(result.returncode, 2)
        self.assertIn("git fetch", result.stderr)

    def test_working_directory(self):
        self.copy("missing-plain-text.json", "service/requests/chat.json")
        self.copy("missing-plain-text.json", "other.json")
        result = self.run_action(cwd="service", sarif_file="log.sarif")
        self.assertIn("1 error in 1 file", result.stderr)
        self.assertEqual(self.outputs()["sarif-file"], str(self.project.resolve() / "service/log.sarif"))

    def test_log_is_known_without_its_time(self):
        program = self.installed / "bin/requisite"
        program.write_text(PROGRAM.replace("exec ", "") + 'status=$?\ntouch -d @0 log.sarif\nexit "$status"\n')
        self.copy("missing-plain-text.json", "chat.json")
        (self.project / "log.sarif").write_text("{}")
        for _ in range(2):
            self.assertEqual(self.run_action(paths="chat.json", sarif_file="log.sarif").returncode, 1)
            self.assertEqual(self.outputs()["sarif-file"], str(self.project.resolve() / "log.sarif"))

    def test_log_of_an_earlier_run_is_not_uploaded(self):
        (self.project / "log.sarif").write_text("{}")
        self.assertEqual(self.run_action(paths="missing.json", args="--bogus", sarif_file="log.sarif").returncode, 2)
        self.assertEqual(self.outputs()["exit-code"], "2")
        self.assertNotIn("sarif-file", self.outputs())


class ComponentTests(Integration):
    TEXT = (ROOT / "templates/requisite.yml").read_text()

    def run_component(
        self, variables: dict[str, str] = {}, install: bool = False, **given: str
    ) -> subprocess.CompletedProcess:
        header, _, job = self.TEXT.partition("---\n")
        values = {**inputs(header), "sha256": self.digest}
        for name, value in given.items():
            self.assertIn(name := name.replace("_", "-"), values)
            values[name] = value
        self.arguments.unlink(missing_ok=True)
        found = re.findall(r"^    (INPUT_\w+):\n      value: \$\[\[ inputs\.([\w-]+) \]\]\n      expand: false$", job, re.M)
        environment = {**self.environment, **variables, **{name: values[key] for name, key in found}}
        script = job.partition("  script:\n")[2].partition("  artifacts:\n")[0]
        blocks = [textwrap.dedent(part) for part in script.split("    - |\n")[1:]]
        self.assertEqual(len(blocks), 2)
        if not install:
            blocks[0] = f"folder={self.installed}\n"
        # Images without bash have another shell.
        return subprocess.run(
            ["sh", "-e", "-c", "\n".join(blocks)], env=environment, cwd=self.project, capture_output=True,
            text=True, stdin=subprocess.DEVNULL)

    def test_installs_the_wheel_with_the_hash_only(self):
        self.copy("clean.json", "clean.json")
        other = hashlib.sha256(b"").hexdigest()
        self.assertEqual(self.run_component(install=True, sha256=f"{other}\n {self.digest}\n").returncode, 0)
        for given in [{"sha256": other}, {"sha256": ""}, {"version": "9.9.9"}, {"version": "$(touch ran)"}]:
            self.assertNotEqual(self.run_component(install=True, **given).returncode, 0, given)
            self.assertFalse(self.arguments.exists(), given)
        self.assertFalse((self.project / "ran").exists())

    def test_arguments(self):
        self.copy("clean.json", "clean.json")
        usual = [
            "check", "--skip-unmatched", "--format=text", "--format=gitlab=gl-code-quality-report.json",
            "--format=junit=requisite-junit.xml",
        ]
        cases = [
            ({}, usual),
            ({"packs": "aws-connect-chat\n\naws-connect-chat\n"}, [*usual, *["--pack=aws-connect-chat"] * 2]),
            ({"args": "--show-values\nnever", "fail_on": "warning"},
             [*usual, "--fail-on=warning", "--show-values", "never"]),
            ({"args": "--"}, [*usual, "--"]),
            ({"since": "merge-request"}, usual),
        ]
        for given, expected in cases:
            result = self.run_component(**given)
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertEqual(self.passed(), expected)
        self.run_component({"CI_MERGE_REQUEST_DIFF_BASE_SHA": "abc"}, since="merge-request")
        self.assertEqual(self.passed(), [*usual, "--since=abc"])

    def test_no_input_is_code_or_an_option(self):
        hostile = "$(touch ran)`touch ran`;touch ran"
        for name in ["paths", "packs", "config", "fail_on", "since", "args", "version", "sha256"]:
            install = name in ("version", "sha256")
            self.assertNotEqual(self.run_component(install=install, **{name: hostile}).returncode, 0, name)
            self.assertEqual(list(self.project.rglob("ran")), [], name)

    def test_image_has_git(self):
        # A job with since needs Git; slim images and those of Alpine lack it.
        used = [inputs(self.TEXT.partition("---\n")[0])["image"], *re.findall(r"^ +image: (\S+)$", snippets()[".gitlab-ci.yml"], re.M)]
        for image in used:
            self.assertRegex(image, r"^python:3\.\d+$")

    def test_findings_are_in_both_reports(self):
        self.copy("missing-plain-text.json", "requests/-a 'b' \"c\".json")
        result = self.run_component(paths="requests")
        self.assertEqual(result.returncode, 1, result.stderr)
        artifacts = dict(re.findall(r"^      (codequality|junit): (.*)$", self.TEXT, re.M))
        (issue,) = json.loads((self.project / artifacts["codequality"]).read_text())
        self.assertEqual(issue["location"]["path"], "requests/-a 'b' \"c\".json")
        suite = xml.etree.ElementTree.parse(self.project / artifacts["junit"]).getroot()
        self.assertEqual(len(suite.findall(".//failure")), 1)


class SnippetTests(Integration):
    """The commands of the files that the page shows."""

    PAGE = (PAGES / "CI-Systems.md").read_text()

    def commands(self, section: str) -> list[list[str]]:
        text = self.PAGE.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
        code = "".join(re.findall(r"^```\w+\n(.*?)^```$", text, re.M | re.S))
        code = re.sub(r"\n +--", " --", code).replace("$BITBUCKET_PR_DESTINATION_BRANCH", "main")
        found = [shlex.split(command) for command in re.findall(r"\brequisite\"? (check [^\n|']*)", code)]
        self.assertTrue(found, section)
        return found

    def run_command(self, arguments: list[str]) -> subprocess.CompletedProcess:
        environment = {**self.environment, "TF_BUILD": "True"}
        return subprocess.run(
            [BINARY, *arguments], env=environment, cwd=self.project, capture_output=True, text=True,
            stdin=subprocess.DEVNULL)

    def test_commands_run(self):
        self.copy("missing-plain-text.json", "requests/chat.json")
        self.git("init", "--quiet")
        self.commit()
        self.git("update-ref", "refs/remotes/origin/main", "HEAD")
        cases = {
            "Jenkins": (0, "requisite.xml"), "Azure Pipelines": (1, "requisite.sarif"),
            "CircleCI": (1, "test-results/requisite.xml"), "Bitbucket Pipelines": (1, "test-results/requisite.xml"),
            "reviewdog": (0, None), "MegaLinter": (1, None),
        }
        for section, (code, file) in cases.items():
            for arguments in self.commands(section):
                # Nothing is new since the same commit.
                expected = 0 if "--since" in arguments else code
                if file:
                    (self.project / file).unlink(missing_ok=True)
                result = self.run_command(arguments)
                self.assertEqual(result.returncode, expected, f"{section}: {result.stderr}")
                if file and file.endswith(".xml"):
                    report = xml.etree.ElementTree.parse(self.project / file)
                    found = [*report.iter("error"), *report.iter("failure")]
                    self.assertEqual(len(found), 0 if "--since" in arguments else 1, section)
                elif file:
                    self.assertEqual(json.loads((self.project / file).read_text())["version"], "2.1.0")
                    self.assertIn("##vso[task.logissue type=error;sourcepath=requests/chat.json;", result.stderr)
                elif section == "reviewdog":
                    (diagnostic,) = json.loads(result.stdout)["diagnostics"]
                    self.assertTrue(diagnostic["suggestions"])

    def test_workflows_run_once_for_a_commit(self):
        workflows = {path: text for path, text in snippets().items() if ".github/workflows/" in path}
        self.assertIn("README/.github/workflows/requests.yml", workflows)
        for path, text in workflows.items():
            events = re.search(r"^on:(.*\n(?: +.*\n)*)", text, re.M)[1]
            self.assertIn("pull_request", events, path)
            if "push" in events:
                self.assertIn("\n  push: { branches: [main] }\n", events, path)
            # A push has no base, so that everything would be reported.
            if "since:" in text:
                self.assertNotIn("push", events, path)

    def test_files_are_shown(self):
        expected = {
            ".github/workflows/requests.yml", ".gitlab-ci.yml", "Jenkinsfile", "azure-pipelines.yml",
            ".circleci/config.yml", "bitbucket-pipelines.yml", ".mega-linter.yml", ".pre-commit-config.yaml",
        }
        self.assertLessEqual(expected, set(snippets()))


class HookTests(unittest.TestCase):
    TEXT = (ROOT / ".pre-commit-hooks.yaml").read_text()

    def hooks(self) -> dict[str, str]:
        return {hook.partition("\n")[0]: hook for hook in self.TEXT.split("\n- id: ")[1:]}

    def test_arguments_end_with_two_hyphens(self):
        for id, hook in self.hooks().items():
            self.assertIn("\n  args: ['--']\n", hook, id)
            self.assertIn("\n  require_serial: true\n", hook, id)

    def pattern(self, id: str, key: str) -> str:
        """A pattern of a hook, which may be that of an anchor."""
        hook = self.hooks()[id]
        if anchor := re.search(rf"^  {key}: \*(\w+)$", hook, re.M):
            return re.search(rf": &{anchor[1]} '(.*)'$", self.TEXT, re.M)[1]
        return re.search(rf"^  {key}: (?:&\w+ )?'(.*)'$", hook, re.M)[1]

    def check_files(self, id: str, read: list[str], others: list[str]):
        files, exclude = (self.pattern(id, key) for key in ("files", "exclude"))
        for path in read + others:
            is_read = bool(re.search(files, path) and not re.search(exclude, path))
            self.assertEqual(is_read, path in read, path)

    def test_files_of_requests(self):
        for id in ["requisite-source", "requisite-system"]:
            self.check_files(
                id,
                ["requests/a.json", "a/request/b/c.JSON", "Requests/a.yaml.gz", "request.json", "a/requests.ndjson.gz",
                 "chat-request.yaml", "chat_requests.jsonl", "v1.request.yml", "start-chat.json", "a/start_chat-2.yml",
                 "StartChat.yaml", "-start-chat.json", "requests/two words.json", "requests/line\nfeed.json",
                 "requests/package.json"],
                ["a.json", "package.json", "tsconfig.json", "a.jsonl", "a.yaml", "prequest.json", "requested.json",
                 "my.requests/a.json", "start/chat.json", ".github/requests/a.yml", "a/.b/requests/c.json",
                 ".start-chat.json", "requests/.a.json", "node_modules/requests/a.json", "a/node_modules/b/request.json",
                 "requests/README.md", "requests/a.json.txt", "requests/a.json\n", "requests/a.jsonc", "requests",
                 ".requisite.yaml"])

    def test_files_of_packs(self):
        self.check_files(
            "requisite-packs",
            [".requisite.yaml", "a/.requisite.yml", ".requisite-ignore.yaml", ".requisite-baseline.jsonl", "acme-chat.yaml",
             "rules/a.yml", "chat.schema.json", "schemas/chat.json", "model/v1/chat.json", "chat-model.v2.json"],
            ["a.json", "requests/a.json", ".github/workflows/ci.yml", "node_modules/a/b.yaml", "README.md",
             ".pre-commit-config.yaml", "a/.b/c.yaml"])


class CommentTests(Integration):
    def test_example_of_the_page(self):
        section = (PAGES / "Suppressions.md").read_text().partition("\n## Comments in YAML requests\n")[2]
        request = re.search(r"^```yaml\n(.*?)^```$", section, re.M | re.S)[1]
        command, summary = re.search(r"^requisite (check .*?) +# (.*)$", section, re.M).groups()
        path = self.project / shlex.split(command)[-1]
        path.parent.mkdir()
        # Before the last day of its comments.
        environment = {**self.environment, "SOURCE_DATE_EPOCH": "1790000000"}
        for text, code, expected in [(request, 0, summary), (re.sub(" *#.*", "", request), 1, "2 errors in 1 file")]:
            path.write_text(text)
            result = subprocess.run(
                [BINARY, *shlex.split(command)], env=environment, cwd=self.project, capture_output=True, text=True)
            self.assertEqual((result.returncode, result.stderr), (code, f"{expected}\n"))


class CompletionTests(Integration):
    def test_scripts_are_where_shells_look(self):
        page = (PAGES / "Installing.md").read_text()
        commands = page.partition("<!-- command: install completions -->\n```sh\n")[2].partition("```")[0]
        folder = self.scratch / "path"
        folder.mkdir()
        (folder / "requisite").symlink_to(BINARY)
        path = f"{folder}:{self.environment['PATH']}"
        result = self.bash(commands, {**self.environment, "PATH": path, "HOME": str(self.project)})
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        for path in [
            ".local/share/bash-completion/completions/requisite", ".zfunc/_requisite",
            ".config/fish/completions/requisite.fish",
        ]:
            self.assertIn("fail-on", (self.project / path).read_text(), path)


class PacksHookTests(Integration):
    def test_exit_code_is_that_of_the_program(self):
        entry = textwrap.dedent(re.search(r"^- id: requisite-packs\n(?:.*\n)*?  entry: \|\n((?:    .*\n)+)", HookTests.TEXT, re.M)[1])
        folder = self.scratch / "path"
        folder.mkdir()
        (folder / "requisite").symlink_to(BINARY)
        environment = {**self.environment, "PATH": f"{folder}:{self.environment['PATH']}"}
        self.git("init", "--quiet")
        pack = "requisite: 1\nname: p\nrules: { r: { then: { type: object }, examples: { pass: [EXAMPLE] } } }\n"
        for example, arguments, code in [("{}", [], 0), ("5", [], 1), ("{}", ["--min-score", "100"], 1), ("5", ["p.yaml"], 1)]:
            (self.project / "p.yaml").write_text(pack.replace("EXAMPLE", example))
            self.git("add", "--all")
            before, after = (arguments, []) if arguments[:1] == ["--min-score"] else ([], arguments)
            result = subprocess.run(
                [*shlex.split(entry), *before, "--", *after], env=environment, cwd=self.project, capture_output=True,
                text=True, stdin=subprocess.DEVNULL)
            self.assertIn(result.returncode, (0,) if code == 0 else (1, 2), result.stderr)


class PageTests(unittest.TestCase):
    def test_everything_is_documented(self):
        page = (PAGES / "CI-Systems.md").read_text()
        sections = {part.partition("\n")[0]: part for part in page.split("\n## ")}
        action, component = ActionTests.TEXT, ComponentTests.TEXT
        outputs = re.findall(r"^  ([\w-]+):$", action.partition("\noutputs:\n")[2].partition("\nruns:")[0], re.M)
        self.assertEqual(len(outputs), 3)
        for heading, names in [
            ("GitHub Actions", [*inputs(action), *outputs]), ("GitLab", inputs(component.partition("---\n")[0])),
        ]:
            rows = re.findall(r"^\| `([\w-]+)` \|", sections[heading], re.M)
            self.assertEqual(sorted(rows), sorted(names), heading)
        hooks = (PAGES / "Continuous-Integration.md").read_text().partition("## pre-commit\n")[2]
        for id in [*HookTests().hooks(), "requisite"]:
            self.assertIn(f"| `{id}` |", hooks)

    def test_inputs_reach_no_script(self):
        for step in ActionTests.TEXT.split("\n    - name: ")[1:]:
            if "run: |" in step:
                self.assertNotIn("${{", block(step, "run:"))
        script = ComponentTests.TEXT.partition("  script:\n")[2]
        self.assertTrue(script)
        self.assertNotIn("$[[", script)

    def test_both_install_one_version(self):
        action, component = inputs(ActionTests.TEXT), inputs(ComponentTests.TEXT)
        self.assertEqual(action["version"], VERSION)
        for name in ["version", "sha256"]:
            self.assertEqual(action[name], component[name])
        for path in ["CI-Systems.md", "Continuous-Integration.md", "Installing.md"]:
            pins = re.findall(r"(?:requisite@v|rev: v|requisite-lint==)([\d.]+)", (PAGES / path).read_text())
            self.assertEqual(set(pins), {VERSION}, path)


if __name__ == "__main__":
    unittest.main()

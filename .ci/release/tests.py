"""Checks what a release is made of, without a network: REQUISITE_BINARY=requisite python3 .ci/release/tests.py"""

from __future__ import annotations

import base64
import csv
import dataclasses
import hashlib
import io
import json
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tarfile
import tempfile
import time
import unittest
import zipfile
from unittest import mock

sys.path.insert(0, str(pathlib.Path(__file__).parent))
os.environ["SOURCE_DATE_EPOCH"] = "1700000001"

import artifacts
import components
import debian
import manual
import mirror
import pin
import program
import record
import release
import sbom
import tarball
import wheel
from release import ROOT, Failure, Release

BINARY = pathlib.Path(os.environ["REQUISITE_BINARY"])


def small_release() -> Release:
    """The release, with little to compress."""
    return dataclasses.replace(Release.of_checkout(BINARY), program=b"\x7fELF" + bytes(1000))


class ArtifactTests(unittest.TestCase):
    @unittest.skipUnless(shutil.which("dpkg-deb"), "there is no dpkg-deb")
    def test_bytes_depend_on_nothing_else(self):
        results = []
        for umask, zone, hour in [(0o022, "UTC", 0), (0o077, "Asia/Tokyo", 3600)]:
            with tempfile.TemporaryDirectory() as scratch, mock.patch.dict(os.environ, {"TZ": zone}):
                folder = pathlib.Path(scratch) / "dist"
                now = time.time() + hour
                previous = os.umask(umask)
                time.tzset()
                try:
                    with mock.patch("time.time", lambda: now), mock.patch("sys.stdout", io.StringIO()):
                        artifacts.make_all(small_release(), folder)
                finally:
                    os.umask(previous)
                results.append({
                    str(path.relative_to(folder)): (path.stat().st_mode, path.read_bytes())
                    for path in folder.rglob("*") if path.is_file()
                })
                self.check_sums(folder)
        time.tzset()
        self.assertEqual(results[0].keys(), results[1].keys())
        for path, content in results[0].items():
            self.assertEqual(content, results[1][path], path)

    def check_sums(self, folder: pathlib.Path):
        lines = (folder / "SHA256SUMS").read_text().splitlines()
        listed = dict(reversed(line.split("  ")) for line in lines)
        files = {path.name for path in folder.iterdir() if path.is_file()} - {"SHA256SUMS"}
        self.assertEqual(set(listed), files)
        for name, digest in listed.items():
            self.assertEqual(hashlib.sha256((folder / name).read_bytes()).hexdigest(), digest)
        (archive,) = folder.glob("*.tar.gz")
        for entry in ("requisite.rb", "mise.toml"):
            text = (folder / entry).read_text()
            self.assertIn(listed[archive.name], text)
            self.assertIn(f"/v{release.source_version()}/{archive.name}", text)

    def test_tarball(self):
        made = tarball.make(Release.of_checkout(BINARY))
        with tarfile.open(fileobj=io.BytesIO(made.data)) as tar:
            members = tar.getmembers()
            names = [member.name for member in members]
            self.assertEqual(names, sorted(names))
            for member in members:
                self.assertEqual((member.uid, member.gid, member.mtime), (0, 0, 1_700_000_001))
            folder = made.path[: -len(".tar.gz")]
            binary = tar.getmember(f"{folder}/bin/requisite")
            self.assertEqual(binary.mode, 0o755)
            self.assertEqual(tar.extractfile(binary).read(), BINARY.read_bytes())
            for path in ["LICENSE", "README.md", "licenses/glibc.txt", "share/man/man1/requisite.1",
                         "share/requisite/schemas/pack.schema.json",
                         "share/requisite/schemas/draft-07/configuration.schema.json"]:
                self.assertIn(f"{folder}/{path}", names)

    def test_wheel(self):
        made = wheel.make(Release.of_checkout(BINARY))
        self.assertLessEqual(len(made.data), 10_500_000)
        archive = zipfile.ZipFile(io.BytesIO(made.data))
        self.assertIsNone(archive.testzip())
        (record_name,) = [name for name in archive.namelist() if name.endswith("/RECORD")]
        rows = {row[0]: row[1:] for row in csv.reader(archive.read(record_name).decode().splitlines())}
        self.assertEqual(set(rows), set(archive.namelist()))
        for name in set(rows) - {record_name}:
            data = archive.read(name)
            digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
            self.assertEqual(rows[name], [f"sha256={digest}", str(len(data))], name)
        (script,) = [info for info in archive.infolist() if "/scripts/" in info.filename]
        self.assertEqual(script.external_attr >> 16, 0o100755)
        self.assertEqual(archive.read(script), BINARY.read_bytes())
        self.assertLessEqual({"requisite/__init__.py", "requisite/py.typed"}, set(rows))
        information = record_name[: -len("/RECORD")]
        metadata = archive.read(f"{information}/METADATA").decode()
        files = re.findall(r"^License-File: (.*)", metadata, re.M)
        self.assertGreater(len(files), 10)
        for file in files:
            self.assertIn(f"{information}/licenses/{file}", archive.namelist())
        # A page of a package index has no files of the repository beside it.
        self.assertIsNone(re.search(r"\]\((?!https?:|#)", metadata))

    @unittest.skipUnless(shutil.which("dpkg-deb"), "there is no dpkg-deb")
    def test_debian_package(self):
        made = debian.make(small_release())
        with tempfile.TemporaryDirectory() as scratch:
            package = pathlib.Path(scratch) / made.path
            package.write_bytes(made.data)
            run = lambda *words: subprocess.run(words, check=True, capture_output=True, text=True).stdout
            self.assertEqual(run("dpkg-deb", "-f", package, "Version"), f"{release.source_version()}-1\n")
            self.assertIn("glibc (= ", run("dpkg-deb", "-f", package, "Built-Using"))
            root = pathlib.Path(scratch) / "root"
            run("dpkg-deb", "-R", package, root)
            for line in (root / "DEBIAN/md5sums").read_text().splitlines():
                digest, path = line.split("  ")
                self.assertEqual(hashlib.md5((root / path).read_bytes()).hexdigest(), digest)
            listing = run("dpkg-deb", "-c", package).splitlines()
            self.assertTrue(all(" root/root " in line for line in listing))
            modes = {line.split()[-1]: line.split()[0] for line in listing}
            self.assertEqual(modes["./usr/bin/requisite"], "-rwxr-xr-x")
            self.assertEqual(modes["./usr/share/doc/requisite/copyright"], "-rw-r--r--")
            for path in ["bash-completion/completions/requisite", "zsh/vendor-completions/_requisite",
                         "fish/vendor_completions.d/requisite.fish", "man/man1/requisite-check.1.gz",
                         "requisite/schemas/baseline.schema.json", "requisite/schemas/draft-07/pack.schema.json"]:
                self.assertIn(f"./usr/share/{path}", modes)

    def test_hooks_of_the_mirror(self):
        files = {file.path.partition("/")[2]: file.data.decode() for file in mirror.make(small_release())}
        hooks = files[".pre-commit-hooks.yaml"]
        self.assertEqual(re.findall(r"^- id: (.*)", hooks, re.M), ["requisite", "requisite-packs"])
        self.assertNotIn("source", hooks)
        self.assertEqual(set(re.findall(r"^  language: (.*)", hooks, re.M)), {"python"})
        self.assertIn(f'"requisite-lint=={release.source_version()}"', files["pyproject.toml"])

    def test_hooks_keep_anchors_that_others_define(self):
        text = "# Why.\n\n- id: a\n  files: &files 'x'\n  language: system\n\n- id: b-source\n  files: *files\n"
        hooks = mirror.python_hooks(text + "  language: swift\n")
        self.assertEqual(hooks, "# Why.\n\n- id: b\n  files: &files 'x'\n  language: python\n")
        with self.assertRaises(Failure):
            mirror.python_hooks(text)


    @unittest.skipUnless(shutil.which("dpkg-deb"), "there is no dpkg-deb")
    def test_page_lists_the_artifacts(self):
        page = (ROOT / "Sources/requisite/Documentation.docc/Installing.md").read_text()
        with tempfile.TemporaryDirectory() as folder, mock.patch("sys.stdout", io.StringIO()):
            artifacts.make_all(small_release(), pathlib.Path(folder))
            for path in pathlib.Path(folder).iterdir():
                self.assertIn(f"`{path.name}{'/' if path.is_dir() else ''}`", page)
        self.assertEqual(
            set(re.findall(r"requisite-lint==([\d.]+)", page)), {release.source_version()})


class ManualTests(unittest.TestCase):
    def test_every_command_and_option_has_its_place(self):
        made = Release.of_checkout(BINARY)
        pages = {page.path: page.data.decode() for page in manual.pages(made)}
        expected = set()

        def visit(command: dict, parents: list[str]):
            words = [*parents, command["commandName"]]
            name = f"{'-'.join(words)}.1"
            expected.add(name)
            for argument in command.get("arguments", []):
                for option in argument.get("names", []) if argument["shouldDisplay"] else []:
                    self.assertIn(rf"\fB{manual.option_name(option)}\fR", pages[name])
            for child in command.get("subcommands", []):
                visit(child, words)

        visit(json.loads(made.output("--experimental-dump-help"))["command"], [])
        self.assertEqual(set(pages), expected)
        self.assertGreater(len(pages), 15)

    @unittest.skipUnless(shutil.which("man"), "there is no man")
    def test_man_is_silent(self):
        with tempfile.TemporaryDirectory() as scratch:
            for page in manual.pages(Release.of_checkout(BINARY)):
                path = pathlib.Path(scratch) / page.path
                path.write_bytes(page.data)
                command = ["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", path]
                result = subprocess.run(command, capture_output=True, text=True)
                self.assertEqual((result.returncode, result.stderr), (0, ""), page.path)

    def test_no_text_is_a_request_of_troff(self):
        for text in [".so /etc/passwd", "'br", r"\fBbold", "a -- b", "\n.so x"]:
            self.assertFalse(manual.line(text).startswith((".", "'")), text)
            self.assertNotRegex(manual.line(text), r"\\f|\n|(?<!\\)-")

    def test_discussion(self):
        text = "One\ntwo.\n\n  $ example\n\nTABLE\n  a    b c\n  a long term\n       its meaning\n\nCODE\n  x"
        paragraphs, sections = manual.split_discussion(text)
        self.assertEqual(paragraphs, ["One two.", ".PP", ".EX", r"\&  $ example", ".EE"])
        self.assertEqual(sections, [
            ".SH TABLE", ".TP", r"\fBa\fR", "b c", ".TP", r"\fBa long term\fR", "its meaning",
            ".SH CODE", ".EX", r"\&  x", ".EE",
        ])


class RecordTests(unittest.TestCase):
    def test_texts_belong_to_components(self):
        used = {text for component in components.components() for text in component.texts}
        self.assertEqual(used, set(components.license_texts()))

    def test_packages_of_the_manifest_are_recorded(self):
        manifest = (ROOT / "Package.swift").read_text()
        # Those of the documentation and the fuzzers are added for these alone.
        needed = manifest.partition("  targets: [")[0]
        names = {url.rpartition("/")[2] for url in re.findall(r'\.package\(url: "([^"]+)"', needed)}
        self.assertEqual(names, set(components.pins()))
        # Products of the others are linked; only tests take this one.
        linked = {c.name for c in components.components() if c.origin == "package"}
        self.assertEqual(linked, names - {"swift-subprocess"})

    def test_bill_of_materials_lists_everything(self):
        document = json.loads(sbom.make(small_release()).data)
        listed = {(c["name"], c["version"]) for c in document["components"]}
        self.assertEqual(listed, {(c.name, c.version) for c in components.components()})
        for component in document["components"]:
            self.assertTrue(component["licenses"] and component["copyright"])

    def test_other_versions_are_refused(self):
        recorded = {p: c.version for c in components.components() for p in c.packages}
        swift = next(c.version for c in components.components() if c.origin == "toolchain")
        with mock.patch.object(record, "swift_version", lambda: swift):
            with mock.patch.object(record, "debian_version", recorded.get):
                record.check_machine()
            for package in recorded:
                changed = {**recorded, package: "1.0"}
                with mock.patch.object(record, "debian_version", changed.get):
                    self.assertRaisesRegex(Failure, re.escape(package), record.check_machine)
        with mock.patch.object(record, "swift_version", lambda: "5.0"):
            with mock.patch.object(record, "debian_version", recorded.get):
                self.assertRaisesRegex(Failure, "swift 5.0", record.check_machine)

    def test_other_pins_are_refused(self):
        with tempfile.TemporaryDirectory() as scratch:
            source = pathlib.Path(scratch)
            record.pin(source)
            resolved = json.loads((source / "Package.resolved").read_text())
            resolved["pins"][0]["state"]["revision"] = "0" * 40
            (source / "Package.resolved").write_text(json.dumps(resolved))
            self.assertRaisesRegex(Failure, "resolved other versions", record.check_pins, source)

    def test_libraries_without_an_entry_are_refused(self):
        recorded = components.components()
        lines = [f"/usr/lib/{c.archives[0]}(x.o)\n" for c in recorded if c.archives]
        program.check_archives("".join(lines), recorded)
        for changed in ["", "".join(lines[1:]), "".join([*lines, "/usr/lib/libcurl.a(x.o)\n"])]:
            self.assertRaises(Failure, program.check_archives, changed, recorded)

    def test_workflow_has_the_recorded_swift(self):
        workflow = (ROOT / ".github/workflows/release.yml").read_text()
        swift = next(c.version for c in components.components() if c.origin == "toolchain")
        self.assertEqual(re.findall(r"image: swift:([\d.]+)-bookworm", workflow), [swift])

    def test_command_is_that_of_the_readme(self):
        command = program.readme_command()
        self.assertEqual(command[:2], ["swift", "build"])
        self.assertIn("-static-executable", command)


class PinTests(unittest.TestCase):
    def test_files_are_pinned(self):
        for name in release.PINNED:
            text = (ROOT / name).read_text()
            one = pin.pinned(text, "a" * 64)
            self.assertEqual(one.count("a" * 64), 1)
            changed = [line for line in one.splitlines() if line not in text.splitlines()]
            self.assertLessEqual(len(changed), 1)
            self.assertEqual(pin.pinned(one, f"{'b' * 64} {'c' * 64}").count(f"default: '{'b' * 64} {'c' * 64}'\n"), 1)
            self.assertRaises(Failure, pin.pinned, text.replace("sha256:", "hash:"), "a" * 64)

    @unittest.skipUnless(shutil.which("git"), "there is no git")
    def test_pinning_changes_no_artifact(self):
        """The time of a release is that of the last commit that changes something else."""
        with tempfile.TemporaryDirectory() as scratch:
            root = pathlib.Path(scratch)
            git = ["git", "-C", scratch, "-c", "user.name=A", "-c", "user.email=a@example.com"]
            subprocess.run([*git, "init", "--quiet"], check=True)
            for second, name in enumerate(["README.md", *release.PINNED]):
                (root / name).parent.mkdir(exist_ok=True)
                (root / name).write_text("x")
                date = {"GIT_COMMITTER_DATE": f"2025-01-01T00:00:0{second}Z"}
                subprocess.run([*git, "add", "--all"], check=True)
                subprocess.run([*git, "commit", "--quiet", "-m", name], check=True, env={**os.environ, **date})
            with mock.patch.object(release, "ROOT", root), mock.patch.dict(os.environ):
                del os.environ["SOURCE_DATE_EPOCH"]
                commit, time = release.commit_and_time()
            head = subprocess.run([*git, "rev-parse", "HEAD"], capture_output=True, text=True).stdout.strip()
            self.assertEqual((commit, time), (head, 1735689600))

    def test_wheels_of_the_folder(self):
        with tempfile.TemporaryDirectory() as scratch:
            folder = pathlib.Path(scratch)
            self.assertRaises(Failure, pin.wheel_digests, folder)
            for machine in ["aarch64", "x86_64"]:
                (folder / f"requisite_lint-{release.source_version()}-py3-none-{machine}.whl").write_text(machine)
            self.assertEqual(len(pin.wheel_digests(folder).split()), 2)
            # Those of the tests are no wheels that the files could have.
            self.assertRaisesRegex(Failure, "action.yml lacks the hash", pin.check, folder)


class ProgramTests(unittest.TestCase):
    def test_other_programs_are_refused(self):
        data = bytearray(BINARY.read_bytes()[:4096])
        path = pathlib.Path("requisite")
        static, table = BINARY.read_bytes(), struct.unpack_from("<Q", BINARY.read_bytes(), 40)[0]
        cases = {
            "no 64-bit": b"#!/bin/sh\n",
            "processor": bytes(data[:18]) + struct.pack("<H", 8) + bytes(data[20:]),
            "not static": self.patched(static, struct.unpack_from("<Q", static, 32)[0], 3),
            "not stripped": self.patched(static, table + 4, 2),
        }
        for message, content in cases.items():
            self.assertRaisesRegex(Failure, message, release.static_target, content, path)

    def patched(self, data: bytes, offset: int, value: int) -> bytes:
        return data[:offset] + struct.pack("<I", value) + data[offset + 4 :]

    def test_what_varies_between_builds_is_removed(self):
        with tempfile.TemporaryDirectory() as folder:
            one, other = pathlib.Path(folder, "one"), pathlib.Path(folder, "other")
            shutil.copy(BINARY, one)
            program.remove_varying_sections(one)
            shutil.copy(one, other)
            for build, path in enumerate((one, other)):
                content = pathlib.Path(folder, "content")
                content.write_text(f"of build {build}")
                for name in program.VARYING_SECTIONS:
                    self.objcopy("--add-section", f"{name}={content}", path)
            self.assertNotEqual(one.read_bytes(), other.read_bytes())
            program.remove_varying_sections(one)
            program.remove_varying_sections(other)
            self.assertEqual(one.read_bytes(), other.read_bytes())
            printed = subprocess.run([other, "--version"], capture_output=True, text=True, check=True)
            self.assertEqual(printed.stdout.strip(), release.source_version())
            release.static_target(other.read_bytes(), other)

    def objcopy(self, *arguments: str | pathlib.Path):
        subprocess.run(["objcopy", *arguments], check=True)

    def test_version_is_that_of_the_sources(self):
        with mock.patch.object(release, "source_version", lambda: "9.9.9"):
            self.assertRaisesRegex(Failure, "9.9.9", Release.of_checkout, BINARY)


if __name__ == "__main__":
    unittest.main()

"""Makes what a release of Requisite consists of, and tries it. Nothing is published.

    python3 .ci/release build dist           build the program of the last commit, and make all artifacts
    python3 .ci/release build dist --binary requisite
                                             make them of a program that is built already
    python3 .ci/release try dist             install and run the artifacts as users do
    python3 .ci/release pin dist             write the hash of the wheel to the action and the GitLab component
    python3 .ci/release version              print the version of the sources
    python3 .ci/release record               record the versions of this machine as those of the next release

The page Installing of the documentation describes the artifacts; CONTRIBUTING.md says how to release.
"""

import argparse
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import artifacts
import pin
import program
import record
import trials
from release import Failure, Release, source_version


def build(options: argparse.Namespace) -> None:
    folder = pathlib.Path(options.folder)
    if options.binary:
        artifacts.make_all(Release.of_checkout(pathlib.Path(options.binary)), folder)
        return
    with program.built() as binary:
        artifacts.make_all(Release.of_checkout(binary), folder)


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python3 .ci/release", description="Make what a release consists of, and try it."
    )
    commands = parser.add_subparsers(required=True)

    command = commands.add_parser("build", help="make all artifacts in a folder")
    command.add_argument("folder", help="the folder to make; it must not exist, or be empty")
    command.add_argument("--binary", help="a program that is built already")
    command.set_defaults(run=build)

    command = commands.add_parser("try", help="install and run the artifacts as users do")
    command.add_argument("folder", help="the folder with the artifacts")
    command.add_argument("--scratch", help="a folder for environments; by default a temporary one")
    command.add_argument("--only", nargs="+", default=[], metavar="TRIAL", help="by default all")
    command.set_defaults(run=lambda options: trials.run(options.folder, options.scratch, options.only))

    command = commands.add_parser("pin", help="write the hash of the wheel to the files that install it")
    command.add_argument("folder", help="the folder with the artifacts")
    command.set_defaults(run=lambda options: pin.pin(pathlib.Path(options.folder)))

    command = commands.add_parser("version", help="print the version of the sources")
    command.set_defaults(run=lambda options: print(source_version()))

    command = commands.add_parser("record", help="record the versions of this machine")
    command.set_defaults(run=lambda options: record.record())

    options = parser.parse_args()
    try:
        options.run(options)
    except Failure as failure:
        print(f"release: error: {failure}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

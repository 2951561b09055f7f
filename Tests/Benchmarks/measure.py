"""What the benchmarks share: running programs, comparing them in rounds, and reading their findings."""
import os, re, statistics, subprocess, sys
from collections import namedtuple

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.path.join(ROOT, ".build/release/requisite")
# Outside of the checkout, so that no file of Git is read for its folders.
CORPUS = os.path.expanduser("~/.cache/requisite-benchmarks")
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("REQUISITE_")}
FINDING = re.compile(r"(.+?:\d+:\d+): (?:error|warning|info): .* \[([^\] ]+/[^\] ]+)\](?: \[fixable.*\])?")

# Seconds of CPU and wall time, peak memory in MiB, exit code.
Usage = namedtuple("Usage", "cpu wall peak exit")

# Linux counts the memory of the process that starts a program as the least peak of the program. So a small
# process starts it, without the modules of this one: the least peak is some 8 MiB.
LAUNCHER = """
import posix, sys, time
null = (posix.O_RDONLY, posix.O_WRONLY)
actions = [(0, fd, "/dev/null", null[fd > 0], 0) for fd in (0, 2)]
start = time.perf_counter()
child = posix.posix_spawnp(sys.argv[1], sys.argv[1:], posix.environ, file_actions=actions)
_, status, used = posix.wait4(child, 0)
wall = time.perf_counter() - start
print(used.ru_utime + used.ru_stime, wall, used.ru_maxrss, posix.waitstatus_to_exitcode(status), file=sys.stderr)
"""


def run(command, folder, output):
    """Runs a command once; its standard output goes to a file, its standard error nowhere."""
    with open(output, "wb") as out:
        launched = subprocess.run(
            [sys.executable, "-I", "-S", "-c", LAUNCHER] + command, cwd=folder, env=ENVIRONMENT, stdout=out,
            stderr=subprocess.PIPE, text=True)
    if launched.returncode != 0:
        sys.exit("cannot run %s:\n%s" % (command[0], launched.stderr))
    cpu, wall, peak, exit = launched.stderr.split()
    return Usage(float(cpu), float(wall), int(peak) / (1 << 20 if sys.platform == "darwin" else 1 << 10), int(exit))


def rounds(count, jobs):
    """Runs each job, a function that returns its usage, once a round in turn, after a round that does not count."""
    for job in jobs:
        job()
    return [[job() for job in jobs] for _ in range(count)]


def ratio(values, bases):
    """The median of the quotients of each round, and the least and greatest."""
    quotients = [value / max(base, 1e-6) for value, base in zip(values, bases)]
    return "%.2f (%.2f–%.2f)" % (statistics.median(quotients), min(quotients), max(quotients))


def findings(path):
    """The findings of a compact report, sorted, as lines of an .expected file."""
    found = []
    with open(path, encoding="utf-8") as report:
        for line in report:
            match = FINDING.fullmatch(line.rstrip("\n"))
            if not match:
                sys.exit("not a finding: " + line)
            found.append("%s %s" % match.groups())
    return sorted(found)

"""What the benchmarks share: running programs, comparing them in rounds, and reading their findings."""
import os, re, statistics, subprocess, sys, time
from collections import namedtuple

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.path.join(ROOT, ".build/release/requisite")
CORPUS = os.path.join(ROOT, ".build-benchmarks/corpus")
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("REQUISITE_")}
FINDING = re.compile(r"(.+?:\d+:\d+): (?:error|warning|info): .* \[([^\] ]+/[^\] ]+)\](?: \[fixable.*\])?")

# Seconds of CPU and wall time, peak memory in MiB, exit code. Linux counts Python's own memory, some 14 MiB, as the
# least peak of a program that Python starts.
Usage = namedtuple("Usage", "cpu wall peak exit")


def run(command, folder, output):
    """Runs a command once; its standard output goes to a file, its standard error nowhere."""
    with open(output, "wb") as out:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    peak = used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return Usage(used.ru_utime + used.ru_stime, wall, peak, process.returncode)


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

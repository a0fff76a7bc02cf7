"""Runs every test of the project and ends with one line of counts; ``./dev test`` starts it.

All parts run, also after a failure, so that one call shows everything that is broken.
"""

import glob
import os
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree

from cluster_for_tests import ClusterForTests
from containers_for_tests import ContainersForTests

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
REPORTS = ("surefire-reports", "failsafe-reports")
# A JVM that died with its tests writes no report.
CRASH = re.compile(r"\[ERROR\].*(ExecutionException|forked VM terminated|There was a timeout)")


class Counts:
    """What has passed, failed and been skipped so far."""

    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def add(self, tests, failed, skipped):
        self.passed += tests - failed - skipped
        self.failed += failed
        self.skipped += skipped


def run_maven(mvn, counts):
    """Run `mvn verify` with all modules, whatever fails in one; return what failed, if anything did."""
    begin = time.time()
    command = [mvn, "-B", "--fail-at-end", "-Dmaven.test.failure.ignore=true", "-Pcoverage", "verify"]
    crashes = []
    code = stream(command, lambda line: crashes.append(line) if CRASH.match(line) else None)
    failed = len(crashes)
    for folder in REPORTS:
        for path in glob.glob(os.path.join(ROOT, "*", "target", folder, "TEST-*.xml")):
            if os.path.getmtime(path) >= begin - 1:
                suite = ElementTree.parse(path).getroot()
                bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
                failed += bad
                counts.add(int(suite.get("tests", 0)), bad, int(suite.get("skipped", 0)))
    counts.failed += len(crashes)
    if code != 0:
        # Compilation, format, a rule of the enforcer: no test said so.
        counts.failed += 1
    return "mvn verify" if code != 0 or failed else None


def stream(command, look):
    """Run a program, show its lines as they come, and let `look` see each."""
    print("+ " + " ".join(command), flush=True)
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    for raw in process.stdout:
        line = raw.decode("utf-8", "replace")
        sys.stdout.write(line)
        sys.stdout.flush()
        look(line)
    return process.wait()


def run_python(title, command, counts):
    """Run a program that uses unittest; count by the lines that unittest prints."""
    seen = {"tests": 0, "failed": 0, "skipped": 0}

    def look(line):
        ran = re.match(r"Ran (\d+) tests? in ", line)
        if ran:
            seen["tests"] += int(ran.group(1))
        if re.match(r"(OK|FAILED)( \(.*\))?$", line):
            seen["failed"] += sum(int(n) for n in re.findall(r"(?:failures|errors)=(\d+)", line))
            seen["skipped"] += sum(int(n) for n in re.findall(r"skipped=(\d+)", line))

    code = stream(command, look)
    counts.add(seen["tests"], seen["failed"], seen["skipped"])
    if code != 0 and seen["failed"] == 0:
        counts.failed += 1
    return None if code == 0 else title


def main():
    begin = time.time()
    counts = Counts()
    harness = os.path.join("worker", "src", "test", "python", "run_all.py")
    launcher = ["-m", "unittest", "discover", "-v", "-s", "launcher/test", "-t", "launcher/test"]
    outside = os.path.join("system-tests", "src", "test", "python", "run_all.py")
    benchmarks = ["-m", "unittest", "discover", "-s", "benchmarks/tests"]
    cluster = ClusterForTests(os.environ, stream)
    containers = ContainersForTests(os.environ, stream, begin)
    try:
        failures = [
            cluster.up(),
            containers.up(),
            run_maven(sys.argv[1], counts),
            run_python("the harness", [sys.executable, harness], counts),
            run_python("the launcher", [sys.executable] + launcher, counts),
            run_python("the server from outside", [sys.executable, outside], counts),
            run_python("the benchmarks", [sys.executable] + benchmarks, counts),
        ]
    finally:
        containers.down()
        cluster.down()
    bad = [name for name in failures if name]
    print("\nTook %d s. Coverage: */target/site/jacoco/index.html" % (time.time() - begin))
    if bad:
        print("FAILED: " + ", ".join(bad))
    print("%d passed, %d failed, %d skipped" % (counts.passed, counts.failed, counts.skipped))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())

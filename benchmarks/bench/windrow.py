"""The command under test: its jobs, its runs and what it says about them."""

import json
import os
import shlex
import shutil
from typing import Dict, List, NamedTuple, Optional

from bench import folders, metered
from bench.flushing import FlushDelay
from bench.metered import Cost, Running, WrongRun

JAVA_OPTIONS = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"]


class Job(NamedTuple):
    """A job file and the rows it collects, if any."""

    file: str
    rows: Optional[str]


def java() -> str:
    """A Java 25: WINDROW_JAVA_HOME, JAVA_HOME, or the newest that is installed."""
    for name in ("WINDROW_JAVA_HOME", "JAVA_HOME"):
        found = os.path.join(os.environ.get(name, ""), "bin", "java")
        if os.environ.get(name) and os.path.exists(found):
            return found
    try:
        places = sorted(os.listdir("/usr/lib/jvm"))
    except OSError:
        places = []
    for place in places:
        if "25" in place and os.path.exists("/usr/lib/jvm/%s/bin/java" % place):
            return "/usr/lib/jvm/%s/bin/java" % place
    return "java"


def default_command() -> List[str]:
    """The launcher of this checkout, or the jars of a build that is there."""
    launcher = os.path.join(folders.ROOT, "windrow")
    if os.path.exists(launcher):
        return [launcher]
    target = os.path.join(folders.ROOT, "cli", "target")
    path = "%s/cli-0.1.0.jar:%s/lib/*" % (target, target)
    return [java()] + JAVA_OPTIONS + ["-cp", path, "dev.windrow.cli.Main"]


def write_job(folder: str, files: str, function: str, env: Dict[str, str], rows: bool, workers: int,
              timeout: int = 60) -> Job:
    """A job of one file a mini-batch, with a function file as its script."""
    code = folders.fresh(os.path.join(folders.fresh(folder), "code"))
    shutil.copy(os.path.join(folders.FUNCTIONS, function + ".py"), code)
    target = os.path.join(folder, "out", "rows.txt")
    lines = ["type: parallel", "inputs:", "  files: {type: uri_folder, path: %s}" % json.dumps(files)]
    if rows:
        lines += ["outputs:", "  rows: {type: uri_file, path: %s}" % json.dumps(target)]
    lines += ["input_data: ${{inputs.files}}", 'mini_batch_size: "1"', "max_concurrency_per_instance: %d" % workers,
              "retry_settings: {max_retries: 2, timeout: %d}" % timeout]
    if env:
        lines += ["environment_variables: " + json.dumps(env)]
    lines += ["task:", "  type: run_function", "  code: ./code", "  entry_script: %s.py" % function]
    if rows:
        lines += ["  append_row_to: ${{outputs.rows}}"]
    path = os.path.join(folder, "job.yml")
    with open(path, "w") as file:
        file.write("\n".join(lines) + "\n")
    return Job(path, target if rows else None)


class Windrow:
    """Runs jobs in a home of its own."""

    def __init__(self, work: str, command: Optional[str], delay: Optional[FlushDelay]):
        self.command = shlex.split(command) if command else default_command()
        self.home = os.path.join(work, "home")
        self.logs = os.path.join(work, "logs", "windrow")
        self.delay = delay

    def environment(self, delayed: bool) -> Dict[str, str]:
        env = dict(os.environ, WINDROW_HOME=self.home)
        return self.delay.environment(env) if delayed and self.delay else env

    def arguments(self, job: Job, name: str) -> List[str]:
        return self.command + ["run", job.file, "-n", name, "--json", "--quiet"]

    def start(self, job: Job, name: str, delayed: bool = False) -> Running:
        return Running(self.arguments(job, name), self.logs, self.environment(delayed))

    def run(self, job: Job, name: str, delayed: bool = False) -> "tuple[Cost, Dict]":
        """Run a job to its end; returns its cost and its document."""
        running = self.start(job, name, delayed)
        cost = running.wait(3600)
        document = read_document(running, cost.exit)
        self.check_delay(delayed)
        return cost, document

    def check_delay(self, delayed: bool) -> None:
        """Make sure that the delay was in place where it should be."""
        if delayed and self.delay and self.delay.counted() == 0:
            raise WrongRun("no flush was delayed (expected: the layer of --flush-delay sees each)")

    def warm_up(self, work: str, workers: int) -> None:
        """A short run that is not measured: it builds the command after a change and fills its home."""
        job = write_job(os.path.join(work, "warm"), folders.input_files(work, 100), "noop", {}, False, workers)
        self.run(job, "warm-%d" % os.getpid())

    def ledger(self, name: str) -> str:
        return os.path.join(self.home, "jobs", name, "ledger.db")

    def forget(self, name: str) -> None:
        """Remove what a run left in the home."""
        shutil.rmtree(os.path.join(self.home, "jobs", name), ignore_errors=True)


def read_document(running: Running, code: int) -> Dict:
    """The one document on the standard output of ``run --json``."""
    with open(running.stdout_path, errors="replace") as file:
        text = file.read()
    document = document_of(text)
    if code != 0 or not isinstance(document, dict):
        raise WrongRun("windrow: exit %d, %s: %s" % (
            code, "no document on its output" if document is None else "see", running.text()))
    return document


def document_of(text: str) -> Optional[Dict]:
    """A text as a document; None when it is none."""
    try:
        return json.loads(text)
    except ValueError:
        return None


class MeasuredRuns:
    """The Java programs of this module, which run a job on the real parts with something watched or added."""

    def __init__(self, windrow: Windrow):
        self._windrow = windrow
        self._target = os.path.join(folders.BENCHMARKS, "target")

    def build(self, say) -> None:
        """Build them with Maven; quick when nothing has changed."""
        say("building the measured runs (mvn -pl benchmarks -am package)")
        env = dict(os.environ, JAVA_HOME=os.path.dirname(os.path.dirname(java())))
        metered.run(["mvn", "-q", "-B", "-Dwindrow.lint=off", "-Dmaven.test.skip=true", "-pl", "benchmarks", "-am",
                     "package"], os.path.join(self._windrow.home, "..", "logs", "build"), env, folders.ROOT)

    def run(self, mode: str, job: Job, name: str, delayed: bool = False) -> "tuple[Cost, Dict]":
        path = "%s/benchmarks-0.1.0.jar:%s/lib/*" % (self._target, self._target)
        out = job.file + ".outcome.json"
        command = [java()] + JAVA_OPTIONS + ["-cp", path, "dev.windrow.benchmarks.MeasuredRun", mode,
                                             self._windrow.home, job.file, name, out]
        cost, _ = metered.run(command, self._windrow.logs, self._windrow.environment(delayed))
        self._windrow.check_delay(delayed)
        with open(out) as file:
            return cost, json.load(file)

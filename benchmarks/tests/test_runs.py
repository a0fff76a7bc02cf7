"""The runner with a stand-in for the command, and what it measures of real processes."""

import os
import shutil
import sys
import tempfile
import unittest
from unittest import mock

import context
from bench import folders, metered, report, w1, windrow
from bench.context import Context
from bench.flushing import FlushDelay
from bench.metered import WrongRun
from bench.peers import POOL, Players
from bench.report import Findings, Setting
from bench.rounds import Round, Sample
from bench.windrow import MeasuredRuns, Windrow

FAKE = "%s %s" % (sys.executable, os.path.join(context.HERE, "fake_windrow.py"))


class Temporary(unittest.TestCase):
    def setUp(self):
        metered.adopt_orphans()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.work = folder.name


class Commands(Temporary):
    def windrow(self, fault=""):
        self.enterPatch(mock.patch.dict(os.environ, FAKE=fault))
        return Windrow(self.work, FAKE, None)

    def enterPatch(self, patch):
        patch.start()
        self.addCleanup(patch.stop)

    def run_once(self, fault=""):
        shutil.rmtree(os.path.join(self.work, "home"), ignore_errors=True)
        command = self.windrow(fault)
        setting = Context(command, MeasuredRuns(command), Players(sys.executable, self.work, 2), None, {}, self.work,
                          3, 1, 2, 20, lambda _: None)
        return w1.run(setting)

    def test_a_right_run_has_values(self):
        findings = self.run_once()
        sample = findings.rounds[0].samples["windrow"]
        self.assertEqual(sample.problem, "")
        self.assertAlmostEqual(sample.values["process_rate"], 3 / 0.2)

    def test_each_wrong_run_is_a_failure(self):
        for fault, said in (("double", "ledger: 1 more than once: 1"), ("noise", "no document"), ("exit", "exit 4")):
            with self.subTest(fault), self.assertRaisesRegex(WrongRun, said):
                # The first run, which warms up, is checked like all others.
                self.run_once(fault)

    def test_a_job_file_names_the_script_and_the_rows(self):
        job = windrow.write_job(os.path.join(self.work, "job"), "/in", "noop", {"A": "1"}, True, 2)
        with open(job.file) as file:
            text = file.read()
        for part in ("entry_script: noop.py", "append_row_to", '{"A": "1"}', "max_concurrency_per_instance: 2"):
            self.assertIn(part, text)


class Processes(Temporary):
    def test_cpu_of_a_grandchild_that_is_left_behind_counts(self):
        burn = "import time\nend = time.process_time() + 0.2\nwhile time.process_time() < end: pass"
        script = "import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', %r])" % burn
        cost, _ = metered.run([sys.executable, "-c", script], os.path.join(self.work, "logs"))
        if sys.platform.startswith("linux"):
            self.assertGreaterEqual(cost.cpu, 0.2)

    def test_a_failure_is_a_wrong_run_with_what_was_said(self):
        with self.assertRaisesRegex(WrongRun, "exit 3: sorry"):
            metered.run(["sh", "-c", "echo sorry >&2; exit 3"], os.path.join(self.work, "logs"))

    def test_a_peer_runs_the_function_file(self):
        files = folders.input_files(self.work, 50)
        _, found = Players(sys.executable, self.work, 2).run(POOL, "noop", files, 50)
        self.assertEqual((found["results"], found["missing"], found["doubled"]), (50, 0, 0))

    @unittest.skipUnless(shutil.which("gcc") and sys.platform.startswith("linux"), "needs gcc and Linux")
    def test_the_delay_sees_each_flush_of_its_command_alone(self):
        delay = FlushDelay(self.work, 100)
        flush = "import os\nf = os.open('f', os.O_CREAT | os.O_RDWR)\nos.fsync(f)\nos.fdatasync(f)"
        metered.run([sys.executable, "-c", flush], os.path.join(self.work, "logs"), delay.environment(dict(os.environ)),
                    self.work)
        self.assertEqual(delay.counted(), 2)
        metered.run([sys.executable, "-c", flush], os.path.join(self.work, "logs"), None, self.work)
        self.assertEqual(delay.counted(), 2)

    def test_without_a_compiler_it_says_so(self):
        with mock.patch("shutil.which", return_value=None), self.assertRaisesRegex(WrongRun, "install gcc"):
            FlushDelay(self.work, 2000)


class Reports(Temporary):
    FINDINGS = Findings("w1", "title", [], [Round(0.2, {"ours": Sample({"rate": 1.0})})], ["| a |"], ["note"], ["cmd"])

    def write(self, findings, rest, look=False):
        results = os.path.join(self.work, "published")
        with mock.patch.object(folders, "RESULTS", results):
            return report.write(findings, Setting({"ray": "1"}, {"cores": "2"}, rest, look), self.work), results

    def test_a_quiet_right_run_is_published(self):
        paths, results = self.write(self.FINDINGS, 0.3)
        self.assertTrue(all(path.startswith(results) for path in paths))

    def test_a_look_is_not_published(self):
        paths, results = self.write(self.FINDINGS, 0.3, look=True)
        self.assertFalse(os.path.exists(results))
        with open(paths[0]) as file:
            self.assertIn("Not for publication: a look", file.read())

    def test_a_loaded_machine_or_a_wrong_result_is_not_published(self):
        wrong = self.FINDINGS._replace(rounds=[Round(0.2, {"ours": Sample({}, "WRONG: planted")})])
        for findings, rest, said in ((self.FINDINGS, 0.6, "Not for publication"), (wrong, 0.3, "WRONG RESULT")):
            paths, results = self.write(findings, rest)
            self.assertFalse(os.path.exists(results))
            with open(paths[0]) as file:
                self.assertIn(said, file.read())


if __name__ == "__main__":
    unittest.main()

"""The launcher as its users start it, in a copy of the sources that has never been built."""

import glob
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
MADE = (".git", ".windrow-build", "target", "dist", "__pycache__", "out", "results", ".venv")
JOB = os.path.join("examples", "01-word-count", "job.yml")

NAMES_JOB = """\
type: parallel
inputs: {files: {type: uri_folder, path: ./in}}
outputs: {rows: {type: uri_file, path: "./out/Z\u00e4hlung.txt"}}
input_data: ${{inputs.files}}
task: {type: run_function, code: ./src, entry_script: entry.py, append_row_to: "${{outputs.rows}}"}
"""


def done(process):
    """Wait; return exit code, stdout, stderr."""
    out, err = process.communicate(timeout=600)
    return process.returncode, out.decode(), err.decode()


class LauncherTest(unittest.TestCase):
    """All tests share one copy; the first start in it is part of what is tested."""

    @classmethod
    def setUpClass(cls):
        scratch = tempfile.TemporaryDirectory(prefix="windrow launcher ")
        cls.addClassCleanup(scratch.cleanup)
        cls.folder = os.path.realpath(scratch.name)
        cls.copy = os.path.join(cls.folder, "the copy")
        shutil.copytree(ROOT, cls.copy, symlinks=True, ignore=shutil.ignore_patterns(*MADE))
        cls.environment = dict(os.environ, WINDROW_HOME=os.path.join(cls.folder, "home"))
        starts = [cls.start("--version") for _ in range(2)]
        cls.first = [done(start) for start in starts]

    @classmethod
    def start(cls, *arguments, program=None, cwd=None, **variables):
        return subprocess.Popen(
            [program or os.path.join(cls.copy, "windrow")] + list(arguments),
            cwd=cwd or cls.folder,
            env=dict(cls.environment, **variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def build(self):
        with open(os.path.join(self.copy, ".windrow-build", "current")) as file:
            return os.path.join(self.copy, ".windrow-build", file.read().strip())

    def test_two_first_starts_at_once_share_one_build(self):
        for code, _, err in self.first:
            self.assertEqual(code, 0, err)
        said = "".join(err for _, _, err in self.first)
        self.assertEqual(said.count("Building Windrow"), 1, said)
        self.assertTrue(os.path.getsize(os.path.join(self.build(), "windrow.aot")) > 0)

    def test_runs_through_links_from_anywhere_without_building_again(self):
        os.symlink(os.path.join("the copy", "windrow"), os.path.join(self.folder, "one"))
        os.symlink("one", os.path.join(self.folder, "two"))
        before = self.build()
        for program in (os.path.join(self.folder, "two"), "./two", "../%s/one" % os.path.basename(self.folder)):
            code, _, err = done(self.start("--version", program=program))
            self.assertEqual((code, err), (0, ""))
        self.assertEqual(self.build(), before)

    def test_the_process_becomes_java_so_that_signals_and_exit_codes_pass(self):
        process = self.start("run", os.path.join(self.folder, "no-such-job.yml"))
        code, _, _ = done(process)
        self.assertNotEqual(code, 0)
        with open(os.path.join(self.build(), "lib", "windrow.start")) as file:
            self.assertIn('exec "$java"', file.read())

    def test_knows_all_file_names_where_no_locale_is_set(self):
        job = os.path.join(self.folder, "no locale").encode()
        for name in (b"in", b"src"):
            os.makedirs(os.path.join(job, name))
        for name in ("\u00f6.txt", "a.txt"):
            with open(os.path.join(job, b"in", name.encode()), "wb"):
                pass
        with open(os.path.join(job, b"src", b"entry.py"), "wb") as file:
            file.write(b"import os\ndef run(mini_batch):\n    return [os.path.basename(path) for path in mini_batch]\n")
        with open(os.path.join(job, b"job.yml"), "wb") as file:
            file.write(NAMES_JOB.encode())
        for locale in ({}, {"LANG": "", "LC_ALL": "", "LC_CTYPE": ""}):
            bare = {name: os.environ[name] for name in ("PATH", "JAVA_HOME") if name in os.environ}
            finished = subprocess.run(
                [os.path.join(self.copy, "windrow"), "run", os.path.join(job, b"job.yml")],
                env=dict(bare, WINDROW_HOME=self.environment["WINDROW_HOME"], **locale),
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            )
            self.assertEqual(finished.returncode, 0, finished.stdout.decode())
            out = os.path.join(job, "out/Z\u00e4hlung.txt".encode())
            with open(out, "rb") as file:
                self.assertEqual(file.read().decode(), "a.txt\n\u00f6.txt\n")
            os.remove(out)

    def test_runs_without_a_fitting_cache_and_says_nothing(self):
        cache = os.path.join(self.build(), "windrow.aot")
        with open(cache, "rb") as file:
            good = file.read()
        try:
            for bad in (b"", good[:100_000], b"rubbish" * 10_000):
                with open(cache, "wb") as file:
                    file.write(bad)
                code, _, err = done(self.start("--version"))
                self.assertEqual((code, err), (0, ""))
        finally:
            with open(cache, "wb") as file:
                file.write(good)

    def test_builds_again_after_a_change_and_shows_what_is_wrong_with_it(self):
        before = self.build()
        source = os.path.join(self.copy, "cli", "src", "main", "java", "dev", "windrow", "cli", "Broken.java")
        with open(source, "w") as file:
            file.write("package dev.windrow.cli; final class Broken { int x = nothing; }\n")
        code, _, err = done(self.start("--version"))
        self.assertEqual(code, 1)
        self.assertIn("Broken.java", err)
        self.assertIn("the whole log: " + os.path.join(self.copy, ".windrow-build", "build.log"), err)
        self.assertEqual(self.build(), before)
        os.remove(source)
        code, _, err = done(self.start("--version"))
        self.assertEqual(code, 0, err)
        self.assertNotEqual(self.build(), before)

    def test_names_all_that_is_missing_in_one_line(self):
        tools = os.path.join(self.folder, "few tools")
        os.mkdir(tools)
        for tool in ("sh", "bash", "find", "head", "sed", "tr", "id", "readlink", "uname", "dirname", "apt-get"):
            place = shutil.which(tool)
            if place:
                os.symlink(place, os.path.join(tools, tool))
        # Another copy, never built: this one needs nothing but Java any more.
        bare = os.path.join(self.folder, "never built")
        shutil.copytree(self.copy, bare, symlinks=True, ignore=shutil.ignore_patterns(*MADE))
        variables = {"PATH": tools, "VIRTUAL_ENV": "", "CONDA_PREFIX": "", "WINDROW_PYTHON": ""}
        code, out, err = done(self.start("--version", program=os.path.join(bare, "windrow"), **variables))
        self.assertEqual((code, out), (1, ""))
        self.assertEqual(err.count("\n"), 1, err)
        self.assertIn("Maven 3.8.7 or newer, Python 3.8 or newer; install with: ", err)

    def test_packs_a_distribution_that_needs_python_only(self):
        packed = subprocess.run(
            [os.path.join(self.copy, "dev"), "dist"], env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        self.assertEqual(packed.returncode, 0, packed.stdout.decode())
        elsewhere = os.path.join(self.folder, "elsewhere")
        os.mkdir(elsewhere)
        subprocess.check_call(["tar", "-C", elsewhere, "-xzf"] + glob.glob(self.copy + "/dist/*.tar.gz"))
        (folder,) = glob.glob(elsewhere + "/windrow-*")
        path = os.path.join(elsewhere, "path")
        os.mkdir(path)
        os.symlink(os.path.realpath(sys.executable), os.path.join(path, "python3"))
        process = self.start(
            "run", os.path.join(folder, JOB), program=os.path.join(folder, "bin", "windrow"), PATH=path, JAVA_HOME=""
        )
        code, out, err = done(process)
        self.assertEqual(code, 0, out + err)
        with open(os.path.join(folder, os.path.dirname(JOB), "out", "counts.txt")) as file:
            self.assertEqual(len(file.readlines()), 20)


class DevTest(unittest.TestCase):
    def refused(self, *arguments):
        asked = subprocess.run([os.path.join(ROOT, "dev")] + list(arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertEqual(asked.returncode, 1)
        return asked.stderr.decode()

    def test_refuses_by_name_what_is_not_there(self):
        self.assertIn("cluster: sideways (expected: up, down, status, kubeconfig, load FILE..., node or fake)", self.refused("cluster", "sideways"))
        self.assertIn("frobnicate: not a command", self.refused("frobnicate"))
        self.assertIn("test: --fast (expected: --yes or nothing)", self.refused("test", "--fast"))


if __name__ == "__main__":
    unittest.main()

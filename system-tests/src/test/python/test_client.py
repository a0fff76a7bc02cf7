"""The client that a generator makes of the server's contract runs a job, as the example tells it."""

import os
import re
import shutil
import subprocess
import sys
import unittest

from prepared import COMMAND, ROOT, Prepared

TOOLS = os.path.dirname(sys.executable)


class GeneratedClientTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Prepared()
        cls.addClassCleanup(cls.server.close)

    def run_it(self, command, folder):
        done = subprocess.run(command, cwd=folder, env=self.server.environment, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, universal_newlines=True, timeout=120, check=False)
        self.assertEqual(done.returncode, 0, "%s\n%s" % (command, done.stdout[-3000:]))
        return done.stdout

    def test_brings_the_bytes_that_the_command_brings(self):
        examples = os.path.join(self.server.folder, "examples")
        for name in ("01-word-count", "python-client"):
            shutil.copytree(os.path.join(ROOT, "examples", name), os.path.join(examples, name),
                            ignore=shutil.ignore_patterns("out", ".venv", "windrow_client"))
        here, out = os.path.join(examples, "python-client"), os.path.join(self.server.folder, "results")
        self.run_it([os.path.join(TOOLS, "openapi-python-client"), "generate", "--fail-on-warning", "--url",
                     self.server.url + "/api/openapi.yaml", "--config", "generator.yml", "--meta", "none", "--output-path",
                     "windrow_client"], here)
        said = self.run_it([sys.executable, "word_count.py", out, "from-python"], here)
        self.assertIn("Completed 5 of 5", said)
        self.assertIn("event: end", said)
        theirs = os.path.join(self.server.folder, "theirs")
        self.run_it([COMMAND, "job", "download", "from-python", "-p", theirs], self.server.folder)
        ours, command = files(os.path.join(out, "download")), files(theirs)
        self.assertEqual(list(ours), ["named-outputs/counts/counts.txt"])
        self.assertEqual(ours, {name: data for name, data in command.items() if name.startswith("named-outputs/")})
        with open(os.path.join(out, "counts.txt"), "rb") as file:
            self.assertEqual(file.read(), ours["named-outputs/counts/counts.txt"])

    def test_the_example_names_the_version_that_is_tested(self):
        with open(os.path.join(ROOT, "examples", "python-client", "README.md")) as file:
            told = re.search(r"openapi-python-client==\S+", file.read()).group()
        with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "requirements.txt")) as file:
            self.assertIn(told, file.read().split())


def files(folder):
    """All files below a folder, by relative path."""
    found = {}
    for inner, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(inner, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder)] = file.read()
    return found


if __name__ == "__main__":
    unittest.main()

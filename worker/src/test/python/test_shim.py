"""The helper package outside a job, and how it is packaged for editors and unit tests."""

import os
import re
import subprocess
import sys
import unittest

from driver import HARNESS, SOURCE, HarnessTest


class OutsideAJobTest(HarnessTest):
    def say(self, expression, env=None):
        environ = {k: v for k, v in os.environ.items() if not k.startswith("AZUREML_")}
        environ.update(env or {}, PYTHONPATH=HARNESS)
        program = "from azureml_user.parallel_run import EntryScript\ne = EntryScript()\nprint(%s)" % expression
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=self.code, env=environ, stdout=subprocess.PIPE, check=True
        )
        return done.stdout.decode().strip()

    def test_values_describe_the_current_folder(self):
        log_dir = os.path.join(self.code, "logs", "user", "entry_script_log", "0")
        self.assertEqual(self.code, self.say("e.working_dir"))
        self.assertEqual(self.code, self.say("e.output_dir"))
        self.assertEqual(log_dir, self.say("e.log_dir"))
        self.assertEqual("process000", self.say("e.agent_name"))
        self.assertEqual([], os.listdir(self.code))

    def test_output_path_of_the_environment_is_used(self):
        self.assertEqual("/out", self.say("e.output_dir", {"AZUREML_BI_OUTPUT_PATH": "/out"}))

    def test_logger_passes_records_on(self):
        self.assertEqual("True", self.say("e.logger.propagate and e.logger is EntryScript().logger"))

    def test_package_for_editors_holds_the_very_same_files(self):
        project = os.path.join(SOURCE, "..", "..", "..", "..", "python", "pyproject.toml")
        with open(project, encoding="utf-8") as file:
            named = re.findall(r'^"(\S+)" = "azureml_user"$', file.read(), re.MULTILINE)
        self.assertEqual(2, len(named))
        for path in named:
            found = os.path.join(os.path.dirname(project), path)
            self.assertTrue(os.path.samefile(found, os.path.join(SOURCE, "azureml_user")))

    def test_is_one_object(self):
        self.assertEqual("True", self.say("e is EntryScript()"))

    def test_does_not_need_the_harness(self):
        self.assertEqual("[]", self.say("[n for n in __import__('sys').modules if n.startswith('windrow')]"))


if __name__ == "__main__":
    unittest.main()

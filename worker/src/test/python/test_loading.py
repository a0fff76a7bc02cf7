"""Finding and importing the entry script, and what is said when that fails."""

import json
import os
import unittest

from driver import HARNESS, HELLO, INIT_FAILED, LOAD_FAILED, LOADED, SETUP, HarnessTest


class LoadingTest(HarnessTest):
    def rows_of(self, **changes):
        harness = self.ready(**changes)
        return self.rows(harness.run()).decode().splitlines()

    def test_script_in_a_folder_is_folder_dot_module_with_a_real_file(self):
        self.write("lib/tool.py", "name = 'tool'")
        script = "import lib.tool\ndef run(m): return [__name__, __file__, lib.tool.name]"
        path = self.write("src/score/entry.py", script)
        self.assertEqual(["src.score.entry", path, "tool"], self.rows_of(entry_script="src/score/entry.py"))

    def test_script_in_a_package_can_import_relatively(self):
        self.write("pkg/__init__.py", "")
        self.write("pkg/near.py", "value = 'near'")
        self.write("pkg/entry.py", "from .near import value\ndef run(m): return [value]")
        self.assertEqual(["near"], self.rows_of(entry_script="./pkg/entry.py"))

    def test_dotted_module(self):
        self.write("pkg/main.py", "def run(m): return [__name__]")
        self.assertEqual(["pkg.main"], self.rows_of(entry_script="pkg.main"))

    def test_script_whose_name_is_not_an_identifier(self):
        self.write("my-score.v2.py", "def run(m): return ['odd']")
        self.assertEqual(["odd"], self.rows_of(entry_script="my-score.v2.py"))

    def test_script_named_like_a_standard_module(self):
        self.write("json.py", "def run(m): return ['mine']")
        self.assertEqual(["mine"], self.rows_of(entry_script="json.py"))

    def test_script_in_a_folder_named_like_a_standard_package(self):
        self.write("logging/entry.py", "import logging.handlers\ndef run(m): return ['mine']")
        self.assertEqual(["mine"], self.rows_of(entry_script="logging/entry.py"))

    def test_modules_named_like_those_of_the_harness_stay_the_scripts(self):
        names = ("logs", "loop", "channel", "results", "loading", "mini_batch", "errors", "worker", "setup", "process")
        for name in names:
            self.write(name + ".py", "who = 'mine'")
        self.write("traceback.py", "who = 'mine'")
        self.write("driver.py", "who = 'mine'")
        self.write(
            "entry.py",
            "".join("import %s\nassert %s.who == 'mine', %s\n" % (n, n, n) for n in names)
            + "def run(m):\n    if m[0] == '/bad': raise ValueError('bad')\n    return ['fine']\n",
        )
        harness = self.ready()
        self.assertEqual(b"fine\n", self.rows(harness.run()))
        self.assertEqual("bad", harness.fail(1, ["/bad"]).message)
        self.assertEqual(b"fine\n", self.rows(harness.run(2)))

    def test_dataclasses_and_pickle_find_the_module(self):
        self.write(
            "src/entry.py",
            """
            from __future__ import annotations
            import dataclasses, pickle
            @dataclasses.dataclass
            class Row:
                a: int
            def run(m): return [pickle.loads(pickle.dumps(Row(1))).a]
            """,
        )
        self.assertEqual(["1"], self.rows_of(entry_script="src/entry.py"))

    def test_main_guard_is_not_run(self):
        script = "def run(m): return [__name__]\nif __name__ == '__main__': raise OSError"
        self.assertEqual(["entry"], self.rows_of(script=script))

    def test_safe_path_of_the_user_does_not_hinder_the_harness(self):
        self.assertEqual(["fine"], self.rows_of(script="def run(m): return ['fine']", env={"PYTHONSAFEPATH": "1"}))


class ByteCodeTest(HarnessTest):
    def test_harness_keeps_byte_code_of_itself_but_the_script_is_asked(self):
        self.write("tool.py", "")
        for forbidden, made in (("1", False), ("", True)):
            harness = self.ready(
                "import tool\ndef run(m): return m", env={"PYTHONDONTWRITEBYTECODE": forbidden}, segment=None
            )
            harness.run()
            self.assertEqual(made, os.path.exists(os.path.join(self.code, "__pycache__")))
            self.assertTrue(os.listdir(os.path.join(HARNESS, "windrow_harness", "__pycache__")))


class LoadFailureTest(HarnessTest):
    def failed(self, script=None, **changes):
        harness = self.begin(script, **changes)
        said = harness.expect(LOAD_FAILED)
        self.assertEqual(3, harness.wait())
        return said

    def test_missing_script(self):
        said = self.failed(entry_script="nothing.py")
        self.assertIn("entry_script: nothing.py (expected: a file in the code folder", said["message"])

    def test_missing_dotted_module(self):
        self.assertEqual("No module named 'not_there'", self.failed(entry_script="not_there.main")["message"])

    def test_syntax_error_names_file_and_line(self):
        said = self.failed("import os\n\ndef run(m:\n    return m\n")
        self.assertEqual("SyntaxError", said["error_type"])
        self.assertRegex(said["user_line"], r"^entry\.py:3: def run\(m:|^entry\.py:4: ")

    def test_failing_import_names_the_module(self):
        said = self.failed("import os\nimport no_such_module\ndef run(m): return m")
        self.assertEqual("ModuleNotFoundError", said["error_type"])
        self.assertEqual("No module named 'no_such_module'", said["message"])
        self.assertEqual("entry.py:2: import no_such_module", said["user_line"])

    def test_traceback_holds_no_frame_of_the_harness(self):
        self.write("other.py", "def f():\n    raise KeyError('deep')\n")
        said = self.failed("import other\nother.f()\ndef run(m): return m")
        self.assertEqual("other.py:2: raise KeyError('deep')", said["user_line"])
        self.assertIn("entry.py", said["traceback"])
        self.assertNotIn("windrow_harness", said["traceback"])
        self.assertNotIn("importlib", said["traceback"])

    def test_script_without_run(self):
        self.assertIn("entry.py: no function run()", self.failed("def main(): pass")["message"])

    def test_run_that_is_no_function(self):
        self.assertIn("no function run()", self.failed("run = 5")["message"])

    def test_sys_exit_at_import(self):
        said = self.failed("import sys\nsys.exit('usage: ...')")
        self.assertEqual(("SystemExit", "usage: ..."), (said["error_type"], said["message"]))

    def test_whole_trace_is_in_the_error_log(self):
        self.failed("raise ValueError('at import')\n")
        log = self.log("user", "error", "0", "process000.txt")
        self.assertIn("loading entry.py", log)
        self.assertIn("ValueError: at import", log)

    def test_what_was_printed_before_is_kept(self):
        self.failed("print('before')\nraise ValueError\n")
        self.assertEqual("before\n", self.out())

    def test_init_that_raises(self):
        harness = self.begin("def init():\n    open('/no/such/model')\ndef run(m): return m")
        harness.expect(LOADED)
        said = harness.expect(INIT_FAILED)
        self.assertEqual("FileNotFoundError", said["error_type"])
        self.assertEqual("entry.py:2: open('/no/such/model')", said["user_line"])
        self.assertEqual(4, harness.wait())

    def test_init_that_exits(self):
        harness = self.begin("import sys\ndef init(): sys.exit(0)\ndef run(m): return m")
        harness.expect(LOADED)
        self.assertEqual("SystemExit", harness.expect(INIT_FAILED)["error_type"])
        self.assertEqual(4, harness.wait())

    def test_segment_that_exists_is_refused(self):
        with open(self.segment, "w") as file:
            file.write("someone else's")
        self.assertEqual("FileExistsError", self.failed("def run(m): return m")["error_type"])
        self.assertEqual(b"someone else's", self.rows())

    def test_settings_file_that_is_no_json(self):
        self.write("parallel_run_step.settings.json", "{oops")
        self.assertIn("parallel_run_step.settings.json", self.failed("def run(m): return m")["message"])

    def test_settings_file_of_a_wrong_shape(self):
        self.write("parallel_run_step.settings.json", '{"append_row": []}')
        self.assertIn("append_row: [] (expected: a JSON object)", self.failed("def run(m): return m")["message"])


class ProtocolTest(HarnessTest):
    def refused(self, body):
        with open(os.path.join(self.root, "err"), "w+") as err:
            harness = self.spawn(stderr=err)
            harness.expect(HELLO)
            harness.send(SETUP, body)
            self.assertEqual(2, harness.wait())
            err.seek(0)
            return err.read()

    def test_refuses_another_version(self):
        self.assertIn("version: 2 (expected: 1)", self.refused(b'{"version":2}'))

    def test_names_a_missing_field(self):
        self.assertIn("worker: missing", self.refused(b'{"version":1}'))

    def test_names_a_field_of_a_wrong_type(self):
        body = json.dumps(self.setup_fields(stdout_limit="1mb")).encode()
        self.assertIn("stdout_limit: '1mb' (expected: int or NoneType)", self.refused(body))

    def test_refuses_what_is_no_json(self):
        self.assertIn("SETUP:", self.refused(b"nonsense"))

    def test_refuses_an_unknown_frame(self):
        harness = self.ready("def run(m): return m")
        harness.send(99)
        self.assertEqual(2, harness.wait())


if __name__ == "__main__":
    unittest.main()

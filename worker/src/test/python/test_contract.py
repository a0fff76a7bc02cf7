"""The functions of the script and what they get: init, run, shutdown, the mini-batch, its context, the surroundings."""

import base64
import os
import sys
import unittest

from driver import BYE, LOAD_FAILED, LOADED, READY, SHUTDOWN, HarnessTest


class FunctionsTest(HarnessTest):
    def test_says_hello_before_any_setup(self):
        harness = self.spawn()
        hello = harness.expect(16)
        self.assertEqual(1, hello["version"])
        self.assertEqual(harness.process.pid, hello["pid"])
        self.assertEqual("%d.%d.%d" % sys.version_info[:3], hello["python"])
        self.assertTrue(os.path.samefile(sys.executable, hello["executable"]))

    def test_calls_init_once_for_many_mini_batches(self):
        harness = self.ready(
            """
            calls = []
            def init():
                calls.append(1)
            def run(mini_batch):
                return [len(calls)] * len(mini_batch)
            """
        )
        for index in range(3):
            self.assertEqual(b"1\n", self.rows(harness.run(index)))

    def test_does_without_init_and_shutdown(self):
        harness = self.ready("def run(mini_batch): return mini_batch")
        self.assertEqual({"run_parameters": 1, "has_init": False, "has_shutdown": False}, harness.loaded)
        self.assertEqual({"shutdown_error": None}, harness.bye())

    def test_tells_what_was_found_and_how_long_init_took(self):
        harness = self.ready("def init(): return 5\ndef run(a, b): return []\ndef shutdown(): return 7")
        self.assertEqual({"run_parameters": 2, "has_init": True, "has_shutdown": True}, harness.loaded)
        self.assertGreaterEqual(harness.said_ready["init_seconds"], 0)

    def test_calls_shutdown_after_pending_work(self):
        harness = self.ready(
            """
            done = []
            def run(mini_batch):
                done.append(1)
                return mini_batch
            def shutdown():
                print("done:", len(done))
            """
        )
        for index in range(5):
            harness.send_work(index, ["/a"])
        harness.send(SHUTDOWN)
        self.assertEqual(list(range(5)), [harness.expect(21).index for _ in range(5)])
        self.assertEqual({"shutdown_error": None}, harness.expect(BYE))
        self.assertEqual(0, harness.wait())
        self.assertEqual("done: 5\n", self.out())

    def test_reports_an_error_of_shutdown_and_still_ends_well(self):
        harness = self.ready("def run(m): return m\ndef shutdown():\n    raise OSError('late')")
        harness.send(SHUTDOWN)
        error = harness.expect(BYE)["shutdown_error"]
        self.assertEqual(("OSError", "late"), (error["error_type"], error["message"]))
        self.assertEqual("entry.py:3: raise OSError('late')", error["user_line"])
        self.assertEqual(0, harness.wait())

    def test_ends_well_when_shutdown_calls_sys_exit(self):
        harness = self.ready("import sys\ndef run(m): return m\ndef shutdown(): sys.exit(9)")
        self.assertEqual("SystemExit", harness.bye()["shutdown_error"]["error_type"])
        self.assertEqual(0, harness.process.returncode)

    def test_runs_what_the_script_registered_with_atexit(self):
        harness = self.ready("import atexit\natexit.register(print, 'at the end')\ndef run(m): return m")
        harness.bye()
        self.assertEqual(0, harness.process.returncode)
        self.assertEqual("at the end\n", self.out())

    def test_waits_for_threads_of_the_script_at_the_end(self):
        harness = self.ready(
            """
            import threading
            go = threading.Event()
            def work():
                go.wait()
                print("thread ended")
            def run(m): return m
            def init():
                threading.Thread(target=work).start()
            def shutdown():
                go.set()
            """
        )
        harness.bye()
        self.assertEqual("thread ended\n", self.out())

    def test_stops_after_init_when_only_that_is_asked(self):
        harness = self.ready("def init(): print('init')\ndef run(m): return m", init_only=True)
        self.assertEqual({"shutdown_error": None}, harness.expect(BYE))
        self.assertEqual(0, harness.wait())
        self.assertEqual("init\n", self.out())


class ParametersTest(HarnessTest):
    def parameters(self, script):
        harness = self.begin(script)
        loaded = harness.expect(LOADED)["run_parameters"]
        harness.expect(READY)
        self.assertEqual(1, harness.run(names=["/a"]).succeeded)
        return loaded

    def test_one_parameter(self):
        self.assertEqual(1, self.parameters("def run(mini_batch): return mini_batch"))

    def test_two_parameters_of_any_name(self):
        self.assertEqual(2, self.parameters("def run(b, context): return [context.minibatch_index]"))

    def test_any_number_of_parameters(self):
        self.assertEqual(2, self.parameters("def run(*args):\n    assert len(args) == 2\n    return args[0]"))

    def test_one_parameter_and_keywords(self):
        self.assertEqual(1, self.parameters("def run(m, *, more=1, **rest): return m"))

    def test_decorator_that_keeps_the_signature(self):
        self.assertEqual(
            1,
            self.parameters(
                """
                import functools
                def around(f):
                    @functools.wraps(f)
                    def inner(*args, **keywords):
                        return f(*args, **keywords)
                    return inner
                @around
                def run(mini_batch): return mini_batch
                """
            ),
        )

    def test_decorator_that_hides_the_signature(self):
        self.assertEqual(
            2,
            self.parameters(
                """
                def around(f):
                    def inner(*args):
                        return f(*args)
                    return inner
                @around
                def run(mini_batch, context): return mini_batch
                """
            ),
        )

    def test_function_written_in_c(self):
        self.assertEqual(1, self.parameters("run = list"))

    def test_partial(self):
        self.assertEqual(1, self.parameters("import functools\nrun = functools.partial(lambda a, m: m, 1)"))

    def test_bound_method(self):
        self.assertEqual(2, self.parameters("class S:\n    def run(self, m, c): return m\nrun = S().run"))

    def test_script_with_a_module_named_inspect(self):
        self.write("inspect.py", "x = 1")
        script = "import inspect\nassert inspect.x\nrun = type('C', (), {'__call__': lambda s, m: m})()"
        self.assertEqual(1, self.parameters(script))

    def test_refuses_run_without_room_for_the_mini_batch(self):
        said = self.begin("def run(): return []").expect(LOAD_FAILED)
        self.assertIn("run(): takes 0 positional parameters (expected: 1 or 2", said["message"])

    def test_refuses_run_that_needs_more_than_two(self):
        said = self.begin("def run(a, b, c): return []").expect(LOAD_FAILED)
        self.assertIn("takes 3 positional parameters", said["message"])


class MiniBatchTest(HarnessTest):
    def test_is_a_list_of_paths_with_a_task_id(self):
        harness = self.ready(
            """
            def run(m):
                assert isinstance(m, list) and bool(m) and len(m) == 2 and m[1] == "/data/b", m
                return [m.task_id, type(m.task_id).__name__, m[0], m[-1:]]
            """
        )
        done = harness.run(7, ["/data/a", "/data/b"])
        self.assertEqual(b"7\nstr\n/data/a\n['/data/b']\n", self.rows(done))

    def test_of_no_items_is_empty(self):
        harness = self.ready("def run(m):\n    assert not m\n    return m")
        done = harness.run(0, [])
        self.assertEqual((0, 0), (done.succeeded, done.length))

    def test_may_be_returned_unchanged(self):
        harness = self.ready("def run(m): return m")
        done = harness.run(0, ["/a", "/b"])
        self.assertEqual(2, done.succeeded)
        self.assertEqual(b"/a\n/b\n", self.rows(done))

    def test_can_be_pickled_and_sent_to_a_spawned_process(self):
        harness = self.ready(
            """
            import multiprocessing, time
            def work(m):
                return [m.task_id, *m]
            def run(m):
                with multiprocessing.get_context("spawn").Pool(1) as pool:
                    return pool.apply(work, (m,))
            """
        )
        self.assertEqual(b"3\n/a\n", self.rows(harness.run(3, ["/a"])))

    def test_of_100_000_names_arrives_whole(self):
        harness = self.ready("def run(m): return m")
        names = ["/data/folder/file-%06d" % i for i in range(100000)]
        done = harness.run(0, names)
        self.assertEqual(100000, done.succeeded)
        self.assertEqual("".join(name + "\n" for name in names).encode(), self.rows(done))

    def test_odd_names_keep_their_bytes(self):
        names = [b"/d/\xff\xfe\x80", b"/d/a b\nc'\"\t\\", b"/d/\xc3", b"/d/\xed\xa0\x80"]
        names.append("/d/\u00e9\u4e2d\U0001f600".encode())
        harness = self.ready(
            """
            import os
            def run(m):
                return [os.fsencode(name).hex() for name in m] + [str(name) for name in m]
            """
        )
        done = harness.run(0, names)
        expected = b"".join(name.hex().encode() + b"\n" for name in names) + b"".join(name + b"\n" for name in names)
        self.assertEqual(expected, self.rows(done))

    def test_names_of_existing_files_can_be_opened(self):
        path = os.path.join(os.fsencode(self.root), b"odd \xff\n'name'")
        with open(path, "wb") as file:
            file.write(b"content")
        harness = self.ready("def run(m): return [open(m[0]).read()]")
        self.assertEqual(b"content\n", self.rows(harness.run(0, [path])))


class ContextTest(HarnessTest):
    def test_has_the_documented_attributes(self):
        harness = self.ready(
            "def run(m, c): return [repr((c.minibatch_index, c.retry_count, c.partition_key_value, c.dataset))]"
        )
        self.assertEqual(b"(5, 2, {}, None)\n", self.rows(harness.run(5, ["/a"], attempt=2)))

    def test_names_what_there_is_when_asked_for_something_else(self):
        harness = self.ready("def run(m, c): return c.nonsense")
        failed = harness.fail()
        self.assertEqual("AttributeError", failed.error_type)
        for text in ("nonsense", "minibatch_index", "retry_count", "partition_key_value", "dataset"):
            self.assertIn(text, failed.message)


class SurroundingsTest(HarnessTest):
    def test_arguments_are_there_at_import(self):
        harness = self.ready(
            "import sys\nseen = list(sys.argv)\ndef run(m): return seen", argv=["--a", "b c", "'quoted'", "\udcff"]
        )
        expected = [os.path.join(self.code, "entry.py"), "--a", "b c", "'quoted'"]
        self.assertEqual("\n".join(expected).encode() + b"\n\xff\n", self.rows(harness.run()))

    def test_errors_do_not_tell_values_that_are_to_be_masked(self):
        values = ["pass word", "pass word and more", "ab", "two\nlines"]
        harness = self.ready(
            """
            import os
            def run(mini_batch):
                assert "WINDROW_MASKED_VALUES" not in os.environ
                raise KeyError("pass word and more, pass word, ab, two\\nlines")
            """,
            environment={
                "WINDROW_MASKED_VALUES": " ".join(base64.b64encode(v.encode()).decode() for v in values)
            },
        )
        result = harness.fail(0)
        told = result.message + result.traceback
        self.assertIn("***, ***, ab, ***", told)
        self.assertNotIn("pass word", told)
        self.assertNotIn("lines", result.message)

    def test_environment_variables(self):
        harness = self.ready(
            """
            import os
            names = ("MINE", "AZUREML_RUN_ID", "AZUREML_BI_OUTPUT_PATH", "CUDA_VISIBLE_DEVICES")
            seen = [os.environ.get(name) for name in names]
            def run(m): return seen
            """,
            environment={"MINE": "yes"},
            output_dir="/out",
            cuda_visible_devices="1",
            run_id="run-9",
        )
        self.assertEqual(b"yes\nrun-9\n/out\n1\n", self.rows(harness.run()))

    def test_output_path_and_device_are_absent_when_not_given(self):
        harness = self.ready(
            """
            import os
            def run(m): return [n in os.environ for n in ("AZUREML_BI_OUTPUT_PATH", "CUDA_VISIBLE_DEVICES")]
            """,
            env={"AZUREML_BI_OUTPUT_PATH": "/x", "CUDA_VISIBLE_DEVICES": "3"},
        )
        self.assertEqual(b"False\nFalse\n", self.rows(harness.run()))

    def test_device_of_the_job_author_is_kept_when_none_is_handed(self):
        harness = self.ready(
            "import os\ndef run(m): return [repr(os.environ['CUDA_VISIBLE_DEVICES'])]",
            environment={"CUDA_VISIBLE_DEVICES": ""},
        )
        self.assertEqual(b"''\n", self.rows(harness.run()))

    def test_python_path_of_the_job_is_used(self):
        self.write("more/extra.py", "value = 'extra'")
        harness = self.ready(
            "import extra\ndef run(m): return [extra.value]",
            environment={"PYTHONPATH": os.path.join(self.code, "more")},
        )
        self.assertEqual(b"extra\n", self.rows(harness.run()))

    def test_working_folder_is_unchanged(self):
        harness = self.ready("import os\nhere = os.getcwd()\ndef run(m): return [here]")
        self.assertEqual(self.code + "\n", self.rows(harness.run()).decode())

    def test_code_folder_is_first_on_the_path(self):
        harness = self.ready("import sys\nfirst = sys.path[0]\ndef run(m): return [first]")
        self.assertEqual(self.code + "\n", self.rows(harness.run()).decode())

    def test_entry_script_helper_in_a_job(self):
        harness = self.ready(
            """
            from azureml_user.parallel_run import EntryScript
            def run(m):
                e = EntryScript()
                assert e is EntryScript()
                e.logger.info("hello %s", "log")
                e.logger.debug("too fine")
                return [e.log_dir, e.output_dir, e.agent_name, e.working_dir]
            """,
            output_dir="/out",
            worker="process003",
        )
        rows = self.rows(harness.run()).decode().splitlines()
        log_dir = os.path.join(self.logs, "user", "entry_script_log", "0")
        self.assertEqual([log_dir, "/out", "process003", self.code], rows)
        log = self.log("user", "entry_script_log", "0", "process003.log.txt")
        self.assertIn("|INFO|", log)
        self.assertTrue(log.endswith("hello log\n"), log)

    def test_entry_script_helper_without_an_output(self):
        harness = self.ready(
            "from azureml_user.parallel_run import EntryScript\ndef run(m): return [EntryScript().output_dir]"
        )
        self.assertEqual(b"None\n", self.rows(harness.run()))

    def test_job_wins_over_a_local_stand_in_for_the_helper(self):
        self.write("azureml_user/__init__.py", "raise ImportError('stand-in')")
        harness = self.ready(
            "from azureml_user.parallel_run import EntryScript\ndef run(m): return [EntryScript().agent_name]"
        )
        self.assertEqual(b"process000\n", self.rows(harness.run()))


if __name__ == "__main__":
    unittest.main()

"""Where prints, log records and children's output go, and how much of it is kept."""

import os
import pstats
import unittest

from driver import HarnessTest


class RoutingTest(HarnessTest):
    def test_prints_go_to_the_user_files(self):
        harness = self.ready(
            """
            import sys
            print("import")
            def init(): print("init")
            def run(m):
                print("run", m[0])
                print("trouble", file=sys.stderr)
                return m
            """
        )
        harness.run(0, ["/a"])
        self.assertEqual("import\ninit\nrun /a\n", self.out())
        self.assertEqual("trouble\n", self.err())

    def test_prints_are_there_when_the_answer_comes_also_after_an_error(self):
        harness = self.ready("def run(m):\n    print('before')\n    raise ValueError")
        harness.fail()
        self.assertEqual("before\n", self.out())

    def test_prints_appear_while_a_run_is_still_going_on(self):
        harness = self.ready("import time\ndef run(m):\n    print('busy')\n    time.sleep(600)")
        harness.send_work(0, ["/a"])
        self.until(lambda: self.out() == "busy\n", "the print in the file")

    def test_prints_before_a_crash_are_kept(self):
        ways = ("os.kill(os.getpid(), signal.SIGSEGV)", "os.kill(os.getpid(), signal.SIGKILL)", "os._exit(3)")
        for number, way in enumerate(ways):
            with self.subTest(way):
                worker = "process-%d" % number
                harness = self.ready(
                    "import os, signal\ndef run(m):\n    print('the last')\n    " + way, worker=worker, segment=None
                )
                harness.send_work(0, ["/a"])
                harness.wait()
                self.assertEqual("the last\n", self.log("user", "stdout", "0", worker + ".stdout.txt"))

    def test_lines_are_handed_on_in_blocks_while_there_are_very_many(self):
        harness = self.ready(
            """
            import sys, time
            def run(m):
                seen = []
                until = time.monotonic() + 60
                while sys.stdout.line_buffering and time.monotonic() < until:
                    for _ in range(1000): print("x")
                seen.append(sys.stdout.line_buffering)
                while not sys.stdout.line_buffering and time.monotonic() < until:
                    time.sleep(0.01)
                seen.append(sys.stdout.line_buffering)
                return seen
            """
        )
        self.assertEqual(b"False\nTrue\n", self.rows(harness.run()))

    def test_any_text_and_any_name_can_be_printed(self):
        harness = self.ready("def run(m):\n    print(m[0], '\\u00e9\\ud800')\n    return m")
        harness.run(0, [b"/\xff"])
        self.assertEqual("/\\udcff \u00e9\\ud800\n", self.out())

    def test_stream_has_what_libraries_ask_of_one(self):
        harness = self.ready(
            """
            import sys
            def run(m):
                o = sys.stdout
                o.buffer.write(b"bytes\\n")
                o.reconfigure(line_buffering=True)
                return [o.name, o.encoding, o.isatty(), o.writable(), o.fileno() > 2, o.buffer.raw.mode]
            """
        )
        self.assertEqual(b"<stdout>\nutf-8\nFalse\nTrue\nTrue\nwb\n", self.rows(harness.run()))
        self.assertEqual("bytes\n", self.out())

    def test_root_logger_writes_from_info_on_to_the_stdout_file(self):
        harness = self.ready(
            """
            import logging
            logging.basicConfig(level=logging.DEBUG)
            def run(m):
                logging.info("told")
                logging.getLogger("mine").warning("warned")
                logging.debug("hidden")
                print("printed")
                return m
            """
        )
        harness.run()
        lines = self.out().splitlines()
        self.assertEqual(3, len(lines), lines)
        self.assertTrue(lines[0].endswith("told") and "|INFO|" in lines[0] and lines[2] == "printed", lines)
        self.assertTrue("|mine|" in lines[1] and lines[1].endswith("warned"))

    def test_children_write_to_the_system_files(self):
        harness = self.ready(
            """
            import subprocess
            def run(m):
                subprocess.check_call("echo to-out; echo to-err >&2; cat", shell=True)
                return m
            """
        )
        harness.run()
        self.assertEqual("to-out\n", self.log("sys", "node", "0", "process000.stdout.txt"))
        self.assertEqual("to-err\n", self.log("sys", "node", "0", "process000.stderr.txt"))
        self.assertEqual("", self.out())

    def test_children_can_be_given_the_user_file(self):
        harness = self.ready(
            """
            import subprocess, sys
            def run(m):
                subprocess.check_call(["echo", "given"], stdout=sys.stdout)
                return m
            """
        )
        harness.run()
        self.assertEqual("given\n", self.out())

    def test_worker_log_has_a_line_for_each_mini_batch_at_debug(self):
        harness = self.ready("def run(m): return m", logging_level="debug")
        harness.run(12, ["/a", "/b"])
        self.assertIn("mini-batch 12, attempt 0: 2 of 2 items", self.log("sys", "node", "0", "process000.txt"))

    def test_worker_log_is_not_even_made_when_all_goes_well(self):
        harness = self.ready("def run(m): return m")
        harness.run()
        harness.bye()
        made = {os.path.relpath(os.path.join(f, n), self.logs) for f, _, names in os.walk(self.logs) for n in names}
        expected = {
            "sys/node/0/process000.stdout.txt",
            "sys/node/0/process000.stderr.txt",
            "sys/node/0/process000.stack.txt",
            "user/stdout/0/process000.stdout.txt",
            "user/stderr/0/process000.stderr.txt",
        }
        self.assertEqual(expected, made)

    def test_profile_is_stored_at_the_end(self):
        for module in ("cProfile", "profile"):
            with self.subTest(module):
                worker = "process-" + module
                harness = self.ready(
                    "def init(): pass\ndef run(m): return m", profile=module, worker=worker, segment=None
                )
                self.assertEqual(1, harness.loaded["run_parameters"])
                harness.run()
                harness.bye()
                path = os.path.join(self.logs, "sys", "node", "0", worker + ".profile")
                names = {key[2] for key in pstats.Stats(path).stats}
                self.assertTrue({"init", "run"} <= names, names)

    def test_profiled_errors_have_no_frame_of_the_profiler(self):
        harness = self.ready("def run(m): raise ValueError('x')", profile="cProfile")
        self.assertNotIn("cProfile", harness.fail().traceback)


class CapTest(HarnessTest):
    LIMIT = 40000

    def printed(self, script, limit=LIMIT):
        harness = self.ready(script, stdout_limit=limit)
        harness.run()
        return harness

    def test_little_output_is_kept_whole(self):
        harness = self.printed("def run(m):\n    for i in range(1000): print('line', i)\n    return m")
        harness.bye()
        self.assertEqual("".join("line %d\n" % i for i in range(1000)), self.out())

    def test_output_between_half_and_the_tails_is_joined_without_a_cut(self):
        harness = self.printed("def run(m):\n    for i in range(2500): print('line %06d' % i)\n    return m")
        harness.bye()
        self.assertEqual("".join("line %06d\n" % i for i in range(2500)), self.out())
        self.assertEqual(["process000.stdout.txt"], os.listdir(os.path.join(self.logs, "user", "stdout", "0")))

    def test_head_and_tail_are_kept_and_the_cut_is_marked(self):
        harness = self.printed("def run(m):\n    for i in range(100000): print('line %06d' % i)\n    return m")
        harness.bye()
        out = self.out()
        self.assertTrue(out.startswith("line 000000\nline 000001\n"))
        self.assertTrue(out.endswith("line 099998\nline 099999\n"))
        head, mark, tail = out.partition("\n[")
        cut = int(mark and tail.split()[0])
        self.assertIn("%d bytes were cut here; the limit is %d bytes]\n" % (cut, self.LIMIT), out)
        kept = len(head) + len(tail.partition("]\n")[2])
        self.assertEqual(100000 * 12, kept + cut)
        self.assertTrue(self.LIMIT * 3 // 4 <= kept <= self.LIMIT, kept)

    def test_disk_use_is_bounded_while_the_script_prints(self):
        self.printed("def run(m):\n    for i in range(300): print('x' * 100000, flush=True)\n    return m")
        folder = os.path.join(self.logs, "user", "stdout", "0")
        sizes = {name: os.path.getsize(os.path.join(folder, name)) for name in os.listdir(folder)}
        self.assertLessEqual(sum(sizes.values()), self.LIMIT, sizes)

    def test_one_giant_print_is_cut(self):
        harness = self.printed("def run(m):\n    print('a' + 'x' * 50000000 + 'z')\n    return m")
        harness.bye()
        self.assertTrue(self.out().startswith("ax") and self.out().endswith("xz\n"))
        self.assertLess(len(self.out()), self.LIMIT + 200)

    def test_no_limit_keeps_all(self):
        harness = self.printed("def run(m):\n    print('x' * 5000000)\n    return m", limit=None)
        harness.bye()
        self.assertEqual(5000001, len(self.out()))

    def test_error_log_and_script_log_are_capped_too(self):
        harness = self.ready(
            """
            from azureml_user.parallel_run import EntryScript
            def run(m):
                for i in range(1000): EntryScript().logger.info("x" * 1000)
                raise ValueError("e" * 20000)
            """,
            stdout_limit=self.LIMIT,
        )
        for index in range(5):
            harness.fail(index)
        harness.bye()
        self.assertLess(len(self.log("user", "entry_script_log", "0", "process000.log.txt")), self.LIMIT + 200)
        self.assertLess(len(self.log("user", "error", "0", "process000.txt")), self.LIMIT + 200)

    def test_forked_children_stay_within_the_limit(self):
        harness = self.printed(
            """
            import os
            def run(m):
                for _ in range(3):
                    if os.fork() == 0:
                        for i in range(20000): print("child line")
                        return []
                for _ in range(3): os.wait()
                print("parent")
                return m
            """
        )
        harness.bye()
        self.assertIn("child line\n", self.out())
        self.assertTrue(self.out().endswith("parent\n"))
        self.assertLess(len(self.out()), self.LIMIT + 200)


if __name__ == "__main__":
    unittest.main()

"""What a script may do to its process, and what happens when the agent or the worker dies."""

import json
import os
import signal
import subprocess
import sys
import unittest

import driver
from driver import DONE, FAILED, HarnessTest, is_gone


class HostileScriptTest(HarnessTest):
    def goes_on(self, body, **changes):
        """After a run() that does ``body`` the worker answers as if nothing had been."""
        script = "import os, sys, signal, threading, time\ndef run(m):\n    if m[0] == '/do':\n"
        script += "".join("        %s\n" % line for line in body.splitlines()) + "    return m\n"
        harness = self.ready(script, **changes)
        first = harness.run(0, ["/do"])
        second = harness.run(1, ["/b"])
        self.assertEqual(b"/do\n/b\n", self.rows())
        self.assertEqual((0, 4, 4, 3), (first.offset, first.length, second.offset, second.length))
        return harness

    def test_may_close_the_standard_descriptors(self):
        self.goes_on("os.close(0)\nos.close(1)\nos.close(2)")

    def test_may_close_the_standard_streams(self):
        self.goes_on("sys.stdin.close()\nsys.stdout.close()\nsys.stderr.close()")

    def test_may_close_all_usual_descriptors(self):
        self.goes_on("os.closerange(0, 256)\nfor i in range(300): open(os.devnull)")

    def test_may_write_to_descriptor_1_and_read_descriptor_0(self):
        harness = self.goes_on("os.write(1, b'noise')\nassert os.read(0, 10) == b''\nassert sys.stdin.read() == ''")
        self.assertEqual("noise", self.log("sys", "node", "0", "process000.stdout.txt"))
        self.assertEqual({"shutdown_error": None}, harness.bye())

    def test_may_replace_the_streams(self):
        self.goes_on("sys.stdout = sys.stderr = None\nsys.__stdout__ = sys.__stderr__ = None")

    def test_may_change_folder_environment_and_path(self):
        self.goes_on("os.chdir('/')\nos.environ.clear()\nsys.path.clear()\nsys.argv.clear()")

    def test_may_drop_modules_and_patch_functions(self):
        self.goes_on(
            "os.write = os.read = os.getpid = time.time_ns = time.perf_counter_ns = None\n"
            "[sys.modules.pop(n) for n in list(sys.modules) if n.startswith(('windrow', 'struct', 'time'))]"
        )

    def test_may_change_signal_handlers(self):
        self.goes_on(
            "signal.signal(signal.SIGTERM, signal.SIG_IGN)\nsignal.signal(signal.SIGUSR2, signal.SIG_IGN)\n"
            "signal.signal(signal.SIGINT, signal.default_int_handler)\nsignal.signal(signal.SIGCHLD, signal.SIG_IGN)"
        )

    def test_may_start_threads_that_go_on(self):
        self.goes_on("threading.Thread(target=time.sleep, args=(600,), daemon=True).start()")

    def test_may_turn_logging_off(self):
        self.goes_on("import logging\nlogging.shutdown()\nlogging.root.handlers.clear()")

    def test_may_fork_children_that_end_by_themselves(self):
        self.goes_on("if os.fork() == 0: os._exit(3)\nassert os.WEXITSTATUS(os.wait()[1]) == 3")

    def test_may_use_a_pool_of_forked_processes(self):
        self.goes_on(
            "import multiprocessing\n"
            "with multiprocessing.get_context('fork').Pool(2) as pool:\n    assert pool.map(abs, [-1, -2]) == [1, 2]"
        )

    def test_may_use_a_pool_of_threads(self):
        harness = self.goes_on(
            "from concurrent.futures import ThreadPoolExecutor\n"
            "globals()['pool'] = ThreadPoolExecutor(2)\nassert list(pool.map(abs, [-1])) == [1]"
        )
        harness.bye()
        self.assertEqual(0, harness.process.returncode)

    def test_is_told_by_nothing_when_interrupted(self):
        harness = self.goes_on("os.kill(os.getpid(), signal.SIGINT)")
        harness.bye()

    def test_loses_the_worker_when_a_signal_handler_raises_outside_of_the_script(self):
        harness = self.ready(
            """
            import signal
            def rings(number, frame): raise TimeoutError("rang")
            def init(): signal.signal(signal.SIGALRM, rings)
            def run(m): return m
            """
        )
        harness.run()
        os.kill(harness.process.pid, signal.SIGALRM)
        self.assertIsNone(harness.receive())
        self.assertEqual(1, harness.wait())
        self.assertIn("TimeoutError: rang", self.log("sys", "node", "0", "process000.stderr.txt"))

    def test_loses_the_worker_when_it_closes_the_private_descriptors(self):
        harness = self.ready("import os\ndef run(m):\n    os.closerange(3, 4096)\n    return m")
        harness.send_work(0, ["/a"])
        self.assertIsNone(harness.receive())
        self.assertEqual(5, harness.wait())


class FewDescriptorsTest(HarnessTest):
    def test_works_where_few_files_may_be_open(self):
        self.write("entry.py", "def run(m): return m")
        shell = 'ulimit -n 32; exec "$0" "$1"'
        harness = self.spawn(command=["sh", "-c", shell, sys.executable, driver.ENTRY])
        harness.expect(driver.HELLO)
        harness.send(driver.SETUP, json.dumps(self.setup_fields()).encode())
        harness.expect(driver.LOADED)
        harness.expect(driver.READY)
        self.assertEqual(b"/data/a\n", self.rows(harness.run()))


class ForkTest(HarnessTest):
    def test_child_that_returns_from_run_ends_without_an_answer(self):
        harness = self.ready(
            """
            import os
            def run(m):
                print("buffered before")
                child = os.fork()
                if child == 0:
                    print("child")
                    return ["child"]
                status = os.waitpid(child, 0)[1]
                return [status]
            """
        )
        done = harness.run(0)
        self.assertEqual(b"0\n", self.rows(done))
        self.assertEqual(b"0\n", self.rows())
        self.assertEqual("buffered before\nchild\n", self.out())
        self.assertEqual(2, harness.run(1).offset)

    def test_child_that_raises_ends_with_status_1_and_its_trace_on_stderr(self):
        harness = self.ready(
            """
            import os
            def run(m):
                child = os.fork()
                if child == 0:
                    raise ValueError("in the child")
                return [os.WEXITSTATUS(os.waitpid(child, 0)[1])]
            """
        )
        self.assertEqual(b"1\n", self.rows(harness.run(0)))
        self.assertIn("ValueError: in the child", self.err())

    def test_child_that_calls_sys_exit_keeps_its_status(self):
        harness = self.ready(
            """
            import os, sys
            def run(m):
                child = os.fork()
                if child == 0:
                    sys.exit(7)
                return [os.WEXITSTATUS(os.waitpid(child, 0)[1])]
            """
        )
        self.assertEqual(b"7\n", self.rows(harness.run(0)))

    def test_child_that_returns_from_import_init_or_shutdown_ends(self):
        harness = self.ready(
            """
            import os
            def fork():
                child = os.fork()
                if child:
                    os.waitpid(child, 0)
            fork()
            init = shutdown = fork
            def run(m): return m
            """
        )
        harness.run(0)
        self.assertEqual({"shutdown_error": None}, harness.bye())
        self.assertIsNone(harness.receive())


    def test_child_that_lives_on_does_not_keep_the_pipes_open(self):
        harness = self.ready(
            """
            import os, time
            def run(m):
                child = os.fork()
                if child == 0:
                    time.sleep(600)
                return [child]
            """
        )
        child = int(self.rows(harness.run(0)))
        os.kill(harness.process.pid, signal.SIGKILL)
        self.assertIsNone(harness.receive())
        self.assertFalse(is_gone(child))


class EndTest(HarnessTest):
    def ends(self, statement, status):
        harness = self.ready("import os, sys, signal\ndef run(m):\n    print('last words')\n    " + statement)
        # Two frames by one write: between two writes the worker could end.
        frame = driver.struct.pack("<IBIII", 15, driver.WORK, 0, 0, 1) + b"/a"
        os.write(harness.work, frame * 2)
        self.assertIsNone(harness.receive())
        self.assertEqual(status, harness.wait())

    def test_sys_exit_ends_the_process_with_its_status(self):
        self.ends("sys.exit(42)", 42)
        self.assertEqual("last words\n", self.out())
        self.assertIn("SystemExit: 42", self.log("user", "error", "0", "process000.txt"))

    def test_sys_exit_without_a_status(self):
        self.ends("raise SystemExit", 0)

    def test_sys_exit_with_a_text(self):
        self.ends("sys.exit('usage')", 1)
        self.assertEqual("usage\n", self.err())

    def test_sys_exit_with_a_negative_status(self):
        self.ends("sys.exit(-1)", 255)

    def test_os_exit_keeps_its_status(self):
        self.ends("os._exit(17)", 17)

    def test_a_crash_is_a_signal(self):
        self.ends("os.kill(os.getpid(), signal.SIGSEGV)", -signal.SIGSEGV)

    def test_sys_exit_does_not_wait_for_threads(self):
        harness = self.ready(
            """
            import sys, threading
            def run(m):
                threading.Thread(target=threading.Event().wait).start()
                sys.exit(3)
            """
        )
        harness.send_work(0, ["/a"])
        self.assertEqual(3, harness.wait())


class AgentGoneTest(HarnessTest):
    def is_killed(self, body):
        """When the agent's end of the pipes closes, the worker and its child are gone within 2 s."""
        script = (
            "import os, subprocess, time\n"
            "def init():\n    child = subprocess.Popen(['sleep', '600'])\n"
            "    open('pids', 'w').write('%%d %%d\\n' %% (os.getpid(), child.pid))\n"
            "def run(m):\n    open('running', 'w').close()\n    %s\n" % body
        )
        self.write("entry.py", script)
        # A process of its own plays the agent, so that it can be killed.
        agent = subprocess.Popen(
            [sys.executable, os.path.abspath(__file__), "agent", json.dumps(self.setup_fields())],
            cwd=self.code,
        )
        self.addCleanup(agent.wait)
        self.addCleanup(agent.kill)
        running = os.path.join(self.code, "running")
        self.until(lambda: os.path.exists(running), "run() has begun")
        with open(os.path.join(self.code, "pids")) as file:
            pids = [int(pid) for pid in file.read().split()]
        self.assertFalse(any(is_gone(pid) for pid in pids))
        agent.kill()
        agent.wait()
        self.until(lambda: all(is_gone(pid) for pid in pids), "all processes are gone", 2.0)

    def test_worker_that_sleeps_is_killed_with_its_children(self):
        self.is_killed("time.sleep(600)")

    def test_worker_that_is_busy_is_killed_with_its_children(self):
        self.is_killed("while True: pass")

    def test_worker_that_waits_for_work_is_killed_with_its_children(self):
        self.is_killed("return m")

    def test_worker_that_was_not_set_up_ends(self):
        harness = self.spawn()
        harness.expect(driver.HELLO)
        os.close(harness.work)
        self.assertEqual(-signal.SIGKILL, harness.wait())

    def test_worker_leads_a_session_of_its_own(self):
        harness = self.ready("import os\ndef run(m): return [os.getsid(0), os.getpgrp()]")
        rows = self.rows(harness.run()).split()
        self.assertEqual([str(harness.process.pid).encode()] * 2, rows)

    def test_agent_may_close_its_end_after_bye(self):
        harness = self.ready("import atexit, time\natexit.register(time.sleep, 1)\ndef run(m): return m")
        harness.send(driver.SHUTDOWN)
        harness.expect(driver.BYE)
        os.close(harness.work)
        self.assertEqual(0, harness.wait())


class BrokenFrameTest(HarnessTest):
    def ends_with_a_word(self, sent, word):
        harness = self.ready("def run(m): return m")
        os.write(harness.work, sent)
        self.assertEqual(2, harness.wait())
        self.assertIn(word, self.log("sys", "node", "0", "process000.stderr.txt"))

    def test_unknown_type(self):
        self.ends_with_a_word(b"\1\0\0\0\x63", "frame type: 99 (expected: 2 or 3)")

    def test_no_type(self):
        self.ends_with_a_word(b"\0\0\0\0\x63", "frame length: 0 (expected: at least 1)")


class StackTest(HarnessTest):
    def test_stack_is_written_on_the_signal(self):
        harness = self.ready(
            """
            import time
            def stuck_here():
                open("running", "w").close()
                time.sleep(600)
            def run(m):
                stuck_here()
            """
        )
        harness.send_work(0, ["/a"])
        self.until(lambda: os.path.exists(os.path.join(self.code, "running")), "run() has begun")
        os.kill(harness.process.pid, signal.SIGUSR2)
        self.until(lambda: "in stuck_here" in self.log("sys", "node", "0", "process000.stack.txt"), "the stack")


class ManyFramesTest(HarnessTest):
    def test_frames_cut_anywhere_are_put_together(self):
        harness = self.ready("def run(m): return m")
        sent = b"".join(
            driver.struct.pack("<IBIII", 1 + 12 + 2, driver.WORK, index, 0, 1) + b"/a" for index in range(10)
        )
        for at in range(0, len(sent), 7):
            os.write(harness.work, sent[at : at + 7])
        self.assertEqual(list(range(10)), [harness.expect(DONE).index for _ in range(10)])

    def test_answers_keep_the_order_of_the_work(self):
        harness = self.ready("def run(m):\n    if m[0] == '/1': raise ValueError\n    return m")
        for index in range(200):
            harness.send_work(index, ["/%d" % (index % 2)])
        for index in range(200):
            self.assertEqual(index, harness.expect(FAILED if index % 2 else DONE).index)


def play_agent(fields):
    harness = driver.Harness()
    harness.expect(driver.HELLO)
    harness.send(driver.SETUP, fields.encode())
    harness.expect(driver.LOADED)
    harness.expect(driver.READY)
    harness.send_work(0, ["/a"])
    signal.pause()


if __name__ == "__main__":
    if sys.argv[1:2] == ["agent"]:
        play_agent(sys.argv[2])
    unittest.main()

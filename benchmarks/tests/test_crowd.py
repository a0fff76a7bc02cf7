"""W10's clients against a server that behaves, and against one that does not."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import context  # noqa: F401 - lets the imports below be found
from bench import checks, folders, w10
from bench.metered import WrongRun

CROWD = os.path.join(folders.BENCHMARKS, "clients", "crowd.py")
SAID = {"seconds": 1.0, "cpu": 0.1, "status": "Completed", "list": [0.01] * 50, "get": [0.02] * 50, "late": [0.001] * 100,
        "failed": [], "worst": [0.02, 0.5, "get", "Running"], "readers": 3, "cut": 0, "beats": 6, "not_told": 0}


class Server(ThreadingHTTPServer):
    """Answers as a server of ours would; the job ends after so many looks at it."""

    daemon_threads = True

    def __init__(self, fault=""):
        super().__init__(("127.0.0.1", 0), Handler)
        self.fault = fault
        self.looks = 0
        self.over = threading.Event()
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path.endswith("/events"):
            self.events()
            return
        status, body = 200, b'{"items": []}'
        if "?" not in self.path:
            self.server.looks += 1
            body = json.dumps({"status": "Completed" if self.server.looks > 10 else "Running"}).encode()
        elif self.server.fault == "refuses":
            status = 503
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def events(self):
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(b": windrow\n\n")
        if self.server.fault != "cuts":
            self.server.over.wait(30)
            self.wfile.write(b": \n\nevent: end\ndata: {}\n\n" if self.server.fault != "mute" else b": \n\n")
        self.close_connection = True

    def log_message(self, *_):
        pass


class Clients(unittest.TestCase):
    def run_crowd(self, fault=""):
        server = Server(fault)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        with tempfile.NamedTemporaryFile("w", suffix=".token") as token:
            token.write("secret\n")
            token.flush()
            options = {"port": server.server_address[1], "token-file": token.name, "idle": "idle", "readers": 3,
                       "rate": 100, "job": "job", "limit": 20}
            command = [sys.executable, CROWD] + [part for name, value in options.items()
                                                 for part in ("--" + name, str(value))]
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, universal_newlines=True)
            with process:
                self.assertEqual(process.stdout.readline(), "ready\n")
                self.tell(process)
                self.assertEqual(process.stdout.readline(), "called\n")
                server.over.set()
                self.tell(process)
                said = json.loads(process.stdout.readline())
        self.assertEqual(process.returncode, 0)
        return said

    @staticmethod
    def tell(process):
        process.stdin.write("\n")
        process.stdin.flush()

    def test_calls_until_the_job_has_ended_and_hears_the_end(self):
        said = self.run_crowd()
        self.assertEqual((said["status"], said["failed"], said["readers"], said["cut"], said["not_told"]),
                         ("Completed", [], 3, 0, 0))
        self.assertGreaterEqual(len(said["get"]), 11)
        self.assertGreaterEqual(len(said["list"]), 11)
        self.assertEqual(said["beats"], 3)

    def test_a_reader_that_is_cut_off_is_seen(self):
        self.assertEqual(self.run_crowd("cuts")["cut"], 3)

    def test_a_reader_that_is_not_told_of_the_end_is_seen(self):
        self.assertEqual(self.run_crowd("mute")["not_told"], 3)

    def test_a_refused_call_is_seen(self):
        self.assertIn("503", self.run_crowd("refuses")["failed"][0])


class Judging(unittest.TestCase):
    def test_quantiles_are_of_both_kinds_of_calls(self):
        found = w10.judge(SAID, 100)
        self.assertEqual((found["p50"], found["p99"], found["max"], found["calls"]), (0.01, 0.02, 0.02, 100))

    def test_whatever_must_not_be_is_wrong(self):
        for change in ({"failed": ["get: 500"]}, {"cut": 1}, {"not_told": 2}, {"status": "Failed"}, {"list": [0.01]}):
            with self.subTest(change), self.assertRaises(WrongRun):
                w10.judge(dict(SAID, **change), 100)

    def test_the_result_page_says_how_long_was_processed(self):
        line = "Times\n  phases       start 0.95 s, plan 1.10 s, process %s, finalize 0.34 s\n"
        for text, seconds in (("0.11 s", 0.11), ("59.99 s", 59.99), ("1:05", 65), ("1:00:05", 3605)):
            self.assertEqual(w10.process_seconds(line % text), seconds)
        with self.assertRaises(WrongRun):
            w10.process_seconds("no such line")


class Rows(unittest.TestCase):
    def test_a_row_that_is_missing_doubled_or_out_of_order_is_found(self):
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        tree = folders.input_tree(folder, 1_002)
        paths = sorted(os.path.join(inner, name) for inner, _, names in os.walk(tree) for name in names)
        rows = os.path.join(folder, "rows.txt")
        for kept, good in ((paths, True), (paths[:-1], False), (paths[1:], False), (paths + paths[-1:], False),
                           (paths[:5] + paths[5:7][::-1] + paths[7:], False)):
            with open(rows, "w") as file:
                file.writelines(path + "\n" for path in kept)
            self.assertEqual(not checks.ordered_tree(rows, 1_002), good)


if __name__ == "__main__":
    unittest.main()

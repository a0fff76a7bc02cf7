"""Drives a real worker process over pipes, as the agent does."""

import atexit
import json
import os
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import textwrap
import time
import unittest

SOURCE = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", "main", "resources", "harness"))


def _copy_of_the_harness():
    """A copy, because workers leave byte code beside the files; processes that this one starts use the same."""
    copy = os.environ.get("WINDROW_TEST_HARNESS")
    if not copy:
        folder = tempfile.mkdtemp(prefix="harness-copy-")
        atexit.register(shutil.rmtree, folder, True)
        copy = os.path.join(folder, "harness")
        shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("__pycache__"))
        os.environ["WINDROW_TEST_HARNESS"] = copy
    return copy


HARNESS = _copy_of_the_harness()
ENTRY = os.path.join(HARNESS, "windrow_worker.py")

SETUP, WORK, SHUTDOWN = 1, 2, 3
HELLO, LOADED, LOAD_FAILED, READY, INIT_FAILED, DONE, FAILED, BYE = 16, 17, 18, 19, 20, 21, 22, 23
JSON_FRAMES = (HELLO, LOADED, LOAD_FAILED, READY, INIT_FAILED, BYE)
PATIENCE = 30.0


class Done:
    """A DONE frame."""

    def __init__(self, body):
        fields = struct.unpack("<IIQQIQQQ", body)
        self.index, self.succeeded, self.offset, self.length, self.header = fields[:5]
        self.start_micros, self.process_nanos, self.run_nanos = fields[5:]


class Failed:
    """A FAILED frame."""

    def __init__(self, body):
        fields = struct.unpack_from("<IQQQB", body)
        self.index, self.start_micros, self.process_nanos, self.run_nanos, self.kind = fields
        at = struct.calcsize("<IQQQB")
        texts = []
        for _ in range(4):
            (size,) = struct.unpack_from("<I", body, at)
            texts.append(body[at + 4 : at + 4 + size].decode("utf-8"))
            at += 4 + size
        assert at == len(body)
        self.error_type, self.message, self.traceback, self.user_line = texts


class Harness:
    """One worker process with this process as its agent."""

    def __init__(self, python=sys.executable, env=None, cwd=None, stderr=None, command=None):
        work_read, self.work = os.pipe()
        self.answers, answers_write = os.pipe()
        environ = {k: v for k, v in os.environ.items() if not k.startswith(("AZUREML_", "CUDA_"))}
        environ.update(env or {})
        self.process = subprocess.Popen(
            command or [python, ENTRY], stdin=work_read, stdout=answers_write, stderr=stderr, cwd=cwd, env=environ
        )
        os.close(work_read)
        os.close(answers_write)
        self._data = b""

    def send(self, kind, body=b""):
        data = memoryview(struct.pack("<IB", len(body) + 1, kind) + body)
        while data:
            data = data[os.write(self.work, data) :]

    def send_work(self, index, names=(), attempt=0):
        names = [os.fsencode(name) for name in names]
        self.send(WORK, struct.pack("<III", index, attempt, len(names)) + b"\0".join(names))

    def receive(self):
        """The next frame as (type, what it says), or None when the worker closed its end."""
        while True:
            if len(self._data) >= 5:
                length, kind = struct.unpack_from("<IB", self._data)
                if len(self._data) >= 4 + length:
                    body, self._data = self._data[5 : 4 + length], self._data[4 + length :]
                    return kind, self._parse(kind, body)
            if not select.select([self.answers], [], [], PATIENCE)[0]:
                raise AssertionError("no answer in %s s" % PATIENCE)
            piece = os.read(self.answers, 1 << 20)
            if not piece:
                return None
            self._data += piece

    @staticmethod
    def _parse(kind, body):
        if kind in JSON_FRAMES:
            return json.loads(body.decode("utf-8"))
        return Done(body) if kind == DONE else Failed(body)

    def expect(self, kind):
        frame = self.receive()
        if frame is None or frame[0] != kind:
            said = frame and (frame[0], frame[1] if isinstance(frame[1], dict) else vars(frame[1]))
            raise AssertionError("expected frame %d, got %s" % (kind, said))
        return frame[1]

    def run(self, index=0, names=("/data/a",), attempt=0):
        self.send_work(index, names, attempt)
        return self.expect(DONE)

    def fail(self, index=0, names=("/data/a",), attempt=0):
        self.send_work(index, names, attempt)
        return self.expect(FAILED)

    def bye(self):
        self.send(SHUTDOWN)
        said = self.expect(BYE)
        self.wait()
        return said

    def wait(self):
        return self.process.wait(PATIENCE)

    def close(self):
        for descriptor in (self.work, self.answers):
            try:
                os.close(descriptor)
            except OSError:
                pass
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except OSError:
            pass
        self.process.wait(PATIENCE)


class HarnessTest(unittest.TestCase):
    """Gives each test a code folder, a log folder and workers that end with it."""

    def setUp(self):
        self.root = os.path.realpath(tempfile.mkdtemp(prefix="harness-"))
        self.addCleanup(shutil.rmtree, self.root, True)
        self.code = os.path.join(self.root, "code")
        self.logs = os.path.join(self.root, "logs")
        self.segment = os.path.join(self.root, "segment")
        os.mkdir(self.code)
        self._segments = 0

    def write(self, path, text):
        full = os.path.join(self.code, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8") as file:
            file.write(textwrap.dedent(text))
        return full

    def setup_fields(self, **changes):
        fields = {
            "version": 1,
            "worker": "process000",
            "instance": "0",
            "job": "job",
            "code": self.code,
            "entry_script": "entry.py",
            "argv": [],
            "environment": {},
            "segment": self.segment,
            "log_root": self.logs,
            "output_dir": None,
            "working_dir": self.code,
            "logging_level": "INFO",
            "stdout_limit": 1 << 20,
            "dataframe_header": False,
            "profile": None,
            "cuda_visible_devices": None,
            "run_id": "run-1",
            "init_only": False,
        }
        fields.update(changes)
        return fields

    def spawn(self, **options):
        options.setdefault("cwd", self.code)
        harness = Harness(**options)
        self.addCleanup(harness.close)
        return harness

    def begin(self, script=None, env=None, **changes):
        """Start a worker and send SETUP; the next frame is about loading."""
        if script is not None:
            self.write("entry.py", script)
        harness = self.spawn(env=env)
        harness.hello = harness.expect(HELLO)
        harness.send(SETUP, json.dumps(self.setup_fields(**changes)).encode("utf-8"))
        return harness

    def ready(self, script=None, env=None, **changes):
        """Start a worker that loads and inits well."""
        harness = self.begin(script, env, **changes)
        harness.loaded = harness.expect(LOADED)
        harness.said_ready = harness.expect(READY)
        return harness

    def rows(self, done=None):
        with open(self.segment, "rb") as file:
            data = file.read()
        return data if done is None else data[done.offset : done.offset + done.length]

    def log(self, *parts):
        path = os.path.join(self.logs, *parts)
        if not os.path.exists(path):
            return ""
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            return file.read()

    def out(self):
        return self.log("user", "stdout", "0", "process000.stdout.txt")

    def err(self):
        return self.log("user", "stderr", "0", "process000.stderr.txt")

    def until(self, condition, what, patience=PATIENCE):
        """Wait for something that announces itself nowhere."""
        end = time.monotonic() + patience
        while not condition():
            if time.monotonic() > end:
                raise AssertionError("not in %s s: %s" % (patience, what))
            select.select([], [], [], 0.01)


def is_gone(pid):
    """Whether a process has ended; one that only waits to be reaped has."""
    try:
        with open("/proc/%d/stat" % pid) as file:
            return file.read().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True

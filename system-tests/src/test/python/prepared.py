"""A real server, and what there can be on it: a job that has completed, one that has failed, one that waits, some in line."""

import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), *[os.pardir] * 4))
COMMAND = os.path.join(ROOT, "windrow")
SPACE = "/api/v1/workspaces/default"
JOBS = SPACE + "/jobs"
# Jobs that are not to be taken away by chance, and those of them whose events come to an end.
KEPT = ("done", "bad", "waits")
ENDED = ("done", "bad")
SPARE = 12
_START_SECONDS = 600
_JOB_SECONDS = 120
_CALL_SECONDS = 60

_SMALL = """\
type: parallel
inputs: {files: {type: uri_folder, path: %(folder)s/in}}
outputs: {rows: {type: uri_file, path: %(folder)s/out/%(name)s.txt}}
input_data: ${{inputs.files}}
mini_batch_size: "1"
max_concurrency_per_instance: 1
mini_batch_error_threshold: 0
retry_settings: {max_retries: 0, timeout: 3600}
tags: {made: by-the-test}
task: {type: run_function, code: %(folder)s/code, entry_script: %(script)s, append_row_to: "${{outputs.rows}}"}
"""
_SCRIPTS = {
    "fails.py": "def run(mini_batch):\n    raise RuntimeError('on purpose')\n",
    "waits.py": "import os\n\n\ndef run(mini_batch):\n    open(%r).read()\n    return mini_batch\n",
}


class Answer:
    """What was answered: status, headers in small letters, bytes."""

    def __init__(self, status, headers, body):
        self.status = status
        self.headers = {name.lower(): value for name, value in headers.items()}
        self.body = body

    def json(self):
        return json.loads(self.body)


class Prepared:
    """The server and its home, empty until ``fill``; ``close`` ends them and all that runs there."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="windrow outside ")
        self.home = os.path.join(self.folder, "home")
        self.environment = dict(os.environ, WINDROW_HOME=self.home)
        self._said = os.path.join(self.folder, "server.txt")
        self._process = None
        try:
            self._start()
        except BaseException:
            self.close()
            raise

    def _start(self):
        # The launcher builds first when sources have changed; that is not the server's time.
        subprocess.run([COMMAND, "--version"], check=True, stdout=subprocess.DEVNULL, env=self.environment)
        with open(self._said, "wb") as out:
            self._process = subprocess.Popen([COMMAND, "server", "--port", "0", "--max-running-jobs", "1"],
                                             stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=self.environment)
        deadline = time.monotonic() + _START_SECONDS
        while True:
            found = re.search(r"Serving at (\S+)\nIts token is in (.+)\n", self.said())
            if found:
                break
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the server did not start: " + self.said())
            time.sleep(0.05)
        self.url = found.group(1)
        self.environment["WINDROW_SERVER"] = self.url
        with open(found.group(2)) as file:
            self.token = file.read().strip()

    def fill(self):
        """Give it the jobs. The one that waits takes the only room: what is submitted from then on stands in line."""
        self._write()
        example = os.path.join(self.folder, "example")
        shutil.copytree(os.path.join(ROOT, "examples", "01-word-count"), example, ignore=shutil.ignore_patterns("out"))
        with open(os.path.join(example, "job.yml")) as file:
            self.submit("done", {"spec": file.read(), "base_path": example})
        self.submit("bad", {"spec": self.small("bad", "fails.py")})
        self.submit("waits", {"spec": self.small("waits", "waits.py")})
        for name, status in (("done", "Completed"), ("bad", "Failed"), ("waits", "Running")):
            self.await_status(name, status)
        # They stand in line behind the one that waits, and cost nothing. Half of them have ended.
        for number in range(SPARE):
            self.submit("spare-%d" % number, {"spec": self.small("spare-%d" % number, "fails.py")})
            if number % 2:
                self.call("POST", JOBS + "/spare-%d/cancel" % number)
            self.call("PUT", SPACE + "/datastores/spare_%d" % number, {"description": "not needed"})
        self.agent_token = self.call("POST", JOBS + "/waits/agent-token").json()["token"]

    def _write(self):
        for name in ("in", "code"):
            os.makedirs(os.path.join(self.folder, name))
        with open(os.path.join(self.folder, "in", "one.txt"), "w") as file:
            file.write("one\n")
        pipe = os.path.join(self.folder, "never")
        os.mkfifo(pipe)
        for name, text in _SCRIPTS.items():
            with open(os.path.join(self.folder, "code", name), "w") as file:
                file.write(text % pipe if "%r" in text else text)

    def small(self, name, script):
        """A job file with one mini-batch."""
        return _SMALL % {"folder": self.folder, "name": name, "script": script}

    def submit(self, name, body):
        answer = self.call("PUT", "%s/%s" % (JOBS, name), body)
        if answer.status not in (200, 201):
            raise RuntimeError("%s: %d %s" % (name, answer.status, answer.body))

    def await_status(self, name, wanted):
        deadline = time.monotonic() + _JOB_SECONDS
        while True:
            status = self.call("GET", "%s/%s" % (JOBS, name)).json()["status"]
            if status == wanted:
                return
            if status in ("Completed", "Failed", "Canceled") or time.monotonic() > deadline:
                raise RuntimeError("%s: %s (expected: %s)" % (name, status, wanted))
            time.sleep(0.05)

    def call(self, method, path, body=None, token=None, headers=None):
        """One call; any status is an answer."""
        headers = dict(headers or {}, Authorization="Bearer " + (token or self.token))
        data = body
        if isinstance(body, dict):
            data, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
        request = urllib.request.Request(self.url + path, data=data, headers=headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=_CALL_SECONDS) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.headers, error.read())

    def said(self):
        """What the server has printed."""
        with open(self._said, errors="replace") as file:
            return file.read()

    def close(self):
        """End the job that waits, the server, and all that is left of both."""
        try:
            if self._process and self._process.poll() is None:
                self.call("POST", JOBS + "/waits/cancel")
                self._process.send_signal(signal.SIGTERM)
                self._process.wait(60)
        finally:
            if self._process and self._process.poll() is None:
                self._process.kill()
                self._process.wait()
            for pid in filter(_is_agent, self._agents()):
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            shutil.rmtree(self.folder, ignore_errors=True)

    def _agents(self):
        """Agents outlive their server; those of this home must not."""
        found, jobs = [], os.path.join(self.home, "jobs")
        for name in os.listdir(jobs) if os.path.isdir(jobs) else []:
            try:
                with open(os.path.join(jobs, name, "instances", "fleet")) as file:
                    found += [int(line.split(" ")[2]) for line in file.read().splitlines()[1:]]
            except (OSError, IndexError, ValueError):
                continue
        return found


def _is_agent(pid):
    """Whether it is one of ours still: numbers of processes that have ended are given out again."""
    try:
        with open("/proc/%d/cmdline" % pid, "rb") as file:
            return b"ServedAgentMain" in file.read()
    except OSError:
        return False

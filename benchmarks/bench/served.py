"""A server of our own: started, asked, measured and stopped."""

import http.client
import json
import os
import re
import select
import signal
import subprocess
import sys
import time
from typing import Dict, List, Optional, Sequence

from bench import folders, metered
from bench.metered import Running, WrongRun
from bench.windrow import Windrow

JOBS = "/api/v1/workspaces/default/jobs"
ENDED = ("Completed", "Failed", "Canceled")
_START_SECONDS = 60
_TICKS = os.sysconf("SC_CLK_TCK")


class Served:
    """A running server over the home of the command under test, on a free port of this machine.

    :param address: where it is asked
    :param more: options of the command
    """

    def __init__(self, windrow: Windrow, logs: str, running_jobs: int, delayed: bool, address: str = "127.0.0.1",
                 more: Sequence[str] = ()):
        self.home = windrow.home
        self.address = address
        command = windrow.command + ["server", "--port", "0", "--home", self.home, "--max-running-jobs",
                                     str(running_jobs)] + list(more)
        self._running = Running(command, logs, windrow.environment(delayed))
        self.port = self._port()
        self.token_file = os.path.join(self.home, "server", "admin.token")
        with open(self.token_file) as file:
            self._token = file.read().strip()
        # A launcher that did not replace itself has the server below it.
        java = [pid for pid in metered.descendants() if metered.program(pid) == "java"]
        self.pid = self._running.pid if not java or self._running.pid in java else java[0]

    def _port(self) -> int:
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline and self._running.poll() is None:
            with open(self._running.stdout_path) as file:
                found = re.search(r"^Serving at http://[^:]+:(\d+)\n", file.read(), re.MULTILINE)
            if found and os.path.exists(os.path.join(self.home, "server", "admin.token")):
                return int(found.group(1))
            time.sleep(0.02)
        raise WrongRun("the server did not start: " + self._running.text())

    def ask(self, method: str, path: str, body: Optional[Dict] = None) -> str:
        """Make one call; returns the text of its answer, and raises WrongRun when it is refused."""
        connection = http.client.HTTPConnection(self.address, self.port, timeout=120)
        try:
            headers = {"Authorization": "Bearer " + self._token}
            if body is not None:
                headers["Content-Type"] = "application/json"
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        except OSError as error:
            raise WrongRun("%s %s: %s" % (method, path, error)) from error
        finally:
            connection.close()
        if answer.status >= 300:
            raise WrongRun("%s %s: %d %s" % (method, path, answer.status, text[:500]))
        return text

    def submit(self, job_file: str, name: str) -> float:
        """Submit a job file; returns how many seconds it took until it was durable and answered."""
        with open(job_file) as file:
            body = {"spec": file.read(), "base_path": os.path.dirname(job_file)}
        began = time.monotonic()
        self.ask("PUT", "%s/%s" % (JOBS, name), body)
        return time.monotonic() - began

    def job(self, name: str) -> Dict:
        return json.loads(self.ask("GET", "%s/%s" % (JOBS, name)))

    def cancel(self, name: str) -> None:
        self.ask("POST", "%s/%s/cancel" % (JOBS, name))

    def await_status(self, name: str, wanted: List[str], limit: float = 120) -> None:
        """Wait for one of these statuses; any other end is wrong."""
        deadline = time.monotonic() + limit
        while True:
            status = self.job(name)["status"]
            if status in wanted:
                return
            if status in ENDED or time.monotonic() > deadline:
                raise WrongRun("%s: %s (expected: %s)" % (name, status, " or ".join(wanted)))
            time.sleep(0.05)

    def agents(self, name: str) -> List[int]:
        """The processes that the server has started for a job."""
        try:
            with open(os.path.join(self.home, "jobs", name, "instances", "fleet")) as file:
                return [int(line.split(" ")[2]) for line in file.read().splitlines()[1:]]
        except (OSError, ValueError, IndexError):
            return []

    def stop(self) -> None:
        """Have it end as on SIGTERM; raises WrongRun when it does not."""
        try:
            os.kill(self.pid, signal.SIGTERM)
            cost = self._running.wait(60)
        except ProcessLookupError as error:
            raise WrongRun("the server had ended: " + self._running.text()) from error
        if cost.exit not in (0, 143, -signal.SIGTERM):
            raise WrongRun("the server: exit %d: %s" % (cost.exit, self._running.text()))


def peak_megabytes(pid: int) -> float:
    """The most memory that a process has had resident so far, in MiB; 0 when it is gone."""
    try:
        with open("/proc/%d/status" % pid) as file:
            found = re.search(r"^VmHWM:\s+(\d+) kB", file.read(), re.MULTILINE)
    except OSError:
        return 0.0
    return int(found.group(1)) / 1024 if found else 0.0


def cpu_seconds(pid: int) -> float:
    """User and system time of a process so far, without its children."""
    try:
        with open("/proc/%d/stat" % pid, "rb") as file:
            fields = file.read().rsplit(b")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICKS


class Crowd:
    """The clients of `clients/crowd.py`, in a process of their own."""

    def __init__(self, served: Served, logs: str, options: Dict[str, object]):
        os.makedirs(logs, exist_ok=True)
        command = [sys.executable, os.path.join(folders.BENCHMARKS, "clients", "crowd.py"), "--port", str(served.port),
                   "--token-file", served.token_file]
        for name, value in options.items():
            command += ["--" + name, str(value)]
        self._errors = os.path.join(logs, "stderr.txt")
        with open(self._errors, "wb") as err:
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=err)

    def tell(self) -> None:
        """Have it do the next thing."""
        try:
            self._process.stdin.write(b"\n")
            self._process.stdin.flush()
        except OSError as error:
            raise WrongRun("the clients: " + self._said()) from error

    def hear(self, limit: float, meanwhile=lambda: None) -> str:
        """The next line it says; what is to be done meanwhile is done twice a second."""
        deadline = time.monotonic() + limit
        while time.monotonic() < deadline:
            if select.select([self._process.stdout], [], [], 0.5)[0]:
                line = self._process.stdout.readline().decode()
                if not line:
                    raise WrongRun("the clients: " + self._said())
                return line.strip()
            meanwhile()
        raise WrongRun("the clients: no word for %d s" % limit)

    def end(self) -> None:
        """Let it go; harmless when it has ended."""
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.kill()
        self._process.wait()

    def _said(self) -> str:
        with open(self._errors, errors="replace") as file:
            return file.read().strip()[-800:] or "ended"

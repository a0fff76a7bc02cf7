"""Runs one command and says what it cost: wall time, and the CPU time of all its processes.

A process that its parent left behind comes to us (Linux: child subreaper), so that its CPU time is counted and nothing
runs on into the next measurement.
"""

import ctypes
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from typing import Dict, List, NamedTuple, Optional

_PR_SET_CHILD_SUBREAPER = 36
_LEFTOVER_SECONDS = 10.0


class WrongRun(Exception):
    """A run that ended badly, or whose result is not what it should be."""


class Cost(NamedTuple):
    """What a command cost."""

    wall: float
    cpu: float
    exit: int


def adopt_orphans() -> bool:
    """Make this process the parent of what its descendants leave behind; False where that is not to be had."""
    if not sys.platform.startswith("linux"):
        return False
    return ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0


def children_cpu() -> float:
    """User and system seconds of all ended children."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def descendants() -> List[int]:
    """Process numbers of everything below this process, parents first; empty where /proc is not to be had."""
    parents: Dict[int, List[int]] = {}
    for name in os.listdir("/proc") if os.path.isdir("/proc") else []:
        if name.isdigit():
            try:
                with open("/proc/%s/stat" % name, "rb") as file:
                    parent = int(file.read().rsplit(b")", 1)[1].split()[1])
            except (OSError, IndexError):
                continue
            parents.setdefault(parent, []).append(int(name))
    found: List[int] = []
    level = [os.getpid()]
    while level:
        level = [child for parent in level for child in parents.get(parent, [])]
        found += level
    return found


def program(pid: int) -> str:
    """The name of a process; empty when it is gone."""
    try:
        with open("/proc/%d/comm" % pid) as file:
            return file.read().strip()
    except OSError:
        return ""


def kill(pid: int) -> None:
    """SIGKILL; harmless when the process is gone."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def end_leftovers(seconds: float = _LEFTOVER_SECONDS) -> int:
    """Wait for what a command left behind, then kill the rest of it; returns how many had to be killed."""
    deadline = time.monotonic() + seconds
    killed = set()
    while _reap():
        if time.monotonic() > deadline:
            for pid in descendants():
                killed.add(pid)
                kill(pid)
        time.sleep(0.005)
    return len(killed)


def _reap() -> bool:
    """Take note of ended children; True while there are others."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0] != 0:
            pass
        return True
    except ChildProcessError:
        return False


class Running:
    """A command that was started. Only one at a time, because the CPU time of all children is taken."""

    def __init__(self, command: List[str], logs: str, env: Optional[Dict[str, str]] = None, cwd: Optional[str] = None):
        os.makedirs(logs, exist_ok=True)
        self.command = command
        self.stdout_path = os.path.join(logs, "stdout.txt")
        self.stderr_path = os.path.join(logs, "stderr.txt")
        self._cpu = children_cpu()
        with open(self.stdout_path, "wb") as out, open(self.stderr_path, "wb") as err:
            self.began = time.monotonic()
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=env, cwd=cwd, start_new_session=True)

    @property
    def pid(self) -> int:
        return self._process.pid

    def poll(self) -> Optional[int]:
        """The exit code, or None while it runs."""
        return self._process.poll()

    def kill(self) -> None:
        """Kill the command's own process, no other."""
        self._process.kill()

    def wait_main(self) -> int:
        """Block until the command's own process has ended; what it left behind goes on."""
        return self._process.wait()

    def wait(self, limit: float, leftovers: float = _LEFTOVER_SECONDS) -> Cost:
        """Block until it has ended and nothing of it is left."""
        guard = threading.Timer(limit, self.kill)
        guard.start()
        try:
            # Without a time-out of its own: with one, Popen looks only every 50 ms.
            code = self._process.wait()
            wall = time.monotonic() - self.began
        finally:
            guard.cancel()
        end_leftovers(leftovers)
        return Cost(wall, children_cpu() - self._cpu, code)

    def text(self) -> str:
        """What it said, for a message about its failure."""
        with open(self.stderr_path, errors="replace") as err, open(self.stdout_path, errors="replace") as out:
            said = (out.read().strip()[-800:], err.read().strip()[-800:])
        return "\n".join(part for part in said if part)


def run(command, logs, env=None, cwd=None, limit=3600.0) -> "tuple[Cost, Running]":
    """Run a command to its end; raises WrongRun when it does not exit with 0."""
    running = Running(command, logs, env, cwd)
    cost = running.wait(limit)
    if cost.exit != 0:
        raise WrongRun("exit %d: %s" % (cost.exit, running.text()))
    return cost, running

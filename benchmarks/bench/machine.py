"""Facts of the machine that a reader of the numbers needs; no names and no paths."""

import os
import platform
import re
import subprocess
import time
from typing import Dict, List

QUIET = 0.5


def load() -> float:
    """The load average of the last minute."""
    return os.getloadavg()[0]


def wait_for_quiet(seconds: float, say) -> float:
    """Wait until the load is low, at most so long; returns the load at the end."""
    deadline = time.monotonic() + seconds
    if load() > QUIET and seconds > 0:
        say("load %.2f: waiting up to %d s for %.1f" % (load(), seconds, QUIET))
    while load() > QUIET and time.monotonic() < deadline:
        time.sleep(1)
    return load()


def _first(path: str, pattern: str) -> str:
    try:
        with open(path) as file:
            found = re.search(pattern, file.read(), re.MULTILINE)
    except OSError:
        return "unknown"
    return found.group(1).strip() if found else "unknown"


def facts() -> Dict[str, str]:
    """Processor, memory, system."""
    memory = _first("/proc/meminfo", r"^MemTotal:\s+(\d+)")
    return {
        "cores": str(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()),
        "processor": _first("/proc/cpuinfo", r"^model name\s*:\s*(.*)$"),
        "memory": "%.0f GiB" % (int(memory) / 2**20) if memory.isdigit() else memory,
        "system": "%s %s" % (platform.system(), platform.release().split("-")[0]),
        "distribution": _first("/etc/os-release", r'^PRETTY_NAME="?([^"\n]*)'),
        "python": platform.python_version(),
    }


def disk(folder: str) -> str:
    """The kind of file system that a folder is on."""
    try:
        done = subprocess.run(["stat", "-f", "-c", "%T", folder], stdout=subprocess.PIPE, text=True, check=False)
        return done.stdout.strip() or "unknown"
    except OSError:
        return "unknown"


def version_line(command: List[str]) -> str:
    """The first line of what a command says about its version; empty when it is not there."""
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip().split("\n")[0] if done.returncode == 0 else ""

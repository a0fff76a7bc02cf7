"""Starts and stops the cluster's processes; each is known by its id and the moment it began."""

import json
import os
import signal
import subprocess
import time

from places import ClusterError, state, write

END_SECONDS = 20


def began(pid):
    """When a process began, in ticks since the machine did; None when there is none."""
    try:
        with open("/proc/%d/stat" % pid, "rb") as stat:
            fields = stat.read().rpartition(b")")[2].split()
        return None if fields[0] in (b"Z", b"X") else int(fields[19])
    except (OSError, ValueError, IndexError):
        return None


def record(name):
    return state("run", name + ".json")


def log(name):
    return state("log", name + ".log")


def find(name):
    """The id of a process that was started under this name and lives; None when none does."""
    try:
        with open(record(name)) as content:
            known = json.load(content)
        return known["pid"] if began(known["pid"]) == known["began"] else None
    except (OSError, ValueError, KeyError):
        return None


def start(name, command, environment=None):
    """Start a process in the background, unless it runs."""
    if find(name):
        return
    os.makedirs(os.path.dirname(log(name)), exist_ok=True)
    with open(log(name), "ab") as out:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True,
            cwd="/", env=dict(os.environ, **(environment or {})))
    write(record(name), json.dumps({"pid": process.pid, "began": began(process.pid)}))


def stop(name):
    """End a process and wait for it: a port still held would fail the next start."""
    pid = find(name)
    if pid:
        end(pid)
    if os.path.exists(record(name)):
        os.remove(record(name))


def signal_to(name, number):
    """Send a signal to a process, if it lives."""
    pid = find(name)
    if pid:
        os.kill(pid, number)


def kill(name):
    """End a process without a word, and wait for it."""
    pid = find(name)
    if pid:
        first = began(pid)
        signal_to(name, signal.SIGKILL)
        await_end(pid, first)
    if os.path.exists(record(name)):
        os.remove(record(name))


def end(pid):
    first = began(pid)
    if first is None:
        return
    os.kill(pid, signal.SIGTERM)
    for number in (None, signal.SIGKILL):
        if number is not None:
            os.kill(pid, number)
        if await_end(pid, first):
            return


def await_end(pid, first):
    limit = time.monotonic() + END_SECONDS
    while time.monotonic() < limit:
        try:
            os.waitpid(pid, os.WNOHANG)
        except ChildProcessError:
            pass
        if began(pid) != first:
            return True
        time.sleep(0.05)
    return False


def wait(what, seconds, look, alive=()):
    """Wait until `look` says yes; a process of `alive` that ends is the answer before."""
    limit = time.monotonic() + seconds
    while not look():
        for name in alive:
            if not find(name):
                raise ClusterError("%s has ended; its last words:\n%s" % (name, last(name)))
        if time.monotonic() > limit:
            words = "".join("\n%s:\n%s" % (name, last(name)) for name in alive)
            raise ClusterError("%s: not after %d s%s" % (what, seconds, words))
        time.sleep(0.1)


def last(name):
    try:
        with open(log(name), "rb") as content:
            content.seek(0, os.SEEK_END)
            content.seek(max(0, content.tell() - 2000))
            return content.read().decode("utf-8", "replace")
    except OSError:
        return "(no log)"

"""Measures what a mini-batch of a no-op script costs, and how long a worker takes to start.

``python bench.py [mini-batches]``: CPU of the worker per mini-batch, wall time per mini-batch, and start-up times.
"""

import json
import os
import resource
import shutil
import struct
import sys
import tempfile
import time

import driver

AHEAD = 32


def _setup(root, **changes):
    code = os.path.join(root, "code")
    os.makedirs(code, exist_ok=True)
    with open(os.path.join(code, "entry.py"), "w") as file:
        file.write("def run(mini_batch):\n    return mini_batch\n")
    fields = {
        "version": 1, "worker": "process000", "instance": "0", "code": code, "entry_script": "entry.py",
        "log_root": os.path.join(root, "logs"), "run_id": "bench", "segment": None, "stdout_limit": 1 << 20,
    }
    fields.update(changes)
    return json.dumps(fields).encode()


def start_up(root, rounds=20):
    """Medians of spawn to HELLO and HELLO to READY, and of a bare interpreter, in milliseconds."""
    hello, ready, bare = [], [], []
    for _ in range(rounds):
        begin = time.perf_counter()
        driver.subprocess.call([sys.executable, "-c", "pass"])
        bare.append(time.perf_counter() - begin)
        begin = time.perf_counter()
        harness = driver.Harness()
        harness.expect(driver.HELLO)
        greeted = time.perf_counter()
        harness.send(driver.SETUP, _setup(root))
        harness.expect(driver.LOADED)
        harness.expect(driver.READY)
        ready.append(time.perf_counter() - greeted)
        hello.append(greeted - begin)
        harness.close()
    return [sorted(times)[rounds // 2] * 1e3 for times in (bare, hello, ready)]


def per_mini_batch(root, total, **changes):
    """(CPU, wall) of the worker in microseconds per mini-batch, start-up not counted."""
    harness = driver.Harness()
    harness.expect(driver.HELLO)
    harness.send(driver.SETUP, _setup(root, **changes))
    harness.expect(driver.LOADED)
    harness.expect(driver.READY)
    before = _cpu(harness.process.pid)
    names = b"/data/input/file-000001.txt"
    size = struct.calcsize("<IBIIQQIQQQ")
    begin = time.perf_counter()
    sent = answered = rest = 0
    while answered < total:
        room = min(AHEAD - (sent - answered), total - sent)
        if room:
            frames = [
                struct.pack("<IBIII", 13 + len(names), driver.WORK, index, 0, 1) + names
                for index in range(sent, sent + room)
            ]
            os.write(harness.work, b"".join(frames))
            sent += room
        rest += len(os.read(harness.answers, 65536))
        answered += rest // size
        rest %= size
    wall = time.perf_counter() - begin
    cpu = _cpu(harness.process.pid) - before
    harness.close()
    return cpu / total * 1e6, wall / total * 1e6


def _cpu(pid):
    with open("/proc/%d/schedstat" % pid) as file:
        return int(file.read().split()[0]) / 1e9


def main():
    total = int(sys.argv[1]) if len(sys.argv) > 1 else 200000
    root = tempfile.mkdtemp(prefix="harness-bench-")
    try:
        bare, hello, ready = start_up(root)
        print("bare interpreter %.1f ms; spawn to HELLO %.1f ms; HELLO to READY %.1f ms" % (bare, hello, ready))
        print("counted only: CPU %.2f us, wall %.2f us per mini-batch" % per_mini_batch(root, total))
        segment = os.path.join(root, "segment")
        print("one row each: CPU %.2f us, wall %.2f us per mini-batch" % per_mini_batch(root, total, segment=segment))
        print("all workers: %s" % resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime)
    finally:
        shutil.rmtree(root, True)


if __name__ == "__main__":
    main()

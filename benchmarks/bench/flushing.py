"""Flushes: how long one takes on this disk, and a layer that makes them take longer."""

import os
import shutil
import sqlite3
import subprocess
import time
from typing import Callable, Dict, List, Optional

from bench import folders
from bench.metered import WrongRun

_SOURCE = os.path.join(folders.BENCHMARKS, "native", "flush_delay.c")


class FlushDelay:
    """Adds a delay to each fsync and fdatasync of a command, and counts them."""

    def __init__(self, work: str, micros: int):
        self.micros = micros
        self._library = os.path.join(work, "flush_delay.so")
        self._log = os.path.join(work, "flushes.txt")
        compiler = shutil.which("gcc") or shutil.which("cc")
        if not compiler:
            raise WrongRun("--flush-delay needs a C compiler: install gcc, or use --flush-delay none")
        os.makedirs(work, exist_ok=True)
        done = subprocess.run([compiler, "-O2", "-shared", "-fPIC", "-o", self._library, _SOURCE, "-ldl"],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        if done.returncode != 0:
            raise WrongRun("flush_delay.c: " + done.stdout.strip()[-300:])

    def environment(self, env: Dict[str, str]) -> Dict[str, str]:
        """The environment of a command whose flushes are to take longer; forgets what was counted."""
        if os.path.exists(self._log):
            os.unlink(self._log)
        return dict(env, LD_PRELOAD=self._library, BENCH_FLUSH_MICROS=str(self.micros), BENCH_FLUSH_LOG=self._log)

    def counted(self) -> int:
        """Flushes of the processes that have ended in good order since."""
        try:
            with open(self._log) as file:
                return sum(int(line.split()[1]) for line in file)
        except FileNotFoundError:
            return 0


def probe(folder: str, count: int) -> Dict[str, List[float]]:
    """Seconds of single flushes: fdatasync of 4 KiB in place, a commit of one small row to SQLite's WAL, and the least
    that any engine with such a ledger needs: that commit, and a word to another process and back."""
    os.makedirs(folder, exist_ok=True)
    return {"fdatasync": _fdatasyncs(os.path.join(folder, "flush.bin"), count),
            "sqlite": _commits(os.path.join(folder, "flush.db"), count, None),
            "floor": _floor(os.path.join(folder, "floor.db"), count)}


def _fdatasyncs(path: str, count: int) -> List[float]:
    flush = getattr(os, "fdatasync", os.fsync)
    file = os.open(path, os.O_RDWR | os.O_CREAT)
    try:
        os.pwrite(file, b"\0" * 4096 * 16, 0)
        os.fsync(file)
        taken = []
        for number in range(count):
            os.pwrite(file, bytes([number % 251]) * 4096, number % 16 * 4096)
            begin = time.perf_counter()
            flush(file)
            taken.append(time.perf_counter() - begin)
        return taken
    finally:
        os.close(file)
        os.unlink(path)


def _commits(path: str, count: int, between: Optional[Callable[[], None]]) -> List[float]:
    for old in (path, path + "-wal", path + "-shm"):
        if os.path.exists(old):
            os.unlink(old)
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = full")
        connection.execute("create table t (id integer primary key, detail blob not null)")
        _lengthen(path + "-wal")
        taken = []
        for _ in range(count):
            begin = time.perf_counter()
            connection.execute("insert into t (detail) values (zeroblob(60))")
            if between:
                between()
            taken.append(time.perf_counter() - begin)
        return taken
    finally:
        connection.close()


def _lengthen(log: str) -> None:
    """Gives the log its full length at once, as the ledger's has: a flush of a file that grows takes longer."""
    with open(log, "r+b") as file:
        file.seek(0, os.SEEK_END)
        file.write(bytes((8 << 20) - file.tell()))
        os.fsync(file.fileno())


def _floor(path: str, count: int) -> List[float]:
    """A commit and a round trip each, the other process as idle as a worker that waits."""
    to_child, of_child = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        os.close(to_child[1])
        while os.read(to_child[0], 64):
            os.write(of_child[1], b"done")
        os._exit(0)
    os.close(to_child[0])

    def round_trip() -> None:
        os.write(to_child[1], b"mini-batch")
        os.read(of_child[0], 64)

    try:
        return _commits(path, count, round_trip)
    finally:
        os.close(to_child[1])
        os.waitpid(child, 0)
        os.close(of_child[0])
        os.close(of_child[1])

"""The peers: how each is started, and what it measured."""

import json
import os
from typing import Dict, List, NamedTuple, Optional

from bench import folders, metered
from bench.metered import Cost, WrongRun


class Peer(NamedTuple):
    """One way to run a peer.

    :param name: as the table has it
    :param install: the name that ``--peers`` selects and that versions are listed by
    :param module: its file in ``peers/``
    :param chunk: mini-batches in one task
    """

    name: str
    install: str
    module: str
    chunk: int = 1


POOL = Peer("multiprocessing.Pool", "pool", "pool")
EXECUTOR = Peer("ProcessPoolExecutor", "executor", "executor")
JOBLIB = Peer("joblib, batch 1", "joblib", "loky")
RAY = Peer("Ray tasks", "ray", "ray_tasks")
RAY_ACTORS = Peer("Ray, two actors", "ray", "ray_actors")
DASK = Peer("Dask distributed", "dask", "dask_cluster")
ALL = ["pool", "executor", "joblib", "ray", "dask", "parallel"]


def in_chunks(peer: Peer, chunk: int) -> Peer:
    """The same peer with several mini-batches in one task (joblib: as many as it finds best)."""
    label = "batch auto" if peer is JOBLIB else "chunk %d" % chunk
    name = "joblib" if peer is JOBLIB else peer.name
    return Peer("%s, %s" % (name, label), peer.install, peer.module, chunk)


class Players:
    """Runs peers on the interpreter that has them."""

    def __init__(self, python: str, work: str, workers: int):
        self._python = python
        self._logs = os.path.join(work, "logs", "peers")
        self._workers = workers

    def environment(self, function: str, extra: Optional[Dict[str, str]] = None) -> Dict[str, str]:
        path = os.pathsep.join([folders.PEERS, folders.FUNCTIONS])
        return dict(os.environ, PYTHONPATH=path, BENCH_FUNCTION=function, PYTHONDONTWRITEBYTECODE="1", **(extra or {}))

    def command(self, peer: Peer, files: str, count: int, *more: str) -> List[str]:
        return [self._python, os.path.join(folders.PEERS, "play.py"), peer.module, "--input", files, "--count",
                str(count), "--workers", str(self._workers), "--chunk", str(peer.chunk), "--out", self.out(peer)] + list(more)

    def logs(self, peer: Peer) -> str:
        return os.path.join(self._logs, peer.module)

    def out(self, peer: Peer) -> str:
        return os.path.join(self.logs(peer), "outcome.json")

    def run(self, peer: Peer, function: str, files: str, count: int, *more: str) -> "tuple[Cost, Dict]":
        """Run a peer to its end; raises WrongRun when a result is missing or there twice."""
        cost, _ = metered.run(self.command(peer, files, count, *more), self.logs(peer), self.environment(function))
        with open(self.out(peer)) as file:
            measured = json.load(file)
        problems = throughput_problems(measured, count) if "results" in measured else []
        if problems:
            raise WrongRun("; ".join(problems))
        return cost, measured


def throughput_problems(measured: Dict, count: int) -> List[str]:
    """What is wrong with a peer's results."""
    wanted = {"results": count, "missing": 0, "doubled": 0}
    return ["%s: %d (expected: %d)" % (name, measured[name], value)
            for name, value in wanted.items() if measured[name] != value]

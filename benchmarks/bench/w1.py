"""W1: no-op mini-batches, how many a second: the cold command, and the process phase within it."""

import os
from typing import Dict, List

from bench import checks, folders, metered, table, windrow
from bench.context import Context, delay_note
from bench.metered import WrongRun
from bench.peers import DASK, EXECUTOR, JOBLIB, POOL, RAY, RAY_ACTORS, Peer, in_chunks
from bench.report import Findings
from bench.rounds import Contestant, play
from bench.table import Column, Ratio

COUNT = 100_000
OURS = "windrow"
# Peers that would take minutes for all run fewer mini-batches, and rates are compared.
FEWER = {JOBLIB: 20_000, RAY: 5_000, RAY_ACTORS: 10_000, DASK: 2_000}
_PARALLEL_COUNT = 300
_CHUNKS = (16, 64, 256, 1024)
_COLUMNS = [
    Column("cold, mini-batches/s", "cold_rate", table.thousands),
    Column("process, mini-batches/s", "process_rate", table.thousands),
    Column("cold", "cold", table.seconds),
    Column("process", "process", table.seconds),
    Column("CPU a mini-batch", "cpu_micros", table.micros),
]


def measured(count: int, wall: float, process: float, cpu: float, scale: int) -> Dict[str, float]:
    """The quantities of one run; scale is how many mini-batches ours ran."""
    return {"cold_rate": count / wall, "process_rate": count / process, "cold": wall, "process": process,
            "cpu_micros": cpu / count * 1e6,
            # As the cold command of that many mini-batches at the same rate: fair to those that ran fewer.
            "cold_rate_all": scale / (wall - process + process / count * scale)}


def run(context: Context) -> Findings:
    """Play it."""
    count = context.count or COUNT
    files = folders.input_files(context.work, count)
    job = windrow.write_job(os.path.join(context.work, "w1"), files, "noop", {}, False, context.workers)
    context.say("warming up: a first run builds Windrow and fills the page cache")
    _ours(context, job, count, False)(-1)
    who = [Contestant(context.label(OURS, delayed), count, "journaled: each result flushed before it counts",
                      _ours(context, job, count, delayed)) for delayed in context.variants()]
    who += _peers(context, files, count) + _parallel(context, files)
    rounds = play(who, context.rounds, context.say)
    tables = [table.contestants(who, rounds, _COLUMNS), table.ratios(_ratios(context, who), rounds)]
    return Findings("w1", "%s no-op mini-batches, %d workers" % (table.thousands(count), context.workers), who, rounds,
                    tables, _notes(context), ["windrow run job.yml -n NAME --json --quiet"])


def _ours(context: Context, job, count: int, delayed: bool):
    def once(number: int) -> Dict[str, float]:
        name = context.job_name("w1", number, delayed)
        cost, document = context.windrow.run(job, name, delayed)
        problems = checks.counts(document, count, count) + checks.ledger(context.windrow.ledger(name), count)
        context.windrow.forget(name)
        if problems:
            raise WrongRun("; ".join(problems))
        values = measured(count, cost.wall, document["phases"]["process"], cost.cpu, count)
        if delayed and context.delay:
            values["flushes"] = float(context.delay.counted())
        return values

    return once


def _peers(context: Context, files: str, count: int) -> List[Contestant]:
    chosen = [peer for peer in (POOL, EXECUTOR, JOBLIB, RAY, RAY_ACTORS, DASK) if context.has(peer.install)]
    who = [_peer(context, peer, files, min(count, FEWER.get(peer, count)), "keeps nothing") for peer in chosen]
    for peer in chosen:
        chunk = _best_chunk(context, files, count) if peer is POOL else 64
        chosen_by = {POOL: "the best chunk of %s" % (_CHUNKS,), JOBLIB: "its own choice of batches"}
        note = "keeps nothing; " + chosen_by.get(peer, "many in one task")
        who.append(_peer(context, in_chunks(peer, chunk), files, count, note))
    return who


def _peer(context: Context, peer: Peer, files: str, count: int, note: str) -> Contestant:
    def once(_number: int) -> Dict[str, float]:
        cost, found = context.players.run(peer, "noop", files, count)
        return measured(count, cost.wall, found["seconds"], cost.cpu, context.count or COUNT)

    return Contestant(peer.name, count, note, once)


def _best_chunk(context: Context, files: str, count: int) -> int:
    """The chunk size with which the pool is fastest, by one try each."""
    taken = {}
    for chunk in _CHUNKS:
        taken[chunk] = context.players.run(in_chunks(POOL, chunk), "noop", files, count)[1]["seconds"]
    best = min(taken, key=taken.__getitem__)
    context.say("multiprocessing.Pool: best chunk of %s: %d" % (", ".join(map(str, _CHUNKS)), best))
    return best


def _parallel(context: Context, files: str) -> List[Contestant]:
    if not context.has("parallel"):
        return []
    function = os.path.join(folders.FUNCTIONS, "noop.py")
    kinds = (("GNU parallel, Python", ["python3", function, "{}"], "a Python process each; the same function file"),
             ("GNU parallel, echo", ["echo", "{/}"], "no Python at all: flatters it"))
    return [Contestant(name, _PARALLEL_COUNT, note, _parallel_once(context, files, command))
            for name, command, note in kinds]


def _parallel_once(context: Context, files: str, command: List[str]):
    def once(_number: int) -> Dict[str, float]:
        count = _PARALLEL_COUNT
        listed = os.path.join(context.work, "w1", "files.txt")
        with open(listed, "w") as file:
            file.writelines(os.path.join(files, name) + "\n" for name in folders.names(count))
        cost, running = metered.run(["parallel", "-j%d" % context.workers] + command + ["::::", listed],
                                    context.logs("parallel"))
        with open(running.stdout_path) as file:
            problems = checks.numbers((int(line) for line in file), count)
        if problems:
            raise WrongRun("; ".join(problems))
        return measured(count, cost.wall, cost.wall, cost.cpu, context.count or COUNT)

    return once


def _ratios(context: Context, who: List[Contestant]) -> List[Ratio]:
    names = [one.name for one in who]
    wanted = []
    for delayed in context.variants():
        ours = context.label(OURS, delayed)
        pool, ray, actors = POOL.name, RAY.name, RAY_ACTORS.name
        wanted += [Ratio("cold, %s / %s chunk 1" % (ours, pool), ours, pool, "cold_rate", 0.45),
                   Ratio("process, %s / %s chunk 1" % (ours, pool), ours, pool, "process_rate", 1),
                   Ratio("process, %s / %s" % (ours, ray), ours, ray, "process_rate", 5),
                   Ratio("process, %s / %s" % (ours, actors), ours, actors, "process_rate", 5),
                   Ratio("cold at %s, %s / %s" % (table.thousands(context.count or COUNT), ours, ray), ours, ray, "cold_rate_all", 5),
                   Ratio("cold at %s, %s / %s" % (table.thousands(context.count or COUNT), ours, actors), ours, actors,
                         "cold_rate_all", 5),
                   Ratio("process, %s / %s" % (ours, EXECUTOR.name), ours, EXECUTOR.name, "process_rate", 2),
                   Ratio("process, %s / %s" % (ours, DASK.name), ours, DASK.name, "process_rate", 10),
                   Ratio("cold, %s / GNU parallel, echo" % ours, ours, "GNU parallel, echo", "cold_rate_all", 100)]
        wanted += [Ratio("process, %s / %s" % (ours, name), ours, name, "process_rate")
                   for name in names if name.startswith((POOL.name + ", chunk", JOBLIB.name))]
    return wanted


def _notes(context: Context) -> List[str]:
    return [
        "cold: from the start of the command to its exit, everything in it: the runtime's start, listing the folder, "
        "starting and ending the workers, for us also planning and the ledger.",
        "process: ours from the first lease to the last commit (`phases.process` of `--json`); a peer's from its first "
        "submit to its last result, after 20 calls that started its workers; GNU parallel's is its whole command.",
        "CPU: user and system time of all processes of the command, the start included, divided by its mini-batches.",
        "Ray, Dask, joblib batch 1 and GNU parallel ran fewer mini-batches (see the column) because all would take "
        "minutes; “cold at %s” takes their start as measured and the rest at their process rate." % table.thousands(context.count or COUNT),
        "Checked in each run: ours by the counts of `--json` and by one good row a mini-batch in the ledger; peers by "
        "one result a file, no file missing and none twice.",
        "Every contestant calls `run()` of the same function file, one file a call, on the same folder.",
    ] + delay_note(context)

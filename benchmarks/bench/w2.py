"""W2: one mini-batch at a time, from its claim to its acknowledgement: how long does it take?"""

import json
import os
import sys
from typing import Dict, List

from bench import checks, folders, metered, table, windrow
from bench.context import Context, delay_note
from bench.figures import quantile
from bench.metered import WrongRun
from bench.peers import DASK, EXECUTOR, POOL, RAY, RAY_ACTORS, Peer
from bench.report import Findings
from bench.rounds import Contestant, play, values
from bench.rounds import Round, Sample
from bench.table import Column, Goal, Ratio

COUNT = 5_000
OURS = "windrow"
_FLUSH = "one flush of this disk"
_WARM = 500
_FEWER = {RAY: 2_000, RAY_ACTORS: 2_000, DASK: 500}
_COLUMNS = [
    Column("p50", "p50", table.micros),
    Column("p99", "p99", table.micros),
    Column("greatest", "most", table.micros),
    Column("lease → ack p50", "lease_p50", table.micros),
    Column("floor p50", "floor", table.micros),
    Column("CPU a mini-batch", "cpu_micros", table.micros),
]


def latencies(nanos: List[int]) -> Dict[str, float]:
    """Quantiles in microseconds."""
    return {"p50": quantile(nanos, 0.5) / 1e3, "p99": quantile(nanos, 0.99) / 1e3, "most": max(nanos) / 1e3}


def run(context: Context) -> Findings:
    """Play it."""
    count = context.count or COUNT
    files = folders.input_files(context.work, count + _WARM)
    job = windrow.write_job(os.path.join(context.work, "w2"), files, "noop", {}, False, context.workers)
    context.measured.build(context.say)
    who = []
    for delayed in context.variants():
        who.append(Contestant(context.label(_FLUSH, delayed), count, "fdatasync of 4 KiB; beside it a commit to "
                              "SQLite's WAL as “lease → ack”", _flush(context, delayed)))
        who.append(Contestant(context.label(OURS, delayed), count, "each result flushed before it is acknowledged",
                              _ours(context, job, count, delayed)))
    who += [_peer(context, peer, files, min(count, _FEWER.get(peer, count)))
            for peer in (POOL, EXECUTOR, RAY, RAY_ACTORS, DASK) if context.has(peer.install)]
    rounds = _with_goals(context, play(who, context.rounds, context.say))
    tables = [table.contestants(who, rounds, _COLUMNS), table.ratios(_ratios(context), rounds),
              table.goals(_goals(context), rounds)]
    return Findings("w2", "one mini-batch at a time, from claim to acknowledgement", who, rounds, tables,
                    _notes(context), ["java %s -cp … dev.windrow.benchmarks.MeasuredRun depth-one HOME job.yml NAME OUT"
                                      % " ".join(windrow.JAVA_OPTIONS)])


def _ours(context: Context, job, count: int, delayed: bool):
    def once(number: int) -> Dict[str, float]:
        name = context.job_name("w2", number, delayed)
        cost, document = context.measured.run("depth-one", job, name, delayed)
        problems = checks.counts(document, count + _WARM, count + _WARM)
        problems += checks.ledger(context.windrow.ledger(name), count + _WARM)
        if document["most_open"] != 1:
            problems.append("%d mini-batches were out at once (expected: 1)" % document["most_open"])
        context.windrow.forget(name)
        if problems:
            raise WrongRun("; ".join(problems))
        found = latencies(document["ack_to_ack_nanos"][_WARM:])
        found["lease_p50"] = quantile(document["lease_to_ack_nanos"][_WARM:], 0.5) / 1e3
        found["cpu_micros"] = cost.cpu / (count + _WARM) * 1e6
        return found

    return once


def _flush(context: Context, delayed: bool):
    command = [sys.executable, os.path.join(folders.BENCHMARKS, "bench", "probe.py"),
               os.path.join(context.work, "flush"), "1000"]

    def once(_number: int) -> Dict[str, float]:
        _, running = metered.run(command, context.logs("flush"), context.windrow.environment(delayed))
        with open(running.stdout_path) as file:
            taken = json.load(file)
        found = latencies([seconds * 1e9 for seconds in taken["fdatasync"]])
        found["lease_p50"] = quantile(taken["sqlite"], 0.5) * 1e6
        found["floor"] = quantile(taken["floor"], 0.5) * 1e6
        return found

    return once


def _peer(context: Context, peer: Peer, files: str, count: int) -> Contestant:
    def once(_number: int) -> Dict[str, float]:
        cost, found = context.players.run(peer, "noop", files, count, "--latency")
        if len(found["nanos"]) != count:
            raise WrongRun("%d calls (expected: %d)" % (len(found["nanos"]), count))
        return dict(latencies(found["nanos"]), cpu_micros=cost.cpu / count * 1e6)

    return Contestant(peer.name, count, "call and wait; keeps nothing", once)


def _with_goals(context: Context, rounds: List[Round]) -> List[Round]:
    """Adds to ours, round by round, its p50 over the sum of Pool.apply's and of one flush's, and over the floor."""
    for delayed in context.variants():
        ours, flush = context.label(OURS, delayed), context.label(_FLUSH, delayed)
        p50s = zip(rounds, values(rounds, ours, "p50"), values(rounds, POOL.name, "p50"), values(rounds, flush, "p50"),
                   values(rounds, flush, "floor"))
        for one, own, pool, disk, floor in p50s:
            sample = one.samples.get(ours)
            if own and disk and floor and sample:
                more = {"over_floor": own / floor}
                if pool:
                    more["over_goal"] = own / (pool + disk)
                one.samples[ours] = Sample(dict(sample.values, **more), sample.problem)
    return rounds


def _ratios(context: Context) -> List[Ratio]:
    ours = OURS
    return [Ratio("p50, %s / %s" % (peer.name, ours), peer.name, ours, "p50", goal)
            for peer, goal in ((RAY, 5), (RAY_ACTORS, 5), (DASK, 25), (EXECUTOR, None), (POOL, None))]


def _goals(context: Context) -> List[Goal]:
    wanted = []
    for delayed in context.variants():
        ours = context.label(OURS, delayed)
        wanted.append(Goal("p50 of %s over (Pool.apply p50 + one flush p50)" % ours, ours, "over_goal",
                           lambda value: "%.2f×" % value, 1, at_most=True))
        wanted.append(Goal("p50 of %s over the floor" % ours, ours, "over_floor", lambda value: "%.2f×" % value))
        if not delayed:
            wanted.append(Goal("p99 of %s" % ours, ours, "p99", table.micros, 5_000, at_most=True))
    return wanted


def _notes(context: Context) -> List[str]:
    return [
        "ours: the real engine, SQLite ledger, agent and Python workers in one process, with a door between agent and "
        "engine that lets the agent ask for one mini-batch at a time, so that never more than one is leased and not "
        "acknowledged (checked in each run).",
        "p50, p99 and greatest of ours are of the time from one acknowledgement to the next, both when they leave the "
        "engine, which includes the decision to lease, the hand-over, run(), the report, the flush of the result and "
        "the acknowledgement; “lease → ack” is the part after the lease has left. The first %d are not counted." % _WARM,
        "There is no append in this workload: no rows, hence one flush a mini-batch, that of the ledger.",
        "A peer's is one call and the wait for its result (Pool.apply, submit + result, ray.get, submit + result), "
        "after 200 calls that are not counted.",
        "One call waits for the one before, so a slow one delays the next instead of being hidden by it: these are "
        "latencies of an idle system, not of one under load.",
        "The goal takes the cheaper flush, fdatasync of 4 KiB in place; the ledger pays the dearer one, a commit to "
        "SQLite's write-ahead log, which stands under “lease → ack” in the row of the disk.",
        "“floor”: that commit and ten bytes through a pipe to another process and back, by a program that does nothing "
        "else: what the disk, SQLite and the kernel's waking of two processes take, whoever decides in between.",
    ] + delay_note(context)

"""W10: a million mini-batches in one job of a server, while clients list, ask and listen."""

import os
import re
from typing import Dict, List

from bench import checks, folders, metered, served, table, windrow
from bench.context import Context, delay_note
from bench.figures import quantile
from bench.metered import WrongRun
from bench.report import Findings
from bench.rounds import Contestant, play
from bench.served import Crowd, Served
from bench.table import Column, Goal

COUNT = 1_000_000
READERS = 1_000
RATE = 100
OURS = "windrow server"
# As many as one page of a list holds, so that a list has something to say.
_OTHER_JOBS = 48
_IDLE = "idle"
_COLUMNS = [
    Column("submit", "submit", table.seconds),
    Column("drain", "drain", table.seconds),
    Column("mini-batches/s", "rate", table.thousands),
    Column("submit to Completed", "whole", table.seconds),
    Column("server, peak", "server_peak", table.mebibytes),
    Column("agent, peak", "agent_peak", table.mebibytes),
    Column("API p50", "p50", table.seconds),
    Column("p99", "p99", table.seconds),
    Column("max", "max", table.seconds),
    Column("worst was due at", "worst_at", table.seconds),
    Column("list p99", "list_p99", table.seconds),
    Column("get p99", "get_p99", table.seconds),
    Column("calls", "calls", table.thousands),
    Column("failed", "failed", table.whole),
    Column("readers cut off", "cut", table.whole),
    Column("server's CPU", "server_cpu", table.seconds),
    Column("clients' CPU", "clients_cpu", table.seconds),
    Column("clients late, p99", "late_p99", table.seconds),
]


def run(context: Context) -> Findings:
    """Play it."""
    count = context.count or COUNT
    context.say("making %s files, once" % table.thousands(count))
    folders.input_tree(context.work, count)
    context.windrow.warm_up(context.work, context.workers)
    who = [_ours(context, count, delayed) for delayed in context.variants()]
    rounds = play(who, context.rounds, context.say)
    tables = [table.contestants(who, rounds, _COLUMNS), table.goals(_goals(context), rounds)]
    title = "%s no-op mini-batches on a server, %d workers, %d calls a second, %s idle readers of events" % (
        table.thousands(count), context.workers, context.rate, table.thousands(context.readers))
    return Findings("w10", title, who, rounds, tables, _notes(context), [
        "windrow server --port 0 --home HOME --max-running-jobs 2",
        "PUT /api/v1/workspaces/default/jobs/NAME   # then GET of it and of the list in turns, at the rate"])


def judge(said: Dict, rate: float) -> Dict[str, float]:
    """The quantities of the clients' document; raises WrongRun when something that must not be was."""
    problems = ["%d calls failed: %s" % (len(said["failed"]), said["failed"][0])] if said["failed"] else []
    if said["status"] != "Completed":
        problems.append("status: %s (expected: Completed)" % said["status"])
    if said["cut"]:
        problems.append("%d readers were cut off (expected: 0)" % said["cut"])
    if said["not_told"]:
        problems.append("%d readers were not told of the end (expected: 0)" % said["not_told"])
    calls = said["list"] + said["get"]
    # Of what was due all must have been said: a generator that could not keep up would flatter the server.
    if not problems and len(calls) < said["seconds"] * rate * 0.99 - 2:
        problems.append("%d calls in %.1f s (expected: %g a second)" % (len(calls), said["seconds"], rate))
    if problems:
        raise WrongRun("; ".join(problems))
    return {"p50": quantile(calls, 0.5), "p99": quantile(calls, 0.99), "max": max(calls),
            "list_p99": quantile(said["list"], 0.99), "get_p99": quantile(said["get"], 0.99), "calls": len(calls),
            "failed": 0, "cut": 0, "beats": said["beats"], "readers": said["readers"], "clients_cpu": said["cpu"],
            "late_p99": quantile(said["late"], 0.99), "worst_at": said["worst"][1]}


def process_seconds(result_page: str) -> float:
    """From the first lease to the last commit, as ``job_result.txt`` has it."""
    found = re.search(r"^  phases +.*process (?:([\d.]+) s|((?:\d+:)+\d+))", result_page, re.MULTILINE)
    if not found:
        raise WrongRun("job_result.txt: no phases (expected: how long the job was processed)")
    if found.group(1):
        return float(found.group(1))
    seconds = 0
    for part in found.group(2).split(":"):
        seconds = seconds * 60 + int(part)
    return float(seconds)


def _ours(context: Context, count: int, delayed: bool) -> Contestant:
    files = folders.input_tree(context.work, count)

    def once(number: int) -> Dict[str, float]:
        folder = os.path.join(context.work, "w10")
        job = windrow.write_job(folder, files, "noop", {}, True, context.workers)
        pipe = os.path.join(context.work, "w10-idle.pipe")
        if not os.path.exists(pipe):
            os.mkfifo(pipe)
        idle = windrow.write_job(folder + "-idle", folders.input_files(context.work, 1), "waiting", {"BENCH_PIPE": pipe},
                                 False, 1, 86_400)
        name = context.job_name("w10", number, delayed)
        folders.fresh(context.windrow.home)
        try:
            _furnish(context, idle.file)
            values = _measure(context, job, idle.file, name, delayed)
        finally:
            metered.end_leftovers(0)
        context.windrow.check_delay(delayed)
        problems = checks.ledger(context.windrow.ledger(name), count) + checks.ordered_tree(str(job.rows), count)
        context.windrow.forget(name)
        if problems:
            raise WrongRun("; ".join(problems))
        return dict(values, rate=count / values["drain"])

    return Contestant(context.label(OURS, delayed), count, "ledger and output durable; its own agent and workers beside it",
                      once)


def _furnish(context: Context, idle: str) -> None:
    """Jobs that have ended, for the list: canceled while they wait behind one that does not end."""
    server = Served(context.windrow, context.logs("w10-furnish"), 1, False)
    server.submit(idle, "first")
    server.await_status("first", ["Running"])
    for number in range(_OTHER_JOBS):
        server.submit(idle, "other-%02d" % number)
        server.cancel("other-%02d" % number)
    server.cancel("first")
    for name in ["first"] + ["other-%02d" % number for number in range(_OTHER_JOBS)]:
        server.await_status(name, ["Canceled"])
    server.stop()


def _measure(context: Context, job: windrow.Job, idle: str, name: str, delayed: bool) -> Dict[str, float]:
    server = Served(context.windrow, context.logs("w10"), 2, delayed)
    server.submit(idle, _IDLE)
    server.await_status(_IDLE, ["Running"])
    crowd = Crowd(server, context.logs("w10-crowd"),
                  {"idle": _IDLE, "readers": context.readers, "rate": context.rate, "job": name, "limit": 3600})
    peaks = {"agent": 0.0}

    def look() -> None:
        peaks["agent"] = max([peaks["agent"]] + [served.peak_megabytes(pid) for pid in server.agents(name)])

    try:
        crowd.hear(300)
        before = served.cpu_seconds(server.pid)
        submit = server.submit(job.file, name)
        crowd.tell()
        crowd.hear(3700, look)
        values = {"submit": submit, "server_peak": served.peak_megabytes(server.pid), "agent_peak": peaks["agent"],
                  "server_cpu": served.cpu_seconds(server.pid) - before, "whole": server.job(name)["seconds"]}
        server.cancel(_IDLE)
        crowd.tell()
        found = judge(windrow.document_of(crowd.hear(120)), context.rate)
    finally:
        crowd.end()
    values["drain"] = process_seconds(server.ask("GET", "%s/%s/logs/file?path=job_result.txt" % (served.JOBS, name)))
    server.await_status(_IDLE, ["Canceled"])
    server.stop()
    return dict(values, **found)


def _goals(context: Context) -> List[Goal]:
    wanted = []
    for delayed in context.variants():
        ours = context.label(OURS, delayed)
        wanted += [Goal("submit, %s" % ours, ours, "submit", table.seconds, 3, at_most=True),
                   Goal("mini-batches/s, %s" % ours, ours, "rate", table.thousands, 20_000),
                   Goal("server's peak memory, %s" % ours, ours, "server_peak", table.mebibytes, 512, at_most=True),
                   Goal("API p99, %s" % ours, ours, "p99", table.seconds, 0.05, at_most=True),
                   Goal("failed calls, %s" % ours, ours, "failed", table.whole, 0, at_most=True),
                   Goal("readers cut off, %s" % ours, ours, "cut", table.whole, 0, at_most=True)]
    return wanted


def _notes(context: Context) -> List[str]:
    return [
        "submit: from the request to its answer; the job is durable then, and listed and planned while it is processed. "
        "drain: from the first lease to the last commit, as the job's `job_result.txt` says.",
        "Calls: list (a full page of 50 jobs) and get of the running job in turns, from the answer to the submit until the "
        "job is at its end. A latency is taken from the moment the call was due, so that a late answer makes those behind "
        "it late as well. “clients late” is how much of that was the clients' own doing: how long after it was due a call "
        "was begun, on %d cores that server, agent, workers and clients share." % len(os.sched_getaffinity(0)),
        "Readers: connected before the submit to the events of another job, which runs and waits, so that they get a "
        "heart-beat every ten seconds and nothing else. At the end that job is canceled, and each of them has to be told.",
        "Peaks: the greatest resident set of the server's process, and of the agent's (looked at twice a second).",
        "Checked in each run: one good row a mini-batch in the ledger, the rows of the output each once and in order, no "
        "call failed, no reader cut off. A run that breaks one of these counts as WRONG.",
    ] + delay_note(context)

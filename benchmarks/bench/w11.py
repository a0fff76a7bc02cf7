"""W11: what units cost the API server of a real cluster: a job in pods, and an Indexed Job."""

import json
import os
import signal
import time
from typing import Callable, Dict, List

from bench import apiserver, checks, podded, table
from bench.apiserver import Writes
from bench.cluster import Space
from bench.context import Context
from bench.images import Images
from bench.metered import WrongRun
from bench.podded import AgentMemory, PodServer
from bench.report import Findings
from bench.rounds import Contestant, play
from bench.table import Column, Goal, Ratio
from bench.w10 import process_seconds

COUNT = 10_000
INDEXES = 200
QUICK_COUNT = 1_000
QUICK_INDEXES = 20
PODS = 4
OURS = "windrow, %d pods" % PODS
INDEXED = "Indexed Job, %d pods" % PODS
IMAGES = Images("windrow/agent:0.1.0", "windrow.test/python:3.11")


def _each(value: float) -> str:
    return "%.4f" % value if value < 1 else "%.2f" % value


def _rate(value: float) -> str:
    return "%.1f" % value if value < 100 else table.thousands(value)


_COLUMNS = [
    Column("wall time", "wall", table.seconds),
    Column("units/s", "rate", _rate),
    Column("time per unit", "unit", table.seconds),
    Column("processing alone", "process", table.seconds),
    Column("until nothing is left", "gone", table.seconds),
    Column("API writes, its own", "asker", table.whole),
    Column("kubelet", "kubelet", table.whole),
    Column("scheduler", "scheduler", table.whole),
    Column("controllers", "controllers", table.whole),
    Column("others", "others", table.whole),
    Column("all", "all", table.whole),
    Column("writes per unit", "per_unit", _each),
    Column("without removal", "per_unit_at_end", _each),
    Column("whole cluster, less idle", "cluster", table.whole),
    Column("idle", "idle", table.whole),
    Column("agent, peak", "agent_peak", table.mebibytes),
]


def run(context: Context) -> Findings:
    """Play it; whatever was made in the cluster is removed, also when it is interrupted."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    space = Space(os.path.join(context.work, "w11-volume-%d" % os.getpid()), context.say)
    context.windrow.warm_up(context.work, 1)
    try:
        space.open()
        return _played(context, space)
    finally:
        _undisturbed(lambda: _close(space, context.say))


def _undisturbed(last: Callable[[], None]) -> None:
    """Do what has to be done, though somebody presses Ctrl-C again."""
    before = {one: signal.signal(one, signal.SIG_IGN) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        last()
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _close(space: Space, say) -> None:
    problems = space.close()
    say("removed: " + ("all that it made" if not problems else "not " + "; ".join(problems)))


def _played(context: Context, space: Space) -> Findings:
    count = context.count or (QUICK_COUNT if context.quick else COUNT)
    indexes = QUICK_INDEXES if context.quick else INDEXES
    podded.write_input(space, max(count, indexes), context.work)
    version = space.kubectl("version", "-o", "json")
    server = PodServer(context.windrow, context.logs("w11"), space, context.images)
    try:
        server.attach()
        who = [_ours(context, space, server, count), _indexed(context, space, indexes)]
        rounds = play(who, context.rounds, context.say)
    finally:
        _undisturbed(lambda: _stop(server, context.say))
    goals = [Goal("API writes per mini-batch, %s" % OURS, OURS, "per_unit", _each, 0.02, at_most=True)]
    ratios = [Ratio("Indexed Job / windrow, API writes per unit", INDEXED, OURS, "per_unit", 250),
              Ratio("Indexed Job / windrow, time per unit", INDEXED, OURS, "unit")]
    title = "API writes of %s no-op mini-batches in %d pods, and of an Indexed Job of %d" % (
        table.thousands(count), PODS, indexes)
    tables = [table.contestants(who, rounds, _COLUMNS), table.goals(goals, rounds), table.ratios(ratios, rounds)]
    return Findings("w11", title, who, rounds, tables, _notes(version), [
        "PUT /api/v1/workspaces/default/jobs/NAME   # resources: {instance_count: %d}" % PODS,
        "kubectl create -f job.yml   # completionMode: Indexed, parallelism: %d" % PODS])


def _stop(server: PodServer, say) -> None:
    _try(server.detach, say)
    _try(server.stop, say)


def _try(what: Callable[[], None], say) -> None:
    try:
        what()
    except WrongRun as wrong:
        say("the server: %s" % wrong)


def judge(units: int, before: Writes, end: Writes, after: Writes, idle: Writes) -> Dict[str, float]:
    """The quantities of what was counted.

    :param end: when the work had ended
    :param after: when nothing of it was left
    :param idle: what was written in as long a time with nothing to do
    """
    try:
        whole, first = after.since(before), end.since(before)
    except ValueError as error:
        raise WrongRun(str(error)) from error
    if whole.by[apiserver.ASKER] == 0 or whole.by["kubelet"] == 0:
        raise WrongRun("writes: %s (expected: some of %s and of kubelet)" % (whole.by, apiserver.ASKER))
    values = {who: float(count) for who, count in whole.by.items()}
    values.update(all=whole.all, per_unit=whole.all / units, per_unit_at_end=first.all / units,
                  cluster=whole.cluster - idle.cluster, idle=idle.cluster)
    return values


def _counted(space: Space, units: int, work: Callable[[], Dict[str, float]], removal: Callable[[], None]):
    """What work and its removal cost; then as long a time is idle."""
    before, began = space.settled(), time.monotonic()
    values = work()
    end, ended = space.writes(), time.monotonic()
    removal()
    space.await_no_pods()
    values["gone"] = values["wall"] + time.monotonic() - ended
    after = space.settled()
    quiet, length = space.writes(), time.monotonic() - began
    time.sleep(length)
    values.update(judge(units, before, end, after, space.writes().since(quiet)))
    return dict(values, rate=units / values["wall"], unit=values["wall"] / units)


def _ours(context: Context, space: Space, server: PodServer, count: int) -> Contestant:
    def once(number: int) -> Dict[str, float]:
        name = context.job_name("w11", number, False)
        job = podded.write_job(os.path.join(context.work, "w11"), name, PODS)

        def work() -> Dict[str, float]:
            with AgentMemory(server) as memory:
                wall = podded.submit_and_wait(server, job, name)
            return dict(memory.values(), wall=wall)

        try:
            values = _counted(space, count, work, lambda: None)
        except WrongRun:
            _try(lambda: server.cancel(name), context.say)
            raise
        page = server.ask("GET", "/api/v1/workspaces/default/jobs/%s/logs/file?path=job_result.txt" % name)
        problems = checks.ledger(context.windrow.ledger(name), count) + checks.ordered_tree(
            os.path.join(space.folder, str(job.rows)), count)
        if problems:
            raise WrongRun("; ".join(problems))
        return dict(values, process=process_seconds(page))

    return Contestant(OURS, count, "one worker a pod; ledger and output durable", once)


def _indexed(context: Context, space: Space, indexes: int) -> Contestant:
    def once(number: int) -> Dict[str, float]:
        name = "indexed-%d" % number
        document = podded.indexed_job(name, indexes, PODS, context.images.job)

        def work() -> Dict[str, float]:
            wall = podded.create_and_wait(space, document)
            podded.check_indexed(space.job(name), indexes)
            return {"wall": wall}

        try:
            return _counted(space, indexes, work, lambda: space.delete_job(name, "--as", space.user))
        finally:
            space.delete_job(name)

    return Contestant(INDEXED, indexes, "a pod a unit; no output", once)


def _notes(version: str) -> List[str]:
    return [
        "Wall time: from the request to Completed, or to Complete; pods start in it. Processing alone: from the first lease "
        "to the last commit.",
        "API writes: requests of the verbs create, update, patch and delete about things in the namespace, as the API "
        "server's own metrics count them (`apiserver_flowcontrol_dispatched_requests_total`, a FlowSchema for each group of "
        "writers), from before the request until nothing is left: pods, Secrets, events, bindings and tokens included. "
        "“its own” are those of the server's account, or of the user of kubectl. "
        "“without removal” is what had been written when the work had ended.",
        "Not the same number of units: what ours costs does not grow with it, and the start of its pods is spread over all; "
        "what an Indexed Job costs is the same for each index.",
        "Whole cluster, less idle: `apiserver_request_total` of the verbs %s of everyone and everywhere, less what it "
        "counted in as long a time afterwards, in which the server had nothing to do. What others do on the cluster is in "
        "it, so that on a shared one it says little." % ", ".join(apiserver.VERBS),
        "Both call `run()` of the same file with one file a unit, in the same image, from the same volume. Kubernetes "
        "starts a Python for each index; that is what one pod a unit means.",
        "Checked in each run: one good row a mini-batch in the ledger, the rows of the output each once and in order; each "
        "index succeeded, none failed; no pod is left.",
        "Cluster: %s, one machine that also runs the server, the control plane and all pods." % _version(version),
    ]


def _version(document: str) -> str:
    return "Kubernetes " + json.loads(document)["serverVersion"]["gitVersion"]

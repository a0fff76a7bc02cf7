"""W6: the controller is killed with SIGKILL when half is done, and started again at once."""

import os
import shutil
import time
from typing import Callable, Dict, List, NamedTuple, Set

from bench import checks, folders, metered, table, windrow
from bench.context import Context, delay_note
from bench.metered import Running, WrongRun
from bench.peers import DASK, EXECUTOR, JOBLIB, POOL, RAY, Peer
from bench.report import Findings
from bench.rounds import Contestant, play
from bench.table import Column, Goal

COUNT = 10_000
# All of it is done again by peers that keep nothing, which a shorter run shows as well.
_PEER_COUNT = 400
OURS = "windrow"
_COLUMNS = [
    Column("done before the kill", "done", table.whole),
    Column("of those run again", "done_again", table.whole),
    Column("again, share", "share", lambda value: "%.1f %%" % (value * 100)),
    Column("committed and run again", "committed_again", table.whole),
    Column("in flight, run again", "flight_again", table.whole),
    Column("to the first new dispatch", "dispatch", table.seconds),
    Column("lost or doubled rows", "wrong_rows", table.whole),
    Column("second run", "second", table.seconds),
]


class Run(NamedTuple):
    """What a contestant does.

    :param start: starts it; the second time after the kill
    :param before: what to look at between kill and restart; returns the mini-batches that count as committed
    :param rows: the file that its rows are in at the end
    :param cleans: whether it ends its own processes when its controller is gone
    """

    start: Callable[[], Running]
    before: Callable[[], Set[int]]
    rows: str
    cleans: bool


class Log:
    """What the script wrote down: S or E, mini-batch, process, time in nanoseconds."""

    def __init__(self, path: str):
        self._path = path
        self._seen = 0
        self.ended = 0

    def ends(self) -> int:
        """How many runs have ended so far; reads what is new."""
        with open(self._path, "rb") as file:
            file.seek(self._seen)
            new = file.read()
        whole = new[:new.rfind(b"\n") + 1]
        self._seen += len(whole)
        self.ended += sum(1 for line in whole.split(b"\n") if line.startswith(b"E"))
        return self.ended

    def entries(self) -> "List[tuple[str, int, int, int]]":
        with open(self._path) as file:
            return [(what, int(name), int(pid), int(nanos)) for what, name, pid, nanos in map(str.split, file)]


def run(context: Context) -> Findings:
    """Play it."""
    count = context.count or COUNT
    context.windrow.warm_up(context.work, context.workers)
    who = [_ours(context, count, delayed) for delayed in context.variants()]
    fewer = min(count, _PEER_COUNT)
    who += [_peer(context, peer, fewer) for peer in (POOL, EXECUTOR, JOBLIB, RAY, DASK) if context.has(peer.install)]
    if context.has("parallel"):
        who.append(_parallel(context, fewer))
    rounds = play(who, context.rounds, context.say)
    tables = [table.contestants(who, rounds, _COLUMNS), table.goals(_goals(context), rounds)]
    return Findings("w6", "SIGKILL of the controller at half of %s mini-batches of %d ms, %d workers"
                    % (table.thousands(count), context.millis, context.workers), who, rounds, tables, _notes(context),
                    ["windrow run job.yml -n NAME --json --quiet   # killed, then the same again"])


def judge(entries, killed: int, restarted: int, committed: Set[int]) -> Dict[str, float]:
    """What was done again, by what the script wrote down; times are of the monotonic clock in nanoseconds."""
    old = {pid for _, _, pid, nanos in entries if nanos <= killed}
    done = {number for what, number, _, nanos in entries if what == "E" and nanos <= killed}
    begun = {number for what, number, _, nanos in entries if what == "S" and nanos <= killed}
    again = {number for what, number, pid, nanos in entries if what == "S" and nanos > killed and pid not in old}
    first = [nanos for what, _, pid, nanos in entries if what == "S" and nanos > restarted and pid not in old]
    if not first:
        raise WrongRun("nothing was dispatched after the restart")
    return {"done": len(done), "done_again": len(done & again), "share": len(done & again) / max(1, len(done)),
            "committed_again": len(committed & again), "flight_again": len((begun - done) & again),
            "dispatch": (min(first) - restarted) / 1e9}


def _kill_and_restart(context: Context, count: int, log_path: str, one: Run) -> Dict[str, float]:
    log = Log(log_path)
    open(log_path, "w").close()
    running = one.start()
    while log.ends() < count / 2:
        if running.poll() is not None:
            raise WrongRun("ended before the kill: " + running.text())
        time.sleep(0.002)
    _kill_controller(running)
    killed = time.monotonic_ns()
    committed = one.before()
    if not one.cleans:
        metered.end_leftovers(0)
    restarted = time.monotonic_ns()
    second = one.start()
    cost = second.wait(3600)
    if cost.exit != 0:
        raise WrongRun("the second run: exit %d: %s" % (cost.exit, second.text()))
    problems = checks.ordered_names(one.rows, count)
    if problems:
        raise WrongRun("; ".join(problems))
    found = dict(judge(log.entries(), killed, restarted, committed), second=cost.wall, wrong_rows=0.0)
    if found["committed_again"]:
        raise WrongRun("%d committed mini-batches were run again (expected: 0)" % found["committed_again"])
    return found


def _kill_controller(running: Running) -> None:
    """Kill the one process that decides: the Java below a launcher that did not replace itself, or the command."""
    java = [pid for pid in metered.descendants() if metered.program(pid) == "java"]
    if java and running.pid not in java:
        metered.kill(java[0])
    else:
        running.kill()
    running.wait_main()


def _ours(context: Context, count: int, delayed: bool) -> Contestant:
    files = folders.input_files(context.work, count)

    def once(number: int) -> Dict[str, float]:
        folder = os.path.join(context.work, "w6-delayed" if delayed else "w6")
        log = os.path.join(folder, "log.txt")
        job = windrow.write_job(folder, files, "sleeping", _environment(context, log), True, context.workers)
        name = context.job_name("w6", number, delayed)
        # The rows of a job are at its end in its output, and nowhere before.
        found = _kill_and_restart(context, count, log, Run(
            lambda: context.windrow.start(job, name, delayed), lambda: _committed(context, name), str(job.rows), True))
        context.windrow.check_delay(delayed)
        context.windrow.forget(name)
        return found

    return Contestant(context.label(OURS, delayed), count, "the engine's process alone is killed, then the same command "
                      "is given again", once)


def _committed(context: Context, name: str) -> Set[int]:
    """What the ledger has, read from a copy, so that the one that is to be taken up is not touched."""
    copy = folders.fresh(os.path.join(context.work, "w6-ledger"))
    source = context.windrow.ledger(name)
    for tail in ("", "-wal"):
        if os.path.exists(source + tail):
            shutil.copy(source + tail, os.path.join(copy, "ledger.db" + tail))
    return set(checks.committed(os.path.join(copy, "ledger.db")))


def _environment(context: Context, log: str) -> Dict[str, str]:
    return {"BENCH_LOG": log, "BENCH_SLEEP": str(context.millis / 1000)}


def _peer(context: Context, peer: Peer, count: int) -> Contestant:
    files = folders.input_files(context.work, count)

    def once(_number: int) -> Dict[str, float]:
        folder = folders.fresh(os.path.join(context.work, "w6-peer"))
        log, rows = os.path.join(folder, "log.txt"), os.path.join(folder, "rows.txt")
        env = context.players.environment("sleeping", _environment(context, log))
        command = context.players.command(peer, files, count, "--rows", rows, "--warm", "0")
        return _kill_and_restart(context, count, log, Run(
            lambda: Running(command, context.players.logs(peer), env), set, rows, False))

    return Contestant(peer.name, count, "its controller is killed, then what it left behind; nothing is kept", once)


def _parallel(context: Context, count: int) -> Contestant:
    files = folders.input_files(context.work, count)

    def once(_number: int) -> Dict[str, float]:
        folder = folders.fresh(os.path.join(context.work, "w6-parallel"))
        log, rows = os.path.join(folder, "log.txt"), os.path.join(folder, "rows.txt")
        listed = os.path.join(folder, "files.txt")
        with open(listed, "w") as file:
            file.writelines(os.path.join(files, name) + "\n" for name in folders.names(count))
        script = "parallel -j%d --resume --joblog %s python3 %s {} :::: %s >> %s.parts; code=$?; sort %s.parts > %s; exit $code" % (
            context.workers, os.path.join(folder, "joblog"), os.path.join(folders.FUNCTIONS, "sleeping.py"), listed,
            rows, rows, rows)
        env = dict(os.environ, **_environment(context, log))
        return _kill_and_restart(context, count, log, Run(
            lambda: Running(["bash", "-c", script], context.logs("parallel"), env), set, rows, False))

    return Contestant("GNU parallel --resume --joblog", count, "a Python process each; its log is not flushed to disk",
                      once)


def _goals(context: Context) -> List[Goal]:
    wanted = []
    for delayed in context.variants():
        ours = context.label(OURS, delayed)
        wanted += [Goal("committed and run again, %s" % ours, ours, "committed_again", table.whole, 0, at_most=True),
                   Goal("to the first new dispatch, %s" % ours, ours, "dispatch", table.seconds, 2, at_most=True),
                   Goal("lost or doubled rows, %s" % ours, ours, "wrong_rows", table.whole, 0, at_most=True)]
    return wanted


def _notes(context: Context) -> List[str]:
    return [
        "The script itself writes down when each run begins and ends, with its process and the time; all numbers but "
        "one come from there. “Committed” is what the ledger held between kill and restart, read from a copy.",
        "Ended and not committed at the kill is what was on its way: it may be run again, and must not count twice.",
        "To the first new dispatch: from the start of the second command to the first begin in a process that was not "
        "there before the kill.",
        "After the kill of ours nothing else is killed: its workers have to notice by themselves. What peers leave "
        "behind is killed before the restart, because Pool's workers would wait for ever.",
        "Rows are checked at the end: each file's once and in order (peers and GNU parallel: sorted by us first). A run "
        "with a lost or doubled row, or with a committed mini-batch run again, counts as WRONG.",
        "Peers ran %d mini-batches: a share of what was done tells the same at any length." % _PEER_COUNT,
    ] + delay_note(context)

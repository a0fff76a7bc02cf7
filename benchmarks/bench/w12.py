"""W12: rows of many mini-batches into one file: each once, in order, all or nothing, and durable."""

import hashlib
import importlib.util
import os
from typing import Dict, List, NamedTuple

from bench import checks, folders, metered, table, windrow
from bench.context import Context, delay_note
from bench.metered import WrongRun
from bench.report import Findings
from bench.rounds import Contestant, play
from bench.table import Column, Goal, Ratio

COUNT = 10_000
_ZOMBIE_ONE_IN, _ZOMBIE = 50, 13
_PARALLEL_COUNT = 1_000
OURS = "windrow, with zombies"
COMMAND = "windrow run"
_PARALLEL = "GNU parallel --keep-order"
_CAT = "cat and sync"
_COLUMNS = [
    Column("finalize", "finalize_rate", table.megabytes),
    Column("first lease to Completed", "whole_rate", table.megabytes),
    Column("finalize", "finalize", table.seconds),
    Column("first lease to Completed", "whole", table.seconds),
    Column("retried", "retried", table.whole, spread=False),
    Column("zombie results", "zombies", table.whole, spread=False),
    Column("CPU a mini-batch", "cpu_micros", table.micros),
]


class Expected(NamedTuple):
    """What the output should be."""

    count: int
    digest: str
    size: int
    retried: int
    zombies: int


def _function():
    spec = importlib.util.spec_from_file_location("rows", os.path.join(folders.FUNCTIONS, "rows.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def text_of(function, number: int) -> bytes:
    """The bytes of one mini-batch's rows."""
    return ("\n".join(function.rows_of(number)) + "\n").encode()


def expect(count: int) -> Expected:
    """Make the whole output once, in memory piece by piece."""
    function, digest, size = _function(), hashlib.sha256(), 0
    for number in range(count):
        piece = text_of(function, number)
        digest.update(piece)
        size += len(piece)
    return Expected(count, digest.hexdigest(), size, sum(1 for number in range(count) if function.retried(number)),
                    sum(1 for number in range(count) if number % _ZOMBIE_ONE_IN == _ZOMBIE))


def pieces(work: str, count: int) -> str:
    """A folder with each mini-batch's rows as a file, made once, for those that only copy; returns the list of them."""
    folder = os.path.join(work, "pieces", str(count))
    listed = folder + ".txt"
    if not os.path.exists(listed):
        function = _function()
        os.makedirs(folder, exist_ok=True)
        for number, name in enumerate(folders.names(count)):
            with open(os.path.join(folder, name), "wb") as file:
                file.write(text_of(function, number))
        with open(listed, "w") as file:
            file.writelines(os.path.join(folder, name) + "\n" for name in folders.names(count))
    return listed


def run(context: Context) -> Findings:
    """Play it."""
    count = context.count or COUNT
    expected, fewer = expect(count), expect(min(count, _PARALLEL_COUNT))
    context.measured.build(context.say)
    context.windrow.warm_up(context.work, context.workers)
    who = []
    for delayed in context.variants():
        who.append(Contestant(context.label(OURS, delayed), count, "the real parts, 2 % of the results said twice",
                              _ours(context, expected, delayed, True)))
        who.append(Contestant(context.label(COMMAND, delayed), count, "the command itself, retries but no zombies",
                              _ours(context, expected, delayed, False)))
    if context.has("parallel"):
        who.append(Contestant(_PARALLEL, fewer.count, "of `cat FILE` of ready rows, then sync: no Python, no retries",
                              _copied(context, fewer, "parallel -j%d --keep-order cat {} :::: {list}" % context.workers)))
    who.append(Contestant(_CAT, count, "one process copies ready rows, then sync: the floor",
                          _copied(context, expected, "xargs cat < {list}")))
    rounds = play(who, context.rounds, context.say)
    tables = [table.contestants(who, rounds, _COLUMNS), table.ratios(_ratios(context), rounds),
              table.goals(_goals(context), rounds)]
    title = "ordered exactly-once append of %s mini-batches, %.0f MB" % (table.thousands(count), expected.size / 1e6)
    return Findings("w12", title, who, rounds, tables, _notes(context), [
        "java %s -cp … dev.windrow.benchmarks.MeasuredRun zombies HOME job.yml NAME OUT"
        % " ".join(windrow.JAVA_OPTIONS), "windrow run job.yml -n NAME --json --quiet"])


def _ours(context: Context, expected: Expected, delayed: bool, zombies: bool):
    files = folders.input_files(context.work, expected.count)

    def once(number: int) -> Dict[str, float]:
        folder = os.path.join(context.work, "w12")
        marks = os.path.join(folder, "marks")
        job = windrow.write_job(folder, files, "rows", {"BENCH_MARKS": marks}, True, context.workers)
        os.makedirs(marks)
        name = context.job_name("w12z" if zombies else "w12", number, delayed)
        os.sync()
        if zombies:
            cost, document = context.measured.run("zombies", job, name, delayed)
        else:
            cost, document = context.windrow.run(job, name, delayed)
        problems = outcome_problems(document, expected, zombies) + checks.same_bytes(
            str(job.rows), expected.digest, expected.size)
        context.windrow.forget(name)
        os.unlink(str(job.rows))
        if problems:
            raise WrongRun("; ".join(problems))
        return _rates(document, expected, cost.cpu)

    return once


def outcome_problems(document: Dict, expected: Expected, zombies: bool) -> List[str]:
    """Whether counts are right, and whether everything that was planted was there."""
    problems = checks.counts(document, expected.count, expected.count + expected.retried)
    if zombies and document["zombies"] < expected.zombies:
        problems.append("zombie results: %d (expected: %d)" % (document["zombies"], expected.zombies))
    return problems


def _rates(document: Dict, expected: Expected, cpu: float) -> Dict[str, float]:
    phases = document["phases"]
    # The command's document has no moment of the first lease; from the first work of all on is a little more.
    whole = phases.get("first_lease_to_end") or document["seconds"] - phases["start"]
    megabytes = expected.size / 1e6
    return {"finalize_rate": megabytes / phases["finalize"], "whole_rate": megabytes / whole,
            "finalize": phases["finalize"], "whole": whole,
            "retried": document["mini_batches"]["attempts"] - expected.count, "zombies": document.get("zombies", 0),
            "cpu_micros": cpu / expected.count * 1e6}


def _copied(context: Context, expected: Expected, command: str):
    listed = pieces(context.work, expected.count)

    def once(_number: int) -> Dict[str, float]:
        out = os.path.join(folders.fresh(os.path.join(context.work, "w12-copy")), "rows.txt")
        os.sync()
        script = "%s > '%s' && sync -d '%s'" % (command.replace("{list}", "'%s'" % listed), out, out)
        cost, _ = metered.run(["sh", "-c", script], context.logs("copy"))
        problems = checks.same_bytes(out, expected.digest, expected.size)
        os.unlink(out)
        if problems:
            raise WrongRun("; ".join(problems))
        return {"whole_rate": expected.size / 1e6 / cost.wall, "whole": cost.wall,
                "cpu_micros": cost.cpu / expected.count * 1e6}

    return once


def _ratios(context: Context) -> List[Ratio]:
    wanted = []
    for delayed in context.variants():
        ours = context.label(OURS, delayed)
        wanted += [Ratio("first lease to Completed, %s / %s" % (ours, _PARALLEL), ours, _PARALLEL, "whole_rate", 5),
                   Ratio("first lease to Completed, %s / %s" % (ours, _CAT), ours, _CAT, "whole_rate")]
    return wanted


def _goals(context: Context) -> List[Goal]:
    wanted = []
    for delayed in context.variants():
        for name in (context.label(OURS, delayed), context.label(COMMAND, delayed)):
            wanted += [Goal("finalize, %s" % name, name, "finalize_rate", table.megabytes, 500),
                       Goal("first lease to Completed, %s" % name, name, "whole_rate", table.megabytes, 200)]
    return wanted


def _notes(context: Context) -> List[str]:
    return [
        "1 000 rows of 100 bytes a mini-batch; the first attempt of each twentieth raises in the script and is retried.",
        "Zombies: a door between agent and engine says one result in fifty a second time under a token that is older "
        "than the lease, a third each before the true result, before it and from an older epoch, after it; each with "
        "rows of its own (other text, same length) in a segment of its own that lies beside the true ones. Nothing of "
        "the engine, the agent or the publisher is changed or told.",
        "finalize: from the moment that the output is begun to Completed in the ledger. First lease to Completed: the "
        "Python code that makes the rows, all flushes and finalize included; for `windrow run` it begins a little "
        "earlier, with the first work of all. MB are 10⁶ bytes.",
        "Checked in each run: SHA-256 and size of the output against rows made here, hence order, loss and doubles; "
        "counts; as many attempts as planted failures; as many zombie results as planned.",
        "GNU parallel and cat copy rows that lie ready in files, so they do less than we do; both end with a flush, "
        "which the delay of flushes does not touch. os.sync() before each run, so that nobody pays for another's pages.",
    ] + delay_note(context)

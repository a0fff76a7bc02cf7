"""The command line of the benchmarks."""

import argparse
import os
import re
import sys
from typing import List, Optional

from bench import folders, machine, metered, peers, report, w1, w2, w6, w10, w11, w12
from bench import rounds as played
from bench.context import Context
from bench.flushing import FlushDelay
from bench.images import Images
from bench.installation import Installation
from bench.metered import WrongRun
from bench.peers import Players
from bench.windrow import MeasuredRuns, Windrow

_WORKLOADS = {"w1": w1, "w2": w2, "w6": w6, "w10": w10, "w11": w11, "w12": w12}
_HELP = """w1: no-op mini-batches a second; w2: latency of one mini-batch at a time; w6: kill -9 of the controller and start
again; w10: a million mini-batches on a server that many clients ask meanwhile; w11: writes to a cluster's API server,
beside an Indexed Job; w12: ordered exactly-once append."""
# Neither peers from elsewhere nor a slow disk are in these.
_ALONE = ("w11",)


def _micros(text: str) -> Optional[int]:
    if text in ("none", "0"):
        return None
    found = re.fullmatch(r"([0-9.]+)(ms|us)?", text)
    if not found:
        raise argparse.ArgumentTypeError("%s (expected: such as 2ms or 500us, or none)" % text)
    return int(float(found.group(1)) * (1 if found.group(2) == "us" else 1000))


def _names(text: str) -> List[str]:
    chosen = [name for name in text.split(",") if name]
    unknown = [name for name in chosen if name not in peers.ALL]
    if unknown:
        raise argparse.ArgumentTypeError("%s (expected: some of %s)" % (unknown[0], ",".join(peers.ALL)))
    return chosen


def _from_one(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError("%s (expected: a whole number from 1)" % text)
    return int(text)


def parser() -> argparse.ArgumentParser:
    """All options."""
    one = argparse.ArgumentParser(prog="./dev bench", description=_HELP)
    one.add_argument("workload", choices=sorted(_WORKLOADS))
    one.add_argument("--rounds", type=_from_one, help="default 5; fewer is not for publication")
    one.add_argument("--quick", action="store_true", help="w11: a look, one round of %d mini-batches and %d indexes"
                     % (w11.QUICK_COUNT, w11.QUICK_INDEXES))
    one.add_argument("--count", type=_from_one, help="mini-batches of one run of ours")
    one.add_argument("--workers", type=_from_one, default=2, help="worker processes, of everyone (default 2); not of w11")
    one.add_argument("--ms", type=_from_one, default=20, help="w6: how long a mini-batch sleeps (default 20)")
    one.add_argument("--readers", type=_from_one, default=w10.READERS, help="w10: idle readers of events (default 1000)")
    one.add_argument("--rate", type=_from_one, default=w10.RATE, help="w10: calls a second (default 100)")
    one.add_argument("--agent-image", default=w11.IMAGES.agent, metavar="NAME",
                     help="w11: where pods take the agent from (default %s)" % w11.IMAGES.agent)
    one.add_argument("--job-image", default=w11.IMAGES.job, metavar="NAME",
                     help="w11: what pods run; has a python3 (default %s)" % w11.IMAGES.job)
    one.add_argument("--flush-delay", type=_micros, default="2ms", metavar="TIME",
                     help="also run ours with each flush that much slower (default 2ms; none: do not)")
    one.add_argument("--windrow", metavar="CMD", help="the command under test (default: ./windrow of this checkout)")
    one.add_argument("--peers", type=_names, default=list(peers.ALL), metavar="NAMES",
                     help="some of %s (default: all)" % ",".join(peers.ALL))
    one.add_argument("--no-install", action="store_true", help="use the peers that are there")
    one.add_argument("--yes", action="store_true", help="install without asking")
    one.add_argument("--wait", type=int, default=120, metavar="SECONDS",
                     help="wait so long for a load of at most %.1f before the first round (default 120)" % machine.QUIET)
    one.add_argument("--work", default=folders.WORK, metavar="DIR", help="where inputs, homes and outputs are made")
    return one


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _context(chosen: argparse.Namespace) -> Context:
    work = os.path.abspath(chosen.work)
    os.makedirs(work, exist_ok=True)
    alone = chosen.workload in _ALONE
    delay = FlushDelay(work, chosen.flush_delay) if chosen.flush_delay and not alone else None
    windrow = Windrow(work, chosen.windrow, delay)
    folders.fresh(windrow.home)
    installation = Installation(folders.WORK, not chosen.no_install, not chosen.yes, _say)
    versions = {} if alone else installation.provide(chosen.peers)
    return Context(windrow, MeasuredRuns(windrow), Players(installation.python, work, chosen.workers), delay, versions,
                   work, chosen.count, chosen.rounds or (1 if chosen.quick else 5), chosen.workers, chosen.ms, _say,
                   chosen.readers, chosen.rate, chosen.quick, Images(chosen.agent_image, chosen.job_image))


def _setting(context: Context, rest: float) -> report.Setting:
    facts = dict(machine.facts(), disk=machine.disk(context.work))
    versions = dict(context.versions)
    ours = machine.version_line(context.windrow.command + ["--version"])
    versions["windrow"] = ours if re.fullmatch(r"[\w .+-]{1,60}", ours) else "of this checkout"
    return report.Setting(versions, facts, rest, context.quick)


def main() -> int:
    """Run one workload; 0 when every result was right, 1 when one was wrong, 2 when nothing could be run."""
    options = parser()
    chosen = options.parse_args()
    if chosen.quick and chosen.workload != "w11":
        options.error("--quick: with %s (expected: with w11)" % chosen.workload)
    if not metered.adopt_orphans():
        _say("this system does not hand over orphans: CPU of processes that a command leaves behind is not counted")
    try:
        context = _context(chosen)
        rest = machine.wait_for_quiet(chosen.wait, _say)
        findings = _WORKLOADS[chosen.workload].run(context)
    except WrongRun as wrong:
        _say("bench: %s" % wrong)
        return 2
    except KeyboardInterrupt:
        _say("bench: stopped")
        return 130
    finally:
        metered.end_leftovers()
    setting = _setting(context, rest)
    print(report.markdown(findings, setting))
    if rest > machine.QUIET:
        _say("not written to benchmarks/results: the load at rest was %.2f (expected: ≤ %.1f)" % (rest, machine.QUIET))
    for path in report.write(findings, setting, context.work):
        _say("written: " + os.path.relpath(path))
    return 1 if played.problems(findings.rounds) else 0

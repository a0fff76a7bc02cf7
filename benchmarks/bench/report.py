"""Writes what was measured: a table for people and a document for programs."""

import json
import os
import time
from typing import Dict, List, NamedTuple

from bench import folders, machine
from bench import rounds as played
from bench.rounds import Contestant, Round


class Findings(NamedTuple):
    """A workload that was played.

    :param tables: Markdown, one after the other
    :param notes: how it was measured, one sentence each
    :param commands: the commands under test, without paths of this machine
    """

    workload: str
    title: str
    who: List[Contestant]
    rounds: List[Round]
    tables: List[str]
    notes: List[str]
    commands: List[str]


class Setting(NamedTuple):
    """What it was measured with.

    :param rest: load average before the first round
    :param look: whether it was only a look, too short for its goals
    """

    versions: Dict[str, str]
    facts: Dict[str, str]
    rest: float
    look: bool = False


def publishable(findings: Findings, setting: Setting) -> bool:
    """Whether others may read it as what was measured."""
    return setting.rest <= machine.QUIET and not setting.look and not played.problems(findings.rounds)


def markdown(findings: Findings, setting: Setting) -> str:
    """The whole page."""
    wrong = played.problems(findings.rounds)
    lines = ["# %s: %s" % (findings.workload, findings.title), ""]
    if setting.rest > machine.QUIET:
        lines += ["**Not for publication: the load at rest was %.2f (expected: ≤ %.1f).**"
                  % (setting.rest, machine.QUIET), ""]
    if setting.look:
        lines += ["**Not for publication: a look, too short for its goals.**", ""]
    lines += ["**WRONG RESULT** " + problem for problem in wrong] + ([""] if wrong else [])
    for table in findings.tables:
        lines += [table, ""] if table else []
    lines += ["Each cell: median (min … max) of %d rounds, contestants in turns. Load before each round: %s." % (
        len(findings.rounds), ", ".join("%.2f" % one.load for one in findings.rounds)), ""]
    lines += ["- " + note for note in findings.notes]
    lines += ["", "Machine: " + ", ".join("%s %s" % pair for pair in setting.facts.items()) + "."]
    lines += ["Versions: " + ", ".join("%s %s" % pair for pair in setting.versions.items()) + "."]
    lines += ["", "```"] + findings.commands + ["```", ""]
    return "\n".join(lines)


def document(findings: Findings, setting: Setting) -> Dict:
    """The same with every single value."""
    return {
        "workload": findings.workload,
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "load_at_rest": round(setting.rest, 2),
        "publishable": publishable(findings, setting),
        "machine": setting.facts,
        "versions": setting.versions,
        "commands": findings.commands,
        "notes": findings.notes,
        "contestants": [{"name": one.name, "mini_batches": one.count, "note": one.note} for one in findings.who],
        "rounds": [{"load": round(one.load, 2),
                    "samples": {name: {"values": sample.values, "problem": sample.problem or None}
                                for name, sample in one.samples.items()}} for one in findings.rounds],
    }


def write(findings: Findings, setting: Setting, work: str) -> List[str]:
    """Write both files; those that must not be published go below the work folder. Returns their paths."""
    folder = folders.RESULTS if publishable(findings, setting) else os.path.join(work, "results")
    os.makedirs(folder, exist_ok=True)
    stem = os.path.join(folder, "%s-%s" % (findings.workload, time.strftime("%Y-%m-%d")))
    with open(stem + ".md", "w") as file:
        file.write(markdown(findings, setting))
    with open(stem + ".json", "w") as file:
        json.dump(document(findings, setting), file, indent=1, ensure_ascii=False)
        file.write("\n")
    return [stem + ".md", stem + ".json"]

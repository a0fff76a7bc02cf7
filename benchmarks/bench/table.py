"""Tables of medians, and of ratios beside their goals, as Markdown that also reads well on a terminal."""

from typing import Callable, List, NamedTuple, Optional

from bench import rounds as played
from bench.figures import Summary, paired
from bench.rounds import Contestant, Round


class Column(NamedTuple):
    """A quantity of the samples and how it is written."""

    title: str
    quantity: str
    text: Callable[[float], str]
    spread: bool = True


class Ratio(NamedTuple):
    """One contestant over another, taken round by round.

    :param goal: the least that the median should be (the most, when ``at_most``), or None
    """

    title: str
    over: str
    under: str
    quantity: str
    goal: Optional[float] = None
    at_most: bool = False


class Goal(NamedTuple):
    """A quantity of one contestant beside its goal, if it has one."""

    title: str
    name: str
    quantity: str
    text: Callable[[float], str]
    goal: Optional[float] = None
    at_most: bool = False


def thousands(value: float) -> str:
    return "{:,.0f}".format(value)


def seconds(value: float) -> str:
    return "%.2f s" % value if value >= 0.1 else "%.1f ms" % (value * 1e3)


def micros(value: float) -> str:
    return "%.0f µs" % value if value >= 10 else "%.1f µs" % value


def whole(value: float) -> str:
    return "%d" % round(value)


def megabytes(value: float) -> str:
    return "%.0f MB/s" % value


def mebibytes(value: float) -> str:
    return "%.0f MiB" % value


def render(rows: List[List[str]]) -> str:
    """A Markdown table; the first row is its head."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|"] + lines[1:])


def contestants(who: List[Contestant], rounds: List[Round], columns: List[Column]) -> str:
    """One row a contestant: the median of each quantity, with the least and the greatest."""
    rows = [["who", "mini-batches"] + [column.title for column in columns] + ["note"]]
    for one in who:
        cells = [_spread(column, Summary.of(played.values(rounds, one.name, column.quantity))) for column in columns]
        wrong = sum(1 for each in rounds if each.samples[one.name].problem)
        note = one.note + ("; **%d of %d runs WRONG**" % (wrong, len(rounds)) if wrong else "")
        rows.append([one.name, thousands(one.count)] + cells + [note])
    return render(rows)


def _spread(column: Column, summary: Optional[Summary]) -> str:
    if summary is None:
        return "–"
    middle = column.text(summary.median)
    if not column.spread or summary.low == summary.high:
        return middle
    return "%s (%s … %s)" % (middle, column.text(summary.low), column.text(summary.high))


def _met(summary: Summary, goal: Optional[float], at_most: bool) -> str:
    if goal is None:
        return ""
    return "met" if (summary.median <= goal if at_most else summary.median >= goal) else "**missed**"


def _sign(at_most: bool) -> str:
    return "≤" if at_most else "≥"


def ratios(wanted: List[Ratio], rounds: List[Round]) -> str:
    """One row a ratio; a ratio with a contestant that did not play is left out."""
    rows = [["ratio, paired by round", "goal", "median", "min", "max", "rounds", ""]]
    for one in wanted:
        found = paired(played.values(rounds, one.over, one.quantity), played.values(rounds, one.under, one.quantity))
        summary = Summary.of(found)
        if summary is not None:
            goal = "" if one.goal is None else "%s %g×" % (_sign(one.at_most), one.goal)
            rows.append([one.title, goal] + ["%.2f×" % value for value in summary] + [
                str(len(found)), _met(summary, one.goal, one.at_most)])
    return render(rows) if len(rows) > 1 else ""


def goals(wanted: List[Goal], rounds: List[Round]) -> str:
    """One row a goal on a quantity of its own."""
    rows = [["goal", "", "median", "min", "max", ""]]
    for one in wanted:
        summary = Summary.of(played.values(rounds, one.name, one.quantity))
        if summary is not None:
            goal = "" if one.goal is None else "%s %s" % (_sign(one.at_most), one.text(one.goal))
            rows.append([one.title, goal] + [one.text(value) for value in summary] + [
                _met(summary, one.goal, one.at_most)])
    return render(rows) if len(rows) > 1 else ""

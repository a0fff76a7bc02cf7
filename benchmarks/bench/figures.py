"""Medians, quantiles and ratios that are paired by round."""

import math
import statistics
from typing import List, NamedTuple, Optional, Sequence


class Summary(NamedTuple):
    """The median, least and greatest of some values."""

    median: float
    low: float
    high: float

    @staticmethod
    def of(values: Sequence[Optional[float]]) -> "Optional[Summary]":
        """Summarize what was measured; None when nothing was."""
        known = [value for value in values if value is not None]
        return Summary(statistics.median(known), min(known), max(known)) if known else None


def quantile(values: Sequence[float], share: float) -> float:
    """The nearest-rank quantile: the least value that at least this share of all values does not exceed."""
    ordered = sorted(values)
    if not ordered:
        raise ValueError("values: none (expected: at least one)")
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def paired(over: Sequence[Optional[float]], under: Sequence[Optional[float]]) -> List[float]:
    """The ratios of two contestants round by round; a round in which one of them has no value is left out."""
    return [a / b for a, b in zip(over, under) if a is not None and b]

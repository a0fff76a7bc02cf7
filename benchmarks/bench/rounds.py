"""Plays contestants in turns: A B C, A B C …"""

from typing import Callable, Dict, List, NamedTuple, Optional

from bench import machine
from bench.metered import WrongRun


class Sample(NamedTuple):
    """What one run of one contestant measured, by the name of the quantity; or what was wrong with it."""

    values: Dict[str, float]
    problem: str = ""


class Contestant(NamedTuple):
    """Somebody who takes part.

    :param count: mini-batches of one run
    :param note: what a reader must know of how it ran
    :param play: runs it once; is given the number of the round
    """

    name: str
    count: int
    note: str
    play: Callable[[int], Dict[str, float]]


class Round(NamedTuple):
    """One round: the load before it, and a sample of each contestant by name."""

    load: float
    samples: Dict[str, Sample]


def play(contestants: List[Contestant], rounds: int, say: Callable[[str], None]) -> List[Round]:
    """Run everyone once a round; a run with a wrong result stays in, without values."""
    played = []
    for number in range(rounds):
        load = machine.load()
        samples = {}
        for contestant in contestants:
            samples[contestant.name] = sample = _sample(contestant, number)
            shown = sample.problem or "  ".join("%s %.4g" % pair for pair in list(sample.values.items())[:4])
            say("round %d/%d  load %.2f  %-34s %s" % (number + 1, rounds, load, contestant.name, shown))
        played.append(Round(load, samples))
    return played


def _sample(contestant: Contestant, number: int) -> Sample:
    try:
        return Sample(contestant.play(number))
    except WrongRun as wrong:
        return Sample({}, "WRONG: %s" % wrong)


def values(rounds: List[Round], name: str, quantity: str) -> List[Optional[float]]:
    """One quantity of one contestant, a value or None for each round."""
    return [one.samples[name].values.get(quantity) if name in one.samples else None for one in rounds]


def problems(rounds: List[Round]) -> List[str]:
    """Everything that went wrong, each with its round and contestant."""
    return ["round %d, %s: %s" % (number + 1, name, sample.problem)
            for number, one in enumerate(rounds) for name, sample in one.samples.items() if sample.problem]

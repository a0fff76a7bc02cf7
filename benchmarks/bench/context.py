"""What every workload is given."""

import os
from typing import Callable, Dict, List, NamedTuple, Optional

from bench.flushing import FlushDelay
from bench.images import Images
from bench.peers import Players
from bench.windrow import MeasuredRuns, Windrow


class Context(NamedTuple):
    """The command under test, the peers that are there, and the options.

    :param counts: mini-batches asked for; None for the workload's own
    :param versions: of the peers that are there, by name
    :param readers: that listen to a server while it works
    :param rate: calls a second that it is sent meanwhile
    :param quick: whether a look is enough
    :param images: of pods
    """

    windrow: Windrow
    measured: MeasuredRuns
    players: Players
    delay: Optional[FlushDelay]
    versions: Dict[str, str]
    work: str
    count: Optional[int]
    rounds: int
    workers: int
    millis: int
    say: Callable[[str], None]
    readers: int = 0
    rate: int = 0
    quick: bool = False
    images: Images = Images("", "")

    def has(self, peer: str) -> bool:
        return peer in self.versions

    def variants(self) -> List[bool]:
        """Without the delay of flushes, and with it where there is one."""
        return [False, True] if self.delay else [False]

    def label(self, name: str, delayed: bool) -> str:
        return "%s, +%g ms a flush" % (name, self.delay.micros / 1000) if delayed and self.delay else name

    def logs(self, name: str) -> str:
        return os.path.join(self.work, "logs", name)

    def job_name(self, workload: str, number: int, delayed: bool) -> str:
        return "%s-%d-%d-%s" % (workload, os.getpid(), number, "delayed" if delayed else "plain")


def delay_note(context: Context) -> List[str]:
    """The sentence about the delay, where there is one."""
    if not context.delay:
        return []
    return ["“+%g ms a flush”: a preloaded library lets each fsync and fdatasync of our command, and of no other, return "
            "that much later, as a cloud disk would; it counted the flushes to prove that it was in place."
            % (context.delay.micros / 1000)]

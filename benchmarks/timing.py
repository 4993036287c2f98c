"""Two things timed in turns, so that a busy moment of the machine hurts both alike."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

Work = Callable[[], object]


@dataclass(frozen=True)
class Duel:
    """Seconds of each turn of ours and of theirs."""

    ours: list[float]
    theirs: list[float]

    @property
    def medians(self) -> tuple[float, float]:
        return median(self.ours), median(self.theirs)

    @property
    def best(self) -> tuple[float, float]:
        return min(self.ours), min(self.theirs)


def seconds(work: Work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def duel(ours: Work, theirs: Work, turns: int, warm: int = 2) -> Duel:
    """A B A B …, after a few turns that do not count."""
    for work in (ours, theirs) * warm:
        work()
    taken = [(seconds(ours), seconds(theirs)) for _ in range(turns)]
    return Duel([a for a, _ in taken], [b for _, b in taken])

"""Two things timed in turns, so that a busy moment of the machine hurts both alike."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

Work = Callable[[], object]
TURN = 0.01  # seconds of one turn; what takes less is done several times in a turn


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


def seconds(work: Work, repeats: int = 1) -> float:
    """Seconds of doing it once, as a mean over the repeats."""
    start = time.perf_counter()
    for _ in range(repeats):
        work()
    return (time.perf_counter() - start) / repeats


def repeats_of(work: Work) -> int:
    """How often it fits into a turn; the first time does not count."""
    work()
    return max(1, round(TURN / seconds(work, 3)))


def duel(ours: Work, theirs: Work, turns: int) -> Duel:
    """A B A B …, each turn about equally long."""
    mine, others = repeats_of(ours), repeats_of(theirs)
    taken = [(seconds(ours, mine), seconds(theirs, others)) for _ in range(turns)]
    return Duel([a for a, _ in taken], [b for _, b in taken])

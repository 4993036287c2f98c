"""Rows against JAX and PyTorch, which are optional: `make bench-peers` installs them apart.

Each peer runs in a process of its own and answers a line with the seconds of one turn, so
that its turns and ours can alternate.
"""

import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

import numpy as np

from app.critical import MINIMUM
from app.descent import Walk
from app.settings import PROJECT
from benchmarks.lanes import knobs, lanes_of, path, sweep
from benchmarks.maps import SIDE, WHAT, whole
from benchmarks.processes import CORES, kept_on
from benchmarks.rows import Row, milliseconds, times
from benchmarks.timing import seconds

PYTHON = PROJECT / ".venv-peers" / "bin" / "python"
MISSING = "peer not installed (make bench-peers)"
GRID, UPDATES = 256 * 256, 500
BLOCK = 256  # lanes of one engine call: their state stays in the nearest cache
SINGLE = 2000  # updates of the single path
PATHS = 100  # single paths of one of our turns; one of theirs takes far longer
TURNS = 7
SUMS_AGREE = 1e-6


@dataclass(frozen=True)
class Turn:
    seconds: float
    sums: tuple[float, float]  # of θ₁ and θ₂ over all lanes, to see that the work is the same


class Peer:
    """A process that runs one turn whenever it is asked."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def turn(self) -> Turn:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        took, x, y = map(float, self.process.stdout.readline().split())
        return Turn(took, (x, y))


@contextmanager
def peer(script: str, cores: set[int], *words: object) -> Iterator[Peer]:
    command = [str(PYTHON), str(PROJECT / "benchmarks" / script), *map(str, words)]
    with kept_on(cores):
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True,
        )  # fmt: skip
    try:
        yield Peer(process)
    finally:
        process.kill()
        process.communicate()


@lru_cache(maxsize=1)
def grid() -> list[Walk]:
    """All lanes, cut into engine calls."""
    eta, weight = knobs(GRID)
    cuts = range(BLOCK, GRID, BLOCK)
    pairs = zip(np.split(eta, cuts), np.split(weight, cuts), strict=True)
    return [lanes_of(e, w, UPDATES) for e, w in pairs]


def our_sweep(threads: int) -> Turn:
    """The whole grid from rest, its blocks dealt out to threads."""
    for block in grid():
        block.state = block.at_rest()
    with ThreadPoolExecutor(threads) as pool:
        took = seconds(lambda: list(pool.map(sweep, grid())))
    total = np.sum([block.state.theta.sum(axis=1) for block in grid()], axis=0)
    return Turn(took, (float(total[0]), float(total[1])))


def our_map() -> Turn:
    """The whole map of the map rows: walked, kept and judged."""
    took = seconds(whole)
    kind, _, updates, _ = whole().cells
    at = kind == MINIMUM
    return Turn(took, (float(at.sum()), float(updates[at].sum())))


def our_path() -> Turn:
    took = seconds(lambda: path(1e-3, 0.9, SINGLE), PATHS)
    x, y = path(1e-3, 0.9, SINGLE)[:2, -1]
    return Turn(took, (float(x), float(y)))


def wanted(least: float) -> str:
    return f"≥ {least:,.0f}×" if least else "–"


def compared(
    name: str, what: str, library: str, ours: Callable[[], Turn], theirs: Peer, least: float,
    same: bool = True,
) -> Row:  # fmt: skip
    theirs.turn(), ours()
    turns = [(ours(), theirs.turn()) for _ in range(TURNS)]
    mine = median(a.seconds for a, _ in turns)
    other = median(b.seconds for _, b in turns)
    same = not same or all(np.allclose(a.sums, b.sums, rtol=SUMS_AGREE) for a, b in turns)
    fastest = min(b.seconds for _, b in turns) / min(a.seconds for a, _ in turns)
    return Row(
        name, what, milliseconds(mine), f"{milliseconds(other)} ({library})",
        times(other / mine), wanted(least), other / mine >= least and same if least else None,
        (f"fastest turns {times(fastest)}" + ("" if same else "; THE ENDS DIFFER"),),
    )  # fmt: skip


def against_jax(name: str, cores: set[int], least: float) -> Row:
    many = "1 core each" if len(cores) == 1 else f"{len(cores)} cores each"
    what = f"momentum sweep, 256 × 256 lanes × {UPDATES} updates, {many}"
    if not PYTHON.exists():
        return Row(name, what, "–", MISSING, target=wanted(least))
    with kept_on(cores), peer("peer_jax.py", cores, GRID, UPDATES) as jax:
        return compared(name, what, "jax vmap+scan", lambda: our_sweep(len(cores)), jax, least)


def against_jax_map() -> Row:
    what = f"{WHAT}, kept and judged by both"
    if not PYTHON.exists():
        return Row("jax-map", what, "–", MISSING, target=wanted(3))
    with peer("peer_jax_map.py", set(CORES), SIDE, UPDATES) as jax:
        return compared("jax-map", what, "jax vmap+scan", our_map, jax, 3)


def against_jax_walk() -> Row:
    """Ours does the whole map, JAX only walks, from another sweep of knobs as long as this one."""
    what = f"{WHAT}; JAX only walks"
    if not PYTHON.exists():
        return Row("jax-map-walk", what, "–", MISSING, target=wanted(3))
    with peer("peer_jax.py", set(CORES), GRID, UPDATES) as jax:
        return compared("jax-map-walk", what, "jax vmap+scan", our_map, jax, 3, same=False)


def against_torch() -> Row:
    what = f"one path of momentum, {SINGLE:,} updates, recorded"
    if not PYTHON.exists():
        return Row("torch", what, "–", MISSING, target=wanted(2000))
    with peer("peer_torch.py", set(CORES), 1, SINGLE) as torch:
        return compared("torch", what, "torch.optim.SGD", our_path, torch, 2000)


def rows() -> list[Row]:
    return [
        against_jax("jax", set(CORES), 2),
        against_jax("jax-1", {CORES[0]}, 0),
        against_jax_map(),
        against_jax_walk(),
        against_torch(),
    ]

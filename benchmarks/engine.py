"""Engine row: a sweep of momentum lanes against the same loop in C, on one core.

256 lanes on Himmelblau without noise, each with its own η and λ. Ours records every point, C
nothing.
"""

import ctypes
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from app.descent import Walk
from benchmarks.lanes import begin, knobs, lanes_of, sweep
from benchmarks.rows import Row, below, times
from benchmarks.timing import duel

LANES = 256
UPDATES = 2000
TURNS = 60
TARGET = 2.5
FLAGS = ("-O3", "-march=native", "-shared", "-fPIC")
WHAT = f"momentum on Himmelblau, {LANES} lanes, one core, per lane and update"


def compiled_c(source: str, *more: str) -> ctypes.CDLL | None:
    """A C file of this folder, compiled for this processor; None without a compiler."""
    compiler = shutil.which("cc")
    if compiler is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        library, path = Path(folder) / "loops.so", Path(__file__).with_name(source)
        subprocess.run([compiler, *FLAGS, str(path), "-o", str(library), *more], check=True)
        return ctypes.CDLL(str(library))


class InC:
    """The lanes of the C loops."""

    def __init__(self, library: ctypes.CDLL) -> None:
        self.library = library
        library.sweep_watched.restype = ctypes.c_long
        self.theta, self.movement = np.empty((2, LANES)), np.empty((2, LANES))
        self.knobs = knobs(LANES)

    def given(self) -> list[object]:
        begin(self.theta, self.movement)
        rows = (*self.theta, *self.movement, *self.knobs)
        pointers = [ctypes.c_void_p(row.ctypes.data) for row in rows]
        return [*pointers, ctypes.c_long(LANES), ctypes.c_long(UPDATES)]

    def sweep(self) -> None:
        self.library.sweep(*self.given())

    def watched(self, reach: float) -> None:
        self.library.sweep_watched(*self.given(), ctypes.c_double(reach))


def ours() -> Walk:
    return lanes_of(*knobs(LANES), UPDATES)


def agree(library: ctypes.CDLL) -> bool:
    """Both walk the same paths, up to rounding."""
    mine, theirs = ours(), InC(library)
    sweep(mine)
    theirs.sweep()
    return bool(np.allclose(mine.state.theta, theirs.theta, atol=1e-9))


def nanoseconds(seconds: float) -> str:
    return f"{seconds / LANES / UPDATES * 1e9:.2f} ns"


def rows() -> list[Row]:
    library = compiled_c("sweep.c")
    if library is None:
        return [Row("engine", WHAT, "–", "no C compiler here", target=f"≤ {TARGET}×")]
    lanes, loop = ours(), InC(library)
    reach = float(lanes.state.limits[2])
    first = duel(lambda: sweep(lanes), loop.sweep, TURNS)
    second = duel(lambda: sweep(lanes), lambda: loop.watched(reach), TURNS)
    mine, c = first.medians
    fastest = first.best[0] / first.best[1]
    also = second.medians[0] / second.medians[1]
    return [
        Row(
            "engine", WHAT, nanoseconds(mine), f"{nanoseconds(c)} (C, -O3 -march=native)",
            times(mine / c), f"≤ {TARGET}×", below(mine / c, TARGET) and agree(library),
            (
                f"fastest turns {times(fastest)}; where the C loop also asks at every update "
                f"whether a lane has left, as the engine does, {times(also)}",
            ),
        )
    ]  # fmt: skip

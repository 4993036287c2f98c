"""A surface with its examples: the training loss L(θ) = (1/N) Σ ℓᵢ(θ), to be asked.

    ℓᵢ(θ) = f(θ − shiftᵢ; aᵢ, bᵢ) + tiltᵢ·θ        (data.py says what an example is)

Sums run in natural order 0 … N−1 and are divided once, here and in the engine, so that
batch N is exactly this sum. This room evaluates; it does not walk.
"""

from collections.abc import Callable
from functools import cache, cached_property, lru_cache
from types import ModuleType
from typing import Any

import numpy as np

from app.kernels import (  # fmt: skip
    address_of,
    compiled,
    curve_at,
    kernel,
    row,
    slope_at,
    table,
    types,
    whole,
)
from app.surfaces.catalogue import SURFACES, Row
from app.surfaces.data import Floats, column_examples, formula_examples, given_examples
from app.surfaces.tape import tape, tape_curve, tape_slope
from app.surfaces.terms import identifier, write

LANES = 256
COARSE = 21  # grid on which a surface's own scale is measured
FLAT = 1e-6  # of the largest: below it a median says nothing
SEEN = 1e-12  # of a loss, or of 1: a change this small is not seen
FINE = 801  # points along the line on which a constant is calibrated
LARGEST_CONSTANT = 64.0


@compiled
def add_terms(slope: Any, x: Floats, y: Floats, p: Floats, examples: Floats, j: int, work: Floats, out: Floats) -> None:  # fmt: skip
    """Adds value, ∂₁, ∂₂ of example j at up to LANES points to the rows of `out`."""
    at_x, at_y, a, b, value, g1, g2 = work[0], work[1], work[2], work[3], work[4], work[5], work[6]
    sum_value, sum_g1, sum_g2 = out[0], out[1], out[2]
    right, upwards, across, up = examples[0, j], examples[1, j], examples[2, j], examples[3, j]
    for i in range(len(x)):
        at_x[i] = x[i] - right
        at_y[i] = y[i] - upwards
        a[i] = examples[4, j]
        b[i] = examples[5, j]
    slope(at_x, at_y, a, b, p, len(x), value, g1, g2)
    for i in range(len(x)):
        sum_value[i] += value[i] + (across * x[i] + up * y[i])
        sum_g1[i] += g1[i] + across
        sum_g2[i] += g2[i] + up


@compiled
def mean_of_block(slope: Any, x: Floats, y: Floats, p: Floats, examples: Floats, work: Floats, out: Floats) -> None:  # fmt: skip
    """L, ∂₁L, ∂₂L at up to LANES points: `out` (3, LANES), of which len(x) are written."""
    n = examples.shape[1]
    for k in range(3):
        total = out[k]
        for i in range(len(x)):
            total[i] = 0.0
    for j in range(n):
        add_terms(slope, x, y, p, examples, j, work, out)
    for k in range(3):
        total = out[k]
        for i in range(len(x)):
            total[i] /= n


@kernel(types.void(whole, row, row, row, table, table, table, table))
def mean_slope(at: int, x: Floats, y: Floats, p: Floats, examples: Floats, work: Floats, block: Floats, out: Floats) -> None:  # fmt: skip
    """Rows L, ∂₁L, ∂₂L at the points (x, y): out is (3, n); work and block see blocks()."""
    slope = slope_at(at)
    for low in range(0, len(x), LANES):
        high = min(low + LANES, len(x))
        mean_of_block(slope, x[low:high], y[low:high], p, examples, work, block)
        for k in range(3):
            for i in range(high - low):
                out[k, low + i] = block[k, i]


def blocks() -> tuple[Floats, Floats]:
    """The working arrays of mean_of_block."""
    return np.empty((7, LANES)), np.empty((3, LANES))


@kernel(types.void(whole, row, row, row, table, table, table))
def mean_curve(at: int, x: Floats, y: Floats, p: Floats, examples: Floats, work: Floats, out: Floats) -> None:  # fmt: skip
    """Rows L, ∂₁, ∂₂, ∂₁₁, ∂₁₂, ∂₂₂ at the points (x, y): out is (6, n), work (10, n)."""
    curve = curve_at(at)
    many = examples.shape[1]
    for k in range(6):
        for i in range(len(x)):
            out[k, i] = 0.0
    for j in range(many):
        for i in range(len(x)):
            work[0, i] = x[i] - examples[0, j]
            work[1, i] = y[i] - examples[1, j]
            work[2, i] = examples[4, j]
            work[3, i] = examples[5, j]
        curve(work[0], work[1], work[2], work[3], p, len(x), work[4:10])
        for i in range(len(x)):
            out[0, i] += examples[2, j] * x[i] + examples[3, j] * y[i]
            out[1, i] += examples[2, j]
            out[2, i] += examples[3, j]
            for k in range(6):
                out[k, i] += work[4 + k, i]
    for k in range(6):
        for i in range(len(x)):
            out[k, i] /= many


@lru_cache(maxsize=1)
def terms() -> ModuleType:
    """The compiled module of the whole catalogue."""
    compiled_rows = [row for row in SURFACES if not row.is_typed]
    return write([(row.name, row.formula, row.letters) for row in compiled_rows])


@cache
def addresses(name: str) -> tuple[int, int]:
    """Addresses of the slope and the curve of a surface; of the interpreter's without a name."""
    if not name:
        return address_of(tape_slope), address_of(tape_curve)
    slope, curve = (getattr(terms(), f"{kind}_{identifier(name)}") for kind in ("slope", "curve"))
    return address_of(slope), address_of(curve)


@lru_cache(maxsize=512)
def tape_of(row: Row) -> Floats:
    """The tape of a typed row."""
    return tape(row.formula, row.letters, {})


class Surface:
    """One row of the catalogue with its constants and its examples."""

    def __init__(self, row: Row, own: tuple[float, ...], examples: Floats) -> None:
        self.row = row
        self.examples = examples
        self.slope, self.curve = addresses("" if row.is_typed else row.name)
        # One spare, so that it is never empty. A tape stands where the constants would.
        self.constants = tape_of(row) if row.is_typed else np.array([*own, 0.0])
        if row.calibrated:
            self.constants[len(own)] = self.calibrate(len(own))

    def slopes(self, x: Floats, y: Floats) -> Floats:
        """(3, n): L, ∂₁L, ∂₂L at n points."""
        x, y = (np.ascontiguousarray(part, dtype=float) for part in (x, y))
        out = np.empty((3, len(x)))
        mean_slope(self.slope, x, y, self.constants, self.examples, *blocks(), out)
        return out

    def loss_at(self, point: tuple[float, float]) -> float:
        """L at one point."""
        return float(self.slopes(*np.array(point).reshape(2, 1))[0, 0])

    def curves(self, x: Floats, y: Floats) -> Floats:
        """(6, n): L, ∂₁, ∂₂, ∂₁₁, ∂₁₂, ∂₂₂ at n points."""
        x, y = (np.ascontiguousarray(part, dtype=float) for part in (x, y))
        work, out = np.empty((10, len(x))), np.empty((6, len(x)))
        mean_curve(self.curve, x, y, self.constants, self.examples, work, out)
        return out

    def grid(self, x: Floats, y: Floats) -> Floats:
        """L on a grid, (len(y), len(x)): the outer index follows y."""
        across, up = np.meshgrid(x, y)
        return np.reshape(self.slopes(across.ravel(), up.ravel())[0], across.shape)

    @cached_property
    def scale(self) -> Floats:
        """Typical size (‖∇L‖, |curvature|): medians over a coarse grid of the domain.

        What "zero" means for a gradient or an eigenvalue is relative to these two. A median that
        is nothing beside the largest says nothing: where most of the domain is level a part of
        the largest takes its place, where a corner explodes the upper quartile.
        """
        across, up = (np.linspace(*side, COARSE) for side in self.row.domain)
        x, y = (part.ravel() for part in np.meshgrid(across, up))
        loss, g1, g2, *hessian = self.curves(x, y)
        h11, h12, h22 = np.compress(np.isfinite(hessian).all(axis=0), hessian, axis=1)
        steep = np.hypot(g1, g2)
        bent = np.abs(h11 + h22) / 2 + np.hypot((h11 - h22) / 2, h12)
        steep, bent, loss = (size[np.isfinite(size)] for size in (steep, bent, loss))
        largest = [part.max(initial=0.0) for part in (steep, bent)]
        largest[0] = max(largest[0], largest[1] * self.row.diagonal)
        level = is_level(loss)
        sizes = [typical(*part, level) for part in zip((steep, bent), largest, strict=True)]
        return np.array([max(size, np.finfo(float).tiny) for size in sizes])

    def calibrate(self, which: int) -> float:
        """The constant for which both minima along y = 0 have the same training loss.

        L is linear in it, so two evaluations on a line give L for every value.
        """
        lines = [np.linspace(*half, FINE) for half in self.row.halves]
        bases, gains = zip(*(self.linear_in(which, line) for line in lines), strict=True)

        def difference(value: float) -> float:
            low = [np.min(base + value * gain) for base, gain in zip(bases, gains, strict=True)]
            return float(low[0] - low[1])

        return bisect(difference, 0.0, LARGEST_CONSTANT)

    def linear_in(self, which: int, line: Floats) -> tuple[Floats, Floats]:
        """L along y = 0 with the constant 0, and what one unit of it adds."""
        values = []
        for value in (0.0, 1.0):
            self.constants[which] = value
            values.append(self.slopes(line, np.zeros_like(line))[0])
        return values[0], values[1] - values[0]


def is_level(loss: Floats) -> bool:
    """Whether the middle half of these losses are the same, as far as one can see."""
    if len(loss) == 0:
        return True
    low, middle, high = np.quantile(loss, (0.25, 0.5, 0.75)).tolist()
    return bool(high - low <= SEEN * max(1.0, abs(middle)))


def typical(sizes: Floats, largest: float, level: bool) -> float:
    """Of sizes that a coarse grid has; see Surface.scale."""
    if len(sizes) == 0:
        return FLAT * largest
    middle, upper = np.quantile(sizes, (0.5, 0.75)).tolist()
    rest = FLAT * largest
    return float(max(middle, rest if level else min(rest, upper)))


def bisect(rising: Callable[[float], float], low: float, high: float) -> float:
    """Where a rising function crosses zero, to rounding; the nearer end if it does not."""
    while low < (middle := (low + high) / 2) < high:
        low, high = (low, middle) if rising(middle) > 0 else (middle, high)
    return middle


@lru_cache(maxsize=512)
def surface(
    row: Row, own: tuple[float, ...], examples: int, spread: float, noise: str, data: int
) -> Surface:
    """The surface of these knobs; the same knobs give the same object."""
    if row.draw is None:
        return Surface(row, own, formula_examples(examples, spread, noise, data))
    if row.rows:
        return Surface(row, own, given_examples(row.rows))
    return Surface(row, own, column_examples(row.draw, examples, data))

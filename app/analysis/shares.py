"""What many seeds did, in shares: how many ended where, and how many left a saddle by when.

Every share comes with its 95 % interval. Where the seed cannot matter (the full batch) all
seeds walk one path, so the share is exact and the interval has no width.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from app.analysis.catchments import arrived, catchments
from app.analysis.ensembles import Case, Ends, cases
from app.analysis.intervals import wilson
from app.analysis.stability import limit_of
from app.critical import MINIMUM
from app.figures import finite
from app.finder import CriticalPoint, critical_points
from app.knobs import BY_NAME
from app.limits import LIMITS
from app.outcome import MOVING, OUTCOMES
from app.sampling import Counts
from app.scene import GIVEN, Problem, Scene
from app.surfaces.data import Floats
from app.surfaces.surface import Surface

LISTED = 12  # minima that are spoken of
QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
COLUMNS = ["theta1", "theta2", "outcome", "minimum", "catchment", "left"]


@lru_cache(maxsize=512)
def minima(surface: Surface) -> tuple[CriticalPoint, ...]:
    """The minima of the training loss in the domain, the lowest first, as many as are listed."""
    found = [point for point in critical_points(surface) if point.kind == "minimum"]
    return tuple(found[: LIMITS["points"]])


@lru_cache(maxsize=512)
def goals(surface: Surface) -> list[Floats]:
    """Where each of them lies: (k, 2), one point or a curve of them."""
    return [np.array(point.curve or (point.at,)) for point in minima(surface)]


@dataclass(frozen=True)
class Places:
    """Where the seeds of one batch size ended: places in minima(), −1 for none of them.

    `minimum` is that of the outcome. `catchment` is the same, and for a seed that is still
    moving the minimum that lies downhill of the mean of its last tenth. `mean` is the minimum
    downhill of the mean of its points, where the run averages them.
    """

    ends: Ends
    minimum: Counts
    catchment: Counts
    mean: Counts


def places_of(surface: Surface, ends: Ends) -> Places:
    known = goals(surface)
    minimum = np.where(ends.outcome == MINIMUM, arrived(surface, ends.at, known), -1)
    catchment, moving = minimum.copy(), np.flatnonzero(ends.outcome == MOVING)
    catchment[moving] = catchments(surface, ends.middle[:, moving], known)
    return Places(ends, minimum, catchment, places_of_means(surface, ends))


def places_of_means(surface: Surface, ends: Ends) -> Counts:
    found, known = np.full(ends.seeds, -1), np.flatnonzero(np.isfinite(ends.mean[0]))
    found[known] = catchments(surface, ends.mean[:, known], goals(surface))
    return found


def listed(surface: Surface, found: list[Places]) -> list[int]:
    """Which minima to speak of: all where they are few, else those where most seeds ended."""
    many = len(minima(surface))
    if many <= LISTED:
        return list(range(many))
    counts = np.bincount(np.concatenate([places.catchment for places in found]) + 1, minlength=1)
    most = np.argsort(-counts[1:], kind="stable")[:LISTED]
    return sorted(place for place in most.tolist() if counts[1 + place])


@dataclass(frozen=True)
class Told:
    """A row of shares for each batch size, ready for JSON, and COLUMNS for each: a line per
    seed, of `outcome` its place in OUTCOMES, of `minimum` its place in the row's minima."""

    rows: list[dict[str, Any]]
    columns: list[Floats]


def told(scene: Scene, found: list[Ends]) -> Told:
    places = [places_of(scene.ground, ends) for ends in found]
    spoken = listed(scene.ground, places)
    return Told(
        [told_row(scene, place, spoken) for place in places],
        [told_seeds(place, spoken) for place in places],
    )


def told_row(scene: Scene, places: Places, spoken: list[int]) -> dict[str, Any]:
    ends = places.ends
    kinds = {kind: ends.outcome == code for code, kind in enumerate(OUTCOMES)}
    return {
        "batch": ends.case.batch,
        "eta": ends.case.eta,
        "seeds": ends.seeds,
        "varies": ends.case.varies,
        "shares": {kind: share(ends, did) for kind, did in kinds.items()},
        "minima": [told_minimum(scene.ground, places, k) for k in spoken],
        "left": share(ends, ends.left >= 0) | {"by": scene.updates},
        "losses": told_losses(scene.ground, ends),
        "times": quantiles(ends.left[ends.left >= 0]),
    }


def told_minimum(surface: Surface, places: Places, k: int) -> dict[str, Any]:
    """Seeds that ended at a minimum, and those that ended where it lies downhill."""
    around = share(places.ends, places.catchment == k)
    ended = share(places.ends, places.minimum == k)
    mean = share(places.ends, places.mean == k) if averages(places.ends) else None
    point, case = minima(surface)[k], places.ends.case
    largest = point.eigenvalues[1] if point.eigenvalues else 0.0  # a tip has none
    limit = limit_of(case.scene, case.run, largest)
    return {"at": point.at, "limit": limit} | ended | {"catchment": around, "average": mean}


def averages(ends: Ends) -> bool:
    """Whether any seed has a mean of its points."""
    return bool(np.isfinite(ends.mean).any())


def told_losses(surface: Surface, ends: Ends) -> dict[str, Any]:
    """Quartiles over the seeds of the training loss at the end, and at the mean of the points."""
    mean = quartiles(surface, ends.mean) if averages(ends) else None
    return {"end": quartiles(surface, ends.end), "average": mean}


def quartiles(surface: Surface, points: Floats) -> dict[str, float | None]:
    """Of L at points (2, n), NaN left out; None where there are none or L is no number."""
    loss = surface.slopes(*points[:, np.isfinite(points[0])])[0]
    known = loss[~np.isnan(loss)]
    names = ("low", "median", "high")
    if len(known) == 0:
        return dict.fromkeys(names)
    values = np.quantile(known, (0.25, 0.5, 0.75), method="inverted_cdf").tolist()
    return {name: finite(value) for name, value in zip(names, values, strict=True)}


def share(ends: Ends, did: np.ndarray[Any, Any]) -> dict[str, float]:
    """The share of seeds that did, and its interval."""
    many = int(np.count_nonzero(did))
    exact = many / ends.seeds
    low, high = wilson(many, ends.seeds) if ends.case.varies else (exact, exact)
    return {"share": exact, "low": low, "high": high}


def quantiles(times: Counts) -> list[dict[str, float]]:
    """Of the seeds that left: the update by which a tenth, a quarter, … of them had."""
    if len(times) == 0:
        return []
    found = np.quantile(times, QUANTILES, method="inverted_cdf")
    return [{"share": q, "update": int(t)} for q, t in zip(QUANTILES, found, strict=True)]


def told_seeds(places: Places, spoken: list[int]) -> Floats:
    """(6, n): COLUMNS; NaN for a seed that left no saddle, −1 for one at none of the minima."""
    known = {place: k for k, place in enumerate(spoken)}
    both = places.minimum.tolist(), places.catchment.tolist()
    minimum, catchment = (np.array([known.get(k, -1) for k in column]) for column in both)
    ends = places.ends
    left = np.where(ends.left < 0, np.nan, ends.left)
    return np.stack([*ends.end, ends.outcome, minimum, catchment, left])


def evaluations(asked: Sequence[Case], seeds: int) -> int:
    """Example gradients that many seeds cost."""
    return sum(evaluations_of(case, seeds) for case in asked)


def evaluations_of(case: Case, seeds: int) -> int:
    if case.scene.ground.examples.shape[1] == 1:
        return case.scene.updates
    return case.batch * (seeds if case.varies else 1) * case.scene.updates


def problems(
    scene: Scene, of: int, seeds: int, batches: Sequence[int], etas: Sequence[float] = ()
) -> list[Problem]:
    """What is wrong with a question about shares; nothing is computed before."""
    sides = why_no_etas(batches, etas) if etas else why_no_batches(scene, batches)
    found = [why_no_run(scene, of), why_no_seeds(seeds), sides]
    known = [problem for problem in found if problem]
    return known or too_many(scene, of, seeds, batches, etas)


def why_no_run(scene: Scene, of: int) -> Problem | None:
    last = len(scene.runs) - 1
    allowed = f"a whole number from 0 to {last}: the first run is 0"
    return None if 0 <= of <= last else Problem("of", str(of), allowed)


def why_no_seeds(seeds: int) -> Problem | None:
    most = LIMITS["seeds"]
    allowed = f"a whole number from 1 to {most}"
    return None if 1 <= seeds <= most else Problem("seeds", str(seeds), allowed)


def why_no_batches(scene: Scene, batches: Sequence[int]) -> Problem | None:
    """With replacement N draws are not the full batch, so there is none."""
    most = scene.examples - (scene.shuffle == "replacement")
    some = 0 < len(batches) <= LIMITS["batches"] and len(set(batches)) == len(batches)
    if some and all(1 <= batch <= most for batch in batches):
        return None
    allowed = f"1 to {LIMITS['batches']} different batch sizes from 1 to {most}"
    return Problem("batches", ",".join(map(str, batches))[:GIVEN], allowed)


def why_no_etas(batches: Sequence[int], etas: Sequence[float]) -> Problem | None:
    """Rates take the place of batch sizes, so there is one question at a time."""
    knob, many = BY_NAME["eta"], LIMITS["batches"]
    some = not batches and len(etas) <= many and len(set(etas)) == len(etas)
    if some and all((knob.low or 0) <= eta <= (knob.high or 0) for eta in etas):
        return None
    allowed = f"1 to {many} different numbers, each {knob.allowed()}, and no batches"
    return Problem("etas", ",".join(map(str, etas))[:GIVEN], allowed)


def too_many(
    scene: Scene, of: int, seeds: int, batches: Sequence[int], etas: Sequence[float]
) -> list[Problem]:
    cost = evaluations(cases(scene, of, batches, etas), seeds)
    most = LIMITS["evaluations"] // scene.row.weight
    allowed = f"fewer, so that seeds · updates · batches is at most {most:,} (here {cost:,})"
    return [] if cost <= most else [Problem("seeds", str(seeds), allowed)]

"""Every row of the catalogue keeps its promises: points, kinds, sentences and defaults."""

import re

import numpy as np
import pytest

from app.critical import MAXIMUM, MINIMUM, SADDLE, critical
from app.descent import walk
from app.locale import N_
from app.scene import Scene
from app.surfaces.catalogue import BY_NAME, SURFACES
from app.surfaces.formula import read
from tests.oracle import means

LECTURE = [
    "toy-network", "two-valleys", "plateau", "hill", "canyon-and-basin", "long-valley",
    "linear-regression", "logistic-regression", "one-neuron", "rosenbrock", "beale",
    "himmelblau", "six-hump-camel", "three-hump-camel", "styblinski-tang", "rastrigin",
    "ackley", "booth", "matyas", "mccormick", "goldstein-price", "monkey-saddle",
]  # fmt: skip

CLAIMS = [(row, claim) for row in SURFACES for claim in row.claims]
every_row = pytest.mark.parametrize("row", SURFACES, ids=lambda row: row.name)
every_smooth_claim = pytest.mark.parametrize(
    ("row", "claim"),
    [pair for pair in CLAIMS if pair[1].smooth],
    ids=lambda part: getattr(part, "name", None) or f"{part.kind}@{part.at}",
)


def ground(name):
    return Scene.parse(f"surface={name}&run=gd").ground


def around(at, radius, count=64):
    """Points on a circle."""
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False) + 0.01
    return at[0] + radius * np.cos(angle), at[1] + radius * np.sin(angle)


def test_the_surfaces_the_lecture_needs_are_all_there():
    assert [name for name in LECTURE if name not in BY_NAME] == []


@every_row
def test_a_row_tells_its_name_and_why_it_is_there(row):
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", row.name)
    assert row.label[0].isupper()
    assert row.label == N_(row.label)
    assert row.why[0].isupper()
    assert row.why.endswith(".")


def test_names_labels_reasons_and_formulas_are_all_different():
    for part in ("name", "label", "why", "formula"):
        assert len({getattr(row, part) for row in SURFACES}) == len(SURFACES)


@every_row
def test_the_formula_reads_and_uses_every_letter(row):
    read(row.formula, row.letters.all())
    for name in row.letters.all():
        assert re.search(rf"\b{name}\b", row.formula), name


@every_row
def test_the_domain_holds_the_start_and_the_claims(row):
    points = [row.start, *(claim.at for claim in row.claims)]
    for (low, high), values in zip(row.domain, zip(*points, strict=True), strict=True):
        assert low < high
        assert all(low <= value <= high for value in values)


@every_row
def test_the_start_is_made_of_floats(row):
    """Whole numbers would make an array of whole numbers, which no kernel takes."""
    assert any(isinstance(value, float) for value in row.start)


@every_row
def test_what_the_domain_shows_is_finite(row):
    loss = ground(row.name).grid(*(np.linspace(*side, 41) for side in row.domain))
    assert np.isfinite(loss).all()
    assert loss.max() > loss.min()


@every_smooth_claim
def test_a_claim_is_a_critical_point(row, claim):
    surface = ground(row.name)
    x, y = (np.array([value], dtype=float) for value in claim.at)
    gradient = surface.curves(x, y)[1:3, 0]
    assert np.hypot(*gradient) <= 1e-8 * surface.scale[0]


@every_smooth_claim
def test_a_claim_is_of_the_kind_it_says(row, claim):
    """By the eigenvalues; where one is zero, by the loss on a small circle."""
    surface = ground(row.name)
    x, y = (np.array([value], dtype=float) for value in claim.at)
    loss, _, _, a, b, c = means(surface, x, y)[:, 0]
    eigenvalues = np.linalg.eigvalsh([[a, b], [b, c]])
    zero = 1e-8 * surface.scale[1]
    if (np.abs(eigenvalues) <= zero).all():
        assert claim.kind == "flat"
    elif (np.abs(eigenvalues) > zero).all():
        falling = int((eigenvalues < 0).sum())
        assert claim.kind == ("minimum", "saddle", "maximum")[falling]
    else:
        differences = surface.slopes(*around(claim.at, 1e-2 * row.diagonal, 720))[0] - loss
        assert claim.kind == "saddle"
        assert differences.min() < 0 < differences.max()


@pytest.mark.parametrize(
    ("row", "claim"),
    [pair for pair in CLAIMS if not pair[1].smooth],
    ids=lambda part: part.__class__,
)
def test_a_tip_without_a_gradient_is_lower_than_its_surroundings(row, claim):
    surface = ground(row.name)
    tip = surface.slopes(*(np.array([value], dtype=float) for value in claim.at))[0, 0]
    assert claim.kind == "minimum"
    for radius in (1e-6, 1e-3, 0.1):
        assert surface.slopes(*around(claim.at, radius))[0].min() > tip


@pytest.mark.parametrize("name", ["toy-network", "one-neuron"])
@pytest.mark.parametrize("data", range(1, 6))
def test_claims_of_data_surfaces_hold_for_other_data(name, data):
    surface = Scene.parse(f"surface={name}&data={data}&run=gd").ground
    _, g1, g2, a, b, c = surface.curves(np.zeros(1), np.zeros(1))[:, 0]
    assert np.hypot(g1, g2) <= 1e-8 * surface.scale[0]
    assert a * c - b * b < 0


@every_row
def test_a_surface_falls_without_end_exactly_when_it_says_so(row):
    """The lowest loss on ever larger squares keeps falling, or does not."""
    surface = ground(row.name)
    lowest = []
    for reach in (10, 100, 1000):
        side = np.linspace(-reach, reach, 401) * row.diagonal
        with np.errstate(all="ignore"):
            lowest.append(np.nanmin(surface.grid(row.centre[0] + side, row.centre[1] + side)))
    home = surface.grid(*(np.linspace(*side, 401) for side in row.domain)).min()
    assert (lowest[2] < min(lowest[1], home) - 1) == (not row.bounded)


# What the sentences and the literature say about how many points of a kind there are.
COUNTS = [
    ("two-valleys", {MINIMUM: 2, SADDLE: 1, MAXIMUM: 0}),
    ("canyon-and-basin", {MINIMUM: 2, SADDLE: 1, MAXIMUM: 0}),
    ("hill", {MINIMUM: 2, SADDLE: 2, MAXIMUM: 0}),
    ("plateau", {MINIMUM: 1, SADDLE: 0, MAXIMUM: 0}),
    ("linear-regression", {MINIMUM: 1, SADDLE: 0, MAXIMUM: 0}),
    ("logistic-regression", {MINIMUM: 1, SADDLE: 0, MAXIMUM: 0}),
    ("himmelblau", {MINIMUM: 4, SADDLE: 4, MAXIMUM: 1}),
    ("six-hump-camel", {MINIMUM: 6, SADDLE: 7, MAXIMUM: 2}),
    ("three-hump-camel", {MINIMUM: 3, SADDLE: 2, MAXIMUM: 0}),
    ("styblinski-tang", {MINIMUM: 4, SADDLE: 4, MAXIMUM: 1}),
    ("booth", {MINIMUM: 1, SADDLE: 0, MAXIMUM: 0}),
    ("matyas", {MINIMUM: 1, SADDLE: 0, MAXIMUM: 0}),
    ("rosenbrock", {MINIMUM: 1, SADDLE: 0, MAXIMUM: 0}),
]


@pytest.mark.parametrize(("name", "counts"), COUNTS, ids=[name for name, _ in COUNTS])
def test_the_known_number_of_points_of_each_kind_is_found(name, counts):
    surface = ground(name)
    (left, right), (low, high) = surface.row.domain
    across, up = np.meshgrid(np.linspace(left, right, 25), np.linspace(low, high, 25))
    found = critical(surface, np.stack([across.ravel(), up.ravel()], axis=1))
    near = {(round(x, 5) + 0.0, round(y, 5) + 0.0): kind for _, x, y, kind, *_ in found.tolist()}
    kinds = [k for (x, y), k in near.items() if left <= x <= right and low <= y <= high]
    assert {kind: kinds.count(kind) for kind in counts} == counts


def test_himmelblau_s_minima_are_equally_deep_and_six_hump_s_are_not():
    deep = [
        means(ground("himmelblau"), *np.array([claim.at]).T)[0, 0] for claim in minima("himmelblau")
    ]
    assert deep == pytest.approx([0] * 4, abs=1e-20)
    lowest = means(ground("six-hump-camel"), *np.array([minima("six-hump-camel")[0].at]).T)[0, 0]
    assert lowest == pytest.approx(-1.031628453489877, rel=1e-12)


def minima(name):
    return [claim for claim in BY_NAME[name].claims if claim.kind == "minimum"]


def test_long_valley_has_the_condition_number_it_is_given():
    for condition in (1, 20, 1000):
        scene = Scene.parse(f"surface=long-valley&condition={condition}&run=gd")
        _, _, _, a, b, c = scene.ground.curves(np.zeros(1), np.zeros(1))[:, 0]
        assert [c / a, b] == [condition, 0]


# With its defaults every surface tells something: where it ends, or why it does not.
TELLING = {
    "two-valleys": ("saddle", "minimum"),
    "canyon-and-basin": ("minimum", "minimum"),
    "hill": ("minimum", "minimum"),
    "plateau": ("moving", "minimum"),
    "long-valley": ("minimum", "minimum"),
    "toy-network": ("minimum", "minimum"),
    "linear-regression": ("minimum", "minimum"),
    "logistic-regression": ("minimum", "minimum"),
    "one-neuron": ("minimum", "minimum"),
    "rosenbrock": ("moving", "minimum"),
    "beale": ("moving", "minimum"),
    "himmelblau": ("minimum", "minimum"),
    "six-hump-camel": ("minimum", "minimum"),
    "three-hump-camel": ("minimum", "minimum"),
    "styblinski-tang": ("minimum", "minimum"),
    "rastrigin": ("minimum", "minimum"),
    "ackley": ("minimum", "minimum"),
    "booth": ("minimum", "minimum"),
    "matyas": ("moving", "minimum"),
    "mccormick": ("minimum", "minimum"),
    "goldstein-price": ("moving", "minimum"),
    "monkey-saddle": ("flat", "diverged"),
    "formula": ("minimum", "minimum"),
}


@every_row
def test_gradient_descent_and_momentum_tell_something_with_the_defaults(row):
    slow, fast = walk(Scene.parse(f"surface={row.name}&run=gd&run=momentum"))
    assert (slow.outcome, fast.outcome) == TELLING[row.name]
    for path in (slow, fast):
        travelled = np.hypot(*(path.theta - path.theta[0]).T).max()
        assert travelled > 0.03 * row.diagonal
        assert path.theta.shape[0] > 10


@pytest.mark.parametrize(
    "name", ["hill", "one-neuron", "six-hump-camel", "three-hump-camel", "ackley"]
)
def test_momentum_ends_in_another_minimum_than_gradient_descent(name):
    slow, fast = walk(Scene.parse(f"surface={name}&run=gd&run=momentum"))
    assert np.hypot(*np.subtract(slow.at, fast.at)) > 0.05 * BY_NAME[name].diagonal
    assert fast.loss[-1] < slow.loss[-1] + 0.01

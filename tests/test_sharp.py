"""Sharp or flat (B8): what is told of both solutions is so."""

import numpy as np
import pytest

from app.experiments import address
from app.experiments.bench import Bench
from app.experiments.curvature import Point
from app.experiments.paper import PAPER
from app.experiments.sharp import ALPHAS, Along, along, look
from app.experiments.solutions import solved
from app.experiments.table import EXPERIMENTS
from tests.test_experiments import TINY, pictures

COLUMNS = [column.name for column in EXPERIMENTS["sharp"].columns]


def told(query):
    return pictures("sharp", query)[-1].told()


@pytest.fixture(scope="module")
def tiny():
    return told(TINY["sharp"])


@pytest.fixture(scope="module")
def pair():
    """Two solutions and the bench they were trained on."""
    bench = Bench(address.read("sharp", "target=0.5&epochs=30&hidden=6").knobs)
    return bench, solved(bench, 16, 0, 0.4), solved(bench, 144, 0, 0.8)


def test_it_is_a_pure_function_of_its_knobs(tiny):
    assert told(TINY["sharp"]) == tiny


def test_both_have_come_down_to_the_same_training_loss(tiny):
    training = tiny["facts"]["training"]
    for end in ("from", "to"):
        assert 0.7 < training[end]["low"] <= training[end]["high"] <= 1
    assert tiny["facts"]["pairs"] == 2


def test_a_look_at_a_solution_tells_its_curvature_and_its_way(pair):
    bench, small, _ = pair
    seen = look(bench, small)
    hessian = Point(bench.network, bench.training, small.theta).hessian()
    assert seen.curvature == pytest.approx(np.linalg.eigvalsh(hessian)[-1], rel=1e-8)
    assert seen.distance == pytest.approx(np.linalg.norm(small.theta - small.start))
    assert seen.validation == bench.judges[1].judgement(small.theta)
    assert 0 < seen.boxes["narrow"].relative < seen.boxes["wide"].relative
    assert seen.boxes["wide"].slope == pytest.approx(2 * seen.boxes["narrow"].slope)


def test_the_line_goes_through_both_solutions(pair):
    bench, small, large = pair
    line = along(bench, small, large)
    ends = [int(np.flatnonzero(np.isclose(ALPHAS, end))[0]) for end in (0, 1)]
    for at, solution in zip(ends, (small, large), strict=True):
        assert line.loss["training"][at] == pytest.approx(solution.training.loss, rel=1e-5)
        assert line.accuracy["training"][at] == solution.training.accuracy
        judged = bench.judges[1].judgement(solution.theta)
        assert line.loss["validation"][at] == pytest.approx(judged.loss, rel=1e-5)


def test_the_barrier_is_the_rise_between_them():
    heights = np.where((ALPHAS > 0.4) & (ALPHAS < 0.6), 0.7, np.where(ALPHAS > 0.95, 0.3, 0.1))
    heights[ALPHAS > 1.05] = 9
    assert Along({"training": heights.tolist()}, {}).barrier == pytest.approx(0.4)


def test_beyond_both_ends_the_line_goes_on_for_half_its_length():
    line = Along({"training": [float(alpha * alpha) for alpha in ALPHAS]}, {})
    assert line.beyond("small") == pytest.approx(0.25)
    assert line.beyond("large") == pytest.approx(1.25)


def test_the_barrier_is_told_with_its_spread(tiny):
    barrier = tiny["facts"]["barrier"]
    assert 0 <= barrier["low"] <= barrier["median"] <= barrier["high"]


def test_rows_are_ours_and_then_the_papers(tiny):
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in tiny["rows"]]
    assert [(row["source"], row["size"]) for row in rows[:3]] == [
        ("here", "small"),
        ("here", "large"),
        ("F1", "small"),
    ]
    assert tiny["rows"][2:] == PAPER
    assert rows[0]["batch"] == 16
    assert rows[0]["eta"] == tiny["facts"]["eta"]["small"]
    assert rows[1]["curvature"] == tiny["facts"]["curvature"]["to"]["median"]


def test_the_papers_figures_are_those_of_its_tables_2_and_3():
    """Typed a second time, from the page with the tables."""
    rows = {(row[0], row[1]): dict(zip(COLUMNS, row, strict=True)) for row in PAPER}
    assert rows["F1", "large"]["wide"] == 205.14
    assert rows["F1", "small"]["narrow"] == 0.61
    assert rows["F1", "small"]["validation"] == 0.9803
    assert rows["C2", "large"]["wide"] == 925.32
    assert rows["C4", "large"]["validation"] == 0.5781
    assert rows["F2", "large"]["training"] == 0.9835
    assert rows["C3", "small"]["narrow"] == 8.56
    assert all(row["eta"] is None and row["curvature"] is None for row in rows.values())


def test_a_loss_that_nobody_reaches_is_told_and_nothing_is_compared():
    facts = told("target=0.0001&epochs=1&seeds=2&hidden=4")["facts"]
    assert facts["pairs"] == 0
    assert facts["tried"]["large"]["reached"] == [0] * 6
    assert facts["tried"]["small"]["epochs"] == [None] * 6
    for name in ("training", "validation", "curvature", "distance", "barrier", "beyond"):
        assert facts[name] is None
    assert facts["wide"]["sharpness"] is None


def test_batches_must_be_small_and_large():
    with pytest.raises(Exception, match="more than 200, the small batch"):
        address.read("sharp", "small=200")
    with pytest.raises(Exception, match="batch sizes up to 1437"):
        address.read("sharp", "large=1438")


def test_who_is_flatter_depends_on_the_rates():
    """What docs/experiments.md says: λmax goes along with η/B, not with B alone."""
    quick = "target=0.1&epochs=60&seeds=2&tune=none"
    same = told(quick + "&large=64&eta=0.4")["facts"]["curvature"]
    assert same["found"] == "rises"
    bench = Bench(address.read("sharp", quick).knobs)
    small, large = (solved(bench, batch, 0, eta) for batch, eta in ((16, 0.1), (144, 1.6)))
    assert look(bench, small).curvature > look(bench, large).curvature

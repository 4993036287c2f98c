"""The real surface: the loss on the plane is that of the network there, the paths are real."""

import numpy as np
import pytest

from app.experiments import address
from app.experiments.bench import Bench
from app.experiments.ground import BETWEEN, STRIDES, plane, travelled
from app.experiments.network import Judge
from app.experiments.table import PLANE
from tests.test_experiments import TINY, pictures

COLUMNS = [column.name for column in PLANE.columns]
RANDOM = TINY["plane"] + "&directions=random"


def told(query):
    return pictures("plane", query)[-1].told()


@pytest.fixture(scope="module", params=[TINY["plane"], RANDOM], ids=["solutions", "random"])
def picture(request):
    return told(request.param)


def lines(picture):
    return {(one["chart"], one["name"]): one for one in picture["series"]}


def rows(picture, size):
    found = [dict(zip(COLUMNS, row, strict=True)) for row in picture["rows"]]
    return [row for row in found if row["path"] == size]


@pytest.mark.parametrize("query", [TINY["plane"], RANDOM])
def test_it_is_a_pure_function_of_its_knobs(query):
    assert told(query) == told(query)


def test_coarse_pictures_come_first_and_agree_with_the_fine_one():
    surfaces = [
        next(one for one in p.told()["series"] if one["name"] == "surface")
        for p in pictures("plane", TINY["plane"])[2:]
    ]
    assert [len(one["x"]) for one in surfaces] == [-(-9 // stride) for stride in STRIDES]
    fine = surfaces[-1]
    for stride, one in zip(STRIDES, surfaces, strict=True):
        assert one["x"] == fine["x"][::stride]
        assert one["z"] == [row[::stride] for row in fine["z"][::stride]]
    assert len(fine["z"]) == len(fine["y"]) == 9


def test_the_surface_is_the_training_loss_there():
    """At the start and at both ends, which lie on the plane."""
    bench = Bench(address.read("plane", TINY["plane"]).knobs)
    last = told(TINY["plane"])
    for size in ("small", "large"):
        for row in (rows(last, size)[0], rows(last, size)[-1]):
            assert row["shadow"] == pytest.approx(row["loss"], rel=1e-4)
    (start, *_) = rows(last, "small")
    judged = Judge(bench.network, bench.training).judgement(bench.network.start(0))
    assert start["loss"] == pytest.approx(judged.loss, rel=1e-5)
    assert (start["x"], start["y"]) == (pytest.approx(0, abs=1e-9), pytest.approx(0, abs=1e-9))


def test_paths_are_those_of_the_trainings(picture):
    found = lines(picture)
    for size, batch in (("small", 16), ("large", 144)):
        steps = rows(picture, size)
        assert steps[0]["updates"] == 0
        assert steps[-1]["updates"] == 2 * -(-1437 // batch)
        assert steps[-1]["epochs"] == 2
        assert found["plane", size]["x"] == [row["x"] for row in steps]
        assert found["loss", f"{size}_shadow"]["y"] == [row["shadow"] for row in steps]
        assert found["outside", size]["y"] == [row["outside"] for row in steps]
    assert rows(picture, "small")[0]["loss"] == rows(picture, "large")[0]["loss"]


def test_a_path_is_what_the_training_did():
    bench = Bench(address.read("plane", TINY["plane"] + "&scaling=linear").knobs)
    path = travelled(bench, "large")
    assert path.eta == pytest.approx(0.1 * 144 / 16)
    training = bench.started(144, 0, eta=path.eta)
    for updates, theta in zip(path.updates, path.theta, strict=True):
        training.advance(updates)
        np.testing.assert_array_equal(training.theta, theta)


def test_random_directions_hardly_see_the_paths():
    """Of two among hundreds of directions nothing else could be expected, and it is told."""
    facts = told(RANDOM)["facts"]
    assert facts["outside"]["large"]["median"] > 0.9
    assert told(TINY["plane"])["facts"]["outside"]["small"]["median"] < 0.6


def test_facts_are_those_of_the_paths(picture):
    facts = picture["facts"]
    small, large = (rows(picture, size)[-1] for size in ("small", "large"))
    assert facts["small"]["loss"] == small["loss"]
    assert facts["large"]["updates"] == large["updates"]
    assert -1 <= facts["cosine"] <= 1
    assert facts["outside"]["small"]["most"] == max(
        row["outside"] for row in rows(picture, "small") if row["outside"] is not None
    )
    surface = lines(picture)["plane", "surface"]
    assert facts["lowest"]["loss"] == min(min(row) for row in surface["z"])


def test_the_large_batch_ends_where_the_small_one_came_by():
    """The same η and equal epochs: the same way, and less far. Not another valley."""
    facts = told("epochs=10&resolution=9")["facts"]
    assert facts["nearest"]["distance"] < 0.1
    ratio = facts["nearest"]["epochs"] * 90 / facts["large"]["updates"]
    assert 0.7 < ratio < 1.4
    assert facts["large"]["distance"] < facts["small"]["distance"]


def test_a_training_that_diverges_leaves_no_plane_and_says_so():
    query = "activation=relu&hidden=256,256,256&eta=10&epochs=3&resolution=9"
    *_, last = plane(address.read("plane", query).knobs)
    assert last.progress == 1
    assert set(last.facts["diverged"]) <= {"small", "large"}
    assert last.facts["diverged"]
    assert {series.chart for series in last.series} == {"loss"}


def test_the_straight_line_from_end_to_end_is_told_for_both_planes():
    """It goes through all directions, so it does not depend on which plane is drawn."""
    query = TINY["plane"] + "&scaling=linear"
    bench = Bench(address.read("plane", query).knobs)
    ends = [travelled(bench, size).theta[-1] for size in ("small", "large")]
    parts = np.linspace(0, 1, BETWEEN)
    line = [(ends[0] + part * (ends[1] - ends[0])).astype(np.float32) for part in parts]
    heights = [Judge(bench.network, bench.training).judgement(theta).loss for theta in line]
    for more in ("", "&directions=random"):
        found = told(query + more)["facts"]["between"]
        assert found["points"] == BETWEEN
        barrier = max(heights) - max(heights[0], heights[-1])
        assert found["barrier"] == pytest.approx(barrier, rel=1e-5)
        dip = min(heights[0], heights[-1]) - min(heights)
        assert found["dip"] == pytest.approx(dip, rel=1e-5)


def test_where_paths_come_nearest_is_told_in_updates_too():
    near = told(TINY["plane"])["facts"]["nearest"]
    assert near["updates"] == pytest.approx(near["epochs"] * 90, abs=0.01)

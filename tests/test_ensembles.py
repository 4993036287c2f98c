"""Many seeds at once: seed by seed a scene's own walk, in shares what the lecture says."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis import shares
from app.analysis.catchments import catchments
from app.analysis.ensembles import BLOCK, blocks, cases, ended, ensemble, ensembles, passes
from app.analysis.intervals import wilson
from app.analysis.sharpness import largest_curvature
from app.critical import SADDLE, critical
from app.descent import GivenUp, walk
from app.limits import LIMITS
from app.outcome import OUTCOMES
from app.rules import RULES
from app.scene import Run, Scene
from app.settings import PROJECT
from app.surfaces.catalogue import BY_NAME, SURFACES
from tests.scenes import scenes

NOISY = "surface=two-valleys&spread=0.25"
COLUMNS = ("outcome", "at", "end", "middle", "left")


def with_batch(run, batch):
    return Run(run.rule, (*(pair for pair in run.own if pair[0] != "batch"), ("batch", batch)))


def alone(scene, of, seed, batch):
    """The path of the scene itself with this seed."""
    run = with_batch(scene.runs[of], batch)
    (path,) = walk(replace(scene, runs=(run,), seed=seed))
    return path


def assert_same(scene, of, seeds, batch):
    """Every seed of an ensemble is the walk of the scene with that seed, to the last bit."""
    found = ensemble(scene, of, seeds, batch)
    assert found.seeds == seeds
    for i in range(seeds):
        path = alone(scene, of, scene.seed + i, batch)
        assert OUTCOMES[found.outcome[i]] == path.outcome
        assert found.end[:, i].tolist() == path.theta[-1].tolist()
        assert (None if found.left[i] < 0 else found.left[i]) == path.left
        at = None if np.isnan(found.at[0, i]) else tuple(found.at[:, i].tolist())
        assert at == path.at


def equal(one, other):
    return all(
        np.array_equal(getattr(one, name), getattr(other, name), equal_nan=True) for name in COLUMNS
    )


@pytest.mark.parametrize("surface", SURFACES, ids=lambda row: row.name)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_seed_by_seed_it_is_the_scene_s_own_walk(surface, rule):
    scene = Scene.parse(f"surface={surface.name}&spread=0.2&updates=60&run=gd&run={rule.name}")
    assert_same(scene, 1, 5, 3)


@settings(max_examples=40)
@given(scenes(), st.data())
def test_so_it_is_for_any_scene(scene, data):
    of = data.draw(st.integers(0, len(scene.runs) - 1))
    batch = scene.batch_of(scene.runs[of])
    scene = replace(scene, updates=min(scene.updates, 120))
    assert_same(scene, of, 3, batch)


@pytest.mark.parametrize("shuffle", ["each-epoch", "once", "replacement"])
@pytest.mark.parametrize("batch", [1, 6, 19])
def test_so_it_is_for_every_shuffle(shuffle, batch):
    """A wrong shuffle, a short batch carried over or a generator shared between lanes shows."""
    query = f"{NOISY}&shuffle={shuffle}&updates=100&run=gd,batch:{batch}"
    assert_same(Scene.parse(query), 0, 40, batch)


def test_so_it_is_beyond_one_block_and_one_stretch():
    scene = Scene.parse(f"{NOISY}&updates=1200&run=gd,batch:7")
    found = ensemble(scene, 0, 2 * BLOCK + 3, 7)
    for i in (0, BLOCK - 1, BLOCK, 2 * BLOCK + 2):
        path = alone(scene, 0, scene.seed + i, 7)
        assert found.end[:, i].tolist() == path.theta[-1].tolist()
        assert found.left[i] == path.left


def test_runs_that_diverge_are_told_as_such():
    scene = Scene.parse("surface=two-valleys&spread=0.5&eta=2.5&updates=80&run=gd,batch:1")
    assert_same(scene, 0, 20, 1)
    found = ensemble(scene, 0, 200, 1)
    assert np.isfinite(found.end).all()
    row = shares.told(scene, [found]).rows[0]
    assert row["shares"]["diverged"]["share"] > 0.5


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_the_same_seed_gives_the_same_whatever_the_number_of_threads(threads):
    """Blocks walked in any order by any thread are the ensemble."""
    scene = Scene.parse(f"{NOISY}&updates=150&run=gd")
    whole = ensemble(scene, 0, 400, 1)
    (case,) = cases(scene, 0, [1], [])
    parts = list(blocks(case, 0, 400))
    with ThreadPoolExecutor(threads) as pool:
        found = list(pool.map(lambda block: ended(block, case, lambda: True), reversed(parts)))[
            ::-1
        ]
    for name in COLUMNS:
        joined = np.concatenate([getattr(part, name) for part in found], axis=-1)
        assert np.array_equal(joined, getattr(whole, name), equal_nan=True)


def test_other_questions_at_the_same_time_change_nothing():
    scene = Scene.parse(f"{NOISY}&updates=100&run=gd")
    others = [replace(scene, seed=seed) for seed in range(6)]
    with ThreadPoolExecutor(3) as pool:
        together = list(pool.map(lambda one: ensemble(one, 0, 100, 1), others))
    assert all(
        equal(found, ensemble(one, 0, 100, 1)) for found, one in zip(together, others, strict=True)
    )


def test_more_seeds_only_add_to_fewer():
    scene = Scene.parse(f"{NOISY}&updates=100&run=gd")
    few, many = ensemble(scene, 0, 70, 5), ensemble(scene, 0, 300, 5)
    for name in COLUMNS:
        assert np.array_equal(getattr(few, name), getattr(many, name)[..., :70], equal_nan=True)


def test_a_seed_counts_from_the_scene_s():
    scene = Scene.parse(f"{NOISY}&updates=100&run=gd")
    later = replace(scene, seed=scene.seed + 10)
    one, other = ensemble(scene, 0, 30, 1), ensemble(later, 0, 20, 1)
    assert one.end[:, 10:].tolist() == other.end.tolist()


@given(st.integers(1, 2000))
def test_passes_hold_every_seed_once_and_the_first_is_small(seeds):
    found = list(passes(seeds))
    assert [seed for low, high in found for seed in range(low, high)] == list(range(seeds))
    assert found[0][1] <= BLOCK


def test_from_pass_to_pass_the_answer_grows_until_it_is_whole():
    scene = Scene.parse(f"{NOISY}&updates=50&run=gd")
    found = list(ensembles(cases(scene, 0, [1, 20], []), 300))
    assert [[ends.seeds for ends in each] for each in found] == [
        [64] * 2,
        [128] * 2,
        [256] * 2,
        [300] * 2,
    ]
    assert equal(found[-1][0], ensemble(scene, 0, 300, 1))


def test_nobody_wants_it_any_more():
    scene = Scene.parse(f"{NOISY}&updates=50&run=gd")
    asked = iter([True] * 3)
    with pytest.raises(GivenUp):
        list(ensembles(cases(scene, 0, [1, 2], []), 1000, lambda: next(asked, False)))


@pytest.mark.parametrize("query", ["surface=two-valleys&run=gd", f"{NOISY}&run=gd"])
def test_where_the_seed_cannot_matter_one_path_counts_for_all(query):
    scene = Scene.parse(query)
    batch = scene.examples
    (case,) = cases(scene, 0, [batch], [])
    assert not case.varies
    found = ensemble(scene, 0, 500, batch)
    assert found.end.shape == (2, 500)
    assert (found.end == found.end[:, :1]).all()
    row = shares.told(scene, [found]).rows[0]
    assert row["varies"] is False
    assert row["shares"]["saddle"] == {"share": 1, "low": 1, "high": 1}


# Shares.


def rows(query, batches, seeds=400, of=0):
    scene = Scene.parse(query)
    *_, found = ensembles(cases(scene, of, batches, []), seeds)
    return shares.told(scene, found).rows


def test_shares_are_those_of_the_walks():
    scene = Scene.parse(f"{NOISY}&updates=150&run=gd,batch:2")
    (row,) = shares.told(scene, [ensemble(scene, 0, 40, 2)]).rows
    paths = [alone(scene, 0, scene.seed + i, 2) for i in range(40)]
    for kind, share in row["shares"].items():
        assert share["share"] == sum(path.outcome == kind for path in paths) / 40
    left = sorted(path.left for path in paths if path.left is not None)
    assert row["left"]["share"] == len(left) / 40
    assert row["left"]["by"] == 150
    assert [time["update"] for time in row["times"]] == [
        left[int(np.ceil(q * len(left))) - 1] for q in (0.1, 0.25, 0.5, 0.75, 0.9)
    ]
    for minimum in row["minima"]:
        near = [
            path
            for path in paths
            if path.at and np.hypot(*np.subtract(path.at, minimum["at"])) < 1e-6
        ]
        assert minimum["share"] == len(near) / 40


def test_shares_of_outcomes_add_up_and_those_of_minima_to_the_minimum_s():
    for row in rows(f"{NOISY}&run=gd", [1, 5, 10, 20]):
        assert sum(share["share"] for share in row["shares"].values()) == pytest.approx(1)
        inside = sum(minimum["share"] for minimum in row["minima"])
        assert inside == pytest.approx(row["shares"]["minimum"]["share"])
        around = sum(minimum["catchment"]["share"] for minimum in row["minima"])
        assert inside <= around <= 1 + 1e-9


def test_a_valley_is_one_minimum():
    (row,) = rows("surface=toy-network&run=gd,batch:1", [1])
    assert len(row["minima"]) == 2
    assert sum(minimum["catchment"]["share"] for minimum in row["minima"]) > 0.99


def test_of_many_minima_the_twelve_with_most_seeds_are_told():
    told = rows("surface=rastrigin&start=0.4,0.4&spread=0.3&eta=0.004&updates=200&run=gd", [1, 20])
    assert len(shares.minima(Scene.parse("surface=rastrigin&spread=0.3").ground)) > 12
    assert 1 <= len(told[0]["minima"]) <= 12
    assert [m["at"] for m in told[0]["minima"]] == [m["at"] for m in told[1]["minima"]]


def test_the_columns_are_the_seeds_behind_the_shares():
    scene = Scene.parse(f"{NOISY}&updates=150&run=gd")
    told = shares.told(scene, [ensemble(scene, 0, 200, 5)])
    (row,), (table,) = told.rows, told.columns
    columns = dict(zip(shares.COLUMNS, table, strict=True))
    assert table.shape == (6, 200)
    assert np.mean(columns["outcome"] == SADDLE) == row["shares"]["saddle"]["share"]
    assert np.mean(columns["catchment"] == 1) == row["minima"][1]["catchment"]["share"]
    assert np.mean(np.isfinite(columns["left"])) == row["left"]["share"]


@pytest.mark.parametrize("name", ["himmelblau", "six-hump-camel", "two-valleys"])
def test_downhill_of_a_minimum_s_neighbourhood_is_the_minimum(name):
    ground = Scene.parse(f"surface={name}").ground
    found = shares.minima(ground)
    goals = [np.array([point.at]) for point in found]
    angles = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    around = 0.04 * ground.row.diagonal * np.stack([np.cos(angles), np.sin(angles)])
    for place, point in enumerate(found):
        at = np.array(point.at)[:, None] + around
        assert (catchments(ground, at, goals) == place).all()


def test_downhill_of_a_saddle_s_two_sides_are_two_minima():
    ground = Scene.parse("surface=two-valleys").ground
    goals = [np.array([point.at]) for point in shares.minima(ground)]
    points = np.array([[0.01, 0.0], [-0.01, 0.0]]).T
    assert sorted(catchments(ground, points, goals).tolist()) == [0, 1]


@pytest.mark.parametrize(
    ("of", "seeds", "batches", "knob"),
    [
        (1, 10, [1], "of"), (-1, 10, [1], "of"), (0, 0, [1], "seeds"), (0, 2001, [1], "seeds"),
        (0, 10, [], "batches"), (0, 10, [1] * 2, "batches"), (0, 10, [21], "batches"),
        (0, 10, [0], "batches"), (0, 10, list(range(1, 10)), "batches"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_named(of, seeds, batches, knob):
    scene = Scene.parse(f"{NOISY}&run=gd")
    assert [problem.knob for problem in shares.problems(scene, of, seeds, batches)] == [knob]


def test_with_replacement_there_is_no_full_batch():
    scene = Scene.parse(f"{NOISY}&shuffle=replacement&run=gd,batch:1")
    assert shares.problems(scene, 0, 10, [19]) == []
    assert shares.problems(scene, 0, 10, [20])[0].knob == "batches"


def test_the_cost_is_bounded_before_any_work():
    scene = Scene.parse(f"{NOISY}&updates=100000&run=gd,batch:1")
    (problem,) = shares.problems(scene, 0, 2000, [19])
    assert f"{LIMITS['evaluations']:,}" in problem.allowed
    assert shares.problems(scene, 0, 2000, [20]) == []


# B7b: the share of seeds that have left the saddle.


def saddle_of(query):
    _, x, y, *_ = critical(Scene.parse(query).ground, np.zeros((1, 2)))[0].tolist()
    return f"{query}&start={x!r},{y!r}"


def test_b7b_the_smaller_the_batch_the_more_seeds_have_left_the_saddle_by_update_120():
    """1,000 seeds from the computed saddle of the mean, where ∇L = 0."""
    told = rows(f"{saddle_of(NOISY)}&updates=120&run=gd", [1, 2, 5, 10, 20], 1000)
    left = [row["left"] for row in told]
    assert all(one["low"] > other["high"] for one, other in pairwise(left[:4]))
    assert left[0]["low"] > 0.9
    assert left[-1] == {"share": 0, "low": 0, "high": 0, "by": 120}


def test_b7b_smaller_batches_also_leave_earlier():
    told = rows(f"{saddle_of(NOISY)}&updates=400&run=gd", [1, 5, 10], 1000)
    median = [next(t["update"] for t in row["times"] if t["share"] == 0.5) for row in told]
    assert median == sorted(median)
    assert median[2] > 2 * median[0]


def test_b7b_both_valleys_are_as_likely():
    """z comes in pairs (z, −z), so the ridge stays: neither side may be preferred."""
    scene = Scene.parse(f"{saddle_of(NOISY)}&run=gd")
    many = [ensemble(replace(scene, seed=first), 0, 2000, 1) for first in range(0, 10_000, 2000)]
    columns = np.concatenate([shares.told(scene, [ends]).columns[0] for ends in many], axis=1)
    catchment = columns[shares.COLUMNS.index("catchment")]
    low, high = wilson(int(np.sum(catchment == 0)), int(np.sum(catchment >= 0)))
    assert low < 0.5 < high
    assert high - low < 0.02


# Misconceptions 1, 3 and 5; B10.


def test_misconception_1_noise_does_not_always_free_you():
    (stays,) = rows("surface=toy-network&start=0,0&updates=1000&run=gd", [1])
    (leaves,) = rows(f"{saddle_of(NOISY)}&run=gd", [1])
    assert stays["shares"]["saddle"]["share"] == 1
    assert stays["left"]["share"] == 0
    assert leaves["left"]["low"] > 0.98


CANYON = "surface=canyon-and-basin&start=1.3,0.9&spread=0.2&updates=600"


def in_the_basin(query, batches, seeds=1000):
    """Share of canyon starts that end where the flat minimum lies downhill, per batch size."""
    told = rows(query, batches, seeds)
    flat = [min(row["minima"], key=lambda m: m["at"][0]) for row in told]
    return [minimum["catchment"] for minimum in flat]


def limit_in_the_canyon(query):
    ground = Scene.parse(query).ground
    at = max((point.at for point in shares.minima(ground)), key=lambda at: at[0])
    return 2 / largest_curvature(ground, at)


def test_b10_at_a_stable_eta_single_examples_leave_the_canyon_and_the_full_batch_does_not():
    """The window: η = 0.1, below 2/λmax in the canyon."""
    query = f"{CANYON}&eta=0.1&run=gd"
    assert 0.1 < limit_in_the_canyon(query) < 0.2
    single, *middle, full = in_the_basin(query, [1, 2, 5, 10, 20])
    assert single["low"] > 0.92
    assert all(share["high"] < 0.05 for share in middle)
    assert full == {"share": 0, "low": 0, "high": 0}


def test_b10_below_the_window_nobody_leaves():
    for share in in_the_basin(f"{CANYON}&eta=0.05&run=gd", [1, 2, 5, 20]):
        assert share["high"] < 0.01


def test_b10_above_the_window_even_the_full_batch_cannot_settle_in_the_canyon():
    """η = 0.2 is above 2/λmax: the full batch bounces around, and so nothing is shown."""
    query = f"{CANYON}&eta=0.2&run=gd,batch:20"
    assert limit_in_the_canyon(query) < 0.2
    (row,) = rows(query, [20], 1)
    path = walk(Scene.parse(query))[0]
    assert np.ptp(path.theta[-20:, 0]) > 0.05
    assert row["seeds"] == 1


@pytest.mark.parametrize("data", [2, 3, 5])
def test_b10_the_window_of_eta(data):
    """B = 1 against η, in 600 updates: nobody at 0.06, most at 0.1, all at 0.12; the full batch
    nowhere. The window's lower end is a matter of time, its upper end is 2/λmax."""
    found = [in_the_basin(f"{CANYON}&data={data}&eta={eta}&run=gd", [1, 20], 400)
             for eta in (0.06, 0.1, 0.12)]  # fmt: skip
    below, inside, end = (single for single, _ in found)
    assert below["high"] < 0.01
    assert inside["low"] > 0.85
    assert end["low"] > 0.97
    assert all(full["share"] == 0 for _, full in found)


def test_b10_waiting_longer_widens_the_window_downwards():
    few, many = (
        in_the_basin(f"{CANYON.replace('600', updates)}&eta=0.08&run=gd", [1], 300)[0]
        for updates in ("600", "3000")
    )
    assert many["low"] > few["high"] + 0.2


MODEL = (PROJECT / "docs" / "model.md").read_text("utf-8")
WINDOW = [
    [part.strip() for part in line.strip("| ").split("|")]
    for line in re.findall(r"^\| 0\.\d\d \|.*$", MODEL, re.M)
]


@pytest.mark.parametrize("row", WINDOW, ids=lambda row: row[0])
def test_b10_the_table_of_the_model_page_is_so(row):
    """Rattling paths grow a last bit's difference, and exp and LAPACK round differently from
    processor to processor: the shares agree as two draws of 1,000 seeds would (three deviations
    of at most 2.2 points)."""
    eta, *cells = row
    found = in_the_basin(f"{CANYON}&eta={eta}&run=gd", [1, 2, 5, 20])
    for cell, share in zip(cells, found, strict=True):
        written = int(cell.split()[0]) / 100
        apart = 0.005 + 3 * (2 * written * (1 - written) / 1000) ** 0.5
        assert share["share"] == pytest.approx(written, abs=apart)
    assert len(WINDOW) == 5


def test_a_row_per_rate_is_the_row_of_a_scene_with_that_rate(client):
    etas = [0.06, 0.1, 0.2]
    address = f"/api/shares?{CANYON}&run=gd,batch:1&seeds=120"
    found = client.get(f"{address}&etas={','.join(map(str, etas))}").json()
    assert [(row["eta"], row["batch"]) for row in found] == [(eta, 1) for eta in etas]
    for row, eta in zip(found, etas, strict=True):
        assert client.get(f"{address}&eta={eta}").json() == [row]
        canyon = max(row["minima"], key=lambda minimum: minimum["at"][0])
        assert canyon["limit"] == pytest.approx(limit_in_the_canyon(CANYON))


@pytest.mark.parametrize(
    "wrong", ["etas=0", "etas=0.1,0.1", "etas=a", "etas=0.1&batches=1", "etas=nan", "etas="]
)
def test_a_bad_list_of_rates_is_refused(client, wrong):
    answer = client.get(f"/api/shares?{CANYON}&run=gd,batch:1&seeds=10&{wrong}")
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["knob"] == "etas"


def test_misconception_5_a_small_batch_alone_finds_no_flat_minimum():
    """The same B = 1, the same canyon: it depends on η against 2/λmax."""
    found = [in_the_basin(f"{CANYON}&eta={eta}&run=gd", [1], 400)[0] for eta in (0.05, 0.1, 0.2)]
    assert found[0]["high"] < 0.02
    assert found[1]["low"] > 0.9
    assert found[2]["low"] > 0.9


@pytest.mark.parametrize("spread", [0.2, 1, 2])
def test_b10_tilt_noise_shows_nothing(spread):
    """Noise that is equally strong everywhere does not empty the canyon at a stable η."""
    place = f"surface=canyon-and-basin&start=1.3,0.9&updates=600&noise=tilt&spread={spread}"
    for share in in_the_basin(f"{place}&eta=0.05&run=gd", [1, 5, 20], 300):
        assert share["high"] < 0.02


def test_misconception_3_what_is_faster_depends_on_what_is_counted():
    """Linear regression: per epoch B = 1 is far ahead, per update the full batch is."""
    place = "surface=linear-regression"
    epoch_single = ensemble(Scene.parse(f"{place}&updates=20&run=gd"), 0, 200, 1)
    epoch_full = walk(Scene.parse(f"{place}&updates=1&run=gd"))[0]
    ground = Scene.parse(place).ground
    after = ground.slopes(*epoch_single.end)[0]
    assert np.mean(after < epoch_full.loss[-1]) == 1
    many_single = ensemble(Scene.parse(f"{place}&updates=200&run=gd"), 0, 200, 1)
    many_full = walk(Scene.parse(f"{place}&updates=200&run=gd"))[0]
    assert np.mean(ground.slopes(*many_single.end)[0] > many_full.loss[-1]) > 0.95


def test_every_surface_knows_its_minima_or_says_there_are_none():
    for row in SURFACES:
        found = shares.minima(Scene.parse(f"surface={row.name}").ground)
        claimed = [claim for claim in BY_NAME[row.name].claims if claim.kind == "minimum"]
        assert len(found) >= len(claimed)

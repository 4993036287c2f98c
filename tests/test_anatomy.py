"""Inside one update: the engine's own numbers, both readings of momentum, each rule's lines."""

import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.anatomy import (
    AROUND,
    PAST,
    NoUpdate,
    anatomies,
    anatomy,
    listed,
    records,
    told,
)
from app.analysis.weights import square_weights, weights
from app.descent import walk
from app.rules import BY_NAME, RULES
from app.sampling import epoch_order, updates_per_epoch
from app.scene import Run, Scene
from app.schedules import SCHEDULES
from app.surfaces.catalogue import SURFACES
from app.trace import traced
from tests.scenes import every_rule as every_rules
from tests.scenes import scenes
from tests.worked import assignments

MOST, REST = every_rules()
every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
every_schedule = pytest.mark.parametrize("schedule", SCHEDULES)

PLACES = [
    "surface=two-valleys",
    "surface=two-valleys&spread=0.25&batch=1",
    "surface=two-valleys&spread=0.25&batch=7&noise=tilt",
    "surface=linear-regression&batch=3&eta=0.01",
    "surface=logistic-regression",
    "surface=himmelblau&spread=0.1&batch=6",
    "surface=long-valley&shuffle=replacement&batch=4&spread=0.3",
]
every_place = pytest.mark.parametrize("place", PLACES)


def trace_of(scene):
    return traced(scene, 0, scene.updates, lambda: True)


def pairs(*arrays):
    return zip(*arrays, strict=True)


# The engine's own numbers.


@every_place
@every_schedule
@pytest.mark.parametrize("runs", [MOST, f"{REST},batch:2&run=adam"])
def test_an_update_s_points_are_those_of_the_path_bit_for_bit(place, schedule, runs):
    scene = Scene.parse(f"{place}&updates=90&schedule={schedule}&{runs}")
    paths = walk(scene)
    for trace, path in pairs(trace_of(scene), paths):
        points = path.theta if path.diverged is None else path.theta[: path.diverged]
        assert np.array_equal(trace.states[:2, : len(points)].T, points)
        assert trace.left == (path.diverged or 0)
    for index in (0, 40, 89):
        for run, path in pairs(anatomies(scene, range(len(paths)), index), paths):
            for record in records(run):
                k = record["index"]
                assert record["before"] == path.theta[k].tolist()
                if k + 1 < len(path.theta):
                    assert record["after"] == path.theta[k + 1].tolist()


@settings(max_examples=60)
@given(scenes(), st.data())
def test_any_update_of_any_scene_is_the_path_s(scene, data):
    paths = walk(scene)
    index = data.draw(st.integers(0, scene.updates - 1))
    for run, path in pairs(anatomies(scene, range(len(paths)), index), paths):
        assert run.last == min(index + AROUND, path.updates - 1)
        assert run.first == max(0, min(index, path.updates - 1) - AROUND)
        for record in records(run):
            k = record["index"]
            assert record["before"] == path.theta[k].tolist()
            if k + 1 < len(path.theta):
                assert record["after"] == path.theta[k + 1].tolist()
        json.dumps(records(run), allow_nan=False)


@every_rule
def test_one_update_alone_is_the_same_as_in_its_window(rule):
    scene = Scene.parse(f"surface=two-valleys&spread=0.25&batch=3&run={rule.name}&run=gd")
    (window,) = anatomies(scene, [0], 150)
    for record in records(window):
        (alone,) = records(anatomy(scene, 0, record["index"]))
        assert alone == record


def test_a_window_reaches_as_far_as_the_run_and_tells_gradients_before_it():
    scene = Scene.parse("surface=rosenbrock&updates=1000&run=momentum")
    for index, first, last, past in [
        (0, 0, 8, 0), (5, 0, 13, 0), (600, 592, 608, 192),
        (999, 991, 999, 591), (1000, 991, 999, 591),
    ]:  # fmt: skip
        (run,) = anatomies(scene, [0], index)
        assert (run.first, run.last) == (first, last)
        begin, columns = run.past()
        assert begin == past == max(0, first - PAST)
        assert columns.shape == (3, last + 1 - begin)
        (path,) = walk(scene)
        g1, g2 = scene.ground.slopes(*path.theta[begin : last + 1].T)[1:]
        assert np.array_equal(columns[1:], [g1, g2])
        assert np.array_equal(columns[0], np.full(columns.shape[1], scene.eta))


@every_place
@pytest.mark.parametrize("run", ["gd", "momentum,batch:20", "newton,batch:3"])
def test_the_batch_is_that_of_the_epoch(place, run):
    if "replacement" in place:
        run = "gd,batch:3"  # all examples with replacement are not the full batch
    scene = Scene.parse(f"{place}&updates=70&run={run}")
    batch = int(scene.knobs(scene.runs[0])["batch"])
    per_epoch = updates_per_epoch(scene.examples, batch)
    for index in (0, 1, 19, 20, 33, 69):
        (record,) = records(anatomy(scene, 0, index))
        assert record["epoch"] == index // per_epoch
        drawn = (scene.examples, batch, scene.shuffle, scene.seed, record["epoch"])
        assert record["batch"] == epoch_order(*drawn)[index % per_epoch]


@every_place
@every_rule
def test_the_gradients_of_the_examples_average_to_the_gradient(place, rule):
    scene = Scene.parse(f"{place}&updates=50&run={rule.name}")
    for index in (0, 7, 49):
        found = told(anatomy(scene, 0, index))
        assert len(found["example_gradients"]) == len(found["batch"])
        mean = np.mean(found["example_gradients"], axis=0)
        size = np.abs(found["example_gradients"]).max() + 1e-300
        assert found["gradient"] == pytest.approx(mean, rel=1e-12, abs=1e-14 * size)


def test_the_gradient_is_taken_at_the_probe():
    scene = Scene.parse("surface=himmelblau&run=nesterov&run=momentum&run=adam")
    for run in anatomies(scene, [0, 1, 2], 30):
        for record in records(run):
            g = scene.ground.slopes(*np.array(record["probe"]).reshape(2, 1))[1:, 0]
            assert record["gradient"] == g.tolist()
            if run.rule.name == "nesterov":
                ahead = np.array(record["before"]) + 0.9 * np.array(record["previous_movement"])
                assert record["probe"] == ahead.tolist()
            else:
                assert record["probe"] == record["before"]


@every_rule
@every_schedule
def test_eta_is_that_of_the_update_and_the_reverse_gradient_is_minus_eta_g(rule, schedule):
    scene = Scene.parse(f"surface=booth&updates=40&schedule={schedule}&run={rule.name}")
    base = float(scene.knobs(scene.runs[0])["eta"])
    factor = SCHEDULES[schedule][1](np.arange(40.0), 40)
    for index in (0, 3, 20, 39):
        (record,) = records(anatomy(scene, 0, index))
        assert record["eta"] == base * factor[index]
        assert record["reverse_gradient"] == [-record["eta"] * g for g in record["gradient"]]


@every_rule
def test_the_previous_movement_is_the_movement_of_the_update_before(rule):
    scene = Scene.parse(f"surface=booth&updates=30&run={rule.name}")
    (first,) = records(anatomy(scene, 0, 0))
    assert first["previous_movement"] == [0, 0]
    for index in (1, 2, 29):
        (before,), (after,) = (
            records(anatomy(scene, 0, index - 1)),
            records(anatomy(scene, 0, index)),
        )
        assert after["previous_movement"] == before["movement"]
        assert after["before"] == before["after"]


@every_place
def test_the_first_update_of_momentum_is_gradient_descent_s(place):
    """M3: m⁰ = 0."""
    scene = Scene.parse(f"{place}&run=gd&run=momentum&run=nesterov")
    slow, *others = (told(anatomy(scene, of, 0)) for of in range(3))
    for fast in others:
        for name in ("gradient", "before", "after", "eta", "previous_movement", "reverse_gradient"):
            assert fast[name] == slow[name]
        assert fast["weights"] == slow["weights"] == [scene.eta]
        assert fast["movement"] == slow["reverse_gradient"] == fast["reverse_gradient"]


# The second reading: a weighted sum of all past gradients.


@pytest.mark.parametrize("batch", [1, 7, 20])
@pytest.mark.parametrize("weight", [0, 0.5, 0.9, 0.99, 1])
@every_schedule
@pytest.mark.parametrize("rule", ["momentum", "nesterov"])
def test_the_weighted_sum_is_the_recurrence(rule, weight, schedule, batch):
    """M4, with the η of each gradient's own update."""
    place = f"surface=two-valleys&spread=0.25&start=0.3,0.5&schedule={schedule}&lambda={weight}"
    scene = Scene.parse(f"{place}&batch={batch}&run={rule}")
    (trace,) = trace_of(scene)
    made = trace.left or scene.updates  # with λ = 1 nothing slows it down: it may leave
    for index in (0, 1, 2, 50, made - 1):
        (record,) = records(anatomy(scene, 0, index))
        sizes = weights(scene, scene.runs[0], index)
        assert len(sizes) == index + 1 or weight < 0.99
        past = trace.taken[3:5, index - len(sizes) + 1 : index + 1][:, ::-1]
        terms = sizes * past
        assert record["gradient"] == past[:, 0].tolist()
        size = np.abs(terms).sum(axis=1)
        error = np.abs(-terms.sum(axis=1) - record["movement"])
        assert (error <= 1e-12 * size).all()


def test_gradient_descent_moves_by_its_newest_gradient_alone():
    scene = Scene.parse("surface=booth&run=gd")
    found = told(anatomy(scene, 0, 20))
    assert found["weights"] == [scene.eta]
    assert found["movement"] == pytest.approx(found["reverse_gradient"], rel=1e-12)


def test_weights_that_cannot_be_seen_in_the_sum_are_left_out():
    scene = Scene.parse("surface=booth&updates=2000&run=momentum&run=momentum,lambda:0")
    found = weights(scene, scene.runs[0], 1999)
    assert len(found) == math.floor(math.log(1e-17) / math.log(0.9)) + 1
    assert found[-1] >= 1e-17 * found.max()
    assert weights(scene, scene.runs[1], 1999).tolist() == [scene.eta]


@every_place
@pytest.mark.parametrize("rule", ["adam", "adamw"])
def test_adam_s_averages_are_weighted_sums_too(place, rule):
    scene = Scene.parse(f"{place}&run={rule}")
    (trace,) = trace_of(scene)
    for index in (0, 1, 60, 299):
        found = told(anatomy(scene, 0, index))
        for name, power in (("weights", 1), ("square_weights", 2)):
            sizes = np.array(found[name])
            assert sizes.sum() == pytest.approx(1)
            terms = sizes * trace.taken[3:5, index - len(sizes) + 1 : index + 1][:, ::-1] ** power
            made = found["values"]["m̂" if power == 1 else "v̂"]
            assert terms.sum(axis=1) == pytest.approx(made, abs=1e-11 * np.abs(terms).sum())


@pytest.mark.parametrize("rule", ["rmsprop", "adagrad"])
def test_the_divisors_are_weighted_sums_of_squares(rule):
    scene = Scene.parse(f"surface=himmelblau&run={rule}")
    (trace,) = trace_of(scene)
    for index in (0, 1, 60, 299):
        found = told(anatomy(scene, 0, index))
        sizes = np.array(found["square_weights"])
        assert found["weights"] == []
        squares = trace.taken[3:5, index - len(sizes) + 1 : index + 1][:, ::-1] ** 2
        assert (sizes * squares).sum(axis=1) == pytest.approx(found["values"]["v'"], rel=1e-11)
    assert len(sizes) == 300 if rule == "adagrad" else len(sizes) < 400


def test_rules_without_a_memory_have_no_weights():
    scene = Scene.parse("surface=booth&run=newton&run=gd")
    assert weights(scene, Run("newton"), 5).tolist() == []
    assert square_weights(scene, Run("gd"), 5).tolist() == []


# The rule's lines with the numbers of one update.

EVALUATE = [
    *PLACES[:5],
    "surface=rosenbrock&eta=0.0005",
    "surface=rosenbrock&eta=0.5",
    "surface=monkey-saddle&start=-1.2,0.1&eta=100",
    "surface=goldstein-price&start=2,2&eta=100",
]


@every_rule
@every_schedule
@pytest.mark.parametrize("place", EVALUATE)
def test_every_line_with_its_numbers_gives_what_stands_on_its_left(rule, schedule, place):
    own = ",eta:100" if "eta=100" in place and "newton" in rule.name else ""
    scene = Scene.parse(f"{place}&schedule={schedule}&run={rule.name}{own}")
    (path,) = walk(scene)
    made = path.updates
    for index in {0, 1, made // 2, made - 2, made - 1} & set(range(made)):
        (record,) = records(anatomy(scene, 0, index))
        for c in range(2):
            evaluate(rule, coordinate(record["values"], c))


def coordinate(values, c):
    return {slot: given[c] if isinstance(given, list) else given for slot, given in values.items()}


def evaluate(rule, values):
    if None in values.values():  # the update that diverged: some numbers are not finite
        return
    size = max(abs(values[slot]) for slot in values if slot.rstrip("'") in ("θ", "m", "v", "g"))
    for left, right in assignments(rule.worked, {s: f"{v!r}" for s, v in values.items()}):
        found = eval(right, {"math": math})
        assert found == pytest.approx(float(left), rel=1e-12, abs=1e-14 * size), (left, right)


@every_rule
def test_the_values_are_those_of_the_places_and_no_others(rule):
    scene = Scene.parse(f"surface=booth&run={rule.name}")
    (record,) = records(anatomy(scene, 0, 3))
    assert set(record["values"]) == set(rule.slots)
    knobs = scene.knobs(scene.runs[0])
    for slot, name in {"λ": "lambda", "β1": "beta1", "ε": "epsilon", "δ": "decay"}.items():
        if slot in rule.slots:
            assert record["values"][slot] == knobs[name]
    if "t" in rule.slots:
        assert record["values"]["t"] == 4
    if rule.moves:
        assert record["movement"] == record["values"]["m'"]
    else:
        assert record["movement"] == record["values"]["Δ"]


# The update at which a run leaves.

LEAVING = [
    "surface=rosenbrock&eta=0.1",
    "surface=monkey-saddle&start=-1.2,0.1&eta=100&spread=0.2&batch=3",
    "surface=goldstein-price&start=2,2&eta=100",
    "surface=goldstein-price&start=50,40&eta=1e-7",
]


@pytest.mark.parametrize("place", LEAVING)
@pytest.mark.parametrize("run", ["gd", "momentum", "nesterov", "adam", "newton,eta:100"])
def test_the_last_update_of_a_diverged_run_ends_out_of_reach(place, run):
    scene = Scene.parse(f"{place}&run=adagrad&run={run}")
    path = walk(scene)[1]
    if path.diverged is None:
        return
    last = path.diverged - 1
    found = told(anatomy(scene, 1, last))
    assert found["before"] == path.theta[-1].tolist()
    after = [math.nan if part is None else part for part in found["after"]]
    assert not math.dist(after, scene.row.centre) <= 1000 * scene.row.diagonal
    json.dumps(found, allow_nan=False)
    with pytest.raises(NoUpdate, match=f"0 to {last}; the run diverged at update {path.diverged}"):
        anatomy(scene, 1, last + 1)
    _, window = anatomies(scene, [0, 1], 299)
    assert (window.first, window.last) == (max(0, last - AROUND), last)
    assert records(window)[-1] == {k: v for k, v in found.items() if k in records(window)[-1]}


def test_a_number_that_is_not_finite_is_null():
    found = listed(np.array([[1.0, math.inf, 3.0], [math.nan, 5.0, -math.inf]]))
    assert found == [[1.0, None], [None, 5.0], [3.0, None]]
    assert listed(np.array([math.nan, 2.0])) == [None, 2.0]


@pytest.mark.parametrize("rule", ["gd", "newton", "adam"])
def test_where_there_is_no_gradient_the_first_update_says_null(rule):
    """At Ackley's tip the gradient is 0/0: the run leaves at once, and says with what."""
    found = told(anatomy(Scene.parse(f"surface=ackley&start=0,0&run={rule}"), 0, 0))
    assert found["before"] == [0, 0]
    assert found["gradient"] == found["after"] == found["movement"] == [None, None]
    json.dumps(found, allow_nan=False)


def test_one_run_s_end_does_not_touch_the_window_of_another():
    base = "surface=rosenbrock&updates=400"
    both = Scene.parse(f"{base}&run=gd,eta:5&run=momentum,eta:0.0005&run=gd,eta:0.2")
    alone = Scene.parse(f"{base}&run=momentum,eta:0.0005")
    for index in (0, 1, 2, 5, 10, 399):
        middle = records(anatomies(both, [1], index)[0])
        assert middle == records(anatomies(alone, [0], index)[0])


def test_what_was_not_made_is_refused_in_words():
    scene = Scene.parse("surface=booth&updates=300&run=gd&run=adam")
    for of, index, words in [
        (2, 0, "of is 0 to 1"),
        (-1, 0, "of is 0 to 1"),
        (0, 300, "index is 0 to 299"),
        (0, -1, "index is 0 to 299"),
    ]:
        with pytest.raises(NoUpdate, match=words):
            anatomy(scene, of, index)


@pytest.mark.parametrize("row", SURFACES, ids=lambda row: row.name)
def test_every_surface_and_rule_can_be_taken_apart(row):
    for runs in (MOST, REST):
        scene = Scene.parse(f"surface={row.name}&updates=40&spread=0.2&batch=3&{runs}")
        for run in anatomies(scene, range(len(scene.runs)), 39):
            found = records(run)
            json.dumps(found, allow_nan=False)
            assert found[-1]["index"] == run.last
            assert set(found[0]["values"]) == set(BY_NAME[run.run.rule].slots)

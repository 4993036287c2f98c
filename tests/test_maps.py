"""Maps: a cell is the walk of its scene, whatever the picture, the block or the thread."""

import io
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis import maps
from app.analysis.axes import Axis, parsed_axis, reach, read_axis, turnable, why_no_axis
from app.analysis.maps import Question, mapped, problems, strides
from app.analysis.shares import minima
from app.descent import GivenUp, walk
from app.knobs import BY_NAME, spelled
from app.limits import LIMITS
from app.outcome import OUTCOMES
from app.rules import RULES
from app.scene import Run, Scene
from tests.scenes import scenes

ETA, LAMBDA = Axis("eta", 0.001, 0.3), Axis("lambda", 0.0, 0.99)
NOISY = "surface=two-valleys&spread=0.25&updates=120"


def asked(query, x=ETA, y=LAMBDA, resolution=(9, 7), of=0):
    question = Question(Scene.parse(query), of, x, y, resolution)
    assert problems(question) == []
    return question


def whole(question):
    *_, found = mapped(question)
    return found


def turned(scene, of, **values):
    """The scene with one run, whose knobs or start are these."""
    run = scene.runs[of]
    start = list(scene.start)
    own = dict(run.own)
    for name, value in values.items():
        if name in ("start1", "start2"):
            start[int(name[-1]) - 1] = float(value)
        elif name == "seed":
            scene = replace(scene, seed=int(value))
        else:
            own[name] = int(value) if name == "batch" else float(value)
    return replace(scene, start=tuple(start), runs=(Run(run.rule, tuple(own.items())),))


def assert_cell(question, found, row, column):
    """A cell is the path of walk(), to the last bit."""
    values = {question.y.name: found.y[row], question.x.name: found.x[column]}
    scene = turned(question.scene, question.of, **values)
    (path,) = walk(scene)
    kind, place, updates, loss = found.cells[:, row, column].tolist()
    assert OUTCOMES[int(kind)] == path.outcome
    expected = path.diverged if path.diverged is not None else path.settled
    assert expected == (None if np.isnan(updates) else updates)
    assert loss == pytest.approx(scene.ground.loss_at(tuple(path.theta[-1])), nan_ok=True)
    if path.outcome != "minimum":
        assert place == -1
    elif place >= 0:
        point = minima(scene.ground)[int(place)]
        near = 0.0101 * scene.row.diagonal
        assert min(np.hypot(*np.subtract(path.at, at)) for at in point.curve or [point.at]) < near


def assert_cells(question):
    found = whole(question)
    assert found.cells.shape == (4, len(found.y), len(found.x))
    for row, column in np.ndindex(found.cells.shape[1:]):
        assert_cell(question, found, row, column)


MAPS = {
    "momentum": ("surface=himmelblau&updates=200&run=momentum", ETA, LAMBDA),
    "a noisy run": (f"{NOISY}&run=momentum,batch:3", ETA, LAMBDA),
    "the full batch": (f"{NOISY}&run=nesterov", ETA, LAMBDA),
    "batch sizes": (f"{NOISY}&run=gd", ETA, Axis("batch", 1, 20)),
    "seeds": (f"{NOISY}&run=gd,batch:1", Axis("seed", 0, 6), ETA),
    "starts": (f"{NOISY}&run=momentum", Axis("start1", -2, 2), Axis("start2", -2, 2)),
    "far outside": ("surface=rosenbrock&run=gd", Axis("start1", -9, 9), Axis("start2", 0, 9)),
    "adam": ("surface=beale&updates=150&run=adam", Axis("beta1", 0, 0.9), Axis("beta2", 0.5, 0.99)),
    "a schedule": ("surface=booth&updates=90&schedule=cosine&run=sam", ETA, Axis("rho", 0, 1)),
    "data": ("surface=toy-network&updates=100&run=gd,batch:1", ETA, Axis("start1", -1, 1)),
}  # fmt: skip


@pytest.mark.parametrize(("query", "x", "y"), MAPS.values(), ids=MAPS)
def test_a_cell_is_the_walk_of_its_scene(query, x, y):
    assert_cells(asked(query, x, y))


def test_an_address_may_name_what_some_map_can_turn_and_nothing_else():
    runs = [f"{NOISY}&run={rule.name}" for rule in RULES]
    scenes = [Scene.parse(query) for query in runs]
    named = {name for scene in scenes for name in turnable(scene, scene.runs[0])}
    assert {name for name, _ in BY_NAME["map"].choices} == named


@settings(max_examples=15, deadline=None)
@given(scene=scenes(), data=st.data())
def test_cells_of_any_scene_are_walks(scene, data):
    scene = replace(scene, updates=min(scene.updates, 60))
    of = data.draw(st.integers(0, len(scene.runs) - 1))
    names = [name for name in turnable(scene, scene.runs[of]) if name != "seed"]
    one, two = data.draw(st.permutations(names))[:2]
    spans = {"eta": (0.001, 0.5), "epsilon": (1e-8, 1e-3), "batch": (1, max(2, scene.examples - 1))}
    sides = [Axis(name, *spans.get(name, (0.1, 0.9))) for name in (one, two)]
    question = Question(scene, of, *sides, (3, 2))
    if not problems(question):
        found = whole(question)
        for row, column in np.ndindex(found.cells.shape[1:]):
            assert_cell(question, found, row, column)


def test_pictures_are_the_same_cells_ever_finer(monkeypatch):
    monkeypatch.setattr(maps, "FIRST", 120 * 30)
    question = asked("surface=himmelblau&updates=120&run=momentum", resolution=(33, 21))
    pictures = list(mapped(question))
    last = pictures[-1]
    assert list(strides(question)) == [8, 4, 2, 1]
    assert last.progress == 1
    for picture, stride in zip(pictures, (8, 4, 2, 1), strict=True):
        assert np.array_equal(picture.x, last.x[::stride])
        part = last.cells[:, ::stride, ::stride]
        assert np.array_equal(picture.cells, part, equal_nan=True)


def test_no_cell_is_walked_twice(monkeypatch):
    seen = []
    known = maps.blocks

    def counted(question, rows, columns):
        seen.extend(zip(rows.tolist(), columns.tolist(), strict=True))
        return known(question, rows, columns)

    monkeypatch.setattr(maps, "FIRST", 1)
    monkeypatch.setattr(maps, "blocks", counted)
    whole(asked("surface=booth&updates=20&run=gd", y=Axis("start1", -1, 1), resolution=(20, 11)))
    assert sorted(seen) == [(row, column) for row in range(11) for column in range(20)]


@pytest.mark.parametrize("lanes", [1, 7, 512])
def test_blocks_do_not_know_of_each_other(monkeypatch, lanes):
    question = asked(f"{NOISY}&run=momentum,batch:2")
    before = whole(question)
    monkeypatch.setattr(maps, "LANES", lanes)
    assert np.array_equal(whole(question).cells, before.cells, equal_nan=True)


@pytest.mark.parametrize("updates", [1, 700, 10**9])
def test_sweeps_do_not_know_of_each_other(monkeypatch, updates):
    question = asked("surface=himmelblau&updates=50&run=momentum", resolution=(12, 11))
    before = whole(question)
    monkeypatch.setattr(maps, "SWEPT", updates)
    assert np.array_equal(whole(question).cells, before.cells, equal_nan=True)


def test_a_map_nobody_wants_is_given_up():
    calls = iter([True])
    with pytest.raises(GivenUp):
        list(mapped(asked(f"{NOISY}&run=momentum,batch:1"), lambda: next(calls, False)))


def test_values_are_spaced_as_the_slider_and_hold_both_ends():
    assert Axis("eta", 0.001, 0.1).values(3) == pytest.approx([0.001, 0.01, 0.1])
    assert Axis("lambda", 0, 0.9).values(4) == pytest.approx([0, 0.3, 0.6, 0.9])
    assert Axis("batch", 1, 5).values(64).tolist() == [1, 2, 3, 4, 5]
    assert Axis("eta", 0.0012345678, 0.7).values(50)[[0, -1]].tolist() == [0.0012345678, 0.7]


WRONG = {
    "an unknown knob": ("run=momentum", Axis("spread", 0, 1), LAMBDA, "x"),
    "a knob of another rule": ("run=gd", ETA, LAMBDA, "y"),
    "batches of equal examples": ("run=gd", ETA, Axis("batch", 1, 5), "y"),
    "ends the wrong way round": ("run=momentum", Axis("eta", 0.1, 0.01), LAMBDA, "x"),
    "beyond the knob": ("run=momentum", ETA, Axis("lambda", 0, 1.5), "y"),
    "a start too far away": ("run=gd", Axis("start1", -1e9, 0), ETA, "x"),
    "the same knob twice": ("run=gd", ETA, ETA, "y"),
}


@pytest.mark.parametrize(("run", "x", "y", "knob"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_with_a_side_is_named(run, x, y, knob):
    found = problems(Question(Scene.parse(f"surface=booth&{run}"), 0, x, y, (4, 4)))
    assert [problem.knob for problem in found] == [knob]
    assert found[0].allowed


def test_with_replacement_no_batch_is_all_examples():
    scene = Scene.parse(f"{NOISY}&shuffle=replacement&run=gd,batch:1")
    (found,) = problems(Question(scene, 0, ETA, Axis("batch", 1, 20), (4, 4)))
    assert "1..19" in found.allowed


def test_a_map_costs_what_its_cells_cost_and_is_bounded():
    scene = Scene.parse("surface=himmelblau&updates=100000&run=momentum")
    question = Question(scene, 0, ETA, LAMBDA, (100, 100))
    assert maps.evaluations(question) == 10**9 > LIMITS["map"]
    assert [problem.knob for problem in problems(question)] == ["resolution"]
    noisy = Question(Scene.parse(f"{NOISY}&run=momentum,batch:3"), 0, ETA, LAMBDA, (5, 4))
    assert maps.evaluations(noisy) == 5 * 4 * 3 * 120
    sizes = Question(Scene.parse(f"{NOISY}&run=gd"), 0, ETA, Axis("batch", 1, 3), (5, 3))
    assert maps.evaluations(sizes) == 5 * (1 + 2 + 3) * 120


@pytest.mark.parametrize(
    "text", ["", "eta", "eta:1", "eta:..", "eta:a..b", "eta:nan..1", "eta:0..inf"]
)
def test_what_is_no_side_is_none(text):
    assert parsed_axis(text) is None


@pytest.mark.parametrize(
    "given",
    [
        None,
        3,
        {},
        {"knob": 1, "low": 0, "high": 1},
        {"knob": "eta", "low": True, "high": 1},
        {"knob": "eta", "low": 0, "high": 10**400},
        {"knob": "eta", "low": "0", "high": 1},
    ],
)
def test_any_json_is_a_side_or_none(given):
    assert read_axis(given) is None


ADDRESS = f"/api/map?{NOISY}&run=momentum&x=eta:0.001..0.3&y=lambda:0..0.99&resolution=5"


def test_the_three_formats_hold_the_same_cells(client):
    told = client.get(ADDRESS).json()
    lines = client.get(f"{ADDRESS}&format=csv").text.splitlines()
    arrays = np.load(io.BytesIO(client.get(f"{ADDRESS}&format=npz").content))
    assert lines[0] == "eta,lambda,outcome,minimum,updates,loss"
    for row, column in np.ndindex(5, 5):
        cells = lines[1 + 5 * row + column].split(",")
        assert [float(cells[0]), float(cells[1])] == [told["x"][column], told["y"][row]]
        assert cells[2] == told["outcome"][row][column]
        assert arrays["outcomes"][int(arrays["outcome"][row, column])] == cells[2]
        assert float(cells[5]) == told["loss"][row][column] == arrays["loss"][row, column]
        assert cells[4] == ("" if (at := told["updates"][row][column]) is None else str(at))


@pytest.mark.parametrize(
    ("change", "knob"),
    [
        ("x=eta:0.001..0.3", "x=eta"),
        ("y=lambda:0..0.99", "y=lambda:1..0"),
        ("run=momentum", "of=3&run=gd"),
    ],
    ids=["no span", "the wrong way round", "no such run"],
)
def test_a_bad_question_is_refused_and_its_knob_named(client, change, knob):
    answer = client.get(ADDRESS.replace(change, knob))
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["knob"] == knob[: knob.index("=")]


def test_a_start_may_reach_as_far_as_the_error_says():
    """What is written as allowed is allowed, to the last digit."""
    scene = Scene.parse("surface=formula&formula=x**2%2By**2&domain=-0.1,0.1001,-1,1&run=gd")
    low, high = reach(scene, "start1")
    assert (low, high) == (float(f"{low:.9g}"), float(f"{high:.9g}"))
    written = Axis("start1", float(spelled(low)), float(spelled(high)))
    assert why_no_axis(scene, scene.runs[0], "x", written) is None

"""The interface to examples, epochs, many seeds and test losses; a run recomputed from it."""

from itertools import chain

import numpy as np
import pytest
import sympy as sp

from app.descent import walk
from app.knobs import BY_NAME as KNOBS
from app.limits import LIMITS
from app.outcome import OUTCOMES
from app.scene import Scene
from app.surfaces.catalogue import BY_NAME, SURFACES
from tests.oracle import expression, symbols


def asked(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.json()


def refused(client, address):
    """The knobs that a 422 names."""
    answer = client.get(address)
    assert answer.status_code == 422, answer.text
    return [problem["knob"] for problem in answer.json()["problems"]]


# Examples.


@pytest.mark.parametrize("row", SURFACES, ids=lambda row: row.name)
def test_there_are_n_examples_and_the_training_loss_is_their_mean(client, row):
    knobs = "examples=9&spread=0.3&data=4"
    rows = asked(client, f"/api/surfaces/{row.name}/examples?{knobs}")
    assert [example["index"] for example in rows] == list(range(9))
    assert all(tuple(example["columns"]) == row.columns for example in rows)
    assert all((example["z"] is None) == bool(row.draw) for example in rows)
    ground = Scene.parse(f"surface={row.name}&{knobs}").ground
    names = (*row.point, *row.columns, *row.constants)
    loss = sp.lambdify(list(symbols(names).values()), expression(row.formula, names), "numpy")
    x, y = row.start
    values = []
    for example in rows:
        (right, up), (a, b) = example["shift"], example["tilt"]
        constants = ground.constants[: len(row.constants)]
        moved = loss(x - right, y - up, *example["columns"].values(), *constants)
        values.append(moved + a * x + b * y)
    assert np.mean(values) == pytest.approx(ground.slopes([x], [y])[0, 0], rel=1e-12)


@pytest.mark.parametrize("noise", ["shift", "tilt"])
def test_z_comes_in_pairs_and_spread_times_z_is_the_noise(client, noise):
    address = f"/api/surfaces/booth/examples?spread=0.4&noise={noise}"
    rows = asked(client, address)
    z = np.array([example["z"] for example in rows])
    assert (z[::2] == -z[1::2]).all()
    assert np.allclose(z.T @ z / 20, np.eye(2))
    assert np.allclose([example[noise] for example in rows], 0.4 * z)
    other = {"shift": "tilt", "tilt": "shift"}[noise]
    assert not np.any([example[other] for example in rows])


def test_without_spread_there_are_still_n_equal_examples(client):
    rows = asked(client, "/api/surfaces/booth/examples?examples=4")
    assert len(rows) == 4
    assert not np.any([example["shift"] for example in rows])
    assert np.any([example["z"] for example in rows])


# Epochs, and a run recomputed by hand from what the interface tells.


def test_an_epoch_is_every_example_once_in_batches(client):
    epochs = asked(client, "/api/epochs?examples=10&run=gd,batch:4&epochs=5&first=2")
    assert [epoch["epoch"] for epoch in epochs] == [2, 3, 4, 5, 6]
    for epoch in epochs:
        assert [len(batch) for batch in epoch["batches"]] == [4, 4, 2]
        assert sorted(chain.from_iterable(epoch["batches"])) == list(range(10))
    assert epochs[0]["batches"] != epochs[1]["batches"]


def test_the_epochs_are_those_of_the_run_that_is_asked_for(client):
    scene = "surface=booth&examples=6&run=gd&run=gd,batch:4"
    assert asked(client, f"/api/epochs?{scene}")[2]["batches"] == [list(range(6))]
    assert [len(b) for b in asked(client, f"/api/epochs?{scene}&of=1")[0]["batches"]] == [4, 2]


@pytest.mark.parametrize(
    ("more", "knob"),
    [("of=1", "of"), ("of=-1", "of"), ("epochs=0", "epochs"), ("epochs=101", "epochs"),
     ("first=-1", "first"), ("epochs=x", "epochs"), ("eta=x", "eta")],
)  # fmt: skip
def test_epochs_that_cannot_be_asked_for_are_refused(client, more, knob):
    assert refused(client, f"/api/epochs?surface=booth&run=gd&{more}") == [knob]


def by_hand(client, surface, knobs, run, eta):
    """The path of GD or momentum from the examples, the epochs and the formula alone."""
    row = BY_NAME[surface]
    rows = asked(client, f"/api/surfaces/{surface}/examples?{knobs}")
    epochs = asked(client, f"/api/epochs?surface={surface}&{knobs}&run={run}&epochs=4")
    names = (*row.point, *row.columns)
    letters = symbols(names)
    loss = expression(row.formula, names)
    slopes = [sp.lambdify(list(letters.values()), loss.diff(letters[n])) for n in row.point]
    theta, m = np.array(row.start), np.zeros(2)
    momentum = 0.9 if run.startswith("momentum") else 0.0
    points = [theta]
    for batch in (batch for epoch in epochs for batch in epoch["batches"]):
        g = np.zeros(2)
        for example in (rows[i] for i in batch):
            at = theta - example["shift"]
            g += [slope(*at, *example["columns"].values()) for slope in slopes]
            g += example["tilt"]
        m = momentum * m - eta * g / len(batch)
        theta = theta + m
        points.append(theta)
    return np.array(points)


@pytest.mark.parametrize("rule", ["gd", "momentum"])
@pytest.mark.parametrize("batch", [1, 3, 7, 10])
@pytest.mark.parametrize(
    ("surface", "knobs"),
    [
        ("two-valleys", "spread=0.25"), ("himmelblau", "spread=0.3&noise=tilt"),
        ("linear-regression", "data=5"), ("one-neuron", "data=3"), ("toy-network", "seed=11"),
        ("logistic-regression", "shuffle=once"),
    ],
)  # fmt: skip
def test_a_run_recomputed_by_hand_is_the_path_that_is_told(client, surface, knobs, batch, rule):
    """A wrong shuffle, a dropped or carried-over batch or a wrong mean would show here."""
    run, eta = f"{rule},batch:{batch}", BY_NAME[surface].eta
    knobs = f"examples=10&{knobs}"
    expected = by_hand(client, surface, knobs, run, eta)
    updates = len(expected) - 1
    (path,) = asked(client, f"/api/paths?surface={surface}&{knobs}&updates={updates}&run={run}")
    assert updates == 4 * -(-10 // batch)
    np.testing.assert_allclose(path["theta"], expected, rtol=1e-9, atol=1e-11)


# Shares.

NOISY = "surface=two-valleys&spread=0.25"


def test_shares_of_many_seeds(client):
    rows = asked(client, f"/api/shares?{NOISY}&run=gd&seeds=200&batches=1,5,20")
    assert [row["batch"] for row in rows] == [1, 5, 20]
    assert [row["seeds"] for row in rows] == [200] * 3
    assert [row["varies"] for row in rows] == [True, True, False]
    for row in rows:
        assert set(row["shares"]) == set(OUTCOMES)
        assert [m["at"] for m in row["minima"]] == [m["at"] for m in rows[0]["minima"]]
        for share in (*row["shares"].values(), *row["minima"], row["left"]):
            assert 0 <= share["low"] <= share["share"] <= share["high"] <= 1
    assert rows[2]["times"] == []
    updates = [time["update"] for time in rows[0]["times"]]
    assert updates == sorted(updates)


def test_without_batches_it_is_the_run_s_own(client):
    scene = f"{NOISY}&updates=20&run=gd&run=momentum,batch:3"
    assert [r["batch"] for r in asked(client, f"/api/shares?{scene}&of=1&seeds=5")] == [3]
    assert [r["batch"] for r in asked(client, f"/api/shares?{scene}&seeds=5")] == [20]


@pytest.mark.parametrize(
    ("more", "knobs"),
    [
        ("seeds=0", ["seeds"]), ("seeds=2001", ["seeds"]), ("of=2", ["of"]),
        ("of=-1&batches=1", ["of"]), ("batches=0", ["batches"]), ("batches=21", ["batches"]),
        ("batches=1,1", ["batches"]), ("batches=1,x", ["batches"]), ("batches=", ["batches"]),
        ("batches=1,2,3,4,5,6,7,8,9", ["batches"]), ("batches=²", ["batches"]),
        ("batches=-1", ["batches"]), ("eta=x", ["eta"]),
        ("updates=100000&seeds=2000&batches=10,19", ["seeds"]),
    ],
)  # fmt: skip
def test_shares_that_cannot_be_asked_for_are_refused(client, more, knobs):
    assert refused(client, f"/api/shares?{NOISY}&run=gd,batch:1&{more}") == knobs


# Test losses and sharpness.

CANYON = "/api/surfaces/canyon-and-basin"


def test_a_moved_test_is_the_training_loss_seen_from_elsewhere(client):
    knobs = "spread=0.2"
    found = asked(client, f"{CANYON}/test-loss?{knobs}&point=1.2,0.1&shift=0.18,-0.05")
    there = asked(client, f"{CANYON}/point?{knobs}&point={1.2 - 0.18!r},{0.1 + 0.05!r}")
    here = asked(client, f"{CANYON}/point?{knobs}&point=1.2,0.1")
    assert (found["training"], found["test"]) == (here["loss"], there["loss"])
    assert (found["shift"], found["data"]) == ([0.18, -0.05], None)


def test_no_shift_and_the_same_examples_are_no_difference(client):
    for more in ("shift=0,0", "fresh=2"):
        found = asked(client, f"{CANYON}/test-loss?spread=0.2&point=1.1,0.2&{more}")
        assert found["test"] == found["training"]


@pytest.mark.parametrize("surface", ["linear-regression", "himmelblau", "canyon-and-basin"])
def test_fresh_examples_are_those_of_another_data_seed_and_the_model_stays(client, surface):
    row, knobs = BY_NAME[surface], "spread=0.2"
    x, y = row.start
    address = f"/api/surfaces/{surface}/test-loss?{knobs}&point={x},{y}&fresh=31"
    found = asked(client, address)
    ground = Scene.parse(f"surface={surface}&{knobs}").ground
    other = Scene.parse(f"surface={surface}&{knobs}&data=31").ground
    own = other.slopes([x], [y])[0, 0]
    assert found["data"] == 31
    assert found["test"] != found["training"]
    if row.calibrated:  # the canyon's depth was set for the training examples, and stays
        assert found["test"] != own
        assert other.constants[0] != ground.constants[0]
    else:
        assert found["test"] == own


def test_a_test_never_changes_the_surface_it_is_compared_with(client):
    before = Scene.parse("surface=canyon-and-basin&spread=0.2&data=31").ground.constants.copy()
    asked(client, f"{CANYON}/test-loss?spread=0.2&point=0,0&fresh=31")
    after = Scene.parse("surface=canyon-and-basin&spread=0.2&data=31").ground.constants
    assert before.tolist() == after.tolist()


@pytest.mark.parametrize(
    ("more", "knob"),
    [
        ("point=1,0", "shift"), ("point=1,0&shift=1,0&fresh=2", "shift"), ("shift=0,0", "point"),
        ("point=1&shift=0,0", "point"), ("point=1,0&shift=x", "shift"),
        ("point=1,0&fresh=-1", "fresh"), ("point=1,0&fresh=1.5", "fresh"),
        ("point=1,0&shift=NaN,0", "shift"),
    ],
)  # fmt: skip
def test_a_test_that_cannot_be_asked_for_is_refused(client, more, knob):
    assert refused(client, f"{CANYON}/test-loss?{more}") == [knob]


@pytest.mark.parametrize("row", SURFACES, ids=lambda row: row.name)
def test_every_surface_answers_far_away_without_nan(client, row):
    for point in ("1e300,1e300", "-1e154,1e154"):
        asked(client, f"/api/surfaces/{row.name}/test-loss?point={point}&shift=1,1")
        asked(client, f"/api/surfaces/{row.name}/sharpness?point={point}")
        asked(client, f"/api/surfaces/{row.name}/stability?point={point}&batch=1&spread=0.5")


def test_the_canyon_is_sharp_and_the_basin_is_flat(client):
    canyon, basin = (
        asked(client, f"{CANYON}/sharpness?point={x},0&epsilon=0.05") for x in (1.2, -1.6)
    )
    assert canyon["relative"] > 10 * basin["relative"]
    assert canyon["curvature"] > 10 * basin["curvature"]
    assert refused(client, f"{CANYON}/sharpness?point=1.2,0&epsilon=0") == ["epsilon"]


def test_every_bound_is_the_table_s(client):
    schema = asked(client, "/openapi.json")["paths"]["/api/shares"]["get"]["parameters"]
    (seeds,) = [part for part in schema if part["name"] == "seeds"]
    assert seeds["schema"]["maximum"] == LIMITS["seeds"]
    assert KNOBS["examples"].high >= 200


def test_the_shares_of_one_seed_are_its_path(client):
    (row,) = asked(client, f"/api/shares?{NOISY}&run=gd,batch:1&seeds=1")
    (path,) = walk(Scene.parse(f"{NOISY}&run=gd,batch:1"))
    assert row["shares"][path.outcome]["share"] == 1
    assert [time["update"] for time in row["times"]] == [path.left] * 5

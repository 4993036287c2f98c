"""Every minimum beside a test: the losses of the API, and B9 on the canyon and the basin."""

import numpy as np
import pytest

from app.analysis.flatness import LISTED, Test, curves, told
from app.analysis.sharpness import fresh_loss, moved_loss
from app.questions import check_flatness
from app.scene import Scene

Test.__test__ = False  # a class of the app, no test

CANYON = Scene.parse("surface=canyon-and-basin&spread=0.2&run=gd")
LINE = {"from": [-3, 0], "to": [2, 0], "resolution": 100}


def test_rows_of_ones_own_have_no_fresh_ones(client):
    own = "/api/surfaces/linear-regression/test-loss?rows=0,1,1,3,2,4&point=0,0"
    answer = client.get(f"{own}&fresh=3")
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["knob"] == "fresh"
    assert client.get(f"{own}&shift=1,0").status_code == 200


def test_both_losses_are_those_of_the_points():
    for test, expected in (
        (Test(CANYON, shift=(0.1, 0.05)), lambda at: moved_loss(CANYON.ground, at, (0.1, 0.05))),
        (Test(CANYON, data=11), lambda at: fresh_loss(CANYON, at, 11)),
        (Test(CANYON), CANYON.ground.loss_at),
    ):
        for row in told(test):
            assert row["training"] == pytest.approx(CANYON.ground.loss_at(row["at"]), abs=1e-15)
            assert row["test"] == pytest.approx(expected(row["at"]), abs=1e-15)


def test_the_curves_run_along_the_line():
    distance, training, test = curves(Test(CANYON, shift=(0.1, 0.0)), (-3.0, 0.0), (2.0, 0.0), 51)
    assert distance[[0, -1]].tolist() == [0, 5]
    assert training[0] == CANYON.ground.loss_at((-3.0, 0.0))
    assert test[1:] == pytest.approx(training[:-1])  # moved by one step of the line


def test_b9_a_shift_of_one_canyon_width_costs_the_canyon_at_least_five_times_more():
    canyon, basin = sorted(told(Test(CANYON, shift=(0.18, 0.0))), key=lambda row: -row["at"][0])
    rises = [row["test"] - row["training"] for row in (canyon, basin)]
    assert rises[0] > 5 * rises[1] > 0
    assert canyon["curvature"] > 5 * basin["curvature"]
    assert canyon["relative"] > 5 * basin["relative"]


def test_b9_fresh_examples_cost_the_canyon_more_on_average():
    rises = []
    for data in range(50, 90):
        canyon, basin = sorted(told(Test(CANYON, data=data)), key=lambda row: -row["at"][0])
        rises.append([row["test"] - row["training"] for row in (canyon, basin)])
    assert np.abs(rises).mean(axis=0)[0] > 3 * np.abs(rises).mean(axis=0)[1]


def test_only_the_lowest_minima_are_spoken_of():
    rows = told(Test(Scene.parse("surface=rastrigin&run=gd")))
    assert len(rows) == LISTED
    assert np.all(np.diff([row["training"] for row in rows]) > -1e-9)


def test_a_surface_without_minima_has_none():
    assert told(Test(Scene.parse("surface=monkey-saddle&run=gd"))) == []


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, ""),
        ({"shift": [0.1, 0]}, ""),
        ({"fresh": 3}, ""),
        ({"shift": [1]}, "shift"),
        ({"shift": None}, "shift"),
        ({"fresh": -1}, "fresh"),
        ({"fresh": 1.5}, "fresh"),
        ({"fresh": 3, "shift": [0, 0]}, "not both"),
        ({"from": [0]}, "flatness takes"),
        ({"resolution": 1}, "resolution"),
    ],
)
def test_what_is_wrong_with_a_question_is_named(fields, wrong):
    found = check_flatness(LINE | fields)
    assert wrong in found
    assert bool(found) == bool(wrong)

"""Experiments as data: their table, their addresses, and what the pictures of each one hold."""

import json
import re
import subprocess
import sys
from itertools import product

import pytest

from app.experiments import address
from app.experiments.knobs import BY_NAME, KNOBS, TRAINABLE
from app.experiments.paper import SMALL
from app.experiments.picture import Picture, Series, rounded
from app.experiments.spread import Spread, comparison
from app.experiments.table import EXPERIMENTS
from app.experiments.timing import Timed, worst
from app.experiments.worker import MADE
from app.limits import LIMITS
from app.rules import BY_NAME as RULES
from app.scene import SceneError
from app.settings import PROJECT

# Knobs with which an experiment takes a moment, so that all of them can be tried.
TINY = {
    "time": "batches=1,50,100&examples=100&repeats=3",
    "accuracy": "batches=16,1437&epochs=1&updates=20&seconds=0.01&seeds=2",
    "gradient": "batches=1,16,1437&epochs=1&seeds=2",
    "both": "batches=144,1437&epochs=1&seeds=2&hidden=8",
    "minima": "hidden=2&epochs=1&looks=3&seeds=2",
    "plane": "epochs=2&resolution=9&hidden=4",
    "sharp": "target=1&eta=0.4&epochs=5&seeds=2&hidden=8",
}
every_experiment = pytest.mark.parametrize("name", EXPERIMENTS)


def pictures(name, query):
    return list(MADE[name](address.read(name, query).knobs))


@pytest.fixture(scope="module")
def made():
    """All pictures of every experiment with tiny knobs."""
    return {name: pictures(name, query) for name, query in TINY.items()}


# The table.


def test_every_experiment_can_be_made_and_tried():
    assert set(MADE) == set(EXPERIMENTS) == set(TINY)


@every_experiment
def test_an_experiment_says_what_it_asks(name):
    row = EXPERIMENTS[name]
    assert row.question.endswith("?")
    assert row.lecture
    assert len({chart.name for chart in row.charts}) == len(row.charts)
    assert len({column.name for column in row.columns}) == len(row.columns)
    assert set(row.own) <= set(BY_NAME)
    assert {chart.x.knob for chart in row.charts} - {""} <= set(row.own)
    alone = {chart.name for chart in row.charts if not chart.beside}
    assert {chart.beside for chart in row.charts if chart.beside} <= alone
    (shown,) = (knob for knob in row.view if knob.name == "chart")
    assert {value for value, _ in shown.choices} == alone
    answering = [chart.name for chart in row.charts if chart.answers]
    assert len(answering) <= 1
    assert set(answering) <= alone
    assert shown.default == (None if answering else row.charts[0].name)
    assert ("view" in {knob.name for knob in row.view}) == any(chart.z for chart in row.charts)
    json.dumps(row.told(), allow_nan=False)


def test_every_knob_belongs_to_some_experiment():
    assert {name for row in EXPERIMENTS.values() for name in row.own} == set(BY_NAME)


@pytest.mark.parametrize("knob", KNOBS, ids=lambda knob: knob.name)
def test_a_knob_of_an_experiment_says_what_it_is_and_takes_its_default(knob):
    assert knob.help.endswith(".")
    assert "{" not in knob.allowed()
    assert knob.default is not None


# Addresses.


def test_whole_numbers_may_be_written_with_a_point_or_an_exponent():
    assert read("batches=1.0,1e2&hidden=3.2e1").knobs["batches"] == (1, 100)
    assert read("batches=1.0,1e2&hidden=3.2e1").query == "batches=1,100"


def test_what_belongs_to_the_page_changes_nothing():
    assert read("ask=0&chart=seconds&theme=dark&seeds=2").query == "seeds=2"


def read(query, name="accuracy"):
    return address.read(name, query)


def problems(query, name="accuracy"):
    with pytest.raises(SceneError) as wrong:
        read(query, name)
    return [(problem.knob, problem.given, problem.allowed) for problem in wrong.value.problems]


@every_experiment
def test_without_knobs_all_are_at_their_defaults(name):
    asked = read("", name)
    assert asked.query == ""
    assert asked.address == f"/api/experiments/{name}"
    assert set(asked.knobs) == set(EXPERIMENTS[name].own)


SAME = [
    ("epochs=5&eta=0.20", "eta=0.2&epochs=5"),
    ("eta=0.2&batches=16,1,4,16", "eta=0.2&batches=1,4,16"),
    ("seeds=5&epochs=20", ""),
    ("theme=projector&lang=en&epochs=7&format=csv", "epochs=7"),
    ("batches=1%2C4", "batches=1,4"),
    ("hidden=20,10,20", "hidden=20,10,20"),
    ("?epochs=7", "epochs=7"),
    ("lambda=0.5", ""),
    ("rule=gd&lambda=0.5&epochs=7", "epochs=7"),
    ("lambda=0.5&rule=adam", "rule=adam"),
    ("rule=momentum&lambda=0.5", "rule=momentum&lambda=0.5"),
    ("rule=nesterov&eta=0.2&lambda=0.5", "rule=nesterov&eta=0.2&lambda=0.5"),
]


@pytest.mark.parametrize(("query", "written"), SAME)
def test_an_address_is_a_pure_function_of_its_knobs(query, written):
    assert read(query).query == written
    assert read(read(query).query) == read(query)


def test_a_knob_that_the_rule_does_not_have_is_as_if_nobody_had_turned_it():
    assert read("lambda=0.5&epochs=7") == read("epochs=7")
    assert read("lambda=0.5&rule=momentum").knobs["lambda"] == 0.5
    assert read("lambda=0.5", "both").query == "lambda=0.5"  # its recipes have rules of their own
    assert [name for name, _, _ in problems("rule=gd&lambda=7")] == ["lambda"]


def test_lists_are_numbers_in_the_knobs():
    knobs = read("batches=16,1&hidden=20,10").knobs
    assert knobs["batches"] == (1, 16)
    assert knobs["hidden"] == (20, 10)


BAD = [
    ("epochs=0", "epochs", "a whole number from 1 to 1000"),
    ("epochs=many", "epochs", "a whole number from 1 to 1000"),
    ("batches=1,x", "batches", "up to 8 whole numbers from 1 to 60000, joined by commas"),
    ("batches=", "batches", "up to 8 whole numbers from 1 to 60000, joined by commas"),
    ("batches=1,2,3,4,5,6,7,8,9", "batches", "up to 8 whole numbers from 1 to 60000"),
    ("batches=1,1438", "batches", "batch sizes up to 1437 (all examples)"),
    ("hidden=0", "hidden", "up to 8 whole numbers from 1 to 256, joined by commas"),
    ("activation=sigmoid", "activation", "tanh, relu"),
    ("eta=nan", "eta", "a number from 0.000001 to 10"),
    ("epochs=3&epochs=4", "epochs", "one value"),
    ("epoch=3", "epochs", "one of the knobs images, split"),
    ("images=mnist", "images", "digits; mnist needs its four files"),
    ("epochs=1000&seeds=50", "address", "less of everything: this costs"),
    ("updates=100000&hidden=256,256,256", "address", "less of everything: this costs"),
]


@pytest.mark.parametrize(("query", "knob", "allowed"), BAD)
def test_a_bad_knob_is_named_with_what_is_allowed(query, knob, allowed):
    ((name, _, told),) = problems(query)
    assert name == knob if knob != "epochs" else name in ("epochs", "epoch")
    assert told.startswith(allowed)


def test_all_bad_knobs_are_named_at_once():
    assert [name for name, _, _ in problems("epochs=0&eta=-1&frogs=3")] == [
        "epochs",
        "eta",
        "frogs",
    ]


@pytest.mark.parametrize("rule", sorted(set(RULES) - set(TRAINABLE)))
def test_a_rule_that_does_not_fit_a_network_is_told_why(rule):
    ((_, given, told),) = problems(f"rule={rule}")
    assert given == rule
    assert told.startswith("gd, momentum, nesterov")
    assert f"{rule} ({RULES[rule].opening}) needs more than the gradient" in told


@pytest.mark.parametrize(
    "query", ["&".join("a=1" for _ in range(100)), "a=" + "1" * LIMITS["query"]]
)
def test_an_address_that_is_too_long_is_refused(query):
    ((knob, _, _),) = problems(query)
    assert knob == "address"


@every_experiment
def test_what_is_asked_by_default_costs_a_fraction_of_what_may_be_asked(name):
    asked = read("", name)
    assert asked.row.work(asked.knobs, 1437) < LIMITS["work"] / 5


# Pictures.


@every_experiment
def test_a_chart_that_answers_is_empty_until_others_have_filled(name, made):
    answering = {chart.name for chart in EXPERIMENTS[name].charts if chart.answers}
    assert not answering & {series.chart for series in made[name][0].series}


@every_experiment
def test_pictures_fill_up_to_the_whole(name, made):
    progress = [picture.progress for picture in made[name]]
    assert progress == sorted(progress)
    assert 0 < progress[0] < progress[-1] == 1
    assert len(made[name]) > 2


@every_experiment
def test_charts_series_and_columns_are_those_of_the_table(name, made):
    row = EXPERIMENTS[name]
    known = {(chart.name, series) for chart in row.charts for series, _ in chart.series}
    for picture in made[name]:
        assert {(series.chart, series.name) for series in picture.series} <= known
        assert {len(cells) for cells in picture.rows} == {len(row.columns)}
        for series in picture.series:
            assert len(series.x) == len(series.y) > 0
            for side in (series.low, series.high, series.dots):
                assert side is None or len(side) == len(series.x)
    assert {series.chart for series in made[name][-1].series} == {c.name for c in row.charts}


@every_experiment
def test_every_text_of_the_result_table_has_a_name_for_people(name, made):
    row = EXPERIMENTS[name]
    known = {chart.name for chart in row.charts}
    known |= {series for chart in row.charts for series, _ in chart.series}
    for cells in made[name][-1].rows:
        for column, cell in zip(row.columns, cells, strict=True):
            names = known | {value for value, _ in column.names} | set(SMALL)
            assert not isinstance(cell, str) or cell in names, (column.name, cell)


@every_experiment
def test_a_spread_holds_its_line_and_its_dots(name, made):
    for series in made[name][-1].series:
        if series.dots:
            for y, low, high, dots in zip(
                series.y, series.low, series.high, series.dots, strict=True
            ):
                assert min(dots) <= low <= y <= high <= max(dots)


@every_experiment
def test_a_picture_is_json_and_fits_into_frames(name, made):
    for picture in made[name]:
        told = picture.told()
        assert len(json.dumps(told["series"], allow_nan=False)) < LIMITS["frame"]
        head = {part: told[part] for part in ("rows", "facts")}
        assert len(json.dumps(head, allow_nan=False)) < LIMITS["frame"] / 2


def names_of(fact):
    """Every name within a fact."""
    if not isinstance(fact, dict):
        return set()
    return set(fact) | set().union(*map(names_of, fact.values()))


FACTS = (PROJECT / "docs" / "api.md").read_text("utf-8").split("### Facts\n")[1].split("\n### ")[0]
COMPARED = names_of(comparison([0.1, 0.2], [0.3, 0.4], (1, 2)))


def in_table(section):
    """The names that a section's table explains."""
    cells = re.findall(r"^\|([^|]+)\|", section, re.M)
    return set(re.findall(r"`(\w+)`", "".join(cells)))


def test_what_a_comparison_holds_is_documented_once():
    assert in_table(FACTS.split("\n**")[0]) == COMPARED - {"batch", "median", "low", "high"}
    assert set(re.findall(r"`(\w+)`", FACTS.split("\n**")[0])) >= COMPARED


@every_experiment
def test_facts_are_documented_and_what_is_documented_is_a_fact(name, made):
    section = FACTS.split(f"**{name}.**")[1].split("\n**")[0]
    known = names_of(made[name][-1].facts)
    assert known - COMPARED <= set(re.findall(r"`(\w+)`", section))
    assert in_table(section) <= known


def test_numbers_are_rounded_and_what_is_not_finite_is_null():
    told = rounded({"a": [1 / 3, float("nan"), 7, "x", None, True], 5: (float("inf"), 1e-20 / 3)})
    assert told == {"a": [0.333333, None, 7, "x", None, True], "5": [None, 3.33333e-21]}
    assert Picture(0.5, [Series("c", "n", [1], [2.0])], []).told()["series"][0]["z"] is None


# Spread and comparison.


def test_two_groups_are_apart_when_no_seed_of_one_reaches_the_other():
    found = comparison([0.9, 0.95, 0.97], [0.7, 0.89, 0.8], (1, 64))
    assert found["found"] == "falls"
    assert found["apart"] is True
    assert found["from"] == {"batch": 1, "median": 0.95, "low": 0.9, "high": 0.97}
    assert found["change"] == pytest.approx(-0.15)
    assert found["chance"] == pytest.approx(2 / 20)
    assert comparison([0.7, 0.89], [0.9, 0.95], (1, 64))["found"] == "rises"


def test_groups_that_touch_are_no_difference():
    found = comparison([0.9, 0.95], [0.7, 0.9], (1, 64))
    assert (found["apart"], found["found"]) == (False, "no difference")
    assert comparison([0.9], [0.9], (1, 1))["found"] == "no difference"


def test_quartiles_leave_the_odd_one_out():
    assert Spread.middle([1, 2, 3, 4, 100]) == Spread(3, 2, 4)
    assert Spread.of([1, 2, 3, 4, 100]) == Spread(3, 1, 100)


# Time (B4, B5).


def test_time_is_told_per_update_and_per_epoch(made):
    last = made["time"][-1]
    lines = {(series.chart, series.name): series for series in last.series}
    one, epoch = lines["update", "one"], lines["epoch", "one"]
    assert one.x == [1, 50, 100]
    assert [len(dots) for dots in one.dots] == [3, 3, 3]
    assert all(value > 0 for value in one.y)
    for batch, update, whole in zip(one.x, one.y, epoch.y, strict=True):
        assert whole == pytest.approx(update * -(-100 // batch))
    assert last.facts["examples"] == 100
    assert last.facts["flat"]["to"] == 100
    assert last.facts["bend"] == pytest.approx(last.facts["fixed"] / last.facts["each"])


def test_the_batch_at_which_all_threads_are_slowest_is_found():
    seconds = {(1, 1): [1.0] * 3, (2, 1): [1.0] * 3, (1, 9): [2.0] * 3, (2, 9): [8.0] * 3}
    told = worst(Timed(100, (1, 2), seconds | {(1, 99): [9.0] * 3}))
    assert told == {"batch": 9, "times": 0.25, "one": 2.0, "all": 8.0}
    assert worst(Timed(100, (1,), {(1, 1): [1.0] * 3})) is None


def test_the_full_batch_takes_longer_than_one_example_and_its_epoch_is_quicker():
    """The two claims, with room for a busy machine: B4 grows, B5 falls."""
    last = pictures("time", "batches=1,1000,20000&examples=20000&repeats=3")[-1]
    assert last.facts["grows"]["times"] > 2
    assert last.facts["epoch"]["times"] < 0.5


# Accuracy (B6).


def without_clock(picture):
    series = [s for s in picture.series if s.chart != "seconds"]
    rows = [row for row in picture.rows if row[0] != "seconds"]
    facts = {name: fact for name, fact in picture.facts.items() if name != "seconds"}
    return Picture(picture.progress, series, rows, facts).told()


def test_accuracy_is_a_pure_function_of_its_knobs(made):
    again = pictures("accuracy", TINY["accuracy"])
    assert [*map(without_clock, again)] == [*map(without_clock, made["accuracy"])]


PROGRAM = """
import json, hashlib
from threadpoolctl import threadpool_limits
threadpool_limits(1)
from tests.test_experiments import TINY, pictures, without_clock
for name in TINY:
    if name != "time":
        last = pictures(name, TINY[name])[-1]
        told = without_clock(last) if name == "accuracy" else last.told()
        print(name, hashlib.sha256(json.dumps(told).encode()).hexdigest())
"""


def test_two_processes_find_the_same_to_the_last_digit():
    command = [sys.executable, "-c", PROGRAM]
    first, second = (
        subprocess.run(command, cwd=PROJECT, check=True, capture_output=True).stdout.decode()
        for _ in range(2)
    )
    assert first == second
    assert [line.split()[0] for line in first.splitlines()] == [n for n in TINY if n != "time"]


def test_equal_epochs_and_equal_updates_are_what_they_say(made):
    columns = [column.name for column in EXPERIMENTS["accuracy"].columns]
    rows = {
        (row[0], row[1]): dict(zip(columns, row, strict=True)) for row in made["accuracy"][-1].rows
    }
    assert set(rows) == set(product(("epochs", "updates", "seconds"), (16, 1437)))
    assert rows["epochs", 16]["updates"] == 90
    assert rows["epochs", 1437]["updates"] == 1
    assert rows["updates", 16]["updates"] == rows["updates", 1437]["updates"] == 20
    assert rows["epochs", 16]["seeds"] == 2
    assert rows["seconds", 16]["updates"] > rows["seconds", 1437]["updates"]


def test_every_seed_is_a_dot(made):
    for series in made["accuracy"][-1].series:
        assert [len(dots) for dots in series.dots] == [2, 2]


def test_a_training_that_diverges_is_counted_and_gets_nothing_right():
    query = (
        "batches=64&epochs=4&updates=20&seconds=0.01&seeds=2"
        "&activation=relu&eta=10&hidden=256,256,256"
    )
    last = pictures("accuracy", query)[-1].told()
    (row,) = [row for row in last["rows"] if row[0] == "epochs"]
    assert row[-2:] == [None, 2]
    assert row[4] == row[7] == 0.0


def test_more_epochs_of_small_batches_find_the_digits():
    last = pictures("accuracy", "batches=16&epochs=10&updates=100&seconds=0.01&seeds=2")[-1]
    assert last.facts["epochs"]["validation"]["best"]["from"]["median"] > 0.9

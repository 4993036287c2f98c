"""The lecture's table: filled from experiments that are done, and empty where none is."""

import pytest

from app.experiments import address, evidence, results
from app.experiments.evidence import LINES, MUCH, SAME, beside
from app.experiments.spread import RARE, chance, comparison
from app.experiments.table import EXPERIMENTS
from app.settings import PROJECT
from tests.test_experiments import pictures

UNKNOWN = {name: {"address": name, "state": None} for name in EXPERIMENTS}
by_name = {line.name: line for line in LINES}
every_line = pytest.mark.parametrize("line", LINES, ids=lambda line: line.name)


@every_line
def test_a_row_has_its_evidence_and_a_scene_with_a_claim(line):
    assert line.experiment in EXPERIMENTS
    assert f"`{line.scene}`" in (PROJECT / "docs" / "scenes.md").read_text("utf-8")


def test_batches_that_are_compared_are_measured_by_default():
    assert {1, MUCH, 60_000} <= set(address.read("time", "").knobs["batches"])
    assert "table" not in EXPERIMENTS  # its address is taken


def test_nothing_is_claimed_before_it_is_measured():
    for row in evidence.table(UNKNOWN):
        empty = ("small", "large", "largest", "updates", "seeds", "chance", "found", "agrees")
        assert [row[name] for name in (*empty, "state")] == [None] * (len(empty) + 1)


def test_figures_so_far_are_no_evidence():
    running = {"state": "running", "address": "x", "rows": [], "facts": {}}
    rows = evidence.table(dict.fromkeys(EXPERIMENTS, running))
    assert {row["state"] for row in rows} == {"running"}
    assert {row["found"] for row in rows} == {None}


def known(name, query):
    told = pictures(name, query)[-1].told()
    return UNKNOWN | {name: {"address": "x", "state": "done"} | told}


def test_times_are_those_of_the_experiment():
    done = known("time", "batches=1,1000,4000&examples=4000&repeats=3")
    rows = {row["name"]: row for row in evidence.table(done)}
    cells = {(cell[0], cell[1]): cell for cell in done["time"]["rows"]}
    threads = done["time"]["facts"]["threads"]
    serial, parallel, epoch = (rows[name] for name in ("update-serial", "update-parallel", "epoch"))
    for name, batch in (("small", 1), ("large", 1000), ("largest", 4000)):
        assert serial[name]["batch"] == parallel[name]["batch"] == batch
        assert serial[name]["value"] == cells[batch, 1][2]
        assert parallel[name]["value"] == cells[batch, threads][2]
        updates = -(-4000 // batch)
        assert epoch[name]["value"] == pytest.approx(cells[batch, 1][2] * updates)
        assert serial[name]["low"] <= serial[name]["value"] <= serial[name]["high"]
    assert (serial["found"], serial["agrees"]) == ("more", True)
    assert (epoch["found"], epoch["agrees"]) == ("less", True)
    assert (serial["seeds"], serial["chance"]) == (None, None)


def test_the_gradient_of_a_small_batch_is_the_noisier_one():
    rows = evidence.table(known("gradient", "batches=1,64&epochs=1&seeds=4"))
    (row,) = [row for row in rows if row["state"] == "done"]
    assert row["name"] == "gradient"
    assert (row["small"]["batch"], row["large"]["batch"]) == (1, 64)
    assert row["small"]["value"] > 4 * row["large"]["value"]
    assert (row["found"], row["agrees"]) == ("less", True)


def test_equal_epochs_are_told_with_the_updates_that_each_side_made():
    done = known("accuracy", "batches=16,1437&epochs=2&updates=5&seconds=0.01&seeds=2")
    rows = {row["name"]: row for row in evidence.table(done)}
    assert rows["optimization"]["updates"] == {"small": 2 * 90, "large": 2}
    assert {row["updates"] for name, row in rows.items() if name != "optimization"} == {None}


FIVE = [0.96, 0.96, 0.97, 0.98, 0.98]
SEEDS = [
    ([0.94, 0.94, 0.95, 0.95, 0.955], "less"),
    ([0.94, 0.94, 0.95, 0.95, 0.96], "same"),
    ([0.985, 0.99, 0.99, 0.99, 1.0], "more"),
]


def row_of(small, large):
    """The row about generalisation, when the experiment compared these."""
    facts = {"validation": comparison(small, large, (16, 144))}
    done = UNKNOWN | {"sharp": {"address": "x", "state": "done", "rows": [], "facts": facts}}
    return {row["name"]: row for row in evidence.table(done)}["generalisation"]


@pytest.mark.parametrize(("large", "found"), SEEDS)
def test_seeds_differ_where_no_one_reaches_the_other_side(large, found):
    row = row_of(FIVE, large)
    assert (row["found"], row["agrees"]) == (found, found == "less")
    assert (row["seeds"], row["chance"]) == (5, chance(5))
    assert row["small"] == {"batch": 16, "value": 0.97, "low": 0.96, "high": 0.98}
    assert row["large"]["low"] == min(large)


@pytest.mark.parametrize("large", [[0.1, 0.2, 0.3], [0.96, 0.97, 0.98]])
def test_too_few_seeds_decide_nothing_and_their_figures_stay(large):
    """Three are apart by chance once in ten times."""
    row = row_of([0.96, 0.97, 0.98], large)
    assert (row["found"], row["agrees"]) == (None, None)
    assert (row["seeds"], row["chance"]) == (3, pytest.approx(0.1))
    assert row["large"]["value"] == large[1]
    assert row_of(FIVE[:4], [0.1, 0.2, 0.3, 0.4])["found"] == "less"


def test_the_table_and_the_pages_decide_by_the_same_chance():
    page = (PROJECT / "static" / "js" / "comparison.js").read_text("utf-8")
    assert f"const rare = {RARE};" in page
    assert chance(4) <= RARE < chance(3)


@pytest.mark.parametrize(("times", "found"), [(1.9, "same"), (2.1, "more"), (0.4, "less")])
def test_a_time_is_the_same_up_to_twice_as_long(times, found):
    assert SAME == 2
    assert beside(1e-5, times * 1e-5) == found


def test_the_table_over_http_reads_what_is_done_at_its_defaults(client, tmp_path, monkeypatch):
    monkeypatch.setattr(results, "folder", lambda: tmp_path)
    client.app.state.pool.jobs.clear()
    where = "/api/experiments/table"
    assert {row["state"] for row in client.get(where).json()} == {None}
    picture = pictures("gradient", "batches=1,64&epochs=1&seeds=4")[-1].told()
    told = {"picture": picture, "machine": None, "seconds": 1.0, "finished": "2026-11-24T10:00:00"}
    results.keep(address.read("gradient", ""), told)
    rows = {row["name"]: row for row in client.get(where).json()}
    assert rows["gradient"]["state"] == "done"
    assert rows["gradient"]["address"] == "/api/experiments/gradient"
    assert rows["gradient"]["large"]["batch"] == 64
    assert (rows["gradient"]["seeds"], rows["gradient"]["found"]) == (4, "less")
    assert rows["epoch"]["state"] is None
    client.app.state.pool.jobs.clear()

"""Both (B12): recipes are what they say, and closing a gap is counted as it is defined."""

import pytest

from app.experiments import address
from app.experiments.bench import Bench
from app.experiments.both import (
    ALL,
    REMEDIES,
    Ended,
    both,
    cells_of,
    closes_up_to,
    ended,
    share,
    worse_from,
)
from app.experiments.network import Judgement
from app.experiments.table import BOTH_WAYS, RECIPES
from app.experiments.work import REMEDIES as COUNTED
from tests.test_experiments import TINY, pictures

COLUMNS = [column.name for column in BOTH_WAYS.columns]
QUICK = "batches=144&epochs=1&seeds=2&hidden=4"


def rows(query):
    told = pictures("both", query)[-1].rows
    return {(row[0], row[1]): dict(zip(COLUMNS, row, strict=True)) for row in told}


def test_the_table_names_the_recipes():
    assert [name for name, _ in RECIPES] == list(ALL)
    assert len(REMEDIES) == COUNTED


def test_a_recipe_changes_what_it_says():
    found = rows("small=16&batches=64,144&epochs=1&seeds=2&hidden=4&eta=0.1")
    assert set(found) == {
        *((name, 16) for name in ("small", "small_momentum")),
        *((name, batch) for name in REMEDIES for batch in (64, 144)),
    }
    for name, times in (("plain", 1), ("root", 3), ("linear", 9), ("warm", 9)):
        row = found[name, 144]
        assert (row["rule"], row["eta"]) == ("gd", pytest.approx(0.1 * times))
        assert row["schedule"] == ("warm-up" if name == "warm" else "constant")
    for name, times in (("momentum", 1), ("momentum_root", 2), ("momentum_warm", 4)):
        assert found[name, 64]["rule"] == "momentum"
        assert found[name, 64]["eta"] == pytest.approx(0.1 * times)


def test_an_error_is_what_is_missing_of_the_accuracy():
    """Line by line, seed by seed, and the lowest seed becomes the highest."""
    last = pictures("both", TINY["both"])[-1]
    lines = {(series.chart, series.name): series for series in last.series}
    for name in ALL:
        error, accuracy = (lines[chart, name] for chart in ("validation_error", "validation"))
        for side, other in (("y", "y"), ("low", "high"), ("high", "low")):
            missing = [1 - value for value in getattr(accuracy, other)]
            assert getattr(error, side) == pytest.approx(missing)
        assert error.x == accuracy.x
    chart = BOTH_WAYS.charts[0]
    assert (chart.name, chart.y.scale, chart.y.unit) == ("validation_error", "log", "share")


def test_a_training_is_that_of_its_recipe():
    """Linear scaling, by hand."""
    bench = Bench(address.read("both", QUICK).knobs)
    training = bench.started(144, 5, rule="gd", eta=0.9)
    training.advance(training.per_epoch)
    assert ended(bench, "linear", 144, 5) == Ended(*bench.judged(training.theta))


def test_warm_up_takes_a_tenth_of_the_updates():
    bench = Bench(address.read("both", QUICK.replace("epochs=1", "epochs=3")).knobs)
    training = bench.started(144, 0, rule="gd", eta=0.9, schedule="warm-up", updates=30)
    assert training.etas[:4] == pytest.approx([0.3, 0.6, 0.9, 0.9])
    training.advance(30)
    assert ended(bench, "warm", 144, 0) == Ended(*bench.judged(training.theta))


def test_the_first_seed_makes_all_its_trainings_before_the_second():
    knobs = address.read("both", QUICK).knobs
    last = None
    for count, last in enumerate(both(knobs), 1):
        assert len(last.rows) == min(count, len(cells_of(knobs)))
        assert bool(last.facts) == (count >= len(cells_of(knobs)))
    assert {row[COLUMNS.index("seeds")] for row in last.rows} == {2}


def test_it_is_a_pure_function_of_its_knobs():
    first, second = (pictures("both", TINY["both"])[-1].told() for _ in range(2))
    assert first == second


def seeds(*accuracies):
    return [Ended(Judgement(0.1, 1.0), Judgement(0.1, value)) for value in accuracies]


FOUND = {
    ("small", 16): seeds(0.95, 0.96, 0.97),
    ("plain", 64): seeds(0.94, 0.95, 0.96),
    ("plain", 256): seeds(0.80, 0.81, 0.82),
    ("linear", 64): seeds(0.95, 0.96, 0.97),
    ("linear", 256): seeds(0.10, 0.10, 0.10),
    ("root", 64): seeds(0.90, 0.91, 0.92),
    ("root", 256): seeds(0.95, 0.96, 0.96),
}


def test_a_gap_is_closed_up_to_the_first_size_at_which_every_seed_is_worse():
    assert closes_up_to(FOUND, 16, "linear") == 64
    assert closes_up_to(FOUND, 16, "plain") == 64
    assert closes_up_to(FOUND, 16, "root") is None


def test_harm_begins_where_every_seed_is_worse_than_plain():
    assert worse_from(FOUND, "linear") == 256
    assert worse_from(FOUND, "root") == 64
    assert worse_from(FOUND, "plain") is None


def test_the_share_of_a_gap_goes_from_median_to_median():
    assert share(FOUND, 16, "root", 256) == pytest.approx(1)
    assert share(FOUND, 16, "linear", 256) == pytest.approx(-0.71 / 0.15)
    assert share({**FOUND, ("small", 16): seeds(0.8, 0.8)}, 16, "root", 256) is None


def test_what_diverges_has_learned_nothing_and_no_loss():
    query = "batches=1437&epochs=4&seeds=2&eta=10&activation=relu&hidden=256,256,256"
    wild = rows(query)["momentum_warm", 1437]
    assert (wild["validation"], wild["loss"]) == (0.0, None)
    assert pictures("both", query)[-1].facts["diverged"] >= 2
    assert pictures("both", QUICK)[-1].facts["diverged"] == 0


def test_large_batches_must_be_larger_than_the_small_one():
    with pytest.raises(Exception, match="more than 16, the small batch"):
        address.read("both", "batches=16,64")


def test_linear_scaling_helps_up_to_a_tenth_of_the_data_and_throws_out_with_a_third():
    """What docs/experiments.md says, with two seeds."""
    found = rows("batches=144,512&seeds=2")
    assert found["plain", 144]["validation"] < found["linear", 144]["validation"] - 0.02
    assert found["linear", 144]["validation"] > 0.94
    for name in ("linear", "warm", "momentum_warm"):
        assert found[name, 512]["validation"] < 0.4
    assert found["momentum_root", 512]["validation"] > found["plain", 512]["validation"] + 0.05

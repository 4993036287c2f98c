"""Examples: antithetic pairs for formulas, real columns for data surfaces."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.surfaces.catalogue import SURFACES
from app.surfaces.data import (
    COLUMNS,
    SHIFT,
    TILT,
    antithetic,
    classes,
    column_examples,
    formula_examples,
    identity,
    line,
    neuron,
    standard,
)

counts = st.integers(1, 200)
seeds = st.integers(0, 2**31 - 1)
DRAWS = [row.draw for row in SURFACES if row.draw]


@given(counts, seeds)
def test_z_comes_in_pairs_that_cancel_exactly(count, data):
    z = antithetic(count, data)
    even = count - count % 2
    assert z.shape == (2, count)
    assert np.array_equal(z[:, 0:even:2], -z[:, 1:even:2])
    assert np.abs(z.sum(axis=1)).max() < 1e-12


@given(counts.filter(lambda count: count % 2 == 1), seeds)
def test_an_odd_number_of_examples_has_one_at_zero(count, data):
    z = antithetic(count, data)
    assert (z[:, -1] == 0).all()
    assert np.count_nonzero((z == 0).all(axis=0)) == 1


@given(st.integers(4, 200), seeds)
def test_z_has_unit_variance_along_every_direction(count, data):
    z = antithetic(count, data)
    assert z @ z.T / count == pytest.approx(np.eye(2), abs=1e-9)


@given(st.integers(2, 3), seeds)
def test_one_pair_alone_has_unit_variance_on_average_over_the_axes(count, data):
    assert np.mean(antithetic(count, data) ** 2) == pytest.approx(1)


@given(counts, seeds)
def test_every_odd_moment_vanishes(count, data):
    x, y = antithetic(count, data)
    for power in ((3, 0), (2, 1), (1, 2), (0, 3)):
        assert abs(np.sum(x ** power[0] * y ** power[1])) < 1e-9


@given(counts, seeds, st.sampled_from(["shift", "tilt"]))
def test_the_same_seed_draws_the_same_examples(count, data, noise):
    one, other = (formula_examples(count, 0.3, noise, data) for _ in range(2))
    assert np.array_equal(one, other)


def test_another_seed_draws_other_examples():
    drawn = {antithetic(20, data).tobytes() for data in range(100)}
    assert len(drawn) == 100


def test_drawing_leaves_the_global_generator_alone():
    before = np.random.get_state()[1].copy()
    antithetic(20, 1)
    for draw in DRAWS:
        column_examples(draw, 20, 1)
    assert np.array_equal(np.random.get_state()[1], before)


@pytest.mark.parametrize("noise", ["shift", "tilt"])
def test_without_spread_there_is_the_formula_alone(noise):
    examples = formula_examples(20, 0, noise, 1)
    assert examples.shape == (6, 1)
    assert not examples.any()


@pytest.mark.parametrize(("noise", "rows"), [("shift", SHIFT), ("tilt", TILT)])
def test_the_noise_stands_in_its_own_rows_and_grows_with_the_spread(noise, rows):
    examples = formula_examples(20, 0.3, noise, 5)
    assert np.array_equal(examples[rows], 0.3 * antithetic(20, 5))
    examples[rows] = 0
    assert not examples.any()


@pytest.mark.parametrize("draw", DRAWS, ids=lambda draw: draw.__name__)
@pytest.mark.parametrize("count", [1, 2, 3, 20, 200])
def test_columns_are_finite_and_come_from_their_seed(draw, count):
    one, again, other = (column_examples(draw, count, data) for data in (1, 1, 2))
    assert one.shape == (6, count)
    assert np.isfinite(one).all()
    assert np.array_equal(one, again)
    assert not one[:4].any()
    assert not np.array_equal(one, other) or (draw is identity and count == 1)


@given(st.integers(3, 200), seeds)
def test_the_toy_network_is_exactly_the_lecture_s_network(count, data):
    """Mean x² = 1 and noise at right angles to x: mean (y − wx)² = (1 − w)² + a constant."""
    x, y = column_examples(identity, count, data)[COLUMNS]
    noise = y - x
    assert np.mean(x * x) == pytest.approx(1)
    assert np.mean(noise * x) == pytest.approx(0, abs=1e-12)


def test_labels_are_zero_and_one_and_both_occur():
    for data in range(20):
        x, label = column_examples(classes, 40, data)[COLUMNS]
        assert set(label.tolist()) == {0.0, 1.0}
        assert x[label == 1].mean() > x[label == 0].mean()


def test_the_line_and_the_neuron_scatter_around_what_they_say():
    x, y = column_examples(line, 200, 3)[COLUMNS]
    assert np.polyfit(x, y, 1) == pytest.approx([0.8, 0.5], abs=0.1)
    x, y = column_examples(neuron, 200, 3)[COLUMNS]
    assert np.mean((y - 1.5 * np.tanh(1.2 * x)) ** 2) == pytest.approx(0.2**2, rel=0.3)


def test_standard_has_mean_zero_and_mean_square_one():
    values = standard(np.array([1.0, 2.0, 4.0]))
    assert values.mean() == pytest.approx(0)
    assert np.mean(values**2) == pytest.approx(1)
    assert standard(np.array([3.0, 3.0])).tolist() == [1.0, 1.0]
    assert standard(np.array([-3.0])).tolist() == [-1.0]

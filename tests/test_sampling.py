"""Batches and epochs: permutations, seeds, and which updates see which examples."""

from collections import Counter
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sampling import (
    SHUFFLES,
    batch_sizes,
    batches,
    epoch_order,
    lanes_of_seeds,
    updates_per_epoch,
)
from app.scene import Scene, SceneError

seeds = st.integers(0, 2**31 - 1)
epochs = st.integers(0, 5000)
EACH, ONCE, REPLACEMENT = SHUFFLES


@st.composite
def sizes(draw, least=1):
    """(N, B) with 1 ≤ B ≤ N ≤ 200."""
    examples = draw(st.integers(least, 200))
    return examples, draw(st.integers(1, examples))


def flat(order):
    return [index for batch in order for index in batch]


def orders(examples, seed, count, shuffle=EACH):
    """The order of many epochs at B = 1, one row per epoch."""
    return batches(examples, 1, shuffle, seed, 0, count * examples).reshape(count, examples)


def chi_square(counts, expected):
    return float(((np.asarray(counts) - expected) ** 2 / expected).sum())


@given(sizes(), seeds, epochs, st.sampled_from([EACH, ONCE]))
def test_each_epoch_is_a_permutation_cut_into_batches(size, seed, epoch, shuffle):
    examples, batch = size
    order = epoch_order(examples, batch, shuffle, seed, epoch)
    assert sorted(flat(order)) == list(range(examples))
    assert len(order) == updates_per_epoch(examples, batch)
    assert [len(part) for part in order[:-1]] == [batch] * (len(order) - 1)
    assert len(order[-1]) == examples - batch * (len(order) - 1)


@given(sizes())
def test_updates_per_epoch_is_the_rounded_up_quotient(size):
    examples, batch = size
    expected = next(k for k in range(1, examples + 1) if k * batch >= examples)
    assert updates_per_epoch(examples, batch) == expected


@given(sizes(10).filter(lambda size: size[1] < size[0]), seeds, epochs)
def test_consecutive_epochs_differ(size, seed, epoch):
    examples, batch = size
    one, other = (epoch_order(examples, batch, EACH, seed, e) for e in (epoch, epoch + 1))
    assert one != other


def test_among_many_epochs_of_ten_examples_no_two_neighbours_are_equal():
    found = orders(10, 7, 20_000)
    assert not (found[1:] == found[:-1]).all(axis=1).any()


@given(sizes(), seeds, epochs, st.sampled_from(SHUFFLES))
def test_the_same_seed_gives_the_same_order(size, seed, epoch, shuffle):
    examples, batch = size
    one, other = (epoch_order(examples, batch, shuffle, seed, epoch) for _ in range(2))
    assert one == other


def test_other_seeds_give_other_orders():
    drawn = {tuple(flat(epoch_order(20, 1, EACH, seed, 0))) for seed in range(1000)}
    assert len(drawn) == 1000


def test_neither_neighbouring_seeds_nor_epochs_share_their_orders():
    """(seed, epoch) and (seed+1, epoch−1) must not meet: no sum of the two is drawn from."""
    drawn = {tuple(row) for seed in range(40) for row in orders(20, seed, 40).tolist()}
    assert len(drawn) == 40 * 40


@given(sizes(), seeds, st.integers(0, 300), st.integers(1, 60), st.sampled_from(SHUFFLES))
def test_any_update_can_be_reached_without_the_ones_before_it(size, seed, first, count, shuffle):
    examples, batch = size
    whole = batches(examples, batch, shuffle, seed, 0, first + count)
    part = batches(examples, batch, shuffle, seed, first, count)
    assert np.array_equal(whole[first:], part)
    lengths = batch_sizes(examples, batch, 0, first + count)
    assert np.array_equal(lengths[first:], batch_sizes(examples, batch, first, count))


@given(sizes(), seeds)
def test_the_rows_of_batches_are_the_batches_of_the_epochs(size, seed):
    examples, batch = size
    per_epoch = updates_per_epoch(examples, batch)
    rows = batches(examples, batch, EACH, seed, 0, 3 * per_epoch)
    lengths = batch_sizes(examples, batch, 0, 3 * per_epoch)
    listed = [
        part for epoch in range(3) for part in epoch_order(examples, batch, EACH, seed, epoch)
    ]
    assert [row[:many].tolist() for row, many in zip(rows, lengths, strict=True)] == listed


@given(sizes().filter(lambda size: size[1] < size[0]), seeds, epochs)
def test_shuffled_once_every_epoch_is_the_first(size, seed, epoch):
    examples, batch = size
    first = epoch_order(examples, batch, EACH, seed, 0)
    assert epoch_order(examples, batch, ONCE, seed, epoch) == first


@given(st.integers(1, 200), seeds, epochs, st.sampled_from([EACH, ONCE]))
def test_the_full_batch_is_in_natural_order(examples, seed, epoch, shuffle):
    assert epoch_order(examples, examples, shuffle, seed, epoch) == [list(range(examples))]


@given(sizes().filter(lambda size: size[1] < size[0]), seeds, epochs)
def test_with_replacement_every_index_is_one_of_the_examples(size, seed, epoch):
    examples, batch = size
    drawn = flat(epoch_order(examples, batch, REPLACEMENT, seed, epoch))
    assert len(drawn) == examples
    assert set(drawn) <= set(range(examples))


def test_with_replacement_examples_repeat_as_often_as_they_should():
    """Of N draws N·(1 − (1 − 1/N)^N) are different on average; an epoch is no permutation."""
    found = orders(20, 7, 5000, REPLACEMENT)
    different = np.mean([len(set(row)) for row in found.tolist()])
    assert different == pytest.approx(20 * (1 - 0.95**20), abs=0.1)


@pytest.mark.parametrize("runs", ["run=gd", "run=gd,batch:20", "run=gd,batch:5&run=momentum"])
def test_with_replacement_the_full_batch_is_refused(runs):
    with pytest.raises(SceneError, match="shuffle"):
        Scene.parse(f"surface=two-valleys&spread=0.25&shuffle=replacement&{runs}")
    Scene.parse("surface=two-valleys&spread=0.25&shuffle=replacement&run=gd,batch:19")


def test_an_example_is_on_average_everywhere_equally_often():
    """Counts of (example, place) over epochs: χ² with 25 degrees of freedom (99.99 %: 64)."""
    counts = np.zeros((6, 6))
    for row in orders(6, 7, 6000).tolist():
        counts[row, range(6)] += 1
    assert chi_square(counts, 1000) < 64


def test_all_orders_of_four_examples_are_equally_likely_over_the_epochs():
    """χ² with 23 degrees of freedom (99.99 %: 60)."""
    counted = Counter(map(tuple, orders(4, 11, 24_000).tolist()))
    assert chi_square([counted[order] for order in permutations(range(4))], 1000) < 60


def test_all_orders_of_four_examples_are_equally_likely_over_the_seeds():
    counted = Counter(tuple(flat(epoch_order(4, 1, EACH, seed, 3))) for seed in range(12_000))
    assert chi_square([counted[order] for order in permutations(range(4))], 500) < 60


def test_an_epoch_says_nothing_about_the_next():
    """Counts of (first example now, first example next): χ², 24 degrees (99.99 %: 61)."""
    first = orders(5, 3, 25_000)[:, 0]
    counts = np.zeros((5, 5))
    np.add.at(counts, (first[:-1], first[1:]), 1)
    assert chi_square(counts, 1000) < 61


@pytest.mark.parametrize("examples", [3, 7, 20, 200])
def test_draws_with_replacement_are_uniform(examples):
    """The bound allows five standard deviations of χ²."""
    drawn = batches(examples, 1, REPLACEMENT, 5, 0, 1000 * examples).ravel()
    free = examples - 1
    assert chi_square(np.bincount(drawn, minlength=examples), 1000) < free + 5 * (2 * free) ** 0.5


@given(sizes(), seeds, st.integers(0, 1000))
def test_a_short_last_batch_leaves_the_end_of_its_row_at_zero(size, seed, first):
    examples, batch = size
    row = batches(examples, batch, EACH, seed, first, 1)[0]
    many = batch_sizes(examples, batch, first, 1)[0]
    assert not row[many:].any()
    assert 1 <= many <= batch


@given(
    sizes(), seeds, st.integers(1, 9), st.integers(0, 300), st.integers(1, 60),
    st.sampled_from(SHUFFLES),
)  # fmt: skip
def test_many_seeds_at_once_are_each_seed_alone(size, seed, lanes, first, count, shuffle):
    examples, batch = size
    many = np.arange(seed, seed + lanes)
    index, used = lanes_of_seeds(examples, batch, shuffle, many, first, count)
    for lane, one in enumerate(many.tolist()):
        alone = batches(examples, batch, shuffle, one, first, count)
        assert (index[:, lane * batch : (lane + 1) * batch] == alone).all()
        assert (used[:, lane] == batch_sizes(examples, batch, first, count)).all()


GOLDEN, END = 0x9E3779B97F4A7C15, 2**64


def mixed(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) % END
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) % END
    return z ^ (z >> 31)


def order_by_hand(examples, seed, epoch):
    """SplitMix64 and the shuffle of Fisher and Yates in Python's whole numbers."""
    z = mixed((mixed((seed + GOLDEN) % END) + epoch * 0xD1B54A32D192ED03) % END)
    order = list(range(examples))
    for i in range(examples - 1, 0, -1):
        drawn = END
        while drawn >= END - END % (i + 1):
            z = (z + GOLDEN) % END
            drawn = mixed(z)
        j = drawn % (i + 1)
        order[i], order[j] = order[j], order[i]
    return order


@given(st.integers(2, 200), seeds, epochs)
def test_the_order_is_the_one_that_is_written_down(examples, seed, epoch):
    """Addresses must give the same numbers for ever: no other shuffle may take its place."""
    assert flat(epoch_order(examples, 1, EACH, seed, epoch)) == order_by_hand(examples, seed, epoch)


def test_no_batch_is_carried_over_an_epoch_s_end():
    """25 of 60: 25, 25, 10, and the next epoch begins with a whole batch of its own order."""
    sizes = batch_sizes(60, 25, 0, 6).tolist()
    assert sizes == [25, 25, 10, 25, 25, 10]
    next_order = order_by_hand(60, 7, 1)
    assert batches(60, 25, EACH, 7, 3, 1)[0].tolist() == next_order[:25]

"""Which examples form which batch in which epoch.

The order of epoch e is drawn from (seed, e) alone, so any update can be reached without
the ones before it. Every epoch is one pass over all N examples, cut into ⌈N/B⌉ batches; a
short last batch stays short. Batch N is the natural order: plain gradient descent.
The generator is SplitMix64 (Steele, Lea and Flood 2014), passed along, never global.
"""

import numpy as np
from numpy.typing import NDArray

from app.kernels import compiled, counts, grid_of_counts, kernel, types, whole

Counts = NDArray[np.int64]
EACH_EPOCH, ONCE, REPLACEMENT = range(3)
SHUFFLES = ("each-epoch", "once", "replacement")

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
MIX_2 = np.uint64(0x94D049BB133111EB)
EPOCHS_APART = np.uint64(0xD1B54A32D192ED03)


@compiled
def mixed(z: np.uint64) -> np.uint64:
    z = (z ^ (z >> np.uint64(30))) * MIX_1
    z = (z ^ (z >> np.uint64(27))) * MIX_2
    return z ^ (z >> np.uint64(31))


@compiled
def stream(seed: int, epoch: int) -> np.uint64:
    """Where the numbers of (seed, epoch) begin."""
    return mixed(mixed(np.uint64(seed) + GOLDEN) + np.uint64(epoch) * EPOCHS_APART)


@compiled
def below(z: np.uint64, bound: int) -> tuple[np.uint64, np.int64]:
    """The next state and a whole number 0 … bound−1, each equally likely.

    A draw from the last, incomplete multiple of `bound` below 2⁶⁴ is drawn again.
    """
    while True:
        z += GOLDEN
        drawn = mixed(z)
        rest = drawn % np.uint64(bound)
        if drawn - rest <= np.uint64(0) - np.uint64(bound):
            return z, np.int64(rest)


@compiled
def shuffle(seed: int, epoch: int, order: Counts) -> None:
    """Writes the permutation of (seed, epoch): Fisher and Yates."""
    z = stream(seed, epoch)
    for i in range(len(order)):
        order[i] = i
    for i in range(len(order) - 1, 0, -1):
        z, j = below(z, i + 1)
        order[i], order[j] = order[j], order[i]


@compiled
def draw(seed: int, epoch: int, order: Counts) -> None:
    """Writes independent draws: sampling with replacement."""
    z = stream(seed, epoch)
    for i in range(len(order)):
        z, order[i] = below(z, len(order))


@compiled
def write_order(seed: int, epoch: int, kind: int, order: Counts) -> None:
    if kind == REPLACEMENT:
        draw(seed, epoch, order)
    else:
        shuffle(seed, 0 if kind == ONCE else epoch, order)


@kernel(types.void(whole, whole, counts, whole, whole, grid_of_counts))
def write_batches(seed: int, kind: int, order: Counts, batch: int, first: int, out: Counts) -> None:
    """Example indices of updates first … first+len(out)−1, one row of `batch` each.

    A short last batch leaves the end of its row at 0; batch_sizes says how many count.
    `order` has room for one epoch's examples.
    """
    examples = len(order)
    per_epoch = (examples + batch - 1) // batch
    for row in range(len(out)):
        epoch = (first + row) // per_epoch
        place = (first + row) % per_epoch
        if row == 0 or place == 0:
            write_order(seed, epoch, kind, order)
        for i in range(batch):
            at = place * batch + i
            out[row, i] = order[at] if at < examples else 0


@kernel(types.void(counts, whole, counts, whole, whole, grid_of_counts, grid_of_counts))
def write_lanes(
    seeds: Counts, kind: int, order: Counts, batch: int, first: int, out: Counts, sizes: Counts
) -> None:
    """The same for many seeds at once, lane i in columns i·batch … (i+1)·batch−1 of `out`.

    sizes (updates, lanes) receives how many of a row count. Epoch by epoch, so that the rows
    being written stay in the nearest cache.
    """
    examples = len(order)
    per_epoch = (examples + batch - 1) // batch
    last = first + len(out)
    for epoch in range(first // per_epoch, (last - 1) // per_epoch + 1):
        begin = epoch * per_epoch
        low, high = max(begin, first), min(begin + per_epoch, last)
        for lane in range(len(seeds)):
            write_order(seeds[lane], epoch, kind, order)
            for update in range(low, high):
                place = (update - begin) * batch
                sizes[update - first, lane] = min(batch, examples - place)
                for i in range(batch):
                    at = place + i
                    out[update - first, lane * batch + i] = order[at] if at < examples else 0


def updates_per_epoch(examples: int, batch: int) -> int:
    return -(-examples // batch)


def batch_sizes(examples: int, batch: int, first: int, count: int) -> Counts:
    """How many examples the batches of updates first … first+count−1 hold."""
    place = np.arange(first, first + count) % updates_per_epoch(examples, batch)
    return np.minimum(batch, examples - place * batch)


def batches(examples: int, batch: int, shuffle: str, seed: int, first: int, count: int) -> Counts:
    """Example indices, (count, batch); natural order for the full batch."""
    out = np.empty((count, batch), np.int64)
    if batch == examples:
        out[:] = np.arange(examples)
    else:
        order = np.empty(examples, np.int64)
        write_batches(seed, SHUFFLES.index(shuffle), order, batch, first, out)
    return out


def lanes_of_seeds(
    examples: int, batch: int, shuffle: str, seeds: Counts, first: int, count: int
) -> tuple[Counts, Counts]:
    """Example indices (count, lanes · batch) and batch sizes (count, lanes), a lane per seed."""
    index = np.empty((count, len(seeds) * batch), np.int64)
    sizes = np.empty((count, len(seeds)), np.int64)
    if batch == examples:
        index[:] = np.tile(np.arange(examples), len(seeds))
        sizes[:] = batch
    else:
        order = np.empty(examples, np.int64)
        write_lanes(seeds, SHUFFLES.index(shuffle), order, batch, first, index, sizes)
    return index, sizes


def epoch_order(examples: int, batch: int, shuffle: str, seed: int, epoch: int) -> list[list[int]]:
    """The batches of one epoch as lists of example indices."""
    per_epoch = updates_per_epoch(examples, batch)
    rows = batches(examples, batch, shuffle, seed, epoch * per_epoch, per_epoch)
    sizes = batch_sizes(examples, batch, epoch * per_epoch, per_epoch)
    return [row[:size].tolist() for row, size in zip(rows, sizes, strict=True)]

"""The images an experiment learns from, as examples for training and for validation.

The handwritten digits of the project's data folder (data/README.md says whose they are), cut
in two by a seed; or MNIST, where the setting `mnist` names a folder that has its four files.
An image is one row of pixels from 0 to 1 and a last 1, with which a layer's bias is the last
row of its matrix.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from app import settings
from app.experiments.idx import Bytes, read_labels, read_pair
from app.sampling import Counts, batches
from app.surfaces.data import Singles

FILE = settings.PROJECT / "data" / "digits.npz"
CLASSES = 10
TRAINED = 0.8  # share of the digits that is trained on: 1,437 of 1,797
INK = 16  # the darkest pixel of the digits, as their authors counted it
SETS = ("digits", "mnist")


@dataclass(frozen=True)
class Examples:
    """`pixels` (n, inputs + 1), the last column 1, and `labels` (n,) from 0 to 9."""

    pixels: Singles
    labels: Counts

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def inputs(self) -> int:
        return int(self.pixels.shape[1]) - 1


@dataclass(frozen=True)
class Digits:
    training: Examples
    validation: Examples


def examples_of(images: Bytes, labels: Bytes, darkest: int) -> Examples:
    """Rows of pixels from 0 to 1 of images (n, height, width)."""
    rows = images.reshape(len(images), -1)
    pixels = np.ones((len(rows), rows.shape[1] + 1), np.float32)
    np.divide(rows, np.float32(darkest), out=pixels[:, :-1])
    return Examples(pixels, labels.astype(np.int64))


def digits(name: str, seed: int) -> Digits:
    """The set of this name. NotIdx where MNIST is not on this machine.

    The seed decides which digits are trained on; MNIST comes with a test set, which is the
    validation here whatever the seed.
    """
    return mnist(mnist_folder()) if name == "mnist" else split(seed)


def count(name: str) -> int:
    """How many examples a set has to train on. NotIdx where MNIST is not on this machine."""
    return len(read_labels(mnist_folder())) if name == "mnist" else int(TRAINED * len(everything()))


def mnist_folder() -> Path:
    return settings.PROJECT / str(settings.setting("mnist") or "no-such-folder")


@lru_cache(maxsize=1)
def mnist(folder: Path) -> Digits:
    return Digits(*(examples_of(*read_pair(folder, name), 255) for name in ("train", "t10k")))


@lru_cache(maxsize=1)
def everything() -> Examples:
    """All 1,797 digits in the order of the file."""
    with np.load(FILE) as kept:
        return examples_of(kept["images"], kept["labels"], INK)


def split(seed: int) -> Digits:
    """The digits in an order drawn from the seed, cut in two."""
    whole = everything()
    order = batches(len(whole), 1, "once", seed, 0, len(whole))[:, 0]
    cut = int(TRAINED * len(whole))
    return Digits(chosen(whole, order[:cut]), chosen(whole, order[cut:]))


def chosen(examples: Examples, index: Counts) -> Examples:
    return Examples(examples.pixels[index], examples.labels[index])


def tiled(examples: Examples, count: int) -> Examples:
    """The same examples again and again until there are `count`; for timing alone."""
    return chosen(examples, np.arange(count) % len(examples))

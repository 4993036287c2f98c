"""The images of the experiments: the file, its split, and MNIST from a folder of one's own."""

import gzip
import struct

import numpy as np
import pytest

from app.experiments import address
from app.experiments import digits as room
from app.experiments.digits import digits, everything, mnist, split, tiled
from app.experiments.idx import NotIdx, read_idx, read_pair
from app.experiments.table import EXPERIMENTS
from app.experiments.worker import MADE
from app.settings import PROJECT

# How many of each digit the authors' test set has (UCI, DOI 10.24432/C50P49).
COUNTS = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]


def test_the_file_holds_the_digits_as_they_were_published():
    with np.load(PROJECT / "data" / "digits.npz") as kept:
        images, labels = kept["images"], kept["labels"]
    assert images.shape == (1797, 8, 8)
    assert images.dtype == labels.dtype == np.uint8
    assert (images.min(), images.max()) == (0, 16)
    assert np.bincount(labels).tolist() == COUNTS
    assert images[0, 0].tolist() == [0, 0, 5, 13, 9, 1, 0, 0]
    assert labels[:10].tolist() == list(range(10))


def test_the_file_is_small_and_says_whose_it_is():
    assert (PROJECT / "data" / "digits.npz").stat().st_size < 50_000
    said = (PROJECT / "data" / "README.md").read_text("utf-8")
    assert "Alpaydin and C. Kaynak" in said
    assert "10.24432/C50P49" in said
    assert "Attribution 4.0" in said


def test_pixels_reach_from_0_to_1_and_end_with_a_1_for_the_bias():
    whole = everything()
    assert whole.pixels.shape == (1797, 65)
    assert whole.pixels.dtype == np.float32
    assert (whole.pixels.min(), whole.pixels.max()) == (0, 1)
    assert (whole.pixels[:, -1] == 1).all()
    assert whole.pixels[0, :4].tolist() == [0, 0, 5 / 16, 13 / 16]
    assert whole.inputs == 64


def rows(examples):
    pairs = zip(examples.pixels.tolist(), examples.labels.tolist(), strict=True)
    return {(*pixels, label) for pixels, label in pairs}


@pytest.mark.parametrize("seed", [0, 1, 12345])
def test_a_split_holds_every_digit_once(seed):
    both = split(seed)
    assert (len(both.training), len(both.validation)) == (1437, 360)
    assert rows(both.training) | rows(both.validation) == rows(everything())
    labels = np.concatenate([both.training.labels, both.validation.labels])
    assert np.bincount(labels).tolist() == COUNTS


def test_the_same_seed_splits_alike_and_another_does_not():
    assert (split(3).training.labels == split(3).training.labels).all()
    assert (split(3).training.labels != split(4).training.labels).any()


def test_tiling_repeats_the_examples_in_their_order():
    some = split(0).training
    many = tiled(some, 3000)
    assert len(many) == 3000
    np.testing.assert_array_equal(many.pixels[1437:2874], some.pixels)
    np.testing.assert_array_equal(many.labels[2874:], some.labels[:126])


def idx(array):
    """The bytes of an IDX file."""
    head = struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape)
    return head + array.astype(np.uint8).tobytes()


@pytest.fixture
def folder(tmp_path):
    """A very small MNIST: 30 images of 5 × 4 to train on, 10 for the test, packed."""
    for name, count in (("train", 30), ("t10k", 10)):
        images = np.arange(count * 20).reshape(count, 5, 4) % 256
        labels = np.arange(count) % 10
        (tmp_path / f"{name}-images-idx3-ubyte").write_bytes(idx(images))
        (tmp_path / f"{name}-labels-idx1-ubyte.gz").write_bytes(gzip.compress(idx(labels)))
    mnist.cache_clear()
    yield tmp_path
    mnist.cache_clear()


def test_idx_files_are_read_packed_or_not(folder):
    images, labels = read_pair(folder, "train")
    np.testing.assert_array_equal(images, np.arange(600).reshape(30, 5, 4) % 256)
    np.testing.assert_array_equal(labels, np.arange(30) % 10)


def test_mnist_is_read_from_the_folder_of_the_setting(folder, monkeypatch):
    monkeypatch.setenv("DOWNHILL_MNIST", str(folder))
    found = digits("mnist", 0)
    assert (len(found.training), len(found.validation)) == (30, 10)
    assert found.training.pixels.shape == (30, 21)
    assert found.training.pixels[12, 15] == pytest.approx(255 / 255)
    assert (found.training.pixels[:, -1] == 1).all()


FEW = {
    "time": "batches=1,30&examples=100&repeats=3",
    "accuracy": "batches=4,30&epochs=1&updates=5&seconds=0.01&seeds=2",
    "gradient": "batches=1,30&small=4&epochs=1&seeds=2",
    "sharp": "small=2&large=15&target=2&epochs=200&seeds=2&hidden=4",
    "both": "small=2&batches=4,30&epochs=1&seeds=2",
    "minima": "hidden=2&batch=4&epochs=1&looks=2&seeds=2",
    "plane": "small=2&large=30&epochs=2&resolution=9&hidden=4",
}


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_every_experiment_takes_idx_files(folder, monkeypatch, name):
    monkeypatch.setenv("DOWNHILL_MNIST", str(folder))
    asked = address.read(name, f"images=mnist&{FEW[name]}")
    *_, last = MADE[name](asked.knobs)
    assert last.progress == 1
    assert last.series
    assert last.facts


def test_without_the_setting_there_is_no_mnist():
    with pytest.raises(NotIdx, match="cannot be read"):
        digits("mnist", 0)


WHOLE = idx(np.zeros((3, 2, 2)))
BROKEN = {
    "empty": b"",
    "no idx": b"PK\x03\x04 and so on",
    "floats": WHOLE[:2] + b"\x0d" + WHOLE[3:],
    "cut within its head": WHOLE[:9],
    "cut within its values": WHOLE[:-1],
    "too long": WHOLE + b"\0",
    "too many": struct.pack(">HBB3I", 0, 8, 3, 2**31, 2**31, 2**31),
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_what_is_no_idx_file_is_refused_in_words(tmp_path, data):
    path = tmp_path / "train-images-idx3-ubyte"
    path.write_bytes(data)
    with pytest.raises(NotIdx, match="train-images-idx3-ubyte"):
        read_idx(path)


def test_a_damaged_packed_file_is_refused_in_words(tmp_path):
    (tmp_path / "train-images-idx3-ubyte.gz").write_bytes(gzip.compress(WHOLE)[:-9])
    with pytest.raises(NotIdx, match="cannot be read"):
        read_idx(tmp_path / "train-images-idx3-ubyte")


def test_images_and_labels_that_do_not_fit_are_refused(folder):
    (folder / "train-labels-idx1-ubyte.gz").write_bytes(gzip.compress(idx(np.zeros(29))))
    with pytest.raises(NotIdx, match="do not fit"):
        read_pair(folder, "train")


def test_nothing_of_this_room_is_fetched():
    source = (PROJECT / "app" / "experiments" / "digits.py").read_text("utf-8")
    assert "http" not in source
    assert room.FILE.is_file()

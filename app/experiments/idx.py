"""Reads IDX files, the format of MNIST: `train-images-idx3-ubyte` and its three neighbours.

Nothing is fetched: the files are those of a folder on this machine, packed with gzip or not.
The format: two zero bytes, the type (8 for whole bytes), how many dimensions, each dimension
as a big-endian 32-bit number, then the values (LeCun, Cortes and Burges).
"""

import gzip
import math
import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
WHOLE_BYTES = 8
MOST = 200_000_000  # values of one file; MNIST has 47 million


class NotIdx(ValueError):
    """A file that is missing or no IDX file, in words."""


def read_idx(path: Path) -> Bytes:
    """The array of one file. NotIdx when it is none."""
    data = contents(path)
    if len(data) < 4 or data[:2] != b"\0\0" or data[2] != WHOLE_BYTES:
        raise NotIdx(f"{path.name} is no IDX file of bytes")
    begin = 4 + 4 * data[3]
    if len(data) < begin:
        raise NotIdx(f"{path.name} ends within its head")
    shape = struct.unpack(f">{data[3]}I", data[4:begin])
    count = math.prod(shape)
    if count > MOST or len(data) - begin != count:
        raise NotIdx(f"{path.name} should hold {count:,} values and holds {len(data) - begin:,}")
    return np.frombuffer(data, np.uint8, offset=begin).reshape(shape)


def contents(path: Path) -> bytes:
    """The bytes of a file, or of the packed one beside its name."""
    packed = path.with_name(f"{path.name}.gz")
    try:
        if path.exists():
            return path.read_bytes()
        with gzip.open(packed) as file:
            return file.read(MOST + 1024)
    except (OSError, EOFError) as error:
        raise NotIdx(f"{path.name} cannot be read") from error


def read_pair(folder: Path, name: str) -> tuple[Bytes, Bytes]:
    """Images (n, height, width) and labels (n,) of one set, `train` or `t10k`."""
    images = read_idx(folder / f"{name}-images-idx3-ubyte")
    labels = read_labels(folder, name)
    if images.ndim != 3 or labels.shape != images.shape[:1] or not len(labels):
        raise NotIdx(f"{name}: images {images.shape} and labels {labels.shape} do not fit")
    return images, labels


def read_labels(folder: Path, name: str = "train") -> Bytes:
    """The labels (n,) of one set."""
    return read_idx(folder / f"{name}-labels-idx1-ubyte")

"""What Keskar et al. measured, as their paper prints it: arXiv 1609.04836v2, tables 1, 2 and 3.

Means of five trials with ADAM. F1 is fully connected, on MNIST, the nearest to what is measured
here; F2 on TIMIT; C1 to C4 are convolutional, on CIFAR-10 and CIFAR-100. The small batch is 256,
the large one 10 % of the training data. Sharpness is in the full space.
"""

from app.experiments.picture import Cell

# network: training accuracy, testing accuracy, sharpness at ε = 1e-3 and at 5e-4
SMALL = {
    "F1": (0.9966, 0.9803, 1.23, 0.61),
    "F2": (0.9999, 0.6402, 1.39, 0.90),
    "C1": (0.9989, 0.8004, 28.58, 7.08),
    "C2": (0.9999, 0.8924, 8.68, 2.07),
    "C3": (0.9956, 0.4958, 29.85, 8.56),
    "C4": (0.9910, 0.6308, 12.83, 4.07),
}
LARGE = {
    "F1": (0.9992, 0.9781, 205.14, 42.90),
    "F2": (0.9835, 0.5945, 310.64, 93.15),
    "C1": (0.9966, 0.7726, 707.23, 227.31),
    "C2": (0.9999, 0.8726, 925.32, 175.31),
    "C3": (0.9988, 0.4645, 258.75, 105.11),
    "C4": (0.9957, 0.5781, 421.84, 109.35),
}


def row(network: str, size: str, figures: tuple[float, float, float, float]) -> list[Cell]:
    """In the columns of the experiment `sharp`; what the paper does not print is None."""
    training, testing, wide, narrow = figures
    batch = 256 if size == "small" else None
    return [
        network, size, batch, None, 5, None, None, training, testing, None, None, None, None,
        wide, narrow,
    ]  # fmt: skip


PAPER = [
    row(network, size, figures[network])
    for network in SMALL
    for size, figures in (("small", SMALL), ("large", LARGE))
]

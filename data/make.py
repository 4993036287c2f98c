"""Makes digits.npz: `python data/make.py` where scikit-learn 1.9.1 is installed.

Only whoever wants to check the file needs this; the lab itself never imports scikit-learn.
"""

from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

HERE = Path(__file__).parent


def main() -> None:
    known = load_digits()
    images = known.images.astype(np.uint8)
    labels = known.target.astype(np.uint8)
    assert np.array_equal(images, known.images)
    np.savez_compressed(HERE / "digits.npz", images=images, labels=labels)


if __name__ == "__main__":
    main()

"""The batches around one update: how each epoch was cut, and every example's own gradient.

What the batch strip shows (B1, B2) and what a batch sees of the surface (B7). The order is
sampling.py's and the probes are the engine's; nothing is drawn or walked a second time here.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from app.analysis.anatomy import AROUND, Anatomy, anatomies, drawn, listed
from app.analysis.examples import example_numbers, example_slopes
from app.sampling import epoch_order, updates_per_epoch
from app.scene import Scene
from app.surfaces.data import Floats
from app.surfaces.surface import blocks, mean_slope
from app.trace import GRADIENT, PROBE


def told_batches(
    scene: Scene, of: int, index: int, wanted: Callable[[], bool] = lambda: True
) -> tuple[dict[str, Any], Floats]:
    """Updates index ± AROUND of one run: header, and columns (N·2·(1 + updates),) for drawing.

    The columns are the two numbers of every example, then its two gradients, per update.
    """
    (found,) = anatomies(scene, [of], index, AROUND, 1, wanted)
    batch, slopes = scene.batch_of(found.run), example_slopes(scene, found.taken(PROBE))
    kind, numbers = example_numbers(scene)
    head = {
        "of": of,
        "batch": batch,
        "examples": scene.examples,
        "kind": kind,
        "epochs": epochs(scene, batch, found.first, found.last),
        "updates": told_updates(found),
    }
    return head, np.concatenate([numbers[:, :, None], slopes], axis=2).transpose(2, 1, 0).ravel()


def epochs(scene: Scene, batch: int, first: int, last: int) -> list[dict[str, Any]]:
    """The epochs of these updates and the one after them, each cut into its batches."""
    per_epoch = updates_per_epoch(scene.examples, batch)
    order = scene.examples, batch, scene.shuffle, scene.seed
    return [
        {"epoch": epoch, "batches": epoch_order(*order, epoch)}
        for epoch in range(first // per_epoch, last // per_epoch + 2)
    ]


def told_updates(found: Anatomy) -> list[dict[str, Any]]:
    """Where each update's gradient was taken, the batch's gradient there and the full one."""
    per_epoch = updates_per_epoch(found.scene.examples, found.scene.batch_of(found.run))
    probes = found.taken(PROBE)
    with np.errstate(all="ignore"):  # the update that diverged
        full = found.scene.ground.slopes(*probes)[1:]
    columns = {
        "index": found.indices.tolist(),
        "place": (found.indices % per_epoch).tolist(),
        "probe": listed(probes),
        "gradient": listed(found.taken(GRADIENT)),
        "full": listed(full),
    } | drawn(found)
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def batch_grid(scene: Scene, examples: Sequence[int], x: Floats, y: Floats) -> Floats:
    """The mean loss of some examples on a grid, (len(y), len(x)): a batch's own surface."""
    ground = scene.ground
    across, up = (np.ascontiguousarray(part.ravel()) for part in np.meshgrid(x, y))
    which = [i % ground.examples.shape[1] for i in examples]
    batch, out = np.ascontiguousarray(ground.examples[:, which]), np.empty((3, len(across)))
    mean_slope(ground.slope, across, up, ground.constants, batch, *blocks(), out)
    return np.reshape(out[0], (len(y), len(x)))

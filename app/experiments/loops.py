"""The compiled loops of a network's training: what matrix products leave to be done.

The rules are the engine's own lines: n parameters are lanes of the two coordinates, cut into
tiles whose table of knobs stays in the nearest cache. State is float32, arithmetic of the
rules float64 where it meets a knob. This room knows no network, only its arrays.
"""

import math

import numpy as np

from app.engine import look_ahead, raise_powers, update_block
from app.kernels import counts, kernel, row, table, types, whole
from app.rules import ETA
from app.sampling import Counts
from app.surfaces.data import Floats, Singles

WIDE = 128  # lanes of a tile, two parameters each
single = types.float32[:, ::1]
tiles = types.float32[:, :, ::1]


@kernel(types.void(whole, types.float64, tiles, tiles, tiles, tiles, table, table))
def move(rule: int, eta: float, theta: Singles, g: Singles, m: Singles, v: Singles, power: Floats, knob: Floats) -> None:  # fmt: skip
    """One update of all parameters, in place; arrays (tiles, 2, WIDE), power and knob of one."""
    low, high = np.uint64(0), np.uint64(WIDE)
    for i in range(low, high):
        knob[ETA, i] = eta
    raise_powers(rule, power, knob, low, high)
    for k in range(len(theta)):
        for c in range(2):
            update_block(rule, theta[k], g[k], m[k], v[k], power, knob, c, low, high)


@kernel(types.void(tiles, tiles, tiles, table))
def aim(probe: Singles, theta: Singles, m: Singles, knob: Floats) -> None:
    """The point θ + λm at which Nesterov takes its gradient."""
    low, high = np.uint64(0), np.uint64(WIDE)
    for k in range(len(theta)):
        for c in range(2):
            for i in range(low, high):
                probe[k, c, i] = theta[k, c, i]
        look_ahead(probe[k], m[k], knob, low, high)


@kernel(types.void(single, counts, counts, single))
def logit_slopes(logits: Singles, labels: Counts, index: Counts, out: Singles) -> None:
    """∂/∂logits of the batch's mean cross-entropy: (softmax − one at the label) / n.

    index: which examples the rows of logits are.
    """
    n = np.float32(len(logits))
    for i in range(len(logits)):
        top, total = logits[i, 0], np.float32(0.0)
        for k in range(1, logits.shape[1]):
            top = max(top, logits[i, k])
        for k in range(logits.shape[1]):
            out[i, k] = math.exp(logits[i, k] - top)
            total += out[i, k]
        for k in range(logits.shape[1]):
            out[i, k] /= total * n
        out[i, labels[index[i]]] -= np.float32(1.0) / n


@kernel(types.void(whole, single, single))
def times_slope(relu: int, active: Singles, out: Singles) -> None:
    """Multiplies by the activation's derivative, told from its value: 1 − a², or 1 where a > 0."""
    for i in range(len(out)):
        if relu:
            for k in range(np.uint64(out.shape[1])):
                out[i, k] = out[i, k] if active[i, k] > np.float32(0.0) else np.float32(0.0)
        else:
            for k in range(np.uint64(out.shape[1])):
                out[i, k] *= np.float32(1.0) - active[i, k] * active[i, k]


@kernel(types.void(single, counts, row))
def judge(logits: Singles, labels: Counts, out: Floats) -> None:
    """Adds the cross-entropies of all rows to out[0], and how many are right to out[1].

    Right is the row whose largest logit is its label's; of equal ones the first counts.
    """
    for i in range(len(logits)):
        best, total = 0, 0.0
        for k in range(1, logits.shape[1]):
            best = k if logits[i, k] > logits[i, best] else best
        for k in range(logits.shape[1]):
            total += math.exp(float(logits[i, k]) - float(logits[i, best]))
        right = labels[i]
        out[0] += math.log(total) + float(logits[i, best]) - float(logits[i, right])
        out[1] += 1.0 if best == right else 0.0

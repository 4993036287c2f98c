"""The state of lanes between two calls of the engine, and the memory it lies in.

Cutting a walk changes nothing: whoever calls the engine again hands over the same Lanes.
This room allocates; it walks nothing.
"""

import math
from dataclasses import dataclass, replace

import numpy as np

from app.rules import ETA
from app.sampling import Counts
from app.surfaces.data import Floats

VECTOR = 64  # bytes of the widest vectors


@dataclass
class Lanes:
    """The state of n lanes between calls of `advance`; cutting a walk changes nothing."""

    theta: Floats  # (2, n), and so are m, v and power
    knob: Floats  # (KNOBS, n)
    factor: Floats
    groups: Counts
    limits: Floats
    eta: Floats
    m: Floats
    v: Floats
    power: Floats
    left: Counts


def at_rest(theta: Floats, knob: Floats, factor: Floats, groups: Counts, limits: Floats) -> Lanes:
    """Lanes before their first update: no movement, no memory."""
    n = theta.shape[1]
    state = np.zeros((6, n))  # one allocation: it shows in the time of a short walk
    m, v, power = state[0:2], state[2:4], state[4:6]
    power[:] = 1.0
    return Lanes(
        theta, knob, factor, groups, limits, knob[ETA].copy(), m, v, power, np.zeros(n, np.int64)
    )


def aligned(*shape: int) -> Floats:
    """Memory, not cleared, that begins where the widest vectors do."""
    size = math.prod(shape)
    room = np.empty(size + VECTOR // 8)
    begin = -room.ctypes.data % VECTOR // 8
    return room[begin : begin + size].reshape(shape)


def lined_up(lanes: Lanes) -> Lanes:
    """The same in aligned memory: a fifth faster where lanes are many, not worth it for a few."""
    state = [lanes.theta, lanes.m, lanes.v, lanes.power, lanes.eta[None], lanes.knob]
    room = np.concatenate(state, out=aligned(9 + len(lanes.knob), lanes.theta.shape[1]))
    theta, m, v, power = (room[low : low + 2] for low in range(0, 8, 2))
    return replace(lanes, theta=theta, m=m, v=v, power=power, eta=room[8], knob=room[9:])

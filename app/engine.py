"""The compiled loop over updates and lanes.

A lane is one point walked by one rule with its own knobs; neighbouring lanes with the same
rule and schedule form a group. One loop serves everything: the few mixed runs of a page,
seeds, cells of a map. A surface comes in as a first-class function, so the loop compiles
once. The engine knows neither scenes nor where batches come from.
"""

import math
from typing import Any

import numpy as np

from app.hessian import newton_direction, saddle_free_direction
from app.kernels import (  # fmt: skip
    box,
    compiled,
    counts,
    curve_at,
    grid_of_counts,
    inlined,
    kernel,
    row,
    slope_at,
    table,
    types,
    whole,
)
from app.rules import BETA1, BETA2, ETA, LAMBDA, RHO, adagrad, adamw, gd, momentum, newton, rmsprop
from app.sampling import Counts
from app.surfaces.data import Floats
from app.surfaces.surface import LANES, mean_of_block

# Lane numbers are unsigned inside, so that no index can count from the end and loops vectorise.
Lane = np.uint64 | int
REACH = 1000.0  # domain diagonals from the centre beyond which a lane has diverged

# Rows of the rule table, in its order (rules.CODE; a test holds them together).
GD, MOMENTUM, NESTEROV, ADAGRAD, RMSPROP, ADAM, ADAMW, NEWTON, SADDLE_FREE_NEWTON, SAM = range(10)
NARROW = 4  # lanes below which a group is not worth a vector loop


@inlined
def update_lane(rule: int, theta: Floats, g: Floats, m: Floats, v: Floats, power: Floats, knob: Floats, c: int, i: int) -> None:  # fmt: skip
    """One coordinate of one lane."""
    if rule in (GD, SAM):
        gd(theta, g, m, v, power, knob, c, i)
    elif rule in (MOMENTUM, NESTEROV):
        momentum(theta, g, m, v, power, knob, c, i)
    elif rule == ADAGRAD:
        adagrad(theta, g, m, v, power, knob, c, i)
    elif rule == RMSPROP:
        rmsprop(theta, g, m, v, power, knob, c, i)
    elif rule in (ADAM, ADAMW):
        adamw(theta, g, m, v, power, knob, c, i)
    else:
        newton(theta, g, m, v, power, knob, c, i)


@compiled
def update_block(rule: int, theta: Floats, g: Floats, m: Floats, v: Floats, power: Floats, knob: Floats, c: int, low: Lane, high: Lane) -> None:  # fmt: skip
    """One coordinate of a wide group: a loop per rule, so that each of them vectorises."""
    if rule in (GD, SAM):
        for i in range(low, high):
            gd(theta, g, m, v, power, knob, c, i)
    elif rule in (MOMENTUM, NESTEROV):
        for i in range(low, high):
            momentum(theta, g, m, v, power, knob, c, i)
    elif rule == ADAGRAD:
        for i in range(low, high):
            adagrad(theta, g, m, v, power, knob, c, i)
    elif rule == RMSPROP:
        for i in range(low, high):
            rmsprop(theta, g, m, v, power, knob, c, i)
    elif rule in (ADAM, ADAMW):
        for i in range(low, high):
            adamw(theta, g, m, v, power, knob, c, i)
    else:
        for i in range(low, high):
            newton(theta, g, m, v, power, knob, c, i)


@inlined
def raise_powers(rule: int, power: Floats, knob: Floats, low: Lane, high: Lane) -> None:
    """β₁ᵗ and β₂ᵗ of the next update, for the rules that ask for them."""
    if rule in (ADAM, ADAMW):
        for i in range(low, high):
            power[0, i] *= knob[BETA1, i]
            power[1, i] *= knob[BETA2, i]


@inlined
def update_group(rule: int, theta: Floats, g: Floats, m: Floats, v: Floats, power: Floats, knob: Floats, low: Lane, high: Lane) -> None:  # fmt: skip
    """One update of one group."""
    raise_powers(rule, power, knob, low, high)
    for c in range(2):
        if high - low < NARROW:
            for i in range(low, high):
                update_lane(rule, theta, g, m, v, power, knob, c, i)
        else:
            update_block(rule, theta, g, m, v, power, knob, c, low, high)


@inlined
def look_ahead(probe: Floats, m: Floats, knob: Floats, low: Lane, high: Lane) -> None:
    """The point θ + λm at which Nesterov takes its gradient."""
    for c in range(2):
        for i in range(low, high):
            probe[c, i] += knob[LAMBDA, i] * m[c, i]


@compiled
def climb(probe: Floats, g: Floats, knob: Floats, low: Lane, high: Lane) -> None:
    """The point θ + ρg/‖g‖ at which SAM takes its gradient; θ where there is none to follow."""
    for i in range(low, high):
        size = math.hypot(g[0, i], g[1, i])
        if size > 0.0:
            for c in range(2):
                probe[c, i] += knob[RHO, i] * (g[c, i] / size)


@compiled
def climb_groups(probe: Floats, g: Floats, knob: Floats, groups: Counts) -> None:
    """Moves the probes of groups whose rule goes uphill first."""
    for group in range(len(groups)):
        if groups[group, 0] == SAM:
            climb(probe, g, knob, groups[group, 1], groups[group, 2])


@compiled
def gradients_of(groups: Counts) -> int:
    """How many gradients an update takes: two where some rule goes uphill first."""
    many = 1
    for group in range(len(groups)):
        many = 2 if groups[group, 0] == SAM else many
    return many


@inlined
def scale(knob: Floats, eta: Floats, factor: float, low: Lane, high: Lane) -> None:
    """This update's η: the lane's own, times the schedule's factor."""
    for i in range(low, high):
        knob[ETA, i] = eta[i] * factor


@compiled
def copy(target: Floats, source: Floats) -> None:
    for c in range(2):
        for i in range(target.shape[1]):
            target[c, i] = source[c, i]


@compiled
def batch_gradient(slope: Any, p: Floats, examples: Floats, probe: Floats, first: Counts, index: Counts, sizes: Counts, k: int, work: Floats, g: Floats) -> None:  # fmt: skip
    """Mean gradient of each lane's batch, summed in the order of the batch."""
    x, y, g1, g2 = probe[0], probe[1], g[0], g[1]
    at_x, at_y, a, b, s1, s2 = work[0], work[1], work[2], work[3], work[5], work[6]
    for i in range(len(x)):
        for at in range(first[i], first[i + 1]):
            j = index[k, at]
            at_x[at] = x[i] - examples[0, j]
            at_y[at] = y[i] - examples[1, j]
            a[at] = examples[4, j]
            b[at] = examples[5, j]
    slope(at_x, at_y, a, b, p, first[len(x)], work[4], s1, s2)
    for i in range(len(x)):
        across, up = 0.0, 0.0
        for at in range(first[i], first[i] + sizes[k, i]):
            j = index[k, at]
            across += s1[at] + examples[2, j]
            up += s2[at] + examples[3, j]
        g1[i] = across / sizes[k, i]
        g2[i] = up / sizes[k, i]


@compiled
def curves_of(curve: Any, p: Floats, examples: Floats, probe: Floats, first: Counts, index: Counts, k: int, low: Lane, high: Lane, work: Floats) -> None:  # fmt: skip
    """Curves of the batches of lanes low … high−1, one column of work[4:10] per example."""
    single = examples.shape[1] == 1
    at_x, at_y, a, b = work[0], work[1], work[2], work[3]
    many = 0
    for i in range(low, high):
        for at in range(1 if single else first[i + 1] - first[i]):
            j = 0 if single else index[k, first[i] + at]
            at_x[many] = probe[0, i] - examples[0, j]
            at_y[many] = probe[1, i] - examples[1, j]
            a[many] = examples[4, j]
            b[many] = examples[5, j]
            many += 1
    curve(at_x, at_y, a, b, p, many, work[4:10])


@compiled
def bend(rule: int, examples: Floats, g: Floats, v: Floats, first: Counts, sizes: Counts, k: int, low: Lane, high: Lane, work: Floats) -> None:  # fmt: skip
    """The direction a rule makes of g and the mean Hessian of each lane's batch, into v."""
    single = examples.shape[1] == 1
    begin = 0
    for i in range(low, high):
        size = 1 if single else sizes[k, i]
        a, b, c = 0.0, 0.0, 0.0
        for at in range(begin, begin + size):
            a += work[7, at]
            b += work[8, at]
            c += work[9, at]
        begin += 1 if single else first[i + 1] - first[i]
        a, b, c = a / size, b / size, c / size
        if rule == NEWTON:
            v[0, i], v[1, i] = newton_direction(a, b, c, g[0, i], g[1, i])
        else:
            v[0, i], v[1, i] = saddle_free_direction(a, b, c, g[0, i], g[1, i])


@compiled
def bend_groups(curve: Any, p: Floats, examples: Floats, probe: Floats, g: Floats, v: Floats, groups: Counts, first: Counts, index: Counts, sizes: Counts, k: int, work: Floats) -> None:  # fmt: skip
    """Directions of all groups whose rule needs the Hessian."""
    for group in range(len(groups)):
        rule, low, high = groups[group, 0], groups[group, 1], groups[group, 2]
        if rule in (NEWTON, SADDLE_FREE_NEWTON):
            curves_of(curve, p, examples, probe, first, index, k, low, high, work)
            bend(rule, examples, g, v, first, sizes, k, low, high, work)


@inlined
def is_inside(x: float, y: float, centre_x: float, centre_y: float, reach: float) -> bool:
    """Finite, and within reach."""
    return (x - centre_x) * (x - centre_x) + (y - centre_y) * (y - centre_y) <= reach


@compiled
def outside(x: Floats, y: Floats, limits: Floats) -> int:
    """How many lanes are not finite or out of reach."""
    many, centre_x, centre_y, reach = 0, limits[0], limits[1], limits[2]
    for i in range(len(x)):
        many += 0 if is_inside(x[i], y[i], centre_x, centre_y, reach) else 1
    return many


@compiled
def keep(point: Floats, x: Floats, y: Floats, limits: Floats) -> int:
    """Records where every lane is, and tells how many are outside: one look serves both."""
    many, centre_x, centre_y, reach = 0, limits[0], limits[1], limits[2]
    to_x, to_y = point[0], point[1]
    for i in range(len(x)):
        to_x[i] = x[i]
        to_y[i] = y[i]
        many += 0 if is_inside(x[i], y[i], centre_x, centre_y, reach) else 1
    return many


@compiled
def hold_back(theta: Floats, m: Floats, v: Floats, eta: Floats, limits: Floats, trail: Floats, at: int, update: int, left: Counts) -> None:  # fmt: skip
    """Lanes that left stand still (η = 0) on their last recorded point.

    Lanes that are not recorded wait at the centre: all that is known of them is `left`.
    """
    for i in range(theta.shape[1]):
        if is_inside(theta[0, i], theta[1, i], limits[0], limits[1], limits[2]):
            continue
        if left[i] == 0:
            left[i] = update
        eta[i] = 0.0
        for c in range(2):
            if len(trail) > 0:
                trail[at + 1, c, i] = trail[at, c, i]
            theta[c, i] = trail[at, c, i] if len(trail) > 0 else limits[c]
            m[c, i] = 0.0
            v[c, i] = 0.0


@inlined
def aim(theta: Floats, probe: Floats, m: Floats, knob: Floats, eta: Floats, factor: Floats, groups: Counts, at: int, fresh: bool) -> None:  # fmt: skip
    """Sets this update's η and, where a rule looks ahead, the points of its gradients."""
    for group in range(len(groups)):
        low, high = np.uint64(groups[group, 1]), np.uint64(groups[group, 2])
        if fresh or factor[at, group] != factor[at - 1, group]:
            scale(knob, eta, factor[at, group], low, high)
        if groups[group, 0] == NESTEROV:
            look_ahead(probe, m, knob, low, high)


@compiled
def looks_ahead(groups: Counts) -> bool:
    """Whether some gradient is taken elsewhere than at θ."""
    found = False
    for group in range(len(groups)):
        found |= groups[group, 0] in (NESTEROV, SAM)
    return found


@compiled
def needs_hessian(groups: Counts) -> bool:
    found = False
    for group in range(len(groups)):
        found |= groups[group, 0] in (NEWTON, SADDLE_FREE_NEWTON)
    return found


ADVANCE = types.void(
    whole, whole, row, table, table, table, table, table, table, row, table, grid_of_counts,
    counts, grid_of_counts, grid_of_counts, row, counts, table, table, box, whole, whole, whole,
)  # fmt: skip


@kernel(ADVANCE)
def advance(
    term: int, bent: int, p: Floats, examples: Floats, theta: Floats, m: Floats, v: Floats,
    power: Floats, knob: Floats, eta: Floats, factor: Floats, groups: Counts, first: Counts,
    index: Counts, sizes: Counts, limits: Floats, left: Counts, work: Floats, points: Floats,
    trail: Floats, origin: int, start: int, stop: int,
) -> None:  # fmt: skip
    """Updates start … stop−1 of every lane, in place; `trail` takes the points if it has room.

    term, bent: addresses of the surface's slope and curve · factor (T, groups) ·
    groups rows (rule, low, high) · first (lanes+1) where each lane's examples begin ·
    index, sizes: one row per update of this call, or one for all ·
    limits (centre₁, centre₂, reach²; an infinite reach holds nobody back) ·
    left: update at which a lane diverged, else 0 · work (10, examples of all lanes) ·
    points (4, lanes) · trail (T+1, 2, lanes), lanes side by side so that they are stored as they
    are walked, or UNRECORDED · origin: the update at which factor and trail begin.
    """
    slope, curve = slope_at(term), curve_at(bent)
    lanes = theta.shape[1]
    g = points[0:2]
    ahead, bends, endless = looks_ahead(groups), needs_hessian(groups), limits[2] == math.inf
    many, probe = gradients_of(groups), points[2:4] if ahead else theta
    a, b = work[2], work[3]
    single = examples.shape[1] == 1
    if single:
        for i in range(lanes):
            a[i] = examples[4, 0]
            b[i] = examples[5, 0]
    held = True
    for t in range(start, stop):
        if ahead:
            copy(probe, theta)
        aim(theta, probe, m, knob, eta, factor, groups, t - origin, held)
        k = min(t - start, len(index) - 1)
        for again in range(many):
            if again:
                climb_groups(probe, g, knob, groups)
            if single:
                slope(probe[0], probe[1], a, b, p, lanes, work[4], g[0], g[1])
            else:
                batch_gradient(slope, p, examples, probe, first, index, sizes, k, work, g)
        if bends:
            bend_groups(curve, p, examples, probe, g, v, groups, first, index, sizes, k, work)
        for group in range(len(groups)):
            low, high = np.uint64(groups[group, 1]), np.uint64(groups[group, 2])
            update_group(groups[group, 0], theta, g, m, v, power, knob, low, high)
        if len(trail) > 0:
            out = keep(trail[t + 1 - origin], theta[0], theta[1], limits)
        else:
            out = outside(theta[0], theta[1], limits)
        held = out > 0 and not endless
        if held:
            hold_back(theta, m, v, eta, limits, trail, t - origin, t + 1, left)


@kernel(types.void(whole, row, table, table, table, box, box, whole, whole))
def record_losses(term: int, p: Floats, examples: Floats, work: Floats, block: Floats, trail: Floats, track: Floats, start: int, stop: int) -> None:  # fmt: skip
    """Points start … stop−1 of every lane as a path of its own, with the training loss.

    trail (T+1, 2, lanes) · track (lanes, 3, T+1) receives θ₁, θ₂, L
    """
    slope = slope_at(term)
    single = examples.shape[1] == 1
    if single:
        for k in range(LANES):
            work[2, k] = examples[4, 0]
            work[3, k] = examples[5, 0]
    for low in range(start, stop, LANES):
        high = min(low + LANES, stop)
        for i in range(len(track)):  # neighbours' points lie side by side
            x, y, loss = track[i, 0, low:high], track[i, 1, low:high], track[i, 2, low:high]
            for k in range(len(x)):
                x[k] = trail[low + k, 0, i]
                y[k] = trail[low + k, 1, i]
            if single:
                slope(x, y, work[2], work[3], p, len(x), loss, block[1], block[2])
                continue
            mean_of_block(slope, x, y, p, examples, work, block)
            for k in range(len(loss)):
                loss[k] = block[0, k]


UNRECORDED = np.empty((0, 2, 0))  # a trail that records nothing

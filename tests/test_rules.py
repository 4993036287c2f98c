"""Rules: the papers written again in plain Python, closed forms, and the lines on screen."""

import math
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pytest

from app import engine, lines, rules
from app.descent import walk
from app.knobs import BY_NAME as KNOBS
from app.lines import LETTERS
from app.rules import CODE, NAMES, RULES
from app.scene import Scene
from app.surfaces.derivative import constant
from app.surfaces.formula import in_order
from tests.oracle import full_gradient, hessian, value

UPDATES = 200

# Ground on which 200 updates are not chaotic, so that rounding stays small.
PLACES = [
    "surface=long-valley&start=-2.5,1&eta=0.03",
    "surface=two-valleys&start=0.3,0.5&eta=0.05",
    "surface=booth&start=-8,6&eta=0.02",
    "surface=himmelblau&start=-1,1.5&eta=0.003",
    "surface=linear-regression&start=-1,2&eta=0.01",
    "surface=logistic-regression&start=-2,2&eta=0.01",
    "surface=rosenbrock&start=-1.2,1&eta=0.0005",
    "surface=two-valleys&start=0.3,0.5&eta=0.05&spread=0.25",
]
every_place = pytest.mark.parametrize("place", PLACES)
every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


# SAM ends by swinging around a minimum it cannot reach; which way g points there is rounding.
CALM = {"sam": 60}


def walked(place, run, updates=None):
    updates = updates or CALM.get(run.split(",")[0], UPDATES)

    scene = Scene.parse(f"{place}&updates={updates}&run={run}")
    (path,) = walk(scene)
    return scene, path


# The papers. Each is a generator of points; `gradient` is a function of a point.


def cauchy(gradient, x, y, eta):
    while True:
        yield x, y
        g1, g2 = gradient(x, y)
        x, y = x - eta * g1, y - eta * g2


def polyak(gradient, x, y, eta, weight):
    """Polyak 1964 with two points: θ⁺ = θ − η∇L(θ) + λ(θ − θ⁻). No movement is kept."""
    last = x, y
    while True:
        yield x, y
        g1, g2 = gradient(x, y)
        new = x - eta * g1 + weight * (x - last[0]), y - eta * g2 + weight * (y - last[1])
        last, (x, y) = (x, y), new


def nesterov(gradient, x, y, eta, weight):
    """Nesterov 1983 with two sequences: θ⁺ = ψ − η∇L(ψ), ψ⁺ = θ⁺ + λ(θ⁺ − θ)."""
    ahead = x, y
    while True:
        yield x, y
        g1, g2 = gradient(*ahead)
        new = ahead[0] - eta * g1, ahead[1] - eta * g2
        ahead = new[0] + weight * (new[0] - x), new[1] + weight * (new[1] - y)
        x, y = new


def duchi(gradient, x, y, eta, epsilon):
    """Adagrad with a diagonal: every squared gradient is kept in a list and summed anew."""
    point, squares = [x, y], ([], [])
    while True:
        yield tuple(point)
        for c, g in enumerate(gradient(*point)):
            squares[c].append(g * g)
            point[c] -= eta * g / (math.sqrt(math.fsum(squares[c])) + epsilon)


def hinton(gradient, x, y, eta, beta, epsilon):
    """RMSprop, lecture 6e: the mean square as a weighted sum over all past gradients."""
    point, squares = [x, y], ([], [])
    while True:
        yield tuple(point)
        for c, g in enumerate(gradient(*point)):
            squares[c].append(g * g)
            past = reversed(squares[c])
            mean = math.fsum((1 - beta) * beta**age * square for age, square in enumerate(past))
            point[c] -= eta * g / (math.sqrt(mean) + epsilon)


def kingma(gradient, x, y, eta, beta1, beta2, epsilon, decay=0.0):
    """Algorithm 1 of Kingma and Ba 2015; with a decay, AdamW as PyTorch scales it (η·δ·θ)."""
    point, m, v, t = [x, y], [0.0, 0.0], [0.0, 0.0], 0
    while True:
        yield tuple(point)
        t += 1
        for c, g in enumerate(gradient(*point)):
            m[c] = beta1 * m[c] + (1 - beta1) * g
            v[c] = beta2 * v[c] + (1 - beta2) * g**2
            mean, square = m[c] / (1 - beta1**t), v[c] / (1 - beta2**t)
            point[c] = (
                point[c] - eta * decay * point[c] - eta * mean / (math.sqrt(square) + epsilon)
            )


def raphson(gradient, curve, x, y, eta):
    """Newton: θ⁺ = θ − ηH⁺g, with the inverse of Moore and Penrose."""
    point = np.array([x, y])
    while True:
        yield tuple(point)
        point = point - eta * np.linalg.pinv(curve(*point), rcond=1e-12) @ gradient(*point)


def dauphin(gradient, curve, x, y, eta):
    """Saddle-free Newton: every eigenvalue by its size."""
    point = np.array([x, y])
    while True:
        yield tuple(point)
        values, vectors = np.linalg.eigh(curve(*point))
        inverse = vectors @ np.diag(1 / np.abs(values)) @ vectors.T
        point = point - eta * inverse @ gradient(*point)


def foret(gradient, x, y, eta, rho):
    """Algorithm 1 of Foret et al. 2021 with p = 2: a way of length ρ along g, and g from there."""
    while True:
        yield x, y
        g1, g2 = gradient(x, y)
        size = math.hypot(g1, g2)
        up = (rho * g1 / size, rho * g2 / size) if size else (0.0, 0.0)
        g1, g2 = gradient(x + up[0], y + up[1])
        x, y = x - eta * g1, y - eta * g2


PAPERS = {
    "gd": (cauchy, ("eta",)),
    "momentum": (polyak, ("eta", "lambda")),
    "nesterov": (nesterov, ("eta", "lambda")),
    "adagrad": (duchi, ("eta", "epsilon")),
    "rmsprop": (hinton, ("eta", "beta2", "epsilon")),
    "adam": (kingma, ("eta", "beta1", "beta2", "epsilon")),
    "adamw": (kingma, ("eta", "beta1", "beta2", "epsilon", "decay")),
    "newton": (raphson, ("eta",)),
    "saddle-free-newton": (dauphin, ("eta",)),
    "sam": (foret, ("eta", "rho")),
}
HESSIANS = ("newton", "saddle-free-newton")


def curve_of(scene):
    """The full Hessian as a function of a point."""
    every = list(range(scene.ground.examples.shape[1]))
    return lambda x, y: hessian(scene.ground, every, x, y)


def points_of(paper, scene, run):
    """The first updates+1 points of a paper's rule on a scene's ground."""
    method, names = PAPERS[paper]
    knobs = scene.knobs(run)
    given = [full_gradient(scene.ground)] + [curve_of(scene)] * (paper in HESSIANS)
    way = method(*given, *scene.start, *(knobs[name] for name in names))
    return np.array([next(way) for _ in range(scene.updates + 1)])


@every_rule
@every_place
def test_a_rule_walks_as_its_paper_says(rule, place):
    scene, path = walked(place, rule.name)
    expected = points_of(rule.name, scene, path.run)
    size = np.abs(expected).max()
    assert path.theta == pytest.approx(expected, rel=1e-9, abs=1e-9 * size)


OWN = [
    "momentum,lambda:0", "momentum,lambda:0.5", "momentum,lambda:0.99", "nesterov,lambda:0.5",
    "adagrad,epsilon:0.5", "rmsprop,beta2:0.99,epsilon:0.1", "rmsprop,beta2:0",
    "adam,beta1:0.5,beta2:0.9,epsilon:0.001", "adam,beta1:0,beta2:0", "adamw,decay:0.5",
    "adamw,decay:0", "newton,eta:0.3", "saddle-free-newton,eta:0.3",
    "sam,rho:0", "sam,rho:0.01",
]  # fmt: skip


@pytest.mark.parametrize("run", OWN)
def test_a_rule_obeys_its_own_knobs(run):
    scene, path = walked("surface=booth&start=-8,6&eta=0.02", run)
    expected = points_of(path.run.rule, scene, path.run)
    assert path.theta == pytest.approx(expected, rel=1e-9, abs=1e-9 * np.abs(expected).max())


# The lines on screen, interpreted.


GREEK = {
    "eta": "η", "lambda": "λ", "beta1": "β1", "beta2": "β2", "epsilon": "ε", "decay": "δ",
    "rho": "ρ",
}  # fmt: skip


def opened(rule, scene, lanes):
    """What the opening of the lines gives each coordinate: g, and d where one is made of it."""
    ahead = "λ*m" in rule.opening
    probe = [lane["θ"] + (lane["λ"] * lane["m"] if ahead else 0.0) for lane in lanes]
    g = full_gradient(scene.ground)(*probe)
    if "‖g‖" in rule.opening:
        up = [lane["ρ"] * part / math.hypot(*g) for lane, part in zip(lanes, g, strict=True)]
        g = full_gradient(scene.ground)(*np.add(probe, up).tolist())
    if "H" not in rule.opening:
        return [{"g": part} for part in g]
    values, vectors = np.linalg.eigh(curve_of(scene)(*probe))
    scale = np.abs(values) if "|H|" in rule.opening else values
    d = vectors @ ((vectors.T @ g) / scale)
    return [{"g": part, "d": direction} for part, direction in zip(g, d.tolist(), strict=True)]


def interpreted(rule, scene, run):
    """The rule's lines as shown, evaluated one after the other for each coordinate."""
    knobs = scene.knobs(run)
    given = {GREEK[name]: float(knobs[name]) for name in NAMES if name in knobs}
    lanes = [{"θ": start, "m": 0.0, "v": 0.0} | given for start in scene.start]
    points = [scene.start]
    for t in range(1, scene.updates + 1):
        for lane, found in zip(lanes, opened(rule, scene, lanes), strict=True):
            lane.update(found, t=float(t))
            for line in rule.lines:
                name, graph = lines.parts(line)
                lane[name] = value(graph, lane)
        points.append(tuple(lane["θ"] for lane in lanes))
    return np.array(points)


@every_rule
@pytest.mark.parametrize("place", PLACES[:6])
def test_the_lines_on_screen_are_what_the_code_does(rule, place):
    scene, path = walked(place, rule.name)
    expected = interpreted(rule, scene, path.run)
    assert path.theta == pytest.approx(expected, rel=1e-9, abs=1e-9 * np.abs(expected).max())


@every_rule
def test_the_lines_use_the_letters_of_the_rule_s_knobs_and_no_other(rule):
    graphs = [lines.parts(line)[1] for line in rule.lines]
    used = {str(node.value) for node in in_order(graphs) if node.op == "name"}
    assert used <= set(LETTERS)
    used |= set(rule.opening) & set(GREEK.values())
    assert used & set(GREEK.values()) == {GREEK[name] for name in rule.knobs}


@every_rule
def test_the_last_line_sets_the_point(rule):
    assert lines.parts(rule.lines[-1])[0] == "θ"
    assert all(lines.parts(line)[0] in ("m", "v", "m̂", "v̂") for line in rule.lines[:-1])


# The table itself.


@every_rule
def test_a_rule_s_row_is_complete(rule):
    assert rule.label[0].isupper()
    assert rule.why[0].isupper()
    assert rule.why.endswith(".")
    assert any(character.isdigit() for character in rule.source)
    assert "eta" in rule.knobs


def test_names_labels_and_reasons_are_all_different():
    for part in ("name", "label", "why"):
        assert len({getattr(rule, part) for rule in RULES}) == len(RULES)


@every_rule
def test_the_mathml_of_a_rule_has_a_row_per_line(rule):
    root = ElementTree.fromstring(rule.mathml)
    rows = list(root[0])
    assert len(rows) == len(rule.lines) + bool(rule.opening)
    text = "".join(root.itertext())
    assert text.count("←") == len(rows)
    assert ("∇" in text) == ("∇" in rule.opening)
    assert ("H" in text) == ("H" in rule.opening)


@every_rule
def test_the_code_numbers_are_the_engine_s_constants(rule):
    assert getattr(engine, rule.name.upper().replace("-", "_")) == CODE[rule.name]


def test_every_constant_of_the_engine_is_a_rule():
    assert list(CODE.values()) == list(range(len(RULES)))
    for name, place in zip(NAMES, range(len(NAMES)), strict=True):
        assert getattr(rules, name.upper() if name != "lambda" else "LAMBDA") == place


@every_rule
def test_every_knob_of_a_rule_is_in_the_table_of_knobs_and_its_default_allowed(rule):
    for name, default in rule.knobs.items():
        knob = KNOBS[name]
        if default is None:
            assert knob.scope == "scene"
            assert knob.per_run
        else:
            assert knob.scope == "run" or knob.per_run
            assert knob.low <= default <= knob.high


# Closed forms on quadratics, where an update is a matrix.


def states(h, eta, weight, start, rule):
    """(θ, m) of one direction of curvature h by powers of the update's matrix."""
    one = {
        "gd": [[1 - eta * h, 0], [-eta * h, 0]],
        "momentum": [[1 - eta * h, weight], [-eta * h, weight]],
        "nesterov": [
            [1 - eta * h, weight * (1 - eta * h)],
            [-eta * h, weight * (1 - eta * h)],
        ],
    }[rule]
    powers = [np.linalg.matrix_power(np.array(one), t) for t in range(UPDATES + 1)]
    return np.array([(power @ [start, 0.0])[0] for power in powers])


@pytest.mark.parametrize("rule", ["gd", "momentum", "nesterov"])
@pytest.mark.parametrize("weight", [0, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("condition", [1, 20, 50])
def test_on_a_quadratic_every_point_is_a_power_of_one_matrix(rule, weight, condition):
    place = f"surface=long-valley&condition={condition}&start=-2.5,1&eta=0.025&lambda={weight}"
    _, path = walked(place, rule)
    expected = [states(h, 0.025, weight, x, rule) for h, x in ((1, -2.5), (condition, 1.0))]
    assert path.theta == pytest.approx(np.array(expected).T, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("rule", ["gd", "momentum", "nesterov"])
def test_a_turned_quadratic_walks_along_its_eigenvectors(rule):
    """Booth has curvature 18 along (1, 1)/√2 and 2 along (1, −1)/√2, around (1, 3)."""
    _, path = walked("surface=booth&start=-8,6&eta=0.02&lambda=0.8", rule)
    turn = np.array([[1, 1], [1, -1]]) / math.sqrt(2)
    start = turn @ (np.array([-8, 6]) - [1, 3])
    along = [states(h, 0.02, 0.8, x, rule) for h, x in ((18, start[0]), (2, start[1]))]
    expected = np.array(along).T @ turn + [1, 3]
    assert path.theta == pytest.approx(expected, rel=1e-9, abs=1e-11)


@pytest.mark.parametrize("rule", ["momentum", "nesterov"])
@every_place
def test_the_first_update_is_gradient_descent_s(rule, place):
    """M3: m⁰ = 0, so there is nothing yet to carry on."""
    _, slow = walked(place, "gd", 1)
    _, fast = walked(place, rule, 1)
    assert np.array_equal(slow.theta, fast.theta)


@pytest.mark.parametrize("rule", ["momentum", "nesterov"])
@every_place
def test_without_momentum_it_is_gradient_descent(rule, place):
    _, slow = walked(place, "gd")
    _, fast = walked(place, f"{rule},lambda:0")
    assert fast.theta == pytest.approx(slow.theta, rel=1e-13)


@every_place
@pytest.mark.parametrize("weight", [0.5, 0.9])
def test_the_movement_is_a_weighted_sum_of_all_past_gradients(place, weight):
    """M4: mᵗ = −Σ λᵏ η gᵗ⁻¹⁻ᵏ, by age k."""
    scene, path = walked(place, f"momentum,lambda:{weight}")
    gradients = scene.ground.slopes(*path.theta.T)[1:].T
    movements = np.diff(path.theta, axis=0)
    size = np.abs(movements).max()
    for t in range(1, UPDATES + 1):
        ages = weight ** np.arange(t)[::-1]
        expected = -scene.eta * (ages[:, None] * gradients[:t]).sum(axis=0)
        assert movements[t - 1] == pytest.approx(expected, abs=1e-12 * (1 + size))


def test_with_a_schedule_every_gradient_keeps_the_eta_of_its_own_update():
    scene, path = walked("surface=booth&start=-8,6&eta=0.02&schedule=cosine", "momentum")
    gradients = scene.ground.slopes(*path.theta.T)[1:].T
    eta = 0.02 * (1 + np.cos(np.pi * np.arange(UPDATES) / UPDATES)) / 2
    movements = np.diff(path.theta, axis=0)
    for t in (1, 2, 50, 200):
        weights = 0.9 ** np.arange(t)[::-1] * eta[:t]
        expected = -(weights[:, None] * gradients[:t]).sum(axis=0)
        assert movements[t - 1] == pytest.approx(expected, abs=1e-12)


def test_momentum_is_pytorch_s_form_while_eta_is_constant():
    """v = λv + g, θ −= ηv: the same path; the averaged form needs α = η/(1−λ)."""
    scene, path = walked("surface=booth&start=-8,6&eta=0.02&lambda=0.8", "momentum")
    gradient = full_gradient(scene.ground)
    torch, averaged = [-8.0, 6.0], [-8.0, 6.0]
    v, mean = np.zeros(2), np.zeros(2)
    for point in path.theta[1:]:
        v = 0.8 * v + gradient(*torch)
        mean = 0.8 * mean + (1 - 0.8) * np.array(gradient(*averaged))
        torch = torch - 0.02 * v
        averaged = averaged - 0.02 / (1 - 0.8) * mean
        assert torch == pytest.approx(point, rel=1e-9, abs=1e-10)
        assert averaged == pytest.approx(point, rel=1e-9, abs=1e-10)


# Limits that are theory.


def limit(rule, weight, curvature):
    return {
        "gd": 2,
        "momentum": 2 * (1 + weight),
        "nesterov": 2 * (1 + weight) / (1 + 2 * weight),
    }[rule] / curvature


@pytest.mark.parametrize("condition", [10, 50])
@pytest.mark.parametrize(
    ("rule", "weight"),
    [("gd", 0), ("momentum", 0.5), ("momentum", 0.9), ("nesterov", 0.5), ("nesterov", 0.9)],
)
def test_just_below_the_limit_a_run_converges_and_just_above_it_diverges(rule, weight, condition):
    place = f"surface=long-valley&condition={condition}&start=0,1&lambda={weight}"
    edge = limit(rule, weight, condition)
    _, below = walked(f"{place}&eta={0.99 * edge}", rule, 3000)
    _, above = walked(f"{place}&eta={1.01 * edge}", rule, 3000)
    assert below.outcome == "minimum"
    assert abs(below.theta[-1, 1]) < 1e-6
    assert above.outcome == "diverged"


@pytest.mark.parametrize("rule", ["adagrad", "rmsprop", "adam"])
def test_adaptive_rules_do_not_care_for_the_size_of_the_loss(rule):
    """Ten times the curvature everywhere: the same path, but for ε."""
    _, one = walked("surface=long-valley&condition=10&start=0,1&eta=0.01", f"{rule},epsilon:1e-12")
    _, other = walked(
        "surface=long-valley&condition=100&start=0,1&eta=0.01", f"{rule},epsilon:1e-12"
    )
    assert one.theta[:, 1] == pytest.approx(other.theta[:, 1], abs=1e-6)


def test_adam_s_first_update_has_the_length_eta_in_every_coordinate():
    _, path = walked("surface=himmelblau&start=-1,1.5&eta=0.003", "adam", 1)
    assert np.abs(np.diff(path.theta, axis=0)) == pytest.approx(np.full((1, 2), 0.003), rel=1e-6)


def test_adagrad_slows_down_for_ever():
    """On equal gradients its steps shrink as 1/√t."""
    _, path = walked("surface=long-valley&condition=1&start=-700,0&eta=0.01", "adagrad", 400)
    steps = np.diff(path.theta[:, 0])
    assert all(later < earlier for earlier, later in pairwise(steps))
    assert steps[399] / steps[99] == pytest.approx(0.5, rel=0.01)


def test_weight_decay_pulls_towards_zero_apart_from_the_gradient():
    """At booth's minimum the gradient is zero and Adam stands; AdamW moves by −ηδθ."""
    _, adam = walked("surface=booth&start=1,3&eta=0.02", "adam", 1)
    _, adamw = walked("surface=booth&start=1,3&eta=0.02", "adamw,decay:0.1", 1)
    assert np.array_equal(adam.theta[1], [1, 3])
    assert adamw.theta[1] == pytest.approx([1 - 0.002, 3 - 0.006], rel=1e-12)


def test_small_numbers_in_lines_are_read_with_their_sign():
    _, graph = lines.parts("m = -2")
    assert constant(graph) == -2


# The two rules that know the Hessian.


def test_a_full_newton_step_reaches_the_bottom_of_a_quadratic_at_once():
    _, path = walked("surface=booth&start=-8,6", "newton", 1)
    assert path.theta[1] == pytest.approx([1, 3], rel=1e-13)


@pytest.mark.parametrize("eta", [0.1, 0.5])
def test_a_damped_newton_step_goes_the_same_share_of_the_way_in_every_direction(eta):
    """On any quadratic, however long the valley: what is left is (1 − η) per update."""
    _, path = walked("surface=long-valley&condition=1000&start=-2.5,1", f"newton,eta:{eta}", 20)
    left = (1 - eta) ** np.arange(21)
    assert path.theta == pytest.approx(np.outer(left, [-2.5, 1]), rel=1e-9)


AROUND_THE_SADDLE = ["0.2,0.1", "-0.1,0.2", "0.1,-0.15", "-0.2,-0.15"]


@pytest.mark.parametrize("start", AROUND_THE_SADDLE)
def test_newton_runs_into_the_saddle_that_the_saddle_free_one_leaves(start):
    """From the same start, with the same Hessian; GD leaves too, but slowly."""
    place = f"surface=two-valleys&start={start}"
    _, newton = walked(place, "newton")
    _, free = walked(place, "saddle-free-newton")
    assert (newton.outcome, free.outcome) == ("saddle", "minimum")
    assert np.abs(newton.theta[-1]).max() < 1e-12
    assert newton.loss[-1] > newton.loss[0] - 0.05  # it does not even go down


def test_a_saddle_holds_newton_however_long_it_goes_on():
    """So a path of Newton's at a saddle says at once that it would not leave."""
    place = "surface=two-valleys&start=0.2,0.1"
    _, short = walked(place, "newton")
    _, long = walked(place, "newton", 10_000)
    assert short.outcome == long.outcome == "saddle"
    assert short.leaves is long.leaves is None
    assert math.dist(short.theta[-1], long.theta[-1]) < 1e-12


def test_with_small_batches_a_newton_at_a_saddle_is_watched_like_any_run():
    """The saddles of the batches lie apart; it jumps between them and may or may not leave."""
    place = "surface=two-valleys&start=0.1,0.05&spread=0.02"
    _, path = walked(place, "newton,batch:5")
    assert path.outcome == "saddle"
    _, long = walked(place, "newton,batch:5", 10_000)
    assert (path.leaves is None) == (long.outcome == "saddle")


def test_on_the_way_newton_may_climb_and_the_saddle_free_one_may_not():
    _, newton = walked("surface=two-valleys&start=0.3,0.1", "newton", 1)
    _, free = walked("surface=two-valleys&start=0.3,0.1", "saddle-free-newton,eta:0.1", 1)
    assert newton.loss[1] > newton.loss[0]
    assert free.loss[1] < free.loss[0]


@pytest.mark.parametrize("rule", HESSIANS)
def test_along_the_toy_network_s_curve_of_minima_nothing_moves(rule):
    """There the Hessian has a zero eigenvalue and its inverse would be 0/0."""
    _, path = walked("surface=toy-network&start=1.5,1", rule)
    assert path.outcome == "minimum"
    assert path.valley
    assert path.theta[-1].prod() == pytest.approx(1, abs=1e-12)
    assert np.array_equal(path.theta[-1], path.theta[-2])


NEAR_MINIMA = [
    "surface=booth&start=2,2",
    "surface=two-valleys&start=0.8,0.5",
    "surface=himmelblau&start=3.1,2.1",
    "surface=linear-regression&start=1,1",
]


@pytest.mark.parametrize("place", NEAR_MINIMA)
def test_where_the_surface_curves_up_in_every_direction_both_are_one(place):
    _, one = walked(place, "newton", 20)
    _, other = walked(place, "saddle-free-newton", 20)
    assert one.theta == pytest.approx(other.theta, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("rule", HESSIANS)
def test_both_say_why_no_network_is_trained_with_them(rule):
    assert "n²" in rules.BY_NAME[rule].why
    assert "n³" in rules.BY_NAME[rule].why

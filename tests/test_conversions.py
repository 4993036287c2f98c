"""The forms students meet elsewhere: PyTorch's line walks our path, the averaged form too."""

import math
from types import SimpleNamespace

import numpy as np
import pytest

from app.analysis.conversions import FORMS, SCHEDULED, conversions
from app.descent import walk
from app.rules import RULES
from app.sampling import epoch_order
from app.scene import Scene
from app.trace import traced
from tests.oracle import gradient

UPDATES = 120
LINES = ["gd", "momentum", "adagrad", "rmsprop", "adam", "adamw"]
PLACES = [
    "surface=booth&start=-8,6&eta=0.02",
    "surface=two-valleys&start=0.3,0.5&eta=0.05",
    "surface=two-valleys&start=0.3,0.5&eta=0.05&spread=0.25&batch=3&examples=10",
    "surface=logistic-regression&start=-2,2&batch=7&eta=0.1",
]
OWN = [
    "gd", "momentum", "momentum,lambda:0.5", "momentum,lambda:1", "adagrad", "adagrad,epsilon:0.1",
    "rmsprop", "rmsprop,beta2:0.99,epsilon:0.01", "adam", "adam,beta1:0,beta2:0.5,epsilon:0.001",
    "adamw", "adamw,decay:0.3",
]  # fmt: skip


def converted(place, run, updates=UPDATES):
    scene = Scene.parse(f"{place}&updates={updates}&run={run}")
    return scene, conversions(scene, scene.runs[0])


def batches_of(scene):
    """The batches of all updates, in order."""
    batch, epoch, made = int(scene.knobs(scene.runs[0])["batch"]), 0, 0
    while made < scene.updates:
        for indices in epoch_order(scene.examples, batch, scene.shuffle, scene.seed, epoch):
            yield indices
            made += 1
        epoch += 1


def torch_path(torch, line, scene):
    """The points of torch's own optimizer, made by the line, fed the gradients of our batches."""
    theta = torch.tensor(scene.start, dtype=torch.float64, requires_grad=True)
    optimizer = eval(line, {"torch": torch, "theta": theta})
    points = [theta.tolist()]
    many = scene.ground.examples.shape[1]
    for _, indices in zip(range(scene.updates), batches_of(scene), strict=False):
        g = gradient(scene.ground, [i % many for i in indices], *points[-1])
        theta.grad = torch.tensor(g, dtype=torch.float64)
        optimizer.step()
        points.append(theta.tolist())
    return np.array(points)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("run", OWN)
def test_the_line_of_pytorch_walks_the_same_path(place, run):
    torch = pytest.importorskip("torch")
    scene, found = converted(place, run)
    (path,) = walk(scene)
    there = torch_path(torch, found["pytorch"], scene)[: len(path.theta)]
    size = np.abs(path.theta).max()
    assert there == pytest.approx(path.theta, rel=1e-9, abs=1e-9 * size)


@pytest.mark.parametrize("place", PLACES)
def test_pytorch_s_nesterov_walks_our_probes(place):
    """Why Nesterov has no line: its parameter is θ + λm."""
    torch = pytest.importorskip("torch")
    scene, found = converted(place, "nesterov")
    assert found["pytorch"] is None
    line = f"torch.optim.SGD([theta], lr={scene.eta}, momentum=0.9, nesterov=True)"
    (trace,) = traced(scene, 0, UPDATES, lambda: True)
    probes = trace.taken[1:3].T
    assert torch_path(torch, line, scene)[:-1] == pytest.approx(probes, rel=1e-9, abs=1e-9)


def recorder(name):
    """Stands for torch: says what was asked for, where torch itself is not installed."""
    return lambda parameters, **knobs: (name, parameters, knobs)


STANDS_FOR = SimpleNamespace(
    optim=SimpleNamespace(
        **{name: recorder(name) for name in ("SGD", "Adagrad", "RMSprop", "Adam", "AdamW")}
    )
)


@pytest.mark.parametrize(
    ("run", "name", "knobs"),
    [
        ("gd", "SGD", {"lr": 0.02}),
        ("momentum,lambda:0.8", "SGD", {"lr": 0.02, "momentum": 0.8}),
        ("momentum,eta:1e-07", "SGD", {"lr": 1e-7, "momentum": 0.9}),
        ("adam,beta1:0,beta2:0", "Adam", {"lr": 0.02, "betas": (0.0, 0.0), "eps": 1e-8}),
        ("adagrad", "Adagrad", {"lr": 0.02, "eps": 1e-8}),
        ("rmsprop", "RMSprop", {"lr": 0.02, "alpha": 0.9, "eps": 1e-8}),
        ("adam", "Adam", {"lr": 0.02, "betas": (0.9, 0.999), "eps": 1e-8}),
        (
            "adamw,decay:0.5",
            "AdamW",
            {"lr": 0.02, "betas": (0.9, 0.999), "eps": 1e-8, "weight_decay": 0.5},
        ),
    ],
)
def test_the_line_names_torch_s_class_and_this_run_s_knobs(run, name, knobs):
    _, found = converted("surface=booth&eta=0.02", run)
    said = eval(found["pytorch"], {"torch": STANDS_FOR, "theta": 1})
    assert said == (name, [1], knobs)
    assert all(type(part) is float for part in said[2].get("betas", ()))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_says_which_form_it_uses(rule):
    _, found = converted("surface=booth", rule.name)
    assert found["form"] == FORMS[rule.name]
    assert (found["pytorch"] is not None) == (rule.name in LINES)
    assert (found["averaged"] is not None) == (rule.name == "momentum")


@pytest.mark.parametrize("rule", LINES)
@pytest.mark.parametrize("schedule", ["warm-up", "cosine", "step"])
def test_with_a_schedule_there_is_no_line(rule, schedule):
    _, found = converted("surface=booth", f"{rule},schedule:{schedule}")
    assert found == {"pytorch": None, "averaged": None, "form": SCHEDULED}


@pytest.mark.parametrize(
    ("run", "alpha", "beta"),
    [("momentum", 0.5, 0.9), ("momentum,lambda:0", 0.05, 0), ("momentum,lambda:0.99", 5, 0.99)],
)
def test_the_averaged_form_needs_alpha(run, alpha, beta):
    _, found = converted("surface=two-valleys", run)
    assert found["averaged"] == {"alpha": alpha, "beta": beta}


def test_with_all_of_the_last_movement_there_is_no_averaged_form():
    _, found = converted("surface=booth", "momentum,lambda:1")
    assert found["averaged"] is None


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("weight", [0, 0.3, 0.9])
def test_the_averaged_form_walks_the_same_path(place, weight):
    """v = βv + (1 − β)g, θ −= αv."""
    scene, found = converted(place, f"momentum,lambda:{weight}")
    alpha, beta = found["averaged"]["alpha"], found["averaged"]["beta"]
    (path,) = walk(scene)
    many = scene.ground.examples.shape[1]
    theta, v = np.array(scene.start), np.zeros(2)
    for t, indices in enumerate(batches_of(scene)):
        if t >= len(path.theta) - 1:
            break
        g = np.array(gradient(scene.ground, [i % many for i in indices], *theta))
        v = beta * v + (1 - beta) * g
        theta = theta - alpha * v
        assert theta == pytest.approx(path.theta[t + 1], rel=1e-9, abs=1e-9)
    assert math.isfinite(alpha)

"""The rooms of the house: imports go down, nothing typed is executed, no global randomness."""

import ast
from pathlib import Path

import pytest

APP = Path(__file__).parent.parent / "app"

# From bottom to top. A room may import from the rooms before it, and from no other.
ROOMS = [
    "settings", "locale", "kernels", "crew", "hessian",
    "surfaces.formula", "surfaces.derivative", "surfaces.mathml", "surfaces.terms",
    "surfaces.data", "surfaces.tape", "surfaces.catalogue", "surfaces.surface",
    "schedules", "sampling", "lines", "rules", "limits", "typed", "knobs", "values", "lanes",
    "engine",
    "fused",
    "scene",
    "critical", "valleys", "finder", "outcome", "descent", "averages", "zigzag", "trace",
    "sweep", "figures",
    "analysis.weights", "analysis.conversions", "analysis.examples", "analysis.anatomy",
    "analysis.batch", "analysis.points", "analysis.cut", "analysis.escape",
    "analysis.sharpness", "analysis.flatness", "analysis.stability", "analysis.laws",
    "analysis.meansquare",
    "analysis.edges", "analysis.rates", "analysis.curvature", "analysis.intervals",
    "analysis.block", "analysis.ensembles", "analysis.catchments", "analysis.shares",
    "analysis.axes", "analysis.maps",
    "experiments.idx", "experiments.digits", "experiments.knobs", "experiments.experiment",
    "experiments.work", "experiments.table", "experiments.address", "experiments.machine",
    "experiments.loops", "experiments.network", "experiments.curvature", "experiments.spectrum",
    "experiments.box", "experiments.training", "experiments.picture", "experiments.spread",
    "experiments.bench", "experiments.solutions", "experiments.paper", "experiments.timing",
    "experiments.accuracy", "experiments.noise", "experiments.sharp", "experiments.both",
    "experiments.minima", "experiments.plane", "experiments.ground", "experiments.worker",
    "experiments.results", "experiments.evidence", "experiments.pool", "experiments.ahead",
    "tables", "frames", "questions", "theory", "cells", "wants", "desk", "audience", "socket",
    "answers", "api", "batches", "atlas", "laboratory", "files", "words", "reach", "pages",
    "security", "main", "__main__",
]  # fmt: skip

PACKAGES = ("surfaces", "analysis", "experiments")  # they say what they are for, and hold nothing

SOURCES = sorted(APP.rglob("*.py"))
every_source = pytest.mark.parametrize("path", SOURCES, ids=lambda path: room(path) or "app")


def room(path):
    """Which room a file belongs to: "surfaces.formula", "locale"; "" for a bare package."""
    parts = path.relative_to(APP).with_suffix("").parts
    name = ".".join(part for part in parts if part != "__init__")
    return name if name in ROOMS or "." not in name else name.split(".")[0]


def tree(path):
    return ast.parse(path.read_text("utf-8"))


def imported(path):
    """The rooms a file imports from."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "app":
            inside = (node.module or "").removeprefix("app").removeprefix(".")
            whole = [f"{inside}.{alias.name}".strip(".") for alias in node.names]
            found |= {name if name in ROOMS else inside for name in whole}
        elif isinstance(node, ast.Import):
            found |= {a.name.removeprefix("app.") for a in node.names if a.name.startswith("app.")}
    return found - {"", *PACKAGES}


def called(path):
    """Every function that is called, as it is written: eval, np.random.rand."""
    calls = [node.func for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    return {ast.unparse(function) for function in calls}


def test_every_file_belongs_to_a_room_and_every_room_has_a_file():
    rooms = {room(path) for path in SOURCES} - {"", *PACKAGES}
    assert rooms == set(ROOMS)


@every_source
def test_imports_only_go_down(path):
    mine = room(path)
    below = set(ROOMS[: ROOMS.index(mine)]) if mine in ROOMS else set()
    assert imported(path) <= below | {mine}


@every_source
def test_imports_within_the_house_are_by_full_name(path):
    assert not any(node.level for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom))


def test_the_reader_of_imports_sees_them():
    assert "surfaces.formula" in imported(APP / "lines.py")
    assert "rules" in imported(APP / "tables.py")
    assert "knobs" in imported(APP / "scene.py")


@every_source
def test_nothing_typed_is_executed(path):
    assert not called(path) & {"eval", "exec", "compile", "__import__", "sympify", "parse_expr"}
    assert "sympy" not in path.read_text("utf-8")


@every_source
def test_randomness_is_a_seeded_generator_that_is_passed_in(path):
    text = path.read_text("utf-8")
    assert "import random" not in text
    assert "from random" not in text
    global_draws = {name for name in called(path) if name.startswith("np.random.")}
    assert not {name for name in global_draws if "(" not in name} - {"np.random.default_rng"}
    seeds = [
        node
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "np.random.default_rng"
    ]
    assert all(len(node.args) == 1 for node in seeds)


@every_source
def test_a_file_says_what_it_is_for(path):
    assert ast.get_docstring(tree(path))


FORBIDDEN = {"utils", "util", "helpers", "helper", "manager", "service", "common", "misc", "core"}


def test_no_room_has_a_name_that_says_nothing():
    assert not FORBIDDEN & {path.stem for path in SOURCES}


@pytest.mark.parametrize("flag", ["fastmath=True", "parallel=True", '"fastmath": True'])
def test_no_kernel_trades_numbers_for_speed(flag):
    assert not [path.name for path in SOURCES if flag in path.read_text("utf-8")]

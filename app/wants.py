"""The table of what a page may want: for each kind of question what its fields must be, what
it costs and how it is answered.

Fields are checked before anything is computed (questions.py); the cost decides who works on
it (desk.py). Answers are pure functions of question and scene. The wire itself is frames.py's
business.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from app import tables
from app.analysis import flatness, shares
from app.analysis.anatomy import AROUND, PAST, Anatomy, NoUpdate, anatomies, place_after, records
from app.analysis.anatomy import check as check_made
from app.analysis.batch import batch_grid, told_batches
from app.analysis.conversions import conversions
from app.analysis.cut import all_stops, along
from app.analysis.ensembles import cases, ensembles
from app.analysis.escape import NoWayDown, allowed_length, escape, told_escape
from app.analysis.points import told_critical, told_point
from app.cells import map_cost, map_frames
from app.descent import walk
from app.finder import GRID, critical_points
from app.frames import (  # fmt: skip
    ground_answer,
    listed_answer,
    parts,
    refusal,
    told,
    whole_answer,
    window_answer,
)
from app.limits import LIMITS
from app.questions import (  # fmt: skip
    Fields,
    Frames,
    Question,
    anything,
    check_batch,
    check_cut,
    check_escape,
    check_experiment,
    check_flatness,
    check_ghost,
    check_ground,
    check_map,
    check_point,
    check_shares,
    check_stability,
    check_update,
    check_window,
    point_of,
    resolution,
    sides,
)
from app.scene import Scene, evaluations_per_update, read
from app.theory import edge_frames, stability_cost, stability_frames


@dataclass(frozen=True)
class Want:
    """One row: what is wrong with the fields (empty when nothing is), how many example losses
    the answer costs, and its frames. Paths have none of their own: scenes on one ground are
    answered together (desk.py). A `stream` answers again and again, better each time; so do
    experiments, which other processes compute (audience.py)."""

    check: Callable[[Fields], str]
    evaluations: Callable[[Question, Scene], int]
    frames: Callable[[Question, Scene], Frames] | None = None
    stream: Callable[[Question, Scene], Iterator[Frames]] | None = None


def check(want: str, fields: Fields) -> str:
    """What is wrong with a question's fields; empty when nothing is."""
    return WANTS[want].check(fields)


def evaluations(question: Question, scene: Scene) -> int:
    """Example losses a question costs, in compiled ones, before any work starts."""
    return WANTS[question.want].evaluations(question, scene) * scene.row.weight


def walked(question: Question, scene: Scene) -> int:
    """What a walk of the whole scene costs."""
    if scene.ground.examples.shape[1] == 1:
        return 2 * len(scene.runs) * scene.updates
    return evaluations_per_update(scene) * scene.updates


def a_look(question: Question, scene: Scene) -> int:
    return 1


def reading_frames(question: Question, scene: Scene) -> Frames:
    """What the address means and what is wrong with it; nothing is walked."""
    head = {"scene": scene.query(), "problems": told(read(question.scene)[1])}
    return whole_answer(question.id, question.want, head)


def nothing(question: Question, scene: Scene) -> int:
    """What is computed elsewhere costs nothing here."""
    return 0


def grid_cost(question: Question, scene: Scene) -> int:
    across, up = resolution(question.fields)
    return int(across * up * scene.ground.examples.shape[1])


def ground_frames(question: Question, scene: Scene) -> Frames:
    x, y = sides(question.fields)
    row, ground = scene.row, scene.ground
    names = row.constants
    constants = dict(zip(names, ground.constants.tolist()[: len(names)], strict=True))
    head = {
        "surface": row.name,
        "formula": row.formula,
        "mathml": tables.shown(row, constants),
        "constants": constants,
        "x": [x[0], x[-1]],
        "y": [y[0], y[-1]],
    }
    return ground_answer(question.id, head, ground.grid(x, y))


def ghost_cost(question: Question, scene: Scene) -> int:
    across, up = resolution(question.fields)
    return across * up * len(question.fields["examples"])


def ghost_frames(question: Question, scene: Scene) -> Frames:
    """The loss of one batch alone, on a grid."""
    examples, (x, y) = question.fields["examples"], sides(question.fields)
    if max(examples) >= scene.examples:
        allowed = f"examples are 0 to {scene.examples - 1}"
        return [refusal(question.id, question.want, allowed)]
    head = {"scene": scene.query(), "x": [x[0], x[-1]], "y": [y[0], y[-1]], "examples": examples}
    return ground_answer(question.id, head, batch_grid(scene, examples, x, y), question.want)


def window_frames(question: Question, scene: Scene) -> Frames:
    first, last = int(question.fields["from"]), int(question.fields["to"])
    return window_answer(question.id, scene, walk(scene, question.wanted), first, last)


def find_cost(question: Question, scene: Scene) -> int:
    """A gradient per point of the grid, and about twice as many for Newton's work."""
    return int(3 * GRID**2 * scene.ground.examples.shape[1])


def critical_frames(question: Question, scene: Scene) -> Frames:
    found = critical_points(scene.ground)
    head = {"scene": scene.query(), "bounded": scene.row.bounded, "found": len(found)}
    points = [told_critical(point) for point in found[: LIMITS["points"]]]
    return listed_answer(question.id, question.want, head, "points", points)


def newton_cost(question: Question, scene: Scene) -> int:
    """Newton may take 200 updates from here."""
    return int(400 * scene.ground.examples.shape[1])


def point_cost(question: Question, scene: Scene) -> int:
    walk = update_cost(question, scene) if "of" in question.fields else 0
    return newton_cost(question, scene) + walk


def not_on_path(scene: Scene, of: int, index: int) -> str:
    """Why there is no such point of a path."""
    if of >= len(scene.runs):
        return f"of is 0 to {len(scene.runs) - 1}"
    return "" if index <= scene.updates else f"index is 0 to {scene.updates}"


def point_frames(question: Question, scene: Scene) -> Frames:
    fields = question.fields
    if "point" in fields:
        at = point_of(fields)
    elif wrong := not_on_path(scene, fields["of"], fields["index"]):
        return [refusal(question.id, question.want, wrong)]
    else:
        at = place_after(scene, fields["of"], fields["index"], question.wanted)
    return whole_answer(
        question.id, question.want, {"scene": scene.query()} | told_point(scene.ground, at)
    )


def cut_cost(question: Question, scene: Scene) -> int:
    """The walk, and ∇L along every path and along the line."""
    points = len(scene.runs) * scene.updates + int(question.fields["resolution"])
    return walked(question, scene) + int(points * scene.ground.examples.shape[1])


def cut_frames(question: Question, scene: Scene) -> Frames:
    start, end = point_of(question.fields, "from"), point_of(question.fields, "to")
    columns = along(scene.ground, start, end, int(question.fields["resolution"]))
    head = {
        "scene": scene.query(),
        "from": start,
        "to": end,
        "stops": all_stops(scene, walk(scene, question.wanted), start, end),
        "columns": ["distance", "loss", "slope"],
        "rows": columns.shape[1],
    }
    return whole_answer(question.id, question.want, head, columns)


def flatness_cost(question: Question, scene: Scene) -> int:
    """The losses, and once for each surface its minima and how sharp they are."""
    return find_cost(question, scene) + 2 * cut_points(question, scene)


def cut_points(question: Question, scene: Scene) -> int:
    return int(question.fields["resolution"]) * int(scene.ground.examples.shape[1])


def flatness_frames(question: Question, scene: Scene) -> Frames:
    fields = question.fields
    start, end = point_of(fields, "from"), point_of(fields, "to")
    shift = point_of(fields, "shift") if "shift" in fields else (0.0, 0.0)
    test = flatness.Test(scene, shift, fields.get("fresh"))
    columns = flatness.curves(test, start, end, fields["resolution"])
    head = {
        "scene": scene.query(),
        "from": start,
        "to": end,
        "shift": shift,
        "fresh": test.data,
        "minima": flatness.told(test),
        "columns": flatness.COLUMNS,
        "rows": columns.shape[1],
    }
    return whole_answer(question.id, question.want, head, columns)


def edge_cost(question: Question, scene: Scene) -> int:
    """The walk, and a Hessian at every point, which is worth three gradients."""
    points = 3 * len(scene.runs) * (scene.updates + 1)
    return walked(question, scene) + int(points * scene.ground.examples.shape[1])


def escape_frames(question: Question, scene: Scene) -> Frames:
    length = question.fields.get("length")
    length = None if length is None else float(length)
    if allowed := allowed_length(scene.ground, length):
        return [refusal(question.id, question.want, f"length is {allowed}")]
    try:
        found = escape(scene.ground, point_of(question.fields), length)
    except NoWayDown as none:
        return [refusal(question.id, question.want, str(none))]
    head = {"scene": scene.query()} | told_escape(found)
    return whole_answer(question.id, question.want, head)


def update_cost(question: Question, scene: Scene) -> int:
    """The gradients of all runs up to there; no training loss is computed."""
    updates = min(scene.updates, question.fields["index"] + AROUND + 1)
    single = scene.ground.examples.shape[1] == 1
    each = len(scene.runs) if single else sum(map(scene.batch_of, scene.runs))
    return int(each * updates)


def not_made(scene: Scene, of: list[int], index: int) -> str:
    """Why there is no such update; at the end of a path (index = updates) the last one stands."""
    try:
        check_made(scene, of, index - 1 if index == scene.updates else index)
    except NoUpdate as wrong:
        return str(wrong)
    return ""


def update_frames(question: Question, scene: Scene) -> Frames:
    of, index = question.fields["of"], question.fields["index"]
    if wrong := not_made(scene, of, index):
        return [refusal(question.id, question.want, wrong)]
    found = anatomies(scene, of, index, AROUND, PAST, question.wanted)
    head = {"scene": scene.query(), "columns": ["eta", "g1", "g2"]}
    columns = np.concatenate([run.past()[1].ravel() for run in found])
    runs = {"runs": [told_anatomy(run) for run in found]}
    return whole_answer(question.id, question.want, head | runs, columns)


def batch_cost(question: Question, scene: Scene) -> int:
    """As an update's, and every example's gradient around it."""
    return update_cost(question, scene) + (2 * AROUND + 1) * scene.examples


def batch_frames(question: Question, scene: Scene) -> Frames:
    of, index = question.fields["of"], question.fields["index"]
    if wrong := not_made(scene, [of], index):
        return [refusal(question.id, question.want, wrong)]
    head, columns = told_batches(scene, of, index, question.wanted)
    return whole_answer(question.id, question.want, {"scene": scene.query()} | head, columns)


def told_anatomy(run: Anatomy) -> dict[str, Any]:
    first, columns = run.past()
    return {
        "of": run.of,
        "run": run.run.query(),
        "rule": run.run.rule,
        "conversions": conversions(run.scene, run.run),
        "past": {"first": first, "rows": columns.shape[1]},
        "updates": records(run),
    }


def asked_shares(fields: Fields) -> tuple[int, int, list[int], list[float]]:
    etas = [float(eta) for eta in fields.get("etas", [])]
    return fields["of"], fields["seeds"], fields.get("batches", []), etas


def shares_cost(question: Question, scene: Scene) -> int:
    """Too much where the question is refused before it costs anything."""
    of, seeds, batches, etas = asked_shares(question.fields)
    if shares.problems(scene, of, seeds, batches, etas):
        return LIMITS["evaluations"]
    return shares.evaluations(cases(scene, of, batches, etas), seeds)


def shares_frames(question: Question, scene: Scene) -> Iterator[Frames]:
    """After every pass the shares so far, of all cases: each answer replaces the last."""
    of, seeds, batches, etas = asked_shares(question.fields)
    if wrong := shares.problems(scene, of, seeds, batches, etas):
        yield [refusal(question.id, question.want, "; ".join(map(str, wrong)), wrong)]
        return
    for found in ensembles(cases(scene, of, batches, etas), seeds, question.wanted):
        told = shares.told(scene, found)
        head = {
            "scene": scene.query(),
            "of": of,
            "run": scene.runs[of].query(),
            "progress": found[0].seeds / seeds,
            "columns": shares.COLUMNS,
            "shares": told.rows,
        }
        yield parts(question.id, question.want, head, told.columns)


WANTS: dict[str, Want] = {
    "paths": Want(anything, walked),
    "reading": Want(anything, a_look, reading_frames),
    "ground": Want(check_ground, grid_cost, ground_frames),
    "window": Want(check_window, walked, window_frames),
    "update": Want(check_update, update_cost, update_frames),
    "batch": Want(check_batch, batch_cost, batch_frames),
    "ghost": Want(check_ghost, ghost_cost, ghost_frames),
    "critical-points": Want(anything, find_cost, critical_frames),
    "point": Want(check_point, point_cost, point_frames),
    "cut": Want(check_cut, cut_cost, cut_frames),
    "escape": Want(check_escape, newton_cost, escape_frames),
    "shares": Want(check_shares, shares_cost, stream=shares_frames),
    "flatness": Want(check_flatness, flatness_cost, flatness_frames),
    "edge": Want(anything, edge_cost, edge_frames),
    "stability": Want(check_stability, stability_cost, stability_frames),
    "map": Want(check_map, map_cost, stream=map_frames),
    "experiment": Want(check_experiment, nothing),
}

"""What a page wants of theory: limits of each run, and λmax along its path with its rate.

Two rows of the table of wants (wants.py), which says what they cost and when they are asked.
"""

import numpy as np

from app.analysis.curvature import COLUMNS, curvatures, told_rate
from app.analysis.edges import edges
from app.descent import Path, walk
from app.frames import every, kept_rows, parts, refusal, whole_answer
from app.questions import Frames, Question
from app.scene import Scene
from app.surfaces.data import Floats

NOISY_EDGE = 200_000  # example losses that take as long as one run's limit with noise


def stability_cost(question: Question, scene: Scene) -> int:
    """Where batches differ, some fifty radii of a matrix for each run."""
    differ = scene.ground.examples.shape[1] > 1
    return len(scene.runs) * (NOISY_EDGE if differ else 1)


def stability_frames(question: Question, scene: Scene) -> Frames:
    given = question.fields["at"]
    if len(given) != len(scene.runs):
        wrong = f"at has one point, or null, for each of the {len(scene.runs)} runs"
        return [refusal(question.id, question.want, wrong)]
    at = [None if point is None else (float(point[0]), float(point[1])) for point in given]
    head = {"scene": scene.query(), "at": at, "edges": edges(scene, at)}
    return whole_answer(question.id, question.want, head)


def edge_frames(question: Question, scene: Scene) -> Frames:
    """λmax along every path, thinned as paths are, and the measured rates."""
    paths = walk(scene, question.wanted)
    columns = [thinned(curvatures(scene, path, question.wanted)) for path in paths]
    runs = [told_edge(scene, *pair) for pair in zip(paths, columns, strict=True)]
    head = {"scene": scene.query(), "columns": ["update", *COLUMNS], "runs": runs}
    return parts(question.id, question.want, head, columns)


def thinned(found: Floats) -> Floats:
    rows = kept_rows(found, None)
    return np.concatenate([rows[None], found[:, rows]])


def told_edge(scene: Scene, path: Path, table: Floats) -> dict[str, object]:
    return {
        "run": path.run.query(),
        "diverged": path.diverged,
        "rate": told_rate(scene, path),
        "every": every(path.track.shape[1]),
        "rows": table.shape[1],
    }

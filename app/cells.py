"""What a page wants of maps: their pictures, coarse first, each answer better than the last.

A row of the table of wants (wants.py). What a cell is stands in analysis/maps.py.
"""

from collections.abc import Iterator

from app.analysis import maps
from app.analysis.axes import read_axis
from app.analysis.rates import bowl
from app.analysis.shares import minima
from app.critical import NEAR
from app.frames import parts, refusal
from app.limits import LIMITS
from app.outcome import OUTCOMES
from app.questions import Frames, Question, resolution
from app.scene import Scene


def asked_map(question: Question, scene: Scene) -> maps.Question:
    fields = question.fields
    x, y = read_axis(fields["x"]), read_axis(fields["y"])
    assert x is not None
    assert y is not None
    tolerance = float(fields.get("tolerance", NEAR))
    return maps.Question(scene, fields["of"], x, y, resolution(fields), tolerance)


def map_cost(question: Question, scene: Scene) -> int:
    asked = asked_map(question, scene)
    return LIMITS["map"] if maps.problems(asked) else maps.evaluations(asked)


def map_frames(question: Question, scene: Scene) -> Iterator[Frames]:
    """Pictures of a map, coarse first: each answer replaces the last."""
    asked = asked_map(question, scene)
    if wrong := maps.problems(asked):
        yield [refusal(question.id, question.want, "; ".join(map(str, wrong)), wrong)]
        return
    for found in maps.mapped(asked, question.wanted):
        head = {
            "scene": scene.query(),
            "of": asked.of,
            "run": scene.runs[asked.of].query(),
            "progress": found.progress,
            "x": {"knob": asked.x.name, "values": found.x.tolist()},
            "y": {"knob": asked.y.name, "values": found.y.tolist()},
            "outcomes": OUTCOMES,
            "quadratic": bowl(scene.ground) is not None,
            "minima": [{"at": point.at, "loss": point.loss} for point in minima(scene.ground)],
            "columns": maps.COLUMNS,
            "shape": found.cells.shape[1:],
        }
        yield parts(question.id, question.want, head, [found.cells.reshape(len(maps.COLUMNS), -1)])

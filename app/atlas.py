"""HTTP: maps of two knobs and the theory of stability, for notebooks and for anyone with curl.

Part of the interface that api.py begins; addresses are read and refused there. What a cell
is stands in analysis/maps.py.
"""

import csv
import io
from collections.abc import Callable
from typing import Annotated, Any, Literal

import numpy as np
from fastapi import APIRouter, Query, Response

from app.analysis import maps
from app.analysis.axes import Axis, parsed_axis
from app.analysis.edges import told_stability
from app.analysis.shares import minima
from app.answers import MapAnswer, StabilityAnswer
from app.api import (  # fmt: skip
    OF_EXAMPLES,
    OF_SCENE,
    REFUSED,
    AnyScene,
    OfSurface,
    read_point,
    refused,
    told_knobs,
)
from app.critical import NEAR
from app.figures import finite
from app.limits import LIMITS
from app.outcome import OUTCOMES
from app.scene import Problem

router = APIRouter(prefix="/api")
OF_STABILITY = {
    "parameters": [
        *OF_EXAMPLES["parameters"],
        *told_knobs("lambda", "batch", "shuffle")["parameters"],
    ]
}

Side = Annotated[str, Query(description="knob:low..high, such as eta:0.001..0.1 or start1:-2..2")]


@router.get("/map", responses=REFUSED, response_model=MapAnswer, openapi_extra=OF_SCENE)
def chart(
    scene: AnyScene,
    x: Side,
    y: Side,
    of: Annotated[int, Query(description="which run, the first being 0")] = 0,
    resolution: Annotated[int, Query(ge=2, le=LIMITS["side"])] = 64,
    tolerance: Annotated[float, Query(description="how near counts, in diagonals")] = NEAR,
    format: Literal["json", "csv", "npz"] = "json",
) -> Any:
    """How a run ends for every pair of values of two knobs. Rows follow y."""
    sides = side("x", x), side("y", y)
    asked = maps.Question(scene, of, *sides, (resolution, resolution), tolerance)
    if problems := maps.problems(asked):
        raise refused(problems)
    *_, found = maps.mapped(asked)
    write, kind = FORMATS[format]
    return Response(write(asked, found), media_type=kind)


@router.get("/surfaces/{name}/stability", responses=REFUSED, openapi_extra=OF_STABILITY)
def stability(scene: OfSurface, point: Annotated[str, Query(description="x,y")]) -> StabilityAnswer:
    """Up to which η each rule holds at a point, and where it is fastest on a quadratic like it."""
    return StabilityAnswer(**told_stability(scene, read_point("point", point)))


def side(name: str, text: str) -> Axis:
    axis = parsed_axis(text)
    if axis is None:
        raise refused([Problem(name, text[:80], "knob:low..high, such as eta:0.001..0.1")])
    return axis


def as_json(asked: maps.Question, found: maps.Map) -> bytes:
    kinds, minimum, updates, loss = (cells.tolist() for cells in found.cells)
    answer = MapAnswer(
        run=asked.scene.runs[asked.of].query(),
        x=found.x.tolist(),
        y=found.y.tolist(),
        minima=[point.at for point in minima(asked.scene.ground)],
        outcome=[[OUTCOMES[int(kind)] for kind in row] for row in kinds],
        minimum=[[None if place < 0 else int(place) for place in row] for row in minimum],
        updates=[[None if np.isnan(count) else int(count) for count in row] for row in updates],
        loss=[[finite(value) for value in row] for row in loss],
    )
    return answer.model_dump_json().encode()


def as_csv(asked: maps.Question, found: maps.Map) -> bytes:
    """A line per cell: the two values, then what became of it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([asked.x.name, asked.y.name, *maps.COLUMNS])
    for j, y in enumerate(found.y.tolist()):
        for x, (kind, place, updates, loss) in zip(
            found.x.tolist(), found.cells[:, j].T.tolist(), strict=True
        ):
            known = ["" if place < 0 else int(place), "" if np.isnan(updates) else int(updates)]
            writer.writerow([x, y, OUTCOMES[int(kind)], *known, finite(loss)])
    return text.getvalue().encode()


def as_npz(asked: maps.Question, found: maps.Map) -> bytes:
    """Arrays for NumPy: x, y, and a float64 table (ny, nx) for each column."""
    data = io.BytesIO()
    columns = dict(zip(maps.COLUMNS, found.cells, strict=True))
    places = np.array([point.at for point in minima(asked.scene.ground)]).reshape(-1, 2)
    names = np.array(OUTCOMES)
    np.savez_compressed(data, x=found.x, y=found.y, minima=places, outcomes=names, **columns)
    return data.getvalue()


Write = Callable[[maps.Question, maps.Map], bytes]
FORMATS: dict[str, tuple[Write, str]] = {
    "json": (as_json, "application/json"),
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "npz": (as_npz, "application/octet-stream"),
}

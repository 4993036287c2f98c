"""HTTP: surfaces, points, grids and paths, for notebooks and for anyone with curl.

The same numbers as the page gets, in float64. What surrounds a scene in an address (point,
resolution, format …) is taken out first; the rest must be a scene, or the answer is 422
with every problem named. Lists are plain JSON arrays; rows of a table follow y.
"""

import csv
import io
import json
import math
from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, Any, Literal
from urllib.parse import unquote_plus

import numpy as np
from fastapi import APIRouter, Depends, HTTPException, Path, Query, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from app import figures, tables
from app.analysis import anatomy
from app.analysis import cut as cuts
from app.analysis import escape as ways
from app.analysis.points import told_critical, told_point
from app.answers import (  # fmt: skip
    CriticalAnswer,
    CutAnswer,
    EscapeAnswer,
    GridAnswer,
    Pair,
    PointAnswer,
    Refusal,
    RunAnswer,
    SurfaceRow,
    UpdateAnswer,
)
from app.descent import Path as Descent
from app.descent import walk
from app.finder import critical_points
from app.frames import float32
from app.knobs import KNOBS, Knob
from app.limits import LIMITS
from app.scene import OWN_KNOBS, SCENE_KNOBS, Problem, Scene, SceneError
from app.surfaces import catalogue
from app.values import parsed_point

router = APIRouter(prefix="/api")
AROUND = {"point", "resolution", "format", "x", "y", "from", "to", "length", "of", "index"}
AROUND |= {"first", "epochs", "seeds", "batches", "etas", "shift", "fresh", "epsilon", "tolerance"}
CHUNK = 2000  # rows written between two turns of the event loop
REFUSED: dict[int | str, dict[str, Any]] = {422: {"model": Refusal}}


def refused(problems: list[Problem]) -> SceneError:
    return SceneError(problems)


def scene_error(request: Request, error: Exception) -> JSONResponse:
    """Every bad value of an address, with what is allowed: 422."""
    problems = error.problems if isinstance(error, SceneError) else []
    told = [problem.told() for problem in problems]
    return JSONResponse({"detail": str(error), "problems": told}, 422)


def scene_of(request: Request) -> Scene:
    """The scene in an address, without what the API adds around it."""
    return Scene.parse(scene_part(request))


def scene_part(request: Request) -> str:
    """The address without what the API adds around a scene, otherwise letter for letter."""
    pieces = request.url.query.split("&")
    return "&".join(piece for piece in pieces if unquote_plus(piece.split("=")[0]) not in AROUND)


def surface_scene(request: Request, name: Annotated[str, Path()]) -> Scene:
    """The scene whose surface the path names, with the address's example knobs."""
    if name not in catalogue.BY_NAME:
        raise HTTPException(404, f"no surface {name}; there are {', '.join(catalogue.BY_NAME)}")
    return Scene.parse(f"surface={name}&{scene_part(request)}")


def told_knobs(*names: str) -> dict[str, Any]:
    """What OpenAPI says of a scene's knobs; they are read from the address as a whole."""
    return parameters_of(knob for knob in KNOBS if knob.name in names)


def parameters_of(knobs: Iterable[Knob]) -> dict[str, Any]:
    told = [(knob.name, f"{knob.help} Allowed: {knob.allowed()}.") for knob in knobs]
    parameter = {"in": "query", "required": False, "schema": {"type": "string"}}
    return {"parameters": [parameter | {"name": n, "description": text} for n, text in told]}


OF_EXAMPLES = told_knobs("examples", "spread", "noise", "data", *OWN_KNOBS)
OF_SCENE = told_knobs(*SCENE_KNOBS, *OWN_KNOBS)
OF_SCENE["parameters"].append(
    {
        "name": "run",
        "in": "query",
        "required": False,
        "description": "A rule and its own knobs, such as momentum,lambda:0.8. Repeats.",
        "schema": {"type": "array", "items": {"type": "string"}},
    }
)

AnyScene = Annotated[Scene, Depends(scene_of)]
OfSurface = Annotated[Scene, Depends(surface_scene)]


@router.get("/surfaces")
def surfaces() -> list[SurfaceRow]:
    """The catalogue."""
    return [SurfaceRow(**tables.surface(row)) for row in catalogue.SURFACES]


@router.get("/surfaces/{name}", responses=REFUSED | {404: {}}, openapi_extra=OF_EXAMPLES)
def surface(scene: OfSurface) -> SurfaceRow:
    """One row of the catalogue, or a row like them for a formula of one's own."""
    return SurfaceRow(**tables.surface(scene.row))


@router.get("/surfaces/{name}/point", responses=REFUSED, openapi_extra=OF_EXAMPLES)
def point(scene: OfSurface, point: Annotated[str, Query(description="x,y")]) -> PointAnswer:
    """Loss, gradient and Hessian of the training loss at a point."""
    return PointAnswer(**told_point(scene.ground, read_point("point", point)))


def read_point(name: str, text: str) -> Pair:
    at = parsed_point(text)
    if at is None:
        raise refused([Problem(name, text[:80], "two numbers x,y")])
    return at


@router.get("/surfaces/{name}/critical-points", responses=REFUSED, openapi_extra=OF_EXAMPLES)
def critical(scene: OfSurface) -> list[CriticalAnswer]:
    """All critical points of the training loss in the domain: minima, saddles, maxima, flat."""
    return [CriticalAnswer(**told_critical(point)) for point in critical_points(scene.ground)]


Resolution = Annotated[int, Query(ge=2, le=LIMITS["resolution"])]


@router.get(
    "/surfaces/{name}/grid",
    responses=REFUSED,
    response_model=GridAnswer,
    openapi_extra=OF_EXAMPLES,
)
def grid(
    scene: OfSurface,
    resolution: Resolution = 120,
    format: Literal["json", "f4"] = "json",
    x: Annotated[str | None, Query(description="low..high")] = None,
    y: Annotated[str | None, Query(description="low..high")] = None,
) -> Any:
    """The training loss over the surface's domain, or over x=low..high and y=low..high."""
    given, domain = {"x": x, "y": y}, dict(zip("xy", scene.row.domain, strict=True))
    sides = [side(name, text, domain[name], resolution) for name, text in given.items()]
    loss = scene.ground.grid(*sides)
    if format == "f4":
        return Response(float32(loss).tobytes(), media_type="application/octet-stream")
    rows = [[figures.finite(value) for value in row] for row in loss.tolist()]
    return GridAnswer(x=sides[0].tolist(), y=sides[1].tolist(), loss=rows)


def side(name: str, text: str | None, domain: Pair, resolution: int) -> Any:
    """The grid's coordinates along one axis."""
    if text is None:
        return np.linspace(*domain, resolution)
    ends = parsed_point(text.replace("..", ","))
    if ends is None or not ends[0] < ends[1] or not math.isfinite(ends[1] - ends[0]):
        raise refused([Problem(name, text[:80], "low..high with low below high")])
    return np.linspace(*ends, resolution)


@router.get("/cut", responses=REFUSED, openapi_extra=OF_SCENE)
def cut(
    scene: AnyScene,
    start: Annotated[str, Query(alias="from", description="x,y")],
    to: Annotated[str, Query(description="x,y")],
    resolution: Resolution = 200,
) -> CutAnswer:
    """The training loss along a line, and where on it the lecture's stops of each run are."""
    ends = read_point("from", start), read_point("to", to)
    if not 0 < math.dist(*ends) < math.inf:
        raise refused([Problem("to", to[:80], "two numbers x,y other than from")])
    distance, *values = cuts.along(scene.ground, *ends, resolution).tolist()
    loss, slope = ([figures.finite(value) for value in column] for column in values)
    stops = cuts.all_stops(scene, walk(scene), *ends)
    return CutAnswer(**dict(zip(CUT, (*ends, distance, loss, slope, stops), strict=True)))


CUT = ("start", "to", "distance", "loss", "slope", "stops")


@router.get("/escape", responses=REFUSED, openapi_extra=OF_SCENE)
def escape(
    scene: AnyScene,
    point: Annotated[str, Query(description="x,y")],
    length: Annotated[float | None, Query()] = None,
) -> EscapeAnswer:
    """One movement from a saddle (or maximum) along the eigenvector that leads down."""
    at = read_point("point", point)
    if allowed := ways.allowed_length(scene.ground, length):
        raise refused([Problem("length", str(length), allowed)])
    try:
        found = ways.escape(scene.ground, at, length)
    except ways.NoWayDown as none:
        raise refused([Problem("point", point[:80], f"{ways.ALLOWED} ({none})")]) from none
    told = ways.told_escape(found)
    return EscapeAnswer(start=told.pop("from"), **told)


@router.get("/update", responses=REFUSED, openapi_extra=OF_SCENE)
def update(
    scene: AnyScene,
    index: Annotated[int, Query(description="which update, the first being 0")],
    of: Annotated[int, Query(description="which run, the first being 0")] = 0,
) -> UpdateAnswer:
    """One update taken apart: what the rule was given and what it made of it."""
    given = {"of": of, "index": index}
    try:
        return UpdateAnswer(**anatomy.told(anatomy.anatomy(scene, of, index)))
    except anatomy.NoUpdate as none:
        raise refused([Problem(none.wrong, str(given[none.wrong]), none.allowed)]) from none


@router.get("/paths", responses=REFUSED, response_model=list[RunAnswer], openapi_extra=OF_SCENE)
def paths(scene: AnyScene, format: Literal["json", "csv", "ndjson"] = "json") -> Any:
    """The paths of a scene: one entry per run, every update, float64."""
    write, kind = FORMATS[format]
    return StreamingResponse(write(scene, walk(scene)), media_type=kind)


def as_json(scene: Scene, paths: list[Descent]) -> Iterator[str]:
    """A JSON array written piece by piece, so that a large one never stands in memory whole."""
    for i, path in enumerate(paths):
        head = json.dumps(figures.figures(scene, path), allow_nan=False)
        yield ("[" if i == 0 else ",") + head[:-1] + ',"theta":['
        yield from joined(path.theta.tolist())
        yield '],"loss":['
        yield from joined([figures.finite(value) for value in path.loss.tolist()])
        yield "]}"
    yield "]"


def joined(values: list[Any]) -> Iterator[str]:
    """Elements of a JSON array in pieces of CHUNK."""
    for first in range(0, len(values), CHUNK):
        piece = json.dumps(values[first : first + CHUNK], allow_nan=False)
        yield ("," if first else "") + piece[1:-1]


def rows(path: Descent) -> Iterator[list[Any]]:
    """Update, θ₁, θ₂ and loss of every point."""
    for update, (x, y, loss) in enumerate(path.track.T.tolist()):
        yield [update, x, y, figures.finite(loss)]


def as_csv(scene: Scene, paths: list[Descent]) -> Iterator[str]:
    yield "of,run,update,theta1,theta2,loss\r\n"
    for of, path in enumerate(paths):
        text = io.StringIO()
        writer = csv.writer(text)
        for row in rows(path):
            writer.writerow([of, path.run.query(), *row])
            if row[0] % CHUNK == 0:
                yield emptied(text)
        yield emptied(text)


def emptied(text: io.StringIO) -> str:
    written = text.getvalue()
    text.seek(0)
    text.truncate()
    return written


def as_lines(scene: Scene, paths: list[Descent]) -> Iterator[str]:
    """One JSON object a line: first a run's figures, then its points."""
    for of, path in enumerate(paths):
        yield json.dumps({"of": of} | figures.figures(scene, path), allow_nan=False) + "\n"
        for update, x, y, loss in rows(path):
            yield json.dumps({"of": of, "update": update, "theta": [x, y], "loss": loss}) + "\n"


Write = Callable[[Scene, list[Descent]], Iterator[str]]
FORMATS: dict[str, tuple[Write, str]] = {
    "json": (as_json, "application/json"),
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "ndjson": (as_lines, "application/x-ndjson"),
}

"""HTTP: examples, the batches of an epoch, what many seeds did, and losses beside the training's.

Part of the interface that api.py begins; addresses are read and refused there.
"""

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, TypeVar

from fastapi import APIRouter, Query

from app import figures
from app.analysis import shares as many
from app.analysis import sharpness as sharp
from app.analysis.ensembles import cases, ensembles
from app.analysis.examples import examples as rows_of
from app.answers import (
    EpochAnswer,
    ExampleAnswer,
    Pair,
    SharesAnswer,
    SharpnessAnswer,
    TestLossAnswer,
)
from app.api import (
    OF_EXAMPLES,
    OF_SCENE,
    REFUSED,
    AnyScene,
    OfSurface,
    read_point,
    refused,
)
from app.knobs import BY_NAME
from app.limits import LIMITS
from app.sampling import epoch_order
from app.scene import Problem, Scene
from app.values import parsed

router = APIRouter(prefix="/api")
N = TypeVar("N", int, float)

Of = Annotated[int, Query(description="which run, the first being 0")]
Where = Annotated[str, Query(description="x,y")]


@router.get("/surfaces/{name}/examples", responses=REFUSED, openapi_extra=OF_EXAMPLES)
def examples(scene: OfSurface) -> list[ExampleAnswer]:
    """The N examples that the training loss is the mean of, in natural order."""
    return [ExampleAnswer.model_validate(row, from_attributes=True) for row in rows_of(scene)]


@router.get("/epochs", responses=REFUSED, openapi_extra=OF_SCENE)
def epochs(
    scene: AnyScene,
    of: Of = 0,
    first: Annotated[int, Query(ge=0, le=10**6, description="the first epoch")] = 0,
    epochs: Annotated[int, Query(ge=1, le=LIMITS["epochs"], description="how many")] = 3,
) -> list[EpochAnswer]:
    """Which examples form which batch of a run, epoch by epoch."""
    drawn = scene.examples, batch_of(scene, of), scene.shuffle, scene.seed
    return [
        EpochAnswer(epoch=epoch, batches=epoch_order(*drawn, epoch))
        for epoch in range(first, first + epochs)
    ]


def batch_of(scene: Scene, of: int) -> int:
    if problem := many.why_no_run(scene, of):
        raise refused([problem])
    return scene.batch_of(scene.runs[of])


@router.get("/shares", responses=REFUSED, openapi_extra=OF_SCENE)
def shares(
    scene: AnyScene,
    of: Of = 0,
    seeds: Annotated[int, Query(ge=1, le=LIMITS["seeds"], description="how many")] = 1000,
    batches: Annotated[str | None, Query(description="batch sizes, such as 1,5,20")] = None,
    etas: Annotated[str | None, Query(description="or rates, such as 0.05,0.1")] = None,
) -> list[SharesAnswer]:
    """Where a run ends with each of many seeds, in shares with their intervals."""
    if problem := many.why_no_run(scene, of):
        raise refused([problem])
    sizes = listed("batches", batches, int, [] if etas else [batch_of(scene, of)])
    rates = listed("etas", etas, float, [])
    if problems := many.problems(scene, of, seeds, sizes, rates):
        raise refused(problems)
    *_, found = ensembles(cases(scene, of, sizes, rates), seeds)
    return [SharesAnswer(**row) for row in many.told(scene, found).rows]


def listed(name: str, text: str | None, kind: Callable[[str], N], default: list[N]) -> list[N]:
    """Numbers separated by commas in an address."""
    if text is None:
        return default
    try:
        return [kind(part) for part in text.split(",")]
    except (ValueError, OverflowError):
        raise refused([Problem(name, text[:80], "numbers separated by commas")]) from None


@router.get("/surfaces/{name}/test-loss", responses=REFUSED, openapi_extra=OF_EXAMPLES)
def loss_of_test(
    scene: OfSurface,
    point: Where,
    shift: Annotated[
        str | None, Query(description="dx,dy: the test is the training, moved")
    ] = None,
    fresh: Annotated[str | None, Query(description="the data seed of the test's examples")] = None,
) -> TestLossAnswer:
    """Training loss at a point, and the loss of a test that is not quite the same."""
    at = read_point("point", point)
    if (shift is None) == (fresh is None):
        raise refused([Problem("shift", shift or "", "dx,dy, or else fresh=seed")])
    if fresh is not None and scene.row.rows:
        raise refused(
            [Problem("fresh", fresh[:80], "shift=dx,dy; rows of one's own are all there are")]
        )
    move = None if shift is None else read_point("shift", shift)
    data = None if fresh is None else read_seed(fresh)
    test = tested(scene, at, move, data)
    fine = figures.finite
    training = fine(scene.ground.loss_at(at))
    return TestLossAnswer(point=at, training=training, test=fine(test), shift=move, data=data)


def tested(scene: Scene, at: Pair, shift: Pair | None, data: int | None) -> float:
    if shift is not None:
        return sharp.moved_loss(scene.ground, at, shift)
    assert data is not None
    return sharp.fresh_loss(scene, at, data)


def read_seed(text: str) -> int:
    knob = BY_NAME["data"]
    value = parsed(knob, text)
    if value is None:
        raise refused([Problem("fresh", text[:80], knob.allowed())])
    return int(value)


@router.get("/surfaces/{name}/sharpness", responses=REFUSED, openapi_extra=OF_EXAMPLES)
def sharpness(
    scene: OfSurface,
    point: Where,
    epsilon: Annotated[float, Query(gt=0, le=1, description="ε of the box")] = sharp.EPSILON,
) -> SharpnessAnswer:
    """How far the training loss rises in a box around a point, and its largest curvature."""
    found = asdict(sharp.sharpness(scene.ground, read_point("point", point), epsilon))
    numbers = ("loss", "highest", "relative", "curvature")
    fine = {name: None if found[name] is None else figures.finite(found[name]) for name in numbers}
    return SharpnessAnswer(**found | fine)

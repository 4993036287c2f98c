"""HTTP: experiments, begun, looked at and given up.

Part of the interface that api.py begins. What an experiment is stands in app/experiments; who
runs it, and when, in its pool. This is the one place of the interface that makes the server
work for longer than an answer takes, so it has a queue with an end.
"""

import csv
import io
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, HTTPException, Path, Request, Response

from app.answers import (
    ExperimentAnswer,
    ExperimentRow,
    LectureRow,
    MeasuredTimeAnswer,
    Refusal,
)
from app.api import parameters_of
from app.experiments import address, evidence
from app.experiments.address import Asked
from app.experiments.knobs import KNOBS
from app.experiments.pool import Full, Job, Pool
from app.experiments.table import EXPERIMENTS
from app.socket import is_ours

router = APIRouter(prefix="/api/experiments")
SOON = 20  # seconds after which one may ask a full queue again: an experiment takes about that
MISSING: dict[int | str, dict[str, Any]] = {404: {}, 422: {"model": Refusal}}
OF_KNOBS = parameters_of(KNOBS)
ELSEWHERE: dict[int | str, dict[str, Any]] = MISSING | {403: {}}


@router.get("")
def experiments() -> list[ExperimentRow]:
    """The table of experiments: questions, knobs, charts and columns."""
    return [ExperimentRow(**row.told()) for row in EXPERIMENTS.values()]


# All of these are coroutines, since what concerns the pool happens on the event loop.


async def pool_of(request: Request) -> Pool:
    pool: Pool = request.app.state.pool
    return pool


ThePool = Annotated[Pool, Depends(pool_of)]


@router.get("/time-per-update")
async def time_per_update(pool: ThePool) -> MeasuredTimeAnswer | None:
    """What an update of the real network took here with one thread; null while the experiment
    `time` was never done at its defaults. Begins nothing."""
    job = pool.known(address.read("time", ""))
    if job is None or job.state != "done":
        return None
    lines = {(line["chart"], line["name"]): line for line in job.picture["series"]}
    line = lines["update", "one"]
    told = {"batches": line["x"], "seconds": line["y"]}
    known = {"machine": job.machine, "finished": job.finished}
    return MeasuredTimeAnswer.model_validate(told | known)


@router.get("/table")
async def lecture_table(pool: ThePool) -> list[LectureRow]:
    """The lecture's table, small batch against large, filled with what is done at its defaults."""
    defaults = {name: address.read(name, "") for name in EXPERIMENTS}
    jobs = {name: pool.known(asked) for name, asked in defaults.items()}
    told = {
        name: job.told() if job else {"address": defaults[name].address, "state": None}
        for name, job in jobs.items()
    }
    return [LectureRow(**row) for row in evidence.table(told)]


async def asked(request: Request, name: Annotated[str, Path()]) -> Asked:
    """The experiment of an address."""
    if name not in EXPERIMENTS:
        raise HTTPException(404, f"no experiment {name}; there are {', '.join(EXPERIMENTS)}")
    return address.read(name, request.url.query)


async def ours(request: Request) -> None:
    """Pages of other origins cannot set this machine to work."""
    if not is_ours(request):
        raise HTTPException(403, "this page is not ours")


AnAsked = Annotated[Asked, Depends(asked)]


async def known(asked: AnAsked, pool: ThePool) -> Job:
    job = pool.known(asked)
    if job is None:
        raise HTTPException(404, f"nobody has asked for {asked.address} yet; POST there begins it")
    return job


AJob = Annotated[Job, Depends(known)]


@router.post(
    "/{name}",
    status_code=202,
    responses=ELSEWHERE | {503: {}},
    dependencies=[Depends(ours)],
    openapi_extra=OF_KNOBS,
)
async def begin(asked: AnAsked, pool: ThePool, response: Response) -> ExperimentAnswer:
    """Begins an experiment, or joins it; `Location` is where it is from now on."""
    try:
        job = pool.ask(asked)
    except Full as full:
        raise HTTPException(503, str(full), {"retry-after": str(SOON)}) from None
    job.posted = True
    response.headers["location"] = asked.address
    return ExperimentAnswer(**job.told())


@router.get("/{name}", responses=MISSING, response_model=ExperimentAnswer, openapi_extra=OF_KNOBS)
async def look(job: AJob, format: Literal["json", "csv"] = "json") -> Any:
    """How far an experiment is, and its figures so far."""
    if format == "csv":
        return Response(as_csv(job), media_type="text/csv; charset=utf-8")
    return ExperimentAnswer(**job.told())


@router.delete("/{name}", responses=ELSEWHERE, dependencies=[Depends(ours)], openapi_extra=OF_KNOBS)
async def give_up(job: AJob, pool: ThePool) -> ExperimentAnswer:
    """Takes a POST back. What nobody else waits for is ended; what is done stays."""
    pool.withdraw(job)
    return ExperimentAnswer(**job.told())


def as_csv(job: Job) -> str:
    """The result table; what is not known is empty."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([column.name for column in job.asked.row.columns])
    writer.writerows(job.picture["rows"])
    return text.getvalue()

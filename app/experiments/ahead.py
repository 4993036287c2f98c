"""Experiments computed ahead of a lesson, so that a class finds them done.

The same pool and the same processes as a server's, one experiment after the other; results are
kept where every server of this machine looks for them. What is kept already is not run again.
"""

import asyncio
import sys
from collections.abc import Sequence
from typing import TextIO

from app.experiments import address
from app.experiments.address import Asked
from app.experiments.pool import Job, Pool
from app.experiments.table import EXPERIMENTS
from app.scene import SceneError

WELL, FAILED, MISUSED = 0, 1, 2  # exit codes
WIDE = 24  # characters of the bar


def compute(names: Sequence[str], out: TextIO = sys.stdout) -> int:
    """Runs experiments, each `name` or `name?knobs`; all at their defaults if none is named.

    The exit code: 0 when all are done, 1 when one has failed, 2 when one cannot be read.
    """
    try:
        asked = [read(name) for name in names or EXPERIMENTS]
    except (KeyError, SceneError) as wrong:
        print(wrong.args[0], file=sys.stderr)
        return MISUSED
    return WELL if asyncio.run(run(asked, out)) else FAILED


def read(text: str) -> Asked:
    """KeyError for a name that is none, SceneError for knobs that are none."""
    name, _, query = text.partition("?")
    if name not in EXPERIMENTS:
        raise KeyError(f"no experiment {name}; there are {', '.join(EXPERIMENTS)}")
    return address.read(name, query)


async def run(asked: Sequence[Asked], out: TextIO) -> bool:
    """Whether all of them are done in the end."""
    pool = Pool(slots=1)
    try:
        return all([await one(pool, each, out) for each in asked])
    finally:
        await pool.close()


async def one(pool: Pool, asked: Asked, out: TextIO) -> bool:
    job, over = pool.ask(asked), asyncio.Event()

    def follow(job: Job) -> None:
        if not job.is_open:
            over.set()
        elif out.isatty():
            print(f"\r{line(job)}", end="", file=out, flush=True)

    job.followers.append(follow)
    follow(job)
    await over.wait()
    job.followers.remove(follow)
    begin = "\r" if out.isatty() else ""
    print(f"{begin}{line(job)}", file=out, flush=True)
    return job.state == "done"


def line(job: Job) -> str:
    """How far it is, always as long."""
    full = round(WIDE * job.picture["progress"])
    bar = "█" * full + "░" * (WIDE - full)
    ended = {
        "done": f"done in {job.seconds:.1f} s" if job.seconds else "done",
        "failed": f"failed: {job.error}",
    }
    told = ended.get(job.state, f"{job.picture['progress']:.0%}")
    name = job.asked.name + (f"?{job.asked.query}" if job.asked.query else "")
    return f"  {name:<12} {bar} {told:<18}"

"""Runs experiments, each in a process of its own, a few at a time, the others in a queue.

Asking twice for one address is one experiment. It goes on as long as somebody wants it: whoever
posted it, or a page that follows it; when nobody does, its process is ended. A process that
breaks down takes nothing with it. Everything here happens on the event loop.
"""

import asyncio
import json
import logging
import sys
from collections import OrderedDict, deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from app import settings
from app.experiments import results
from app.experiments.address import Asked
from app.limits import LIMITS

LOG = logging.getLogger("downhill")
LINE = 2**24  # bytes a picture may have on its way from the process
BETWEEN = 0.2  # seconds between two pictures that followers get, at least
BEFORE = 0.05  # seconds before a process is made, so that a changed mind costs none
COMMAND = (sys.executable, "-m", "app.experiments.worker")
CRASHED = "the process that ran it ended by itself; the server's log may say why"
TOO_LONG = "it took longer than {seconds} seconds; smaller knobs need less"
OPEN = ("queued", "running")
Follower = Callable[["Job"], None]
NOTHING: dict[str, Any] = {"progress": 0.0, "series": [], "rows": [], "facts": {}}


class Full(Exception):
    """No room in the queue."""

    def __init__(self) -> None:
        super().__init__(f"{LIMITS['waiting']} experiments are waiting already; try again later")


@dataclass(eq=False)
class Job:
    """One experiment that was asked for. `version` counts what followers have not seen yet."""

    asked: Asked
    state: str = "queued"  # queued, running, done, failed, cancelled
    position: int | None = None  # in the queue, the next being 1
    picture: dict[str, Any] = field(default_factory=lambda: NOTHING)
    machine: dict[str, Any] | None = None
    error: str | None = None
    seconds: float | None = None
    finished: str | None = None
    posted: bool = False
    followers: list[Follower] = field(default_factory=list)
    version: int = 0
    later: asyncio.TimerHandle | None = None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_wanted(self) -> bool:
        return self.posted or bool(self.followers)

    def told(self) -> dict[str, Any]:
        """All that is known of it, as plain values."""
        known = ("state", "position", "error", "machine", "seconds", "finished")
        head = {"name": self.asked.name, "address": self.asked.address, "query": self.asked.query}
        own = {name: getattr(self, name) for name in known}
        return (
            head
            | {"knobs": self.asked.knobs}
            | own
            | {"followers": len(self.followers)}
            | self.picture
        )

    def changed(self) -> None:
        """Tells everybody who follows, at once."""
        self.version += 1
        if self.later:
            self.later.cancel()
            self.later = None
        for follower in tuple(self.followers):
            follower(self)

    def drawn(self, picture: dict[str, Any], size: int) -> None:
        """Takes a picture; the more follow and the larger it is, the longer till they get one."""
        first, self.picture = self.picture is NOTHING, picture
        if self.later is None:
            wait = max(BETWEEN, size * len(self.followers) / LIMITS["following"])
            self.later = asyncio.get_running_loop().call_later(0 if first else wait, self.due)

    def due(self) -> None:
        self.later = None
        self.changed()


@dataclass
class Pool:
    """All experiments of one server process; finished ones are remembered for a while."""

    command: tuple[str, ...] = COMMAND
    slots: int = field(default_factory=lambda: max(1, settings.number("experiments")))
    jobs: OrderedDict[str, Job] = field(default_factory=OrderedDict)
    queue: deque[Job] = field(default_factory=deque)
    running: dict[Job, asyncio.Task[None]] = field(default_factory=dict)
    processes: dict[Job, asyncio.subprocess.Process] = field(default_factory=dict)

    def known(self, asked: Asked) -> Job | None:
        """The experiment of this address if it was ever asked for, also by an earlier server."""
        job = self.jobs.get(asked.address)
        if job is None and (result := results.kept(asked)) is not None:
            del result["address"]
            job = Job(asked, "done", **result)
            self.remember(job)
        return job

    def ask(self, asked: Asked) -> Job:
        """The experiment of this address, begun or put into the queue if it is not. Full."""
        job = self.known(asked)
        if job is not None and (job.is_open or job.state == "done"):
            self.jobs.move_to_end(asked.address)
            return job
        if len(self.queue) >= LIMITS["waiting"]:
            raise Full
        job = Job(asked)
        self.remember(job)
        self.queue.append(job)
        self.fill()
        return job

    def remember(self, job: Job) -> None:
        """Forgets the oldest of those that are over, when there are too many."""
        self.jobs[job.asked.address] = job
        self.jobs.move_to_end(job.asked.address)
        over = [address for address, job in self.jobs.items() if not job.is_open]
        for address in over[: max(0, len(over) - LIMITS["results"])]:
            del self.jobs[address]

    def fill(self) -> None:
        """Begins what may begin, and counts the others."""
        while self.queue and len(self.running) < self.slots:
            job = self.queue.popleft()
            job.state, job.position = "running", None
            self.running[job] = asyncio.create_task(self.run(job))
            job.changed()
        for position, job in enumerate(self.queue, 1):
            if job.position != position:
                job.position = position
                job.changed()

    async def run(self, job: Job) -> None:
        """Runs one experiment to its end, whatever that is."""
        try:
            async with asyncio.timeout(LIMITS["experiment"]):
                await self.converse(job)
            if job.state == "running":
                self.end(job, "failed", CRASHED)
        except TimeoutError:
            self.end(job, "failed", TOO_LONG.format(seconds=LIMITS["experiment"]))
        except Exception:
            LOG.exception("an experiment could not be run: %s", job.asked.address)
            self.end(job, "failed", CRASHED)
        finally:
            await self.gone(job)

    async def converse(self, job: Job) -> None:
        """Begins the process and takes what it tells until it says no more."""
        await asyncio.sleep(BEFORE)
        if not job.is_open:
            return
        process = await asyncio.create_subprocess_exec(
            *self.command, job.asked.name, job.asked.query, cwd=settings.PROJECT,
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, limit=LINE,
        )  # fmt: skip
        self.processes[job] = process
        assert process.stdout is not None
        while job.is_open and (line := await process.stdout.readline()):
            self.take(job, json.loads(line), len(line))

    def take(self, job: Job, told: dict[str, Any], size: int) -> None:
        """One line of the process: its machine, a picture, or the last picture."""
        job.machine = told.get("machine", job.machine)
        if "done" in told:
            job.picture, job.seconds = told["picture"], told["done"]
            job.finished = datetime.now(UTC).isoformat(timespec="seconds")
            known = ("picture", "machine", "seconds", "finished")
            results.keep(job.asked, {name: getattr(job, name) for name in known})
            self.end(job, "done")
        elif "picture" in told:
            job.drawn(told["picture"], size)

    def end(self, job: Job, state: str, error: str | None = None) -> None:
        if job.is_open:
            job.state, job.error, job.position = state, error, None
            job.changed()

    async def gone(self, job: Job) -> None:
        """Sees to it that the process is gone, and lets the next one in."""
        process = self.processes.pop(job, None)
        if process is not None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        self.running.pop(job, None)
        self.fill()

    def withdraw(self, job: Job) -> None:
        """Whoever posted it does not want it any more."""
        job.posted = False
        self.release(job)

    def release(self, job: Job) -> None:
        """Ends an experiment that nobody wants any more."""
        if job.is_open and not job.is_wanted:
            if job in self.queue:
                self.queue.remove(job)
            self.end(job, "cancelled")
            if process := self.processes.get(job):
                with suppress(ProcessLookupError):
                    process.kill()
            self.fill()

    async def close(self) -> None:
        """Ends everything; no process outlives its server."""
        self.queue.clear()
        tasks = list(self.running.values())
        for job in tuple(self.running):
            job.followers.clear()
            self.withdraw(job)
        if tasks:
            await asyncio.wait(tasks, timeout=5)

"""The desk: where questions of all sockets meet the engine.

Questions that wait at the same moment on one ground share one engine call. Short work runs
on one thread, long work on a few others in chunks, so that nobody's slider waits for
somebody's hundred thousand updates. Nothing is remembered between questions.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from app import settings
from app.descent import GivenUp, Path, common, walk_together
from app.frames import paths_answer, refusal
from app.scene import Problem, Scene, read
from app.wants import WANTS, Frames, Question, evaluations

SHORT = 500_000  # example losses of a question that nobody need wait for
POINTS = 32_000  # points of one engine call, whose tracks then stay in a core's cache
LOG = logging.getLogger("downhill")


@dataclass(slots=True)
class Read:
    """A question with its scene read."""

    question: Question
    scene: Scene
    problems: list[Problem]

    def answer(self, paths: list[Path]) -> Frames:
        return paths_answer(self.question.id, self.scene, self.problems, paths)


@dataclass
class Desk:
    """Takes questions on the event loop, works on threads, answers on the event loop."""

    waiting: list[Question] = field(default_factory=list)
    short: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "short"))
    long: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(settings.number("threads"), "long")
    )
    awake: asyncio.Event = field(default_factory=asyncio.Event)

    def ask(self, question: Question) -> None:
        self.waiting.append(question)
        self.awake.set()

    async def serve(self) -> None:
        """Takes all waiting questions at once, again and again, until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            await self.awake.wait()
            await asyncio.sleep(0)  # what has already arrived may share the call
            self.awake.clear()
            batch, self.waiting = self.waiting, []
            answers = await loop.run_in_executor(self.short, self.attempt, batch, loop)
            for question, frames in answers:
                question.answer(question, frames)

    def attempt(
        self, batch: list[Question], loop: asyncio.AbstractEventLoop
    ) -> list[tuple[Question, Frames]]:
        """Answers whatever happens: a desk that stopped would answer nobody ever again."""
        try:
            return self.work(batch, loop)
        except Exception:
            if len(batch) > 1:
                return [answer for alone in batch for answer in self.attempt([alone], loop)]
            LOG.exception("a question could not be read")
            return [(batch[0], failed(batch[0]))]

    def work(
        self, batch: list[Question], loop: asyncio.AbstractEventLoop
    ) -> list[tuple[Question, Frames]]:
        """Answers of all short questions; hands the long ones on."""
        reads = [self.read(question) for question in batch if question.wanted()]
        brief: list[Read] = []
        for item in reads:
            if evaluations(item.question, item.scene) > SHORT:
                self.long.submit(self.hand_on, item, loop)
            else:
                brief.append(item)
        return list(answered(brief))

    def read(self, question: Question) -> Read:
        scene, problems = read(question.scene)
        return Read(question, scene, problems)

    def hand_on(self, item: Read, loop: asyncio.AbstractEventLoop) -> None:
        if not item.question.wanted():
            return  # a newer question came while this one waited for a thread
        for question, frames in answered([item]):
            loop.call_soon_threadsafe(question.answer, question, frames)

    def close(self) -> None:
        self.short.shutdown(wait=False, cancel_futures=True)
        self.long.shutdown(wait=False, cancel_futures=True)


def answered(items: list[Read]) -> Iterable[tuple[Question, Frames]]:
    """Frames of each question; an engine call for all paths on one ground."""
    groups: dict[Any, list[Read]] = {}
    for item in items:
        if item.question.want == "paths":
            groups.setdefault(common(item.scene), []).append(item)
        else:
            yield from guarded([item], alone)
    for group in groups.values():
        for part in batched(group, max(1, POINTS // points(group))):
            yield from guarded(part, together)


def points(group: list[Read]) -> int:
    """Points of the largest scene of a group, which share their number of updates."""
    return max(len(item.scene.runs) for item in group) * (group[0].scene.updates + 1)


def batched(items: list[Read], size: int) -> Iterable[list[Read]]:
    return (items[first : first + size] for first in range(0, len(items), size))


def together(items: list[Read]) -> list[Frames]:
    wanted = items[0].question.wanted if len(items) == 1 else lambda: True
    walked = walk_together([item.scene for item in items], wanted)
    return [item.answer(paths) for item, paths in zip(items, walked, strict=True)]


def alone(items: list[Read]) -> list[Frames]:
    make = WANTS[items[0].question.want].frames
    assert make is not None  # paths are answered together
    return [make(items[0].question, items[0].scene)]


def guarded(
    items: list[Read], make: Callable[[list[Read]], list[Frames]]
) -> Iterable[tuple[Question, Frames]]:
    """One failing question must not take the others' answers with it."""
    try:
        frames = make(items)
    except GivenUp:
        return
    except Exception:
        if len(items) > 1:  # ask one by one, so that only the bad one fails
            for item in items:
                yield from guarded([item], make)
            return
        LOG.exception("a question failed: %s", items[0].question.want)
        frames = [failed(items[0].question)]
    yield from zip((item.question for item in items), frames, strict=True)


def failed(question: Question) -> Frames:
    return [refusal(question.id, question.want, "this could not be computed")]

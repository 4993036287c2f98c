"""The desk: where questions of all sockets meet the engine.

Brief questions that wait at the same moment are answered on the event loop, those on one
ground in one engine call: handing them to a thread would cost more than answering them.
Longer work runs on threads, the very long in chunks, streams an answer at a time, so that
nobody's slider waits for somebody's hundred thousand updates, nor a first picture for a last.
A formula that a visitor typed is not even read here. No answer is remembered.
"""

import asyncio
import logging
from collections.abc import Callable, Generator, Hashable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import unquote

from app import settings
from app.crew import Crew
from app.descent import GivenUp, Path, common, walk_together
from app.frames import paths_answer, refusal
from app.questions import Frames, Question
from app.scene import Problem, Scene, read
from app.wants import WANTS, evaluations

MANY = 32  # questions taken at once, so that the event loop is held for two milliseconds
BRIEF = 150_000  # example losses of one engine call on the event loop, about a millisecond
SHORT = 500_000  # example losses of a question that nobody need wait for
LOG = logging.getLogger("downhill")


@dataclass(slots=True)
class Read:
    """A question with its scene read."""

    question: Question
    scene: Scene
    problems: list[Problem]
    cost: int  # example losses
    common: Hashable  # questions with the same may share an engine call

    def answer(self, paths: list[Path]) -> Frames:
        return paths_answer(self.question.id, self.scene, self.problems, paths)


@dataclass(eq=False, slots=True)
class Stream:
    """Answers of one question that replace each other. `turn`: its place in line for the next."""

    question: Question
    answers: Generator[tuple[Question, Frames]]
    stage: int = 0
    turn: Future[None] | None = None

    def close(self) -> None:
        """Nobody waits for it any more: what it holds goes."""
        if self.turn:
            self.turn.cancel()
        self.answers.close()


@dataclass
class Desk:
    """Takes questions and answers the brief ones on the event loop, the others on threads."""

    waiting: list[Question] = field(default_factory=list)
    short: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "short"))
    typed: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "typed"))
    long: Crew = field(default_factory=lambda: Crew(settings.number("threads"), "long"))
    awake: asyncio.Event = field(default_factory=asyncio.Event)
    paused: dict[Stream, bool] = field(default_factory=dict)  # streams whose turn is to come

    def ask(self, question: Question) -> None:
        self.waiting.append(question)
        self.awake.set()

    async def serve(self) -> None:
        """Takes the questions that wait, again and again, until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            await self.awake.wait()
            await asyncio.sleep(0)  # what has already arrived may share the call
            batch, self.waiting = self.waiting[:MANY], self.waiting[MANY:]
            if not self.waiting:
                self.awake.clear()
            for items in calls(self.brief(batch, loop)):
                for question, frames in answered(items):
                    question.answer(question, frames)
                await asyncio.sleep(0)  # the sockets' turn

    def brief(self, batch: list[Question], loop: asyncio.AbstractEventLoop) -> list[Read]:
        """What is to be answered here and now; the rest goes to threads."""
        brief = []
        for question in batch:
            if is_typed(question):
                self.typed.submit(self.read_and_work, question, loop)
                continue
            item = self.read(question, question.answer) if question.wanted() else None
            if item and item.cost <= BRIEF and not streams(item):
                brief.append(item)
            elif item and is_long(item):
                self.work_long(item, loop)
            elif item:
                self.short.submit(self.work, item, loop)
        return brief

    def read_and_work(self, question: Question, loop: asyncio.AbstractEventLoop) -> None:
        """A question about a typed formula, on its own thread from the first look at it."""

        def answer(question: Question, frames: Frames) -> None:
            loop.call_soon_threadsafe(question.answer, question, frames)

        item = self.read(question, answer) if question.wanted() else None
        if item and is_long(item):
            self.work_long(item, loop)
        elif item:
            self.work(item, loop)

    def read(self, question: Question, answer: Callable[[Question, Frames], None]) -> Read | None:
        """A question that cannot be read is refused: a desk that stopped would answer nobody."""
        try:
            scene, problems = read(question.scene)
            return Read(question, scene, problems, evaluations(question, scene), common(scene))
        except Exception:
            LOG.exception("a question could not be read")
            answer(question, failed(question))
            return None

    def work(self, item: Read, loop: asyncio.AbstractEventLoop) -> None:
        """Answers one question on a thread."""
        if not item.question.wanted():
            return  # a newer question came while this one waited for a thread
        for question, frames in answered([item]):
            loop.call_soon_threadsafe(question.answer, question, frames)

    def work_long(self, item: Read, loop: asyncio.AbstractEventLoop) -> None:
        if streams(item):
            self.wait_in_line(Stream(item.question, streamed(item)), loop)
        else:
            self.long.submit(0, partial(self.work, item, loop))

    def wait_in_line(self, stream: Stream, loop: asyncio.AbstractEventLoop) -> None:
        self.paused[stream] = True
        stream.turn = self.long.submit(stream.stage, partial(self.go_on, stream, loop))

    def go_on(self, stream: Stream, loop: asyncio.AbstractEventLoop) -> None:
        """The next answer of a stream. The one after it waits for everyone's earlier ones."""
        if stream.stage == 0:
            self.let_go()
        if not self.paused.pop(stream, False):
            return
        for question, frames in stream.answers:
            loop.call_soon_threadsafe(question.answer, question, frames)
            stream.stage += 1
            self.wait_in_line(stream, loop)
            return

    def let_go(self) -> None:
        """Ends streams that were overtaken while they waited: their memory would wait too."""
        for stream in list(self.paused):
            if not stream.question.wanted() and self.paused.pop(stream, False):
                stream.close()

    def close(self) -> None:
        self.short.shutdown(wait=False, cancel_futures=True)
        self.typed.shutdown(wait=False, cancel_futures=True)
        self.long.close()


def is_typed(question: Question) -> bool:
    """Whether its scene may hold a formula, quoted or not."""
    return "formula" in question.scene or (
        "%" in question.scene and "formula" in unquote(question.scene)
    )


def streams(item: Read) -> bool:
    """Whether its answer comes again and again."""
    return WANTS[item.question.want].stream is not None


def is_long(item: Read) -> bool:
    return streams(item) or item.cost > SHORT


def streamed(item: Read) -> Generator[tuple[Question, Frames]]:
    """Answers that replace each other, until the last one or until nobody wants them."""
    stream = WANTS[item.question.want].stream
    assert stream is not None
    if not item.question.wanted():
        return
    try:
        for frames in stream(item.question, item.scene):
            yield item.question, frames
    except GivenUp:
        return
    except Exception:
        LOG.exception("a question failed: %s", item.question.want)
        yield item.question, failed(item.question)


def calls(items: list[Read]) -> Iterable[list[Read]]:
    """Brief questions by engine call: paths on one ground together, the others alone."""
    groups: dict[Hashable, list[Read]] = {}
    for item in items:
        if item.question.want == "paths":
            groups.setdefault(item.common, []).append(item)
        else:
            yield [item]
    for group in groups.values():
        size = BRIEF // max(item.cost for item in group)
        yield from (group[first : first + size] for first in range(0, len(group), size))


def answered(items: list[Read]) -> Iterable[tuple[Question, Frames]]:
    """Frames of each question of one call."""
    return guarded(items, together if items[0].question.want == "paths" else alone)


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

"""One WebSocket per page: questions in, frames out, the newest question wins.

A reader task always runs (or keep-alive dies); a writer task sends, one socket's slowness
staying its own. A reader that leaves an answer untaken too long is dropped.
"""

import asyncio
import json
import math
import time
from typing import Any
from urllib.parse import urlsplit

from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from fastapi.requests import HTTPConnection
from starlette.responses import PlainTextResponse

from app import audience, settings
from app.desk import Desk
from app.experiments.pool import Pool
from app.frames import refusal
from app.limits import LIMITS
from app.questions import Frames, Question
from app.wants import WANTS, check

router = APIRouter()
MALFORMED = 'a question is JSON text: {"id": 1, "want": "paths", "scene": "…"}'
TOO_SLOW = 1013  # try again later


def is_ours(asking: HTTPConnection) -> bool:
    """Whether the page that asks is one of ours: same host, or a named origin."""
    origin = asking.headers.get("origin")
    if origin is None:
        return True  # no browser; nothing here is private, and there are no cookies
    named = [name.strip() for name in str(settings.setting("origins")).split(",")]
    return origin != "" and (host_of(origin) == asking.headers.get("host") or origin in named)


def host_of(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None


class Conversation:
    """One open socket: the newest question of each want, and answers waiting to be sent."""

    def __init__(self, socket: WebSocket, desk: Desk, pool: Pool) -> None:
        self.socket, self.desk, self.pool = socket, desk, pool
        self.newest: dict[str, int] = {}
        self.outbox: dict[str, Frames] = {}
        self.filled = asyncio.Event()
        self.sending = math.inf  # since when an answer waits to be taken
        self.following: audience.Following | None = None

    async def read(self) -> None:
        """Takes messages until the page leaves, no faster than the limit."""
        second, many = time.monotonic(), 0
        while True:
            message = await self.socket.receive()
            if message["type"] == "websocket.disconnect":
                return
            self.take(message.get("text"))
            many += 1
            if many >= LIMITS["messages"]:
                await asyncio.sleep(max(0.0, second + 1 - time.monotonic()))
                second, many = time.monotonic(), 0

    def take(self, text: str | None) -> None:
        question = self.question(text)
        if not isinstance(question, Question):
            self.post("error", [question])
            return
        self.newest[question.want] = question.id
        if question.want == audience.WANT:
            self.follow(question)
        else:
            self.desk.ask(question)

    def follow(self, question: Question) -> None:
        """Follows this experiment in the place of the one before."""
        before, none = self.following, question.fields[audience.WANT] is None
        self.following = None if none else audience.follow(self.pool, question)
        if before:
            before.leave()
        if none:
            audience.left(question, before)

    def question(self, text: str | None) -> Question | bytes:
        """The question of a message, or the frame that refuses it."""
        try:
            fields = json.loads(text or "")
            identity, want = fields["id"], fields["want"]
            scene = "" if want == audience.WANT else fields["scene"]
        except (ValueError, KeyError, TypeError, RecursionError):
            return refusal(None, None, MALFORMED)
        if type(identity) is not int or not isinstance(scene, str):
            return refusal(None, None, MALFORMED)
        if not isinstance(want, str) or want not in WANTS:
            return refusal(identity, None, f"want is one of {', '.join(WANTS)}")
        if wrong := check(want, fields):
            return refusal(identity, want, wrong)
        scene = scene.encode("utf-8", "replace").decode()  # JSON may hold half a character
        return Question(
            identity, want, scene, fields, lambda: self.newest.get(want) == identity, self.answer
        )

    def answer(self, question: Question, frames: Frames) -> None:
        if question.wanted():
            self.post(question.want, frames)

    def post(self, want: str, frames: Frames) -> None:
        """Leaves an answer for the writer; an unsent older one of the same want is dropped."""
        self.outbox[want] = frames
        self.filled.set()

    async def write(self) -> None:
        while True:
            await self.filled.wait()
            self.filled.clear()
            waiting, self.outbox = self.outbox, {}
            for frames in waiting.values():
                for part in frames:
                    await self.send(part)

    async def send(self, part: bytes) -> None:
        self.sending = time.monotonic()
        await self.socket.send_bytes(part)
        self.sending = math.inf

    async def watch(self) -> None:
        """Ends with TimeoutError when an answer is left untaken too long.

        A look now and then costs less than a timer for every answer.
        """
        patience = LIMITS["seconds_to_read"]
        while time.monotonic() - self.sending < patience:
            await asyncio.sleep(patience / 4)
        raise TimeoutError

    def leave(self) -> None:
        """Nobody wants this page's questions any more."""
        self.newest.clear()
        if self.following:
            self.following.leave()
            self.following = None


@router.websocket("/ws")
async def talk(socket: WebSocket) -> None:
    """One page's questions and answers."""
    state = socket.app.state
    if not is_ours(socket):
        await socket.send_denial_response(PlainTextResponse("this page is not ours", 403))
        return
    if state.sockets >= settings.number("sockets"):
        await socket.send_denial_response(PlainTextResponse("no room for another page", 503))
        return
    await socket.accept()
    state.sockets += 1
    try:
        await converse(Conversation(socket, state.desk, state.pool))
    finally:
        state.sockets -= 1


async def converse(conversation: Conversation) -> None:
    """Reads, writes and watches until one of the three ends."""
    parts = (conversation.read(), conversation.write(), conversation.watch())
    tasks = [asyncio.create_task(part) for part in parts]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    except TimeoutError:
        await hang_up(conversation.socket)
    except (WebSocketDisconnect, RuntimeError):
        pass  # the page left while we were sending
    finally:
        conversation.leave()
        for task in tasks:
            task.cancel()


async def hang_up(socket: WebSocket) -> None:
    """Closes a socket whose reader does not read; even that may not be taken."""
    try:
        async with asyncio.timeout(1):
            await socket.close(TOO_SLOW, "answers were not read in time")
    except (TimeoutError, RuntimeError):
        pass


__all__: list[Any] = ["router"]

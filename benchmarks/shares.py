"""Rows of many seeds: how long they take, and how much they disturb another page's slider.

One page asks for shares of 1,000 seeds at eight batch sizes, again and again with another η;
another page asks for four runs of 500 updates as while a slider moves. Quiet and busy stretches
take turns, so that the machine's moods hurt both alike.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from app.analysis.ensembles import ensemble
from app.frames import unpack
from app.scene import Scene
from benchmarks.processes import CLIENT_CORE, LAB, kept_on, serving
from benchmarks.rows import Row, below, milliseconds, times
from benchmarks.timing import seconds

SEEDS, UPDATES = 1000, 400
BATCHES = [1, 2, 3, 5, 7, 10, 15, 20]
NOISY = f"surface=two-valleys&spread=0.25&updates={UPDATES}&run=gd"
SLIDER = "surface=himmelblau&updates=500&run=gd&run=momentum&run=nesterov&run=adam"
ALONE, FIRST, WHOLE, BESIDE = 0.060, 0.150, 1.5, 2.0
TURNS, KEYS = 6, 40
BETWEEN = 0.02  # seconds between two keys


@dataclass
class Seen:
    """Seconds that the slider's answers took, and the first and the whole answer of shares."""

    quiet: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)


async def send(socket: ClientConnection, number: int, want: str, scene: str, **more: Any) -> None:
    await socket.send(json.dumps({"id": number, "want": want, "scene": scene} | more))


async def answer(socket: ClientConnection, number: int) -> dict[str, Any]:
    """The head of the next whole answer to this question."""
    head: dict[str, Any] = {}
    while True:
        data = await socket.recv()
        assert isinstance(data, bytes)
        header, _ = unpack(data)
        if header["id"] != number:
            continue
        head |= header
        if header["part"] == header["parts"] - 1:
            return head


async def slide(socket: ClientConnection, first: int, keys: int = KEYS) -> list[float]:
    """Seconds that the answers to some keys took, each of another rate."""
    taken = []
    for number in range(first, first + keys):
        start = time.perf_counter()
        await send(socket, number, "paths", f"{SLIDER}&eta={0.001 + 1e-7 * number:.7f}")
        await answer(socket, number)
        taken.append(time.perf_counter() - start)
        await asyncio.sleep(BETWEEN)
    return taken


async def share(socket: ClientConnection, seen: Seen) -> None:
    """Asks for shares until cancelled."""
    number = 0
    while True:
        number += 1
        scene, start = (
            f"{NOISY}&eta={0.04 + 1e-6 * (len(seen.whole) + number):.7f}",
            time.perf_counter(),
        )
        await send(socket, number, "shares", scene, of=0, seeds=SEEDS, batches=BATCHES)
        head = await answer(socket, number)
        seen.first.append(time.perf_counter() - start)
        while head["progress"] < 1:
            head = await answer(socket, number)
        seen.whole.append(time.perf_counter() - start)


@asynccontextmanager
async def sharing(port: int, seen: Seen) -> AsyncIterator[None]:
    async with connect(f"ws://127.0.0.1:{port}/ws", max_size=None) as socket:
        task = asyncio.create_task(share(socket, seen))
        await asyncio.sleep(0.2)
        yield
        task.cancel()


async def watch(port: int) -> Seen:
    seen = Seen()
    async with connect(f"ws://127.0.0.1:{port}/ws", max_size=None) as socket:
        await slide(socket, 0)
        for turn in range(1, TURNS + 1):
            seen.quiet += await slide(socket, 2 * turn * KEYS)
            async with sharing(port, seen):
                seen.busy += await slide(socket, (2 * turn + 1) * KEYS)
    return seen


def alone() -> float:
    """Seconds of all seeds with B = 1, on one core, without a server."""
    scene = Scene.parse(NOISY)
    with kept_on({CLIENT_CORE}):
        return median(seconds(lambda: ensemble(scene, 0, SEEDS, 1)) for _ in range(15))


def rows() -> list[Row]:
    with serving(*LAB) as (port, _):
        seen = asyncio.run(watch(port))
    many, one = f"{SEEDS:,} seeds × {UPDATES} updates", alone()
    first, whole = median(seen.first), median(seen.whole)
    quiet, busy = median(seen.quiet), median(seen.busy)
    slow = sorted(seen.busy)[int(0.95 * len(seen.busy))]
    return [
        bounded("seeds", f"{many}, B = 1, one core", one, ALONE),
        bounded("shares-first", f"{many}, eight batch sizes: first picture", first, FIRST),
        bounded("shares", f"{many}, eight batch sizes: all of it", whole, WHOLE),
        Row(
            "shares-beside", "a slider's answer beside another page's shares",
            milliseconds(busy), f"{milliseconds(quiet)} (without)", times(busy / quiet),
            f"≤ {BESIDE:.0f}×", below(busy / quiet, BESIDE),
            (f"one answer in twenty waits longer than {milliseconds(slow)}",),
        ),
    ]  # fmt: skip


def bounded(name: str, what: str, taken: float, most: float) -> Row:
    target = f"≤ {milliseconds(most)}"
    return Row(name, what, milliseconds(taken), target=target, reached=below(taken, most))

"""Map rows: a whole map against C with OpenMP, its first and its last picture, its memory.

One run's map of η and λ, 256 × 256 cells of 500 updates: walked, kept, judged. In C (map.c) the
same sweep twice: once as a bare walk that knows only where each cell ends, once with all that
a map needs.
"""

import asyncio
import ctypes
import os
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from statistics import median
from time import perf_counter

import numpy as np
from websockets.asyncio.client import ClientConnection, connect

from app import settings
from app.analysis.axes import Axis
from app.analysis.maps import Map, Question, mapped, problems
from app.critical import NEAR
from app.descent import limits
from app.outcome import OUTCOMES
from app.scene import Scene
from app.surfaces.catalogue import SURFACES
from app.surfaces.data import Floats
from benchmarks.browser import Hand, chromium
from benchmarks.engine import compiled_c
from benchmarks.lanes import START
from benchmarks.processes import CORES, LAB, serving
from benchmarks.rows import Row, below, milliseconds, times
from benchmarks.shares import answer, send
from benchmarks.timing import duel

SIDE, UPDATES, TURNS = 256, 500, 15
ETA, LAMBDA = Axis("eta", 1e-4, 4e-3), Axis("lambda", 0, 0.9)
ASKED = Question(
    Scene.parse(f"surface=himmelblau&start=-4,4.5&updates={UPDATES}&run=momentum"),
    0, ETA, LAMBDA, (SIDE, SIDE),
)  # fmt: skip
TARGET, FIRST, WHOLE, MEMORY = 1.6, 0.060, 0.250, 30e6
NOISES = {
    "without noise": "",
    "N = 20, full batch": "&spread=0.25",
    "N = 20, B = 1": "&spread=0.25&batch=1",
}
SIDES = (128, 96, 64, 48, 32, 24, 16)  # that the page asks for,
AFFORDABLE = 40e6  # and the example gradients it pays
PAGE = f"surface=himmelblau&updates={UPDATES}&run=momentum&map=eta:0.0003..0.1,lambda:0..0.99"
KEYS, CLASS = 20, 300
FLAGS = ("-fopenmp", "-lm")
KINDS = ("minimum", "saddle", "maximum", "moving", "diverged")  # of map.c
WHAT = f"map {SIDE} × {SIDE} × {UPDATES} updates, momentum on Himmelblau, {len(CORES)} threads"


class InC:
    """The same map in C."""

    def __init__(self, library: ctypes.CDLL) -> None:
        self.library = library
        x, y = ASKED.values
        self.eta, self.momentum = np.tile(x, SIDE), np.repeat(y, SIDE)
        self.start, self.told = np.array(START), np.empty((3, SIDE * SIDE))

    def given(self) -> list[object]:
        rows = [pointer(row) for row in (self.eta, self.momentum, self.start)]
        return [*rows, ctypes.c_long(SIDE * SIDE), ctypes.c_long(UPDATES)]

    def sweep(self) -> None:
        self.library.sweep_map(*self.given(), pointer(self.told[0]), pointer(self.told[1]))

    def judge(self) -> None:
        row, reach = ASKED.scene.row, float(limits(ASKED.scene.ground)[2])
        lengths = [ctypes.c_double(length) for length in (NEAR * row.diagonal, reach)]
        self.library.judge_map(*self.given(), *lengths, *map(pointer, self.told))


def pointer(row: Floats) -> ctypes.c_void_p:
    return ctypes.c_void_p(row.ctypes.data)


def whole(asked: Question = ASKED) -> Map:
    *_, found = mapped(asked)
    return found


def agree(loop: InC) -> bool:
    """The same outcomes, updates and losses in all but a few of ten thousand cells."""
    loop.judge()
    kinds = np.array([OUTCOMES.index(name) for name in KINDS])[loop.told[0].astype(int)]
    kind, _, updates, loss = whole().cells.reshape(4, -1)
    same = (kind == kinds) & ((updates == loop.told[1]) | np.isnan(updates + loop.told[1]))
    return float(np.mean(same & np.isclose(loss, loop.told[2], atol=1e-6))) > 0.9995


def against_c() -> list[Row]:
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # or its threads take our turn's time
    library = compiled_c("map.c", *FLAGS)
    if library is None:
        return [Row("map", WHAT, "–", "no C compiler here", target=f"≤ {TARGET}×")]
    loop = InC(library)
    right = agree(loop)
    theirs = {
        "map-walk": ("C with OpenMP that only walks", loop.sweep),
        "map": ("C with OpenMP that keeps and judges too", loop.judge),
    }
    return [c_row(name, who, work, right) for name, (who, work) in theirs.items()]


def c_row(name: str, who: str, work: Callable[[], None], right: bool) -> Row:
    timed = duel(whole, work, TURNS)
    mine, c = timed.medians
    fastest = timed.best[0] / timed.best[1]
    return Row(
        name, WHAT, milliseconds(mine), f"{milliseconds(c)} ({who})", times(mine / c),
        f"≤ {TARGET}×", below(mine / c, TARGET) and right,
        (f"fastest turns {times(fastest)}" + ("" if right else "; THE CELLS DIFFER"),),
    )  # fmt: skip


def offered() -> Iterator[tuple[str, Question]]:
    """For every surface and noise the map of η and λ that the page asks for."""
    for row in SURFACES:
        for noise, knobs in NOISES.items():
            scene = Scene.parse(f"surface={row.name}{knobs}&run=momentum")
            eta = Axis("eta", scene.eta / 20, min(100, scene.eta * 20))
            sizes = (Question(scene, 0, eta, LAMBDA, (side, side)) for side in SIDES)
            yield f"{row.name}, {noise}", next(q for q in sizes if is_affordable(q))


def is_affordable(asked: Question) -> bool:
    scene, (side, _) = asked.scene, asked.resolution
    batch = scene.batch_of(scene.runs[0]) if scene.ground.examples.shape[1] > 1 else 1
    return side == SIDES[-1] or side**2 * scene.updates * batch <= AFFORDABLE


def pictures(asked: Question) -> tuple[float, float]:
    """Seconds until the first and until the last picture, the better of three times."""
    assert not problems(asked)
    taken = []
    for _ in range(3):
        start = perf_counter()
        seen = [perf_counter() - start for _ in mapped(asked)]
        taken.append((seen[0], seen[-1]))
    return min(taken)


def waiting() -> list[Row]:
    """The slowest map of the catalogue, and the one of the first row."""
    slowest = max((pictures(asked)[0], name) for name, asked in offered())
    last = pictures(ASKED)[1]
    return [
        Row(
            "map-first", "first picture of the slowest of all surfaces' maps of η and λ",
            milliseconds(slowest[0]), target=f"≤ {milliseconds(FIRST)}",
            reached=below(slowest[0], FIRST), notes=(f"slowest: {slowest[1]}",),
        ),
        Row(
            "map-whole", f"{WHAT}: the last picture", milliseconds(last),
            target=f"≤ {milliseconds(WHOLE)}", reached=below(last, WHOLE),
        ),
    ]  # fmt: skip


WATCH = """() => {
    window.mapped = [];
    document.addEventListener("downhill:mapped", ({ detail }) => { // within a frame
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => mapped.push({ at: performance.now(), progress: detail.progress });
        port2.postMessage(0);
    });
}"""


async def dragged(port: int) -> tuple[list[float], list[float]]:
    """Seconds from each key on the start to the first and to the last picture of the map."""
    async with chromium() as browser:
        address = f"http://127.0.0.1:{port}/?{PAGE}&play=0"
        hand = await Hand.on(browser, address, "#knob-start-0-slider")
        await hand.page.evaluate(WATCH)
        first, last = [], []
        for turn in range(KEYS):
            await hand.take()
            await hand.page.evaluate("mapped.length = 0")
            await hand.press(("ArrowRight", "ArrowLeft")[turn % 2])
            await asyncio.sleep(0.7)
            keys, _ = await hand.seen()
            seen = await hand.page.evaluate("mapped")
            first.append((seen[0]["at"] - keys[0]) / 1e3)
            last.append((seen[-1]["at"] - keys[0]) / 1e3)
        return first, last


def dragging() -> Row:
    with serving(*LAB) as (port, _):
        first, last = asyncio.run(dragged(port))
    mine = median(first)
    return Row(
        "map-drag", f"key on the start to the first picture of the map, median of {KEYS}",
        milliseconds(mine), target=f"≤ {milliseconds(FIRST)}", reached=below(mine, FIRST),
        notes=(
            f"slowest {milliseconds(max(first))}; to all of its 128 × 128 cells "
            f"{milliseconds(median(last))}",
        ),
    )  # fmt: skip


async def looking(socket: ClientConnection, scene: str) -> tuple[float, float]:
    """Seconds until a page has the first and the last picture of the map it asks for."""
    start, sides = perf_counter(), {}
    for name, axis in (("x", ETA), ("y", LAMBDA)):
        sides[name] = {"knob": axis.name, "low": axis.low, "high": axis.high}
    await send(socket, 1, "map", scene, of=0, resolution=[128, 128], **sides)
    head = await answer(socket, 1)
    first = perf_counter() - start
    while head["progress"] < 1:
        head = await answer(socket, 1)
    return first, perf_counter() - start


async def look_at_once(port: int) -> list[tuple[float, float]]:
    """A class asks at the same moment, everyone from another start."""
    async with AsyncExitStack() as stack:
        opening = (connect(f"ws://127.0.0.1:{port}/ws", max_size=None) for _ in range(CLASS))
        sockets = [await stack.enter_async_context(one) for one in opening]
        scene = f"surface=himmelblau&updates={UPDATES}&run=momentum"
        asked = (looking(one, f"{scene}&start=-1,{k / 100}") for k, one in enumerate(sockets))
        return await asyncio.gather(*asked)


def class_row() -> Row:
    with serving(*LAB) as (port, _):
        seen = asyncio.run(look_at_once(port))
    first, last = (median(taken) for taken in zip(*seen, strict=True))
    return Row(
        "map-class", f"{CLASS} pages ask for a map at once: median to the first picture",
        milliseconds(first), f"{milliseconds(last)} (to the last)", times(first / last),
        notes=(f"everyone has a picture after {milliseconds(max(one for one, _ in seen))}",),
    )  # fmt: skip


def memory() -> Row:
    """The most that is allocated at once for one question, its threads' rooms among it."""
    tracemalloc.start()
    whole()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return Row(
        "map-memory", f"map {SIDE} × {SIDE} × {UPDATES}: most memory at once",
        f"{peak / 1e6:.1f} MB", target=f"≤ {MEMORY / 1e6:.0f} MB", reached=below(peak, MEMORY),
        notes=(f"{settings.number('threads')} threads with a room each",),
    )  # fmt: skip


def rows() -> list[Row]:
    memory_row = memory()  # first: rooms are kept
    return [*against_c(), *waiting(), dragging(), class_row(), memory_row]

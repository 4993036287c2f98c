"""Rows of formulas that visitors type: how fast they walk, and how little they disturb others.

Nothing compiles for them (row compiles). A class types 300 different ones at the same moment,
again and again, while another page asks for four runs of 500 updates as a slider would.
"""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter
from urllib.parse import quote

from websockets.asyncio.client import ClientConnection, connect

from app.analysis.axes import parsed_axis
from app.analysis.maps import Question, mapped
from app.descent import walk
from app.scene import Scene, read
from benchmarks.processes import LAB, serving
from benchmarks.rows import Row, below, milliseconds, times
from benchmarks.shares import answer, bounded, send, slide
from benchmarks.timing import seconds
from tests.hostile import HOSTILE

FORMULAS = (
    "(x^2 - 1)^2 + y^2*(1 + 0.5*sin(3*x))",
    "(x**2 + y**2)/10 + sin(2*x)*cos(2*y)",
    "exp(-x**2 - y**2)*sin(3*x*y) + 0.1*(x**2 + y**2)",
    "(1.5 - x + x*y)**2 + (2.25 - x + x*y**2)**2 + (2.625 - x + x*y**3)**2",
)
RUNS = "&run=gd&run=momentum&run=nesterov&run=adam"
SIDES = "eta:0.001..0.2", "lambda:0..0.99"
WALK, MAP, REFUSED, BESIDE = 0.001, 0.300, 0.050, 2.0
CLASS, TURNS, TIMES = 300, 5, 30


def typed(formula: str, more: str) -> str:
    return f"surface=formula&formula={quote(formula)}{more}"


def walking(formula: str) -> float:
    scene = Scene.parse(typed(formula, f"&updates=500&eta=0.001{RUNS}"))
    walk(scene)
    return median(seconds(lambda: walk(scene)) for _ in range(TIMES))


def mapping(formula: str) -> float:
    scene = Scene.parse(typed(formula, "&updates=300&run=momentum"))
    x, y = map(parsed_axis, SIDES)
    assert x is not None
    assert y is not None
    asked = Question(scene, 0, x, y, (128, 128))
    return median(seconds(lambda: list(mapped(asked))) for _ in range(5))


def refusing(text: str) -> float:
    query = typed(text, "&run=gd")
    start = perf_counter()
    assert read(query)[1]
    return perf_counter() - start


@dataclass
class Seen:
    """Seconds of the slider's answers, and of the last answer to a class that typed at once."""

    quiet: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)


async def type_at_once(sockets: list[ClientConnection], turn: int) -> float:
    """Every page sends a formula nobody sent before; seconds until all are drawn."""
    start = perf_counter()
    for k, socket in enumerate(sockets):
        formula = f"(x^2 - {turn + 1}.{k:03d})^2 + y^2*(1 + 0.5*sin(3*x))"
        await send(socket, turn, "paths", typed(formula, "&run=gd&run=momentum"))
    await asyncio.gather(*(answer(socket, turn) for socket in sockets))
    return perf_counter() - start


async def watch(port: int) -> Seen:
    seen, address = Seen(), f"ws://127.0.0.1:{port}/ws"
    async with AsyncExitStack() as stack:
        opening = (connect(address, max_size=None, compression=None) for _ in range(CLASS + 1))
        slider, *sockets = [await stack.enter_async_context(one) for one in opening]
        await slide(slider, 0)
        for turn in range(TURNS):
            seen.quiet += await slide(slider, (2 * turn + 1) * 1000)
            typing = asyncio.create_task(type_at_once(sockets, turn))
            number = (2 * turn + 2) * 1000
            while not typing.done():
                seen.busy += await slide(slider, number, 4)
                number += 4
            seen.whole.append(await typing)
    return seen


def class_row() -> Row:
    with serving(*LAB) as (port, _):
        seen = asyncio.run(watch(port))
    quiet, busy, whole = median(seen.quiet), median(seen.busy), median(seen.whole)
    slow = sorted(seen.busy)[int(0.95 * len(seen.busy))]
    return Row(
        "formula-beside", f"a slider's answer while {CLASS} pages type different formulas at once",
        milliseconds(busy), f"{milliseconds(quiet)} (without)", times(busy / quiet),
        f"≤ {BESIDE:.0f}×", below(busy / quiet, BESIDE),
        (
            f"one answer in twenty waits longer than {milliseconds(slow)}",
            f"all {CLASS} are drawn after {milliseconds(whole)}",
        ),
    )  # fmt: skip


def rows() -> list[Row]:
    slowest = max(map(walking, FORMULAS))
    refusals = [text for text, said in HOSTILE.items() if said is not None]
    worst = max(map(refusing, refusals))  # each for the first time: reading remembers
    return [
        bounded("formula-walk", "a typed formula: four runs × 500 updates", slowest, WALK),
        bounded(
            "formula-map", "a typed formula: map 128 × 128 × 300 updates",
            max(map(mapping, FORMULAS)), MAP,
        ),
        bounded(
            "formula-refused", f"the slowest of {len(refusals)} hostile formulas to be refused",
            worst, REFUSED,
        ),
        class_row(),
    ]  # fmt: skip

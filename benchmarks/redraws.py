"""Redraws row: while a path moves, nobody draws the contour or the surface again.

In the lab with both views open, η is dragged and then the paths are played; page/counts.js
counts every Plotly call, every change of the contour's elements, every surface update.
"""

import asyncio
from dataclasses import dataclass
from typing import Any

from benchmarks.browser import FOLDER, Hand, chromium
from benchmarks.processes import LAB, serving
from benchmarks.rows import Row
from benchmarks.runs import SCENE

PLAYED = 2.0  # seconds


@dataclass(frozen=True)
class Counts:
    """What was drawn anew while the paths moved, and how often they moved."""

    moved: int
    contour: int
    surface: int
    chart: int


def counts(seen: dict[str, Any], moved: int) -> Counts:
    calls = seen["calls"]
    contour = seen["changes"] + calls.get("stage-2d", 0)
    surface = seen["surfaces"] + calls.get("stage-3d", 0)
    return Counts(moved, contour, surface, calls.get("losschart", 0))


async def stands(hand: Hand) -> bool:
    """Whether both views have been drawn."""
    drawn = "[...document.querySelectorAll('#stages .js-plotly-plot')].filter((e) => e._fullData)"
    return bool(await hand.page.evaluate(f"{drawn}.length === 2"))


async def counted(port: int) -> tuple[Counts, Counts]:
    async with chromium() as browser:
        address = f"http://127.0.0.1:{port}/?{SCENE}&view=both&play=0"
        hand = await Hand.on(browser, address, "#knob-eta-slider")
        await hand.until(lambda: stands(hand))
        await asyncio.sleep(2)
        await hand.page.evaluate((FOLDER / "counts.js").read_text("utf-8"))
        return await dragged(hand), await played(hand)


async def dragged(hand: Hand) -> Counts:
    drag = await hand.drag("ArrowRight")
    seen = await hand.page.evaluate("counts")
    await hand.page.evaluate("Object.assign(counts, { calls: {}, changes: 0, surfaces: 0 })")
    return counts(seen, drag.pictures)


async def played(hand: Hand) -> Counts:
    await hand.page.click("#time-play")
    await asyncio.sleep(PLAYED)
    seen, at = await hand.page.evaluate("[counts, document.querySelector('#time-scrub').value]")
    return counts(seen, int(at))


def row(name: str, moving: str, seen: Counts) -> Row:
    none = seen.contour == seen.surface == 0 and seen.moved > 1
    return Row(
        name,
        f"redraws of the ground while {moving}",
        f"contour {seen.contour}, surface {seen.surface}",
        target="0",
        reached=none,
        notes=(f"axes of the loss chart moved {seen.chart} times",),
    )


def rows() -> list[Row]:
    with serving(*LAB) as (port, _):
        drag, play = asyncio.run(counted(port))
    return [
        row("redraws-drag", f"η is dragged ({drag.moved} pictures)", drag),
        row("redraws-play", f"paths are played ({play.moved} updates)", play),
    ]

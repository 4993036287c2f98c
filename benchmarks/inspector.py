"""Inspector rows: what an arrow key costs while an update is taken apart, and all critical points.

Script time from the key to the end of everything it set off before the next picture: inspector,
arrows, batch strip, chart and time bar together. The neighbouring updates are already there.
"""

import asyncio
from statistics import median
from time import perf_counter

from app import finder
from app.scene import Scene
from app.surfaces.catalogue import SURFACES
from app.surfaces.surface import Surface
from benchmarks.browser import Hand, chromium
from benchmarks.processes import LAB, serving
from benchmarks.rows import Row, below, milliseconds

KEYS = 40
FRAME, COLD = 0.016, 0.150
RULES = ("momentum", "adam")
NOISES = ("", "&spread=0.25")
TURNS = 3
STEPS = """async keys => {
    const spent = [];
    for (let k = 0; k < keys; k++) {
        const key = new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true });
        const before = performance.now();
        document.querySelector("#content").dispatchEvent(key);
        await Promise.resolve();
        spent.push(performance.now() - before);
        await new Promise(go => setTimeout(go, 40));
    }
    return spent;
}"""


async def steps(port: int) -> dict[str, list[float]]:
    """Seconds of script of each key, by the rule that is taken apart."""
    async with chromium() as browser:
        found = {}
        for rule in RULES:
            scene = f"surface=himmelblau&at=20&inspect=1&run=gd&run={rule}"
            hand = await Hand.on(browser, f"http://127.0.0.1:{port}/?{scene}", "#content")
            found[rule] = [spent / 1e3 for spent in await hand.page.evaluate(STEPS, KEYS)]
        return found


def step_row(rule: str, spent: list[float]) -> Row:
    mine, slow = median(spent), sorted(spent)[KEYS * 95 // 100]
    return Row(
        f"step-{rule}", f"arrow key with the inspector open on {rule}: script, median of {KEYS}",
        milliseconds(mine), target=f"≤ {milliseconds(FRAME)}", reached=below(mine, FRAME),
        notes=(f"one key in twenty takes longer than {milliseconds(slow)}",),
    )  # fmt: skip


def cold(surface: Surface) -> float:
    """Seconds to find all critical points of a surface nobody has asked about."""
    took = []
    for _ in range(TURNS):
        finder.isolated.cache_clear()
        finder.critical_points.cache_clear()
        start = perf_counter()
        finder.critical_points(surface)
        took.append(perf_counter() - start)
    return median(took)


def points_row() -> Row:
    """The slowest surface of the catalogue, without noise and with it."""
    queries = [f"surface={row.name}{noise}&run=gd" for row in SURFACES for noise in NOISES]
    slowest, query = max((cold(Scene.parse(query).ground), query) for query in queries)
    return Row(
        "points", f"all critical points of the slowest of {len(queries)} surfaces, cold",
        milliseconds(slowest), target=f"≤ {milliseconds(COLD)}", reached=below(slowest, COLD),
        notes=(f"slowest: {query.removesuffix('&run=gd')}",),
    )  # fmt: skip


def rows() -> list[Row]:
    with serving(*LAB) as (port, _):
        found = asyncio.run(steps(port))
    return [*(step_row(rule, spent) for rule, spent in found.items()), points_row()]

"""Slider rows: from a key on η to the picture, our page against one whose paths are Plotly's.

The other page (page/) needs no server: it computes the same four runs in the browser. Both
are the same size, in the same Chromium, and take turns. page/probe.js says what "painted" is.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread
from typing import Any

from playwright.async_api import Browser, CDPSession, Page, async_playwright

from app.files import PLOTLY
from benchmarks.processes import LAB, serving
from benchmarks.rows import Row, below, milliseconds, times
from benchmarks.runs import SCENE

FOLDER = Path(__file__).with_name("page")
CHROMIUM = "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-background-networking"]
SIZE = {"width": 1440, "height": 900}
TURNS, KEYS = 6, 10  # keys there and back again, by turns on each page
DRAGGED, EVERY = 40, 0.033
SETTLED = 1.5  # seconds after which nothing is still to come
MOST_SHARE, MOST_LAG = 0.3, 0.040
BETWEEN = 0.4  # seconds from one single key to the next


class Still(SimpleHTTPRequestHandler):
    """Serves page/ and Plotly's script, and says nothing."""

    def translate_path(self, path: str) -> str:
        return str(PLOTLY) if path == "/plotly.js" else super().translate_path(path)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def plotly_page() -> Iterator[str]:
    """Address of the other page while the block lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Still, directory=str(FOLDER)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def first_between(painted: list[dict[str, Any]], key: float, end: float) -> float:
    """Seconds from a key to the first picture before the next one; infinite if there is none."""
    times = [picture["at"] for picture in painted if key <= picture["at"] < end]
    return (min(times, default=float("inf")) - key) / 1e3


@dataclass
class Hand:
    """A page, and fingers on its slider."""

    page: Page
    keyboard: CDPSession
    slider: str

    @classmethod
    async def on(cls, browser: Browser, address: str, slider: str) -> "Hand":
        page = await browser.new_page(viewport=SIZE)  # type: ignore[arg-type]
        await page.add_init_script(path=FOLDER / "probe.js")
        await page.goto(address)
        hand = cls(page, await page.context.new_cdp_session(page), slider)
        await hand.until(lambda: page.evaluate("probe.ready"))
        await asyncio.sleep(SETTLED)
        return hand

    async def until(self, true: Callable[[], Awaitable[bool]]) -> None:
        async with asyncio.timeout(60):
            while not await true():
                await asyncio.sleep(0.05)

    async def take(self) -> None:
        """This page in front, its slider in hand, nothing counted yet."""
        await self.page.bring_to_front()
        await self.page.focus(self.slider)
        await self.page.evaluate("probe.keys.length = probe.painted.length = 0")
        await asyncio.sleep(0.5)

    async def press(self, key: str) -> None:
        code = {"ArrowRight": 39, "ArrowLeft": 37}[key]
        about = {"key": key, "code": key, "windowsVirtualKeyCode": code}
        await self.keyboard.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **about})
        await self.keyboard.send("Input.dispatchKeyEvent", {"type": "keyUp", **about})

    async def seen(self) -> tuple[list[float], list[dict[str, Any]]]:
        """Times of the keys and pictures since `take`, in milliseconds."""
        keys, painted = await self.page.evaluate("[probe.keys, probe.painted]")
        return keys, painted

    async def waits(self, key: str) -> list[float]:
        """Seconds from each of some keys, one at a time, to its picture."""
        await self.take()
        for _ in range(KEYS):
            await self.press(key)
            await asyncio.sleep(BETWEEN)
        keys, painted = await self.seen()
        ends = [*keys[1:], float("inf")]
        return [first_between(painted, *pair) for pair in zip(keys, ends, strict=True)]

    async def drag(self, key: str) -> "Drag":
        """Keys at a steady pace, whether or not the page keeps up."""
        await self.take()
        start, presses = time.perf_counter(), []
        for i in range(DRAGGED):
            await asyncio.sleep(start + i * EVERY - time.perf_counter())
            presses.append(asyncio.create_task(self.press(key)))
        await asyncio.gather(*presses)
        await asyncio.sleep(SETTLED)
        keys, painted = await self.seen()
        scenes = [picture["scene"] for picture in painted]
        changes = sum(a != b for a, b in zip(scenes, [None, *scenes], strict=False))
        return Drag(len(keys), changes, (painted[-1]["at"] - keys[-1]) / 1e3)


@dataclass(frozen=True)
class Drag:
    keys: int
    pictures: int
    lag: float  # of the last picture behind the last key


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        try:
            yield browser
        finally:
            await browser.close()


@dataclass(frozen=True)
class Seen:
    """Of one page: the wait of each single key, and its drags."""

    waits: list[float]
    drags: list[Drag]

    @property
    def pictures(self) -> float:
        return median(drag.pictures for drag in self.drags)

    @property
    def lag(self) -> float:
        return median(drag.lag for drag in self.drags)


async def measured(ours: str, theirs: str) -> tuple[Seen, Seen]:
    async with chromium() as browser:
        lab = await Hand.on(browser, ours, "#knob-eta-slider")
        other = await Hand.on(browser, theirs, "#eta")
        hands, seen = (lab, other), (Seen([], []), Seen([], []))
        for turn in range(TURNS):
            key = ("ArrowRight", "ArrowLeft")[turn % 2]
            for hand, found in zip(hands, seen, strict=True):
                found.waits.extend(await hand.waits(key))
        for key in ("ArrowRight", "ArrowLeft", "ArrowRight"):
            for hand, found in zip(hands, seen, strict=True):
                found.drags.append(await hand.drag(key))
        return seen


def rows() -> list[Row]:
    with serving(*LAB) as (port, _), plotly_page() as theirs:
        ours = f"http://127.0.0.1:{port}/?{SCENE}&play=0"
        lab, other = asyncio.run(measured(ours, theirs))
    return [slider_row(lab, other), *drag_rows(lab, other)]


def slider_row(lab: Seen, other: Seen) -> Row:
    mine, their = median(lab.waits), median(other.waits)
    slow = sorted(lab.waits)[len(lab.waits) * 95 // 100]
    return Row(
        "slider", f"key on η to painted paths, median of {len(lab.waits)}", milliseconds(mine),
        f"{milliseconds(their)} (paths as Plotly traces)", times(mine / their),
        f"≤ {MOST_SHARE}×", below(mine / their, MOST_SHARE),
        (f"one key in twenty waits longer than {milliseconds(slow)}",),
    )  # fmt: skip


def drag_rows(lab: Seen, other: Seen) -> list[Row]:
    keys = f"{DRAGGED} keys, one every {EVERY * 1e3:.0f} ms"
    told = tuple(
        f"{who}: pictures {[drag.pictures for drag in seen.drags]} for keys "
        f"{[drag.keys for drag in seen.drags]}, the last "
        f"{', '.join(milliseconds(drag.lag) for drag in seen.drags)} after the last key"
        for who, seen in (("lab", lab), ("Plotly traces", other))
    )
    return [
        Row(
            "drag", f"{keys}: different pictures", f"{lab.pictures:.0f}", f"{other.pictures:.0f}",
            times(lab.pictures / other.pictures), f"{DRAGGED}", lab.pictures >= DRAGGED, told,
        ),
        Row(
            "drag-last", f"{keys}: the last picture after the last key", milliseconds(lab.lag),
            milliseconds(other.lag), times(lab.lag / other.lag), f"≤ {milliseconds(MOST_LAG)}",
            below(lab.lag, MOST_LAG),
        ),
    ]  # fmt: skip

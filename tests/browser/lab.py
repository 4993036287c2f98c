"""The lab as a visitor has it: what a hand can do, what an eye can see, and what went wrong."""

import json
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from playwright.sync_api import ConsoleMessage, Locator, Page, WebSocket

from tests.serving import Server

SCRIPTS = [Path(__file__).with_name(f"{name}.js") for name in ("witness", "probes")]
CHROMIUM = {
    "executable_path": "/usr/bin/chromium",
    "args": [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        # A page that a test answers in the server's place has no address of its own.
        "--disable-features=LocalNetworkAccessChecks",
    ],
}
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
LOADED = "performance.getEntriesByType('resource').map(({name}) => name)"
BALLS = "[...document.querySelectorAll('#stage-2d canvas')].at(-1).picture"

# Hints about speed from a machine without graphics card, and to the labels of Plotly's 3D axes.
HINTS = ("GPU stall due to ReadPixels", "Canvas2D: Multiple readback operations")

PLAIN, HIGH = "0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"
RAISED, LOWERED = str.maketrans(PLAIN, HIGH), str.maketrans(HIGH, PLAIN)

Knobs = dict[str, Any]


@dataclass
class Watch:
    """Everything a page must never do, from its first moment to its last."""

    origin: str
    trouble: list[str] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)  # parts of messages a test brings about
    answers: list[bytes] = field(default_factory=list, repr=False)  # what came through sockets
    listens: bool = False  # to sockets

    def follow(self, page: Page) -> None:
        self.pages.append(page)
        for script in SCRIPTS:
            page.add_init_script(path=script)
        page.on("console", self.heard)
        page.on("pageerror", lambda error: self.trouble.append(f"error: {error}"))
        page.on("crash", lambda _: self.trouble.append("crashed"))
        page.on("websocket", self.opened)

    def heard(self, message: ConsoleMessage) -> None:
        known = [*HINTS, *self.expected]
        if message.type in ("error", "warning") and not any(k in message.text for k in known):
            self.trouble.append(f"console {message.type}: {message.text}")

    def opened(self, socket: WebSocket) -> None:
        self.judge(socket.url.replace("ws", "http", 1))
        if self.listens:
            socket.on("framereceived", lambda frame: self.answers.append(bytes(frame)))

    def judge(self, url: str) -> None:
        if urlsplit(url).scheme in ("http", "https") and not url.startswith(self.origin + "/"):
            self.trouble.append(f"loaded from elsewhere: {url}")

    def found(self) -> list[str]:
        for page in self.pages:
            self.trouble += page.evaluate("window.witness?.broken ?? []")
            for url in page.evaluate(LOADED):
                self.judge(url)
        return self.trouble


@dataclass
class Lab:
    """One page of the lab."""

    page: Page
    server: Server = field(repr=False)
    watch: Watch = field(repr=False)

    def open(self, query: str = "") -> "Lab":
        self.goto(query)
        self.until("witness.ready")
        return self

    def goto(self, query: str = "") -> None:
        self.page.goto(f"{self.server.url}/{'?' if query else ''}{query}")

    def visit(self, query: str) -> None:
        """Another address in the same page, as the browser's back button brings it."""
        self.page.evaluate(
            """query => {
                history.pushState(null, "", "?" + query);
                dispatchEvent(new PopStateEvent("popstate"));
            }""",
            query,
        )

    def again(self) -> None:
        """The visitor presses reload."""
        self.page.reload()
        self.until("witness.ready")

    def another(self, url: str) -> "Lab":
        """The same visitor opens a link in another tab."""
        page = self.page.context.new_page()
        self.watch.follow(page)
        page.goto(url)
        lab = Lab(page, self.server, self.watch)
        lab.until("witness.ready")
        return lab

    def until(self, claim: str) -> None:
        self.page.evaluate(f"witness.until(() => {claim})")

    def until_drawn(self, knobs: Knobs) -> str:
        """Waits until the last picture is of a scene with these knobs, and gives the scene."""
        self.until(f"witness.has(witness.drawn.at(-1)?.scene, {json.dumps(knobs)})")
        return self.scene

    def until_balls(self) -> None:
        """Waits until runs stand on the ground."""
        self.until(f"{BALLS}?.discs.length > 0")

    def until_address(self, knobs: Knobs) -> None:
        self.until(f"witness.has(location.search, {json.dumps(knobs)})")

    @property
    def scene(self) -> str:
        """The scene of the last picture."""
        return str(self.page.evaluate("witness.drawn.at(-1).scene"))

    @property
    def pictures(self) -> list[str]:
        """The scenes of all pictures since the page was opened."""
        return list(self.page.evaluate("witness.drawn.map(({scene}) => scene)"))

    @property
    def query(self) -> str:
        return str(self.page.evaluate("location.search.slice(1)"))

    def probe(self, name: str, *given: Any) -> Any:
        """One of probes.js."""
        return self.page.evaluate("([name, given]) => probes[name](...given)", [name, given])

    def open_details(self) -> None:
        """Everything that can be folded out, folded out."""
        self.at("details").evaluate_all("all => all.forEach(one => (one.open = true))")
        self.at("#table .number-table").wait_for()

    def at(self, place: str) -> Locator:
        return self.page.locator(place)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def choose(self, knob: str, value: str) -> None:
        """One of the radio buttons that stand in a row."""
        self.at(f"[data-knob={knob}] input[value='{value}']").check()

    def choose_surface(self, name: str) -> None:
        self.at(f".tile:has([value='{name}'])").click()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    @property
    def readout(self) -> str:
        return self.at("#readout-text").inner_text().replace("\u00a0", " ")

    @property
    def cards(self) -> list[str]:
        return self.at(".run-outcome").all_inner_texts()

    @property
    def numbers(self) -> list[str]:
        """All that stands in the table of the paths."""
        self.at("#table").evaluate("table => (table.open = true)")
        self.at("#table .number-table").wait_for()
        return self.at("#table .number-table tr").all_inner_texts()

    def pixels(self, point: list[float]) -> tuple[float, float]:
        """Where a point of the surface lies on the stage, in its own pixels."""
        x, y = self.at("#stage-2d .plot").evaluate(
            """(plot, [x, y]) => [[plot._fullLayout.xaxis, x], [plot._fullLayout.yaxis, y]]
                .map(([axis, value]) => axis._offset + axis.l2p(value))""",
            point,
        )
        return x, y

    @property
    def balls(self) -> list[dict[str, Any]]:
        """Discs in the runs' colours on the stage; each has x, y, radius and colour."""
        return list(self.page.evaluate(f"{BALLS}.discs"))

    @property
    def stage_labels(self) -> list[dict[str, Any]]:
        """Words on the stage; each has text, x and y of its middle, width and size."""
        return list(self.page.evaluate(f"{BALLS}.words"))

    @property
    def stage_words(self) -> list[str]:
        return [label["text"] for label in self.stage_labels]

    def until_words(self, *words: str) -> None:
        """Waits until these stand on the stage: letters come with the critical points."""
        on_stage = f"{BALLS}?.words.some(({{ text }}) => text === word)"
        self.until(f"{json.dumps(words)}.every((word) => {on_stage})")

    def told(self, path: str) -> Any:
        """What the public API answers."""
        with urllib.request.urlopen(self.server.url + path, timeout=60) as answer:
            return json.load(answer)

    def paths(self, scene: str | None = None) -> list[dict[str, Any]]:
        """The API's paths of a scene: every update, in double precision."""
        asked = quote(self.scene if scene is None else scene, safe="=&,:%()*!'~")
        return list(self.told(f"/api/paths?{asked}"))


def received(answers: list[bytes], want: str = "paths") -> bytes:
    """The numbers of the last answer of a kind, all its parts."""
    parts: dict[int, list[bytes]] = {}
    for answer in answers:
        start = 4 + int.from_bytes(answer[:4], "little")
        header = json.loads(answer[4:start])
        if header["want"] == want:
            parts.setdefault(header["id"], []).append(answer[start:])
    return b"".join(parts[max(parts)])


def count(number: float) -> str:
    """As the page writes a number of updates in English."""
    return f"{number:,}"


def loss(value: float) -> str:
    """As the page writes a loss at the playhead: always as many digits, also far from one."""
    text = f"{value:#.4g}" if value == 0 or abs(value) >= 1e-4 else f"{value:.2e}"
    digits, _, power = (text if "e" not in text else f"{value:.2e}").partition("e")
    raised = str(int(power or 0)).translate(RAISED)
    return (f"{digits} × 10{raised}" if power else digits).replace("-", "−")


def number(text: str) -> float:
    """A number as the page writes it, read back."""
    plain = text.replace("−", "-").replace(",", "")
    digits, _, power = plain.partition(" × 10")
    return float(f"{digits}e{power.translate(LOWERED)}" if power else digits)

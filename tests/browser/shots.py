"""Screenshots of what a change to the page has to be looked at in: `make shots`, into shots/.

Desk, projector and phone; light and dark; the playhead at the start, in the middle and at the
end; a run that diverges; three dimensions; data; a bad address; the dialogs. Names behind the
command choose some of them.
"""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.browser.lab import CHROMIUM, DESK, PHONE, Lab, Watch
from tests.serving import PROJECT, Server, serving

FOLDER = PROJECT / "shots"
HALL = {"width": 1024, "height": 768}
TOUCHED = {"has_touch": True, "is_mobile": True, "device_scale_factor": 2}
DIVERGING = "surface=himmelblau&eta=0.05&run=gd&run=momentum&run=gd,eta:0.003"
DATA = "surface=logistic-regression&run=gd&run=momentum&run=adam,batch:5"
EIGHT = "surface=rosenbrock&spread=0.1" + "".join(
    f"&run={rule}"
    for rule in ["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw", "gd,batch:1"]
)
BAD = "surface=zzz&eta=NaN&lambda=9e99&run=gd&run=adam"

Act = Callable[[Lab], Any]


@dataclass(frozen=True)
class Shot:
    """One picture: what is opened, on which screen, and what is done before."""

    name: str
    query: str = ""
    size: dict[str, int] = field(default_factory=lambda: DESK)
    act: Act = lambda lab: None
    whole: bool = False  # the page to its end, not one screen of it

    @property
    def habits(self) -> dict[str, Any]:
        touched = TOUCHED if self.size == PHONE else {}
        return {"viewport": self.size, "reduced_motion": "reduce", **touched}


def click(place: str) -> Act:
    return lambda lab: lab.at(place).click()


def scroll(place: str) -> Act:
    return lambda lab: lab.at(place).scroll_into_view_if_needed()


def run_and_stop(run: int, stop: str) -> Act:
    """Another run is chosen, and one of the ball's positions in one dimension."""

    def act(lab: Lab) -> None:
        lab.at(f"#run-{run}-select").click()
        lab.at(".stop").filter(has_text=stop).click()
        lab.page.wait_for_timeout(500)

    return act


def critical(name: str) -> Act:
    """The table folded out and a point chosen."""

    def act(lab: Lab) -> None:
        lab.at("#critical summary").click()
        lab.at(f"#go-{name}").click()
        lab.at(".hessian-title").wait_for()
        lab.page.wait_for_timeout(500)

    return act


def shown(place: str, done: str = "") -> Act:
    """A panel below the stage, once it holds what it was opened for."""

    def act(lab: Lab) -> None:
        if done:
            lab.at(place).filter(has_text=done).wait_for()
        lab.at(place).evaluate("panel => panel.scrollIntoView({ block: 'start' })")
        lab.page.wait_for_timeout(500)

    return act


def typed(text: str) -> Act:
    def act(lab: Lab) -> None:
        lab.at("#own-formula").fill(text)
        lab.page.wait_for_timeout(500)
        shown("#own")(lab)

    return act


KNOBS_MAP = "surface=long-valley&updates=1500&run=momentum&map=eta:0.0025..0.2,lambda:0..0.99"
KNOBS_MAP += "&tolerance=1e-8"
STARTS_MAP = "surface=himmelblau&run=gd&run=momentum&map=start1:-5..5,start2:-5..5"
EDGE = "surface=toy-network&start=2.2,0.2&updates=60&edge=1&run=gd,eta:0.05&run=gd,eta:0.35"
RATES = "surface=long-valley&edge=1&run=gd,eta:0.08&run=momentum,lambda:0.4&run=momentum,lambda:0.9"
OWN = "surface=formula&formula=sin(3*x)*cos(2*y)%2B0.2*(x^2%2By^2)&run=gd&run=momentum"
ROWS = "surface=linear-regression&rows=1,3,2,5.5,3,6,4,9.25&run=gd,batch:1&run=gd"
SHARES = "surface=canyon-and-basin&start=1.3,0.9&spread=0.2&updates=600&eta=0.1&seeds=300"
SHARES += "&run=gd,batch:1"
MOVED = "surface=canyon-and-basin&spread=0.1&view=1d&shift=0.18,0&run=gd"
ZH, CN = "&lang=zh-TW", "&lang=zh-CN"
HILL = "surface=hill&start=-2.7,0&view=1d&run=gd&run=momentum"
INSIDE = "surface=hill&start=-2.7,0&inspect=1&run=gd&run=momentum"

SHOTS = (
    Shot("desk"),
    Shot("desk-start", "at=0"),
    Shot("desk-middle", "at=40"),
    Shot("desk-dark", "theme=dark"),
    Shot("desk-dark-middle", "theme=dark&at=120&loss=log"),
    Shot("desk-projector", "theme=projector"),
    Shot("desk-whole", "", whole=True, act=Lab.open_details),
    Shot("desk-3d", "view=3d"),
    Shot("desk-3d-dark", "view=3d&theme=dark&at=60"),
    Shot("desk-both", "view=both&at=130"),
    Shot("desk-diverging", DIVERGING),
    Shot("desk-diverging-middle", DIVERGING + "&at=3&theme=dark&loss=log"),
    Shot("desk-diverging-3d", DIVERGING + "&view=both"),
    Shot("desk-data", DATA),
    Shot("desk-data-both", DATA + "&view=both&loss=log&axis=epochs"),
    Shot("desk-eight", EIGHT + "&loss=log", whole=True),
    Shot("desk-1d-start", HILL, act=run_and_stop(1, "Start")),
    Shot("desk-1d-dip", HILL + "&theme=dark", act=run_and_stop(1, "Zero slope")),
    Shot("desk-1d-beside", "surface=hill&view=1d&at=2&run=gd&run=momentum"),
    Shot("desk-critical", "surface=himmelblau&run=gd&run=momentum", act=critical("S1")),
    Shot("desk-critical-valley", "surface=toy-network&run=gd&theme=dark", act=critical("M1")),
    Shot("desk-critical-flat", "surface=monkey-saddle&run=gd", act=critical("F1")),
    Shot("desk-critical-crowd", "surface=rastrigin&run=gd", act=critical("S7")),
    Shot("desk-bad", BAD),
    Shot("desk-help", act=click("#help")),
    Shot("desk-share", "theme=dark", act=click("#share")),
    Shot("hall", "theme=projector", HALL),
    Shot("hall-start", "theme=projector&at=0", HALL),
    Shot("hall-middle", "theme=projector&at=40&view=both", HALL),
    Shot("hall-3d", "theme=projector&view=3d", HALL),
    Shot("hall-1d", HILL + "&theme=projector", HALL, run_and_stop(1, "Uphill")),
    Shot("hall-critical", "theme=projector", HALL, critical("S1"), whole=True),
    Shot("hall-diverging", DIVERGING + "&theme=projector", HALL),
    Shot("hall-whole", "theme=projector", HALL, whole=True),
    Shot("hall-help", "theme=projector", HALL, click("#help")),
    Shot("phone", "", PHONE),
    Shot("phone-dark-middle", "theme=dark&at=40", PHONE),
    Shot("phone-whole", "", PHONE, whole=True),
    Shot(
        "phone-knobs", "at=130", PHONE, lambda lab: lab.at("#add-run").scroll_into_view_if_needed()
    ),
    Shot("desk-inside-first", INSIDE + "&at=0"),
    Shot("desk-inside-dip", INSIDE + "&at=4"),
    Shot("desk-inside-hill", INSIDE + "&at=6&view=both"),
    Shot("desk-inside-saddle", "run=gd&run=momentum&inspect=0&at=200&theme=dark"),
    Shot("desk-inside-diverging", DIVERGING + "&inspect=1&at=3"),
    Shot("desk-inside-adam", "surface=himmelblau&run=adam&inspect=0&at=30", whole=True),
    Shot("hall-inside", INSIDE + "&at=4&theme=projector", HALL, whole=True),
    Shot("phone-inside", INSIDE + "&at=4", PHONE, whole=True),
    Shot("phone-1d", HILL, PHONE, run_and_stop(1, "Shelf")),
    Shot("phone-critical", "", PHONE, critical("S1"), whole=True),
    Shot("phone-3d", "view=3d&theme=dark", PHONE),
    Shot("phone-diverging", DIVERGING, PHONE),
    Shot("phone-bad", BAD, PHONE),
    Shot("phone-help", "", PHONE, click("#help")),
    Shot("phone-projector", "theme=projector", PHONE),
    Shot("desk-map", KNOBS_MAP, act=shown("#map", "16,384 cells")),
    Shot("desk-map-dark-zh", KNOBS_MAP + ZH + "&theme=dark", act=shown("#map")),
    Shot("hall-map", KNOBS_MAP + "&theme=projector", HALL, shown("#map", "16,384 cells")),
    Shot("phone-map", KNOBS_MAP, PHONE, shown("#map", "16,384 cells")),
    Shot("desk-map-starts", STARTS_MAP, act=shown("#map", "16,384 cells")),
    Shot("phone-map-starts-zh", STARTS_MAP + ZH, PHONE, shown("#map")),
    Shot("desk-edge", EDGE, act=shown("#curvature")),
    Shot("hall-edge-cn", EDGE + CN + "&theme=projector", HALL, shown("#curvature")),
    Shot("phone-edge", EDGE + "&theme=dark", PHONE, shown("#curvature")),
    Shot("desk-rates", RATES, act=shown("#curvature")),
    Shot("desk-own", OWN),
    Shot("desk-own-box", OWN, act=shown("#own")),
    Shot("desk-own-wrong", OWN, act=typed("x*x + __import__('os').system('id')")),
    Shot("phone-own-wrong-zh", OWN + ZH, PHONE, typed("sin(x) + z*y")),
    Shot("desk-rows", ROWS, act=shown("#own")),
    Shot("desk-shares", SHARES, act=shown("#seeds", "300")),
    Shot("desk-flatness", MOVED, act=shown("#flatness")),
    Shot("desk-zh", ZH[1:]),
    Shot("hall-cn", CN[1:] + "&theme=projector", HALL),
    Shot("phone-zh", ZH[1:], PHONE),
)


def asked(lab: Lab) -> None:
    lab.at(".prediction-choice").first.wait_for()


def filling(lab: Lab) -> None:
    """The first figures are on the chart, and more will come."""
    lab.at(".prediction-choice").first.click()
    lab.at("#chart .series").first.wait_for()


def full(lab: Lab) -> None:
    lab.at(".prediction-choice").first.click()
    lab.at(".status-words").filter(has_text=re.compile("Done in|完成")).wait_for(timeout=120_000)
    lab.page.wait_for_timeout(300)


def listed(lab: Lab) -> None:
    lab.at(".experiment-list").wait_for()


# Pages of experiments; every knob beside `theme` makes it one that nobody has seen yet.
EXPERIMENTS = (
    Shot("desk-experiments", "experiments", act=listed),
    Shot("phone-experiments", "experiments?theme=dark", PHONE, listed),
    Shot("desk-asked", "experiments/accuracy", act=asked),
    Shot("phone-asked", "experiments/time?theme=dark", PHONE, asked),
    *(
        Shot(f"{screen}-{name}-{when.__name__}{'-dark' * dark}", address, size, when, whole=True)
        for name, knobs in (("time", "take"), ("accuracy", "seed"))
        for screen, size, theme, dark in (
            ("desk", DESK, "light", False),
            ("desk", DESK, "dark", True),
            ("hall", HALL, "projector", False),
            ("phone", PHONE, "light", False),
        )
        for when in (filling, full)
        for address in (f"experiments/{name}?theme={theme}&{knobs}={9 * (when is filling)}",)
    ),
    *(
        Shot(f"{screen}-{name}-full", f"experiments/{name}?{habits}", size, full, whole=True)
        for name in ("gradient", "sharp", "both", "minima", "plane")
        for screen, size, habits in (("desk", DESK, ""), ("phone-zh", PHONE, "lang=zh-TW"))
    ),
    Shot("desk-table", "experiments/table", whole=True, act=scroll("table")),
    Shot("phone-table-cn", "experiments/table?lang=zh-CN", PHONE, scroll("table"), whole=True),
)


def settled(lab: Lab) -> None:
    """Ground, pictures of the gallery and the view in space are drawn."""
    lab.page.evaluate("document.fonts.ready")
    if "view=3d" in lab.query or "view=both" in lab.query:
        lab.until("document.querySelector('#stage-3d .plot')?._fullLayout?.scene?._scene?.glplot")
    if lab.at("#stage-2d").is_visible():
        lab.until("document.querySelector('#stage-2d .contourlayer path')")
    lab.until("document.querySelector('#caption').textContent.length > 8")
    lab.at("#gallery").scroll_into_view_if_needed()  # pictures are painted once they are seen
    lab.until("probes.unpainted().length === 0")
    lab.page.evaluate("scrollTo(0, 0)")


def take(browser: Browser, server: Server, shot: Shot) -> Path:
    page = browser.new_page(**shot.habits)
    watch = Watch(server.url)
    watch.follow(page)
    lab = Lab(page, server, watch).open(shot.query)
    settled(lab)
    shot.act(lab)
    path = FOLDER / f"{shot.name}.png"
    page.screenshot(path=path, full_page=shot.whole)
    print(path.relative_to(PROJECT), *watch.found())
    page.close()
    return path


def take_experiment(browser: Browser, server: Server, shot: Shot) -> None:
    page = browser.new_page(**shot.habits)
    watch = Watch(server.url)
    watch.follow(page)
    page.goto(f"{server.url}/{shot.query}")
    shot.act(Lab(page, server, watch))
    path = FOLDER / f"{shot.name}.png"
    page.screenshot(path=path, full_page=shot.whole)
    print(path.relative_to(PROJECT), *watch.found())
    page.close()


def class_page(browser: Browser, server: Server) -> None:
    page = browser.new_page(viewport=HALL)
    page.goto(f"{server.url}/class")
    page.screenshot(path=FOLDER / "hall-class.png")
    page.close()


def main(wanted: list[str]) -> None:
    FOLDER.mkdir(exist_ok=True)
    shots = [shot for shot in SHOTS if not wanted or shot.name in wanted]
    with serving() as server, sync_playwright() as play:
        browser = play.chromium.launch(**CHROMIUM)
        for shot in shots:
            take(browser, server, shot)
        for shot in EXPERIMENTS:
            if not wanted or shot.name in wanted:
                take_experiment(browser, server, shot)
        class_page(browser, server)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])

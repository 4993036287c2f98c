"""The lecture's table: every cell beside its evidence, and nothing begun by looking."""

import json
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from app.experiments.evidence import LINES
from tests.browser.lab import DESK, Lab
from tests.browser.test_access import THEMES, violations

WHERE = "/api/experiments/table"
CLIPPED = (
    "all => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.outerHTML)"
)


def side(batch: int, value: float) -> dict[str, float]:
    return {"batch": batch, "value": value, "low": value, "high": value}


def line(of: int, **measured: Any) -> dict[str, Any]:
    row = LINES[of]
    own = {name: getattr(row, name) for name in ("name", "label", "measures", "unit", "scene")}
    names = ("small", "large", "largest", "updates", "seeds", "chance", "found", "agrees", "state")
    empty = dict.fromkeys(names)
    address = {"experiment": row.experiment, "address": f"/api/experiments/{row.experiment}"}
    return own | {"says": {"small": row.small, "large": row.large}} | empty | address | measured


TIMES = {"small": side(1, 9e-6), "large": side(1000, 192e-6), "largest": side(60_000, 0.0084)}
FILLED = [
    line(0, **TIMES, found="more", agrees=True, state="done"),
    line(1, **TIMES, found="more", agrees=False, state="done"),
    line(2, state="running"),
    line(3),
    line(4, small=side(1, 1), large=side(1437, 0.58), found="less", agrees=True, state="done",
         seeds=5, chance=2 / 252),
    line(5, small=side(16, 0.975), large=side(144, 0.972), found="same", agrees=False, state="done")
]  # fmt: skip


def opened(lab: Lab, answer: Any = None) -> Lab:
    """The page; `answer` stands in the place of what this server has measured."""
    if answer is not None:
        lab.page.route(f"**{WHERE}", lambda route: told(route, answer))
    lab.page.goto(f"{lab.server.url}/experiments/table")
    expect(lab.at("#evidence tbody")).to_have_count(len(LINES))
    return lab


def told(route: Route, answer: Any) -> None:
    route.fulfill(body=json.dumps(answer), content_type="application/json")


def test_looking_begins_nothing_and_every_row_says_where_it_stands(lab: Lab) -> None:
    sent: list[str] = []
    lab.page.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    before = [row["state"] for row in lab.told(WHERE)]
    opened(lab)
    for row, body in zip(lab.told(WHERE), lab.at("#evidence tbody").all(), strict=True):
        expect(body.locator("th")).to_contain_text(row["label"])
        cells = body.locator("tr").first.locator("td")
        for cell, size in zip(cells.all(), ("small", "large"), strict=True):
            expect(cell).to_contain_text(row["says"][size])
            page = row["address"].replace("/api/", "/")
            expect(cell.locator("a")).to_have_attribute("href", page)
        if row["state"] is None:
            expect(body).to_contain_text("Not measured here yet. Its page begins the measurement.")
    assert [row["state"] for row in lab.told(WHERE)] == before
    assert all(request.startswith("GET") for request in sent)


def test_cells_have_what_was_measured_and_disagreement_is_said_in_words(lab: Lab) -> None:
    opened(lab, FILLED)
    bodies = lab.at("#evidence tbody")
    expect(bodies.nth(0)).to_contain_text("9 µs at B = 1")
    expect(bodies.nth(0)).to_contain_text("As the lecture says. The large batch takes 21 times")
    expect(bodies.nth(1)).to_contain_text("Not as the lecture says.")
    expect(bodies.nth(1)).to_contain_text("The largest batch, B = 60,000, takes 8.4 ms.")
    expect(bodies.nth(2)).to_contain_text("It is being measured now.")
    expect(bodies.nth(3)).to_contain_text("Not measured here yet.")
    expect(bodies.nth(5)).to_contain_text("Not found here. No difference was found")
    reasons = lab.at("#evidence").get_by_role("link", name="The lecture's reason, in the lab: ")
    names = {link.get_attribute("aria-label") for link in reasons.all()}
    assert len(names) == len(LINES)
    link = bodies.nth(4).get_by_role("link", name="58 % at B = 1,437: experiment Accuracy")
    link.click()
    expect(lab.at(".question")).to_have_text("Does a large batch end with lower accuracy?")


def test_seeds_that_are_too_few_are_shown_and_decide_nothing(lab: Lab) -> None:
    sides = {"small": side(16, 0.975), "large": side(144, 0.95)}
    few = line(5, **sides, seeds=3, chance=0.1, state="done")
    opened(lab, [*FILLED[:5], few])
    body = lab.at("#evidence tbody").nth(5)
    expect(body).to_contain_text("95 % at B = 144")
    expect(body).to_contain_text("These figures do not decide it. No seed of one side reaches the")
    expect(body).to_contain_text("with 3 seeds each, chance alone does this once in 10 times.")
    expect(body.locator("strong")).to_have_text("")


def test_a_row_that_is_being_measured_fills_by_itself(lab: Lab) -> None:
    answer = [*FILLED]
    opened(lab, answer)
    answer[2] = line(2, small=side(1, 0.56), large=side(1000, 0.012), found="less", agrees=True)
    expect(lab.at("#evidence tbody").nth(2)).to_contain_text("The small batch takes 47 times")


def test_after_a_failure_it_asks_again_and_only_one_look_waits(lab: Lab) -> None:
    lab.watch.expected.append("ERR_FAILED")
    looks: list[Route] = []

    def answer(route: Route) -> None:
        looks.append(route)
        route.abort() if len(looks) <= 4 else told(route, FILLED[:2])

    lab.page.route(f"**{WHERE}", answer)
    lab.page.goto(f"{lab.server.url}/experiments/table")
    expect(lab.at("#evidence")).to_contain_text("The server does not answer")
    lab.page.evaluate(
        "() => [1, 2, 3].forEach(() => document.dispatchEvent(new Event('visibilitychange')))"
    )
    expect(lab.at("#evidence tbody")).to_have_count(2)
    lab.page.wait_for_timeout(200)
    assert len(looks) == 5


def test_the_list_of_experiments_leads_to_it_and_it_leads_back(lab: Lab) -> None:
    lab.page.goto(f"{lab.server.url}/experiments?theme=dark")
    lab.page.get_by_role("link", name="The lecture's table").click()
    expect(lab.at("#evidence tbody")).to_have_count(len(LINES))
    assert "theme=dark" in lab.page.url
    lab.at("#content").get_by_role("link", name="Experiments", exact=True).click()
    expect(lab.at(".experiment-list li")).not_to_have_count(0)


def test_axe_finds_nothing_in_any_theme(lab: Lab) -> None:
    lab.page.set_viewport_size(DESK)
    opened(lab, FILLED)
    for theme in THEMES:
        lab.at("#pick-theme").select_option(theme)
        lab.until_address({"theme": theme})
        assert not violations(lab), theme


@pytest.mark.parametrize("width", [320, 390])
def test_it_is_read_on_a_phone(phone: Lab, width: int) -> None:
    phone.page.set_viewport_size({"width": width, "height": 800})
    opened(phone, FILLED)
    for probe in ("outside()", "cut()", "covered()"):
        assert phone.page.evaluate(f"probes.{probe}") == [], probe
    clipped = phone.at("#evidence th, #evidence td").evaluate_all(CLIPPED)
    assert clipped == []

"""Many seeds: shares with their intervals, asked for only while somebody looks."""

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import WebSocket, expect

from tests.browser.lab import Lab
from tests.browser.test_access import violations

SCENE = "surface=canyon-and-basin&spread=0.2&start=1.2,0.3&eta=0.1&updates=600&run=gd"
DONE = "1,000 seeds"


def asked(lab: Lab) -> Callable[[], list[dict[str, Any]]]:
    """What the page asks about shares from now on."""
    sent: list[dict[str, Any]] = []

    def opened(socket: WebSocket) -> None:
        socket.on("framesent", lambda frame: sent.append(json.loads(frame)))

    lab.page.on("websocket", opened)
    return lambda: [question for question in sent if question["want"] == "shares"]


def opened(lab: Lab, query: str = SCENE) -> Lab:
    lab.open(query)
    lab.at("#seeds summary").click()
    expect(lab.at(".seeds-progress")).to_have_text(DONE)
    return lab


def cells(lab: Lab) -> list[list[str]]:
    rows = lab.at("#seeds tbody tr").all_inner_texts()
    return [row.replace("\N{NO-BREAK SPACE}", " ").split("\t") for row in rows]


def written(share: dict[str, float], varies: bool) -> str:
    """As the page writes a share with its interval."""
    value, low, high = (hundredths(share[name]) for name in ("share", "low", "high"))
    return f"{value} % ({low} to {high} %)" if varies else f"{value} %"


def hundredths(share: float) -> str:
    if share in (0, 1):
        return f"{100 * share:.0f}"
    if share < 0.001:
        return "under 0.1"
    if share > 0.999:
        return "over 99.9"
    return f"{100 * share:.{1 if share < 0.01 or share > 0.99 else 0}f}"


def test_the_table_holds_the_numbers_of_the_api(lab: Lab) -> None:
    opened(lab)
    told = lab.told(f"/api/shares?{SCENE}&seeds=1000&batches=1,2,5,10,20")
    rows = cells(lab)
    assert [row[0] for row in rows] == [str(one["batch"]) for one in told]
    for row, one in zip(rows, told, strict=True):
        shares = [*(place["catchment"] for place in one["minima"]), one["left"]]
        assert row[1:] == ["1,000", *(written(share, one["varies"]) for share in shares)]
    expect(lab.at(".seeds-words")).to_contain_text("Of 1,000 orders of batches, B = 1 ends at M2")
    heads = lab.at("#seeds thead th").all_inner_texts()
    assert heads == ["batch", "seeds", "M1", "M2", "left the saddle"]
    assert lab.at("#seeds .seeds-bar").count() == 2 * 4  # none at the full batch


def test_against_the_rate_the_limit_is_drawn_and_the_address_keeps_the_number_of_seeds(
    lab: Lab,
) -> None:
    lab.open(f"{SCENE},batch:1&seeds=300")
    expect(lab.at(".seeds-progress")).to_have_text("300 seeds")
    lab.at("#seeds input[value=eta]").check()
    expect(lab.at("#seeds thead th").first).to_have_text("η")
    expect(lab.at(".seeds-progress")).to_have_text("300 seeds")
    rates = [row[0] for row in cells(lab)]
    told = lab.told(f"/api/shares?{SCENE},batch:1&seeds=300&etas={','.join(rates)}")
    for row, one in zip(cells(lab), told, strict=True):
        assert row[2] == written(one["minima"][0]["catchment"], True)
    expect(lab.at("#seeds .seeds-limit")).to_have_count(1)
    expect(lab.at(".seeds-words").first).to_contain_text("even the full batch cannot settle above")
    lab.at("#seeds input[value=left]").check()
    expect(lab.at(".seeds-times path.seeds-line")).to_have_count(6)
    expect(lab.at("#seeds table")).to_have_count(2)
    lab.at("#seeds summary").click()
    lab.until("!location.search.includes('seeds')")


def test_the_switch_shows_other_shares_and_asks_nothing(lab: Lab) -> None:
    questions = asked(lab)
    opened(lab)
    lab.at("#seeds input[value=left]").check()
    expect(lab.at(".seeds-words")).to_contain_text("left the saddle by update 600")
    lab.at("#seeds input[value=outcomes]").check()
    expect(lab.at(".seeds-answer > .seeds-legend")).to_contain_text("still travelling")
    assert len(questions()) == 1


def test_another_rate_asks_again_and_the_earlier_answer_stays_until_then(lab: Lab) -> None:
    questions = asked(lab)
    opened(lab)
    before = cells(lab)
    lab.visit(SCENE.replace("eta=0.1", "eta=0.03") + "&seeds=1000")
    expect(lab.at("#seeds tbody")).not_to_contain_text(before[0][3])
    expect(lab.at(".seeds-progress")).to_have_text(DONE)
    assert lab.at("#seeds .is-earlier").count() == 0
    assert len(questions()) == 2
    assert questions()[-1]["seeds"] == 1000
    lab.at("#seeds-count").select_option("200")
    expect(lab.at(".seeds-progress")).to_have_text("200 seeds")


def test_folded_in_it_asks_nothing(lab: Lab) -> None:
    questions = asked(lab)
    lab.open(SCENE)
    lab.visit(SCENE.replace("eta=0.1", "eta=0.07"))
    lab.until_drawn({"eta": "0.07"})
    assert questions() == []
    lab.at("#seeds summary").click()
    expect(lab.at(".seeds-progress")).to_have_text(DONE)
    lab.at("#seeds summary").click()
    lab.visit(SCENE)
    lab.until_drawn({"eta": "0.1"})
    assert len(questions()) == 1


def test_where_no_seed_matters_there_is_no_interval(lab: Lab) -> None:
    opened(lab, SCENE.replace("spread=0.2", "spread=0"))
    expect(lab.at(".seeds-words")).to_contain_text("Every seed gives the same path")
    assert lab.at("#seeds .seeds-bar").count() == 0


def test_the_ends_lie_on_the_stage_while_the_panel_is_open(lab: Lab) -> None:
    opened(lab, f"{SCENE},batch:1&hide=run-1")
    stage = lab.at("#stage-2d")
    expect(lab.at(".seeds-note")).to_contain_text("where the seeds with B = 1 ended")
    lab.page.wait_for_timeout(300)
    dotted = stage.screenshot()
    lab.at("#seeds summary").click()
    lab.page.wait_for_timeout(300)
    assert stage.screenshot() != dotted
    lab.at("#seeds summary").click()
    lab.page.wait_for_timeout(300)
    assert stage.screenshot() == dotted


def test_axe_finds_nothing_in_light_and_dark(lab: Lab) -> None:
    opened(lab)
    for theme in ("light", "dark"):
        lab.at("#pick-theme").select_option(theme)
        lab.until_address({"theme": theme})
        assert not violations(lab), theme

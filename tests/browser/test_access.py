"""axe-core finds nothing: in every theme, wide and narrow, with everything open."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.lab import DESK, PHONE, Lab

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
THEMES = ["light", "dark", "projector"]


FRAMES = "new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then)))"


def violations(lab: Lab) -> list[Any]:
    """What axe-core finds once the page has seen how large its boxes are."""
    lab.page.evaluate(FRAMES)
    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    found = Axe().run(lab.page, options=options).response["violations"]
    return [(rule["id"], [node["html"][:160] for node in rule["nodes"]]) for rule in found]


@pytest.mark.parametrize(("size", "view"), [(DESK, "2d"), (PHONE, "3d")], ids=["desk", "phone"])
def test_axe_finds_nothing_in_any_theme(lab: Lab, size: Any, view: str) -> None:
    lab.page.set_viewport_size(size)
    lab.open(f"surface=two-valleys&eta=NaN&run=gd&run=adam,batch:1&hide=run-1&view={view}")
    lab.open_details()
    for theme in THEMES:
        lab.at("#pick-theme").select_option(theme)
        lab.until_address({"theme": theme})
        assert not violations(lab), theme


def test_axe_finds_nothing_in_the_dialogs(lab: Lab) -> None:
    lab.open()
    for theme in THEMES:
        lab.at("#pick-theme").select_option(theme)
        for button in ("#help", "#share"):
            lab.at(button).click()
            assert not violations(lab), (theme, button)
            lab.press("Escape")


def test_axe_finds_nothing_on_the_page_for_the_class(lab: Lab) -> None:
    lab.page.goto(f"{lab.server.url}/class")
    assert not violations(lab)


def test_the_stage_and_the_chart_have_a_name_and_their_numbers_a_table(lab: Lab) -> None:
    lab.open()
    hand = lab.page.get_by_role("application")
    assert "arrow keys" in (hand.get_attribute("aria-label") or "")
    assert lab.at("section[aria-labelledby=chart-title]").count() == 1
    assert lab.numbers
    assert lab.at("#table .number-table caption").inner_text()
    assert lab.at("#spoken").get_attribute("aria-live") == "polite"
    assert lab.at("#spoken").inner_text() == lab.at("#caption").inner_text()

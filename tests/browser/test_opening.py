"""The first ten seconds: a finished thought with this scene's numbers, played once."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.lab import LOADED, Lab, count, loss

Run = dict[str, Any]


def staying(run: Run) -> str:
    return (
        f"Gradient descent is still at the saddle after {count(run['updates'])} updates. "
        f"It would leave at update {count(run['leaves'])}."
    )


def leaving(name: str, run: Run) -> str:
    if run["updates_per_epoch"] > 1:
        return f"{name} left the saddle at update {run['left']} and is around a minimum."
    end = f"reached a minimum in {run['settled']} updates."
    return f"{name} left the saddle at update {run['left']} and {end}"


def test_caption_and_cards_tell_the_opening_scene_in_the_numbers_of_the_api(lab: Lab) -> None:
    lab.open()
    gd, momentum, single = lab.paths("")
    caption = lab.at("#caption").inner_text()
    assert caption.startswith(staying(gd))
    assert leaving("Momentum", momentum) in caption
    assert leaving("Gradient descent with B = 1", single) in caption
    said = [300, gd["leaves"], momentum["left"], momentum["settled"], 1, single["left"]]
    assert re.findall(r"\d+", caption) == [str(figure) for figure in said]
    assert [run["outcome"] for run in (gd, momentum, single)] == ["saddle", "minimum", "minimum"]
    first, second, third = lab.cards
    assert first == f"at a saddle after 300 updates; it would leave at update {gd['leaves']}"
    left = f"left the saddle at update {momentum['left']}"
    assert second == f"{left}; reached a minimum in {momentum['settled']} updates"
    assert third.startswith(f"left the saddle at update {single['left']}; ")
    assert "around a minimum" in third


def test_without_motion_it_opens_at_the_end_and_nothing_plays(lab: Lab) -> None:
    lab.open()
    assert lab.readout == f"update 300 · epoch 300 · loss {loss(lab.paths('')[0]['loss'][-1])}"
    assert lab.at("#time-play").get_attribute("aria-label") == "Play"
    assert lab.page.evaluate("document.getAnimations().length") == 0
    assert "at=" not in lab.query


def test_with_motion_it_plays_once_by_itself_and_stays_at_the_end(lab: Lab) -> None:
    lab.page.emulate_media(reduced_motion="no-preference")
    lab.goto()
    expect(lab.button("Pause")).to_be_visible()
    lab.at("#time-speed").select_option("16")
    expect(lab.button("Play")).to_be_visible()
    assert lab.readout.startswith("update 300 ")
    assert "at=" not in lab.query


@pytest.mark.parametrize("query", ["play=0", "at=37"])
def test_an_address_can_open_it_standing_still(lab: Lab, query: str) -> None:
    lab.page.emulate_media(reduced_motion="no-preference")
    lab.open(query)
    expect(lab.button("Play")).to_be_visible()
    shown = "update 37 · epoch 37 " if "at" in query else "update 300 · epoch 300 "
    assert lab.readout.startswith(shown)


def test_turning_a_knob_while_it_plays_shows_whole_paths_from_then_on(lab: Lab) -> None:
    lab.page.emulate_media(reduced_motion="no-preference")
    lab.open()
    lab.at("#knob-eta-slider").press("ArrowRight")
    lab.until_drawn({"eta": "0.051"})
    expect(lab.button("Play")).to_be_visible()
    expect(lab.at("#readout-text")).to_contain_text("update 300 ")


def test_everything_comes_from_our_own_server(lab: Lab) -> None:
    lab.open("view=both")
    lab.until("document.querySelector('#stage-3d canvas')")
    loaded = lab.page.evaluate(LOADED)
    assert f"{lab.server.url}/plotly.js" in loaded
    assert len(loaded) > 80
    assert all(url.startswith(lab.server.url) for url in loaded)

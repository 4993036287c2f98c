"""A phone: nothing sticks out, everything is under the thumb, a swipe scrolls the page."""

import pytest
from playwright.sync_api import expect

from tests.browser.lab import Lab

STAGE = "#stage-2d .stage-hand"


def opened(lab: Lab, query: str = "surface=two-valleys&eta=NaN&run=gd&run=adam") -> None:
    lab.open(query)
    lab.open_details()


@pytest.mark.parametrize("width", [390, 320])
def test_nothing_sticks_out_sideways_and_everything_can_be_touched(phone: Lab, width: int) -> None:
    phone.page.set_viewport_size({"width": width, "height": 844})
    opened(phone)
    for theme in ("light", "projector"):
        phone.at("#pick-theme").select_option(theme)
        phone.until_address({"theme": theme})
        assert phone.page.evaluate("document.documentElement.scrollWidth") <= width
        assert phone.probe("outside") == []
        assert phone.probe("cut") == []
    assert phone.probe("covered") == []


def test_targets_are_as_large_as_a_finger(phone: Lab) -> None:
    opened(phone, "surface=two-valleys&eta=NaN&run=gd&run=adam&view=3d")
    expect(phone.button("Turn left")).to_be_visible()
    assert phone.probe("small", 43.9) == []
    phone.at("#pick-theme").select_option("projector")
    assert phone.probe("small", 43.9) == []
    for button in ("#help", "#share"):
        phone.at(button).click()
        assert phone.probe("small", 43.9) == []
        phone.press("Escape")


def test_at_every_width_the_page_fits(lab: Lab) -> None:
    opened(lab, "surface=long-valley&run=gd&run=adam")
    for width in (600, 720, 1024, 1280, 1920):
        lab.page.set_viewport_size({"width": width, "height": 768})
        assert lab.page.evaluate("document.documentElement.scrollWidth") <= width
        assert lab.probe("outside") == []
        assert lab.probe("cut") == []


def swipe(phone: Lab, place: str) -> float:
    """A finger moves up over a place; how far the page scrolled."""
    target = phone.at(place)
    target.evaluate("one => one.scrollIntoView({ block: 'center', behavior: 'instant' })")
    box = target.bounding_box()
    assert box
    before = float(phone.page.evaluate("scrollY"))
    wire = phone.page.context.new_cdp_session(phone.page)
    gesture = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    wire.send("Input.synthesizeScrollGesture", {**gesture, "yDistance": -150, "speed": 2000})
    return float(phone.page.evaluate("scrollY")) - before


def test_a_swipe_over_the_stage_or_the_chart_scrolls_the_page(phone: Lab) -> None:
    phone.open("view=both")
    phone.until("document.querySelector('#stage-3d canvas')")
    scene = phone.scene
    for place in (STAGE, "#stage-3d", "#losschart", "#knob-eta-slider"):
        assert swipe(phone, place) > 50, place
    assert phone.scene == scene
    assert phone.pictures == [scene]


def test_a_tap_places_the_start_once(phone: Lab) -> None:
    phone.open()
    box = phone.at(STAGE).bounding_box()
    assert box
    x, y = box["x"] + box["width"] * 0.7, box["y"] + box["height"] * 0.7
    phone.page.touchscreen.tap(x, y)
    phone.until("new URLSearchParams(witness.drawn.at(-1).scene).has('start')")
    start = [float(n) for n in phone.scene.split("start=")[1].split("&")[0].split(",")]
    stage = phone.at("#stage-2d").bounding_box()
    across, down = phone.pixels(start)
    assert stage
    assert abs(stage["x"] + across - x) < 1.5
    assert abs(stage["y"] + down - y) < 1.5
    phone.button("Undo").click()
    phone.until_drawn({"start": None})
    expect(phone.button("Undo")).to_be_disabled()


def test_the_stage_stays_in_sight_while_the_thumb_turns_a_knob(phone: Lab) -> None:
    phone.open()
    phone.button("Momentum λ: less").scroll_into_view_if_needed()
    phone.page.evaluate("document.querySelector('#knob-lambda').scrollIntoView({block: 'end'})")
    stage, knob = phone.at("#stage-2d").bounding_box(), phone.at("#knob-lambda").bounding_box()
    assert stage
    assert knob
    assert stage["y"] >= 0
    assert stage["y"] + stage["height"] <= knob["y"]
    assert knob["y"] + knob["height"] <= 845

"""A phone: nothing sticks out, everything is under the thumb, a swipe scrolls the page."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Playwright, expect

from tests.browser.lab import CHROMIUM, PHONE, Lab, Watch
from tests.serving import Server

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


@contextmanager
def large_letters(play: Playwright, server: Server, pixels: int) -> Iterator[Lab]:
    """A phone whose owner has chosen letters of this size in the browser, where 16 is usual."""
    letters = f"--blink-settings=defaultFontSize={pixels}"
    browser = play.chromium.launch(**{**CHROMIUM, "args": [*CHROMIUM["args"], letters]})
    page = browser.new_page(viewport=PHONE, has_touch=True, is_mobile=True, reduced_motion="reduce")
    watch = Watch(server.url)
    watch.follow(page)
    yield Lab(page, server, watch)
    assert not watch.found()
    browser.close()


def test_letters_on_canvases_and_axes_grow_with_those_of_the_browser(
    play: Playwright, server: Server
) -> None:
    for pixels, font in ((16, 12), (32, 24)):
        with large_letters(play, server, pixels) as lab:
            lab.open("surface=two-valleys&run=gd")
            expect(lab.at("#stage-2d .xtick text").first).to_have_css("font-size", f"{font}px")
            expect(lab.at("#losschart .xtick text").first).to_have_css("font-size", f"{font}px")
            lab.until("document.querySelectorAll('#stage-2d canvas')[1].picture?.words.length")
            words = lab.page.evaluate(
                "document.querySelectorAll('#stage-2d canvas')[1].picture.words"
            )
            assert {word["size"] for word in words} == {font + 1}


CHOICES_CUT = """[...document.querySelectorAll('.segments label')].filter(one => {
    const [inner, outer] = [one, one.closest('.segments')].map(box => box.getBoundingClientRect());
    return inner.right > outer.right + 1 || inner.bottom > outer.bottom + 1;
}).map(one => one.textContent)"""


@pytest.mark.parametrize("pixels", [24, 32])
def test_with_large_letters_nothing_sticks_out_and_no_choice_is_cut(
    play: Playwright, server: Server, pixels: int
) -> None:
    query = "surface=long-valley&updates=400&run=momentum&edge=1&map=eta:0.0025..0.2,lambda:0..0.99"
    with large_letters(play, server, pixels) as lab:
        for view in ("2d", "1d"):
            lab.open(f"{query}&view={view}")
            lab.open_details()
            assert lab.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
            assert lab.probe("outside") == []
            assert lab.probe("cut") == []
            assert lab.page.evaluate(CHOICES_CUT) == []


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


def test_chinese_heads_of_the_curvatures_take_no_more_than_three_lines(phone: Lab) -> None:
    phone.open(
        "surface=toy-network&start=2.2,0.2&updates=60&edge=1&run=gd,eta:0.05&run=gd,eta:0.35"
        "&lang=zh-TW"
    )
    expect(phone.at("#curvature tbody tr")).to_have_count(2)
    lines = phone.at("#curvature thead th").evaluate_all(
        """heads => heads.map(head => {
            const range = document.createRange();
            range.selectNodeContents(head);
            return new Set([...range.getClientRects()].map(({bottom}) => Math.round(bottom))).size;
        })"""
    )
    assert len(lines) == 6
    assert max(lines) <= 3


@pytest.mark.parametrize("language", ["en", "zh-TW"])
def test_captions_of_wide_tables_are_seen_whole_however_far_the_table_is_scrolled(
    phone: Lab, language: str
) -> None:
    phone.open(f"surface=rosenbrock&run=gd&map=1&play=0&lang={language}")
    phone.open_details()
    phone.until("document.querySelectorAll('#map .wide > .number-table td').length > 0")
    for far in (0, 120):
        boxes = phone.page.evaluate(
            """far => [...document.querySelectorAll(".wide > .number-table caption")]
                .filter(caption => caption.getClientRects().length)
                .map(caption => {
                    const box = caption.closest(".wide");
                    box.scrollLeft = far;
                    const [inner, outer] = [caption, box].map(one => one.getBoundingClientRect());
                    const cut = caption.scrollWidth - caption.clientWidth;
                    const isWide = box.scrollWidth > outer.width + 150;
                    return [inner.left - outer.left, outer.right - inner.right, cut, isWide];
                })""",
            far,
        )
        assert any(is_wide for *_, is_wide in boxes)
        for left, right, cut, _ in boxes:
            assert min(left, right) > -1
            assert cut <= 0

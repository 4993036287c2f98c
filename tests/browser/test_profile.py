"""The view in one dimension: a profile, balls that lie on it, arrows, stops, and its own hand."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.lab import Lab, count
from tests.browser.test_access import THEMES, violations

CANVAS = "[...document.querySelectorAll('#stage-1d canvas')].at(-1)"
HAND = "#stage-1d .stage-hand"
PLOT = "document.querySelector('#stage-1d .plot')"
ON_CUT = "surface=hill&start=-2.7,0&view=1d&run=gd&run=momentum"
COLOURS = {"#0072b2": 0, "#d55e00": 1, "#009e73": 2}


def opened(lab: Lab, query: str) -> Lab:
    lab.open(query)
    lab.until(f"{CANVAS}?.picture?.discs.length > 0")
    return lab


def words(lab: Lab) -> list[str]:
    return [word["text"] for word in lab.page.evaluate(f"{CANVAS}.picture.words")]


def until_said(lab: Lab, text: str) -> None:
    lab.until(f"({CANVAS}.picture?.words ?? []).some(({{text}}) => text.startsWith('{text}'))")


def balls(lab: Lab) -> dict[int, tuple[float, float]]:
    """Where each run's ball touches the ground, in the axes' own numbers, to a pixel or two."""
    discs = lab.page.evaluate(f"{CANVAS}.picture.discs")
    place = """([x, y]) => {
        const { xaxis, yaxis } = document.querySelector('#stage-1d .plot')._fullLayout;
        return [xaxis.p2c(x - xaxis._offset), yaxis.p2c(y - yaxis._offset)];
    }"""
    return {
        COLOURS[disc["colour"]]: tuple(lab.page.evaluate(place, [disc["x"], disc["y"]]))
        for disc in discs
        if disc["colour"] in COLOURS and disc["radius"] > 8
    }


def stop(lab: Lab, name: str) -> Any:
    return lab.at(".stop").filter(has_text=name)


def choose_run(lab: Lab, index: int) -> None:
    lab.at(f"#run-{index}-select").click()


def stops_of(lab: Lab, scene: str, of: int) -> dict[str, Any]:
    answer = lab.told(f"/api/cut?{scene}&from=-3.2,0&to=4.4,0&resolution=400")
    return dict(next(stops for stops in answer["stops"] if stops["of"] == of))


def test_the_balls_lie_on_the_profile_where_their_runs_are(lab: Lab) -> None:
    opened(lab, ON_CUT + "&at=3")
    expect(lab.at("#stage-2d")).to_be_hidden()
    gd, momentum = lab.paths()
    [low, high] = lab.page.evaluate(f"{PLOT}._fullLayout.yaxis.range")
    radius = 9 / lab.page.evaluate(f"{PLOT}._fullLayout.yaxis._length") * (high - low)
    for run, path in enumerate((gd, momentum)):
        x, y = balls(lab)[run]
        assert x == pytest.approx(path["theta"][3][0], abs=0.12)
        assert path["loss"][3] - 1e-6 < y < path["loss"][3] + 1.6 * radius
    expect(lab.at("#profile-aloud")).to_contain_text("Lowest along this cut: −2.23")
    expect(lab.at("#profile-aloud")).to_contain_text("Momentum is at")


def test_what_moves_never_redraws_the_profile(lab: Lab) -> None:
    opened(lab, ON_CUT)
    lab.page.evaluate(
        f"""() => {{
            window.redrawn = 0;
            new MutationObserver((changes) => (redrawn += changes.length))
                .observe({PLOT}, {{ subtree: true, childList: true, attributes: true }});
        }}"""
    )
    lab.at("#knob-eta-slider").focus()
    for value in ("0.051", "0.052", "0.053"):
        lab.press("ArrowRight")
        lab.until_drawn({"eta": value})
    lab.at("#time-scrub").focus()
    lab.press("Home", "ArrowRight", "End")
    lab.page.wait_for_timeout(300)
    assert lab.page.evaluate("redrawn") == 0
    lab.choose_surface("two-valleys")
    lab.until("redrawn > 0")


@pytest.mark.parametrize(
    ("name", "which", "sentence"),
    [
        ("Start", "start", "There is no previous movement yet"),
        ("Small slope", "small", "The previous movement still carries the ball on"),
        ("Zero slope", "zero", "The gradient is as good as zero here"),
        ("Uphill", "against", "the ball goes on uphill"),
        ("Shelf", "shelf", "a saddle in one dimension"),
    ],
)
def test_a_stop_takes_the_playhead_to_its_update(
    lab: Lab, name: str, which: str, sentence: str
) -> None:
    opened(lab, ON_CUT)
    choose_run(lab, 1)
    expect(stop(lab, name)).to_have_class("stop")
    stop(lab, name).focus()
    lab.press("Enter")
    update = stops_of(lab, "surface=hill&start=-2.7,0&run=gd&run=momentum", 1)[which]
    expect(lab.at("#readout-text")).to_contain_text(f"update {count(update)} ")
    expect(stop(lab, name)).to_have_attribute("aria-current", "true")
    expect(lab.at("#profile-told")).to_contain_text(sentence)
    lab.until_address({"at": str(update)})


def test_the_arrows_are_the_updates_own_numbers(lab: Lab) -> None:
    opened(lab, ON_CUT + "&at=0")
    choose_run(lab, 1)
    until_said(lab, "λm = 0")
    stop(lab, "Uphill").click()
    until_said(lab, "−ηg = −")
    update = stops_of(lab, "surface=hill&start=-2.7,0&run=gd&run=momentum", 1)["against"]
    told = lab.told(
        f"/api/update?surface=hill&start=-2.7,0&run=gd&run=momentum&of=1&index={update}"
    )
    shown = {word.split(" = ")[0]: word.split(" = ")[1] for word in words(lab) if " = " in word}
    assert float(shown["−ηg"].replace("−", "-")) == pytest.approx(
        told["reverse_gradient"][0], rel=0.06
    )
    assert float(shown["m"]) == pytest.approx(told["movement"][0], rel=0.06)
    assert float(shown["λm"]) == pytest.approx(0.9 * told["previous_movement"][0], rel=0.06)
    expect(lab.at("#profile-scale")).to_have_text(re.compile(r"Arrows × \d"))


def test_gradient_descent_says_which_stops_it_does_not_have(lab: Lab) -> None:
    opened(lab, ON_CUT)
    expect(stop(lab, "Uphill")).to_have_accessible_name("Uphill: not on this path")
    stop(lab, "Uphill").click()
    expect(lab.at("#profile-told")).to_have_text(
        "Gradient descent never goes on against the gradient."
    )


def test_a_start_beside_the_cut_is_said_and_one_button_puts_it_there(lab: Lab) -> None:
    opened(lab, "surface=hill&view=1d&run=gd&run=momentum&at=2")
    expect(lab.at("#profile-words")).to_have_text(
        "Cut along θ₁, where θ₂ = 0. The start lies 0.8 beside it."
    )
    assert [word for word in words(lab) if word.endswith("off this cut")]
    lab.button("Start on the cut").click()
    lab.until_drawn({"start": "-2.7,0"})
    expect(lab.at("#profile-words")).to_have_text("Cut along θ₁, where θ₂ = 0.")
    expect(lab.button("Start on the cut")).to_be_hidden()
    lab.until(f"!{CANVAS}.picture.words.some(({{text}}) => text.endsWith('off this cut'))")


def test_the_start_is_dragged_along_the_cut_and_moved_with_arrow_keys(lab: Lab) -> None:
    opened(lab, ON_CUT)
    box = lab.at(HAND).bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    lab.page.mouse.move(box["x"] + 0.3 * box["width"], y)
    lab.page.mouse.down()
    lab.page.mouse.move(box["x"] + 0.5 * box["width"], y, steps=6)
    lab.page.mouse.up()
    lab.until("/start=0\\.\\d+,0(&|$)/.test(witness.drawn.at(-1).scene)")
    lab.at(HAND).focus()
    lab.press("ArrowLeft", "ArrowLeft", "Shift+ArrowLeft")
    lab.until("/start=0\\.4\\d*,0(&|$)/.test(witness.drawn.at(-1).scene)")
    lab.button("Undo").click()
    lab.until("/start=0\\.\\d+,0(&|$)/.test(witness.drawn.at(-1).scene)")


def test_a_drag_keeps_the_cut_that_came_from_start_and_minimum(lab: Lab) -> None:
    opened(lab, "surface=booth&view=1d&run=gd")
    told = lab.at("#profile-words").inner_text()
    box = lab.at(HAND).bounding_box()
    assert box
    lab.page.mouse.click(box["x"] + 0.6 * box["width"], box["y"] + 30)
    lab.until("/start=/.test(witness.drawn.at(-1).scene)")
    if "cut=" in lab.query:
        expect(lab.at("#profile-words")).to_have_text(told)
        lab.button("This surface's own cut").click()
        lab.until_address({"cut": None})


def test_a_cut_is_shown_on_the_stage_from_above_and_survives_a_reload(lab: Lab) -> None:
    opened(lab, "surface=himmelblau&view=1d&cut=-5,-5,5,5&run=gd&run=momentum&hide=run-1")
    expect(lab.at("#profile-words")).to_contain_text("Cut from (−5, −5) to (5, 5).")
    assert set(balls(lab)) == {0}
    lab.again()
    expect(lab.at("#profile-words")).to_contain_text("Cut from (−5, −5) to (5, 5).")
    lab.choose("view", "2d")
    expect(lab.at("#stage-1d")).to_be_hidden()
    lab.until_address({"view": None, "cut": "-5,-5,5,5"})
    lab.choose("view", "1d")
    lab.button("This surface's own cut").click()
    lab.until_address({"cut": None})
    lab.choose_surface("hill")
    expect(lab.at("#profile-words")).to_contain_text("Cut along θ₁")


def test_it_plays_and_follows_themes_and_screens(lab: Lab) -> None:
    opened(lab, ON_CUT + "&at=0")
    before = balls(lab)[1]
    lab.at("#time-play").click()
    lab.until("Number(document.querySelector('#time-scrub').value) > 20")
    lab.at("#time-play").click()
    assert balls(lab)[1] != before
    for theme in ("dark", "projector"):
        lab.at("#pick-theme").select_option(theme)
        lab.until_address({"theme": theme})
    lab.page.set_viewport_size({"width": 1024, "height": 768})
    lab.until(f"{CANVAS}.picture?.discs.length > 0")
    assert not lab.probe("outside")
    assert not lab.probe("cut")


def test_on_a_phone_everything_of_it_fits(phone: Lab) -> None:
    opened(phone, ON_CUT + "&at=3")
    assert not phone.probe("outside")
    assert not phone.probe("small", 44)
    assert {"M1", "M2", "S1", "S2", "start"} <= set(words(phone))
    stop(phone, "Shelf").tap()
    expect(phone.at("#profile-told")).not_to_be_empty()


def test_axe_finds_nothing_in_one_dimension_in_any_theme(lab: Lab) -> None:
    opened(lab, "surface=hill&view=1d&run=gd&run=momentum&cut=-3,-1,4,1")
    for theme in THEMES:
        lab.at("#pick-theme").select_option(theme)
        lab.until_address({"theme": theme})
        assert not violations(lab), theme

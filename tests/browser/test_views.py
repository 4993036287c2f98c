"""2D, 3D, both and 1D; the chart's axis and scale; themes. What moves never redraws the ground."""

import math

import pytest
from playwright.sync_api import Playwright, expect

from tests.browser.lab import CHROMIUM, DESK, Lab, Watch
from tests.serving import Server

SMALL = {"width": 800, "height": 600}  # without a graphics card every pixel in space takes time
SPACE = "document.querySelector('#stage-3d .plot')?._fullLayout?.scene?._scene?.traces"
EYE = """Object.values(document.querySelector('#stage-3d .plot')._fullLayout.scene._scene
    .getCamera().eye).map((place) => place.toFixed(4)).join()"""
BALLS = "document.querySelector('#stage-3d .plot').data[25]"
SPACE_DRAWN = f"Object.keys({SPACE} ?? {{}}).length > 20"


def test_the_views_are_a_click_or_a_key_apart(lab: Lab) -> None:
    lab.page.set_viewport_size(SMALL)
    lab.open()
    flat, space = lab.at("#stage-2d"), lab.at("#stage-3d")
    lab.choose("view", "3d")
    lab.until(SPACE_DRAWN)
    expect(flat).to_be_hidden()
    lab.until_address({"view": "3d"})
    lab.at("#content").focus()
    lab.press("v")
    expect(flat).to_be_visible()
    expect(space).to_be_visible()
    lab.until_address({"view": "both"})
    lab.press("v")
    expect(space).to_be_hidden()
    expect(flat).to_be_hidden()
    expect(lab.at("#stage-1d")).to_be_visible()
    lab.until_address({"view": "1d"})
    lab.press("v")
    expect(flat).to_be_visible()
    lab.until_address({"view": None})


def test_a_moving_path_never_redraws_the_contour_or_the_surface(lab: Lab) -> None:
    lab.page.set_viewport_size(SMALL)
    lab.open("view=both")
    lab.until(SPACE_DRAWN)
    lab.until("document.querySelector('#stage-2d .plot .contourlayer path')")
    lab.probe("followGround")
    lab.at("#knob-eta-slider").focus()
    for value in ("0.051", "0.052", "0.053", "0.054", "0.055", "0.056"):
        lab.press("ArrowRight")
        lab.until_drawn({"eta": value})
    lab.at("#time-scrub").focus()
    lab.press("Home", "ArrowRight", "ArrowRight", "End")
    lab.until("redrawn.lines > 12")
    redrawn = lab.page.evaluate("redrawn")
    assert redrawn["contour"] == 0
    assert redrawn["surface"] == 0
    lab.choose_surface("hill")
    lab.until("redrawn.contour > 0 && redrawn.surface > 0")  # so the watch does see a redrawing


def test_in_space_balls_stand_on_the_surface_and_buttons_turn_it(lab: Lab) -> None:
    lab.page.set_viewport_size(SMALL)
    lab.open("view=3d&at=200")
    lab.until(SPACE_DRAWN)
    balls_stand_in_space_where_the_numbers_are(lab)
    first = lab.page.evaluate(EYE)
    for name in ("Turn left", "Look from higher", "Nearer"):
        before = lab.page.evaluate(EYE)
        lab.button(name).click()
        lab.until(f"{EYE} !== '{before}'")
    lab.button("First camera").click()
    lab.until(f"{EYE} === '{first}'")


def balls_stand_in_space_where_the_numbers_are(lab: Lab) -> None:
    runs = lab.paths()
    lab.until(f"{BALLS}.x.length === 8 && Number.isFinite({BALLS}.x[2])")
    balls = lab.page.evaluate(f"(({{x, y}}) => [...x].map((_, k) => [x[k], y[k]]))({BALLS})")
    for ball, run in zip(balls, runs, strict=False):
        assert ball == pytest.approx(run["theta"][200], rel=1e-6)
    assert all(math.isnan(x) for x, _ in balls[3:])


def test_the_chart_counts_updates_or_epochs_on_a_straight_or_logarithmic_scale(lab: Lab) -> None:
    lab.open()
    expect(lab.at("#losschart .xtitle")).to_have_text("updates")
    lab.choose("axis", "epochs")
    expect(lab.at("#losschart .xtitle")).to_have_text("epochs")
    lab.choose("loss", "log")
    lab.until("document.querySelector('#losschart .plot')._fullLayout.yaxis.type === 'log'")
    lab.until_address({"axis": "epochs", "loss": "log"})
    low, high = lab.at("#losschart .plot").evaluate("plot => plot._fullLayout.yaxis.range")
    losses = [loss for run in lab.paths() for loss in run["loss"]]
    assert 10**low <= min(losses)
    assert 10**high >= max(losses)
    lab.again()
    expect(lab.at("#losschart .xtitle")).to_have_text("epochs")
    lab.at("#content").focus()
    lab.press("a", "a", "l")
    lab.until_address({"axis": None, "loss": None})
    expect(lab.at("#losschart .xtitle")).to_have_text("updates")


PAPERS = {
    "dark": "rgb(20, 23, 26)",
    "light": "rgb(251, 250, 247)",
    "projector": "rgb(255, 255, 255)",
}


def test_a_theme_is_chosen_by_list_and_kept_by_the_address(lab: Lab) -> None:
    lab.open()
    root, ticks = lab.at("html"), lab.at("#stage-2d .xtick text").first
    for theme, paper in PAPERS.items():
        lab.at("#pick-theme").select_option(theme)
        lab.until_address({"theme": theme})
        expect(root).to_have_attribute("data-theme", theme)
        expect(root).to_have_css("background-color", paper)
        expect(ticks).to_have_css("font-size", "18px" if theme == "projector" else "12px")
    expect(lab.at("body")).to_have_css("font-size", "18px")
    lab.again()
    expect(root).to_have_attribute("data-theme", "projector")
    expect(lab.at("#pick-theme")).to_have_value("projector")


def test_the_automatic_theme_follows_the_system(lab: Lab) -> None:
    lab.open()
    expect(lab.at("html")).to_have_attribute("data-theme", "light")
    lab.page.emulate_media(color_scheme="dark")
    expect(lab.at("html")).to_have_attribute("data-theme", "dark")
    lab.page.emulate_media(color_scheme="light")
    expect(lab.at("html")).to_have_attribute("data-theme", "light")


def test_without_webgl_the_page_says_so_and_2d_works(play: Playwright, server: Server) -> None:
    blind = {**CHROMIUM, "args": [*CHROMIUM["args"], "--disable-3d-apis"]}
    browser = play.chromium.launch(**blind)
    page = browser.new_page(viewport=DESK, reduced_motion="reduce")
    watch = Watch(server.url)
    watch.follow(page)
    lab = Lab(page, server, watch).open("view=3d")
    expect(lab.at("#stage-3d")).to_contain_text("cannot draw in three dimensions")
    lab.choose("view", "2d")
    lab.until("document.querySelector('#stage-2d .contourlayer path')")
    assert len(lab.balls) == 3
    assert not watch.found()
    browser.close()


@pytest.mark.parametrize("theme", ["light", "projector"])
@pytest.mark.parametrize("size", [(1440, 900), (1280, 720), (800, 600), (390, 844)])
def test_the_switch_of_the_views_covers_nothing_of_the_field(
    lab: Lab, size: tuple[int, int], theme: str
) -> None:
    lab.page.set_viewport_size({"width": size[0], "height": size[1]})
    lab.open(f"surface=two-valleys&run=gd&theme={theme}")
    lab.until_balls()
    field, switch = (lab.at(p).bounding_box() for p in ("#stage-2d .stage-hand", "#views fieldset"))
    assert field is not None
    assert switch is not None
    beside = switch["x"] >= field["x"] + field["width"]
    above = switch["y"] + switch["height"] <= field["y"]
    assert beside or above


def test_a_start_and_a_ball_at_the_edge_of_the_field_are_whole(lab: Lab) -> None:
    lab.open("surface=two-valleys&start=2,1.5&run=gd&at=0")
    lab.until_balls()
    x, y = lab.pixels([2, 1.5])
    assert painted(lab, "#stage-2d canvas:last-of-type", x, y - 4)
    assert not painted(lab, "#stage-2d canvas:last-of-type", x + 40, y - 4)


def painted(lab: Lab, canvas: str, x: float, y: float) -> bool:
    place = "(canvas, [x, y]) => canvas.getContext('2d').getImageData(x, y, 1, 1).data[3] > 0"
    ratio = lab.page.evaluate("devicePixelRatio")
    return bool(lab.at(canvas).evaluate(place, [round(x * ratio), round(y * ratio)]))

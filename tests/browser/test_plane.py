"""The real surface: a map and a scene whose ways, marks and sentences are the API's figures."""

import math
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.lab import DESK, PHONE, Lab, count, number
from tests.browser.test_access import THEMES, violations
from tests.browser.test_experiments import FRESH, HALL, PATIENT, done, opened, table
from tests.browser.test_experiments import percent as share

QUERY = "epochs=10&resolution=17"
SMALL, LARGE = "#0072b2", "#d55e00"  # as the lab's first two runs
PICTURE = "document.querySelector('.plane-map canvas').picture"
WAYS = """graph => graph.data.filter(({type, x}) => type === "scatter3d" && x.length > 2)
    .map(({x, y, z}) => ({x: [...x], y: [...y], z: [...z]}))"""


@pytest.fixture(autouse=True)
def leave(lab: Lab) -> Iterator[None]:
    yield
    if lab.page.url.startswith(lab.server.url):
        lab.page.evaluate("sessionStorage.clear()")


def shown(lab: Lab, query: str = QUERY, more: str = "") -> dict[str, Any]:
    """The page when it is over, and the API's answer to the same address."""
    opened(lab, "plane", query + more)
    done(lab)
    return dict(lab.told(f"/api/experiments/plane?{query}"))


def series(told: dict[str, Any], chart: str, name: str) -> dict[str, Any]:
    (found,) = (one for one in told["series"] if (one["chart"], one["name"]) == (chart, name))
    return dict(found)


def picture(lab: Lab) -> dict[str, Any]:
    lab.until(f"{PICTURE}?.words.length > 0")
    return dict(lab.page.evaluate(PICTURE))


def place(drawn: dict[str, Any], word: str) -> tuple[float, float]:
    (found,) = (one for one in drawn["words"] if one["text"] == word)
    return found["x"], found["y"]


def test_the_ways_on_the_map_are_the_api_s_and_one_unit_is_as_long_on_both_axes(lab: Lab) -> None:
    told = shown(lab)
    drawn = picture(lab)
    units = []
    for name, colour in (("small", SMALL), ("large", LARGE)):
        way = series(told, "plane", name)
        (points,) = (
            line["points"] for line in drawn["lines"] if line["colour"] == colour
        )  # its halo and its outline are the same line in other colours
        assert len(points) == len(way["x"])
        for side, axis in enumerate("xy"):
            far = max(range(len(way[axis])), key=lambda k: abs(way[axis][k]))
            unit = (points[far][side] - points[0][side]) / (way[axis][far] - way[axis][0])
            units.append(abs(unit))
            for k, value in enumerate(way[axis]):
                wanted = points[0][side] + unit * (value - way[axis][0])
                assert points[k][side] == pytest.approx(wanted, abs=0.6)
    assert max(units) == pytest.approx(min(units), rel=0.02)


def test_start_and_ends_have_their_names_beside_them_and_the_bar_has_numbers(lab: Lab) -> None:
    told = shown(lab)
    drawn = picture(lab)
    lines = {line["colour"]: line["points"] for line in drawn["lines"]}
    marks = {
        "start": lines[SMALL][0],
        "end, B = 16": lines[SMALL][-1],
        "end, B = 144": lines[LARGE][-1],
    }
    for word, (x, y) in marks.items():
        at = place(drawn, word)
        assert math.hypot(at[0] - x, at[1] - y) < 100
    dashes = {line["colour"]: line["dash"] for line in drawn["lines"]}
    assert dashes[SMALL] != dashes[LARGE]
    losses = [value for row in series(told, "plane", "surface")["z"] for value in row]
    right = max(one["x"] for one in drawn["words"])
    numbers = [number(one["text"]) for one in drawn["words"] if one["x"] == right]
    assert len(numbers) >= 2
    assert all(min(losses) <= value <= max(losses) for value in numbers)


def test_sentences_have_the_figures_of_the_answer(lab: Lab) -> None:
    told = shown(lab)
    facts = told["facts"]
    text = lab.at("#caption").inner_text() + lab.at("#told").inner_text()
    text = text.replace("\u00a0", " ")
    assert f"it is {facts['small']['loss']:.2g} with B = 16" in text
    assert facts["between"]["barrier"] < 0.01
    assert "there is no wall" in text
    assert f"came by after {count(facts['nearest']['updates'])} updates" in text
    assert (
        f"{share(facts['outside']['small']['median'])} lies outside the plane with B = 16" in text
    )
    assert f"{count(facts['parameters'])} parameters" in text
    name = lab.at(".plane-map").get_attribute("aria-label") or ""
    assert "from (0, 0) to (" in name
    assert "table below" in name


def test_what_was_expected_is_compared_with_the_straight_line(lab: Lab) -> None:
    shown(lab)
    expect(lab.at(".prediction-told")).to_have_text(
        "You expected: It rises over a wall: two valleys. "
        "Measured here: It only rises or only falls: no wall."
    )


def test_the_tables_have_the_ground_and_every_point_of_the_paths(lab: Lab) -> None:
    told = shown(lab)
    surface = series(told, "plane", "surface")
    ground = table(lab, "#chart-table")
    assert len(ground) == 9
    assert len(ground[0]) == 10
    corners = [(0, surface["z"][-1][0]), (-1, surface["z"][0][0])]
    for row, value in corners:
        assert number(ground[row][1]) == pytest.approx(value, rel=6e-3)
    paths = table(lab, "#result-table")
    assert len(paths) == len(told["rows"])
    for seen, row in zip(paths, told["rows"], strict=True):
        assert seen[1] == count(row[1])
        assert seen[9] == ("–" if row[9] is None else share(row[9]))
        for column in (3, 8):
            assert number(seen[column]) == pytest.approx(row[column], rel=6e-4)


def test_2d_and_3d_are_switched_by_keys_and_stand_in_the_address(lab: Lab) -> None:
    shown(lab)
    loaded = "performance.getEntriesByType('resource').some(({name}) => name.includes('plotly'))"
    assert not lab.page.evaluate(loaded)
    lab.at("#surface-view input:checked").focus()
    lab.press("ArrowRight")
    lab.until_address({"view": "3d"})
    expect(lab.at(".plane-space .camera")).to_be_visible()
    expect(lab.at(".plane-map")).to_be_hidden()
    assert lab.page.evaluate(loaded)
    lab.press("ArrowLeft")
    lab.until_address({"view": None})
    expect(lab.at(".plane-map")).to_be_visible()
    lab.button("Undo").click()
    expect(lab.at(".plane-space")).to_be_visible()


def in_space(lab: Lab) -> Any:
    lab.until("document.querySelector('.plane-space .plot')?._fullLayout?.scene?._scene")
    lab.until("document.querySelector('.plane-space .plot').data[3].x.length > 2")
    return lab.page.query_selector(".plane-space .plot")


def test_in_space_the_ways_lie_on_the_plane_s_loss_and_buttons_turn_it(lab: Lab) -> None:
    told = shown(lab, more="&view=3d")
    graph = in_space(lab)
    assert graph
    drawn = graph.evaluate(WAYS)[0]
    way = series(told, "plane", "small")
    assert drawn["x"][0] == pytest.approx(way["x"][0], abs=1e-4)
    assert drawn["x"][-1] == pytest.approx(way["x"][-1], rel=1e-4)
    assert drawn["z"][0] > drawn["z"][-1]  # a way that goes down
    labels = graph.evaluate("graph => graph._fullLayout.scene.annotations.map(({text}) => text)")
    assert {"start", "end, B = 16", "end, B = 144"} <= set("<br>".join(labels).split("<br>"))
    assert labels[-4:] == ["●", "●", "▲", "▲"]  # of the legend; white, and in their colour on it
    assert graph.evaluate("graph => graph.data.find(({mode}) => mode === 'markers').x.every(isNaN)")
    eye = "graph => graph._fullLayout.scene._scene.getCamera().eye"
    before = graph.evaluate(eye)
    lab.button("Turn left").focus()
    lab.press("Enter")
    lab.until(f"({eye})(document.querySelector('.plane-space .plot')).x !== {before['x']}")


def test_where_the_ways_lie_on_each_other_the_dashes_of_one_show_the_other(lab: Lab) -> None:
    shown(lab, more="&view=3d")
    graph = in_space(lab)
    assert graph
    lines = graph.evaluate("graph => [3, 6].map(k => [[...graph.data[k].x], [...graph.data[k].z]])")
    (small, height), (large, above) = lines
    gaps = [k for k, x in enumerate(large) if math.isnan(x)]
    assert len(gaps) > 3
    assert not any(math.isnan(x) for x in small)
    assert above[0] > height[0]  # the same start


def test_where_space_cannot_be_loaded_the_map_stays_and_says_so(lab: Lab) -> None:
    lab.watch.expected.append("ERR_FAILED")
    lab.page.route("**/planespace.js", lambda route: route.abort())
    shown(lab, more="&view=3d")
    expect(lab.at(".plane .notice")).to_contain_text("cannot draw in three dimensions now")
    expect(lab.at(".plane-map")).to_be_visible()
    lab.choose("view", "2d")
    expect(lab.at(".plane .notice")).to_be_hidden()
    lab.page.unroute("**/planespace.js")


def test_it_fills_while_it_runs(lab: Lab) -> None:
    """The trainings first, then a plane on which only their figures so far are told."""
    query = f"hidden=256,256&epochs=8&seed={FRESH}"
    opened(lab, "plane", query)
    expect(lab.at(".plane-note")).to_have_text("The plane is drawn when both trainings are over.")
    expect(lab.at("#caption")).to_contain_text("So far: Both begin", timeout=PATIENT)
    expect(lab.at(".plane-map")).to_be_visible()
    expect(lab.at("#told")).to_be_empty()
    done(lab)
    expect(lab.at("#caption")).not_to_contain_text("So far")
    expect(lab.at("#told p")).not_to_have_count(0)


def test_random_directions_say_that_nothing_of_the_ways_is_on_them(lab: Lab) -> None:
    shown(lab, QUERY + "&directions=random")
    expect(lab.at("#caption")).to_contain_text("In the middle, where B = 16 ends, the loss is")
    expect(lab.at("#told")).to_contain_text("Nearly nothing of the paths is on this plane")
    words = [one["text"] for one in picture(lab)["words"]]
    assert {"Direction 1", "Direction 2", "start"} <= set(words)


def test_a_training_that_diverged_leaves_no_plane_and_says_so(lab: Lab) -> None:
    query = "activation=relu&hidden=256,256,256&eta=10&epochs=2&resolution=9"
    opened(lab, "plane", query)
    done(lab)
    expect(lab.at("#caption")).to_contain_text("There is no plane: with B = ")
    expect(lab.at(".plane-figure")).to_be_hidden()


MAP = "document.querySelector('.plane-map').getBoundingClientRect()"


def test_in_a_hall_the_sentence_and_the_whole_map_are_seen_together(lab: Lab) -> None:
    lab.page.set_viewport_size(HALL)
    shown(lab, more="&theme=projector")
    picture(lab)
    lab.until(f"{MAP}.bottom <= {HALL['height']}")
    assert lab.at("#caption").bounding_box()["y"] > 0
    assert lab.page.evaluate(f"{MAP}.height") > 250
    before = lab.page.evaluate(f"{MAP}.height")
    lab.page.set_viewport_size(DESK)
    lab.until(f"{MAP}.height > {before + 100} && {MAP}.bottom <= {DESK['height']}")


def test_where_the_map_would_be_too_low_it_is_whole_below_its_heading(lab: Lab) -> None:
    """The sentence is longer there."""
    lab.page.set_viewport_size(HALL)
    shown(lab, QUERY + "&eta=10", "&theme=projector")
    picture(lab)
    lab.page.evaluate("document.querySelector('.result-head').scrollIntoView()")
    lab.until(f"{MAP}.top > 0 && {MAP}.bottom <= {HALL['height']}")
    assert lab.page.evaluate(f"{MAP}.height") > HALL["height"] / 2


def test_trainings_that_went_up_are_not_said_to_have_no_wall_between_them(lab: Lab) -> None:
    told = shown(lab, QUERY + "&eta=10")
    start = told["rows"][0][3]
    above = {size: told["facts"][size]["loss"] - start for size in ("small", "large")}
    assert min(above.values()) > 10
    caption = lab.at("#caption")
    expect(caption).to_contain_text(
        f"The trainings did not go down: B = 16 ends {above['small']:.0f} above the loss they "
        f"began with, B = 144 ends {above['large']:.0f} above it."
    )
    expect(caption).to_contain_text("So the plane says nothing about minima")
    expect(caption).not_to_contain_text("wall:")
    expect(lab.at(".prediction-told")).to_contain_text("These figures do not decide it.")


@pytest.mark.parametrize(("size", "view"), [(DESK, "2d"), (PHONE, "3d")], ids=["desk", "phone"])
def test_axe_finds_nothing_in_any_theme(lab: Lab, size: Any, view: str) -> None:
    lab.page.set_viewport_size(size)
    shown(lab, more=f"&view={view}")
    lab.at("details").evaluate_all("all => all.forEach(one => (one.open = true))")
    if view == "3d":
        in_space(lab)
    for theme in THEMES:
        lab.at("#pick-theme").select_option(theme)
        lab.until_address({"theme": theme})
        assert not violations(lab), theme


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_leaves_a_phone_s_screen(phone: Lab, width: int) -> None:
    phone.page.set_viewport_size({"width": width, "height": 800})
    opened(phone, "plane", QUERY)
    done(phone)
    phone.at("details").evaluate_all("all => all.forEach(one => (one.open = true))")
    for view in ("2d", "3d"):
        phone.choose("view", view)
        if view == "3d":
            in_space(phone)
        for probe in ("outside()", "cut()", "small(44)", "covered()"):
            assert phone.page.evaluate(f"probes.{probe}") == [], (view, probe)
    phone.page.evaluate("sessionStorage.clear()")

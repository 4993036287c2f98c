"""The map of two knobs: cells of the API, a marker that turns the sliders, zoom, words, table."""

import base64
import re
import urllib.request
from typing import Any

from playwright.sync_api import expect

from tests.browser.lab import Lab
from tests.browser.test_access import violations

SCENE = "surface=long-valley&updates=200&run=momentum"
SIDES = "eta:0.001..0.3,lambda:0..0.99"


def test_the_map_tells_cells_of_the_api_and_its_marker_turns_the_knobs(lab: Lab) -> None:
    lab.open(f"{SCENE}&map={SIDES}")
    expect(lab.at(".map-progress")).to_have_text("16,384 cells")
    told = lab.told(f"/api/map?{SCENE}&x=eta:0.001..0.3&y=lambda:0..0.99&resolution=128")
    row = lab.at("#map tbody tr").last.all_inner_texts()[0].split("\t")
    assert row[0] == "0"
    outcome, updates = told["outcome"][0][-1], told["updates"][0][-1]
    assert outcome == "diverged"
    assert row[-1] == f"diverged, {updates}"
    expect(lab.at(".map-words").last).to_contain_text("Fastest cell: η =")
    settled = [
        count
        for line, kinds in zip(told["updates"], told["outcome"], strict=True)
        for count, kind in zip(line, kinds, strict=True)
        if kind == "minimum" and count is not None
    ]
    expect(lab.at(".map-words").last).to_contain_text(f"{min(settled)} updates")
    hand = lab.at(".map-hand")
    hand.scroll_into_view_if_needed()
    box = hand.bounding_box()
    assert box is not None
    lab.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    lab.page.mouse.down()
    lab.page.mouse.move(box["x"] + box["width"] / 4, box["y"] + box["height"] / 4, steps=4)
    lab.page.mouse.up()
    lab.until("location.search.includes('&eta=') && location.search.includes('&lambda=0.7')")
    before = lab.query
    hand.focus()
    hand.press("ArrowRight")
    lab.until(f"location.search !== '?{before}'")
    expect(lab.at(".map-words").last).to_contain_text("The scene's own cell: still travelling")
    assert not violations(lab)


def test_it_zooms_by_key_changes_by_list_and_closes(lab: Lab) -> None:
    lab.open("surface=two-valleys&run=momentum")
    lab.at("#map summary").click()
    lab.until("location.search.includes('map=eta:')")
    before = lab.query
    lab.at(".map-hand").focus()
    lab.at(".map-hand").press("+")
    lab.until(f"location.search !== '?{before}'")
    lab.at("#map-sides").select_option("start1:start2")
    lab.until("location.search.includes('map=start1:-2..2,start2:-1.5..1.5')")
    expect(lab.at("#map thead th").first).to_have_text("−2")
    lab.again()
    expect(lab.at("#map thead th").first).to_have_text("−2")
    lab.at("#map summary").click()
    lab.until("!location.search.includes('map=')")


def sides(lab: Lab) -> list[tuple[float, float]]:
    """The ends of both sides, as the address has them."""
    text = lab.page.evaluate("new URLSearchParams(location.search).get('map')")
    ends = [side.split(":")[1].split("..") for side in text.split(",")]
    return [(float(low), float(high)) for low, high in ends]


def middle(lab: Lab) -> tuple[float, float]:
    """Of the field of cells, on the screen."""
    lab.at(".map-hand").scroll_into_view_if_needed()
    box = lab.at(".map-hand").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_wheel_zooms_where_the_pointer_is_once_the_map_has_the_focus(lab: Lab) -> None:
    lab.open(f"{SCENE}&map={SIDES}")
    before = sides(lab)
    lab.page.mouse.move(*middle(lab))
    lab.page.mouse.wheel(0, -100)
    lab.page.wait_for_timeout(200)
    assert sides(lab) == before  # the page scrolls
    lab.at(".map-hand").focus()
    x, y = middle(lab)
    lab.page.mouse.move(x + 60, y)
    lab.page.mouse.wheel(0, -100)
    lab.until(f"!location.search.includes('{SIDES}')")
    (low, high), (bottom, top) = sides(lab)
    assert before[0][0] < low < high < before[0][1]
    assert before[1][0] < bottom < top < before[1][1]
    assert high / before[0][1] > before[0][0] / low  # more was cut off at the far side


def test_a_box_is_drawn_with_shift_and_becomes_the_map(lab: Lab) -> None:
    lab.open(f"{SCENE}&map={SIDES}")
    x, y = middle(lab)
    lab.page.keyboard.down("Shift")
    lab.page.mouse.move(x, y)
    lab.page.mouse.down()
    lab.page.mouse.move(x + 80, y - 60, steps=5)
    lab.page.mouse.up()
    lab.page.keyboard.up("Shift")
    lab.until(f"!location.search.includes('{SIDES}')")
    (low, high), (bottom, top) = sides(lab)
    assert 0.015 < low < 0.0195  # the middle of 0.001 … 0.3 on a logarithmic side
    assert high < 0.1
    assert 0.48 < bottom < 0.51 < top < 0.75
    assert "&eta=" not in lab.query


PINCH = """([x, y]) => {
    const hand = document.querySelector(".map-hand");
    const fingers = apart => [-1, 1].map((side, identifier) => new Touch({
        identifier, target: hand, clientX: x + side * apart, clientY: y,
    }));
    const tell = (kind, apart) => hand.dispatchEvent(new TouchEvent(kind, {
        touches: fingers(apart), bubbles: true, cancelable: true,
    }));
    tell("touchstart", 20);
    for (const apart of [24, 30, 40]) tell("touchmove", apart);
}"""


def dragged(phone: Lab, begin: tuple[float, float], way: tuple[float, float]) -> None:
    """A finger goes down, a way along, and up."""
    wire = phone.page.context.new_cdp_session(phone.page)
    places = [{"x": begin[0] + k / 6 * way[0], "y": begin[1] + k / 6 * way[1]} for k in range(7)]
    kinds = ["touchStart", *["touchMove"] * 6]
    for kind, place in zip(kinds, places, strict=True):
        wire.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [place]})
        phone.page.wait_for_timeout(30)
    wire.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def own(phone: Lab) -> tuple[float, float]:
    """Where on the screen a finger takes the ring."""
    box = phone.at(".map-hand > .grip").bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_finger_drags_the_ring_and_elsewhere_scrolls_the_page(phone: Lab) -> None:
    phone.open(f"{SCENE}&map={SIDES}")
    expect(phone.at(".map-progress")).to_have_text("16,384 cells")
    expect(phone.at("#map")).to_contain_text("Drag the ring with a finger, or tap")
    expect(phone.at("#map")).not_to_contain_text("Shift")
    middle(phone)
    (x, y), before = own(phone), phone.page.evaluate("scrollY")
    dragged(phone, (x + 9, y + 6), (-60, 50))
    phone.until("location.search.includes('&eta=') && location.search.includes('&lambda=')")
    assert abs(phone.page.evaluate("scrollY") - before) < 2
    across, down = own(phone)
    assert abs(across - (x - 60)) < 2
    assert abs(down - (y + 50)) < 2
    place = phone.at(".map-hand > .grip").get_attribute("style")
    dragged(phone, (across, down + 90), (0, -150))
    phone.until(f"scrollY > {before} + 50")
    assert phone.at(".map-hand > .grip").get_attribute("style") == place


def test_two_fingers_zoom(phone: Lab) -> None:
    phone.open(f"{SCENE}&map={SIDES}")
    phone.page.evaluate(PINCH, list(middle(phone)))
    phone.until(f"!location.search.includes('{SIDES}')")
    (low, high), _ = sides(phone)
    assert high / low < 300 / 2


def test_two_fingers_zoom_about_the_place_between_them(phone: Lab) -> None:
    phone.open(f"{SCENE}&map={SIDES}")
    x, y = middle(phone)
    phone.page.evaluate(PINCH, [x - 80, y + 60])
    phone.until(f"!location.search.includes('{SIDES}')")
    (low, high), (bottom, top) = sides(phone)
    assert high < 0.04  # where the ring is
    assert low > 0.001
    assert 0 < bottom < top < 0.9


def test_plus_minus_and_the_buttons_zoom_and_the_whole_map_comes_back(lab: Lab) -> None:
    lab.open(f"{SCENE}&map={SIDES}")
    hand = lab.at(".map-hand")
    hand.focus()
    hand.press("+")
    lab.until(f"!location.search.includes('{SIDES}')")
    near = sides(lab)
    hand.press("-")
    lab.until(f"!location.search.includes('map=eta:{near[0][0]:.6g}..')")
    lab.at(".map-zooms button").nth(2).click()
    lab.until("location.search.includes('lambda:0..0.99')")


ASIDE = "surface=long-valley&updates=300&run=momentum&map=eta:0.05..0.1,lambda:0.3..0.6"


def test_beside_the_ring_a_map_is_looked_at_closer_and_farther_around_its_middle(lab: Lab) -> None:
    lab.open(ASIDE)
    hand = lab.at(".map-hand")
    hand.focus()
    hand.press("+")
    lab.until("!location.search.includes('lambda:0.3..0.6')")
    (low, high), (bottom, top) = sides(lab)
    assert 0.05 < low < high < 0.1
    assert 0.3 < bottom < top < 0.6
    for _ in range(12):
        hand.press("-")
    lab.until("location.search.includes('lambda:0..1')")
    (low, high), _ = sides(lab)
    assert low < 0.04 < high


def test_an_arrow_key_turns_one_knob_and_leaves_the_other_beside_the_map(lab: Lab) -> None:
    lab.open(f"{ASIDE}&lambda=0.95")
    hand = lab.at(".map-hand")
    hand.focus()
    hand.press("ArrowLeft")
    lab.page.wait_for_timeout(200)
    assert "&eta=" not in lab.query  # it is beside the map already
    hand.press("ArrowRight")
    lab.until_address({"eta": "0.05", "lambda": "0.95"})
    hand.press("ArrowDown")
    lab.until_address({"eta": "0.05", "lambda": "0.6"})


def test_colour_and_tolerance_stand_in_the_address(lab: Lab) -> None:
    lab.open(f"{SCENE}&map={SIDES}")
    lab.at("#map label").filter(has_text="which minimum").click()
    lab.until("location.search.includes('colour=outcome')")
    lab.at("#map-tolerance").select_option("1e-8")
    lab.until("location.search.includes('tolerance=1e-8')")
    lab.again()
    expect(lab.at("#map input[value=outcome]")).to_be_checked()
    expect(lab.at("#map-tolerance")).to_have_value("1e-8")
    told = lab.told(
        f"/api/map?{SCENE}&x=eta:0.001..0.3&y=lambda:0..0.99&resolution=128&tolerance=1e-8"
    )
    known = [n for line in told["updates"] for n in line if n is not None]
    kinds = [kind for line in told["outcome"] for kind in line]
    settled = [n for n, kind in zip(flat(told["updates"]), kinds, strict=True) if kind == "minimum"]
    least = min(n for n in settled if n is not None)
    assert least in known
    expect(lab.at(".map-words").last).to_contain_text(f"{least} updates")


def flat(rows: list[list[Any]]) -> list[Any]:
    return [value for row in rows for value in row]


def test_the_formulas_stand_beside_the_lines_with_their_source(lab: Lab) -> None:
    lab.open(f"{SCENE}&map={SIDES}")
    laws = lab.at(".map-laws")
    expect(laws.locator("math")).to_have_count(4)
    expect(laws).to_contain_text("Polyak 1964")
    expect(lab.at("#map")).to_contain_text("This surface is a quadratic")
    lab.visit("surface=himmelblau&run=nesterov&map=eta:0.001..0.1,lambda:0..0.9")
    expect(laws).to_contain_text("Lessard, Recht and Packard 2016")
    expect(lab.at("#map")).to_contain_text("This surface is no quadratic")
    lab.visit("surface=himmelblau&run=adam&map=eta:0.001..0.1,beta1:0..0.9")
    expect(laws.locator("math")).to_have_count(0)
    expect(lab.at("#map")).to_contain_text("Theory has no line here")


def test_a_map_of_starts_is_coloured_by_minimum_and_its_marker_moves_the_start(lab: Lab) -> None:
    lab.open("surface=two-valleys&start=1,1&run=gd&map=start1:-2..2,start2:-1.5..1.5")
    expect(lab.at("#map input[value=outcome]")).to_be_checked()
    expect(lab.at(".map-words").last).to_contain_text("The scene's own cell: M2")
    x, y = middle(lab)
    lab.page.mouse.move(x, y)
    lab.page.mouse.down()
    lab.page.mouse.move(x - 90, y + 70, steps=4)
    lab.page.mouse.up()
    lab.until("/start=-\\d/.test(location.search)")
    expect(lab.at(".map-words").last).to_contain_text("The scene's own cell: M1")
    assert lab.paths()[0]["at"] == [-0.8, -0.6] or lab.paths()[0]["at"][0] < 0


def test_the_map_can_be_taken_along_as_picture_and_as_files(lab: Lab) -> None:
    lab.open(f"{SCENE}&map={SIDES}")
    expect(lab.at(".map-progress")).to_have_text("16,384 cells")
    with lab.page.expect_download() as waiting:
        lab.at("#map button").filter(has_text="Picture (PNG)").click()
    assert waiting.value.suggested_filename == "map-long-valley-run-1-momentum.png"
    assert waiting.value.path().read_bytes().startswith(b"\x89PNG")
    for name, begins in (("CSV", b"eta,lambda,outcome"), ("NPZ", b"PK"), ("JSON", b'{"run":')):
        href = lab.at("#map a").filter(has_text=name).get_attribute("href")
        with urllib.request.urlopen(lab.server.url + (href or ""), timeout=60) as answer:
            assert answer.read().startswith(begins)


OPENED = """async bytes => {
    const file = new Blob([Uint8Array.from(atob(bytes), c => c.charCodeAt(0))]);
    const picture = await createImageBitmap(file);
    const context = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
    context.drawImage(picture, 0, 0);
    const { data } = context.getImageData(0, 0, picture.width, picture.height);
    const opaque = data.every((value, k) => k % 4 < 3 || value === 255);
    return { opaque, ground: [...data.slice(0, 3)], height: picture.height };
}"""
WRITTEN = """() => {
    window.written = [];
    const { fillText } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
        written.push(text);
        return fillText.call(this, text, ...rest);
    };
}"""


def test_the_page_says_how_files_count_the_minima_that_it_names(lab: Lab) -> None:
    lab.open("surface=himmelblau&run=gd&map=start1:-5..5,start2:-5..5")
    note = lab.at(".map-files .map-note")
    expect(note).to_have_text("The files count minima from 0: M1 is 0.")
    told = lab.told("/api/map?surface=himmelblau&run=gd&x=start1:-5..5&y=start2:-5..5&resolution=8")
    names = [f"M{place + 1}" for place in (told["minimum"][0][0], told["minimum"][-1][-1])]
    rows = lab.at("#map tbody tr")
    corners = [rows.last.locator("td").first, rows.first.locator("td").last]
    for corner, name in zip(corners, names, strict=True):
        expect(corner).to_contain_text(name)


def test_the_picture_explains_itself_on_the_paper_of_the_theme(lab: Lab) -> None:
    lab.open(f"surface=long-valley&updates=200&run=gd&run=momentum,eta:0.03&map={SIDES}&theme=dark")
    expect(lab.at(".map-progress")).to_have_text("16,384 cells")
    lab.page.evaluate(WRITTEN)
    with lab.page.expect_download() as waiting:
        lab.at("#map button").filter(has_text="Picture (PNG)").click()
    assert waiting.value.suggested_filename == "map-long-valley-run-2-momentum.png"
    written = lab.page.evaluate("written")
    assert written[:3] == ["Long valley", "Momentum, run 2", "Colour: updates needed"]
    signs = lab.at("#map .seeds-legend li").all_inner_texts()
    assert "diverged" in signs
    lines = ["Line: the limit of η at M1", "Between the dashed lines: robust"]
    assert written[3:] == [*signs, "Ring: this scene", *lines, "Star: the fastest in theory"]
    bytes_ = base64.b64encode(waiting.value.path().read_bytes()).decode()
    opened = lab.page.evaluate(OPENED, bytes_)
    assert opened["opaque"]
    assert opened["ground"] == [0x14, 0x17, 0x1A]
    assert opened["height"] > lab.at(".map-figure").evaluate("figure => figure.clientHeight")


SEEN = """() => {
    window.seen = [];
    document.addEventListener("downhill:mapped", ({ detail }) => seen.push(detail));
}"""


def noisy(updates: int) -> str:
    scene = f"surface=himmelblau&updates={updates}&spread=0.2&run=momentum"
    return f"{scene}&map=eta:0.0003..0.1,lambda:0..0.99"


def test_a_coarse_picture_comes_first_and_a_newer_question_ends_it(lab: Lab) -> None:
    lab.open(noisy(800))
    expect(lab.at(".map-progress")).to_have_text("2,304 cells")
    lab.page.evaluate(SEEN)
    coarse = 0
    for updates in range(801, 806):  # where the machine is busy a finer one may overtake it
        lab.page.evaluate("seen.length = 0")
        lab.visit(noisy(updates))
        lab.until("seen.at(-1)?.progress === 1")
        seen = lab.page.evaluate("seen")
        assert len({picture["id"] for picture in seen}) == 1
        progress = [picture["progress"] for picture in seen]
        assert progress == sorted(progress)
        coarse += progress[0] < 0.3
    assert coarse
    lab.page.evaluate("seen.length = 0")
    for updates in range(810, 822):
        lab.visit(noisy(updates))
        lab.page.wait_for_timeout(40)
    lab.until("seen.at(-1)?.progress === 1")
    whole = [picture for picture in lab.page.evaluate("seen") if picture["progress"] == 1]
    assert len(whole) < 12


def test_any_two_knobs_have_a_map_by_address(lab: Lab) -> None:
    lab.open("surface=beale&run=adam&map=beta1:0..0.9,beta2:0.5..0.99")
    expect(lab.at("#map-sides")).to_have_value("beta1:beta2")
    expect(lab.at("#map thead th").first).to_have_text("0")
    lab.visit("surface=two-valleys&spread=0.25&run=momentum,batch:5&map=lambda:0..0.9,batch:1..20")
    expect(lab.at("#map tbody tr").last.locator("th")).to_have_text("1")
    expect(lab.at("#map tbody tr").first.locator("th")).to_have_text("20")


def test_a_shared_map_is_that_of_the_first_run_that_has_both_knobs(lab: Lab) -> None:
    lab.open(f"surface=long-valley&updates=200&run=gd&run=momentum&map={SIDES}")
    expect(lab.at(".map-progress")).to_have_text("16,384 cells")
    expect(lab.at(".map-words").last).to_contain_text("This is the map of run 2: Momentum.")


def test_where_no_run_has_both_knobs_the_page_says_so(lab: Lab) -> None:
    lab.open(f"surface=long-valley&updates=200&run=gd&map={SIDES}")
    refusal = lab.at("#map [role=status].map-words")
    expect(refusal).to_contain_text("No run of this scene has both η and λ to turn.")
    expect(lab.at("#map table")).to_have_count(0)
    expect(lab.at(".map-figure")).to_be_hidden()
    expect(lab.page.get_by_text("Drag the ring")).to_be_hidden()
    expect(lab.at(".map-files")).to_be_hidden()
    lab.at("#map-sides").select_option("start1:start2")
    expect(lab.at(".map-progress")).to_have_text("16,384 cells")
    expect(lab.at(".map-figure")).to_be_visible()
    expect(lab.at(".map-files")).to_be_visible()


def test_a_knob_that_no_map_can_turn_is_named_and_no_map_is_drawn(lab: Lab) -> None:
    lab.open(f"{SCENE}&map=foo:0..1,lambda:0..1")
    notice = lab.at("#notices li")
    expect(notice).to_contain_text("Map cannot be “foo:0..1,lambda:0..1”.")
    expect(notice).to_contain_text("Allowed: two different of eta, lambda, beta1,")
    expect(notice).to_contain_text("No map is drawn.")
    expect(lab.at("#map")).not_to_have_attribute("open", "")


def test_another_surface_brings_a_window_around_its_scene_and_undo_brings_both_back(
    lab: Lab,
) -> None:
    before = "eta:0.08..2,lambda:0..0.99"
    lab.open(f"surface=logistic-regression&run=momentum&map={before}")
    expect(lab.at(".map-words").last).to_contain_text("The scene's own cell:")
    lab.choose_surface("long-valley")
    lab.until(f"location.search.includes('long-valley') && !location.search.includes('{before}')")
    (low, high), _ = sides(lab)
    assert low < 0.04 < high < 2
    expect(lab.at(".map-words").last).to_contain_text("The scene's own cell:")
    lab.press("Control+z")
    lab.until(f"location.search.endsWith('{before}')")
    assert "surface=logistic-regression" in lab.query


def test_what_is_dropped_leaves_no_formula_behind(lab: Lab) -> None:
    lab.open(f"{SCENE}&map={SIDES}")
    expect(lab.at("#map math").first).to_be_visible()
    lab.visit(f"surface=long-valley&updates=200&run=gd&map={SIDES}")
    expect(lab.at("#map [role=status].map-words")).to_contain_text("No run of this scene")
    expect(lab.at("#map math")).to_have_count(0)


def test_a_box_that_the_system_takes_away_zooms_nothing(lab: Lab) -> None:
    lab.open(f"{SCENE}&map={SIDES}")
    expect(lab.at(".map-progress")).to_have_text("16,384 cells")
    before = lab.query
    lab.at(".map-hand").evaluate(
        """hand => {
            const { left, top } = hand.getBoundingClientRect();
            const event = (kind, at) => hand.dispatchEvent(new PointerEvent(kind, {
                bubbles: true, shiftKey: true, pointerId: 1, clientX: left + at, clientY: top + at,
            }));
            hand.setPointerCapture = () => undefined; // there is no such pointer
            event("pointerdown", 20);
            event("pointermove", 80);
            event("pointercancel", 80);
            event("pointermove", 120);
            event("pointerup", 120);
        }"""
    )
    lab.page.wait_for_timeout(200)
    assert lab.query == before


def test_nothing_of_the_last_map_stays_beside_one_that_is_refused(lab: Lab) -> None:
    """A side that reaches too far."""
    lab.open(f"{SCENE}&map=start1:-3..3,start2:-2..2")
    expect(lab.at(".map-progress")).to_have_text("16,384 cells")
    lab.visit(f"{SCENE}&map=start1:-1e9..3,start2:-2..2")
    expect(lab.at("#map [role=status].map-words")).to_contain_text("The server could not answer")
    expect(lab.at("#map table")).to_have_count(0)
    expect(lab.at("#map").get_by_text("Picture (PNG)")).to_be_hidden()
    expect(lab.at("#map").get_by_text("CSV")).to_be_hidden()


def test_at_the_edge_of_the_map_the_ring_of_the_scene_is_whole(lab: Lab) -> None:
    lab.open("surface=long-valley&run=momentum&eta=0.2&lambda=0&map=eta:0.0025..0.2,lambda:0..0.99")
    lab.at("#map table").wait_for()
    beyond = """figure => {
        const hand = figure.querySelector('.map-hand');
        const at = [hand.offsetLeft + hand.offsetWidth + 8, hand.offsetTop + hand.offsetHeight];
        const [x, y] = at.map(place => Math.round(place * devicePixelRatio));
        const canvas = [...figure.querySelectorAll('canvas')].at(-1);
        return canvas.getContext('2d').getImageData(x, y + 1, 1, 1).data[3];
    }"""
    assert lab.at(".map-figure").evaluate(beyond) > 0


def test_a_minimum_outside_the_domain_is_told_apart_from_those_with_a_letter(lab: Lab) -> None:
    scene = "surface=canyon-and-basin&spread=0.2&run=momentum,batch:1&updates=200"
    lab.open(f"{scene}&map=eta:0.001..1,batch:1..20&colour=outcome")
    expect(lab.at("#map .seeds-legend")).to_contain_text("at another minimum")
    told = lab.told(f"/api/map?{scene}&x=eta:0.001..1&y=batch:1..20&resolution=16")
    ends = zip(flat(told["outcome"]), flat(told["minimum"]), strict=True)
    assert any(kind == "minimum" and place is None for kind, place in ends)
    expect(lab.at(".map-words").last).to_contain_text("at another minimum")


def test_batches_are_said_to_lower_the_limit_only_where_they_do(lab: Lab) -> None:
    told = lab.at("#map .map-note").filter(has_text="This surface is a quadratic")
    rates = "eta:0.0025..0.2"
    lab.open(f"surface=long-valley&spread=0.2&run=momentum,batch:1&map={rates},lambda:0..0.99")
    expect(told).to_contain_text("a quadratic; the line is that of the full batch.")
    lab.visit(
        f"surface=linear-regression&run=gd,batch:5&run=momentum,batch:5&map={rates},batch:1..20"
    )
    expect(told).to_contain_text("with smaller batches a run stops holding at smaller η.")
    expect(told).not_to_contain_text("batches of 5")
    lab.visit(f"surface=linear-regression&run=momentum,batch:5&map={rates},lambda:0..0.99")
    expect(told).to_contain_text("with batches of 5 a run stops holding at smaller η")


def test_keys_and_buttons_tell_a_screen_reader_the_pair_its_cell_and_what_is_shown(
    lab: Lab,
) -> None:
    lab.open(f"{SCENE}&map={SIDES}")
    expect(lab.at(".map-progress")).to_have_text("16,384 cells")
    hand, spoken = lab.at(".map-hand"), lab.at("#spoken")
    expect(hand).to_have_attribute("aria-label", re.compile("η = 0.04, λ = 0.9; arrow keys"))
    hand.focus()
    hand.press("Shift+ArrowDown")
    expect(spoken).to_contain_text(re.compile(r"η = 0\.04, λ = 0\.8\. The scene's own cell: "))
    expect(hand).to_have_attribute("aria-label", re.compile("λ = 0.8; arrow keys"))
    hand.press("+")
    expect(spoken).to_contain_text(re.compile(r"The map shows η from 0\.00\d+ to 0\.\d+, λ from"))
    lab.at(".map-zooms button").nth(2).click()
    expect(spoken).to_contain_text("λ from 0 to 0.99")
    before = spoken.inner_text()
    lab.at(".map-zooms button").nth(0).click()
    expect(spoken).not_to_have_text(before)
    assert not violations(lab)


def test_where_minima_are_many_their_letters_leave_room_for_each_other(phone: Lab) -> None:
    phone.open("surface=rastrigin&run=gd&eta=0.0005&map=start1:-5..5,start2:-5..5")
    phone.page.evaluate(WRITTEN)
    phone.at("#map label").filter(has_text="updates needed").click()
    phone.until("written.some(text => /^M\\d+$/.test(text))")
    letters = [text for text in phone.page.evaluate("written") if re.fullmatch(r"M\d+", text)]
    assert 5 < len(set(letters)) < 90

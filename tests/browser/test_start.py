"""The start is placed on the stage by click, by drag and by arrow keys."""

import re

from playwright.sync_api import expect

from tests.browser.lab import Lab

HAND = "#stage-2d .stage-hand"
START_OF = "new URLSearchParams({}).get('start')"
ADDRESS_IS_WHAT_IS_DRAWN = " === ".join(
    START_OF.format(query) for query in ("location.search", "witness.drawn.at(-1).scene")
)


def start(lab: Lab) -> list[float]:
    found = re.search(r"start=([^&]+)", lab.scene)
    assert found
    return [float(number) for number in found[1].split(",")]


def middle(lab: Lab) -> tuple[float, float]:
    box = lab.at(HAND).bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_click_puts_the_start_under_the_pointer(lab: Lab) -> None:
    lab.open()
    x, y = middle(lab)
    lab.page.mouse.click(x + 60, y - 40)
    lab.until("new URLSearchParams(witness.drawn.at(-1).scene).has('start')")
    stage = lab.at("#stage-2d").bounding_box()
    assert stage
    across, down = lab.pixels(start(lab))
    assert abs(stage["x"] + across - (x + 60)) < 1
    assert abs(stage["y"] + down - (y - 40)) < 1
    assert [path["theta"][0] for path in lab.paths()] == [start(lab)] * 3


def test_the_paths_follow_a_drag_and_it_is_one_change(lab: Lab) -> None:
    lab.open()
    x, y = middle(lab)
    lab.page.mouse.move(x, y)
    lab.page.mouse.down()
    lab.page.mouse.move(x + 100, y + 50, steps=10)
    lab.until("new Set(witness.drawn.map(({scene}) => scene)).size > 3")
    lab.page.mouse.up()
    lab.until(ADDRESS_IS_WHAT_IS_DRAWN)
    lab.button("Undo").click()
    lab.until_drawn({"start": None})


def test_arrow_keys_move_the_start_and_shift_moves_it_farther(lab: Lab) -> None:
    lab.open()
    lab.at(HAND).focus()
    lab.press("ArrowRight")
    lab.until_drawn({"start": "-0.71,0.960000002"})
    lab.press("ArrowDown")
    lab.until_drawn({"start": "-0.71,0.95"})
    lab.press("Shift+ArrowLeft")
    lab.until_drawn({"start": "-0.81,0.95"})
    expect(lab.at("#knob-start-0")).to_have_value("-0.81")


def test_the_start_is_marked_where_the_address_says(lab: Lab) -> None:
    lab.open("surface=two-valleys&start=1.25,-1&run=gd&at=0")
    [ball] = lab.balls
    x, y = lab.pixels([1.25, -1])
    assert abs(ball["x"] - x) + abs(ball["y"] - y) < 0.5
    lab.until_words("start")

"""The playhead: every button and key of it, and that what it shows are the API's numbers."""

import pytest
from playwright.sync_api import expect

from tests.browser.lab import Lab, loss, number

STILL = "at=100"


def shown(lab: Lab, update: int) -> None:
    expect(lab.at("#readout-text")).to_contain_text(f"update {update} ·")


def test_buttons_and_keys_step_through_the_updates(lab: Lab) -> None:
    lab.open(STILL)
    steps = [
        ("One update back", "ArrowLeft", -1),
        ("One update forward", "ArrowRight", 1),
        (None, "Shift+ArrowLeft", -10),
        (None, "Shift+ArrowRight", 10),
    ]
    at = 100
    for button, key, updates in steps:
        for way in (key, button):
            if way is None:
                continue
            lab.press(way) if way == key else lab.button(way).click()
            at += updates
            shown(lab, at)
            lab.at("#content").focus()
    lab.press("Home")
    shown(lab, 0)
    lab.press("ArrowLeft")
    shown(lab, 0)
    lab.press("End")
    shown(lab, 300)
    lab.button("To the start").click()
    shown(lab, 0)
    lab.until_address({"at": "0"})
    lab.button("To the end").click()
    shown(lab, 300)
    lab.until_address({"at": None})


def test_the_scrubber_moves_the_playhead_by_keyboard_and_by_mouse(lab: Lab) -> None:
    lab.open(STILL)
    scrub = lab.at("#time-scrub")
    scrub.press("ArrowRight")
    shown(lab, 101)
    assert scrub.get_attribute("aria-valuetext") == lab.readout
    box = scrub.bounding_box()
    assert box
    lab.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    shown(lab, 150)
    lab.until_address({"at": "150"})


def test_play_runs_and_pause_holds(lab: Lab) -> None:
    lab.open("at=0")
    lab.press("Space")
    expect(lab.button("Pause")).to_be_visible()
    expect(lab.at("#readout-text")).not_to_contain_text("update 0 ")
    lab.press("Space")
    expect(lab.button("Play")).to_be_visible()
    held = lab.readout
    assert not held.startswith("update 300 ")
    lab.until_address({"at": held.split()[1]})
    assert lab.readout == held
    lab.at("#time-speed").select_option("16")
    lab.button("Play").click()
    shown(lab, 300)
    expect(lab.button("Play")).to_be_visible()


def test_while_the_page_plays_every_card_tells_how_far_its_run_has_come(lab: Lab) -> None:
    lab.open("at=0&run=momentum&run=gd,batch:1&updates=3000")
    ways = lab.at(".run-zigzag")
    expect(ways.first).to_be_empty()
    lab.press("Space")
    for way in ways.all():
        expect(way).to_contain_text("ratio")
    expect(lab.button("Pause")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "zh-TW", "zh-CN"])
@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_the_time_bar_keeps_its_height_however_long_its_numbers_are(
    lab: Lab, language: str, width: int
) -> None:
    lab.page.set_viewport_size({"width": width, "height": 844})
    lab.open(f"lang={language}&surface=long-valley&updates=1500&run=momentum&at=0")
    bar = lab.at(".timebar")
    expect(lab.at("#batchstrip-told")).not_to_be_empty()
    tall = bar.evaluate("bar => bar.offsetHeight")
    before = lab.readout
    lab.at("#time-scrub").fill("1000")
    expect(lab.at("#readout-text")).to_contain_text("1,000")
    expect(lab.at("#readout-text")).to_contain_text(" × 10⁻")
    assert len(lab.readout) > len(before) + 10
    assert bar.evaluate("bar => bar.offsetHeight") == tall


def test_play_at_the_end_begins_again(lab: Lab) -> None:
    lab.open()
    lab.button("Play").click()
    expect(lab.at("#readout-text")).not_to_contain_text("update 300 ")
    lab.button("Pause").click()


@pytest.mark.parametrize("at", [37, 300])
def test_readout_and_balls_are_the_numbers_of_the_api(lab: Lab, at: int) -> None:
    lab.open(f"at={at}")
    runs = lab.paths()
    for index, run in enumerate(runs):
        lab.at(f"#run-{index}-select").click()
        epoch = -(-at // run["updates_per_epoch"])
        told = f"update {at} · epoch {epoch} · loss {loss(run['loss'][at])}"
        expect(lab.at("#readout-text")).to_have_text(told)
    for run, colour in zip(runs, ["#0072b2", "#d55e00", "#009e73"], strict=True):
        x, y = lab.pixels(run["theta"][at])
        near = [b for b in lab.balls if abs(b["x"] - x) < 4.5 and abs(b["y"] - y) < 4.5]
        assert colour in [ball["colour"] for ball in near]


def test_the_table_tells_the_paths_in_the_numbers_of_the_api(lab: Lab) -> None:
    lab.open("at=37")
    runs = lab.paths()
    table = [row.split("\t") for row in lab.numbers]
    names = ["Gradient descent", "Momentum", "Gradient descent with B = 1"]
    assert table[0] == ["update", *names]
    assert table[1] == ["θ₁", "θ₂", "loss"] * 3
    rows = {int(row[0]): row[1:] for row in table[2:]}
    assert list(rows) == sorted({*range(0, 301, 15), 37})
    for update, cells in rows.items():
        told = [n for run in runs for n in (*run["theta"][update], run["loss"][update])]
        assert [number(cell) for cell in cells] == pytest.approx(told, rel=6e-4, abs=1e-7)
    expect(lab.at("#table .number-table .is-here th")).to_have_text("37")


def test_a_long_path_is_thinned_for_the_eye_and_exact_at_the_playhead(lab: Lab) -> None:
    scene = "surface=long-valley&eta=0.001&updates=20000&run=gd&run=gd,batch:3"
    lab.open(scene + "&spread=0.3")
    runs = lab.paths()
    for at in (0, 7001, 12345, 20000):
        lab.at("#time-scrub").fill(str(at))
        for index, run in enumerate(runs):
            lab.at(f"#run-{index}-select").click()
            epoch = -(-at // run["updates_per_epoch"])
            told = f"update {at:,} · epoch {epoch:,} · loss {loss(run['loss'][at])}"
            expect(lab.at("#readout-text")).to_have_text(told)


def test_one_step_along_a_thinned_path_is_one_update(lab: Lab) -> None:
    lab.open("surface=long-valley&eta=0.001&updates=20000&run=gd&at=9000")
    losses = lab.paths()[0]["loss"]
    for at in (9001, 9002, 9003):
        lab.press("ArrowRight")
        told = f"update {at:,} · epoch {at:,} · loss {loss(losses[at])}"
        expect(lab.at("#readout-text")).to_have_text(told)

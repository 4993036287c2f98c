"""The examples of an epoch, batch by batch: strip, plot, ghost, cost of time, and one epoch."""

import re
from itertools import pairwise
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from app.sampling import epoch_order
from tests.browser.lab import Lab, number

STRIP, WORDS, TOLD = "#batchstrip-cells", "#batchstrip-words", "#batchstrip-told"
CELLS = (
    "document.querySelector('#batchstrip-cells canvas').picture?.words"
    ".map(({text}) => Number(text))"
)
LINE = "surface=linear-regression&run=gd,batch:6"
VALLEYS = "surface=two-valleys&spread=0.25&run=gd,batch:3"


def opened(lab: Lab, query: str, at: int) -> Lab:
    """The page with the strip of the update that happens from the ball."""
    lab.open(f"{query}&at={at}")
    expect(lab.at(WORDS)).to_contain_text(f"update {at + 1} ·")
    return lab


def cells(lab: Lab) -> list[int]:
    """The strip from left to right."""
    return list(lab.page.evaluate(CELLS))


def record(lab: Lab, index: int) -> dict[str, Any]:
    scene = quote(lab.query.split("&at=")[0], safe="=&,:")
    return dict(lab.told(f"/api/update?{scene}&of=0&index={index}"))


def test_the_strip_is_the_epoch_that_the_engine_walks(lab: Lab) -> None:
    opened(lab, LINE, 9)
    batches = epoch_order(20, 6, "each-epoch", 7, 2)
    assert cells(lab) == [example for batch in batches for example in batch]
    which = ", ".join(map(str, batches[1]))
    said = f"update 10 · epoch 3 · batch 2 of 4 · examples {which}; 6 of 20"
    expect(lab.at(WORDS)).to_have_text(said)
    assert record(lab, 9)["batch"] == batches[1]


def test_one_update_uses_one_batch_and_the_last_one_is_short(lab: Lab) -> None:
    opened(lab, LINE, 8)
    for place, size in enumerate([6, 6, 6, 2]):
        expect(lab.at(WORDS)).to_contain_text(f"epoch 3 · batch {place + 1} of 4")
        expect(lab.at(WORDS)).to_contain_text(f"; {size} of 20")
        lab.press("ArrowRight")
    expect(lab.at(WORDS)).to_contain_text("epoch 4 · batch 1 of 4")
    batches = epoch_order(20, 6, "each-epoch", 7, 3)
    lab.until(f"{CELLS}[0] === {batches[0][0]}")
    assert cells(lab) == [example for batch in batches for example in batch]


def test_the_full_batch_is_one_batch_and_equal_examples_are_said(lab: Lab) -> None:
    opened(lab, "surface=himmelblau&run=gd", 4)
    expect(lab.at(WORDS)).to_have_text("update 5 · epoch 5 · batch 1 of 1 · all 20 examples")
    expect(lab.at(TOLD)).to_contain_text("All examples are equal here (spread 0)")
    assert cells(lab) == list(range(20))
    expect(lab.at("#dataplot")).to_be_hidden()


def test_a_key_goes_from_cell_to_cell_and_enter_pins(lab: Lab) -> None:
    opened(lab, LINE, 9)
    order = cells(lab)
    lab.at("#watch-open").focus()
    lab.press("Tab", "Tab")
    expect(lab.at(STRIP)).to_be_focused()
    lab.press("ArrowRight", "ArrowRight")
    expect(lab.at(TOLD)).to_contain_text(f"Example {order[2]} ")
    assert f"Example {order[2]} " in (lab.at(STRIP).get_attribute("aria-valuetext") or "")
    lab.press("Enter", "End")
    expect(lab.at(TOLD)).to_contain_text(f"Example {order[-1]} ")
    lab.press("Tab")
    expect(lab.at(TOLD)).to_contain_text(f"Example {order[2]} ")
    assert lab.readout.startswith("update 9 ")


def test_an_example_s_gradient_is_the_api_s_in_words_and_on_the_stage(lab: Lab) -> None:
    opened(lab, LINE, 9)
    update = record(lab, 9)
    first = update["batch"][0]
    lab.at(STRIP).focus()
    lab.press("Home", *["ArrowRight"] * cells(lab).index(first))
    expect(lab.at(TOLD)).to_contain_text(f"Example {first} ")
    told = lab.at(TOLD).inner_text()
    gradient = re.search(r"g = \(([^)]+)\)", told)
    mean = re.search(r"mean of the batch \(([^)]+)\)", told)
    assert gradient
    assert mean
    known = update["example_gradients"][0]
    assert [number(part) for part in gradient[1].split(", ")] == pytest.approx(known, rel=5e-3)
    known = update["gradient"]
    assert [number(part) for part in mean[1].split(", ")] == pytest.approx(known, rel=5e-3)
    lab.until(stage_says(f"g of {first}"))
    assert any(word.startswith("g batch") for word in lab.stage_words)


def stage_says(text: str) -> str:
    words = "([...document.querySelectorAll('#stage-2d canvas')].at(-1).picture?.words ?? [])"
    return f"{words}.some(({{text}}) => text.startsWith({text!r}))"


def test_a_tap_pins_an_example_and_a_second_one_lets_go(phone: Lab) -> None:
    opened(phone, LINE, 9)
    phone.at(STRIP).tap()
    expect(phone.at(TOLD)).to_contain_text("Example ")
    phone.at(STRIP).tap()
    expect(phone.at(TOLD)).to_contain_text("Gradient of this batch")


@pytest.mark.parametrize(
    ("surface", "words"),
    [
        ("linear-regression", "y = "),
        ("logistic-regression", "share of 1 = "),
        ("one-neuron", "tanh"),
        ("toy-network", "·x = "),
    ],
)
def test_data_are_drawn_with_the_model_at_the_playhead(lab: Lab, surface: str, words: str) -> None:
    opened(lab, f"surface={surface}&run=gd,batch:5", 3)
    expect(lab.at("#dataplot-words")).to_contain_text(words)
    discs = "document.querySelector('#dataplot-figure canvas').picture"
    assert lab.page.evaluate(f"Boolean({discs})")
    before = lab.at("#dataplot-words").inner_text()
    lab.press("End")
    expect(lab.at("#dataplot-words")).not_to_have_text(before)
    lab.at("#dataplot-table summary").click()
    rows = lab.at("#dataplot-table-place tbody tr")
    expect(rows).to_have_count(20)


def test_the_shifts_of_a_formula_surface_are_a_plot_of_their_own(lab: Lab) -> None:
    opened(lab, VALLEYS, 5)
    lab.at("#dataplot > summary").click()
    expect(lab.at("#dataplot-words")).to_contain_text("moved by its own shift")
    lab.at("#dataplot-table summary").click()
    heads = lab.at("#dataplot-table-place thead th").all_inner_texts()
    assert heads[:3] == ["example", "shift along θ₁", "shift along θ₂"]
    shifts = [
        [number(cell) for cell in row.split("\t")[1:3]]
        for row in lab.at("#dataplot-table-place tbody tr").all_inner_texts()
    ]
    assert [sum(column) for column in zip(*shifts, strict=True)] == pytest.approx([0, 0], abs=5e-3)


def test_the_ghost_is_the_batch_s_own_loss_and_has_an_address(lab: Lab) -> None:
    lab.watch.listens = True
    opened(lab, VALLEYS, 5)
    lab.at("#batchstrip-ghost").click()
    lab.until_address({"ghost": "batch"})
    lab.until(stage_says("g all"))
    assert lab.at("#batchstrip-ghost").get_attribute("aria-pressed") == "true"
    lab.again()
    lab.until(stage_says("g batch"))
    lab.press("g")
    lab.until_address({"ghost": None})
    lab.until("!" + stage_says("g all"))


def test_stuck_on_the_training_loss_is_not_stuck_on_a_batch(lab: Lab) -> None:
    """B7b at the computed saddle: all examples together do not pull, each batch does."""
    query = "surface=two-valleys&spread=0.25&run=gd,batch:1"
    points = lab.told("/api/surfaces/two-valleys/critical-points?spread=0.25")
    (saddle,) = [point["at"] for point in points if point["kind"] == "saddle"]
    opened(lab, f"{query}&start={saddle[0]},{saddle[1]}&ghost=batch", 0)
    expect(lab.at(TOLD)).to_contain_text("stuck on the one loss, not on the other")


def test_at_the_origin_of_a_network_no_batch_pulls(lab: Lab) -> None:
    opened(lab, "surface=toy-network&start=0,0&run=gd,batch:1", 7)
    expect(lab.at(TOLD)).to_contain_text("Gradient of this batch (0, 0); of all examples (0, 0)")


def test_time_is_counted_by_a_machine_that_the_reader_chooses(lab: Lab) -> None:
    lab.open("surface=linear-regression&run=gd&run=gd,batch:1&updates=60&axis=time")
    axis = ".chart-lines .xtitle"
    expect(lab.at("#cost-words")).to_contain_text("Here B = 1: 1 and B = 20: 20.")
    expect(lab.at("#losschart .xtitle")).to_contain_text("one example takes 1")
    assert lab.at(axis).count() == 1
    lab.choose("cost", "parallel")
    expect(lab.at("#cost-words")).to_contain_text("Here B = 1: 1 and B = 20: 2.")
    lab.at("#cost-width").fill("20")
    lab.at("#cost-width").press("Enter")
    lab.until_address({"cost": "parallel", "width": "20"})
    expect(lab.at("#cost-words")).to_contain_text("Here B = 1: 1 and B = 20: 1.")
    lab.choose("axis", "epochs")
    expect(lab.at("#cost")).to_be_hidden()


def test_every_card_says_how_far_its_run_went_and_came(lab: Lab) -> None:
    lab.open("surface=linear-regression&run=gd&run=gd,batch:1&at=20")
    expect(lab.at(".run-zigzag").first).to_contain_text("ratio")
    for text, path in zip(lab.at(".run-zigzag").all_inner_texts(), lab.paths(), strict=True):
        points = [complex(*point) for point in path["theta"][:21]]
        way = sum(abs(b - a) for a, b in pairwise(points))
        straight = abs(points[-1] - points[0])
        found = [number(part) for part in re.findall(r"[\d.]+", text)]
        assert found == pytest.approx([way, straight, way / straight], rel=5e-3)


def test_one_epoch_is_watched_in_three_columns_under_one_clock(lab: Lab) -> None:
    lab.open("surface=linear-regression&run=gd")
    lab.at("#watch-open").click()
    lab.until_address({"epoch": "0"})
    expect(lab.at("#watch-clock")).to_have_text("20 of 20 examples seen")
    titles = ["B = 1: 20 updates", "B = 5: 4 updates", "B = 20: one update"]
    assert lab.at(".watch-title").all_inner_texts() == titles
    said = lab.at(".watch-words").all_inner_texts()
    assert [text.split(" · ")[0] for text in said] == [
        "update 20 of 20",
        "update 4 of 4",
        "update 1 of 1",
    ]
    expect(lab.at("#watch-said")).to_contain_text("B = 1 has made 20 updates")
    lab.press("ArrowLeft")
    expect(lab.at("#watch-clock")).to_have_text("19 of 20 examples seen")
    said = lab.at(".watch-words").all_inner_texts()
    assert [text.split(" · ")[0] for text in said] == [
        "update 19 of 20",
        "update 3 of 4",
        "update 0 of 1",
    ]
    lab.press("Escape")
    lab.until_address({"epoch": None})


def test_a_shared_link_opens_the_same_epoch(lab: Lab) -> None:
    lab.open("surface=linear-regression&run=gd&epoch=2")
    expect(lab.at("#watch-clock")).to_have_text("20 of 20 examples seen")
    assert lab.at("#watch-epoch").input_value() == "3"
    rows = lab.at("#watch-rows tr").all_inner_texts()
    scene = "surface=linear-regression&updates=60&run=gd,batch:1"
    (path,) = lab.paths(scene)
    assert number(rows[0].split("\t")[2]) == pytest.approx(path["loss"][60], rel=1e-3)

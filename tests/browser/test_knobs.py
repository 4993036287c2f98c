"""Every knob by slider, box, buttons and list: the paths follow, the address too."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.lab import Lab

DRAG = 40  # keys of one drag


def test_a_key_on_the_slider_of_eta_changes_paths_words_and_address(lab: Lab) -> None:
    lab.open()
    slider = lab.at("#knob-eta-slider")
    before = lab.cards
    slider.press("ArrowRight")
    scene = lab.until_drawn({"eta": "0.051"})
    lab.until_address({"eta": "0.051"})
    expect(slider).to_have_attribute(
        "aria-valuetext",
        re.compile("^learning rate 0.051, stable below [0-9.]+ .*with batches of 1 below [0-9.]+"),
    )
    expect(lab.at("#knob-eta")).to_have_value("0.051")
    leaves = lab.paths(scene)[0]["leaves"]
    expect(lab.at(".run-outcome").first).to_contain_text(f"it would leave at update {leaves}")
    assert lab.cards != before


def test_the_slider_of_lambda_goes_from_none_to_all_of_the_last_movement(lab: Lab) -> None:
    lab.open()
    slider = lab.at("#knob-lambda-slider")
    expect(slider).to_have_attribute("aria-valuetext", "0.9 of the last movement is kept")
    slider.press("Home")
    lab.until_drawn({"lambda": "0"})
    expect(slider).to_have_attribute("aria-valuetext", "0, no momentum")
    slider.press("End")
    lab.until_drawn({"lambda": "1"})
    slider.press("ArrowLeft")
    lab.until_drawn({"lambda": "0.99"})


def test_box_and_buttons_make_readable_steps_and_the_box_takes_numbers_only(lab: Lab) -> None:
    lab.open()
    box = lab.at("#knob-eta")
    box.fill("0.2")
    box.press("Enter")
    lab.until_drawn({"eta": "0.2"})
    box.fill("")
    box.press("Enter")
    expect(box).to_have_value("0.2")
    box.fill("1e12")
    box.press("Enter")
    lab.until_drawn({"eta": "100"})
    expect(box).to_have_value("100")
    box.fill("0.05")
    box.press("Enter")
    lab.button("Learning rate η: more").click()
    lab.until_drawn({"eta": "0.051"})
    lab.button("Learning rate η: less").click()
    lab.until_drawn({"eta": None})
    lab.until_address({"eta": None})


@pytest.mark.parametrize(
    ("knob", "given", "taken", "allowed"),
    [
        ("eta", "1000", "100", "a number from 1e-9 to 100"),
        ("eta", "-1", "1e-9", "a number from 1e-9 to 100"),
        ("examples", "0", "1", "a whole number from 1 to "),
        ("updates", "99999999", "100000", "a whole number from 1 to 100000"),
        ("seed", "1.5", "2", "a whole number from 0 to "),
        ("spread", "-3", "0", "a number from 0 to "),
    ],
)
def test_a_box_says_what_it_did_not_take_what_is_allowed_and_what_it_set(
    lab: Lab, knob: str, given: str, taken: str, allowed: str
) -> None:
    lab.open("spread=0.25")
    box, problem = lab.at(f"#knob-{knob}"), lab.at(f"#knob-{knob}-problem")
    expect(problem).to_be_empty()
    for _ in range(2):  # also when it stands there already
        box.fill(given)
        box.press("Enter")
        expect(box).to_have_value(taken)
        expect(problem).to_contain_text(f" cannot be “{given}”. Allowed: {allowed}")
        expect(problem).to_contain_text(f"Set instead: {taken}.")
    lab.until_address({knob: None if taken == "0" else taken})  # a default is left out
    assert problem.get_attribute("role") == "status"
    assert box.get_attribute("aria-describedby") == problem.get_attribute("id")
    lab.button("Undo").click()
    expect(problem).to_be_empty()


def test_a_box_without_a_number_keeps_the_old_one_and_says_what_is_allowed(lab: Lab) -> None:
    lab.open()
    box, problem = lab.at("#knob-eta"), lab.at("#knob-eta-problem")
    box.fill("")
    box.press("Enter")
    expect(box).to_have_value("0.05")
    expect(problem).to_have_text("Allowed: a number from 1e-9 to 100. Set instead: 0.05.")
    lab.at("#knob-eta-slider").press("ArrowRight")
    expect(problem).to_be_empty()


def test_every_key_of_a_drag_draws_its_own_picture_and_a_burst_draws_its_last(lab: Lab) -> None:
    lab.open()
    slider = lab.at("#knob-eta-slider")
    slider.focus()
    values = [f"{0.05 + 0.001 * k:.3f}".rstrip("0") for k in range(1, DRAG + 1)]
    for value in values:
        lab.press("ArrowRight")
        lab.until_drawn({"eta": value})
    drawn = [scene.split("&eta=")[1].split("&")[0] for scene in lab.pictures[-DRAG:]]
    assert drawn == values
    lab.press(*["ArrowLeft"] * DRAG)
    lab.until_drawn({"eta": None})
    lab.until_address({"eta": None})
    expect(lab.at("#knob-eta")).to_have_value("0.05")


def test_a_slider_dragged_by_mouse_is_one_change_to_undo(lab: Lab) -> None:
    lab.open()
    box = lab.at("#knob-lambda-slider").bounding_box()
    assert box
    y, step = box["y"] + box["height"] / 2, box["width"] / 10
    lab.page.mouse.move(box["x"] + 8.7 * step, y)
    lab.page.mouse.down()
    for tenth in (7, 5, 3):
        lab.page.mouse.move(box["x"] + tenth * step, y, steps=3)
    lab.until("Number(new URLSearchParams(witness.drawn.at(-1).scene).get('lambda')) < 0.35")
    lab.page.mouse.up()
    assert len(set(lab.pictures)) > 3
    lab.button("Undo").click()
    lab.until_drawn({"lambda": None})
    expect(lab.button("Undo")).to_be_disabled()


LISTS = [("noise", "tilt"), ("shuffle", "once"), ("schedule", "cosine")]
BOXES = [
    ("start-0", "0.5", {"start": "0.5,0.960000002"}),
    ("examples", "10", {"examples": "10"}),
    ("spread", "0.5", {"spread": "0.5"}),
    ("data", "5", {"data": "5"}),
    ("seed", "8", {"seed": "8"}),
    ("updates", "120", {"updates": "120"}),
    ("batch", "5", {"batch": "5"}),
]


def test_every_other_knob_of_the_scene_changes_the_scene(lab: Lab) -> None:
    lab.open()
    for knob, value in LISTS:
        lab.at(f"#knob-{knob}").select_option(value)
        lab.until_drawn({knob: value})
    for knob, value, drawn in BOXES:
        lab.at(f"#knob-{knob}").fill(value)
        lab.at(f"#knob-{knob}").press("Enter")
        lab.until_drawn(drawn)
    turned = {knob for knob, _ in LISTS} | {knob.split("-")[0] for knob, _, _ in BOXES}
    knobs = lab.page.evaluate("import('/tables.js').then(({knobs}) => knobs)")
    elsewhere = {"surface", "eta", "lambda"}
    assert turned == {knob["name"] for knob in knobs if knob["scope"] == "scene"} - elsewhere


def test_a_start_far_away_is_kept_where_a_run_can_begin(lab: Lab) -> None:
    lab.open("surface=two-valleys&run=gd")
    lab.at("#knob-start-1").fill("-1e9")
    lab.at("#knob-start-1").press("Enter")
    lab.until_drawn({"start": "-0.72,-353"})
    expect(lab.at("#knob-start-1")).to_have_value("-353")
    lab.button("Start θ₂: more").click()
    lab.until_drawn({"start": "-0.72,-352.99"})


def test_a_batch_holds_at_most_all_examples(lab: Lab) -> None:
    lab.open("surface=two-valleys&batch=20&run=gd&run=gd,batch:15")
    lab.at("#knob-examples").fill("12")
    lab.at("#knob-examples").press("Enter")
    scene = lab.until_drawn({"examples": "12", "batch": None, "run": ["gd", "gd"]})
    assert {run["knobs"]["batch"] for run in lab.paths(scene)} == {12}
    expect(lab.at("#knob-batch")).to_have_attribute("max", "12")


def test_a_surface_brings_its_own_knob(lab: Lab) -> None:
    lab.open("surface=long-valley&run=gd")
    lab.at("#knob-condition").fill("50")
    lab.at("#knob-condition").press("Enter")
    lab.until_drawn({"condition": "50"})
    expect(lab.at("#surface-words")).to_contain_text("50")


def test_a_label_breaks_between_its_words_never_inside_one(lab: Lab) -> None:
    lab.page.set_viewport_size({"width": 1280, "height": 720})
    lab.open("surface=long-valley&theme=projector")
    assert lab.probe("broken") == []

"""Inside one update: words, numbers, arrows and the weighted sum say what the engine did."""

import math
import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.lab import Lab, number
from tests.browser.test_access import THEMES, violations

HILL = "surface=hill&start=-2.7,0&run=gd&run=momentum"
RULES = [
    "gd",
    "momentum",
    "nesterov",
    "adagrad",
    "rmsprop",
    "adam",
    "adamw",
    "newton",
    "saddle-free-newton",
]
SAID = ".inspector-said"
UPDATE = ".inspector-update"


def inspecting(lab: Lab, query: str) -> Lab:
    lab.open(query)
    lab.at(SAID).filter(has_text=re.compile(r"\w")).wait_for()
    return lab


def told(lab: Lab, of: int, index: int) -> dict[str, Any]:
    """The public API about one update of the scene on the screen."""
    answer = lab.told(f"/api/update?{lab.scene}&of={of}&index={index}")
    return dict(answer)


def shown(lab: Lab) -> list[tuple[str, int, str]]:
    """Every place of the worked formula: its name, its coordinate, its number."""
    return list(
        lab.at(".inspector-line").evaluate_all(
            """lines => lines.flatMap((line, axis) => [...line.querySelectorAll("[data-slot]")]
                .map((place) => [place.dataset.slot, axis, place.textContent]))"""
        )
    )


def test_a_button_and_a_key_open_it_and_the_address_brings_it_back(lab: Lab) -> None:
    lab.open(HILL + "&at=4")
    expect(lab.at("#inspector")).to_be_hidden()
    lab.button("Inspect").click()
    lab.until_address({"inspect": "0"})
    expect(lab.button("Inspect")).to_have_attribute("aria-pressed", "true")
    expect(lab.at(UPDATE)).to_have_text("Update 5: from θ⁴ to θ⁵")
    lab.at("#content").focus()
    lab.press("i")
    lab.until_address({"inspect": None})
    expect(lab.at("#inspector")).to_be_hidden()
    lab.press("Control+z")
    lab.until_address({"inspect": "0"})
    lab.again()
    expect(lab.at(UPDATE)).to_have_text("Update 5: from θ⁴ to θ⁵")
    lab.button("Close the inspector").click()
    expect(lab.button("Inspect")).to_be_focused()


def test_it_takes_the_run_of_the_chosen_card(lab: Lab) -> None:
    inspecting(lab, HILL + "&at=4&inspect=0")
    lab.at("#run-1-select").click()
    lab.until_address({"inspect": "1"})
    expect(lab.at(".inspector-run")).to_contain_text("Momentum")
    expect(lab.at(SAID)).to_contain_text("against the slope")
    lab.press("Control+z")
    lab.until_address({"inspect": "0"})
    expect(lab.at("#run-0-select")).to_have_attribute("aria-pressed", "true")
    lab.press("Control+y")
    lab.until_address({"inspect": "1"})
    lab.button("Remove Gradient descent").click()
    lab.until_address({"inspect": "0"})
    expect(lab.at(".inspector-run")).to_contain_text("Momentum")


@pytest.mark.parametrize("rule", RULES)
def test_the_numbers_on_the_screen_are_the_engines(lab: Lab, rule: str) -> None:
    inspecting(lab, f"surface=himmelblau&spread=0.1&inspect=0&at=7&run={rule},batch:3")
    update = told(lab, 0, 7)
    places = shown(lab)
    assert {slot for slot, _, _ in places} == set(update["values"])
    for slot, axis, text in places:
        value = update["values"][slot]
        exact = value[axis] if isinstance(value, list) else value
        assert math.isclose(number(text), exact, rel_tol=5.1e-3, abs_tol=1e-300), (slot, axis)
    batch = ", ".join(map(str, update["batch"]))
    expect(lab.at("#inspector-head")).to_contain_text(f"3 of 20 examples: {batch}")


def test_it_says_why_momentum_passed_the_dip_and_gradient_descent_did_not(lab: Lab) -> None:
    inspecting(lab, HILL + "&at=4&inspect=1")
    update = told(lab, 1, 4)
    assert update["movement"][0] * update["reverse_gradient"][0] < 0
    expect(lab.at(SAID)).to_contain_text("previous movement is larger")
    for name in ("reverse_gradient", "movement"):
        assert f"{abs(update[name][0]):.3g}" in lab.at(SAID).inner_text()
    lab.at("#run-0-select").click()
    lab.at("#time-scrub").fill("100")
    expect(lab.at(SAID)).to_contain_text("Gradient descent has nothing but this gradient")


def test_at_the_end_it_shows_the_last_update_that_was_made(lab: Lab) -> None:
    inspecting(lab, HILL + "&inspect=1")
    expect(lab.at(UPDATE)).to_have_text("Update 300: from θ²⁹⁹ to θ³⁰⁰")
    expect(lab.at(".inspector-last")).to_be_visible()
    lab.at("#content").focus()
    lab.press("ArrowLeft")
    expect(lab.at(".inspector-last")).to_be_hidden()
    expect(lab.at(UPDATE)).to_have_text("Update 300: from θ²⁹⁹ to θ³⁰⁰")


def test_a_run_that_diverges_is_explained_to_its_last_update(lab: Lab) -> None:
    inspecting(lab, "surface=long-valley&eta=0.2&inspect=0&at=2&run=gd")
    expect(lab.at(SAID)).to_contain_text("jumps over the valley")
    lab.at("#content").focus()
    lab.press("End")
    expect(lab.at(SAID)).to_contain_text("out of reach")
    assert "NaN" not in lab.at("#inspector").inner_text()


def test_every_part_has_its_arrow_and_every_arrow_its_name(lab: Lab) -> None:
    inspecting(lab, "surface=himmelblau&eta=0.02&inspect=1&at=3&run=gd&run=momentum")
    lab.until_balls()
    lab.until_words("g", "−ηg", "λm", "m")
    lab.at("#content").focus()
    seen = []
    for _ in range(4):
        lab.press("n")
        seen.append([name for name in ("g", "−ηg", "λm", "m") if name in lab.stage_words])
    assert seen == [["g", "−ηg", "λm", "m"][:part] for part in (1, 2, 3, 4)]
    lab.press("n")
    expect(lab.at(UPDATE)).to_have_text("Update 5: from θ⁴ to θ⁵")
    assert lab.at("#inspector-part-1").is_checked()
    assert any(word.startswith("g drawn at") for word in lab.stage_words)


def test_a_movement_too_short_to_see_is_magnified_and_says_how_much(lab: Lab) -> None:
    inspecting(lab, HILL + "&at=4&inspect=1")
    lab.until_balls()
    lab.until_words("g", "−ηg", "λm", "m")
    assert any(re.fullmatch(r"×[\d.]+", word) for word in lab.stage_words)
    lab.visit("surface=long-valley&eta=0.2&inspect=0&at=8&run=gd")
    lab.until_drawn({"eta": "0.2"})
    lab.at("#time-scrub").fill("8")
    lab.until("[...document.querySelectorAll('#stage-2d canvas')].at(-1).picture?.words"
              ".some(({ text }) => text.startsWith('1/'))")  # fmt: skip


def test_the_weighted_sum_lights_the_update_a_gradient_came_from(lab: Lab) -> None:
    inspecting(lab, HILL + "&at=37&inspect=1")
    update = told(lab, 1, 37)
    slider = lab.at("#inspector-age")
    slider.focus()
    for _ in range(5):
        lab.press("ArrowRight")
    text = str(slider.get_attribute("aria-valuetext"))
    assert text.startswith("age 5: update 33, weight λ⁵η = 0.0295")
    assert f"{update['weights'][5]:.3g}" in text
    lab.until_balls()
    lab.until_words("update 33")
    lab.at("#content").focus()
    lab.until("![...document.querySelectorAll('#stage-2d canvas')].at(-1).picture?.words"
              ".some(({ text }) => text === 'update 33')")  # fmt: skip
    lab.at(".sum-bars").first.hover(position={"x": 1, "y": 40})
    lab.until("[...document.querySelectorAll('#stage-2d canvas')].at(-1).picture?.words"
              ".some(({ text }) => text === 'update 38')")  # fmt: skip
    expect(lab.at(".sum-said")).to_contain_text("38 gradients")
    movement = f"{update['movement'][0]:.3g}".replace("-", "−")
    expect(lab.at(".sum-said")).to_contain_text(movement)


def test_the_weights_have_a_table(lab: Lab) -> None:
    inspecting(lab, HILL + "&at=3&inspect=1")
    lab.at(".sum-table summary").click()
    rows = lab.at(".sum-table tbody tr")
    expect(rows).to_have_count(4)
    update = told(lab, 1, 3)
    for age, weight in enumerate(update["weights"]):
        cells = rows.nth(age).locator("th, td").all_inner_texts()
        assert cells[:2] == [str(age), str(4 - age)]
        assert math.isclose(number(cells[2]), weight, rel_tol=5e-3)


def test_adaptive_rules_show_their_divisors(lab: Lab) -> None:
    inspecting(lab, "surface=himmelblau&inspect=0&at=30&run=adam")
    values = told(lab, 0, 30)["values"]
    for axis in (0, 1):
        cells = lab.at("#inspector-scaled tbody tr").nth(axis).locator("td").all_inner_texts()
        divisor = math.sqrt(values["v̂"][axis]) + values["ε"]
        assert math.isclose(number(cells[1]), divisor, rel_tol=5e-3)
        assert math.isclose(number(cells[2]), values["η"] / divisor, rel_tol=5e-3)


def test_the_line_of_pytorch_is_copied_or_stands_ready_to_be(lab: Lab) -> None:
    inspecting(lab, HILL + "&at=4&inspect=1")
    line = lab.at(".conversion-line")
    expect(line).to_have_value("torch.optim.SGD([theta], lr=0.05, momentum=0.9)")
    lab.at("#inspector-conversions").get_by_role("button", name="Copy").click()
    expect(lab.at(".conversion-said")).to_have_text(re.compile("copied|copy it"))
    expect(lab.at("#inspector-conversions")).to_contain_text("α = η/(1 − β) = 0.5")


STEPS = """async keys => {
    const wrong = [];
    await new Promise(go => setTimeout(go, 300));  // the neighbours arrive first
    for (let k = 0; k < keys; k++) {
        const key = new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true });
        document.querySelector("#content").dispatchEvent(key);
        await Promise.resolve();
        const at = document.querySelector("#time-scrub").valueAsNumber;
        const said = document.querySelector(".inspector-update").textContent;
        if (!said.startsWith(`Update ${at + 1}:`)) wrong.push([at, said]);
        await new Promise(go => setTimeout(go, 40));
    }
    return wrong;
}"""


@pytest.mark.parametrize("rule", ["momentum", "adam"])
def test_a_key_shows_the_neighbouring_update_at_once(lab: Lab, rule: str) -> None:
    inspecting(lab, f"surface=himmelblau&at=20&inspect=1&run=gd&run={rule}")
    assert not lab.page.evaluate(STEPS, 40)


def test_another_scene_is_taken_apart_as_soon_as_it_is_drawn(lab: Lab) -> None:
    inspecting(lab, HILL + "&at=10&inspect=1")
    lab.at("#knob-lambda").fill("0.5")
    lab.press("Enter")
    lab.until_drawn({"lambda": "0.5"})
    expect(lab.at(".inspector-worked").first).to_contain_text("0.5")
    update = told(lab, 1, 10)
    places = {(slot, axis): text for slot, axis, text in shown(lab)}
    assert math.isclose(number(places["m'", 0]), update["movement"][0], rel_tol=5e-3)


def test_in_three_dimensions_the_arrows_lie_on_the_surface(lab: Lab) -> None:
    inspecting(lab, HILL + "&at=6&inspect=1&view=3d")
    lab.until("document.querySelector('#stage-3d .plot')?._fullLayout?.scene?._scene?.glplot")
    lab.until("document.querySelector('.stage-note').textContent.includes('movement drawn at ×')")
    lab.page.evaluate("probes.followGround()")
    lab.at("#content").focus()
    lab.press("ArrowRight")
    lab.until("window.redrawn.lines > 0")
    assert lab.page.evaluate("window.redrawn.surface") == 0


def test_when_the_playhead_rests_the_sentence_is_read_aloud(lab: Lab) -> None:
    inspecting(lab, HILL + "&at=3&inspect=1")
    lab.at("#content").focus()
    lab.press("ArrowRight")
    expect(lab.at("#spoken")).to_contain_text("against the slope", timeout=4000)


def test_on_a_phone_it_stands_right_after_the_time_bar(phone: Lab) -> None:
    inspecting(phone, HILL + "&at=4&inspect=1")
    phone.open_details()
    phone.page.evaluate("scrollTo(0, 0)")
    bar, section, knobs = (
        phone.at(place).bounding_box() for place in (".timebar", "#inspector", ".side")
    )
    assert bar and section and knobs  # noqa: PT018
    assert 0 <= section["y"] - bar["y"] - bar["height"] <= 24
    assert knobs["y"] > section["y"] + section["height"]
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert phone.probe("outside") == []
    assert phone.probe("small", 43.9) == []


def test_at_every_width_it_fits(lab: Lab) -> None:
    inspecting(lab, "surface=himmelblau&at=30&inspect=1&run=gd&run=adam")
    lab.open_details()
    for width in (600, 800, 1024, 1280, 1920):
        lab.page.set_viewport_size({"width": width, "height": 768})
        assert lab.page.evaluate("document.documentElement.scrollWidth") <= width
        assert lab.probe("outside") == []
        assert lab.probe("cut") == []


@pytest.mark.parametrize("rule", ["momentum", "adam"])
def test_axe_finds_nothing_in_the_inspector_in_any_theme(lab: Lab, rule: str) -> None:
    inspecting(lab, f"surface=himmelblau&at=30&inspect=0&run={rule}")
    lab.open_details()
    for theme in THEMES:
        lab.at("#pick-theme").select_option(theme)
        lab.until_address({"theme": theme})
        assert not violations(lab), theme

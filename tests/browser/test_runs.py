"""Run cards: add, copy, change, remove, hide, solo, and knobs of their own."""

from playwright.sync_api import expect

from tests.browser.lab import Lab

PAIR = "surface=two-valleys&run=gd&run=momentum"
BLUE, ORANGE, GREEN = "#0072b2", "#d55e00", "#009e73"


def colours(lab: Lab) -> set[str]:
    """Colours of the runs whose balls stand on the stage."""
    return {ball["colour"] for ball in lab.balls} & {BLUE, ORANGE, GREEN}


def runs(lab: Lab, *texts: str) -> None:
    lab.until_drawn({"run": list(texts)})
    lab.until_address({"run": list(texts)})
    expect(lab.at(".run")).to_have_count(len(texts))


LINES = """lines => lines.map(line =>
    line.getAttribute("stroke").toLowerCase() + line.getAttribute("stroke-dasharray"))"""


def test_runs_are_added_up_to_the_limit_each_with_its_own_line(lab: Lab) -> None:
    lab.open("surface=two-valleys&run=gd")
    add = lab.at("#add-run")
    for number in range(2, 9):
        add.click()
        expect(lab.at(".run")).to_have_count(number)
    scene = lab.until_drawn({"surface": "two-valleys"})
    lab.until("witness.drawn.at(-1).scene.split('run=').length === 9")
    assert scene.startswith("surface=two-valleys&run=gd&run=momentum&run=nesterov")
    expect(add).to_be_disabled()
    expect(lab.at(".run").first.get_by_role("button", name="Copy")).to_be_disabled()
    assert len(set(lab.at(".run .swatch line:last-child").evaluate_all(LINES))) == 8


def test_a_copy_is_its_own_run_with_its_own_name(lab: Lab) -> None:
    lab.open(PAIR)
    lab.button("Copy Momentum").click()
    runs(lab, "gd", "momentum", "momentum")
    lab.at("#run-2-own").click()
    lab.page.get_by_label("Momentum λ: own").last.check()
    box = lab.at("#run-2-lambda")
    box.fill("0.5")
    box.press("Enter")
    runs(lab, "gd", "momentum", "momentum,lambda:0.5")
    expect(lab.at("#caption")).to_contain_text("Momentum with λ = 0.5")
    expect(lab.button("Remove Momentum with λ = 0.5")).to_be_visible()
    lab.at("#knob-lambda-slider").press("Home")
    lab.until_drawn({"lambda": "0", "run": ["gd", "momentum", "momentum,lambda:0.5"]})
    lab.page.get_by_label("Momentum λ: own").last.uncheck()
    runs(lab, "gd", "momentum", "momentum")


def test_another_rule_brings_its_formula_and_its_knobs(lab: Lab) -> None:
    lab.open(PAIR)
    lab.at("#run-1-rule").focus()
    lab.at("#run-1-rule").select_option("adam")
    runs(lab, "gd", "adam")
    expect(lab.at("#run-1-rule")).to_be_focused()
    assert lab.at(".run").nth(1).locator("math").count() > 0
    lab.at("#run-1-own").click()
    lab.page.get_by_label("Averaging of the gradient β₁: own").check()
    runs(lab, "gd", "adam,beta1:0.9")
    lab.at("#run-1-beta1-slider").press("ArrowLeft")
    runs(lab, "gd", "adam,beta1:0.89")
    lab.at("#run-1-rule").select_option("rmsprop")
    runs(lab, "gd", "rmsprop")


def test_a_run_is_removed_and_the_last_one_stays(lab: Lab) -> None:
    lab.open(PAIR + "&hide=run-1")
    lab.button("Remove Gradient descent").click()
    runs(lab, "momentum")
    lab.until_address({"hide": "run-0"})
    expect(lab.button("Remove Momentum")).to_be_disabled()
    expect(lab.at("#caption")).to_contain_text("Momentum")
    expect(lab.at("#caption")).not_to_contain_text("Gradient descent")


def test_runs_are_hidden_and_shown_alone_and_keep_their_cards(lab: Lab) -> None:
    lab.open("at=200")
    assert colours(lab) == {BLUE, ORANGE, GREEN}
    lab.button("Hide Momentum").click()
    lab.until_address({"hide": "run-1"})
    assert colours(lab) == {BLUE, GREEN}
    expect(lab.at(".run")).to_have_count(3)
    lab.button("Show Momentum").click()
    lab.until_address({"hide": None})
    assert colours(lab) == {BLUE, ORANGE, GREEN}
    lab.button("Show only Momentum").click()
    lab.until_address({"hide": "run-0,run-2"})
    assert colours(lab) == {ORANGE}
    lab.again()
    assert colours(lab) == {ORANGE}
    lab.button("Show all runs").click()
    lab.until_address({"hide": None})
    assert colours(lab) == {BLUE, ORANGE, GREEN}


def test_the_same_rule_three_times_has_three_names(lab: Lab) -> None:
    lab.open("surface=two-valleys&spread=0.2&run=gd&run=gd&run=gd,batch:1")
    names = lab.at(".run").evaluate_all("cards => cards.map(card => card.ariaLabel)")
    assert len(set(names)) == 3
    assert names[2] == "Gradient descent with B = 1"

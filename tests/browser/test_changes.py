"""Undo, redo, back to what was opened, and the browser's own way back."""

from playwright.sync_api import expect

from tests.browser.lab import Lab


def test_every_change_can_be_undone_and_made_again(lab: Lab) -> None:
    lab.open()
    opened = lab.scene
    expect(lab.button("Undo")).to_be_disabled()
    lab.at("#knob-eta-slider").press("ArrowRight")
    lab.until_drawn({"eta": "0.051"})
    lab.button("Remove Momentum").click()
    lab.until_drawn({"run": ["gd", "gd,batch:1"]})
    lab.at("#run-0-rule").select_option("adam")
    changed = lab.until_drawn({"run": ["adam", "gd,batch:1"]})
    for _ in range(3):
        lab.button("Undo").click()
    lab.until(f"witness.drawn.at(-1).scene === '{opened}'")
    expect(lab.button("Undo")).to_be_disabled()
    expect(lab.at("#knob-eta")).to_have_value("0.05")
    lab.at("#content").focus()
    lab.press("Control+Shift+z", "Control+y", "Control+y")
    lab.until(f"witness.drawn.at(-1).scene === '{changed}'")
    expect(lab.button("Redo")).to_be_disabled()
    lab.press("Control+z")
    lab.until_drawn({"run": ["gd", "gd,batch:1"]})


def test_reset_goes_back_to_the_scene_that_was_opened(lab: Lab) -> None:
    lab.open("surface=himmelblau&eta=0.005&run=momentum&view=2d&theme=dark")
    opened = lab.scene
    expect(lab.at("#reset")).to_be_disabled()
    lab.at("#knob-eta-slider").press("ArrowRight")
    lab.at("#add-run").click()
    lab.until("witness.drawn.at(-1).scene.split('run=').length === 3")
    lab.at("#reset").click()
    lab.until(f"witness.drawn.at(-1).scene === '{opened}'")
    expect(lab.at("#reset")).to_be_disabled()
    lab.button("Undo").click()
    lab.until("witness.drawn.at(-1).scene.split('run=').length === 3")


def test_the_browser_goes_back_to_the_surface_before(lab: Lab) -> None:
    lab.open("surface=two-valleys&run=gd")
    lab.choose_surface("hill")
    lab.until_drawn({"surface": "hill"})
    lab.until_address({"surface": "hill"})
    lab.page.go_back()
    lab.until_drawn({"surface": "two-valleys"})
    expect(lab.at("#gallery input[value=two-valleys]")).to_be_checked()
    lab.page.go_forward()
    lab.until_drawn({"surface": "hill"})
    lab.until("document.querySelector('#stage-2d .plot')._fullLayout.xaxis.range[1] > 3")


def test_moving_the_playhead_is_nothing_to_undo(lab: Lab) -> None:
    lab.open()
    lab.press("Home", "ArrowRight")
    lab.until_address({"at": "1"})
    expect(lab.button("Undo")).to_be_disabled()

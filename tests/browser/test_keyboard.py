"""The keyboard alone is enough: everything is reached, the focus is seen, keys are told."""

from typing import Any

from playwright.sync_api import expect

from tests.browser.lab import Lab


def walk(lab: Lab) -> list[dict[str, Any]]:
    """Tab through the page until the focus comes round."""
    stops: list[dict[str, Any]] = []
    for _ in range(400):
        lab.press("Tab")
        stop = lab.probe("focus")
        if stop is None or (stops and stop["html"] == stops[0]["html"]):
            return stops
        stops.append(stop)
    raise AssertionError("the focus never comes round: a trap")


def everything_open(lab: Lab, query: str) -> None:
    lab.open(query)
    lab.open_details()
    lab.page.get_by_label(": own").evaluate_all("all => all.forEach(one => one.click())")


def check_walk(lab: Lab) -> None:
    reachable = lab.probe("reachable")
    stops = walk(lab)
    missed = set(range(len(reachable))) - {int(stop["place"] or -1) for stop in stops}
    assert not [reachable[place] for place in missed]
    assert not [stop["html"] for stop in stops if not stop["ring"]]
    assert not [stop["html"] for stop in stops if stop["covered"] or stop["outside"]]


def test_tab_reaches_every_control_and_its_focus_is_seen(lab: Lab) -> None:
    everything_open(lab, "view=both&eta=NaN&run=gd&run=adam")
    check_walk(lab)


def test_the_same_on_a_narrow_screen_where_the_stage_stays_on_top(lab: Lab) -> None:
    lab.page.set_viewport_size({"width": 390, "height": 844})
    everything_open(lab, "surface=two-valleys&eta=NaN&run=gd&run=adam")
    check_walk(lab)


def test_radio_buttons_and_pictures_are_chosen_with_arrows(lab: Lab) -> None:
    lab.open()
    lab.at("[data-knob=loss] input").first.focus()
    lab.press("ArrowRight")
    lab.until_address({"loss": "log"})
    lab.at("#gallery input:checked").focus()
    lab.press("ArrowDown")
    lab.until_drawn({"surface": "canyon-and-basin"})


def test_a_whole_lesson_by_keyboard_alone(lab: Lab) -> None:
    lab.open()
    lab.press("Tab", "Enter")
    expect(lab.at("#content")).to_be_focused()
    lab.at("#add-run").focus()
    lab.press("Enter")
    lab.until_drawn({"run": ["gd", "momentum", "gd,batch:1", "nesterov"]})
    lab.at("#run-3-rule").focus()
    lab.press("a")
    lab.until("/run=ad/.test(witness.drawn.at(-1).scene)")
    lab.button("Remove Momentum").focus()
    lab.press("Space")
    lab.until("!/momentum/.test(witness.drawn.at(-1).scene)")
    lab.at("#time-play").focus()
    lab.press("Enter")
    expect(lab.button("Pause")).to_be_visible()
    lab.press("Enter")
    expect(lab.button("Play")).to_be_visible()


EFFECTS = {
    "Space": ("Play or pause", "document.querySelector('#time-play').ariaLabel === 'Pause'"),
    "←": ("One update back", "update(99)"),
    "→": ("One update forward", "update(101)"),
    "Shift+←": ("Ten updates back", "update(90)"),
    "Shift+→": ("Ten updates forward", "update(110)"),
    "Home": ("To the start", "update(0)"),
    "End": ("To the end", "update(300)"),
    "I": (
        "Look inside the update, or stop looking",
        "document.querySelector('#inspector').checkVisibility()",
    ),
    "N": ("Next part of the update", "document.querySelector('#inspector-part-1').checked"),
    "C": ("Next critical point", "document.querySelector('#critical').open"),
    "G": (
        "Loss of this batch over the surface, or not",
        "witness.has(location.search, {ghost: 'batch'})",
    ),
    "V": ("Next view of the stage", "witness.has(location.search, {view: '3d'})"),
    "L": ("Linear or logarithmic loss", "witness.has(location.search, {loss: 'log'})"),
    "A": (
        "Updates, epochs or time along the chart",
        "witness.has(location.search, {axis: 'epochs'})",
    ),
    "T": ("Next theme", "witness.has(location.search, {theme: 'light'})"),
    "Ctrl+Z": ("Undo", "witness.has(location.search, {theme: null})"),
    "Ctrl+Shift+Z Ctrl+Y": ("Redo", "witness.has(location.search, {theme: 'light'})"),
    "?": ("This help", "document.querySelector('#help-dialog').open"),
}
UPDATE = """window.update = (n) =>
    document.querySelector("#time-scrub").ariaValueText.startsWith(`update ${n} `)"""


def pressed(name: str) -> str:
    """A key as the help writes it, as the browser calls it."""
    names = {"←": "ArrowLeft", "→": "ArrowRight", "Ctrl": "Control"}
    return "+".join(names.get(part, part) for part in name.split("+"))


def test_the_help_lists_exactly_the_keys_and_each_does_what_it_says(lab: Lab) -> None:
    lab.open("at=100")
    lab.page.evaluate(UPDATE)
    lab.button("Help and keys").click()
    rows = lab.at("#help-keys tr").all_inner_texts()
    told = {" ".join(keys.split()): label for keys, label in (row.split("\t") for row in rows)}
    assert told == {keys: label for keys, (label, _) in EFFECTS.items()}
    lab.press("Escape")
    expect(lab.at("#help-dialog")).to_be_hidden()
    expect(lab.button("Help and keys")).to_be_focused()
    for keys, (_, effect) in EFFECTS.items():
        for key in keys.split():
            lab.at("#time-scrub").fill("100")
            lab.at("#content").focus()
            lab.press(pressed(key))
            lab.until(effect)
            if key == "Space":
                lab.press("Space")
            if key == "Ctrl+Shift+Z":
                lab.press("Control+z")
                lab.until(EFFECTS["Ctrl+Z"][1])
    lab.press("Escape")


def test_single_letters_can_be_switched_off_and_stay_off(lab: Lab) -> None:
    lab.open()
    lab.press("?")
    lab.page.get_by_label("Single letters work as keys").uncheck()
    lab.press("Escape")
    lab.at("#content").focus()
    lab.press("v", "l", "?")
    expect(lab.at("#help-dialog")).to_be_hidden()
    lab.press("Home")
    lab.until_address({"at": "0", "view": None, "loss": None})
    lab.again()
    lab.press("v", "End")
    lab.until_address({"at": None, "view": None})
    lab.button("Help and keys").click()
    lab.page.get_by_label("Single letters work as keys").check()
    lab.press("Escape")
    lab.at("#content").focus()
    lab.press("l")
    lab.until_address({"loss": "log"})


def test_letters_typed_into_a_box_are_letters(lab: Lab) -> None:
    lab.open()
    lab.at("#knob-eta").focus()
    lab.press("v", "l", "t", "ArrowLeft", "Home")
    lab.at("#knob-eta").fill("0.06")
    lab.press("Enter")
    lab.until_drawn({"eta": "0.06"})
    lab.until_address({"view": None, "loss": None, "theme": None, "at": None})

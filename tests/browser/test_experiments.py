"""Pages of experiments: a prediction first, figures that fill, and what a hand can do about it."""

import csv
import io
import math
import time
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, expect

from tests.browser.conftest import visiting
from tests.browser.lab import DESK, PHONE, Lab, count
from tests.browser.test_access import violations
from tests.browser.test_line import server_at
from tests.serving import free_port, serving
from tests.test_experiments import TINY

FRESH = time.time_ns() % 2**30  # a seed that no earlier run of these tests has had
LONG = f"epochs=400&seeds=8&seed={FRESH}"  # minutes: far longer than a test takes
BRIEF = f"batches=16,64,256,1437&epochs=2&updates=300&seconds=0.05&seeds=6&seed={FRESH}"
PATIENT = 120_000
CHOICE = ".prediction-choice"
AND = {True: "and it does worse", False: "and no difference on validation is seen"}


def opened(lab: Lab, name: str, query: str, *, expects: int | None = 0) -> Lab:
    """An experiment's page; `expects` is the choice that is taken, None leaves the question."""
    lab.page.goto(f"{lab.server.url}/experiments/{name}?{query}")
    lab.until("witness.ready")
    if expects is not None:
        expect_something(lab, expects)
    return lab


def expect_something(lab: Lab, which: int = 0) -> None:
    """Answers the question; an experiment without one shows its figures at once."""
    if lab.at(CHOICE).count():
        lab.at(CHOICE).nth(which).click()
    expect(lab.at("#result")).to_be_visible(timeout=PATIENT)


def status(lab: Lab) -> Locator:
    return lab.at(".status-words")


def done(lab: Lab) -> None:
    expect(status(lab)).to_contain_text("Done in", timeout=PATIENT)


@pytest.fixture(autouse=True)
def leave(lab: Lab) -> Iterator[None]:
    """What a test expected is not expected by the next one."""
    yield
    if lab.page.url.startswith(lab.server.url):
        lab.page.evaluate("sessionStorage.clear()")


# The prediction.


def test_nothing_is_shown_before_the_reader_has_said_what_to_expect(lab: Lab) -> None:
    opened(lab, "accuracy", TINY["accuracy"], expects=None)
    done(lab)
    for place in ("#result", "#lecture"):
        expect(lab.at(place)).to_be_hidden()
    expect(lab.at(".question")).to_have_text("Does a large batch end with lower accuracy?")
    lab.at(CHOICE).filter(has_text="validation falls").click()
    expect(lab.at(".prediction-told")).to_be_focused()
    told = lab.at(".prediction-told")
    expect(told).to_contain_text("You expected: Training keeps up, validation falls.")
    for place in ("#result", "#lecture", "#chart svg[role=img]"):
        expect(lab.at(place)).to_be_visible()


def test_what_was_expected_stands_beside_what_was_measured(lab: Lab) -> None:
    opened(lab, "accuracy", "seeds=4&epochs=3&updates=50&seconds=0.02&batches=1,1437", expects=3)
    done(lab)
    told = lab.at(".prediction-told")
    expect(told).to_have_text("You expected: Both fall. That is what was measured here.")
    lab.button("Ask me again").click()
    expect(lab.at("#result")).to_be_hidden()
    expect(lab.at(CHOICE).first).to_be_focused()
    lab.at(CHOICE).first.click()
    expect(told).to_have_text("You expected: Neither is seen to change. Measured here: Both fall.")
    lab.again()
    expect(told).to_contain_text("You expected: Neither is seen to change.")


def test_the_question_can_be_passed_over_by_a_button_or_by_the_link(lab: Lab) -> None:
    opened(lab, "time", TINY["time"], expects=None)
    lab.button("Show it without a guess").click()
    expect(lab.at("#result")).to_be_visible()
    expect(lab.at(".prediction-told")).to_have_text("You let the measurement speak first.")
    lab.page.evaluate("sessionStorage.clear()")
    opened(lab, "time", TINY["time"] + "&ask=0", expects=None)
    expect(lab.at("#result")).to_be_visible()
    expect(lab.at(CHOICE)).to_have_count(0)
    expect(lab.at("#prediction")).to_be_hidden()
    expect(lab.at(".prediction-told")).to_have_count(0)


def test_a_shared_link_asks_first_unless_it_says_otherwise(lab: Lab) -> None:
    opened(lab, "time", TINY["time"])
    done(lab)
    lab.at("#share").click()
    link = lab.at("#share-address").input_value()
    assert link == f"{lab.server.url}/experiments/time?{TINY['time']}"
    lab.at("#share-ask").check()
    without = lab.at("#share-address").input_value()
    assert without == link + "&ask=0"
    lab.press("Escape")
    lab.page.evaluate("sessionStorage.clear()")
    other = lab.another(link)
    expect(other.at(CHOICE).first).to_be_visible()
    expect(other.at("#result")).to_be_hidden()
    expect(lab.another(without).at("#result")).to_be_visible()


# While it runs, and when it is over.


def test_the_chart_fills_while_it_runs_and_the_figures_are_the_api_s(lab: Lab) -> None:
    opened(lab, "accuracy", BRIEF)
    expect(lab.at("#caption")).to_contain_text("So far: After 2 epochs each", timeout=PATIENT)
    expect(lab.at(".status-bar")).to_be_visible()
    early = lab.at("#chart .series-dot").count()
    done(lab)
    expect(lab.at("#chart .series-dot")).to_have_count(2 * 4 * 6)
    assert early < 2 * 4 * 6
    expect(lab.at("#caption")).not_to_contain_text("So far")
    expect(lab.at(".status-bar")).to_be_hidden()
    told = lab.told(f"/api/experiments/accuracy?{BRIEF}")
    ends = told["facts"]["epochs"]["training"]["smallest"]
    expect(lab.at("#caption")).to_contain_text(
        f"{percent(ends['from']['median'])} at B = 16 to {percent(ends['to']['median'])}"
    )
    rows = table(lab, "#result-table")
    assert len(rows) == len(told["rows"])
    assert [row[1] for row in rows] == [count(row[1]) for row in told["rows"]]
    assert [row[4] for row in rows] == [percent(row[4]) for row in told["rows"]]
    assert rows[0][0] == "After equal epochs"


def percent(share: float) -> str:
    """As the page writes it: halves go up."""
    return f"{math.floor(1000 * share + 0.5) / 10:g} %"


def table(lab: Lab, place: str) -> list[list[str]]:
    lab.at("details").evaluate_all("all => all.forEach(one => (one.open = true))")
    rows = lab.at(f"{place} tbody tr").all()
    cells = [row.locator("th, td").all_inner_texts() for row in rows]
    return [[text.replace("\xa0", " ") for text in row] for row in cells]


def test_every_dot_of_a_chart_stands_in_its_table_too(lab: Lab) -> None:
    opened(lab, "accuracy", TINY["accuracy"])
    done(lab)
    told = lab.told(f"/api/experiments/accuracy?{TINY['accuracy']}")
    lines = [line for line in told["series"] if line["chart"] == "epochs"]
    for place, row in enumerate(table(lab, "#chart-table")):
        assert row[0] == count(lines[0]["x"][place])
        for line, cell in zip(lines, row[1:], strict=True):
            each = ", ".join(percent(value) for value in line["dots"][place])
            assert cell.startswith(percent(line["y"][place]))
            assert cell.endswith(f"each: {each}")
    name = lab.at("#chart svg[role=img]").get_attribute("aria-label") or ""
    assert "training: " in name
    assert "table below" in name


def test_another_chart_stands_in_the_address_and_says_its_own_words(lab: Lab) -> None:
    opened(lab, "accuracy", TINY["accuracy"])
    done(lab)
    expect(lab.at("#clock")).to_be_hidden()
    lab.choose("chart", "seconds")
    lab.until_address({"chart": "seconds"})
    expect(lab.at("#caption")).to_contain_text("After 0.01 s of computing each on this machine")
    expect(lab.at("#clock")).to_be_visible()
    lab.button("Undo").click()
    expect(lab.at("#caption")).to_contain_text("After 1 epoch each")


def chosen(lab: Lab) -> str:
    return lab.at("[data-knob=chart] input:checked").input_value()


def test_sharp_or_flat_opens_on_its_answer_when_it_is_done_and_before_on_what_fills(
    lab: Lab,
) -> None:
    query = f"target=0.05&seeds=4&seed={FRESH}"
    opened(lab, "sharp", query)
    expect(lab.at("#caption")).to_contain_text("So far: ", timeout=PATIENT)
    expect(lab.at("#chart .seeds-text").filter(has_text="Learning rate η")).to_be_visible()
    assert chosen(lab) == "tuning"
    other = lab.another(f"{lab.page.url}&ask=0&chart=tuning")
    for page in (lab, other):
        done(page)
    expect(lab.at("#chart .seeds-text").filter(has_text="α: 0 is the small")).to_be_visible()
    expect(lab.at("#caption")).to_contain_text("On the straight line from the small batch's end")
    assert (chosen(lab), lab.query) == ("loss", query)
    assert (chosen(other), other.query) == ("tuning", f"{query}&ask=0&chart=tuning")
    lab.choose("chart", "tuning")
    lab.until_address({"chart": "tuning"})
    lab.again()
    done(lab)
    expect(lab.at("#chart .seeds-text").filter(has_text="Learning rate η")).to_be_visible()
    assert chosen(lab) == "tuning"


def test_time_has_two_axes_in_one_chart_and_can_be_measured_anew(lab: Lab) -> None:
    opened(lab, "time", TINY["time"])
    done(lab)
    expect(lab.at("#chart .seeds-text").filter(has_text="Seconds per update")).to_be_visible()
    expect(lab.at("#chart .seeds-text").filter(has_text="Seconds per epoch")).to_be_visible()
    threads = lab.told(f"/api/experiments/time?{TINY['time']}")["facts"]["threads"]
    expect(lab.at("#chart .series")).to_have_count(4 if threads > 1 else 2)
    lab.button("Measure anew").click()
    lab.until_address({"take": "1"})
    done(lab)
    expect(lab.at("#repeats")).to_have_attribute("href", f"/experiments/time?{TINY['time']}&take=1")


def test_the_result_can_be_taken_along_and_says_what_it_ran_on(lab: Lab) -> None:
    opened(lab, "time", TINY["time"])
    done(lab)
    told = lab.told(f"/api/experiments/time?{TINY['time']}")
    for place in ("#file-csv", "#file-json"):
        where = lab.server.url + str(lab.at(place).get_attribute("href"))
        with urllib.request.urlopen(where, timeout=10) as answer:
            text = answer.read().decode()
        if place == "#file-csv":
            assert len(list(csv.reader(io.StringIO(text)))) == 1 + len(told["rows"])
        else:
            assert told["finished"] in text
    expect(lab.at("#machine")).to_contain_text(told["machine"]["processor"])
    expect(lab.at("#machine")).to_contain_text("Finished on")
    expect(lab.at("#repeats")).to_have_text(f"/experiments/time?{TINY['time']}")


# What the figures say, and what was expected of them.


def told_beside(lab: Lab, name: str, which: Callable[[Any], str]) -> Any:
    """The API's facts; expects what `which` says they show, and finds it said to be measured."""
    query = TINY[name].replace("seeds=2", "seeds=4")  # fewer decide nothing
    opened(lab, name, query, expects=None)
    done(lab)
    facts = lab.told(f"/api/experiments/{name}?{query}")["facts"]
    choice = lab.at(CHOICE).filter(has_text=which(facts))
    label = choice.inner_text()
    choice.click()
    told = f"You expected: {label}. That is what was measured here."
    expect(lab.at(".prediction-told")).to_have_text(told)
    return facts


def few(value: float, digits: int = 2) -> str:
    """A figure as the page writes it in a sentence."""
    return f"{float(f'{value:.{digits}g}'):g}".replace("-", "−")


def test_the_noise_of_a_gradient_is_told_with_the_api_s_figures(lab: Lab) -> None:
    ways = {"falls": "Smaller", "no difference": "Not seen", "rises": "Larger"}
    facts = told_beside(lab, "gradient", lambda facts: ways[facts["later"]["found"]])
    start, trained = facts["start"], facts["trained"]
    expect(lab.at("#caption")).to_contain_text(
        f"the noise is {few(start['noise']['from']['median'])} times as long as the gradient at "
        f"B = 1, and {few(start['noise']['to']['median'])} times at B = 1,437"
    )
    first, last = (few(trained["noise"][end]["median"]) for end in ("from", "to"))
    expect(lab.at("#caption")).to_contain_text(f"After 1 epoch it is {first} times and {last}")
    expect(lab.at("#told")).to_contain_text(
        f"about B = {few(start['equal'])} at the start, and at about B = {few(trained['equal'])}"
    )


def test_sharp_or_flat_is_told_chart_by_chart_with_the_api_s_figures(lab: Lab) -> None:
    def which(facts: Any) -> str:
        worse = facts["validation"]["found"] == "falls"
        if facts["curvature"]["found"] == "rises":
            return f"Sharper, {AND[worse]}"
        return f"Not seen to be sharper, {AND[worse].replace('and it', 'but it')}"

    facts = told_beside(lab, "sharp", which)
    eta = facts["eta"]["small"]
    expect(lab.at("#told")).to_contain_text(
        f"With B = 16 and η = {few(eta)}, 4 of 4 seeds get to a training loss of 1"
    )
    lab.choose("chart", "curvature")
    first, last = (few(facts["curvature"][end]["median"]) for end in ("from", "to"))
    expect(lab.at("#caption")).to_contain_text("λmax, the largest curvature,")
    expect(lab.at("#caption")).to_contain_text(f"{first} at B = 16")
    expect(lab.at("#caption")).to_contain_text(f"{last} at B = 144")
    lab.choose("chart", "loss")
    expect(lab.at("#caption")).to_contain_text("On the straight line")
    validation = facts["validation"]
    expect(lab.at("#told")).to_contain_text(f"{percent(validation['to']['median'])} at B = 144")
    expect(lab.at("#told")).to_contain_text("The paper's first network has a sharpness of 1.23 %")


def test_who_closes_the_gap_is_told_with_the_api_s_figures(lab: Lab) -> None:
    def which(facts: Any) -> str:
        if facts["gap"]["validation"]["found"] != "falls":
            return "Nothing is needed"
        closing = [name for name, size in facts["closes"].items() if size == 1437]
        if not closing:
            return "None of these"
        with_momentum = all(name.startswith("momentum") for name in closing)
        return "Only momentum" if with_momentum else "A larger learning rate"

    facts = told_beside(lab, "both", which)
    first, last = (1 - facts["gap"]["validation"][end]["median"] for end in ("from", "to"))
    expect(lab.at("#caption")).to_contain_text("Plain, with the same η, validation error")
    expect(lab.at("#caption")).to_contain_text(f"{percent(first)} at B = 16")
    expect(lab.at("#caption")).to_contain_text(f"{percent(last)} at B = 1,437")
    for chart in ("validation", "training"):
        lab.choose("chart", chart)
        gap = facts["gap"][chart]
        expect(lab.at("#caption")).to_contain_text(f"Plain, with the same η, {chart} accuracy")
        expect(lab.at("#caption")).to_contain_text(f"{percent(gap['from']['median'])} at B = 16")
        expect(lab.at("#caption")).to_contain_text(f"{percent(gap['to']['median'])} at B = 1,437")


HALL = {"width": 1280, "height": 720}
VIEWS = [(DESK, "light", 5), (HALL, "projector", 7), (PHONE, "light", 3)]
ENDS = "all => all.map((line) => line.getAttribute('d').split('L').at(-1).split(' ').map(Number))"


@pytest.mark.parametrize(("size", "theme", "beside"), VIEWS, ids=["desk", "hall", "phone"])
def test_recipes_that_close_the_gap_are_told_apart_by_eye(
    lab: Lab, size: Any, theme: str, beside: int
) -> None:
    """At the full batch, where their accuracies would lie within a few pixels."""
    lab.page.set_viewport_size(size)
    opened(lab, "both", f"seeds=4&theme={theme}")
    done(lab)
    title = "Share of wrong answers (logarithmic)"
    expect(lab.at("#chart .seeds-text").filter(has_text=title)).to_be_visible()
    ends = lab.at("#chart svg[role=img] .seeds-line").evaluate_all(ENDS)
    plain, root, momentum_root = (ends[k] for k in (2, 3, 7))
    heights = [momentum_root[1], root[1], plain[1]]
    assert heights == sorted(heights, reverse=True)
    assert min(heights[0] - heights[1], heights[1] - heights[2]) > 15
    assert root[0] - plain[0] > beside


def test_signs_of_curvatures_are_told_with_the_api_s_figures(lab: Lab) -> None:
    def which(facts: Any) -> str:
        if facts["minima"]:
            return "In none"
        return "In some" if facts["end"]["negative_high"] < 0.25 else "In a quarter"

    facts = told_beside(lab, "minima", which)
    start, end = facts["start"], facts["end"]
    for share in (start["positive"], end["positive"], end["negative_low"], end["negative_high"]):
        expect(lab.at("#caption")).to_contain_text(percent(share))
    lab.choose("chart", "edges")
    expect(lab.at("#caption")).to_contain_text(
        f"the largest eigenvalue is {few(end['largest'])}, from {few(start['largest'])} at the "
        f"start, and the smallest {few(end['smallest'])}, from {few(start['smallest'])}"
    )
    expect(lab.at("#told")).to_contain_text(f"{facts['blind']} of the {facts['parameters']}")


def test_the_list_says_what_was_found_and_begins_nothing(lab: Lab) -> None:
    opened(lab, "gradient", "")
    done(lab)
    caption = lab.at("#caption").inner_text()
    asked: list[str] = []
    lab.page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    lab.page.on("websocket", lambda socket: asked.append(f"socket {socket.url}"))
    lab.page.goto(f"{lab.server.url}/experiments")
    lab.until("witness.ready")
    card = lab.at(".experiment-list .card").filter(has_text="How noisy is the gradient")
    expect(card.locator(".found p")).to_be_hidden()
    card.locator(".found summary").click()
    expect(card.locator(".found p")).to_have_text(caption)
    assert all(one.startswith("GET ") for one in asked)
    assert sum("/api/" in one for one in asked) == lab.at("[data-found]").count()


# Queue, cancel, others.


def test_it_is_cancelled_and_begun_again_by_a_button(lab: Lab) -> None:
    opened(lab, "accuracy", LONG)
    expect(status(lab)).to_contain_text("% done", timeout=PATIENT)
    lab.button("Cancel").click()
    expect(status(lab)).to_have_text("It was cancelled. The figures so far stay.")
    expect(lab.at("#chart svg[role=img]")).to_be_visible()
    expect(lab.button("Cancel")).to_be_hidden()
    lab.button("Begin again").click()
    expect(status(lab)).to_contain_text("% done", timeout=PATIENT)
    expect(lab.button("Begin again")).to_be_hidden()
    lab.button("Cancel").click()
    expect(status(lab)).to_contain_text("cancelled")


def test_whoever_cancels_by_keyboard_keeps_the_focus(lab: Lab) -> None:
    opened(lab, "accuracy", LONG)
    expect(status(lab)).to_contain_text("% done", timeout=PATIENT)
    lab.button("Cancel").focus()
    lab.press("Enter")
    expect(lab.button("Begin again")).to_be_focused()
    lab.press("Enter")
    expect(lab.button("Cancel")).to_be_focused(timeout=PATIENT)
    lab.press("Enter")
    expect(lab.button("Begin again")).to_be_focused()


def test_the_focus_stays_when_it_is_over_by_itself(lab: Lab) -> None:
    opened(lab, "accuracy", BRIEF.replace("epochs=2", "epochs=3"))
    lab.button("Cancel").focus()
    done(lab)
    expect(status(lab)).to_be_focused()


def test_two_pages_follow_one_experiment_and_who_leaves_takes_it_from_nobody(lab: Lab) -> None:
    opened(lab, "accuracy", LONG)
    expect(status(lab)).to_contain_text("% done", timeout=PATIENT)
    other = lab.another(lab.page.url)
    other.at(CHOICE).first.click()
    expect(status(other)).to_contain_text("% done")
    assert other.told(f"/api/experiments/accuracy?{LONG}")["followers"] == 2
    other.button("Cancel").click()
    expect(status(other)).to_have_text("You left it; it goes on for others.")
    expect(status(lab)).to_contain_text("% done")
    other.button("Begin again").click()
    expect(status(other)).to_contain_text("% done")
    for page in (other, lab):
        page.button("Cancel").click()
    expect(status(lab)).to_contain_text("cancelled")


def test_a_page_that_waits_says_its_place_and_a_page_that_closes_leaves(lab: Lab) -> None:
    opened(lab, "accuracy", LONG)
    expect(status(lab)).to_contain_text("% done", timeout=PATIENT)
    second = lab.another(lab.page.url.replace("seeds=8", "seeds=9"))
    third = lab.another(lab.page.url.replace("seeds=8", "seeds=10"))
    expect(status(second)).to_have_text("Next in the queue.")
    expect(status(third)).to_contain_text("Place 2 in the queue")
    lab.button("Cancel").click()
    expect(status(third)).to_have_text("Next in the queue.")
    second.page.close()
    lab.watch.pages.remove(second.page)
    expect(status(third)).to_contain_text("% done", timeout=PATIENT)
    third.button("Cancel").click()


def test_who_leaves_the_queue_is_told_so_and_nothing_of_figures(lab: Lab) -> None:
    opened(lab, "accuracy", LONG)
    expect(status(lab)).to_contain_text("% done", timeout=PATIENT)
    waiting = lab.page.url.replace("seeds=8", "seeds=9")
    second, third = lab.another(waiting), lab.another(waiting)
    for page in (second, third):
        expect(status(page)).to_have_text("Next in the queue.")
    second.button("Cancel").click()
    expect(status(second)).to_have_text("You left it; it goes on for others.")
    third.button("Cancel").click()
    expect(status(third)).to_have_text("It was cancelled.")
    lab.button("Cancel").click()
    expect(status(lab)).to_contain_text("cancelled")


def test_figures_of_an_earlier_setting_keep_its_words_its_address_and_its_files(lab: Lab) -> None:
    opened(lab, "accuracy", f"{TINY['accuracy']}&seed={FRESH}")  # neither setting is kept yet
    done(lab)
    places = ("#repeats", "#file-csv", "#file-json")
    told, links = lab.at("#caption").inner_text(), [href(lab, place) for place in places]
    other = lab.another(f"{lab.server.url}/experiments/accuracy?{LONG}")
    expect(status(other)).to_contain_text("% done", timeout=PATIENT)
    lab.button("Epochs: more").click()
    expect(status(lab)).to_have_text("Next in the queue.")
    expect(lab.at("#caption")).to_have_text(f"Figures of the earlier setting: {told}")
    assert [href(lab, place) for place in places] == links
    other.button("Cancel").click()
    done(lab)
    expect(lab.at("#caption")).to_contain_text("After 2 epochs each")
    expect(lab.at("#caption")).not_to_contain_text("earlier")
    assert "epochs=2" in href(lab, "#repeats")


def href(lab: Lab, place: str) -> str:
    return lab.at(place).get_attribute("href") or ""


def test_where_no_seed_gets_to_the_loss_it_is_said_and_nothing_is_drawn(lab: Lab) -> None:
    opened(lab, "sharp", "large=1437&target=0.0001&epochs=1&seeds=2")
    done(lab)
    expect(lab.at("#caption")).to_contain_text("no seed gets to a training loss of 0.0001")
    expect(lab.at("#told")).to_contain_text("there is nothing to compare")
    expect(lab.at(".series-nothing")).to_have_text("There is nothing to draw.")
    expect(lab.at(".series-figure")).to_be_hidden()


# Knobs and addresses.


def test_a_knob_changes_the_address_and_asks_again(lab: Lab) -> None:
    opened(lab, "accuracy", TINY["accuracy"])
    done(lab)
    before = lab.at("#caption").inner_text()
    lab.button("Epochs: more").click()
    lab.until_address({"epochs": "2"})
    expect(lab.at("#caption")).to_contain_text("After 2 epochs each", timeout=PATIENT)
    done(lab)
    lab.at("#knob-batches").fill("16, 64,16")
    lab.at("#knob-batches").press("Enter")
    lab.until_address({"batches": "16,64"})
    expect(lab.at("#knob-batches")).to_have_value("16,64")
    expect(lab.at("#caption")).to_contain_text("at B = 64", timeout=PATIENT)
    lab.press("Tab", "Control+z", "Control+z")
    expect(lab.at("#caption")).to_have_text(before)
    lab.button("Seeds: more").click()
    lab.until_address({"seeds": "3"})
    lab.button("Back to what was opened").click()
    expect(lab.at("#caption")).to_have_text(before)


def test_a_slider_asks_when_it_is_let_go_and_not_before(lab: Lab) -> None:
    wants: list[str] = []
    lab.page.on("websocket", lambda socket: socket.on("framesent", lambda f: wants.append(str(f))))
    opened(lab, "accuracy", TINY["accuracy"])
    done(lab)
    lab.at("#knob-seeds-slider").scroll_into_view_if_needed()
    box = lab.at("#knob-seeds-slider").bounding_box()
    assert box
    lab.page.mouse.move(box["x"] + 4, box["y"] + box["height"] / 2)
    lab.page.mouse.down()
    lab.page.mouse.move(box["x"] + 60, box["y"] + box["height"] / 2, steps=6)
    lab.page.wait_for_timeout(300)
    assert len(wants) == 1
    lab.page.mouse.up()
    lab.until("!location.search.includes('seeds=2')")
    lab.page.wait_for_timeout(300)
    assert len(wants) == 2


def test_bad_knobs_are_named_and_the_default_is_taken(lab: Lab) -> None:
    opened(lab, "time", TINY["time"] + "&eta=x&zzz=1")
    notices = lab.at("#notices")
    expect(notices).to_contain_text("Learning rate η cannot be “x”")
    expect(notices).to_contain_text("Drawn instead: 0.1.")
    expect(notices).to_contain_text("zzz cannot be “1”. Allowed: one of the knobs images, split")
    done(lab)
    lab.at("#knob-batches").fill("0,x")
    lab.at("#knob-batches").press("Enter")
    expect(lab.at("#knob-batches-problem")).to_contain_text(
        "Allowed: whole numbers from 1 to 60000"
    )
    lab.until_address({"batches": "1,50,100"})


def test_a_list_is_read_as_a_chinese_keyboard_writes_it(lab: Lab) -> None:
    opened(lab, "time", TINY["time"])
    done(lab)
    lab.at("#knob-batches").fill("４，16、64")
    lab.at("#knob-batches").press("Enter")
    lab.until_address({"batches": "4,16,64"})
    expect(lab.at("#knob-batches")).to_have_value("4,16,64")
    expect(lab.at("#knob-batches-problem")).to_be_empty()


def test_what_the_server_refuses_is_named_and_what_is_seen_stays(lab: Lab) -> None:
    opened(lab, "accuracy", TINY["accuracy"])
    done(lab)
    seen = lab.at("#caption").inner_text()
    lab.at("#knob-batches").fill("16,60000")
    lab.at("#knob-batches").press("Enter")
    expect(status(lab)).to_contain_text("The server could not begin it")
    expect(status(lab)).to_contain_text("What you see stays.")
    expect(lab.at("#notices")).to_contain_text("Allowed: batch sizes up to 1437 (all examples)")
    expect(lab.at("#caption")).to_have_text(f"Figures of the earlier setting: {seen}")
    lab.button("Undo").click()
    done(lab)
    expect(lab.at("#caption")).to_have_text(seen)
    expect(lab.at("#notices")).to_be_empty()


def test_what_is_refused_at_once_has_nothing_drawn_instead(lab: Lab) -> None:
    opened(lab, "plane", "small=144&large=16", expects=None)
    lab.at(CHOICE).first.click()
    expect(lab.at("#notices")).to_contain_text("Large batch B cannot be “16”")
    expect(lab.at("#notices")).not_to_contain_text("Drawn instead")
    expect(status(lab)).to_have_text(
        "The server could not begin it: what is not allowed stands at the top of the page."
    )
    expect(lab.at("#result")).to_be_hidden()


# Trouble.


def test_what_failed_says_why_and_can_be_begun_again(desk: BrowserContext) -> None:
    with serving('{"experiment": 6}') as server, visiting(desk, server) as lab:
        opened(lab, "accuracy", LONG)
        failed = "It failed: it took longer than 6 seconds; smaller knobs need less."
        expect(status(lab)).to_have_text(failed, timeout=PATIENT)
        expect(lab.at("#chart svg[role=img]")).to_be_visible()
        lab.button("Begin again").click()
        expect(status(lab)).not_to_have_text(failed)
        lab.page.evaluate("sessionStorage.clear()")


def test_a_full_queue_says_so(desk: BrowserContext) -> None:
    with serving('{"waiting": 1}') as server, visiting(desk, server) as lab:
        opened(lab, "accuracy", LONG)
        second, third = (lab.page.url.replace("seeds=8", f"seeds={n}") for n in (9, 10))
        expect(status(lab.another(second))).to_contain_text("Next in the queue")
        refused = lab.another(third)
        expect(status(refused)).to_contain_text("1 experiments are waiting already")
        expect(refused.button("Begin again")).to_be_visible()
        lab.page.evaluate("sessionStorage.clear()")


def test_a_line_that_comes_back_asks_again(desk: BrowserContext) -> None:
    port = free_port()
    with server_at(port) as first:
        visit = visiting(desk, first)
        lab = visit.__enter__()
        lab.watch.expected += ["ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET"]
        opened(lab, "accuracy", LONG)
        expect(status(lab)).to_contain_text("% done", timeout=PATIENT)
        lab.at("#chart .series-dot").first.wait_for()
    expect(lab.at("#line")).to_contain_text("The server is not answering. What you see stays.")
    expect(lab.at("#chart svg[role=img]")).to_be_visible()
    with server_at(port):
        expect(lab.at("#line")).to_be_hidden(timeout=PATIENT)
        expect(status(lab)).to_contain_text("% done", timeout=PATIENT)
        lab.button("Cancel").click()
        expect(status(lab)).to_contain_text("cancelled")
        lab.page.evaluate("sessionStorage.clear()")
        visit.__exit__(None, None, None)


# For everybody.


def test_it_goes_by_keyboard_alone(lab: Lab) -> None:
    opened(lab, "accuracy", TINY["accuracy"], expects=None)
    lab.at("#content").focus()
    lab.press("Tab", "Tab", "Tab", "Enter")
    expect(lab.at(".prediction-told")).to_contain_text("You expected: Both rise")
    done(lab)
    expect(lab.at("#spoken")).to_contain_text("Training accuracy")
    seen = set()
    for _ in range(40):
        lab.press("Tab")
        focus = lab.probe("focus")
        if focus is None:
            break
        assert focus["ring"], focus
        seen.add(focus["html"][:40])
    assert len(seen) > 15
    lab.press("t")
    lab.until("new URLSearchParams(location.search).has('theme')")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_before_and_after(lab: Lab, size: Any) -> None:
    lab.page.set_viewport_size(size)
    for name, query in TINY.items():
        opened(lab, name, query, expects=None)
        done(lab)
        assert not violations(lab)
        expect_something(lab)
        lab.at("details").evaluate_all("all => all.forEach(one => (one.open = true))")
        for theme in ("light", "dark", "projector"):
            lab.at("#pick-theme").select_option(theme)
            assert not violations(lab), (name, theme)


def test_axe_finds_nothing_on_the_list(lab: Lab) -> None:
    lab.page.goto(f"{lab.server.url}/experiments?theme=dark")
    lab.until("witness.ready")
    assert not violations(lab)


@pytest.mark.parametrize("width", [390, 320])
def test_on_a_phone_nothing_sticks_out_and_all_is_under_the_thumb(phone: Lab, width: int) -> None:
    phone.page.set_viewport_size({"width": width, "height": 844})
    for name, query in TINY.items():
        opened(phone, name, query)
        done(phone)
        phone.at("details").evaluate_all("all => all.forEach(one => (one.open = true))")
        for theme in ("light", "projector"):
            phone.at("#pick-theme").select_option(theme)
            assert phone.page.evaluate("document.documentElement.scrollWidth") <= width
            assert phone.probe("outside") == []
            assert phone.probe("small", 43.9) == []
        assert phone.probe("covered") == []
        phone.page.evaluate("sessionStorage.clear()")


CLIPPED = """all => {
    const edge = all[0].getBoundingClientRect();
    const leaves = ({left, right, bottom}) =>
        left < edge.left - 1 || right > edge.right + 1 || bottom > edge.bottom + 1;
    return [...all[0].querySelectorAll("text")]
        .filter((text) => leaves(text.getBoundingClientRect())).map((text) => text.textContent);
}"""


def test_no_title_of_an_axis_is_cut_off_on_a_narrow_phone(phone: Lab) -> None:
    phone.page.set_viewport_size({"width": 320, "height": 844})
    for name, more in (
        ("minima", ""),
        ("sharp", "&chart=loss"),
        ("sharp", "&chart=curvature"),
        ("gradient", ""),
    ):
        opened(phone, name, TINY[name] + more)
        done(phone)
        for theme in ("light", "projector"):
            phone.at("#pick-theme").select_option(theme)
            assert phone.at(".series-figure svg").evaluate_all(CLIPPED) == []
    phone.page.evaluate("sessionStorage.clear()")


def test_in_a_hall_sentence_and_chart_are_seen_together(lab: Lab) -> None:
    lab.page.set_viewport_size({"width": 1280, "height": 720})
    for name in ("time", "accuracy", "gradient", "sharp", "both", "minima"):
        opened(lab, name, TINY[name] + "&theme=projector")
        done(lab)
        lab.until("document.querySelector('.series-figure').getBoundingClientRect().bottom <= 720")
    lab.page.set_viewport_size(DESK)


def test_a_knob_that_the_rule_has_not_is_not_shown(lab: Lab) -> None:
    opened(lab, "gradient", TINY["gradient"] + "&lambda=0.5")
    expect(lab.at("#knob-lambda")).to_be_hidden()
    done(lab)
    expect(lab.at("#repeats")).to_have_text(f"/experiments/gradient?{TINY['gradient']}")
    lab.at("details").evaluate_all("all => all.forEach(one => (one.open = true))")
    lab.at("#knob-rule").select_option("momentum")
    expect(lab.at("#knob-lambda")).to_have_value("0.5")
    expect(lab.at("#knob-lambda")).to_be_visible()


def test_at_every_width_the_page_fits(lab: Lab) -> None:
    opened(lab, "time", TINY["time"])
    done(lab)
    for width in (600, 1024, 1280, 1920):
        lab.page.set_viewport_size({"width": width, "height": 768})
        assert lab.page.evaluate("document.documentElement.scrollWidth") <= width
        assert lab.probe("outside") == []


# From page to page.


def test_the_theme_comes_along_from_page_to_page(lab: Lab) -> None:
    lab.open("theme=projector")
    lab.at(".places a").filter(has_text="Experiments").click()
    expect(lab.at("html")).to_have_attribute("data-theme", "projector")
    assert lab.query == "theme=projector"
    lab.at(".experiment-list a").first.click()
    lab.until("witness.ready")
    expect(lab.at("html")).to_have_attribute("data-theme", "projector")
    lab.button("Show it without a guess").click()
    lab.at("#lecture a").last.click()
    lab.until("witness.drawn.length > 0")
    expect(lab.at("html")).to_have_attribute("data-theme", "projector")
    assert "surface=linear-regression" in lab.query


# Time measured here, in the lab.

MEASURED = "surface=linear-regression&updates=60&axis=time&cost=measured&run=gd&run=gd,batch:1"


def test_the_lab_says_that_nothing_has_been_measured_yet_and_links_to_it(lab: Lab) -> None:
    lab.page.route("**/api/experiments/time-per-update", lambda route: route.fulfill(json=None))
    lab.open(MEASURED)
    expect(lab.at("#cost-words")).to_contain_text("so the axis is serial")
    expect(lab.at("#cost-experiment")).to_be_visible()
    expect(lab.at("#losschart .xtitle")).to_have_text("time (one example takes 1)")


def test_the_lab_draws_time_as_it_was_measured_here(lab: Lab) -> None:
    where = "/api/experiments/time"
    begin = urllib.request.Request(lab.server.url + where, method="POST")
    urllib.request.urlopen(begin, timeout=10).close()
    lab.open(MEASURED.replace("cost=measured&", ""))
    deadline = time.monotonic() + PATIENT / 1000
    while lab.told(where)["state"] != "done":
        assert time.monotonic() < deadline
        time.sleep(0.1)
    lab.choose("cost", "measured")
    lab.until_address({"cost": "measured"})
    seconds = lab.told("/api/experiments/time-per-update")["seconds"]
    expect(lab.at("#cost-words")).to_contain_text(f"B = 1: {seconds[0] * 1e6:.3g} µs")
    title = "time (milliseconds, as measured here)"
    expect(lab.at("#losschart .xtitle")).to_have_text(title)
    longest = "document.querySelector('#losschart .plot')._fullLayout.xaxis.range[1]"
    lab.until(f"{longest} < 1000 * 60 * {seconds[1] * 3}")
    assert lab.page.evaluate(longest) > 1000 * 60 * seconds[0]


def test_every_link_into_the_lab_opens_a_scene_that_nobody_corrects(lab: Lab) -> None:
    for name, query in TINY.items():
        opened(lab, name, query)
        links = lab.at("#lecture a[href^='/?']").all()
        for link in [str(one.get_attribute("href")) for one in links]:
            other = lab.another(lab.server.url + link)
            other.until("witness.drawn.length > 0")
            expect(other.at("#notices")).to_be_empty()
            other.page.close()
            lab.watch.pages.remove(other.page)
        lab.page.evaluate("sessionStorage.clear()")

"""A scene is an address: shared, reloaded or mistyped, it always gives a page."""

import json
import urllib.error
import urllib.request
from urllib.parse import quote

from playwright.sync_api import expect

from tests.browser.lab import Lab, received

RICH = (
    "surface=logistic-regression&start=1.5,-2.25&examples=31&data=5&shuffle=once&seed=11"
    "&updates=240&lambda=0.8&batch=7&schedule=cosine&run=gd&run=momentum,lambda:0.5&run=adam,beta1:0.8"
)


def shown(lab: Lab) -> dict[str, object]:
    """Everything on the page that comes from the numbers."""
    return {
        "scene": lab.scene,
        "readout": lab.readout,
        "cards": lab.cards,
        "caption": lab.at("#caption").inner_text(),
        "table": lab.numbers,
        "balls": lab.balls,
        "numbers": received(lab.watch.answers),
    }


def test_a_shared_link_and_a_reload_give_identical_numbers(lab: Lab) -> None:
    lab.watch.listens = True
    lab.open(RICH)
    lab.at("#knob-eta").fill("0.04")
    lab.at("#knob-eta").press("Enter")
    lab.until_address({"eta": "0.04"})
    lab.at("#time-scrub").fill("77")
    lab.until_address({"at": "77"})
    lab.button("Share").click()
    link = lab.at("#share-address").input_value()
    expect(lab.at("#share-said")).not_to_be_empty()
    lab.at("#share-dialog").get_by_role("button", name="Close").click()
    before = shown(lab)
    lab.watch.answers.clear()
    assert shown(lab.another(link)) == before
    lab.watch.answers.clear()
    lab.again()
    assert shown(lab) == before


BAD = {
    "eta=NaN&lambda=9e99&surface=zzz": ["Learning rate η", "Momentum λ", "Surface"],
    "surface=himmelblau&updates=1000000000&run=gd": ["Updates"],
    "start=Infinity,0&spread=-1&examples=0": ["Start θ⁰", "Spread", "Examples N"],
    "run=gd&run=sgd&run=gd,batch:99&run=adam,beta3:1": [
        "run",
        "Batch size B",
        "A knob of",
    ],
    "view=4d&axis=hours&theme=pink&at=-1": ["View", "Axis of the chart", "Theme", "Playhead"],
    "eta=0.1&eta=0.2": ["Learning rate η"],
    "noise=<script>alert(1)</script>&run=gd": ["Noise"],
    "eta=%F0%9F%A6%86&flavour=red&run=gd": ["Learning rate η", "flavour"],
    "start=1e9,1e9&run=gd": ["Start θ⁰"],
    "examples=200&updates=100000" + "&run=gd" * 8: ["Updates"],
    "surface=two-valleys" + "&run=gd" * 12: ["run"],
    "shuffle=replacement&run=gd": ["Shuffle"],
    "seed=" + "9" * 24_001: ["address"],
    "=&&&==&?": [""],
}


ELSEWHERE = "surface=hill&run=adam"


def test_any_address_gives_a_page_that_names_what_was_wrong(lab: Lab) -> None:
    for query, names in BAD.items():
        if lab.page.url == "about:blank":
            lab.open(query)
        else:
            lab.visit(ELSEWHERE)
            lab.until_drawn({"surface": "hill", "run": "adam"})
            lab.visit(query)
            lab.until(f"witness.drawn.at(-1).scene !== '{ELSEWHERE}'")
        expect(lab.at(".run-outcome").first).not_to_be_empty()
        lab.until_balls()
        lines = lab.at("#notices li").all_inner_texts()
        for name in names:
            line = next((line for line in lines if line.startswith(name)), "")
            assert "cannot be “" in line, f"{name} is not named in {lines} for {query[:80]}"
            assert "Allowed: " in line
        assert len(lines) >= len(problems_of(lab, query))
        lab.button("Close this notice").click()
        expect(lab.at(".notice")).to_have_count(0)


def problems_of(lab: Lab, query: str) -> list[dict[str, str]]:
    """What the API says of the same address."""
    try:
        urllib.request.urlopen(f"{lab.server.url}/api/paths?{quote(query, safe='=&,:%')}")
    except urllib.error.HTTPError as refusal:
        return list(json.load(refusal)["problems"])
    return []


def test_a_bad_address_says_what_is_drawn_instead(lab: Lab) -> None:
    lab.open("surface=himmelblau&eta=NaN&lambda=2&run=gd")
    notice = lab.at("#notices").inner_text()
    assert "Learning rate η cannot be “NaN”. Allowed: a number from 1e-9 to 100." in notice
    eta = lab.told("/api/surfaces/himmelblau")["eta"]
    assert f"Drawn instead: {eta}." in notice
    assert "Drawn instead: 0.9." in notice
    assert lab.scene == "surface=himmelblau&run=gd"


def test_a_good_address_gives_no_notice(lab: Lab) -> None:
    lab.open(RICH)
    expect(lab.at("#notices")).to_be_empty()
    assert lab.scene == RICH


def test_going_back_to_a_bad_address_names_it_again(lab: Lab) -> None:
    lab.open("surface=two-valleys&eta=NaN&run=gd")
    lab.choose_surface("hill")
    lab.until_drawn({"surface": "hill"})
    lab.until_address({"surface": "hill"})
    lab.button("Close this notice").click()
    lab.page.go_back()
    lab.until_drawn({"surface": "two-valleys"})
    expect(lab.at("#notices")).to_contain_text("Learning rate η")

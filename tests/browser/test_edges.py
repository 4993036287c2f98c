"""Limits of η: on its sliders, aloud, on the cards, and in the words of a run that diverged."""

from playwright.sync_api import expect

from tests.browser.lab import Lab

SLIDER = "#knob-eta-slider"
NOTES = "#shared-knobs [data-knob-name=eta] .knob-notes"
LISTEN = """() => {
    const send = WebSocket.prototype.send;
    window.asked = [];
    WebSocket.prototype.send = function (text) {
        asked.push(JSON.parse(text).want);
        return send.call(this, text);
    };
}"""


def limit(lab: Lab, rule: str, momentum: float) -> str:
    """As the page writes what the API says."""
    address = "/api/surfaces/long-valley/stability?condition=20&point=0,0"
    told = lab.told(f"{address}&lambda={momentum}")
    return f"{told['rules'][rule]['limit']:.3g}"


def test_the_limit_stands_on_the_slider_and_moves_with_momentum(lab: Lab) -> None:
    lab.open("surface=long-valley&condition=20&run=momentum")
    words = f"stable below {limit(lab, 'momentum', 0.9)}"
    expect(lab.at(NOTES)).to_have_text(f"η {words} at M1")
    expect(lab.at(SLIDER)).to_have_attribute(
        "aria-valuetext", f"learning rate 0.04, η {words} at M1"
    )
    before = lab.at("#shared-knobs .knob-mark").bounding_box()
    lab.at("#knob-lambda").fill("0.5")
    lab.at("#knob-lambda").press("Enter")
    expect(lab.at(NOTES)).to_have_text(f"η stable below {limit(lab, 'momentum', 0.5)} at M1")
    after = lab.at("#shared-knobs .knob-mark").bounding_box()
    assert before is not None
    assert after is not None
    assert after["x"] < before["x"] - 2


def test_the_mark_stands_where_the_slider_would(lab: Lab) -> None:
    """With η set to the limit the thumb covers the mark."""
    at = 2 / 20
    lab.open(f"surface=long-valley&condition=20&eta={at}&run=gd")
    expect(lab.at(NOTES)).to_have_text("η stable below 0.1 at M1")
    mark, track = (
        lab.at(f"#shared-knobs {p}").first.bounding_box() for p in (".knob-mark", SLIDER)
    )
    part = lab.page.evaluate(
        "({min, max, value}) => (value - min) / (max - min)",
        lab.page.evaluate(
            f"(() => {{ const {{min, max, value}} = document.querySelector('{SLIDER}');"
            "return {min: +min, max: +max, value: +value}; })()"
        ),
    )
    assert mark is not None
    assert track is not None
    thumb = 22
    middle = track["x"] + thumb / 2 + part * (track["width"] - thumb)
    assert abs(mark["x"] + mark["width"] / 2 - middle) < 1.5


def test_of_several_runs_the_first_to_be_thrown_out_is_named_and_each_card_has_its_own(
    lab: Lab,
) -> None:
    lab.open("surface=linear-regression&run=gd,batch:1&run=momentum,eta:0.1&run=adam")
    told = lab.told("/api/surfaces/linear-regression/stability?point=0.82,0.52&batch=1")
    gd, momentum = (told["rules"][rule] for rule in ("gd", "momentum"))
    noisy = f"with batches of 1 below {gd['noisy']:.3g}"
    expect(lab.at(NOTES)).to_have_text(
        f"stable below {gd['limit']:.3g} (Gradient descent at M1){noisy}"
    )
    expect(lab.at("#runs li").nth(0)).to_contain_text(noisy)
    expect(lab.at("#runs li").nth(1)).to_contain_text(f"η stable below {momentum['limit']:.3g}")
    expect(lab.at("#runs li").nth(2)).not_to_contain_text("stable below")
    lab.at("#run-1-own").click()
    expect(lab.at("#run-1-eta-slider")).to_have_attribute(
        "aria-valuetext", f"learning rate 0.1, η stable below {momentum['limit']:.3g} at M1"
    )


def test_a_run_that_diverged_says_whether_eta_was_above_its_limit(lab: Lab) -> None:
    lab.open("surface=himmelblau&eta=0.05&run=gd&run=momentum,eta:0.04&run=gd,eta:0.003")
    at = next(run["at"] for run in lab.paths() if run["outcome"] == "minimum")
    told = lab.told(f"/api/surfaces/himmelblau/stability?point={at[0]},{at[1]}")["rules"]
    limits = {rule: f"{told[rule]['limit']:.3g}" for rule in ("gd", "momentum")}
    runs = lab.paths()
    expect(lab.at(".run-outcome").nth(0)).to_have_text(
        f"diverged at update {runs[0]['diverged']}: η is above 2/λmax = {limits['gd']} at M2"
    )
    expect(lab.at(".run-outcome").nth(1)).to_have_text(
        f"diverged at update {runs[1]['diverged']}: η is below 2(1 + λ)/λmax = "
        f"{limits['momentum']} at M2: it was thrown out on the way"
    )


def test_while_the_rate_is_dragged_nothing_is_asked_about_limits(lab: Lab) -> None:
    lab.open("surface=long-valley&condition=20&run=momentum")
    expect(lab.at(NOTES)).to_contain_text("stable below")
    lab.page.evaluate(LISTEN)
    for _ in range(5):
        lab.at(SLIDER).press("ArrowLeft")
        lab.page.wait_for_timeout(100)
    wants = lab.page.evaluate("asked")
    assert "paths" in wants
    assert "stability" not in wants

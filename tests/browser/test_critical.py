"""Critical points are marked and listed, the Hessian is told anywhere, a saddle can be left."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.lab import Lab, loss, number
from tests.browser.test_access import THEMES, violations

HAND = "#stage-2d .stage-hand"
WORDS = """([...document.querySelectorAll('#stage-2d canvas')].at(-1).picture?.words ?? [])
    .map(({text}) => text)"""


def opened(lab: Lab, query: str) -> Lab:
    """The page with the table of critical points folded out and filled."""
    lab.open(query)
    lab.at("#critical summary").click()
    lab.at(".critical-go").first.wait_for()
    return lab


def chosen(lab: Lab, name: str) -> None:
    lab.at(f"#go-{name}").click()
    expect(lab.at(".hessian-title")).to_contain_text(f"{name} (")


def rows(lab: Lab) -> list[list[str]]:
    found = lab.at(".critical-table tbody tr").all_inner_texts()
    return [[cell.strip() for cell in row.split("\t")] for row in found]


def told_points(lab: Lab, surface: str) -> list[dict[str, Any]]:
    return list(lab.told(f"/api/surfaces/{surface}/critical-points"))


def test_every_point_of_the_surface_stands_in_the_table_and_on_the_stage(lab: Lab) -> None:
    opened(lab, "surface=himmelblau&run=gd")
    points = told_points(lab, "himmelblau")
    table = rows(lab)
    assert len(table) == len(points) == 9
    for row, point in zip(table, points, strict=True):
        assert point["kind"] in row[0]
        place = [number(part) for part in row[1].strip("()").split(", ")]
        assert place == pytest.approx(point["at"], rel=5e-3, abs=1e-9)
        curvatures = [number(cell) for cell in row[3:]]
        assert curvatures == pytest.approx(point["eigenvalues"], rel=5e-3)
    names = [row[0].split()[0] for row in table]
    assert sorted(names) == ["M1", "M2", "M3", "M4", "S1", "S2", "S3", "S4", "X1"]
    lab.until_words(*names)
    for name, point in zip(names, points, strict=True):
        [label] = [one for one in lab.stage_labels if one["text"] == name]
        x, y = lab.pixels(point["at"])
        assert abs(label["x"] - x) < 40
        assert abs(label["y"] - y) < 40


def test_a_few_points_have_words_and_hundreds_only_signs(lab: Lab) -> None:
    opened(lab, "surface=two-valleys&run=gd")
    lab.until_words("M1 minimum", "M2 minimum", "S1 saddle")
    opened(lab, "surface=rastrigin&run=gd")
    assert len(rows(lab)) == len(told_points(lab, "rastrigin")) > 400
    assert not [word for word in lab.stage_words if re.match("[MSXF][0-9]", word)]
    chosen(lab, "S7")
    lab.until_words("S7")


def test_the_toy_networks_minima_are_two_curves_with_one_label_each(lab: Lab) -> None:
    opened(lab, "surface=toy-network&run=gd")
    assert [row[0] for row in rows(lab)] == [
        "M1 valley of minima",
        "M2 valley of minima",
        "S1 saddle",
    ]
    lab.until_words("M1 valley of minima")
    assert lab.stage_words.count("M1 valley of minima") == 1
    curves = [point["curve"] for point in told_points(lab, "toy-network")]
    assert [bool(curve) for curve in curves] == [True, True, False]
    chosen(lab, "M1")
    expect(lab.at(".hessian-verdict")).to_contain_text("valley")


def test_where_the_hessian_is_zero_it_cannot_decide_and_the_loss_falls_for_ever(lab: Lab) -> None:
    opened(lab, "surface=monkey-saddle&run=gd")
    expect(lab.at(".critical-words")).to_contain_text("falls without end")
    chosen(lab, "F1")
    expect(lab.at(".hessian-verdict")).to_have_text(
        "Flat: the Hessian is zero here and cannot decide."
    )
    expect(lab.at(".escape")).to_be_hidden()


def test_the_card_tells_matrix_curvatures_and_verdict_of_a_saddle(lab: Lab) -> None:
    opened(lab, "surface=two-valleys&run=gd")
    chosen(lab, "S1")
    expect(lab.at(".hessian-verdict")).to_have_text("A saddle: down along u₁.")
    expect(lab.at(".hessian-card")).to_contain_text("curves up by 1 along u₂, down by 1 along u₁")
    assert lab.at(".matrix mn").all_text_contents() == ["−0.28", "−0.96", "−0.96", "0.28"]
    assert float(lab.at(".hessian-scale mn").text_content() or "") > 0.1
    lab.until_words("u₁ −", "−", "u₂ +", "+")
    chosen(lab, "M1")
    lab.until_words("u₁", "u₂")
    lab.at("#critical summary").click()
    expect(lab.at("#critical")).not_to_have_attribute("open", "")
    lab.until(f"!{WORDS}.includes('u₁')")
    assert "u₁" not in lab.stage_words


def test_a_flat_loss_is_seen_to_be_a_saddle(lab: Lab) -> None:
    """Misconception 4: gradient descent beside the ridge stands still at update 300, and leaves."""
    opened(lab, "surface=two-valleys&start=-0.72,0.960000002&at=300&run=gd")
    expect(lab.at(".hessian-title")).to_contain_text("Gradient descent, update 300")
    expect(lab.at(".hessian-verdict")).to_have_text("Not a critical point.")
    expect(lab.at(".hessian-near")).to_contain_text("Flat loss, but a saddle: S1 is only")
    expect(lab.at(".hessian-card")).to_contain_text("down by 1 along u₁")


def test_the_card_follows_the_playhead_and_the_chosen_run(lab: Lab) -> None:
    opened(lab, "surface=himmelblau&run=gd&run=momentum")
    lab.at("#time-scrub").fill("3")
    expect(lab.at(".hessian-title")).to_contain_text("Gradient descent, update 3,")
    lab.at("#run-1-select").click()
    expect(lab.at(".hessian-title")).to_contain_text("Momentum, update 3,")
    [_, momentum] = lab.paths()
    x, y = momentum["theta"][3]
    told = lab.told(f"/api/surfaces/himmelblau/point?point={x},{y}")
    expect(lab.at(".matrix mn").first).to_have_text(
        f"{told['hessian'][0][0]:.3g}".replace("-", "−")
    )


def test_the_end_of_a_path_is_the_critical_point_it_reached(lab: Lab) -> None:
    """With fewer digits than the path has, the gradient there would not be zero."""
    opened(lab, "surface=himmelblau&run=gd")
    expect(lab.at(".hessian-title")).to_contain_text("update 300,")
    expect(lab.at(".hessian-verdict")).to_have_text("A minimum: up in every direction.")
    expect(lab.at(".hessian-title")).to_contain_text(f"loss {loss(lab.paths()[0]['loss'][-1])}")


def test_the_pointer_and_two_boxes_choose_any_point(lab: Lab) -> None:
    opened(lab, "surface=himmelblau&run=gd")
    lab.at("input[name=hessian-at][value=pointer]").check(force=True)
    lab.at("#hessian-own-0").fill("3")
    lab.at("#hessian-own-0").press("Tab")
    lab.at("#hessian-own-1").fill("2")
    lab.at("#hessian-own-1").press("Enter")
    expect(lab.at(".hessian-title")).to_have_text("(3, 2): loss 0")
    expect(lab.at(".hessian-verdict")).to_have_text("A minimum: up in every direction.")
    box = lab.at(HAND).bounding_box()
    assert box
    before = lab.query
    lab.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(lab.at(".hessian-title")).not_to_contain_text("(3, 2)")
    assert lab.query == before


def test_c_goes_from_point_to_point_and_rows_are_buttons(lab: Lab) -> None:
    lab.open("surface=two-valleys&run=gd")
    lab.until(f"{WORDS}.includes('S1 saddle')")
    lab.at("#content").focus()
    lab.press("c")
    expect(lab.at("#critical")).to_have_attribute("open", "")
    expect(lab.at(".hessian-title")).to_contain_text("M1 (")
    lab.press("c", "c")
    expect(lab.at(".hessian-title")).to_contain_text("S1 (0, 0)")
    expect(lab.at("#spoken")).to_contain_text("S1, saddle at (0, 0), loss 0.25")
    lab.press("c")
    expect(lab.at(".hessian-title")).to_contain_text("M1 (")
    lab.at("#go-M2").focus()
    lab.press("Enter")
    expect(lab.at(".hessian-title")).to_contain_text("M2 (")


def test_one_step_along_u_and_gradient_descent_runs_down(lab: Lab) -> None:
    opened(lab, "surface=himmelblau&run=momentum")
    chosen(lab, "S1")
    expect(lab.at(".escape-words")).to_contain_text("In fact the loss changes by −")
    assert lab.at(".escape-words").inner_text().count("−") == 3
    lab.button("Start here, one step along u₁").click()
    lab.until_drawn({"run": ["momentum", "gd"]})
    saddle = next(p for p in told_points(lab, "himmelblau") if p["kind"] == "saddle")
    x, y = saddle["at"]
    told = lab.told(f"/api/escape?surface=himmelblau&run=gd&point={x},{y}&length=0.14")
    [_, plain] = lab.paths()
    assert plain["theta"][0] == pytest.approx(told["to"], abs=1e-12)
    assert plain["outcome"] == "minimum"
    assert plain["loss"][0] < saddle["loss"]
    expect(lab.at(".escape-told")).to_contain_text("reached a minimum")


def test_exactly_on_the_saddle_gradient_descent_stays(lab: Lab) -> None:
    opened(lab, "surface=two-valleys&run=gd")
    chosen(lab, "S1")
    lab.button("Start exactly on S1").click()
    lab.until_drawn({"start": "0,0"})
    expect(lab.at(".escape-told")).to_contain_text("has not moved: the gradient is zero")
    [path] = lab.paths()
    assert path["theta"][-1] == [0, 0]


def test_a_longer_step_is_predicted_anew(lab: Lab) -> None:
    opened(lab, "surface=two-valleys&run=gd")
    chosen(lab, "S1")
    words = lab.at(".escape-words")
    expect(words).to_contain_text("−0.00125")
    lab.at("#escape-length").fill("0.2")
    lab.at("#escape-length").press("Enter")
    expect(words).to_contain_text("s² = −0.02,")
    expect(words).to_contain_text("changes by −0.0196")
    lab.at("#escape-length-slider").focus()
    lab.press("ArrowRight")
    expect(lab.at("#escape-length")).not_to_have_value("0.2")


def test_noise_moves_the_points_with_the_drawn_loss(lab: Lab) -> None:
    opened(lab, "surface=two-valleys&run=gd")
    assert rows(lab)[2][2] == "0.25"
    lab.at("#knob-spread").fill("0.4")
    lab.at("#knob-spread").press("Enter")
    lab.until("document.querySelectorAll('.critical-table td')[9].textContent !== '0.25'")
    point = next(
        p
        for p in lab.told("/api/surfaces/two-valleys/critical-points?spread=0.4")
        if p["kind"] == "saddle"
    )
    assert number(rows(lab)[2][2]) == pytest.approx(point["loss"], rel=5e-3)


def test_another_surface_keeps_nothing_of_the_old_ones_points(lab: Lab) -> None:
    opened(lab, "surface=two-valleys&run=gd")
    chosen(lab, "S1")
    lab.choose_surface("long-valley")
    lab.until("document.querySelectorAll('.critical-go').length === 1")
    expect(lab.at(".hessian-title")).to_contain_text("Gradient descent, update")
    assert "S1 saddle" not in lab.stage_words


def test_in_space_the_points_have_their_letters_too(lab: Lab) -> None:
    lab.page.set_viewport_size({"width": 800, "height": 600})
    lab.open("surface=toy-network&view=3d&run=gd")
    plot = "document.querySelector('#stage-3d .plot')"
    lab.until(f"{plot}?._fullLayout?.scene?.annotations?.length === 3")
    texts = lab.page.evaluate(f"{plot}._fullLayout.scene.annotations.map(({{text}}) => text)")
    assert texts == ["M1 valley of minima", "M2 valley of minima", "S1 saddle"]
    symbols = lab.page.evaluate(f"{plot}.data.at(-2).marker.symbol")
    assert symbols == ["circle", "circle", "diamond"]
    assert lab.page.evaluate(f"{plot}.data.at(-1).x.length") > 20


def test_a_cut_from_the_card_opens_the_view_in_one_dimension(lab: Lab) -> None:
    opened(lab, "surface=two-valleys&run=gd")
    chosen(lab, "S1")
    lab.button("Cut along u₁").click()
    lab.until_address({"view": "1d", "cut": "-2,-1.5,2,1.5"})
    expect(lab.at("#profile-words")).to_contain_text("Cut from (−2, −1.5) to (2, 1.5).")
    chosen(lab, "M1")
    lab.button("Cut through the start and M1").click()
    lab.until("!location.search.includes('cut=-2,-1.5,2,1.5')")
    lab.again()
    expect(lab.at("#profile-words")).to_contain_text("Cut from (")


def test_axe_finds_nothing_in_the_card_in_any_theme(lab: Lab) -> None:
    opened(lab, "surface=himmelblau&run=gd")
    chosen(lab, "S1")
    for theme in THEMES:
        lab.at("#pick-theme").select_option(theme)
        lab.until_address({"theme": theme})
        assert not violations(lab), theme
    lab.at("input[name=hessian-at][value=pointer]").check(force=True)
    assert not violations(lab)

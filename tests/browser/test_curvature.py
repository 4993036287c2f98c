"""λmax along the paths: a panel that opens by the address, its chart, its words and its table."""

import pytest
from playwright.sync_api import expect

from tests.browser.lab import Lab
from tests.browser.test_access import violations

SCENE = "surface=toy-network&start=2.2,0.2&updates=60&run=gd,eta:0.05&run=gd,eta:0.35"


def test_the_panel_tells_where_runs_are_stable(lab: Lab) -> None:
    lab.open(f"{SCENE}&edge=1")
    words = lab.at("#curvature li").filter(has_text="λmax")
    expect(words.nth(0)).to_contain_text("stays below 2/η = 40: stable all the way")
    expect(words.nth(1)).to_contain_text("is above 2/η = 5.71 until update 3")
    rows = lab.at("#curvature tbody tr")
    expect(rows).to_have_count(2)
    at = lab.paths()[1]["theta"][-1]
    sharp = lab.told(f"/api/surfaces/toy-network/sharpness?point={at[0]},{at[1]}")["curvature"]
    assert f"{sharp:.3g}" in rows.nth(1).inner_text().split("\t")
    assert not violations(lab)


def test_it_opens_and_closes_by_hand_and_keeps_to_the_address(lab: Lab) -> None:
    lab.open("surface=himmelblau&run=gd&run=adam")
    lab.at("#curvature summary").click()
    lab.until("location.search.includes('edge=1')")
    expect(lab.at("#curvature tbody tr")).to_have_count(2)
    lab.at("#run-1-select").wait_for()
    lab.again()
    expect(lab.at("#curvature")).to_contain_text("There is no line for this rule")
    lab.at("#curvature summary").click()
    lab.until("!location.search.includes('edge=')")


def test_lines_stand_in_the_runs_colours_and_follow_eta_and_the_playhead(lab: Lab) -> None:
    lab.open(f"{SCENE}&edge=1")
    paths = lab.at(".curvature-path")
    expect(paths).to_have_count(2)
    assert [paths.nth(k).get_attribute("stroke") for k in range(2)] == ["#0072B2", "#D55E00"]
    assert paths.nth(0).get_attribute("stroke-dasharray") != paths.nth(1).get_attribute(
        "stroke-dasharray"
    )
    here = lab.at(".curvature-playhead").get_attribute("x1")
    lab.at("#time-first").click()
    expect(lab.at(".curvature-playhead")).not_to_have_attribute("x1", here or "")
    lab.visit(f"{SCENE.replace('0.35', '0.25')}&edge=1")
    expect(lab.at("#curvature")).to_contain_text("2/η = 8")


@pytest.mark.parametrize("rule", ["gd", "momentum", "nesterov"])
def test_on_a_quadratic_the_measured_rate_stands_beside_theory(lab: Lab, rule: str) -> None:
    lab.open(f"surface=long-valley&edge=1&run={rule}")
    words = lab.at("#curvature li").filter(has_text="In every update")
    expect(words).to_have_count(1)
    cells = lab.at("#curvature tbody tr").inner_text().split("\t")
    assert abs(float(cells[-1]) - float(cells[-2])) < 0.002

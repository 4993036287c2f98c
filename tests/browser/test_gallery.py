"""The gallery: every surface by its picture, with its own start, rate and words."""

import pytest
from playwright.sync_api import expect

from tests.browser.lab import Lab, number

RANGE = "document.querySelector('#stage-2d .plot')._fullLayout.xaxis.range"
AXES = """plot => [plot._fullLayout.xaxis, plot._fullLayout.yaxis].map(({ range, _length }) =>
    [...range, _length / (range[1] - range[0])])"""


def test_every_surface_brings_its_start_its_rate_and_its_words(lab: Lab) -> None:
    lab.open("surface=two-valleys&eta=0.01&updates=50&start=1,1&run=gd&run=momentum")
    lab.at(".more summary").click()
    told = set()
    for row in reversed(lab.told("/api/surfaces")):
        lab.choose_surface(row["name"])
        scene = lab.until_drawn({"surface": row["name"]})
        assert scene == f"surface={row['name']}&run=gd&run=momentum"
        expect(lab.at(".tile:has(:checked)")).to_have_text(row["label"])
        assert float(lab.at("#knob-eta").input_value()) == row["eta"]
        assert float(lab.at("#knob-updates").input_value()) == row["updates"]
        start = [float(lab.at(f"#knob-start-{axis}").input_value()) for axis in (0, 1)]
        assert start == row["start"]
        expect(lab.at("#surface-words")).to_contain_text(row["why"])
        for name in row["parameters"]:
            expect(lab.page.get_by_role("slider", name=f"Start {name}", exact=True)).to_be_visible()
        told.add(lab.at(".surface-formula").text_content())
    assert len(told) == len(lab.told("/api/surfaces"))


def test_every_picture_is_painted(lab: Lab) -> None:
    lab.open()
    lab.at(".more summary").click()
    lab.until("probes.unpainted().length === 0")
    assert lab.at(".tile canvas").count() == len(lab.told("/api/surfaces"))


def test_a_calibrated_constant_is_shown_for_the_scenes_own_examples(lab: Lab) -> None:
    lab.open("surface=canyon-and-basin&run=gd")
    shown = lab.at(".surface-constant")
    expect(shown).to_contain_text("a = ")
    first = number(shown.inner_text().removeprefix("a = "))
    lab.at("#knob-spread").fill("0.3")
    lab.at("#knob-spread").press("Enter")
    expect(shown).not_to_have_text(f"a = {first:g}")


def test_the_stage_shows_the_domain_with_equal_units_on_both_axes(lab: Lab) -> None:
    lab.open()
    for row in lab.told("/api/surfaces")[:9]:
        lab.choose_surface(row["name"])
        (left, right), (low, high) = row["domain"]
        plot = "document.querySelector('#stage-2d .plot')"
        middle = (
            f"({left} + {right}) / 2 - {plot}._fullLayout.xaxis.range.reduce((a, b) => a + b) / 2"
        )
        lab.until(f"Math.abs({middle}) < 1e-9")
        lab.until("document.querySelector('#stage-2d .stage-hand').offsetWidth > 0")
        (x0, x1, across), (y0, y1, up) = lab.at("#stage-2d .plot").evaluate(AXES)
        assert across == pytest.approx(up, rel=1e-3)
        assert x0 <= left + 1e-9 < right - 1e-9 <= x1
        assert y0 <= low + 1e-9 < high - 1e-9 <= y1
        lab.until("probes.coveredTicks().length === 0")

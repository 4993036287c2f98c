"""Flat or sharp: a test beside the training, moved by hand or of fresh examples."""

from playwright.sync_api import expect

from tests.browser.lab import Lab
from tests.browser.test_access import violations

SCENE = "surface=canyon-and-basin&spread=0.2&run=gd"


def rows(lab: Lab) -> list[list[str]]:
    return [row.split("\t") for row in lab.at("#flatness tbody tr").all_inner_texts()]


def shift(lab: Lab) -> list[float]:
    part = next(part for part in lab.query.split("&") if part.startswith("shift="))
    return [float(value) for value in part.removeprefix("shift=").split(",")]


def test_opened_it_moves_the_test_and_tells_the_numbers_of_the_api(lab: Lab) -> None:
    lab.open(SCENE)
    lab.at("#flatness summary").click()
    lab.at("#flatness-shift-1").fill("0.18")
    lab.at("#flatness-shift-1").press("Enter")
    lab.until("location.search.includes('shift=0.18,0')")
    told = [
        lab.told(f"/api/surfaces/canyon-and-basin/test-loss?spread=0.2&point={x},0&shift=0.18,0")
        for x in (1.2, -1.6)
    ]
    expect(lab.at("#flatness tbody tr").first).to_contain_text(f"{told[0]['test']:.2g}"[:4])
    losses = [float(row[3]) for row in rows(lab)]
    assert [abs(loss - one["test"]) < 0.01 for loss, one in zip(losses, told, strict=True)]
    expect(lab.at(".flatness-words").first).to_contain_text("The sharpest minimum, M1, pays")
    before = rows(lab)
    lab.again()
    expect(lab.at("#flatness tbody tr")).to_have_count(2)
    assert rows(lab) == before


def test_the_test_is_dragged_by_mouse_and_by_keys_and_drawn_afresh(lab: Lab) -> None:
    lab.open(f"{SCENE}&shift=0.1,0.02")
    figure = lab.at(".flatness-figure")
    expect(figure.locator("path.flatness-test")).to_have_count(1)
    figure.scroll_into_view_if_needed()
    box = figure.bounding_box()
    assert box is not None
    lab.page.mouse.move(box["x"] + 200, box["y"] + 80)
    lab.page.mouse.down()
    lab.page.mouse.move(box["x"] + 260, box["y"] + 80, steps=4)
    lab.page.mouse.up()
    lab.until("!location.search.includes('shift=0.1,')")
    moved = shift(lab)
    assert moved[0] > 0.3
    assert moved[1] == 0.02  # beside the cut it stays
    figure.focus()
    figure.press("ArrowLeft")
    lab.until(f"!location.search.includes('shift={moved[0]},')")
    assert 0 < moved[0] - shift(lab)[0] < 0.1
    figure.press("Home")
    lab.until("location.search.includes('shift=0,0.02')")
    lab.at("#flatness input[value=fresh]").check()
    lab.until("location.search.includes('fresh=3')")
    lab.button("New examples").click()
    lab.until("location.search.includes('fresh=4') && !location.search.includes('shift')")
    told = lab.told("/api/surfaces/canyon-and-basin/test-loss?spread=0.2&point=-1.6,0&fresh=4")
    expect(lab.at("#flatness tbody tr").nth(1)).to_contain_text(f"{told['test']:.3g}")
    assert not violations(lab)
    lab.at("#flatness summary").click()
    lab.until("!location.search.includes('fresh')")

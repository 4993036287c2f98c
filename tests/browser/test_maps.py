"""The map of two knobs: cells of the API, a marker that turns the sliders, zoom, words, table."""

from playwright.sync_api import expect

from tests.browser.lab import Lab
from tests.browser.test_access import violations

SCENE = "surface=long-valley&updates=200&run=momentum"
SIDES = "eta:0.001..0.3,lambda:0..0.99"


def test_the_map_tells_cells_of_the_api_and_its_marker_turns_the_knobs(lab: Lab) -> None:
    lab.open(f"{SCENE}&map={SIDES}")
    expect(lab.at(".map-progress")).to_have_text("16,384 cells")
    told = lab.told(f"/api/map?{SCENE}&x=eta:0.001..0.3&y=lambda:0..0.99&resolution=128")
    row = lab.at("#map tbody tr").last.all_inner_texts()[0].split("\t")
    assert row[0] == "0"
    outcome, updates = told["outcome"][0][-1], told["updates"][0][-1]
    assert outcome == "diverged"
    assert row[-1] == f"diverged, {updates}"
    expect(lab.at(".map-words").last).to_contain_text("Fastest: η =")
    settled = [
        count
        for line, kinds in zip(told["updates"], told["outcome"], strict=True)
        for count, kind in zip(line, kinds, strict=True)
        if kind == "minimum" and count is not None
    ]
    expect(lab.at(".map-words").last).to_contain_text(f"{min(settled)} updates")
    hand = lab.at(".map-hand")
    hand.scroll_into_view_if_needed()
    box = hand.bounding_box()
    assert box is not None
    lab.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    lab.page.mouse.down()
    lab.page.mouse.move(box["x"] + box["width"] / 4, box["y"] + box["height"] / 4, steps=4)
    lab.page.mouse.up()
    lab.until("location.search.includes('&eta=') && location.search.includes('&lambda=0.7')")
    before = lab.query
    hand.focus()
    hand.press("ArrowRight")
    lab.until(f"location.search !== '?{before}'")
    expect(lab.at(".map-words").last).to_contain_text("The scene's own cell: still travelling")
    assert not violations(lab)


def test_it_zooms_by_key_changes_by_list_and_closes(lab: Lab) -> None:
    lab.open("surface=two-valleys&run=momentum")
    lab.at("#map summary").click()
    lab.until("location.search.includes('map=eta:')")
    before = lab.query
    lab.at(".map-hand").focus()
    lab.at(".map-hand").press("+")
    lab.until(f"location.search !== '?{before}'")
    lab.at("#map-sides").select_option("start1:start2")
    lab.until("location.search.includes('map=start1:-2..2,start2:-1.5..1.5')")
    expect(lab.at("#map thead th").first).to_have_text("−2")
    lab.again()
    expect(lab.at("#map thead th").first).to_have_text("−2")
    lab.at("#map summary").click()
    lab.until("!location.search.includes('map=')")

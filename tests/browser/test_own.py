"""A formula or data of one's own: drawn while typed, refused in words, kept by the address."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.lab import Lab
from tests.browser.test_access import THEMES, violations

SAID = "new URLSearchParams(location.search)"  # what the address says
ROWS = "hours,points\n1,3\n2,5.5\n3,6\n4,9.25\n5,11\n"


def test_a_formula_is_drawn_while_it_is_typed_and_the_link_brings_it_back(lab: Lab) -> None:
    lab.open("surface=two-valleys&run=gd&run=momentum")
    lab.at("#own summary").click()
    box = lab.at("#own-formula")
    box.fill("")
    box.press_sequentially("(x^2 - 1)^2 + y^2/2")
    lab.until("location.search.includes('formula=(x%5E2%20-%201)%5E2')")
    expect(box).to_be_focused()
    lab.until_drawn({"surface": "formula"})
    expect(lab.at(".surface-formula")).to_contain_text("θ1")
    lab.until_balls()
    lab.until_words("M1 minimum", "M2 minimum", "S1 saddle")
    lab.again()
    expect(lab.at("#own-formula")).to_have_value("(x^2 - 1)^2 + y^2/2")
    lab.until_balls()
    assert lab.paths()[0]["outcome"] == "minimum"


def test_a_wrong_formula_points_at_the_character_and_the_last_one_stays(lab: Lab) -> None:
    lab.open("surface=formula&formula=x*x%2By*y&run=gd")
    before = lab.query
    lab.at("#own-formula").fill("x*x + z*y")
    said = lab.at("#own-formula-said")
    expect(said).to_have_text("Not drawn yet: unknown name z at character 7. Allowed: e, pi, x, y.")
    expect(lab.at(".own-where mark")).to_have_text("z")
    expect(lab.at("#own-formula")).to_have_attribute("aria-invalid", "true")
    assert lab.query == before
    lab.at("#own-formula").fill("__import__('os').system('id')")
    expect(said).to_contain_text("something that is not allowed at character 1.")
    assert lab.query == before
    lab.at("#own-formula").fill("x*x + 3*y*y")
    lab.at("#own-formula").press("Enter")
    lab.until("location.search.includes('3*y*y')")
    expect(said).to_be_empty()
    expect(lab.at(".own-where")).to_be_hidden()


def write_formulas(lab: Lab, *formulas: str) -> None:
    """Each is drawn, and the hand rests after it."""
    for formula in formulas:
        lab.at("#own-formula").fill(formula)
        lab.until_drawn({"surface": "formula", "formula": formula})
        lab.page.wait_for_timeout(600)


def test_every_drawn_formula_is_one_step_to_undo_also_with_something_invalid_in_the_box(
    lab: Lab,
) -> None:
    lab.open("surface=two-valleys&run=gd")
    lab.at("#own summary").click()
    box = lab.at("#own-formula")
    drawn = ["x^2+y^2", "x^2+2*y^2", "x^2+3*y^2"]
    write_formulas(lab, *drawn)
    expect(lab.button("Undo")).to_be_enabled()
    box.fill("x^2+")
    expect(lab.at("#own-formula-said")).to_contain_text("Not drawn yet")
    box.blur()
    lab.page.wait_for_timeout(600)
    expect(box).to_have_value("x^2+")
    expect(lab.at("#own-formula-said")).to_contain_text("Not drawn yet")
    for formula in drawn[1::-1]:
        lab.press("Control+z")
        lab.until_drawn({"formula": formula})
        expect(box).to_have_value(formula)
        expect(lab.at("#own-formula-said")).to_be_empty()
    lab.press("Control+z")
    lab.until_drawn({"surface": "two-valleys"})
    expect(box).to_have_value("")
    expect(lab.button("Undo")).to_be_disabled()
    for formula in drawn:
        lab.press("Control+y")
        lab.until_drawn({"formula": formula})
        expect(box).to_have_value(formula)


def test_what_is_left_at_once_can_be_undone_and_a_burst_of_keys_is_one_step(lab: Lab) -> None:
    lab.open("surface=two-valleys&run=gd")
    lab.at("#own summary").click()
    box = lab.at("#own-formula")
    box.press_sequentially("x^2+y^2", delay=150)
    lab.until_drawn({"formula": "x^2+y^2"})
    box.press_sequentially("+")
    lab.button("Undo").click()
    lab.until_drawn({"surface": "two-valleys"})
    expect(lab.button("Undo")).to_be_disabled()
    lab.button("Redo").click()
    lab.until_drawn({"formula": "x^2+y^2"})


def test_unfinished_text_in_the_hand_stays_when_another_formula_is_drawn(lab: Lab) -> None:
    lab.open("surface=two-valleys&run=gd")
    lab.at("#own summary").click()
    write_formulas(lab, "x^2+y^2", "x^2+2*y^2")
    lab.at("#own-formula").fill("x^2+3*")
    lab.page.wait_for_timeout(600)
    lab.button("Undo").evaluate("one => one.click()")
    lab.until_drawn({"formula": "x^2+y^2"})
    expect(lab.at("#own-formula")).to_have_value("x^2+3*")


def test_full_width_signs_are_read_and_letters_that_look_alike_are_not(lab: Lab) -> None:
    lab.open("surface=formula&formula=x*x%2By*y&run=gd")
    box, said, mark = (lab.at(f"#own-formula{end}") for end in ("", "-said", " + .own-where mark"))
    box.fill("ｓｉｎ（x）＋ｙ＾２／２")
    lab.until_drawn({"formula": "sin(x)+y^2/2"})
    expect(said).to_be_empty()
    box.fill(" ｘ＋２＊ｑ＋y")
    expect(said).to_contain_text("unknown name q at character 5.")
    expect(mark).to_have_text("ｑ")
    box.fill("ｘ＋х＋y")  # the second one is Cyrillic
    expect(said).to_contain_text("something that is not allowed at character 3.")
    expect(mark).to_have_text("х")
    box.fill("x＋𝑥")
    expect(said).to_contain_text("something that is not allowed at character 3.")
    expect(mark).to_have_text("𝑥")
    assert "sin(x)%2By%5E2%2F2" in lab.query


def test_a_domain_without_a_number_is_refused_beside_the_domain(lab: Lab) -> None:
    lab.open("surface=formula&formula=log(x)%2By*y&run=gd&start=1,1")
    told = lab.at(".own-domain:has(#own-domain-0) .own-said")
    lab.at("#own-domain-1").fill("-1")
    lab.at("#own-domain-1").press("Enter")
    expect(told).to_have_text(
        "The domain stays as it was. Allowed: a formula that is a number somewhere in the domain."
    )
    expect(lab.at("#own-domain-1")).to_have_value("4")
    expect(lab.at("#own-formula-said")).to_be_empty()


def test_another_domain_says_nothing_of_the_text_in_the_box_and_a_copy_takes_its_place(
    lab: Lab,
) -> None:
    lab.open("surface=formula&formula=x*x%2By*y&run=gd")
    lab.at("#own-copy").select_option("himmelblau")
    lab.until("location.search.includes('domain=-5,5,-5,5')")
    copy = lab.at("#own-formula").input_value()
    lab.at("#own-formula").fill("x^2+")
    lab.at("#own-domain-0").fill("-2")
    lab.at("#own-domain-0").press("Enter")
    lab.until("location.search.includes('domain=-2,')")
    expect(lab.at("#own-formula-said")).to_contain_text("Not drawn yet")
    lab.at("#own-copy").select_option("himmelblau")
    expect(lab.at("#own-formula")).to_have_value(copy)
    expect(lab.at("#own-formula-said")).to_be_empty()


def test_a_bad_formula_in_a_link_is_named_and_the_default_is_drawn(lab: Lab) -> None:
    lab.open("surface=formula&formula=x**&run=gd")
    notice = lab.at("#notices li")
    expect(notice).to_contain_text("Formula L cannot be “x**”")
    expect(notice).to_contain_text("at character 4")
    expect(notice).to_contain_text("Drawn instead: (x**2 + y**2)/10 + sin(2*x)*cos(2*y).")
    lab.until("!location.search.includes('formula=x')")
    assert lab.scene == "surface=formula&run=gd"


def test_domain_copy_and_the_gallery_keep_what_was_made(lab: Lab) -> None:
    lab.open("surface=formula&formula=x*x%2By*y&run=gd")
    lab.at("#own-domain-0").fill("-2")
    lab.at("#own-domain-0").press("Enter")
    lab.until_address({"domain": "-2,4,-3,3"})
    lab.at("#own-domain-1").fill("-5")
    lab.at("#own-domain-1").press("Enter")
    expect(lab.at("#own-domain-1")).to_have_value("4")
    lab.at("#own-copy").select_option("himmelblau")
    lab.until("location.search.includes('domain=-5,5,-5,5')")
    lab.choose_surface("hill")
    lab.until("location.search.includes('surface=hill') && !location.search.includes('domain')")
    lab.choose_surface("formula")
    lab.until("location.search.includes('domain=-5,5,-5,5')")
    lab.press("Control+z")
    lab.until("location.search.includes('surface=hill')")


def test_rows_that_are_pasted_become_the_examples(lab: Lab, tmp_path: Path) -> None:
    lab.open("surface=two-valleys&run=gd,batch:1&run=momentum,batch:15")
    lab.at("#own summary").click()
    lab.at("#own-rows").fill("1,2\n3,x")
    lab.button("Linear regression").click()
    expect(lab.at("#own-rows-said")).to_contain_text("Line 2 is no row of two numbers: “3,x”")
    assert "rows" not in lab.query
    file = tmp_path / "points.csv"
    file.write_text(ROWS, "utf-8")
    lab.at("#own-file").set_input_files(file)
    expect(lab.at("#own-rows")).to_have_value(ROWS)
    lab.at("#own-scaled").uncheck()
    lab.button("Linear regression").click()
    lab.until_address({"rows": "1,3,2,5.5,3,6,4,9.25,5,11"})
    expect(lab.at("#own-rows-said")).to_have_text(
        "5 rows are used. The first line was taken as names."
    )
    expect(lab.at("#knob-examples")).to_have_count(0)
    single, full = lab.paths()
    assert (single["knobs"]["batch"], full["knobs"]["batch"]) == (1, 5)
    lab.at("#own-scaled").check()
    lab.button("One neuron").click()
    expect(lab.at("#own-rows-said")).to_contain_text("x stands for (x − 3)/1.414.")
    lab.button("Logistic regression").click()
    expect(lab.at("#own-rows-said")).to_contain_text("every y is a class, 0 or 1")
    lab.button("Back to drawn examples").click()
    lab.until("!location.search.includes('rows=')")
    expect(lab.at("#knob-examples")).to_have_count(1)


def test_the_rows_of_a_link_stand_in_the_box_as_they_are(lab: Lab) -> None:
    lab.open("surface=linear-regression&rows=1,3,2,5.5,3,6&run=gd")
    expect(lab.at("#own-rows")).to_have_value("1, 3\n2, 5.5\n3, 6\n")
    expect(lab.at("#own-scaled")).not_to_be_checked()
    lab.at("#own-rows").fill("1, 3\n2, 5.5\n3, 7\n")
    lab.button("Linear regression").click()
    lab.until_address({"rows": "1,3,2,5.5,3,7"})
    lab.at("#own-rows").fill("not yet drawn")
    lab.visit("surface=linear-regression&rows=1,3,2,5.5,3,6&run=gd")
    lab.until_drawn({"rows": "1,3,2,5.5,3,6"})
    expect(lab.at("#own-rows")).to_have_value("not yet drawn")


def draw_rows(lab: Lab, text: str) -> str:
    """Draws them as a line and gives the rows of the address."""
    lab.at("#own-rows").fill(text)
    lab.button("Linear regression").click()
    lab.until(f"{SAID}.get('rows')?.split(',').length === {2 * len(text.splitlines())}")
    return str(lab.page.evaluate(f"{SAID}.get('rows')"))


def test_after_undo_the_box_holds_the_rows_that_are_drawn(lab: Lab) -> None:
    lab.open("surface=two-valleys&run=gd")
    lab.at("#own summary").click()
    box, said, scaled = lab.at("#own-rows"), lab.at("#own-rows-said"), lab.at("#own-scaled")
    few, more = "1,2\n2,3\n4,4\n", "1,2\n2,3\n3,5\n4,4\n9,7\n"
    drawn = draw_rows(lab, few)
    expect(box).to_have_value(few)
    redrawn = draw_rows(lab, more)
    expect(said).to_contain_text("x stands for (x − 3.8)/2.786")
    scaled.uncheck()
    expect(said).to_have_text("Not drawn yet: choose what to draw these rows as.")
    scaled.check()
    expect(said).to_contain_text("x stands for (x − 3.8)/2.786")
    for key, rows in (("Control+z", drawn), ("Control+y", redrawn), ("Control+z", drawn)):
        lab.press(key)
        lab.until_drawn({"rows": rows})
        numbers = [float(number) for number in rows.split(",")]
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        expect(box).to_have_value("".join(f"{x:.12g}, {y:.12g}\n" for x, y in pairs))
        expect(said).to_be_empty()
        expect(scaled).not_to_be_checked()
    lab.press("Control+y")
    lab.until_drawn({"rows": redrawn})
    draw_rows(lab, few)
    box.fill("5,6\n7,8\n9,9")
    expect(said).to_have_text("Not drawn yet: choose what to draw these rows as.")
    box.blur()
    lab.press("Control+z")
    lab.until_drawn({"rows": redrawn})
    expect(box).to_have_value("5,6\n7,8\n9,9")
    expect(said).to_have_text("Not drawn yet: choose what to draw these rows as.")
    box.fill("")
    expect(said).to_be_empty()


def test_what_was_drawn_goes_with_its_rows_and_what_was_said_of_a_domain_with_it(lab: Lab) -> None:
    lab.open("surface=two-valleys&run=gd")
    lab.at("#own summary").click()
    drawn = draw_rows(lab, "1,2\n2,3\n4,4\n")
    lab.at("#own-data-domain-0").fill("-9")
    lab.at("#own-data-domain-0").press("Enter")
    lab.until("location.search.includes('domain')")
    assert drawn in lab.query
    told = lab.at("#own-data-domain-0").locator("xpath=../..").locator(".own-said")
    lab.at("#own-data-domain-1").fill("-20")
    lab.at("#own-data-domain-1").press("Enter")
    expect(told).to_contain_text("The domain stays as it was")
    lab.button("Undo").click()
    lab.until("!location.search.includes('domain')")
    expect(told).to_be_empty()
    expect(lab.at("#own-rows-said")).to_contain_text("3 rows are used")
    lab.button("Undo").click()
    lab.until_drawn({"surface": "two-valleys"})
    expect(lab.at("#own-rows")).to_have_value("1,2\n2,3\n4,4\n")
    expect(lab.at("#own-rows-said")).to_be_empty()


def test_rows_of_another_link_take_the_place_of_those_of_the_first(lab: Lab) -> None:
    lab.open("surface=linear-regression&rows=1,3,2,5.5&run=gd")
    lab.visit("surface=linear-regression&rows=10,30,20,50&run=gd")
    expect(lab.at("#own-rows")).to_have_value("10, 30\n20, 50\n")
    lab.button("Back to drawn examples").click()
    expect(lab.at("#own-rows")).to_have_value("")
    expect(lab.at("#own-scaled")).to_be_checked()


def test_axe_finds_nothing_with_data_and_a_wrong_formula(lab: Lab) -> None:
    lab.open("surface=linear-regression&rows=1,3,2,5.5,3,6&run=gd")
    lab.at("#own-formula").fill("x +")
    expect(lab.at("#own-formula-said")).to_contain_text("at character 4")
    for theme in THEMES:
        lab.at("#pick-theme").select_option(theme)
        assert not violations(lab), theme


def test_a_bad_formula_in_a_link_keeps_the_critical_points(lab: Lab) -> None:
    lab.open("surface=formula&formula=x**&run=gd")
    lab.until("!location.search.includes('formula=x')")
    lab.at("details:has(.critical-list) > summary").click()
    told = lab.told("/api/surfaces/formula/critical-points")
    expect(lab.at(".critical-table tbody tr")).to_have_count(len(told))


def test_where_a_formula_is_no_number_the_page_says_so_and_claims_nothing(lab: Lab) -> None:
    lab.open("surface=formula&formula=x**0.5%2By**2&run=gd&run=momentum")
    expect(lab.at("#caption")).to_have_text(
        "The formula is no number at the start: move the start to where it is one."
    )
    assert lab.cards == ["the formula is no number at the start: move the start"] * 2
    assert lab.readout == "update 0 · epoch 0 · no number"
    expect(lab.at("#batchstrip-told")).to_have_text("There is no finite gradient here.")
    ticks = lab.at("#losschart .xtick text")
    expect(ticks.last).to_have_text("1")
    lab.at("#time-inspect").click()
    expect(lab.at("#inspector")).to_contain_text("no finite gradient here")
    expect(lab.at("main")).not_to_contain_text("diverged")
    lab.visit("surface=formula&formula=x**0.5%2By**2&run=gd&start=1,1")
    expect(lab.at("#caption")).not_to_contain_text("no number")


def test_a_refusal_is_told_in_the_language_of_the_page(lab: Lab) -> None:
    lab.open("surface=formula&formula=x*x%2By*y&run=gd&lang=zh-TW")
    said = lab.at("#own-formula-said")
    lab.at("#own-formula").fill("3,5*x^2")
    expect(said).to_have_text("還沒畫出來：數字裡有逗號（第 2 個字元）。允許：小數點，例如 3.5。")
    lab.at("#own-formula").fill("x + q")
    expect(said).to_have_text("還沒畫出來：沒有 q 這個名稱（第 5 個字元）。允許：e, pi, x, y。")


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_no_term_of_a_surfaces_formula_is_hidden(lab: Lab, size: tuple[int, int]) -> None:
    lab.page.set_viewport_size({"width": size[0], "height": size[1]})
    for name in ("two-valleys", "logistic-regression", "beale", "styblinski-tang"):
        lab.open(f"surface={name}&run=gd")
        box = lab.at(".surface-formula")
        assert box.evaluate("one => one.scrollWidth <= one.clientWidth"), name
    lab.open("surface=logistic-regression&run=gd")
    expect(lab.at(".surface-formula math").last).to_contain_text("0.02")
    sizes = lab.at(".surface-formula msub").first.evaluate(
        "one => [...one.children].map(part => parseFloat(getComputedStyle(part).fontSize))"
    )
    assert sizes[1] >= 0.7 * sizes[0]
    expect(lab.at(".surface-formula msub").first).to_have_text("ℓi")

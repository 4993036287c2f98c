"""Divergence is a result: said in words, and drawn where the run is, not at the frame."""

from itertools import combinations

from tests.browser.lab import BALLS, Lab, number

FITTED = "document.querySelector('#stage-2d .plot')._fullLayout.width"
SCENE = "surface=himmelblau&eta=0.05&run=gd&run=momentum&run=gd,eta:0.003"


def test_card_caption_readout_and_table_say_at_which_update_a_run_diverged(lab: Lab) -> None:
    lab.open(SCENE)
    runs = lab.paths()
    assert [run["outcome"] for run in runs] == ["diverged", "diverged", "minimum"]
    first, second = (f"at update {run['diverged']}" for run in runs[:2])
    assert [card.split(":")[0] for card in lab.cards[:2]] == [
        f"diverged {first}",
        f"diverged {second}",
    ]
    told = f"Gradient descent ({first}) and Momentum ({second}) diverged."
    assert lab.at("#caption").inner_text().startswith(told)
    assert lab.readout.startswith(f"update {runs[0]['diverged'] - 1} ·")  # the last one inside
    assert lab.numbers[-1].startswith("300\tdiverged\tdiverged\t")


def test_a_run_outside_is_shown_by_an_arrow_with_its_coordinates_and_no_ball(lab: Lab) -> None:
    lab.open(SCENE)
    runs = lab.paths()
    colours = [ball["colour"] for ball in lab.balls]
    assert "#009e73" in colours
    assert not {"#0072b2", "#d55e00"} & set(colours)
    told = [word for word in lab.stage_words if word.startswith("(")]
    assert len(told) == 2
    for word, run in zip(told, runs[:2], strict=True):
        x, y = (number(part) for part in word.strip("()").split(", "))
        end = run["theta"][-1]
        assert abs(x - end[0]) <= 0.006 * abs(end[0])
        assert abs(y - end[1]) <= 0.006 * abs(end[1])


def test_before_it_leaves_its_ball_is_where_the_numbers_are(lab: Lab) -> None:
    lab.open(SCENE + "&at=1")
    runs = lab.paths()
    frame = lab.at("#stage-2d .stage-hand").evaluate(
        "hand => [hand.offsetLeft, hand.offsetTop, hand.offsetWidth, hand.offsetHeight]"
    )
    left, top, width, height = frame
    for run, colour in zip(runs, ["#0072b2", "#d55e00", "#009e73"], strict=True):
        x, y = lab.pixels(run["theta"][1])
        inside = left <= x <= left + width and top <= y <= top + height
        near = [b for b in lab.balls if abs(b["x"] - x) < 5 and abs(b["y"] - y) < 5]
        assert (colour in [ball["colour"] for ball in near]) == inside


def test_no_word_on_the_stage_covers_another(lab: Lab) -> None:
    lab.open(SCENE)
    for width in (1440, 1024, 390):
        lab.page.set_viewport_size({"width": width, "height": 800})
        lab.until(f"document.querySelector('#stage-2d .plot').offsetWidth < {width}")
        lab.until(f"document.querySelector('#stage-2d').offsetWidth === {FITTED}")
        lab.until_balls()
        lab.until(f"{BALLS}.words.some(({{text}}) => text === 'X1')")
        words = lab.stage_labels
        assert len(words) == 4 + 4 + 1 + 1 + 2  # minima, saddles, maximum, start, runs that left
        for one, other in combinations(words, 2):
            across = abs(one["x"] - other["x"]) - (one["width"] + other["width"]) / 2
            along = abs(one["y"] - other["y"]) - one["size"]
            assert max(across, along) > 0, (one, other)


def test_a_line_that_leaves_the_loss_chart_keeps_its_dashes_and_ends_far_outside_the_frame(
    lab: Lab,
) -> None:
    lab.open("surface=two-valleys&eta=2.9&updates=200&run=gd&run=momentum")
    chart = "document.querySelectorAll('#losschart canvas')[0].picture"
    lab.until(f"{chart}?.lines.length > 0")
    lines = lab.page.evaluate(f"{chart}.lines")
    height = lab.at("#losschart").evaluate("place => place.offsetHeight")
    heights = [y for line in lines if line["dash"] for _, y in line["points"]]
    assert min(heights) < 0  # it leaves through the top, and is cut beyond it
    assert max(abs(y) for line in lines for _, y in line["points"]) < 3 * height

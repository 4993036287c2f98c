"""A rule's lines with places for numbers: the same lines, every place named, signs in brackets."""

import re
from xml.etree import ElementTree

import pytest

from app.lines import CHANGE, KEPT, OPENINGS, SIGNED, parts, shown
from app.rules import BY_NAME, RULES
from tests.worked import assignments, filled

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
MOVING = ("momentum", "nesterov")


def places(element):
    return [part for part in element.iter() if "data-slot" in part.attrib]


@every_rule
def test_the_worked_lines_are_the_rule_s_own_with_numbers_for_letters(rule):
    """Writing every letter back into its place gives each line as it is evaluated."""
    names = {slot: slot.rstrip("'") for slot in rule.slots}
    written = assignments(rule.worked, names)[: len(rule.lines)]
    for line, (left, right) in zip(rule.lines, written, strict=True):
        name, _ = parts(line)
        assert left == name
        plain = right.replace("math.sqrt", "sqrt").replace("(1.0)", "1")
        assert stripped(plain) == stripped(line.split("=", 1)[1])


def stripped(text):
    """Without blanks and brackets, which only say what the operators say already."""
    return re.sub(r"[\s()]", "", text.replace("2.0", "2").replace("1.0", "1"))


@every_rule
def test_what_a_line_has_set_is_new_from_then_on(rule):
    rows = ElementTree.fromstring(rule.worked)[0]
    new = set()
    for row in list(rows)[bool(rule.opening) :]:
        left, *right = (place.get("data-slot") for place in places(row))
        assert {slot.rstrip("'") for slot in right if slot.endswith("'")} <= new
        assert left == CHANGE or not new & set(right)
        new |= {left.rstrip("'")} & set(KEPT)
        assert left.endswith("'") == (left.rstrip("'") in KEPT)
    assert "θ" in new


@every_rule
def test_places_that_may_be_negative_stand_in_brackets(rule):
    for row in ElementTree.fromstring(rule.worked)[0]:
        parents = {child: parent for parent in row.iter() for child in parent}
        for place in places(row)[1:]:
            around = [part.text for part in parents[place] if part.get("stretchy")]
            signed = place.get("data-slot").rstrip("'") in SIGNED
            assert (around == ["(", ")"]) == signed


@every_rule
def test_colours_are_those_of_the_arrows(rule):
    found = {}
    for place in places(ElementTree.fromstring(rule.worked)):
        found.setdefault(place.get("class"), set()).add(place.get("data-slot"))
    moves = rule.name in MOVING
    assert rule.moves == moves
    assert found.get("gradient", set()) == ({"g"} if "d" not in rule.slots else set())
    assert found["movement"] == ({"m'"} if moves else {"Δ"})
    assert found.get("previous", set()) == ({"m"} if moves else set())
    assert set(found) <= {None, "gradient", "movement", "previous"}


@every_rule
def test_the_opening_says_where_the_gradient_or_the_direction_comes_from(rule):
    for text in (rule.mathml, rule.worked):
        assert all(
            (opening in text) == (name == rule.opening) for name, opening in OPENINGS.items()
        )
    assert bool(rule.opening) == (rule.name in ("nesterov", "newton", "saddle-free-newton", "sam"))


def test_hats_are_accents_and_not_subscripts():
    text = shown("", BY_NAME["adam"].lines)
    assert text.count("<mover") == 4
    assert "\u0302" not in text


def test_an_empty_place_waits_for_its_number():
    template = BY_NAME["momentum"].worked
    assert '<mn data-slot="m\'" class="movement"></mn>' in template
    assert not re.search(r"<mn data-slot[^>]*>[^<]", template)
    numbers = filled(template, dict.fromkeys(BY_NAME["momentum"].slots, 0.5))
    assert numbers.count(">0.5</") == template.count("data-slot")

"""The table of knobs, and numbers written as JavaScript writes them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.knobs import BY_NAME, KNOBS, PER_RUN, VIEW, rows, spelled

AS_JAVASCRIPT_WRITES = [
    (0, "0"),
    (-0.0, "0"),
    (1, "1"),
    (-7, "-7"),
    (300.0, "300"),
    (2**31 - 1, "2147483647"),
    (0.1, "0.1"),
    (0.1 + 0.2, "0.30000000000000004"),
    (-0.72, "-0.72"),
    (0.960000002, "0.960000002"),
    (1 / 3, "0.3333333333333333"),
    (0.0001, "0.0001"),
    (0.00001, "0.00001"),
    (1.5e-5, "0.000015"),
    (-1.5e-5, "-0.000015"),
    (1e-6, "0.000001"),
    (1.234e-6, "0.000001234"),
    (9.999999e-7, "9.999999e-7"),
    (1e-7, "1e-7"),
    (-1.5e-7, "-1.5e-7"),
    (5e-324, "5e-324"),
    (1e15, "1000000000000000"),
    (1e16, "10000000000000000"),
    (1.5e16, "15000000000000000"),
    (123456789012345678, "123456789012345680"),
    (1.2345678901234568e20, "123456789012345680000"),
    (-1e20, "-100000000000000000000"),
    (1e21, "1e+21"),
    (-1.5e300, "-1.5e+300"),
    (1.7976931348623157e308, "1.7976931348623157e+308"),
]


@pytest.mark.parametrize(("number", "text"), AS_JAVASCRIPT_WRITES)
def test_a_number_is_written_as_javascript_writes_it(number, text):
    assert spelled(number) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_written_number_reads_back_to_the_same_float(number):
    assert float(spelled(number)) == number


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_written_number_has_no_form_that_javascript_lacks(number):
    digits, _, exponent = spelled(number).partition("e")
    assert not digits.endswith(".0")
    assert not exponent or (exponent[0] in "+-" and exponent[1] != "0")
    assert bool(exponent) == (number != 0 and not 1e-6 <= abs(number) < 1e21)


def test_no_number_is_no_text():
    assert spelled(None) == ""


@pytest.mark.parametrize("knob", KNOBS, ids=lambda knob: knob.name)
def test_every_knob_says_what_it_is(knob):
    assert knob.label
    assert knob.help.endswith(".")
    assert knob.allowed()
    assert "{" not in knob.allowed()


NUMBERS = [knob for knob in KNOBS if knob.kind in ("number", "integer")]


@pytest.mark.parametrize("knob", NUMBERS, ids=lambda knob: knob.name)
def test_every_number_has_bounds_a_step_and_a_default_between_them(knob):
    assert math.isfinite(knob.low)
    assert math.isfinite(knob.high)
    assert knob.low < knob.high
    assert knob.step > 0
    assert knob.default is None or knob.low <= knob.default <= knob.high
    assert knob.scale == "linear" or knob.low > 0


CHOICES = [knob for knob in KNOBS if knob.kind == "choice"]


@pytest.mark.parametrize("knob", CHOICES, ids=lambda knob: knob.name)
def test_every_choice_is_told_once_and_holds_its_default(knob):
    values = [value for value, _ in knob.choices]
    assert len(set(values)) == len(values)
    assert knob.default in values


def test_names_are_told_once():
    assert len(BY_NAME) == len(KNOBS)


def test_view_knobs_belong_to_no_run():
    assert not PER_RUN & VIEW


def test_the_page_reads_every_row_as_plain_values():
    told = rows()
    assert [row["name"] for row in told] == [knob.name for knob in KNOBS]
    for row in told:
        assert all(set(choice) == {"value", "label"} for choice in row["choices"])

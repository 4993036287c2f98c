"""The 95 % interval of a share, against its definition."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.intervals import Z_95, wilson


@st.composite
def counts(draw):
    of = draw(st.integers(1, 5000))
    return draw(st.integers(0, of)), of


@given(counts())
def test_its_ends_are_the_shares_that_lie_exactly_z_standard_errors_away(count):
    """(p̂ − p)² = z²·p(1 − p)/n: the closed form solves this for p."""
    many, of = count
    for end in wilson(many, of):
        assert (many / of - end) ** 2 == pytest.approx(Z_95**2 * end * (1 - end) / of, abs=1e-12)


@given(counts())
def test_it_holds_the_share_and_stays_between_0_and_1(count):
    many, of = count
    low, high = wilson(many, of)
    assert 0 <= low <= many / of <= high <= 1
    assert low < high


@given(counts())
def test_those_who_did_and_those_who_did_not_mirror_each_other(count):
    many, of = count
    low, high = wilson(many, of)
    assert wilson(of - many, of) == pytest.approx((1 - high, 1 - low))


def test_published_values():
    """Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29."""
    for many, of, low, high in (
        (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718),
    ):  # fmt: skip
        assert wilson(many, of) == pytest.approx((low, high), abs=5e-5)


def test_nothing_known_is_anything_possible():
    assert wilson(0, 0) == (0, 1)


@pytest.mark.parametrize("share", [0.02, 0.1, 0.5])
def test_19_of_20_intervals_hold_the_truth(share):
    """Exactly, from the binomial distribution of 1,000 seeds."""
    of, covered, chance = 1000, 0.0, (1 - share) ** 1000
    for many in range(of + 1):
        low, high = wilson(many, of)
        covered += chance if low <= share <= high else 0.0
        chance *= (of - many) / (many + 1) * share / (1 - share)
    assert covered == pytest.approx(0.95, abs=0.01)
    assert sqrt(share * (1 - share) / of) < 0.02

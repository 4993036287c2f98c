"""Curves of critical points are followed to the border, or around."""

import numpy as np
import pytest

from app import valleys
from app.scene import Scene

DOMAIN = Scene.parse("surface=two-valleys&run=gd").ground  # only its domain is used here


@pytest.fixture
def circle(monkeypatch):
    """Makes Newton land on a circle, as it does on (x² + y² − r²)²."""

    def made(radius, middle=(0.0, 0.0)):
        def critical(surface, guesses):
            (x, y) = guesses[0] - middle
            u, v = np.array([x, y]) / np.hypot(x, y)
            at = np.array(middle) + radius * np.array([u, v])
            return np.array([[1, *at, 0, 0, 8 * radius**2, -v, u, 1.0]])

        monkeypatch.setattr(valleys, "critical", critical)

    return made


def test_a_closed_curve_ends_where_it_begins(circle):
    circle(1.0)
    curve = valleys.traced(DOMAIN, np.array([0.9, 0.1]))
    assert (curve[0] == curve[-1]).all()
    assert np.hypot(*curve.T) == pytest.approx(np.ones(len(curve)))
    angle = np.unwrap(np.arctan2(*curve.T[::-1]))
    assert abs(angle[-1] - angle[0]) == pytest.approx(2 * np.pi)
    assert abs(np.diff(angle)).max() < 0.05


def test_the_nearest_point_of_a_closed_curve_is_found_wherever_it_began(circle):
    circle(0.8, (0.3, 0.0))
    for angle in np.linspace(0, 6, 7):
        seed = np.array([0.3 + np.cos(angle), np.sin(angle)])
        row, curve = valleys.centred(DOMAIN, valleys.traced(DOMAIN, seed))
        assert row[1:3] == pytest.approx([-0.5, 0], abs=1e-9)
        assert (curve[0] == curve[-1]).all()
        assert len(curve) <= valleys.SHOWN


def test_a_curve_that_leaves_the_domain_ends_at_its_border(circle):
    circle(2.2)  # leaves the top (1.5) and the right (2)
    curve = valleys.traced(DOMAIN, np.array([1.7, 1.2]))
    ends = sorted(curve[[0, -1]].tolist())
    assert ends[0] == pytest.approx([np.sqrt(2.2**2 - 1.5**2), 1.5], abs=1e-4)
    assert ends[1] == pytest.approx([2, np.sqrt(2.2**2 - 2**2)], abs=1e-4)

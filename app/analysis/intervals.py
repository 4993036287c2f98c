"""How far a share of many seeds may be off: the interval of Wilson (1927).

Of n seeds k did it. The interval holds every share p for which k would be within two standard
errors: (k − np)² ≤ z²·np(1 − p). It stays inside 0 … 1 and is honest at 0 and n of n, where
the usual k/n ± … has no width at all.
"""

from math import sqrt

Z_95 = 1.959963984540054  # the normal deviate that 95 % of all draws do not exceed


def wilson(many: int, of: int, z: float = Z_95) -> tuple[float, float]:
    """The interval (low, high) of a share of `many` in `of`; all of 0 … 1 when `of` is 0."""
    if of == 0:
        return 0.0, 1.0
    share, room = many / of, z * z / of
    middle = (share + room / 2) / (1 + room)
    half = z * sqrt(share * (1 - share) / of + room / (4 * of)) / (1 + room)
    low = 0.0 if many == 0 else max(0.0, middle - half)
    high = 1.0 if many == of else min(1.0, middle + half)
    return low, high

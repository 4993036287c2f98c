"""What an experiment shows so far: series for its charts, rows for its table, facts for words.

Plain values ready for JSON, rounded to six significant digits: no NaN, no Infinity (null).
Pictures replace each other while an experiment runs; the last one is its result. Names of
charts, series and columns are those of its row (table.py).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

Cell = float | int | str | bool | None
DIGITS = 6
SERIES = ("chart", "name", "x", "y", "low", "high", "dots", "z")


@dataclass
class Series:
    """One line of a chart: y over x, both of n values.

    low, high: the spread around y · dots: for each x its single values, such as one per seed ·
    z: rows of a surface over x and y, following y.
    """

    chart: str
    name: str
    x: Sequence[Cell]
    y: Sequence[Cell]
    low: Sequence[Cell] | None = None
    high: Sequence[Cell] | None = None
    dots: Sequence[Sequence[Cell]] | None = None
    z: Sequence[Sequence[Cell]] | None = None


@dataclass
class Picture:
    progress: float  # 0 to 1
    series: list[Series]
    rows: list[list[Cell]]
    facts: dict[str, Any] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        return {
            "progress": rounded(self.progress),
            "series": [{name: rounded(getattr(s, name)) for name in SERIES} for s in self.series],
            "rows": rounded(self.rows),
            "facts": rounded(self.facts),
        }


def rounded(value: Any) -> Any:
    """The same value with its numbers rounded, and None for what is not finite."""
    if isinstance(value, dict):
        return {str(name): rounded(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(part) for part in value]
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else None
    return value

"""What an experiment's row holds: a question, knobs, charts, columns, and what it costs.

Only the shapes; the rows themselves are the table (table.py).
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from app.experiments.knobs import ALONE, BY_NAME, CHART, SURFACE, VIEW
from app.knobs import Choices, Knob, rows
from app.values import Value

Work = Callable[[Mapping[str, Any], int], float]


@dataclass(frozen=True)
class Axis:
    """`knob`: the list of numbers that will stand along it, where a knob says so beforehand."""

    label: str
    unit: str = ""
    scale: str = "linear"  # linear or log
    knob: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart by the name its series have. `measured`: it depends on the clock, and with the
    same address another measurement gives other numbers. `beside`: the chart whose x axis it
    shares; its own y axis then stands at the right of that chart. `z`: it is a surface over x
    and y, on which the lines without z are drawn. `answers`: it fills last, and is the one that
    its page shows when the experiment is done."""

    name: str
    label: str
    x: Axis
    y: Axis
    series: tuple[tuple[str, str], ...]  # name and label
    measured: bool = False
    beside: str = ""
    z: Axis | None = None
    answers: bool = False


@dataclass(frozen=True)
class Column:
    """A column of the result table. Units: "" for names and counts, "s", "share" (0 to 1), or
    "percent" (0 to 100).
    `names`: what its texts are called, where they are not names of charts or of their series."""

    name: str
    label: str
    unit: str = ""
    names: Choices = ()


@dataclass(frozen=True)
class Experiment:
    """One row. `own` maps a knob to its default here, None meaning that of the table of knobs."""

    name: str
    label: str
    question: str
    lecture: str
    own: Mapping[str, Value | None]
    charts: tuple[Chart, ...]
    columns: tuple[Column, ...]
    work: Work

    @property
    def knobs(self) -> tuple[Knob, ...]:
        known = BY_NAME if "seeds" in self.own else {**BY_NAME, "seed": ALONE}
        return tuple(
            knob if self.own[name] is None else replace(knob, default=self.own[name])
            for name, knob in known.items()
            if name in self.own
        )

    @property
    def defaults(self) -> dict[str, Value]:
        return {knob.name: knob.default for knob in self.knobs if knob.default is not None}

    @property
    def view(self) -> tuple[Knob, ...]:
        """The knobs of its page that change no number; `chart` is one of its own charts (with a
        default only where it is not another one at the end), and only a surface can be seen from
        above or in space."""
        shown = tuple((row.name, row.label) for row in self.charts if not row.beside)
        first = None if any(row.answers for row in self.charts) else shown[0][0]
        chart = replace(CHART, default=first, choices=shown)
        known = VIEW if any(row.z for row in self.charts) else VIEW[: VIEW.index(SURFACE)]
        return tuple(chart if knob is CHART else knob for knob in known)

    def told(self) -> dict[str, Any]:
        """The row as plain values, for the page and the API."""
        simple = {name: getattr(self, name) for name in ("name", "label", "question", "lecture")}
        charts = [
            asdict(chart) | {"series": [{"name": n, "label": label} for n, label in chart.series]}
            for chart in self.charts
        ]
        columns = [
            asdict(column) | {"names": [{"value": v, "label": label} for v, label in column.names]}
            for column in self.columns
        ]
        return simple | {"knobs": rows(self.knobs), "charts": charts, "columns": columns}

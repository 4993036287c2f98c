"""Writes the tables of docs/api.md from the tables of the code: `python -m tests.reference`.

A table stands between `<!-- table: name -->` and `<!-- end -->`; a test holds it current.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from app.experiments.experiment import Axis, Chart, Column
from app.experiments.knobs import KNOBS as EXPERIMENT_KNOBS
from app.experiments.knobs import VIEW as EXPERIMENT_VIEW
from app.experiments.table import EXPERIMENTS
from app.knobs import KNOBS, Knob, spelled
from app.rules import RULES
from app.scene import EVERY_RUN
from app.settings import PROJECT, SETTINGS
from app.surfaces.catalogue import SURFACES

API = PROJECT / "docs" / "api.md"
BETWEEN = re.compile(r"<!-- table: ([\w-]+) -->\n(.*?)<!-- end -->", re.S)

Row = tuple[str, ...]
FROM_THE_SURFACE = ("start", "eta", "updates")


def table(head: Row, rows: Iterator[Row]) -> str:
    """A Markdown table."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(
        f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines
    )


def code(text: object) -> str:
    return f"`{text}`"


def default(knob: Knob) -> str:
    """What a knob is when nothing is said."""
    if knob.scope == "scene" and knob.name in FROM_THE_SURFACE:
        return "the surface's"
    if knob.scope == "run":
        return "the rule's"
    if knob.default is None:
        return NONE.get(knob.name, "the surface's" if knob.scope == "surface" else "none")
    if knob.default == "":
        return "nothing"
    return code(knob.default if isinstance(knob.default, str) else spelled(knob.default))


NONE = {"batch": "all examples", "rows": "drawn", "at": "the end", "cut": "the surface's own"}


def takes(knob: Knob) -> str:
    """What a knob accepts; names people type stand in code."""
    if knob.name == "surface":
        return "a name of the list below"
    if knob.kind == "choice":
        return ", ".join(code(value) for value, _ in knob.choices)
    return knob.allowed()


def knobs(*scopes: str) -> str:
    rows = (knob for knob in KNOBS if knob.scope in scopes)
    head = ("name", "takes", "default", "means")
    return table(head, ((code(k.name), takes(k), default(k), meaning(k)) for k in rows))


def meaning(knob: Knob) -> str:
    symbol = f" ({knob.symbol})" if knob.symbol else ""
    return f"{knob.label}{symbol}. {knob.help}"


def rules() -> str:
    """Every rule with its lines and the knobs a run of it may set."""
    head = ("name", "rule", "in each update", "knobs and defaults")
    return table(head, ((code(r.name), r.label, lines(r), own_knobs(r)) for r in RULES))


def lines(rule: object) -> str:
    opening = [rule.opening] if rule.opening else []
    return "; ".join(code(line) for line in (*opening, *rule.lines))


def own_knobs(rule: object) -> str:
    given = [
        code(name) if value is None else f"{code(name)} {spelled(value)}"
        for name, value in rule.knobs.items()
    ]
    return ", ".join([*given, *map(code, EVERY_RUN)])


def surfaces() -> str:
    head = ("name", "θ₁, θ₂", "domain", "start", "η", "updates", "L or one example's ℓ")
    return table(head, (surface(row) for row in SURFACES))


def surface(row: object) -> Row:
    (left, right), (low, high) = (map(spelled, side) for side in row.domain)
    start = ", ".join(map(spelled, row.start))
    domain = f"[{left}, {right}] × [{low}, {high}]"
    names = (*row.shapes, *row.own)
    own = f"; own knobs {', '.join(map(code, names))}" if names else ""
    formula = code(row.formula) + own
    return (
        code(row.name),
        ", ".join(row.point),
        domain,
        start,
        spelled(row.eta),
        str(row.updates),
        formula,
    )


def experiments() -> str:
    """Every experiment with the knobs it has, and its defaults where they are its own."""
    head = ("name", "asks", "lecture", "knobs")
    rows = (
        (code(row.name), row.question, row.lecture, ", ".join(map(own_default, row.own.items())))
        for row in EXPERIMENTS.values()
    )
    return table(head, rows)


def own_default(pair: tuple[str, object]) -> str:
    name, value = pair
    return code(name) if value is None else f"{code(name)} {value}"


def experiment_knobs() -> str:
    head = ("name", "takes", "default", "means")
    return table(head, ((code(k.name), takes(k), default(k), meaning(k)) for k in EXPERIMENT_KNOBS))


def experiment_view() -> str:
    head = ("name", "takes", "default", "means")
    return table(head, (view_row(knob) for knob in EXPERIMENT_VIEW))


def view_row(knob: Knob) -> Row:
    """`chart` takes another experiment's charts at every experiment."""
    is_chart = knob.name == "chart"
    takes_, default_ = (
        ("the name of a chart", "the one that answers, once it is done, else the first")
        if is_chart
        else (takes(knob), default(knob))
    )
    return code(knob.name), takes_, default_, meaning(knob)


def charts() -> str:
    head = ("experiment", "chart", "shows", "x", "y", "series")
    pairs = ((row, chart) for row in EXPERIMENTS.values() for chart in row.charts)
    return table(head, ((code(row.name), *chart_row(chart)) for row, chart in pairs))


def chart_row(chart: Chart) -> Row:
    measured = " (measured)" if chart.measured else ""
    names = ", ".join(code(name) for name, _ in chart.series)
    return code(chart.name), chart.label + measured, axis(chart.x), axis(chart.y), names


def axis(side: Axis) -> str:
    told = ", ".join(part for part in (side.unit, side.scale) if part)
    return f"{side.label} ({told})"


def columns() -> str:
    head = ("experiment", "columns of its table")
    rows = ((code(row.name), ", ".join(map(column, row.columns))) for row in EXPERIMENTS.values())
    return table(head, rows)


def column(one: Column) -> str:
    return code(one.name) + (f" ({one.unit})" if one.unit else "")


def limits() -> str:
    """The comment behind a limit is its help."""
    source = (PROJECT / "app" / "limits.py").read_text("utf-8")
    found = re.findall(r'^    "(\w+)": ([\d_]+),  # (.+)$', source, re.M)
    return table(
        ("name", "at most", "of"), ((code(n), f"{int(v):,}", text) for n, v, text in found)
    )


def settings() -> str:
    head = ("environment", "default", "means")
    return table(
        head, ((code(f"DOWNHILL_{s.name.upper()}"), told(s.default), s.help) for s in SETTINGS)
    )


def told(default: str | int) -> str:
    return code(default) if default != "" else "nothing"


TABLES: dict[str, Callable[[], str]] = {
    "scene-knobs": lambda: knobs("scene"),
    "own-knobs": lambda: knobs("surface"),
    "run-knobs": lambda: knobs("run"),
    "view-knobs": lambda: knobs("view"),
    "rules": rules,
    "surfaces": surfaces,
    "experiments": experiments,
    "experiment-knobs": experiment_knobs,
    "experiment-view": experiment_view,
    "charts": charts,
    "columns": columns,
    "limits": limits,
    "settings": settings,
}


def current(text: str) -> str:
    """The page with every table written anew."""
    return BETWEEN.sub(lambda m: f"<!-- table: {m[1]} -->\n{TABLES[m[1]]()}<!-- end -->", text)


def write(path: Path) -> None:
    path.write_text(current(path.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    write(API)

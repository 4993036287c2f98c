"""Surfaces a visitor brings: a formula typed into the page, or rows of data.

Each becomes a row like the catalogue's. A formula is read by the same reader with tighter
bounds (limits.py) and interpreted by a tape: nothing is evaluated as code, nothing compiles.
What cannot be a surface is refused here, with the knob that is to blame.
"""

import re
from dataclasses import replace
from functools import lru_cache
from typing import cast

import numpy as np

from app.limits import LIMITS
from app.locale import N_
from app.surfaces.catalogue import BY_NAME, Point, Row
from app.surfaces.data import formula_examples
from app.surfaces.formula import STRANGE, Bounds, FormulaError, Graph, in_order, read
from app.surfaces.surface import COARSE, Surface

Numbers = tuple[float, ...]
Own = tuple[tuple[str, float | int | str | Numbers], ...]  # a surface's own knobs and their values

BOUNDS = Bounds(
    depth=LIMITS["formula_depth"],
    nodes=LIMITS["formula_nodes"],
    exponent=LIMITS["formula_exponent"],
    number=LIMITS["formula_number"],
)
UNKNOWN = re.compile(r"[^ 0-9A-Za-z.,()+\-*/^−×·÷²³]|(?<=[²³])[²³]|(?<![\w.])0(?=[xXoObB])")
SIGNS = N_("letters a to z, decimal numbers and + - * / ^ . , ( )")
INSTEAD = {"|": N_("abs(x) for |x|")}
LABELS = (0.0, 1.0)  # of the two classes


class NoSurface(ValueError):
    """What a visitor brought makes no surface: the knob to blame, what is allowed; of a formula
    also its error."""

    def __init__(self, knob: str, allowed: str, formula: FormulaError | None = None) -> None:
        super().__init__(allowed)
        self.knob, self.formula = knob, formula


def shaped(name: str, own: Own) -> Row:
    """The row of this surface with a visitor's formula, rows and domain. NoSurface.

    The same ones give the same row, as long as it is remembered: of data few are, they are long.
    """
    with_data = any(knob == "rows" for knob, _ in own)
    return (data_row if with_data else formula_row)(name, own)


def made(name: str, own: Own) -> Row:
    row, given = BY_NAME[name], dict(own)
    if "rows" in given:
        row = with_rows(row, cast("Numbers", given["rows"]))
    if "domain" in given:
        row = with_domain(row, cast("Numbers", given["domain"]))
    if "formula" in given:
        row = with_formula(row, str(given["formula"]))
    return row


data_row = lru_cache(maxsize=32)(made)
formula_row = lru_cache(maxsize=512)(made)


def with_rows(row: Row, numbers: Numbers) -> Row:
    rows = tuple(zip(numbers[::2], numbers[1::2], strict=True))
    if row.name == "logistic-regression" and not {y for _, y in rows} <= set(LABELS):
        raise NoSurface("rows", "every y is a class, 0 or 1")
    return replace(row, rows=rows, claims=())


def with_domain(row: Row, box: Numbers) -> Row:
    """Another domain. The start keeps its place in it; the default cut may not lie inside."""
    left, right, low, high = box
    domain = (left, right), (low, high)
    x, y = (moved(*pair) for pair in zip(row.start, row.domain, domain, strict=True))
    return replace(row, domain=domain, start=(x, y), cut=None)


def moved(value: float, before: Point, after: Point) -> float:
    """The same place in another interval."""
    share = (value - before[0]) / (before[1] - before[0])
    return after[0] + share * (after[1] - after[0])


def with_formula(row: Row, text: str) -> Row:
    try:
        check(text, row)
        typed = replace(row, formula=text)
        has_somewhere(typed)
    except FormulaError as error:
        raise NoSurface("formula", error.allowed, error) from None
    return typed


def check(text: str, row: Row) -> None:
    """FormulaError unless the text is a formula of x and y within bounds."""
    most = LIMITS["formula"]
    if len(text) > most:
        raise FormulaError(N_("too long"), most, N_("at most {most} characters"), most=most)
    if sign := UNKNOWN.search(text):
        allowed = INSTEAD.get(sign[0], SIGNS)
        raise FormulaError(STRANGE, sign.start(), allowed)
    tree = read(text, row.letters.all(), Graph(), BOUNDS)
    if not any(node.op == "name" and node.value in row.point for node in in_order([tree])):
        raise FormulaError(N_("the same everywhere"), 0, N_("a formula with x or y in it"))


def has_somewhere(row: Row) -> None:
    """FormulaError where the formula is no number anywhere in the domain, or too much at once."""
    across, up = (np.linspace(*side, COARSE) for side in row.domain)
    surface = Surface(row, (), formula_examples(1, 0.0, "shift", 0))
    if not np.isfinite(surface.grid(across, up)).any():
        allowed = N_("a formula that is a number somewhere in the domain")
        raise FormulaError(N_("not a number anywhere"), 0, allowed)

"""A row of the table: what, ours, theirs, their ratio, and what was to be reached."""

from collections.abc import Iterable
from dataclasses import dataclass

HEAD = ("row", "what", "ours", "theirs", "ratio", "target", "reached")


@dataclass(frozen=True)
class Row:
    """One line. `reached` is None where there is nothing to judge (a peer is missing)."""

    name: str
    what: str
    ours: str
    theirs: str = "–"
    ratio: str = "–"
    target: str = "–"
    reached: bool | None = None
    notes: tuple[str, ...] = ()

    def cells(self) -> tuple[str, ...]:
        reached = {True: "yes", False: "no", None: "–"}[self.reached]
        return (self.name, self.what, self.ours, self.theirs, self.ratio, self.target, reached)


def table(rows: Iterable[Row]) -> str:
    """The rows as a Markdown table, its columns lined up."""
    lines = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(HEAD))]
    rule = "|".join("-" * (width + 2) for width in widths)
    shown = [
        " | ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)) for line in lines
    ]
    return "\n".join([f"| {shown[0]} |", f"|{rule}|", *(f"| {line} |" for line in shown[1:])])


def notes(rows: Iterable[Row]) -> str:
    return "\n".join(f"- {row.name}: {note}" for row in rows for note in row.notes)


def below(value: float, most: float) -> bool:
    """At most; a value that is not a number was not reached."""
    return value <= most


def microseconds(seconds: float) -> str:
    return f"{seconds * 1e6:,.0f} µs"


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1e3:,.1f} ms"


def times(ratio: float) -> str:
    return f"{ratio:,.2f}×" if ratio < 10 else f"{ratio:,.0f}×"

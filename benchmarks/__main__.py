"""The command: prints the table of docs/performance.md, everything measured in one run.

python -m benchmarks [--write] [engine] [runs] [peers] [server] [shares] [formulas] [maps]
    [browser] [inspector] [start] [redraws] [experiments]
"""

import argparse
import importlib
import os
import sys

from app.settings import PROJECT
from benchmarks.processes import CORES
from benchmarks.rows import Row, notes, table

PAGE = PROJECT / "docs" / "performance.md"
BEGIN, END = "<!-- table -->", "<!-- end of table -->"
GROUPS = (
    "engine", "runs", "peers", "server", "shares", "formulas", "maps", "browser", "inspector",
    "start", "redraws", "experiments",
)  # fmt: skip


def arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measures the lab.")
    parser.add_argument("--write", action="store_true", help="into docs/performance.md as well")
    parser.add_argument("groups", nargs="*", metavar="row", help=f"all of: {', '.join(GROUPS)}")
    given = parser.parse_args(words)
    if given.write and given.groups:
        parser.error("only a whole run is written down")
    unknown = [group for group in given.groups if group not in GROUPS]
    if unknown:
        parser.error(f"no such row: {', '.join(unknown)}; rows are {', '.join(GROUPS)}")
    return given


def measured(group: str) -> list[Row]:
    """The rows of one group; its module is imported only when it is wanted."""
    print(f"measuring {group} …", file=sys.stderr, flush=True)
    rows: list[Row] = importlib.import_module(f"benchmarks.{group}").rows()
    return rows


def load() -> str:
    """How many processes wanted a core during the last minute, ours not yet among them."""
    return f"{os.getloadavg()[0]:.1f}"


def report(rows: list[Row], before: str) -> str:
    machine = f"- machine: {len(CORES)} cores, {before} other processes wanted one at the start"
    return f"{table(rows)}\n\n{notes(rows)}\n{machine}\n"


def write(text: str) -> None:
    """Puts the report between the marks of the page."""
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n{text}{END}{after}", "utf-8")


def main(words: list[str]) -> None:
    given, before = arguments(words), load()
    text = report([row for group in given.groups or GROUPS for row in measured(group)], before)
    print(text, end="")
    if given.write:
        write(text)


if __name__ == "__main__":
    main(sys.argv[1:])

"""The command: prints the table of docs/performance.md, everything measured in one run.

python -m benchmarks [engine] [runs] [peers] [server] [browser] [start] [redraws]
"""

import argparse
import importlib
import sys

from benchmarks.rows import Row, notes, table

GROUPS = ("engine", "runs", "peers", "server", "browser", "start", "redraws")


def arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measures the lab.")
    parser.add_argument("groups", nargs="*", metavar="row", help=f"all of: {', '.join(GROUPS)}")
    given = parser.parse_args(words)
    unknown = [group for group in given.groups if group not in GROUPS]
    if unknown:
        parser.error(f"no such row: {', '.join(unknown)}; rows are {', '.join(GROUPS)}")
    return given


def measured(group: str) -> list[Row]:
    """The rows of one group; its module is imported only when it is wanted."""
    print(f"measuring {group} …", file=sys.stderr, flush=True)
    rows: list[Row] = importlib.import_module(f"benchmarks.{group}").rows()
    return rows


def main(words: list[str]) -> None:
    groups = arguments(words).groups or GROUPS
    rows = [row for group in groups for row in measured(group)]
    print(table(rows))
    print(f"\n{notes(rows)}")


if __name__ == "__main__":
    main(sys.argv[1:])

"""The process that runs one experiment: `python -m app.experiments.worker name query`.

It begins afresh for every experiment, so that the same address gives the same digits, and is
ended by its server when nobody wants the result. Linear algebra keeps to one thread; only the
experiment about time changes that. What it finds goes to standard output, a JSON object a line:
`machine` first, then `picture` again and again, and `done` at the end.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TextIO

from threadpoolctl import threadpool_limits

from app.experiments import address
from app.experiments.accuracy import accuracy
from app.experiments.both import both
from app.experiments.ground import plane
from app.experiments.machine import machine
from app.experiments.minima import minima
from app.experiments.noise import gradient
from app.experiments.picture import Picture
from app.experiments.sharp import sharp
from app.experiments.timing import timing

NICE = 10  # sliders come first, but while times are measured
BETWEEN = 0.2  # seconds between two pictures
MADE: dict[str, Callable[[Mapping[str, Any]], Iterator[Picture]]] = {
    "time": timing,
    "accuracy": accuracy,
    "gradient": gradient,
    "both": both,
    "sharp": sharp,
    "minima": minima,
    "plane": plane,
}


def run(name: str, query: str, out: TextIO) -> None:
    """Runs an experiment and tells of it, the first picture at once and the last one whole."""
    asked, begun = address.read(name, query), time.monotonic()
    say(out, {"machine": machine()})
    shown, last = -BETWEEN, None
    with threadpool_limits(1):
        for last in MADE[name](asked.knobs):
            if time.monotonic() - shown >= BETWEEN:
                shown = time.monotonic()
                say(out, {"picture": last.told()})
    assert last is not None  # every experiment has a last picture
    say(out, {"picture": last.told(), "done": round(time.monotonic() - begun, 3)})


def say(out: TextIO, told: dict[str, Any]) -> None:
    out.write(json.dumps(told, allow_nan=False) + "\n")
    out.flush()


def main() -> None:
    name, query = sys.argv[1:]
    if name != "time":
        os.nice(NICE)
    run(name, query, sys.stdout)


if __name__ == "__main__":
    main()

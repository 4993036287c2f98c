"""Start rows: from the process to the first page, with warm kernels and with none.

Then every kind of question is asked, and nothing may be compiled: numba itself is asked
(benchmarks/compilations.py), and the folder of kernels must stay as it is.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.processes import LAB, PATIENCE, free_port, processor_seconds, running, status
from benchmarks.rows import Row, below

WARM, COLD = 2.0, 20.0
WARM_STARTS = 3


@dataclass(frozen=True)
class Start:
    """Seconds from starting the process to the first 200 of /, and those on a processor."""

    seconds: float
    busy: float


def first_page(environment: Mapping[str, str]) -> Start:
    port = free_port()
    start = time.perf_counter()
    with running(*LAB, str(port), environment=environment) as process:
        while status(port) != 200:
            if process.poll() is not None or time.perf_counter() - start > PATIENCE:
                raise RuntimeError("the lab did not start")
            time.sleep(0.005)
        return Start(time.perf_counter() - start, processor_seconds(process.pid))


def compilations() -> dict[str, int]:
    """What was compiled before the first question, by the questions, and how many there were."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.compilations"],
        stdout=subprocess.PIPE, check=True, timeout=600,
    )  # fmt: skip
    seen: dict[str, int] = json.loads(done.stdout)
    return seen


def row(name: str, what: str, start: Start, most: float) -> Row:
    return Row(
        name, f"process start to first page, {what}", f"{start.seconds:.2f} s",
        target=f"≤ {most:.0f} s", reached=below(start.seconds, most),
        notes=(f"{start.busy:.2f} s of processor time",),
    )  # fmt: skip


def rows() -> list[Row]:
    with tempfile.TemporaryDirectory() as empty:
        cache = {"DOWNHILL_CACHE": empty}
        cold = first_page(cache)
        warm = min((first_page(cache) for _ in range(WARM_STARTS)), key=lambda start: start.seconds)
    seen = compilations()
    none = seen["compiled"] == 0 and seen["files"] == 0
    return [
        row("start-warm", "warm kernels", warm, WARM),
        row("start-cold", "no kernels", cold, COLD),
        Row(
            "compiles", f"compilations by {seen['questions']} questions of every kind",
            f"{seen['compiled']}", target="0", reached=none,
            notes=(f"{seen['files']} files of the kernel folder changed",),
        ),
    ]  # fmt: skip

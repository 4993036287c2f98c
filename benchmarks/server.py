"""Server row: questions a second of one process on one core, against a bare echo.

64 clients in a closed loop ask for four runs of 500 updates, each time with another η. The
load comes from another process on another core; windows alternate A B A B.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from statistics import median

from benchmarks.processes import CLIENT_CORE, LAB, SERVER_CORE, kept_on, processor_seconds, serving
from benchmarks.rows import Row

CLIENTS = 64
SECONDS = 3.0
WINDOWS = 5
TARGET = 0.40


@dataclass(frozen=True)
class Window:
    """What the clients saw in one window, and how busy both cores were."""

    answers: int
    per_second: float
    median: float
    slow: float
    bytes: float
    wrong: int
    lost: int
    busy: float
    server_seconds: float

    @property
    def cost(self) -> float:
        """Processor time of the server per answer."""
        return self.server_seconds / self.answers


def window(port: int, pid: int, kind: str, clients: int = CLIENTS) -> Window:
    command = [sys.executable, "-m", "benchmarks.load", str(port), str(clients), str(SECONDS), kind]
    before = processor_seconds(pid)
    with kept_on({CLIENT_CORE}):
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=60 + SECONDS)
    seen = json.loads(done.stdout)
    return Window(**seen, server_seconds=processor_seconds(pid) - before)


def windows(count: int) -> tuple[list[Window], list[Window]]:
    ours, theirs = [], []
    with (
        serving(*LAB, cores={SERVER_CORE}) as lab,
        serving("-m", "benchmarks.echo", cores={SERVER_CORE}) as echo,
    ):
        for _ in range(count):
            theirs.append(window(*echo, "echo"))
            ours.append(window(*lab, "paths"))
    return ours, theirs


def rates(seen: list[Window]) -> float:
    return median(window.per_second for window in seen)


def share(ours: list[Window], theirs: list[Window]) -> float:
    """The median share of neighbouring windows, which the machine's moods hit alike."""
    pairs = zip(ours, theirs, strict=True)
    return median(mine.per_second / their.per_second for mine, their in pairs)


def costs(seen: list[Window]) -> float:
    return median(window.cost for window in seen)


def told(name: str, seen: list[Window]) -> str:
    """Everything beside the rate that a reader needs to trust it."""
    middle = sorted(seen, key=lambda window: window.per_second)[len(seen) // 2]
    each = ", ".join(f"{window.per_second:,.0f}" for window in seen)
    return (
        f"{name}: windows {each} a second; a question waits {middle.median * 1e3:.1f} ms "
        f"(one in twenty {middle.slow * 1e3:.1f}); {middle.bytes:,.0f} bytes each; "
        f"the server spends {middle.cost * 1e6:.0f} µs of processor on each; "
        f"client core {middle.busy:.0%} busy; "
        f"{sum(w.wrong for w in seen)} wrong answers, {sum(w.lost for w in seen)} lost sockets"
    )


def rows() -> list[Row]:
    ours, theirs = windows(WINDOWS)
    rate, cost = share(ours, theirs), costs(theirs) / costs(ours)
    wrong = sum(window.wrong + window.lost for window in ours + theirs)
    return [
        Row(
            "server",
            f"{CLIENTS} clients ask four runs × 500 updates, one process on one core",
            f"{rates(ours):,.0f} /s",
            f"{rates(theirs):,.0f} /s (echo of 32 KB)",
            f"{rate:.0%} ({cost:.0%} by processor time)",
            f"≥ {TARGET:.0%}",
            min(rate, cost) >= TARGET and not wrong,
            (told("lab", ours), told("echo", theirs)),
        )
    ]

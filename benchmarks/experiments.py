"""Rows of experiments: training beside PyTorch, every default, and sliders meanwhile.

PyTorch is optional (`make bench-peers`). It trains the same network from the same start on the
same batches; where the two end must agree, or the row fails.
"""

import asyncio
import json
import resource
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import numpy as np
from threadpoolctl import threadpool_limits
from websockets.asyncio.client import ClientConnection, connect

from app.experiments.digits import chosen, digits
from app.experiments.network import Network
from app.experiments.pool import BEFORE, COMMAND
from app.experiments.table import EXPERIMENTS
from app.experiments.training import Recipe, Training
from benchmarks.peers import MISSING, PYTHON, Peer, Turn, peer
from benchmarks.processes import CORES, LAB, kept_on, serving
from benchmarks.rows import Row, below, microseconds, milliseconds, times
from benchmarks.shares import KEYS, slide

SPEEDS = ((1, 3000, 1.0), (100, 2000, 0.7), (1437, 300, 0.7))  # batch, updates, at least
TURNS = 9
ETA = 0.1
AGREE = 1e-3
WHOLE, FIRST, BESIDE = 20.0, 1.0, 2.0
LONG = "epochs=400&seeds=8"  # an experiment that outlasts the measurement
STRETCHES = 6


@dataclass(frozen=True)
class Lesson:
    """A training for us and for the peer: so many updates with batches of one size.

    Examples that would make a short last batch are left out.
    """

    batch: int
    updates: int

    def fresh(self) -> Training:
        whole = digits("digits", 0).training
        examples = chosen(whole, np.arange(len(whole) // self.batch * self.batch))
        network = Network.of(examples, (32,), "tanh")
        return Training(Recipe(network, self.batch, 0, eta=ETA), examples)

    def write(self, file: Path) -> None:
        """All that the peer needs to do the same."""
        training = self.fresh()
        epochs = range(-(-self.updates // training.per_epoch))
        order = np.concatenate([training.order(epoch) for epoch in epochs])
        np.savez(
            file, pixels=training.examples.pixels, labels=training.examples.labels,
            start=training.theta, sizes=training.recipe.network.sizes, eta=ETA, order=order,
        )  # fmt: skip

    def turn(self) -> Turn:
        training = self.fresh()
        training.advance(self.updates)
        layers = training.recipe.network.matrices(training.theta.astype(float))
        sums = [float(part.sum()) for m in layers for part in (m[:-1], m[-1:])]
        return Turn(training.seconds, (sum(sums[::2]), sum(sums[1::2])))


def speed(batch: int, updates: int, least: float, threads: int) -> Row:
    """How many times as fast as the peer, in turns, both on as many cores as threads."""
    name = f"train-{batch}" + ("" if threads == 1 else f"-{threads}")
    what = f"updates of 64–32–10, B = {batch:,}, {threads} thread{'s' * (threads > 1)} each"
    wanted = f"≥ {least}×" if least else "–"
    lesson = Lesson(batch, updates)
    if not PYTHON.exists():
        return Row(name, what, "–", MISSING, target=wanted)
    with tempfile.TemporaryDirectory() as folder, kept_on(CORES[:threads]):
        file = Path(folder) / "lesson.npz"
        lesson.write(file)
        with peer("peer_training.py", set(CORES[:threads]), file, updates, threads) as torch:
            return compared(name, what, lesson, torch, least, wanted, threads)


def compared(
    name: str, what: str, lesson: Lesson, torch: Peer, least: float, wanted: str, threads: int
) -> Row:
    with threadpool_limits(threads):
        torch.turn(), lesson.turn()
        turns = [(lesson.turn(), torch.turn()) for _ in range(TURNS)]
    ours, theirs = (median(t.seconds for t in side) for side in zip(*turns, strict=True))
    fastest = min(b.seconds for _, b in turns) / min(a.seconds for a, _ in turns)
    same = all(np.allclose(a.sums, b.sums, rtol=AGREE, atol=AGREE) for a, b in turns)
    ratio = theirs / ours
    return Row(
        name, what, microseconds(ours / lesson.updates),
        f"{microseconds(theirs / lesson.updates)} (PyTorch eager)", times(ratio), wanted,
        ratio >= least and same if least else None,
        (f"fastest turns {times(fastest)}" + ("" if same else "; THE ENDS DIFFER"),),
    )  # fmt: skip


@dataclass(frozen=True)
class Ran:
    """Seconds until the first figures are on a chart, until the end, and of processor time."""

    first: float
    whole: float
    busy: float


def ran(name: str) -> Ran:
    """One experiment at its defaults, in the process that a server would start."""
    begun, first, busy = time.perf_counter() - BEFORE, None, children()
    with subprocess.Popen([*COMMAND, name, ""], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            told = json.loads(line)
            if first is None and told.get("picture", {}).get("series"):
                first = time.perf_counter() - begun
    assert process.returncode == 0
    assert first is not None
    return Ran(first, time.perf_counter() - begun, children() - busy)


def children() -> float:
    """Processor time of processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def defaults() -> list[Row]:
    """Every experiment at its defaults; the first run of each, as a class would see it."""
    return [
        Row(
            f"run-{name}", f"experiment {name} at its defaults", f"{found.whole:.1f} s",
            target=f"≤ {WHOLE:.0f} s, first ≤ {FIRST:.0f} s",
            reached=below(found.whole, WHOLE) and below(found.first, FIRST),
            notes=(
                f"first figures after {found.first:.2f} s; {found.busy:.1f} s of processor time",
            ),
        )
        for name in EXPERIMENTS
        for found in (ran(name),)
    ]  # fmt: skip


@dataclass
class Seen:
    """Seconds of the slider's answers without and with an experiment running."""

    quiet: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)


async def follow(socket: ClientConnection, number: int, name: str | None) -> None:
    question = {"id": number, "want": "experiment", "experiment": name}
    knobs = {} if name is None else {"knobs": f"{LONG}&seed={number}"}
    await socket.send(json.dumps(question | knobs))


async def watch(port: int) -> Seen:
    """A page turns a slider; another one follows an experiment now and then."""
    seen, address = Seen(), f"ws://127.0.0.1:{port}/ws"
    async with connect(address, max_size=None) as page, connect(address, max_size=None) as other:
        reading = asyncio.create_task(read(other))
        await slide(page, 0)
        for turn in range(1, STRETCHES + 1):
            seen.quiet += await slide(page, 2 * turn * KEYS)
            await follow(other, 2 * turn, "accuracy")
            await asyncio.sleep(1)
            seen.busy += await slide(page, (2 * turn + 1) * KEYS)
            await follow(other, 2 * turn + 1, None)
            await asyncio.sleep(0.3)
        reading.cancel()
    return seen


async def read(socket: ClientConnection) -> None:
    async for _ in socket:
        pass


def beside() -> Row:
    with serving(*LAB) as (port, _):
        seen = asyncio.run(watch(port))
    quiet, busy = median(seen.quiet), median(seen.busy)
    slow = sorted(seen.busy)[int(0.95 * len(seen.busy))]
    return Row(
        "run-beside", "a slider's answer while an experiment runs", milliseconds(busy),
        f"{milliseconds(quiet)} (without)", times(busy / quiet), f"≤ {BESIDE:.0f}×",
        below(busy / quiet, BESIDE),
        (f"one answer in twenty waits longer than {milliseconds(slow)}",),
    )  # fmt: skip


def rows() -> list[Row]:
    speeds = [speed(batch, updates, least, 1) for batch, updates, least in SPEEDS]
    full, many, _ = SPEEDS[-1]
    every = [speed(full, many, 0, len(CORES))] if len(CORES) > 1 else []
    return [*speeds, *every, *defaults(), beside()]

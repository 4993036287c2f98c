"""Asks every kind of question and prints as JSON what numba compiled because of it.

    python -m benchmarks.compilations

The server runs in this process, so that numba's own events can be heard.
"""

import asyncio
import json
from threading import Thread
from urllib.parse import urlencode

import uvicorn
from numba.core import event
from websockets.asyncio.client import ClientConnection, connect

from app.__main__ import warm
from app.kernels import KERNELS
from app.limits import LIMITS
from app.main import build
from app.rules import RULES
from app.sampling import SHUFFLES
from app.schedules import SCHEDULES
from app.surfaces.catalogue import SURFACES
from benchmarks.processes import free_port, status, until_open

PAGES = ("/", "/class", "/tables.js", "/api/surfaces", "/api/surfaces/himmelblau/grid")
FORMULAS = ("x*x + y*y", "sin(x)*cos(y)", "min(x, y) + abs(x*y)", "tanh(x)**3 + log(y*y + 1)")
WINDOW = {"x": [-1, 1], "y": [-1, 1], "resolution": [20, 20]}


def scenes() -> list[str]:
    """Every surface with every rule, quiet and in batches; every schedule and every shuffle."""
    most = LIMITS["runs"]
    some = ["&".join(f"run={rule.name}" for rule in part) for part in (RULES[:most], RULES[most:])]
    knobs: list[dict[str, object]] = [
        {},
        {"spread": 0.2, "batch": 3},
        {"spread": 0.2, "noise": "tilt", "updates": 3000},
    ]
    knobs += [{"schedule": name} for name in SCHEDULES]
    knobs += [{"spread": 0.1, "batch": 1, "shuffle": name} for name in SHUFFLES]
    places = [{"surface": row.name, **knob} for row in SURFACES for knob in knobs]
    places += [{"surface": "formula", "formula": text} for text in FORMULAS]
    return [f"{urlencode(place)}&{runs}" for place in places for runs in some]


def questions() -> list[dict[str, object]]:
    asked: list[dict[str, object]] = []
    for scene in scenes():
        asked.append({"want": "paths", "scene": scene})
        asked.append({"want": "ground", "scene": scene, **WINDOW})
        asked.append({"want": "window", "scene": scene, "from": 10, "to": 20})
        asked.append({"want": "update", "scene": scene, "of": [0], "index": 10})
    return [{"id": number, **question} for number, question in enumerate(asked, 1)]


async def answer(socket: ClientConnection, question: dict[str, object]) -> None:
    """Asks, and waits for the last part of the answer."""
    await socket.send(json.dumps(question))
    while True:
        frame = await asyncio.wait_for(socket.recv(), 60)
        assert isinstance(frame, bytes)
        head = json.loads(frame[4 : 4 + int.from_bytes(frame[:4], "little")])
        assert "error" not in head, head
        if head["id"] == question["id"] and head["part"] == head["parts"] - 1:
            return


async def ask_all(port: int, asked: list[dict[str, object]]) -> None:
    async with connect(f"ws://127.0.0.1:{port}/ws", compression=None) as socket:
        for question in asked:
            await answer(socket, question)


def files() -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in KERNELS.rglob("*") if path.is_file()}


def main() -> None:
    warm()
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(build(), port=port, log_level="warning"))
    serving = Thread(target=server.run)
    serving.start()
    until_open(port)
    before, asked = files(), questions()
    with event.install_recorder("numba:compile") as recorder:
        asyncio.run(ask_all(port, asked))
        opened = [status(port, page) for page in PAGES]
    assert opened == [200] * len(PAGES), opened
    server.should_exit = True
    serving.join()  # its own threads must be gone before the interpreter is
    changed = set(files().items()) ^ set(before.items())
    compiled = sum(1 for _, what in recorder.buffer if what.is_start)
    counts = {"questions": len(asked) + len(PAGES), "compiled": compiled, "files": len(changed)}
    print(json.dumps(counts))


if __name__ == "__main__":
    main()

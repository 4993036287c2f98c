"""Questions over a real socket, as the page asks them."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import numpy as np
from websockets.asyncio.client import ClientConnection, connect

from app.frames import unpack

ANSWER_WITHIN = 60  # seconds; generous, because nothing here is about speed


@asynccontextmanager
async def page(address: str, **options: Any) -> AsyncIterator[ClientConnection]:
    """An open socket, as a browser tab has one."""
    usual = {"max_size": None, "max_queue": None, "open_timeout": ANSWER_WITHIN}
    options = usual | {"compression": None} | options
    async with connect(address, **options) as socket:
        yield socket


async def send(
    socket: ClientConnection, identity: int, want: str, scene: str, **fields: Any
) -> None:
    await socket.send(json.dumps({"id": identity, "want": want, "scene": scene} | fields))


async def receive(socket: ClientConnection) -> tuple[dict[str, Any], np.ndarray]:
    """The next frame."""
    async with asyncio.timeout(ANSWER_WITHIN):
        data = await socket.recv()
    assert isinstance(data, bytes)
    return unpack(data)


async def answer_to(
    socket: ClientConnection, identity: int
) -> list[tuple[dict[str, Any], np.ndarray]]:
    """All frames of one answer; answers to other questions are passed over."""
    frames = []
    while True:
        header, values = await receive(socket)
        if header["id"] != identity:
            continue
        frames.append((header, values))
        if "error" in header or header["part"] == header["parts"] - 1:
            return frames


async def ask(
    socket: ClientConnection, identity: int, want: str, scene: str = "", **fields: Any
) -> list[tuple[dict[str, Any], np.ndarray]]:
    await send(socket, identity, want, scene, **fields)
    return await answer_to(socket, identity)


def columns(frames: list[tuple[dict[str, Any], np.ndarray]]) -> list[np.ndarray]:
    """Each run's columns, put together from all parts."""
    count = len(frames[0][0]["columns"])
    blocks: dict[int, list[np.ndarray]] = {}
    for header, values in frames:
        at = 0
        for section in header["sections"]:
            size = count * section["rows"]
            block = values[at : at + size].reshape(count, -1)
            blocks.setdefault(section["of"], []).append(block)
            at += size
    return [np.concatenate(blocks[of], axis=1) for of in sorted(blocks)]

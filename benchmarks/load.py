"""Clients in a closed loop: each asks its next question when its last one is answered.

    python -m benchmarks.load PORT CLIENTS SECONDS paths|echo

Speaks just enough of the WebSocket protocol to weigh little: it counts bytes, and reads one
answer in a hundred in full. Prints what it saw as JSON.
"""

import asyncio
import itertools
import json
import os
import struct
import sys
import time

import uvloop

RUNS = "&run=gd&run=momentum&run=nesterov&run=adam"
SCENE = "surface=himmelblau&start=-4,4.5&updates=500&eta={eta}" + RUNS
RATES = 3_000_000  # different rates between 0.001 and 0.004; no question is asked twice
STRIDE = 1_854_101  # shares no factor with RATES, so that rates jump like a hand
MASK = b"\x00\x00\x00\x00"  # a mask of zeros is a mask, and costs nothing
WARM = 0.5  # seconds that do not count
READ_ONE_IN = 100
UPGRADE = (
    "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ZG93bmhpbGwgYmVuY2ghIQ==\r\n\r\n"
)
NUMBERS = itertools.count(os.getpid() * 10_007)


def question(number: int) -> bytes:
    """One text frame: the same four runs with a learning rate of its own."""
    eta = f"{0.001 + 1e-9 * (number * STRIDE % RATES):.9f}".rstrip("0")
    asked = {"id": number, "want": "paths", "scene": SCENE.format(eta=eta)}
    text = json.dumps(asked, separators=(",", ":")).encode()
    return struct.pack(">BBH", 0x81, 0x80 | 126, len(text)) + MASK + text


class Client(asyncio.BufferedProtocol):
    """One page: asks, waits for the whole frame, asks again."""

    def __init__(self, port: int, reads: bool) -> None:
        self.port, self.reads = port, reads
        self.buffer = bytearray(1 << 17)
        self.held = 0
        self.open = False
        self.total = self.bytes = self.wrong = 0
        self.waited: list[float] = []
        self.number, self.asked = 0, 0.0
        self.lost = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: asyncio.Transport = transport  # type: ignore[assignment]
        self.transport.write(UPGRADE.format(port=self.port).encode())

    def connection_lost(self, error: Exception | None) -> None:
        self.lost = True

    def get_buffer(self, sizehint: int) -> memoryview:
        return memoryview(self.buffer)[self.held :]

    def buffer_updated(self, count: int) -> None:
        self.held += count
        if not self.open:
            self.accept()
            return
        size = frame_size(self.buffer, self.held)
        if size and self.held >= size:
            self.answered(size)

    def accept(self) -> None:
        head = bytes(self.buffer[: self.held])
        if head.endswith(b"\r\n\r\n"):
            assert head.startswith(b"HTTP/1.1 101"), head
            self.open, self.held = True, 0
            self.ask()

    def answered(self, size: int) -> None:
        self.waited.append(time.perf_counter() - self.asked)
        self.total += 1
        self.bytes += size
        self.wrong += self.buffer[0] != 0x82 or self.held != size
        if self.reads and self.total % READ_ONE_IN == 1:
            self.wrong += not is_answer(self.buffer, self.number)
        self.held = 0
        self.ask()

    def ask(self) -> None:
        self.number = next(NUMBERS)
        self.asked = time.perf_counter()
        self.transport.write(question(self.number))

    def reset(self) -> None:
        """Forget what was counted while the server warmed up."""
        self.bytes = 0
        self.waited.clear()


def frame_size(buffer: bytearray, held: int) -> int:
    """Bytes of the frame that begins the buffer, 0 while its head is incomplete."""
    if held < 10:
        return 0
    short = buffer[1]
    if short < 126:
        return 2 + short
    if short == 126:
        return 4 + int(struct.unpack_from(">H", buffer, 2)[0])
    return 10 + int(struct.unpack_from(">Q", buffer, 2)[0])


def is_answer(buffer: bytearray, number: int) -> bool:
    """Whether a whole answer is four whole paths to this very question."""
    start = 4 if buffer[1] == 126 else 10
    (length,) = struct.unpack_from("<I", buffer, start)
    head = json.loads(buffer[start + 4 : start + 4 + length])
    rows = sum(section["rows"] for section in head["sections"])
    return bool(head["id"] == number and head["parts"] == 1 and rows == 4 * 501)


async def storm(port: int, clients: int, seconds: float, reads: bool) -> dict[str, float]:
    loop = asyncio.get_running_loop()
    pages = [
        (await loop.create_connection(lambda: Client(port, reads), "127.0.0.1", port))[1]
        for _ in range(clients)
    ]
    await asyncio.sleep(WARM)
    for page in pages:
        page.reset()
    began, busy = time.perf_counter(), time.process_time()
    await asyncio.sleep(seconds)
    took, busy = time.perf_counter() - began, time.process_time() - busy
    waited = sorted(time for page in pages for time in page.waited)
    for page in pages:
        page.transport.abort()
    return {
        "answers": sum(page.total for page in pages),
        "per_second": len(waited) / took,
        "median": waited[len(waited) // 2],
        "slow": waited[len(waited) * 95 // 100],
        "bytes": sum(page.bytes for page in pages) / len(waited),
        "wrong": sum(page.wrong for page in pages),
        "lost": sum(page.lost for page in pages),
        "busy": busy / took,
    }


if __name__ == "__main__":
    port, clients, seconds = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    print(json.dumps(uvloop.run(storm(port, clients, seconds, sys.argv[4] == "paths"))))

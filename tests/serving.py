"""A real server in a process of its own, for what the in-process client cannot show."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).parent.parent
PATIENCE = 180  # seconds for a start: a fresh machine compiles every kernel first

TIGHTENED = """\
import json, sys
from app.limits import LIMITS
LIMITS.update(json.loads(sys.argv[1]))
from app.__main__ import main
main(sys.argv[2:])
"""


@dataclass(frozen=True)
class Server:
    """Where a running server is, and what it wrote to its terminal."""

    port: int
    pid: int
    terminal: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def ws(self) -> str:
        return f"ws://127.0.0.1:{self.port}/ws"

    def said(self) -> str:
        return self.terminal.read_text("utf-8")

    def memory(self) -> int:
        """Bytes of memory in use."""
        pages = Path(f"/proc/{self.pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def is_well(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False


@contextmanager
def serving(limits: str = "", settings: Mapping[str, str] | None = None) -> Iterator[Server]:
    """A server until the block ends; `limits` is JSON that replaces rows of the table of limits."""
    port = free_port()
    start = ["-c", TIGHTENED, limits] if limits else ["-m", "app"]
    surroundings = os.environ | {f"DOWNHILL_{k.upper()}": v for k, v in (settings or {}).items()}
    with tempfile.NamedTemporaryFile("w+", suffix=".log") as terminal:
        process = subprocess.Popen(
            [sys.executable, *start, "--port", str(port)],
            cwd=PROJECT, env=surroundings, stdout=terminal, stderr=subprocess.STDOUT,
        )  # fmt: skip
        server = Server(port, process.pid, Path(terminal.name))
        try:
            wait_for(server, process)
            yield server
        finally:
            end(process)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(server: Server, process: "subprocess.Popen[bytes]") -> None:
    last = time.monotonic() + PATIENCE
    while not server.is_well():
        assert process.poll() is None, server.said()
        assert time.monotonic() < last, server.said()
        time.sleep(0.1)


def end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()

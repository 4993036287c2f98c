"""Processes the benchmarks start, keep on a core, and always end themselves."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from urllib.error import URLError

CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else [0]
SERVER_CORE, CLIENT_CORE = CORES[0], CORES[-1]
PATIENCE = 120.0  # seconds a server may take to answer for the first time


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def kept_on(cores: Iterable[int]) -> Iterator[None]:
    """This thread, and every process started in the block, on these cores alone."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, set(cores))
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def status(port: int, path: str = "/") -> int:
    """HTTP status of a page, 0 while nothing answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
            return int(answer.status)
    except (URLError, ConnectionError):
        return 0


@contextmanager
def running(
    *words: str, cores: Iterable[int] = CORES, environment: Mapping[str, str] | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    """A Python process of this interpreter, ended with the block."""
    everything = {**os.environ, **(environment or {})}
    with kept_on(cores):
        process = subprocess.Popen(
            [sys.executable, *words], env=everything, stdout=subprocess.DEVNULL
        )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def serving(*words: str, cores: Iterable[int] = CORES) -> Iterator[tuple[int, int]]:
    """A server told its port as the last word: (port, process id) once it listens."""
    port = free_port()
    with running(*words, str(port), cores=cores) as process:
        until_open(port, process)
        yield port, process.pid


def until_open(port: int, process: "subprocess.Popen[bytes] | None" = None) -> None:
    """Waits for a server, not for ever and not for one that has ended."""
    end = time.monotonic() + PATIENCE
    while not is_open(port):
        if time.monotonic() > end or (process and process.poll() is not None):
            raise RuntimeError("a server did not start")
        time.sleep(0.01)


def processor_seconds(pid: int) -> float:
    """Processor time a process has used so far."""
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


LAB = ("-m", "app", "--port")

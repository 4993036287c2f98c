"""Finished experiments on the disk: what one server measured, all servers of this machine read.

A file per address, in a folder whose name carries a hash of all that decides the numbers: our
sources, the images, the libraries and the processor. The folder can be deleted at any time; it
never holds more than `results` of the limits, and the file that nobody asked for goes first.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.experiments.address import Asked
from app.experiments.digits import FILE, mnist_folder
from app.experiments.machine import machine
from app.limits import LIMITS
from app.settings import PROJECT, cache_folder, write_whole

RULES = ("engine", "kernels", "rules", "sampling", "schedules")


def sources() -> Iterator[Path]:
    """Files that can change a number."""
    yield from sorted((PROJECT / "app" / "experiments").glob("*.py"))
    yield from (PROJECT / "app" / f"{name}.py" for name in RULES)
    yield FILE


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Changes when the same address may give other numbers."""
    digest = hashlib.sha256(json.dumps(machine()).encode())
    for path in sources():
        digest.update(path.read_bytes())
    for path in sorted(mnist_folder().glob("*-ubyte*")):
        digest.update(f"{path.name} {path.stat().st_size} {path.stat().st_mtime_ns}".encode())
    return digest.hexdigest()[:16]


def folder() -> Path:
    return cache_folder() / f"experiments-{fingerprint()}"


def place(asked: Asked) -> Path:
    """Where the result of an experiment is kept."""
    return folder() / f"{asked.name}-{hashlib.sha256(asked.query.encode()).hexdigest()[:16]}.json"


def kept(asked: Asked) -> dict[str, Any] | None:
    """The result of an earlier run, None where there is none."""
    path = place(asked)
    try:
        found = json.loads(path.read_bytes())
        os.utime(path)
    except (OSError, ValueError):
        return None
    is_ours = isinstance(found, dict) and found.get("address") == asked.address
    return found if is_ours else None


def keep(asked: Asked, result: dict[str, Any]) -> None:
    """Keeps a result where the folder can be written; else the server's memory has it alone."""
    with suppress(OSError):
        write_whole(place(asked), json.dumps({"address": asked.address} | result).encode())
        forget()


def forget() -> None:
    """Deletes what was not asked for longest, when there is too much."""
    files = sorted(folder().glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files[LIMITS["results"] :]:
        path.unlink(missing_ok=True)

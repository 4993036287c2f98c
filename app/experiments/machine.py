"""The machine an experiment ran on, in a few words: it decides times, and the last digits."""

import os
import platform
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_info


@lru_cache(maxsize=1)
def machine() -> dict[str, Any]:
    """Processor, cores this process may use, system, and the libraries that multiply."""
    return {
        "processor": processor(),
        "cores": cores(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "numpy": np.__version__,
        "blas": blas(),
        "threads": blas_threads(),
    }


def processor() -> str:
    """The processor's name for people, as far as the system tells."""
    told = Path("/proc/cpuinfo")
    if told.exists():
        for line in told.read_text("utf-8", "replace").splitlines():
            name, _, value = line.partition(":")
            if name.strip() in ("model name", "Model"):
                return value.strip()
    return platform.processor() or platform.machine()


def cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def libraries() -> list[dict[str, Any]]:
    """The linear algebra that NumPy calls."""
    return [library for library in threadpool_info() if library["user_api"] == "blas"]


def blas() -> str:
    names = [f"{lib['internal_api']} {lib['version']}" for lib in libraries()]
    return ", ".join(names) or "none"


@lru_cache(maxsize=1)
def blas_threads() -> int:
    """Threads the linear algebra takes when nobody limits it; asked before anybody does."""
    return max((int(library["num_threads"]) for library in libraries()), default=1)

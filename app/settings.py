"""The table of server settings.

One row per setting: name, default, help. A setting is read from the environment as
DOWNHILL_<NAME>, where an empty one counts as not set; the command line overrides host, port and
workers.
This room is not a place for knobs (knobs.py) or for limits of a scene (limits.py).
"""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Setting:
    name: str
    default: str | int
    help: str


SETTINGS = (
    Setting("host", "127.0.0.1", "address to listen on; 0.0.0.0 lets the whole network in"),
    Setting("port", 8000, "port to listen on"),
    Setting("workers", 1, "server processes"),
    Setting("cache", ".cache", "folder for compiled kernels and compressed files"),
    Setting("origins", "", "other origins, separated by commas, whose pages may open the socket"),
    Setting("public_url", "", "address a class opens, when it is not this machine's own"),
    Setting("threads", 2, "threads that walk long questions"),
    Setting("experiments", 1, "experiments that run at once, each in a process of its own"),
    Setting("mnist", "", "folder with the four IDX files of MNIST, for experiments on it"),
    Setting("sockets", 2000, "open sockets one process accepts"),
)


def setting(name: str) -> str | int:
    """Value of one setting, with the type of its default. KeyError for unknown names."""
    row = next((row for row in SETTINGS if row.name == name), None)
    if row is None:
        raise KeyError(name)
    given = os.environ.get(f"DOWNHILL_{name.upper()}")
    return type(row.default)(given) if given else row.default


def number(name: str) -> int:
    """A setting that counts something."""
    return int(setting(name))


PROJECT = Path(__file__).parent.parent


def cache_folder() -> Path:
    """Folder of everything that can be made again, as an absolute path."""
    return PROJECT / str(setting("cache"))


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file so that another process sees all of it or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}")
    part.write_bytes(data)
    part.replace(path)

"""The table of server settings.

One row per setting: name, default, help. A setting is read from the environment as
DOWNHILL_<NAME>; the command line overrides host, port and workers.
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
    Setting("sockets", 2000, "open sockets one process accepts"),
)


def setting(name: str) -> str | int:
    """Value of one setting, with the type of its default. KeyError for unknown names."""
    row = next((row for row in SETTINGS if row.name == name), None)
    if row is None:
        raise KeyError(name)
    given = os.environ.get(f"DOWNHILL_{name.upper()}")
    return row.default if given is None else type(row.default)(given)


def number(name: str) -> int:
    """A setting that counts something."""
    return int(setting(name))


PROJECT = Path(__file__).parent.parent


def cache_folder() -> Path:
    """Folder of everything that can be made again, as an absolute path."""
    return PROJECT / str(setting("cache"))

"""Arrays <-> bytes: the only place that knows the wire.

    4 bytes   length of the header, little-endian
    header    JSON, padded with spaces until the columns begin at a multiple of 8
    columns   float32, little-endian, one after the other

An answer too long for one frame comes in parts. Long paths are thinned for the eye: ends,
extremes and the playhead's neighbourhood stay, and the header says so.
"""

import json
import struct
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic_core import to_json

from app.descent import Path
from app.figures import figures, finite
from app.limits import LIMITS
from app.scene import Problem, Scene
from app.surfaces.data import Floats

Header = dict[str, Any]
SECTIONS = 1024  # bytes the list of sections and the part's number may take in a header
COLUMNS = ["theta1", "theta2", "loss"]
BUCKETS = 250  # stretches of a thinned path, each with its extremes
TOLD = 20  # problems one answer tells; an address may hold thousands
AROUND = 100  # updates either side of the playhead that are never thinned


def frame(header: Header, columns: bytes = b"") -> bytes:
    """One frame. The header must be JSON without NaN."""
    return packed(to_json(header, inf_nan_mode="null"), columns)


def packed(text: bytes, columns: bytes) -> bytes:
    """A header already written as JSON, and its columns."""
    text += b" " * (-(len(text) + 4) % 8)
    return b"".join((struct.pack("<I", len(text)), text, columns))


def unpack(data: bytes) -> tuple[Header, NDArray[np.float32]]:
    """Header and columns of one frame, the inverse of `frame`."""
    (length,) = struct.unpack_from("<I", data)
    header = json.loads(data[4 : 4 + length])
    return header, np.frombuffer(data, "<f4", offset=4 + length)


def refusal(identity: Any, want: Any, error: str, problems: list[Problem] | None = None) -> bytes:
    """A frame that says what was wrong."""
    return frame({"id": identity, "want": want, "error": error, "problems": told(problems or [])})


def told(problems: list[Problem]) -> list[dict[str, str]]:
    """The first problems; a knob nobody knows may have a name of any length."""
    return [vars(problem) | {"knob": problem.knob[:80]} for problem in problems[:TOLD]]


def float32(values: Floats) -> NDArray[np.float32]:
    """Rounded to single precision; what is too large for it becomes Infinity."""
    with np.errstate(over="ignore"):
        return values.astype("<f4")


def kept_rows(track: Floats, at: int | None) -> NDArray[np.int64] | None:
    """Rows of a path worth drawing; None when all of them are."""
    points = track.shape[1]
    if points <= LIMITS["shown"]:
        return None
    size = -(-points // BUCKETS)
    edges = np.arange(0, points, size)
    rows = [edges, np.minimum(edges + size // 2, points - 1), [0, points - 1]]
    for column in track:
        known = np.where(np.isfinite(column), column, column[0])
        padded = np.pad(known, (0, len(edges) * size - points), mode="edge")
        stretches = padded.reshape(len(edges), size)
        rows += [edges + stretches.argmin(axis=1), edges + stretches.argmax(axis=1)]
    if at is not None:
        rows.append(np.arange(max(0, at - AROUND), min(points, at + AROUND + 1)))
    return np.unique(np.minimum(np.concatenate(rows), points - 1)).astype(np.int64)


def paths_answer(
    identity: int, scene: Scene, problems: list[Problem], paths: list[Path]
) -> list[bytes]:
    """The frames of a `paths` question."""
    at = playhead(scene)
    kept = [kept_rows(path.track, at) for path in paths]
    thinned = any(rows is not None for rows in kept)
    columns = [columns_of(path, rows, thinned) for path, rows in zip(paths, kept, strict=True)]
    runs = [
        figures(scene, path) | {"every": every(path, rows), "rows": drawn.shape[1]}
        for path, rows, drawn in zip(paths, kept, columns, strict=True)
    ]
    head = {
        "scene": scene.query(),
        "problems": told(problems),
        "columns": ["update", *COLUMNS] if thinned else COLUMNS,
        "runs": runs,
    }
    return parts(identity, "paths", head, columns)


def playhead(scene: Scene) -> int | None:
    at = dict(scene.view).get("at")
    return None if at is None else int(float(at))


def every(path: Path, rows: NDArray[np.int64] | None) -> int:
    return 1 if rows is None else -(-path.track.shape[1] // BUCKETS) // 2


def columns_of(path: Path, rows: NDArray[np.int64] | None, numbered: bool) -> Floats:
    """Columns of a path as (3, rows), or (4, rows) with the update's number first."""
    track = path.track if rows is None else path.track[:, rows]
    if not numbered:
        return track
    numbers = np.arange(track.shape[1]) if rows is None else rows
    return np.concatenate([numbers[None], track])


def window_answer(
    identity: int, scene: Scene, paths: list[Path], first: int, last: int
) -> list[bytes]:
    """Exact rows first … last of every path."""
    last = min(last, first + LIMITS["window"] - 1)
    columns = []
    for path in paths:
        points = path.track.shape[1]
        rows = np.arange(min(first, points), min(last + 1, points))
        columns.append(columns_of(path, rows, numbered=True))
    head = {"scene": scene.query(), "columns": ["update", *COLUMNS], "from": first, "to": last}
    return parts(identity, "window", head, columns)


def parts(identity: int, want: str, head: Header, columns: list[Floats]) -> list[bytes]:
    """Cuts columns of all runs into frames; the first carries the head."""
    text = to_json(head, inf_nan_mode="null")[1:-1]
    with np.errstate(over="ignore"):
        singles = [column.astype("<f4") for column in columns]
    cut = list(packs(singles, LIMITS["frame"] - SECTIONS - len(text), LIMITS["frame"] - SECTIONS))
    frames = []
    for part, (sections, payload) in enumerate(cut):
        own = {"id": identity, "want": want, "part": part, "parts": len(cut), "sections": sections}
        body = to_json(own)[:-1] + (b"," + text if part == 0 else b"") + b"}"
        frames.append(packed(body, payload))
    return frames


def room_beside(head: Header) -> int:
    """Bytes left for columns in a frame whose header begins with this."""
    return max(0, LIMITS["frame"] - len(frame(head)) - SECTIONS)


Section = dict[str, int]


def packs(
    columns: list[NDArray[np.float32]], room: int, room_later: int
) -> Iterator[tuple[list[Section], bytes]]:
    """Sections (which run, which rows) and their bytes, as many as fit into one frame."""
    if sum(table.nbytes for table in columns) <= room:
        whole = [{"of": of, "row": 0, "rows": len(table[0])} for of, table in enumerate(columns)]
        yield (
            [part for part in whole if part["rows"]],
            b"".join(table.tobytes() for table in columns),
        )
        return
    yield from cut_packs(columns, room, room_later)


def cut_packs(
    columns: list[NDArray[np.float32]], room: int, room_later: int
) -> Iterator[tuple[list[Section], bytes]]:
    """The same for columns that need more than one frame."""
    sections: list[Section] = []
    payload: list[bytes] = []
    for of, table in enumerate(columns):
        row, rows = 0, table.shape[1]
        while row < rows:
            fit = min(rows - row, room // (4 * len(table)))
            if fit <= 0:
                yield sections, b"".join(payload)
                sections, payload, room = [], [], room_later
                continue
            sections.append({"of": of, "row": row, "rows": fit})
            payload.append(table[:, row : row + fit].tobytes())
            row, room = row + fit, room - 4 * len(table) * fit
    yield sections, b"".join(payload)


def ground_answer(identity: int, head: Header, loss: Floats) -> list[bytes]:
    """The loss on a grid (ny, nx), rows following y."""
    known = loss[np.isfinite(loss)]
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 0.0)
    head |= {"shape": list(loss.shape), "low": finite(low), "high": finite(high)}
    fit = max(1, room_beside(head) // (4 * loss.shape[1]))
    starts = range(0, len(loss), fit)
    frames = []
    for part, row in enumerate(starts):
        rows = float32(loss[row : row + fit])
        header = {"id": identity, "want": "ground", "part": part, "parts": len(starts)}
        frames.append(frame(header | head | {"row": row, "rows": len(rows)}, rows.tobytes()))
    return frames

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
from pydantic_core import to_json

from app.descent import Path
from app.figures import ended, finite
from app.limits import LIMITS
from app.sampling import Counts
from app.scene import Problem, Scene
from app.surfaces.data import Floats, Singles

Header = dict[str, Any]
SECTIONS = 1024  # bytes the list of sections and the part's number may take in a header
COLUMNS = ["theta1", "theta2", "loss"]
NUMBERED = ["update", *COLUMNS]
BUCKETS = 250  # stretches of a thinned path, each with its extremes
TOLD = 20  # problems one answer tells; an address may hold thousands
AROUND = 100  # updates either side of the playhead that are never thinned


def frame(header: Header, columns: bytes | memoryview = b"") -> bytes:
    """One frame. The header must be JSON without NaN."""
    return packed(to_json(header, inf_nan_mode="null"), columns)


def packed(text: bytes, columns: bytes | memoryview) -> bytes:
    """A header already written as JSON, and its columns."""
    text += b" " * (-(len(text) + 4) % 8)
    return b"".join((struct.pack("<I", len(text)), text, columns))


def unpack(data: bytes) -> tuple[Header, Singles]:
    """Header and columns of one frame, the inverse of `frame`."""
    (length,) = struct.unpack_from("<I", data)
    header = json.loads(data[4 : 4 + length])
    return header, np.frombuffer(data, "<f4", offset=4 + length)


def refusal(identity: Any, want: Any, error: str, problems: list[Problem] | None = None) -> bytes:
    """A frame that says what was wrong."""
    return frame({"id": identity, "want": want, "error": error, "problems": told(problems or [])})


def told(problems: list[Problem]) -> list[dict[str, Any]]:
    """The first problems; a knob nobody knows may have a name of any length."""
    return [problem.told() | {"knob": problem.knob[:80]} for problem in problems[:TOLD]]


def float32(*columns: Floats) -> Singles:
    """Columns one after the other in single precision; what is too large becomes Infinity."""
    with np.errstate(over="ignore"):
        return np.concatenate(columns, axis=None, dtype="<f4", casting="same_kind")


def kept_rows(track: Floats, at: int | None) -> Counts:
    """Rows of a path worth drawing."""
    points = track.shape[1]
    if points <= LIMITS["shown"]:
        return np.arange(points)
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
    names, columns = drawn(scene, paths)
    runs = [
        ended(scene, path) | {"every": every(path.track.shape[1]), "rows": table.shape[1]}
        for path, table in zip(paths, columns, strict=True)
    ]
    head = {
        "scene": scene.query(), "problems": told(problems), "columns": names, "runs": runs
    }  # fmt: skip
    return parts(identity, "paths", head, columns)


def drawn(scene: Scene, paths: list[Path]) -> tuple[list[str], list[Floats]]:
    """Names and columns of what is drawn; once a run is thinned, all rows are numbered."""
    if max(path.track.shape[1] for path in paths) <= LIMITS["shown"]:
        return COLUMNS, [path.track for path in paths]
    at = playhead(scene)
    return NUMBERED, [numbered(path, kept_rows(path.track, at)) for path in paths]


def playhead(scene: Scene) -> int | None:
    at = dict(scene.view).get("at")
    return None if at is None else int(float(at))


def every(points: int) -> int:
    """About how many updates one row stands for."""
    return 1 if points <= LIMITS["shown"] else -(-points // BUCKETS) // 2


def numbered(path: Path, rows: Counts) -> Floats:
    """These rows of a path as (4, rows), the update's number first."""
    return np.concatenate([rows[None], path.track[:, rows]])


def window_answer(
    identity: int, scene: Scene, paths: list[Path], first: int, last: int
) -> list[bytes]:
    """Exact rows first … last of every path."""
    last = min(last, first + LIMITS["window"] - 1)
    columns = []
    for path in paths:
        points = path.track.shape[1]
        rows = np.arange(min(first, points), min(last + 1, points))
        columns.append(numbered(path, rows))
    head = {"scene": scene.query(), "columns": NUMBERED, "from": first, "to": last}
    return parts(identity, "window", head, columns)


def parts(identity: int, want: str, head: Header, columns: list[Floats]) -> list[bytes]:
    """The frames of columns of all runs; most answers are one."""
    sections = [section(of, 0, table) for of, table in enumerate(columns) if table.size]
    own = {"id": identity, "want": want, "part": 0, "parts": 1, "sections": sections}
    text = to_json(own | head, inf_nan_mode="null")
    if 12 + len(text) + 4 * sum([table.size for table in columns]) <= LIMITS["frame"]:
        return [packed(text, float32(*columns).data)]
    return cut_parts(own, head, columns)


Section = dict[str, int]


def section(of: int, row: int, table: Floats) -> Section:
    """Which rows of which run follow."""
    return {"of": of, "row": row, "rows": table.shape[1]}


def cut_parts(own: Header, head: Header, columns: list[Floats]) -> list[bytes]:
    """Columns cut into frames; the first carries the head."""
    room = LIMITS["frame"] - SECTIONS
    cut = list(packs(columns, room - len(to_json(head, inf_nan_mode="null")), room))
    frames = []
    for part, (sections, pieces) in enumerate(cut):
        header = own | {"part": part, "parts": len(cut), "sections": sections}
        frames.append(frame(header if part else header | head, float32(*pieces).data))
    return frames


def packs(
    columns: list[Floats], room: int, room_later: int
) -> Iterator[tuple[list[Section], list[Floats]]]:
    """Sections and their columns, as many as fit into one frame."""
    sections: list[Section] = []
    pieces: list[Floats] = []
    for of, table in enumerate(columns):
        row, rows = 0, table.shape[1]
        while row < rows:
            fit = min(rows - row, room // (4 * len(table)))
            if fit <= 0:
                yield sections, pieces
                sections, pieces, room = [], [], room_later
                continue
            pieces.append(table[:, row : row + fit])
            sections.append(section(of, row, pieces[-1]))
            row, room = row + fit, room - 4 * pieces[-1].size
    yield sections, pieces


def room_beside(head: Header) -> int:
    """Bytes left for columns in a frame whose header begins with this."""
    return max(0, LIMITS["frame"] - len(frame(head)) - SECTIONS)


def whole_answer(
    identity: int, want: str, head: Header, columns: Floats | None = None
) -> list[bytes]:
    """An answer that always fits into one frame: its columns (k, n), one after the other."""
    own = {"id": identity, "want": want, "part": 0, "parts": 1}
    return [frame(own | head, b"" if columns is None else float32(columns).tobytes())]


def listed_answer(
    identity: int, want: str, head: Header, name: str, items: list[Header]
) -> list[bytes]:
    """An answer whose header holds a list; a long one comes in parts that share the head."""
    slices = list(cut_list(items, room_beside(head)))
    frames = []
    for part, some in enumerate(slices):
        own = {"id": identity, "want": want, "part": part, "parts": len(slices)}
        frames.append(frame(own | head | {name: some}))
    return frames


def addressed(frames: list[bytes], identity: int) -> list[bytes]:
    """The frames of an answer without columns for another question: they differ in the id alone."""
    lengths = [struct.unpack_from("<I", data)[0] for data in frames]
    texts = [data[4 : 4 + length].rstrip() for data, length in zip(frames, lengths, strict=True)]
    return [packed(b'{"id":%d%s' % (identity, text[text.index(b",") :]), b"") for text in texts]


def cut_list(items: list[Header], room: int) -> Iterator[list[Header]]:
    """Stretches of a list whose JSON has at most `room` bytes each; one, if it is empty."""
    some: list[Header] = []
    used = 0
    for item in items:
        size = len(to_json(item, inf_nan_mode="null")) + 1
        if some and used + size > room:
            yield some
            some, used = [], 0
        some.append(item)
        used += size
    yield some


def ground_answer(identity: int, head: Header, loss: Floats, want: str = "ground") -> list[bytes]:
    """The loss on a grid (ny, nx), rows following y."""
    known = loss[np.isfinite(loss)]
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 0.0)
    head |= {"shape": list(loss.shape), "low": finite(low), "high": finite(high)}
    fit = max(1, room_beside(head) // (4 * loss.shape[1]))
    starts = range(0, len(loss), fit)
    frames = []
    for part, row in enumerate(starts):
        rows = loss[row : row + fit]
        header = {"id": identity, "want": want, "part": part, "parts": len(starts)}
        frames.append(frame(header | head | {"row": row, "rows": len(rows)}, float32(rows).data))
    return frames

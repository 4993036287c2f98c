"""Static files: known beforehand, compressed once, immutable under their version.

A file's address carries a hash of all static files, so a browser asks for it once. Plotly's
script is the one inside the pinned package. Gzip only: browsers offer brotli over TLS alone,
and a class on the hall's Wi-Fi comes by plain HTTP.
"""

import gzip
import hashlib
import mimetypes
import os
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path

import plotly
from fastapi import APIRouter, HTTPException, Request, Response

from app.settings import PROJECT, cache_folder

router = APIRouter(include_in_schema=False)
STATIC = PROJECT / "static"
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
READ = ["GET", "HEAD"]
SMALL = 512  # bytes below which compression does not pay

mimetypes.add_type("text/javascript", ".js")  # some registries map it to text/plain


@cache
def known() -> dict[str, Path]:
    """Address -> file of everything under static/; nothing else can be asked for."""
    files = (path for path in STATIC.rglob("*") if path.is_file())
    return {path.relative_to(STATIC).as_posix(): path for path in files}


@cache
def version() -> str:
    """Changes when any static file does."""
    digest = hashlib.sha256()
    for name, path in sorted(known().items()):
        digest.update(f"{name} {path.stat().st_mtime_ns} {path.stat().st_size}".encode())
    return digest.hexdigest()[:12]


def static(name: str) -> str:
    """Address of a static file."""
    return f"/static/{version()}/{name}"


@lru_cache(maxsize=512)
def compressed(path: Path, changed: int) -> bytes:
    """The file's gzip bytes; `changed` is its time stamp, so that an edit is seen."""
    return gzip.compress(path.read_bytes(), compresslevel=9, mtime=0)


def accepts_gzip(request: Request) -> bool:
    return "gzip" in request.headers.get("accept-encoding", "")


def sent(request: Request, path: Path, keep: str) -> Response:
    """A file as an answer, compressed where the browser takes it and it pays."""
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    headers = {"cache-control": keep, "vary": "accept-encoding"}
    if not accepts_gzip(request) or path.stat().st_size < SMALL:
        return Response(path.read_bytes(), media_type=kind, headers=headers)
    body = compressed(path, path.stat().st_mtime_ns)
    return Response(body, media_type=kind, headers=headers | {"content-encoding": "gzip"})


@router.api_route("/static/{asked}/{name:path}", methods=READ)
def static_file(request: Request, asked: str, name: str) -> Response:
    path = known().get(name)
    if path is None:
        raise HTTPException(404, "no such file")
    return sent(request, path, FOREVER if asked == version() else ASK_AGAIN)


@router.api_route("/plotly.js", methods=READ)
def plotly_script(request: Request) -> Response:
    """The bundle of the pinned package, compressed once and kept beside the kernels."""
    headers = {"cache-control": ASK_AGAIN, "vary": "accept-encoding", "etag": plotly_tag()}
    if plotly_tag() in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if not accepts_gzip(request):
        return Response(PLOTLY.read_bytes(), media_type="text/javascript", headers=headers)
    headers |= {"content-encoding": "gzip"}
    return Response(packed_plotly(), media_type="text/javascript", headers=headers)


@lru_cache(maxsize=1)
def plotly_tag() -> str:
    return f'"{hashlib.sha256(PLOTLY.read_bytes()).hexdigest()[:16]}"'


@lru_cache(maxsize=1)
def packed_plotly() -> bytes:
    """The compressed bundle; kept for the next start where the cache can be written."""
    kept = cache_folder() / f"plotly-{plotly_tag().strip(chr(34))}.js.gz"
    if kept.exists():
        return kept.read_bytes()
    packed = gzip.compress(PLOTLY.read_bytes(), compresslevel=9, mtime=0)
    with suppress(OSError):
        write_whole(kept, packed)
    return packed


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file so that another process sees all of it or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}")
    part.write_bytes(data)
    part.replace(path)

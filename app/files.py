"""Static files: known beforehand, compressed once, immutable under their version.

A file's address carries a hash of all static files, so a browser asks for it once. Plotly's
script is the one inside the pinned package. Gzip only: browsers offer brotli over TLS alone,
and a class on the hall's Wi-Fi comes by plain HTTP.
"""

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Callable
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path

import plotly
from fastapi import APIRouter, HTTPException, Request, Response

from app.settings import PROJECT, cache_folder, write_whole

router = APIRouter(include_in_schema=False)
STATIC = PROJECT / "static"
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
JAVASCRIPT = "text/javascript"
READ = ["GET", "HEAD"]
SMALL = 512  # bytes below which compression does not pay
IMPORT = re.compile(r'^(?:import|export)[^;]*?from "\./([^"]+)"', re.M)

mimetypes.add_type(JAVASCRIPT, ".js")  # some registries map it to text/plain


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


@cache
def imported(entry: str) -> tuple[str, ...]:
    """A module and all that it imports before it begins, so that a page asks for them at once."""
    found: set[str] = set()
    waiting = [entry]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [f"js/{other}" for other in IMPORT.findall(known()[name].read_text("utf-8"))]
    return tuple(sorted(found))


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
    return script(request, plotly_tag(), PLOTLY.read_bytes, packed_plotly)


def made_script(request: Request, text: str) -> Response:
    """A module that is no file but made from tables of ours."""
    plain = text.encode()
    return script(request, tag_of(plain), lambda: plain, lambda: packed(plain))


def script(
    request: Request, tag: str, plain: Callable[[], bytes], packed: Callable[[], bytes]
) -> Response:
    """A script that browsers ask for at every visit and get only where theirs is another one."""
    headers = {"cache-control": ASK_AGAIN, "vary": "accept-encoding", "etag": tag}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if not accepts_gzip(request):
        return Response(plain(), media_type=JAVASCRIPT, headers=headers)
    headers |= {"content-encoding": "gzip"}
    return Response(packed(), media_type=JAVASCRIPT, headers=headers)


def tag_of(content: bytes) -> str:
    return f'"{hashlib.sha256(content).hexdigest()[:16]}"'


@lru_cache(maxsize=16)
def packed(plain: bytes) -> bytes:
    return gzip.compress(plain, compresslevel=9, mtime=0)


@lru_cache(maxsize=1)
def plotly_tag() -> str:
    return tag_of(PLOTLY.read_bytes())


@lru_cache(maxsize=1)
def packed_plotly() -> bytes:
    """The compressed bundle; kept for the next start where the cache can be written."""
    kept = cache_folder() / f"plotly-{plotly_tag().strip(chr(34))}.js.gz"
    if kept.exists():
        return kept.read_bytes()
    made = gzip.compress(PLOTLY.read_bytes(), compresslevel=9, mtime=0)
    with suppress(OSError):
        write_whole(kept, made)
    return made

"""Builds the application: routers, static files, security headers. Wiring only."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from app import __version__, api, atlas, batches, files, laboratory, pages, socket
from app.desk import Desk
from app.experiments.pool import Pool
from app.fused import loops
from app.limits import LIMITS
from app.scene import Scene, SceneError
from app.security import HEADERS, SecurityHeaders


@asynccontextmanager
async def open_desk(app: FastAPI) -> AsyncIterator[None]:
    """The desk and the pool serve as long as the application lives."""
    app.state.desk, app.state.pool, app.state.sockets = Desk(), Pool(), 0
    serving = asyncio.create_task(app.state.desk.serve())
    gc.freeze()  # what is loaded by now stays: no collection need look at it again
    yield
    serving.cancel()
    with suppress(asyncio.CancelledError):
        await serving
    app.state.desk.close()
    await app.state.pool.close()


def bad_request(request: Request, error: Exception) -> JSONResponse:
    """A parameter around the scene that cannot be read: the same shape as a bad scene."""
    assert isinstance(error, RequestValidationError)
    problems = [
        {"knob": str(e["loc"][-1]), "given": str(e.get("input") or "")[:80], "allowed": e["msg"]}
        for e in error.errors()
    ]
    detail = "; ".join(f"{p['knob']}: {p['allowed']}" for p in problems)
    return JSONResponse({"detail": detail, "problems": problems}, 422)


def broken(request: Request, error: Exception) -> JSONResponse:
    """The last resort: what went wrong is in the log, not in the answer."""
    return JSONResponse({"detail": "this could not be computed"}, 500, headers=HEADERS)


def build() -> FastAPI:
    """The application. Kernels are compiled or loaded before the first request."""
    app = FastAPI(
        title="Downhill", version=__version__, docs_url=None, redoc_url=None,
        lifespan=open_desk, max_body_size=LIMITS["message"],
    )  # fmt: skip
    app.add_middleware(SecurityHeaders)
    app.add_exception_handler(SceneError, api.scene_error)
    app.add_exception_handler(RequestValidationError, bad_request)
    app.add_exception_handler(Exception, broken)
    for router in (
        api.router,
        batches.router,
        atlas.router,
        laboratory.router,
        socket.router,
        files.router,
        pages.router,
    ):
        app.include_router(router)
    app.add_api_route("/healthz", healthy, include_in_schema=False)
    Scene.parse("").ground  # noqa: B018  loads every compiled term,
    loops()  # and every surface's own loop
    files.packed_plotly()
    return app


def healthy() -> dict[str, str]:
    return {"status": "ok"}

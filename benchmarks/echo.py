"""The yardstick of the server row: a bare WebSocket that answers any text with 32 KB.

    python -m benchmarks.echo PORT

The same uvicorn settings as `python -m app`, nothing computed, nothing read.
"""

import sys

import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from app.limits import LIMITS

FRAME = bytes(32 * 1024)


async def echo(socket: WebSocket) -> None:
    await socket.accept()
    try:
        while True:
            await socket.receive_text()
            await socket.send_bytes(FRAME)
    except WebSocketDisconnect:
        pass


app = Starlette(routes=[WebSocketRoute("/ws", echo)])

if __name__ == "__main__":
    uvicorn.run(
        app,
        port=int(sys.argv[1]),
        log_level="warning",
        ws_max_size=LIMITS["message"],
        ws_per_message_deflate=False,
        server_header=False,
    )

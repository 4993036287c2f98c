"""The command: serve, with the address and QR code a class can reach; or compute ahead.

python -m app [--host …] [--port …] [--workers …] [--class]
python -m app experiments [name | name?knobs …]
"""

import argparse
import socket
import subprocess
import sys
from contextlib import suppress

import segno
import uvicorn
from uvicorn.supervisors import Multiprocess

from app import reach, settings
from app.kernels import KERNELS
from app.limits import LIMITS

LOST_AFTER = 30_000
ANYONE = "0.0.0.0"
AHEAD = "python -m app experiments [name | name?knobs …] computes experiments ahead of a lesson."


def arguments(words: list[str]) -> argparse.Namespace:
    """The command line; defaults come from the table of settings."""
    parser = argparse.ArgumentParser(
        prog="python -m app", description="Serves the lab.", epilog=AHEAD
    )
    for name in ("host", "port", "workers"):
        row = next(row for row in settings.SETTINGS if row.name == name)
        parser.add_argument(
            f"--{name}", type=type(row.default), default=settings.setting(name), help=row.help
        )
    parser.add_argument(
        "--class", dest="for_class", action="store_true", help="let everyone on the network in"
    )
    return parser.parse_args(words)


def welcome(host: str, port: int) -> str:
    """What the terminal says: the address, and for a class its QR code."""
    if host != ANYONE:
        return f"\n  Downhill is at http://{host}:{port}/   (Ctrl+C ends it)\n"
    address = reach.address_for(f"http://127.0.0.1:{port}/")
    code = terminal_code(address)
    told = f"  Everyone on this network: {address}\n  The same for a projector: {address}class\n"
    return f"\n{code}\n{told}"


def terminal_code(address: str) -> str:
    """The QR code in block characters, two rows to a line, dark on light."""
    matrix = [list(row) for row in segno.make_qr(address).matrix_iter(border=2)]
    if len(matrix) % 2:
        matrix.append([0] * len(matrix[0]))
    blocks = {(1, 1): " ", (1, 0): "▄", (0, 1): "▀", (0, 0): "█"}
    pairs = zip(matrix[::2], matrix[1::2], strict=True)
    return "\n".join(
        "  " + "".join(blocks[top & 1, bottom & 1] for top, bottom in zip(*pair, strict=True))
        for pair in pairs
    )


def main(words: list[str]) -> None:
    if words[:1] == ["experiments"]:
        warm()
        from app.experiments.ahead import compute

        sys.exit(compute(words[1:]))
    given = arguments(words)
    host = ANYONE if given.for_class else given.host
    warm()
    print(welcome(host, given.port), flush=True)
    serve(
        uvicorn.Config(
            "app.main:build",
            factory=True,
            host=host,
            port=given.port,
            workers=given.workers,
            log_level="warning",
            ws_max_size=LIMITS["message"],
            ws_per_message_deflate=False,
            timeout_graceful_shutdown=5,
            server_header=False,
        )
    )


def serve(config: uvicorn.Config) -> None:
    """Serves until ended, in one process or several behind one listening socket.

    A connection whose other end takes nothing for LOST_AFTER milliseconds is closed by the
    system; the server alone could not, since what it had to say was never taken.
    """
    listening = config.bind_socket()
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, LOST_AFTER)
    with suppress(KeyboardInterrupt):
        if config.workers > 1:
            Multiprocess(config, sockets=[listening]).run()
        else:
            uvicorn.Server(config).run(sockets=[listening])


def warm() -> None:
    """Compiles or loads the kernels here, so that no worker compiles and no request waits.

    The first time, a second process compiles the surfaces' terms while this one compiles the
    loops, and then the surfaces' own loops: that takes both cores, and half the time.
    """
    is_cold = not any(KERNELS.rglob("*.nbi"))
    other = (
        subprocess.Popen([sys.executable, "-c", TERMS], cwd=settings.PROJECT) if is_cold else None
    )
    import app.critical
    import app.engine

    if other is not None:
        other.wait()
        other = subprocess.Popen([sys.executable, "-c", TRAINING], cwd=settings.PROJECT)
    import app.wants  # noqa: F401  every other kernel hangs on the questions
    from app.descent import walk
    from app.scene import Scene

    walk(Scene.parse(""))
    if other is not None:
        other.wait()


# After the engine, whose parts they compile again.
TRAINING = "import app.experiments.loops; from app.fused import loops; loops()"
TERMS = "from app.surfaces.surface import terms; terms()"


if __name__ == "__main__":
    main(sys.argv[1:])

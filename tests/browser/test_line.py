"""The line to the server: when it breaks the page says so, keeps what it shows, and comes back."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import visiting
from tests.serving import PROJECT, Server, end, free_port, wait_for


@contextmanager
def server_at(port: int) -> Iterator[Server]:
    """A server that a test may break, at a port it can come back to."""
    with tempfile.NamedTemporaryFile("w+", suffix=".log") as terminal:
        process = subprocess.Popen(
            [sys.executable, "-m", "app", "--port", str(port)],
            cwd=PROJECT, stdout=terminal, stderr=subprocess.STDOUT,
        )  # fmt: skip
        server = Server(port, process.pid, Path(terminal.name))
        try:
            wait_for(server, process)
            yield server
        finally:
            end(process)


def test_the_page_outlives_a_restart_of_the_server(desk: BrowserContext) -> None:
    port = free_port()
    with server_at(port) as first:
        visit = visiting(desk, first)
        lab = visit.__enter__()
        lab.watch.expected += ["ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET"]
        lab.open()
        cards, balls = lab.cards, lab.balls
    line = lab.at("#line")
    expect(line).to_contain_text("The server is not answering. What you see stays.")
    expect(line).to_contain_text("Trying again in")
    expect(line).to_have_attribute("role", "status")
    assert (lab.cards, lab.balls) == (cards, balls)
    lab.press("Home", "ArrowRight")
    expect(lab.at("#readout-text")).to_contain_text("update 1 ·")
    lab.at("#knob-eta-slider").press("ArrowRight")
    expect(lab.at("#knob-eta")).to_have_value("0.051")
    with server_at(port):
        lab.until_drawn({"eta": "0.051"})
        expect(line).to_be_hidden()
        assert lab.pictures.count(lab.scene) == 1
        lab.choose_surface("hill")
        lab.until_drawn({"surface": "hill"})
        visit.__exit__(None, None, None)

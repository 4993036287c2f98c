"""A real Chromium for all tests, and pages that fail their test when anything went wrong.

One profile per kind of visitor, kept for the session: the browser then keeps its compiled
scripts too, and a page opens in one second instead of four.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Playwright, expect, sync_playwright

from tests.browser.lab import CHROMIUM, DESK, PHONE, Lab, Watch
from tests.serving import Server

Visitor = Callable[..., Any]

# As patient as witness.until: on a machine with two cores five seconds can pass without a frame.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def play() -> Iterator[Playwright]:
    with sync_playwright() as play:
        yield play


@contextmanager
def profile(play: Playwright, folder: Any, **habits: Any) -> Iterator[BrowserContext]:
    context = play.chromium.launch_persistent_context(folder, locale="en-GB", **CHROMIUM, **habits)
    yield context
    context.close()


@pytest.fixture(scope="session")
def desk(play: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """A visitor at a desk who wants no motion: paths stand at their end at once."""
    folder = tmp_path_factory.mktemp("desk")
    with profile(play, folder, viewport=DESK, reduced_motion="reduce") as context:
        yield context


@pytest.fixture(scope="session")
def hand(play: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """A visitor with a phone."""
    folder = tmp_path_factory.mktemp("hand")
    habits = {"viewport": PHONE, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
    with profile(play, folder, reduced_motion="reduce", **habits) as context:
        yield context


@contextmanager
def visiting(context: BrowserContext, server: Server) -> Iterator[Lab]:
    watch = Watch(server.url)
    page = context.new_page()
    watch.follow(page)
    yield Lab(page, server, watch)
    found = watch.found()
    for open_page in watch.pages:
        open_page.close()
    assert not found, "\n".join(found)


@pytest.fixture
def lab(desk: BrowserContext, server: Server) -> Iterator[Lab]:
    """A page nobody has opened an address in yet."""
    with visiting(desk, server) as lab:
        yield lab
        if lab.page.url.startswith(server.url):
            lab.page.evaluate("localStorage.clear()")


@pytest.fixture
def phone(hand: BrowserContext, server: Server) -> Iterator[Lab]:
    with visiting(hand, server) as lab:
        yield lab

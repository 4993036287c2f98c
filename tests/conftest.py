"""What tests share: the application in this process, and a real server in another."""

from collections.abc import Iterator

import pytest
from hypothesis import settings
from starlette.testclient import TestClient

from app.main import build
from tests.serving import Server, serving

settings.register_profile("house", derandomize=True, deadline=None)
settings.load_profile("house")


@pytest.fixture(scope="session")
def client() -> Iterator[TestClient]:
    """The application without a network; a failing route raises here."""
    with TestClient(build()) as client:
        yield client


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One real server for all tests that only ask. It must never have broken down."""
    with serving() as server:
        yield server
        assert "Traceback" not in server.said()

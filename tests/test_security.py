"""Security headers on every answer, and a policy without a hole in it."""

import hashlib
import urllib.request
from base64 import b64encode

import pytest
from starlette.testclient import TestClient

from app import files
from app.main import build
from app.security import HEADERS, POLICY

ANSWERS = {
    "/": 200,
    "/class": 200,
    "/class.svg": 200,
    "/tables.js": 200,
    "/words/en.js": 200,
    "/plotly.js": 200,
    "/static/old/css/tokens.css": 200,
    files.static("css/tokens.css"): 200,
    "/api/surfaces": 200,
    "/api/paths?surface=booth&updates=3&format=csv": 200,
    "/api/surfaces/booth/grid?resolution=2&format=f4": 200,
    "/openapi.json": 200,
    "/healthz": 200,
    "/nothing": 404,
    "/api/surfaces/everest": 404,
    "/static/x/nothing.js": 404,
    "/api/paths?eta=NaN": 422,
    "/api/surfaces/booth/point": 422,
}


def assert_guarded(answer):
    for name, value in HEADERS.items():
        assert answer.headers.get_list(name) == [value], name


@pytest.mark.parametrize("address", ANSWERS)
def test_every_answer_carries_the_headers_once(client, address):
    answer = client.get(address)
    assert answer.status_code == ANSWERS[address]
    assert_guarded(answer)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "HEAD"])
def test_refused_methods_carry_the_headers_too(client, method):
    assert_guarded(client.request(method, "/api/paths"))


def test_a_breakdown_tells_nothing_and_carries_the_headers():
    app = build()

    @app.get("/breaks")
    def breaks():
        raise RuntimeError("a secret of the server")

    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/breaks")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert_guarded(answer)


def directives():
    parts = [part.split() for part in POLICY.split("; ")]
    return {name: sources for name, *sources in parts}


def test_the_policy_has_no_unsafe_source():
    assert "unsafe" not in POLICY
    assert "*" not in POLICY
    assert "http" not in POLICY


def test_what_is_not_named_is_forbidden():
    assert directives()["default-src"] == ["'none'"]
    assert directives()["script-src"] == ["'self'"]
    assert directives()["connect-src"] == ["'self'"]
    assert directives()["base-uri"] == ["'none'"]
    assert directives()["form-action"] == ["'none'"]


def test_the_one_allowed_style_is_the_empty_one():
    empty = b64encode(hashlib.sha256(b"").digest()).decode()
    assert directives()["style-src"] == ["'self'", f"'sha256-{empty}'"]


def test_pages_of_others_may_neither_frame_nor_read_ours():
    assert directives()["frame-ancestors"] == ["'self'"]
    assert HEADERS["cross-origin-resource-policy"] == "same-origin"
    assert HEADERS["cross-origin-opener-policy"] == "same-origin"


def test_no_answer_allows_another_origin_or_sets_a_cookie(client):
    for address in ANSWERS:
        answer = client.get(address, headers={"origin": "https://example.com"})
        assert "access-control-allow-origin" not in answer.headers
        assert "set-cookie" not in answer.headers


def test_a_real_server_does_not_tell_its_make(server):
    with urllib.request.urlopen(server.url) as answer:
        assert "server" not in {name.lower() for name in answer.headers}
        assert answer.headers["content-security-policy"] == POLICY

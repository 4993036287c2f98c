"""Any request at all: an answer or a refusal in the documented shapes, never a breakdown.

The client raises what a route raises, so a 500 fails here with its cause.
"""

import json
from urllib.parse import quote

from hypothesis import given, settings
from hypothesis import strategies as st

from app.limits import LIMITS
from app.surfaces.catalogue import SURFACES
from tests.scenes import queries, scenes

PUBLIC = {200, 404, 405, 413, 422}
NAMES = st.sampled_from([row.name for row in SURFACES]) | st.text(max_size=8).map(quote)
NUMBERS = (
    st.floats().map(repr)
    | st.integers().map(str)
    | st.sampled_from(["", "NaN", "-Infinity", "1e400", "0x1", "٣", "1_000", "--1", "1e-400"])
)
POINTS = st.lists(NUMBERS, max_size=3).map(",".join) | st.text(max_size=10)
SIDES = st.lists(NUMBERS, max_size=3).map("..".join) | st.text(max_size=10)
FORMATS = st.sampled_from(["json", "csv", "ndjson", "f4", "xml", ""])
EXAMPLES = st.sampled_from(
    ["", "examples=3&spread=0.5", "spread=2&noise=tilt&data=9", "condition=7", "examples=0"]
)


def refuse(name):
    raise AssertionError(f"{name} is no JSON")


def checked(answer):
    """What holds for every answer of the API."""
    assert answer.status_code in PUBLIC
    assert "content-security-policy" in answer.headers
    if answer.headers["content-type"] == "application/json":
        body = json.loads(answer.text, parse_constant=refuse)
        if answer.status_code != 200:
            assert body["detail"]
        if answer.status_code == 422:
            assert body["problems"]
            for problem in body["problems"]:
                assert set(problem) == {"knob", "given", "allowed"}
                assert problem["allowed"]
    else:
        assert answer.status_code == 200
        assert "nan" not in answer.text.lower()
        assert "inf" not in answer.text.lower()
    return answer


@settings(max_examples=80)
@given(NAMES, POINTS, EXAMPLES)
def test_any_point_of_any_surface(client, name, point, knobs):
    checked(client.get(f"/api/surfaces/{name}/point?point={quote(point)}&{knobs}"))


@settings(max_examples=80)
@given(NAMES, st.integers(-3, 9) | st.integers(), SIDES, SIDES, EXAMPLES)
def test_any_grid_of_any_surface(client, name, resolution, x, y, knobs):
    side = f"resolution={min(resolution, LIMITS['resolution'] + 1) % 12}"
    answer = client.get(f"/api/surfaces/{name}/grid?{side}&x={quote(x)}&y={quote(y)}&{knobs}")
    if checked(answer).status_code == 200:
        grid = answer.json()
        assert grid["x"] == sorted(grid["x"])
        assert None not in grid["x"] + grid["y"]


@settings(max_examples=150)
@given(queries(), FORMATS)
def test_any_scene(client, query, format):
    """Few updates, so that this stays quick; naming them twice is one more mistake."""
    sendable = quote(query, safe="&=,:;+%?/")
    checked(client.get(f"/api/paths?updates=5&{sendable}&format={format}"))


@settings(max_examples=60)
@given(scenes(), st.sampled_from(["json", "csv", "ndjson"]))
def test_any_good_scene_is_answered(client, scene, format):
    few = [pair for pair in scene.query().split("&") if not pair.startswith("updates=")]
    answer = checked(client.get(f"/api/paths?{'&'.join(few)}&updates=12&format={format}"))
    assert answer.status_code == 200


PIECES = st.sampled_from(
    ["api", "surfaces", "paths", "static", "words", "..", ".", "", "booth", "%00"]
)
PATHS = (
    st.lists(PIECES | st.text(max_size=6).map(quote), max_size=5)
    .map("/".join)
    .map(lambda path: path.lstrip("/"))
)
METHODS = st.sampled_from(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW"])


@settings(max_examples=100)
@given(METHODS, PATHS, st.binary(max_size=40))
def test_any_request_to_anywhere(client, method, path, body):
    answer = client.request(method, f"/{path}", content=body)
    assert answer.status_code in PUBLIC
    assert "content-security-policy" in answer.headers


HEADERS = st.dictionaries(
    st.sampled_from(
        ["host", "accept", "accept-encoding", "if-none-match", "origin", "range", "cookie"]
    ),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20),
)


@settings(max_examples=100)
@given(st.sampled_from(["/", "/class", "/class.svg", "/plotly.js", "/api/surfaces"]), HEADERS)
def test_any_headers(client, path, headers):
    assert client.get(path, headers=headers).status_code in {200, 304, 400}

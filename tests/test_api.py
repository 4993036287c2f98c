"""The public HTTP answers: the same numbers as the page gets, in float64."""

import csv
import io
import json
import math

import numpy as np
import pytest

from app.answers import (  # fmt: skip
    CriticalAnswer,
    EscapeAnswer,
    GridAnswer,
    PointAnswer,
    RunAnswer,
    SurfaceRow,
    UpdateAnswer,
)
from app.api import CHUNK
from app.descent import walk
from app.finder import critical_points
from app.knobs import KNOBS
from app.limits import LIMITS
from app.rules import RULES
from app.scene import Scene
from app.surfaces.catalogue import SURFACES

NAMES = [row.name for row in SURFACES]
SCENE = "surface=two-valleys&spread=0.25&updates=80&run=gd&run=adam,batch:3&run=momentum"
DIVERGED = "surface=booth&eta=1&updates=300&run=gd&run=rmsprop"


def refuse(name):
    raise AssertionError(f"{name} is no JSON")


def told(answer):
    """The JSON of an answer, which never holds NaN or Infinity."""
    return json.loads(answer.text, parse_constant=refuse)


def asked(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.text[:300]
    return told(answer)


def test_the_catalogue_is_a_list_of_all_surfaces(client):
    rows = asked(client, "/api/surfaces")
    assert [row["name"] for row in rows] == NAMES
    for row in rows:
        assert set(row) == set(SurfaceRow.model_fields)
        assert row["label"]
        assert row["why"].endswith(".")
        assert row["mathml"].startswith("<math")


@pytest.mark.parametrize("name", NAMES)
def test_a_surface_is_the_row_of_the_catalogue(client, name):
    row = asked(client, f"/api/surfaces/{name}")
    assert row == next(r for r in asked(client, "/api/surfaces") if r["name"] == name)


@pytest.mark.parametrize("rest", ["", "/point?point=0,0", "/grid", "/critical-points"])
@pytest.mark.parametrize("name", ["everest", "Two-Valleys", "two-valleys%00", "%F0%9F%97%BB"])
def test_an_unknown_surface_is_not_found_and_all_surfaces_are_named(client, name, rest):
    answer = client.get(f"/api/surfaces/{name}{rest}")
    assert answer.status_code == 404
    assert all(known in told(answer)["detail"] for known in NAMES)


@pytest.mark.parametrize("row", SURFACES, ids=lambda row: row.name)
def test_a_point_has_loss_gradient_and_hessian(client, row):
    knobs = "examples=7&spread=0.3&data=4"
    x, y = row.start
    found = asked(client, f"/api/surfaces/{row.name}/point?point={x},{y}&{knobs}")
    assert set(found) == set(PointAnswer.model_fields)
    ground = Scene.parse(f"surface={row.name}&{knobs}").ground
    loss, g1, g2, a, b, c = ground.curves(np.array([x]), np.array([y])).ravel().tolist()
    assert (found["point"], found["loss"]) == ([x, y], loss)
    assert found["gradient"] == [g1, g2]
    assert found["hessian"] == [[a, b], [b, c]]
    assert found["kind"] is None


@pytest.mark.parametrize("row", SURFACES, ids=lambda row: row.name)
def test_eigenvectors_are_those_of_the_hessian(client, row):
    x, y = row.start
    found = asked(client, f"/api/surfaces/{row.name}/point?point={x},{y}")
    hessian, (low, high) = np.array(found["hessian"]), found["eigenvalues"]
    assert low <= high
    vectors = np.array(found["eigenvectors"])
    np.testing.assert_allclose(vectors @ vectors.T, np.eye(2), atol=1e-12)
    size = np.abs(hessian).max()
    for value, vector in zip((low, high), vectors, strict=True):
        np.testing.assert_allclose(hessian @ vector, value * vector, atol=1e-12 * size)


CLAIMS = [(row, claim) for row in SURFACES for claim in row.claims if claim.smooth and not row.draw]


@pytest.mark.parametrize(("row", "claim"), CLAIMS, ids=lambda v: getattr(v, "name", ""))
def test_a_claimed_point_is_what_it_claims_to_be(client, row, claim):
    x, y = claim.at
    found = asked(client, f"/api/surfaces/{row.name}/point?point={x!r},{y!r}")
    assert found["kind"] == claim.kind


def test_a_point_without_a_finite_loss_says_null(client):
    found = asked(client, "/api/surfaces/booth/point?point=1e300,0")
    assert found["loss"] is None
    assert found["kind"] is None


@pytest.mark.parametrize("name", NAMES)
def test_every_surface_answers_anywhere_without_nan(client, name):
    for point in ("0,0", "1e-300,-1e-300", "1e9,1e9", "-1e154,1e154", "1.7e308,-1.7e308"):
        found = asked(client, f"/api/surfaces/{name}/point?point={point}")
        assert set(found) == set(PointAnswer.model_fields)


BAD_POINTS = ["", "1", "1,2,3", "a,b", "NaN,0", "0,Infinity", "-inf,0", "1e999,0", "1;2", "0x1,1"]


@pytest.mark.parametrize("text", BAD_POINTS)
def test_a_bad_point_is_named(client, text):
    answer = client.get("/api/surfaces/booth/point", params={"point": text})
    assert answer.status_code == 422
    assert told(answer)["problems"] == [
        {"knob": "point", "given": text, "allowed": "two numbers x,y"}
    ]


def test_a_missing_point_is_named_with_nothing_given(client):
    answer = client.get("/api/surfaces/booth/point")
    assert answer.status_code == 422
    (problem,) = told(answer)["problems"]
    assert (problem["knob"], problem["given"]) == ("point", "")


def test_the_rows_of_a_grid_follow_y(client):
    grid = asked(client, "/api/surfaces/beale/grid?resolution=7&x=-1..2&y=0.5..0.75")
    assert set(grid) == set(GridAnswer.model_fields)
    assert grid["x"] == np.linspace(-1, 2, 7).tolist()
    assert grid["y"] == np.linspace(0.5, 0.75, 7).tolist()
    for up, row in enumerate(grid["loss"]):
        for across, loss in enumerate(row):
            point = f"{grid['x'][across]!r},{grid['y'][up]!r}"
            assert asked(client, f"/api/surfaces/beale/point?point={point}")["loss"] == loss


@pytest.mark.parametrize("row", SURFACES, ids=lambda row: row.name)
def test_a_grid_in_single_precision_is_the_same_grid(client, row):
    address = f"/api/surfaces/{row.name}/grid?resolution=9&spread=0.2&data=3"
    grid = asked(client, address)
    assert (grid["x"][0], grid["x"][-1]) == row.domain[0]
    assert (grid["y"][0], grid["y"][-1]) == row.domain[1]
    answer = client.get(address + "&format=f4")
    assert answer.headers["content-type"] == "application/octet-stream"
    single = np.frombuffer(answer.content, "<f4").reshape(9, 9)
    np.testing.assert_array_equal(single, np.array(grid["loss"]).astype("<f4"))


def test_a_grid_has_120_points_a_side_when_nothing_is_said(client):
    grid = asked(client, "/api/surfaces/booth/grid")
    assert np.shape(grid["loss"]) == (120, 120)


def test_a_grid_has_from_2_points_a_side_to_the_limit(client):
    most = LIMITS["resolution"]
    assert len(asked(client, "/api/surfaces/booth/grid?resolution=2")["x"]) == 2
    large = client.get(f"/api/surfaces/booth/grid?resolution={most}&format=f4")
    assert len(large.content) == 4 * most * most


BAD_GRIDS = {
    "resolution=1": "resolution",
    "resolution=401": "resolution",
    "resolution=1e9": "resolution",
    "resolution=-5": "resolution",
    "resolution=NaN": "resolution",
    "resolution=": "resolution",
    "format=png": "format",
    "x=1": "x",
    "x=": "x",
    "x=2..1": "x",
    "x=1..1": "x",
    "x=NaN..1": "x",
    "y=0..Infinity": "y",
    "y=-1e308..1e308": "y",
    "y=a..b": "y",
    "spread=NaN": "spread",
    "examples=0": "examples",
    "noise=loud": "noise",
    "condition=3": "condition",
    "height=3": "height",
}


@pytest.mark.parametrize("query", BAD_GRIDS)
def test_a_bad_grid_is_named(client, query):
    answer = client.get(f"/api/surfaces/booth/grid?{query}")
    assert answer.status_code == 422
    (problem,) = told(answer)["problems"]
    assert problem["knob"] == BAD_GRIDS[query]
    assert problem["allowed"]
    assert told(answer)["detail"]


def test_paths_are_those_of_walk_to_the_last_bit(client):
    scene = Scene.parse(SCENE)
    for found, path in zip(asked(client, f"/api/paths?{SCENE}"), walk(scene), strict=True):
        assert set(found) == set(RunAnswer.model_fields)
        assert found["run"] == path.run.query()
        assert found["knobs"] == scene.knobs(path.run)
        np.testing.assert_array_equal(np.array(found["theta"]), path.theta)
        np.testing.assert_array_equal(np.array(found["loss"]), path.loss)
        assert found["end"] == found["theta"][-1]
        assert found["end_loss"] == found["loss"][-1]


def csv_rows(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("scene", [SCENE, DIVERGED])
def test_all_formats_tell_identical_numbers(client, scene):
    runs = asked(client, f"/api/paths?{scene}")
    table = csv_rows(client.get(f"/api/paths?{scene}&format=csv").text)
    lines = client.get(f"/api/paths?format=ndjson&{scene}").text.splitlines()
    objects = [json.loads(line, parse_constant=refuse) for line in lines]
    points = [found for found in objects if "update" in found]
    expected = [
        (of, run["run"], update, *theta, loss)
        for of, run in enumerate(runs)
        for update, (theta, loss) in enumerate(zip(run["theta"], run["loss"], strict=True))
    ]
    assert expected == [
        (int(row["of"]), row["run"], int(row["update"]), float(row["theta1"]), float(row["theta2"]),
         float(row["loss"]) if row["loss"] else None)
        for row in table
    ]  # fmt: skip
    assert [(of, update, x, y, loss) for of, _, update, x, y, loss in expected] == [
        (row["of"], row["update"], *row["theta"], row["loss"]) for row in points
    ]
    heads = [found for found in objects if "rule" in found]
    assert heads == [
        {"of": of} | {k: v for k, v in run.items() if k not in ("theta", "loss")}
        for of, run in enumerate(runs)
    ]


def test_formats_have_their_own_content_types(client):
    kinds = {"json": "application/json", "csv": "text/csv", "ndjson": "application/x-ndjson"}
    for name, kind in kinds.items():
        answer = client.get(f"/api/paths?surface=booth&updates=1&format={name}")
        assert answer.headers["content-type"].startswith(kind)


@pytest.mark.parametrize("updates", [1, CHUNK - 1, CHUNK, 2 * CHUNK + 1])
def test_a_path_written_in_pieces_has_every_update(client, updates):
    (run,) = asked(client, f"/api/paths?surface=booth&updates={updates}&run=gd")
    assert len(run["theta"]) == len(run["loss"]) == run["updates"] + 1 == updates + 1
    table = csv_rows(
        client.get(f"/api/paths?surface=booth&updates={updates}&run=gd&format=csv").text
    )
    assert [int(row["update"]) for row in table] == list(range(updates + 1))


def test_a_diverged_run_keeps_its_points_inside_and_says_when_it_left(client):
    gone, stayed = asked(client, f"/api/paths?{DIVERGED}")
    assert gone["outcome"] == "diverged"
    assert gone["updates"] == gone["diverged"] == len(gone["theta"]) < 300
    assert (gone["settled"], gone["at"], gone["valley"]) == (None, None, False)
    assert all(map(math.isfinite, np.ravel(gone["theta"])))
    assert stayed["diverged"] is None
    assert len(stayed["theta"]) == 301


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("rules", [RULES[:8], RULES[8:]], ids=["most", "rest"])
def test_every_surface_can_be_walked_as_it_comes(client, name, rules):
    scene = f"surface={name}&updates=40&" + "&".join(f"run={rule.name}" for rule in rules)
    runs = asked(client, f"/api/paths?{scene}")
    assert [run["rule"] for run in runs] == [rule.name for rule in rules]
    assert all(RunAnswer.model_validate(run) for run in runs)


def test_no_scene_at_all_is_the_opening_scene(client):
    assert [run["run"] for run in asked(client, "/api/paths")] == ["gd", "momentum", "gd,batch:1"]


def test_the_page_s_own_knobs_may_stay_in_an_address(client):
    plain = asked(client, f"/api/paths?{SCENE}")
    assert asked(client, f"/api/paths?{SCENE}&view=3d&theme=dark&at=7&hide=run-1&lang=en") == plain


BAD_SCENES = {
    "eta=NaN": ["eta"],
    "eta=Infinity": ["eta"],
    "eta=-1": ["eta"],
    "lambda=2": ["lambda"],
    "updates=1000000000": ["updates"],
    "updates=1.5": ["updates"],
    "examples=201": ["examples"],
    "batch=21": ["batch"],
    "surface=everest": ["surface"],
    "surface=": ["surface"],
    "run=newtonian": ["run"],
    "run=gd,beta1:0.5": ["run gd"],
    "run=adam,beta1:1": ["run adam beta1"],
    "start=NaN,0": ["start"],
    "start=1e30,0": ["start"],
    "seed=-1": ["seed"],
    "shuffle=replacement": ["shuffle"],
    "schedule=steps": ["schedule"],
    "colour=red": ["colour"],
    "eta=1&eta=2": ["eta"],
    "eta=a&lambda=b&run=c": ["eta", "lambda", "run"],
    "format=xml": ["format"],
    "&".join(["run=gd"] * 9): ["run"],
    "x" * 24_001 + "=1": ["address"],
    "&".join(["a=1"] * 65): ["address"],
    "examples=200&updates=100000&" + "&".join(["run=gd"] * 8): ["updates"],
}


@pytest.mark.parametrize("query", BAD_SCENES, ids=lambda query: query[:30])
def test_a_bad_value_is_refused_and_named(client, query):
    answer = client.get(f"/api/paths?{query}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/json"
    problems = told(answer)["problems"]
    assert sorted(problem["knob"] for problem in problems) == sorted(BAD_SCENES[query])
    assert all(set(p) == {"knob", "given", "allowed"} and p["allowed"] for p in problems)


def test_an_address_is_judged_as_it_was_sent(client):
    """Commas and colons are not counted as the three characters of their escapes."""
    long = "&".join(["run=momentum,eta:0.1,lambda:0.5,batch:1,schedule:constant"] * 8)
    query = f"surface=booth&updates=2&{long}&hide=" + ",".join(["run-1"] * 3900)
    assert len(query) < LIMITS["query"] < len(query.replace(",", "%2C"))
    assert len(asked(client, f"/api/paths?{query}")) == 8


def test_a_scene_s_surface_may_not_differ_from_the_path_s(client):
    answer = client.get("/api/surfaces/booth/point?point=0,0&surface=beale")
    assert answer.status_code == 422
    assert told(answer)["problems"][0]["knob"] == "surface"


ROUTES = [
    "/api/surfaces",
    "/api/surfaces/{name}",
    "/api/surfaces/{name}/point",
    "/api/surfaces/{name}/grid",
    "/api/surfaces/{name}/critical-points",
    "/api/surfaces/{name}/examples",
    "/api/surfaces/{name}/test-loss",
    "/api/surfaces/{name}/sharpness",
    "/api/surfaces/{name}/stability",
    "/api/cut",
    "/api/epochs",
    "/api/escape",
    "/api/map",
    "/api/paths",
    "/api/shares",
    "/api/update",
    "/api/experiments",
    "/api/experiments/table",
    "/api/experiments/time-per-update",
    "/api/experiments/{name}",
]


def test_openapi_lists_the_public_routes_and_no_others(client):
    schema = asked(client, "/openapi.json")
    assert sorted(schema["paths"]) == sorted(ROUTES)
    for path, methods in schema["paths"].items():
        begun = path == "/api/experiments/{name}"
        assert set(methods) == ({"get", "post", "delete"} if begun else {"get"})


def test_openapi_lists_every_knob_of_a_scene(client):
    operation = asked(client, "/openapi.json")["paths"]["/api/paths"]["get"]
    listed = {
        parameter["name"]: parameter["description"] for parameter in operation["parameters"][1:]
    }
    expected = {knob.name for knob in KNOBS if knob.scope in ("scene", "surface")}
    assert set(listed) == expected | {"run"}
    for knob in KNOBS:
        if knob.name in listed:
            assert knob.help in listed[knob.name]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/api/surfaces", "/api/paths", "/", "/plotly.js", "/tables.js"])
def test_nothing_can_be_written(client, method, path):
    answer = client.request(method, path)
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]
    assert told(answer)["detail"]


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/nothing", "/api/pathss", "/nothing"])
def test_an_unknown_address_is_not_found_in_json(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert told(answer)["detail"]


def test_a_slash_too_many_leads_to_the_same_answer(client):
    assert asked(client, "/api/surfaces/") == asked(client, "/api/surfaces")


def test_the_server_says_that_it_is_well(client):
    assert asked(client, "/healthz") == {"status": "ok"}


def test_a_large_body_is_refused_and_a_small_one_is_not_read(client):
    most = LIMITS["message"]
    assert client.request("GET", "/api/surfaces", content=b"x" * most).status_code == 200
    assert client.request("GET", "/api/surfaces", content=b"x" * (most + 1)).status_code == 413


# One update taken apart.


def test_an_update_is_the_path_s_own(client):
    scene = "surface=two-valleys&spread=0.25&updates=60&run=gd&run=momentum,batch:3&run=adam"
    paths = walk(Scene.parse(scene))
    for of, path in enumerate(paths):
        for index in (0, 31, 59):
            found = asked(client, f"/api/update?{scene}&of={of}&index={index}")
            assert set(found) == set(UpdateAnswer.model_fields)
            assert (found["of"], found["index"], found["run"]) == (of, index, path.run.query())
            assert [found["before"], found["after"]] == path.theta[index : index + 2].tolist()
            assert len(found["batch"]) == len(found["example_gradients"])


def test_the_first_run_is_meant_when_nothing_is_said(client):
    scene = "surface=booth&run=gd&run=adam"
    assert asked(client, f"/api/update?{scene}&index=3")["rule"] == "gd"


@pytest.mark.parametrize(
    ("query", "knob", "given", "allowed"),
    [
        ("of=2&index=0", "of", "2", "0 to 1"),
        ("of=-1&index=0", "of", "-1", "0 to 1"),
        ("of=0&index=300", "index", "300", "0 to 299"),
        ("of=1&index=-1", "index", "-1", "0 to 299"),
        ("of=1&index=999999999999999999999", "index", "999999999999999999999", "0 to 299"),
    ],
)
def test_an_update_that_was_not_made_is_refused_and_those_that_were_are_named(
    client, query, knob, given, allowed
):
    answer = client.get(f"/api/update?surface=booth&run=gd&run=adam&{query}")
    assert answer.status_code == 422
    assert told(answer)["problems"] == [{"knob": knob, "given": given, "allowed": allowed}]


@pytest.mark.parametrize("query", ["", "of=0", "index=x", "index=1.5", "index=1&of=first"])
def test_an_update_without_a_number_is_refused(client, query):
    answer = client.get(f"/api/update?surface=booth&run=gd&{query}")
    assert answer.status_code == 422
    assert {problem["knob"] for problem in told(answer)["problems"]} <= {"of", "index"}


def test_a_diverged_run_s_last_update_ends_outside_and_there_is_none_after_it(client):
    scene = "surface=booth&eta=0.2&run=gd"
    (path,) = walk(Scene.parse(scene))
    found = asked(client, f"/api/update?{scene}&index={path.diverged - 1}")
    assert found["before"] == path.theta[-1].tolist()
    answer = client.get(f"/api/update?{scene}&index={path.diverged}")
    left = f"the run diverged at update {path.diverged}"
    assert told(answer)["problems"][0]["allowed"] == f"0 to {path.diverged - 1}; {left}"


def test_numbers_of_an_update_that_are_not_finite_are_null(client):
    found = asked(client, "/api/update?surface=ackley&start=0,0&run=momentum&index=0")
    assert found["gradient"] == found["after"] == [None, None]
    assert found["values"]["m'"] == [None, None]


# Critical points, cuts, and the way down from a saddle.


@pytest.mark.parametrize("row", SURFACES, ids=lambda row: row.name)
@pytest.mark.parametrize("knobs", ["", "&spread=0.3&data=4&examples=7"])
def test_the_critical_points_are_those_of_the_finder(client, row, knobs):
    found = asked(client, f"/api/surfaces/{row.name}/critical-points?{knobs}")
    points = critical_points(Scene.parse(f"surface={row.name}{knobs}&run=gd").ground)
    assert len(found) == len(points)
    for told_point, point in zip(found[:9], points[:9], strict=True):
        assert set(told_point) == set(CriticalAnswer.model_fields)
        assert tuple(told_point["at"]) == point.at
        assert (told_point["kind"], told_point["loss"]) == (point.kind, point.loss)
        assert (told_point["curve"] is None) == (point.curve is None)


def test_a_listed_point_is_the_same_when_it_is_asked_for_alone(client):
    name = "six-hump-camel"
    for listed in asked(client, f"/api/surfaces/{name}/critical-points?spread=0.1"):
        x, y = listed["at"]
        alone = asked(client, f"/api/surfaces/{name}/point?point={x!r},{y!r}&spread=0.1")
        assert (alone["kind"], alone["valley"]) == (listed["kind"], listed["valley"])
        for field in ("loss", "eigenvalues", "eigenvectors"):
            np.testing.assert_allclose(alone[field], listed[field], atol=1e-12)


def test_a_cut_is_the_same_as_points_along_it(client):
    found = asked(client, "/api/cut?surface=hill&from=-3,0&to=4,0&resolution=8&run=momentum")
    assert (found["from"], found["to"], found["distance"]) == ([-3, 0], [4, 0], list(range(8)))
    for s, loss, slope in zip(found["distance"], found["loss"], found["slope"], strict=True):
        point = asked(client, f"/api/surfaces/hill/point?point={s - 3},0")
        assert (loss, slope) == (point["loss"], point["gradient"][0])
    assert [stops["of"] for stops in found["stops"]] == [0]


def test_a_cut_tells_the_stops_of_every_run(client):
    scene = "surface=hill&start=-2.7,0&run=gd&run=momentum"
    found = asked(client, f"/api/cut?{scene}&from=-3.2,0&to=4.4,0")
    assert len(found["distance"]) == 200
    slow, fast = found["stops"]
    assert slow == {
        "of": 0,
        "start": 0,
        "small": None,
        "zero": None,
        "against": None,
        "shelf": None,
    }
    assert 0 < fast["small"] < fast["zero"] < fast["against"] < fast["shelf"]


def test_a_cut_through_what_is_not_finite_says_null(client):
    found = asked(client, "/api/cut?surface=booth&from=0,0&to=1e200,1&resolution=3")
    assert found["loss"] == [74, None, None]


BAD_CUTS = {
    "from=0,0": "to",
    "to=0,0": "from",
    "from=0&to=1,1": "from",
    "from=0,0&to=NaN,1": "to",
    "from=0,0&to=0,0": "to",
    "from=-1e308,0&to=1e308,0": "to",
    "from=0,0&to=1,1&resolution=1": "resolution",
    "from=0,0&to=1,1&resolution=401": "resolution",
    "from=0,0&to=1,1&eta=x": "eta",
}


@pytest.mark.parametrize("query", BAD_CUTS)
def test_a_bad_cut_is_refused_and_named(client, query):
    answer = client.get(f"/api/cut?{query}")
    assert answer.status_code == 422
    assert [problem["knob"] for problem in told(answer)["problems"]] == [BAD_CUTS[query]]


def test_an_escape_tells_where_it_leads_and_how_the_loss_changes(client):
    found = asked(client, "/api/escape?surface=two-valleys&point=0.01,0&length=0.1")
    assert set(found) == {"from", *EscapeAnswer.model_fields} - {"start"}
    assert found["from"] == pytest.approx([0, 0], abs=1e-12)
    assert found["to"] == pytest.approx([0.08, 0.06])
    assert found["predicted"] == pytest.approx(-0.005)
    losses = [
        asked(client, f"/api/surfaces/two-valleys/point?point={x!r},{y!r}")["loss"]
        for x, y in (found["from"], found["to"])
    ]
    assert found["actual"] == losses[1] - losses[0] < 0


BAD_ESCAPES = {
    "surface=two-valleys&point=0.8,0.6": ("point", "a saddle or a maximum (no way down here: both"),
    "surface=two-valleys&point=1,-1": ("point", "a saddle or a maximum (there is no critical"),
    "surface=monkey-saddle&point=0,0": ("point", "a saddle or a maximum (the Hessian cannot"),
    "surface=two-valleys&point=0": ("point", "two numbers x,y"),
    "surface=two-valleys&point=0,0&length=9": ("length", "a number from 5e-06 to 5"),
    "surface=two-valleys&point=0,0&length=nan": ("length", "a number from 5e-06 to 5"),
    "surface=two-valleys&point=0,0&length=x": ("length", ""),
}


@pytest.mark.parametrize("query", BAD_ESCAPES)
def test_where_no_way_leads_down_the_answer_says_why(client, query):
    answer = client.get(f"/api/escape?{query}")
    assert answer.status_code == 422
    (problem,) = told(answer)["problems"]
    knob, words = BAD_ESCAPES[query]
    assert problem["knob"] == knob
    assert problem["allowed"].startswith(words)

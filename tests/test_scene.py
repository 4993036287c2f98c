"""A scene is an address: reading and writing are inverse, and every bad value is named."""

import json
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.knobs import BY_NAME, KNOBS, VIEW, spelled
from app.limits import LIMITS
from app.rules import RULES
from app.scene import (
    EVERY_RUN,
    OPENING,
    Run,
    Scene,
    SceneError,
    evaluations_per_update,
    read,
    read_whole,
)
from app.surfaces import catalogue
from tests.golden.write import FOLDER, golden
from tests.scenes import queries, scenes

ADDRESSES = json.loads((FOLDER / "addresses.json").read_text("utf-8"))


@pytest.mark.parametrize("row", ADDRESSES, ids=lambda row: row["query"][:50] or "empty")
def test_an_address_reads_as_the_golden_file_says(row):
    scene, problems = read(row["query"])
    assert scene.query() == row["canonical"]
    assert [problem.knob for problem in problems] == row["problems"]


@pytest.mark.parametrize("name", golden())
def test_the_golden_files_are_current(name):
    assert (FOLDER / name).read_text("utf-8") == golden()[name], "python -m tests.golden.write"


@pytest.mark.parametrize("row", ADDRESSES, ids=lambda row: row["canonical"][:50])
def test_the_written_address_reads_back_to_the_same_scene(row):
    scene, problems = read(row["canonical"])
    assert not problems
    assert scene == read(row["query"])[0]


@settings(max_examples=300)
@given(scenes())
def test_parse_undoes_query(scene):
    assert Scene.parse(scene.query()) == scene


@given(scenes())
def test_the_address_of_a_scene_needs_no_escapes(scene):
    assert quote(scene.query(), safe="=&,:+") == scene.query()
    assert len(scene.query()) <= LIMITS["query"]


@given(scenes(), st.randoms(use_true_random=False))
def test_the_order_of_knobs_does_not_matter_and_that_of_runs_does(scene, random):
    pairs = scene.query().split("&")
    knobs = [pair for pair in pairs if not pair.startswith("run=")]
    runs = [pair for pair in pairs if pair.startswith("run=")]
    random.shuffle(knobs)
    assert Scene.parse("&".join([*runs, *knobs])) == scene
    turned = Scene.parse("&".join([*knobs, *runs[::-1]]))
    assert turned.runs == scene.runs[::-1]


@settings(max_examples=300)
@given(queries() | st.text(max_size=80))
def test_any_text_gives_a_scene_and_its_problems(query):
    scene, problems = read(query)
    again, none = read(scene.query())
    assert again == scene
    assert not none
    for problem in problems:
        assert isinstance(problem.knob, str)
        assert len(problem.given) <= 80
        assert problem.allowed
        assert problem.allowed in str(problem)


@given(queries())
def test_parse_refuses_exactly_what_read_finds_problems_in(query):
    scene, problems = read(query)
    if not problems:
        assert Scene.parse(query) == scene
        return
    with pytest.raises(SceneError) as refused:
        Scene.parse(query)
    assert refused.value.problems == problems
    assert all(str(problem) in str(refused.value) for problem in problems)


def test_no_scene_knob_at_all_is_the_opening_scene():
    for query in ("", "?", "view=3d", "theme=dark&at=12", "&&"):
        assert Scene.parse(query) == Scene.parse(OPENING)


def test_one_scene_knob_leaves_the_opening_scene():
    assert Scene.parse("eta=0.01").runs == (Run("gd"),)


def test_view_knobs_never_change_a_scene():
    plain = Scene.parse("surface=booth&run=adam")
    seen = Scene.parse("surface=booth&run=adam&view=3d&axis=epochs&loss=log&theme=dark&at=7&play=0")
    assert seen == plain
    assert hash(seen) == hash(plain)
    assert seen.query() == plain.query()
    assert dict(seen.view)["at"] == "7"


BAD = {
    "number": ["", "a", "NaN", "Infinity", "-Infinity", "1e999", "0x10", "1_0", " 1", "1,2", "٣"],
    "integer": ["", "1.5", "NaN", "1e999", "-1", "99999999999", "1e-3"],
    "choice": ["", "nothing", "constant ", "<b>", "None"],
    "flag": ["", "2", "true", "01", "on"],
    "names": ["<b>", "a b", "a,,b", ""],
    "line": ["", "1,2", "1,2,3", "1,2,1,2", "a,2,3,4", "1,2,NaN,4", "1,2,3,4,5"],
    "sides": [
        "",
        "eta:1..2",
        "eta:1..2,eta:1..2",
        "eta:2..1,lambda:0..1",
        "eta:a..b,lambda:0..1",
        "foo:0..1,eta:1..2",
    ],
    "point": ["", "1", "1,2,3", "a,b", "NaN,0", "0,Infinity", "1e30,0", "1;2"],
}
SHARED = [knob for knob in KNOBS if knob.scope in ("scene", "view")]


@pytest.mark.parametrize("knob", SHARED, ids=lambda knob: knob.name)
def test_every_bad_value_is_named_with_what_is_allowed_and_the_default_is_used(knob):
    fine = read("run=gd")[0]
    for text in BAD[knob.kind]:
        scene, problems = read(f"{knob.name}={quote(text)}&run=gd")
        (problem,) = problems
        assert (problem.knob, problem.given) == (knob.name, text)
        assert problem.allowed
        assert scene == fine


NUMBERS = [k for k in KNOBS if k.kind in ("number", "integer") and k.scope == "scene"]


@pytest.mark.parametrize("knob", NUMBERS, ids=lambda knob: knob.name)
def test_both_bounds_of_a_knob_are_allowed_and_nothing_beyond(knob):
    rows = ",".join(["1"] * 2 * LIMITS["rows"])
    with_room = f"surface=linear-regression&rows={rows}&" if knob.name == "batch" else ""
    for inside in (knob.low, knob.high):
        assert not read(f"{with_room}{knob.name}={inside!r}&run=gd")[1]
    for outside in (knob.low - 1, knob.high * 1.001 + 1):
        (problem,) = read(f"{with_room}{knob.name}={outside!r}&run=gd")[1]
        assert problem.knob == knob.name


RUN_KNOBS = [(rule, name) for rule in RULES for name in [*rule.knobs, *EVERY_RUN]]


@pytest.mark.parametrize(("rule", "name"), RUN_KNOBS, ids=lambda v: getattr(v, "name", v))
def test_every_rule_takes_its_own_knobs_and_names_what_is_bad_in_them(rule, name):
    knob = BY_NAME[name]
    good = knob.choices[-1][0] if knob.kind == "choice" else knob.low
    scene = Scene.parse(f"run={rule.name},{name}:{good}")
    assert scene.runs == (Run(rule.name, ((name, good),)),)
    assert scene.knobs(scene.runs[0])[name] == good
    (problem,) = read(f"run={rule.name},{name}:zzz")[1]
    assert problem.knob == f"run {rule.name} {name}"
    assert problem.given == "zzz"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_refuses_the_knobs_of_others(rule):
    for knob in KNOBS:
        if knob.name in rule.knobs or knob.name in EVERY_RUN:
            continue
        scene, (problem,) = read(f"run={rule.name},{knob.name}:0.5")
        assert problem.knob == f"run {rule.name}"
        assert problem.allowed == ", ".join([*rule.knobs, *EVERY_RUN])
        assert scene.runs == (Run(rule.name),)


def test_an_unknown_rule_is_named_with_all_rules():
    scene, (problem,) = read("run=newtonian")
    assert problem.allowed == ", ".join(rule.name for rule in RULES)
    assert scene.runs == (Run("gd"),)


def test_more_runs_than_the_limit_are_refused_and_the_first_are_kept():
    most = LIMITS["runs"]
    assert not read("&".join(["run=gd"] * most))[1]
    scene, (problem,) = read("&".join(["run=gd"] * most + ["run=adam"]))
    assert len(scene.runs) == most
    assert (problem.knob, problem.allowed) == ("run", f"at most {most} runs")


def test_an_address_may_be_as_long_as_the_limit_and_no_longer():
    start, most = "surface=booth&hide=", LIMITS["query"]
    assert not read(start + "a" * (most - len(start)))[1]
    scene, (problem,) = read(start + "a" * (most - len(start) + 1))
    assert problem.knob == "address"
    assert str(most) in problem.allowed
    assert scene == Scene.parse(OPENING)


def test_an_address_of_many_empty_pairs_is_refused_in_one_sentence():
    scene, (problem,) = read("&".join(["eta=1"] * 65))
    assert problem.knob == "address"
    assert scene == Scene.parse(OPENING)


def test_an_address_full_of_mistakes_is_told_a_few_of_them():
    """Problems are kept with their scene: 2,000 of them would fill memory and frames."""
    assert len(read("run=gd" + ",a" * 2000)[1]) <= 64


def test_the_batch_is_at_most_all_examples():
    assert not read("examples=30&batch=30")[1]
    assert read("examples=30&batch=31")[1][0].knob == "batch"
    assert read("examples=30&run=gd,batch:31")[1][0].knob == "run gd batch"


def test_draws_with_replacement_are_no_full_batch():
    assert not read("shuffle=replacement&batch=19")[1]
    for query in ("shuffle=replacement", "shuffle=replacement&batch=5&run=gd&run=gd,batch:20"):
        scene, (problem,) = read(query)
        assert problem.knob == "shuffle"
        assert scene.shuffle == "each-epoch"


FULL = "&".join(["examples=200", *["run=gd"] * 8])
MOST = LIMITS["evaluations"] // (8 * 400)


def test_a_walk_may_cost_as_much_as_the_limit_and_no_more():
    assert Scene.parse(f"updates={MOST}&{FULL}").updates == MOST
    scene, (problem,) = read(f"updates={MOST + 1}&{FULL}")
    assert problem.knob == "updates"
    assert f"{MOST} " in problem.allowed
    assert scene.updates <= MOST


@given(scenes(), st.integers(1, 100_000))
def test_whatever_is_read_is_affordable(scene, updates):
    others = [pair for pair in scene.query().split("&") if not pair.startswith("updates=")]
    found = read("&".join([*others, f"updates={updates}"]))[0]
    assert evaluations_per_update(found) * found.updates <= LIMITS["evaluations"]


@pytest.mark.parametrize("row", catalogue.SURFACES, ids=lambda row: row.name)
def test_start_rate_and_updates_come_from_the_surface(row):
    scene = Scene.parse(f"surface={row.name}&run=gd")
    assert (scene.start, scene.eta, scene.updates) == (row.start, row.eta, row.updates)
    assert scene.query() == f"surface={row.name}&run=gd"


def test_only_long_valley_has_a_condition():
    assert Scene.parse("surface=long-valley&condition=50").own == (("condition", 50.0),)
    (problem,) = read("surface=booth&condition=50")[1]
    assert problem.knob == "condition"
    assert "condition" not in problem.allowed


def test_scenes_on_equal_ground_share_one_surface():
    one = Scene.parse("surface=booth&spread=0.3&eta=0.01&run=gd")
    two = Scene.parse("surface=booth&spread=0.3&seed=99&run=adam&start=1,1")
    assert one.ground is two.ground
    assert one.ground is not Scene.parse("surface=booth&spread=0.3&data=99").ground


RATES = st.floats(1e-9, 100).map(spelled) | st.sampled_from(["0.05", "x", "", "1e3", "-0", "%31"])
MOMENTA = st.floats(0, 1).map(spelled) | st.sampled_from(["0.9", "2", "0.5&lambda=0.6"])


@given(scenes(), RATES, MOMENTA, st.integers(0, 9))
def test_a_turned_slider_is_read_like_any_other_address(scene, eta, momentum, place):
    pairs = [pair for pair in scene.query().split("&") if not pair.startswith(("eta=", "lambda="))]
    query = "&".join([*pairs[:place], f"eta={eta}", f"lambda={momentum}", *pairs[place:]])
    found, problems = read(query)
    whole, all_problems = read_whole(query)
    assert (found, problems) == (whole, all_problems)
    assert found.query() == whole.query()
    assert found.ground is whole.ground
    assert hash(found) == hash(whole)


def test_scenes_turned_from_one_share_what_stays():
    one, two = (Scene.parse(f"surface=booth&eta={eta}&run=gd") for eta in (0.01, 0.02))
    assert one.still is two.still
    assert one != two


def test_a_run_takes_its_own_value_then_the_scene_s_then_the_rule_s():
    scene = Scene.parse("surface=booth&eta=0.02&batch=5&run=adam,eta:0.5&run=adam&run=rmsprop")
    own, shared, other = scene.runs
    assert scene.knobs(own)["eta"] == 0.5
    assert scene.knobs(shared)["eta"] == 0.02
    assert scene.knobs(shared)["beta2"] == 0.999
    assert scene.knobs(other)["beta2"] == 0.9
    assert scene.knobs(other)["batch"] == 5
    assert "lambda" not in scene.knobs(shared)


def test_the_knobs_of_the_view_are_those_of_the_table():
    assert {knob.name for knob in KNOBS if knob.scope == "view"} == VIEW

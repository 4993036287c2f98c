"""The desk: shared engine calls, the newest question, and failures that stay alone."""

import asyncio
import math
import threading
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import desk, wants
from app.crew import Crew
from app.desk import BRIEF, MANY, SHORT, Desk
from app.frames import unpack, whole_answer
from app.limits import LIMITS
from app.questions import Question, point_of, sides
from app.scene import Scene, read
from app.wants import WANTS, check, evaluations
from tests.scenes import scenes

SCENE = "surface=two-valleys&spread=0.25&updates=50&run=gd&run=momentum"
NO_GATE = threading.Event()
NO_GATE.set()
LONG = "surface=two-valleys&spread=0.25&examples=200&run=gd"
GROUND = {"x": [-2, 2], "y": [-1, 1], "resolution": [20, 10]}
EVERY = {
    "paths": {},
    "ground": GROUND,
    "window": {"from": 3, "to": 9},
    "update": {"of": [0, 1], "index": 7},
    "critical-points": {},
    "point": {"point": [0.5, -1]},
    "cut": {"from": [-2, -1.5], "to": [2, 1.5], "resolution": 50},
    "escape": {"point": [0, 0]},
    "batch": {"of": 0, "index": 3},
    "ghost": GROUND | {"examples": [0, 4]},
    "reading": {},
    "flatness": {"from": [0, 0], "to": [1, 1], "resolution": 9, "shift": [0.1, 0]},
    "map": {
        "of": 0,
        "x": {"knob": "eta", "low": 0.01, "high": 0.1},
        "y": {"knob": "start1", "low": -1, "high": 1},
        "resolution": [4, 4],
    },
    "edge": {},
    "stability": {"at": [[0.8, 0.6], None]},
    "shares": {"of": 0, "seeds": 50, "batches": [1, 20]},
}


class Person:
    """Asks, and keeps what was answered."""

    def __init__(self):
        self.newest = {}
        self.answers = {}
        self.told = asyncio.Event()

    def question(self, identity, want="paths", scene=SCENE, **fields):
        self.newest[want] = identity
        is_newest = lambda: self.newest.get(want) == identity  # noqa: E731
        return Question(identity, want, scene, fields, is_newest, self.hear)

    def hear(self, question, frames):
        self.answers[question.id] = [unpack(data) for data in frames]
        self.told.set()

    async def hears(self, *identities):
        async with asyncio.timeout(60):
            while not set(identities) <= self.answers.keys():
                self.told.clear()
                await self.told.wait()


@asynccontextmanager
async def open_desk(**parts):
    place = Desk(**parts)
    serving = asyncio.create_task(place.serve())
    yield place
    serving.cancel()
    with suppress(asyncio.CancelledError):
        await serving
    place.close()


TYPED = ["surface=formula&formula=x*x%2By*y", "surface=%66ormula&%66ormula=x*x-y*y"]


@pytest.mark.parametrize("scene", TYPED)
async def test_a_typed_formula_is_read_and_answered_on_its_own_thread(monkeypatch, scene):
    threads = []

    def reading(query):
        threads.append(threading.current_thread().name)
        return read(query)

    monkeypatch.setattr(desk, "read", reading)
    person = Person()
    async with open_desk() as place:
        place.ask(person.question(1, scene=f"{scene}&run=gd"))
        place.ask(person.question(2, "point", scene=f"{scene}&run=gd", point=[1, 1]))
        place.ask(person.question(3, "reading", scene="surface=booth&run=gd"))
        await person.hears(1, 2, 3)
    assert [name.startswith("typed") for name in sorted(threads)] == [False, True, True]


async def test_every_want_is_answered():
    person = Person()
    async with open_desk() as place:
        for n, (want, fields) in enumerate(EVERY.items()):
            place.ask(person.question(n, want, **fields))
        await person.hears(*range(len(EVERY)))
    answers = [frames[0][0] for _, frames in sorted(person.answers.items())]
    assert [header["want"] for header in answers] == list(EVERY)
    assert {*EVERY, "experiment"} == set(WANTS)  # that one is the pool's
    assert not any("error" in header for header in answers)


async def test_questions_that_wait_on_one_ground_share_one_engine_call(monkeypatch):
    calls = []
    walk = desk.walk_together

    def counted(scenes, wanted):
        calls.append(len(scenes))
        return walk(scenes, wanted)

    monkeypatch.setattr(desk, "walk_together", counted)
    people = [Person() for _ in range(30)]
    async with open_desk() as place:
        for n, person in enumerate(people):
            place.ask(person.question(n, scene=f"{SCENE}&eta={0.001 * (n + 1)}"))
        other = Person()
        place.ask(other.question(99, scene=f"{SCENE}&data=99"))
        for n, person in enumerate([*people]):
            await person.hears(n)
        await other.hears(99)
    assert sorted(calls) == [1, 30]
    for n, person in enumerate(people):
        asked = Scene.parse(f"{SCENE}&eta={0.001 * (n + 1)}").query()
        assert person.answers[n][0][0]["scene"] == asked


async def test_a_shared_call_answers_everyone_as_if_alone():
    queries = [f"{SCENE}&eta={eta}&seed={seed}" for eta in (0.01, 0.1) for seed in (1, 2, 3)]
    together, alone = Person(), Person()
    everyone = [Person() for _ in queries]
    async with open_desk() as place:
        for n, (person, query) in enumerate(zip(everyone, queries, strict=True)):
            place.ask(person.question(n, scene=query))
        for n, person in enumerate(everyone):
            await person.hears(n)
            together.answers |= person.answers
        for n, query in enumerate(queries):
            place.ask(alone.question(n, scene=query))
            await alone.hears(n)
    for n in range(len(queries)):
        for (one, shared), (two, single) in zip(together.answers[n], alone.answers[n], strict=True):
            assert one == two
            assert shared.tobytes() == single.tobytes()


async def test_a_question_nobody_wants_any_more_is_not_answered():
    person = Person()
    async with open_desk() as place:
        place.ask(person.question(1))
        place.ask(person.question(2))
        await person.hears(2)
    assert 1 not in person.answers


async def test_only_brief_questions_are_answered_on_the_event_loop(monkeypatch):
    threads = {}
    walk = desk.walk_together

    def noted(scenes, wanted):
        threads[scenes[0].updates] = threading.current_thread()
        return walk(scenes, wanted)

    monkeypatch.setattr(desk, "walk_together", noted)
    person = Person()
    async with open_desk() as place:
        for updates in (100, 1000, 2000):  # of 400 example losses each
            place.ask(person.question(updates, scene=f"{LONG}&updates={updates}"))
            await person.hears(updates)
    assert threads[100] is threading.current_thread()
    assert [threads[n].name.split("_")[0] for n in (1000, 2000)] == ["short", "long"]


async def test_a_flood_is_answered_in_calls_that_hold_the_loop_briefly(monkeypatch):
    calls = []
    monkeypatch.setattr(desk, "walk_together", watched(desk.walk_together, calls))
    person = Person()
    flat = "surface=booth&updates=9000&run=gd"
    async with open_desk() as place:
        for n in range(200):
            question = person.question(n, scene=f"{flat}&eta={n + 1}e-4")
            place.ask(replace(question, wanted=lambda: True))
        await person.hears(*range(200))
    most = BRIEF // (2 * 9000)
    assert all(len(asked) <= min(MANY, most) for asked, _ in calls)


async def test_short_work_does_not_wait_for_long_work(monkeypatch):
    """The long walk cannot end before the short question has been answered."""
    answered = threading.Event()
    walk = desk.walk_together

    def held(scenes, wanted):
        if scenes[0].updates > 1000:
            assert answered.wait(20)
        return walk(scenes, wanted)

    monkeypatch.setattr(desk, "walk_together", held)
    slow, quick = Person(), Person()
    async with open_desk() as place:
        place.ask(slow.question(1, scene=f"{LONG}&updates=20000"))
        place.ask(quick.question(2))
        await quick.hears(2)
        assert 1 not in slow.answers
        answered.set()
        await slow.hears(1)


async def test_a_long_walk_is_given_up_when_nobody_wants_it(monkeypatch):
    """Long questions that were overtaken while they waited for a thread cost nothing."""
    walked = []
    monkeypatch.setattr(desk, "walk_together", watched(desk.walk_together, walked))
    ground = wants.WANTS["ground"]
    seen = replace(ground, frames=watched(ground.frames, walked))
    monkeypatch.setitem(wants.WANTS, "ground", seen)
    person = Person()
    async with open_desk() as place:
        hold = threading.Event()
        for _ in range(place.long.size):
            place.long.submit(0, hold.wait)
        large = GROUND | {"resolution": [400, 400]}
        for n in range(20):
            place.ask(person.question(n, scene=f"{LONG}&updates={20_000 + n}"))
            place.ask(person.question(100 + n, "ground", f"{LONG}&data={n}", **large))
            await asyncio.sleep(0.01)
        hold.set()
        await person.hears(19, 119)
    assert len(walked) == 2
    assert set(person.answers) == {19, 119}


@pytest.fixture
def streaming(monkeypatch):
    """Every map is two answers, and `events` says when each began and when the map ended."""
    events, gates = [], {}

    def stream(question, scene):
        try:
            for n in range(2):
                events.append((question.id, n))
                assert gates.get(question.id, NO_GATE).wait(20)
                yield whole_answer(question.id, "map", {"progress": n})
        finally:
            events.append((question.id, "end"))

    monkeypatch.setitem(wants.WANTS, "map", replace(wants.WANTS["map"], stream=stream))
    return events, gates


async def until(claim):
    async with asyncio.timeout(20):
        while not claim():
            await asyncio.sleep(0.005)


async def test_everyones_first_answer_comes_before_anyones_second(streaming):
    events, _ = streaming
    people, hold = [Person() for _ in range(3)], threading.Event()
    async with open_desk(long=Crew(1, "long")) as place:
        place.long.submit(0, hold.wait)
        for n, person in enumerate(people):
            place.ask(person.question(n, "map", **EVERY["map"]))
        await until(lambda: len(place.paused) == 3)
        hold.set()
        await until(lambda: events.count((2, "end")) == 1)
    steps = [event for event in events if event[1] != "end"]
    assert steps == [(0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (2, 1)]
    assert not place.paused


async def test_a_stream_that_is_overtaken_between_two_answers_lets_go_of_all_it_holds(streaming):
    events, gates = streaming
    first, other, gates[2], hold = Person(), Person(), threading.Event(), threading.Event()
    async with open_desk(long=Crew(1, "long")) as place:
        place.long.submit(0, hold.wait)
        place.ask(first.question(1, "map", **EVERY["map"]))
        place.ask(other.question(2, "map", **EVERY["map"]))
        await until(lambda: len(place.paused) == 2)
        hold.set()
        await until(lambda: (2, 0) in events)
        place.ask(first.question(3, "map", **EVERY["map"]))
        await until(lambda: len(place.paused) == 2)
        gates[2].set()
        await until(lambda: events.count((3, "end")) == 1)
    assert (1, 1) not in events
    assert events.index((1, "end")) < events.index((3, 0))
    assert not any(place.long.lines.values())


def watched(work, seen):
    def noting(*given):
        seen.append(given)
        return work(*given)

    return noting


async def test_a_failing_question_is_refused_and_the_others_are_answered(monkeypatch, caplog):
    walk = desk.walk_together

    def failing(scenes, wanted):
        if any(scene.seed == 666 for scene in scenes):
            raise ArithmeticError("on purpose")
        return walk(scenes, wanted)

    monkeypatch.setattr(desk, "walk_together", failing)
    people = [Person() for _ in range(10)]
    async with open_desk() as place:
        for n, person in enumerate(people):
            place.ask(person.question(n, scene=f"{SCENE}&seed={666 if n == 4 else n}"))
        for n, person in enumerate(people):
            await person.hears(n)
    errors = [person.answers[n][0][0].get("error") for n, person in enumerate(people)]
    assert errors == [None] * 4 + ["this could not be computed"] + [None] * 5
    assert "on purpose" in caplog.text


async def test_the_desk_survives_a_question_that_cannot_even_be_read(monkeypatch, caplog):
    read = desk.read

    def failing(query):
        if "seed=666" in query:
            raise MemoryError("on purpose")
        return read(query)

    monkeypatch.setattr(desk, "read", failing)
    bad, good, later = Person(), Person(), Person()
    async with open_desk() as place:
        place.ask(bad.question(1, scene=f"{SCENE}&seed=666"))
        place.ask(good.question(2))
        await bad.hears(1)
        await good.hears(2)
        place.ask(later.question(3))
        await later.hears(3)
    assert bad.answers[1][0][0]["error"] == "this could not be computed"
    assert "error" not in good.answers[2][0][0]
    assert "on purpose" in caplog.text


@pytest.mark.parametrize("want", WANTS)
def test_no_fields_at_all_are_checked_without_failing(want):
    assert isinstance(check(want, {}), str)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=6,
)
SIDES = JSON | st.lists(st.floats() | st.integers(), min_size=2, max_size=2)


@given(SIDES, SIDES, JSON | st.lists(st.integers(-5, 500), min_size=2, max_size=2))
def test_what_the_check_of_a_ground_lets_through_can_be_drawn(x, y, resolution):
    fields = {"x": x, "y": y, "resolution": resolution}
    if not check("ground", fields):
        across, up = sides(fields)
        assert across[0] < across[-1]
        assert up[0] < up[-1]
        assert [len(across), len(up)] == resolution
        assert max(resolution) <= LIMITS["resolution"]


@given(JSON | st.integers(-3, 9), JSON | st.integers(-3, 9))
def test_what_the_check_of_a_window_lets_through_is_two_updates(first, last):
    if not check("window", {"from": first, "to": last}):
        assert 0 <= first <= last
        assert type(first) is type(last) is int


NUMBERS = JSON | st.lists(st.floats() | st.integers(), min_size=2, max_size=2)


@given(NUMBERS, NUMBERS, JSON | st.integers(-3, 500))
def test_what_the_check_of_a_cut_lets_through_is_a_line(start, end, count):
    fields = {"from": start, "to": end, "resolution": count}
    if not check("cut", fields):
        ends = point_of(fields, "from"), point_of(fields, "to")
        assert 0 < math.dist(*ends) < math.inf
        assert 2 <= count <= LIMITS["resolution"]


@given(NUMBERS, JSON | st.floats())
def test_what_the_check_of_an_escape_lets_through_is_a_point_and_a_length(point, length):
    if not check("escape", {"point": point, "length": length}):
        assert all(map(math.isfinite, point_of({"point": point})))
        assert length is None or 0 < length < math.inf


def test_a_point_and_an_escape_need_a_point():
    for point in ([0, 0], [1.5, -2e300]):
        assert check("point", {"point": point}) == check("escape", {"point": point}) == ""
    for point in (None, [], [1], [1, 2, 3], ["1", "2"], [True, False], [0, math.nan], [10**400, 0]):
        assert check("point", {"point": point}) == "point takes point: [x, y]"
        assert check("escape", {"point": point}) == "escape takes point: [x, y]"


def test_a_point_may_be_one_of_a_path():
    assert check("point", {"of": 0, "index": 0}) == ""
    takes = "point takes point: [x, y], or of: a run, and index: updates made"
    for fields in ({"of": 0}, {"index": 3}, {"of": -1, "index": 0}, {"of": 0, "index": 1.5}):
        assert check("point", fields) == takes
    assert check("point", {"of": 0, "index": 3, "point": [0, 0]}) == takes


@given(scenes())
def test_what_a_question_costs_is_known_before_and_bounded(scene):
    person = Question(1, "paths", scene.query(), {}, lambda: True, lambda *_: None)
    assert 0 < evaluations(person, scene) <= LIMITS["evaluations"]


@pytest.mark.parametrize("want", [want for want in EVERY if want != "paths"])
def test_every_question_has_its_price(want):
    question = Question(1, want, SCENE, EVERY[want], lambda: True, lambda *_: None)
    assert 0 < evaluations(question, Scene.parse(SCENE)) < LIMITS["evaluations"]


def test_a_search_for_critical_points_does_not_keep_others_waiting():
    question = Question(1, "critical-points", SCENE, {}, lambda: True, lambda *_: None)
    many = Scene.parse("surface=ackley&spread=0.25&examples=60&run=gd")
    assert evaluations(question, many) > SHORT


def test_a_ground_costs_a_loss_per_point_and_example():
    fields = GROUND | {"resolution": [400, 300]}
    question = Question(1, "ground", SCENE, fields, lambda: True, lambda *_: None)
    assert evaluations(question, Scene.parse(SCENE)) == 400 * 300 * 20 > SHORT
    flat = Scene.parse("surface=two-valleys&run=gd")
    assert evaluations(question, flat) == 400 * 300 < SHORT

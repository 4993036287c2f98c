"""Answers that come again and again, better each time: `shares` at the desk and on the wire."""

import asyncio
import threading
from dataclasses import replace

import numpy as np
import pytest

from app.analysis import shares
from app.analysis.ensembles import ensemble
from app.frames import unpack
from app.limits import LIMITS
from app.scene import Scene
from app.wants import WANTS, Question, check
from tests.asking import answer_to, ask, columns, page, receive, send
from tests.test_desk import GROUND, SCENE, Person, open_desk

NOISY = "surface=two-valleys&spread=0.25&updates=100&run=gd"
ASKED = {"of": 0, "seeds": 300, "batches": [1, 20]}


class Listener(Person):
    """Keeps every answer to a question, not the last one alone."""

    def __init__(self):
        super().__init__()
        self.heard = {}

    def hear(self, question, frames):
        self.heard.setdefault(question.id, []).append([unpack(data) for data in frames])
        super().hear(question, frames)

    async def hears_until(self, identity, progress):
        async with asyncio.timeout(60):
            while not any(
                a[0][0].get("progress") == progress for a in self.heard.get(identity, [])
            ):
                self.told.clear()
                await self.told.wait()


async def test_answers_grow_until_the_last_is_whole():
    person = Listener()
    async with open_desk() as desk:
        desk.ask(person.question(1, "shares", NOISY, **ASKED))
        await person.hears_until(1, 1)
    heads = [answer[0][0] for answer in person.heard[1]]
    assert [head["progress"] for head in heads] == [64 / 300, 128 / 300, 256 / 300, 1]
    assert [head["shares"][0]["seeds"] for head in heads] == [64, 128, 256, 300]
    scene = Scene.parse(NOISY)
    told = shares.told(scene, [ensemble(scene, 0, 300, batch) for batch in (1, 20)])
    assert heads[-1]["shares"] == [
        row | {"minima": [m | {"at": list(m["at"])} for m in row["minima"]]} for row in told.rows
    ]
    for found, expected in zip(columns(person.heard[1][-1]), told.columns, strict=True):
        assert np.array_equal(found, expected.astype("<f4"), equal_nan=True)


async def test_a_newer_question_ends_the_older_one():
    """Every pass asks first whether anybody still wants it."""
    person = Listener()
    async with open_desk() as desk:
        desk.ask(person.question(1, "shares", NOISY + "&updates=3000", **ASKED | {"seeds": 2000}))
        desk.ask(person.question(2, "shares", NOISY, **ASKED))
        await person.hears_until(2, 1)
    assert not any(answer[0][0]["progress"] == 1 for answer in person.heard.get(1, []))


async def test_short_questions_never_wait_for_a_stream(monkeypatch):
    """While every long thread is held by a stream, paths and grounds are answered."""
    going = threading.Event()

    def stream(question, scene):
        going.wait(30)
        yield from ()

    monkeypatch.setitem(WANTS, "shares", replace(WANTS["shares"], stream=stream))
    people = [Person() for _ in range(5)]
    async with open_desk() as desk:
        for person in people:
            desk.ask(person.question(1, "shares", NOISY, **ASKED | {"seeds": 1}))
        one = Person()
        desk.ask(one.question(2, "paths", SCENE))
        desk.ask(one.question(3, "ground", SCENE, **GROUND))
        await one.hears(2, 3)
        going.set()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"of": 3}, "of"), ({"of": -1}, "of"), ({"seeds": 2001}, "seeds"), ({"seeds": 0}, "seeds"),
        ({"batches": []}, "batches"), ({"batches": [21]}, "batches"), ({"seeds": -5}, "seeds"),
    ],
)  # fmt: skip
async def test_what_this_scene_cannot_answer_is_refused_in_words(fields, said):
    person = Listener()
    async with open_desk() as desk:
        desk.ask(person.question(1, "shares", NOISY, **ASKED | fields))
        await person.hears(1)
    header = person.heard[1][0][0][0]
    assert header["error"].startswith(said)
    assert header["problems"][0]["knob"] == said


async def test_a_stream_that_breaks_says_so(monkeypatch, caplog):
    def stream(question, scene):
        raise ZeroDivisionError
        yield

    monkeypatch.setitem(WANTS, "shares", replace(WANTS["shares"], stream=stream))
    person = Listener()
    async with open_desk() as desk:
        desk.ask(person.question(1, "shares", NOISY, **ASKED))
        await person.hears(1)
    assert person.heard[1][0][0][0]["error"] == "this could not be computed"
    assert "shares" in caplog.text


@pytest.mark.parametrize(
    "fields",
    [
        {}, ASKED | {"of": "0"}, ASKED | {"of": True}, ASKED | {"seeds": 1.5},
        ASKED | {"batches": 5}, ASKED | {"batches": [1.5]}, ASKED | {"batches": [True]},
        ASKED | {"batches": list(range(9))}, ASKED | {"seeds": None},
    ],
)  # fmt: skip
def test_a_malformed_question_is_refused_before_any_work(fields):
    assert check("shares", fields)
    assert not check("shares", ASKED)


def test_the_largest_answer_fits_its_frames():
    """Many minima, eight batch sizes, two thousand seeds."""
    scene = "surface=rastrigin&start=0.4,0.4&spread=0.4&eta=0.005&updates=30&run=gd"
    fields = {"of": 0, "seeds": 2000, "batches": [1, 2, 3, 4, 5, 6, 7, 8]}
    asked = Question(10**9, "shares", scene, fields, lambda: True, lambda *_: None)
    for frames in WANTS["shares"].stream(asked, Scene.parse(scene)):
        assert max(map(len, frames)) <= LIMITS["frame"]
    assert len(frames) > 1


async def test_over_a_real_socket_the_newest_wins_and_others_go_on(server):
    fields = {"of": 0, "seeds": 2000, "batches": [1, 2, 5, 10, 15, 19]}
    async with page(server.ws) as socket:
        await send(socket, 1, "shares", NOISY + "&updates=4000", **fields)
        header, _ = await receive(socket)
        assert (header["id"], header["progress"] < 1) == (1, True)
        await send(socket, 2, "shares", NOISY, **fields | {"seeds": 100})
        (paths,) = await ask(socket, 3, "paths", SCENE)
        assert paths[0]["want"] == "paths"
        async with asyncio.timeout(60):
            while (await answer_to(socket, 2))[0][0]["progress"] < 1:
                pass

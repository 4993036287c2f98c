"""Experiments over HTTP and the socket, run by real processes."""

import asyncio
import json
import os
import signal
import time
import urllib.request
from pathlib import Path

import pytest

from app.audience import frames
from app.experiments import address, results
from app.experiments.machine import machine
from app.experiments.pool import CRASHED, Job
from app.experiments.table import EXPERIMENTS
from app.frames import addressed, unpack
from app.limits import LIMITS
from tests.asking import page, receive
from tests.serving import serving
from tests.test_experiments import TINY

LONG = "epochs=400&seeds=8"  # minutes: far longer than a test takes
PATIENCE = 60


def forget(name, query):
    """As if nobody had ever asked for it."""
    results.place(address.read(name, query)).unlink(missing_ok=True)


@pytest.fixture
def bare(client):
    """The application's pool as a fresh server has it."""
    pool = client.app.state.pool
    for name, query in (*TINY.items(), ("accuracy", LONG)):
        forget(name, query)
        client.delete(f"/api/experiments/{name}?{query}")
    wait(lambda: not pool.running)
    pool.jobs.clear()
    yield pool
    for where in list(pool.jobs):
        client.delete(where)
    wait(lambda: not pool.running)


def wait(claim):
    last = time.monotonic() + PATIENCE
    while not claim():
        assert time.monotonic() < last
        time.sleep(0.02)


def ended(client, where):
    """The answer when it is over."""
    wait(lambda: client.get(where).json()["state"] not in ("queued", "running"))
    return client.get(where).json()


# HTTP.


def test_the_table_is_told(client):
    rows = client.get("/api/experiments").json()
    assert [row["name"] for row in rows] == list(EXPERIMENTS)
    assert rows == json.loads(json.dumps([row.told() for row in EXPERIMENTS.values()]))
    for row in rows:
        assert {knob["name"] for knob in row["knobs"]} == set(EXPERIMENTS[row["name"]].own)


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_an_experiment_is_posted_and_looked_at_until_it_is_done(client, bare, name):
    where = f"/api/experiments/{name}?{TINY[name]}"
    begun = client.post(where)
    assert begun.status_code == 202
    location = begun.headers["location"]
    assert location == address.read(name, TINY[name]).address == begun.json()["address"]
    assert begun.json()["state"] == "running"
    answer = ended(client, location)
    assert (answer["state"], answer["progress"], answer["error"]) == ("done", 1.0, None)
    assert answer["seconds"] > 0
    assert answer["finished"] > "2026"
    assert answer["machine"]["cores"] >= 1
    assert answer["name"] == name
    assert answer["query"] == address.read(name, TINY[name]).query
    assert {series["chart"] for series in answer["series"]} == {
        chart.name for chart in EXPERIMENTS[name].charts
    }
    wait(lambda: not bare.processes)


def test_the_same_experiment_is_run_once(client, bare):
    where = f"/api/experiments/accuracy?{TINY['accuracy']}"
    other = "/api/experiments/accuracy?" + "&".join(reversed(TINY["accuracy"].split("&")))
    first = client.post(where)
    assert client.post(other).headers["location"] == first.headers["location"]
    assert len(bare.jobs) == 1
    answer = ended(client, where)
    again = client.post(where)
    assert again.status_code == 202
    assert again.json() == answer == client.get(other).json()


def test_a_knob_that_the_rule_does_not_have_begins_nothing_of_its_own(client, bare):
    plain = client.post(f"/api/experiments/gradient?{TINY['gradient']}")
    turned = client.post(f"/api/experiments/gradient?{TINY['gradient']}&rule=gd&lambda=0.5")
    assert turned.status_code == 202
    assert turned.headers["location"] == plain.headers["location"] == turned.json()["address"]
    assert len(bare.jobs) == 1
    assert ended(client, f"{plain.headers['location']}&lambda=0.25")["state"] == "done"


def test_time_per_update_is_null_until_the_default_is_done(client, bare):
    where = "/api/experiments/time-per-update"
    forget("time", "")
    assert client.get(where).json() is None
    job = Job(address.read("time", ""), "running", posted=True)
    bare.jobs[job.asked.address] = job
    assert client.get(where).json() is None
    line = {"chart": "update", "name": "one", "x": [1, 10], "y": [1e-5, 2e-5]}
    line |= dict.fromkeys(("low", "high", "dots", "z"))
    job.picture = {"progress": 1.0, "series": [line], "rows": [], "facts": {}}
    job.state, job.machine, job.finished = "done", machine(), "2026-11-26T20:16:58+00:00"
    told = client.get(where).json()
    assert (told["batches"], told["seconds"]) == ([1, 10], [1e-5, 2e-5])
    assert told["machine"]["cores"] >= 1
    assert told["finished"] == job.finished


def test_a_table_of_results_as_csv(client, bare):
    where = f"/api/experiments/accuracy?{TINY['accuracy']}"
    client.post(where)
    rows = ended(client, where)["rows"]
    answer = client.get(f"{where}&format=csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    head, *lines = answer.text.splitlines()
    assert head.split(",") == [column.name for column in EXPERIMENTS["accuracy"].columns]
    assert lines == [",".join("" if c is None else str(c) for c in row) for row in rows]


def test_giving_up_ends_it_and_asking_again_begins_anew(client, bare):
    where = f"/api/experiments/accuracy?{LONG}"
    client.post(where)
    wait(lambda: bare.processes)
    begun = time.monotonic()
    answer = client.delete(where)
    assert (answer.status_code, answer.json()["state"]) == (200, "cancelled")
    wait(lambda: not bare.processes)
    assert time.monotonic() - begun < 1
    assert client.get(where).json()["state"] == "cancelled"
    assert client.delete(where).json()["state"] == "cancelled"
    assert client.post(where).json()["state"] == "running"


def test_what_is_done_stays_when_it_is_given_up(client, bare):
    where = f"/api/experiments/accuracy?{TINY['accuracy']}"
    client.post(where)
    ended(client, where)
    assert client.delete(where).json()["state"] == "done"


def test_what_nobody_asked_for_is_not_there(client, bare):
    where = f"/api/experiments/accuracy?{LONG}"
    for answer in (client.get(where), client.delete(where)):
        assert answer.status_code == 404
        here = address.read("accuracy", LONG).address
        assert answer.json()["detail"] == f"nobody has asked for {here} yet; POST there begins it"


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_an_unknown_experiment_is_not_there(client, method):
    answer = client.request(method, "/api/experiments/alchemy")
    assert answer.status_code == 404
    assert answer.json()["detail"].startswith("no experiment alchemy; there are time, accuracy")


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_bad_knobs_are_named(client, method):
    answer = client.request(method, "/api/experiments/accuracy?epochs=0&eta=much")
    assert answer.status_code == 422
    assert [problem["knob"] for problem in answer.json()["problems"]] == ["epochs", "eta"]


def test_a_full_queue_says_when_to_come_back(client, bare, monkeypatch):
    monkeypatch.setitem(LIMITS, "waiting", 1)
    for seed in (1, 2):
        assert client.post(f"/api/experiments/accuracy?{LONG}&seed={seed}").status_code == 202
    waiting = client.get(f"/api/experiments/accuracy?{LONG}&seed=2").json()
    assert (waiting["state"], waiting["position"]) == ("queued", 1)
    answer = client.post(f"/api/experiments/accuracy?{LONG}&seed=3")
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert answer.json()["detail"] == "1 experiments are waiting already; try again later"


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_a_page_of_another_origin_cannot_set_the_machine_to_work(client, bare, method):
    where = f"/api/experiments/accuracy?{LONG}"
    answer = client.request(method, where, headers={"origin": "http://evil.example"})
    assert answer.status_code == 403
    assert not bare.jobs
    assert client.post(where, headers={"origin": "http://testserver"}).status_code == 202


def test_a_process_that_is_killed_has_failed_and_the_server_goes_on(client, bare):
    where = f"/api/experiments/accuracy?{LONG}"
    client.post(where)
    wait(lambda: bare.processes)
    ((_, process),) = bare.processes.items()
    os.kill(process.pid, signal.SIGKILL)
    answer = ended(client, where)
    assert (answer["state"], answer["error"]) == ("failed", CRASHED)
    assert client.get("/healthz").status_code == 200
    assert client.post(where).json()["state"] == "running"


# The socket.


async def ask(socket, identity, name, knobs=""):
    await socket.send(
        json.dumps({"id": identity, "want": "experiment", "experiment": name, "knobs": knobs})
    )


async def heard(socket, identity, states):
    """Whole answers to a question until its state is one of these."""
    answers, parts = [], []
    while True:
        header, _ = await receive(socket)
        if header["id"] != identity:
            continue
        parts.append(header)
        if "error" in header and "state" not in header:
            return [header]
        if header["part"] == header["parts"] - 1:
            series = [one for part in parts for one in part["series"]]
            answers.append(parts[0] | {"series": series})
            parts = []
            if header["state"] in states:
                return answers


def workers(server):
    """Processes of the server's experiments."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    told = [Path(f"/proc/{child}/cmdline") for child in children]
    return [path.parent.name for path in told if path.exists() and b"worker" in path.read_bytes()]


async def settled(server, many):
    async with asyncio.timeout(PATIENCE):
        while len(workers(server)) != many:
            await asyncio.sleep(0.02)


async def calm(server):
    """No process, and its pipe has been closed too."""
    await settled(server, 0)
    await asyncio.sleep(0.3)


async def another(server, last):
    """The process that runs when that one is gone."""
    async with asyncio.timeout(PATIENCE):
        while len(found := workers(server)) != 1 or found == [last]:
            await asyncio.sleep(0.02)
    return found[0]


async def test_a_page_follows_an_experiment_until_it_is_done(server):
    query = TINY["accuracy"] + "&seed=100"
    forget("accuracy", query)
    async with page(server.ws) as socket:
        await ask(socket, 1, "accuracy", query)
        answers = await heard(socket, 1, ("done",))
    assert answers[0]["state"] in ("queued", "running")
    progress = [answer["progress"] for answer in answers]
    assert progress == sorted(progress)
    assert progress[-1] == 1
    assert len(answers) > 1


async def test_a_finished_experiment_is_answered_at_once_and_as_over_http(server):
    query = TINY["accuracy"] + "&seed=101"
    async with page(server.ws) as socket:
        await ask(socket, 1, "accuracy", query)
        *_, last = await heard(socket, 1, ("done",))
        await ask(socket, 2, "accuracy", query)
        (again,) = await heard(socket, 2, ("done",))
    wire = ("id", "want", "part", "parts", "followers")
    told = [{k: v for k, v in answer.items() if k not in wire} for answer in (last, again)]
    assert told[0] == told[1]
    with urllib.request.urlopen(f"{server.url}{last['address']}") as answer:
        over_http = json.loads(answer.read())
    del over_http["followers"]
    assert told[0] == over_http


async def test_a_page_that_leaves_ends_what_nobody_else_waits_for(server):
    async with page(server.ws) as socket:
        await ask(socket, 1, "accuracy", LONG)
        await settled(server, 1)
    await settled(server, 0)


async def test_a_page_that_leaves_ends_nothing_that_another_waits_for(server):
    async with page(server.ws) as stays:
        async with page(server.ws) as leaves:
            await ask(leaves, 1, "accuracy", LONG)
            await settled(server, 1)
            before = workers(server)
            await ask(stays, 1, "accuracy", LONG)
            first = await heard(stays, 1, ("running",))
        assert first[-1]["state"] == "running"
        await asyncio.sleep(0.3)
        assert workers(server) == before
        await ask(stays, 2, None)
        (answer,) = await heard(stays, 2, ("cancelled",))
        assert answer["address"] == address.read("accuracy", LONG).address
    await settled(server, 0)


async def test_the_newest_experiment_takes_the_place_of_the_one_before(server):
    async with page(server.ws) as socket:
        await ask(socket, 1, "accuracy", LONG)
        await settled(server, 1)
        await ask(socket, 2, "time", TINY["time"] + "&take=1")
        *_, last = await heard(socket, 2, ("done",))
    assert last["name"] == "time"
    await settled(server, 0)


BAD = [
    ({"experiment": "alchemy"}, "experiment is one of time, accuracy"),
    ({"experiment": 7}, "experiment is one of time, accuracy"),
    ({}, "experiment takes experiment: a name, or null for none, and knobs: text"),
    ({"experiment": "time", "knobs": 7}, "experiment takes experiment: a name"),
    ({"experiment": "time", "knobs": "repeats=0"}, "repeats: “0” is not possible"),
    ({"experiment": None}, "no experiment was followed"),
]


@pytest.mark.parametrize(("fields", "words"), BAD)
async def test_what_cannot_be_run_is_refused_in_words(server, fields, words):
    async with page(server.ws) as socket:
        await socket.send(json.dumps({"id": 1, "want": "experiment"} | fields))
        header, _ = await receive(socket)
    assert (header["id"], header["want"]) == (1, "experiment")
    assert header["error"].startswith(words)


async def test_other_questions_are_answered_meanwhile(server):
    async with page(server.ws) as socket:
        await ask(socket, 1, "accuracy", LONG)
        await settled(server, 1)
        await socket.send(json.dumps({"id": 2, "want": "paths", "scene": "surface=booth&run=gd"}))
        while (await receive(socket))[0]["id"] != 2:
            pass
    await settled(server, 0)


async def test_the_server_is_afterwards_as_it_was_before():
    """Cancelled, crashed and finished: no process, no file handle and no memory is left."""
    with serving() as own:
        async with page(own.ws) as socket:
            await ask(socket, 1, "accuracy", TINY["accuracy"] + "&seed=200")
            await heard(socket, 1, ("done",))
            await calm(own)
            before, handles, last = own.memory(), open_handles(own), ""
            for number in range(2, 8):
                await ask(socket, number, "accuracy", f"{LONG}&seed={number}")
                last = await another(own, last)
                if number % 2:
                    os.kill(int(last), signal.SIGKILL)
                    await heard(socket, number, ("failed",))
            await ask(socket, 9, None)
            await heard(socket, 9, ("failed", "cancelled"))
            await calm(own)
            assert open_handles(own) == handles
            assert own.memory() - before < 8e6
        assert own.is_well()
        assert "Traceback" not in own.said()


def open_handles(server):
    return len(os.listdir(f"/proc/{server.pid}/fd"))


# Frames.


def test_a_picture_is_written_once_for_all_and_every_page_finds_its_own_question():
    job = Job(address.read("accuracy", ""))
    first = frames(job)
    assert frames(job) is first
    job.version += 1
    assert frames(job) is not first
    for identity in (0, 7, 123456789):
        for data, before in zip(addressed(first, identity), first, strict=True):
            header, values = unpack(data)
            assert header == unpack(before)[0] | {"id": identity}
            assert not values.size
            assert (len(data) - values.nbytes) % 8 == 0

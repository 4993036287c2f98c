"""The socket of a page, asked of a real server over a real network connection."""

import asyncio
import json
import socket as sockets
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from http import HTTPStatus
from itertools import count

import numpy as np
import pytest
from starlette.testclient import TestClient
from websockets.exceptions import ConnectionClosed, InvalidStatus

from app.descent import walk
from app.limits import LIMITS
from app.scene import Scene, read_run
from app.socket import Conversation
from app.wants import WANTS
from tests.asking import ANSWER_WITHIN, answer_to, ask, columns, page, receive, send
from tests.serving import Server, serving

SCENE = "surface=two-valleys&spread=0.25&updates=60&run=gd&run=momentum&run=gd,batch:1"
COSTLY = "surface=two-valleys&spread=0.5&examples=200&updates=30000&run=gd&run=adam"
GROUND = {"x": [-2, 2], "y": [-1.5, 1.5], "resolution": [40, 30]}


async def is_answered(socket, identity=990):
    """Whether the socket still answers a plain question."""
    (header, _), *_ = await ask(socket, identity, "paths", SCENE)
    return header["scene"] == Scene.parse(SCENE).query() and "error" not in header


async def test_paths_over_the_socket_are_those_of_walk(server):
    async with page(server.ws) as socket:
        frames = await ask(socket, 1, "paths", SCENE)
    header, _ = frames[0]
    assert (header["id"], header["want"], header["problems"]) == (1, "paths", [])
    assert header["columns"] == ["theta1", "theta2", "loss"]
    for found, path in zip(columns(frames), walk(Scene.parse(SCENE)), strict=True):
        np.testing.assert_array_equal(found, path.track.astype("<f4"))


async def test_socket_and_http_tell_the_same_figures_and_numbers(server, client):
    async with page(server.ws) as socket:
        frames = await ask(socket, 1, "paths", SCENE)
    header, _ = frames[0]
    for told, found, run in zip(
        client.get(f"/api/paths?{SCENE}").json(), columns(frames), header["runs"], strict=True
    ):
        theta, loss = told.pop("theta"), told.pop("loss")
        assert told.pop("knobs") == Scene.parse(SCENE).knobs(read_run(run["run"], 20)[0])
        length = np.hypot(*np.diff(theta, axis=0).T).sum()
        assert told.pop("zigzag")["length"] == pytest.approx(length)
        assert told == {name: run[name] for name in told}
        np.testing.assert_array_equal(found[:2].T, np.array(theta).astype("<f4"))
        np.testing.assert_array_equal(found[2], np.array(loss).astype("<f4"))


async def test_the_ground_over_the_socket_is_the_grid(server, client):
    async with page(server.ws) as socket:
        frames = await ask(socket, 1, "ground", SCENE, **GROUND)
    header, _ = frames[0]
    assert (header["shape"], header["x"], header["y"]) == ([30, 40], [-2, 2], [-1.5, 1.5])
    loss = np.concatenate([values for _, values in frames]).reshape(30, 40)
    x, y = np.linspace(-2, 2, 40), np.linspace(-1.5, 1.5, 30)
    expected = Scene.parse(SCENE).ground.grid(x, y)
    np.testing.assert_array_equal(loss, expected.astype("<f4"))
    assert (header["low"], header["high"]) == (expected.min(), expected.max())


async def test_the_ground_tells_the_constants_of_its_formula(server):
    async with page(server.ws) as socket:
        ((header, _),) = await ask(socket, 1, "ground", "surface=canyon-and-basin", **GROUND)
    assert header["constants"]["a"] > 0
    assert "<math" in header["mathml"]
    assert header["formula"].startswith("1 - a*exp")


async def test_a_window_holds_the_exact_rows_of_a_thinned_path(server):
    scene = "surface=booth&updates=9000&run=gd&run=momentum"
    async with page(server.ws) as socket:
        thinned = await ask(socket, 1, "paths", scene)
        frames = await ask(socket, 2, "window", scene, **{"from": 4000, "to": 4400})
    assert thinned[0][0]["runs"][0]["every"] > 1
    assert frames[0][0]["columns"] == ["update", "theta1", "theta2", "loss"]
    for found, path in zip(columns(frames), walk(Scene.parse(scene)), strict=True):
        np.testing.assert_array_equal(found[0], np.arange(4000, 4401))
        np.testing.assert_array_equal(found[1:], path.track[:, 4000:4401].astype("<f4"))


async def test_a_diverged_run_sends_the_points_inside_and_says_when_it_left(server):
    async with page(server.ws) as socket:
        frames = await ask(socket, 1, "paths", "surface=booth&eta=1&updates=200&run=gd&run=adam")
    gone, stayed = frames[0][0]["runs"]
    assert gone["outcome"] == "diverged"
    assert gone["rows"] == gone["diverged"] == gone["updates"] < 200
    assert (gone["settled"], gone["at"]) == (None, None)
    assert np.isfinite(columns(frames)[0]).all()
    assert (stayed["diverged"], stayed["rows"]) == (None, 201)


async def test_the_newest_of_many_questions_wins(server):
    """Fifty scenes at once, as a slider sends them: old ones may be dropped, never the last."""
    async with page(server.ws) as socket:
        for identity in range(1, 51):
            await send(socket, identity, "paths", f"{COSTLY}&eta={identity / 1000}")
        answered = []
        while 50 not in answered:
            header, _ = await receive(socket)
            answered.append(header["id"])
            if header["id"] == 50:
                assert header["scene"] == Scene.parse(f"{COSTLY}&eta=0.05").query()
    assert answered == sorted(answered)
    assert len(set(answered)) < 50


class Asked(list):
    """A desk that only keeps the questions."""

    ask = list.append


def test_an_answer_that_comes_after_a_newer_question_is_not_sent():
    asked = Asked()
    conversation = Conversation(None, asked, None)
    for identity in (1, 2):
        conversation.take(json.dumps({"id": identity, "want": "paths", "scene": SCENE}))
    old, new = asked
    conversation.answer(old, [b"old"])
    assert not conversation.outbox
    conversation.answer(new, [b"new"])
    assert conversation.outbox == {"paths": [b"new"]}
    conversation.leave()
    assert not new.wanted()


async def test_a_newer_question_of_another_want_cancels_nothing(server):
    async with page(server.ws) as socket:
        await send(socket, 1, "paths", SCENE)
        await send(socket, 2, "ground", SCENE, **GROUND)
        await send(socket, 3, "window", SCENE, **{"from": 0, "to": 5})
        wants = {(await receive(socket))[0]["want"] for _ in range(3)}
    assert wants == {"paths", "ground", "window"}


async def test_pages_do_not_wait_for_somebody_s_long_walk(server):
    async with page(server.ws) as slow, page(server.ws) as quick:
        await send(slow, 1, "paths", COSTLY)
        for identity in range(5):
            assert await is_answered(quick, identity)
        (header, _), *_ = await answer_to(slow, 1)
    assert header["runs"][0]["updates"] == 30_000


MALFORMED = {
    "nothing": "",
    "no JSON": "paths please",
    "cut off": '{"id": 1, "want": "paths", "sc',
    "a number": "7",
    "a list": '["paths"]',
    "a text": '"paths"',
    "null": "null",
    "no id": '{"want": "paths", "scene": ""}',
    "no scene": '{"id": 1, "want": "paths"}',
    "a text as id": '{"id": "1", "want": "paths", "scene": ""}',
    "a fraction as id": '{"id": 1.5, "want": "paths", "scene": ""}',
    "truth as id": '{"id": true, "want": "paths", "scene": ""}',
    "a list as scene": '{"id": 1, "want": "paths", "scene": ["run=gd"]}',
    "very deep": "[" * 8000,
    "a number of 6,000 digits": '{"id": ' + "9" * 6000 + "}",
    "binary junk": bytes(range(256)),
    "binary JSON": json.dumps({"id": 1, "want": "paths", "scene": ""}).encode(),
}


@pytest.mark.parametrize("message", MALFORMED.values(), ids=MALFORMED)
async def test_a_malformed_question_is_refused_and_the_socket_lives(server, message):
    async with page(server.ws) as socket:
        await socket.send(message)
        header, values = await receive(socket)
        assert header["id"] is None
        assert header["error"].startswith("a question is JSON text")
        assert not values.size
        assert await is_answered(socket)


@pytest.mark.parametrize("want", ["", "PATHS", "maps", None, 5, ["paths"], {"paths": 1}])
async def test_an_unknown_want_is_refused_with_the_wants_there_are(server, want):
    async with page(server.ws) as socket:
        await send(socket, 4, want, SCENE)
        header, _ = await receive(socket)
        assert header["id"] == 4
        assert all(name in header["error"] for name in WANTS)
        assert await is_answered(socket)


BAD_GROUND = [
    {},
    {"x": [0, 1]},
    {"x": [0, 1], "y": [0, 1]},
    GROUND | {"x": [1, 0]},
    GROUND | {"x": [1, 1]},
    GROUND | {"x": [0, float("nan")]},
    GROUND | {"y": [float("-inf"), float("inf")]},
    GROUND | {"y": [-1e308, 1e308]},
    GROUND | {"x": [0, 10**400]},
    GROUND | {"x": ["0", 1]},
    GROUND | {"x": ["0", "1"]},
    GROUND | {"x": "01"},
    GROUND | {"x": {"0": 1, "1": 2}},
    GROUND | {"x": [0, 1, 2]},
    GROUND | {"x": None},
    GROUND | {"resolution": [1, 40]},
    GROUND | {"resolution": [40, 401]},
    GROUND | {"resolution": [10**9, 10**9]},
    GROUND | {"resolution": [-40, 40]},
    GROUND | {"resolution": [float("inf"), 40]},
    GROUND | {"resolution": [float("nan"), 40]},
    GROUND | {"resolution": [40.5, 40]},
    GROUND | {"resolution": 40},
    GROUND | {"resolution": ["40", "40"]},
]


@pytest.mark.parametrize("fields", BAD_GROUND, ids=lambda fields: json.dumps(fields)[:60])
async def test_a_ground_that_cannot_be_is_refused_and_the_socket_lives(server, fields):
    async with page(server.ws) as socket:
        ((header, values),) = await ask(socket, 5, "ground", SCENE, **fields)
        assert header["want"] == "ground"
        assert header["error"]
        assert not values.size
        assert await is_answered(socket)


BAD_WINDOWS = [
    {},
    {"from": 1},
    {"from": 5, "to": 4},
    {"from": -1, "to": 4},
    {"from": 0.5, "to": 4},
    {"from": "0", "to": "4"},
    {"from": float("nan"), "to": float("inf")},
    {"from": True, "to": True},
    {"from": [0], "to": [4]},
]


@pytest.mark.parametrize("fields", BAD_WINDOWS, ids=str)
async def test_a_window_that_cannot_be_is_refused_and_the_socket_lives(server, fields):
    async with page(server.ws) as socket:
        ((header, _),) = await ask(socket, 6, "window", SCENE, **fields)
        assert "from ≤ to" in header["error"]
        assert await is_answered(socket)


@pytest.mark.parametrize("first", [61, 10**9, 10**30])
async def test_a_window_beyond_the_end_is_empty(server, first):
    async with page(server.ws) as socket:
        ((header, values),) = await ask(socket, 6, "window", SCENE, **{"from": first, "to": first})
    assert "error" not in header
    assert header["sections"] == []
    assert not values.size


# The shape of the ground.


async def test_critical_points_over_the_socket_are_those_of_the_api(server, client):
    async with page(server.ws) as socket:
        for name, parts in (("two-valleys&spread=0.25", 1), ("toy-network", 1), ("rastrigin", 2)):
            frames = await ask(socket, 1, "critical-points", f"surface={name}&run=gd")
            surface, _, knobs = name.partition("&")
            http = client.get(f"/api/surfaces/{surface}/critical-points?{knobs}").json()
            assert [point for header, _ in frames for point in header["points"]] == http
            assert [header["parts"] for header, _ in frames] == [parts] * parts
            assert all(header["bounded"] for header, _ in frames)


async def test_a_point_over_the_socket_is_that_of_the_api(server, client):
    async with page(server.ws) as socket:
        ((header, _),) = await ask(socket, 1, "point", SCENE, point=[0.5, -1])
    http = client.get("/api/surfaces/two-valleys/point?spread=0.25&point=0.5,-1").json()
    assert {name: header[name] for name in http} == http


async def test_a_point_of_a_path_has_all_its_digits(server):
    """Also the start, the end, and the last point of a run that diverged."""
    scene = "surface=himmelblau&updates=60&run=gd,eta:0.01&run=gd,eta:0.3"
    near, gone = walk(Scene.parse(scene))
    asked = [(0, 0), (0, 7), (0, 60), (1, 0), (1, gone.diverged), (1, 60)]
    async with page(server.ws) as socket:
        for of, index in asked:
            ((header, _),) = await ask(socket, 1, "point", scene, of=of, index=index)
            track = (near, gone)[of].track
            last = gone.diverged - 1 if of and index >= gone.diverged else index
            assert header["point"] == track[:2, last].tolist()
        ((refused, _),) = await ask(socket, 1, "point", scene, of=0, index=61)
        assert refused["error"] == "index is 0 to 60"
        ((refused, _),) = await ask(socket, 1, "point", scene, of=2, index=0)
        assert refused["error"] == "of is 0 to 1"


async def test_a_cut_over_the_socket_is_that_of_the_api(server, client):
    scene = "surface=hill&start=-2.7,0&run=gd&run=momentum"
    ends = {"from": [-3.2, 0], "to": [4.4, 0]}
    async with page(server.ws) as socket:
        ((header, values),) = await ask(socket, 1, "cut", scene, **ends, resolution=50)
    http = client.get(f"/api/cut?{scene}&from=-3.2,0&to=4.4,0&resolution=50").json()
    assert {name: header[name] for name in ("from", "to", "stops")} == {
        name: http[name] for name in ("from", "to", "stops")
    }
    for name, column in zip(header["columns"], values.reshape(3, 50), strict=True):
        np.testing.assert_array_equal(column, np.array(http[name]).astype("<f4"))


async def test_an_escape_over_the_socket_is_that_of_the_api(server, client):
    async with page(server.ws) as socket:
        ((header, _),) = await ask(socket, 1, "escape", SCENE, point=[0, 0], length=0.1)
        ((usual, _),) = await ask(socket, 2, "escape", SCENE, point=[0, 0])
    http = client.get(f"/api/escape?{SCENE}&point=0,0&length=0.1").json()
    assert {name: header[name] for name in http} == http
    assert usual["length"] == pytest.approx(0.05)


NO_WAY_DOWN = [
    ({"point": [0.7211102550927978, 0.5408326913195984]}, "both curvatures are positive"),
    ({"point": [1, -1]}, "no critical point within 1 %"),
    ({"point": [0, 0], "length": 50}, "length is a number from"),
    ({"point": [0, 0], "length": 1e-12}, "length is a number from"),
]


@pytest.mark.parametrize(("fields", "words"), NO_WAY_DOWN, ids=str)
async def test_where_no_way_leads_down_the_answer_is_a_refusal_in_words(server, fields, words):
    async with page(server.ws) as socket:
        ((header, values),) = await ask(socket, 8, "escape", SCENE, **fields)
        assert (header["id"], header["want"]) == (8, "escape")
        assert words in header["error"]
        assert not values.size
        assert await is_answered(socket)


LINE = {"from": [0, 0], "to": [1, 1], "resolution": 9}
BAD_SHAPES = [
    ("cut", {}),
    ("cut", LINE | {"from": [0]}),
    ("cut", LINE | {"from": [1, 1]}),
    ("cut", LINE | {"to": [float("nan"), 1]}),
    ("cut", LINE | {"to": [10**400, 1]}),
    ("cut", LINE | {"from": [-1e308, 0], "to": [1e308, 0]}),
    ("cut", LINE | {"resolution": 1}),
    ("cut", LINE | {"resolution": 401}),
    ("cut", LINE | {"resolution": 9.5}),
    ("cut", LINE | {"resolution": True}),
    ("point", {}),
    ("point", {"point": "0,0"}),
    ("point", {"point": [0, None]}),
    ("point", {"point": [True, 0]}),
    ("escape", {}),
    ("escape", {"point": {}}),
    ("escape", {"point": [0, 0], "length": 0}),
    ("escape", {"point": [0, 0], "length": "long"}),
    ("escape", {"point": [0, 0], "length": float("inf")}),
    ("escape", {"point": [0, 0], "length": 10**400}),
    ("escape", {"point": [0, 0], "length": []}),
]


@pytest.mark.parametrize(("want", "fields"), BAD_SHAPES, ids=str)
async def test_what_is_no_line_and_no_point_is_refused_and_the_socket_lives(server, want, fields):
    async with page(server.ws) as socket:
        ((header, values),) = await ask(socket, 5, want, SCENE, **fields)
        assert header["want"] == want
        assert header["error"]
        assert not values.size
        assert await is_answered(socket)


BAD_SCENES = {
    "updates=1000000000": "updates",
    "updates=-1": "updates",
    "eta=NaN": "eta",
    "eta=Infinity": "eta",
    "surface=mount-everest": "surface",
    "run=newtonian": "run",
    "examples=1e9": "examples",
    "start=NaN,NaN": "start",
    "x" * 24_001: "address",
    "a=1&" * 100: "address",
    "eta=\ud800": "eta",
    "\0=\0": "\0",
}


@pytest.mark.parametrize("scene", BAD_SCENES, ids=lambda scene: ascii(scene)[:24])
async def test_a_bad_value_is_named_and_the_default_is_drawn(server, scene):
    async with page(server.ws) as socket:
        frames = await ask(socket, 7, "paths", scene)
        header, _ = frames[0]
        assert [problem["knob"] for problem in header["problems"]] == [BAD_SCENES[scene]]
        assert header["problems"][0]["allowed"]
        assert "error" not in header
        assert len(columns(frames)) == len(header["runs"])
        assert await is_answered(socket)


async def test_one_bad_question_leaves_a_hundred_good_ones_alone(server):
    async with page(server.ws) as bad, page(server.ws) as good:
        for identity in range(100):
            await send(bad, identity, "paths", "\ud800\udfff" * 9 + "&" + SCENE, x="\ud800")
            await bad.send("{")
            assert await is_answered(good, identity)


async def test_a_message_over_the_limit_closes_only_its_own_socket(server):
    async with page(server.ws) as rude, page(server.ws) as other:
        await rude.send("x" * (LIMITS["message"] + 1))  # short: it is sent before it is refused
        with pytest.raises(ConnectionClosed) as closed:
            await receive(rude)
        assert closed.value.rcvd.code == 1009
        assert await is_answered(other)


async def test_a_message_at_the_limit_is_read(server):
    question = json.dumps({"id": 1, "want": "paths", "scene": SCENE})
    async with page(server.ws) as socket:
        await socket.send(question.ljust(LIMITS["message"]))
        assert (await receive(socket))[0]["id"] == 1
        await socket.send(question.ljust(LIMITS["message"] + 1))
        with pytest.raises(ConnectionClosed):
            await receive(socket)


def own(server: Server) -> str:
    return server.url


FOREIGN = {
    "another site": lambda server: "https://example.com",
    "another port": lambda server: f"http://127.0.0.1:{server.port + 1}",
    "a name that begins like ours": lambda server: server.url + ".example.com",
    "a name that ends like ours": lambda server: f"http://evil127.0.0.1:{server.port}",
    "a user name like ours": lambda server: f"http://127.0.0.1:{server.port}@example.com",
    "a sandboxed page": lambda server: "null",
    "nothing": lambda server: "",
    "no address": lambda server: "http://[",
    "a list": lambda server: f"{server.url},https://example.com",
}


@pytest.mark.parametrize("origin", FOREIGN.values(), ids=FOREIGN)
async def test_a_page_of_another_origin_is_turned_away(server, origin):
    with pytest.raises(InvalidStatus) as refused:
        async with page(server.ws, additional_headers={"Origin": origin(server)}):
            pass
    assert refused.value.response.status_code == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize("headers", [own, None], ids=["our own page", "no browser"])
async def test_our_own_pages_and_programs_are_let_in(server, headers):
    given = {} if headers is None else {"Origin": headers(server)}
    async with page(server.ws, additional_headers=given) as socket:
        assert await is_answered(socket)


async def test_compression_is_not_negotiated_even_when_offered(server):
    async with page(server.ws, compression="deflate") as socket:
        assert "Sec-WebSocket-Extensions" not in socket.response.headers
        assert await is_answered(socket)


async def test_a_page_that_leaves_in_the_middle_harms_nobody(server):
    async with page(server.ws) as other:
        for identity in range(10):
            async with page(server.ws) as socket:
                await send(socket, 1, "paths", COSTLY)
                socket.transport.abort()
            assert await is_answered(other, identity)


FLAT = "surface=booth&run=gd"
BIG = {"x": [-2, 2], "y": [-2, 2], "resolution": [400, 400]}  # 640 KB


@pytest.fixture(scope="module")
def strict_server():
    """A server that waits one second for a reader, has two seats, and knows one more origin."""
    settings = {"sockets": "2", "origins": "https://school.example, https://other.example"}
    with serving('{"seconds_to_read": 1}', settings) as server:
        yield server
        assert "Traceback" not in server.said()


async def test_a_page_that_never_reads_is_dropped_and_others_are_served(strict_server):
    """It asks for 640 KB again and again, and takes nothing."""
    before = strict_server.memory()
    async with page(strict_server.ws) as good, asyncio.timeout(ANSWER_WITHIN):
        with await deaf_page(strict_server.port) as deaf:
            for identity in count():
                with suppress(OSError):
                    deaf.sendall(
                        text_frame({"id": identity, "want": "ground", "scene": FLAT} | BIG)
                    )
                assert await is_answered(good, identity)
                if identity % 20 == 19 and await is_let_in(strict_server):
                    break
    assert strict_server.memory() - before < 64 * 2**20


async def deaf_page(port):
    """A plain connection that shakes hands and then never reads."""
    deaf = sockets.create_connection(("127.0.0.1", port))
    deaf.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)
    deaf.sendall(
        b"GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    await asyncio.sleep(0.2)
    assert deaf.recv(12) == b"HTTP/1.1 101"
    return deaf


def text_frame(question):
    """A masked text frame (RFC 6455), the mask being zero."""
    text = json.dumps(question).encode()
    return b"\x81\xfe" + len(text).to_bytes(2, "big") + b"\0\0\0\0" + text


async def is_let_in(server):
    """Whether there is a seat for another page."""
    try:
        async with page(server.ws) as socket:
            return await is_answered(socket)
    except InvalidStatus:
        return False


@asynccontextmanager
async def seat(server, **options):
    """A page that waits until the pages of tests before it have left their seats."""
    async with AsyncExitStack() as stack:
        async with asyncio.timeout(ANSWER_WITHIN):
            while (socket := await let_in(stack, server, options)) is None:
                await asyncio.sleep(0.05)
        yield socket


async def let_in(stack, server, options):
    """A page, or None where all seats are taken."""
    try:
        return await stack.enter_async_context(page(server.ws, **options))
    except InvalidStatus as refused:
        if refused.response.status_code != HTTPStatus.SERVICE_UNAVAILABLE:
            raise
        return None


async def test_no_more_pages_are_let_in_than_there_are_seats(strict_server):
    async with seat(strict_server), seat(strict_server):
        with pytest.raises(InvalidStatus) as refused:
            async with page(strict_server.ws):
                pass
        assert refused.value.response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    async with asyncio.timeout(ANSWER_WITHIN):
        while not await is_let_in(strict_server):
            await asyncio.sleep(0.1)


@pytest.mark.parametrize("origin", ["https://school.example", "https://other.example"])
async def test_a_named_origin_is_let_in(strict_server, origin):
    async with seat(strict_server, additional_headers={"Origin": origin}) as socket:
        assert await is_answered(socket)


async def test_an_origin_that_only_resembles_a_named_one_is_turned_away(strict_server):
    for origin in ("https://school.example.com", "http://school.example", "https://school"):
        with pytest.raises(InvalidStatus):
            async with page(strict_server.ws, additional_headers={"Origin": origin}):
                pass


async def test_a_flood_of_questions_leaves_others_served(server):
    async with page(server.ws) as flood, page(server.ws) as other:
        for identity in range(3000):
            await send(flood, identity, "paths", f"{SCENE}&seed={identity}")
        for identity in range(5):
            assert await is_answered(other, identity)


def test_the_in_process_client_speaks_the_same_language(client: TestClient):
    with client.websocket_connect("/ws") as socket:
        socket.send_text(json.dumps({"id": 1, "want": "paths", "scene": SCENE}))
        assert socket.receive_bytes()[4:5] == b"{"

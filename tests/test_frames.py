"""What goes over the wire: headers, columns, parts, and what thinning keeps."""

import json
import math
import struct
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.descent import walk
from app.frames import (
    AROUND,
    frame,
    ground_answer,
    kept_rows,
    listed_answer,
    parts,
    paths_answer,
    refusal,
    unpack,
    whole_answer,
    window_answer,
)
from app.limits import LIMITS
from app.scene import Problem, Scene, read

FRAME = LIMITS["frame"]
WORDS = st.text(st.characters(codec="utf-8"), max_size=30)
HEADERS = st.dictionaries(WORDS, st.integers(-(2**53), 2**53) | WORDS | st.booleans() | st.none())
SINGLES = st.lists(st.floats(width=32), max_size=50).map(lambda row: np.array(row, "<f4"))


@given(HEADERS, SINGLES)
def test_unpack_undoes_frame(header, columns):
    read_header, read_columns = unpack(frame(header, columns.tobytes()))
    assert read_header == header
    np.testing.assert_array_equal(read_columns, columns)


@given(HEADERS)
def test_columns_begin_at_a_multiple_of_eight(header):
    data = frame(header, b"\0" * 4)
    (length,) = struct.unpack_from("<I", data)
    assert (4 + length) % 8 == 0
    assert json.loads(data[4 : 4 + length].decode()) == header


def test_a_header_never_holds_nan():
    with_nan = frame({"loss": math.nan, "low": [math.inf, -math.inf, 1.5]})
    assert unpack(with_nan)[0] == {"loss": None, "low": [None, None, 1.5]}


def test_columns_may_hold_nan_and_infinity():
    column = np.array([np.nan, np.inf, -np.inf, 1], "<f4")
    _, read_column = unpack(frame({}, column.tobytes()))
    np.testing.assert_array_equal(read_column, column)


def test_a_refusal_says_what_was_wrong():
    problem = Problem("eta", "x", "a number")
    header, columns = unpack(refusal(7, "paths", "no", [problem]))
    assert header == {
        "id": 7, "want": "paths", "error": "no",
        "problems": [{"knob": "eta", "given": "x", "allowed": "a number"}],
    }  # fmt: skip
    assert not columns.size


def reassembled(frames, columns):
    """Every run's columns, put together from the parts' sections."""
    rows = {}
    for data in frames:
        header, values = unpack(data)
        at = 0
        for section in header["sections"]:
            size = columns * section["rows"]
            block = values[at : at + size].reshape(columns, section["rows"])
            assert section["row"] == sum(b.shape[1] for b in rows.get(section["of"], []))
            rows.setdefault(section["of"], []).append(block)
            at += size
        assert at == values.size
    return {of: np.concatenate(blocks, axis=1) for of, blocks in rows.items()}


@settings(max_examples=40)
@given(
    st.lists(st.integers(0, 30_000), min_size=1, max_size=8),
    st.sampled_from([3, 4]),
    st.integers(0, 40_000),
)
def test_parts_reassemble_to_the_columns_and_none_is_too_large(lengths, columns, headline):
    tables = [np.arange(columns * n, dtype=float).reshape(columns, n) for n in lengths]
    frames = parts(5, "paths", {"scene": "s" * headline}, tables)
    assert all(len(data) <= FRAME for data in frames)
    found = reassembled(frames, columns)
    for of, table in enumerate(tables):
        if table.size:
            np.testing.assert_array_equal(found[of], table.astype("<f4"))
    headers = [unpack(data)[0] for data in frames]
    assert [header["part"] for header in headers] == list(range(len(frames)))
    assert all(header["parts"] == len(frames) for header in headers)
    assert [("scene" in header) for header in headers] == [True] + [False] * (len(frames) - 1)


SHORT = Scene.parse("surface=booth&updates=40&run=gd&run=momentum&run=adam,batch:1")


def test_a_short_path_is_sent_whole_without_its_numbers():
    paths = walk(SHORT)
    (data,) = paths_answer(1, SHORT, [], paths)
    header, _ = unpack(data)
    assert header["columns"] == ["theta1", "theta2", "loss"]
    assert [run["rows"] for run in header["runs"]] == [41, 41, 41]
    assert [run["every"] for run in header["runs"]] == [1, 1, 1]
    found = reassembled([data], 3)
    for of, path in enumerate(paths):
        np.testing.assert_array_equal(found[of], path.track.astype("<f4"))


def test_the_header_of_paths_carries_scene_problems_and_figures():
    scene, problems = read("surface=booth&updates=9&eta=zero&run=adam,batch:3")
    header, _ = unpack(paths_answer(3, scene, problems, walk(scene))[0])
    assert header["id"] == 3
    assert header["scene"] == scene.query() == "surface=booth&updates=9&run=adam,batch:3"
    assert [problem["knob"] for problem in header["problems"]] == ["eta"]
    (run,) = header["runs"]
    assert (run["run"], run["rule"], run["updates_per_epoch"]) == ("adam,batch:3", "adam", 7)


LONG = Scene.parse("surface=booth&updates=20000&run=gd")


@pytest.fixture(scope="module")
def long_path():
    (path,) = walk(LONG)
    return path


def wavy(points, seed):
    return np.random.default_rng(seed).normal(size=(3, points)).cumsum(axis=1)


@settings(max_examples=30)
@given(st.integers(LIMITS["shown"] + 1, 60_000), st.integers(0, 999), st.integers(0, 70_000))
def test_thinning_keeps_ends_extremes_and_what_is_around_the_playhead(points, seed, at):
    track = wavy(points, seed)
    rows = kept_rows(track, at)
    assert len(rows) < points
    assert rows[0] == 0
    assert rows[-1] == points - 1
    assert np.all(np.diff(rows) > 0)
    for column in track:
        assert {column.argmin(), column.argmax()} <= set(rows)
    around = range(max(0, at - AROUND), min(points, at + AROUND + 1))
    assert set(around) <= set(rows)


@given(st.integers(LIMITS["shown"] + 1, 10_000), st.integers(0, 99))
@settings(max_examples=15)
def test_a_thinned_path_lies_where_the_whole_one_does(points, seed):
    """Between kept neighbours nothing sticks out by more than the neighbourhood's own extent."""
    track = wavy(points, seed)
    rows = kept_rows(track, None)
    assert np.diff(rows).max() <= math.ceil(points / 250)
    for row in (500, points // 2, points - 700):
        block = slice(row, row + 200)
        kept = rows[(rows >= row - 50) & (rows < row + 250)]
        for column in track:
            assert column[kept].min() <= column[block].min() + 1e-12
            assert column[kept].max() >= column[block].max() - 1e-12


def test_a_path_is_thinned_only_when_it_is_longer_than_shown():
    most = LIMITS["shown"]
    assert len(kept_rows(wavy(most, 1), None)) == most
    assert len(kept_rows(wavy(most + 1, 1), None)) < most


def test_thinning_endures_what_is_not_finite():
    track = wavy(5000, 2)
    track[2, 100:200] = np.nan
    track[2, 4000:] = np.inf
    rows = kept_rows(track, None)
    assert rows[0] == 0
    assert rows[-1] == 4999


def test_the_header_says_how_a_path_was_thinned(long_path):
    header, _ = unpack(paths_answer(1, LONG, [], [long_path])[0])
    (run,) = header["runs"]
    assert header["columns"][0] == "update"
    assert run["updates"] == 20_000
    assert run["every"] == 40
    assert run["rows"] == len(kept_rows(long_path.track, None)) < 20_001


def test_the_rows_of_a_thinned_path_carry_their_update_numbers(long_path):
    found = reassembled(paths_answer(1, LONG, [], [long_path]), 4)[0]
    rows = kept_rows(long_path.track, None)
    np.testing.assert_array_equal(found[0], rows)
    np.testing.assert_array_equal(found[1:], long_path.track[:, rows].astype("<f4"))


def test_one_long_run_numbers_the_rows_of_all_runs(long_path):
    short = replace(long_path, track=wavy(50, 3))
    frames = paths_answer(1, LONG, [], [long_path, short])
    header, _ = unpack(frames[0])
    assert [run["every"] for run in header["runs"]] == [40, 1]
    np.testing.assert_array_equal(reassembled(frames, 4)[1][0], np.arange(50))


def test_the_playhead_of_the_address_is_seen_exactly():
    scene = Scene.parse("surface=booth&updates=20000&run=gd&at=7777")
    found = reassembled(paths_answer(1, scene, [], walk(scene)), 4)[0]
    assert set(range(7677, 7878)) <= set(found[0])


def test_a_playhead_beyond_the_end_shows_the_end():
    scene = Scene.parse("surface=booth&updates=3000&run=gd&at=90000")
    found = reassembled(paths_answer(1, scene, [], walk(scene)), 4)[0]
    assert found[0][-1] == 3000


@pytest.mark.parametrize(("first", "last"), [(0, 0), (19_990, 20_000), (100, 400), (0, 4999)])
def test_a_window_holds_exactly_its_rows(long_path, first, last):
    frames = window_answer(1, LONG, [long_path], first, last)
    found = reassembled(frames, 4)[0]
    np.testing.assert_array_equal(found[0], np.arange(first, last + 1))
    np.testing.assert_array_equal(found[1:], long_path.track[:, first : last + 1].astype("<f4"))
    header, _ = unpack(frames[0])
    assert (header["from"], header["to"]) == (first, last)


def test_a_window_is_cut_at_the_limit_and_says_so(long_path):
    header, _ = unpack(window_answer(1, LONG, [long_path], 10, 19_000)[0])
    assert header["to"] == 10 + LIMITS["window"] - 1


@pytest.mark.parametrize("first", [20_001, 10**9, 10**30])
def test_a_window_beyond_the_end_is_empty(long_path, first):
    header, values = unpack(window_answer(1, LONG, [long_path], first, first + 5)[0])
    assert header["sections"] == []
    assert values.size == 0


def test_a_loss_too_large_for_single_precision_becomes_infinity(long_path):
    track = np.ones((3, 5))
    track[2] = [1, 1e39, -1e39, 1e300, np.nan]
    found = reassembled(paths_answer(1, LONG, [], [replace(long_path, track=track)]), 3)[0]
    np.testing.assert_array_equal(found[2], np.array([1, np.inf, -np.inf, np.inf, np.nan], "<f4"))


@pytest.mark.parametrize("shape", [(2, 2), (120, 160), (400, 400), (400, 2)])
def test_the_ground_comes_in_rows_that_follow_y(shape):
    loss = np.arange(float(np.prod(shape))).reshape(shape)
    frames = ground_answer(9, {"x": [0, 1], "y": [0, 1]}, loss)
    assert all(len(data) <= FRAME for data in frames)
    whole = np.empty(shape, "<f4")
    for data in frames:
        header, values = unpack(data)
        assert header["shape"] == list(shape)
        row, rows = header["row"], header["rows"]
        whole[row : row + rows] = values.reshape(rows, shape[1])
    np.testing.assert_array_equal(whole, loss.astype("<f4"))
    assert (header["low"], header["high"]) == (0, loss.max())


def test_the_lowest_and_highest_of_a_ground_are_finite():
    loss = np.array([[np.nan, 1.0], [5.0, np.inf]])
    header, _ = unpack(ground_answer(1, {}, loss)[0])
    assert (header["low"], header["high"]) == (1, 5)
    header, _ = unpack(ground_answer(1, {}, np.full((2, 2), np.nan))[0])
    assert (header["low"], header["high"]) == (0, 0)


def test_a_whole_answer_is_one_frame_with_its_columns():
    columns = np.array([[1.5, 2.5], [1e300, np.nan]])
    (data,) = whole_answer(7, "cut", {"rows": 2, "none": None}, columns)
    header, values = unpack(data)
    assert header == {"id": 7, "want": "cut", "part": 0, "parts": 1, "rows": 2, "none": None}
    np.testing.assert_array_equal(values, np.array([1.5, 2.5, np.inf, np.nan], "<f4"))
    header, values = unpack(whole_answer(7, "point", {"loss": np.nan})[0])
    assert header["loss"] is None
    assert not values.size


@given(st.lists(st.dictionaries(WORDS, st.floats() | WORDS, max_size=4), max_size=20))
def test_a_short_list_is_one_frame(items):
    (data,) = listed_answer(1, "points", {"scene": "x"}, "items", items)
    assert len(unpack(data)[0]["items"]) == len(items)


@pytest.mark.parametrize("count", [0, 1, 100, 1000, 5000])
def test_a_long_list_comes_in_parts_that_fit_their_frames(count):
    items = [{"n": n, "text": "θ" * (n % 60), "x": 1 / (n + 1)} for n in range(count)]
    frames = listed_answer(3, "points", {"scene": "x" * 4000}, "items", items)
    assert all(len(data) <= FRAME for data in frames)
    headers = [unpack(data)[0] for data in frames]
    assert [header["part"] for header in headers] == list(range(headers[0]["parts"]))
    assert [item for header in headers for item in header["items"]] == items
    assert len(frames) <= 1 + sum(map(len, frames)) // (FRAME // 2)


HOPELESS = [
    "surface=booth&run=gd" + ",a" * 2000,
    "&".join(f"{'𝛉' * 60}{i}=1" for i in range(20)),
    "x" * 4000 + "=1",
    "&".join(["surface=zzz", *(f"a{i}={'𝛉' * 100}" for i in range(30))]),
]


@pytest.mark.parametrize("query", HOPELESS, ids=lambda query: query[:12])
def test_an_address_full_of_mistakes_still_fits_its_frames(query):
    scene, problems = read(query)
    frames = paths_answer(1, scene, problems, walk(scene))
    assert all(len(data) <= FRAME for data in frames)
    header, _ = unpack(frames[0])
    assert header["problems"][0]["allowed"] == problems[0].allowed
    assert header["runs"][0]["rows"] == walk(scene)[0].track.shape[1]

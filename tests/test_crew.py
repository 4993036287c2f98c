"""The order in which a crew takes its work."""

import gc
import threading
import weakref
from concurrent.futures import CancelledError

import pytest

from app.crew import Crew


@pytest.fixture
def crew():
    crew = Crew(1, "tested")
    yield crew
    crew.close()


def held(crew):
    """Keeps the only thread until it is set."""
    busy, go = threading.Event(), threading.Event()
    crew.submit(0, lambda: (busy.set(), go.wait(10)))
    assert busy.wait(10)
    return go


def test_early_stages_come_first_and_equal_ones_in_their_order(crew):
    done, go = [], held(crew)
    given = [(2, "a"), (0, "b"), (1, "c"), (0, "d"), (2, "e")]
    futures = [crew.submit(stage, lambda name=name: done.append(name)) for stage, name in given]
    go.set()
    for future in futures:
        future.result(10)
    assert "".join(done) == "bdcae"


def test_work_gives_its_result_or_what_went_wrong(crew):
    assert crew.submit(0, lambda: 7).result(10) == 7
    with pytest.raises(ZeroDivisionError):
        crew.submit(0, lambda: 1 // 0).result(10)


def test_what_was_cancelled_is_not_done_and_keeps_nobody(crew):
    done, go = [], held(crew)
    first, second = (crew.submit(0, lambda name=name: done.append(name)) for name in "ab")
    assert first.cancel()
    go.set()
    second.result(10)
    assert done == ["b"]
    with pytest.raises(CancelledError):
        first.result(10)


def test_what_was_cancelled_or_done_is_not_held(crew):
    class Heavy:
        def __call__(self):
            return None

    done, cancelled = Heavy(), Heavy()
    seen = [weakref.ref(done), weakref.ref(cancelled)]
    crew.submit(0, done).result(10)
    go = held(crew)
    future = crew.submit(3, cancelled)
    del done, cancelled
    future.cancel()
    gc.collect()
    assert [one() for one in seen] == [None, None]
    go.set()


def test_a_closed_crew_begins_nothing_more_and_cancels_what_waits():
    crew, done = Crew(1, "closed"), []
    go = held(crew)
    waiting = crew.submit(0, lambda: done.append("waiting"))
    crew.close()
    late = crew.submit(0, lambda: done.append("late"))
    go.set()
    for future in (waiting, late):
        with pytest.raises(CancelledError):
            future.result(10)
    assert done == []

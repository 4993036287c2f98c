"""Threads that take the most urgent work first, and of equally urgent work what came first.

For work that comes in stages: while many wait, everyone's first picture comes before anyone's
second. A pool of the standard library beneath it keeps the threads; this room only says which
work is next. It knows nothing about what the work is.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from queue import PriorityQueue
from typing import Any


class Crew:
    """`size` threads."""

    def __init__(self, size: int, name: str) -> None:
        self.size = size
        self.threads = ThreadPoolExecutor(size, name)
        self.waiting: PriorityQueue[tuple[int, int, Future[Any], Callable[[], Any]]]
        self.waiting = PriorityQueue()
        self.numbers = count()

    def submit(self, stage: int, work: Callable[[], Any]) -> Future[Any]:
        """Work of a stage: 0 comes before 1, whoever was first."""
        future: Future[Any] = Future()
        self.waiting.put((stage, next(self.numbers), future, work))
        self.threads.submit(self.take)
        return future

    def take(self) -> None:
        """The next work, unless it was cancelled."""
        *_, future, work = self.waiting.get()
        if not future.set_running_or_notify_cancel():
            return
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)

    def close(self) -> None:
        """Nothing more begins."""
        self.threads.shutdown(wait=False, cancel_futures=True)

"""Threads that take the most urgent work first, and of equally urgent work what came first.

For work that comes in stages: while many wait, everyone's first picture comes before anyone's
second. The pools of the standard library know one line only. Work that is cancelled leaves
its line at once, with all it holds. This room knows nothing about what the work is.
"""

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from threading import Condition, Thread
from typing import Any

Work = Callable[[], Any]
Line = OrderedDict[Future[Any], Work]


class Crew:
    """`size` threads, from now until close()."""

    def __init__(self, size: int, name: str) -> None:
        self.size = size
        self.is_open = True
        self.lines: dict[int, Line] = {}  # of each stage, the work that waits
        self.changed = Condition()
        for number in range(size):
            Thread(target=self.serve, name=f"{name}_{number}", daemon=True).start()

    def submit(self, stage: int, work: Work) -> Future[Any]:
        """Work of a stage: 0 comes before 1, whoever was first. A closed crew cancels it."""
        future: Future[Any] = Future()
        with self.changed:
            if self.is_open:
                self.lines.setdefault(stage, OrderedDict())[future] = work
                self.changed.notify()
        future.add_done_callback(partial(self.forget, stage))
        if not self.is_open:
            future.cancel()
        return future

    def forget(self, stage: int, future: Future[Any]) -> None:
        with self.changed:
            self.lines.get(stage, OrderedDict()).pop(future, None)

    def serve(self) -> None:
        while (taken := self.take()) is not None:
            do(*taken)
            del taken  # while this thread waits for more it must not hold what is done

    def take(self) -> tuple[Future[Any], Work] | None:
        """The most urgent work, once there is some; None when the crew is closed."""
        with self.changed:
            while self.is_open:
                for _, line in sorted(self.lines.items()):
                    if line:
                        return line.popitem(last=False)
                self.changed.wait()
        return None

    def close(self) -> None:
        """Nothing more begins: what waits is cancelled."""
        with self.changed:
            self.is_open = False
            waiting = [future for line in self.lines.values() for future in line]
            self.changed.notify_all()
        for future in waiting:
            future.cancel()


def do(future: Future[Any], work: Work) -> None:
    """The work, unless it was cancelled in this moment."""
    if not future.set_running_or_notify_cancel():
        return
    try:
        future.set_result(work())
    except BaseException as error:
        future.set_exception(error)

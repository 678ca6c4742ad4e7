"""Threads that help with a picture and wait for the next one.

``concurrent.futures`` would do, but five times a picture its futures, conditions and counts cost as
much as the marks on the muscles. Here a share of the work is one lock for who takes it and one for
its end.
"""

from __future__ import annotations

import itertools
import os
import threading
import weakref
from collections.abc import Callable
from queue import SimpleQueue

__all__ = ["Helpers"]


class _Share:
    """One helper's share of a piece of work."""

    __slots__ = ("_done", "_error", "_free", "_work", "worker")

    def __init__(self, work: Callable[[int], None], worker: int) -> None:
        self._work, self.worker = work, worker
        self._error: BaseException | None = None
        self._free, self._done = threading.Lock(), threading.Lock()
        self._done.acquire()

    def take(self) -> bool:
        """Return whether it is the caller's: of all that ask, one."""
        return self._free.acquire(blocking=False)

    def run(self) -> None:
        try:
            self._work(self.worker)
        except BaseException as error:  # is raised where it is waited for
            self._error = error
        finally:
            self._done.release()

    def wait(self) -> None:
        self._done.acquire()
        if self._error is not None:
            raise self._error


_Queue = SimpleQueue[_Share | None]


class Helpers:
    """Threads of this process that help whoever calls.

    Parameters
    ----------
    count : int
        How many; they begin with the first work.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self._begin()

    def _begin(self) -> None:
        self._process, self._running = os.getpid(), False
        self._queue: _Queue = SimpleQueue()

    def each(self, count: int, work: Callable[[int, int], None]) -> None:
        """Call ``work(i, worker)`` for i in 0 .. count - 1, shared out as threads become free.

        The calling thread is worker 0. What a helper raises is raised here.
        """
        order = itertools.count()

        def loop(worker: int) -> None:
            while (i := next(order)) < count:
                work(i, worker)

        shares = [_Share(loop, k + 1) for k in range(min(self.count, count - 1))]
        self._hand_out(shares)
        try:
            loop(0)
        finally:
            for share in shares:
                # whoever has not begun yet, on a busy computer, would find nothing left to do
                if not share.take():
                    share.wait()

    def _hand_out(self, shares: list[_Share]) -> None:
        if shares and self._process != os.getpid():  # a fork takes no threads along
            self._begin()
        if shares and not self._running:
            self._running = True
            for k in range(self.count):
                threading.Thread(
                    target=_help, args=(self._queue,), name=f"render_{k}", daemon=True
                ).start()
            weakref.finalize(self, _dismiss, self._queue, self.count)
        for share in shares:
            self._queue.put(share)


def _help(queue: _Queue) -> None:
    while (share := queue.get()) is not None:
        if share.take():
            share.run()
        del share  # what it works on may go, while this waits


def _dismiss(queue: _Queue, count: int) -> None:
    for _ in range(count):
        queue.put(None)

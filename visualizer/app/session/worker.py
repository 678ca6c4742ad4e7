"""Work beside the window: jobs on a thread of their own, so that the event loop goes on.

A job is a function without arguments that touches no widget. What it returns is handed over in the
window's thread. Skeleton and body keep a workspace per thread, and a scene that is drawn here has a
rasterizer of its own (:meth:`visualizer.app.session.scenes.Scenes.apart`), so nothing is shared but
what is never written to.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial
from itertools import count
from queue import PriorityQueue
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from shiboken6 import isValid

from visualizer.errors import VisualizerError

__all__ = ["Jobs", "Worker"]

T = TypeVar("T")
# Between two steps the window paints what the last one has changed. A step that comes so late that
# something else has taken the time lets the window see to the mouse first.
_STEP_MS = 1
_LATE_S = 0.008
_LAST = 2  # behind urgent (0) and other (1) jobs


class Jobs(Protocol):
    """Whatever does jobs: a thread, or a test that does them at once."""

    def run(
        self,
        job: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[VisualizerError], object],
        *,
        owner: QObject,
        urgent: bool = False,
        apart: bool = False,
    ) -> None:
        """Do a job and hand over its result, or the error that it raised.

        Parameters
        ----------
        job : callable
            What to do; touches no widget.
        done, failed : callable
            Called in the window's thread, one of them, once; neither when the owner is gone.
        owner : QObject
            Who is told: a widget may be deleted before its result is there.
        urgent : bool
            Whether it goes before the jobs that are not.
        apart : bool
            Whether it has a thread of its own, since it takes so long that others would wait.
        """

    def soon(self, step: Callable[[], object], owner: QObject) -> None:
        """Do a small step in the window's thread, in a later turn of its event loop.

        Parameters
        ----------
        step : callable
            What to do.
        owner : QObject
            What the step is about; when it is gone, so is the step.
        """

    def stop(self) -> None:
        """Let go of what waits and wait for what is under way; more can be run afterwards."""


class Worker(QObject):
    """Does jobs one after another on a thread that starts with the first of them."""

    # (number of the stop before which it began, who is told, a function for this thread)
    _handed_over = Signal(int, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: PriorityQueue[tuple[int, int, Callable[[], None] | None]] = PriorityQueue()
        self._order = count()
        self._thread: threading.Thread | None = None
        self._apart: set[threading.Thread] = set()
        self._stopping = False
        self._stops = 0
        self._handed_over.connect(self._take)
        self._steps: list[tuple[Callable[[], object], QObject]] = []
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(_STEP_MS)
        self._next.timeout.connect(self._do_step)
        self._armed_s, self._gave_way = 0.0, False

    def run(
        self,
        job: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[VisualizerError], object],
        *,
        owner: QObject,
        urgent: bool = False,
        apart: bool = False,
    ) -> None:
        """Do a job on the thread; see :meth:`Jobs.run`."""
        stops = self._stops

        def do() -> None:
            try:
                outcome: Callable[[], object] = partial(done, job())
            except VisualizerError as error:
                outcome = partial(failed, error)
            except Exception as error:
                outcome = partial(_raise, error)
            if not self._stopping:
                self._handed_over.emit(stops, owner, outcome)

        if apart:
            self._apart = {thread for thread in self._apart if thread.is_alive()}
            own = threading.Thread(target=_done, args=(do,), name="apart", daemon=True)
            self._apart.add(own)
            own.start()
            return
        self._jobs.put((0 if urgent else 1, next(self._order), do))
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="worker", daemon=True)
            self._thread.start()

    def soon(self, step: Callable[[], object], owner: QObject) -> None:
        """Do a small step in the window's thread; see :meth:`Jobs.soon`."""
        self._steps.append((step, owner))
        if not self._next.isActive():
            self._arm()

    def _arm(self) -> None:
        self._armed_s = time.perf_counter()
        self._next.start()

    def _do_step(self) -> None:
        late = time.perf_counter() - self._armed_s > _LATE_S
        self._gave_way = late and not self._gave_way
        if not self._gave_way:
            step, owner = self._steps.pop(0)
            if isValid(owner):
                step()
        if self._steps:
            self._arm()

    def stop(self) -> None:
        """Let go of what waits and wait for what is under way; see :meth:`Jobs.stop`."""
        self._steps.clear()
        self._next.stop()
        self._stops += 1
        self._stopping = True
        for thread in self._apart:
            thread.join()
        self._apart.clear()
        if self._thread is not None:
            self._jobs.put((_LAST, next(self._order), None))
            self._thread.join()
        self._thread, self._stopping = None, False

    def _work(self) -> None:
        while (job := self._jobs.get()[2]) is not None:
            if not self._stopping and not _done(job):
                return

    @Slot(int, object, object)
    def _take(self, stops: int, owner: QObject, outcome: Callable[[], object]) -> None:
        if stops == self._stops and isValid(owner):
            outcome()


def _done(job: Callable[[], None]) -> bool:
    """Do a job; return whether there still is a window, which could be told."""
    try:
        job()
    except RuntimeError:  # it is gone
        return False
    return True


def _raise(error: Exception) -> None:
    raise error

"""Making a file beside the window: how far it has come, how long it will take, and giving it up.

A task is a function that is given ``tell`` and calls it with how much is done and of how much. It
touches no widget. When somebody has asked to stop, ``tell`` raises, and whatever writes files
leaves nothing behind, as with any other error.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal

from visualizer.app.session.worker import Jobs
from visualizer.errors import CancelledError, VisualizerError
from visualizer.export.output import Tell

__all__ = ["Exporting", "Task", "Tell"]

Task = Callable[[Tell], Any]

# The window is told so often at most.
_TELL_S = 0.1


class Exporting(QObject):
    """One task at a time, apart from the window's other jobs.

    Parameters
    ----------
    jobs : Jobs
        Does the work.
    clock : callable
        Gives seconds.
    """

    progressed = Signal(int, int, float)  # done, of how much, seconds left
    finished = Signal(object)  # what the task returned
    failed = Signal(str)  # why, in a sentence
    cancelled = Signal()

    def __init__(
        self,
        jobs: Jobs,
        parent: QObject | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._clock = jobs, clock
        self._stop: threading.Event | None = None
        application = QCoreApplication.instance()
        assert application is not None
        application.aboutToQuit.connect(self.cancel)

    @property
    def working(self) -> bool:
        """Whether a task is under way."""
        return self._stop is not None

    def start(self, task: Task) -> None:
        """Begin a task; one that is under way is given up."""
        self.cancel()
        stop = self._stop = threading.Event()
        begun_s, before, told_s = self._clock(), 0, -_TELL_S

        def tell(done: int, of: int) -> None:
            nonlocal begun_s, before, told_s
            if stop.is_set():
                raise CancelledError
            now_s = self._clock()
            if done and (done == of or now_s - told_s >= _TELL_S):
                told_s = now_s
                left_s = (now_s - begun_s) * (of - done) / max(done - before, 1)
                self.progressed.emit(done, of, left_s)
            if done and not before:  # to get ready took time that does not come again
                begun_s, before = now_s, done

        def work() -> object:
            tell(0, 1)  # it may have waited, and not be wanted any more
            return task(tell)

        self._jobs.run(
            work,
            lambda result: self._end(stop, lambda: self.finished.emit(result)),
            lambda error: self._end(stop, lambda: self._refuse(error)),
            owner=self,
            apart=True,
        )

    def cancel(self) -> None:
        """Give up what is under way; ``cancelled`` tells when it has ended."""
        if self._stop is not None:
            self._stop.set()

    def _end(self, stop: threading.Event, tell: Callable[[], object]) -> None:
        if stop is self._stop:
            self._stop = None
            tell()

    def _refuse(self, error: VisualizerError) -> None:
        if isinstance(error, CancelledError):
            self.cancelled.emit()
        else:
            self.failed.emit(str(error))

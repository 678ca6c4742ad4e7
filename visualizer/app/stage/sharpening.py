"""The picture at rest, drawn in pieces: between them the window answers.

It takes four times as long as one that moves, which would be a pause. As soon as anything changes
it is given up.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer

from visualizer.scene.request import RenderedView

__all__ = ["Sharpening"]

# Then the event loop has its turn. A piece may take as long again before that is seen.
_TURN_MS = 8.0


class Sharpening(QObject):
    """Draws one picture after another, each piece in a turn that has nothing else to do.

    Parameters
    ----------
    done : callable
        Takes a picture when it is whole.
    turn_ms : float
        After so many milliseconds a turn ends.
    """

    def __init__(
        self,
        done: Callable[[RenderedView], object],
        parent: QObject,
        turn_ms: float = _TURN_MS,
    ) -> None:
        super().__init__(parent)
        self._done, self.turn_ms = done, turn_ms
        self._steps: Iterator[RenderedView | None] | None = None
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(0)
        self._next.timeout.connect(self._go_on)

    @property
    def active(self) -> bool:
        """Whether a picture is being drawn."""
        return self._steps is not None

    def begin(self, steps: Iterator[RenderedView | None]) -> None:
        """Draw a picture in steps, see :meth:`visualizer.scene.request.View3D.in_steps`."""
        self._steps = steps
        self._next.start()

    def give_up(self) -> None:
        """Leave the picture as it is, and let go of it."""
        self._steps = None
        self._next.stop()

    def _go_on(self) -> None:
        steps, until = self._steps, time.perf_counter() + self.turn_ms / 1e3
        if steps is None:
            return
        for shown in steps:
            if self._steps is not steps:
                return  # given up by what the step has led to
            if shown is not None:
                self._steps = None
                self._done(shown)
                return
            if time.perf_counter() >= until:
                break
        self._next.start()

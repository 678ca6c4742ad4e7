"""How long the event loop is away: a timer due all the time, and the gaps between its beats."""

from __future__ import annotations

import time
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer

__all__ = ["Heartbeat", "Pause"]


_BEAT_MS = 1


@dataclass(frozen=True)
class Pause:
    """The longest gaps between two beats.

    Attributes
    ----------
    wall_ms : float
        By the clock; on a busy machine that counts the time that others had.
    cpu_ms : float
        Time that the window's thread was at work, of the gap with the most of it.
    """

    wall_ms: float
    cpu_ms: float


class Heartbeat(QObject):
    """Beats every millisecond that the event loop has, from :meth:`start` to :meth:`stop`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        # one due at once would keep a whole processor from whoever is to be measured
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._start()

    def _start(self) -> None:
        self._wall_s, self._cpu_s = time.perf_counter(), time.thread_time()
        self._longest_s = self._most_s = 0.0

    def start(self) -> None:
        """Begin to measure."""
        self._start()
        self._timer.start()

    def _beat(self) -> None:
        wall_s, cpu_s = time.perf_counter(), time.thread_time()
        self._longest_s = max(self._longest_s, wall_s - self._wall_s)
        self._most_s = max(self._most_s, cpu_s - self._cpu_s)
        self._wall_s, self._cpu_s = wall_s, cpu_s

    def stop(self) -> Pause:
        """End the measuring and return the longest pause."""
        self._beat()
        self._timer.stop()
        return Pause(1e3 * self._longest_s, 1e3 * self._most_s)

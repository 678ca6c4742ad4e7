"""Which piece of the repetition the timeline shows: phases, curves and lanes share it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from visualizer.lifts.schedule import PhaseSpan

__all__ = ["TimeWindow"]

# However close, so much of the repetition is seen.
_LEAST_SHARE = 0.05
_SAME = 1e-9


class TimeWindow(QObject):
    """A piece of the repetition, at first all of it."""

    changed = Signal()
    marked = Signal()  # another range is marked, or none

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.spans: tuple[PhaseSpan, ...] = ()
        # shares of the repetition, so that another tempo keeps them
        self._from, self._to = 0.0, 1.0
        self.marked_s: tuple[float, float] | None = None  # the range that is looped

    def mark(self, marked_s: tuple[float, float] | None) -> None:
        """Take the marked range, seconds; None for none."""
        if marked_s != self.marked_s:
            self.marked_s = marked_s
            self.marked.emit()

    def take(self, spans: Sequence[PhaseSpan]) -> None:
        """Take the phases of a repetition; the shown share of it stays."""
        self.spans = tuple(spans)
        self.changed.emit()

    @property
    def duration_s(self) -> float:
        """Duration of the repetition, never zero."""
        return max(self.spans[-1].end_s if self.spans else 0.0, 1e-3)

    @property
    def start_s(self) -> float:
        """Where the shown piece begins, seconds."""
        return self._from * self.duration_s

    @property
    def end_s(self) -> float:
        """Where the shown piece ends, seconds."""
        return self._to * self.duration_s

    @property
    def zoomed(self) -> bool:
        """Whether some of the repetition is not shown."""
        return self._to - self._from < 1.0 - _SAME

    def x_of(self, time_s: float, width_px: float) -> float:
        """Return the x (px) of a time (s) on a width."""
        return (time_s / self.duration_s - self._from) / (self._to - self._from) * width_px

    def time_at(self, x: float, width_px: float) -> float:
        """Return the time (s) at an x (px) of a width."""
        share = self._from + x / max(width_px, 1.0) * (self._to - self._from)
        return share * self.duration_s

    def show_all(self) -> None:
        """Show the whole repetition."""
        self._show(0.0, 1.0)

    def zoom(self, factor: float, at_s: float) -> None:
        """Show less (a factor above 1) or more; the time ``at_s`` stays where it is."""
        wide = self._to - self._from
        new = min(max(wide / factor, _LEAST_SHARE), 1.0)
        at = at_s / self.duration_s
        start = at - (at - self._from) * new / wide
        self._show(start, start + new)

    def pan(self, by_s: float) -> None:
        """Show what is later (above zero) or earlier."""
        by = by_s / self.duration_s
        self._show(self._from + by, self._to + by)

    def reveal(self, time_s: float) -> None:
        """Turn over to the piece that a time is in; does nothing where it is in sight."""
        at, wide = time_s / self.duration_s, self._to - self._from
        if not self._from - _SAME <= at <= self._to + _SAME:
            # going on, the new piece begins where the old one ended
            start = at if at > self._to else at - wide
            self._show(start, start + wide)

    def _show(self, start: float, end: float) -> None:
        wide = min(end - start, 1.0)
        start = min(max(start, 0.0), 1.0 - wide)
        if abs(start - self._from) + abs(start + wide - self._to) > _SAME:
            self._from, self._to = start, start + wide
            self.changed.emit()

"""Where a muscle's length stands now, between the shortest and the longest of the repetition."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualizer.app.widgets.theme import CAPTION_PX, blend, font, px
from visualizer.exercise.contraction import (
    ISOMETRIC_BELOW_PERCENT,
    LengthChange,
    weighted_mean,
)
from visualizer.exercise.repetition import Instant
from visualizer.texts import tr
from visualizer.texts.figures import percent_change

__all__ = ["LengthGauge", "can_gauge"]

_BAR_PX, _MARK_PX, _GAP_PX = 6.0, 16.0, 4.0


def can_gauge(change: LengthChange) -> bool:
    """Return whether one length stands for the muscle, and changes enough to be shown."""
    excursion = change.excursion_percent
    return (
        bool(change.known)
        and not change.opposed
        and excursion is not None
        and excursion >= ISOMETRIC_BELOW_PERCENT
    )


class LengthGauge(QWidget):
    """A scale from the shortest to the longest, with a mark where the length is now.

    Parameters
    ----------
    change : LengthChange
        The muscle's way from the bottom to the top, as :func:`can_gauge` takes it.
    """

    def __init__(self, change: LengthChange, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        paths = [np.array(part.path_m) - part.path_m[0] for part in change.known]
        found = [p.in_percent(path) for p, path in zip(change.known, paths, strict=True)]
        whole = weighted_mean(change.known, [np.zeros(2) if f is None else f for f in found])
        assert whole is not None
        self._percent = whole
        self._now = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(
            tr(
                "The muscle’s computed length now, against the bottom of the movement, in per cent "
                "of the optimal fibre length"
            )
        )
        self._say()

    @property
    def share(self) -> float:
        """Where the length is, from the shortest (0) to the longest (1) of the repetition."""
        low, high = float(self._percent.min()), float(self._percent.max())
        return (self._now - low) / max(high - low, 1e-9)

    @property
    def text(self) -> str:
        """The length now, in words."""
        return tr("Length now: {}").format(percent_change(self._now))

    @property
    def spoken_value(self) -> str:
        """The same for screen readers."""
        return self.text

    def show_instant(self, instant: Instant) -> None:
        """Move the mark; never emits."""
        steps = np.linspace(0.0, 1.0, len(self._percent))
        now = float(np.interp(instant.progress, steps, self._percent))
        if round(now, 1) != round(self._now, 1):
            self._now = now
            self._say()
            self.update()

    def _say(self) -> None:
        if self.text != self.accessibleName():
            self.setAccessibleName(self.text)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the size of a bar with a line of text below and above."""
        return QSize(200, round(2 * (self._line_px + px(_GAP_PX)) + px(_MARK_PX)))

    @property
    def _line_px(self) -> float:
        return 1.4 * px(CAPTION_PX)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the value, the bar with its mark, the ends' words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, line = self.palette(), self._line_px
        text, panel = palette.text().color(), palette.window().color()
        half = px(_MARK_PX) / 2
        high = px(_BAR_PX)
        top = line + px(_GAP_PX) + half - high / 2
        bar = QRectF(half, top, self.width() - 2 * half, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(blend(panel.name(), text.name(), 0.16))
        painter.drawRoundedRect(bar, high / 2, high / 2)
        x = bar.left() + self.share * bar.width()
        painter.setBrush(text)
        painter.setPen(QPen(panel, 2.0))
        painter.drawEllipse(QPointF(x, bar.center().y()), half - 2.0, half - 2.0)
        painter.setPen(text)
        painter.setFont(font(px(CAPTION_PX), bold=True))
        flag = Qt.AlignmentFlag
        painter.drawText(QRectF(0, 0, self.width(), line), flag.AlignLeft, self.text)
        painter.setFont(font(px(CAPTION_PX)))
        ends = QRectF(0, self.height() - line, self.width(), line)
        painter.drawText(ends, flag.AlignLeft, tr("shortest"))
        painter.drawText(ends, flag.AlignRight, tr("longest"))
        painter.end()

"""The timeline for keys and screen readers: a slider that lies unseen over the plot."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSlider, QWidget

from visualizer.app.session.session import Session
from visualizer.app.session.spoken import Spoken, instant_text
from visualizer.app.widgets.theme import theme_of
from visualizer.texts import tr

__all__ = ["Scrubber"]

_END = 100  # per cent of the repetition


class Scrubber(QSlider):
    """Goes through the repetition, in per cent; the mouse passes through to the plot below.

    Arrows go by one per cent, page keys by ten, Home and End to the ends.

    Parameters
    ----------
    session : Session
        What is shown and sought.
    """

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._session = session
        self._ringed = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setRange(0, _END)
        self.setPageStep(_END // 10)
        self.setAccessibleName(tr("Timeline, per cent of the repetition"))
        self.valueChanged.connect(self._seek)
        self._spoken = Spoken(session, self._say, self)

    def show_instant(self) -> None:
        """Take the shown moment, when it is due to be heard; never emits."""
        self._spoken.soon()

    def _say(self) -> None:
        session = self._session
        self.blockSignals(True)
        self.setValue(round(_END * session.wanted_s / session.repetition.schedule.duration_s))
        self.blockSignals(False)
        self.setAccessibleDescription(instant_text(session))

    def _seek(self, value: int) -> None:
        self._session.nudge(value / _END * self._session.repetition.schedule.duration_s)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Go on from the newest moment, whatever was said last."""
        self._say()
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Show the ring when the focus came by key."""
        keys = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self._ringed = event.reason() in keys
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Hide the ring."""
        self._ringed = False
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint nothing but the ring of the focus."""
        if self._ringed:
            painter = QPainter(self)
            painter.setPen(QPen(QColor(theme_of(self).ring), 2.0))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
            painter.end()

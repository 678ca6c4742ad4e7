"""One thing that changes: what it is about, and what it is before and after."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QHideEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from visualizer.analysis.comparison import BodyDifference
from visualizer.app.session.session import Session
from visualizer.app.widgets.theme import BODY_PX, RADIUS_PX, blend, font, px, theme_of

__all__ = ["ChangeRow"]

_HEIGHT_PX, _LINE_PX, _PAD_PX = 46, 20, 8


class ChangeRow(QAbstractButton):
    """A line of the list; where it is about a muscle, it selects it on both bodies.

    Parameters
    ----------
    difference : BodyDifference
        What changes.
    session : Session
        Told which muscle is chosen or under the mouse.
    """

    def __init__(
        self, difference: BodyDifference, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.difference, self._session = difference, session
        self._over = False
        what, before, after = difference.words
        self.setText(difference.text)
        self.setAccessibleName(difference.text)
        self._lines = what, before, after
        self.setToolTip(difference.text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # all lines are read by Tab, though only those of a muscle do something
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if difference.muscle is not None:
            self.setCheckable(True)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.clicked.connect(self._select)
        self.show_selection(session.state.selection)

    def show_selection(self, muscle: str | None) -> None:
        """Show whether the line's muscle is selected."""
        self.setChecked(muscle is not None and muscle == self.difference.muscle)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the size of a row."""
        return QSize(240, px(_HEIGHT_PX))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return the least size; long texts are cut and stand in the tool tip."""
        return QSize(120, px(_HEIGHT_PX))

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802
        """Brighten the muscle on both bodies."""
        if self.difference.muscle is not None:
            self._over = True
            self._session.set_hover(self.difference.muscle)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """No muscle is under the mouse any more."""
        self._leave()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Be pointed at no more; the mouse leaves nothing that goes away below it."""
        self._leave()

    def _leave(self) -> None:
        if self._over:
            self._over = False
            self._session.set_hover(None)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint what it is about, and below it before and after."""
        look, box, painter = theme_of(self), QRectF(self.rect()), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._over or self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(blend(look.panel, look.text, 0.10 if self.isChecked() else 0.05))
            painter.drawRoundedRect(box, RADIUS_PX, RADIUS_PX)
        if self.hasFocus():
            painter.setPen(QPen(QColor(look.ring), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), RADIUS_PX, RADIUS_PX)
        what, before, after = self._lines
        high = px(_LINE_PX)
        top = (box.height() - 2 * high) / 2
        left, room = float(_PAD_PX), box.width() - 2 * _PAD_PX
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font(px(BODY_PX)))
        cut = painter.fontMetrics().elidedText
        painter.setPen(QColor(look.secondary))
        text = cut(what, Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(QRectF(left, top, room, high), flags, text)
        # what it becomes is what is looked for, so it is the stronger of the two
        from_text = f"{before} → "
        wide = painter.fontMetrics().horizontalAdvance(from_text)
        painter.drawText(QRectF(left, top + high, room, high), flags, from_text)
        painter.setPen(QColor(look.text))
        painter.setFont(font(px(BODY_PX), bold=True))
        text = painter.fontMetrics().elidedText(
            after, Qt.TextElideMode.ElideRight, int(room - wide)
        )
        painter.drawText(QRectF(left + wide, top + high, room - wide, high), flags, text)
        painter.end()

    def _select(self) -> None:
        self._session.change(selection=self.difference.muscle)

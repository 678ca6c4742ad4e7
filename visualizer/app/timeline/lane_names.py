"""The names left of the timeline's lanes."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from visualizer.analysis.words import contraction_word, role_word
from visualizer.app.session.pointing import Pointed
from visualizer.app.session.session import Session
from visualizer.app.timeline.lanes import LANE_PX, Lane
from visualizer.app.widgets.theme import BODY_PX, blend, font, px, theme_of
from visualizer.lifts.vocabulary import PhaseId
from visualizer.scene.palette import Theme

__all__ = ["NAMES_PX", "LaneName", "LaneNames"]

NAMES_PX = 256


class LaneNames(QWidget):
    """One button per lane.

    Parameters
    ----------
    session : Session
        Told which muscle is selected or under the mouse.
    """

    wheel_turned = Signal(float)  # notches, away from the user
    focus_came = Signal(int)  # to the name in this row

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._look = theme_of(self)
        self.buttons: tuple[LaneName, ...] = ()
        self._offset_px = 0
        self._phase: PhaseId | None = None
        self.setFixedWidth(px(NAMES_PX))
        self.setMouseTracking(True)
        self._pointed = Pointed(self, session, self._muscle_at, hand=False)

    def show_lanes(self, lanes: tuple[Lane, ...]) -> None:
        """Take the lanes of a variation."""
        for old in self.buttons:
            old.hide()
            old.setParent(None)
            old.deleteLater()
        self._phase = None
        self.buttons = tuple(LaneName(lane, self._session, self) for lane in lanes)
        for button in self.buttons:
            button.show_theme(self._look)
            button.focus_came.connect(self._tell_focus)
            button.show()
        self._place()

    def show_phase(self, phase: PhaseId) -> None:
        """Tell what the muscles do in a phase."""
        if phase is not self._phase:
            self._phase = phase
            for button in self.buttons:
                button.show_phase(phase)

    def show_theme(self, look: Theme) -> None:
        """Take a theme's colours."""
        self._look = look
        for button in self.buttons:
            button.show_theme(look)

    def show_selection(self, muscles: frozenset[str]) -> None:
        """Mark the lanes of the selected muscle."""
        for button in self.buttons:
            button.setChecked(button.lane.muscle in muscles)

    def show_lit(self, muscles: frozenset[str]) -> None:
        """Dim the names of all other muscles."""
        for button in self.buttons:
            button.show_lit(button.lane.muscle in muscles)

    def show_hover(self, muscles: frozenset[str]) -> None:
        """Point out the lanes of the muscle under the mouse."""
        for button in self.buttons:
            button.show_hover(button.lane.muscle in muscles)

    def scroll_to(self, offset_px: int) -> None:
        """Scroll with the lanes."""
        self._offset_px = offset_px
        self._place()

    def resizeEvent(self, event: object) -> None:  # noqa: N802
        """Place the names beside their lanes."""
        self._place()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Name the muscle everywhere."""
        self._pointed.move_to(event.position())

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Pass on that the lanes should scroll."""
        self.wheel_turned.emit(event.angleDelta().y() / 120.0)
        event.accept()

    def _muscle_at(self, point: QPointF) -> str | None:
        place = point.toPoint()
        if not self.rect().contains(place):
            return None
        return next((b.lane.muscle for b in self.buttons if b.geometry().contains(place)), None)

    def _tell_focus(self) -> None:
        for row, button in enumerate(self.buttons):
            if button.hasFocus():
                self.focus_came.emit(row)

    def _place(self) -> None:
        for row, button in enumerate(self.buttons):
            button.setGeometry(
                0, row * px(LANE_PX) - self._offset_px, self.width() - 8, px(LANE_PX)
            )
        self._pointed.soon()


class LaneName(QAbstractButton):
    """The name of a lane's muscle; selects it.

    Parameters
    ----------
    lane : Lane
        The lane.
    session : Session
        Told which muscle is selected.
    """

    focus_came = Signal()

    def __init__(self, lane: Lane, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lane, self._session = lane, session
        self._look = theme_of(self)
        self.over, self.lit = False, True
        self.setText(lane.name)
        self.setCheckable(True)
        self.show_phase(session.instant.phase)
        self.setToolTip(lane.tip)
        self.setAccessibleDescription(lane.tip)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._select)

    def show_theme(self, look: Theme) -> None:
        """Take a theme's colours."""
        self._look = look
        self.update()

    def show_phase(self, phase: PhaseId) -> None:
        """Tell what the muscle does in a phase."""
        lane = self.lane
        words = [lane.name, role_word(lane.role), contraction_word(lane.contraction[phase])]
        name = ", ".join(words)
        if name != self.accessibleName():
            self.setAccessibleName(name)

    def show_lit(self, lit: bool) -> None:
        """Show whether the muscle keeps its colours, or others are shown alone."""
        if lit != self.lit:
            self.lit = lit
            self.update()

    def show_hover(self, over: bool) -> None:
        """Show that the muscle is under the mouse."""
        if over != self.over:
            self.over = over
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the size of a lane's name."""
        return QSize(px(NAMES_PX), px(LANE_PX))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Come into sight when the focus comes by key."""
        super().focusInEvent(event)
        self.focus_came.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the name, cut with an ellipsis where it is too long."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = self._look
        if self.over or self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(blend(look.panel, look.text, 0.14 if self.isChecked() else 0.07))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0, 1, 0, -1), 4, 4)
        if self.hasFocus():
            painter.setPen(QPen(QColor(look.ring), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.setPen(QColor(look.text if self.lit else look.secondary))
        painter.setFont(font(px(BODY_PX), bold=self.isChecked()))
        box = QRectF(self.rect()).adjusted(4, 0, -4, 0)
        name = painter.fontMetrics().elidedText(
            self.lane.name, Qt.TextElideMode.ElideRight, int(box.width())
        )
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        painter.end()

    def _select(self) -> None:
        self.setChecked(True)
        self._session.change(selection=self.lane.muscle)

"""A muscle in a list: role, name, what it does now; selects it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QHideEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from visualizer.analysis.words import contraction_word, role_word
from visualizer.app.session.session import Session
from visualizer.app.widgets.marks import draw_badge, draw_mark
from visualizer.app.widgets.theme import BODY_PX, RADIUS_PX, blend, font, px
from visualizer.catalog.variation import Contraction, MuscleAction
from visualizer.lifts.vocabulary import PhaseId
from visualizer.scene.symbols import MARK_WIDTH

__all__ = ["MuscleRow"]

_HEIGHT = 30


class MuscleRow(QAbstractButton):
    """A row of a list of muscles.

    Parameters
    ----------
    muscle : str
        Id of the muscle or group.
    action : MuscleAction or None
        What it does in the variation.
    session : Session
        Told which muscle is chosen or under the mouse.
    """

    def __init__(
        self,
        muscle: str,
        action: MuscleAction | None,
        session: Session,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.muscle, self._action, self._session = muscle, action, session
        self._contraction: Contraction | None = None
        self._phase: PhaseId | None = None
        self._over = False
        self.setText(session.name_of(muscle))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._select)
        self.show_phase(session.instant.phase)

    def show_phase(self, phase: PhaseId) -> None:
        """Show what the muscle does in a phase; nothing to do while it is the same one."""
        if phase is self._phase:
            return
        self._phase, action = phase, self._action
        if action is not None:
            self._contraction = self._session.repetition.contraction(action, phase)
            word = contraction_word(self._contraction)
            self.setAccessibleName(f"{self.text()}, {role_word(action.role)}, {word}")
        else:
            self.setAccessibleName(self.text())
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the size of a row."""
        return QSize(240, px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return the least size; long names are cut."""
        return QSize(120, px(_HEIGHT))

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802
        """Name the muscle everywhere."""
        self._over = True
        self._session.set_hover(self.muscle)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """No muscle is under the mouse any more."""
        self._over = False
        self._session.set_hover(None)
        self.update()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Be pointed at no more; the mouse leaves nothing that goes away below it."""
        if self._over:
            self._over = False
            self._session.set_hover(None)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint badge, name and mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, box = self.palette(), QRectF(self.rect())
        panel, text = palette.window().color().name(), palette.text().color()
        if self._over:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(blend(panel, text.name(), 0.07))
            painter.drawRoundedRect(box, RADIUS_PX, RADIUS_PX)
        if self.hasFocus():
            painter.setPen(QPen(text, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), RADIUS_PX, RADIUS_PX)
        left, right = 4.0, box.right() - 4.0
        if self._action is not None:
            draw_badge(painter, QPointF(left, box.center().y() - px(9)), self._action.role)
        left += px(32)
        if self._contraction is not None:
            centre = QPointF(right - px(MARK_WIDTH) / 2 - 2, box.center().y())
            draw_mark(painter, centre, self._contraction, text)
            right -= px(MARK_WIDTH + 12.0)
        painter.setPen(text)
        painter.setFont(font(px(BODY_PX)))
        name = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, int(right - left)
        )
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(left, 0, right - left, box.height()), flags, name)
        painter.end()

    def _select(self) -> None:
        self._session.change(selection=self.muscle)

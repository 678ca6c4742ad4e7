"""The marks of role and contraction, drawn: the same in legend, lanes, lists and inspector.

Arrows are drawn, not written: not every font has them, and drawn ones are sharp at any scale.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from visualizer.app.theme import CAPTION_PX, font, ink_on
from visualizer.exercise.variation import Contraction, Role
from visualizer.scene.palette import CONTRACTION_STYLES, ROLE_STYLES

__all__ = ["MARK_WIDTH", "ContractionMark", "RoleBadge", "draw_badge", "draw_mark"]

MARK_WIDTH = 26.0
_ARROW = 10.0
_HEAD = 3.5
_BADGE = QSize(24, 18)


def draw_mark(painter: QPainter, centre: QPointF, contraction: Contraction, ink: QColor) -> None:
    """Draw → ← (concentric), ← → (eccentric) or ⊢ ⊣ (isometric) round a point, 26 px wide."""
    painter.setPen(QPen(ink, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    x, y = centre.x(), centre.y()
    for side in (-1.0, 1.0):
        inner, outer = x + side * 3.0, x + side * (3.0 + _ARROW)
        painter.drawLine(QPointF(inner, y), QPointF(outer, y))
        if contraction is Contraction.ISOMETRIC:
            painter.drawLine(QPointF(outer, y - _HEAD - 0.5), QPointF(outer, y + _HEAD + 0.5))
            continue
        tip, back = (inner, side) if contraction is Contraction.CONCENTRIC else (outer, -side)
        for up in (-1.0, 1.0):
            painter.drawLine(QPointF(tip, y), QPointF(tip + back * _HEAD, y + up * _HEAD))


def draw_badge(painter: QPainter, box: QRectF, role: Role) -> None:
    """Draw a role's letter on its colour."""
    style = ROLE_STYLES[role]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(style.colour))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(ink_on(style.colour))
    painter.setFont(font(CAPTION_PX, bold=True))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, style.letter)


class RoleBadge(QWidget):
    """A role's letter on its colour.

    Parameters
    ----------
    role : Role
        The role.
    name : str
        The role's name, for screen readers and the tool tip.
    """

    def __init__(self, role: Role, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.role = role
        self.setFixedSize(_BADGE)
        self.setAccessibleName(name)
        self.setToolTip(name)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the badge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_badge(painter, QRectF(self.rect()), self.role)
        painter.end()


class ContractionMark(QWidget):
    """The mark of a contraction in the colour of text.

    Parameters
    ----------
    contraction : Contraction
        The contraction.
    name : str
        Its name, for screen readers and the tool tip.
    """

    def __init__(self, contraction: Contraction, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.contraction = contraction
        self.setFixedSize(32, 18)
        self.setAccessibleName(f"{name} {CONTRACTION_STYLES[contraction].mark}")
        self.setToolTip(name)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self.palette().text().color()
        draw_mark(painter, QRectF(self.rect()).center(), self.contraction, ink)
        painter.end()

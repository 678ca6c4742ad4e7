"""The marks of role and contraction as widgets, and painted into lanes, lists and tags."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from visualizer.app.widgets.pictures import paint_overlay
from visualizer.app.widgets.theme import px, zoom
from visualizer.catalog.variation import Contraction, Role
from visualizer.scene.palette import CONTRACTION_STYLES
from visualizer.scene.symbols import BADGE_HEIGHT, BADGE_WIDTH, badge, contraction_mark

__all__ = ["ContractionMark", "RoleBadge", "draw_badge", "draw_mark"]


def draw_mark(painter: QPainter, centre: QPointF, contraction: Contraction, ink: QColor) -> None:
    """Draw → ← (concentric), ← → (eccentric) or ⊢ ⊣ (isometric), 26 px wide at 100 %."""
    strokes = contraction_mark(contraction, centre.x(), centre.y(), ink.name(), zoom())
    width, cap = strokes[0].width_px, Qt.PenCapStyle.RoundCap
    painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, cap))
    # lanes hold many marks, and lines by themselves cost less than paths
    for stroke in strokes:
        painter.drawLine(*(QPointF(*point) for point in stroke.points))


def draw_badge(painter: QPainter, corner: QPointF, role: Role) -> None:
    """Draw a role's letter on its colour; ``corner`` is the upper left one."""
    paint_overlay(painter, badge(role, corner.x(), corner.y(), zoom()))


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
        self.setFixedSize(px(BADGE_WIDTH), px(BADGE_HEIGHT))
        self.setAccessibleName(name)
        self.setToolTip(name)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the badge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_badge(painter, QPointF(0.0, 0.0), self.role)
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
        self.setFixedSize(px(32), px(18))
        self.setAccessibleName(f"{name} {CONTRACTION_STYLES[contraction].mark}")
        self.setToolTip(name)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self.palette().text().color()
        draw_mark(painter, QRectF(self.rect()).center(), self.contraction, ink)
        painter.end()

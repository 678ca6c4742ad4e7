"""The ink over a picture of the body; on the teacher's stage it can be drawn on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, QSizeF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from visualizer.app.classroom.ink import (
    InkStroke,
    Place,
    Plane,
    paint_ink,
    paint_pointer,
    paint_spotlight,
)
from visualizer.app.classroom.talk import Talk, Tool
from visualizer.app.stage.posed_view import PosedView
from visualizer.app.widgets.theme import theme_of

__all__ = ["InkPad", "InkView"]


class InkView(QWidget):
    """Shows ink, pointer and spotlight over a stage; the mouse passes through.

    Parameters
    ----------
    talk : Talk
        Whose ink it is.
    stage : PosedView
        What it lies on and is as large as.
    """

    def __init__(self, talk: Talk, stage: PosedView) -> None:
        super().__init__(stage)
        self._talk, self._stage = talk, stage
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._stroke: list[Place] = []
        talk.changed.connect(self.update)
        talk.drawn.connect(self.update)
        talk.moved.connect(self.update)
        stage.orbit.moved.connect(self.update)
        stage.installEventFilter(self)
        self.setGeometry(stage.rect())
        self.show()

    @property
    def plane(self) -> Plane:
        """The plane that is drawn on, as the stage shows it."""
        return Plane(self._stage.orbit.camera, QSizeF(self.size()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Follow the stage's size."""
        if watched is self._stage and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._stage.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint ink, then spotlight or pointer."""
        talk, plane, look = self._talk, self.plane, theme_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ink(painter, plane, self._strokes(), look)
        if talk.pointed is not None and talk.tool is Tool.SPOTLIGHT:
            paint_spotlight(painter, plane, talk.pointed)
        elif talk.pointed is not None and talk.tool is Tool.POINTER:
            paint_pointer(painter, plane, talk.pointed, look)
        painter.end()

    def _strokes(self) -> tuple[InkStroke, ...]:
        return self._talk.ink.strokes


class InkPad(InkView):
    """The same on the teacher's stage: with a tool in hand the mouse draws, points, erases."""

    def __init__(self, talk: Talk, stage: PosedView) -> None:
        super().__init__(talk, stage)
        self.setMouseTracking(True)
        talk.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        turns = self._talk.tool is Tool.TURN
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, turns)
        self.setCursor(Qt.CursorShape.ArrowCursor if turns else Qt.CursorShape.CrossCursor)

    def _strokes(self) -> tuple[InkStroke, ...]:
        """Return the ink with the stroke under the hand."""
        strokes = super()._strokes()
        return (
            (*strokes, InkStroke(tuple(self._stroke), self.plane.facing))
            if self._stroke
            else strokes
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begin a stroke, or erase."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._use(event.position(), begins=True)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Draw on, erase or point."""
        if self._talk.tool in (Tool.POINTER, Tool.SPOTLIGHT):
            self._talk.point_at(self.plane.place_at(event.position()))
        elif event.buttons() & Qt.MouseButton.LeftButton:
            self._use(event.position())
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """End the stroke."""
        if self._stroke:
            self._talk.ink.draw(InkStroke(tuple(self._stroke), self.plane.facing))
            self._stroke = []
            self._talk.inked()
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Take pointer and spotlight away with the mouse."""
        self._talk.point_at(None)

    def _use(self, point: QPointF, *, begins: bool = False) -> None:
        talk, place = self._talk, self.plane.place_at(point)
        if talk.tool is Tool.PEN:
            self._stroke = [place] if begins else [*self._stroke, place]
            self.update()
        elif talk.tool is Tool.ERASER:
            talk.ink.erase(place, self.plane)
            talk.inked()

"""The ink over a picture of the body; on the teacher's stage it can be drawn on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, QSizeF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from visualizer.app.classroom.ink import (
    InkStroke,
    Plane,
    paint_ink,
    paint_pointer,
    paint_spotlight,
)
from visualizer.app.classroom.ink_keys import InkKeys
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
        talk = self._talk
        return talk.ink.strokes if talk.line is None else (*talk.ink.strokes, talk.line)


class InkPad(InkView):
    """The same on the teacher's stage: mouse or keys draw, point and erase with a tool in hand."""

    def __init__(self, talk: Talk, stage: PosedView) -> None:
        super().__init__(talk, stage)
        self.setMouseTracking(True)
        self._ink = talk.ink
        self.keys = InkKeys(self, stage)
        talk.changed.connect(self._follow)
        self._follow()

    @property
    def tool(self) -> Tool:
        """What is in the hand."""
        return self._talk.tool

    def _follow(self) -> None:
        turns = self.tool is Tool.TURN
        self.keys.lift()
        if turns:
            self.keys.leave()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, turns)
        self.setCursor(Qt.CursorShape.ArrowCursor if turns else Qt.CursorShape.CrossCursor)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the ink, and the tip of what the keys lead."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.keys.paint(painter, theme_of(self))
        painter.end()

    # ------------------------------------------------------------------------------- the tool
    def press_at(self, point: QPointF) -> None:
        """Begin a line, or erase."""
        self._ink = self._talk.ink
        self._use(point, begins=True)

    def lead_to(self, point: QPointF, *, pressed: bool) -> None:
        """Draw on, erase or point."""
        if self.tool in (Tool.POINTER, Tool.SPOTLIGHT):
            self._talk.point_at(self.plane.place_at(point))
        elif pressed:
            self._use(point)

    def release(self) -> None:
        """End the line, which stays with the stop on which it was begun."""
        line = self._talk.line
        if line is not None:
            self._ink.draw(line)
            self._talk.lead(None)

    def point_nowhere(self) -> None:
        """Take pointer and spotlight away."""
        self._talk.point_at(None)

    def _use(self, point: QPointF, *, begins: bool = False) -> None:
        talk, place = self._talk, self.plane.place_at(point)
        if talk.tool is Tool.PEN:
            line = None if begins else talk.line
            before = line.places if line else ()
            facing = line.facing if line else self.plane.facing
            talk.lead(InkStroke((*before, place), facing))
        elif talk.tool is Tool.ERASER:
            talk.ink.erase(place, self.plane)
            talk.inked()

    # ------------------------------------------------------------------------------- by mouse
    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begin a line, or erase."""
        self.keys.leave()
        if event.button() == Qt.MouseButton.LeftButton:
            self.press_at(event.position())
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Draw on, erase or point."""
        self.keys.leave()
        pressed = bool(event.buttons() & Qt.MouseButton.LeftButton)
        self.lead_to(event.position(), pressed=pressed)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """End the line."""
        self.release()
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Take pointer and spotlight away with the mouse."""
        self.point_nowhere()

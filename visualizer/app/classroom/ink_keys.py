"""Ink by keys: with a tool in hand the arrows move its tip, Space sets it down and lifts it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from visualizer.app.classroom.talk import Tool
from visualizer.app.widgets.accessible import announce
from visualizer.app.widgets.keys import claims_key
from visualizer.scene.palette import Theme
from visualizer.texts import tr

if TYPE_CHECKING:
    from visualizer.app.classroom.ink_view import InkPad

__all__ = ["InkKeys"]

_Key = Qt.Key
_WAYS = {
    _Key.Key_Left: (-1.0, 0.0), _Key.Key_Right: (1.0, 0.0),
    _Key.Key_Up: (0.0, -1.0), _Key.Key_Down: (0.0, 1.0),
}  # fmt: skip
# Of the picture's height: a step, and a small one with Shift; the ring round the tip.
_STEP, _SMALL_STEP, _RING = 0.02, 0.005, 0.018


class InkKeys(QObject):
    """Leads the tool of a pad by the keys of the stage below it, while that has the focus.

    Parameters
    ----------
    pad : InkPad
        What is drawn on.
    stage : QWidget
        Whose keys are taken; with no tool in hand they stay the stage's own.

    Attributes
    ----------
    tip : QPointF or None
        Where the tool is, pixels of the pad; None until a key has moved it, and after the mouse.
    down : bool
        Whether the pen draws.
    """

    def __init__(self, pad: InkPad, stage: QWidget) -> None:
        super().__init__(pad)
        self._pad = pad
        self.tip: QPointF | None = None
        self.down = False
        stage.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Move the tool, set it down, lift it."""
        if event.type() == QEvent.Type.FocusOut:
            self.leave()
        if claims_key(event, self._does):
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            does = self._does(event)
            if does is not None:
                does()
                event.accept()
                return True
        return super().eventFilter(watched, event)

    def _does(self, event: QKeyEvent) -> Callable[[], object] | None:
        pad, shift = self._pad, Qt.KeyboardModifier.ShiftModifier
        keys = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if pad.tool is Tool.TURN or not pad.isVisible() or keys & ~shift:
            return None
        key = _Key(event.key())
        if key in _WAYS:
            return partial(self._move, *_WAYS[key], _SMALL_STEP if keys else _STEP)
        uses = pad.tool in (Tool.PEN, Tool.ERASER) and not keys
        if uses and key in (_Key.Key_Space, _Key.Key_Return, _Key.Key_Enter):
            return (lambda: None) if event.isAutoRepeat() else self._press
        return None

    @property
    def _here(self) -> QPointF:
        return self.tip or QRectF(self._pad.rect()).center()

    def _move(self, across: float, down: float, step: float) -> None:
        pad, way = self._pad, QPointF(across, down) * step * self._pad.height()
        to = self._here + way
        self.tip = QPointF(
            min(max(to.x(), 0.0), pad.width() - 1.0), min(max(to.y(), 0.0), pad.height() - 1.0)
        )
        pad.lead_to(self.tip, pressed=self.down)
        pad.update()

    def _press(self) -> None:
        """Set the pen down or lift it; erase at the tip."""
        pad, self.tip = self._pad, self._here
        if pad.tool is Tool.ERASER:
            pad.press_at(self.tip)
        elif self.down:
            self.lift()
            announce(pad, tr("The pen is lifted."))
        else:
            self.down = True
            pad.press_at(self.tip)
            announce(pad, tr("The pen draws."))
        pad.update()

    def lift(self) -> None:
        """End the line that the pen draws."""
        if self.down:
            self.down = False
            self._pad.release()

    def leave(self) -> None:
        """Lift the tool and take it away: the mouse is in use, or the focus elsewhere."""
        self.lift()
        if self.tip is not None:
            self.tip = None
            if self._pad.tool in (Tool.POINTER, Tool.SPOTLIGHT):
                self._pad.point_nowhere()
            self._pad.update()

    def paint(self, painter: QPainter, look: Theme) -> None:
        """Paint a ring round the tip of pen or eraser: filled where the pen draws."""
        if self.tip is None or self._pad.tool not in (Tool.PEN, Tool.ERASER):
            return
        radius = max(_RING * self._pad.height(), 6.0)
        painter.setBrush(QColor(look.text) if self.down else Qt.BrushStyle.NoBrush)
        for colour, width in ((look.panel, 5.0), (look.text, 2.0)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawEllipse(self.tip, radius, radius)
        painter.setPen(QPen(QColor(look.panel if self.down else look.text), 2.0))
        painter.drawPoint(self.tip)

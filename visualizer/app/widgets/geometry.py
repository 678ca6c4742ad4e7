"""How windows fit the screen: room without frames, first sizes, pulling back what sticks out.

All sizes are logical pixels. A screen's available area is what taskbars and docks leave of it.
"""

from __future__ import annotations

from PySide6.QtCore import QMargins, QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget

__all__ = [
    "above",
    "available",
    "first_size",
    "frame_of",
    "keep_on_screen",
    "pulled_in",
    "room_of",
]

# What a title bar and borders take until the window manager has said it.
_FRAME = QMargins(6, 32, 6, 6)
_LEAST_FIRST, _FIRST_SHARE = QSize(1440, 900), 0.8


def available(widget: QWidget) -> QRect:
    """Return the available area of the screen that a widget is on."""
    return widget.screen().availableGeometry()


def frame_of(window: QWidget) -> QMargins:
    """Return the frame round a window: the window manager's word, an estimate until it speaks."""
    handle = window.windowHandle()
    known = handle.frameMargins() if handle is not None else QMargins()
    return _FRAME if known.isNull() else known


def room_of(window: QWidget) -> QSize:
    """Return the largest size of a window whose frame fits the screen as well."""
    return available(window).marginsRemoved(frame_of(window)).size()


def first_size(room: QSize) -> QSize:
    """Return a size for the first start: all of a small screen, most of a large one."""
    most = QSize(round(room.width() * _FIRST_SHARE), round(room.height() * _FIRST_SHARE))
    return most.expandedTo(_LEAST_FIRST).boundedTo(room)


def pulled_in(frame: QRect, area: QRect) -> QRect:
    """Return a rectangle moved, and made smaller where it must be, so that it lies in an area."""
    size = frame.size().boundedTo(area.size())
    left = min(max(frame.left(), area.left()), area.right() + 1 - size.width())
    top = min(max(frame.top(), area.top()), area.bottom() + 1 - size.height())
    return QRect(QPoint(left, top), size)


def keep_on_screen(window: QWidget) -> None:
    """Pull a window with its frame into the available area of its screen."""
    margins = frame_of(window)
    frame = QRect(window.pos(), window.size()).marginsAdded(
        QMargins(0, 0, margins.left() + margins.right(), margins.top() + margins.bottom())
    )
    wanted = pulled_in(frame, available(window))
    if wanted.size() != frame.size():
        window.resize(window.size() - (frame.size() - wanted.size()))
    if wanted.topLeft() != frame.topLeft():
        window.move(wanted.topLeft())


def above(anchor: QWidget, size: QSize) -> QPoint:
    """Return where a panel of a size stands on the screen so that it is above a widget."""
    wanted = QRect(anchor.mapToGlobal(QPoint(0, -size.height() - 4)), size)
    return pulled_in(wanted, available(anchor)).topLeft()

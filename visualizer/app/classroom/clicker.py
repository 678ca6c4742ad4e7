"""The keys of a talk: what clickers send, and the few that a teacher needs besides."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from visualizer.app.classroom.talk import Cover, Talk, Tool

__all__ = ["Clicker"]

_Key = Qt.Key


class Clicker(QObject):
    """Takes a talk's keys before anything else in its windows, while it lives.

    Parameters
    ----------
    talk : Talk
        Told what to do.
    windows : sequence of QWidget
        Whose keys are taken.
    stop : callable
        Ends the talk.
    """

    def __init__(
        self, talk: Talk, windows: Sequence[QWidget], stop: Callable[[], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._windows = tuple(windows)

        def undo() -> None:
            talk.ink.undo()
            talk.inked()

        self._keys: Mapping[int, Callable[[], object]] = {
            _Key.Key_PageDown: talk.forward,
            _Key.Key_PageUp: talk.back,
            _Key.Key_B: lambda: talk.cover_with(Cover.BLACK),
            _Key.Key_Period: lambda: talk.cover_with(Cover.BLACK),
            _Key.Key_W: lambda: talk.cover_with(Cover.WHITE),
            _Key.Key_F: lambda: talk.freeze(not talk.frozen),
            _Key.Key_Escape: lambda: talk.take(talk.tool) if talk.tool is not Tool.TURN else stop(),
            # some clickers send it whenever their button for starting and stopping is pressed
            _Key.Key_F5: lambda: None,
        }
        self._undo = undo
        QCoreApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Do what a key stands for, unless it is typed into a text."""
        kinds = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if (
            event.type() not in kinds
            or not isinstance(event, QKeyEvent)
            or not isinstance(watched, QWidget)
            or watched.window() not in self._windows
            or isinstance(watched, QLineEdit | QTextEdit | QPlainTextEdit)
        ):
            return False
        does = self._does(event)
        if does is None:
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            does()
        return True

    def _does(self, event: QKeyEvent) -> Callable[[], object] | None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers == Qt.KeyboardModifier.ControlModifier and event.key() == _Key.Key_Z:
            return self._undo
        return self._keys.get(event.key()) if modifiers == Qt.KeyboardModifier.NoModifier else None

"""What keys mean where a control has the focus, and digits on every layout.

Shortcuts of the window come first with Qt, wherever the focus is. Here a control gets back the keys
that belong to it by the platforms' habit: the space bar presses a button, the arrows walk through a
group of choices, Home, End and the page keys scroll a page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QTabBar,
    QWidget,
)

from visualizer.texts import N_, tr

__all__ = ["CLICKER", "FocusKeys", "claims_key", "digit_of", "key_text"]

# What clickers send: next, back, start, black, white. They do nothing else.
CLICKER = ("PgDown", "PgUp", "F5", "B", ".", "W")

_Key = Qt.Key
_ENTER = (_Key.Key_Return, _Key.Key_Enter)
_ARROWS = (_Key.Key_Left, _Key.Key_Right, _Key.Key_Up, _Key.Key_Down)
_ENDS = (_Key.Key_Home, _Key.Key_End)
_SCROLL = (*_ENDS, _Key.Key_PageUp, _Key.Key_PageDown)
# The row of digits, by what the keyboard itself says: 1 … 9, 0.
_SCAN_XKB = {10 + k: (k + 1) % 10 for k in range(10)}
_SCAN_WINDOWS = {2 + k: (k + 1) % 10 for k in range(10)}
_VIRTUAL_MAC = {18: 1, 19: 2, 20: 3, 21: 4, 23: 5, 22: 6, 26: 7, 28: 8, 25: 9, 29: 0}


# What Qt calls keys, where the platform has no signs for them.
_WORDS = (
    N_("Ctrl"), N_("Shift"), N_("Space"), N_("Left"), N_("Right"), N_("Up"),
    N_("Down"), N_("PgDown"), N_("PgUp"),
)  # fmt: skip


def key_text(keys: Sequence[str]) -> str:
    """Return keys as the platform writes them, in the language of the interface."""
    native = QKeySequence.SequenceFormat.NativeText
    parts = (QKeySequence(key).toString(native).split("+") for key in keys)
    return ", ".join("+".join(tr(p) if p in _WORDS else p for p in part) for part in parts)


def claims_key(event: QEvent, does: Callable[[QKeyEvent], object | None]) -> bool:
    """Keep a key that a widget does something with from the window's shortcuts.

    Parameters
    ----------
    event : QEvent
        Any event of the widget.
    does : callable
        Returns what the widget does for a key, None for nothing.
    """
    claimed = (
        isinstance(event, QKeyEvent)
        and event.type() == QEvent.Type.ShortcutOverride
        and does(event) is not None
    )
    if claimed:
        event.accept()
    return claimed


def digit_of(event: QKeyEvent, platform: str = "") -> int | None:
    """Return the digit of a key in the row of digits whose layout needs Shift for it.

    Parameters
    ----------
    event : QKeyEvent
        A key without Ctrl, Alt, Shift.
    platform : str
        Qt's name of the platform; the running one by default.

    Returns
    -------
    int or None
        0 … 9; None for other keys, and where the key gives the digit by itself.
    """
    if event.modifiers() != Qt.KeyboardModifier.NoModifier:
        return None
    if _Key.Key_0 <= event.key() <= _Key.Key_9:
        return None
    platform = platform or QGuiApplication.platformName()
    if platform == "cocoa":
        return _VIRTUAL_MAC.get(event.nativeVirtualKey())
    codes = _SCAN_WINDOWS if platform == "windows" else _SCAN_XKB
    return codes.get(event.nativeScanCode())


class FocusKeys(QObject):
    """Gives keys to the control that has the focus, and digits to the window.

    Parameters
    ----------
    window : QWidget
        Whose keys these are.
    choose : callable
        Takes a digit that a key stands for though its layout needs Shift; returns whether
        anything has that number. It is asked with ``do=False`` first.
    leave_full_screen : callable
        For Esc, when nothing else wants it.
    """

    def __init__(
        self,
        window: QWidget,
        choose: Callable[[int, bool], bool],
        leave_full_screen: Callable[[], object],
    ) -> None:
        super().__init__(window)
        self._window, self._choose = window, choose
        self._leave_full_screen = leave_full_screen
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Take keys that came up to the window, before its shortcuts."""
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and self._belongs_to_focus(event):
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and self._press(event):
                event.accept()
                return True
        return super().eventFilter(watched, event)

    def _belongs_to_focus(self, event: QKeyEvent) -> bool:
        digit = digit_of(event)
        if digit is not None and self._choose(digit, False):
            return True
        focus, key = self._window.focusWidget(), event.key()
        if focus is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if isinstance(focus, QAbstractButton):
            if key == _Key.Key_Space:
                return True
            if key in _ARROWS and _exclusive(focus):
                return True
        if isinstance(focus, QAbstractSlider) and key in (*_ARROWS, *_SCROLL):
            return True
        lists = QAbstractItemView | QComboBox | QAbstractSpinBox
        if isinstance(focus, lists) and key in (_Key.Key_Up, _Key.Key_Down, *_SCROLL):
            return True
        if isinstance(focus, QTabBar) and key in (*_ARROWS, *_ENDS):
            return True
        return key in _SCROLL and _page_of(focus) is not None

    def _press(self, event: QKeyEvent) -> bool:
        digit = digit_of(event)
        if digit is not None and self._choose(digit, True):
            return True
        focus, key = self._window.focusWidget(), event.key()
        if key in _ENTER and isinstance(focus, QAbstractButton):
            focus.click()
            return True
        if key == _Key.Key_Escape and self._window.isFullScreen():
            self._leave_full_screen()
            return True
        page = _page_of(focus)
        if key in _ENDS and page is not None:
            bar = page.verticalScrollBar()
            bar.setValue(bar.minimum() if key == _Key.Key_Home else bar.maximum())
            return True
        return False


def _exclusive(button: QAbstractButton) -> bool:
    group = button.group()
    return button.autoExclusive() or (group is not None and group.exclusive())


def _page_of(widget: QWidget | None) -> QAbstractScrollArea | None:
    """Return the nearest page around a widget, or the widget, that has something to scroll."""
    while widget is not None:
        if isinstance(widget, QAbstractScrollArea):
            bar = widget.verticalScrollBar()
            never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            if bar.maximum() > bar.minimum() and widget.verticalScrollBarPolicy() != never:
                return widget
        widget = None if widget.isWindow() else widget.parentWidget()
    return None

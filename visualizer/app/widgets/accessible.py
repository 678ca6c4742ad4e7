"""What screen readers are told beyond what Qt tells by itself: pictures, headings, announcements.

Qt asks the factory only while something asks for the accessibility tree. A heading is a label of
the kinds ``title`` and ``heading``; a picture is a widget with :attr:`spoken_value`, whose value
says what it shows now.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QLabel, QWidget

__all__ = ["HEADINGS", "Pictured", "announce", "install"]

# Kinds of labels that begin a part of a page.
HEADINGS = ("title", "heading")


@runtime_checkable
class Pictured(Protocol):
    """A widget that shows a picture."""

    @property
    def spoken_value(self) -> str:
        """What the picture shows now, no finer than it can be seen."""


class _Picture(QAccessibleWidget):
    """A picture with what it shows now as its value."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget, QAccessible.Role.Graphic, widget.accessibleName())
        self._widget = widget

    def text(self, what: QAccessible.Text) -> str:
        """Return name, description or value."""
        if what is QAccessible.Text.Value and isinstance(self._widget, Pictured):
            return self._widget.spoken_value
        return str(super().text(what))


class _Heading(QAccessibleWidget):
    """A heading, which readers jump between."""

    def __init__(self, label: QLabel) -> None:
        super().__init__(label, QAccessible.Role.Heading, label.text())


_installed = False


def install() -> None:
    """Let the interfaces of this module be used; does nothing the second time."""
    global _installed  # the factory is the application's
    if not _installed:
        _installed = True
        QAccessible.installFactory(_interface_of)


def _interface_of(key: str, thing: QObject | None) -> QAccessibleInterface | None:
    del key
    if isinstance(thing, QLabel):
        return _Heading(thing) if thing.property("kind") in HEADINGS else None
    if isinstance(thing, QWidget) and isinstance(thing, Pictured):
        return _Picture(thing)
    return None


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say something when it has said what it is at."""
    if text and QAccessible.isActive():
        event = QAccessibleAnnouncementEvent(widget, text)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
        QAccessible.updateAccessibility(event)

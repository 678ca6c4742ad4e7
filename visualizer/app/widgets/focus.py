"""Tab goes through the window as the eye does, whatever was built anew in between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QListView, QPlainTextEdit, QWidget

__all__ = ["move_focus", "tab_stops"]


def tab_stops(zones: Sequence[QWidget]) -> list[QWidget]:
    """Return what Tab reaches, zone by zone; within a zone in the order in which it was made."""
    found: list[QWidget] = []
    chain: list[tuple[QWidget, bool]] = []
    for zone in zones:
        if all(widget is not zone for widget, _ in chain):
            # once for all zones of a window
            ring = [(widget, _is_stop(widget)) for widget in _chain(zone)]
            chain = [(widget, stop) for widget, stop in ring if stop or widget in zones]
        start = next(k for k, (widget, _) in enumerate(chain) if widget is zone)
        found += [
            widget
            for widget, stop in (*chain[start:], *chain[:start])
            if stop and (widget is zone or zone.isAncestorOf(widget))
        ]
    return found


def move_focus(zones: Sequence[QWidget], now: QWidget | None, *, forward: bool) -> bool:
    """Give the focus to the next or previous stop; from the last on to the first.

    Returns
    -------
    bool
        Whether there was one.
    """
    stops = tab_stops(zones)
    if not stops:
        return False
    step, reason = (1, Qt.FocusReason.TabFocusReason) if forward else (
        -1, Qt.FocusReason.BacktabFocusReason,
    )  # fmt: skip
    if now in stops:
        target = stops[(stops.index(now) + step) % len(stops)]
    else:
        target = _beside(zones, stops, now, forward=forward)
    target.setFocus(reason)
    _scroll_to(target)
    return True


def _chain(start: QWidget) -> Iterator[QWidget]:
    """Yield a widget and all others of its window, in Qt's own chain."""
    yield start
    widget = start.nextInFocusChain()
    while widget is not None and widget is not start:
        yield widget
        widget = widget.nextInFocusChain()


def _is_stop(widget: QWidget) -> bool:
    tab = Qt.FocusPolicy.TabFocus
    if not (widget.focusPolicy() & tab and widget.isEnabled() and widget.isVisible()):
        return False
    if widget.focusProxy() is not None:
        return False
    # a page without anything to scroll would be an empty stop; its buttons are stops themselves
    return not isinstance(widget, QAbstractScrollArea) or _takes_keys(widget) or _scrolls(widget)


def _takes_keys(area: QAbstractScrollArea) -> bool:
    """Return whether an area is more than a page: a list, or a text that is written in."""
    if isinstance(area, QPlainTextEdit):
        return not area.isReadOnly()
    return isinstance(area, QListView)


def _scrolls(area: QAbstractScrollArea) -> bool:
    return area.verticalScrollBar().maximum() > area.verticalScrollBar().minimum()


def _beside(
    zones: Sequence[QWidget], stops: list[QWidget], now: QWidget | None, *, forward: bool
) -> QWidget:
    """Return the stop nearest to what has the focus without being a stop itself."""
    home = next((z for z in zones if now is not None and (z is now or z.isAncestorOf(now))), None)
    if home is not None:
        inside = [stop for stop in stops if home is stop or home.isAncestorOf(stop)]
        if inside:
            return inside[0 if forward else -1]
    return stops[0 if forward else -1]


def _scroll_to(widget: QWidget) -> None:
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QAbstractScrollArea) and hasattr(around, "ensureWidgetVisible"):
            around.ensureWidgetVisible(widget)
            return
        around = around.parentWidget()

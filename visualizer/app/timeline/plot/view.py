"""The plot in the window: scrubbed by press and drag, with cross-hair, zoom, keys and menu."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QToolButton, QToolTip, QWidget

from visualizer.analysis.plot import Plot
from visualizer.analysis.words import phase_word
from visualizer.app.session.session import Session
from visualizer.app.session.spoken import Spoken
from visualizer.app.timeline.curve_key import plot_tip
from visualizer.app.timeline.plot.canvas import PlotCanvas
from visualizer.app.timeline.plot.tag import PlotTag
from visualizer.app.timeline.scrub_hand import ScrubHand
from visualizer.app.timeline.time_window import TimeWindow
from visualizer.app.widgets.growing_page import Later
from visualizer.app.widgets.keys import claims_key
from visualizer.app.widgets.theme import BODY_PX, font, px, theme_of
from visualizer.scene.palette import Theme
from visualizer.texts import tr
from visualizer.texts.figures import figure

__all__ = ["PlotView"]

_NOTCH = 1.25  # by so much a notch of the wheel or a key zooms
_KEY_PAN = 0.1  # of what is shown
_MOST_ROWS = 10

_Key = Qt.Key
_NONE = Qt.KeyboardModifier.NoModifier


class PlotView(PlotCanvas):
    """The plot of the session's curves.

    Parameters
    ----------
    session : Session
        What is shown and sought.
    window : TimeWindow
        Which piece of time is shown.
    later : callable, optional
        Does a step in a later turn of the event loop; without it all is painted at once.
    """

    copy_wanted = Signal()

    def __init__(
        self,
        session: Session,
        window: TimeWindow,
        parent: QWidget,
        later: Later | None = None,
    ) -> None:
        super().__init__(window, theme_of(parent), parent, later)
        self.session = session
        self._grabbed: QPointF | None = None
        self._ringed = False
        self.fill_menu: Callable[[QMenu, float], object] = lambda menu, time_s: None
        self.tag = PlotTag(self.look, parent)
        self.whole = QToolButton(self)
        self.whole.setProperty("kind", "quiet")
        self.whole.setText(tr("Show all"))
        self.whole.setToolTip(tr("Show the whole repetition and all values (0)"))
        self.whole.clicked.connect(self.show_all)
        self.whole.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.whole.hide()
        self.hand = ScrubHand(self.viewport(), session, self.time_at)
        self.hand.watch(self)
        self.viewport().setCursor(Qt.CursorShape.SizeHorCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(160)
        self.fitted.connect(self._fit_button)
        self._spoken = Spoken(session, self._say, self)

    # ------------------------------------------------------------------------------- showing
    def show_plot(self, plot: Plot) -> None:
        """Take other curves."""
        super().show_plot(plot)
        self._leave()
        self._say()

    def show_theme(self, look: Theme) -> None:
        """Take a theme's colours."""
        super().show_theme(look)
        if hasattr(self, "tag"):
            self.tag.show_theme(look)

    def show_time(self, time_s: float) -> None:
        """Move the line to a time (s)."""
        super().show_time(time_s)
        if hasattr(self, "_spoken"):
            self._spoken.soon()

    def _say(self) -> None:
        if self.plot is None:
            return
        self.setAccessibleName(tr("Plot: {}").format(self.plot.title))
        # which takes clicks into the focus
        self.viewport().setAccessibleName(self.accessibleName())
        said = self.plot.empty or self.plot.sentence(self.session.wanted_s)
        how = tr("Plus and minus zoom, 0 shows all, Alt and arrows move along.")
        self.setAccessibleDescription(f"{said} {self.plot.caption}. {how}")

    # ---------------------------------------------------------------------------------- zoom
    def zoom_time(self, factor: float, at_s: float | None = None) -> None:
        """Show a shorter (a factor above 1) or longer piece about a time, the shown one usually."""
        self.window_.zoom(factor, self.session.wanted_s if at_s is None else at_s)

    @property
    def zoomed(self) -> bool:
        """Whether anything is out of sight."""
        return self.window_.zoomed or self.values_zoomed

    def show_all(self) -> None:
        """Show the whole repetition and all values."""
        self.window_.show_all()
        self.show_all_values()

    def _fit_button(self) -> None:
        self.whole.adjustSize()
        size, area = self.whole.sizeHint(), self.area
        self.whole.setGeometry(
            QRect(round(area.right()) - size.width(), 0, size.width(), min(20, size.height()))
        )
        self.whole.setVisible(self.zoomed)

    # ------------------------------------------------------------------------------ cross-hair
    def _point(self, place: QPointF | None) -> None:
        """Show the values at a place of the view, unless the hand scrubs."""
        time_s = self.point_at(None if self.hand.down else place)
        if time_s is None or place is None or self.plot is None:
            self.tag.hide()
            return
        span, share = self.session.repetition.schedule.at(time_s)
        title = tr("{time} s · {phase} {share} %").format(
            time=figure(time_s, "", 2), phase=phase_word(span.id), share=round(100 * share)
        )
        parts = len(self.plot.curves) <= _MOST_ROWS
        at = self.mapTo(self.parentWidget(), place.toPoint())
        self.tag.show_values(at, title, self.plot.readout(time_s, parts=parts))

    def _leave(self) -> None:
        self._point(None)

    # --------------------------------------------------------------------------------- mouse
    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Take hold of what is shown, with the middle button or Shift; the left one scrubs."""
        middle = event.button() == Qt.MouseButton.MiddleButton
        if middle or event.button() == Qt.MouseButton.LeftButton:
            self._grabbed = event.position()
            self._leave()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Say the values at the pointer, or move what is shown."""
        if self._grabbed is not None and event.buttons() != Qt.MouseButton.NoButton:
            way = event.position() - self._grabbed
            self._grabbed = event.position()
            shown_s = self.window_.end_s - self.window_.start_s
            self.window_.pan(-way.x() / self.area.width() * shown_s)
            self.pan_values(way.y())
        else:
            self._grabbed = None
            self._point(event.position())
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Let go."""
        self._grabbed = None
        self._point(event.position())
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Do what a press does."""
        self.mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Take the values away."""
        self._leave()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Go through the repetition; with Ctrl zoom, beside the curves or with Shift the values."""
        delta, place, keys = event.angleDelta(), event.position(), event.modifiers()
        notches = (delta.y() or delta.x()) / 120.0
        event.accept()
        if not keys & Qt.KeyboardModifier.ControlModifier:
            self.hand.wheel(notches)
        elif keys & Qt.KeyboardModifier.ShiftModifier or not self.area.contains(place):
            self.zoom_values(_NOTCH**notches, place.y())
        else:
            self.zoom_time(_NOTCH**notches, self.time_at(place.x()))

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802
        """Zoom by a pinch; say beside the curves what they are."""
        if (
            isinstance(event, QNativeGestureEvent)
            and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture
        ):
            self.zoom_time(1.0 + event.value(), self.time_at(event.position().x()))
            return True
        if isinstance(event, QHelpEvent) and self.plot is not None:
            # over the curves the card says the values
            if not self.shows_curves or not self.area.contains(QPointF(event.pos())):
                QToolTip.showText(event.globalPos(), plot_tip(self.plot), self)
            return True
        return bool(super().viewportEvent(event))

    # ------------------------------------------------------------------------- keys and menu
    def event(self, event: QEvent) -> bool:
        """Keep the keys of the plot from the window's shortcuts."""
        return claims_key(event, self._does) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Zoom, move along, show all, copy."""
        does = self._does(event)
        if does is None:
            event.ignore()
            return
        does()
        event.accept()

    def _does(self, event: QKeyEvent) -> Callable[[], object] | None:
        if event.matches(QKeySequence.StandardKey.Copy):
            return self.copy_wanted.emit
        key, shift = event.key(), Qt.KeyboardModifier.ShiftModifier
        keys = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier)
        if keys == Qt.KeyboardModifier.AltModifier:
            step = _KEY_PAN * (self.window_.end_s - self.window_.start_s)
            return {
                _Key.Key_Left: lambda: self.window_.pan(-step),
                _Key.Key_Right: lambda: self.window_.pan(step),
                _Key.Key_Up: lambda: self.pan_values(_KEY_PAN * self.height()),
                _Key.Key_Down: lambda: self.pan_values(-_KEY_PAN * self.height()),
            }.get(_Key(key))
        if keys & ~shift != _NONE:
            return None
        # plus needs Shift on some layouts
        if key in (_Key.Key_Plus, _Key.Key_Equal):
            return lambda: self.zoom_time(_NOTCH)
        if key in (_Key.Key_Minus, _Key.Key_Underscore):
            return lambda: self.zoom_time(1.0 / _NOTCH)
        return self.show_all if key == _Key.Key_0 and keys == _NONE else None

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Offer what can be done with the plot."""
        self._leave()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        where, time_s = event.globalPos(), self.time_at(event.pos().x())
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            time_s = self.session.wanted_s
            where = self.mapToGlobal(self.area.center().toPoint())
        self.fill_menu(menu, time_s)
        menu.popup(where)
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Show the ring when the focus came by key."""
        keys = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self._ringed = event.reason() in keys
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Hide the ring."""
        self._ringed = False
        super().focusOutEvent(event)
        self.viewport().update()

    # ------------------------------------------------------------------------------ painting
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the plot; where there is nothing to show, a sentence that says why."""
        super().paintEvent(event)
        empty = self.plot.empty if self.plot is not None else ""
        if not empty and not self._ringed:
            return
        painter = QPainter(self.viewport())
        if empty:
            painter.setFont(font(px(BODY_PX)))
            painter.setPen(QColor(self.look.secondary))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.area.adjusted(8, 0, -8, 0), flags, empty)
        if self._ringed:
            painter.setPen(QPen(QColor(self.look.ring), 2.0))
            painter.drawRect(self.area.adjusted(1, 1, -1, -1))
        painter.end()

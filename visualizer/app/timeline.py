"""The timeline: phases, curves and one lane per working muscle, with a cursor to drag.

A pyqtgraph plot whose horizontal unit is the second and whose vertical unit is the pixel, so that
lanes keep their height at any size of the window. The plot's own mouse handling is off: any press
or drag seeks the session, so nothing in it can be moved out of place.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QMouseEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QScrollBar, QToolTip, QWidget

from visualizer.app.choices import CurveKind
from visualizer.app.curve_key import strip_tip
from visualizer.app.curve_strip import Strip, strip_of
from visualizer.app.lane_names import LaneNames
from visualizer.app.lanes import LANE_PX, LINES, Lane, lanes_of
from visualizer.app.load_panel import LoadPanel
from visualizer.app.pointing import Pointed, hold_lost
from visualizer.app.scrubber import Scrubber
from visualizer.app.session import Session
from visualizer.app.state import SessionState
from visualizer.app.timeline_items import TOP_PX, Content, Cursor, Ground, curve_y
from visualizer.exercise.repetition import Instant
from visualizer.scene.palette import Theme, theme
from visualizer.texts import language, tr

__all__ = ["Timeline"]

# A press that moves less than this is a click.
_CLICK_PX = 4
_WHEEL_STEP = 0.02  # of the repetition per notch


class Timeline(QWidget):
    """Phases, curves, lanes and the cursor.

    Parameters
    ----------
    session : Session
        What is shown and sought.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("zone")
        self.setAccessibleName(tr("Timeline"))
        self._session = session
        self.names = LaneNames(session, self)
        self.plot = _Plot(session, self)
        self.scrubber = Scrubber(session, self)
        self.scroll_bar = QScrollBar(Qt.Orientation.Vertical, self)
        self.scroll_bar.setAccessibleName(tr("Scroll the muscles’ lanes"))
        self.scroll_bar.setSingleStep(LANE_PX)
        self.scroll_bar.valueChanged.connect(self._scrolled)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 8, 8)
        row.setSpacing(0)
        row.addWidget(self.names)
        row.addWidget(self.plot, 1)
        row.addWidget(self.scroll_bar)
        self.setMinimumHeight(TOP_PX + 3 * LANE_PX + 8)
        self.plot.resized.connect(self._fit)
        self._load_panel = LoadPanel(session, self)
        self.names.key.load_wanted.connect(lambda: self.show_load_panel())
        self.names.wheel_turned.connect(self.scroll_lanes)
        self.names.focus_came.connect(self._reveal)
        self.plot.lanes_wheel_turned.connect(self.scroll_lanes)
        self.show_state(None, session.state)

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """The lanes from top to bottom."""
        return self.plot.content.lanes

    def show_state(self, old: SessionState | None, new: SessionState) -> None:
        """Show a variation, the selection, a theme."""
        changed = old is None or (old.variation, old.side) != (new.variation, new.side)
        if changed:
            lanes = lanes_of(self._session.repetition, language())
            self.plot.show_repetition(lanes)
            self.names.show_lanes(lanes)
        key = self.names.key
        if old is None or changed or _other_curves(old, new):
            strip = strip_of(self._session)
            self.plot.show_strip(strip)
            key.show_strip(strip)
        key.show_state(new)
        self._load_panel.show_state(new)
        if old is None or old.theme != new.theme:
            self.plot.show_theme(theme(new.theme))
            self.names.show_theme(theme(new.theme))
        # what was put off while playing
        self.scrubber.show_instant()
        muscles = self._lanes_with(new.selection)
        self.plot.show_content(selected=muscles)
        self.names.show_selection(muscles)
        if changed:
            self._fit()
            self.show_instant(self._session.instant)
        if old is not None and (changed or old.selection != new.selection):
            for row, lane in reversed(list(enumerate(self.lanes))):
                if lane.muscle in muscles:
                    self._reveal(row)

    def show_instant(self, instant: Instant) -> None:
        """Move the cursor; never emits."""
        self.plot.cursor_item.setPos(instant.time_s, 0.0)
        self.names.key.show_instant(instant)
        self.names.show_phase(instant.phase)
        self.scrubber.show_instant()

    def show_hover(self, muscle: str | None) -> None:
        """Point out the lane of the muscle under the mouse."""
        self.names.show_hover(self._lanes_with(muscle))

    def show_load_panel(self, *, borrowed: bool = False) -> LoadPanel:
        """Ask for the load; ``borrowed`` where the curves will be others again afterwards."""
        anchor = self.names.key.load if self.names.key.load.isVisible() else self.names.key.chooser
        self._load_panel.open_above(anchor, borrowed=borrowed)
        return self._load_panel

    def scroll_lanes(self, notches: float) -> None:
        """Scroll the lanes by notches of the wheel, away from the user: up."""
        bar = self.scroll_bar
        bar.setValue(bar.value() - round(notches * LANE_PX))

    def _reveal(self, row: int) -> None:
        """Scroll just so far that a lane is seen whole."""
        bar = self.scroll_bar
        top = row * LANE_PX
        bar.setValue(min(max(bar.value(), top + LANE_PX - bar.pageStep()), top))

    def _lanes_with(self, muscle: str | None) -> frozenset[str]:
        """Return the muscles of the lanes that a muscle or a part of it belongs to.

        Of a muscle with a lane of its own, that one alone.
        """
        if any(lane.muscle == muscle for lane in self.lanes):
            return frozenset({muscle} if muscle is not None else ())
        own, reach = self._session.catalog.surface_set(muscle), self._session.repetition.reach
        stated = self._session.variation.muscles
        return frozenset(a.muscle for a in stated if own & set(reach(a).surfaces))

    def _fit(self) -> None:
        self.scrubber.setGeometry(self.plot.geometry())
        self.scrubber.raise_()
        room = max(self.plot.height() - TOP_PX, LANE_PX)
        hidden = max(0, len(self.lanes) * LANE_PX - room)
        self.scroll_bar.setRange(0, hidden)
        self.scroll_bar.setPageStep(room)
        self.scroll_bar.setVisible(hidden > 0)

    def _scrolled(self, offset_px: int) -> None:
        self.plot.show_content(offset_px=offset_px)
        self.names.scroll_to(offset_px)


def _other_curves(old: SessionState, new: SessionState) -> bool:
    if old.curves is not new.curves:
        return True
    other = old.selection != new.selection if new.curves.of_muscle else old.load != new.load
    return other and new.curves is not CurveKind.ANGLES


class _Plot(pg.PlotWidget):  # type: ignore[misc]
    """The plot: x in seconds, y in pixels downwards."""

    resized = Signal()
    lanes_wheel_turned = Signal(float)  # notches over the lanes, where some are hidden

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent, enableMenu=False)
        self.session = session
        self.content = Content(theme(session.state.theme))
        self._pressed: QPointF | None = None
        self.viewport().setCursor(Qt.CursorShape.SizeHorCursor)
        self._pointed = Pointed(self.viewport(), session, self._muscle_at, hand=False)
        self.setAccessibleName(tr("Timeline of the repetition"))
        self.setAccessibleDescription(
            tr("Click or drag to go to a moment; arrow keys go step by step.")
        )
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAntialiasing(True)
        self.setFrameShape(self.Shape.NoFrame)
        self.setMinimumWidth(160)
        item = self.getPlotItem()
        item.hideButtons()
        # pyqtgraph makes it without a parent, and it would outlive the window
        item.ctrlMenu.setParent(self, Qt.WindowType.Popup)
        for side in ("left", "right", "top", "bottom"):
            item.hideAxis(side)
        item.layout.setContentsMargins(0, 0, 0, 0)
        box = item.getViewBox()
        box.setMouseEnabled(False, False)
        box.disableAutoRange()
        box.setDefaultPadding(0.0)
        box.invertY(True)
        self.ground = Ground(self.content)
        self.addItem(self.ground, ignoreBounds=True)
        self.curves = tuple(pg.PlotCurveItem(antialias=True) for _ in LINES)
        for curve in self.curves:
            curve.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
            self.addItem(curve, ignoreBounds=True)
        self.cursor_item = Cursor(self.content)
        self.addItem(self.cursor_item, ignoreBounds=True)
        # from here on resize events may come
        self._ready = True

    # ------------------------------------------------------------------------------- showing
    def show_content(self, **fields: Any) -> None:
        """Change what is shown; nothing is painted when nothing changes."""
        content = replace(self.content, **fields)
        if content != self.content:
            self.content = content
            self.ground.show_content(content)
            self.cursor_item.show_content(content)
            self._pointed.soon()

    def show_repetition(self, lanes: tuple[Lane, ...]) -> None:
        """Take the lanes of the session's repetition."""
        self.show_content(lanes=lanes, spans=self.session.repetition.schedule.spans)
        self._fit()

    def show_strip(self, strip: Strip) -> None:
        """Take other curves."""
        for k, curve in enumerate(self.curves):
            shown = k < len(strip.traces)
            if shown:
                trace = strip.traces[k]
                curve.setData(strip.time_s, curve_y(trace, trace.values))
            curve.setVisible(shown)
        self.show_content(strip=strip)

    def show_theme(self, look: Theme) -> None:
        """Take a theme's colours."""
        self.setBackground(look.panel)
        self.show_content(look=look)
        self._ink_curves()

    def _ink_curves(self) -> None:
        # a cosmetic pen is measured in pixels of the screen, not in logical ones
        width = 1.5 * self.devicePixelRatioF()
        for curve, line in zip(self.curves, LINES, strict=True):
            pen = QPen(QColor(self.content.look.text), width, line)
            pen.setCosmetic(True)
            curve.setPen(pen)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Keep one unit of height one pixel."""
        super().resizeEvent(event)
        if getattr(self, "_ready", False):
            self._fit()
            self.resized.emit()

    def _fit(self) -> None:
        width, height = float(max(self.width(), 1)), float(max(self.height(), 1))
        self.show_content(width_px=width, height_px=height)
        self._ink_curves()
        self.getPlotItem().getViewBox().setRange(
            xRange=(0.0, self.content.duration_s), yRange=(0.0, height), padding=0.0
        )

    # --------------------------------------------------------------------------------- mouse
    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Seek where the mouse is pressed, and hold the moment there."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position()
            self.session.hold(self)
            self._seek(event)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Seek along while dragging; name the muscle of the lane."""
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self._let_go()
        if self._pressed is not None:
            self._seek(event)
        self._pointed.move_to(event.position())
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Let go; select the lane's muscle when the mouse was not dragged."""
        pressed = self._pressed
        if pressed is not None and event.button() == Qt.MouseButton.LeftButton:
            self._let_go()
            way = event.position() - pressed
            lane = self.content.lane_at(event.position().y())
            if lane is not None and abs(way.x()) + abs(way.y()) < _CLICK_PX:
                self.session.change(selection=lane.muscle)
        event.accept()

    def _let_go(self) -> None:
        self._pressed = None
        self.session.let_go(self)

    def event(self, event: QEvent) -> bool:
        """Let go also when the release goes elsewhere."""
        if hold_lost(event) and getattr(self, "_ready", False):
            self._let_go()
        return bool(super().event(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Do what a press does."""
        self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Seek by a fiftieth of the repetition per notch; scroll lanes when some are hidden."""
        delta = event.angleDelta()
        notches = (delta.y() or delta.x()) / 120.0
        session = self.session
        event.accept()
        if delta.y() and event.position().y() >= TOP_PX and self.content.lanes_hidden:
            self.lanes_wheel_turned.emit(notches)
        elif self._pressed is None:
            step_s = _WHEEL_STEP * session.repetition.schedule.duration_s
            session.nudge(session.wanted_s - notches * step_s)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802
        """Say all about the curves under a resting mouse."""
        strip = self.content.strip if getattr(self, "_ready", False) else None
        if isinstance(event, QHelpEvent) and strip is not None and event.pos().y() < TOP_PX:
            tip = strip_tip(strip, self.content.time_at(event.pos().x()))
            QToolTip.showText(event.globalPos(), tip, self)
            return True
        return bool(super().viewportEvent(event))

    def _muscle_at(self, point: QPointF) -> str | None:
        if not self.viewport().rect().contains(point.toPoint()):
            return None
        lane = self.content.lane_at(point.y())
        return lane.muscle if lane is not None else None

    def _seek(self, event: QMouseEvent) -> None:
        self.session.seek(self.content.time_at(event.position().x()))

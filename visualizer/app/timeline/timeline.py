"""The timeline: phases, curves and one lane per working muscle, on one piece of time.

From top to bottom: the row of phases, the plot of curves with its axes, the lanes. At the left of
them stand the key of the curves and the muscles' names. A press or drag on any of them goes to a
moment.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QScrollBar, QWidget

from visualizer.analysis.plot import Plot
from visualizer.analysis.plot_kinds import PLOT_KINDS, plot_of
from visualizer.analysis.plot_pair import with_second
from visualizer.analysis.plot_subject import Subject
from visualizer.app.session.comparing import Comparing, body_name
from visualizer.app.session.following import CURVES_MS, Following
from visualizer.app.session.looping import mark_between
from visualizer.app.session.session import Session
from visualizer.app.session.state import SessionState, load_alone, other_repetition
from visualizer.app.timeline.curve_key import CurveKey
from visualizer.app.timeline.lane_bars import LaneBars
from visualizer.app.timeline.lane_names import NAMES_PX, LaneNames
from visualizer.app.timeline.lanes import HEADER_PX, LANE_PX, PLOT_PX, Lane, lanes_of
from visualizer.app.timeline.load_panel import LoadPanel
from visualizer.app.timeline.loop_menu import fill_loop
from visualizer.app.timeline.phase_row import PhaseRow
from visualizer.app.timeline.plot.axis import AXIS_PX
from visualizer.app.timeline.plot.files import PlotFiles
from visualizer.app.timeline.plot.view import PlotView
from visualizer.app.timeline.scrubber import Scrubber
from visualizer.app.timeline.time_window import TimeWindow
from visualizer.app.widgets.growing_page import Later
from visualizer.app.widgets.theme import px, theme_of
from visualizer.effort.sharing import Effort
from visualizer.exercise.repetition import Instant, Repetition
from visualizer.texts import language, tr

__all__ = ["Timeline", "session_plot"]

_LEFT_PX, _RIGHT_PX, _BELOW_PX, _GAP_PX = 12, 8, 8, 3
_LEAST_LANES = 3
_SCROLL_PX = 8
# Of the height; higher a plot is not easier to read.
_PLOT_SHARE, _MOST_PLOT_PX = 0.38, 320


class Timeline(QWidget):
    """Phases, curves, lanes and the cursor.

    Parameters
    ----------
    session : Session
        What is shown and sought.
    later : callable, optional
        Does a step in a later turn of the event loop; without it all is painted at once.
    """

    def __init__(
        self, session: Session, parent: QWidget | None = None, later: Later | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("zone")
        self.setAccessibleName(tr("Timeline"))
        self._session = session
        self._comparing: Comparing | None = None
        self.window_ = TimeWindow(self)
        self.phases = PhaseRow(self.window_, self)
        self.phases.range_wanted.connect(partial(mark_between, session))
        self.phases.clicked.connect(session.nudge)
        self.key = CurveKey(session, px(NAMES_PX) - px(AXIS_PX), self)
        self.plot = PlotView(session, self.window_, self, later)
        self.plot.fill_menu = self._fill_menu
        self.files = PlotFiles(self.plot, self)
        self.plot.copy_wanted.connect(self.files.copy_picture)
        self.names = LaneNames(session, self)
        self.bars = LaneBars(session, self.window_, self, later)
        self.scrubber = Scrubber(session, self)
        self.scroll_bar = QScrollBar(Qt.Orientation.Vertical, self)
        self.scroll_bar.setAccessibleName(tr("Scroll the muscles’ lanes"))
        self.scroll_bar.setSingleStep(px(LANE_PX))
        self.scroll_bar.valueChanged.connect(self._scrolled)
        self.setMinimumHeight(
            px(HEADER_PX) + px(PLOT_PX) + _GAP_PX + _LEAST_LANES * px(LANE_PX) + _BELOW_PX
        )
        self._load_panel = LoadPanel(session, self)
        self._curves = Following(session, self._show_plot, self, CURVES_MS)
        session.effort_changed.connect(self._show_effort)
        self.key.load_wanted.connect(lambda: self.show_load_panel())
        self.names.focus_came.connect(self._reveal)
        for view in (self.names, self.bars):
            view.wheel_turned.connect(self.scroll_lanes)
        self.show_state(None, session.state)

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """The lanes from top to bottom."""
        return self.bars.lanes

    def show_state(self, old: SessionState | None, new: SessionState) -> None:
        """Show a variation, the selection, a theme."""
        changed = other_repetition(old, new)
        if changed:
            lanes = lanes_of(self._session.repetition, language())
            self.window_.take(self._session.repetition.schedule.spans)
            self.bars.show_lanes(lanes)
            self.names.show_lanes(lanes)
        if old is None or changed or _other_curves(old, new):
            if load_alone(old, new):
                self._curves.follow()
            else:
                self._curves.now()
        self.key.show_state(new)
        self._load_panel.show_state(new)
        if old is None or old.theme != new.theme:
            look = theme_of(self)
            self.plot.show_theme(look)
            self.names.show_theme(look)
        self.window_.mark(self._session.marked_s)
        # what was put off while playing
        self.scrubber.show_instant()
        muscles = self._lanes_with(new.selection)
        self.bars.show_selection(muscles)
        self.names.show_selection(muscles)
        lit = self._lit()
        self.bars.show_lit(lit)
        self.names.show_lit(lit)
        if changed:
            self._fit()
            self.show_instant(self._session.instant)
        if old is not None and (changed or old.selection != new.selection):
            for row, lane in reversed(list(enumerate(self.lanes))):
                if lane.muscle in muscles:
                    self._reveal(row)

    def _show_effort(self) -> None:
        if PLOT_KINDS[self._session.state.curves].of_effort:
            self._curves.follow()

    def compare(self, comparing: Comparing) -> None:
        """Show the curves of a second body, too, whenever there is one."""
        self._comparing = comparing
        comparing.changed.connect(self._curves.now)
        # which tells of both bodies
        self._session.effort_changed.disconnect(self._show_effort)
        comparing.effort_changed.connect(self._show_effort)
        if comparing.second is not None:
            self._curves.now()

    def _show_plot(self) -> None:
        plot, session = session_plot(self._session), self._session
        second = None if self._comparing is None else self._comparing.second
        if second is not None:
            repetition = second.repetition.usual.in_tempo(session.state.tempo)
            other = _plot_of(session.state, repetition, second.effort)
            name, its = body_name(second), repetition.schedule
            plot = with_second(plot, session.repetition.schedule, other, its, name)
        self.plot.show_plot(plot)
        self.key.show_plot(plot)
        self.phases.show_caption(plot.caption)

    def show_instant(self, instant: Instant) -> None:
        """Move the cursor; never emits."""
        self.window_.reveal(instant.time_s)
        self.plot.show_time(instant.time_s)
        self.bars.show_time(instant.time_s)
        self.key.show_instant(instant)
        self.names.show_phase(instant.phase)
        self.scrubber.show_instant()

    def show_hover(self, muscle: str | None) -> None:
        """Point out the lane of the muscle under the mouse."""
        self.names.show_hover(self._lanes_with(muscle))

    def show_load_panel(self, *, borrowed: bool = False) -> LoadPanel:
        """Ask for the load; ``borrowed`` where the curves will be others again afterwards."""
        anchor = self.key.load if self.key.load.isVisible() else self.key.chooser
        self._load_panel.open_above(anchor, borrowed=borrowed)
        return self._load_panel

    def scroll_lanes(self, notches: float) -> None:
        """Scroll the lanes by notches of the wheel, away from the user: up."""
        bar = self.scroll_bar
        bar.setValue(bar.value() - round(notches * px(LANE_PX)))

    def _reveal(self, row: int) -> None:
        """Scroll just so far that a lane is seen whole."""
        bar = self.scroll_bar
        top = row * px(LANE_PX)
        bar.setValue(min(max(bar.value(), top + px(LANE_PX) - bar.pageStep()), top))

    def _lanes_with(self, muscle: str | None) -> frozenset[str]:
        """Return the muscles of the lanes that a muscle or a part of it belongs to.

        Of a muscle with a lane of its own, that one alone.
        """
        if any(lane.muscle == muscle for lane in self.lanes):
            return frozenset({muscle} if muscle is not None else ())
        own, reach = self._session.catalog.surface_set(muscle), self._session.repetition.reach
        stated = self._session.variation.muscles
        return frozenset(a.muscle for a in stated if own & set(reach(a).surfaces))

    def _lit(self) -> frozenset[str]:
        """Return the muscles whose lanes keep their colours: all, or what is shown alone."""
        session, only = self._session, self._session.only
        reach = session.repetition.reach
        return frozenset(
            action.muscle
            for action in session.variation.muscles
            if only is None or session.state.veil or only & set(reach(action).surfaces)
        )

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Share the room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Place the parts: the lanes get what they need, the plot the rest."""
        height = self.height() - px(HEADER_PX) - _GAP_PX - _BELOW_PX
        # the plot takes what the lanes leave, and its share where they cannot all be seen
        spare = height - len(self.lanes) * px(LANE_PX)
        high = max(spare, round(_PLOT_SHARE * height), px(PLOT_PX))
        high = max(min(high, height - _LEAST_LANES * px(LANE_PX), px(_MOST_PLOT_PX)), 1)
        left, top = _LEFT_PX + px(NAMES_PX), px(HEADER_PX) + high + _GAP_PX
        wide = max(self.width() - left - px(AXIS_PX) - _RIGHT_PX, 1)
        room = max(self.height() - top - _BELOW_PX, px(LANE_PX))
        self.phases.setGeometry(left, 0, wide, px(HEADER_PX))
        self.key.setGeometry(_LEFT_PX, 0, px(NAMES_PX), px(HEADER_PX) + high)
        self.plot.setGeometry(left - px(AXIS_PX), px(HEADER_PX), wide + 2 * px(AXIS_PX), high)
        self.plot.raise_()
        self.names.setGeometry(_LEFT_PX, top, px(NAMES_PX), room)
        self.bars.setGeometry(left, top, wide, room)
        self.scroll_bar.setGeometry(left + wide + _RIGHT_PX, top, _SCROLL_PX, room)
        self.scrubber.setGeometry(QRect(left, 0, wide, top + room))
        self.scrubber.raise_()
        hidden = self.bars.hidden_px
        self.scroll_bar.setRange(0, hidden)
        self.scroll_bar.setPageStep(room)
        self.scroll_bar.setVisible(hidden > 0)

    def _scrolled(self, offset_px: int) -> None:
        self.bars.scroll_to(offset_px)
        self.names.scroll_to(offset_px)

    def _fill_menu(self, menu: QMenu, time_s: float) -> None:
        """Put what can be done with the plot, at a time (s), into a menu."""
        plot = self.plot
        fill_loop(menu, self._session, time_s)
        menu.addSeparator()
        menu.addActions(self.key.chooser.menu().actions())
        menu.addSeparator()
        menu.addAction(tr("Zoom &in"), lambda: plot.zoom_time(1.5))
        menu.addAction(tr("Zoom &out"), lambda: plot.zoom_time(1 / 1.5))
        menu.addAction(tr("Sho&w all"), plot.show_all).setEnabled(plot.zoomed)
        menu.addSeparator()
        for text, do in (
            (tr("&Copy as a picture"), self.files.copy_picture),
            (tr("Copy as a &table"), self.files.copy_table),
            (tr("Save as a &picture…"), self.files.save_picture),
            (tr("Save as a ta&ble…"), self.files.save_table),
        ):
            menu.addAction(text, do)


def session_plot(session: Session) -> Plot:
    """Return the curves that the session's state asks for."""
    return _plot_of(session.state, session.repetition, session.effort)


def _plot_of(state: SessionState, repetition: Repetition, effort: Effort | None) -> Plot:
    load = state.load.load(repetition.variation)
    subject = Subject(repetition, load, state.selection, state.mass_unit, effort)
    return plot_of(state.curves, subject)


def _other_curves(old: SessionState, new: SessionState) -> bool:
    if old.curves != new.curves:
        return True
    kind = PLOT_KINDS[new.curves]
    if kind.of_effort and load_alone(old, new):
        return False  # the estimate of the new load comes by itself
    return (kind.of_muscle and old.selection != new.selection) or (
        kind.of_load and (old.load, old.mass_unit) != (new.load, new.mass_unit)
    )

"""The plot of the curves: axes, cross-hair, zoom, keys, menu, what it says."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.helpers.repetitions import repetition
from visualizer.analysis.plot import Plot
from visualizer.analysis.plot_kinds import PLOT_KINDS, plot_of
from visualizer.analysis.plot_pair import with_second
from visualizer.analysis.plot_subject import Subject
from visualizer.app.session.session import Session
from visualizer.app.timeline.plot.axis import AXIS_PX, tick_step
from visualizer.app.timeline.plot.canvas import PlotCanvas
from visualizer.app.timeline.plot.labels import places_of
from visualizer.app.timeline.plot.view import PlotView
from visualizer.app.timeline.time_window import TimeWindow
from visualizer.app.timeline.timeline import Timeline
from visualizer.app.widgets.theme import CAPTION_PX, font, px
from visualizer.catalog.variation import Basis
from visualizer.exercise.loading import LoadChoice
from visualizer.scene.palette import theme


@pytest.fixture
def timeline(session: Session, qtbot: QtBot) -> Timeline:
    made = Timeline(session)
    session.instant_changed.connect(made.show_instant)
    session.state_changed.connect(made.show_state)
    qtbot.addWidget(made)
    made.resize(1024, 340)
    made.show()
    return made


@pytest.fixture
def plot(timeline: Timeline) -> PlotView:
    return timeline.plot


def at(plot: PlotView, share: float, y: float = 40.0) -> QPointF:
    area = plot.area
    return QPointF(area.left() + share * area.width(), y)


def wheel(plot: PlotView, place: QPointF, notches: int, keys: Qt.KeyboardModifier) -> None:
    event = QWheelEvent(
        place, plot.viewport().mapToGlobal(place), QPoint(), QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton, keys, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(plot.viewport(), event)


def shown(plot: PlotView) -> Plot:
    assert plot.plot is not None
    return plot.plot


def seen(plot: PlotView) -> tuple[float, float]:
    return plot.window_.start_s, plot.window_.end_s


# ------------------------------------------------------------------------------------------ axes
@pytest.mark.parametrize("kind", PLOT_KINDS)
def test_each_axis_has_a_unit_and_round_ticks_within_the_values_seen(
    session: Session, plot: PlotView, kind: str
) -> None:
    session.change(curves=kind)
    plot.grab()
    for axis, quantity in zip((plot.left, plot.right), shown(plot).quantities, strict=False):
        assert quantity.unit in axis.label.toPlainText()
        assert axis.label.boundingRect().width() <= plot.area.height()
        assert len(axis.ticks) >= 2
        steps = np.diff(axis.ticks)
        np.testing.assert_allclose(steps, steps[0])
        low, high = axis.range
        assert all(low <= tick <= high for tick in axis.ticks)
        assert tick_step(high - low, (high - low) / steps[0]) == pytest.approx(steps[0])


def test_a_second_quantity_stands_on_its_own_axis(plot: PlotView) -> None:
    hip, _, bar = shown(plot).main
    low, high = plot.right.range
    for curve, axis in ((hip, plot.left.range), (bar, plot.right.range)):
        value = float(curve.values[len(curve.values) // 3])
        share = (plot.area.bottom() - plot.y_of(value, curve.quantity)) / plot.area.height()
        assert axis[0] + share * (axis[1] - axis[0]) == pytest.approx(value)
    assert low < bar.values.min() < bar.values.max() < high


def test_curves_stand_over_the_lanes(session: Session, timeline: Timeline, plot: PlotView) -> None:
    for time_s in (0.0, 1.0, 2.2):
        x = plot.x_of(time_s) + plot.x()
        assert x == pytest.approx(timeline.bars.x_of(time_s) + timeline.bars.x())
        assert x == pytest.approx(
            timeline.window_.x_of(time_s, timeline.phases.width()) + timeline.phases.x()
        )


def test_seconds_are_written_where_there_is_room(
    timeline: Timeline, plot: PlotView, turn: Callable[[], None]
) -> None:
    timeline.resize(1024, 520)
    turn()
    assert plot.has_time_axis
    plot.grab()
    assert plot.bottom.ticks[0] == 0.0
    timeline.resize(1024, 200)
    turn()
    assert not plot.has_time_axis
    assert plot.area.width() == plot.width() - 2 * AXIS_PX


def test_computed_and_published_ranges_look_different(session: Session, plot: PlotView) -> None:
    angles = shown(plot)
    (published,) = angles.bands
    assert published.ground is Basis.STUDY
    with_it = plot.grab().toImage()
    plain = replace(published, ground=Basis.MODEL)
    plot.show_plot(replace(angles, bands=(plain,)))
    assert plot.grab().toImage() != with_it
    plot.show_plot(replace(angles, bands=()))
    assert plot.grab().toImage() != with_it


# ------------------------------------------------------------------------------------ cross-hair
def test_the_cross_hair_says_the_value_of_every_curve_at_the_pointer(
    session: Session, timeline: Timeline, plot: PlotView, mouse: Any
) -> None:
    m = mouse(plot.viewport())
    m.move(at(plot, 0.25))
    assert plot.tag.isVisible()
    time_s = plot.time_at(at(plot, 0.25).x())
    span, _ = session.repetition.schedule.at(time_s)
    assert plot.tag.title.startswith(f"{time_s:.2f} s · Lift ")
    assert span.id == "lift"
    assert dict(plot.tag.rows) == dict(shown(plot).readout(time_s))
    assert {c.name for c in shown(plot).main} <= dict(plot.tag.rows).keys()
    assert timeline.rect().contains(plot.tag.geometry())
    # beside the curves, and while the hand scrubs, there is none
    m.move(QPointF(5.0, 40.0))
    assert not plot.tag.isVisible()
    m.move(at(plot, 0.9))
    assert timeline.rect().contains(plot.tag.geometry())
    m.press(at(plot, 0.9))
    m.move(at(plot, 0.8), Qt.MouseButton.LeftButton)
    assert not plot.tag.isVisible()
    m.release(at(plot, 0.8))
    assert plot.tag.isVisible()
    QApplication.sendEvent(plot, QEvent(QEvent.Type.Leave))
    assert not plot.tag.isVisible()


def test_the_parts_are_named_at_the_pointer(session: Session, plot: PlotView, mouse: Any) -> None:
    session.change(curves="length", selection="quadriceps")
    mouse(plot.viewport()).move(at(plot, 0.5))
    assert "Rectus femoris" in dict(plot.tag.rows)


# ------------------------------------------------------------------------------- zoom and pan
def test_ctrl_and_the_wheel_zoom_about_the_pointer_and_lanes_follow(
    session: Session, timeline: Timeline, plot: PlotView
) -> None:
    place = at(plot, 0.25)
    time_s = plot.time_at(place.x())
    wheel(plot, place, 3, Qt.KeyboardModifier.ControlModifier)
    assert timeline.window_.zoomed
    assert plot.time_at(place.x()) == pytest.approx(time_s)
    assert timeline.bars.x_of(time_s) == pytest.approx(plot.x_of(time_s) - AXIS_PX, abs=0.01)
    assert session.wanted_s == 0.0
    assert plot.whole.isVisible()
    plot.whole.click()
    assert seen(plot) == pytest.approx((0.0, session.repetition.schedule.duration_s))
    assert not plot.whole.isVisible()


def test_values_are_zoomed_and_moved_and_all_come_back(plot: PlotView, mouse: Any) -> None:
    before = plot.box.viewRange()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    wheel(plot, at(plot, 0.5), 4, both)
    zoomed = plot.box.viewRange()[1]
    assert zoomed[1] - zoomed[0] < before[1][1] - before[1][0]
    m = mouse(plot.viewport())
    m.drag(at(plot, 0.5, 20.0), at(plot, 0.5, 40.0), Qt.MouseButton.MiddleButton)
    assert plot.box.viewRange()[1] != zoomed
    # beside the curves the wheel zooms the values, too
    wheel(plot, QPointF(10.0, 40.0), -30, Qt.KeyboardModifier.ControlModifier)
    assert not plot.values_zoomed
    assert plot.box.viewRange() == before


def test_shift_and_a_drag_move_the_piece_and_do_not_scrub(
    session: Session, plot: PlotView, mouse: Any
) -> None:
    plot.zoom_time(4.0, 1.0)
    start = seen(plot)[0]
    m = mouse(plot.viewport())
    m.drag(at(plot, 0.5), at(plot, 0.25), keys=Qt.KeyboardModifier.ShiftModifier)
    assert seen(plot)[0] > start
    assert session.wanted_s == 0.0


def test_keys_zoom_about_the_moment_move_along_and_show_all(
    session: Session, plot: PlotView, qtbot: QtBot, turn: Callable[[], None]
) -> None:
    session.seek(1.0)
    turn()
    qtbot.keyClick(plot, Qt.Key.Key_Plus)
    qtbot.keyClick(plot, Qt.Key.Key_Equal)
    first = seen(plot)
    assert first[0] < 1.0 < first[1]
    qtbot.keyClick(plot, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert seen(plot)[0] > first[0]
    qtbot.keyClick(plot, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert seen(plot) == pytest.approx(first)
    qtbot.keyClick(plot, Qt.Key.Key_Minus)
    qtbot.keyClick(plot, Qt.Key.Key_0)
    assert not plot.zoomed


def test_a_moment_out_of_sight_is_turned_to(
    session: Session, plot: PlotView, turn: Callable[[], None]
) -> None:
    plot.zoom_time(5.0, 0.5)
    for share in (0.9, 0.2, 1.0, 0.0):
        session.seek(share * session.repetition.schedule.duration_s)
        turn()
        start, end = seen(plot)
        assert start - 1e-9 <= session.instant.time_s <= end + 1e-9
        assert plot.line_x is not None


def test_another_variation_keeps_the_share_that_is_seen(session: Session, plot: PlotView) -> None:
    plot.zoom_time(2.0, 0.0)
    session.change(variation="glute-bridge")
    assert seen(plot)[1] == pytest.approx(session.repetition.schedule.duration_s / 2)


# -------------------------------------------------------------------------------- words and menu
def test_it_says_its_values_to_a_screen_reader(
    session: Session, plot: PlotView, turn: Callable[[], None]
) -> None:
    assert plot.accessibleName() == "Plot: Angles and height"
    session.seek(1.2)
    turn()
    said = plot.accessibleDescription()
    assert said.startswith(shown(plot).sentence(session.wanted_s))
    session.change(curves="length", selection="masseter")
    assert plot.accessibleDescription().startswith(shown(plot).empty)


def test_the_menu_opens_by_key_and_chooses_curves(
    session: Session, plot: PlotView, turn: Callable[[], None]
) -> None:
    place = at(plot, 0.5).toPoint()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, plot.mapToGlobal(place))
    QApplication.sendEvent(plot, event)
    (menu,) = plot.findChildren(QMenu)
    texts = [a.text().replace("&", "") for a in menu.actions()]
    assert {kind.title for kind in PLOT_KINDS.values()} <= set(texts)
    assert "Zoom in" in texts
    next(a for a in menu.actions() if a.data() == "arms").trigger()
    assert session.state.curves == "arms"
    menu.close()


# --------------------------------------------------------------------------- names at the curves
def test_names_stand_beside_their_own_curve_and_on_none() -> None:
    x = np.linspace(0.0, 600.0, 200)
    up, down = 80.0 - 60.0 * x / 600.0, 20.0 + 60.0 * x / 600.0
    sizes = [(60.0, 12.0), (70.0, 12.0)]
    places = places_of(x, [up, down], sizes, (600.0, 100.0))
    for own, other, size, place in zip((up, down), (down, up), sizes, places, strict=True):
        assert place is not None
        left, top = place
        under = (x >= left) & (x <= left + size[0])
        for curve in (own, other):
            assert not ((curve[under] > top) & (curve[under] < top + size[1])).any()
        near = [min(abs(c[under] - top).min(), abs(c[under] - top - size[1]).min())
                for c in (own, other)]  # fmt: skip
        assert near[0] < near[1]


@pytest.mark.parametrize("other", ["glute-bridge", "banded-hip-thrust", "romanian-deadlift"])
@pytest.mark.parametrize("size", [(1100, 60), (1100, 140), (420, 60), (420, 140)])
def test_names_of_two_bodies_neither_meet_nor_are_cut_nor_mistaken(
    qtbot: QtBot, size: tuple[int, int], other: str
) -> None:
    one, two = repetition("barbell-hip-thrust"), repetition(other)
    first, second = (
        plot_of("angles", Subject(r, LoadChoice().load(r.variation), None)) for r in (one, two)
    )
    window = TimeWindow()
    window.take(one.schedule.spans)
    canvas = PlotCanvas(window, theme("light"))
    qtbot.addWidget(canvas)
    canvas.resize(*size)
    both = with_second(first, one.schedule, second, two.schedule, "Other body")
    canvas.show_plot(both)
    names = canvas.marks.names()
    assert len(names) >= (2 if size != (420, 60) else 0)  # there the key has to do
    high = QFontMetricsF(font(px(CAPTION_PX))).height() - 1.0
    for k, (name, box) in enumerate(names):
        assert canvas.area.contains(box)
        assert box.height() >= high
        for _, further in names[k + 1 :]:
            assert not box.adjusted(-8.0, 0.0, 8.0, 0.0).intersects(further)
        if name in {c.name for c in both.second}:
            x = canvas.x_of(both.time_s)
            under = (x >= box.left()) & (x <= box.right())
            away = {
                c.name: np.abs(canvas.y_of(c.values, c.quantity)[under] - box.center().y()).min()
                for c in (*both.main, *both.second)
            }
            assert min(away, key=lambda c: away[c]) == name


def test_there_is_no_name_where_there_is_no_room() -> None:
    x = np.linspace(0.0, 40.0, 50)
    assert places_of(x, [np.full(50, 5.0)], [(60.0, 12.0)], (40.0, 30.0)) == [None]


def test_no_name_stands_where_something_is() -> None:
    x = np.linspace(0.0, 300.0, 100)
    flat = np.full(100, 50.0)
    (first,) = places_of(x, [flat], [(60.0, 12.0)], (300.0, 100.0))
    assert first is not None
    top = first[1]
    box = (0.0, top - 1.0, 300.0, top + 13.0)
    (second,) = places_of(x, [flat], [(60.0, 12.0)], (300.0, 100.0), [box])
    assert second is not None
    other = second[1]
    assert other > box[3] - 1e-9 or other + 12.0 < box[1] + 1e-9


# ------------------------------------------------------------------------------------- scrubbing
def test_a_step_of_the_line_does_not_draw_the_plot_again(
    session: Session,
    plot: PlotView,
    turn: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What a scrub step costs: a picture is put on the screen, the plot is not drawn anew."""
    plot.grab()
    drawn: list[object] = []
    monkeypatch.setattr(plot.back, "paint_pixels", drawn.append)
    for share in (0.1, 0.5, 0.9):
        session.seek(share * session.repetition.schedule.duration_s)
        turn()
        plot.grab()
    assert drawn == []
    session.change(theme="dark")
    plot.grab()
    assert drawn

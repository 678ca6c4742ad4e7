"""Lanes, phases, scrubber and keys of the timeline, all on one playhead."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.helpers.window import Mouse, Turn
from visualizer.app.session.player import Player
from visualizer.app.session.session import Session
from visualizer.app.timeline.lanes import HEADER_PX, LANE_PX, PLOT_PX, lanes_of
from visualizer.app.timeline.timeline import Timeline
from visualizer.catalog.variation import Contraction, Role
from visualizer.exercise.repetition import Instant
from visualizer.lifts.schedule import Playhead
from visualizer.lifts.vocabulary import PhaseId
from visualizer.scene.palette import ROLE_STYLES

SMALL = HEADER_PX + PLOT_PX + 3 * LANE_PX + 11


def place(timeline: Timeline, share: float, y: float = 10.0) -> QPointF:
    """Where a share of the repetition is in the plot."""
    area = timeline.plot.area
    return QPointF(area.left() + share * area.width(), y)


@pytest.fixture
def timeline(session: Session, qtbot: QtBot) -> Timeline:
    made = Timeline(session)
    session.instant_changed.connect(made.show_instant)
    session.state_changed.connect(made.show_state)
    session.hover_changed.connect(made.show_hover)
    qtbot.addWidget(made)
    made.resize(1024, 340)
    made.show()
    return made


def lane_y(row: float) -> float:
    return (row + 0.5) * LANE_PX


def test_lanes_are_ordered_by_role_and_carry_all_phases(session: Session) -> None:
    lanes = lanes_of(session.repetition, "en")
    roles = [list(Role).index(lane.role) for lane in lanes]
    assert roles == sorted(roles)
    assert len(lanes) == len(session.variation.muscles)
    gluteus = lanes[0]
    assert gluteus.name == "Gluteus maximus"
    assert gluteus.contraction == {
        PhaseId.LIFT: Contraction.CONCENTRIC,
        PhaseId.HOLD: Contraction.ISOMETRIC,
        PhaseId.LOWERING: Contraction.ECCENTRIC,
    }


def test_press_and_drag_seek(
    session: Session, timeline: Timeline, mouse: type[Mouse], turn: Turn
) -> None:
    plot = mouse(timeline.plot.viewport())
    plot.press(place(timeline, 0.5))
    turn()
    duration_s = session.repetition.schedule.duration_s
    assert session.instant.time_s == pytest.approx(duration_s / 2, abs=0.02)
    plot.move(place(timeline, 0.75), Qt.MouseButton.LeftButton)
    plot.release(place(timeline, 0.75))
    turn()
    assert session.instant.time_s == pytest.approx(duration_s * 0.75, abs=0.02)
    assert session.state.selection is None
    assert timeline.plot.line_x == pytest.approx(timeline.plot.x_of(session.instant.time_s))


def test_a_drag_out_of_the_plot_stops_at_the_ends(
    session: Session, timeline: Timeline, mouse: type[Mouse], turn: Turn
) -> None:
    plot = mouse(timeline.plot.viewport())
    plot.drag(place(timeline, 0.5), QPointF(-500.0, 10.0))
    turn()
    assert session.instant.time_s == 0.0
    plot.drag(place(timeline, 0.5), QPointF(9000.0, 10.0))
    turn()
    assert session.instant.time_s == session.repetition.schedule.duration_s


def test_a_drag_makes_one_moment_per_turn_and_no_echo(
    session: Session, timeline: Timeline, mouse: type[Mouse], turn: Turn
) -> None:
    instants: list[Instant] = []
    session.instant_changed.connect(instants.append)
    plot = mouse(timeline.plot.viewport())
    plot.drag(place(timeline, 0.1), place(timeline, 0.9))
    turn()
    assert len(instants) == 1


def test_show_instant_never_emits(session: Session, timeline: Timeline) -> None:
    instant = session.repetition.instant(1.2)
    told: list[object] = []
    for signal in (session.instant_changed, session.state_changed, session.hover_changed):
        signal.connect(lambda *a: told.append(a))
    timeline.show_instant(instant)
    assert told == []
    assert session.wanted_s == 0.0


def test_the_wheel_seeks(
    session: Session, timeline: Timeline, mouse: type[Mouse], turn: Turn
) -> None:
    plot = mouse(timeline.plot.viewport())
    plot.wheel(place(timeline, 0.5), -3)
    turn()
    assert session.instant.time_s == pytest.approx(
        3 * 0.02 * session.repetition.schedule.duration_s
    )
    plot.wheel(place(timeline, 0.5), 10)
    turn()
    assert session.instant.time_s == 0.0


def test_a_click_on_a_lane_selects_its_muscle_a_drag_does_not(
    session: Session, timeline: Timeline, mouse: type[Mouse]
) -> None:
    bars = mouse(timeline.bars)
    bars.drag(QPointF(200, lane_y(1)), QPointF(300, lane_y(1)))
    assert session.state.selection is None
    bars.click(QPointF(200, lane_y(1)))
    assert session.state.selection == timeline.lanes[1].muscle
    assert timeline.bars.selected == {timeline.lanes[1].muscle}


def test_a_name_selects_and_a_part_marks_its_groups_lane(
    session: Session, timeline: Timeline
) -> None:
    timeline.names.buttons[0].click()
    assert session.state.selection == timeline.lanes[0].muscle
    group = next(x for x in timeline.lanes if len(session.catalog.surface_set(x.muscle)) > 1)
    session.change(selection=sorted(session.catalog.surface_set(group.muscle))[0])
    checked = [b.lane.muscle for b in timeline.names.buttons if b.isChecked()]
    assert group.muscle in checked


def test_a_part_marks_the_lane_that_states_it_and_no_other(
    session: Session, timeline: Timeline
) -> None:
    def marked(muscle: str | None) -> set[str]:
        session.change(selection=muscle)
        return {b.lane.muscle for b in timeline.names.buttons if b.isChecked()}

    # biceps femoris and the hamstrings overlap, adductor magnus lies in the adductors
    assert marked("biceps_femoris") == {"biceps_femoris"}
    assert marked("hamstrings") == {"hamstrings"}
    assert marked("semimembranosus") == {"hamstrings"}
    assert marked("biceps_femoris_long_head") == {"biceps_femoris"}
    assert marked("adductor_magnus") == {"adductor_magnus"}
    assert marked("gracilis") == {"adductors"}
    assert marked("biceps_femoris_short_head") == set()


def test_a_group_beside_its_members_is_called_the_others(timeline: Timeline) -> None:
    names = {lane.muscle: lane.name for lane in timeline.lanes}
    assert names["biceps_femoris"] == "Biceps femoris"
    assert names["hamstrings"] == "Hamstrings (others)"
    assert names["adductors"] == "Adductors of the hip (others)"
    assert names["erector_spinae"] == "Erector spinae"


def test_hover_goes_both_ways(session: Session, timeline: Timeline, mouse: type[Mouse]) -> None:
    bars = mouse(timeline.bars)
    bars.move(QPointF(100, lane_y(0)))
    assert session.hover == timeline.lanes[0].muscle
    bars.move(QPointF(100, -5))
    assert session.hover is None
    session.set_hover("gluteus_maximus")
    assert timeline.names.buttons[0].over
    session.set_hover(None)
    assert not timeline.names.buttons[0].over


def test_bars_carry_the_role_colours_where_the_lanes_are(
    session: Session, timeline: Timeline, qtbot: QtBot
) -> None:
    image = timeline.bars.grab().toImage()
    for row, lane in enumerate(timeline.lanes):
        colour = image.pixelColor(120, row * LANE_PX + 5)
        assert colour.name().upper() == ROLE_STYLES[lane.role].colour


def test_lanes_scroll_when_there_is_no_room(
    session: Session, timeline: Timeline, turn: Turn
) -> None:
    timeline.resize(1024, SMALL)
    turn()
    assert timeline.scroll_bar.isVisible()
    timeline.scroll_bar.setValue(timeline.scroll_bar.maximum())
    last = timeline.bars.lane_at(timeline.bars.height() - 3)
    assert last is timeline.lanes[-1]
    assert timeline.names.buttons[-1].visibleRegion().boundingRect().height() == LANE_PX
    timeline.resize(1024, 400)
    turn()
    assert not timeline.scroll_bar.isVisible()
    assert timeline.bars.offset_px == 0


def test_another_variation_brings_its_lanes_and_keeps_the_cursors_phase(
    session: Session, timeline: Timeline, turn: Turn
) -> None:
    session.go_to(Playhead(PhaseId.LOWERING, 0.5))
    turn()
    session.change(variation="glute-bridge")
    assert [x.muscle for x in timeline.lanes] == [a.muscle for a in session.variation.muscles]
    assert timeline.plot.line_x == pytest.approx(timeline.plot.x_of(session.instant.time_s))


def test_press_drag_and_wheel_never_move_the_plot(timeline: Timeline, mouse: type[Mouse]) -> None:
    box = timeline.plot.box
    before = box.viewRange()
    plot = mouse(timeline.plot.viewport())
    for button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
        plot.drag(place(timeline, 0.2), place(timeline, 0.8, 60.0), button)
    plot.wheel(place(timeline, 0.3), 5)
    assert box.viewRange() == before
    assert box.menu is None


def test_the_key_names_what_is_lifted(session: Session, timeline: Timeline) -> None:
    assert timeline.key.values[2].endswith(" cm")
    with_bar = timeline.names.grab().toImage()
    session.change(variation="glute-bridge")
    assert timeline.names.grab().toImage() != with_bar


def test_another_choice_brings_its_curves(session: Session, timeline: Timeline) -> None:
    key = timeline.key
    angles = timeline.plot.grab().toImage()
    session.change(curves="length", selection="biceps_femoris")
    assert timeline.plot.plot is not None
    assert timeline.plot.plot.main[0].name == "Biceps femoris"
    assert key.values[0].endswith(" %")
    assert key.chooser.accessibleName() == "Curves: Length of the muscle"
    assert timeline.plot.grab().toImage() != angles
    strip = timeline.plot.plot
    session.change(theme="dark")
    assert timeline.plot.plot is strip
    session.change(selection="gluteus_maximus")
    assert timeline.plot.plot is not strip


def test_the_choosers_menu_chooses(session: Session, timeline: Timeline) -> None:
    actions = {a.data(): a for a in timeline.key.chooser.menu().actions()}
    actions["arms"].trigger()
    assert session.state.curves == "arms"
    assert actions["arms"].isChecked()


def test_a_muscle_without_a_path_leaves_a_sentence(session: Session, timeline: Timeline) -> None:
    session.change(curves="length", selection="masseter")
    assert timeline.plot.curves == []
    assert "Masseter" in timeline.key.accessibleDescription()
    timeline.grab()


def test_the_line_never_touches_the_names_and_the_caption(
    session: Session, timeline: Timeline, turn: Turn
) -> None:
    def shot() -> QImage:
        turn()
        return timeline.grab(timeline.phases.geometry()).toImage()

    session.seek(0.0)
    first = shot()
    for share_ in (0.02, 0.3, 0.65, 0.9):
        session.seek(share_ * session.repetition.schedule.duration_s)
        assert shot() == first


def test_the_line_is_where_the_moment_is_in_plot_and_lanes(
    session: Session, timeline: Timeline, turn: Turn
) -> None:
    session.seek(0.4 * session.repetition.schedule.duration_s)
    turn()
    x = round(timeline.plot.x_of(session.instant.time_s)) + timeline.plot.x()
    ink = timeline.plot.look.ring
    image = timeline.grab().toImage()
    for part in (timeline.plot, timeline.bars):
        y = part.geometry().center().y()
        assert ink.lower() in {image.pixelColor(x + k, y).name() for k in (-1, 0, 1)}


# ---------------------------------------------------------------------------------- holding
@pytest.fixture
def player(session: Session) -> Iterator[Player]:
    made = Player(session)
    session.change(playing=True)
    yield made
    session.change(playing=False)


def share(session: Session) -> float:
    return session.wanted_s / session.repetition.schedule.duration_s


def test_pressing_holds_the_clock_and_releasing_lets_it_go_on_from_there(
    session: Session, timeline: Timeline, mouse: type[Mouse], player: Player
) -> None:
    plot = mouse(timeline.plot.viewport())
    plot.press(place(timeline, 0.3))
    for _ in range(10):
        player.advance(0.2)
    assert share(session) == pytest.approx(0.3, abs=0.005)
    assert not player.running
    plot.release(place(timeline, 0.3))
    assert session.state.playing
    player.advance(0.1)
    assert session.wanted_s == pytest.approx(
        0.3 * session.repetition.schedule.duration_s + 0.1, abs=0.02
    )


def test_releasing_does_not_start_what_was_paused(
    session: Session, timeline: Timeline, mouse: type[Mouse], player: Player
) -> None:
    session.change(playing=False)
    plot = mouse(timeline.plot.viewport())
    plot.click(place(timeline, 0.3))
    assert not session.state.playing
    assert not player.running


@pytest.mark.parametrize("beyond", [5.0, 5000.0])
def test_a_drag_beyond_the_end_stays_at_the_end_while_it_loops(
    session: Session, timeline: Timeline, mouse: type[Mouse], player: Player, beyond: float
) -> None:
    assert session.state.loop
    plot = mouse(timeline.plot.viewport())
    plot.press(place(timeline, 0.9))
    plot.move(QPointF(timeline.plot.width() + beyond, 10.0), Qt.MouseButton.LeftButton)
    for _ in range(5):
        player.advance(0.25)
    assert session.wanted_s == session.repetition.schedule.duration_s
    plot.release(QPointF(timeline.plot.width() + beyond, 10.0))
    player.advance(0.1)
    assert session.wanted_s == pytest.approx(0.1)


def test_the_wheel_while_playing_shows_where_it_went(
    session: Session, timeline: Timeline, mouse: type[Mouse], player: Player
) -> None:
    session.seek(1.0)
    plot = mouse(timeline.plot.viewport())
    plot.wheel(place(timeline, 0.5), 3)
    went_to_s = session.wanted_s
    assert went_to_s < 1.0
    player.advance(0.3)
    assert session.wanted_s == went_to_s
    player.advance(1.0)
    assert session.wanted_s > went_to_s


LOST = [
    QEvent(QEvent.Type.WindowDeactivate),
    QEvent(QEvent.Type.WindowBlocked),
    QEvent(QEvent.Type.UngrabMouse),
    QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.PopupFocusReason),
]


@pytest.mark.parametrize("event", LOST, ids=lambda e: e.type().name)
def test_a_hold_ends_when_the_release_goes_elsewhere(
    session: Session,
    timeline: Timeline,
    mouse: type[Mouse],
    player: Player,
    event: QEvent,
    qapp: QApplication,
) -> None:
    plot = mouse(timeline.plot.viewport())
    plot.press(place(timeline, 0.3))
    qapp.sendEvent(timeline.plot, event.clone())
    assert not session.held
    assert player.running
    # the mouse that comes back no longer drags
    plot.move(place(timeline, 0.8), Qt.MouseButton.LeftButton)
    assert share(session) == pytest.approx(0.3, abs=0.005)


def test_a_hidden_timeline_lets_go(
    session: Session, timeline: Timeline, mouse: type[Mouse], player: Player
) -> None:
    plot = mouse(timeline.plot.viewport())
    plot.press(place(timeline, 0.3))
    timeline.hide()
    assert not session.held


def test_a_release_that_nobody_saw_is_noticed_with_the_next_move(
    session: Session, timeline: Timeline, mouse: type[Mouse], player: Player
) -> None:
    plot = mouse(timeline.plot.viewport())
    plot.press(place(timeline, 0.3))
    plot.move(place(timeline, 0.8))
    assert not session.held
    assert share(session) == pytest.approx(0.3, abs=0.005)


def test_another_button_neither_holds_nor_lets_go(
    session: Session, timeline: Timeline, mouse: type[Mouse]
) -> None:
    plot = mouse(timeline.plot.viewport())
    plot.press(place(timeline, 0.3), Qt.MouseButton.RightButton)
    assert not session.held
    plot.press(place(timeline, 0.3))
    plot.release(place(timeline, 0.3), Qt.MouseButton.RightButton)
    assert session.held
    plot.release(place(timeline, 0.3))
    assert not session.held


def test_a_variation_changed_while_it_is_held_stays_held(
    session: Session, timeline: Timeline, mouse: type[Mouse], player: Player
) -> None:
    plot = mouse(timeline.plot.viewport())
    plot.press(place(timeline, 0.3))
    phase, fraction = session.repetition.schedule.at(session.wanted_s)
    session.change(variation="glute-bridge")
    player.advance(0.5)
    held, held_fraction = session.repetition.schedule.at(session.wanted_s)
    assert held == phase
    assert held_fraction == pytest.approx(fraction)
    plot.release(place(timeline, 0.3))
    assert player.running


# -------------------------------------------------------------------------- lanes and wheel
def test_the_wheel_over_names_and_lanes_scrolls_hidden_lanes(
    session: Session, timeline: Timeline, mouse: type[Mouse], turn: Turn
) -> None:
    timeline.resize(1024, SMALL)
    turn()
    bar = timeline.scroll_bar
    names = mouse(timeline.names)
    names.wheel(names.at(0.5), -2)
    assert bar.value() == 2 * LANE_PX
    names.wheel(names.at(0.5), 1)
    assert bar.value() == LANE_PX
    bars = mouse(timeline.bars)
    bars.wheel(QPointF(300, lane_y(1)), -1)
    assert bar.value() == 2 * LANE_PX
    assert session.wanted_s == 0.0
    # above the lanes it goes through the repetition
    plot = mouse(timeline.plot.viewport())
    plot.wheel(place(timeline, 0.5), -1)
    assert bar.value() == 2 * LANE_PX
    assert session.wanted_s > 0.0


def test_a_selected_muscles_lane_is_scrolled_into_sight(
    session: Session, timeline: Timeline, turn: Turn
) -> None:
    timeline.resize(1024, SMALL)
    turn()
    last = timeline.lanes[-1].muscle
    session.change(selection=last)
    shown = timeline.bars.lane_at(timeline.bars.height() - 3)
    assert shown is not None
    assert shown.muscle == last
    session.change(selection=timeline.lanes[0].muscle)
    assert timeline.scroll_bar.value() == 0


def test_a_name_that_gets_the_focus_is_scrolled_into_sight(timeline: Timeline, turn: Turn) -> None:
    timeline.resize(1024, SMALL)
    timeline.activateWindow()
    turn()
    timeline.names.buttons[-1].setFocus(Qt.FocusReason.TabFocusReason)
    assert timeline.scroll_bar.value() == timeline.scroll_bar.maximum()


# --------------------------------------------------------------------------- under the mouse
def test_scrolling_below_a_resting_mouse_names_the_lane_that_came(
    session: Session, timeline: Timeline, mouse: type[Mouse], turn: Turn
) -> None:
    timeline.resize(1024, SMALL)
    turn()
    bars = mouse(timeline.bars)
    bars.move(QPointF(300, lane_y(0)))
    timeline.scroll_lanes(-2)
    turn()
    assert session.hover == timeline.lanes[2].muscle
    bars.move(QPointF(300, -10))
    assert session.hover is None
    names = mouse(timeline.names)
    names.move(QPointF(30, lane_y(1)))
    assert session.hover == timeline.lanes[3].muscle
    timeline.scroll_lanes(1)
    turn()
    assert session.hover == timeline.lanes[2].muscle


@pytest.mark.parametrize("where", ["bars", "names"])
def test_another_variation_or_size_below_a_resting_mouse(
    session: Session, timeline: Timeline, mouse: type[Mouse], turn: Turn, where: str
) -> None:
    view = timeline.bars if where == "bars" else timeline.names
    m = mouse(view)
    m.move(QPointF(60, lane_y(4)))
    session.change(variation="banded-hip-thrust")
    turn()
    assert session.hover == (timeline.lanes[4].muscle if len(timeline.lanes) > 4 else None)


@pytest.mark.parametrize("event", ["Leave", "WindowDeactivate", "WindowBlocked"])
@pytest.mark.parametrize("where", ["bars", "names"])
def test_a_mouse_that_left_points_at_nothing(
    session: Session,
    timeline: Timeline,
    mouse: type[Mouse],
    turn: Turn,
    qapp: QApplication,
    event: str,
    where: str,
) -> None:
    view = timeline.bars if where == "bars" else timeline.names
    m = mouse(view)
    m.move(QPointF(60, lane_y(1)))
    assert session.hover == timeline.lanes[1].muscle
    qapp.sendEvent(view, QEvent(QEvent.Type[event]))
    assert session.hover is None
    # and nothing that changes below brings it back
    session.change(variation="glute-bridge")
    turn()
    assert session.hover is None


def test_a_drag_out_of_the_plot_names_nothing(
    session: Session, timeline: Timeline, mouse: type[Mouse]
) -> None:
    plot = mouse(timeline.bars)
    plot.press(QPointF(60, lane_y(1)))
    plot.move(QPointF(60, 900), Qt.MouseButton.LeftButton)
    assert session.hover is None
    plot.release(QPointF(60, 900))


def test_the_pointer_says_that_the_timeline_is_dragged_sideways(timeline: Timeline) -> None:
    assert timeline.bars.cursor().shape() is Qt.CursorShape.SizeHorCursor
    assert timeline.plot.viewport().cursor().shape() is Qt.CursorShape.SizeHorCursor
    assert timeline.names.buttons[0].cursor().shape() is Qt.CursorShape.PointingHandCursor

"""One role or one muscle alone: by the legend, by key, in every picture, and all again."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.helpers.window import Mouse, Turn, draws_of, timeline_of
from visualizer.app.session.session import Session
from visualizer.app.stage.chart import Chart
from visualizer.app.stage.legend import LegendView
from visualizer.app.window.main_window import MainWindow
from visualizer.catalog.variation import Role


def surfaces_of(session: Session, role: Role) -> frozenset[str]:
    reach = session.repetition.reach
    return frozenset(
        s for a in session.variation.muscles if a.role is role for s in reach(a).surfaces
    )


def test_a_click_in_the_legend_shows_a_role_alone_and_again_all(
    window: MainWindow, qtbot: QtBot, turn: Turn
) -> None:
    session, legend = window.session, window.views.of(LegendView)
    button = legend.buttons[Role.SYNERGIST]
    assert button.accessibleName() == "Synergist: show alone"
    button.click()
    assert session.only == surfaces_of(session, Role.SYNERGIST)
    assert button.isChecked()
    window.stage.repaint()
    assert draws_of(window.stage)[-1].options.only == session.only
    chart = window.views.of(Chart)
    turn()
    chart.repaint()
    assert draws_of(chart)[-1].options.only == session.only
    button.click()
    assert session.only is None
    assert not button.isChecked()
    window.stage.repaint()
    assert draws_of(window.stage)[-1].options.only is None


def test_the_keys_go_through_the_roles(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    seen = []
    for _ in range(4):
        qtbot.keyClick(window, Qt.Key.Key_E)
        seen.append(window.session.state.only_role)
    assert seen == [*Role, None]


def test_one_muscle_alone_never_without_a_selection(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    session, action = window.session, window.actions_["alone"]
    assert not action.isEnabled()
    session.change(alone=True)
    assert not session.state.alone
    session.change(selection="quadriceps", only_role=Role.PRIME_MOVER)
    qtbot.keyClick(window, Qt.Key.Key_Y)
    # the muscle counts before the role
    assert session.only == session.catalog.surface_set("quadriceps")
    for expected in (("quadriceps", Role.PRIME_MOVER), ("quadriceps", None), (None, None)):
        qtbot.keyClick(window, Qt.Key.Key_Escape)
        assert (session.state.selection, session.state.only_role) == expected
    assert session.only is None
    session.change(selection="quadriceps", alone=True)
    session.change(selection=None)
    assert not session.state.alone


def test_beside_the_roles_the_legend_leaves_the_mouse_to_the_stage(
    window: MainWindow, mouse: type[Mouse]
) -> None:
    legend = window.views.of(LegendView)
    azimuth = window.stage.orbit.camera.azimuth_rad
    place = legend.rect().bottomRight().toPointF()
    hand = mouse(legend)
    hand.drag(place, place - legend.rect().center().toPointF())
    assert window.stage.orbit.camera.azimuth_rad != azimuth


def test_the_lanes_of_what_is_not_shown_alone_are_dimmed(window: MainWindow, turn: Turn) -> None:
    session, timeline = window.session, timeline_of(window)
    every = frozenset(lane.muscle for lane in timeline.lanes)

    def lit() -> frozenset[str]:
        named = frozenset(b.lane.muscle for b in timeline.names.buttons if b.lit)
        assert named == timeline.bars.lit
        return named

    assert lit() == every
    whole = timeline.bars.grab().toImage()
    session.change(only_role=Role.SYNERGIST)
    assert lit() == {a.muscle for a in session.variation.muscles if a.role is Role.SYNERGIST}
    turn()
    assert timeline.bars.grab().toImage() != whole
    # hamstrings have a lane for the biceps femoris and one for the others
    session.change(selection="hamstrings", alone=True)
    assert lit() == {"hamstrings", "biceps_femoris"} & every
    session.change(alone=False, only_role=None)
    assert lit() == every

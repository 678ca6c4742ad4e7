"""The tag and the highlights name what lies under the mouse now, whatever moved."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QPushButton, QToolTip
from pytestqt.qtbot import QtBot

from tests.helpers.window import FakeScene, Mouse, Turn, stand_in, timeline_of
from visualizer.app.session.scenes import Scenes
from visualizer.app.session.session import Session
from visualizer.app.stage.body_view import BodyView
from visualizer.app.stage.chart import Chart
from visualizer.app.stage.stage import Stage
from visualizer.app.window.main_window import MainWindow
from visualizer.lifts.base import ViewName
from visualizer.lifts.schedule import Playhead
from visualizer.lifts.vocabulary import PhaseId
from visualizer.scene.request import RenderedView, RenderRequest
from visualizer.scene.spots import SpotKeeper

GLUTEUS, MASSETER, NOTHING = 0, 1, -1


@pytest.fixture
def under(scenes: Scenes, session: Session) -> Callable[[int], None]:
    """Let the pictures show one part everywhere from now on."""

    def show(part: int) -> None:
        def change(request: RenderRequest, shown: RenderedView) -> None:
            shown.picture.part[:] = part

        for scene in (scenes.stage(session.repetition), scenes.chart(session.repetition)):
            stand_in(scene).change = change

    return show


@pytest.fixture
def view(
    request: pytest.FixtureRequest,
    session: Session,
    scenes: Scenes,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> BodyView:
    monkeypatch.setattr("visualizer.app.stage.stage.motion_ms", lambda widget: 0)
    made: Stage | Chart = (Stage if request.param == "stage" else Chart)(session, scenes)
    session.instant_changed.connect(made.show_instant)
    session.state_changed.connect(made.show_state)
    session.hover_changed.connect(made.show_hover)
    qtbot.addWidget(made)
    made.resize(640, 400)
    made.show()
    if isinstance(made, Chart):
        made.begin()
    made.repaint()
    return made


both = pytest.mark.parametrize("view", ["stage", "chart"], indirect=True)
stage_only = pytest.mark.parametrize("view", ["stage"], indirect=True)

CHANGES = {
    # in another phase: the chart is drawn anew as well
    "frame": lambda v: v.session.go_to(Playhead(PhaseId.LOWERING, 0.5)),
    "theme": lambda v: v.session.change(theme="dark"),
    "xray": lambda v: v.session.change(xray=True),
    "selection": lambda v: v.session.change(selection="masseter"),
    "resize": lambda v: v.resize(500, 380),
}
CAMERA = {
    "turned": lambda v: v.orbit.turn(100, 0),
    "view": lambda v: v.show_view(ViewName.FRONT),
    "zoomed": lambda v: v.zoom_at(2.0, QPointF(320, 200)),
    "focus": lambda v: v.session.change(selection="gluteus_maximus", focus=True),
    "labels": lambda v: v.session.change(labels=True),
    "side": lambda v: v.session.change(playing=True) or v.session.seek(0.7),
}


def check(
    view: BodyView,
    under: Callable[[int], None],
    mouse: type[Mouse],
    turn: Turn,
    change: Callable[[Any], object],
) -> None:
    session = view.session
    m = mouse(view)
    m.move(QPointF(60, 200))
    turn()
    assert session.hover == "gluteus_maximus"
    under(MASSETER)
    change(view)
    turn()
    turn()
    assert session.hover == "masseter"
    assert view.pointed.muscle() == "masseter"
    under(NOTHING)
    view.redraw()
    turn()
    assert session.hover is None
    assert view.pointed.muscle() is None
    session.change(playing=False)


@both
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_it_is_named_again_after_every_picture(
    view: BodyView,
    under: Callable[[int], None],
    mouse: type[Mouse],
    turn: Turn,
    change: Callable[[Any], object],
) -> None:
    check(view, under, mouse, turn, change)


@stage_only
@pytest.mark.parametrize("change", CAMERA.values(), ids=CAMERA)
def test_it_is_named_again_when_the_camera_moves(
    view: BodyView,
    under: Callable[[int], None],
    mouse: type[Mouse],
    turn: Turn,
    change: Callable[[Any], object],
) -> None:
    check(view, under, mouse, turn, change)


@stage_only
def test_another_variation_below_a_resting_mouse(
    view: BodyView, mouse: type[Mouse], turn: Turn, monkeypatch: pytest.MonkeyPatch
) -> None:
    m = mouse(view)
    m.move(QPointF(60, 200))
    plain = FakeScene.render

    def render(
        self: FakeScene, request: RenderRequest, keeper: SpotKeeper | None = None
    ) -> RenderedView:
        shown = plain(self, request, keeper)
        shown.picture.part[:] = NOTHING
        return shown

    monkeypatch.setattr(FakeScene, "render", render)
    view.session.change(variation="glute-bridge")
    turn()
    assert view.session.hover is None


@both
def test_the_tag_never_names_what_the_picture_no_longer_shows(
    view: BodyView,
    under: Callable[[int], None],
    mouse: type[Mouse],
    turn: Turn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn = []
    monkeypatch.setattr("visualizer.app.stage.body_view.draw_tag", lambda *a: drawn.append(a[3]))
    mouse(view).move(QPointF(60, 200))
    view.repaint()
    assert drawn == ["Gluteus maximus"]
    under(NOTHING)
    drawn.clear()
    view.redraw()
    # at once, in the very picture that shows something else
    view.repaint()
    assert drawn == []


@both
@pytest.mark.parametrize("event", ["Leave", "WindowDeactivate", "WindowBlocked", "Hide"])
def test_a_mouse_that_left_names_nothing_whatever_is_drawn(
    view: BodyView, mouse: type[Mouse], turn: Turn, qapp: QApplication, event: str
) -> None:
    mouse(view).move(QPointF(60, 200))
    qapp.sendEvent(view, QEvent(QEvent.Type[event]))
    assert view.session.hover is None
    view.redraw()
    turn()
    assert view.session.hover is None


@both
def test_a_button_over_the_picture_hides_what_is_below_it(
    view: BodyView, mouse: type[Mouse]
) -> None:
    button = QPushButton("over", view)
    button.setGeometry(40, 180, 60, 40)
    button.show()
    mouse(view).move(QPointF(60, 200))
    assert view.session.hover is None
    mouse(view).move(QPointF(60, 250))
    assert view.session.hover == "gluteus_maximus"


@stage_only
def test_coarse_and_fine_pictures_that_differ_at_an_edge_do_not_chase_each_other(
    view: BodyView, mouse: type[Mouse], qtbot: QtBot
) -> None:
    scene = stand_in(view.scene)

    def change(request: RenderRequest, shown: RenderedView) -> None:
        shown.picture.part[:] = GLUTEUS if request.moving else MASSETER

    scene.change = change
    view.redraw()
    view.repaint()
    mouse(view).move(QPointF(60, 200))
    qtbot.waitUntil(lambda: view.session.hover == "masseter" and not view.is_stale)
    count = len(scene.draws)
    qtbot.wait(300)
    assert len(scene.draws) == count
    assert view.session.hover == "masseter"


def test_a_muscle_pointed_at_in_one_view_is_left_alone_by_the_others(
    window: MainWindow, mouse: type[Mouse], turn: Turn
) -> None:
    session = window.session
    m = mouse(timeline_of(window).bars)
    m.move(QPointF(100, 11))
    lane = timeline_of(window).lanes[0].muscle
    window.stage.redraw()
    window.views.of(Chart).redraw()
    turn()
    assert session.hover == lane


def test_the_lane_follows_the_picture(
    window: MainWindow, under: Callable[[int], None], mouse: type[Mouse], turn: Turn
) -> None:
    mouse(window.stage).move(QPointF(20, 300))
    turn()
    button = timeline_of(window).names.buttons[0]
    assert button.over
    under(NOTHING)
    window.session.seek(0.5)
    turn()
    assert not button.over


@both
def test_the_pointer_is_a_hand_over_a_muscle(view: BodyView, mouse: type[Mouse]) -> None:
    m = mouse(view)
    m.move(QPointF(60, 200))
    assert view.cursor().shape() is Qt.CursorShape.PointingHandCursor
    m.move(QPointF(600, 200))
    assert view.cursor().shape() is Qt.CursorShape.ArrowCursor


@stage_only
def test_the_hand_is_closed_while_it_turns_the_body(view: BodyView, mouse: type[Mouse]) -> None:
    m = mouse(view)
    m.press(QPointF(60, 200))
    m.move(QPointF(120, 200), Qt.MouseButton.LeftButton)
    assert view.cursor().shape() is Qt.CursorShape.ClosedHandCursor
    m.release(QPointF(60, 200))
    assert view.cursor().shape() is Qt.CursorShape.PointingHandCursor


@stage_only
def test_the_outline_of_the_plate_is_explained_where_no_muscle_is(
    view: BodyView, mouse: type[Mouse], qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda place, text, widget: told.append(text))
    m = mouse(view)
    for x, y in ((600, 100), (600, 300), (60, 100)):
        m.move(QPointF(x, y))
        place = QPoint(x, y)
        qapp.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, place, view.mapToGlobal(place)))
    assert "plate" in told[0]
    assert told[1:] == ["", ""]

"""The stage: what it draws and when, its views, and what it shows of a muscle."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QMargins, QPointF, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.helpers.window import FakeScene, Mouse, Turn, draws_of, stand_in
from visualizer.app.session.scenes import Scenes
from visualizer.app.session.session import Session
from visualizer.app.stage.body_view import REST_MS
from visualizer.app.stage.pace import Pace
from visualizer.app.stage.stage import Stage
from visualizer.app.widgets.pictures import paint_overlay
from visualizer.lifts.base import ViewName
from visualizer.render import Picture
from visualizer.scene.overlay import Overlay, Text
from visualizer.scene.request import RenderedView, RenderRequest
from visualizer.scene.spots import SpotKeeper

GLUTEUS, MASSETER, BONE, NOTHING = 0.125, 0.375, 0.625, 0.875


def on_stage(stage: Stage) -> bool:
    """Tell whether a point of the body is well within the stage."""
    points = stage.scene.body_points(stage.session.instant)
    size = stage.width(), stage.height()
    x, y, _ = stage.orbit.camera.project(points, size).T
    across, down = 0.149 * size[0], 0.149 * size[1]
    inside = (x >= across) & (x <= size[0] - across) & (y >= down) & (y <= size[1] - down)
    return bool(inside.any())


def draws(stage: Stage) -> list[RenderRequest]:
    return draws_of(stage)


def test_while_an_edge_is_dragged_it_draws_in_a_turn_of_its_own(stage: Stage, turn: Turn) -> None:
    turn()
    before = len(draws(stage))
    stage.resize(630, 396)
    stage.repaint()
    assert len(draws(stage)) == before
    turn()
    stage.repaint()
    assert [d.size for d in draws(stage)[before:]] == [(630, 396)]


def test_the_picture_before_stands_in_the_middle_of_a_size_that_has_changed(
    stage: Stage, turn: Turn
) -> None:
    turn()
    before = stage.grab().toImage()
    stage.resize(660, 420)
    now = stage.grab().toImage()
    assert now.size() != before.size()
    assert now.copy(10, 10, 640, 400) == before


def test_it_draws_once_for_many_changes(session: Session, stage: Stage, turn: Turn) -> None:
    turn()
    before = len(draws(stage))
    for k in range(50):
        session.seek(k * 0.02)
    turn()
    assert len(draws(stage)) == before + 1


def test_marks_know_that_they_come_to_rest(
    stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene, seen = stand_in(stage.scene), list[tuple[bool, bool]]()
    draw = scene.render

    def render(request: RenderRequest, keeper: SpotKeeper) -> RenderedView:
        seen.append((request.moving, keeper.rests))
        return draw(request, keeper)

    monkeypatch.setattr(scene, "render", render)
    stage.redraw()
    qtbot.waitUntil(lambda: (False, True) in seen)
    assert set(seen) == {(True, False), (False, True)}


def test_it_draws_finer_once_at_rest(stage: Stage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: draws(stage)[-1].supersample == 2)
    count = len(draws(stage))
    qtbot.wait(150)
    assert len(draws(stage)) == count


def test_a_chosen_variation_and_the_fine_picture_are_drawn_in_turns_of_their_own(
    session: Session, stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    painting: list[bool] = []
    drawn_while_painting: list[bool] = []
    paint, draw = Stage.paintEvent, FakeScene.render

    def painted(self: Stage, event: QPaintEvent) -> None:
        painting.append(True)
        paint(self, event)
        painting.pop()

    def watched(self: FakeScene, *given: Any) -> RenderedView:
        drawn_while_painting.append(bool(painting))
        return draw(self, *given)

    qtbot.waitUntil(lambda: draws(stage)[-1].supersample == 2)
    monkeypatch.setattr(Stage, "paintEvent", painted)
    monkeypatch.setattr(FakeScene, "render", watched)
    session.change(variation="glute-bridge")
    stage.repaint()
    assert not drawn_while_painting
    assert stage.is_stale
    qtbot.waitUntil(lambda: len(drawn_while_painting) == 2)
    assert not any(drawn_while_painting)
    assert draws(stage)[-1].supersample == 2


def test_it_does_not_draw_finer_while_playing(session: Session, stage: Stage, qtbot: QtBot) -> None:
    session.change(playing=True)
    stage.repaint()
    count = len(draws(stage))
    qtbot.wait(150)
    assert [d.supersample for d in draws(stage)[count:]] == []


def test_a_hidden_stage_draws_nothing(session: Session, stage: Stage, turn: Turn) -> None:
    turn()
    stage.hide()
    count = len(draws(stage))
    for k in range(10):
        session.seek(k * 0.1)
        turn()
    assert len(draws(stage)) == count
    stage.show()
    turn()
    assert draws(stage)[-1].instant is session.instant


def test_first_frame_is_told_once(
    session: Session, scenes: Scenes, qtbot: QtBot, turn: Turn
) -> None:
    stage = Stage(session, scenes)
    qtbot.addWidget(stage)
    told: list[object] = []
    stage.first_frame.connect(lambda: told.append(1))
    stage.show()
    qtbot.waitUntil(lambda: told == [1])
    stage.redraw()
    turn()
    assert told == [1]


def test_left_drag_turns(stage: Stage, mouse: type[Mouse]) -> None:
    before = stage.orbit.camera
    m = mouse(stage)
    m.drag(m.at(0.5), m.at(0.6, 0.6))
    after = stage.orbit.camera
    # dragging right brings the left side of what is seen to the front
    assert after.azimuth_rad < before.azimuth_rad
    assert after.elevation_rad > before.elevation_rad
    assert after.target == before.target
    assert not stage.orbit.at_view


@pytest.mark.parametrize(
    ("button", "keys"),
    [
        (Qt.MouseButton.MiddleButton, Qt.KeyboardModifier.NoModifier),
        (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier),
    ],
)
def test_middle_or_shift_drag_shifts(
    stage: Stage, mouse: type[Mouse], button: Qt.MouseButton, keys: Qt.KeyboardModifier
) -> None:
    before = stage.orbit.camera
    m = mouse(stage)
    m.drag(m.at(0.5), m.at(0.6, 0.5), button, keys)
    after = stage.orbit.camera
    assert after.azimuth_rad == before.azimuth_rad
    # the body follows the mouse: the point that was grabbed is where the mouse is now
    x, y, _ = after.project(before.target, (640, 400))
    assert (x, y) == pytest.approx((320 + 64, 200), abs=1.0)


def test_the_wheel_zooms_towards_the_mouse(stage: Stage, mouse: type[Mouse]) -> None:
    size = (640, 400)
    before = stage.orbit.camera
    point = before.ray(500.0, 120.0, size)
    # the point under the mouse in the plane through the target
    eye, direction = point
    back = before.axes[2]
    where = eye + direction * (before.distance_m / -(direction @ back))
    m = mouse(stage)
    m.wheel(m.at(500 / 640, 120 / 400), 2)
    after = stage.orbit.camera
    assert after.height_m == pytest.approx(before.height_m / 1.15**2)
    x, y, _ = after.project(where, size)
    assert (x, y) == pytest.approx((500, 120), abs=0.5)


def test_zoom_and_pan_have_limits(stage: Stage, mouse: type[Mouse]) -> None:
    m = mouse(stage)
    for _ in range(100):
        m.wheel(m.at(0.9), 5)
    assert stage.orbit.camera.height_m == pytest.approx(0.12)
    for _ in range(100):
        m.wheel(m.at(0.5), -5)
    # never much smaller than the view that holds all of it
    assert stage.orbit.camera.height_m == pytest.approx(2.5 * 2.0)
    for _ in range(20):
        m.drag(m.at(0.1), m.at(0.9), Qt.MouseButton.MiddleButton)
    assert on_stage(stage)


def test_double_click_resets(stage: Stage, mouse: type[Mouse], qtbot: QtBot) -> None:
    before = stage.orbit.camera
    m = mouse(stage)
    m.drag(m.at(0.5), m.at(0.9, 0.8))
    assert stage.orbit.camera != before
    qtbot.mouseDClick(stage, Qt.MouseButton.LeftButton, pos=m.at(NOTHING).toPoint())
    assert stage.orbit.camera == before
    assert stage.orbit.at_view


def test_views_move_the_camera_smoothly_and_say_so(stage: Stage) -> None:
    stage.orbit.duration_ms = 60
    told: list[object] = []
    seen: list[float] = []
    stage.view_changed.connect(told.append)
    stage.orbit.moved.connect(lambda: seen.append(stage.orbit.camera.azimuth_rad))
    stage.show_view(ViewName.BACK)
    way = stage.orbit.findChild(QVariantAnimation)
    assert way is not None
    way.pause()  # the machine may be busy for longer than all of it
    for frame_ms in range(10, 61, 10):
        way.setCurrentTime(frame_ms)
    assert not stage.orbit.moving
    assert told == [ViewName.BACK]
    goal = stage.orbit.home(ViewName.BACK).azimuth_rad
    assert stage.orbit.camera.azimuth_rad == pytest.approx(goal)
    assert len(seen) > 2
    assert seen == sorted(seen)
    # ease-out: the first half of the frames covers more than half of the way
    assert seen[len(seen) // 2] > goal / 2


def test_reduced_motion_jumps(stage: Stage) -> None:
    stage.show_view(ViewName.FRONT)
    assert not stage.orbit.moving
    assert stage.orbit.camera == stage.orbit.home(ViewName.FRONT)


def test_turning_by_hand_says_that_no_view_is_shown(stage: Stage, mouse: type[Mouse]) -> None:
    told: list[object] = []
    stage.view_changed.connect(told.append)
    m = mouse(stage)
    m.drag(m.at(0.5), m.at(0.6))
    assert told == [None]


def test_hover_names_and_leaving_forgets(
    session: Session, stage: Stage, mouse: type[Mouse], qapp: QApplication
) -> None:
    m = mouse(stage)
    m.move(m.at(GLUTEUS))
    assert session.hover == "gluteus_maximus"
    with_tag = stage.grab().toImage()
    m.move(m.at(BONE))
    assert session.hover is None
    assert stage.grab().toImage() != with_tag
    m.move(m.at(MASSETER))
    assert session.hover == "masseter"
    from PySide6.QtCore import QEvent

    qapp.sendEvent(stage, QEvent(QEvent.Type.Leave))
    assert session.hover is None


def test_click_selects_and_a_click_beside_deselects(
    session: Session, stage: Stage, mouse: type[Mouse]
) -> None:
    m = mouse(stage)
    m.click(m.at(GLUTEUS))
    assert session.state.selection == "gluteus_maximus"
    stage.repaint()
    assert draws(stage)[-1].options.selection == "gluteus_maximus"
    m.click(m.at(NOTHING))
    assert session.state.selection is None


def test_a_drag_selects_nothing_and_names_only_what_is_there_afterwards(
    session: Session, stage: Stage, mouse: type[Mouse]
) -> None:
    m = mouse(stage)
    m.move(m.at(GLUTEUS))
    m.press(m.at(GLUTEUS))
    m.move(m.at(MASSETER), Qt.MouseButton.LeftButton)
    assert session.hover is None
    m.release(m.at(MASSETER))
    assert session.state.selection is None
    assert session.hover == "masseter"


def test_right_click_selects_nothing(session: Session, stage: Stage, mouse: type[Mouse]) -> None:
    m = mouse(stage)
    m.click(m.at(GLUTEUS), Qt.MouseButton.RightButton)
    assert session.state.selection is None


def test_options_follow_the_state(session: Session, stage: Stage, turn: Turn) -> None:
    session.change(xray=True, labels=True)
    turn()
    options = draws(stage)[-1].options
    assert (options.theme, options.xray) == ("light", True)


def test_a_row_of_labels_gets_room_above_the_body(session: Session, stage: Stage) -> None:
    def target_z(view: ViewName) -> float:
        stage.orbit.view = view
        stage.orbit.refit()
        return stage.orbit.camera.target[2]

    before = {view: target_z(view) for view in (ViewName.SIDE, ViewName.BACK)}
    session.change(labels=True)
    assert target_z(ViewName.SIDE) > before[ViewName.SIDE]
    # beside the body they need none
    assert target_z(ViewName.BACK) == before[ViewName.BACK]


def test_labels_are_measured_as_they_are_painted(stage: Stage) -> None:
    room = stage.orbit.viewport.label_room(2 * stage.height())
    assert room.text_px == 2 * max(stage.height() * 0.026, 14.0)
    text = "Quadriceps femoris"
    image = QImage(800, 80, QImage.Format.Format_RGB32)
    image.fill(QColor("#FFFFFF"))
    painter = QPainter(image)
    overlay = Overlay(texts=(Text(20, 40, text, room.text_px, "#000000", "left", bold=True),))
    paint_overlay(painter, overlay)
    painter.end()
    inked = [x for x in range(800) if any(image.pixelColor(x, y).red() < 128 for y in range(80))]
    assert inked[-1] - 20 == pytest.approx(room.measure(text, room.text_px), abs=4)


def test_it_does_not_draw_finer_while_a_hand_is_on_a_slider(
    session: Session, stage: Stage, qtbot: QtBot
) -> None:
    session.slide(True)
    stage.redraw()
    qtbot.wait(2 * REST_MS)
    count = len(draws(stage))
    assert draws(stage)[-1].supersample == 1
    session.slide(False)  # told by nobody
    qtbot.waitUntil(lambda: draws(stage)[-1].supersample == 2)
    assert len(draws(stage)) == count + 1


def test_bands_move_with_time_and_stand_still_at_rest(
    session: Session, stage: Stage, turn: Turn
) -> None:
    clocks = set()
    for k in range(4):
        session.seek(0.2 * k)
        turn()
        clocks.add(round(stage.options.clock, 6))
    assert len(clocks) == 4
    assert stage.options.clock == stage.options.clock


def test_show_instant_never_emits(session: Session, stage: Stage) -> None:
    told: list[object] = []
    for signal in (session.instant_changed, session.state_changed, session.hover_changed):
        signal.connect(lambda *a: told.append(a))
    stage.show_instant(session.instant)
    stage.repaint()
    assert told == []


def test_another_variation_refits_unless_the_camera_was_moved(
    session: Session, stage: Stage, mouse: type[Mouse]
) -> None:
    session.change(variation="glute-bridge")
    assert stage.orbit.at_view
    m = mouse(stage)
    m.drag(m.at(0.5), m.at(0.7))
    camera = stage.orbit.camera
    session.change(variation="barbell-hip-thrust")
    assert stage.orbit.camera == camera


def test_what_lies_on_the_stage_keeps_its_room(stage: Stage) -> None:
    full = stage.orbit.home(ViewName.SIDE)
    stage.cover(QMargins(0, 40, 0, 60))
    inset = stage.orbit.home(ViewName.SIDE)
    assert inset.height_m == pytest.approx(full.height_m * 400 / 300)
    x, y, _ = inset.project(full.target, (640, 400))
    assert (x, y) == pytest.approx((320, 40 + 150), abs=1.0)
    stage.cover(QMargins(120, 40, 0, 60))
    beside = stage.orbit.home(ViewName.SIDE)
    x, y, _ = beside.project(full.target, (640, 400))
    assert (x, y) == pytest.approx((120 + 260, 40 + 150), abs=1.0)


def test_a_slow_machine_draws_coarser_while_moving_and_fully_at_rest(
    session: Session, stage: Stage, qtbot: QtBot, turn: Turn
) -> None:
    for took_ms in [100.0] * 7 + [60.0] * 7:
        stage.drawn.pace.drawn(took_ms)
    stage.redraw()
    stage.repaint()
    assert draws(stage)[-1].size == (320, 200)
    qtbot.waitUntil(lambda: draws(stage)[-1].size == (640, 400))
    # picking works at either resolution
    assert stage.muscle_at(QPointF(stage.rect().center()) * 0.25) == "gluteus_maximus"


class SteadyPace(Pace):
    """Stays at its scale, whatever drawing costs."""

    def __init__(self, scale: float) -> None:
        super().__init__()
        self._steady = scale

    @property
    def scale(self) -> float:
        return self._steady

    def drawn(self, took_ms: float) -> None:
        pass


def test_labels_are_as_large_on_a_coarse_picture_as_on_a_fine_one(
    session: Session, stage: Stage
) -> None:
    session.change(labels=True)
    sizes = []
    for scale in (1.0, 0.75, 0.5):
        stage.drawn.pace = SteadyPace(scale)
        stage.redraw()
        stage.repaint()
        assert draws(stage)[-1].size == (round(640 * scale), round(400 * scale))
        sizes.append(stage.drawn.overlay.texts[0].size_px)
    assert sizes == pytest.approx([sizes[0]] * 3)


def test_a_coarse_picture_is_shown_enlarged(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def enlarge(picture: Picture, out: NDArray[np.uint8]) -> bool:
        assert out.shape[:2] == (400, 640)
        out[:] = (0, 200, 0, 255)
        return True

    monkeypatch.setattr(stage.scene, "enlarge", enlarge)
    for took_ms in [100.0] * 7:
        stage.drawn.pace.drawn(took_ms)
    stage.redraw()
    assert stage.grab().toImage().pixelColor(600, 380) == QColor(0, 200, 0)


def test_a_picture_larger_than_the_screen_now_has_is_shown_and_drawn_anew(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, turn: Turn
) -> None:
    stage.repaint()
    stage.orbit.viewport = replace(stage.orbit.viewport, ratio=0.5)
    stage.grab()  # from before: larger than what can be enlarged to
    before = len(draws(stage))
    from PySide6.QtCore import QEvent

    monkeypatch.setattr(stage, "devicePixelRatioF", lambda: 0.5)
    stage.event(QEvent(QEvent.Type.DevicePixelRatioChange))
    stage.repaint()
    assert len(draws(stage)) > before
    assert draws(stage)[-1].size == (320, 200)


def double_click(stage: Stage, place: QPointF) -> None:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    kind = QEvent.Type.MouseButtonDblClick
    event = QMouseEvent(kind, place, stage.mapToGlobal(place), left, left, none)
    QApplication.sendEvent(stage, event)


def test_a_double_click_focuses_and_one_beside_the_body_goes_back(
    session: Session, stage: Stage, mouse: type[Mouse], turn: Turn
) -> None:
    home = stage.orbit.camera
    double_click(stage, mouse(stage).at(GLUTEUS))
    assert (session.state.selection, session.state.focus) == ("gluteus_maximus", True)
    assert stage.orbit.camera.height_m == pytest.approx(0.5)
    assert stage.orbit.at_view
    turn()
    assert draws(stage)[-1].options.focus == "gluteus_maximus"
    double_click(stage, mouse(stage).at(NOTHING))
    assert not session.state.focus
    assert stage.orbit.camera == home
    turn()
    assert draws(stage)[-1].options.focus is None


def test_the_focus_follows_muscle_and_view(session: Session, stage: Stage, turn: Turn) -> None:
    session.change(selection="gluteus_maximus", focus=True)
    low = stage.orbit.camera.target[2]
    session.seek(1.0)
    turn()
    rise = session.instant.bar_height_m - session.repetition.instant(0.0).bar_height_m
    assert stage.orbit.camera.target[2] - low == pytest.approx(rise)
    azimuth = stage.orbit.camera.azimuth_rad
    stage.show_view(ViewName.BACK)
    assert stage.orbit.camera.azimuth_rad != azimuth
    assert stage.orbit.camera.height_m == pytest.approx(0.5)
    session.change(selection="masseter")
    assert session.state.focus
    session.change(selection=None)
    assert not session.state.focus
    assert stage.orbit.camera.height_m == pytest.approx(2.0)


def test_leaving_the_focus_brings_back_a_camera_set_by_hand(
    session: Session, stage: Stage, mouse: type[Mouse]
) -> None:
    stage.orbit.turn(120, 10)
    by_hand = stage.orbit.camera
    session.change(selection="gluteus_maximus", focus=True)
    assert stage.orbit.camera.azimuth_rad == by_hand.azimuth_rad
    assert stage.orbit.camera.height_m == pytest.approx(0.5)
    session.change(focus=False)
    assert stage.orbit.camera == by_hand

"""Turning, zooming and shifting the body by mouse, keys, fingers and trackpad."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QNativeGestureEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from tests.helpers.window import Mouse, Turn, draws_of
from visualizer.app.session.session import Session
from visualizer.app.stage.stage import Stage
from visualizer.app.stage.stage_bar import StageBar
from visualizer.app.window.main_window import MainWindow
from visualizer.lifts.base import ViewName
from visualizer.lifts.schedule import Playhead

WIDTH, HEIGHT = 640, 400


Fingers = Sequence[tuple[int, int]]


def shares_on_stage(stage: Stage) -> NDArray[np.float64]:
    """Return where the body's points are, as shares of the stage's sides."""
    points = stage.scene.body_points(stage.session.instant)
    at = stage.orbit.camera.project(points, (stage.width(), stage.height()))
    return at[:, :2] / (stage.width(), stage.height())


def well_on_stage(stage: Stage) -> bool:
    at = shares_on_stage(stage)
    return bool(((at > 0.149) & (at < 0.851)).all(axis=1).any())


# ----------------------------------------------------------------------------------- limits
place = st.tuples(st.floats(0, 1), st.floats(0, 1))
steps = st.lists(
    st.one_of(
        st.tuples(st.just("wheel"), place, st.integers(-40, 40)),
        st.tuples(st.just("pan"), place, place),
        st.tuples(st.just("turn"), place, place),
        st.tuples(st.just("pinch"), place, st.floats(0.02, 50.0)),
        st.tuples(st.just("seek"), place, st.floats(0, 1)),
        st.tuples(st.just("view"), place, st.sampled_from(list(ViewName))),
        st.tuples(st.just("side"), place, st.integers(200, 900)),
    ),
    min_size=1,
    max_size=12,
)


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=steps)
def test_whatever_the_hand_does_some_of_the_body_stays_on_the_stage(
    stage: Stage, session: Session, mouse: type[Mouse], turn: Turn, steps: list[Any]
) -> None:
    m = mouse(stage)
    for kind, where, what in steps:
        if kind == "wheel":
            m.wheel(m.at(*where), what)
        elif kind == "pan":
            m.drag(m.at(*where), m.at(*what), Qt.MouseButton.MiddleButton)
        elif kind == "turn":
            m.drag(m.at(*where), m.at(*what))
        elif kind == "pinch":
            stage.pinch(what, m.at(*where), QPointF(what, -what))
        elif kind == "seek":
            session.seek(what * session.repetition.schedule.duration_s)
            session.show_newest()
        elif kind == "view":
            stage.show_view(what)
        else:
            stage.resize(max(what, 320), 400)
    camera = stage.orbit.camera
    assert well_on_stage(stage) or stage.orbit.at_view
    assert 0.11 < camera.height_m <= 5.01


def test_zooming_in_beside_the_body_brings_it_along(stage: Stage, mouse: type[Mouse]) -> None:
    m = mouse(stage)
    for _ in range(30):
        m.wheel(m.at(0.98, 0.02), 3)
    assert stage.orbit.camera.height_m == pytest.approx(0.12)
    assert well_on_stage(stage)


def test_a_camera_set_by_hand_follows_a_body_that_leaves(
    stage: Stage, session: Session, mouse: type[Mouse], turn: Turn
) -> None:
    m = mouse(stage)
    for _ in range(10):
        m.wheel(m.at(0.5, 0.55), 3)
    session.go_to(Playhead(session.variation.phases[0].id, 1.0))
    turn()
    assert well_on_stage(stage)


def test_a_wheel_that_turns_sideways_or_not_at_all_leaves_the_view(
    stage: Stage, mouse: type[Mouse]
) -> None:
    m = mouse(stage)
    m.wheel(m.at(0.5), 0)
    assert stage.orbit.at_view


def test_a_wild_wheel_does_no_harm(stage: Stage, mouse: type[Mouse]) -> None:
    m = mouse(stage)
    for notches in (1e6, -1e6, 1e6):
        m.wheel(m.at(0.3), notches)
        assert math.isfinite(stage.orbit.camera.height_m)
        assert well_on_stage(stage)


# ------------------------------------------------------------------------------------- keys
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


def test_ctrl_and_arrows_turn_the_body(stage: Stage, qtbot: QtBot) -> None:
    before = stage.orbit.camera
    qtbot.keyClick(stage, Qt.Key.Key_Right, CTRL)
    turned = stage.orbit.camera
    assert turned.azimuth_rad < before.azimuth_rad
    assert turned.elevation_rad == before.elevation_rad
    qtbot.keyClick(stage, Qt.Key.Key_Left, CTRL)
    assert stage.orbit.camera.azimuth_rad == pytest.approx(before.azimuth_rad)
    qtbot.keyClick(stage, Qt.Key.Key_Down, CTRL)
    assert stage.orbit.camera.elevation_rad > before.elevation_rad


def test_alt_and_arrows_shift_the_body(stage: Stage, qtbot: QtBot) -> None:
    before = stage.orbit.camera
    qtbot.keyClick(stage, Qt.Key.Key_Right, ALT)
    x, y, _ = stage.orbit.camera.project(before.target, (WIDTH, HEIGHT))
    assert (x, y) == pytest.approx((WIDTH / 2 + 0.06 * HEIGHT, HEIGHT / 2), abs=0.5)
    qtbot.keyClick(stage, Qt.Key.Key_Up, ALT)
    _, y, _ = stage.orbit.camera.project(before.target, (WIDTH, HEIGHT))
    assert y < HEIGHT / 2


@pytest.mark.parametrize(("key", "factor"), [("+", 1.15), ("=", 1.15), ("-", 1 / 1.15)])
def test_plus_and_minus_zoom(stage: Stage, qtbot: QtBot, key: str, factor: float) -> None:
    before = stage.orbit.camera.height_m
    qtbot.keyClicks(stage, key)
    assert stage.orbit.camera.height_m == pytest.approx(before / factor)


def test_the_keys_of_the_camera_are_no_ones_else(
    window: MainWindow, qtbot: QtBot, turn: Turn
) -> None:
    window.activateWindow()
    window.stage.setFocus()
    session, stage = window.session, window.stage
    session.seek(1.0)
    turn()
    camera = stage.orbit.camera
    for key, modifier in ((Qt.Key.Key_Left, CTRL), (Qt.Key.Key_Up, ALT), (Qt.Key.Key_Plus, NONE)):
        qtbot.keyClick(stage, key, modifier)
        assert stage.orbit.camera != camera
        camera = stage.orbit.camera
    assert session.wanted_s == 1.0
    qtbot.keyClick(stage, Qt.Key.Key_Left)
    assert session.wanted_s == pytest.approx(0.95)
    assert stage.orbit.camera == camera


def test_0_and_a_button_on_the_stage_go_back_to_the_view(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    stage = window.stage
    stage.orbit.duration_ms = 0
    home = stage.orbit.camera
    for _ in range(2):
        stage.orbit.turn(80, 20)
        stage.zoom_at(3.0, QPointF(50, 50))
        assert stage.orbit.camera != home
        qtbot.keyClick(window, Qt.Key.Key_0)
        assert stage.orbit.camera == home
    stage.orbit.turn(80, 20)
    (button,) = (
        b
        for b in window.views.of(StageBar).findChildren(QToolButton)
        if b.defaultAction() is window.actions_["reset_view"]
    )
    assert button.isVisible()
    assert button.accessibleName() == "Reset the view"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert stage.orbit.camera == home
    assert stage.orbit.at_view


def test_the_list_of_shortcuts_tells_the_cameras_keys(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_["shortcuts"].trigger()
    (dialog,) = window.findChildren(QDialog)
    told = {label.text() for label in dialog.findChildren(QLabel)}
    assert {"0", "Reset the view", "Turn the body", "Shift the body", "Zoom"} <= told
    assert any(text.startswith("Ctrl and arrows") for text in told)
    dialog.close()


# ----------------------------------------------------------------------------------- losing
LOST = [
    QEvent(QEvent.Type.WindowDeactivate),
    QEvent(QEvent.Type.WindowBlocked),
    QEvent(QEvent.Type.UngrabMouse),
    QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.PopupFocusReason),
]


@pytest.mark.parametrize("event", LOST, ids=lambda e: e.type().name)
def test_a_body_whose_release_went_elsewhere_is_not_turned_on(
    stage: Stage, mouse: type[Mouse], qapp: QApplication, event: QEvent
) -> None:
    m = mouse(stage)
    m.press(m.at(0.5))
    m.move(m.at(0.6), Qt.MouseButton.LeftButton)
    qapp.sendEvent(stage, event.clone())
    camera = stage.orbit.camera
    m.move(m.at(0.9), Qt.MouseButton.LeftButton)
    assert stage.orbit.camera == camera


def test_a_release_that_nobody_saw_is_noticed_and_the_fine_picture_comes(
    stage: Stage, mouse: type[Mouse], qtbot: QtBot
) -> None:
    m = mouse(stage)
    m.press(m.at(0.5))
    m.move(m.at(0.6), Qt.MouseButton.LeftButton)
    camera = stage.orbit.camera
    m.move(m.at(0.9))
    assert stage.orbit.camera == camera
    qtbot.waitUntil(lambda: draws_of(stage)[-1].supersample == 2)


# ---------------------------------------------------------------------------------- fingers
@pytest.fixture(scope="module")
def screen(qapp: QApplication) -> QPointingDevice:
    return QTest.createTouchDevice()


def touch(stage: Stage, screen: QPointingDevice) -> QTest.QTouchEventSequence:
    return QTest.touchEvent(stage, screen, False)


def pinch(stage: Stage, screen: QPointingDevice, start: Fingers, end: Fingers) -> None:
    """Put two fingers down, move them in five steps, lift them."""
    at = [QPoint(*p) for p in start]
    touch(stage, screen).press(0, at[0], stage).press(1, at[1], stage).commit()
    for k in range(1, 6):
        at = [
            QPoint(*(round(a + (b - a) * k / 5) for a, b in zip(p, q, strict=True)))
            for p, q in zip(start, end, strict=True)
        ]
        touch(stage, screen).move(0, at[0], stage).move(1, at[1], stage).commit()
    touch(stage, screen).release(0, at[0], stage).release(1, at[1], stage).commit()


def test_a_pinch_zooms_by_as_much_as_the_fingers_part(
    stage: Stage, screen: QPointingDevice
) -> None:
    before = stage.orbit.camera
    pinch(stage, screen, [(270, 200), (370, 200)], [(210, 200), (430, 200)])
    after = stage.orbit.camera
    assert after.height_m == pytest.approx(before.height_m / 2.2)
    assert (after.azimuth_rad, after.elevation_rad) == (before.azimuth_rad, before.elevation_rad)
    assert after.target == pytest.approx(before.target)
    pinch(stage, screen, [(210, 200), (430, 200)], [(270, 200), (370, 200)])
    assert stage.orbit.camera.height_m == pytest.approx(before.height_m)


def test_two_fingers_shift_the_body(stage: Stage, screen: QPointingDevice) -> None:
    before = stage.orbit.camera
    pinch(stage, screen, [(270, 200), (370, 200)], [(330, 220), (430, 220)])
    after = stage.orbit.camera
    assert after.height_m == pytest.approx(before.height_m)
    x, y, _ = after.project(before.target, (WIDTH, HEIGHT))
    assert (x, y) == pytest.approx((320 + 60, 200 + 20), abs=0.5)


def test_one_finger_turns_and_selects_nothing(
    stage: Stage, session: Session, screen: QPointingDevice
) -> None:
    before = stage.orbit.camera
    touch(stage, screen).press(0, QPoint(100, 200), stage).commit()
    touch(stage, screen).move(0, QPoint(160, 200), stage).commit()
    touch(stage, screen).move(0, QPoint(200, 200), stage).commit()
    touch(stage, screen).release(0, QPoint(200, 200), stage).commit()
    after = stage.orbit.camera
    assert after.azimuth_rad < before.azimuth_rad
    assert after.height_m == before.height_m
    assert session.state.selection is None
    assert session.hover is None


def test_the_finger_that_is_left_after_a_pinch_does_not_turn(
    stage: Stage, screen: QPointingDevice
) -> None:
    touch(stage, screen).press(0, QPoint(270, 200), stage).press(
        1, QPoint(370, 200), stage
    ).commit()
    touch(stage, screen).stationary(0).release(1, QPoint(370, 200), stage).commit()
    camera = stage.orbit.camera
    touch(stage, screen).move(0, QPoint(100, 100), stage).commit()
    touch(stage, screen).release(0, QPoint(100, 100), stage).commit()
    assert stage.orbit.camera == camera


def test_a_tap_selects_and_a_double_tap_focuses(
    stage: Stage, session: Session, screen: QPointingDevice
) -> None:
    def tap(x: int) -> None:
        touch(stage, screen).press(0, QPoint(x, 200), stage).commit()
        touch(stage, screen).release(0, QPoint(x, 200), stage).commit()

    tap(60)
    assert session.state.selection == "gluteus_maximus"
    assert not session.state.focus
    assert session.hover is None
    tap(62)
    assert session.state.focus
    tap(600)
    assert session.state.selection is None


def test_a_finger_on_a_button_over_the_stage_presses_the_button(
    stage: Stage, session: Session, screen: QPointingDevice, qtbot: QtBot
) -> None:
    button = QPushButton("over", stage)
    button.setGeometry(40, 180, 80, 40)
    button.show()
    with qtbot.waitSignal(button.clicked):
        touch(stage, screen).press(0, QPoint(80, 200), stage).commit()
        touch(stage, screen).release(0, QPoint(80, 200), stage).commit()
    assert session.state.selection is None


def test_a_cancelled_touch_leaves_nothing_held(
    stage: Stage, screen: QPointingDevice, qapp: QApplication, qtbot: QtBot
) -> None:
    touch(stage, screen).press(0, QPoint(100, 200), stage).commit()
    assert stage.touch.down
    stage.touch.cancel()
    assert not stage.touch.down
    touch(stage, screen).release(0, QPoint(100, 200), stage).commit()
    assert stage.session.state.selection is None


@pytest.mark.parametrize(("values", "factor"), [([0.1], 1.1), ([0.1, 0.1], 1.21), ([-0.2], 0.8)])
def test_the_zoom_gesture_of_a_trackpad_zooms_there(
    stage: Stage, qapp: QApplication, values: list[float], factor: float
) -> None:
    before, place = stage.orbit.camera, QPointF(320, 200)
    for value in values:
        event = QNativeGestureEvent(
            Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice(), 2,
            place, place, place, value, QPointF(),
        )  # fmt: skip
        qapp.sendEvent(stage, event)
        assert event.isAccepted()
    assert stage.orbit.camera.height_m == pytest.approx(before.height_m / factor)

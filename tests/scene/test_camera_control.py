"""The camera's control: moves and limits are values that are handed in; nothing is asked back."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualizer.lifts.base import ViewName
from visualizer.render import Camera
from visualizer.scene.camera_control import CameraControl, Limits

SIZE = 640, 400
HOME = Camera((0.0, 0.5, 0.4), 0.3, 0.1, 2.0)
BACK = replace(HOME, azimuth_rad=2.0)


def limits(rise_m: float = 0.0) -> Limits:
    """A lying block, 2.5 cm from point to point, within 15 % of the edges."""
    sides = np.linspace(-0.2, 0.2, 17), np.linspace(-0.3, 1.3, 65), np.linspace(0.0, 0.3, 13)
    body = np.stack(np.meshgrid(*sides), axis=-1).reshape(-1, 3)
    return Limits(
        body + np.array([0.0, 0.0, rise_m]), SIZE, (96.0, 60.0, 544.0, 340.0), HOME.height_m
    )


def at_home() -> CameraControl:
    control = CameraControl()
    control.stand(HOME)
    return control


def seen(camera: Camera, what: Limits) -> bool:
    x, y, _ = camera.project(what.body, SIZE).T
    left, top, right, bottom = what.within
    inside = (x > left - 1) & (x < right + 1) & (y > top - 1) & (y < bottom + 1)
    return bool(inside.any())


def test_a_view_is_reached_step_by_step() -> None:
    control = at_home()
    control.show_view(ViewName.BACK, BACK)
    assert (control.view, control.at_view, control.moving) == (ViewName.BACK, True, True)
    assert control.camera == HOME
    control.step(0.5)
    assert control.camera.azimuth_rad == pytest.approx(1.15)
    control.arrive()
    assert control.camera is BACK
    assert not control.moving


def test_the_hand_stops_the_way_and_leaves_the_view() -> None:
    control = at_home()
    control.show_view(ViewName.BACK, BACK)
    control.step(0.5)
    control.turn(10.0, 0.0, limits())
    assert (control.at_view, control.moving) == (False, False)
    stopped = control.camera
    control.step(0.9)
    control.arrive(limits())
    assert control.camera is stopped


def test_the_body_follows_the_hand() -> None:
    control = at_home()
    control.pan(64.0, -20.0, limits())
    x, y, _ = control.camera.project(HOME.target, SIZE)
    assert (x, y) == pytest.approx((320 + 64, 200 - 20), abs=0.5)
    control = at_home()
    control.turn(50.0, 20.0, limits())
    assert control.camera.azimuth_rad < HOME.azimuth_rad
    assert control.camera.elevation_rad > HOME.elevation_rad


def test_zoom_keeps_what_is_under_the_hand_and_has_ends() -> None:
    control = at_home()
    eye, way = HOME.ray(400.0, 150.0, SIZE)
    there = eye + way * (HOME.distance_m / -(way @ HOME.axes[2]))
    control.zoom(1.5, 400.0, 150.0, limits())
    assert control.camera.height_m == pytest.approx(HOME.height_m / 1.5)
    x, y, _ = control.camera.project(there, SIZE)
    assert (x, y) == pytest.approx((400, 150), abs=0.5)
    control.zoom(1e9, 320.0, 200.0, limits())
    assert control.camera.height_m == pytest.approx(0.12)
    nearest = control.camera
    control.zoom(2.0, 0.0, 0.0, limits())
    assert control.camera is nearest
    control.zoom(1e-9, 320.0, 200.0, limits())
    assert control.camera.height_m == pytest.approx(2.5 * HOME.height_m)


def test_a_camera_set_by_hand_follows_a_body_that_leaves_and_a_view_stays() -> None:
    control = at_home()
    control.keep(limits(rise_m=9.0))
    assert control.camera is HOME
    control.zoom(8.0, 320.0, 200.0, limits())
    control.keep(limits(rise_m=9.0))
    assert seen(control.camera, limits(rise_m=9.0))


def test_a_goal_of_the_hand_is_reached_where_the_body_is_by_then() -> None:
    control = at_home()
    close = replace(HOME, height_m=0.5)
    control.go(close)
    control.arrive(limits(rise_m=9.0))
    assert control.camera.height_m == pytest.approx(0.5)
    assert seen(control.camera, limits(rise_m=9.0))


def test_the_muscle_in_focus_is_followed_also_on_the_way() -> None:
    control = at_home()
    control.follow((0.0, 0.0, 0.1))  # nothing was watched before
    assert control.camera == HOME
    control.show_view(ViewName.BACK, BACK)
    control.watch((0.0, 0.0, 0.1))
    control.follow((0.0, 0.0, 0.3))
    assert control.camera.target == pytest.approx((0.0, 0.5, 0.6))
    control.arrive()
    assert control.camera.target == pytest.approx((0.0, 0.5, 0.6))
    control.follow(None)
    control.follow((5.0, 5.0, 5.0))
    assert control.camera.target == pytest.approx((0.0, 0.5, 0.6))


def test_what_was_set_aside_comes_back_once_and_only_if_the_hand_had_set_it() -> None:
    control = at_home()
    control.set_aside()
    assert control.taken_up() is None
    control.turn(10.0, 0.0, limits())
    by_hand = control.camera
    control.set_aside()
    assert control.taken_up() is by_hand
    assert control.taken_up() is None


moves = st.lists(
    st.one_of(
        st.tuples(st.just("turn"), st.floats(-2e3, 2e3), st.floats(-2e3, 2e3)),
        st.tuples(st.just("pan"), st.floats(-1e4, 1e4), st.floats(-1e4, 1e4)),
        st.tuples(st.just("zoom"), st.floats(1e-3, 1e3), st.floats(0, 640)),
    ),
    max_size=8,
)


@given(moves=moves)
def test_whatever_the_hand_does_some_of_the_body_stays(
    moves: list[tuple[str, float, float]],
) -> None:
    control, what = at_home(), limits()
    for kind, a, b in moves:
        if kind == "zoom":
            control.zoom(a, b, 200.0, what)
        else:
            (control.turn if kind == "turn" else control.pan)(a, b, what)
    assert seen(control.camera, what)
    assert 0.11 < control.camera.height_m < 5.01
    assert all(map(math.isfinite, control.camera.target))

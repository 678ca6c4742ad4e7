"""Where the camera looks, and that fitting holds everything in the picture."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualizer.render import Camera

angles = st.floats(-math.pi, math.pi)
tilts = st.floats(-1.5, 1.5)
coordinates = st.floats(-3, 3)
boxes = st.tuples(
    *[st.tuples(coordinates, st.floats(0.05, 2.5)) for _ in range(3)]
).map(lambda axes: ([a for a, _ in axes], [a + b for a, b in axes]))  # fmt: skip
# from 4:3 to 21:9
sizes = st.tuples(st.integers(320, 2400), st.floats(4 / 3, 21 / 9)).map(
    lambda s: (s[0], max(round(s[0] / s[1]), 1))
)


Box = tuple[list[float], list[float]]


def corners(low: list[float], high: list[float]) -> np.ndarray:
    pair = np.array([low, high])
    return np.array(
        [[pair[i, 0], pair[j, 1], pair[k, 2]] for i in (0, 1) for j in (0, 1) for k in (0, 1)]
    )


@given(angles, tilts)
def test_axes_are_a_right_handed_level_frame(azimuth: float, elevation: float) -> None:
    axes = Camera(azimuth_rad=azimuth, elevation_rad=elevation).axes
    np.testing.assert_allclose(axes @ axes.T, np.eye(3), atol=1e-12)
    assert np.linalg.det(axes) == pytest.approx(1)
    assert axes[0, 2] == 0  # never rolls
    assert axes[1, 2] >= 0  # never upside down


def test_from_the_right_side_the_head_is_left() -> None:
    camera = Camera((0, 0, 1), azimuth_rad=-math.pi / 2)
    x, y, _ = camera.project([[0, 0.5, 1], [0, -0.5, 1], [0, 0, 1.3]], (800, 600)).T
    assert x[0] < 400 < x[1]
    assert y[2] < 300
    assert camera.eye[0] < 0


def test_azimuth_zero_looks_along_y() -> None:
    camera = Camera((0, 0, 1))
    assert camera.eye[1] < 0
    x, _, depth = camera.project([[0.5, 0, 1], [0, 0.3, 1]], (800, 600)).T
    assert x[0] > 400  # the right of the picture is +x, the left of a body that faces the camera
    assert depth[1] == pytest.approx(camera.distance_m + 0.3)


@given(angles, tilts, boxes, sizes, st.floats(0.3, 1.0))
def test_fitted_holds_the_box_and_touches_its_frame(
    azimuth: float, elevation: float, box: Box, size: tuple[int, int], fill: float
) -> None:
    camera = Camera(azimuth_rad=azimuth, elevation_rad=elevation).fitted_to_box(
        box[0], box[1], size, fill
    )
    width, height = size
    x, y, depth = camera.project(corners(*box), size).T
    assert (depth > 0).all()
    half_x, half_y = width * fill / 2, height * fill / 2
    assert abs(x - width / 2).max() <= half_x + 1e-6 * width
    assert abs(y - height / 2).max() <= half_y + 1e-6 * height
    # one dimension is used up on both sides, unless the box had to be kept off the eye
    if depth.min() > 0.06:
        spans = np.ptp(x) / (2 * half_x), np.ptp(y) / (2 * half_y)
        assert max(spans) == pytest.approx(1.0, abs=1e-4)


@given(angles, tilts, st.tuples(coordinates, coordinates, coordinates), sizes)
def test_a_ray_goes_through_what_it_shows(
    azimuth: float, elevation: float, point: tuple[float, float, float], size: tuple[int, int]
) -> None:
    camera = Camera(azimuth_rad=azimuth, elevation_rad=elevation, height_m=9.0)
    x, y, depth = camera.project(point, size)
    if not math.isfinite(x):
        return
    eye, direction = camera.ray(x, y, size)
    to = np.asarray(point) - eye
    np.testing.assert_allclose(np.cross(direction, to), 0, atol=1e-7)
    assert direction @ to > 0
    assert -camera.axes[2] @ to == pytest.approx(depth)


def test_behind_the_camera_nothing_is_shown() -> None:
    x, y, depth = Camera((0, 0, 0)).project([0, -50, 0], (100, 100))
    assert math.isnan(x)
    assert math.isnan(y)
    assert depth < 0


def test_dragging_keeps_the_target_under_the_mouse() -> None:
    camera = Camera((0.2, -0.1, 0.5), 0.7, 0.3, 1.8)
    before = camera.project(camera.target, (800, 600))
    moved = camera.panned(40, -25, 600)
    after = moved.project(camera.target, (800, 600))
    np.testing.assert_allclose(after[:2] - before[:2], [40, -25], atol=1e-6)


def test_zoom_and_orbit() -> None:
    camera = Camera(height_m=2.0, elevation_rad=0.2)
    assert camera.zoomed(2).height_m == 1.0
    assert camera.orbited(0.1, 5.0).elevation_rad == pytest.approx(math.radians(89))
    assert camera.orbited(0.1, 0.0).azimuth_rad == pytest.approx(0.1)


def test_the_way_between_cameras_is_the_shorter_one() -> None:
    one, other = Camera(azimuth_rad=3.0, height_m=1.0), Camera(azimuth_rad=-3.0, height_m=4.0)
    half = one.between(other, 0.5)
    assert abs(half.azimuth_rad) == pytest.approx(math.pi, abs=1e-9)
    assert half.height_m == pytest.approx(2.0)
    assert one.between(other, 0.0).height_m == pytest.approx(1.0)
    end = one.between(other, 1.0)
    np.testing.assert_allclose(end.eye, other.eye, atol=1e-9)


@pytest.mark.parametrize(
    "change",
    [
        {"height_m": 0.0}, {"fov_rad": -1.0}, {"fov_rad": 3.0}, {"azimuth_rad": math.nan},
        {"target": (0.0, math.inf, 0.0)}, {"target": (0.0, 0.0)},
    ],
)  # fmt: skip
def test_senseless_cameras_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="camera"):
        Camera(**change)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("points", "fill"), [([], 0.9), ([[math.nan, 0, 0]], 0.9), ([[0, 0, 0]], 1.5)]
)
def test_senseless_fits_are_refused(points: list[list[float]], fill: float) -> None:
    with pytest.raises(ValueError, match=r"fit|fill"):
        Camera().fitted(points, (100, 100), fill)


@given(
    angles=st.tuples(st.floats(-4, 4), st.floats(-1.5, 1.5)),
    target=st.tuples(*[st.floats(-30, 30)] * 3),
    height_m=st.floats(0.05, 20.0),
)
def test_a_camera_anywhere_finds_the_points_it_must_keep(
    angles: tuple[float, float], target: tuple[float, float, float], height_m: float
) -> None:
    points = np.random.default_rng(0).uniform((-0.3, 0.0, 0.0), (0.3, 1.6, 0.5), (500, 3))
    size, within = (720, 440), (108.0, 66.0, 612.0, 374.0)
    camera = Camera(target, *angles, height_m).keeping(points, size, within)
    x, y, _ = camera.project(points, size).T
    inside = (x > 107) & (x < 613) & (y > 65) & (y < 375)
    assert inside.any()
    # and one that keeps them already is left alone
    assert camera.keeping(points, size, (0, 0, *size)) == camera

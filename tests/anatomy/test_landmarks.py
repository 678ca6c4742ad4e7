"""The points where the body touches things lie on the shipped surface, in the standing rest pose."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.helpers.repetitions import body_model
from visualizer.anatomy.landmarks import Landmark
from visualizer.anatomy.skeleton import Skeleton
from visualizer.anatomy.surface import Body

Array = NDArray[np.float64]
MODEL = body_model()
POINTS, MEASURES = MODEL.landmarks, MODEL.measures
SIDES = ("_r", "_l")
# Axes of the standing body: x to its left, y to its back, z up.
X, Y, Z = range(3)


def body() -> Body:
    return MODEL.surface


@cache
def frames() -> tuple[Skeleton, Array, Array]:
    skeleton = MODEL.skeleton
    joints = skeleton.joint_positions(dict(body().rest_angles))
    return skeleton, *skeleton.body_frames(joints)


def world(landmark: Landmark, side: str) -> Array:
    skeleton, position, rotation = frames()
    name, point = landmark.on(side if "{side}" in landmark.body else "")
    index = skeleton.body(name)
    return np.asarray(position[index] + rotation[index] @ point)


def vertices(part: str = "") -> Array:
    """Vertices of the parts whose id begins so; all of them by default."""
    used = np.zeros(len(body().rest_position), bool)
    for p in body().parts:
        if p.id.startswith(part):
            used[body().faces[p.first_face : p.first_face + p.face_count]] = True
    return body().rest_position[used].astype(np.float64)


def column(points: Array, centre: Array, along: int, radius_m: float = 0.012) -> Array:
    """The points within a square column through ``centre`` along an axis."""
    across = [axis for axis in range(3) if axis != along]
    return points[(np.abs(points[:, across] - centre[across]) < radius_m).all(1)]


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize(
    ("landmark", "most_mm"),
    [(POINTS.sole_heel, 1.0), (POINTS.sole_middle, 4.0), (POINTS.sole_ball, 6.5)],
)
def test_soles_lie_under_the_foot(landmark: Landmark, most_mm: float, side: str) -> None:
    foot, point = vertices(f"skin_foot{side}"), world(landmark, side)
    under = foot[(np.abs(foot[:, [X, Y]] - point[[X, Y]]) < (0.03, 0.012)).all(1)]
    gap_mm = (under[:, Z].min() - point[Z]) * 1000
    assert -1.0 <= gap_mm <= most_mm, "the arch rises above the ground, nothing sinks below it"


@pytest.mark.parametrize(
    ("landmark", "most_mm"), [(POINTS.upper_back, 8.0), (POINTS.shoulders, 32.0)]
)
def test_back_touches_the_skin(landmark: Landmark, most_mm: float) -> None:
    point = world(landmark, "")
    nearest = np.linalg.norm(vertices() - point, axis=1).min()
    # the shoulder point lies in front of the spine's groove, where a flat floor would be
    assert nearest * 1000 <= most_mm


@pytest.mark.parametrize("side", SIDES)
def test_hip_centre_is_the_middle_of_the_femoral_head(side: str) -> None:
    distance = np.linalg.norm(
        vertices(f"bone_femur{side}") - world(POINTS.hip_centre, side), axis=1
    )
    head = np.sort(distance)[:60] * 1000
    assert head.min() > 18.0
    assert np.ptp(head[10:]) < 1.5, "the head's surface is a sphere about it"


@pytest.mark.parametrize("side", SIDES)
def test_hip_radii(side: str) -> None:
    hip = world(POINTS.hip_centre, side)
    behind = column(vertices(), hip, Y)[:, Y].max() - hip[Y]
    assert behind == pytest.approx(MEASURES.buttock_radius_m, abs=0.006)
    below = hip - (0.0, 0.0, 0.08)
    front = hip[Y] - column(vertices(), below, Y)[:, Y].min()
    # the bar presses the flesh in: its seat may lie deeper than the resting thigh, never outside
    assert 0.0 <= front - MEASURES.thigh_half_depth_m <= 0.02


@pytest.mark.parametrize("side", SIDES)
def test_palm_lies_in_the_fist(side: str) -> None:
    distance = np.linalg.norm(vertices(f"skin_hand{side}") - world(POINTS.palm, side), axis=1)
    # the shaft has a radius of 14 mm and wants room within the closed hand
    assert 0.014 <= distance.min() <= 0.024


@pytest.mark.parametrize("side", SIDES)
def test_band_ring_goes_round_the_thigh(side: str) -> None:
    point = world(POINTS.band, side)
    thigh = vertices()
    thigh = thigh[(np.abs(thigh[:, Z] - point[Z]) < 0.01) & (thigh[:, X] * point[X] > 0)]
    middle = (thigh.min(0) + thigh.max(0)) / 2
    assert np.linalg.norm((point - middle)[[X, Y]]) < 0.02

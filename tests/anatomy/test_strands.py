"""Strands: knots, frames and how they follow the skeleton."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.repetitions import body, skeleton
from visualizer.anatomy.skeleton import SkeletonPose
from visualizer.anatomy.strands import smoothing_matrix
from visualizer.errors import PoseError


def pose(**angles_deg: float) -> SkeletonPose:
    """Pose both sides alike; joints not named stand as at rest."""
    angles = dict(body().rest_angles)
    for name, angle in angles_deg.items():
        angles |= {f"{name}_{side}": math.radians(angle) for side in "rl"}
    return skeleton().pose(angles)


def rotated(pose: SkeletonPose, quaternion: np.ndarray, shift: np.ndarray) -> SkeletonPose:
    """Return the pose after a rigid motion of the whole body."""
    w, x, y, z = quaternion
    matrix = np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
            [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
            [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
        ]
    )
    a, b, c, d = pose.body_quaternion.T
    turned = np.stack(
        [
            w * a - x * b - y * c - z * d,
            w * b + x * a + y * d - z * c,
            w * c - x * d + y * a + z * b,
            w * d + x * c - y * b + z * a,
        ],
        1,
    )
    return dataclasses.replace(
        pose,
        body_position=pose.body_position @ matrix.T + shift,
        body_quaternion=turned,
        path_points=pose.path_points @ matrix.T + shift,
    )


def test_smoothing_keeps_ends_and_straight_lines() -> None:
    matrix = smoothing_matrix(24)
    line = np.linspace(0, 1, 24)[:, None] * np.array([1.0, -2.0, 0.5])
    np.testing.assert_allclose(matrix @ line, line, atol=1e-6)
    bump = np.zeros(24)
    bump[12] = 1.0
    assert (matrix @ bump).max() < 0.25
    np.testing.assert_array_equal(matrix[[0, -1]], np.eye(24, dtype=np.float32)[[0, -1]])


def test_rest_pose_gives_identity_frames() -> None:
    frames = body().frames(pose())
    identity = np.eye(3, 4, dtype=np.float32)
    assert np.abs(frames[:, :, :3] - identity[:, :3]).max() < 2e-3
    centre = np.array([0.0, 0.15, 0.9])
    moved = np.einsum("nij,j->ni", frames[:, :, :3], centre) + frames[:, :, 3]
    assert np.abs(moved - centre).max() < 2e-3


def test_path_strands_run_along_the_tendons_of_the_skeleton() -> None:
    """The glutei's strands end where the skeleton's path ends, in a deep pose as well."""
    strands = body().strands
    deep = pose(hip_flexion=80, knee_angle=95)
    _, bodies = strands.rest_bodies.motion(deep)
    knots = strands.knots(deep, bodies)
    for k, tendon in enumerate(strands.tendons):
        start, count = deep.path_start[tendon], deep.path_count[tendon]
        path = deep.path_points[start : start + count]
        np.testing.assert_allclose(knots[:, 0, k], path[0], atol=1e-5)
        np.testing.assert_allclose(knots[:, -1, k], path[-1], atol=1e-5)


def test_muscles_shorten_and_lengthen_as_the_skeleton_says() -> None:
    strands = body().strands
    flexed, straight = pose(hip_flexion=70, knee_angle=90), pose(hip_flexion=0, knee_angle=90)
    lengths = []
    for p in (flexed, straight):
        _, bodies = strands.rest_bodies.motion(p)
        lengths.append(strands.length_ratio(strands.knots(p, bodies)))
    for name in ("glmax2_r", "semimem_r", "bflh_l"):
        tendon = skeleton().tendon(name)
        strand = int(np.flatnonzero(strands.tendons == tendon)[0])
        muscle = strands.muscle_of_strand[strand]
        change = lengths[1][muscle] - lengths[0][muscle]
        expected = straight.tendon_length_m[tendon] - flexed.tendon_length_m[tendon]
        assert np.sign(change) == np.sign(expected), name


def test_frames_stay_rotations_with_one_radial_scale() -> None:
    frames = body().frames(pose(hip_flexion=90, knee_angle=110, arm_flex=40, elbow_flex=30))
    bones = frames[body().knot_frames :, :, :3].astype(float)
    gram = np.einsum("nji,njk->nik", bones, bones)
    np.testing.assert_allclose(gram, np.broadcast_to(np.eye(3), gram.shape), atol=1e-5)
    knots = frames[: body().knot_frames, :, :3].astype(float)
    stretch = np.linalg.svd(knots, compute_uv=False)
    # two radial scales that are equal and 1 along the strand
    nearest_one = np.abs(stretch - 1).min(1)
    assert nearest_one.max() < 5e-3
    assert stretch.min() > 0.6
    assert stretch.max() < 1.7
    assert (np.linalg.det(knots) > 0).all()


@settings(max_examples=20, deadline=None)
@given(
    turn=st.tuples(*[st.floats(-1, 1)] * 4).filter(lambda q: np.linalg.norm(q) > 0.1),
    shift=st.tuples(*[st.floats(-2, 2)] * 3),
    hip=st.floats(0, 90),
)
def test_rigid_motion_of_the_root_moves_everything_rigidly(
    turn: tuple[float, ...], shift: tuple[float, ...], hip: float
) -> None:
    quaternion = np.array(turn) / np.linalg.norm(turn)
    still = pose(hip_flexion=hip, knee_angle=hip)
    before = body().posed(body().frames(still))
    after = body().posed(body().frames(rotated(still, quaternion, np.array(shift))))
    some = np.arange(0, len(before), 997)
    distance = np.linalg.norm(before[some, None] - before[None, some], axis=2)
    moved = np.linalg.norm(after[some, None] - after[None, some], axis=2)
    np.testing.assert_allclose(moved, distance, atol=2e-4)


def test_no_pop_anywhere_in_the_range() -> None:
    """Vertices move smoothly when hip and knee sweep; a jump would show as acceleration."""
    steps = 61
    places = []
    for t in np.linspace(0, 1, steps):
        p = pose(hip_flexion=90 * t, knee_angle=20 + 90 * t)
        pelvis = p.body_position[skeleton().body("pelvis")]
        places.append(body().posed(body().frames(p))[::7] - pelvis)
    speed = np.linalg.norm(np.diff(places, axis=0), axis=2)
    acceleration = np.abs(np.diff(speed, axis=0))
    assert acceleration.max() < 2.5e-3


def test_a_skeleton_of_another_make_is_refused() -> None:
    p = pose()
    short = dataclasses.replace(p, body_position=p.body_position[:-1])
    with pytest.raises(PoseError, match="please reinstall"):
        body().frames(short)


def test_frames_are_written_in_place() -> None:
    out = np.full((body().frame_count, 3, 4), np.nan, np.float32)
    assert body().frames(pose(), out) is out
    assert np.isfinite(out).all()


@pytest.mark.parametrize("flexion_deg", [-15.0, 0.0, 40.0, 95.0])
def test_native_frames_agree_with_numpy(flexion_deg: float, monkeypatch: Any) -> None:
    strands = body().strands
    if strands.native is None:
        pytest.skip("the native frames were not built here")
    moved = pose(hip_flexion=flexion_deg, knee_angle=abs(flexion_deg))
    one = body().frames(moved)
    monkeypatch.setattr(strands, "native", None)
    other = body().frames(moved)
    # a strand's closest knots leave few digits to its tangent, so the frames may differ a little
    np.testing.assert_allclose(one, other, atol=1e-3)
    np.testing.assert_allclose(body().posed(one), body().posed(other), atol=2e-5)


def test_native_frames_refuse_a_path_beyond_the_points() -> None:
    strands = body().strands
    if strands.native is None:
        pytest.skip("the native frames were not built here")
    whole = pose()
    short = dataclasses.replace(whole, path_points=whole.path_points[:5])
    with pytest.raises(ValueError, match="path_object"):
        body().frames(short)
    short = dataclasses.replace(short, path_object=whole.path_object[:5])
    with pytest.raises(ValueError, match="leads out"):
        body().frames(short)

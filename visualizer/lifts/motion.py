"""The path that a lift takes the skeleton along, sampled from its bottom to its top."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.landmarks import Landmark
from visualizer.anatomy.muscle import Side
from visualizer.anatomy.skeleton import Skeleton
from visualizer.errors import PoseError
from visualizer.texts import tr

__all__ = ["PLATE_RADIUS_M", "Motion", "check_ranges", "landmark_path"]

Array = NDArray[np.float64]

PLATE_RADIUS_M = 0.225  # standard 450 mm plates


@dataclass(frozen=True)
class Motion:
    """The path of the skeleton between the bottom and the top of the lift.

    Attributes
    ----------
    hip_height_m : (S,) ndarray
        Height of the hip joints, from the bottom to the top.
    joint_position : (S, Q) ndarray
        Joint positions of the skeleton (radians; root's place in metres and quaternion first).
    trunk_rad : (S,) ndarray
        Inclination of the trunk: positive with the head higher than the hips.
    bar_position_m : (S, 3) ndarray
        Middle of the bar's shaft; the seat of the bar also where no bar is used.
    side : Side
        The working side where one leg works, else the right.
    support_height_m : float
        Height of what the trunk rests on: bench, mat; 0 for floor and feet.
    """

    hip_height_m: Array
    joint_position: Array
    trunk_rad: Array
    bar_position_m: Array
    side: Side
    support_height_m: float = 0.0

    @property
    def travel_m(self) -> float:
        """Vertical travel of the hips."""
        return float(self.hip_height_m[-1] - self.hip_height_m[0])

    def at(self, progress: float) -> Array:
        """Return the joint positions (Q,) at ``progress`` 0 (bottom) … 1 (top)."""
        q = self._blend(self.joint_position, progress)
        q[3:7] /= np.linalg.norm(q[3:7])
        return q

    def bar_at(self, progress: float) -> Array:
        """Return the middle of the bar (3,) at ``progress``."""
        return self._blend(self.bar_position_m, progress)

    def hip_height_at(self, progress: float) -> float:
        """Return the height of the hip joints (m) at ``progress``."""
        return float(self._blend(self.hip_height_m, progress))

    def _blend(self, samples: Array, progress: float) -> Array:
        x = min(max(progress, 0.0), 1.0) * (len(samples) - 1)
        i = min(int(x), len(samples) - 2)
        f = x - i
        return np.asarray(samples[i] * (1 - f) + samples[i + 1] * f)


def check_ranges(
    skeleton: Skeleton, joints: Sequence[str], suffix: str, reached_rad: Array
) -> None:
    """Refuse a motion that takes a joint beyond its range.

    Parameters
    ----------
    skeleton : Skeleton
        The body's skeleton.
    joints : sequence of str
        J names of joints without their side.
    suffix : str
        The side, ``_r`` or ``_l``.
    reached_rad : (S, J) ndarray
        Their angles along the motion.

    Raises
    ------
    PoseError
        Naming the first joint that would leave its range.
    """
    for joint, reached in zip(joints, reached_rad.T, strict=True):
        low, high = skeleton.joint_range[joint + suffix]
        if reached.min() < low or reached.max() > high:
            raise PoseError(
                tr(
                    "joint {joint} would reach {min:.0f}…{max:.0f}°, beyond its range "
                    "{low:.0f}…{high:.0f}°"
                ).format(
                    joint=joint,
                    min=math.degrees(reached.min()),
                    max=math.degrees(reached.max()),
                    low=math.degrees(low),
                    high=math.degrees(high),
                )
            )


def landmark_path(
    skeleton: Skeleton, motion: Motion, landmark: Landmark, suffix: str, progress: Array
) -> Array:
    """Return where a landmark is (P, 3), metres, at each ``progress`` (P,) of a motion."""
    body, point = landmark.on(suffix)
    i = skeleton.body(body)
    path = []
    for p in progress:
        origin, rotation = skeleton.body_frames(motion.at(float(p)))
        path.append(origin[i] + rotation[i] @ point)
    return np.array(path)

"""Where the arms go: hands on the bar, on the bench, or beside the body.

A small damped least-squares inverse kinematics per sample of the motion, started from the sample
before, so that the arms move smoothly. The arms carry no statement about muscles; they only have
to look and reach right.
"""

from __future__ import annotations

import itertools
import math
from enum import Enum, auto

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.landmarks import PALM
from visualizer.anatomy.muscle import Side
from visualizer.anatomy.skeleton import Skeleton

__all__ = ["GRIP_HALF_WIDTH_M", "ArmTask", "solve_arms"]

Array = NDArray[np.float64]

GRIP_HALF_WIDTH_M = 0.36
_JOINTS = ("arm_flex", "arm_add", "arm_rot", "elbow_flex", "pro_sup", "wrist_flex", "wrist_dev")


class ArmTask(Enum):
    """What the hands do."""

    HOLD_BAR = auto()
    ON_BENCH = auto()
    BESIDE_BODY = auto()


# Angles in degrees that each task starts from and is drawn towards.
_PREFERRED_DEG: dict[ArmTask, tuple[float, ...]] = {
    ArmTask.HOLD_BAR: (12, -28, 25, 55, 35, 10, 0),
    ArmTask.ON_BENCH: (-5, -72, 10, 35, 60, -5, 0),
    ArmTask.BESIDE_BODY: (2, -14, 0, 8, 75, 0, 0),
}
# How strongly the palm is turned the way the task wants it, against reaching the place.
_PALM_WEIGHT = 0.06
_REST_WEIGHT = 0.012
# The elbow's bones and flesh; it must not sink into what the arm lies on.
_ELBOW_RADIUS_M = 0.055
# The arms hardly move; between every so many samples their angles are interpolated.
_EVERY = 4
# Fitted to the surfaces: fingers lie on the shaft, the thumb crosses them from below.
_FIST_DEG = {"mcp": 66, "pip": 80, "dip": 36, "thumb_cmc": 24, "thumb_mp": 48, "thumb_ip": 12}
_OPEN_DEG = {"mcp": 4, "pip": 12, "dip": 8, "thumb_cmc": -6, "thumb_mp": 6, "thumb_ip": 6}
# The way the shaft takes through the fist, in the frame of the right hand: along the knuckles.
_SHAFT_IN_HAND = np.array([0.94, -0.20, 0.27]) / np.linalg.norm([0.94, -0.20, 0.27])
_SHAFT_WEIGHT = 0.06


def solve_arms(
    skeleton: Skeleton, joint_position: Array, task: ArmTask, bar_m: Array, support_height_m: float
) -> Array:
    """Return ``joint_position`` (S, Q) with the joints of both arms set for ``task``.

    Parameters
    ----------
    skeleton : Skeleton
        The skeleton the joints belong to.
    joint_position : (S, Q) ndarray
        The motion without arms.
    task : ArmTask
        What the hands do.
    bar_m : (S, 3) ndarray
        Middle of the bar, metres.
    support_height_m : float
        Height of the bench.
    """
    q = joint_position.copy()
    address = {
        n: skeleton.joint_address(n)
        for n in skeleton.free_joint_names
        if n.startswith((*_JOINTS, "mcp", "pip", "dip", "thumb"))
    }
    bend = _FIST_DEG if task is ArmTask.HOLD_BAR else _OPEN_DEG
    # the left arm mirrors the right one: the body is symmetric about its midplane
    for name, a in address.items():
        for prefix, degrees in bend.items():
            if name.startswith(prefix):
                q[:, a] = math.radians(degrees)
    right = np.array([address[f"{j}_r"] for j in _JOINTS])
    left = np.array([address[f"{j}_l"] for j in _JOINTS])
    preferred = np.radians(_PREFERRED_DEG[task])
    low, high = np.array([skeleton.joint_range[f"{j}_r"] for j in _JOINTS]).T
    angles = preferred.copy()
    body, palm = PALM.on(Side.RIGHT.suffix)
    hand, elbow = skeleton.body(body), skeleton.body("ulna_r")
    lying, gripping = task is ArmTask.BESIDE_BODY, task is ArmTask.HOLD_BAR
    solved = sorted({*range(0, len(q), _EVERY), len(q) - 1})
    for k in solved:
        target, facing = _goal(task, bar_m[k], support_height_m)

        def residual(
            a: Array, row: Array = q[k], target: Array = target, facing: Array = facing
        ) -> Array:
            row[right] = a
            origin, rotation = skeleton.body_frames(row)
            place = origin[hand] + rotation[hand] @ palm
            # the palm of the right hand looks along −z of the hand's frame (to the body's left)
            turned = -rotation[hand][:, 2] - facing
            askew = rotation[hand] @ _SHAFT_IN_HAND - (1.0, 0.0, 0.0) if gripping else np.zeros(3)
            sunk = max(support_height_m + _ELBOW_RADIUS_M - origin[elbow][2], 0.0) if lying else 0.0
            return np.concatenate(
                [
                    place - target,
                    _PALM_WEIGHT * turned,
                    _SHAFT_WEIGHT * askew,
                    _REST_WEIGHT * (a - preferred),
                    [sunk],
                ]
            )

        for _ in range(30 if k == 0 else 6):
            r = residual(angles)
            columns = [(residual(angles + 1e-6 * e) - r) / 1e-6 for e in np.eye(len(angles))]
            jacobian = np.array(columns).T
            damped = jacobian.T @ jacobian + 1e-6 * np.eye(len(angles))
            step = np.linalg.solve(damped, -jacobian.T @ r)
            angles = np.clip(angles + np.clip(step, -0.3, 0.3), low, high)
        q[k, right] = angles
    for a, b in itertools.pairwise(solved):
        share = np.linspace(0.0, 1.0, b - a + 1)[:, None]
        q[a : b + 1, right] = q[a, right] + share * (q[b, right] - q[a, right])
    q[:, left] = q[:, right]
    return q


def _goal(task: ArmTask, bar_m: Array, support_height_m: float) -> tuple[Array, Array]:
    """Return where the right palm goes and the direction that it looks in."""
    if task is ArmTask.HOLD_BAR:
        return bar_m + np.array([-GRIP_HALF_WIDTH_M, 0, 0.0]), np.array([0.0, -0.55, -0.83])
    if task is ArmTask.ON_BENCH:
        return np.array([-0.58, 0.12, support_height_m + 0.03]), np.array([0.0, 0, -1])
    return np.array([-0.31, -0.57, support_height_m + 0.010]), np.array([0.0, 0, -1])

"""Where the arms go: hands on the bar, on the bench, or beside the body.

A small damped least-squares inverse kinematics per sample of the motion, started from the sample
before, so that the arms move smoothly. The arms carry no statement about muscles; they only have
to look and reach right.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.body_model import BodyModel
from visualizer.anatomy.muscle import Side

__all__ = ["ArmTask", "solve_arms"]

Array = NDArray[np.float64]
IntArray = NDArray[np.int64]

_JOINTS = ("arm_flex", "arm_add", "arm_rot", "elbow_flex", "pro_sup", "wrist_flex", "wrist_dev")


@dataclass(frozen=True)
class ArmTask:
    """What the hands do; each lift states its own.

    Attributes
    ----------
    preferred_deg : tuple of float
        Angles of ``_JOINTS`` that the arms start from and are drawn towards, degrees.
    facing : tuple of float
        Direction that the right palm looks in; any length.
    place_m : tuple of float
        Where the right palm goes: from the middle of the bar with ``grips``, else in the world.
    grips : bool
        Whether the fists close round the bar.
    lies : bool
        Whether the elbows rest on what supports the body.
    """

    preferred_deg: tuple[float, ...]
    facing: tuple[float, float, float]
    place_m: tuple[float, float, float]
    grips: bool = False
    lies: bool = False


# How strongly the palm is turned the way the task wants it, against reaching the place.
_PALM_WEIGHT = 0.06
_REST_WEIGHT = 0.012
_STILL_RAD = 1e-7
# An arm that lies slides a little on the floor rather than bend its wrist.
_SLIDING = np.array([0.3, 0.3, 1.0])
# The arms hardly move; between every so many samples their angles are interpolated.
_EVERY = 4
# Fitted to the surfaces: fingers lie on the shaft, the thumb crosses them from below.
_FIST_DEG = {"mcp": 66, "pip": 80, "dip": 36, "thumb_cmc": 24, "thumb_mp": 48, "thumb_ip": 12}
_OPEN_DEG = {"mcp": 0, "pip": 5, "dip": 4, "thumb_cmc": -6, "thumb_mp": 6, "thumb_ip": 6}
# The way the shaft takes through the fist, in the frame of the right hand: along the knuckles.
_SHAFT_IN_HAND = np.array([0.94, -0.20, 0.27]) / np.linalg.norm([0.94, -0.20, 0.27])
_SHAFT_WEIGHT = 0.06


def solve_arms(
    body: BodyModel, joint_position: Array, task: ArmTask, bar_m: Array, support_height_m: float
) -> Array:
    """Return ``joint_position`` (S, Q) with the joints of both arms set for ``task``.

    Parameters
    ----------
    body : BodyModel
        The body that the joints belong to.
    joint_position : (S, Q) ndarray
        The motion without arms.
    task : ArmTask
        What the hands do.
    bar_m : (S, 3) ndarray
        Middle of the bar, metres.
    support_height_m : float
        Height of the bench.
    """
    skeleton, elbow_radius_m = body.skeleton, body.measures.elbow_radius_m
    q = joint_position.copy()
    address = {
        n: skeleton.joint_address(n)
        for n in skeleton.free_joint_names
        if n.startswith((*_JOINTS, "mcp", "pip", "dip", "thumb"))
    }
    bend = _FIST_DEG if task.grips else _OPEN_DEG
    # the left arm mirrors the right one: the body is symmetric about its midplane
    for name, a in address.items():
        for prefix, degrees in bend.items():
            if name.startswith(prefix):
                q[:, a] = math.radians(degrees)
    right = np.array([address[f"{j}_r"] for j in _JOINTS])
    left = np.array([address[f"{j}_l"] for j in _JOINTS])
    preferred = np.radians(task.preferred_deg)
    low, high = np.array([skeleton.joint_range[f"{j}_r"] for j in _JOINTS]).T
    angles = preferred.copy()
    bone, palm = body.landmarks.palm.on(Side.RIGHT.suffix)
    hand, elbow = skeleton.body(bone), skeleton.body("ulna_r")
    facing = np.array(task.facing)
    solved = sorted({*range(0, len(q), _EVERY), len(q) - 1})
    for k in solved:
        target = np.array(task.place_m) + (bar_m[k] if task.grips else 0.0)

        def residual(a: Array, row: Array = q[k], target: Array = target) -> Array:
            row[right] = a
            origin, rotation = skeleton.body_frames(row)
            place = origin[hand] + rotation[hand] @ palm
            # the palm of the right hand looks along −z of the hand's frame (to the body's left)
            turned = -rotation[hand][:, 2] - facing
            askew = rotation[hand] @ _SHAFT_IN_HAND - (1.0, 0.0, 0.0) if task.grips else np.zeros(3)
            # an elbow at rest touches what the arm lies on: it neither sinks in nor hovers
            hovers = origin[elbow][2] - support_height_m - elbow_radius_m if task.lies else 0.0
            return np.concatenate(
                [
                    (place - target) * (_SLIDING if task.lies else 1.0),
                    _PALM_WEIGHT * turned,
                    _SHAFT_WEIGHT * askew,
                    _REST_WEIGHT * (a - preferred),
                    [hovers],
                ]
            )

        for _ in range(30 if k == 0 else 6):
            r = residual(angles)
            columns = [(residual(angles + 1e-6 * e) - r) / 1e-6 for e in np.eye(len(angles))]
            jacobian = np.array(columns).T
            damped = jacobian.T @ jacobian + 1e-6 * np.eye(len(angles))
            step = np.linalg.solve(damped, -jacobian.T @ r)
            before, angles = angles, np.clip(angles + np.clip(step, -0.3, 0.3), low, high)
            if np.abs(angles - before).max() < _STILL_RAD:
                break
        q[k, right] = angles
    q[:, right] = np.clip(_smooth_through(np.array(solved), q[np.ix_(solved, right)]), low, high)
    q[:, left] = q[:, right]
    return q


def _smooth_through(place: IntArray, known: Array) -> Array:
    """Return values at 0, 1, … ``place[-1]``, on a curve without corners through known ones.

    Cubics between neighbours, with the slopes of the parabolas through three of them: straight
    lines between would make the hands jerk at every sample that was solved.

    Parameters
    ----------
    place : (N,) ndarray of int
        Ascending from 0.
    known : (N, J) ndarray
        Values there.
    """
    slope = np.gradient(known, place, axis=0, edge_order=2 if len(place) > 2 else 1)
    at = np.arange(place[-1] + 1)
    k = np.clip(np.searchsorted(place, at, side="right") - 1, 0, len(place) - 2)
    step = (place[k + 1] - place[k])[:, None]
    t = (at - place[k])[:, None] / step
    rise = known[k + 1] - known[k]
    bent = (1 - t) * (slope[k] * step - rise) - t * (slope[k + 1] * step - rise)
    return np.asarray(known[k] + t * rise + t * (1 - t) * bent)

"""Moment arms at the knee as a published model has them, where our skeleton's paths differ.

Our paths of the muscles that cross the knee give the vasti arms up to 9 mm too large, between 80
and 110 degrees of flexion, and the flexors arms up to 18 mm off. ``effort_arms.csv`` holds the arms
of RajagopalLaiUhlrich2023 (see :mod:`visualizer.effort.units` for its papers) in nine poses of our
barbell motion, from where the knee is most bent to the top. The differences there depend on the
knee's angle alone: to 0.03 mm for quadriceps and gastrocnemius, to 2 mm for hamstrings and
gracilis. So they are added at any pose by its knee angle; beyond the poses they fade, since nothing
is known there.

What is drawn, and lengths and arms elsewhere, are the skeleton's own: only the shares of effort use
the corrected ones. Lengths are corrected with the arms, so that work stays the same in both.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.muscle import Side
from visualizer.anatomy.skeleton import Skeleton
from visualizer.effort.tables import angles_of, rows_of

__all__ = ["KneeCorrection"]

Array = NDArray[np.float64]

_KNEE = "knee_angle"
_FADE_RAD = math.radians(20.0)
# Steps of the sum from arms to lengths.
_STEP_RAD = math.radians(0.5)
_FROM_RAD, _TO_RAD = math.radians(-30.0), math.radians(180.0)


class KneeCorrection:
    """What is added to our skeleton's knee arms and lengths, by the knee's angle.

    Parameters
    ----------
    skeleton : Skeleton
        Whose paths are corrected.
    bare : sequence of str
        The M units, without a side.
    """

    def __init__(self, skeleton: Skeleton, bare: Sequence[str]) -> None:
        right = Side.RIGHT.suffix
        which = [skeleton.tendon(name + right) for name in bare]
        knees, missing = [], []
        for row in rows_of("effort_arms.csv"):
            angles = angles_of(row, right)
            position = skeleton.pose(angles).joint_position
            ours = skeleton.moment_arms_m(position, _KNEE + right)[which]
            # a unit without a column does not cross the knee
            theirs = [float(row.get(n, arm)) for n, arm in zip(bare, ours, strict=True)]
            knees.append(angles[_KNEE + right])
            missing.append(theirs - ours)
        order = np.argsort(knees)
        ends = [knees[order[0]] - _FADE_RAD, knees[order[-1]] + _FADE_RAD]
        none = np.zeros(len(bare))
        grid = np.array([ends[0], *np.array(knees)[order], ends[1]])
        at = np.arange(_FROM_RAD, _TO_RAD, _STEP_RAD)
        table = np.array([none, *np.array(missing)[order], none])
        self._at = at
        self._arm = np.column_stack([np.interp(at, grid, column) for column in table.T])
        between = (self._arm[1:] + self._arm[:-1]) / 2 * _STEP_RAD
        # an arm is by how much the length falls with the angle
        self._length = -np.vstack([none, np.cumsum(between, axis=0)])

    def arms_m(self, knee_rad: Array) -> Array:
        """Return what is added to arms at the knee, (S, M), for S knee angles."""
        return self._over(self._arm, knee_rad)

    def lengths_m(self, knee_rad: Array) -> Array:
        """Return what is added to muscle-tendon lengths, (S, M), for S knee angles."""
        return self._over(self._length, knee_rad)

    def _over(self, table: Array, knee_rad: Array) -> Array:
        return np.column_stack([np.interp(knee_rad, self._at, column) for column in table.T])

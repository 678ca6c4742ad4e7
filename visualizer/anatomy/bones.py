"""How bones, and what follows two of them, have moved since a surface was made.

``bones.c`` does the same over the same arrays; where it was not built, numpy serves, and the tests
hold the two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.rotations import product, rotation_rows
from visualizer.anatomy.skeleton import SkeletonPose
from visualizer.errors import PoseError
from visualizer.texts import tr

__all__ = ["NOTHING_BETWEEN", "Between", "RestBodies"]

Array = NDArray[np.float32]
IntArray = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Between:
    """J frames that turn by a share of the way from one bone to another.

    Attributes
    ----------
    pair : (J, 2) int32 ndarray
        The two bones of each.
    share : (J,) ndarray
        How much of the way from the first to the second it turns.
    centre : (J, 3) ndarray
        What it turns about, at rest, metres.
    """

    pair: IntArray
    share: NDArray[np.float64]
    centre: NDArray[np.float64]


NOTHING_BETWEEN = Between(np.zeros((0, 2), np.int32), np.zeros(0), np.zeros((0, 3)))


@dataclass(frozen=True, eq=False)
class RestBodies:
    """Where bodies of the skeleton stood when a surface was made.

    Attributes
    ----------
    position : (B, 3) ndarray
        Origins, metres.
    quaternion : (B, 4) ndarray
        Orientations (w, x, y, z).
    """

    position: NDArray[np.float64]
    quaternion: NDArray[np.float64]

    @cached_property
    def _all(self) -> IntArray:
        return np.arange(len(self.position), dtype=np.int32)

    def motion(self, pose: SkeletonPose) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return quaternions (B, 4) and affine frames (B, 3, 4) that lead from rest to ``pose``.

        Raises
        ------
        PoseError
            When these are not all bodies of the skeleton.
        """
        self._check(pose)
        return self._motion(pose, self._all)

    def moved(
        self,
        pose: SkeletonPose,
        native: ModuleType | None,
        which: IntArray | None = None,
        between: Between = NOTHING_BETWEEN,
    ) -> tuple[Array, Array]:
        """Return the same in single precision, and frames between bones behind those of bones.

        Parameters
        ----------
        pose : SkeletonPose
            The skeleton.
        native : module or None
            Does it in a tenth of the time.
        which : (B,) int32 ndarray, optional
            Where these bodies stand among those of the skeleton; by default they are all of them.
        between : Between, optional
            Frames between two of them.

        Returns
        -------
        turn, frame : (B, 4), (B + J, 3, 4) float32 ndarray
            Quaternions and affine frames.
        """
        if which is None:
            self._check(pose)
            which = self._all
        if native is None:
            return self._moved(pose, which, between)
        count = len(which)
        turn = np.empty((count, 4), np.float32)
        frame = np.empty((count + len(between.share), 3, 4), np.float32)
        native.motion(
            pose.body_position,
            pose.body_quaternion,
            which,
            self.position,
            self.quaternion,
            between.pair,
            between.share,
            between.centre,
            turn,
            frame,
        )
        return turn, frame

    def _check(self, pose: SkeletonPose) -> None:
        if pose.body_position.shape != self.position.shape:
            raise PoseError(
                tr(
                    "the skeleton has {body_position} bodies, the body's surface was made "
                    "for {position}; please reinstall"
                ).format(body_position=len(pose.body_position), position=len(self.position))
            )

    def _motion(
        self, pose: SkeletonPose, which: NDArray[Any]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        position, quaternion = pose.body_position[which], pose.body_quaternion[which]
        turn = np.stack(product(quaternion.T, (self.quaternion * (1.0, -1.0, -1.0, -1.0)).T), -1)
        frame = np.empty((len(turn), 3, 4))
        frame[:, :, :3] = np.moveaxis(np.array(rotation_rows(turn.T)), 2, 0)
        frame[:, :, 3] = position - np.einsum("bij,bj->bi", frame[:, :, :3], self.position)
        return turn, frame

    def _moved(self, pose: SkeletonPose, which: IntArray, between: Between) -> tuple[Array, Array]:
        turn, frame = self._motion(pose, which)
        one, two = between.pair.T
        # the shorter way from one to the other; their mean turns about as far as its share says
        sign = np.sign((turn[one] * turn[two]).sum(axis=1)) + 0.0
        share, centre = between.share[:, None], between.centre
        mean = turn[one] * (1.0 - share) + turn[two] * (sign[:, None] * share)
        mean /= np.linalg.norm(mean, axis=1, keepdims=True)
        ends = [
            np.einsum("jik,jk->ji", frame[b][:, :, :3], centre) + frame[b][:, :, 3]
            for b in (one, two)
        ]
        place = ends[0] * (1.0 - share) + ends[1] * share
        extra = np.empty((len(share), 3, 4))
        extra[:, :, :3] = np.moveaxis(np.array(rotation_rows(mean.T)), 2, 0)
        extra[:, :, 3] = place - np.einsum("jik,jk->ji", extra[:, :, :3], centre)
        return turn.astype(np.float32), np.concatenate([frame, extra]).astype(np.float32)

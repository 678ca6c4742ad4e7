"""A planted foot: where it first stands flat, there it stays for the whole repetition."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.body_model import BodyModel

__all__ = ["Foot"]

Array = NDArray[np.float64]
Frames = tuple[Array, Array]


class Foot:
    """Equations of the middle of a sole, for lifts whose feet do not move.

    Where a pose is asked for, it is given by the frames of the skeleton's bodies, see
    :meth:`visualizer.anatomy.skeleton.Skeleton.body_frames`.

    Parameters
    ----------
    body : BodyModel
        Whose foot it is.
    suffix : str
        The side, ``_r`` or ``_l``.
    """

    def __init__(self, body: BodyModel, suffix: str) -> None:
        name, self._point = body.landmarks.sole_middle.on(suffix)
        self._index = body.skeleton.body(name)

    def sole(self, frames: Frames) -> Array:
        """Return where the middle of the sole is, (3,) metres."""
        return np.asarray(frames[0][self._index] + frames[1][self._index] @ self._point)

    def off_floor(self, frames: Frames) -> tuple[float, float, float]:
        """Return what is zero where the sole lies flat on the floor: two tilts, height (m)."""
        up = frames[1][self._index][:, 1]  # the sole's normal
        return float(up[0]), float(up[1]), float(self.sole(frames)[2])

    def planted(self, frames: Frames) -> Callable[[Frames], Array]:
        """Return six equations that are zero where the foot stands as it does now.

        Parameters
        ----------
        frames : tuple of ndarray
            The pose in which it stands.

        Returns
        -------
        callable
            Takes the frames of another pose; returns (6,): how far the sole has moved (m), and
            how far the foot has turned about each axis (twice the sine).
        """
        place, rotation = self.sole(frames), frames[1][self._index].copy()

        def moved(now: Frames) -> Array:
            turn = now[1][self._index].T @ rotation
            return np.array([
                *(self.sole(now) - place),
                turn[2, 1] - turn[1, 2],
                turn[0, 2] - turn[2, 0],
                turn[1, 0] - turn[0, 1],
            ])  # fmt: skip

        return moved

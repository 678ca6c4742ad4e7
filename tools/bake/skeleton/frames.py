"""Coordinates that belong to a bone: what is authored in them follows it to a body of other build.

Lengths are given as on the body that the muscles were authored on; a frame's ``scale`` says how
many times as large the bone at hand is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["BoneAxes", "BoneFrame", "lerp"]

Array = NDArray[np.float64]


def lerp(a: ArrayLike, b: ArrayLike, t: float) -> Array:
    """Return the point at share ``t`` of the way from ``a`` to ``b``."""
    return np.asarray(a, float) * (1 - t) + np.asarray(b, float) * t


class BoneAxes:
    """A frame along a long bone: place points by share of its length and offsets.

    Parameters
    ----------
    top, bottom : (3,) ndarray
        Ends of the axis, metres.
    lateral : (3,) ndarray
        Roughly outwards; made perpendicular to the axis.
    scale : float
        Of the offsets.
    """

    def __init__(self, top: Array, bottom: Array, lateral: Array, scale: float) -> None:
        self.top, self.bottom, self.scale = top, bottom, scale
        axis = (bottom - top) / np.linalg.norm(bottom - top)
        lateral = lateral - (lateral @ axis) * axis
        self.lateral = lateral / np.linalg.norm(lateral)
        # down × outwards on the right side points forwards
        self.anterior = np.cross(self.lateral, axis)
        if self.anterior[1] > 0:
            self.anterior = -self.anterior

    def at(self, share: float, lateral_mm: float = 0.0, anterior_mm: float = 0.0) -> Array:
        """Return the point at ``share`` of the bone, offset outwards and forwards."""
        offset = self.lateral * lateral_mm + self.anterior * anterior_mm
        return lerp(self.top, self.bottom, share) + offset * (1e-3 * self.scale)


@dataclass(frozen=True)
class BoneFrame:
    """A frame at a landmark, along the axes of the standing body.

    Attributes
    ----------
    origin : (3,) ndarray
        The landmark, metres.
    scale : float
        Of lengths in it.
    """

    origin: Array
    scale: float

    def at(self, left_mm: float, back_mm: float, up_mm: float) -> Array:
        """Return the point that lies so many millimetres to the body's left, behind and above."""
        offset = np.array([left_mm, back_mm, up_mm])
        return np.asarray(self.origin + offset * (1e-3 * self.scale))

"""Flesh flattens against what it rests on instead of passing through it.

The linkage puts the skeleton where bench and floor are; skin and muscle over it would sink in by up
to a centimetre. Vertices inside a support are moved out of it the shortest way. That is not a
soft-tissue model: depths are so small that the eye only misses it when it is not done.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Box", "press_out"]


@dataclass(frozen=True)
class Box:
    """An axis-aligned solid that the body may not enter: corners in metres."""

    low_m: tuple[float, float, float]
    high_m: tuple[float, float, float]


def press_out(position: NDArray[np.float32], boxes: tuple[Box, ...]) -> None:
    """Move vertices (V, 3) out of the floor (z = 0) and of ``boxes``, in place.

    Out of a box the way is up through its top or footwards through its front, whichever is
    shorter: those are the faces that the body rests on.
    """
    z = position[:, 2]
    np.maximum(z, np.float32(0.0), out=z)
    for box in boxes:
        (x0, y0, z0), (x1, y1, z1) = box.low_m, box.high_m
        inside = np.flatnonzero((z < z1) & (z > z0) & (position[:, 1] > y0))
        p = position[inside]
        inside = inside[(p[:, 0] > x0) & (p[:, 0] < x1) & (p[:, 1] < y1)]
        if not len(inside):
            continue
        p = position[inside]
        up, out = z1 - p[:, 2], p[:, 1] - y0
        through_top = up <= out
        position[inside, 2] = np.where(through_top, z1, p[:, 2])
        position[inside, 1] = np.where(through_top, p[:, 1], y0)

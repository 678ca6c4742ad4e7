"""Flesh flattens against what it rests on instead of passing through it.

The linkage puts the skeleton where bench and floor are; skin and muscle over it would sink in by up
to a centimetre. The renderer moves vertices inside a support out of it the shortest way, see
:meth:`visualizer.render.Rasterizer.push_out`. That is not a soft-tissue model: depths are so small
that the eye only misses it when it is not done.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Box", "box_rows"]


@dataclass(frozen=True)
class Box:
    """An axis-aligned solid that the body may not enter: corners in metres.

    The body rests on its top and, towards the head (y), on its front.
    """

    low_m: tuple[float, float, float]
    high_m: tuple[float, float, float]


def box_rows(boxes: Iterable[Box]) -> NDArray[np.float32]:
    """Return (N, 6): low and high corners, metres, as the renderer wants them."""
    rows = [(*box.low_m, *box.high_m) for box in boxes]
    return np.array(rows, np.float32).reshape(-1, 6)

"""Points of the body that touch something: floor, bench, bar, hand, band.

Each is fixed to a body of the skeleton and given in that body's frame (x forward, y up, z to the
right, metres). They were read off the shipped surfaces; tests/anatomy/test_landmarks.py holds
them against those surfaces.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "BAND",
    "BUTTOCK_RADIUS_M",
    "CREASE_FORWARD_M",
    "CREASE_UP_M",
    "HIP_CENTRE",
    "PALM",
    "SHOULDERS",
    "SOLE_BALL",
    "SOLE_HEEL",
    "SOLE_MIDDLE",
    "THIGH_HALF_DEPTH_M",
    "UPPER_BACK",
    "Landmark",
]

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Landmark:
    """A point fixed to a body.

    Attributes
    ----------
    body : str
        The body's name; ``{side}`` stands for the suffix ``_r`` or ``_l``.
    point_m : tuple of float
        Coordinates in the frame of the right (or only) body; the left one mirrors z.
    """

    body: str
    point_m: tuple[float, float, float]

    def on(self, suffix: str = "") -> tuple[str, Array]:
        """Return the body's name and the point in its frame for a side (``_r``, ``_l``)."""
        x, y, z = self.point_m
        return self.body.format(side=suffix), np.array([x, y, -z if suffix == "_l" else z])


# The sole lies 7 mm of soft tissue below the bones of the foot.
SOLE_HEEL = Landmark("calcn{side}", (0.009, -0.017, 0.0))
SOLE_BALL = Landmark("calcn{side}", (0.164, -0.017, 0.0))
SOLE_MIDDLE = Landmark("calcn{side}", (0.09, -0.017, 0.0))

# Just below the lower angles of the shoulder blades: where the edge of the bench belongs.
UPPER_BACK = Landmark("torso", (-0.107, 0.249, 0.0))

# Between the shoulder blades, where the back turns towards the neck: in the bridge the trunk
# tilts about it, and neither ribs (hips down) nor shoulders (hips up) sink into the floor.
SHOULDERS = Landmark("torso", (-0.111, 0.37, 0.0))

HIP_CENTRE = Landmark("femur{side}", (0.0, 0.0, 0.0))
BUTTOCK_RADIUS_M = 0.105  # from the hip's centre straight back to the skin

# The bar's seat, from the hip's centre: ahead of it by the belly and the pad, never lower than
# CREASE_UP_M towards the head; the flexing thigh pushes it up (see motion.bar_seat).
CREASE_FORWARD_M = 0.097
CREASE_UP_M = 0.020
THIGH_HALF_DEPTH_M = 0.045

# In the fist, where the shaft of the bar runs.
PALM = Landmark("hand{side}", (0.004, -0.077, -0.020))

# Ring round the thigh just above the knee.
BAND = Landmark("femur{side}", (0.0, -0.33, 0.0))

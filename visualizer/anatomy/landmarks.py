"""Points of the body that touch something or end a segment, and measures of it.

They differ from body to body and so are data: ``body.toml`` in the body's folder gives them, see
:mod:`visualizer.anatomy.body_model`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from visualizer.records import Range

__all__ = ["Landmark", "Landmarks", "Measures"]

Array = NDArray[np.float64]

# A measure within a body, metres.
_Size = Annotated[float, Range(0.001, 1.0)]


@dataclass(frozen=True)
class Landmark:
    """A point fixed to a body of the skeleton.

    Attributes
    ----------
    body : str
        The body's name; ``{side}`` stands for the suffix ``_r`` or ``_l``.
    point_m : tuple of float
        Coordinates in the frame of the right (or only) body: x forward, y up, z to the right,
        metres; the left one mirrors z.
    """

    body: str
    point_m: tuple[float, float, float]

    def on(self, suffix: str = "") -> tuple[str, Array]:
        """Return the body's name and the point in its frame for a side (``_r``, ``_l``)."""
        x, y, z = self.point_m
        return self.body.format(side=suffix), np.array([x, y, -z if suffix == "_l" else z])


@dataclass(frozen=True, kw_only=True)
class Landmarks:
    """The points of a body.

    Attributes
    ----------
    sole_heel, sole_middle, sole_ball : Landmark
        Under the foot, where it touches the floor.
    heel_end, toe_end, head_top : Landmark
        Ends of segments that no joint gives.
    upper_back, shoulders : Landmark
        Where the back lies on the edge of a bench, and on the floor.
    occiput : Landmark
        Where the back of the head lies on the floor.
    hip_centre : Landmark
        The joint.
    palm : Landmark
        In the fist, where the shaft of a bar runs.
    band : Landmark
        Middle of a ring round the thigh just above the knee.
    """

    sole_heel: Landmark
    sole_middle: Landmark
    sole_ball: Landmark
    heel_end: Landmark
    toe_end: Landmark
    head_top: Landmark
    upper_back: Landmark
    shoulders: Landmark
    occiput: Landmark
    hip_centre: Landmark
    palm: Landmark
    band: Landmark


@dataclass(frozen=True, kw_only=True)
class Measures:
    """Distances on a body, metres.

    Attributes
    ----------
    buttock_radius_m : float
        From the hip's centre straight back to the skin.
    crease_forward_m, crease_up_m : float
        From the hip's centre to the seat of a bar in the hip crease: ahead of it, and the least
        way towards the head.
    thigh_half_depth_m : float
        From the hip's centre to the front of the thigh that a bar presses in.
    band_radius_m : float
        Radius of the thigh where a band lies.
    thigh_to_bar_m, shank_to_bar_m : float
        From the line between the joints to the middle of a bar's shaft that touches the leg in
        front.
    elbow_radius_m : float
        From the elbow joint to the skin.
    """

    buttock_radius_m: _Size
    crease_forward_m: _Size
    crease_up_m: _Size
    thigh_half_depth_m: _Size
    band_radius_m: _Size
    thigh_to_bar_m: _Size
    shank_to_bar_m: _Size
    elbow_radius_m: _Size

"""A halo: a faint surface beside what it surrounds, such as the skin round the flesh.

It has no light, no order and no insides: of all its surfaces over a sample the one that faces the
eye most decides how much of it shows, so its opacity rises towards the outline of the whole and
surfaces behind each other do not add up. It is never before the parts that are spared, and nothing
of it can be picked. ``native/halo.c`` is its twin.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from visualizer.render.contract import HALO
from visualizer.render.mesh import Mesh, checked

__all__ = ["Halo", "HaloLook"]

FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True)
class HaloLook:
    """How a halo looks.

    Attributes
    ----------
    colour : (float, float, float)
        sRGB 0 .. 1.
    opacity : float
        Where it faces the eye, 0 .. 1.
    rim : float
        How much more it has where it turns away from the eye, 0 .. 1.
    """

    colour: tuple[float, float, float]
    opacity: float
    rim: float

    @cached_property
    def record(self) -> npt.NDArray[np.void]:
        """The () ndarray of HALO for it, which spares no part; sane whatever was asked for."""
        row = np.zeros((), HALO)
        row["colour"] = np.clip(np.nan_to_num(self.colour), 0.0, 1.0)
        row["opacity"] = min(max(self.opacity, 0.0), 1.0)
        row["rim"] = min(max(self.rim, 0.0), 1.0)
        row.flags.writeable = False
        return row


@dataclass(frozen=True, eq=False)
class Halo:
    """A posed surface that is drawn as a halo.

    Attributes
    ----------
    mesh : Mesh
        Its triangles; parts do not matter.
    position, normal : (V, 3) float32 ndarray
        As :meth:`visualizer.render.Rasterizer.skin` returned them.
    look : HaloLook
        How it looks.
    spared : int
        So many parts of the picture, from the first, it is never laid upon.
    """

    mesh: Mesh
    position: FloatArray
    normal: FloatArray
    look: HaloLook
    spared: int

    def validate(self) -> None:
        """Raise TypeError or ValueError when an array does not fit the mesh."""
        count = len(self.mesh.rest_position)
        checked("the halo's position", self.position, np.float32, (count, 3))
        checked("the halo's normal", self.normal, np.float32, (count, 3))
        if self.spared < 0:
            raise ValueError("a halo cannot spare fewer than no parts")

    @property
    def record(self) -> npt.NDArray[np.void]:
        """The () ndarray of HALO that the kernel reads."""
        row = self.look.record.copy()
        row["spared"] = self.spared
        return row

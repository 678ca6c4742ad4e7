"""What is not the subject steps back: far limbs and arms are paler, nearer to the paper.

A hint of depth, as in a printed atlas, and a quieter picture: without it the far leg, which does
the same as the near one, draws as much of the eye.
"""

from __future__ import annotations

from visualizer.anatomy.muscle import Side
from visualizer.anatomy.surface import Body
from visualizer.catalog.catalog import Catalog
from visualizer.scene.limbs import Limb, limb_of

__all__ = ["Retreat"]

# Shares of the way to the paper. What is prominent steps back a little only.
_FAR_LEG, _NEAR_ARM, _FAR_ARM, _PROMINENT = 0.42, 0.22, 0.50, 0.10
_ARM, _LEG = (Limb.UPPER_ARM, Limb.FOREARM), (Limb.THIGH, Limb.SHANK)


class Retreat:
    """How far each part steps back towards the paper.

    Parameters
    ----------
    body : Body
        Its parts.
    catalog : Catalog
        Says to which region a muscle belongs.
    """

    def __init__(self, body: Body, catalog: Catalog) -> None:
        self._sides = [part.side for part in body.parts]
        self._limbs = [limb_of(part, catalog) for part in body.parts]

    def share(self, part: int, near: Side, *, prominent: bool) -> float:
        """Return the share of the way to the paper, 0 … 1.

        Parameters
        ----------
        part : int
            Index of the part.
        near : Side
            The side of the body on which the camera is.
        prominent : bool
            Whether it must stay conspicuous.
        """
        limb, far = self._limbs[part], self._sides[part] is not near
        if limb in _LEG:
            share = _FAR_LEG if far else 0.0
        elif limb in _ARM:
            share = _FAR_ARM if far else _NEAR_ARM
        else:
            share = 0.0
        return min(share, _PROMINENT) if prominent else share

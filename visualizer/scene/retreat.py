"""What is not the subject steps back: far limbs and arms are paler, nearer to the paper.

A hint of depth, as in a printed atlas, and a quieter picture: without it the far leg, which does
the same as the near one, draws as much of the eye.
"""

from __future__ import annotations

from visualizer.anatomy.muscle import Side
from visualizer.anatomy.surface import Body, Part
from visualizer.catalog.catalog import Catalog

__all__ = ["Retreat"]

# Shares of the way to the paper. What is prominent steps back a little only.
_FAR_LEG, _NEAR_ARM, _FAR_ARM, _PROMINENT = 0.42, 0.22, 0.50, 0.10
_ARM_GROUPS = ("arm", "forearm")
_LEG_GROUPS = ("anterior thigh", "lateral thigh", "medial thigh", "posterior thigh", "leg")
_ARM_PARTS = ("bone_humerus", "bone_ulna", "bone_radius", "capsule_elbow", "bone_hand", "skin_hand")
_LEG_PARTS = ("bone_femur", "bone_tibia", "bone_patella", "capsule_knee", "bone_foot", "skin_foot")


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
        self._limbs = [_limb(part, catalog) for part in body.parts]

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
        if limb == "leg":
            share = _FAR_LEG if far else 0.0
        elif limb == "arm":
            share = _FAR_ARM if far else _NEAR_ARM
        else:
            share = 0.0
        return min(share, _PROMINENT) if prominent else share


def _limb(part: Part, catalog: Catalog) -> str | None:
    """Return ``"arm"`` or ``"leg"``, None for the trunk and what crosses the midplane."""
    if part.side is None:
        return None
    if part.muscle is None:
        name = part.id.removesuffix(part.side.suffix)
        return "arm" if name in _ARM_PARTS else "leg" if name in _LEG_PARTS else None
    group = catalog.muscle(part.muscle).group
    return "arm" if group in _ARM_GROUPS else "leg" if group in _LEG_GROUPS else None

"""Which limb a part of the body belongs to: arms and legs, above and below elbow and knee."""

from __future__ import annotations

from enum import Enum

from visualizer.anatomy.surface import Part
from visualizer.catalog.catalog import Catalog

__all__ = ["Limb", "limb_of"]


class Limb(Enum):
    """A stretch of an arm or a leg."""

    UPPER_ARM = "upper arm"
    FOREARM = "forearm"
    THIGH = "thigh"
    SHANK = "shank"


# Muscles by their group, everything else by its name without the side.
_OF_GROUP = {
    "arm": Limb.UPPER_ARM,
    "forearm": Limb.FOREARM,
    "anterior thigh": Limb.THIGH,
    "lateral thigh": Limb.THIGH,
    "medial thigh": Limb.THIGH,
    "posterior thigh": Limb.THIGH,
    "leg": Limb.SHANK,
}
_OF_NAME = {
    "bone_humerus": Limb.UPPER_ARM,
    "bone_ulna": Limb.FOREARM,
    "bone_radius": Limb.FOREARM,
    "capsule_elbow": Limb.FOREARM,
    "bone_hand": Limb.FOREARM,
    "skin_hand": Limb.FOREARM,
    "bone_femur": Limb.THIGH,
    "bone_patella": Limb.THIGH,
    "bone_tibia": Limb.SHANK,
    "capsule_knee": Limb.SHANK,
    "bone_foot": Limb.SHANK,
    "skin_foot": Limb.SHANK,
}


def limb_of(part: Part, catalog: Catalog) -> Limb | None:
    """Return the limb of a part, None for the trunk and what crosses the midplane."""
    if part.side is None:
        return None
    if part.muscle is None:
        return _OF_NAME.get(part.id.removesuffix(part.side.suffix))
    return _OF_GROUP.get(catalog.muscle(part.muscle).group)

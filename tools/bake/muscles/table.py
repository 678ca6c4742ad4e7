"""All muscles and fasciae that are baked. Their order is that of the parts in the asset."""

from __future__ import annotations

from tools.bake.muscles import (
    arm,
    back,
    belly,
    fasciae,
    hip,
    lower_leg,
    neck,
    shoulder,
    thigh,
)
from tools.bake.muscles.record import AuthoredFascia, AuthoredMuscle
from tools.bake.skeleton.landmarks import BoneLandmarks
from tools.bake.strands.strand import Strand

__all__ = ["FASCIAE", "MUSCLES", "authored_strands", "lofted_inside_out"]

MUSCLES: tuple[AuthoredMuscle, ...] = (
    *hip.MUSCLES,
    *thigh.MUSCLES,
    *lower_leg.MUSCLES,
    *back.MUSCLES,
    *belly.MUSCLES,
    *shoulder.MUSCLES,
    *arm.MUSCLES,
    *neck.MUSCLES,
)
FASCIAE: tuple[AuthoredFascia, ...] = fasciae.FASCIAE


def authored_strands(land: BoneLandmarks) -> dict[str, list[Strand]]:
    """Return every muscle's and fascia's strands of the right side, in the tables' order."""
    strands = {muscle.id: muscle.strands(land) for muscle in MUSCLES}
    return strands | {fascia.id: fascia.strands(land) for fascia in FASCIAE}


def lofted_inside_out() -> list[AuthoredMuscle]:
    """Return the lofted sheets, each after those that it lies on."""
    waiting = [muscle for muscle in MUSCLES if muscle.loft is not None]
    ordered: list[AuthoredMuscle] = []
    while waiting:
        above = {m.id for m in waiting}
        free = [m for m in waiting if m.loft and above.isdisjoint(m.loft.beneath)]
        if not free:
            raise ValueError(f"sheets lie on each other: {sorted(above)}")
        ordered += free
        waiting = [m for m in waiting if m not in free]
    return ordered

"""Contraction that follows from length, and whether it agrees with what is claimed.

A working muscle that shortens contracts concentrically, one that lengthens eccentrically; a change
of less than 5 % of its optimal fibre length counts as isometric. The change of the whole
muscle-tendon unit is set against the fibre length: in a slow lift the tendon's own stretch changes
little, and what the unit loses the fibres lose.

Muscles with several parts (or groups) are averaged by the volume of their members, each member
over its muscle-tendon units; the parts stay visible, since an average hides what matters most: the
adductor magnus shortens while the adductor longus lengthens.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from visualizer.anatomy.muscle import Muscle, Side
from visualizer.exercise.variation import Contraction, PhaseId

__all__ = [
    "ISOMETRIC_BELOW_PERCENT",
    "Agreement",
    "LengthChange",
    "TendonChange",
    "agreement",
    "derive",
    "length_change",
]

ISOMETRIC_BELOW_PERCENT = 5.0
# Changes this small are rounding: the joints that the muscle crosses did not move.
_STILL_M = 5e-5


class Agreement(StrEnum):
    """How a claim stands to what the mechanics give."""

    AGREES = "agrees"
    NUANCE = "nuance"
    DIFFERS = "differs"
    BY_CONSTRUCTION = "by construction"
    NO_CLAIM = "no claim"


@dataclass(frozen=True)
class TendonChange:
    """Change of one muscle-tendon unit from the bottom to the top of the lift.

    Attributes
    ----------
    tendon : str
        Name in the model, with the side's suffix.
    muscle : str
        Id of the muscle it belongs to.
    lift_m : float
        Length at the top minus length at the bottom, metres.
    optimal_fibre_length_m : float or None
        What it is set against; None where no fibre length is published.
    """

    tendon: str
    muscle: str
    lift_m: float
    optimal_fibre_length_m: float | None

    @property
    def lift_percent(self) -> float | None:
        """The change in per cent of the optimal fibre length; None where that is unknown."""
        if abs(self.lift_m) < _STILL_M:
            return 0.0
        if self.optimal_fibre_length_m is None:
            return None
        return 100.0 * self.lift_m / self.optimal_fibre_length_m


@dataclass(frozen=True)
class LengthChange:
    """Change of a muscle or group over the lift; the lowering is its mirror image.

    Attributes
    ----------
    muscle : str
        Id of the muscle or group.
    parts : tuple of TendonChange
        Its muscle-tendon units; empty where the model has none.
    lift_percent : float or None
        Volume-weighted mean in per cent of fibre length; None where nothing is known.
    """

    muscle: str
    parts: tuple[TendonChange, ...]
    lift_percent: float | None

    def percent(self, phase: PhaseId) -> float | None:
        """Return the change over a phase, in per cent of the optimal fibre length."""
        if phase is PhaseId.HOLD:
            return 0.0 if self.lift_percent is not None else None
        if self.lift_percent is None:
            return None
        return self.lift_percent if phase is PhaseId.LIFT else 0.0 - self.lift_percent

    @property
    def by_construction(self) -> bool:
        """True when nothing that the muscle crosses moves: its joints are held by our choice."""
        return bool(self.parts) and all(abs(p.lift_m) < _STILL_M for p in self.parts)


def derive(percent: float) -> Contraction:
    """Return the contraction of a working muscle for a change in per cent of fibre length."""
    if percent <= -ISOMETRIC_BELOW_PERCENT:
        return Contraction.CONCENTRIC
    if percent >= ISOMETRIC_BELOW_PERCENT:
        return Contraction.ECCENTRIC
    return Contraction.ISOMETRIC


def length_change(
    muscle: Muscle,
    members: Sequence[Muscle],
    side: Side,
    bottom_m: Mapping[str, float],
    top_m: Mapping[str, float],
) -> LengthChange:
    """Return how a muscle's length changes from the bottom to the top.

    Parameters
    ----------
    muscle : Muscle
        The muscle or group.
    members : sequence of Muscle
        What it consists of; the muscle itself where it is no group.
    side : Side
        Side of the body.
    bottom_m, top_m : mapping of str to float
        Muscle-tendon lengths at the bottom and the top by tendon name, metres.
    """
    parts: list[TendonChange] = []
    weighted = total = 0.0
    for member in members:
        own = [
            TendonChange(
                name,
                member.id,
                top_m[name] - bottom_m[name],
                member.optimal_fibre_length_m.get(tendon),
            )
            for tendon in member.tendons
            if (name := tendon + side.suffix) in top_m
        ]
        parts += own
        known = [p.lift_percent for p in own if p.lift_percent is not None]
        if known:
            weight = member.volume.volume_cm3 if member.volume else 1.0
            weighted += weight * sum(known) / len(known)
            total += weight
    return LengthChange(muscle.id, tuple(parts), weighted / total if total else None)


def agreement(claimed: Contraction | None, change: LengthChange, phase: PhaseId) -> Agreement:
    """Compare a claim with the contraction that follows from the length change.

    ``NUANCE`` when the mean agrees but a part does something else, or the mean differs but a part
    agrees.
    """
    if claimed is None:
        return Agreement.NO_CLAIM
    percent = change.percent(phase)
    if percent is None:
        return Agreement.NO_CLAIM
    if change.by_construction:
        return Agreement.BY_CONSTRUCTION
    # the lowering mirrors the lift, and in the hold nothing moves
    share = {PhaseId.LIFT: 1.0, PhaseId.HOLD: 0.0, PhaseId.LOWERING: -1.0}[phase]
    by_part = {derive(share * p.lift_percent) for p in change.parts if p.lift_percent is not None}
    if derive(percent) is claimed:
        return Agreement.AGREES if by_part == {claimed} else Agreement.NUANCE
    return Agreement.NUANCE if claimed in by_part else Agreement.DIFFERS

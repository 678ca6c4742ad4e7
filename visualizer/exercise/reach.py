"""How far a statement about a muscle reaches: which of its parts it is about.

A statement names a muscle or a group, and not all of that need be meant. Three things take a part
out of it:

* a statement of its own, or one about a smaller group that it is in;
* its joint: what is said of a hip extensor is not said of a head that does not cross the hip;
* its own length: what runs against the statement is not shown as doing what it says. Such a part
  still counts when the statement is judged, or every statement would fit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from visualizer.catalog.variation import Contraction, Joint, MuscleAction
from visualizer.exercise.contraction import LengthChange, TendonChange, opposite

__all__ = ["CROSSES_FROM_M", "Reach", "reach_of"]

# A unit crosses a joint when its moment arm about it reaches this anywhere on the way.
CROSSES_FROM_M = 0.001


@dataclass(frozen=True)
class Reach:
    """What a statement is about.

    Attributes
    ----------
    change : LengthChange
        The muscle-tendon units that it is judged on.
    beside : tuple of TendonChange
        Units of its muscles that do not cross the joint it is about.
    against : frozenset of str
        Names of judged units whose length runs against it.
    surfaces : tuple of str
        Ids of the muscles that are shown with it.
    """

    change: LengthChange
    beside: tuple[TendonChange, ...]
    against: frozenset[str]
    surfaces: tuple[str, ...]

    @property
    def parts(self) -> tuple[TendonChange, ...]:
        """All units of its muscles, judged or not."""
        return (*self.change.parts, *self.beside)

    def states(self, part: TendonChange) -> bool:
        """Return whether the statement is about a unit."""
        return part in self.change.parts and part.tendon not in self.against


def reach_of(
    action: MuscleAction,
    members: Sequence[str],
    change: LengthChange,
    arms_m: Mapping[Joint, Mapping[str, float]],
) -> Reach:
    """Return what a statement is about.

    Parameters
    ----------
    action : MuscleAction
        The statement.
    members : sequence of str
        The muscles that fall under it and under no narrower one.
    change : LengthChange
        How their units change.
    arms_m : mapping of Joint to mapping of str to float
        Largest moment arm (absolute, metres) of each unit about each joint.
    """

    def crosses(part: TendonChange) -> bool:
        return action.joint is None or arms_m[action.joint][part.tendon] >= CROSSES_FROM_M

    judged = LengthChange(change.muscle, tuple(p for p in change.parts if crosses(p)))
    beside = tuple(p for p in change.parts if not crosses(p))
    against = frozenset(p.tendon for p in judged.parts if _runs_against(p, action))
    if len(against) == len(judged.parts):
        against = frozenset()  # the statement as a whole is in doubt, not a part of it
    shown = []
    for member in members:
        own = [p for p in change.parts if p.muscle == member]
        meant = [p for p in own if crosses(p) and p.tendon not in against]
        if not own or 2 * len(meant) >= len(own):
            shown.append(member)
    return Reach(judged, beside, against, tuple(shown))


def _runs_against(part: TendonChange, action: MuscleAction) -> bool:
    moving = {
        phase: claim.contraction
        for phase, claim in action.contraction.items()
        if claim.contraction is not Contraction.ISOMETRIC
    }
    return bool(moving) and all(
        part.contraction(phase) is opposite(claimed) for phase, claimed in moving.items()
    )

"""Contraction that follows from length, and whether it fits what is claimed.

A working muscle that shortens contracts concentrically, one that lengthens eccentrically. What a
muscle-tendon unit does is judged on its whole path from the bottom to the top, not on its ends: a
unit that shortens and comes back has changed its length all the same. Its *excursion* (largest
minus smallest length on the way) says how much, its change from end to end which way.

The change of the whole unit is set against the optimal fibre length, which takes the tendon as
stiff. It is not: a knee extension moment of 65 Nm at an arm of 24.5 mm needs about 2650 N, some
28 % of the 9594 N that the vasti can exert; at about 2.3 % strain a tendon of 0.22 m then gives
5 mm, or some 5 % of their fibre length. (Our estimate from usual figures, not simulated.) So
nothing below 5 % can be told from standing still, and below about 10 % a length is called nearly
held.

Muscles with several parts (or groups) are weighed by the volume of their members, each member
over its muscle-tendon units. Where parts change in opposite directions no mean is given: it would
describe none of them.

The model knows lengths and nothing of activity. A fit therefore says that the *length* changes as
the statement needs, not that the muscle works.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.muscle import Muscle, Side
from visualizer.catalog.variation import Contraction
from visualizer.lifts.vocabulary import PhaseId

__all__ = [
    "EXCURSION_TOLD_FROM_PERCENT",
    "ISOMETRIC_BELOW_PERCENT",
    "NEARLY_ISOMETRIC_BELOW_PERCENT",
    "Agreement",
    "LengthChange",
    "TendonChange",
    "agreement",
    "derive",
    "length_change",
    "nearly_held",
    "on_the_whole",
    "opposite",
    "weighted_mean",
]

ISOMETRIC_BELOW_PERCENT = 5.0
NEARLY_ISOMETRIC_BELOW_PERCENT = 10.0
# An excursion is told beside the change from end to end where it is larger by more than this.
EXCURSION_TOLD_FROM_PERCENT = 2.0
# A unit goes one way when at least this share of its excursion is left at the end.
_ONE_WAY_SHARE = 0.5
# By volume: more than this fits "on the whole" …
_MAJORITY = 0.5
# … and less than this is too little to speak of a part that fits.
_A_PART = 0.25
# One number, or one for each time.
_Value = TypeVar("_Value", float, NDArray[np.float64])
# Changes this small are rounding: the joints that the muscle crosses did not move.
_STILL_M = 5e-5
# Runs over the phases: the lowering mirrors the lift, and in the hold nothing moves.
_DIRECTION = {PhaseId.LIFT: 1.0, PhaseId.HOLD: 0.0, PhaseId.LOWERING: -1.0}


class Agreement(StrEnum):
    """How a claim stands to the change of length that the mechanics give."""

    AGREES = "agrees"
    NUANCE = "nuance"
    DIFFERS = "differs"
    BY_CONSTRUCTION = "by construction"
    NO_CLAIM = "no claim"


def derive(percent: float, excursion_percent: float) -> Contraction | None:
    """Return the contraction of a working muscle for its change of length.

    Parameters
    ----------
    percent : float
        Change from the start to the end of the phase, per cent of the optimal fibre length.
    excursion_percent : float
        Largest minus smallest length on the way, in the same unit.

    Returns
    -------
    Contraction or None
        Isometric where the excursion is below 5 %; None where the length goes there and back, so
        that no single word is true of the phase.
    """
    if excursion_percent < ISOMETRIC_BELOW_PERCENT:
        return Contraction.ISOMETRIC
    if abs(percent) < max(ISOMETRIC_BELOW_PERCENT, _ONE_WAY_SHARE * excursion_percent):
        return None
    return Contraction.CONCENTRIC if percent < 0 else Contraction.ECCENTRIC


@dataclass(frozen=True)
class TendonChange:
    """The way of one muscle-tendon unit from the bottom to the top of the lift.

    Attributes
    ----------
    tendon : str
        Name in the model, with the side's suffix.
    muscle : str
        Id of the muscle it belongs to.
    path_m : tuple of float
        Its lengths at even steps of the way up, from the bottom to the top, metres.
    optimal_fibre_length_m : float or None
        What they are set against; None where no fibre length is published.
    volume_cm3 : float
        Its share of the muscle's volume: what it weighs in a verdict.
    """

    tendon: str
    muscle: str
    path_m: tuple[float, ...]
    optimal_fibre_length_m: float | None
    volume_cm3: float = 1.0

    @property
    def lift_m(self) -> float:
        """Length at the top minus length at the bottom, metres."""
        return self.path_m[-1] - self.path_m[0]

    @cached_property
    def excursion_m(self) -> float:
        """Largest minus smallest length on the way, metres."""
        return max(self.path_m) - min(self.path_m)

    @property
    def still(self) -> bool:
        """True when the length stays the same but for rounding."""
        return self.excursion_m < _STILL_M

    @cached_property
    def lift_percent(self) -> float | None:
        """Change from bottom to top in per cent of fibre length; None where that is unknown."""
        return self.in_percent(self.lift_m)

    @cached_property
    def excursion_percent(self) -> float | None:
        """Excursion in per cent of the optimal fibre length; None where that is unknown."""
        return self.in_percent(self.excursion_m)

    def percent(self, phase: PhaseId) -> float | None:
        """Return the change over a phase, in per cent of the optimal fibre length."""
        lift = self.lift_percent
        return None if lift is None else 0.0 + _DIRECTION[phase] * lift

    def contraction(self, phase: PhaseId) -> Contraction | None:
        """Return what the unit does in a phase if it works; None for there and back or unknown."""
        percent, excursion = self.percent(phase), self.excursion_percent
        if percent is None or excursion is None:
            return None
        return derive(percent, 0.0 if phase is PhaseId.HOLD else excursion)

    def thirds(self, phase: PhaseId) -> tuple[Contraction, ...]:
        """Return what it does in each third of the way through a phase; empty where unknown.

        A third counts as still when the length changes by less than a third of what counts as
        still for the whole way.
        """
        if self.lift_percent is None:
            return ()
        last = len(self.path_m) - 1
        at = [self.path_m[round(last * k / 3)] for k in range(4)]
        steps = [self.in_percent(b - a) or 0.0 for a, b in pairwise(at)]
        if phase is PhaseId.LOWERING:
            steps.reverse()
        least = ISOMETRIC_BELOW_PERCENT / 3
        names = []
        for step in steps:
            change = _DIRECTION[phase] * step
            if abs(change) < least:
                names.append(Contraction.ISOMETRIC)
            else:
                names.append(Contraction.CONCENTRIC if change < 0 else Contraction.ECCENTRIC)
        return tuple(names)

    def fits(self, claimed: Contraction, phase: PhaseId) -> bool:
        """Return whether the unit does what is claimed, on the whole of its way."""
        return self.contraction(phase) is claimed

    def fits_throughout(self, claimed: Contraction, phase: PhaseId) -> bool:
        """Return whether it does what is claimed and in no third of the way the opposite."""
        return self.fits(claimed, phase) and not (
            claimed is not Contraction.ISOMETRIC and opposite(claimed) in self.thirds(phase)
        )

    def in_percent(self, change_m: _Value) -> _Value | None:
        """Return changes of length (m) in per cent of fibre length; None where that is unknown."""
        if self.still:
            return 0.0 * change_m
        if self.optimal_fibre_length_m is None:
            return None
        return 100.0 * change_m / self.optimal_fibre_length_m


def opposite(contraction: Contraction) -> Contraction:
    """Return eccentric for concentric and the reverse; isometric stays."""
    return {
        Contraction.CONCENTRIC: Contraction.ECCENTRIC,
        Contraction.ECCENTRIC: Contraction.CONCENTRIC,
        Contraction.ISOMETRIC: Contraction.ISOMETRIC,
    }[contraction]


@dataclass(frozen=True)
class LengthChange:
    """Change of a muscle or group over the lift; the lowering is its mirror image.

    Attributes
    ----------
    muscle : str
        Id of the muscle or group.
    parts : tuple of TendonChange
        Its muscle-tendon units; empty where the model has none.
    """

    muscle: str
    parts: tuple[TendonChange, ...]

    @cached_property
    def known(self) -> tuple[TendonChange, ...]:
        """The parts that can be judged: those with a fibre length, and those that keep still."""
        return tuple(p for p in self.parts if p.lift_percent is not None)

    @cached_property
    def opposed(self) -> bool:
        """True when some part clearly shortens while another lengthens: a mean says nothing."""
        changes = [p.lift_percent or 0.0 for p in self.known]
        return bool(changes) and (
            min(changes) <= -ISOMETRIC_BELOW_PERCENT and max(changes) >= ISOMETRIC_BELOW_PERCENT
        )

    @cached_property
    def lift_percent(self) -> float | None:
        """Volume-weighted mean change, per cent of fibre length; None if unknown or opposed."""
        if self.opposed:
            return None
        return weighted_mean(self.known, [p.lift_percent or 0.0 for p in self.known])

    @cached_property
    def excursion_percent(self) -> float | None:
        """Volume-weighted mean of the parts' excursions, per cent of fibre length."""
        return weighted_mean(self.known, [p.excursion_percent or 0.0 for p in self.known])

    def percent(self, phase: PhaseId) -> float | None:
        """Return the mean change over a phase; None where unknown or where parts are opposed."""
        if phase is PhaseId.HOLD:
            return 0.0 if self.known else None
        lift = self.lift_percent
        return None if lift is None else 0.0 + _DIRECTION[phase] * lift

    @property
    def by_construction(self) -> bool:
        """True when nothing that the muscle crosses moves: its joints are held by our choice."""
        return bool(self.parts) and all(p.still for p in self.parts)

    def share(self, claimed: Contraction, phase: PhaseId) -> float:
        """Return how much of the judged volume does what is claimed, 0 … 1."""
        return self._share([p.fits(claimed, phase) for p in self.known])

    def share_nearly_held(self) -> float:
        """Return how much of the judged volume holds its length at least nearly, 0 … 1."""
        limit = NEARLY_ISOMETRIC_BELOW_PERCENT
        return self._share([(p.excursion_percent or 0.0) < limit for p in self.known])

    def _share(self, fits: Sequence[bool]) -> float:
        return weighted_mean(self.known, [float(fit) for fit in fits]) or 0.0


def weighted_mean(parts: Sequence[TendonChange], values: Sequence[_Value]) -> _Value | None:
    """Return the mean of what each part has, by their shares of the volume; None without parts.

    Parameters
    ----------
    parts : sequence of TendonChange
        The parts.
    values : sequence of float or (N,) ndarray
        One for each of them.
    """
    if not parts:
        return None
    total = sum(part.volume_cm3 for part in parts)
    first, *rest = (p.volume_cm3 / total * v for p, v in zip(parts, values, strict=True))
    for value in rest:
        first = first + value
    return first


def length_change(
    muscle: str, members: Sequence[Muscle], side: Side, paths_m: Mapping[str, Iterable[float]]
) -> LengthChange:
    """Return how a muscle's length changes on the way from the bottom to the top.

    Parameters
    ----------
    muscle : str
        Id of the muscle or group.
    members : sequence of Muscle
        What it consists of; the muscle itself where it is no group.
    side : Side
        Side of the body.
    paths_m : mapping of str to iterable of float
        Lengths from the bottom to the top by tendon name, metres.
    """
    parts: list[TendonChange] = []
    for member in members:
        names = [(tendon, tendon + side.suffix) for tendon in member.tendons]
        own = [(tendon, name) for tendon, name in names if name in paths_m]
        volume = member.volume.volume_cm3 if member.volume else 1.0
        parts += [
            TendonChange(
                name,
                member.id,
                tuple(float(length) for length in paths_m[name]),
                member.optimal_fibre_length_m.get(tendon),
                volume / len(own),
            )
            for tendon, name in own
        ]
    return LengthChange(muscle, tuple(parts))


def agreement(claimed: Contraction | None, change: LengthChange, phase: PhaseId) -> Agreement:
    """Compare a claim with the contraction that follows from the change of length.

    ``AGREES`` when every part does what is claimed and in no third of the way the opposite;
    ``NUANCE`` when that holds on the whole (for more than half of the volume), for a part that
    counts (a quarter of the volume), or when most of a muscle said to be isometric holds its
    length nearly; ``DIFFERS`` otherwise.
    """
    if claimed is None or not change.known:
        return Agreement.NO_CLAIM
    if change.by_construction:
        return Agreement.BY_CONSTRUCTION
    if all(p.fits_throughout(claimed, phase) for p in change.known):
        return Agreement.AGREES
    if change.share(claimed, phase) >= _A_PART or nearly_held(claimed, change):
        return Agreement.NUANCE
    return Agreement.DIFFERS


def on_the_whole(claimed: Contraction, change: LengthChange, phase: PhaseId) -> bool:
    """Return whether more than half of the judged volume does what is claimed."""
    return change.share(claimed, phase) > _MAJORITY


def nearly_held(claimed: Contraction, change: LengthChange) -> bool:
    """Return whether most of a muscle said to be isometric holds its length at least nearly."""
    return claimed is Contraction.ISOMETRIC and change.share_nearly_held() > _MAJORITY

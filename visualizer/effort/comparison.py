"""How the shares of effort change from one load, or one variation, to another; with their range.

The range of a change is not the distance between two independent bands. What the bands leave open
is how hard feet and back push apart; whoever pushes in one way at one load is taken to push in the
same way at the other. So changes are taken case by case: both with the least friction, both at the
end where the floor pushes the feet least towards the head, both at the other end; low and high are
the least and the largest of the three at each time.

Between other supports (a bench, the floor, none) nothing ties the two pushes to each other. There
every case of one side meets every case of the other, and the range is that of independent bands.

Strength, paths and parameters of the model are the same on both sides and in neither range.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from visualizer.catalog.variation import Variation
from visualizer.effort.sharing import Effort, ShareRange
from visualizer.lifts.vocabulary import Equipment, PhaseId

__all__ = ["EffortChange", "EffortComparison", "NoShares", "compare_efforts", "pushes_alike"]

Array = NDArray[np.float64]

# Instants of a phase at which two of other durations or counts are compared.
_INSTANTS = 33
_DIGITS = 4
# Half a point of a hundred: less is no change.
_NONE = 0.005


class NoShares(StrEnum):
    """Why there are no shares to compare."""

    BEYOND_STRENGTH = "beyond strength"
    OVERSTRETCHED = "overstretched"


@dataclass(frozen=True)
class EffortChange:
    """How the share of a muscle changes in a phase; all values are means of the phase, 0 … 1.

    Attributes
    ----------
    muscle : str
        Its id.
    phase : PhaseId
        A phase that both have.
    a, b : float
        Nominal share in the first and in the second.
    low, high : float
        The least and the largest change, ``low <= change <= high``.
    """

    muscle: str
    phase: PhaseId
    a: float
    b: float
    low: float
    high: float

    @property
    def change(self) -> float:
        """Nominal change, the second less the first."""
        return round(self.b - self.a, _DIGITS)

    @property
    def decided(self) -> bool:
        """Whether it is a rise, or a fall, by half a point or more all over its range."""
        return self.low >= _NONE or self.high <= -_NONE


@dataclass(frozen=True)
class EffortComparison:
    """The shares of two repetitions, one beside the other.

    Attributes
    ----------
    changes : tuple of EffortChange
        By muscle and phase, without those in which nothing is different; empty where there are no
        shares.
    paired : bool
        Whether both sides are taken to push in the same way.
    no_shares : NoShares or None
        Why there is nothing to compare.
    range_beyond_strength : bool
        Whether the model's strength is not enough at an end of a range; the range of the change is
        cut there.
    """

    changes: tuple[EffortChange, ...]
    paired: bool
    no_shares: NoShares | None = None
    range_beyond_strength: bool = False


def pushes_alike(a: Variation, b: Variation) -> bool:
    """Return whether feet and back push against the same kind of supports in both.

    Parameters
    ----------
    a, b : Variation
        The two.
    """
    bench = [Equipment.BENCH in variation.equipment for variation in (a, b)]
    return a.lift is b.lift and bench[0] is bench[1]


def compare_efforts(a: Effort, b: Effort, paired: bool) -> EffortComparison:
    """Return how the shares of all muscles change, in the phases that both have.

    Phases are compared by how much of them has passed, not by seconds.

    Parameters
    ----------
    a, b : Effort
        What was computed for the two.
    paired : bool
        Whether both push in the same way: of one variation always, of two see
        :func:`pushes_alike`.
    """
    both = (a, b)
    if any(effort.overstretched for effort in both):
        return EffortComparison((), paired, NoShares.OVERSTRETCHED)
    if any(effort.beyond_strength for effort in both):
        return EffortComparison((), paired, NoShares.BEYOND_STRENGTH)
    found = []
    for muscle in (m for m in a.muscles if m in b.muscles):
        for phase in (p for p in dict.fromkeys(a.phase) if p in b.phase):
            first, second = (_in_phase(x, x.muscles[muscle], phase) for x in both)
            if paired and len(first) == len(second):
                differences = second - first
            else:
                differences = (second[:, None] - first[None]).reshape(-1, _INSTANTS)
            ends = (_mean(x) for x in (differences.min(axis=0), differences.max(axis=0)))
            nominal = (_mean(x[0]) for x in (first, second))
            change = EffortChange(muscle, phase, *nominal, *ends)
            if change.change or change.low or change.high:
                found.append(change)
    return EffortComparison(
        tuple(found), paired, None, any(effort.range_beyond_strength for effort in both)
    )


def _in_phase(effort: Effort, share: ShareRange, phase: PhaseId) -> Array:
    """Return the cases of a share at equal parts of a phase, (K, _INSTANTS)."""
    inside = np.array([p is phase for p in effort.phase])
    times = effort.time_s[inside]
    at = np.linspace(times[0], times[-1], _INSTANTS)
    return np.array([np.interp(at, times, case[inside]) for case in share.cases])


def _mean(values: Array) -> float:
    return round(float(values.mean()), _DIGITS) + 0.0

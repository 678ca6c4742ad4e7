"""The shares at one moment, and what has none: beyond strength, overstretched, not in the model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from visualizer.effort.sharing import Effort

__all__ = ["FULL", "EffortNow", "ShareNow", "effort_at"]

# From here on a muscle gives all that it has.
FULL = 0.98

_Value = TypeVar("_Value", float, NDArray[np.float64])


@dataclass(frozen=True)
class ShareNow:
    """A muscle's share of its strength in the model, 0 … 1.

    Attributes
    ----------
    nominal, low, high : float
        With the least horizontal force, and the range over all that friction holds.
    beyond : bool
        Whether it gives all it has and that is not enough.
    """

    nominal: float
    low: float
    high: float
    beyond: bool = False


@dataclass(frozen=True)
class EffortNow:
    """The shares at one moment.

    Attributes
    ----------
    effort : Effort
        What they are of.
    shares : dict of str to ShareNow
        By muscle. Where moments are not met, only the muscles that give all they have: the
        others' shares mean nothing there. Empty where fibres are overstretched.
    moments_nm : dict of str to float
        Net moment of each joint of one leg, newton metres in OpenSim's signs.
    unmet_nm : dict of str to float
        What strength leaves unmet of the moment of each joint, newton metres; empty where all
        is met.
    """

    effort: Effort
    shares: dict[str, ShareNow]
    moments_nm: dict[str, float]
    unmet_nm: dict[str, float]

    @property
    def beyond(self) -> bool:
        """Whether the moments are beyond the model's strength."""
        return bool(self.unmet_nm)

    @property
    def overstretched(self) -> bool:
        """Whether the lift stretches fibres further than the model describes."""
        return bool(self.effort.overstretched)

    def of(self, muscle: str) -> ShareNow | None:
        """Return a muscle's share; None where it has none."""
        return self.shares.get(muscle)

    @property
    def highest(self) -> str | None:
        """Id of the muscle with the largest share; None where there is none."""
        if not self.shares:
            return None
        return max(self.shares, key=lambda muscle: self.shares[muscle].nominal)


def effort_at(effort: Effort, time_s: float) -> EffortNow:
    """Return the shares at a time.

    Parameters
    ----------
    effort : Effort
        The shares of the repetition.
    time_s : float
        Time since the start of the repetition, seconds.
    """
    if effort.overstretched:
        return EffortNow(effort, {}, {}, {})
    k = int(np.argmin(np.abs(effort.time_s - time_s)))
    missed = bool(effort.missed[k])
    unmet = {dof: float(nm[k]) for dof, nm in effort.unmet_nm.items()} if missed else {}
    at = _Between(effort.time_s, time_s)
    if missed:
        full = effort.cases[0, k] >= FULL
        pairs = zip(effort.muscles, full.tolist(), strict=True)
        shares = {
            muscle: ShareNow(1.0, 1.0, 1.0, beyond=True) for muscle, is_full in pairs if is_full
        }
    else:
        ends = effort.cases[:, at.ends]
        found = [at.between(*case) for case in (ends[0], ends.min(axis=0), ends.max(axis=0))]
        columns = (case.tolist() for case in found)
        shares = {
            muscle: ShareNow(*share)
            for muscle, *share in zip(effort.muscles, *columns, strict=True)
        }
    moments = {dof: at.of(nm) for dof, nm in effort.moments_nm.items()}
    return EffortNow(effort, shares, moments, unmet)


class _Between:
    """A place between two of some times, found once for all that is known at them.

    Parameters
    ----------
    times : (N,) ndarray
        Rising, N > 0.
    time : float
        The place; before the first and after the last of them it is there.

    Attributes
    ----------
    ends : (int, int)
        Which of the times it lies between.
    """

    def __init__(self, times: NDArray[np.float64], time: float) -> None:
        last = len(times) - 1
        before = min(max(int(times.searchsorted(time, "right")) - 1, 0), max(last - 1, 0))
        self.ends = before, min(before + 1, last)
        start, end = (float(times[k]) for k in self.ends)
        self._share = min(max((time - start) / (end - start), 0.0), 1.0) if end > start else 0.0

    def of(self, values: NDArray[np.float64]) -> float:
        """Return what values (N,) are there, along straight lines."""
        before, after = self.ends
        return float(self.between(values[before], values[after]))

    def between(self, before: _Value, after: _Value) -> _Value:
        """Return what lies between values at the ends."""
        return before + (after - before) * self._share

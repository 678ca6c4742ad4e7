"""Published figures on one axis, where they are comparable.

Two figures share an axis only when the same quantity was measured in the same unit, relative to the
same thing: per cent of a maximal voluntary contraction and per cent of another exercise are two
axes, and so are mean and peak activity. A mean over several studies, as of a review, is the same
quantity as theirs. What a study compared its figure with stands on the axis, too.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from visualizer.analysis.evidence import EvidenceRow
from visualizer.catalog.facts import Fact, Spread

__all__ = ["EvidenceAxis", "IntervalKind", "Point", "axes_of", "exercises_of"]

# What the quantity of a mean over several studies, or several variations, ends with.
_POOLED = ", mean of "
_MOST_TICKS = 5


class IntervalKind(StrEnum):
    """What the ends of an interval are; they do not mean the same."""

    CONFIDENCE = "95 % CI"
    DEVIATION = "SD"
    RANGE = "range"
    BOUNDS = "bounds"


@dataclass(frozen=True)
class Point:
    """A figure on an axis.

    Attributes
    ----------
    row : EvidenceRow
        The measurement that it is of.
    compared : bool
        Whether it is what the measurement was compared with, rather than the measurement.
    value : float or None
        Where it stands; None where only bounds were published.
    low, high : float or None
        The ends of the interval; None where it has none, or no end on that side.
    interval : IntervalKind or None
        What they are.
    """

    row: EvidenceRow
    compared: bool
    value: float | None
    low: float | None = None
    high: float | None = None
    interval: IntervalKind | None = None

    @property
    def reach(self) -> tuple[float, ...]:
        """Every number that has to lie on the axis."""
        return tuple(n for n in (self.low, self.value, self.high) if n is not None)


@dataclass(frozen=True)
class EvidenceAxis:
    """Figures that may be compared.

    Attributes
    ----------
    quantity, unit, normalisation : str
        What was measured, in what, relative to what; the last may be empty.
    points : tuple of Point
        The figures; what one was compared with comes right behind it.
    ticks : tuple of float
        Round numbers from end to end: the axis begins with the first and ends with the last.
    """

    quantity: str
    unit: str
    normalisation: str
    points: tuple[Point, ...]
    ticks: tuple[float, ...]

    def share(self, value: float) -> float:
        """Return where a number lies between the axis' ends, 0 … 1."""
        low, high = self.ticks[0], self.ticks[-1]
        return (value - low) / (high - low)

    def of_exercise(self, exercise: str | None) -> tuple[Point, ...]:
        """Return the figures of measurements in an exercise; of all for None."""
        return tuple(p for p in self.points if exercise in (None, p.row.fact.exercise))


def axes_of(rows: Iterable[EvidenceRow]) -> tuple[EvidenceAxis, ...]:
    """Return the axes on which at least two figures can be compared, the fullest first."""
    found: dict[tuple[str, str, str], list[Point]] = {}
    for row in rows:
        fact = row.fact
        if points := _points(row):
            quantity = fact.quantity.partition(_POOLED)[0]
            found.setdefault((quantity, fact.unit, fact.normalisation), []).extend(points)
    axes = [
        EvidenceAxis(*measured, tuple(points), _ticks(points))
        for measured, points in found.items()
        if len(points) > 1
    ]
    return tuple(sorted(axes, key=lambda axis: -len(axis.points)))


def exercises_of(axis: EvidenceAxis) -> tuple[str, ...]:
    """Return the exercises that figures on an axis were measured in, in their order."""
    return tuple(dict.fromkeys(point.row.fact.exercise for point in axis.points))


def _points(row: EvidenceRow) -> list[Point]:
    """Return a measurement's figure and what it was compared with; none for words alone."""
    fact = row.fact
    if fact.value is None and fact.low is None and fact.high is None:
        return []
    points = [Point(row, False, fact.value, *_interval(fact))]
    if fact.comparison is not None:
        other = Spread(sd=fact.comparison.sd)
        points.append(Point(row, True, fact.comparison.value, *_of(fact.comparison.value, other)))
    return points


def _interval(fact: Fact) -> tuple[float | None, float | None, IntervalKind | None]:
    if fact.value is None:
        return fact.low, fact.high, IntervalKind.BOUNDS
    return _of(fact.value, fact.spread)


def _of(value: float, spread: Spread) -> tuple[float | None, float | None, IntervalKind | None]:
    """Return the interval round a value: how sure it is, else how far the values scatter."""
    if spread.ci95 is not None:
        return spread.ci95[0], spread.ci95[1], IntervalKind.CONFIDENCE
    if spread.sd is not None:
        return value - spread.sd, value + spread.sd, IntervalKind.DEVIATION
    if spread.range is not None:
        return spread.range[0], spread.range[1], IntervalKind.RANGE
    return None, None, None


def _ticks(points: Iterable[Point]) -> tuple[float, ...]:
    """Return round numbers that enclose zero and all figures."""
    reach = [0.0, *(n for point in points for n in point.reach)]
    low, high = min(reach), max(reach)
    rough = max(high - low, 1e-9) / (_MOST_TICKS - 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= rough * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(round(k * step, 10) for k in range(first, max(last, first + 1) + 1))

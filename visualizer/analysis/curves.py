"""Curves over one repetition: angles, heights, and what each muscle-tendon unit does.

Computed from the solved linkage: lengths and moment arms are taken at its samples (bottom to top)
and carried to any time by its timing, so the lowering mirrors the lift. Nothing here is measured;
:func:`published_bands` gives the published figures that a curve may be drawn against.

Signs: shortening velocity is positive while the unit shortens. Moment arms follow OpenSim:
positive flexes hip or knee, negative extends it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from visualizer.catalog.facts import LENGTH_UNITS
from visualizer.catalog.variation import BodyCurve, Contraction
from visualizer.exercise.contraction import LengthChange, TendonChange, weighted_mean
from visualizer.exercise.repetition import Repetition
from visualizer.language import ENGLISH, in_language
from visualizer.lifts.schedule import Profile
from visualizer.lifts.vocabulary import PhaseId

__all__ = [
    "DEAD_BAND_M_PER_S",
    "DEAD_BAND_PER_S",
    "Curves",
    "LiftMeans",
    "PublishedBand",
    "Switch",
    "UnitCurves",
    "curves_of",
    "extending_mm",
    "published_bands",
]

Array = NDArray[np.float64]
_Arm = TypeVar("_Arm", float, NDArray[np.float64])

# Slower than this counts as holding its length: 5 % of the fibre length per second …
DEAD_BAND_PER_S = 0.05
# … or, where no fibre length is published, 5 mm per second.
DEAD_BAND_M_PER_S = 0.005


@dataclass(frozen=True)
class Switch:
    """A moment at which the contraction changes.

    Attributes
    ----------
    time_s : float
        Time since the start of the lift.
    before, after : Contraction
        What the velocity says on either side.
    """

    time_s: float
    before: Contraction
    after: Contraction


@dataclass(frozen=True)
class UnitCurves:
    """A muscle-tendon unit, or the mean of a muscle's units, over the repetition.

    All arrays are (N,), one value per time of :attr:`Curves.time_s`.

    Attributes
    ----------
    name : str
        Name of the unit (``glmax1_r``), or the id of the muscle whose mean it is.
    length_m : ndarray
        Length of the unit.
    change_m : ndarray
        Length minus its length at the bottom.
    change_percent : ndarray or None
        The same in per cent of the optimal fibre length; None where none is published and the
        length changes.
    shortening_m_per_s : ndarray
        Shortening velocity: positive while the unit shortens.
    shortening_per_s : ndarray or None
        The same in optimal fibre lengths per second.
    hip_arm_m, knee_arm_m : ndarray
        Moment arms about hip flexion and the knee; negative extends.
    contraction : tuple of Contraction
        What the velocity says at each time if the muscle is active.
    switches : tuple of Switch
        Where ``contraction`` changes.
    """

    name: str
    length_m: Array
    change_m: Array
    change_percent: Array | None
    shortening_m_per_s: Array
    shortening_per_s: Array | None
    hip_arm_m: Array
    knee_arm_m: Array
    contraction: tuple[Contraction, ...]
    switches: tuple[Switch, ...]


@dataclass(frozen=True)
class LiftMeans:
    """Means of a muscle-tendon unit over the lift.

    Attributes
    ----------
    shortening_m_per_s : float
        Mean shortening velocity.
    shortening_per_s : float or None
        The same in optimal fibre lengths per second.
    hip_arm_m, knee_arm_m : float
        Mean moment arms; negative extends.
    """

    shortening_m_per_s: float
    shortening_per_s: float | None
    hip_arm_m: float
    knee_arm_m: float


@dataclass(frozen=True)
class PublishedBand:
    """A published mean and spread that a curve can be held against.

    Attributes
    ----------
    quantity : BodyCurve
        The curve.
    low, mean, high : float
        Mean and mean ± one standard deviation, in the curve's SI unit, at ``phase``'s end.
    phase : PhaseId
        The figure is compared with the end of this phase.
    source : str
        Key in ``data/sources.json``.
    note : str
        What was measured, on whom.
    """

    quantity: BodyCurve
    low: float
    mean: float
    high: float
    phase: PhaseId
    source: str
    note: str


class Curves:
    """All curves of a repetition; get one with :func:`curves_of`.

    Parameters
    ----------
    repetition : Repetition
        The variation on a side.
    """

    def __init__(self, repetition: Repetition) -> None:
        # the parts of the repetition, not itself: the cache must not keep it alive
        self._skeleton, self._motion = repetition.skeleton, repetition.motion
        self._side, self._schedule = repetition.side, repetition.schedule
        self._suffix = repetition.side.suffix
        self.timing: Profile = self._schedule.whole
        self._samples = np.linspace(0.0, 1.0, len(self._motion.hip_height_m))
        self._units: dict[str, UnitCurves] = {}

    # ------------------------------------------------------------------------------- the body
    @property
    def time_s(self) -> Array:
        """Times since the start of the lift, (N,) seconds."""
        return self.timing.time_s

    @property
    def progress(self) -> Array:
        """Height of the hips between bottom (0) and top (1), (N,)."""
        return self.timing.progress

    @cached_property
    def hip_flexion_rad(self) -> Array:
        """Hip flexion of the working leg, (N,) radians."""
        return self._joint("hip_flexion")

    @cached_property
    def knee_flexion_rad(self) -> Array:
        """Knee flexion of the working leg, (N,) radians."""
        return self._joint("knee_angle")

    @cached_property
    def other_leg_rad(self) -> tuple[Array, Array]:
        """Hip and knee flexion of the leg that does not work, each (N,) radians."""
        other = self._side.other.suffix
        return self._joint("hip_flexion", other), self._joint("knee_angle", other)

    @cached_property
    def hip_height_m(self) -> Array:
        """Height of the hip joints above the floor, (N,) metres."""
        return self._over_time(self._motion.hip_height_m)

    @cached_property
    def bar_height_m(self) -> Array:
        """Height of the bar's middle (its seat where no bar is used), (N,) metres."""
        return self._over_time(self._motion.bar_position_m[:, 2])

    def _joint(self, name: str, suffix: str | None = None) -> Array:
        address = self._skeleton.joint_address(name + (suffix or self._suffix))
        return self._over_time(self._motion.joint_position[:, address])

    def _over_time(self, samples: Array) -> Array:
        return np.interp(self.progress, self._samples, samples)

    # -------------------------------------------------------------------------------- muscles
    @cached_property
    def _lengths_m(self) -> Array:
        """Lengths of all units at the samples of the motion, (S, T)."""
        poses = (self._skeleton.pose_at(q) for q in self._motion.joint_position)
        return np.array([p.tendon_length_m for p in poses])

    @cached_property
    def _arms_m(self) -> tuple[Array, Array]:
        """Moment arms of all units about hip flexion and knee at the samples, each (S, T)."""
        hip, knee = (
            np.array([self._skeleton.moment_arms_m(q, joint) for q in self._motion.joint_position])
            for joint in ("hip_flexion" + self._suffix, "knee_angle" + self._suffix)
        )
        return hip, knee

    def parts(self, change: LengthChange) -> tuple[UnitCurves, ...]:
        """Return the curves of every muscle-tendon unit of a muscle or group."""
        return tuple(map(self.unit, change.parts))

    def over_lift(self, unit: UnitCurves) -> LiftMeans:
        """Return the means of a unit between the bottom and the top."""
        lift = self._schedule.span(PhaseId.LIFT)
        rising = (self.time_s >= lift.start_s) & (self.time_s <= lift.end_s)
        speed = unit.shortening_per_s
        return LiftMeans(
            shortening_m_per_s=float(unit.shortening_m_per_s[rising].mean()),
            shortening_per_s=None if speed is None else float(speed[rising].mean()),
            hip_arm_m=float(unit.hip_arm_m[rising].mean()),
            knee_arm_m=float(unit.knee_arm_m[rising].mean()),
        )

    def muscle(self, change: LengthChange) -> UnitCurves | None:
        """Return the mean of a muscle's or group's units; None where the model has none.

        Weighted as the change itself, see :mod:`visualizer.exercise.contraction`. Per cent and
        fibre lengths are averaged where they are known.

        Parameters
        ----------
        change : LengthChange
            The muscle with the parts that are meant: where they go opposite ways, a mean over all
            of them describes none.
        """
        parts, known = change.parts, change.known
        if not parts:
            return None

        def mean(of: Callable[[UnitCurves], Array | None], which: Sequence[TendonChange]) -> Array:
            values = [of(self.unit(part)) for part in which]
            found = weighted_mean(which, [v for v in values if v is not None])
            assert found is not None
            return found

        result = UnitCurves(
            name=change.muscle,
            length_m=mean(lambda u: u.length_m, parts),
            change_m=mean(lambda u: u.change_m, parts),
            change_percent=mean(lambda u: u.change_percent, known) if known else None,
            shortening_m_per_s=mean(lambda u: u.shortening_m_per_s, parts),
            shortening_per_s=mean(lambda u: u.shortening_per_s, known) if known else None,
            hip_arm_m=mean(lambda u: u.hip_arm_m, parts),
            knee_arm_m=mean(lambda u: u.knee_arm_m, parts),
            contraction=(),
            switches=(),
        )
        return self._with_contraction(result)

    def unit(self, part: TendonChange) -> UnitCurves:
        """Return the curves of one muscle-tendon unit."""
        if part.tendon in self._units:
            return self._units[part.tendon]
        i = self._skeleton.tendon(part.tendon)
        samples = self._lengths_m[:, i]
        if part.still:
            samples = np.full_like(samples, samples[0])
        slope = np.gradient(samples, self._samples, edge_order=2)
        length = self._over_time(samples)
        shortening = -self._over_time(slope) * self.timing.rate_per_s
        change = length - samples[0]
        percent_per_s = part.in_percent(shortening)
        hip, knee = self._arms_m
        unit = UnitCurves(
            name=part.tendon,
            length_m=length,
            change_m=change,
            change_percent=part.in_percent(change),
            shortening_m_per_s=shortening,
            shortening_per_s=None if percent_per_s is None else percent_per_s / 100.0,
            hip_arm_m=self._over_time(hip[:, i]),
            knee_arm_m=self._over_time(knee[:, i]),
            contraction=(),
            switches=(),
        )
        return self._units.setdefault(part.tendon, self._with_contraction(unit))

    def _with_contraction(self, unit: UnitCurves) -> UnitCurves:
        if unit.shortening_per_s is not None:
            speed = unit.shortening_per_s / DEAD_BAND_PER_S
        else:
            speed = unit.shortening_m_per_s / DEAD_BAND_M_PER_S
        states = np.where(speed > 1, 1, np.where(speed < -1, -1, 0))
        names = {1: Contraction.CONCENTRIC, -1: Contraction.ECCENTRIC, 0: Contraction.ISOMETRIC}
        switches = []
        for k in np.flatnonzero(np.diff(states)):
            # where the speed crosses the edge of the dead band, between two times
            a, b = speed[k], speed[k + 1]
            edge = 1.0 if (a > 1) != (b > 1) else -1.0
            f = (edge - a) / (b - a)
            time = self.time_s[k] + f * (self.time_s[k + 1] - self.time_s[k])
            switches.append(Switch(float(time), names[int(states[k])], names[int(states[k + 1])]))
        contraction = tuple(names[int(s)] for s in states)
        return replace(unit, contraction=contraction, switches=tuple(switches))


_CACHE: WeakKeyDictionary[Repetition, Curves] = WeakKeyDictionary()


def curves_of(repetition: Repetition) -> Curves:
    """Return the curves of a repetition; computed once, on first use."""
    if repetition not in _CACHE:
        _CACHE[repetition] = Curves(repetition)
    return _CACHE[repetition]


def extending_mm(arm_m: _Arm) -> _Arm:
    """Return moment arms in millimetres, positive where it extends, as moments are shown.

    The model counts flexion of hip and knee as positive.
    """
    return 0.0 - 1e3 * arm_m


def published_bands(repetition: Repetition) -> tuple[PublishedBand, ...]:
    """Return the published figures to draw behind the curves of a repetition.

    The variation's data name them (``[[compared]]``): where the bar or the hips would be at the
    top after the published displacement from our bottom.
    """
    variation, catalog = repetition.variation, repetition.catalog
    curves = curves_of(repetition)
    heights = {
        BodyCurve.BAR_HEIGHT: curves.bar_height_m,
        BodyCurve.HIP_HEIGHT: curves.hip_height_m,
    }
    bands = []
    for compared in variation.compared:
        fact = catalog.facts[compared.fact]
        assert fact.value is not None
        assert fact.spread.sd is not None
        unit = LENGTH_UNITS[fact.unit]
        bottom = float(heights[compared.curve].min())
        mean, spread = bottom + fact.value * unit, fact.spread.sd * unit
        said = [fact.population.text, fact.load, f"mean ± SD ({fact.read})"]
        note = in_language(compared.note, ENGLISH)
        text = ", ".join(part for part in said if part) + (f"; {note}" if note else "")
        bands.append(
            PublishedBand(
                compared.curve, mean - spread, mean, mean + spread, PhaseId.LIFT, fact.source, text
            )
        )
    return tuple(bands)

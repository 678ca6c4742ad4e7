"""Curves over one repetition: angles, heights, and what each muscle-tendon unit does.

Computed from the solved linkage: lengths and moment arms are taken at its samples (bottom to top)
and carried to any time by its timing, so the lowering mirrors the lift. Nothing here is measured;
:func:`published_bands` gives the published figures that a curve may be drawn against.

Signs: shortening velocity is positive while the unit shortens. Moment arms follow OpenSim:
positive flexes hip or knee, negative extends it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.muscle import Muscle
from visualizer.catalog.facts import LENGTH_UNITS
from visualizer.catalog.variation import BodyCurve, Contraction
from visualizer.exercise.repetition import Repetition
from visualizer.language import ENGLISH, in_language
from visualizer.lifts.schedule import Profile
from visualizer.lifts.vocabulary import PhaseId

__all__ = [
    "DEAD_BAND_M_PER_S",
    "DEAD_BAND_PER_S",
    "Curves",
    "LiftFigures",
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
# below a tenth of a millimetre over the whole lift a change is rounding, as in contraction.py
_STILL_M = 1e-4


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
class LiftFigures:
    """What a muscle-tendon unit does over the lift: change at its end, means on the way.

    Attributes
    ----------
    change_m : float
        Length at the top minus length at the bottom.
    change_percent : float or None
        The same in per cent of the optimal fibre length, where that is published.
    shortening_m_per_s : float
        Mean shortening velocity.
    shortening_per_s : float or None
        The same in optimal fibre lengths per second.
    hip_arm_m, knee_arm_m : float
        Mean moment arms; negative extends.
    """

    change_m: float
    change_percent: float | None
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
        self._catalog, self._suffix = repetition.catalog, repetition.side.suffix
        self._schedule = repetition.schedule
        self.timing: Profile = self._schedule.profile(self._schedule.grid())
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
    def hip_height_m(self) -> Array:
        """Height of the hip joints above the floor, (N,) metres."""
        return self._over_time(self._motion.hip_height_m)

    @cached_property
    def bar_height_m(self) -> Array:
        """Height of the bar's middle (its seat where no bar is used), (N,) metres."""
        return self._over_time(self._motion.bar_position_m[:, 2])

    def _joint(self, name: str) -> Array:
        address = self._skeleton.joint_address(name + self._suffix)
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

    def parts(self, muscle: str) -> tuple[UnitCurves, ...]:
        """Return the curves of every muscle-tendon unit of a muscle or group, working side."""
        return tuple(
            self.unit(tendon + self._suffix, member.optimal_fibre_length_m.get(tendon))
            for member in self._members(muscle)
            for tendon in member.tendons
            if tendon + self._suffix in self._skeleton.tendon_names
        )

    def over_lift(self, unit: UnitCurves) -> LiftFigures:
        """Return what a unit does between the bottom and the top."""
        lift = self._schedule.span(PhaseId.LIFT)
        rising = (self.time_s >= lift.start_s) & (self.time_s <= lift.end_s)
        end = int(np.flatnonzero(rising)[-1])
        percent, speed = unit.change_percent, unit.shortening_per_s
        return LiftFigures(
            change_m=float(unit.change_m[end]),
            change_percent=None if percent is None else float(percent[end]),
            shortening_m_per_s=float(unit.shortening_m_per_s[rising].mean()),
            shortening_per_s=None if speed is None else float(speed[rising].mean()),
            hip_arm_m=float(unit.hip_arm_m[rising].mean()),
            knee_arm_m=float(unit.knee_arm_m[rising].mean()),
        )

    def muscle(self, muscle: str, only: Collection[str] | None = None) -> UnitCurves | None:
        """Return the mean of a muscle's or group's units; None where the model has none.

        Weighted as in :mod:`visualizer.exercise.contraction`: members by their volume, the units
        of a member alike. Per cent and fibre lengths are averaged where they are known.

        Parameters
        ----------
        muscle : str
            Id of the muscle or group.
        only : collection of str, optional
            Names of the units to take, where not all: where units go opposite ways, a mean over
            all of them describes none.
        """
        units: list[UnitCurves] = []
        weights: list[float] = []
        for member in self._members(muscle):
            own = self.parts(member.id)
            volume = member.volume.volume_cm3 if member.volume else 1.0
            taken = [u for u in own if only is None or u.name in only]
            units += taken
            weights += [volume / max(len(own), 1)] * len(taken)
        if not units:
            return None
        known = [i for i, u in enumerate(units) if u.change_percent is not None]

        def mean(arrays: Sequence[Array], which: Sequence[int]) -> Array:
            return np.average(np.array(arrays), axis=0, weights=[weights[i] for i in which])

        everything = range(len(units))
        percent = [u.change_percent for u in units if u.change_percent is not None]
        speed = [u.shortening_per_s for u in units if u.shortening_per_s is not None]
        result = UnitCurves(
            name=muscle,
            length_m=mean([u.length_m for u in units], everything),
            change_m=mean([u.change_m for u in units], everything),
            change_percent=mean(percent, known) if known else None,
            shortening_m_per_s=mean([u.shortening_m_per_s for u in units], everything),
            shortening_per_s=mean(speed, known) if known else None,
            hip_arm_m=mean([u.hip_arm_m for u in units], everything),
            knee_arm_m=mean([u.knee_arm_m for u in units], everything),
            contraction=(),
            switches=(),
        )
        return self._with_contraction(result)

    def _members(self, muscle: str) -> list[Muscle]:
        return [self._catalog.muscle(m) for m in self._catalog.surfaces(muscle)]

    def unit(self, name: str, fibre_m: float | None) -> UnitCurves:
        """Return the curves of one muscle-tendon unit.

        Parameters
        ----------
        name : str
            Its name in the model, with the side's suffix.
        fibre_m : float or None
            Its optimal fibre length, metres; None where none is published.
        """
        if name in self._units:
            return self._units[name]
        i = self._skeleton.tendon(name)
        samples = self._lengths_m[:, i]
        if np.ptp(samples) < _STILL_M:
            samples = np.full_like(samples, samples[0])
            fibre_m = fibre_m or 1.0  # nought per cent of any length
        slope = np.gradient(samples, self._samples, edge_order=2)
        length = self._over_time(samples)
        shortening = -self._over_time(slope) * self.timing.rate_per_s
        change = length - samples[0]
        hip, knee = self._arms_m
        unit = UnitCurves(
            name=name,
            length_m=length,
            change_m=change,
            change_percent=None if fibre_m is None else 100.0 * change / fibre_m,
            shortening_m_per_s=shortening,
            shortening_per_s=None if fibre_m is None else shortening / fibre_m,
            hip_arm_m=self._over_time(hip[:, i]),
            knee_arm_m=self._over_time(knee[:, i]),
            contraction=(),
            switches=(),
        )
        return self._units.setdefault(name, self._with_contraction(unit))

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

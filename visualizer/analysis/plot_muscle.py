"""Plots of a muscle: length, shortening velocity, moment arms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visualizer.analysis.curves import UnitCurves, curves_of, extending_mm
from visualizer.analysis.plot import Curve, Plot, Quantity
from visualizer.analysis.plot_subject import Subject
from visualizer.analysis.words import muscle_name, part_name
from visualizer.catalog.variation import Contraction
from visualizer.exercise.contraction import LengthChange
from visualizer.lifts.vocabulary import PhaseId
from visualizer.texts import tr
from visualizer.texts.figures import MINUS

__all__ = ["arms_plot", "length_plot", "velocity_plot"]

Array = NDArray[np.float64]


def length_plot(subject: Subject) -> Plot:
    """Return the change of length of the muscle and its parts."""
    return _muscle_plot(subject, _length)


def velocity_plot(subject: Subject) -> Plot:
    """Return the shortening velocity of the muscle and its parts."""
    return _muscle_plot(subject, _velocity)


def arms_plot(subject: Subject) -> Plot:
    """Return the muscle's moment arms about hip and knee, positive where it extends."""
    found = _path_of(subject)
    if isinstance(found, Plot):
        return found
    arm = Quantity(tr("Moment arm"), "mm")
    return Plot(
        curves_of(subject.repetition).time_s,
        (
            Curve(tr("At the hip"), arm, extending_mm(found.mean.hip_arm_m)),
            Curve(tr("At the knee"), arm, extending_mm(found.mean.knee_arm_m)),
        ),
        caption=tr("{}: computed; + extends, {} flexes").format(found.name, MINUS),
        tip=tr(
            "{}: moment arms at hip and knee, mean of its parts; positive where the muscle extends "
            "the joint. Computed from the model’s path, not measured."
        ).format(found.name),
    )


# ------------------------------------------------------------------------------ what is measured
@dataclass(frozen=True)
class _Measure:
    """What is shown of a unit: its axis, its values, and what the caption says."""

    quantity: Quantity
    values: Callable[[UnitCurves], Array]
    what: str
    caption: str


def _length(scaled: bool) -> _Measure:
    if scaled:
        return _Measure(
            Quantity(tr("% of fibre length"), "%"),
            lambda u: _known(u.change_percent),
            tr("Length of the muscle"),
            tr("computed, per cent of the fibre length; 0 at the bottom"),
        )
    return _Measure(
        Quantity(tr("Change of length"), "mm", 1),
        lambda u: 1e3 * u.change_m,
        tr("Length of the muscle"),
        tr("computed; 0 at the bottom; no fibre length is published"),
    )


def _velocity(scaled: bool) -> _Measure:
    if scaled:
        return _Measure(
            Quantity(tr("Fibre lengths/s"), "/s", 2),
            lambda u: _known(u.shortening_per_s),
            tr("Shortening velocity"),
            tr("computed, fibre lengths per second; + shortens, {} lengthens").format(MINUS),
        )
    return _Measure(
        Quantity(tr("Shortening velocity"), "mm/s"),
        lambda u: 1e3 * u.shortening_m_per_s,
        tr("Shortening velocity"),
        tr("computed; + shortens, {} lengthens; no fibre length is published").format(MINUS),
    )


def _known(values: Array | None) -> Array:
    assert values is not None
    return values


# ---------------------------------------------------------------------------------- the muscle
@dataclass(frozen=True)
class _Path:
    """A muscle that the model has a path for."""

    name: str
    mean: UnitCurves
    units: tuple[UnitCurves, ...]
    change: LengthChange


def _path_of(subject: Subject) -> _Path | Plot:
    """Return the muscle with its curves, or a plot that says why there are none."""
    repetition, muscle = subject.repetition, subject.muscle
    curves = curves_of(repetition)
    if muscle is None:
        return Plot(curves.time_s, empty=tr("Select a muscle to see its curve."))
    name = muscle_name(repetition, muscle)
    change = repetition.stated_change(muscle)
    mean = curves.muscle(change)
    if mean is None:
        why = tr("{}: the model has no path for it, so there is no curve.").format(name)
        return Plot(curves.time_s, empty=why)
    return _Path(name, mean, curves.parts(change), change)


def _muscle_plot(subject: Subject, measure_of: Callable[[bool], _Measure]) -> Plot:
    found = _path_of(subject)
    if isinstance(found, Plot):
        return found
    curves, catalog = curves_of(subject.repetition), subject.repetition.catalog
    everything = (found.mean, *found.units)
    scaled = all(u.change_percent is not None and u.shortening_per_s is not None
                 for u in everything)  # fmt: skip
    measure, change = measure_of(scaled), found.change
    shown = {found.name: found.mean}
    if change.opposed:
        # a mean over parts that go opposite ways describes none of them
        ways = (
            (tr("Parts that shorten in the lift"), Contraction.CONCENTRIC),
            (tr("Parts that lengthen in the lift"), Contraction.ECCENTRIC),
        )
        means = {word: curves.muscle(_going(change, way)) for word, way in ways}
        shown = {word: mean for word, mean in means.items() if mean is not None}
    lines = [Curve(word, measure.quantity, measure.values(u)) for word, u in shown.items()]
    tip = tr(
        "{name}: {what}. Computed from the model’s path, not measured. Rings: where the "
        "contraction changes by the model, if the muscle is active; slower than 5 % of the fibre "
        "length per second counts as holding."
    ).format(name=found.name, what=measure.what)  # fmt: skip
    if len(found.units) > 1:
        tip += " " + tr("Thin lines: its parts.")
        lines += [
            Curve(
                part_name(u.name, catalog, change.muscle), measure.quantity, measure.values(u),
                part=True,
            )
            for u in found.units
        ]  # fmt: skip
    caption = measure.caption
    if found.mean.switches and not change.opposed:
        caption += "; " + tr("○ contraction changes")
    return Plot(
        curves.time_s,
        tuple(lines),
        switches=() if change.opposed else found.mean.switches,
        contraction=() if change.opposed else found.mean.contraction,
        caption=caption,
        tip=tip,
        parts_name=tr("Its parts") if len(found.units) > 1 else "",
    )


def _going(change: LengthChange, way: Contraction) -> LengthChange:
    """Return the parts that go one way."""
    going = tuple(p for p in change.parts if p.contraction(PhaseId.LIFT) is way)
    return LengthChange(change.muscle, going)

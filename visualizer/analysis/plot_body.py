"""Plots of the body: angles and height."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from visualizer.analysis.curves import Curves, PublishedBand, curves_of, published_bands
from visualizer.analysis.plot import Band, Curve, Plot, Quantity
from visualizer.analysis.plot_subject import Subject
from visualizer.catalog.citation import citation_line, short_citation
from visualizer.catalog.variation import Basis, BodyCurve
from visualizer.exercise.repetition import Repetition
from visualizer.lifts.vocabulary import Equipment, Laterality, PhaseId
from visualizer.texts import tr
from visualizer.texts.figures import figure, number

__all__ = ["angles_plot"]

Array = NDArray[np.float64]

# where there is no hold, a published figure for the top stands so long around it
_AROUND_TOP_S = 0.15


def angles_plot(subject: Subject) -> Plot:
    """Return hip and knee angles on one axis, the height of bar or hips on another."""
    repetition = subject.repetition
    curves = curves_of(repetition)
    angle = Quantity(tr("Angle"), "°", from_zero=False)
    height = Quantity(tr("Height"), "cm", from_zero=False)
    barbell = Equipment.BARBELL in repetition.variation.equipment
    height_m = curves.bar_height_m if barbell else curves.hip_height_m
    drawn = BodyCurve.BAR_HEIGHT if barbell else BodyCurve.HIP_HEIGHT
    bands = tuple(
        _published(band, repetition, curves, height, float(height_m[0]))
        for band in published_bands(repetition)
        if band.quantity is drawn and band.source in repetition.catalog.sources
    )
    way = figure(100 * float(height_m.max() - height_m.min()), " cm", 1)
    own = tr("Angles and height are those of our own motion. Travel: {}.").format(way)
    resting: tuple[Curve, ...] = ()
    resting_name = ""
    if repetition.variation.setup.legs is Laterality.WORKING:
        own += " " + tr("Thin lines: the leg that does not work.")
        resting_name = tr("Other leg")
        names = tr("Hip flexion, other leg"), tr("Knee flexion, other leg")
        resting = tuple(
            Curve(name, angle, np.degrees(values), part=True)
            for name, values in zip(names, curves.other_leg_rad, strict=True)
        )
    return Plot(
        curves.time_s,
        (
            Curve(
                tr("Hip flexion"), angle, np.degrees(curves.hip_flexion_rad),
                exact=lambda m: math.degrees(m.hip_flexion_rad),
            ),
            Curve(
                tr("Knee flexion"), angle, np.degrees(curves.knee_flexion_rad),
                exact=lambda m: math.degrees(m.knee_flexion_rad),
            ),
            Curve(
                tr("Bar height") if barbell else tr("Hip height"), height, 100 * height_m,
                exact=lambda m: 100 * (m.bar_height_m if barbell else m.hip_height_m),
            ),
            *resting,
        ),
        bands,
        caption="; ".join(band.caption for band in bands),
        tip="\n".join([own, *(band.about for band in bands)]),
        parts_name=resting_name,
    )  # fmt: skip


def _published(
    band: PublishedBand, repetition: Repetition, curves: Curves, height: Quantity, bottom_m: float
) -> Band:
    """Return a published travel as a band of heights that holds at the top."""
    source = repetition.catalog.sources[band.source]
    name = tr("published travel {} ± {} cm ({})").format(
        number(round(100 * (band.mean - bottom_m), 2)),
        number(round(50 * (band.high - band.low), 2)),
        short_citation(source),
    )
    about = tr("Hatched box: {}").format(name) + f": {band.note}. {citation_line(source)}"
    start_s, end_s = _top(repetition)
    there = (curves.time_s >= start_s) & (curves.time_s <= end_s)
    low, high = (np.where(there, 100 * edge, np.nan) for edge in (band.low, band.high))
    return Band(tr("Published top"), height, low, high, Basis.STUDY, caption=name, about=about)


def _top(repetition: Repetition) -> tuple[float, float]:
    """Return start and end (s) of the hold, or of a little time around the top without one."""
    schedule = repetition.schedule
    for span in schedule.spans:
        if span.id is PhaseId.HOLD and span.seconds > 0 and span.start_progress == 1.0:
            return span.start_s, span.end_s
    top_s = schedule.time_of(PhaseId.LIFT, 1.0)
    return top_s - _AROUND_TOP_S, top_s + _AROUND_TOP_S

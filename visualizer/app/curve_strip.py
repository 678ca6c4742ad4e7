"""What the strip of curves above the timeline's lanes shows, in the units that people read.

Everything here is computed from the model; published figures are boxes with their source.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from visualizer.analysis.curves import Switch, UnitCurves, curves_of, published_bands
from visualizer.app.choices import CurveKind
from visualizer.app.session import Session
from visualizer.catalog.citation import citation_line, short_citation
from visualizer.catalog.facts import number
from visualizer.catalog.variation import BodyCurve, Contraction
from visualizer.errors import VisualizerError
from visualizer.exercise.contraction import LengthChange
from visualizer.exercise.repetition import Instant
from visualizer.lifts.dynamics import Interval
from visualizer.lifts.loads import Load
from visualizer.lifts.vocabulary import Equipment, PhaseId
from visualizer.texts import localised, tr

__all__ = [
    "Box",
    "Range",
    "Strip",
    "Trace",
    "curve_word",
    "extending_mm",
    "figure",
    "load_words",
    "strip_of",
]

Array = NDArray[np.float64]
_Arm = TypeVar("_Arm", float, Array)

_MINUS = "\N{MINUS SIGN}"
_DARK, _PALE = 0.34, 0.12
# where there is no hold, a box this long stands around the top
_BOX_S = 0.15


def figure(value: float, unit: str, digits: int = 0) -> str:
    """Return a number with its unit, a real minus sign, and none on zero."""
    text = f"{value:.{digits}f}"
    if not float(text):
        text = text.lstrip("-")
    return localised(text.replace("-", _MINUS)) + unit


def extending_mm(arm_m: _Arm) -> _Arm:
    """Return moment arms in millimetres, positive where it extends, as moments are shown.

    The model counts flexion of hip and knee as positive.
    """
    return 0.0 - 1e3 * arm_m


def curve_word(kind: CurveKind) -> str:
    """Return the name of a kind of curves, as the menu says it."""
    return {
        CurveKind.ANGLES: tr("Angles and height"),
        CurveKind.LENGTH: tr("Length of the muscle"),
        CurveKind.VELOCITY: tr("Shortening velocity"),
        CurveKind.ARMS: tr("Moment arms"),
        CurveKind.HIP_MOMENT: tr("Hip moment, computed"),
        CurveKind.KNEE_MOMENT: tr("Knee moment, computed"),
    }[kind]


@dataclass(frozen=True, eq=False)
class Trace:
    """One curve.

    Attributes
    ----------
    name : str
        What it is.
    values : (N,) ndarray
        In ``unit``.
    unit : str
        As it follows the number, with its space.
    low, high : float
        Ends of its axis.
    digits : int
        Decimals of the value.
    exact : callable, optional
        Returns the value at a moment; interpolated where there is none.
    about : str
        What it is in a sentence.
    """

    name: str
    values: Array
    unit: str
    low: float
    high: float
    digits: int = 0
    exact: Callable[[Instant], float] | None = None
    about: str = ""

    def text(self, value: float) -> str:
        """Return a value with its unit."""
        return figure(value, self.unit, self.digits)

    @property
    def span_text(self) -> str:
        """The smallest and the largest value, which the axis may reach beyond."""
        low, high = float(self.values.min()), float(self.values.max())
        return f"{figure(low, '', self.digits)}–{figure(high, '', self.digits)}"


@dataclass(frozen=True, eq=False)
class Range:
    """A band between two curves, on the axis of the first trace.

    Attributes
    ----------
    name : str
        What spans it.
    low, high : (N,) ndarray
        Its edges.
    share : float
        How dark it is, 0 … 1.
    about : str
        What it is in a sentence.
    """

    name: str
    low: Array
    high: Array
    share: float
    about: str = ""


@dataclass(frozen=True)
class Box:
    """A published figure, for a piece of the repetition.

    Attributes
    ----------
    name : str
        What it is, with the study in short.
    trace : int
        The trace whose axis it is drawn on.
    start_s, end_s : float
        Where it stands.
    low, high : float
        In the trace's unit.
    """

    name: str
    trace: int
    start_s: float
    end_s: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Strip:
    """All that the strip shows; compared by identity.

    Attributes
    ----------
    kind : CurveKind
        What was chosen.
    time_s : (N,) ndarray
        Times of all values.
    traces : tuple of Trace
        At most three; with one axis for all where ``shared``.
    shared : bool
        Whether the traces have one axis.
    ranges : tuple of Range
        From pale to dark.
    parts : tuple of (N,) ndarray
        Thin lines: the muscle's units, on the axis of the first trace.
    boxes : tuple of Box
        Published figures.
    switches : tuple of Switch
        Where the first trace's contraction changes.
    contraction : tuple of Contraction
        What the velocity says at each time; empty where it does not matter.
    caption : str
        One line that says what it is.
    tip : str
        All of it.
    empty : str
        Why there is nothing to show.
    """

    kind: CurveKind
    time_s: Array
    traces: tuple[Trace, ...] = ()
    shared: bool = True
    ranges: tuple[Range, ...] = ()
    parts: tuple[Array, ...] = ()
    boxes: tuple[Box, ...] = ()
    switches: tuple[Switch, ...] = ()
    contraction: tuple[Contraction, ...] = ()
    caption: str = ""
    tip: str = ""
    empty: str = ""

    def value(self, trace: Trace, instant: Instant) -> float:
        """Return a trace's value at a moment."""
        if trace.exact is not None:
            return trace.exact(instant)
        return float(np.interp(instant.time_s, self.time_s, trace.values))

    def value_text(self, trace: Trace, instant: Instant) -> str:
        """Return a trace's value at a moment with its unit."""
        return trace.text(self.value(trace, instant))

    def readout(self, time_s: float) -> str:
        """Return all values at a time, with their units; empty where there is no curve."""
        if not self.traces:
            return ""
        values = [
            f"{t.name} {t.text(float(np.interp(time_s, self.time_s, t.values)))}"
            for t in self.traces
        ]
        return tr("At {}: {}").format(figure(time_s, " s", 2), ", ".join(values))

    def range_text(self, band: Range, instant: Instant) -> str:
        """Return the edges of a range at a moment with their unit."""
        low, high = (
            figure(float(np.interp(instant.time_s, self.time_s, edge)), "", self.traces[0].digits)
            for edge in (band.low, band.high)
        )
        return f"{low} … {high}{self.traces[0].unit}"

    def contraction_at(self, time_s: float) -> Contraction | None:
        """Return what the velocity says at a time; None where that does not matter."""
        if not self.contraction:
            return None
        return self.contraction[int(np.argmin(np.abs(self.time_s - time_s)))]


def strip_of(session: Session) -> Strip:
    """Return what the strip shows for the session's state."""
    kind = session.state.curves
    if kind is CurveKind.ANGLES:
        return _angles(session)
    if kind.of_muscle:
        return _muscle(session, kind)
    return _joint_moment(session, kind)


# --------------------------------------------------------------------------------------- angles
def _angles(session: Session) -> Strip:
    repetition, catalog = session.repetition, session.catalog
    curves = curves_of(repetition)
    barbell = Equipment.BARBELL in session.variation.equipment
    height_m = curves.bar_height_m if barbell else curves.hip_height_m
    drawn = BodyCurve.BAR_HEIGHT if barbell else BodyCurve.HIP_HEIGHT
    hip, knee = np.degrees(curves.hip_flexion_rad), np.degrees(curves.knee_flexion_rad)
    low_cm, high_cm = 100 * float(height_m.min()), 100 * float(height_m.max())
    boxes, captions, tips = [], [], []
    start, end = _top(session)
    for band in published_bands(repetition):
        source = catalog.sources.get(band.source)
        if source is None or band.quantity is not drawn:
            continue
        low, high = 100 * band.low, 100 * band.high
        low_cm, high_cm = min(low_cm, low), max(high_cm, high)
        travel = 100 * (band.mean - float(height_m[0]))
        name = tr("published travel {} ± {} cm ({})").format(
            number(round(travel, 2)), number(round((high - low) / 2, 2)), short_citation(source)
        )
        boxes.append(Box(name, 2, start, end, low, high))
        captions.append(name)
        tips.append(tr("Pale box: {}").format(name) + f": {band.note}. {citation_line(source)}")
    way = figure(100 * float(height_m.max() - height_m.min()), " cm", 1)
    own = tr(
        "Angles and height are those of our own motion, each on an axis of its own; beside the "
        "value stand its least and its greatest. Travel: {}."
    ).format(way)
    return Strip(
        kind=CurveKind.ANGLES,
        time_s=curves.time_s,
        traces=(
            Trace(tr("Hip flexion"), hip, "°", *_ends(hip), 0,
                  lambda m: math.degrees(m.hip_flexion_rad)),
            Trace(tr("Knee flexion"), knee, "°", *_ends(knee), 0,
                  lambda m: math.degrees(m.knee_flexion_rad)),
            Trace(
                tr("Bar height") if barbell else tr("Hip height"),
                100 * height_m, " cm", low_cm, high_cm, 0,
                lambda m: 100 * (m.bar_height_m if barbell else m.hip_height_m),
            ),
        ),
        shared=False,
        boxes=tuple(boxes),
        caption="; ".join(captions),
        tip="\n".join([own, *tips]),
    )  # fmt: skip


def _ends(values: Array) -> tuple[float, float]:
    return float(values.min()), float(values.max())


def _top(session: Session) -> tuple[float, float]:
    """Return start and end (s) of the hold, or of a little time around the top without one."""
    schedule = session.repetition.schedule
    for span in schedule.spans:
        if span.id is PhaseId.HOLD and span.seconds > 0 and span.start_progress == 1.0:
            return span.start_s, span.end_s
    top_s = schedule.time_of(PhaseId.LIFT, 1.0)
    return top_s - _BOX_S, top_s + _BOX_S


# --------------------------------------------------------------------------------------- muscle
def _muscle(session: Session, kind: CurveKind) -> Strip:
    curves = curves_of(session.repetition)
    muscle = session.state.selection
    if muscle is None and session.variation.muscles:
        muscle = session.variation.muscles[0].muscle  # the prime mover stands first
    if muscle is None:
        return Strip(kind, curves.time_s, empty=tr("Select a muscle to see its curve."))
    name = session.name_of(muscle)
    change = session.repetition.stated_change(muscle)
    meant = {p.tendon for p in change.parts}
    mean = curves.muscle(muscle, meant)
    if mean is None:
        empty = tr("{}: the model has no path for it, so there is no curve.").format(name)
        return Strip(kind, curves.time_s, empty=empty)
    if kind is CurveKind.ARMS:
        return _arms(curves.time_s, name, mean)
    units = tuple(u for u in curves.parts(muscle) if u.name in meant)
    scaled = all(u.change_percent is not None for u in (mean, *units))
    if kind is CurveKind.LENGTH:
        unit, digits = (" %", 0) if scaled else (" mm", 1)
        caption = (
            tr("computed, per cent of the fibre length; 0 at the bottom")
            if scaled
            else tr("computed; 0 at the bottom; no fibre length is published")
        )
    else:
        unit, digits = (" /s", 2) if scaled else (" mm/s", 0)
        caption = (
            tr("computed, fibre lengths per second; + shortens, {} lengthens")
            if scaled
            else tr("computed; + shortens, {} lengthens; no fibre length is published")
        ).format(_MINUS)
    if mean.switches and not change.opposed:
        caption += "; " + tr("○ contraction changes")
    parts = [_values(u, kind, scaled) for u in units]
    several = parts if len(parts) > 1 else []
    shown = {name: mean}
    if change.opposed:
        # a mean over parts that go opposite ways describes none of them
        shown = {
            word: found
            for word, ups in (
                (tr("Parts that shorten in the lift"), Contraction.CONCENTRIC),
                (tr("Parts that lengthen in the lift"), Contraction.ECCENTRIC),
            )
            if (found := curves.muscle(muscle, _going(change, ups))) is not None
        }
    wholes = {word: _values(found, kind, scaled) for word, found in shown.items()}
    low, high = _around([*wholes.values(), *several])
    tip = tr(
        "{name}: {what}. Computed from the model’s path, not measured. Rings: where the "
        "contraction changes by the model, if the muscle is active; slower than 5 % of the fibre "
        "length per second counts as holding."
    ).format(name=name, what=curve_word(kind))  # fmt: skip
    if several:
        tip += " " + tr("Thin lines: its parts.")
    return Strip(
        kind=kind,
        time_s=curves.time_s,
        traces=tuple(Trace(word, v, unit, low, high, digits) for word, v in wholes.items()),
        parts=tuple(several),
        switches=() if change.opposed else mean.switches,
        contraction=() if change.opposed else mean.contraction,
        caption=caption,
        tip=tip,
    )


def _going(change: LengthChange, way: Contraction) -> set[str]:
    return {p.tendon for p in change.parts if p.contraction(PhaseId.LIFT) is way}


def _values(unit: UnitCurves, kind: CurveKind, scaled: bool) -> Array:
    if kind is CurveKind.LENGTH:
        return unit.change_percent if scaled and unit.change_percent is not None else (
            1e3 * unit.change_m
        )  # fmt: skip
    per_s = unit.shortening_per_s
    return per_s if scaled and per_s is not None else 1e3 * unit.shortening_m_per_s


def _arms(time_s: Array, name: str, mean: UnitCurves) -> Strip:
    hip, knee = extending_mm(mean.hip_arm_m), extending_mm(mean.knee_arm_m)
    low, high = _around([hip, knee])
    return Strip(
        kind=CurveKind.ARMS,
        time_s=time_s,
        traces=(
            Trace(tr("At the hip"), hip, " mm", low, high),
            Trace(tr("At the knee"), knee, " mm", low, high),
        ),
        caption=tr("{}: computed; + extends, {} flexes").format(name, _MINUS),
        tip=tr(
            "{}: moment arms at hip and knee, mean of its parts; positive where the muscle extends "
            "the joint. Computed from the model’s path, not measured."
        ).format(name),
    )


def _around(curves: list[Array], pad: float = 0.0) -> tuple[float, float]:
    """Return the ends of an axis for curves, zero among them."""
    low = min(0.0, *(float(c.min()) for c in curves))
    high = max(0.0, *(float(c.max()) for c in curves))
    return (low - pad, high + pad) if high > low else (-1.0, 1.0)


# --------------------------------------------------------------------------------------- moment
def _joint_moment(session: Session, kind: CurveKind) -> Strip:
    repetition = session.repetition
    try:
        load = session.state.load.load(session.variation)
        found = repetition.joint_moments(load)
    except VisualizerError as error:
        return Strip(kind, repetition.schedule.grid(), empty=str(error))
    hip = kind is CurveKind.HIP_MOMENT
    nominal = found.hip_nm if hip else found.knee_nm
    friction: Interval = found.hip_friction_nm if hip else found.knee_friction_nm
    contact: Interval = found.hip_contact_nm if hip else found.knee_contact_nm
    against = found.hip_abduction_nm if hip and load.band is not None else None
    edges = [nominal, friction.low, friction.high, contact.low, contact.high]
    low, high = _around(edges if against is None else [*edges, against])
    traces = [Trace(tr("Hip moment") if hip else tr("Knee moment"), nominal, " Nm", low, high)]
    if against is not None:
        traces.append(Trace(tr("Against band"), against, " Nm", low, high))
    return Strip(
        kind=kind,
        time_s=found.time_s,
        traces=tuple(traces),
        ranges=(
            Range(tr("Pressure"), contact.low, contact.high, _PALE, tr(
                "How far the moment may differ when the pressure under the foot lies anywhere "
                "from the heel to the ball of the foot.")),
            Range(tr("Friction"), friction.low, friction.high, _DARK, tr(
                "How far the moment may differ when the foot pushes forwards or backwards against "
                "the floor as hard as friction allows.")),
        ),
        caption=tr("computed for {}; per leg; + extends").format(load_words(load)),
        tip=_moment_tip(session, hip, load),
    )  # fmt: skip


def _moment_tip(session: Session, hip: bool, load: Load) -> str:
    lines = [
        tr("Computed by inverse dynamics of our own motion, not measured, for {}.").format(
            load_words(load)
        ),
        tr("Net moment of one leg, positive where it extends. Line: least friction, pressure "
            "below the ankle."),
        tr("Dark band: any horizontal force that a coefficient of friction of {} holds. Pale "
            "band: the pressure may also lie anywhere from heel to ball of the foot.").format(
            figure(load.friction, "", 1)
        ),
    ]  # fmt: skip
    if load.band is not None and hip:
        lines.append(tr("Against the band: abduction moment at the hip."))
    lines.append(tr("All assumptions: Help, Method and limits."))
    return "\n".join(lines)


def load_words(load: Load) -> str:
    """Return a load in a few words."""
    words = [tr("body {} kg").format(figure(load.body_mass_kg, "", 0))]
    if load.bar_kg > 0:
        words.insert(0, tr("bar {} kg").format(figure(load.bar_kg, "", 0)))
    if load.band is not None:
        words.append(tr("band {} N/m").format(figure(load.band.stiffness_n_per_m, "", 0)))
    return ", ".join(words)

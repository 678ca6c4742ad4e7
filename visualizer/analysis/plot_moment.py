"""Plots of net joint moments for a load."""

from __future__ import annotations

from visualizer.analysis.plot import Band, Curve, Plot, Quantity
from visualizer.analysis.plot_subject import Subject
from visualizer.errors import VisualizerError
from visualizer.exercise.mass import MassUnit
from visualizer.lifts.loads import Load
from visualizer.texts import tr
from visualizer.texts.figures import figure

__all__ = ["hip_moment_plot", "knee_moment_plot", "load_words"]


def hip_moment_plot(subject: Subject) -> Plot:
    """Return the hip's moment, and against a band the abduction moment."""
    return _moment_plot(subject, hip=True)


def knee_moment_plot(subject: Subject) -> Plot:
    """Return the knee's moment."""
    return _moment_plot(subject, hip=False)


def _moment_plot(subject: Subject, hip: bool) -> Plot:
    repetition, load = subject.repetition, subject.load
    try:
        found = repetition.joint_moments(load)
    except VisualizerError as error:
        return Plot(repetition.schedule.grid(), empty=str(error))
    moment = Quantity(tr("Moment"), "Nm")
    nominal = found.hip_nm if hip else found.knee_nm
    friction = found.hip_friction_nm if hip else found.knee_friction_nm
    contact = found.hip_contact_nm if hip else found.knee_contact_nm
    curves = [Curve(tr("Hip moment") if hip else tr("Knee moment"), moment, nominal)]
    if hip and load.band is not None:
        curves.append(Curve(tr("Against band"), moment, found.hip_abduction_nm))
    return Plot(
        found.time_s,
        tuple(curves),
        () if found.decided else (
            Band(tr("Pressure"), moment, contact.low, contact.high, wide=True, about=tr(
                "How far the moment may differ when the pressure under the foot lies anywhere "
                "from the heel to the ball of the foot.")),
            Band(tr("Friction"), moment, friction.low, friction.high, about=tr(
                "How far the moment may differ when the foot pushes forwards or backwards against "
                "the floor as hard as friction allows.")),
        ),
        caption=tr("computed for {}; per leg; + extends").format(load_words(load, subject.unit)),
        tip=_moment_tip(hip, load, found.decided, subject.unit),
    )  # fmt: skip


def _moment_tip(hip: bool, load: Load, decided: bool, unit: MassUnit) -> str:
    lines = [
        tr("Computed by inverse dynamics of our own motion, not measured, for {}.").format(
            load_words(load, unit)
        ),
    ]
    lines += [
        tr("Net moment of one leg, positive where it extends. Only the feet touch the floor, so "
            "nothing is left open."),
    ] if decided else [
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


def load_words(load: Load, unit: MassUnit = MassUnit.KILOGRAM) -> str:
    """Return a load in a few words."""
    words = [tr("body {}").format(unit.text(load.body_mass_kg, 0))]
    if load.bar_kg > 0:
        words.insert(0, tr("bar {}").format(unit.text(load.bar_kg, 0)))
    if load.band is not None:
        words.append(tr("band {} N/m").format(figure(load.band.stiffness_n_per_m, "", 0)))
    return ", ".join(words)

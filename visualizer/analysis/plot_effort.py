"""The plot of estimated effort: computed shares of strength, each with its range as a band.

Nothing that was measured is drawn here: EMG is another quantity, in per cent of another reference,
and its published figures stand on axes of their own (:mod:`visualizer.analysis.evidence_axis`).
"""

from __future__ import annotations

from visualizer.analysis.effort_text import (
    beyond_anywhere_text,
    other_quantity_text,
    overstretched_text,
    pending_text,
)
from visualizer.analysis.plot import Band, Curve, Plot, Quantity
from visualizer.analysis.plot_moment import load_words
from visualizer.analysis.plot_subject import Subject
from visualizer.analysis.words import capitalised, muscle_name
from visualizer.effort.sharing import Effort
from visualizer.effort.words import COMPARED, MODEL, RANGE, TITLE
from visualizer.texts import tr

__all__ = ["effort_plot"]

# More curves, each with its band, could not be told apart.
_MOST = 4


def effort_plot(subject: Subject) -> Plot:
    """Return the shares of the selected muscle, or of the muscles of a selected group."""
    repetition, effort = subject.repetition, subject.effort
    none = _none(effort)
    if effort is None or none:
        return Plot(repetition.schedule.grid(), empty=none or pending_text())
    wanted = subject.muscle
    inside = repetition.catalog.surfaces(wanted) if wanted is not None else ()
    held = [muscle for muscle in inside if muscle in effort.muscles]
    held.sort(key=lambda muscle: -float(effort.muscles[muscle].nominal.max()))
    if wanted is None or not held:
        name = capitalised(muscle_name(repetition, wanted)) if wanted is not None else ""
        text = (
            tr("{}: not in the model, which does not mean that it does nothing.").format(name)
            if name
            else tr("Select a muscle to see its curve.")
        )
        return Plot(repetition.schedule.grid(), empty=text)
    share = Quantity(tr("Effort (model)"), "%")
    curves, bands = [], []
    for muscle in held[:_MOST]:
        name, found = capitalised(muscle_name(repetition, muscle)), effort.muscles[muscle]
        about = tr("Per cent of this muscle’s strength in the model.")
        curves.append(Curve(name, share, 100.0 * found.nominal, about))
        bands.append(
            Band(
                tr("Range") if len(held) == 1 else tr("Range: {}").format(name),
                share,
                100.0 * found.low,
                100.0 * found.high,
                wide=len(held) > 1,
                about=tr(RANGE),
            )
        )
    tip = [tr(TITLE), tr(RANGE), tr(MODEL), tr(COMPARED), other_quantity_text()]
    if effort.range_beyond_strength:
        tip.insert(2, tr("At an end of the range the model's strength is not enough."))
    return Plot(
        effort.time_s,
        tuple(curves),
        tuple(reversed(bands)),
        caption=tr("model, not measured; for {}").format(load_words(effort.load, subject.unit)),
        tip="\n".join(tip),
    )


def _none(effort: Effort | None) -> str:
    """Return why there are no shares; empty where there are."""
    if effort is None:
        return ""
    if effort.overstretched:
        return overstretched_text()
    return beyond_anywhere_text(effort) if effort.beyond_strength else ""

"""The kinds of plots, one record each; menus, settings and exports follow from the records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from visualizer.analysis.plot import Plot
from visualizer.analysis.plot_body import angles_plot
from visualizer.analysis.plot_effort import effort_plot
from visualizer.analysis.plot_moment import hip_moment_plot, knee_moment_plot
from visualizer.analysis.plot_muscle import arms_plot, length_plot, velocity_plot
from visualizer.analysis.plot_subject import Subject
from visualizer.texts import N_, language, tr

__all__ = ["PLOT_KINDS", "PlotKind", "plot_of"]


@dataclass(frozen=True)
class PlotKind:
    """A kind of plot.

    Attributes
    ----------
    id : str
        Its name in settings and links; never changed.
    text : str
        What the menu says, with the letter that opens it.
    make : callable
        Returns the curves of a subject. A plot without curves says why in ``empty``.
    of_muscle, of_load, of_effort : bool
        Whether it depends on the selected muscle, on the load, on the estimate of effort.
    """

    id: str
    text: str
    make: Callable[[Subject], Plot]
    of_muscle: bool = False
    of_load: bool = False
    of_effort: bool = False

    @property
    def title(self) -> str:
        """What it is called, in the language of the interface."""
        return tr(self.text).replace("&", "")


PLOT_KINDS: Mapping[str, PlotKind] = {
    kind.id: kind
    for kind in (
        PlotKind("angles", N_("&Angles and height"), angles_plot),
        PlotKind("length", N_("&Length of the muscle"), length_plot, of_muscle=True),
        PlotKind("velocity", N_("Shortening &velocity"), velocity_plot, of_muscle=True),
        PlotKind("arms", N_("Moment a&rms"), arms_plot, of_muscle=True),
        PlotKind("hip-moment", N_("&Hip moment, computed"), hip_moment_plot, of_load=True),
        PlotKind("knee-moment", N_("&Knee moment, computed"), knee_moment_plot, of_load=True),
        PlotKind(
            "effort", N_("&Estimated effort, model"), effort_plot,
            of_muscle=True, of_load=True, of_effort=True,
        ),
    )
}  # fmt: skip


def plot_of(kind: str, subject: Subject) -> Plot:
    """Return a kind of plot of a subject."""
    record = PLOT_KINDS[kind]
    name = subject.repetition.variation.display_name(language())
    return replace(record.make(subject), kind=record.id, title=record.title, subject=name)

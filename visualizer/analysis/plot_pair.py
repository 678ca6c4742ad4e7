"""The curves of two bodies on one plot: the second one's are told by phase, not by seconds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from visualizer.analysis.plot import Plot
from visualizer.lifts.schedule import PhaseSchedule
from visualizer.texts import tr

__all__ = ["with_second"]


def with_second(
    plot: Plot, schedule: PhaseSchedule, second: Plot, its: PhaseSchedule, name: str
) -> Plot:
    """Return a plot with the main curves of a second body among its own.

    Where one half of the first body's phase has passed, stands what the second body does when half
    of its own has; in a phase that it has not, what it does where it waits.

    Parameters
    ----------
    plot : Plot
        That of the first body; its times remain.
    schedule : PhaseSchedule
        The phases of the first body.
    second : Plot
        The same kind of plot of the second body.
    its : PhaseSchedule
        The second body's phases.
    name : str
        What the second body is called.
    """
    places = (its.nearest(schedule.playhead_at(t)) for t in plot.time_s.tolist())
    time_s = np.array([its.time_of(place.phase, place.fraction) for place in places])
    added = tuple(
        replace(
            curve,
            name=f"{curve.name} · {name}",
            values=np.interp(time_s, second.time_s, curve.values),
            exact=None,
            of=name,
        )
        for curve in second.main
        if curve.quantity in plot.quantities
    )
    if not added:
        return plot
    told = tr("grey: {}").format(name)
    caption = f"{told} · {plot.caption}" if plot.caption else told
    return replace(plot, curves=(*plot.curves, *added), caption=caption)

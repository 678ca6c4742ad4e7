"""What explains the colours and marks of a body, or of two that are compared, in one legend."""

from __future__ import annotations

from visualizer.app.session.comparing import Comparing, body_name
from visualizer.app.session.session import Session
from visualizer.effort.now import effort_at
from visualizer.scene.effort_legend import EffortBody, effort_legend
from visualizer.scene.legend import Legend, LegendRoom, legend
from visualizer.scene.palette import Theme

__all__ = ["legend_of"]


def legend_of(
    session: Session, comparing: Comparing | None, room: LegendRoom, look: Theme
) -> Legend:
    """Return the legend of what a session shows.

    Parameters
    ----------
    session : Session
        The first body.
    comparing : Comparing or None
        Where there may be a second one; an outline over the first one has no colours.
    room : LegendRoom
        What room there is.
    look : Theme
        Colours.
    """
    channel, selection = session.channel, session.state.selection
    if channel is None:
        return legend(room, look)
    second = None if comparing is None or comparing.overlaid else comparing.second
    if second is None:
        return channel.legend(room, look, session.instant, selection)
    # the second body may be told later than this is asked for what the colours mean
    effort = second.effort
    its = None if effort is None else effort_at(effort, second.instant.time_s)
    bodies = (
        EffortBody(session.repetition, channel.now(session.instant), body_name(session)),
        EffortBody(second.repetition, its, body_name(second)),
    )
    return effort_legend(room, look, bodies, selection)

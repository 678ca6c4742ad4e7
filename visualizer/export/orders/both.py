"""The two bodies of a comparison, for whatever puts them into a file."""

from __future__ import annotations

from dataclasses import dataclass, replace

from visualizer.analysis.words import name_at
from visualizer.exercise.repetition import Repetition
from visualizer.export.compared import can_overlay, size_of_each
from visualizer.export.look import Look, request_for
from visualizer.export.orders.order import Desk
from visualizer.lifts.schedule import Playhead
from visualizer.scene.request import RenderRequest
from visualizer.teaching.moment import Moment
from visualizer.texts import language

__all__ = ["Both", "both_of", "stem_of"]


@dataclass(frozen=True)
class Both:
    """What is drawn of two bodies.

    Attributes
    ----------
    second : Repetition
        What the second one does.
    requests : (RenderRequest, RenderRequest)
        What is shown of each.
    names : (str, str)
        What stands above them.
    overlaid : bool
        Whether the second one is an outline over the first one.
    stays : Playhead or None
        Where the second one stays; None while it follows.
    """

    second: Repetition
    requests: tuple[RenderRequest, RenderRequest]
    names: tuple[str, str]
    overlaid: bool
    stays: Playhead | None


def both_of(desk: Desk, first: Repetition, moment: Moment, look: Look) -> Both | None:
    """Return what is drawn of the bodies of a moment, None where it has only one; any thread may.

    Parameters
    ----------
    desk : Desk
        Solves what the second one does.
    first : Repetition
        What the first one does.
    moment : Moment
        What is shown.
    look : Look
        How the whole picture looks.
    """
    beside = moment.second
    if beside is None or moment.other is None:
        return None
    second = desk.solve(beside.variation, beside.side).in_tempo(moment.tempo)
    overlaid = moment.overlaid and can_overlay(first, second)
    each = replace(look, size=size_of_each(look.size, overlaid=overlaid))
    stays = moment.other.playhead
    return Both(
        second,
        (
            request_for(each, moment, first, language()),
            request_for(each, beside, second, language()),
        ),
        (name_at(first, None), name_at(second, stays)),
        overlaid,
        stays,
    )


def stem_of(moment: Moment) -> str:
    """Return the beginning of a file's name: what is shown, and what it is compared with."""
    return "-and-".join(m.variation for m in (moment, moment.second) if m is not None)

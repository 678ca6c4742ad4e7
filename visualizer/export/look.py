"""How a picture in a file looks: size, theme, names, legend; the same for commands and window."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.exercise.repetition import Repetition
from visualizer.export.lettering import text_width
from visualizer.scene.labels import LABEL_SHARE, LabelRoom
from visualizer.scene.legend import LegendRoom
from visualizer.scene.request import Layers, RenderRequest
from visualizer.teaching.moment import Moment
from visualizer.teaching.picture import request_of

__all__ = ["FILM_LEGEND_SHARE", "Look", "request_for"]

_LEAST_TEXT_PX = 11.0
# The legend's text in shares of the picture's height, and how wide it may be in shares of its
# width. A film has no text beside it, and is seen from the back of a room.
_LEGEND_SHARE, FILM_LEGEND_SHARE, _LEGEND_WIDTH = 0.8 * LABEL_SHARE, 0.036, 0.97


@dataclass(frozen=True)
class Look:
    """What is chosen for a picture beyond the moment that it shows.

    Attributes
    ----------
    size : (int, int)
        Width and height in pixels.
    theme : str
        ``"light"`` or ``"dark"``.
    legend : bool
        Whether colours and marks are explained in a corner.
    legend_share : float
        Height of what explains them as a share of the picture's.
    """

    size: tuple[int, int]
    theme: str = "light"
    legend: bool = False
    legend_share: float = _LEGEND_SHARE


def request_for(
    look: Look, moment: Moment, repetition: Repetition, language: str, *, named: bool = True
) -> RenderRequest:
    """Return what draws a moment for a file.

    Parameters
    ----------
    look : Look
        How it looks.
    moment : Moment
        What is shown; names stand beside the body where it says so.
    repetition : Repetition
        What it is of.
    language : str
        Code of the language of the names.
    named : bool
        Whether there is room for names at all; on the chart there is none.
    """
    text_px = max(LABEL_SHARE * look.size[1], _LEAST_TEXT_PX)
    labels = legend = None
    if look.legend:
        legend_px = max(look.legend_share * look.size[1], _LEAST_TEXT_PX)
        legend = LegendRoom(text_width, legend_px, _LEGEND_WIDTH * look.size[0])
    if moment.labels and named:
        labels = LabelRoom(text_width, text_px, language=language)
    layers = Layers(labels=labels, legend=legend)
    return request_of(moment, repetition, look.size, look.theme, layers)

"""The picture of a moment: what a renderer is asked for, without a window."""

from __future__ import annotations

from visualizer.anatomy.body_model import BodyModel
from visualizer.catalog.catalog import Catalog
from visualizer.effort.kept import effort_of
from visualizer.exercise.repetition import Repetition, working_side
from visualizer.scene.channel import Colours, EffortChannel
from visualizer.scene.request import Layers, RenderRequest, SceneOptions
from visualizer.teaching.moment import Moment

__all__ = ["repetition_at", "request_of"]


def repetition_at(moment: Moment, catalog: Catalog, body: BodyModel) -> Repetition:
    """Return the repetition that a moment is of, in its tempo and on its side.

    Raises
    ------
    VisualizerError
        When there is no such variation, or the body cannot do it.
    """
    variation = catalog.variation(moment.variation)
    side = working_side(variation, moment.side)
    return Repetition(variation, catalog, body, side).in_tempo(moment.tempo)


def request_of(
    moment: Moment,
    repetition: Repetition,
    size: tuple[int, int],
    theme: str = "light",
    layers: Layers | None = None,
    supersample: int = 2,
) -> RenderRequest:
    """Return what draws a moment; the colours of effort are computed for it, which takes a while.

    Parameters
    ----------
    moment : Moment
        What is shown.
    repetition : Repetition
        What it is of, see :func:`repetition_at`.
    size : (int, int)
        Width and height in pixels.
    theme : str
        ``"light"`` or ``"dark"``.
    layers : Layers, optional
        What is painted over it. By default only marks; labels need room that the caller knows.
    supersample : int
        Samples along a pixel's side.
    """
    place = repetition.schedule.nearest(moment.playhead)
    veiled = moment.veil.roles or moment.veil.contractions
    alone = moment.muscle if moment.alone else None
    channel = None
    if moment.colours is Colours.EFFORT and not moment.veil:
        effort = effort_of(repetition, moment.load.load(repetition.variation))
        channel = EffortChannel(repetition, effort)
    options = SceneOptions(
        theme=theme,
        xray=moment.xray,
        selection=moment.muscle,
        focus=moment.muscle if moment.focus else None,
        only=frozenset() if veiled else repetition.shown_alone(alone, moment.only),
        swelling=moment.swelling and not moment.veil.contractions,
        skin=moment.skin,
        channel=channel,
    )
    return RenderRequest(
        repetition.instant_of(place.phase, place.fraction),
        size,
        moment.camera or moment.view,
        options,
        layers or Layers(),
        supersample,
    )

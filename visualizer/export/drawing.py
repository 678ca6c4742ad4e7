"""A picture for a file: the body as an image, what is painted over it as shapes and texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from visualizer.analysis.words import (
    capitalised,
    contraction_word,
    muscle_name,
    phase_word,
    role_word,
)
from visualizer.catalog.variation import Role
from visualizer.exercise.repetition import Instant, Repetition
from visualizer.export.png import bare_image
from visualizer.lifts.vocabulary import Equipment
from visualizer.scene.channel import ColourChannel
from visualizer.scene.overlay import Overlay
from visualizer.scene.request import RenderedView, RenderRequest
from visualizer.texts import language, tr

__all__ = ["WAY_SIGN", "Drawing", "draw", "moment_words", "way_word"]

# Stands in a legend for the large arrow, which stands where there is room, not where the load is.
WAY_SIGN = "↑"


@dataclass(frozen=True)
class Drawing:
    """What a file of a picture is made of.

    Attributes
    ----------
    body : Image
        RGB, or RGBA where the ground is transparent.
    overlays : tuple of Overlay
        What is painted over it, in its pixels, one after the other.
    title, description : str
        What it shows, in words.
    language : str
        Code of the language of all texts.
    link : str
        The moment that it shows, as the text that opens it; may be empty.
    """

    body: Image.Image
    overlays: tuple[Overlay, ...]
    title: str
    description: str
    language: str
    link: str = ""


def draw(
    view: Callable[[RenderRequest], RenderedView],
    request: RenderRequest,
    repetition: Repetition,
    *,
    transparent: bool = False,
) -> Drawing:
    """Return the picture of a moment.

    Parameters
    ----------
    view : callable
        Draws it.
    request : RenderRequest
        What it shows.
    repetition : Repetition
        What it is of.
    transparent : bool
        Whether the ground is left out; the shadow on the floor stays, as far as it darkens.
    """
    shown = view(request)
    body, overlay = bare_image(shown), shown.overlay
    if transparent:
        # the boxes behind names have the colour of the ground that is left out
        body, overlay = _cut_out(view, request), replace(overlay, boxes=())
    title = repetition.variation.display_name(language())
    words = moment_words(repetition, request.instant, request.options.channel)
    return Drawing(body, (overlay, shown.legend), title, words, language())


def _cut_out(view: Callable[[RenderRequest], RenderedView], request: RenderRequest) -> Image.Image:
    """Return the body without ground: what differs between black and white shines through."""
    over = {}
    for ground in ("#000000", "#ffffff"):
        options = replace(request.options, ground=ground)
        shown = view(replace(request, options=options))
        over[ground] = np.asarray(bare_image(shown), np.float64)
    black, white = over["#000000"], over["#ffffff"]
    alpha = np.clip(255.0 - (white - black).max(axis=-1), 0.0, 255.0)
    colour = np.clip(255.0 * black / np.maximum(alpha, 1.0)[..., None], 0.0, 255.0)
    pixels = np.dstack([colour, alpha]).round().astype(np.uint8)
    return Image.fromarray(pixels, "RGBA")


def moment_words(
    repetition: Repetition, instant: Instant, channel: ColourChannel | None = None
) -> str:
    """Return what a moment shows: variation, phase, share, and what the colours say of whom.

    Parameters
    ----------
    repetition : Repetition
        What it is of.
    instant : Instant
        The moment.
    channel : ColourChannel, optional
        What the colours mean, where they do not mean roles.
    """
    phase = instant.phase
    parts = [
        tr("{variation}: {phase}, {percent} %.").format(
            variation=repetition.variation.display_name(language()),
            phase=phase_word(phase),
            percent=round(100 * instant.fraction),
        )
    ]
    said = "" if channel is None else channel.words(instant)
    if said:
        return f"{parts[0]} {said}"
    for role in Role:
        names = [
            f"{muscle_name(repetition, a.muscle)} "
            f"({contraction_word(repetition.contraction(a, phase))})"
            for a in repetition.variation.muscles
            if a.role is role
        ]
        if names:
            parts.append(f"{capitalised(role_word(role))}: {', '.join(names)}.")
    return " ".join(parts)


def way_word(shown: Sequence[Repetition]) -> str:
    """Return whose way the large arrow shows.

    Parameters
    ----------
    shown : sequence of Repetition
        All that are shown together.
    """
    with_bar = {Equipment.BARBELL in own.variation.equipment for own in shown}
    if len(with_bar) > 1:
        return tr("direction of the hips or the bar")
    return tr("direction of the bar") if with_bar == {True} else tr("direction of the hips")

"""Hand-outs, drawn at once: their pictures at half the size, as large on paper."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from functools import cache

from visualizer.exercise.repetition import Repetition
from visualizer.export.handout import View
from visualizer.export.picture import Pictures
from visualizer.scene.request import RenderedView, RenderRequest

__all__ = ["drawn"]


@cache
def drawn(own: Repetition) -> View:
    """Return what draws at once, at half the size; what is asked for again is not drawn again."""
    view = Pictures(own.body.surface, own).view
    known = dict[Hashable, RenderedView]()

    def small(request: RenderRequest) -> RenderedView:
        layers = request.layers
        if layers.labels is not None:
            room = replace(layers.labels, text_px=layers.labels.text_px / 2)
            layers = replace(layers, labels=room)
        layers = replace(layers, least_letter_px=layers.least_letter_px / 2)
        size = request.size[0] // 2, request.size[1] // 2
        request = replace(request, size=size, supersample=1, layers=layers)
        at = request.instant.phase, request.instant.fraction
        key = at, size, request.camera, request.options, layers, request.chart
        if key not in known:
            known[key] = view(request)
        return known[key]

    return small

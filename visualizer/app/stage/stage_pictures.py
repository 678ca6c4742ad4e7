"""The stage's pictures, drawn as finely as keeps up with the hand.

While something moves, the picture is drawn at the resolution that the last ones allow; once more at
rest, in steps, with 2 x 2 samples per pixel where that does not take too long.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from PySide6.QtGui import QImage

from visualizer.app.session.scenes import StageLike
from visualizer.app.stage.body_view import REST_MS
from visualizer.app.stage.pace import Pace
from visualizer.app.stage.viewport import Viewport
from visualizer.app.widgets.pictures import image_of, image_of_pixels
from visualizer.exercise.repetition import Instant
from visualizer.render import Camera, Picture
from visualizer.scene.overlay import Overlay
from visualizer.scene.request import Layers, RenderedView, RenderRequest, SceneOptions
from visualizer.scene.spots import SpotKeeper

__all__ = ["StagePictures"]

_SLOW_MS, _LONG_REST_MS = 1000.0, 700
# A finer picture that would take longer than this is not worth the wait: full resolution will do.
_FINE_BUDGET_MS = 600.0


class StagePictures:
    """Draws one viewer's pictures of the posed body, one after another.

    Attributes
    ----------
    pace : Pace
        Chooses the resolution while something moves.
    overlay : Overlay
        What is painted over the last picture, in pixels of the screen.
    last_ms : (float, float)
        What drawing and marks of the last picture took, milliseconds.
    """

    def __init__(self) -> None:
        self.pace = Pace()
        self.overlay = Overlay()
        self.last_ms = (0.0, 0.0)
        self._full_ms = 0.0
        self._large = np.empty((0, 0, 4), np.uint8)
        self._enlarged: Picture | None = None  # what stands in it
        self._keeper: tuple[StageLike, SpotKeeper] | None = None

    @property
    def rest_ms(self) -> int:
        """How long to wait for the next change before the picture is drawn finely."""
        # a slow machine must not be kept busy in a short pause
        return REST_MS if self._full_ms < _SLOW_MS else _LONG_REST_MS

    def draw(
        self,
        scene: StageLike,
        instant: Instant,
        camera: Camera,
        options: SceneOptions,
        viewport: Viewport,
        *,
        labels: bool,
    ) -> RenderedView:
        """Return a picture of what moves, no larger than the screen has pixels for it.

        Parameters
        ----------
        scene : StageLike
            The posed body.
        instant, camera, options
            What is shown of it, and from where.
        viewport : Viewport
            Where it is shown.
        labels : bool
            Whether the names of the working muscles stand beside the body.
        """
        scale = self.pace.scale
        request = _request(instant, camera, options, viewport, labels, scale)
        keeper = self._keeper_of(scene)
        keeper.rests = False
        shown = scene.render(replace(request, moving=True), keeper)
        self._take(shown, scene, viewport)
        self._full_ms = sum(self.last_ms) / scale**2
        return shown

    def draw_finely(
        self,
        scene: StageLike,
        instant: Instant,
        camera: Camera,
        options: SceneOptions,
        viewport: Viewport,
        *,
        labels: bool,
    ) -> Iterator[RenderedView | None]:
        """Draw the same at rest, in steps; yield None after each, and at last the picture.

        Until then all here is as the last picture has left it.
        """
        request = _request(instant, camera, options, viewport, labels)
        finest = self._full_ms * 4.0 <= _FINE_BUDGET_MS
        keeper = self._keeper_of(scene)
        keeper.rests = True
        for shown in scene.in_steps(replace(request, supersample=2 if finest else 1), keeper):
            if shown is not None:
                self._take(shown, scene, viewport)
            yield shown

    def _take(self, shown: RenderedView, scene: StageLike, viewport: Viewport) -> None:
        """Have a picture shown, as large as the viewport is."""
        (width, height), size = viewport.pixels, shown.picture.size
        self.last_ms, self.overlay = shown.took_ms, shown.overlay
        if size != (width, height):
            self.overlay = shown.overlay.scaled(width / size[0], height / size[1])
        self._enlarge(shown.picture, scene, viewport.pixels)

    def _keeper_of(self, scene: StageLike) -> SpotKeeper:
        """Return what holds the marks of a scene; another scene has other vertices."""
        if self._keeper is None or self._keeper[0] is not scene:
            self._keeper = scene, SpotKeeper(scene.part_vertices)
        return self._keeper[1]

    def image(self, picture: Picture, pixels: tuple[int, int]) -> QImage:
        """Return the image to show of the picture that was drawn last: large where that is made."""
        if picture is self._enlarged and self._large.shape[1::-1] == pixels:
            return image_of_pixels(self._large)
        return image_of(picture)

    def _enlarge(self, picture: Picture, scene: StageLike, pixels: tuple[int, int]) -> None:
        """Make a coarse picture as large as it is shown, if that is quicker than by Qt."""
        (width, height), self._enlarged = pixels, None
        if picture.size == pixels:
            return
        if 1 < picture.size[0] <= width and picture.size[1] <= height:
            if self._large.shape[:2] != (height, width):
                self._large = np.empty((height, width, 4), np.uint8)
            if scene.enlarge(picture, self._large):
                self._enlarged = picture


def _request(
    instant: Instant,
    camera: Camera,
    options: SceneOptions,
    viewport: Viewport,
    labels: bool,
    scale: float = 1.0,
) -> RenderRequest:
    """Return what to ask for, in a picture of a share of the screen's pixels along a side."""
    width, height = viewport.pixels
    size = max(round(width * scale), 1), max(round(height * scale), 1)
    room = viewport.label_room(size[1]) if labels else None
    layers = Layers(labels=room, edges_px=viewport.edges_px(size[1]))
    return RenderRequest(instant, size, camera, options, layers)

"""The muscle chart: the body standing, front and back, recoloured with the moment.

A working muscle that lies deep is never lost: what covers it is taken away as in a dissection, on
the left half of the body and on the side where it lies nearer to the surface, so that the other
half still shows the layers as they are. (As glass it was tried: a haze round the neck, which read
as a mistake.)
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.muscle import Side
from visualizer.anatomy.surface import Body, PartKind
from visualizer.exercise.repetition import Repetition
from visualizer.render import Backdrop, BegunPicture, Camera, Materials, Picture, Rasterizer
from visualizer.scene.framing import Canvas
from visualizer.scene.overlay import NOTHING
from visualizer.scene.painter import Painter, Seen
from visualizer.scene.palette import theme
from visualizer.scene.request import RenderedView, RenderRequest, SceneOptions
from visualizer.scene.scene import body_mesh
from visualizer.scene.spots import SpotKeeper
from visualizer.scene.views import FOV_RAD

__all__ = ["ChartScene"]

_AZIMUTHS = (0.0, math.pi)
_PROBE = Canvas((150, 320))  # of the pictures in which hidden muscles are looked for
_SHOWN_ENOUGH = 0.25  # share of a muscle's silhouette
_SEEN = Seen(Side.RIGHT, from_below=False, body_hidden=False)  # there is no gear


class ChartScene:
    """The body standing, front and back side by side, coloured like the stage.

    Parameters
    ----------
    body : Body
        The body's surfaces.
    repetition : Repetition
        Whose roles and contractions are shown.
    rasterizer : Rasterizer, optional
        Shared between scenes.
    """

    def __init__(
        self, body: Body, repetition: Repetition, rasterizer: Rasterizer | None = None
    ) -> None:
        self.body, self.repetition = body, repetition
        self.rasterizer = rasterizer or Rasterizer()
        self.parts = body.parts
        self.mesh = body_mesh(body)
        self._painter = Painter(body, (), repetition)
        self._position = np.ascontiguousarray(body.rest_position)
        self._normal = np.ascontiguousarray(body.rest_normal)

    def render(self, request: RenderRequest, keeper: SpotKeeper | None = None) -> RenderedView:
        """Return the chart for a moment's phase: left half the front, right half the back.

        Nothing but a legend is painted over it, and it is always drawn as at rest.
        """
        del keeper
        (shown,) = self._rendered(request, at_once=True)
        assert shown is not None
        return shown

    def in_steps(
        self, request: RenderRequest, keeper: SpotKeeper | None = None
    ) -> Iterator[RenderedView | None]:
        """Draw it in steps, see :class:`visualizer.scene.request.View3D`."""
        del keeper
        return self._rendered(request, at_once=False)

    def _rendered(self, request: RenderRequest, *, at_once: bool) -> Iterator[RenderedView | None]:
        start, took_s = time.perf_counter(), 0.0
        # nothing passes behind the legend here
        room = request.layers.legend and replace(request.layers.legend, paper=False)
        legend, below_px = self._painter.legend(request, room)
        width, height = request.size
        pictures = []
        for back, half in enumerate((width // 2, width - width // 2)):
            begun = self._side(request, back, Canvas((half, height), below_px=below_px))
            if at_once:
                begun.finish()
            while not begun.done:
                took_s += time.perf_counter() - start
                yield None
                start = time.perf_counter()
                begun.step()
            pictures.append(begun.picture)
        picture = Picture.beside(pictures)
        took_ms = (took_s + time.perf_counter() - start) * 1e3
        yield RenderedView(picture, NOTHING, self.parts, (took_ms, 0.0), legend)

    def _side(self, request: RenderRequest, back: int, frame: Canvas) -> BegunPicture:
        """Begin to draw the front (0) or the back (1)."""
        options, look = request.options, theme(request.options.theme)
        backdrop = look.backdrop.plain(options.ground or look.panel)
        opened = self._opened[back]  # which paints for itself, so before this picture's paint
        materials = self._painter.paint(request.instant, options, _SEEN)
        materials.visible[:] = True
        materials.visible[opened] = False
        return self._half(materials, _AZIMUTHS[back], frame, backdrop, request.supersample)

    def _half(
        self,
        materials: Materials,
        azimuth_rad: float,
        frame: Canvas,
        backdrop: Backdrop,
        supersample: int = 1,
    ) -> BegunPicture:
        camera = Camera(azimuth_rad=azimuth_rad, fov_rad=FOV_RAD)
        camera = frame.whole(camera.fitted(self._position[::7], frame.inner, 0.98))
        return self.rasterizer.begin(
            self.mesh, self._position, self._normal, materials, camera, frame.size, backdrop,
            supersample=supersample,
        )  # fmt: skip

    def _probe(self, materials: Materials, azimuth_rad: float) -> NDArray[np.int16]:
        """Return the parts (h, w) that are seen in a small picture."""
        begun = self._half(materials, azimuth_rad, _PROBE, theme("light").backdrop)
        begun.finish()
        return begun.picture.part

    @cached_property
    def _opened(self) -> tuple[NDArray[np.intp], ...]:
        """For front and back, the parts of the left half that hide a working muscle."""
        # who works is the same in all phases
        instant = self.repetition.instant(0.0)
        states = self.repetition.part_states(instant.phase)
        working = {i for i, p in enumerate(self.parts) if p.id in states}
        solid = {i for i, p in enumerate(self.parts) if p.kind is PartKind.BONE}
        whole = self._painter.paint(instant, SceneOptions(), _SEEN)
        seen = [self._probe(whole, a).copy() for a in _AZIMUTHS]
        covering: list[set[int]] = [set() for _ in _AZIMUTHS]
        for action in self.repetition.variation.muscles:
            parts = [i for i in working if states[self.parts[i].id].action is action]
            alone = Materials.plain(len(self.parts))
            alone.visible[:] = False
            alone.visible[parts] = True
            shapes = [self._probe(alone, a) >= 0 for a in _AZIMUTHS]
            shown = [
                float(np.isin(s[m], parts).mean()) if m.any() else 0.0
                for s, m in zip(seen, shapes, strict=True)
            ]
            # the window opens where the muscle lies nearer to the surface
            best = int(np.argmax(shown))
            if shown[best] < _SHOWN_ENOUGH:
                covering[best] |= set(np.unique(seen[best][shapes[best]]).tolist())
        never = working | solid | {-1}
        left = [
            [i for i in sorted(some - never) if self.parts[i].side is Side.LEFT]
            for some in covering
        ]
        return tuple(np.array(some, np.intp) for some in left)

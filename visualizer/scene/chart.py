"""The muscle chart: the body standing, front and back, recoloured with the moment.

A working muscle that lies deep is never lost: what covers it becomes glass, on the left half of the
body only, so that the other half still shows the layers as they are.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.muscle import Side
from visualizer.anatomy.surface import Body, PartKind
from visualizer.exercise.repetition import Moment, Repetition
from visualizer.exercise.variation import PhaseId
from visualizer.render import Backdrop, Camera, Materials, Picture, Rasterizer
from visualizer.scene.painter import Painter, SceneOptions, Seen
from visualizer.scene.palette import Theme, rgb, theme
from visualizer.scene.scene import body_mesh
from visualizer.scene.views import FOV_RAD

__all__ = ["ChartScene"]

_AZIMUTHS = (0.0, math.pi)
_PROBE = (150, 320)  # size of the pictures in which hidden muscles are looked for
_SHOWN_ENOUGH = 0.25  # share of a muscle's silhouette
_GLASS = 0.14
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
        self._glass: NDArray[np.intp] | None = None

    def draw(
        self,
        moment: Moment,
        size: tuple[int, int],
        options: SceneOptions,
        supersample: int = 1,
    ) -> Picture:
        """Return the chart for a moment's phase: left half the front, right half the back."""
        width, height = size
        halves = (width // 2, width - width // 2)
        look = theme(options.theme)
        if self._glass is None:
            self._glass = self._covering(moment.phase)
        materials = self._painter.paint(moment.phase, options, _SEEN)
        materials.opacity[self._glass] = np.minimum(materials.opacity[self._glass], _GLASS)
        pictures = [
            self._half(materials, azimuth, (half, height), look, supersample)
            for half, azimuth in zip(halves, _AZIMUTHS, strict=True)
        ]
        return Picture.beside(pictures)

    def _half(
        self,
        materials: Materials,
        azimuth_rad: float,
        size: tuple[int, int],
        look: Theme,
        supersample: int = 1,
    ) -> Picture:
        camera = Camera(azimuth_rad=azimuth_rad, fov_rad=FOV_RAD)
        camera = camera.fitted(self._position[::7], size, 0.98)
        return self.rasterizer.draw(
            self.mesh, self._position, self._normal, materials, camera, size, _flat(look),
            supersample=supersample,
        )  # fmt: skip

    def _covering(self, phase: PhaseId) -> NDArray[np.intp]:
        """Return the parts of the left half that hide a working muscle."""
        look = theme("light")
        states = self.repetition.part_states(phase)
        working = {i for i, p in enumerate(self.parts) if p.id in states}
        solid = {i for i, p in enumerate(self.parts) if p.kind is PartKind.BONE}
        whole = self._painter.paint(phase, SceneOptions(), _SEEN)
        seen = [self._half(whole, a, _PROBE, look).part.copy() for a in _AZIMUTHS]
        covering: set[int] = set()
        for action in self.repetition.variation.muscles:
            parts = [i for i in working if states[self.parts[i].id].action is action]
            alone = Materials.plain(len(self.parts))
            alone.visible[:] = False
            alone.visible[parts] = True
            shapes = [self._half(alone, a, _PROBE, look).part >= 0 for a in _AZIMUTHS]
            shown = [
                float(np.isin(s[m], parts).mean()) if m.any() else 0.0
                for s, m in zip(seen, shapes, strict=True)
            ]
            # the window opens where the muscle lies nearer to the surface
            best = int(np.argmax(shown))
            if shown[best] < _SHOWN_ENOUGH:
                covering |= set(np.unique(seen[best][shapes[best]]).tolist())
        hidden = [
            i for i in sorted(covering - working - solid - {-1}) if self.parts[i].side is Side.LEFT
        ]
        return np.array(hidden, np.intp)

    def muscle_at(self, picture: Picture, x: float, y: float) -> str | None:
        """Return the id of the muscle at a pixel, None where there is none."""
        part = picture.part_at(x, y)
        return None if part is None else self.parts[part].muscle


def _flat(look: Theme) -> Backdrop:
    """Return the backdrop of a chart: the panel's plain colour."""
    panel = rgb(look.panel)
    return replace(look.backdrop, top=panel, bottom=panel)

"""The skin as a faint outline beside the flesh: seat, calf and back become those of a body.

It is a halo over what lies beside the flesh and never before it, so colours, marks and all that is
measured on the picture's parts stay as they are; nobody can point at it. It gives way to floor,
bench and mat, but not to bar, pad and band: those are drawn before it.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.skin import Skin
from visualizer.exercise.repetition import Instant, Repetition
from visualizer.render import Halo, Mesh, Rasterizer
from visualizer.scene.palette import Theme
from visualizer.scene.tessellation import Tessellation

__all__ = ["SkinOutline"]

FloatArray = NDArray[np.float32]


class SkinOutline:
    """The skin of a body that does a repetition; it is loaded when it is first drawn.

    Parameters
    ----------
    repetition : Repetition
        Who does what.
    spared : int
        So many parts of the picture, from the first, it is never laid upon.
    solids : (N, 6) float32 ndarray
        Boxes that it may not enter, see :func:`visualizer.scene.contact.box_rows`.
    rasterizer : Rasterizer
        Poses it.
    """

    def __init__(
        self, repetition: Repetition, spared: int, solids: FloatArray, rasterizer: Rasterizer
    ) -> None:
        self._repetition, self._spared = repetition, spared
        self._solids, self._rasterizer = solids, rasterizer
        self._posed_for: Instant | None = None

    @cached_property
    def _skin(self) -> Skin:
        return self._repetition.body.skin

    @cached_property
    def _bones(self) -> NDArray[np.int32]:
        return self._skin.bones_of(self._repetition.skeleton)

    @cached_property
    def _mesh(self) -> Mesh:
        skin = self._skin
        count = len(skin.rest_position)
        return Mesh(
            rest_position=skin.rest_position,
            rest_normal=skin.rest_normal,
            faces=skin.faces,
            face_part=np.zeros(len(skin.faces), np.int32),
            occlusion=np.ones(count, np.float32),
            tendon=np.zeros(count, np.float32),
            fibre=np.zeros((count, 3), np.float32),
            influence=skin.influence,
            weight=skin.weight,
            part_count=1,
            frame_count=skin.frame_count,
        )

    @cached_property
    def _posed(self) -> tuple[FloatArray, FloatArray]:
        shape = self._mesh.rest_position.shape
        return np.empty(shape, np.float32), np.empty(shape, np.float32)

    def pose(self, instant: Instant) -> tuple[FloatArray, FloatArray]:
        """Return vertices (m) and normals (V, 3) at a moment; the arrays are reused."""
        if self._posed_for is not instant:
            frames = self._skin.frames(instant.pose, self._bones)
            self._rasterizer.skin(self._mesh, frames, self._posed)
            self._rasterizer.push_out(self._posed[0], self._solids)
            self._posed_for = instant
        return self._posed

    @cached_property
    def _round(self) -> tuple[Tessellation, Mesh]:
        """How the mesh is made finer, and the finer mesh at rest."""
        skin = self._skin
        finer = Tessellation(skin.faces, len(skin.rest_position))
        return finer, Mesh.rigid(*finer.of(skin.rest_position, skin.rest_normal), finer.faces)

    def halo(self, instant: Instant, look: Theme, *, fine: bool = False) -> Halo:
        """Return it as it is drawn at a moment; ``fine`` for pictures to be looked at closely."""
        position, normal = self.pose(instant)
        if not fine:
            return Halo(self._mesh, position, normal, look.halo, self._spared)
        finer, mesh = self._round
        return Halo(mesh, *finer.of(position, normal), look.halo, self._spared)

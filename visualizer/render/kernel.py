"""What a renderer must offer to stand behind :class:`~visualizer.render.rasterizer.Rasterizer`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from visualizer.render.frame import Frame
from visualizer.render.halo import Halo
from visualizer.render.mesh import Mesh
from visualizer.render.picture import Picture
from visualizer.render.selection import Selection

__all__ = ["Kernel", "Pieces"]

FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Pieces:
    """What there is to draw of a picture; the kernel keeps what that needs as long as this is kept.

    Attributes
    ----------
    count : int
        How many pieces.
    draw : callable
        ``draw(first, last)`` draws those from ``first`` to before ``last``.
    """

    count: int
    draw: Callable[[int, int], None]


class Kernel(Protocol):
    """Skins, draws and looks from above. The rasterizer has checked whatever is handed in.

    One call at a time: a kernel may keep scratch between calls.
    """

    @property
    def name(self) -> str:
        """How ``Rasterizer(kernel=...)`` calls it."""

    def skin(
        self,
        mesh: Mesh,
        frames: FloatArray,
        position: FloatArray,
        normal: FloatArray,
        only: Selection | None = None,
    ) -> None:
        """Move the rest pose with its frames (N, 3, 4) into ``position`` and ``normal`` (V, 3).

        At least the vertices of ``only``, where it is given.
        """

    def select(
        self, mesh: Mesh, seen: npt.NDArray[np.uint8], also: npt.NDArray[np.uint8]
    ) -> Selection | None:
        """Return the triangles that were ``seen`` (F,) and their neighbours; None for all.

        ``also`` (V,) tells the vertices that are needed besides.
        """

    def push_out(self, position: FloatArray, boxes: FloatArray) -> None:
        """Move vertices (V, 3) out of the floor and of boxes (N, 6), in place."""

    def lowest(
        self,
        position: FloatArray,
        faces: npt.NDArray[np.int32],
        low: tuple[float, float],
        cell_m: float,
        lowest_m: FloatArray,
    ) -> None:
        """Lower ``lowest_m`` (h, w) to the lowest height of the surface over every cell."""

    def darkness(self, lowest_m: FloatArray) -> FloatArray:
        """Return how dark the floor is (h, w) under heights, see :func:`shadow.darkness`."""

    def begin(
        self,
        mesh: Mesh,
        position: FloatArray,
        normal: FloatArray,
        frame: Frame,
        out: Picture,
        clean: npt.NDArray[np.uint8],
        halo: Halo | None = None,
        only: Selection | None = None,
        seen: npt.NDArray[np.uint8] | None = None,
    ) -> Pieces:
        """Prepare to draw into the arrays of ``out``, and return what there is to draw.

        ``clean`` (tiles,) tells what its tiles hold already; a kernel that does not keep count
        leaves it as it is. At least the triangles of ``only`` are drawn, and ``seen`` (F,) is set
        to 1 for those that show.
        """

    def enlarge(self, pixels: npt.NDArray[np.uint8], out: npt.NDArray[np.uint8]) -> bool:
        """Write pixels (h, w, 4) enlarged to ``out`` (H, W, 4); False when others do it better."""

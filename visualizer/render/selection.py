"""Some triangles of a mesh, chosen by what earlier pictures showed.

Of a body seen from one side nine triangles in ten show nothing: they face away or lie behind
others. Pictures that follow each other from one place may leave those out that no picture of it
has shown, see :class:`visualizer.scene.sight.Sight`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from visualizer.render.mesh import Mesh, checked

__all__ = ["Selection"]


@dataclass(frozen=True, eq=False)
class Selection:
    """Triangles of a mesh and the vertices that they need.

    Attributes
    ----------
    wanted : (C,) uint32 ndarray
        A bit for each triangle of every cluster, the lowest for the first.
    shown : (V,) uint8 ndarray
        1 for every vertex of a wanted triangle, and for those that are needed besides.
    """

    wanted: npt.NDArray[np.uint32]
    shown: npt.NDArray[np.uint8]

    @classmethod
    def empty(cls, mesh: Mesh) -> Selection:
        """Return one without triangles, to be filled."""
        clusters = len(mesh.clusters[0]) - 1
        return cls(np.zeros(clusters, np.uint32), np.zeros(len(mesh.rest_position), np.uint8))

    @property
    def triangles(self) -> int:
        """How many triangles it has."""
        return int(np.unpackbits(self.wanted.view(np.uint8)).sum())

    def validate(self, mesh: Mesh) -> None:
        """Raise TypeError or ValueError when it is of another mesh."""
        checked("wanted", self.wanted, np.uint32, (len(mesh.clusters[0]) - 1,))
        checked("shown", self.shown, np.uint8, (len(mesh.rest_position),))

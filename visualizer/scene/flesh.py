"""The posed body as something that gear is fitted to: measured, not guessed.

A few moments of a repetition are posed once, when a scene is made; the band is cut to what is found
there, and the camera's frame.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.skeleton import Skeleton
from visualizer.anatomy.surface import Body
from visualizer.exercise.repetition import Instant, Repetition
from visualizer.lifts.vocabulary import PhaseId
from visualizer.render import Mesh, Rasterizer

__all__ = ["Flesh"]

Array = NDArray[np.float64]

_INSTANTS = 5  # from the bottom to the top
# What counts as flesh round a bone: no hand that hangs beside it, no calf that folds against it.
_LIMB_RADIUS_M = 0.10
_LIMB_REACH_M = 0.085
_SLICE_M = 0.006


@dataclass(frozen=True, eq=False)
class Flesh:
    """The body at a few moments between bottom and top.

    Attributes
    ----------
    body : Body
        Its surfaces.
    skeleton : Skeleton
        What moves them.
    instants : tuple of Instant
        From the bottom to the top.
    positions : tuple of (V, 3) ndarray
        The vertices at each of them, metres.
    """

    body: Body
    skeleton: Skeleton
    instants: tuple[Instant, ...]
    positions: tuple[NDArray[np.float32], ...]

    @classmethod
    def posed(cls, body: Body, mesh: Mesh, repetition: Repetition, rasterizer: Rasterizer) -> Flesh:
        """Pose the body; ``mesh`` is its surface as the renderer wants it."""
        instants = tuple(
            repetition.instant_of(PhaseId.LIFT, k / (_INSTANTS - 1)) for k in range(_INSTANTS)
        )
        frames = np.zeros((mesh.frame_count, 3, 4), np.float32)
        positions = []
        for instant in instants:
            body.frames(instant.pose, frames)
            positions.append(rasterizer.skin(mesh, frames)[0])
        return cls(body, repetition.skeleton, instants, tuple(positions))

    def section(self, bone: str, along_m: float, middle_m: tuple[float, float]) -> Array:
        """Return the outline of a limb across a bone, over all moments.

        Parameters
        ----------
        bone : str
            The body of the skeleton whose frame it is measured in.
        along_m : float
            Where along the bone's y axis.
        middle_m : (float, float)
            x and z of the limb's middle there.

        Returns
        -------
        (N, 2) ndarray
            x and z of the corners of its convex hull, counter-clockwise.
        """
        mine = self._limb(bone, along_m, middle_m)
        cuts = [local[np.abs(local[:, 1] - along_m) < _SLICE_M] for local in self._in(bone, mine)]
        return _hull(np.vstack(cuts)[:, [0, 2]])

    def near(
        self, bone: str, along_m: float, middle_m: tuple[float, float], reach_m: float
    ) -> NDArray[np.intp]:
        """Return the vertices of a limb that come near a cut across a bone, as :meth:`section`."""
        mine = self._limb(bone, along_m, middle_m)
        close = [np.abs(local[:, 1] - along_m) < reach_m for local in self._in(bone, mine)]
        return np.asarray(mine[np.any(close, axis=0)])

    def _limb(self, bone: str, along_m: float, middle_m: tuple[float, float]) -> NDArray[np.intp]:
        """Return the vertices round a bone where it is cut, with room to slide along it."""
        pose = self.skeleton.pose(self.body.rest_angles)
        rest = pose.seen_from(self.skeleton.body(bone), self.body.rest_position)
        near = np.hypot(rest[:, 0] - middle_m[0], rest[:, 2] - middle_m[1]) < _LIMB_RADIUS_M
        return np.flatnonzero(near & (np.abs(rest[:, 1] - along_m) < _LIMB_REACH_M))

    def _in(self, bone: str, vertices: NDArray[np.intp]) -> Iterator[Array]:
        """Yield vertices (N, 3) in the frame of a bone, at each of the moments."""
        index = self.skeleton.body(bone)
        for instant, position in zip(self.instants, self.positions, strict=True):
            yield instant.pose.seen_from(index, position[vertices])


def _hull(points: Array) -> Array:
    """Return the corners (N, 2) of the convex hull of points, counter-clockwise."""
    ordered = points[np.lexsort((points[:, 1], points[:, 0]))].tolist()

    def chain(way: list[list[float]]) -> list[list[float]]:
        kept: list[list[float]] = []
        for p in way:
            while len(kept) > 1:
                (ax, ay), (bx, by) = kept[-2], kept[-1]
                if (bx - ax) * (p[1] - ay) - (by - ay) * (p[0] - ax) > 0:
                    break
                kept.pop()
            kept.append(p)
        return kept[:-1]

    return np.array(chain(ordered) + chain(ordered[::-1]))

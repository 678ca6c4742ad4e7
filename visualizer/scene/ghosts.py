"""What stands before the subject becomes glass: near forearms, shanks, bar, bench.

From the side a forearm and the pad cover the hip, from below the shanks cover the hamstrings. For a
direction of view it is measured once how much of the working muscles of hip and thigh lies behind
each limb and each piece of equipment on the body's whole way, and what covers more than a little is
drawn as glass at every moment: nothing flickers while the body moves.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.muscle import Side
from visualizer.anatomy.surface import Body
from visualizer.catalog.variation import Role
from visualizer.exercise.repetition import Instant, Repetition
from visualizer.render import Camera, Mesh, Rasterizer
from visualizer.scene.equipment import Piece
from visualizer.scene.flesh import Flesh
from visualizer.scene.limbs import Limb, limb_of
from visualizer.scene.views import LOW_RAD

__all__ = ["Ghosts"]

Array = NDArray[np.float32]

# What the lesson is about: what moves the hips.
_SUBJECT_GROUPS = ("gluteal", "posterior thigh", "medial thigh")
_HIP_GROUP = "gluteal"
# Share of the subject that must lie behind what covers it. Thighs and upper arms stay solid:
# without them the body falls apart. Shanks give way to a look from below alone, where little else
# carries the picture; from the side and the front they are what the body stands on.
_FOREARM_COVERS, _SHANK_COVERS, _GEAR_COVERS = 0.15, 0.04, 0.075
# A subject's point is covered where something passes this near to it, in the plane of the picture.
_NEAR_M = 0.035
_POINTS = 48
# Triangles of equipment that are larger have points inside as well, along so many steps a side.
_LARGE_M2, _STEPS = 0.002, 16
# Cells are numbered in one integer, 20 bits an axis.
_MIDDLE, _SHIFTS = 1 << 19, np.array([0, 20, 40])
_STEP_RAD = math.radians(7.5)


class Ghosts:
    """Finds what covers the subject.

    Parameters
    ----------
    body : Body
        Its parts.
    pieces : tuple of Piece
        The equipment, which follows the body's parts in the picture.
    repetition : Repetition
        Says what works.
    flesh : Flesh
        The body on its way.
    rasterizer : Rasterizer
        Poses the equipment.
    """

    def __init__(
        self,
        body: Body,
        pieces: tuple[Piece, ...],
        repetition: Repetition,
        flesh: Flesh,
        rasterizer: Rasterizer,
    ) -> None:
        instants = range(0, len(flesh.instants), 2)
        subject = _vertices(body, _subject(body, repetition))
        subject = subject[:: max(len(subject) // _POINTS, 1)]
        self._subject = [flesh.positions[k][subject] for k in instants]
        self._covers: list[_Cover] = []
        for limb, share, below in (
            (Limb.FOREARM, _FOREARM_COVERS, False),
            (Limb.SHANK, _SHANK_COVERS, True),
        ):
            for side in Side:
                parts = _idle(body, repetition, side, limb)
                chosen = _vertices(body, parts)
                cells = [_cells(flesh.positions[k][chosen]) for k in instants]
                self._covers.append(_Cover(parts, cells, share, below))
        gear = list(enumerate(pieces, start=len(body.parts)))
        for name in sorted({p.fades for _, p in gear if p.fades}):
            mine = [(k, p) for k, p in gear if p.fades == name]
            cells = [
                _cells(np.vstack([_posed(p, flesh.instants[k], rasterizer) for _, p in mine]))
                for k in instants
            ]
            self._covers.append(_Cover(tuple(k for k, _ in mine), cells, _GEAR_COVERS))
        self._found: dict[tuple[int, int], frozenset[int]] = {}

    def of(self, camera: Camera) -> frozenset[int]:
        """Return the indices of the parts that cover the subject for a camera."""
        key = round(camera.azimuth_rad / _STEP_RAD), round(camera.elevation_rad / _STEP_RAD)
        if key not in self._found:
            self._found[key] = self._towards(key[0] * _STEP_RAD, key[1] * _STEP_RAD)
        return self._found[key]

    def _towards(self, azimuth_rad: float, elevation_rad: float) -> frozenset[int]:
        """Return what covers the subject, seen from a direction."""
        axes = np.asarray(
            Camera(azimuth_rad=azimuth_rad, elevation_rad=elevation_rad).axes, np.float32
        )
        found: list[int] = []
        wanted = [points @ axes.T for points in self._subject]
        for cover in self._covers:
            if cover.below and elevation_rad > LOW_RAD:
                continue
            shares = [
                _covered(points, cells @ axes.T)
                for points, cells in zip(wanted, cover.cells, strict=True)
            ]
            if np.mean(shares) > cover.share:
                found += cover.parts
        return frozenset(found)


@dataclass(frozen=True)
class _Cover:
    """Parts that become glass together: where they are, and from what share of the subject on."""

    parts: tuple[int, ...]
    cells: list[Array]
    share: float
    below: bool = False


def _posed(piece: Piece, instant: Instant, rasterizer: Rasterizer) -> NDArray[np.float32]:
    """Return points all over a piece of equipment."""
    position = rasterizer.skin(piece.mesh, piece.frames(instant))[0]
    return _filled(position, piece.mesh)


def _covered(points: Array, cover: Array) -> float:
    """Return which share of points lies behind the nearest of a cloud, in the picture's plane."""
    if not len(cover):
        return 0.0
    across = points[:, None, 0] - cover[:, 0]
    up = points[:, None, 1] - cover[:, 1]
    before = cover[:, 2] > points[:, None, 2] + _NEAR_M
    return float((before & (across**2 + up**2 < _NEAR_M**2)).any(axis=1).mean())


def _subject(body: Body, repetition: Repetition) -> tuple[int, ...]:
    """Return the parts that the picture is about: who moves the hips, and hip stabilizers."""
    wanted: set[str] = set()
    for action in repetition.variation.muscles:
        for muscle in repetition.catalog.surfaces(action.muscle):
            group = repetition.catalog.muscle(muscle).group
            works = action.role is not Role.STABILIZER and group in _SUBJECT_GROUPS
            if works or group == _HIP_GROUP:
                wanted.add(muscle)
    return tuple(i for i, part in enumerate(body.parts) if part.muscle in wanted)


def _idle(body: Body, repetition: Repetition, side: Side, limb: Limb) -> tuple[int, ...]:
    """Return the parts of a limb, but for what works there."""
    catalog = repetition.catalog
    working = {
        muscle
        for action in repetition.variation.muscles
        for muscle in catalog.surfaces(action.muscle)
    }
    return tuple(
        i
        for i, part in enumerate(body.parts)
        if part.side is side and part.muscle not in working and limb_of(part, catalog) is limb
    )


def _vertices(body: Body, parts: tuple[int, ...]) -> NDArray[np.intp]:
    """Return the vertices of some parts."""
    return np.unique(body.faces[np.isin(body.face_part, parts)])


def _cells(points: NDArray[np.float32]) -> Array:
    """Return the middles of the cells of a grid that hold points: a thinner cloud."""
    cells = np.round(points / _NEAR_M).astype(np.int64) + _MIDDLE
    _, first = np.unique((cells << _SHIFTS).sum(axis=1), return_index=True)
    return (cells[first] - _MIDDLE).astype(np.float32) * np.float32(_NEAR_M)


def _filled(points: NDArray[np.float32], mesh: Mesh) -> NDArray[np.float32]:
    """Return points all over a mesh: large triangles have corners only."""
    a, b, c = (points[mesh.faces[:, k]] for k in range(3))
    large = np.linalg.norm(np.cross(b - a, c - a), axis=1) > 2.0 * _LARGE_M2
    u, v = (grid.ravel() / _STEPS for grid in np.mgrid[0 : _STEPS + 1, 0 : _STEPS + 1])
    u, v = u[u + v <= 1.0, None, None], v[u + v <= 1.0, None, None]
    p, q, r = a[large], b[large], c[large]
    inside = (p + u * (q - p) + v * (r - p)).reshape(-1, 3)
    return np.vstack([points, inside.astype(np.float32)])

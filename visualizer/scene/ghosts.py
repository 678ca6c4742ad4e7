"""What stands before the subject becomes glass: near forearms, shanks, bar, bench.

From the side a forearm and the pad cover the hip, from below the shanks cover the hamstrings. For a
direction of view it is measured once how much of the working muscles of hip and thigh lies behind
each limb and each piece of equipment on the body's whole way, and what covers more than a little is
drawn as glass at every moment: nothing flickers while the body moves. The upper arm above a forearm
of glass fades half-way: solid, it would end in a torn elbow.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.muscle import Side
from visualizer.anatomy.surface import Body
from visualizer.arrays import distinct
from visualizer.catalog.variation import Role
from visualizer.exercise.repetition import Repetition
from visualizer.render import Camera
from visualizer.scene.clutter import on_way
from visualizer.scene.equipment import Piece
from visualizer.scene.flesh import Flesh
from visualizer.scene.limbs import Limb, limb_of
from visualizer.scene.views import LOW_RAD

__all__ = ["NO_GLASS", "Ghosts", "Glass"]

Array = NDArray[np.float32]

# What the lesson is about: what moves the hips.
_SUBJECT_GROUPS = ("gluteal", "posterior thigh", "medial thigh")
_HIP_GROUP = "gluteal"
# Share of the subject that must lie behind what covers it. Thighs never become glass, upper arms
# fade no more than half-way: without them the body falls apart. Shanks give way to a look from
# below alone, where little else carries the picture; from the side and the front they are what the
# body stands on.
_FOREARM_COVERS, _SHANK_COVERS, _GEAR_COVERS = 0.15, 0.06, 0.065
# A subject's point is covered where something passes this near to it, in the plane of the picture.
_NEAR_M = 0.035
# So many points stand for the subject: with few, chance decides what is glass.
_POINTS = 256
_EVERY = 4  # one corner of a triangle in so many stands for a limb
# Cells are numbered in one integer, so many bits an axis.
_MIDDLE, _BITS = 1 << 19, 20
_STEP_RAD = math.radians(7.5)


@dataclass(frozen=True)
class Glass:
    """Parts that one sees through, by their indices.

    Attributes
    ----------
    clear : frozenset of int
        What covers the subject.
    fading : frozenset of int
        What leads over from there to the solid body.
    """

    clear: frozenset[int]
    fading: frozenset[int]


NO_GLASS = Glass(frozenset(), frozenset())


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
    """

    def __init__(
        self, body: Body, pieces: tuple[Piece, ...], repetition: Repetition, flesh: Flesh
    ) -> None:
        taken = range(0, len(flesh.instants), 2)
        positions = [flesh.positions[k] for k in taken]
        subject = distinct(_corners(body, _subject(body, repetition)))
        subject = subject[:: max(len(subject) // _POINTS, 1)]
        self._subject = [position[subject] for position in positions]
        self._limbs: list[_Cloud] = []
        idle = _idle(body, repetition)
        for limb, share, below, above in (
            (Limb.FOREARM, _FOREARM_COVERS, False, Limb.UPPER_ARM),
            (Limb.SHANK, _SHANK_COVERS, True, None),
        ):
            for side in Side:
                parts, fading = (
                    tuple(i for i in idle.get(it, ()) if body.parts[i].side is side)
                    for it in (limb, above)
                )
                chosen = _corners(body, parts)[::_EVERY]
                points = [position[chosen] for position in positions]
                self._limbs.append(_Cloud(parts, points, share, below, fading))
        self._gear = [(k, p) for k, p in enumerate(pieces, start=len(body.parts)) if p.fades]
        self._instants = [flesh.instants[k] for k in taken]
        self._found: dict[tuple[int, int], Glass] = {}

    @cached_property
    def _covers(self) -> list[_Cloud]:
        """What may cover the subject, thinned; made when first asked for."""
        found = [replace(limb, points=[_cells(p) for p in limb.points]) for limb in self._limbs]
        for name in sorted({p.fades for _, p in self._gear}):
            mine = [(k, p) for k, p in self._gear if p.fades == name]
            clouds = zip(*(on_way(p, self._instants) for _, p in mine), strict=True)
            points = [_cells(np.vstack(cloud)) for cloud in clouds]
            found.append(_Cloud(tuple(k for k, _ in mine), points, _GEAR_COVERS))
        self._limbs.clear()
        return found

    def of(self, camera: Camera) -> Glass:
        """Return what becomes glass for a camera, since it covers the subject."""
        key = round(camera.azimuth_rad / _STEP_RAD), round(camera.elevation_rad / _STEP_RAD)
        if key not in self._found:
            self._found[key] = self._towards(key[0] * _STEP_RAD, key[1] * _STEP_RAD)
        return self._found[key]

    def _towards(self, azimuth_rad: float, elevation_rad: float) -> Glass:
        """Return what covers the subject, seen from a direction."""
        axes = np.asarray(
            Camera(azimuth_rad=azimuth_rad, elevation_rad=elevation_rad).axes, np.float32
        )
        clear: list[int] = []
        fading: list[int] = []
        wanted = [points @ axes.T for points in self._subject]
        for cover in self._covers:
            if cover.below and elevation_rad > LOW_RAD:
                continue
            shares = [
                _covered(points, cloud @ axes.T)
                for points, cloud in zip(wanted, cover.points, strict=True)
            ]
            if np.mean(shares) > cover.share:
                clear += cover.parts
                fading += cover.fading
        return Glass(frozenset(clear), frozenset(fading))


@dataclass(frozen=True)
class _Cloud:
    """Parts that become glass together, from what share of the subject on.

    ``points`` says where they are at some moments, ``fading`` are the parts that fade with them.
    """

    parts: tuple[int, ...]
    points: list[Array]
    share: float
    below: bool = False
    fading: tuple[int, ...] = ()


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


def _idle(body: Body, repetition: Repetition) -> dict[Limb | None, list[int]]:
    """Return the parts of each limb, but for what works there."""
    catalog = repetition.catalog
    working = {
        muscle
        for action in repetition.variation.muscles
        for muscle in catalog.surfaces(action.muscle)
    }
    found: dict[Limb | None, list[int]] = {}
    for i, part in enumerate(body.parts):
        limb = None if part.muscle in working else limb_of(part, catalog)
        if limb is not None:
            found.setdefault(limb, []).append(i)
    return found


def _corners(body: Body, parts: tuple[int, ...]) -> NDArray[np.intp]:
    """Return the corners of the triangles of some parts, one triangle after the other."""
    spans = [(body.parts[i].first_face, body.parts[i].face_count) for i in parts]
    some = [body.faces[first : first + count].ravel() for first, count in spans]
    return np.concatenate([np.zeros(0, np.intp), *some])


def _cells(points: NDArray[np.float32]) -> Array:
    """Return the middles of the cells of a grid that hold points: a thinner cloud."""
    x, y, z = (np.round(points / _NEAR_M).astype(np.int64) + _MIDDLE).T
    _, first = np.unique(x + (y << _BITS) + (z << 2 * _BITS), return_index=True)
    return np.round(points[first] / _NEAR_M) * np.float32(_NEAR_M)

"""Radii that give every muscle its published volume.

The volume that a muscle wins on a coarse grid steers its radius at first. The final mesh differs
from that count (the hull is closed and smoothed, grooves are rounded; a slim muscle is a few cells
wide), so then what the fine meshes measure corrects the radii themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.bake.flesh.competition import MuscleFlesh, compete
from tools.bake.flesh.extraction import Surfaces, extract
from tools.bake.geometry.grid import Grid, occupancy
from tools.bake.geometry.mesh import mesh_volume_cm3
from tools.bake.skeleton.rest import Rest

__all__ = ["Fleshed", "flesh_out"]

Array = NDArray[np.float64]

_COARSE_M = 0.005
_COARSE_STEPS = 12
# How the radius follows the share of the volume that is missing, at first. On the fine grid what a
# step has done to each muscle tells: sheets and boxed-in muscles need more, thin ones less.
_EXPONENT, _EXPONENT_LIMITS, _LEAST_STEP = 0.45, (0.3, 0.9), 0.004
_STEP_LIMITS = (0.75, 1.3)
_LEAST_RADIUS_M = 0.0022
_MOST_RADIUS_M = 0.052
# Near the end the volumes of slim muscles waver by a few hundredths from round to round: the best
# round counts, and one in which none is further off than this is the last.
_NEAR_ENOUGH = 0.022
# neighbours that are boxed in would outgrow each other for ever: at 2.8 the quadriceps does
_MOST_GROWTH = 2.5


@dataclass(frozen=True)
class Fleshed:
    """Meshes, the grid they came from and the radii that were found.

    Attributes
    ----------
    surfaces : Surfaces
        Meshes and volumes.
    grid : Grid
        The fine grid.
    bone : bool volume
        Bone on it.
    radius_m : dict of str to float
        By muscle.
    """

    surfaces: Surfaces
    grid: Grid
    bone: NDArray[np.bool_]
    radius_m: dict[str, float]


def flesh_out(
    rest: Rest,
    fleshes: list[MuscleFlesh],
    target_cm3: dict[str, float],
    step_m: float,
    rounds: int,
    say: Callable[[str], None],
    lofted: Collection[str] = (),
) -> Fleshed:
    """Find radii and extract the surfaces.

    Parameters
    ----------
    rest : Rest
        Skeleton and bones.
    fleshes : list of MuscleFlesh
        The muscles.
    target_cm3 : dict of str to float
        Volume to reach, by muscle.
    step_m : float
        Step of the fine grid.
    rounds : int
        How often the fine meshes are measured at most; the round's whose worst volume is best are
        returned.
    say : callable
        Told what happens.
    lofted : collection of str
        Sheets that are built otherwise: they claim their least thickness and get no mesh.
    """
    target = np.array([target_cm3[f.muscle.id] for f in fleshes])
    first = np.array([f.first_radius_m(v) for f, v in zip(fleshes, target, strict=True)])
    least = np.array(
        [
            _LEAST_RADIUS_M if f.muscle.thickness_mm is None else f.muscle.thickness_mm * 1e-3
            for f in fleshes
        ]
    )
    free = np.array([f.muscle.id not in lofted for f in fleshes])
    radius = np.where(free, first, least)
    coarse = Grid.around(rest.bones.values(), rest.midplane_x_m, _COARSE_M)
    coarse_bone = occupancy(coarse, rest.bones.values())
    fine = Grid.around(rest.bones.values(), rest.midplane_x_m, step_m)
    fine_bone = occupancy(fine, rest.bones.values())

    def stepped(volume_cm3: Array, exponent: Array | float) -> Array:
        step = np.clip((target / np.maximum(volume_cm3, 0.5)) ** exponent, *_STEP_LIMITS)
        most = np.minimum(_MOST_RADIUS_M, first * _MOST_GROWTH)
        return np.where(free, np.clip(radius * step, least, most), least)

    for _ in range(_COARSE_STEPS):
        radius = stepped(compete(fleshes, radius, coarse, coarse_bone).volume_cm3, _EXPONENT)
    volume, exponent = target, np.full(len(target), _EXPONENT)
    before: tuple[Array, Array] | None = None
    best: tuple[float, Surfaces, Array] | None = None
    for round_ in range(rounds):
        if round_:
            if before is not None:
                exponent = _response(before, (radius, volume), exponent)
            before = radius, volume
            radius = stepped(volume, exponent)
        found = compete(fleshes, radius, fine, fine_bone, keep_claims=True)
        surfaces = extract(fleshes, radius, found, fine, fine_bone, rest.midplane_x_m, lofted)
        del found
        volume = target.copy()
        for i in np.flatnonzero(free):
            volume[i] = mesh_volume_cm3(surfaces.meshes[fleshes[i].muscle.id])
        error = volume / target - 1
        say(
            f"round {round_ + 1}: mean |volume error| {100 * np.abs(error).mean():.1f} %, "
            f"largest {100 * np.abs(error).max():.0f} % "
            f"({fleshes[int(np.abs(error).argmax())].muscle.id})"
        )
        worst = float(np.abs(error).max())
        if best is None or worst < best[0]:
            best = worst, surfaces, radius
        if worst < _NEAR_ENOUGH:
            break
    assert best is not None
    _, surfaces, radius = best
    by_id = {f.muscle.id: float(r) for f, r in zip(fleshes, radius, strict=True)}
    return Fleshed(surfaces, fine, fine_bone, by_id)


def _response(before: tuple[Array, Array], now: tuple[Array, Array], exponent: Array) -> Array:
    """Return how the radii (M,) follow the volumes, from the last two rounds (radii, volumes)."""
    moved, grown = (np.log(b / a) for a, b in zip(before, now, strict=True))
    told = (np.abs(moved) > _LEAST_STEP) & (moved * grown > 0)
    found = np.clip(moved / np.where(told, grown, 1.0), *_EXPONENT_LIMITS)
    return np.asarray(np.where(told, found, exponent))

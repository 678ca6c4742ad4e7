"""The foot: five toes, arch, ankles and heel in skin that ends above the ankle in a clean cut.

The skin there lies closely over bones, tendons and flesh, so that they come out of it as out of a
sock. A margin that thins out against them was tried: it was ragged, and moved through them.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from tools.bake.covering.clay import Clay, Point
from tools.bake.covering.hull import (
    along_points,
    ball_closed,
    bone_level,
    capped,
    cut_flat,
    half_space,
    hull_mesh,
    local_grid,
    near_margin,
    thinning,
)
from tools.bake.geometry.grid import Grid
from tools.bake.geometry.mesh import ClosedMesh
from tools.bake.skeleton.landmarks import BoneLandmarks
from tools.bake.skeleton.rest import Rest

__all__ = ["FOOT", "TOES", "ankle_cut_z", "foot_edge", "foot_mesh", "foot_tendon", "toe_ends"]

Array = NDArray[np.float64]
Volume = NDArray[np.float32]

TOES = ("r_bofoot",)
FOOT = ("r_foot", "r_talus", *TOES)

# The sole lies this far below the origin of the calcaneus' frame (see the body's body.toml).
_SOLE_BELOW_CALCN_M = 0.017
_ANKLE_ABOVE_CALCN_M = 0.095
_STEP_M = 0.0016
_SKIN_M, _MARGIN_SKIN_M, _MARGIN_M = 0.0050, 0.0026, 0.045
# Flesh counts near the margin only.
_FLESH_M = 0.030
# Radius of the sleeve over the tendons; half-width of that of Achilles.
_SLEEVE_M, _ACHILLES_M = 0.0052, 0.0050
# It is made so much longer before it is cut.
_LONGER_M, _RIM_M = 0.010, 0.0024
_TENDON_END_M = 0.026
# How far aside from its middle the tendon of Achilles shows, and how high above the sole it ends.
_ACHILLES_SEEN_M, _ACHILLES_ENDS_M = 0.0085, 0.040

# Millimetres aside (towards the midplane), back and up from the sole under the heel's origin:
# root, middle joint and tip of each toe, and the radii there.
_TOE_LINES: tuple[tuple[Point, Point, Point, Point], ...] = (
    ((24, -196, 13), (18.5, -226, 11.0), (16.5, -244, 9.6), (14.0, 12.2, 10.6)),
    ((-4, -198, 13), (-9.0, -222, 11.0), (-11, -240, 6.8), (9.0, 7.9, 7.3)),
    ((-18, -188, 13), (-23.0, -208, 10.5), (-25, -224, 6.6), (9.0, 7.6, 7.1)),
    ((-31, -175, 13), (-37.0, -194, 10.0), (-38.5, -208, 6.4), (8.8, 7.4, 7.0)),
    ((-43, -163, 12), (-49.5, -181, 9.0), (-51.0, -193, 6.2), (8.6, 7.2, 6.9)),
)  # fmt: skip


def _sole(rest: Rest) -> Array:
    return rest.body_position("calcn_r") - (0.0, 0.0, _SOLE_BELOW_CALCN_M)


def ankle_cut_z(rest: Rest) -> float:
    """Return the height at which the foot's skin ends, metres."""
    return float(rest.body_position("calcn_r")[2] + _ANKLE_ABOVE_CALCN_M)


def foot_edge(rest: Rest) -> tuple[Array, Array]:
    """Return where tendons end within the skin: a point and the direction into the foot."""
    talus = rest.body_position("talus_r")
    high = ankle_cut_z(rest) - _TENDON_END_M
    return np.array([talus[0], talus[1], high]), np.array([0.0, 0.0, -1.0])


def toe_ends(rest: Rest, land: BoneLandmarks) -> list[tuple[Array, Array, float]]:
    """Return the last joint, the tip's centre and its radius of each toe, metres."""
    mm, sole = 1e-3 * land.scale, _sole(rest)
    return [
        (sole + np.array(joint) * mm, sole + np.array(tip) * mm, radii[2] * mm)
        for _, joint, tip, radii in _TOE_LINES
    ]


def foot_tendon(rest: Rest, vertices: Array, achilles: Array) -> Array:
    """Return how much of the tendons' colour the skin takes on, (V,) 0…1.

    It does over the tendon of Achilles, which one sees through it as far as the heel.

    Parameters
    ----------
    rest : Rest
        Bones.
    vertices : (V, 3) ndarray
        Of the skin, metres.
    achilles : (n, 3) ndarray
        Points close together along the tendon to the heel.
    """
    order = np.argsort(achilles[:, 2])
    along = achilles[order]
    middle, depth = (np.interp(vertices[:, 2], along[:, 2], along[:, c]) for c in (0, 1))
    over = np.clip((_ACHILLES_SEEN_M - np.abs(vertices[:, 0] - middle)) / 0.003, 0, 1)
    over *= np.clip((vertices[:, 1] - depth + 0.004) / 0.004, 0, 1)
    over *= np.clip((vertices[:, 2] - _sole(rest)[2] - _ACHILLES_ENDS_M) / 0.015, 0, 1)
    return np.asarray(0.9 * over)


def foot_mesh(
    rest: Rest,
    land: BoneLandmarks,
    tendons: Array,
    achilles: Array,
    flesh: Callable[[Grid], Volume],
) -> ClosedMesh:
    """Return the closed surface of the right foot.

    Parameters
    ----------
    rest, land : Rest, BoneLandmarks
        Bones.
    tendons : (n, 3) ndarray
        Points close together along the tendons that cross the ankle.
    achilles : (n, 3) ndarray
        The same along the tendon to the heel.
    flesh : callable
        Returns the signed distance to muscle and bone on a grid.
    """
    # not those of the toes: closing them would web them
    bones = [rest.bones[n] for n in ("r_foot", "r_talus", "r_tibia", "r_fibula")]
    foot = np.vstack([rest.bones[n].vertices for n in FOOT])
    high, sole = ankle_cut_z(rest), _sole(rest)
    grid = local_grid(np.vstack([foot, [foot[0][0], foot[0][1], high]]), 0.024, _STEP_M)
    top = half_space(grid, np.array([0, 0, high]), np.array([0, 0, 1.0]))
    level = bone_level(grid, bones)
    level = np.minimum(level, near_margin(flesh(grid), top, _FLESH_M))
    level = ball_closed(level, grid, 0.012)
    level = level - thinning(top, _MARGIN_M, _MARGIN_SKIN_M, _SKIN_M)
    clay = Clay(grid, sole, land.scale, level=level)
    _pads(clay)
    _ankles(clay, rest)
    sides = [achilles + np.array([x, 0.002, 0.0]) for x in (-_ACHILLES_M, 0.0, _ACHILLES_M)]
    clay.add(along_points(grid, np.vstack([tendons, *sides]), _SLEEVE_M), 10)
    clay.level = ball_closed(clay.level, grid, 0.010)
    _toes(clay)
    # the hollow of the inner arch
    clay.cut(clay.ellipsoid((34, -96, -4), (24, 46, 17)), 12)
    floor = -half_space(grid, sole, np.array([0, 0, 1.0]))
    level = capped(np.maximum(clay.level, floor), top - np.float32(_LONGER_M), _RIM_M)
    mesh = hull_mesh(level, grid, 1.3, blur=0.6)
    return cut_flat(mesh, np.array([0, 0, high]), np.array([0, 0, 1.0]))


def _pads(clay: Clay) -> None:
    """Heel, ball and outer edge carry the sole down to the floor."""
    clay.add(clay.ellipsoid((0, -14, 24), (25, 30, 27)), 14)
    # below and before the tendon of Achilles
    clay.add(clay.ellipsoid((1, -17, 46), (20, 22, 32)), 16)
    clay.add(clay.ellipsoid((6, -24, 84), (9, 17, 36)), 10)
    clay.add(clay.ellipsoid((14, -168, 13), (24, 27, 15)), 12)
    clay.add(clay.ellipsoid((-22, -160, 12), (24, 25, 14)), 12)
    clay.add(clay.ellipsoid((-16, -90, 12), (18, 62, 14)), 14)


def _ankles(clay: Clay, rest: Rest) -> None:
    tibia, fibula = rest.bones["r_tibia"].vertices, rest.bones["r_fibula"].vertices
    low = tibia[tibia[:, 2] < tibia[:, 2].min() + 0.022]
    inner = low[low[:, 0].argmax()]
    low = fibula[fibula[:, 2] < fibula[:, 2].min() + 0.022]
    outer = low[low[:, 0].argmin()]
    for point, aside in ((inner, -1.5), (outer, 1.5)):
        x, y, z = clay.local(point)
        clay.add(clay.ellipsoid((x + aside, y, z + 2), (6.5, 10, 12)), 9)


def _toes(clay: Clay) -> None:
    # one after another with little rounding, so that they stay apart
    toes = Clay(clay.grid, clay.origin, clay.scale)
    for root, joint, tip, (wide, middle, narrow) in _TOE_LINES:
        toe = Clay(clay.grid, clay.origin, clay.scale, level=clay.rod(root, joint, wide, middle))
        toe.add(clay.rod(joint, tip, middle - 0.4, narrow), 3)
        toes.add(toe.level, 1.0)
    clay.add(toes.level, 4)

"""The head: a calm bust with closed eyes, sculpted over the skull.

A skull grins and an egg is a shop dummy. This is a plain face over the model's own skull, so that
its proportions are right and the muscles of the neck reach it where they are attached: below the
ears at the mastoid process, behind at the occiput.
"""

from __future__ import annotations

import itertools

import numpy as np

from tools.bake.covering.clay import Clay, Point
from tools.bake.covering.hull import hull_mesh, local_grid, sealed_level
from tools.bake.geometry.mesh import ClosedMesh
from tools.bake.skeleton.landmarks import BoneLandmarks
from tools.bake.skeleton.rest import Rest

__all__ = ["SKULL", "head_mesh"]

SKULL = ("hat_skull", "hat_jaw")

_STEP_M = 0.0016
_SEAL_M = 0.024  # wider than an eye socket
_SKIN_M = 0.0040
# How far below the joint of the head the sculptor's heights begin; his depths do at the foremost
# point of the skull.
_BASE_MM = -2.6
# The ear: its middle, and on it the rim from its root to the lobe and the fold within it.
_EAR_MM = (74.0, 100.0, 50.0)
_HELIX = (
    (-4, 0, 1), (-9, 6, 1.5), (-9, 15, 1.5), (-4, 23, 1), (4, 26, 1), (11, 23, 1), (15.5, 15, 1),
    (16, 6, 1), (13.5, -5, 1), (9, -14, 1), (3, -21, 0.5),
)  # fmt: skip
_ANTIHELIX = ((7, 15, 0), (8, 8, 1.5), (7, -2, 2), (3.5, -11, 1.8))


def head_mesh(rest: Rest, land: BoneLandmarks) -> ClosedMesh:
    """Return the closed surface of the head."""
    bones = [rest.bones[n] for n in SKULL]
    points = np.vstack([b.vertices for b in bones])
    grid = local_grid(points, 0.034, _STEP_M)
    origin = (rest.midplane_x_m, points[:, 1].min(), land.head.at(0, 0, _BASE_MM)[2])
    level = sealed_level(grid, bones, _SEAL_M) - np.float32(_SKIN_M)
    clay = Clay(grid, origin, land.head.scale, symmetric=True, level=level)
    _flesh(clay)
    _eyes(clay)
    _nose(clay)
    _mouth(clay)
    _ears(clay)
    _nape(clay)
    return hull_mesh(clay.level, grid, 1.55, blur=0.7)


def _flesh(clay: Clay) -> None:
    # the hollow between cheek bone and jaw, filled flat
    clay.add(clay.ellipsoid((32, 40, 12), (20, 30, 30)), 20)
    clay.add(clay.ellipsoid((46, 66, 6), (10, 28, 34)), 18)
    clay.add(clay.ellipsoid((0, 21, -6), (27, 22, 26)), 18)
    clay.add(clay.ellipsoid((0, 14.0, -32.5), (15, 14, 12)), 14)
    # floor of the mouth
    clay.add(clay.ellipsoid((0, 46, -26), (28, 30, 13), pitch_deg=-14), 20)


def _eyes(clay: Clay) -> None:
    clay.cut(clay.ellipsoid((31, -7, 57), (18.5, 16.5, 10.5)), 14)
    clay.add(clay.ellipsoid((31, 17.5, 57), (14.2, 13.2, 10.8)), 5)
    # the line between the lids
    clay.cut(clay.ellipsoid((31, 5.2, 51.5), (12.5, 4, 0.9)), 2.2)
    clay.add(clay.rod((12, 3, 71.5), (40, 11, 73.5), 5.5, 4.5), 16)


def _nose(clay: Clay) -> None:
    clay.add(clay.rod((0, 6, 68), (0, -6, 35), 7.5, 10.0), 14)
    clay.add(clay.rod((0, 0.5, 61), (0, -11, 36), 4.2, 5.8), 8)
    clay.add(clay.ellipsoid((0, -11, 33), (8.3, 8.0, 6.8)), 6)
    clay.add(clay.ellipsoid((10, -2.0, 29.5), (6.2, 10.0, 5.8)), 6)


def _mouth(clay: Clay) -> None:
    clay.add(clay.ellipsoid((0, 6.5, 3.5), (22, 9, 5.2)), 10)
    clay.add(clay.ellipsoid((0, 7.5, -4.6), (19, 9, 5.6)), 10)
    clay.cut(clay.ellipsoid((0, -6.0, -0.6), (22, 10.0, 0.7)), 2.4)
    # the dip above the chin and the groove below the nose
    clay.cut(clay.ellipsoid((0, -6.5, -16), (16, 8, 4.5)), 10)
    clay.cut(clay.ellipsoid((0, -9, 13.5), (2.5, 6, 6)), 6)


def _ears(clay: Clay) -> None:
    # Places on the ear: to its back, up and outwards from its middle. It leans back and stands off
    # behind.
    back, up, out = (0.407, 0.886, -0.221), (0.0, 0.242, 0.970), (0.914, -0.395, 0.098)
    at = {"pitch_deg": -14.0, "yaw_deg": -24.0}

    def on(b: float, u: float, o: float) -> Point:
        x, y, z = (
            m + b * i + u * j + o * k for m, i, j, k in zip(_EAR_MM, back, up, out, strict=True)
        )
        return x, y, z

    ear = Clay(clay.grid, clay.origin, clay.scale, symmetric=True)
    ear.level = clay.ellipsoid(on(3, 3, -3.0), (3.0, 13.5, 23), **at)
    ear.add(clay.ellipsoid(on(-4.0, -21, -1.0), (4.2, 8.0, 9.0), **at), 5)
    # rim and the fold within it, which the hollow before the way in lies between
    for fold, radius in ((_HELIX, 2.9), (_ANTIHELIX, 2.3)):
        for start, end in itertools.pairwise(fold):
            ear.add(clay.rod(on(*start), on(*end), radius, radius), 1.5)
    ear.cut(clay.ellipsoid(on(-1.5, -2, 3.0), (6.5, 6.5, 9.0), **at), 2)
    ear.add(clay.ellipsoid(on(-10, -5, 1.0), (4.0, 3.5, 5.5), **at), 3)
    clay.add(ear.level, 3)


def _nape(clay: Clay) -> None:
    # the trapezius comes out from under it
    clay.add(clay.ellipsoid((13, 154, 44), (24, 15, 19)), 14)

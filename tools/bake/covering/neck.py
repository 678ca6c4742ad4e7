"""The inside of the neck: one smooth core under the strap muscles, throat and larynx in front.

The neck's muscles are few and slender; without it one would look between them at the sky, and
behind the collarbone down into the chest.
"""

from __future__ import annotations

import numpy as np

from tools.bake.covering.clay import Clay
from tools.bake.covering.hull import bind_to_bones, hull_mesh, local_grid
from tools.bake.flesh.binding import Bound
from tools.bake.skeleton.landmarks import BoneLandmarks
from tools.bake.skeleton.rest import Rest

__all__ = ["neck_core"]

_STEP_M = 0.002
_WIDTH_M = 0.125
# how softly it passes from chest to neck to head
_FADE_M = 0.016
_BODIES = {"torso": ["torso_geom_11", "torso_geom_12", "torso_geom_13"], "neck": ["hat_cervical"]}


def neck_core(rest: Rest, land: BoneLandmarks, skull: tuple[str, ...]) -> Bound:
    """Return the core of the neck, from the chest into the head.

    Parameters
    ----------
    rest, land : Rest, BoneLandmarks
        Bones.
    skull : tuple of str
        The head's bones, which carry its upper end.
    """
    low, high = rest.body_position("neck"), rest.body_position("head")
    grid = local_grid(np.stack([low, high]), _WIDTH_M * land.neck.scale, _STEP_M)
    clay = Clay(grid, high, land.neck.scale, symmetric=True)
    # millimetres from the joint below the head: aside, back, up
    clay.add(clay.rod((9, 10, 22), (11, 14, -90), 20, 22), 8)
    # up to the occiput behind, under the trapezius
    clay.add(clay.rod((9, 26, 30), (12, 16, -70), 12, 13), 12)
    clay.add(clay.rod((11, 38, 36), (12, 23, -34), 11, 12), 12)
    # floor of the hollow above the collarbone, from the scalenes out beneath the trapezius
    clay.add(clay.rod((22, 4, -74), (72, -4, -121), 15, 12), 14)
    clay.add(clay.rod((32, -14, -106), (82, -20, -125), 12, 10), 12)
    clay.add(clay.rod((72, -4, -121), (102, 4, -115), 12, 8), 12)
    # windpipe and larynx: a ring of cartilage below, the shield with its prominence above
    clay.add(clay.rod((0, -38, -8), (0, -26, -104), 12, 11), 10)
    clay.add(clay.ellipsoid((0, -44, -58), (12, 10, 8)), 6)
    clay.add(clay.ellipsoid((0, -48, -38), (13, 11, 15)), 8)
    # floor of the mouth
    clay.add(clay.ellipsoid((0, -42, -18), (22, 26, 12)), 12)
    mesh = hull_mesh(clay.level, grid, 0.75, blur=1.0)
    return bind_to_bones(mesh, rest, _BODIES | {"head": list(skull)}, _FADE_M)

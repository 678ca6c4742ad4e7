"""Hands, feet and head as closed volumes of skin.

Bare bones at the ends of the limbs and a skull disturb a class, and finger tendons float. So the
bones there get a calm skin: a padded, closed and smoothed hull, bound to the nearest bones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tools.bake.covering.foot import FOOT, ankle_cut_z, foot_mesh, foot_tendon
from tools.bake.covering.hand import FINGERS, PALM, hand_mesh
from tools.bake.covering.head import SKULL, head_mesh
from tools.bake.covering.hull import bind_to_bones, resampled
from tools.bake.covering.nails import with_finger_nails, with_toe_nails
from tools.bake.flesh.binding import Bound
from tools.bake.geometry.grid import Grid
from tools.bake.muscles.table import MUSCLES
from tools.bake.skeleton.landmarks import BoneLandmarks
from tools.bake.skeleton.rest import Rest
from tools.bake.strands.centrelines import KNOTS, Centrelines

__all__ = ["skin_parts"]

Array = NDArray[np.float64]
Volume = NDArray[np.float32]

# tendons further below the ankle's margin than this run along the sole and the back of the foot
_TENDONS_BELOW_ANKLE_M = 0.088


def _tendon_points(centrelines: Centrelines, skin: str) -> Array:
    """Return points close together along the strands whose tendons run on into a skin."""
    return _strand_points(centrelines, [m.id for m in MUSCLES if m.into_skin == skin])


def _strand_points(centrelines: Centrelines, muscles: Sequence[str]) -> Array:
    """Return points close together along the strands of muscles of the right side."""
    fine = np.linspace(0, KNOTS - 1, 20 * KNOTS)
    lines = centrelines.rest[np.concatenate([centrelines.right[m] for m in muscles])]
    return np.concatenate(
        [
            np.stack([np.interp(fine, np.arange(KNOTS), line[:, c]) for c in range(3)], 1)
            for line in lines
        ]
    )


def _by_body(rest: Rest, bones: tuple[str, ...]) -> dict[str, list[str]]:
    bodies: dict[str, list[str]] = {}
    for name in bones:
        bodies.setdefault(rest.bones[name].body, []).append(name)
    return bodies


def skin_parts(
    rest: Rest, land: BoneLandmarks, centrelines: Centrelines, grid: Grid, distance: Volume
) -> dict[str, Bound]:
    """Return the skin of hand and foot (right side) and head by part id.

    Parameters
    ----------
    rest, land, centrelines : Rest, BoneLandmarks, Centrelines
        Bones and strands.
    grid, distance : Grid, float32 volume
        Signed distance to muscle and bone.
    """

    def flesh(local: Grid) -> Volume:
        return resampled(distance, grid, local)

    hand_tendons = _tendon_points(centrelines, "hand")
    foot_tendons = _tendon_points(centrelines, "foot")
    low = ankle_cut_z(rest) - _TENDONS_BELOW_ANKLE_M
    foot_tendons = foot_tendons[foot_tendons[:, 2] > low]
    achilles = _strand_points(centrelines, ("soleus",))

    hand = hand_mesh(rest, land, hand_tendons, flesh)
    hand_bound = bind_to_bones(hand, rest, _by_body(rest, (*PALM, *FINGERS, "radius_r", "ulna_r")))
    foot = foot_mesh(rest, land, foot_tendons, achilles, flesh)
    foot_bound = bind_to_bones(foot, rest, _by_body(rest, (*FOOT, "r_tibia")))
    foot_bound = replace(foot_bound, tendon=foot_tendon(rest, foot.vertices, achilles))
    return {
        "skin_hand_r": with_finger_nails(hand_bound, rest, land),
        "skin_foot_r": with_toe_nails(foot_bound, rest, land),
        "skin_head": bind_to_bones(head_mesh(rest, land), rest, _by_body(rest, SKULL)),
    }

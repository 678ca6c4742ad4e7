"""Joint capsules of knee and elbow: what closes the gap between two bones and the tendons.

Bare condyles with a patellar ligament in the air look broken. A capsule is the closed hull of the
ends of the bones, drawn in the colour of bone and bound smoothly to both sides of the joint.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from visualizer.anatomy.bake.binding import Bound
from visualizer.anatomy.bake.hull import (
    ball_closed,
    bind_to_bones,
    bone_level,
    half_space,
    hull_mesh,
    local_grid,
)
from visualizer.anatomy.bake.rest import Rest

__all__ = ["capsule_parts"]


@dataclass(frozen=True)
class _Capsule:
    """Bones, heights between which they are covered (metres), and the ball that closes them."""

    part_id: str
    bones: tuple[str, ...]
    low_z: float
    high_z: float
    ball_m: float


_CAPSULES = (
    _Capsule("capsule_knee_r", ("r_femur", "r_tibia", "r_patella"), 0.447, 0.560, 0.022),
    _Capsule("capsule_elbow_r", ("humerus_r", "ulna_r", "radius_r"), 1.155, 1.215, 0.010),
)


def capsule_parts(rest: Rest) -> dict[str, Bound]:
    """Return the capsules of the right side by part id."""
    parts = {}
    for capsule in _CAPSULES:
        bones = [rest.bones[n] for n in capsule.bones]
        points = np.vstack([b.vertices for b in bones])
        within = points[(points[:, 2] > capsule.low_z) & (points[:, 2] < capsule.high_z)]
        grid = local_grid(within, capsule.ball_m + 0.006, 0.0018)
        level = ball_closed(bone_level(grid, bones), grid, capsule.ball_m)
        up = np.array([0.0, 0.0, 1.0])
        level = np.maximum(level, half_space(grid, up * capsule.high_z, up))
        level = np.maximum(level, half_space(grid, up * capsule.low_z, -up))
        bodies: dict[str, list[str]] = {}
        for bone in bones:
            bodies.setdefault(bone.body, []).append(bone.name)
        bound = bind_to_bones(hull_mesh(level, grid, 1.8), rest, bodies, fade_m=0.010)
        bound.tendon[:] = 1.0
        parts[capsule.part_id] = bound
    return parts

"""How much a muscle thickens when it shortens, fitted so that it keeps its volume.

A straight spindle keeps its volume when it scales by λ^−½ across. Fans, bent muscles and those
with long tendons (λ is measured over the whole strand) do not quite; so after binding, the body
is put into poses across the range, and the exponent of each muscle is corrected by the slope of
log volume against log λ.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.bake.centrelines import Centrelines
from visualizer.anatomy.skeleton import Skeleton
from visualizer.anatomy.surface import Body

__all__ = ["volume_keeping_exponents"]

# hip flexion, knee flexion, degrees
_POSES_DEG = ((0, 90), (0, 90), (30, 95), (60, 100), (85, 105), (20, 10), (70, 60))
_LIMITS = (0.15, 1.2)
# muscles that hardly change their length keep the spindle's exponent
_LEAST_CHANGE = 0.02


def volume_keeping_exponents(
    body: Body, skeleton: Skeleton, centrelines: Centrelines
) -> NDArray[np.float32]:
    """Return the corrected exponent per muscle and side, (M,), equal on both sides."""
    exponent = body.strands.exponent.astype(float)
    rest = body.volumes_cm3()
    ratios, volumes = [], []
    for hip, knee in _POSES_DEG:
        angles = dict(body.rest_angles)
        for side in "rl":
            angles[f"hip_flexion_{side}"] = math.radians(hip)
            angles[f"knee_angle_{side}"] = math.radians(knee)
        pose = skeleton.pose(angles)
        _, frames = body.strands.rest_bodies.motion(pose)
        ratios.append(body.strands.length_ratio(body.strands.knots(pose, frames)))
        now = body.volumes_cm3(body.posed(body.frames(pose)))
        volumes.append(
            [now.get(f"{m}_r", 1.0) / rest.get(f"{m}_r", 1.0) for m in centrelines.muscles]
        )
    log_length = np.log(np.array(ratios, float)[:, ::2])
    log_volume = np.log(np.array(volumes))
    square = (log_length**2).sum(0)
    slope = (log_length * log_volume).sum(0) / np.maximum(square, 1e-9)
    slope = np.where(np.abs(log_length).max(0) > _LEAST_CHANGE, slope, 0.0)
    # volume goes with the square of the radial scale
    corrected = np.clip(exponent[::2] + slope / 2, *_LIMITS)
    return np.repeat(corrected, 2).astype(np.float32)

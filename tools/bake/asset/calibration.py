"""How much a muscle thickens when it shortens, fitted so that it keeps its volume.

A straight spindle keeps its volume when it scales by λ^−½ across. Fans, bent muscles and those
with long tendons (λ is measured over the whole strand) do not quite; so after binding, the body
is put into poses along the lifts, and the exponent of each muscle is corrected so that its
largest change of volume becomes as small as it can be.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tools.bake.strands.centrelines import Centrelines
from visualizer.anatomy.skeleton import Skeleton
from visualizer.anatomy.surface import Body

__all__ = ["volume_keeping_exponents"]

Array = NDArray[np.float64]

# Flexion of hip and knee and abduction of the hip, degrees, along the lifts of the variations.
_POSES_DEG = (
    (103, 104, 10), (83, 109, 6), (52, 107, 5), (22, 96, 5), (0, 83, 5),  # with the barbell
    (102, 104, 6), (83, 109, 2), (52, 107, 0), (0, 83, 0), (95, 90, 0),  # on one leg, and the other
    (104, 104, 14), (84, 109, 11), (52, 107, 9), (0, 83, 10),  # with the band
    (54, 114, 0), (43, 111, 0), (27, 104, 0), (0, 88, 0),  # the bridge
)  # fmt: skip
_LIMITS = (0.15, 1.2)
# muscles that hardly change their length keep the spindle's exponent
_LEAST_CHANGE = 0.02
_LEAST_RUN = 1e-6


def volume_keeping_exponents(
    body: Body, skeleton: Skeleton, centrelines: Centrelines
) -> NDArray[np.float32]:
    """Return the corrected exponent per muscle and side, (M,), equal on both sides."""
    exponent = body.strands.exponent.astype(float)
    rest = body.volumes_cm3()
    ratios, volumes = [], []
    for hip, knee, apart in _POSES_DEG:
        angles = dict(body.rest_angles)
        for side in "rl":
            angles[f"hip_flexion_{side}"] = math.radians(hip)
            angles[f"knee_angle_{side}"] = math.radians(knee)
            angles[f"hip_adduction_{side}"] = math.radians(-apart)
        pose = skeleton.pose(angles)
        _, frames = body.strands.rest_bodies.motion(pose)
        ratios.append(body.strands.length_ratio(body.strands.knots(pose, frames)))
        now = body.volumes_cm3(body.posed(body.frames(pose)))
        volumes.append(
            [now.get(f"{m}_r", 1.0) / rest.get(f"{m}_r", 1.0) for m in centrelines.muscles]
        )
    log_length = np.log(np.array(ratios, float)[:, ::2])
    log_volume = np.log(np.array(volumes))
    slope = _steadiest_slope(log_length, log_volume)
    slope = np.where(np.abs(log_length).max(0) > _LEAST_CHANGE, slope, 0.0)
    # volume goes with the square of the radial scale
    corrected = np.clip(exponent[::2] + slope / 2, *_LIMITS)
    return np.repeat(corrected, 2).astype(np.float32)


def _steadiest_slope(log_length: Array, log_volume: Array) -> Array:
    """Return the slope (M,) that leaves the smallest largest deviation of log volume.

    Parameters
    ----------
    log_length, log_volume : (P, M) ndarray
        By pose and muscle, relative to rest.

    Notes
    -----
    The deviations ``log_volume − slope · log_length`` are straight lines over the slope, so the
    least of the largest lies where two of them are equal or opposite.
    """
    one, other = np.triu_indices(len(log_length))
    candidates = []
    for sign in (1.0, -1.0):
        rise = log_volume[one] + sign * log_volume[other]
        run = log_length[one] + sign * log_length[other]
        flat = np.abs(run) < _LEAST_RUN
        candidates.append(np.where(flat, 0.0, rise / np.where(flat, 1.0, run)))
    slope = np.concatenate(candidates)
    worst = np.abs(log_volume - slope[:, None] * log_length).max(1)
    return np.asarray(np.take_along_axis(slope, worst.argmin(0)[None], 0)[0])

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

# What the arms do: holding the bar on the hips or before the thighs, lying on the mat. Flexion,
# adduction and rotation of the shoulder, flexion of the elbow, pronation, degrees.
_ARM_JOINTS = ("arm_flex", "arm_add", "arm_rot", "elbow_flex", "pro_sup")
_BAR_LOW, _BAR_HIGH = (-17, -31, 16, 45, 37), (-4, -34, 35, 36, 47)
_MAT_LOW, _MAT_HIGH = (-13, -15, 5, 18, 80), (-34, -14, 8, 16, 77)
_HANGING, _STANDING = (35, -19, 24, 23, 64), (11, -16, 30, 9, 68)
# Flexion of hip and knee, abduction and inward rotation of the hip, flexion of the ankle (strands
# of the calf end below it), degrees, and the arms, along the lifts of the variations.
_POSES_DEG = (
    # with the barbell
    (103, 104, 10, 1, -34, _BAR_LOW), (83, 109, 6, 3, -19, _BAR_LOW),
    (52, 107, 5, 5, -4, _BAR_HIGH), (22, 96, 5, 4, 2, _BAR_HIGH), (0, 83, 5, 2, 0, _BAR_HIGH),
    # on one leg, and the other
    (102, 104, 6, -1, -33, _BAR_LOW), (83, 109, 2, 1, -18, _BAR_LOW),
    (52, 107, 0, 4, -3, _BAR_HIGH), (0, 83, 0, 3, 0, _BAR_HIGH), (95, 90, 0, 0, -25, _BAR_HIGH),
    # with the band
    (104, 104, 14, 3, -35, _BAR_LOW), (84, 109, 11, 5, -19, _BAR_LOW),
    (52, 107, 9, 7, -4, _BAR_HIGH), (0, 83, 10, 1, 0, _BAR_HIGH),
    # the bridge
    (54, 114, 0, 4, -24, _MAT_LOW), (43, 110.6, -0.5, 4.1, -20.4, _MAT_LOW),
    (27, 104, 0, 4, -17, _MAT_HIGH), (0, 88, 0, 3, -18, _MAT_HIGH),
    # the deadlift
    (99, 25, 6.3, -19.4, -5, _HANGING), (4, 8, 3, -19.4, 4, _STANDING),
)  # fmt: skip
_LIMITS = (0.0, 1.2)
# muscles that hardly change their length keep the spindle's exponent
_LEAST_CHANGE = 0.02
_MOST_SLOPE, _SLOPE_STEP, _LEAST_GAIN = 2.4, 0.001, 1e-5


def volume_keeping_exponents(
    body: Body, skeleton: Skeleton, centrelines: Centrelines
) -> NDArray[np.float32]:
    """Return the corrected exponent per muscle and side, (M,), equal on both sides."""
    exponent = body.strands.exponent.astype(float)
    rest = body.volumes_cm3()
    ratios, volumes = [], []
    for hip, knee, apart, turned, ankle, arm in _POSES_DEG:
        angles = dict(body.rest_angles)
        for side in "rl":
            angles[f"hip_flexion_{side}"] = math.radians(hip)
            angles[f"knee_angle_{side}"] = math.radians(knee)
            angles[f"hip_adduction_{side}"] = math.radians(-apart)
            angles[f"hip_rotation_{side}"] = math.radians(turned)
            angles[f"ankle_angle_{side}"] = math.radians(ankle)
            for joint, angle in zip(_ARM_JOINTS, arm, strict=True):
                angles[f"{joint}_{side}"] = math.radians(angle)
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
    """Return the slope (M,) that leaves the smallest largest change of volume.

    Parameters
    ----------
    log_length, log_volume : (P, M) ndarray
        By pose and muscle, relative to rest.

    Notes
    -----
    What is left is ``exp(log_volume − slope · log_length) − 1``. It is tried for all slopes that
    make a difference, and so counts a loss like a gain.
    """
    best, least = np.zeros(log_length.shape[1]), np.full(log_length.shape[1], np.inf)
    # the one nearest to what there is wins where several are as good
    for slope in sorted(np.arange(-_MOST_SLOPE, _MOST_SLOPE, _SLOPE_STEP).tolist(), key=abs):
        worst = np.abs(np.expm1(log_volume - slope * log_length)).max(0)
        best[worst < least - _LEAST_GAIN] = slope
        least = np.where(worst < least - _LEAST_GAIN, worst, least)
    return best

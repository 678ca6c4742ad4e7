"""How fast the repetition runs: the height of the hips against time, with its derivatives.

Lift and lowering follow the minimum-jerk profile 10 f³ − 15 f⁴ + 6 f⁵ (Flash & Hogan): speed and
acceleration vanish where phases meet.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from visualizer.exercise.repetition import Repetition
from visualizer.exercise.variation import PhaseId

__all__ = ["Timing", "time_grid", "timing"]

Array = NDArray[np.float64]

_STEP_S = 0.02
_LEAST_STEPS = 24


@dataclass(frozen=True)
class Timing:
    """The repetition's progress at some times.

    Attributes
    ----------
    time_s : (N,) ndarray
        Times since the start of the lift, seconds.
    progress : (N,) ndarray
        Height of the hips between bottom (0) and top (1).
    rate_per_s, acceleration_per_s2 : (N,) ndarray
        Its derivatives by time.
    """

    time_s: Array
    progress: Array
    rate_per_s: Array
    acceleration_per_s2: Array


def time_grid(repetition: Repetition) -> Array:
    """Return times (N,) over the repetition: every 20 ms or closer, all ends of phases exact."""
    start, grids = 0.0, []
    for phase in repetition.variation.phases:
        if phase.seconds <= 0:
            continue
        steps = max(_LEAST_STEPS, round(phase.seconds / _STEP_S))
        grids.append(start + np.linspace(0.0, phase.seconds, steps, endpoint=False))
        start += phase.seconds
    return np.concatenate([*grids, [start]])


def timing(repetition: Repetition, time_s: ArrayLike) -> Timing:
    """Return progress and its derivatives at the times ``time_s`` (N,), seconds."""
    times = np.clip(np.asarray(time_s, float), 0.0, repetition.duration_s)
    progress = np.ones_like(times)
    rate, acceleration = np.zeros_like(times), np.zeros_like(times)
    start = 0.0
    for phase in repetition.variation.phases:
        inside = (times >= start) & (times <= start + phase.seconds)
        if phase.id is not PhaseId.HOLD and phase.seconds > 0:
            f = (times[inside] - start) / phase.seconds
            sign = 1.0 if phase.id is PhaseId.LIFT else -1.0
            rise = f**3 * (10 - 15 * f + 6 * f**2)
            progress[inside] = rise if sign > 0 else 1.0 - rise
            rate[inside] = sign * 30 * (f * (1 - f)) ** 2 / phase.seconds
            acceleration[inside] = sign * 60 * f * (1 - f) * (1 - 2 * f) / phase.seconds**2
        start += phase.seconds
    return Timing(times, progress, rate, acceleration)

"""Least sum of squared activations that balances moments, for many moments in time at once.

A primal-dual interior point method: every unit keeps strictly between its bounds, and a Newton
step leads to where the bounds' multipliers times their distances are all equally small. Unmet
moment is allowed at a price, so there is always a solution, beyond a model's strength too. With D
joints a step costs one D × D system per time (Woodbury), whatever the number of units.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["LEAST", "MOST", "least_squares"]

Array = NDArray[np.float64]

LEAST, MOST = 0.01, 1.0
# What a unit of unmet moment, in the strongest unit's moment, costs beside activation squared.
_PRICE = 1e4
_STEPS = 60
_GAP, _LEFT, _TINY = 1e-11, 1e-8, 1e-13
_ALMOST = 0.995


def least_squares(arms: Array, wanted: Array, least: float = LEAST, most: float = MOST) -> Array:
    """Return the activations (N, M) that minimise their squares' sum plus the price of unmet.

    Parameters
    ----------
    arms : (N, D, M) ndarray
        Moment of each unit at full activation, about each of D joints.
    wanted : (N, D) ndarray
        Moment that the active forces have to supply.
    least, most : float
        Bounds of every activation.
    """
    largest = np.abs(arms).max(axis=2)
    largest = np.where(largest > 1e-9, largest, 1.0)  # a joint that no unit moves
    rows, target = arms / largest[..., None], wanted / largest
    across = rows.transpose(0, 2, 1)
    count, joints, units = rows.shape
    x = np.full((count, units), (least + most) / 2)
    low, high = np.ones_like(x), np.ones_like(x)  # the bounds' multipliers
    identity = np.eye(joints) / (2 * _PRICE)
    for _ in range(_STEPS):
        # a distance that rounding has taken still is one
        above, below = np.maximum(x - least, _TINY), np.maximum(most - x, _TINY)
        gap = (above * low + below * high).mean(axis=1, keepdims=True) / 2
        unmet = np.einsum("ndm,nm->nd", rows, x) - target
        slope = 2 * x + 2 * _PRICE * np.einsum("ndm,nd->nm", rows, unmet)
        open_ = (gap[:, 0] > _GAP) | (np.abs(slope - low + high).max(axis=1) > _LEFT)
        if not open_.any():
            break
        # towards the gap's square: careful at first, quickly once it is small
        aim = gap * np.clip(gap, 1e-3, 0.2)
        wanted_low, wanted_high = aim / above, aim / below
        diagonal = 2.0 + low / above + high / below
        right = -(slope - wanted_low + wanted_high)
        eased = right / diagonal
        system = identity + np.einsum("ndm,nm,nem->nde", rows, 1.0 / diagonal, rows)
        inner = np.linalg.solve(system, np.einsum("ndm,nm->nd", rows, eased)[..., None])
        step = eased - (across @ inner)[..., 0] / diagonal
        step_low = wanted_low - low - low / above * step
        step_high = wanted_high - high + high / below * step
        length = _far([(above, step), (below, -step), (low, step_low), (high, step_high)])
        length[~open_] = 0.0
        x, low, high = x + length * step, low + length * step_low, high + length * step_high
    return np.asarray(np.clip(x, least, most))


def _far(pairs: list[tuple[Array, Array]]) -> Array:
    """Return how far (N, 1) each time may go along its step with everything above zero."""
    ratios = [
        np.where(step < 0, -value / np.where(step < 0, step, -1.0), np.inf).min(axis=1)
        for value, step in pairs
    ]
    return np.asarray(np.minimum(1.0, _ALMOST * np.min(ratios, axis=0))[:, None])

"""Least sum of squared activations that balances moments, for many moments in time at once.

Unmet moment is allowed at a price, so there is always a solution, beyond a model's strength too.
With D joints a solution is known by D prices alone: what a little more moment of each would cost.
Every activation follows from them, and Newton's method finds them in a few steps that cost one
D × D system per time, whatever the number of units; but only from nearby. Far from them it may
circle. So there are two ways to get near:

* the prices of a similar problem, such as the last load of a slider;
* an interior point method (predictor and corrector of Mehrotra 1992, doi 10.1137/0802028): every
  unit keeps strictly between its bounds, and steps lead to where the bounds' multipliers times
  their distances are all equally small.

The result is the same from wherever it starts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["LEAST", "MOST", "Solution", "least_squares"]

Array = NDArray[np.float64]

LEAST, MOST = 0.01, 1.0
# What a unit of unmet moment, in the strongest unit's moment, costs beside activation squared.
_PRICE = 1e4
# How small multipliers times distances are before Newton's method is tried, again where it fails.
_GAPS = (1e-6, 1e-11)
_INNER_STEPS, _STEPS, _TRIALS = 60, 8, 8
_LEFT, _TINY = 1e-11, 1e-13
_ALMOST = 0.995
# A step is short enough when the slope at its end is at most this much of that at its start.
_STEEP = 0.5


@dataclass(frozen=True)
class Solution:
    """What balances the moments of N times.

    Attributes
    ----------
    activations : (N, M) ndarray
        Of the M units.
    prices : (N, D) ndarray
        What a little more of each moment costs, in terms of the strongest unit's moment; a start
        for a similar problem.
    """

    activations: Array
    prices: Array


@dataclass(frozen=True)
class _Problem:
    """Moments of the units, (D, M, N), and those asked for, (D, N), in the strongest unit's."""

    rows: Array
    target: Array
    least: float
    most: float

    def at(self, times: NDArray[np.bool_]) -> _Problem:
        return _Problem(self.rows[..., times], self.target[:, times], self.least, self.most)

    def pairs(self) -> Array:
        """Products of two joints' rows, (D (D + 1) / 2, M, N), as :func:`_solved` has them."""
        joints = range(len(self.rows))
        return np.array([self.rows[i] * self.rows[j] for i in joints for j in range(i + 1)])

    def moment(self, activations: Array) -> Array:
        return np.asarray(np.einsum("dmn,mn->dn", self.rows, activations))

    def across(self, by_joint: Array) -> Array:
        return np.asarray(np.einsum("dmn,dn->mn", self.rows, by_joint))


def least_squares(
    arms: Array,
    wanted: Array,
    least: float = LEAST,
    most: float = MOST,
    prices: Array | None = None,
) -> Solution:
    """Return the activations that minimise their squares' sum plus the price of unmet.

    Parameters
    ----------
    arms : (N, D, M) ndarray
        Moment of each unit at full activation, about each of D joints.
    wanted : (N, D) ndarray
        Moment that the active forces have to supply.
    least, most : float
        Bounds of every activation.
    prices : (N, D) ndarray, optional
        Those of a similar problem: quicker, not another result.
    """
    largest = np.abs(arms).max(axis=2)
    largest = np.where(largest > 1e-9, largest, 1.0)  # a joint that no unit moves
    rows = np.ascontiguousarray((arms / largest[..., None]).transpose(1, 2, 0))
    problem = _Problem(rows, np.ascontiguousarray((wanted / largest).T), least, most)
    count = rows.shape[2]
    activations, found = np.zeros(rows.shape[1:]), np.zeros_like(problem.target)
    todo = np.ones(count, dtype=bool)
    if prices is not None:
        activations, found, todo = _newton(problem, prices.T)
    for gap in _GAPS:
        if not todo.any():
            break
        part = problem.at(todo)
        inside = _inside(part, gap)
        near = 2 * _PRICE * (part.target - part.moment(inside))
        outcome, found[:, todo], left = _newton(part, near)
        # where a step would lead away, what is almost the solution stays
        activations[:, todo] = np.where(left, inside, outcome)
        todo[todo] = left
    return Solution(np.ascontiguousarray(activations.T), np.ascontiguousarray(found.T))


def _newton(problem: _Problem, prices: Array) -> tuple[Array, Array, NDArray[np.bool_]]:
    """Return activations (M, N) and prices (D, N) from prices nearby, and where they are none yet.

    The prices are where a convex function, quadratic in pieces, is least. Steps go along Newton's
    direction, no further than to where it has become much flatter.
    """
    half_pairs = problem.pairs() / 2
    enough = _LEFT * (1 + np.abs(problem.target).max(axis=0))

    def slope(prices: Array) -> tuple[Array, NDArray[np.bool_], Array]:
        free = problem.across(prices) / 2
        x = np.clip(free, problem.least, problem.most)
        return x, x == free, problem.moment(x) + prices / (2 * _PRICE) - problem.target

    x, free, uphill = slope(prices)
    left = np.abs(uphill).max(axis=0) > enough
    for _ in range(_STEPS):
        if not left.any():
            break
        system = np.einsum("pmn,mn->pn", half_pairs, free.astype(np.float64))
        step = _solved(system, -uphill) * left
        start = -(uphill * step).sum(axis=0)
        length = np.ones_like(start)
        for _ in range(_TRIALS):
            x, free, uphill = slope(prices + length * step)
            end = (uphill * step).sum(axis=0)
            over = end > _STEEP * start
            if not over.any():
                break
            shorter = start / np.where(over, start + end, 1.0)
            length = np.where(over, length * np.clip(shorter, 0.02, 0.9), length)
        prices = prices + length * step
        left = np.abs(uphill).max(axis=0) > enough
    return x, prices, left


def _inside(problem: _Problem, least_gap: float) -> Array:
    """Return activations (M, N) strictly between the bounds, almost at the solution."""
    least, most, units = problem.least, problem.most, problem.rows.shape[1]
    pairs = problem.pairs()
    x = np.full(problem.rows.shape[1:], (least + most) / 2)
    # the bounds' multipliers: as large as what they have to hold
    holding = np.abs(2 * x - problem.across(2 * _PRICE * (problem.target - problem.moment(x))))
    low = np.ones_like(x) * np.maximum(1.0, holding.max(axis=0))
    high = low.copy()

    def mean_gap(above: Array, below: Array, low: Array, high: Array) -> Array:
        both = np.einsum("mn,mn->n", above, low) + np.einsum("mn,mn->n", below, high)
        return np.asarray(both / (2 * units))

    for _ in range(_INNER_STEPS):
        # a distance that rounding has taken still is one
        above, below = np.maximum(x - least, _TINY), np.maximum(most - x, _TINY)
        gap = mean_gap(above, below, low, high)
        if (gap <= least_gap).all():
            break
        per_low, per_high = low / above, high / below
        spread = 1.0 / (2.0 + per_low + per_high)
        system = np.einsum("pmn,mn->pn", pairs, spread)
        unmet = problem.moment(x) - problem.target
        downhill = -2 * x - problem.across(2 * _PRICE * unmet)

        def steps(pull_low: Array | float, pull_high: Array | float) -> tuple[Array, Array, Array]:
            eased = (downhill + pull_low - pull_high) * spread  # noqa: B023 - called at once
            inner = _solved(system, problem.moment(eased))  # noqa: B023
            step = eased - problem.across(inner) * spread  # noqa: B023
            return step, pull_low - low - per_low * step, pull_high - high + per_high * step  # noqa: B023

        # straight at the solution: how far that goes says how small a gap to aim at
        step, step_low, step_high = steps(0.0, 0.0)
        distances = (above, below, low, high)
        length = _far(distances, (step, -step, step_low, step_high), 1.0)
        there = mean_gap(
            above + length * step,
            below - length * step,
            low + length * step_low,
            high + length * step_high,
        )
        aim = gap * np.clip((there / gap) ** 3, 1e-6, 1.0)
        step, step_low, step_high = steps(
            (aim - step * step_low) / above, (aim + step * step_high) / below
        )
        length = _far(distances, (step, -step, step_low, step_high), _ALMOST)
        x, low, high = x + length * step, low + length * step_low, high + length * step_high
    return x


def _far(values: tuple[Array, ...], steps: tuple[Array, ...], almost: float) -> Array:
    """Return how far (N,) each time may go along its steps with every value above zero."""
    fastest = np.max([(-s / v).max(axis=0) for v, s in zip(values, steps, strict=True)], axis=0)
    return np.asarray(np.minimum(1.0, almost / np.maximum(fastest, _TINY)))


def _solved(system: Array, right: Array) -> Array:
    """Solve the D × D systems of N times by Cholesky's method, all times at each step.

    Parameters
    ----------
    system : (D (D + 1) / 2, N) ndarray
        Lower triangles, row by row; the price of unmet moment is added to their diagonals.
    right : (D, N) ndarray
        Right sides.
    """
    joints = range(len(right))
    lower: dict[tuple[int, int], Array] = {}
    entries = iter(system)
    for i in joints:
        for j in range(i + 1):
            value = next(entries) - sum(lower[i, m] * lower[j, m] for m in range(j))
            if i == j:
                lower[i, i] = np.sqrt(value + 1 / (2 * _PRICE))
            else:
                lower[i, j] = value / lower[j, j]
    found = np.empty_like(right)
    for i in joints:
        found[i] = (right[i] - sum(lower[i, m] * found[m] for m in range(i))) / lower[i, i]
    for i in reversed(joints):
        later = sum(lower[m, i] * found[m] for m in joints[i + 1 :])
        found[i] = (found[i] - later) / lower[i, i]
    return found

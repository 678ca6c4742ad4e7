"""The solver against the only minimum: all ways to lie at bounds, and the conditions of a minimum."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from visualizer.effort.solver import LEAST, MOST, least_squares

PRICE = 1e4
Array = NDArray[np.float64]


def by_trying(arms: Array, wanted: Array) -> Array:
    """Bounded least squares of one time: each way that units may lie at their bounds is solved."""
    largest = np.abs(arms).max(axis=1)
    largest = np.where(largest > 0, largest, 1.0)
    rows, target = arms / largest[:, None], wanted / largest
    hessian, pull = np.eye(rows.shape[1]) + PRICE * rows.T @ rows, PRICE * rows.T @ target
    best, least = np.zeros(rows.shape[1]), np.inf
    for places in product((None, LEAST, MOST), repeat=rows.shape[1]):
        free = np.array([p is None for p in places])
        x = np.array([0.0 if p is None else p for p in places])
        if free.any():
            right = pull[free] - hessian[np.ix_(free, ~free)] @ x[~free]
            x[free] = np.linalg.solve(hessian[np.ix_(free, free)], right)
        inside = (x >= LEAST - 1e-9).all() and (x <= MOST + 1e-9).all()
        cost = x @ x + PRICE * ((rows @ x - target) ** 2).sum()
        if inside and cost < least:
            best, least = x, cost
    return best


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([0.3, 3.0, 30.0]), st.booleans())
def test_it_finds_the_minimum(seed: int, demand: float, degenerate: bool) -> None:
    chance = np.random.default_rng(seed)
    arms = chance.normal(size=(3, 2, 4)) * 50
    if degenerate:  # two units alike, one without effect, a joint that no unit moves
        arms[:, :, 1], arms[:, :, 2], arms[0, 1] = arms[:, :, 0], 0.0, 0.0
    wanted = chance.normal(size=(3, 2)) * 50 * demand
    found = least_squares(arms, wanted)
    expected = [by_trying(a, w) for a, w in zip(arms, wanted, strict=True)]
    np.testing.assert_allclose(found.activations, expected, atol=1e-4)
    # from the solution of another problem, near or far, it is the same
    other = least_squares(arms, wanted * chance.choice([1.02, -1.0, 50.0]))
    again = least_squares(arms, wanted, prices=other.prices)
    np.testing.assert_allclose(again.activations, found.activations, atol=1e-6)


@settings(max_examples=15, deadline=None)
@given(
    st.integers(0, 2**32 - 1),
    st.integers(1, 5),
    st.integers(2, 42),
    st.sampled_from([0.01, 0.3, 3.0, 30.0, 1000.0]),
)
def test_many_units_satisfy_the_conditions_of_a_minimum(
    seed: int, joints: int, count: int, demand: float
) -> None:
    chance = np.random.default_rng(seed)
    arms = chance.normal(size=(20, joints, count)) * 50 * chance.random(count) ** 3
    wanted = chance.normal(size=(20, joints)) * 50 * demand
    found = least_squares(arms, wanted).activations
    largest = np.abs(arms).max(axis=2)
    rows, target = arms / largest[..., None], wanted / largest
    unmet = np.einsum("ndm,nm->nd", rows, found) - target
    uphill = found + PRICE * np.einsum("ndm,nd->nm", rows, unmet)
    # no activation could move downhill without leaving its bounds; the price enlarges what unmet
    # moment is rounded by
    step = np.clip(found - uphill, LEAST, MOST) - found
    assert np.abs(step).max() <= 1e-6 * (1 + np.abs(target).max())

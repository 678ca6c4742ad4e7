"""Roots of problems that lie close together."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from visualizer.lifts.newton import Newton

Array = NDArray[np.float64]


class Circle:
    """Where a line of some slope from the origin meets a circle; counts how often it is asked."""

    def __init__(self, slope: float, radius: float = 1.0) -> None:
        self.slope, self.radius, self.asked = slope, radius, 0

    def __call__(self, x: Array) -> Array:
        self.asked += 1
        return np.array([x[0] ** 2 + x[1] ** 2 - self.radius**2, x[1] - self.slope * x[0]])


def test_the_root_is_as_near_as_asked() -> None:
    found = Newton(1e-12).solve(Circle(1.0), np.array([1.0, 0.0]))
    assert found == pytest.approx(np.sqrt([0.5, 0.5]), abs=1e-11)


class Chain:
    """Eight unknowns, each bound to its neighbour; counts how often it is asked."""

    def __init__(self, pull: float) -> None:
        self.pull, self.asked = pull, 0

    def __call__(self, x: Array) -> Array:
        self.asked += 1
        return np.asarray(x + 0.2 * np.sin(np.roll(x, 1)) - self.pull)


def test_the_next_problem_needs_no_derivatives_of_its_own() -> None:
    newton, asked, anew = Newton(1e-10), 0, 0
    x: Array | None = np.zeros(8)
    for pull in np.linspace(0.0, 1.0, 40):
        problem, same = Chain(float(pull)), Chain(float(pull))
        assert x is not None
        start, x = x, newton.solve(problem, x)
        Newton(1e-10).solve(same, start)
        asked, anew = asked + problem.asked, anew + same.asked
    assert x is not None
    assert np.abs(Chain(1.0)(x)).max() < 1e-10
    assert asked < 0.6 * anew


def test_a_problem_far_from_the_one_before_is_solved_as_well() -> None:
    newton = Newton(1e-10)
    newton.solve(Circle(0.0), np.array([1.0, 0.0]))
    found = newton.solve(Circle(-2.0, 3.0), np.array([1.0, 1.0]))
    assert found is not None
    assert np.abs(Circle(-2.0, 3.0)(found)).max() < 1e-10


def test_what_has_no_root_is_given_up() -> None:
    assert Newton(1e-10).solve(lambda x: x**2 + 1.0, np.array([0.3])) is None


def test_an_unknown_that_changes_nothing_does_no_harm() -> None:
    found = Newton(1e-10).solve(lambda x: np.array([x[0] - 0.2, 0.0]), np.array([0.0, 5.0]))
    assert found == pytest.approx([0.2, 5.0])

"""Roots of a few equations, found for one problem after another that lie close together.

A lift is solved at a hundred places along its way. Derivatives by differences cost as many
residuals as there are unknowns, and from one place to the next they hardly change. So they are
kept, brought up to date by what every step shows (Broyden 1965, the "good" update of rank one), and
taken anew only where a step does not bring the residual down as it should.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

__all__ = ["Newton"]

Array = NDArray[np.float64]

_DIFFERENCE = 1e-6
# A step with kept derivatives must bring the residual down at least to this share.
_SHARE = 0.25
# A trust region: far from the solution the angles overshoot.
_LONGEST_STEP = 0.35
_MOST_STEPS = 50


class Newton:
    """Solves ``residual(x) = 0`` for one problem after another.

    Parameters
    ----------
    tolerance : float
        The largest residual that counts as zero.
    """

    def __init__(self, tolerance: float) -> None:
        self._tolerance = tolerance
        self._kept: Array | None = None

    def solve(self, residual: Callable[[Array], Array], start: Array) -> Array | None:
        """Return the solution (N,) next to ``start`` (N,), None where there is none.

        Parameters
        ----------
        residual : callable
            Takes (N,) and returns (N,); close to that of the problem before.
        start : (N,) ndarray
            Where to begin.
        """
        x = start.copy()
        r = residual(x)
        jacobian, fresh = self._kept, False
        for _ in range(_MOST_STEPS):
            size = float(np.abs(r).max())
            if size < self._tolerance:
                self._kept = jacobian
                return x
            if jacobian is None:
                moved = x + _DIFFERENCE * np.eye(len(x))
                jacobian = np.array([(residual(m) - r) / _DIFFERENCE for m in moved]).T
                fresh = True
            step = self._step(jacobian, r)
            step *= min(1.0, _LONGEST_STEP / max(float(np.abs(step).max()), 1e-12))
            there = residual(x + step)
            if not fresh and not float(np.abs(there).max()) < _SHARE * size:
                jacobian = None
                continue
            jacobian = jacobian + np.outer(there - r - jacobian @ step, step) / (step @ step)
            x, r, fresh = x + step, there, False
        return None

    @staticmethod
    def _step(jacobian: Array, r: Array) -> Array:
        try:
            return np.asarray(np.linalg.solve(jacobian, -r))
        except np.linalg.LinAlgError:  # some unknown changes nothing here
            return np.asarray(np.linalg.lstsq(jacobian, -r, rcond=1e-10)[0])

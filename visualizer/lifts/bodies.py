"""The rigid bodies of a lift in the side view: segments and bar, how they lie and accelerate.

Vectors are (y, z): y as in the world, z up. Moments are about x, positive from y to z.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.polynomial import chebyshev
from numpy.typing import NDArray

from visualizer.anatomy.body_model import BodyModel
from visualizer.lifts.loads import Load
from visualizer.lifts.motion import Motion
from visualizer.lifts.schedule import Profile
from visualizer.lifts.segments import FIGURES

__all__ = ["Bodies", "MovingBodies", "follow", "moving_bodies"]

Array = NDArray[np.float64]

# Follows the legs within 0.01 mm and everything else within 1.3 mm; more would carry the kinks of
# the hands' path and of the bar's seat into the accelerations.
_DEGREE = 8
# Of how many loads and times the moving bodies are kept.
_KEPT = 2


@dataclass(frozen=True)
class Bodies:
    """Rigid bodies in the plane at N instants.

    Attributes
    ----------
    mass_kg, inertia_kg_m2 : (M,) ndarray
        Mass, and moment of inertia about the centre of mass.
    centre_m : (M, N, 2) ndarray
        Centres of mass.
    acceleration_m_per_s2 : (M, N, 2) ndarray
        Their accelerations.
    turning_rad_per_s2 : (M, N) ndarray
        Angular accelerations.
    """

    mass_kg: Array
    inertia_kg_m2: Array
    centre_m: Array
    acceleration_m_per_s2: Array
    turning_rad_per_s2: Array

    def demand(self, pivot_m: Array, gravity: float) -> tuple[Array, Array]:
        """Return what outside forces must supply: force (N, 2), moment about ``pivot_m`` (N,)."""
        mass = self.mass_kg[:, None, None]
        force = mass * (self.acceleration_m_per_s2 + np.array([0.0, gravity]))
        arm = self.centre_m - pivot_m
        moment = arm[..., 0] * force[..., 1] - arm[..., 1] * force[..., 0]
        moment = moment + self.inertia_kg_m2[:, None] * self.turning_rad_per_s2
        return force.sum(0), moment.sum(0)

    def only(self, which: list[int]) -> Bodies:
        """Return some of the bodies."""
        return Bodies(
            self.mass_kg[which],
            self.inertia_kg_m2[which],
            self.centre_m[which],
            self.acceleration_m_per_s2[which],
            self.turning_rad_per_s2[which],
        )


def moving_bodies(
    body: BodyModel,
    segments: Mapping[str, tuple[Array, Array]],
    motion: Motion,
    load: Load,
    at: Profile,
) -> tuple[Bodies, dict[str, int]]:
    """Return all segments and the bar at some times, and where each stands, by name.

    Parameters
    ----------
    body : BodyModel
        The body that moves.
    segments : mapping of str to tuple of ndarray
        The ends of its segments over the motion, see
        :func:`visualizer.lifts.segments.segment_paths`.
    motion : Motion
        The path, with the bar's.
    load : Load
        Masses and size.
    at : Profile
        The times.
    """
    figures, scale = FIGURES[load.build or body.build], load.scale_of(body)
    mass: list[float] = []
    inertia: list[float] = []
    samples: list[Array] = []
    names: dict[str, int] = {}
    for name, (start, end) in segments.items():
        figure = figures[name.removesuffix("_r").removesuffix("_l")]
        axis = (end - start)[:, 1:] * scale
        length = float(np.mean(np.linalg.norm(end - start, axis=1))) * scale
        names[name] = len(mass)
        mass.append(figure.mass * load.body_mass_kg)
        inertia.append(mass[-1] * (figure.gyration * length) ** 2)
        centre = (start[:, 1:] + figure.centre * (end - start)[:, 1:]) * scale
        angle = np.unwrap(np.arctan2(axis[:, 1], axis[:, 0]))
        samples.append(np.column_stack([centre, angle]))
    names["bar"] = len(mass)
    mass.append(load.bar_kg)
    inertia.append(0.0)
    bar = motion.bar_position_m[:, 1:] * scale
    samples.append(np.column_stack([bar, np.zeros(len(bar))]))
    position, acceleration = follow(np.array(samples), at)
    bodies = Bodies(
        np.array(mass),
        np.array(inertia),
        position[..., :2],
        acceleration[..., :2],
        acceleration[..., 2],
    )
    return bodies, names


_Moved = tuple[Load, Profile, tuple[Bodies, dict[str, int]]]


class MovingBodies:
    """Segments and bar of a motion, under one load after another.

    A bar of another mass moves as the one before did: only its mass is another, as in each step of
    a slider. Curves and estimated effort ask by turns, each for times of its own.

    Parameters
    ----------
    body : BodyModel
        The body that moves.
    segments : mapping of str to tuple of ndarray
        The ends of its segments over the motion.
    motion : Motion
        The path, with the bar's.
    """

    def __init__(
        self, body: BodyModel, segments: Mapping[str, tuple[Array, Array]], motion: Motion
    ) -> None:
        self._body, self._segments, self._motion = body, segments, motion
        # the newest first; any thread may ask
        self._known: tuple[_Moved, ...] = ()

    def of(self, load: Load, at: Profile) -> tuple[Bodies, dict[str, int]]:
        """Return what :func:`moving_bodies` does for a load at some times."""
        bare = replace(load, bar_kg=0.0)
        found = next((k for k in self._known if k[0] == bare and k[1] is at), None)
        if found is None:
            made = moving_bodies(self._body, self._segments, self._motion, bare, at)
            found = bare, at, made
            self._known = (found, *self._known)[:_KEPT]
        bodies, names = found[2]
        mass_kg = bodies.mass_kg.copy()
        mass_kg[names["bar"]] = load.bar_kg
        return replace(bodies, mass_kg=mass_kg), names


def follow(samples: Array, at: Profile) -> tuple[Array, Array]:
    """Return positions and accelerations (M, N, K) of quantities sampled (M, S, K) over progress.

    Second derivatives of interpolated samples would be noise, so each quantity is a polynomial.
    """
    count, size, width = samples.shape
    coefficients = _fitting(size) @ samples.transpose(1, 0, 2).reshape(size, count * width)
    here = chebyshev.chebvander(2 * at.progress - 1, _DEGREE)

    def value(order: int) -> Array:
        # progress is half as long as where the polynomials live
        y = here @ np.linalg.matrix_power(2.0 * _slopes(), order) @ coefficients
        return np.asarray(y.reshape(-1, count, width).transpose(1, 0, 2))

    rate, rise = at.rate_per_s[None, :, None], at.acceleration_per_s2[None, :, None]
    return value(0), value(2) * rate**2 + value(1) * rise


@cache
def _fitting(size: int) -> Array:
    """Return the matrix that turns ``size`` even samples into the nearest polynomial, (K, size)."""
    return np.asarray(np.linalg.pinv(chebyshev.chebvander(np.linspace(-1.0, 1.0, size), _DEGREE)))


@cache
def _slopes() -> Array:
    """Return the matrix that turns a polynomial into its derivative, (K, K)."""
    slopes = chebyshev.chebder(np.eye(_DEGREE + 1))
    return np.vstack([slopes, np.zeros(_DEGREE + 1)])

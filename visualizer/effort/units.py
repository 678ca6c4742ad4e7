"""What muscle-tendon units of the leg can do: their parameters, fibre lengths and multipliers.

Fibre parameters are those of a published model made for deep hip and knee flexion,
RajagopalLaiUhlrich2023 (Rajagopal et al. 2016, doi 10.1109/TBME.2016.2586891; Lai et al. 2017, doi
10.1007/s10439-017-1920-7; Uhlrich et al. 2022, doi 10.1038/s41598-022-13386-9); the curves are
those of Millard et al. 2013, doi 10.1115/1.4023390. Only numbers are taken: ``effort_units.csv``,
``effort_curves.csv``.

Our skeleton's paths differ from that model's by nearly constant lengths (up to 27 mm). So each
tendon's slack length is moved by the mean difference over nine poses, from a deeply bent to a
straight hip, for which ``effort_lengths.csv`` has the lengths of that model: fibre lengths then
follow it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.muscle import Side
from visualizer.anatomy.skeleton import Skeleton
from visualizer.effort.knee import KneeCorrection
from visualizer.effort.tables import angles_of, rows_of

__all__ = ["Units", "units_of"]

Array = NDArray[np.float64]

# All units may shorten by this many optimal lengths per second.
_FASTEST_PER_S = 10.0
# The fibres' largest pennation, where their tendon would be slack.
_STEEPEST_RAD = 1.4706289
# Strains between which the table of passive force was made.
_TABLE_STRAIN = 0.7


@cache
def _curve(name: str) -> tuple[Array, Array]:
    rows = [row for row in rows_of("effort_curves.csv") if row["curve"] == name]
    return (
        np.array([float(row["at"]) for row in rows]),
        np.array([float(row["multiplier"]) for row in rows]),
    )


@dataclass(frozen=True)
class Units:
    """The units of one leg; arrays are (M,), one value per unit.

    Attributes
    ----------
    names : tuple of str
        With the side's suffix, as in the skeleton.
    strength_n : ndarray
        Largest isometric force.
    optimal_m : ndarray
        Optimal fibre length.
    slack_m : ndarray
        Tendon slack length, for our skeleton's paths.
    pennation_rad : ndarray
        At optimal fibre length.
    strain_zero, strain_one : ndarray
        Strains of the fibres at which passive force begins, and at which it equals the strength.
    knee : KneeCorrection
        What has to be added to our skeleton's knee arms and lengths.
    """

    names: tuple[str, ...]
    strength_n: Array
    optimal_m: Array
    slack_m: Array
    pennation_rad: Array
    strain_zero: Array
    strain_one: Array
    knee: KneeCorrection

    def forces(self, length_m: Array, speed_m_per_s: Array) -> tuple[Array, Array]:
        """Return the force along the tendon at full activation, and the passive force, (N, M), N.

        Tendons are rigid and the fibres' thickness is constant.

        Parameters
        ----------
        length_m, speed_m_per_s : (N, M) ndarray
            Muscle-tendon lengths, and how fast they grow.
        """
        fibre, cosine = self.fibres(length_m)
        speed = speed_m_per_s * cosine / (self.optimal_m * _FASTEST_PER_S)
        strain = (fibre - 1.0 - self.strain_zero) / (self.strain_one - self.strain_zero)
        at, multiplier = _curve("passive_force_length")
        passive = np.interp(1.0 + strain * _TABLE_STRAIN, at, multiplier)
        active = np.interp(fibre, *_curve("active_force_length"))
        velocity = np.interp(speed, *_curve("force_velocity"))
        along = self.strength_n * cosine
        return along * active * velocity, along * passive

    def fibres(self, length_m: Array) -> tuple[Array, Array]:
        """Return fibre lengths in optimal lengths and the cosine of pennation, (N, M) each."""
        thickness = self.optimal_m * np.sin(self.pennation_rad)
        along = np.maximum(length_m - self.slack_m, thickness / math.tan(_STEEPEST_RAD) + 1e-6)
        fibre = np.hypot(along, thickness)
        return fibre / self.optimal_m, along / fibre


def units_of(skeleton: Skeleton, side: Side) -> Units:
    """Return the units of a leg, with tendons that fit the skeleton's paths.

    Parameters
    ----------
    skeleton : Skeleton
        Whose paths they run along.
    side : Side
        Which leg; both legs are alike.
    """
    rows = rows_of("effort_units.csv")

    def column(key: str) -> Array:
        return np.array([float(row[key]) for row in rows])

    bare = [row["unit"] for row in rows]
    knee = KneeCorrection(skeleton, bare)
    return Units(
        names=tuple(name + side.suffix for name in bare),
        strength_n=column("max_isometric_force_n"),
        optimal_m=column("optimal_fiber_length_m"),
        slack_m=column("tendon_slack_length_m") + _longer_m(skeleton, bare, knee),
        pennation_rad=column("pennation_at_optimal_rad"),
        strain_zero=column("passive_strain_at_zero_force"),
        strain_one=column("passive_strain_at_one_norm_force"),
        knee=knee,
    )


def _longer_m(skeleton: Skeleton, bare: Sequence[str], knee: KneeCorrection) -> Array:
    """Return by how much our units are longer than the published model's, (M,) metres."""
    suffix = Side.RIGHT.suffix
    which = [skeleton.tendon(name + suffix) for name in bare]
    differences = []
    for row in rows_of("effort_lengths.csv"):
        angles = angles_of(row, suffix)
        corrected = knee.lengths_m(np.array([angles["knee_angle" + suffix]]))[0]
        ours = skeleton.pose(angles).tendon_length_m[which] + corrected
        differences.append(ours - np.array([float(row[name]) for name in bare]))
    return np.asarray(np.mean(differences, axis=0))

"""Net joint moments for a load that the user sets: what every lift's mechanics give.

Computed, never measured: :data:`ASSUMPTIONS` and each lift's own say what is assumed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from visualizer.lifts.loads import Load
from visualizer.lifts.schedule import PhaseSchedule, Profile
from visualizer.lifts.vocabulary import PhaseId
from visualizer.texts import N_

__all__ = ["ASSUMPTIONS", "Dynamics", "FrictionEnd", "Interval", "JointMoments", "Peak"]

Array = NDArray[np.float64]

# Of all lifts; each adds its own.
ASSUMPTIONS: tuple[str, ...] = (
    N_("Moments are computed by inverse dynamics of our own motion; nothing of them is measured."),
    N_(
        "The body is a chain of rigid segments in the side view: head, trunk with pelvis, arms, "
        "thighs, shanks, feet. Their masses, centres of mass and moments of inertia are those of "
        "de Leva 1996 (young men or women), scaled by body mass and by the length of our model's "
        "segments."
    ),
    N_("The spine is rigid and neutral; no moment is computed within the trunk."),
    N_("Another stature scales body, bench and travel alike."),
    N_(
        "Both legs share the load equally; with one leg on the floor the other is carried as held. "
        "Moments are given per leg."
    ),
    N_("The moments are net: muscles that work against each other add force, not moment."),
)


@dataclass(frozen=True)
class Interval:
    """The least and the largest value, (N,) each."""

    low: Array
    high: Array


@dataclass(frozen=True)
class FrictionEnd:
    """Moments and floor force that belong to one and the same horizontal force, (N,) each.

    Attributes
    ----------
    foot_forward_n, foot_up_n : ndarray
        Floor on all working feet together.
    pressure_y_m : ndarray
        Place of the centre of pressure along the floor, y in the world.
    hip_nm, knee_nm : ndarray
        Net moments, extensor positive; the ankle's is zero.
    """

    foot_forward_n: Array
    foot_up_n: Array
    pressure_y_m: Array
    hip_nm: Array
    knee_nm: Array


@dataclass(frozen=True)
class Peak:
    """The largest value of a moment.

    Attributes
    ----------
    value_nm : float
        Per leg, extensor positive.
    per_kg : float
        The same per kilogram of body mass.
    time_s : float
        When.
    phase : PhaseId
        In which phase.
    fraction : float
        How much of the phase has passed.
    hip_flexion_rad : float
        Hip flexion at that time.
    """

    value_nm: float
    per_kg: float
    time_s: float
    phase: PhaseId
    fraction: float
    hip_flexion_rad: float


@dataclass(frozen=True)
class JointMoments:
    """What :class:`Dynamics` gives for a load: moments per leg over the repetition.

    Arrays are (N,), one value per time. Hip and knee moments are positive when extensor, the ankle
    moment when plantar flexor, the hip abduction moment when abductor.

    Attributes
    ----------
    load : Load
        What it was computed for.
    legs : int
        1 or 2 feet on the floor.
    schedule : PhaseSchedule
        The phases on the clock.
    time_s, progress : ndarray
        Times and the height of the hips (0 … 1).
    hip_flexion_rad : ndarray
        Hip flexion of the working leg.
    hip_nm, knee_nm, ankle_nm : ndarray
        Nominal net moments; between two supports, those with no ankle moment and least friction.
    hip_friction_nm, knee_friction_nm : Interval
        Range over every horizontal force that friction holds; nothing but the nominal value where
        a single support decides it.
    hip_contact_nm, knee_contact_nm : Interval
        Range when the pressure may also move from heel to ball.
    hip_sliding_bar_nm : ndarray
        Nominal hip moment if the bar slid in the crease without friction: the thigh that pushes it
        up as the hip flexes then bears part of it. The nominal lets the pelvis bear all of it.
    hip_abduction_nm : ndarray
        Moment that the hip needs against the band; zero without one.
    foot_forward_n, foot_up_n : ndarray
        Floor on all working feet together: towards the head, and upwards.
    back_forward_n, back_up_n : ndarray
        Bench or floor on the back: towards the head, and upwards.
    pressure_from_heel_m : ndarray
        Centre of pressure under the foot, from the heel towards the toes.
    friction_needed : ndarray
        Coefficient that the nominal solution needs.
    pressure_y_m : ndarray
        Centre of pressure of the nominal solution along the floor, y in the world.
    friction_ends : tuple of FrictionEnd
        The ends of what friction holds, each a consistent set, moments per leg; empty where
        nothing is left open.
    """

    load: Load
    legs: int
    schedule: PhaseSchedule
    time_s: Array
    progress: Array
    hip_flexion_rad: Array
    hip_nm: Array
    knee_nm: Array
    ankle_nm: Array
    hip_friction_nm: Interval
    knee_friction_nm: Interval
    hip_contact_nm: Interval
    knee_contact_nm: Interval
    hip_sliding_bar_nm: Array
    hip_abduction_nm: Array
    foot_forward_n: Array
    foot_up_n: Array
    back_forward_n: Array
    back_up_n: Array
    pressure_from_heel_m: Array
    friction_needed: Array
    pressure_y_m: Array
    friction_ends: tuple[FrictionEnd, ...] = ()

    @property
    def decided(self) -> bool:
        """Whether statics leaves nothing open: the ranges are the nominal values."""
        ranges = (self.hip_contact_nm, self.knee_contact_nm)
        return all(np.array_equal(of.low, of.high) for of in ranges)

    @property
    def hip_nm_per_kg(self) -> Array:
        """Hip moment per kilogram of body mass."""
        return self.hip_nm / self.load.body_mass_kg

    @property
    def knee_nm_per_kg(self) -> Array:
        """Knee moment per kilogram of body mass."""
        return self.knee_nm / self.load.body_mass_kg

    def hip_peak(self) -> Peak:
        """Return the largest nominal hip extensor moment."""
        return self._peak(self.hip_nm)

    def knee_peak(self) -> Peak:
        """Return the largest nominal knee extensor moment."""
        return self._peak(self.knee_nm)

    def _peak(self, values: Array) -> Peak:
        i = int(np.argmax(values))
        time = float(self.time_s[i])
        spans = self.schedule.spans
        span = next((s for s in spans if time <= s.end_s), spans[-1])
        return Peak(
            value_nm=float(values[i]),
            per_kg=float(values[i]) / self.load.body_mass_kg,
            time_s=time,
            phase=span.id,
            fraction=(time - span.start_s) / span.seconds if span.seconds > 0 else 0.0,
            hip_flexion_rad=float(self.hip_flexion_rad[i]),
        )


class Dynamics(Protocol):
    """Computes the joint moments of a motion; made once, asked for many loads."""

    def moments(
        self, load: Load, schedule: PhaseSchedule, at: Profile | None = None
    ) -> JointMoments:
        """Return the moments at every time of the schedule's grid, or at the times ``at``.

        Raises
        ------
        UsageError
            When the lift cannot bear such a load.
        """

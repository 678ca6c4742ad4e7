"""Net joint moments over a repetition on two feet, for a load that the user sets.

Computed, never measured. The feet are all that touches the floor, so whatever moves the masses
comes from there, and its place follows from their moments: three equations for three unknowns.
Nothing is left open as it is between two supports. Each joint's moment then follows from the
segments below it and the floor's force.

In numbers (body 75 kg, bar 60 kg, lift in 1.0 s): the largest hip moment is 2.6 Nm/kg per leg, just
after the bottom; held still there it is 2.1, upright 0.3; extensor throughout. The knee's is flexor
at the bottom, 0.5 Nm/kg. Nothing published was held against it.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.body_model import BodyModel
from visualizer.anatomy.landmarks import Landmark
from visualizer.anatomy.muscle import Side
from visualizer.errors import UsageError
from visualizer.lifts.bodies import MovingBodies, follow
from visualizer.lifts.dynamics import Interval, JointMoments
from visualizer.lifts.hinge.chain import BAR_SHARE
from visualizer.lifts.loads import GRAVITY_M_PER_S2, Load
from visualizer.lifts.motion import Motion, landmark_path
from visualizer.lifts.schedule import PhaseSchedule, Profile
from visualizer.lifts.segments import segment_paths
from visualizer.texts import tr
from visualizer.texts.figures import figure

__all__ = ["StandingMechanics"]

Array = NDArray[np.float64]
_LEGS = len(Side)


class StandingMechanics:
    """The chain that stands on two feet, ready for any load.

    Parameters
    ----------
    motion : Motion
        Its path.
    body : BodyModel
        The body that moves.
    """

    def __init__(self, motion: Motion, body: BodyModel) -> None:
        self._motion, self._body = motion, body

    @cached_property
    def _segments(self) -> dict[str, tuple[Array, Array]]:
        return segment_paths(self._body, self._motion.joint_position)

    @cached_property
    def _moving(self) -> MovingBodies:
        return MovingBodies(self._body, self._segments, self._motion)

    def _stands_at_m(self, landmark: Landmark) -> float:
        """Return where a point of the planted feet is along the floor, metres."""
        path = landmark_path(self._body.skeleton, self._motion, landmark, "_r", np.ones(1))
        return float(path[0, 1])

    def moments(
        self, load: Load, schedule: PhaseSchedule, at: Profile | None = None
    ) -> JointMoments:
        """Return the moments for a load, at every time of the grid or at the times ``at``.

        Raises
        ------
        UsageError
            With a loop band, or where the body would tip over.
        """
        if load.band is not None:
            raise UsageError(tr("this lift is done without a loop band"))
        at = schedule.whole if at is None else at
        scale = load.scale_of(self._body)
        bodies, names = self._moving.of(load, at)
        force, about_origin = bodies.demand(np.zeros((len(at.time_s), 2)), GRAVITY_M_PER_S2)
        pressure_y_m = about_origin / force[:, 1]  # on the floor, where z is 0
        points = self._body.landmarks
        toe, heel = (self._stands_at_m(p) * scale for p in (points.toe_end, points.heel_end))
        if pressure_y_m.min() < toe or pressure_y_m.max() > heel:
            raise UsageError(
                tr("with this load the body would tip over; it is balanced for a bar of {}").format(
                    figure(BAR_SHARE * load.body_mass_kg, " kg")
                )
            )

        def joint(segments: tuple[str, ...], upper: str, end: int, sign: float) -> Array:
            """Return the moment of both legs at one end of the segment ``upper``."""
            below = [names[s + side.suffix] for s in segments for side in Side]
            path = self._segments[upper + "_r"][end][None, :, 1:] * scale
            place = follow(path, at)[0][0]
            _, need = bodies.only(below).demand(place, GRAVITY_M_PER_S2)
            of_floor = (pressure_y_m - place[:, 0]) * force[:, 1] + place[:, 1] * force[:, 0]
            return np.asarray(sign * (need - of_floor))

        hip = joint(("foot", "shank", "thigh"), "thigh", 0, 1.0) / _LEGS
        knee = joint(("foot", "shank"), "thigh", 1, -1.0) / _LEGS
        ankle = joint(("foot",), "shank", 1, 1.0) / _LEGS
        address = self._body.skeleton.joint_address("hip_flexion_r")
        flexion = self._motion.joint_position[:, address]
        nothing = np.zeros(len(at.time_s))
        return JointMoments(
            load=load,
            legs=_LEGS,
            schedule=schedule,
            time_s=at.time_s,
            progress=at.progress,
            hip_flexion_rad=np.interp(at.progress, np.linspace(0.0, 1.0, len(flexion)), flexion),
            hip_nm=hip,
            knee_nm=knee,
            ankle_nm=ankle,
            hip_friction_nm=Interval(hip, hip),
            knee_friction_nm=Interval(knee, knee),
            hip_contact_nm=Interval(hip, hip),
            knee_contact_nm=Interval(knee, knee),
            hip_sliding_bar_nm=hip,
            hip_abduction_nm=nothing,
            foot_forward_n=force[:, 0],
            foot_up_n=force[:, 1],
            back_forward_n=nothing,
            back_up_n=nothing,
            pressure_from_heel_m=self._stands_at_m(points.sole_heel) * scale - pressure_y_m,
            friction_needed=np.abs(force[:, 0] / force[:, 1]),
            pressure_y_m=pressure_y_m,
        )

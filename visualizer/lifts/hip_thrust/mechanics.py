"""Net joint moments and reactions over a repetition, for a load that the user sets.

Computed, never measured: :mod:`visualizer.lifts.hip_thrust.assumptions` lists what is assumed.

Against publications (barbell hip thrust, lift in 1.0 s, body mass 75 kg, bar of 105 kg = 70 % of an
assumed 1RM of twice body mass): the largest hip moment is 2.9 Nm/kg per leg, in the first fifth of
the lift at 101° of hip flexion, falling to 1.2 Nm/kg shortly before the top, where the bar is
slowed, and 1.6 Nm/kg at the top; extensor throughout.
Published: 3.13 ± 0.48 Nm/kg at 70 % 1RM, maximum early near 90°, extensor throughout (ISBS
conference paper of 2017; its citation is incomplete, so it is for tests only); falling through the
lift (Brazil 2021).
Brazil 2021 calls its demand bilateral; whether its moments, or those of 2017, are sums of both
legs could not be read. We read them per leg, as inverse dynamics usually gives them. If they are
sums, ours, 5.9 Nm/kg for both legs, is nearly twice as large; the published sum would ask for a bar
of half of body mass, little for 70 % of a trained person's 1RM, but that again rests on the assumed
1RM. So they check the course of the moment, not its size.

The knee moment is no check at all. Its largest nominal value is 68 Nm per leg, extensor, near the
66 ± 33 Nm of Otsuka 2021 (sprinters at their 6RM, another load), but statics cannot tell it: feet
and back may push apart by any amount that friction holds, and we choose the least. At the same
moment friction alone allows 45 to 128 Nm, with the pressure anywhere under the foot 2 to 198 Nm;
where the hip moment is largest, -51 to 16 and -80 to 71 Nm. The hip's range there is 210 to 241 and
196 to 255 Nm.

The 1RM is the largest uncertainty: 1.5 to 2.5 times body mass gives 2.4 to 3.5 Nm/kg.
The bar's seat is the next: were it to slide in the crease without friction, the thighs would bear
part of it and the peak be 2.3 Nm/kg.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.body_model import BodyModel
from visualizer.anatomy.landmarks import Landmark
from visualizer.anatomy.muscle import Side
from visualizer.errors import UsageError
from visualizer.lifts.bodies import MovingBodies, follow
from visualizer.lifts.dynamics import Interval, JointMoments
from visualizer.lifts.hip_thrust.inverse_dynamics import Chain, Reactions, solve
from visualizer.lifts.hip_thrust.setup import HipThrustSetup, Support
from visualizer.lifts.loads import GRAVITY_M_PER_S2, Load
from visualizer.lifts.motion import Motion, landmark_path
from visualizer.lifts.schedule import PhaseSchedule, Profile
from visualizer.lifts.segments import segment_paths
from visualizer.lifts.vocabulary import Laterality
from visualizer.texts import tr

__all__ = ["Mechanics"]

Array = NDArray[np.float64]


class Mechanics:
    """The moving chain between feet and back, ready for any load.

    Parameters
    ----------
    setup : HipThrustSetup
        How the body is placed.
    motion : Motion
        Its path.
    body : BodyModel
        The body that moves.
    """

    def __init__(self, setup: HipThrustSetup, motion: Motion, body: BodyModel) -> None:
        self._setup, self._motion, self._body = setup, motion, body
        self._skeleton = body.skeleton
        self._suffix = motion.side.suffix
        single = self._setup.legs is Laterality.WORKING
        self.working = (self._suffix,) if single else tuple(s.suffix for s in Side)

    @cached_property
    def _segments(self) -> dict[str, tuple[Array, Array]]:
        return segment_paths(self._body, self._motion.joint_position)

    @cached_property
    def _moving(self) -> MovingBodies:
        return MovingBodies(self._body, self._segments, self._motion)

    def _path(self, landmark: Landmark, suffix: str = "") -> Array:
        samples = np.linspace(0.0, 1.0, len(self._motion.hip_height_m))
        return landmark_path(self._skeleton, self._motion, landmark, suffix, samples)

    @cached_property
    def _contacts(self) -> dict[str, Array]:
        """Mean over the repetition of what stays where it is, (2,) each, and of the sole."""
        landmarks = self._body.landmarks
        back = self._path(self._setup.back(landmarks))[:, 1:]
        soles = {
            name: np.mean([self._path(sole, s)[:, 1:] for s in self.working], axis=0)
            for name, sole in (("heel", landmarks.sole_heel), ("ball", landmarks.sole_ball))
        }
        return {"back": back.mean(0), **{k: v.mean(0) for k, v in soles.items()}}

    @cached_property
    def _band_reach_m(self) -> tuple[Array, Array]:
        """Distance between the thighs at the band, and its lever about the hip, (S,) each."""
        right, left = (self._path(self._body.landmarks.band, s) for s in ("_r", "_l"))
        hip = self._segments["thigh" + self._suffix][0]
        lever = np.linalg.norm(
            (right if self._suffix == "_r" else left)[:, 1:] - hip[:, 1:], axis=1
        )
        return np.linalg.norm(right - left, axis=1), lever

    # -------------------------------------------------------------------------------- the chain
    def chain(self, load: Load, at: Profile) -> Chain:
        """Return the planar chain of a load at some times."""
        scale = load.scale_of(self._body)
        bodies, names = self._moving.of(load, at)
        ends = {k: self._segments[k + self._suffix] for k in ("thigh", "shank")}
        joints = np.array([ends["thigh"][0], ends["thigh"][1], ends["shank"][1]])[..., 1:]
        hip, knee, ankle = follow(joints * scale, at)[0]
        one = np.ones(len(at.time_s))
        lean = np.interp(
            at.progress, np.linspace(0.0, 1.0, len(self._motion.trunk_rad)), self._motion.trunk_rad
        )
        contacts = self._contacts
        return Chain(
            bodies=bodies,
            foot=[names["foot" + s] for s in self.working],
            shank=[names["shank" + s] for s in self.working],
            thigh=[names["thigh" + s] for s in self.working],
            back_m=one[:, None] * contacts["back"] * scale,
            hip_m=hip,
            knee_m=knee,
            ankle_m=ankle,
            heel_y_m=one * contacts["heel"][0] * scale,
            ball_y_m=one * contacts["ball"][0] * scale,
            lean_rad=lean if self._setup.support is Support.BENCH else 0 * lean,
            friction=load.friction,
            gravity=GRAVITY_M_PER_S2,
        )

    def moments(
        self, load: Load, schedule: PhaseSchedule, at: Profile | None = None
    ) -> JointMoments:
        """Return the moments for a load, at every time of the grid or at the times ``at``.

        Raises
        ------
        UsageError
            For a loop band with one leg in the air.
        """
        at = schedule.whole if at is None else at
        chain = self.chain(load, at)
        found: Reactions = solve(chain)
        legs = len(self.working)

        def share(interval: Interval) -> Interval:
            return Interval(interval.low / legs, interval.high / legs)

        flexion = self._motion.joint_position[
            :, self._skeleton.joint_address("hip_flexion" + self._suffix)
        ]
        samples = np.linspace(0.0, 1.0, len(flexion))
        return JointMoments(
            load=load,
            legs=legs,
            schedule=schedule,
            time_s=at.time_s,
            progress=at.progress,
            hip_flexion_rad=np.interp(at.progress, samples, flexion),
            hip_nm=found.hip_nm / legs,
            knee_nm=found.knee_nm / legs,
            ankle_nm=found.ankle_nm / legs,
            hip_friction_nm=share(found.hip_friction_nm),
            knee_friction_nm=share(found.knee_friction_nm),
            hip_contact_nm=share(found.hip_contact_nm),
            knee_contact_nm=share(found.knee_contact_nm),
            hip_sliding_bar_nm=(found.hip_nm - self._relief(chain, load, at)) / legs,
            hip_abduction_nm=self._abduction(load, at, samples),
            foot_forward_n=found.foot_y_n,
            foot_up_n=found.foot_z_n,
            back_forward_n=found.back_y_n,
            back_up_n=found.back_z_n,
            pressure_from_heel_m=chain.heel_y_m - found.pressure_y_m,
            friction_needed=found.friction_needed,
            pressure_y_m=found.pressure_y_m,
            friction_ends=tuple(
                replace(end, hip_nm=end.hip_nm / legs, knee_nm=end.knee_nm / legs)
                for end in found.ends
            ),
        )

    def _relief(self, chain: Chain, load: Load, at: Profile) -> Array:
        """Return how much hip moment (all legs) a sliding bar would spare: virtual work.

        Leaning on the belly the bar can only move along the trunk; the thigh pushes it there.
        """
        scale = load.scale_of(self._body)
        trunk, bar = self._motion.trunk_rad, self._motion.bar_position_m[:, 1:]
        headward = np.column_stack([np.cos(trunk), np.sin(trunk)])
        hip = self._segments["thigh" + self._suffix][0][:, 1:]
        up = ((bar - hip) * headward).sum(1) * scale
        flexion = self._motion.joint_position[
            :, self._skeleton.joint_address("hip_flexion" + self._suffix)
        ]
        samples = np.linspace(0.0, 1.0, len(up))
        pushed = np.interp(at.progress, samples, np.gradient(up) / np.gradient(flexion))
        lean = np.interp(at.progress, samples, trunk)
        force = chain.bodies.acceleration_m_per_s2[-1] + [0.0, GRAVITY_M_PER_S2]
        along = force[:, 0] * np.cos(lean) + force[:, 1] * np.sin(lean)
        return np.asarray(load.bar_kg * along * pushed)

    def _abduction(self, load: Load, at: Profile, samples: Array) -> Array:
        """Return the hip moment against the band: two strands pull each thigh inwards."""
        if load.band is None:
            return np.zeros(len(at.time_s))
        if len(self.working) == 1:
            raise UsageError(tr("a loop band needs both legs on the floor"))
        scale = load.scale_of(self._body)
        apart, lever = self._band_reach_m
        # round two thighs the loop has two straight strands and two half circles
        around = 2 * apart + 2 * np.pi * self._body.measures.band_radius_m
        tension = np.array([load.band.tension_n(float(x) * scale) for x in around])
        return np.interp(at.progress, samples, 2 * tension * lever * scale)

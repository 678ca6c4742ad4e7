"""How the muscles of the working leg would share the joint moments of a repetition.

At each time separately: least sum of squared activations such that hip flexion, hip adduction, knee
and ankle balance (:mod:`visualizer.effort.solver`). Hip rotation is left out: small rotators are
missing in the model, and planted feet carry rotation. Moments have OpenSim's signs: positive turns
the joint to a larger angle.

Statics leaves open how hard feet and back push apart. So there are three solutions: that of the
least friction, and those of both ends of what friction holds, each with moments that belong to one
and the same horizontal force. Low and high are the least and the largest of the three.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from visualizer.effort.solver import least_squares
from visualizer.effort.units import units_of
from visualizer.exercise.repetition import Repetition
from visualizer.lifts.dynamics import FrictionEnd, JointMoments
from visualizer.lifts.loads import GRAVITY_M_PER_S2, Load
from visualizer.lifts.schedule import Profile
from visualizer.lifts.segments import FIGURES, segment_paths
from visualizer.lifts.vocabulary import PhaseId

__all__ = ["DOFS", "Effort", "ShareRange", "Sharing"]

Array = NDArray[np.float64]

DOFS = ("hip_flexion", "hip_adduction", "knee", "ankle")
_KNEE = "knee_angle"
_JOINTS = ("hip_flexion", "hip_adduction", _KNEE, "ankle_angle")
_PER_SECOND = 16
_LEAST_PER_PHASE = 12
# A moment counts as met within this share, or this much where it is small.
_MET_SHARE, _MET_NM = 0.01, 0.5
_STEP_RAD = 1e-4
# In optimal lengths; near where active force ends, and passive force is far above the strength.
_LONGEST_FIBRE = 1.8


@dataclass(frozen=True, eq=False)
class ShareRange:
    """Activation 0 … 1 at N times: nominal, and the range over the horizontal force.

    Attributes
    ----------
    cases : (K, N) ndarray
        The nominal solution, then those of the two ends of the horizontal force: the floor pushes
        the feet least, and most, towards the head. Nothing but the first where nothing is open.
    """

    cases: Array

    @cached_property
    def nominal(self) -> Array:
        """The solution of the least friction, (N,)."""
        return np.asarray(self.cases[0])

    @cached_property
    def low(self) -> Array:
        """The least of all cases at each time, (N,)."""
        return np.asarray(self.cases.min(axis=0))

    @cached_property
    def high(self) -> Array:
        """The largest of all cases at each time, (N,)."""
        return np.asarray(self.cases.max(axis=0))


@dataclass(frozen=True, eq=False)
class Effort:
    """The computed shares of a repetition under a load; compared by identity.

    Attributes
    ----------
    load : Load
        What it was computed for.
    time_s, progress : (N,) ndarray
        Times, and the height of the hips 0 … 1.
    phase : tuple of PhaseId
        The phase at each time.
    units, muscles : dict of str to ShareRange
        By unit of the model, and by muscle (mean of its units, weighted by their strength).
    moments_nm, unmet_nm : dict of str to (N,) ndarray
        Per joint of ``DOFS``: net moment of the nominal solution, and what strength leaves unmet.
    range_beyond_strength : bool
        Whether an end of the range is beyond the model's strength somewhere.
    overstretched : tuple of str
        Units whose fibres are longer somewhere than the model's curves can describe; their passive
        force, and so all shares, mean nothing there.
    """

    load: Load
    time_s: Array
    progress: Array
    phase: tuple[PhaseId, ...]
    units: dict[str, ShareRange]
    muscles: dict[str, ShareRange]
    moments_nm: dict[str, Array]
    unmet_nm: dict[str, Array]
    range_beyond_strength: bool
    overstretched: tuple[str, ...]

    @property
    def beyond_strength(self) -> bool:
        """Whether the nominal moments are beyond the model's strength at some time."""
        return bool(self.missed.any())

    @cached_property
    def cases(self) -> Array:
        """The shares of all muscles, (K, N, M), in their order; see :class:`ShareRange`."""
        shares = [share.cases for share in self.muscles.values()]
        return np.stack(shares, axis=-1) if shares else np.zeros((1, len(self.time_s), 0))

    @cached_property
    def missed(self) -> NDArray[np.bool_]:
        """At which times, (N,), a nominal moment is beyond the model's strength."""
        each = [_missed(self.unmet_nm[d], self.moments_nm[d]) for d in DOFS]
        return np.asarray(np.any(each, axis=0))


class Sharing:
    """The working leg of a repetition, ready for any load.

    Parameters
    ----------
    repetition : Repetition
        What is done.
    """

    def __init__(self, repetition: Repetition) -> None:
        self._repetition = repetition
        self._skeleton = repetition.skeleton
        self._side = repetition.side
        self._units = units_of(self._skeleton, self._side)
        self._tendons = [self._skeleton.tendon(name) for name in self._units.names]
        self._samples = np.linspace(0.0, 1.0, len(repetition.motion.joint_position))
        self._at, self._phase = self._times()
        self._prices: Array | None = None

    def _times(self) -> tuple[Profile, tuple[PhaseId, ...]]:
        schedule = self._repetition.schedule
        times: list[Array] = []
        phases: list[PhaseId] = []
        for span in schedule.spans:
            count = max(_LEAST_PER_PHASE, round(span.seconds * _PER_SECOND))
            last = span is schedule.spans[-1]
            times.append(np.linspace(span.start_s, span.end_s, count, endpoint=last))
            phases += [span.id] * count
        return schedule.profile(np.concatenate(times)), tuple(phases)

    def _over_time(self, samples: Array) -> Array:
        """Return samples (S, …) along the motion at the times, (N, …)."""
        flat = samples.reshape(len(samples), -1)
        columns = [np.interp(self._at.progress, self._samples, column) for column in flat.T]
        return np.column_stack(columns).reshape(-1, *samples.shape[1:])

    @cached_property
    def _lengths_m(self) -> Array:
        """Muscle-tendon lengths along the motion, (S, M), corrected at the knee."""
        way = self._repetition.motion.joint_position
        ours = [self._skeleton.pose_at(q).tendon_length_m[self._tendons] for q in way]
        return np.array(ours) + self._units.knee.lengths_m(self._knee_rad)

    @property
    def _knee_rad(self) -> Array:
        address = self._skeleton.joint_address(_KNEE + self._side.suffix)
        return np.asarray(self._repetition.motion.joint_position[:, address])

    @cached_property
    def _overstretched(self) -> tuple[str, ...]:
        longest = self._units.fibres(self._lengths_m)[0].max(axis=0)
        pairs = zip(self._units.names, longest, strict=True)
        return tuple(name for name, fibre in pairs if fibre > _LONGEST_FIBRE)

    @cached_property
    def _strength(self) -> tuple[Array, Array]:
        """Moment of each unit at full activation (N, D, M), and the passive moments (N, D)."""
        skeleton, lengths = self._skeleton, self._lengths_m
        way = self._repetition.motion.joint_position
        slope = np.gradient(lengths, self._samples, axis=0, edge_order=2)
        arms = np.array(
            [
                [
                    skeleton.moment_arms_m(q, joint + self._side.suffix)[self._tendons]
                    for joint in _JOINTS
                ]
                for q in way
            ]
        )
        arms[:, DOFS.index("knee")] += self._units.knee.arms_m(self._knee_rad)
        speed = self._over_time(slope) * self._at.rate_per_s[:, None]
        active, passive = self._units.forces(self._over_time(lengths), speed)
        over = self._over_time(arms)
        return over * active[:, None, :], np.einsum("ndm,nm->nd", over, passive)

    # ------------------------------------------------------------------------------ moments
    @cached_property
    def _leg(self) -> tuple[Array, Array, dict[str, Array], Array, Array]:
        """Hip, adduction's axis, centres of segments, heel and ball of the sole over time."""
        body, suffix = self._repetition.body, self._side.suffix
        way = self._repetition.motion.joint_position
        segments = segment_paths(body, way)
        figures = FIGURES[body.build]
        centres = {}
        for name in ("thigh", "shank", "foot"):
            start, end = segments[name + suffix]
            centres[name] = self._over_time(start + figures[name].centre * (end - start))
        femur = self._skeleton.body("femur" + suffix)
        address = self._skeleton.joint_address("hip_adduction" + suffix)
        frames = [self._skeleton.body_frames(q) for q in way]
        axes = []
        for q, (_, before_turn) in zip(way, frames, strict=True):
            turned = q.copy()
            turned[address] += _STEP_RAD
            before, after = before_turn[femur], self._skeleton.body_frames(turned)[1][femur]
            spin = (after @ before.T - np.eye(3)) / _STEP_RAD
            axes.append([spin[2, 1] - spin[1, 2], spin[0, 2] - spin[2, 0], spin[1, 0] - spin[0, 1]])
        soles = []
        for landmark in (body.landmarks.sole_heel, body.landmarks.sole_ball):
            bone, point = landmark.on(suffix)
            i = self._skeleton.body(bone)
            soles.append(self._over_time(np.array([o[i] + r[i] @ point for o, r in frames])))
        hip = self._over_time(segments["thigh" + suffix][0])
        return hip, self._over_time(np.array(axes) / 2), centres, soles[0], soles[1]

    def _adduction(self, found: JointMoments, end: FrictionEnd) -> Array:
        """Return the hip's adduction moment (N,): floor, weights of the leg, and the band."""
        hip, axis, centres, heel, ball = self._leg
        load, body = found.load, self._repetition.body
        scale = load.scale_of(body)
        figures = FIGURES[load.build or body.build]
        y = end.pressure_y_m / scale
        share = (y - heel[:, 1]) / (ball[:, 1] - heel[:, 1])
        x = heel[:, 0] + share * (ball[:, 0] - heel[:, 0])
        sole = np.column_stack([x, y, np.zeros_like(x)])
        floor = end.foot_forward_n / found.legs, end.foot_up_n / found.legs
        outside = _turning(axis, sole - hip, *floor)
        for name, centre in centres.items():
            weight = figures[name].mass * load.body_mass_kg * GRAVITY_M_PER_S2
            outside = outside + _turning(axis, centre - hip, 0.0, -weight)
        return np.asarray(-scale * outside - found.hip_abduction_nm)

    def of(self, load: Load) -> Effort:
        """Return the shares under a load.

        Raises
        ------
        UsageError
            When the lift cannot bear such a load.
        """
        found = self._repetition.joint_moments(load, self._at)
        nominal = FrictionEnd(
            found.foot_forward_n,
            found.foot_up_n,
            found.pressure_y_m,
            found.hip_nm,
            found.knee_nm,
        )
        cases = [nominal, *found.friction_ends]
        full, passive = self._strength
        wanted = np.array(
            [
                np.column_stack(
                    [
                        -case.hip_nm,
                        self._adduction(found, case),
                        -case.knee_nm,
                        # at the ends the ankle has no moment, as in the nominal solution
                        -found.ankle_nm,
                    ]
                )
                for case in cases
            ]
        )
        times, joints = len(self._at.time_s), len(DOFS)
        every = np.concatenate([full] * len(cases))
        # from the last load's prices, which a slider's next one is near to
        solution = least_squares(every, (wanted - passive).reshape(-1, joints), prices=self._prices)
        self._prices = solution.prices
        shares = solution.activations
        met = np.einsum("ndm,nm->nd", every, shares).reshape(wanted.shape) + passive
        unmet = wanted - met
        shares = shares.reshape(len(cases), times, -1)
        units = {name: ShareRange(shares[..., i]) for i, name in enumerate(self._units.names)}
        return Effort(
            load=load,
            time_s=self._at.time_s,
            progress=self._at.progress,
            phase=self._phase,
            units=units,
            muscles={k: ShareRange(shares @ weights) for k, weights in self._weights.items()},
            moments_nm=dict(zip(DOFS, wanted[0].T, strict=True)),
            unmet_nm=dict(zip(DOFS, unmet[0].T, strict=True)),
            range_beyond_strength=bool(_missed(unmet[1:], wanted[1:]).any()),
            overstretched=self._overstretched,
        )

    @cached_property
    def _weights(self) -> dict[str, Array]:
        """What each unit counts for in the muscles that consist of such units, (M,) each."""
        index = {name: i for i, name in enumerate(self._units.names)}
        found = {}
        for muscle in self._repetition.catalog.muscles.values():
            own = [index.get(tendon + self._side.suffix) for tendon in muscle.tendons]
            known = [i for i in own if i is not None]
            if known and len(known) == len(own):
                weights = np.zeros(len(index))
                weights[known] = self._units.strength_n[known]
                found[muscle.id] = weights / weights.sum()
        return found


def _turning(axis: Array, arm: Array, forward_n: Array | float, up_n: Array | float) -> Array:
    """Return the moment about an axis (N, 3) of a force in the side view on an arm (N, 3)."""
    (right, ahead, up), (x, y, z) = axis.T, arm.T
    return np.asarray(right * (y * up_n - z * forward_n) + x * (up * forward_n - ahead * up_n))


def _missed(unmet: Array, moment: Array) -> NDArray[np.bool_]:
    return np.asarray(np.abs(unmet) > np.maximum(_MET_SHARE * np.abs(moment), _MET_NM))

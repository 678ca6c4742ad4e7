"""One repetition of a variation: everything that a moment of it needs.

The closed linkage is solved once per variation and side (:mod:`visualizer.lifts`) and kept; a
moment then costs an interpolation of joint positions and one pose of the skeleton (0.2 ms).
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.body_model import BodyModel
from visualizer.anatomy.muscle import Side
from visualizer.anatomy.skeleton import SkeletonPose
from visualizer.catalog.catalog import Catalog
from visualizer.catalog.statements import covered
from visualizer.catalog.variation import Contraction, Joint, MuscleAction, Role, Variation
from visualizer.errors import PoseError, UsageError
from visualizer.exercise.contraction import LengthChange, length_change
from visualizer.exercise.kept_motion import motion_of
from visualizer.exercise.reach import Reach, reach_of
from visualizer.exercise.tempo import Tempo
from visualizer.lifts.dynamics import Dynamics, JointMoments
from visualizer.lifts.loads import Load
from visualizer.lifts.motion import Motion, landmark_path
from visualizer.lifts.schedule import PhaseSchedule, PhaseSpan, Profile
from visualizer.lifts.vocabulary import Laterality, PhaseId
from visualizer.texts import tr

__all__ = ["Instant", "PartState", "Repetition", "working_side"]

Array = NDArray[np.float64]

# Of the motion's samples every second one is enough to follow a length.
_PATH_EVERY = 2
_COORDINATES = {Joint.HIP: "hip_flexion", Joint.KNEE: "knee_angle"}


@dataclass(frozen=True)
class PartState:
    """What a part of the body does at a moment.

    Attributes
    ----------
    action : MuscleAction
        The statement that it falls under.
    role : Role
        Role in the repetition.
    contraction : Contraction
        Contraction in this phase.
    """

    action: MuscleAction
    role: Role
    contraction: Contraction


@dataclass(frozen=True)
class Instant:
    """A moment of a repetition.

    Attributes
    ----------
    variation : Variation
        What is done.
    side : Side
        The working side (right where both work).
    time_s : float
        Time since the start of the repetition, seconds.
    phase : PhaseId
        Lift, hold or lowering.
    fraction : float
        How much of the phase has passed, 0 … 1.
    progress : float
        Height of the hips between bottom (0) and top (1).
    pose : SkeletonPose
        The skeleton.
    hip_flexion_rad, knee_flexion_rad : float
        Angles of the working leg, radians.
    hip_height_m, bar_height_m : float
        Heights above the floor, metres.
    bar_position_m : (3,) ndarray
        Middle of the bar's shaft (its seat in the hip crease where no bar is used).
    """

    variation: Variation
    side: Side
    time_s: float
    phase: PhaseId
    fraction: float
    progress: float
    pose: SkeletonPose
    hip_flexion_rad: float
    knee_flexion_rad: float
    hip_height_m: float
    bar_height_m: float
    bar_position_m: Array


class Repetition:
    """A variation performed once, on a given side.

    Parameters
    ----------
    variation : Variation
        What is done.
    catalog : Catalog
        Resolves groups of muscles.
    body : BodyModel
        Who does it.
    side : Side
        The working side, where one leg works.
    """

    def __init__(
        self,
        variation: Variation,
        catalog: Catalog,
        body: BodyModel,
        side: Side = Side.RIGHT,
    ) -> None:
        self.variation, self.catalog, self.body = variation, catalog, body
        self._usual: Repetition | None = None
        self.skeleton = skeleton = body.skeleton
        try:
            self.motion: Motion = motion_of(variation, body, side)
        except PoseError as error:
            raise PoseError(
                tr("variation {id}: {error}").format(id=variation.id, error=error)
            ) from None
        self.side = side
        self.schedule = PhaseSchedule(variation.phases)
        self._hip = skeleton.joint_address("hip_flexion" + side.suffix)
        self._knee = skeleton.joint_address("knee_angle" + side.suffix)

    @property
    def usual(self) -> Repetition:
        """The same in the tempo of its data: itself, unless made by :meth:`in_tempo`.

        What does not depend on time, like a scene, is the same for both.
        """
        return self._usual or self

    def in_tempo(self, tempo: Tempo | None) -> Repetition:
        """Return the same in another tempo, None for that of its data; nothing is solved anew."""
        usual = self.usual
        phases = usual.variation.phases
        if tempo is None or tempo.applied(phases) == tuple(phases):
            return usual
        _ = usual._reaches  # found once for all tempos
        made = copy.copy(usual)
        made._usual = usual
        made.variation = replace(usual.variation, phases=tempo.applied(phases))
        made.schedule = PhaseSchedule(made.variation.phases)
        return made

    def instant(self, time_s: float) -> Instant:
        """Return the moment at a time (s) since the start; clamped to the repetition."""
        span, fraction = self.schedule.at(time_s)
        return self._instant(self.schedule.clamped(time_s), span, fraction)

    def instant_of(self, phase: PhaseId, fraction: float) -> Instant:
        """Return the moment at ``fraction`` 0 … 1 of a phase, in that phase also at its ends."""
        fraction = min(max(fraction, 0.0), 1.0)
        return self._instant(
            self.schedule.time_of(phase, fraction), self.schedule.span(phase), fraction
        )

    def _instant(self, time_s: float, span: PhaseSpan, fraction: float) -> Instant:
        progress = span.progress(fraction)
        q = self.motion.at(progress)
        bar = self.motion.bar_at(progress)
        return Instant(
            variation=self.variation,
            side=self.side,
            time_s=time_s,
            phase=span.id,
            fraction=fraction,
            progress=progress,
            pose=self.skeleton.pose_at(q),
            hip_flexion_rad=float(q[self._hip]),
            knee_flexion_rad=float(q[self._knee]),
            hip_height_m=self.motion.hip_height_at(progress),
            bar_height_m=float(bar[2]),
            bar_position_m=bar,
        )

    # ------------------------------------------------------------------------------- muscles
    def contraction(self, action: MuscleAction, phase: PhaseId) -> Contraction:
        """Return the contraction stated for a phase; in the hold nothing changes its length."""
        claim = action.contraction.get(phase)
        return claim.contraction if claim is not None else Contraction.ISOMETRIC

    @cached_property
    def _reaches(self) -> tuple[Reach, ...]:
        """How far each statement of the variation reaches, in their order."""
        actions = self.variation.muscles
        members = covered(actions, self.catalog.surfaces)
        return tuple(
            reach_of(action, own, self._change(action.muscle, own), self._arms_m)
            for action, own in zip(actions, members, strict=True)
        )

    def reach(self, action: MuscleAction) -> Reach:
        """Return which parts of its muscle a statement of the variation is about."""
        return self._reaches[self.variation.muscles.index(action)]

    def name_of(self, action: MuscleAction, language: str = "en") -> str:
        """Return what a statement is called wherever it is named.

        That is the name of its muscle or group; of a group whose members have statements of their
        own too, it is the others of the group that are meant, and the name says so.
        """
        name = self.catalog.muscle(action.muscle).display_name(language)
        members = set(self.catalog.surfaces(action.muscle))
        elsewhere = {
            surface
            for other in self.variation.muscles
            if other is not action
            for surface in self.reach(other).surfaces
        }
        return tr("{} (others)").format(name) if members & elsewhere else name

    @cached_property
    def _statements(self) -> dict[str, MuscleAction]:
        """The statement that each surface falls under, by muscle id; no surface has two."""
        return {
            surface: action
            for action, reach in zip(self.variation.muscles, self._reaches, strict=True)
            for surface in reach.surfaces
        }

    def statement_for(self, muscle: str) -> MuscleAction | None:
        """Return the statement that a muscle or group falls under; None where there is none.

        A statement about the muscle itself comes before one about a group that it is in, and that
        before one about a part of it.
        """
        own = self.catalog.surface_set(muscle)
        found = {self._statements[s].muscle for s in own if s in self._statements}
        exact = (a for a in self.variation.muscles if a.muscle == muscle)
        return next(exact, next((a for a in self.variation.muscles if a.muscle in found), None))

    def shown_alone(self, muscle: str | None, role: Role | None) -> frozenset[str] | None:
        """Return the surfaces of a muscle or, where none is named, of a role; None for all.

        Parameters
        ----------
        muscle : str or None
            Id of the muscle or group that is shown alone.
        role : Role or None
            The role that is shown alone.
        """
        if muscle is not None:
            return self.catalog.surface_set(muscle)
        if role is None:
            return None
        stated = [action for action in self.variation.muscles if action.role is role]
        return frozenset(s for action in stated for s in self.reach(action).surfaces)

    def stated_change(self, muscle: str) -> LengthChange:
        """Return how a muscle's length changes: of the parts that a statement about it means."""
        action = self.statement_for(muscle)
        if action is not None and action.muscle == muscle:
            return self.reach(action).change
        return self.length_change(muscle)

    @cached_property
    def _actions_by_part(self) -> dict[str, MuscleAction]:
        """The statement that each part (muscle id and side's suffix) falls under."""
        single = self.variation.setup.legs is Laterality.WORKING
        return {
            surface + side.suffix: action
            for surface, action in self._statements.items()
            for side in Side
            if not (single and action.side is Laterality.WORKING and side is not self.side)
        }

    def part_states(self, phase: PhaseId) -> Mapping[str, PartState]:
        """Return what every working part does in a phase, by part id (``gluteus_maximus_r``)."""
        return {
            part: PartState(action, action.role, self.contraction(action, phase))
            for part, action in self._actions_by_part.items()
        }

    @cached_property
    def _paths_m(self) -> dict[str, Array]:
        """Every unit's length at even steps from the bottom to the top, by name, metres."""
        poses = (self.skeleton.pose_at(q) for q in self.motion.joint_position[::_PATH_EVERY])
        lengths = np.array([pose.tendon_length_m for pose in poses])
        names = self.skeleton.tendon_names
        return dict(zip(names, np.ascontiguousarray(lengths.T), strict=True))

    @cached_property
    def _arms_m(self) -> dict[Joint, dict[str, float]]:
        """Largest moment arm on the way of every unit about the joints that statements name."""
        wanted = {a.joint for a in self.variation.muscles if a.joint is not None}
        way = self.motion.joint_position
        found = {}
        for joint in wanted:
            name = _COORDINATES[joint] + self.side.suffix
            arms = [self.skeleton.moment_arms_m(way[i], name) for i in (0, len(way) // 2, -1)]
            largest = np.abs(arms).max(axis=0)
            found[joint] = dict(zip(self.skeleton.tendon_names, largest.tolist(), strict=True))
        return found

    def _change(self, muscle: str, members: Sequence[str]) -> LengthChange:
        return length_change(
            muscle, [self.catalog.muscle(m) for m in members], self.side, self._paths_m
        )

    def length_change(self, muscle: str) -> LengthChange:
        """Return how a muscle or group of the working side changes from bottom to top."""
        return self._change(muscle, self.catalog.surfaces(muscle))

    # ------------------------------------------------------------------------------- dynamics
    @cached_property
    def dynamics(self) -> Dynamics | None:
        """What computes joint moments for a load; None where the lift has none yet."""
        return self.variation.lift.dynamics(self.variation.setup, self.motion, self.body)

    def joint_moments(self, load: Load, at: Profile | None = None) -> JointMoments:
        """Return the joint moments for a load over the repetition, or at the times ``at``.

        Raises
        ------
        UsageError
            When the lift's moments are not computed, or it cannot bear such a load.
        """
        if self.dynamics is None:
            raise UsageError(tr("The joint moments of this lift are not computed yet."))
        return self.dynamics.moments(load, self.schedule, at)

    # --------------------------------------------------------------------------------- checks
    def slips_m(self) -> dict[str, float]:
        """Return the largest drift of each contact over the repetition, metres, by its name."""
        found: dict[str, float] = {}
        variation, landmarks = self.variation, self.body.landmarks
        for contact in variation.lift.contacts(variation.setup, landmarks, self.side):
            path = landmark_path(
                self.skeleton, self.motion, contact.landmark, contact.suffix, self._times()
            )
            found[contact.name] = max(found.get(contact.name, 0.0), _drift(path))
        return found

    def _times(self) -> Array:
        # off the samples of the motion on purpose: what the user sees is interpolated
        return np.linspace(0.0, 1.0, 149)


def working_side(variation: Variation, side: Side) -> Side:
    """Return the side of a variation's repetition: one where one leg works, else always right."""
    return side if variation.setup.legs is Laterality.WORKING else Side.RIGHT


def _drift(path: Array) -> float:
    return float(
        np.linalg.norm(path[:, None] - path[None, :: max(len(path) // 8, 1)], axis=2).max()
    )

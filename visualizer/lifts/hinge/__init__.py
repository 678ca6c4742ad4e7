"""The Romanian deadlift: an open chain, standing; it begins at the top."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from visualizer.anatomy.body_model import BodyModel
from visualizer.anatomy.landmarks import Landmarks
from visualizer.anatomy.muscle import Side
from visualizer.errors import Problem
from visualizer.lifts.base import Check, Contact, Setup, ViewName
from visualizer.lifts.dynamics import Dynamics
from visualizer.lifts.hinge.assumptions import ASSUMPTIONS
from visualizer.lifts.hinge.chain import BAR_SHARE, solve_motion
from visualizer.lifts.hinge.setup import HingeSetup
from visualizer.lifts.motion import Motion
from visualizer.lifts.vocabulary import Equipment, PhaseId
from visualizer.texts import N_

__all__ = ["Hinge"]

# Azimuth and elevation in degrees; the body stands and looks towards −y.
_VIEWS_DEG: Mapping[ViewName, tuple[float, float]] = {
    ViewName.SIDE: (-90.0, 4.0),
    ViewName.FRONT: (-20.0, 4.0),
    # the hamstrings and glutei are what this lift is about: from behind and a little aside
    ViewName.BACK: (-165.0, 4.0),
    ViewName.BELOW: (-140.0, -22.0),
    ViewName.THREE_QUARTER: (-125.0, 12.0),
}
_COARSE = 9


class Hinge:
    """The lift as the rest of the house sees it, see :class:`visualizer.lifts.base.Lift`."""

    id = "hinge"
    name: Mapping[str, str] = {"en": "Hip hinge", "de": "Hüftbeuge"}
    equipment = frozenset({Equipment.BARBELL})
    orders = (
        (PhaseId.LOWERING, PhaseId.LIFT),
        (PhaseId.LOWERING, PhaseId.HOLD, PhaseId.LIFT),
    )
    setup_class = HingeSetup
    motion = N_(
        "an open chain that stands. The feet stay where they are, the trunk leans and the knees "
        "bend a little; the hips go back as far as balance asks. The spine is held neutral by our "
        "choice."
    )
    assumptions = ASSUMPTIONS
    check: Check | None = None

    def problems(self, setup: Setup, equipment: Collection[Equipment]) -> Iterator[Problem]:
        """Yield what does not go together, see its setup."""
        return _own(setup).problems(equipment)

    def solve(
        self, setup: Setup, equipment: Collection[Equipment], body: BodyModel, side: Side
    ) -> Motion:
        """Solve the chain, see :func:`visualizer.lifts.hinge.chain.solve_motion`."""
        return solve_motion(_own(setup), body)

    def try_it(
        self, setup: Setup, equipment: Collection[Equipment], body: BodyModel, side: Side
    ) -> None:
        """Try at a few leans whether the body can do it."""
        solve_motion(_own(setup), body, _COARSE)

    def limiting(self, setup: Setup) -> tuple[str, ...]:
        """Return the angles of trunk, knees and hips."""
        return ("trunk_bottom_rad", "knee_bottom_rad", "knee_top_rad", "hip_abduction_rad")

    def contacts(self, setup: Setup, landmarks: Landmarks, side: Side) -> tuple[Contact, ...]:
        """Return the planted soles."""
        soles = (landmarks.sole_heel, landmarks.sole_ball)
        return tuple(Contact("foot", sole, s.suffix) for sole in soles for s in Side)

    def view_deg(self, view: ViewName, setup: Setup) -> tuple[float, float]:
        """Return azimuth and elevation of a view, degrees."""
        return _VIEWS_DEG[view]

    def usual_bar(self, setup: Setup) -> float:
        """Return the bar's share of body mass: the one that the body is balanced for."""
        return BAR_SHARE

    def dynamics(self, setup: Setup, motion: Motion, body: BodyModel) -> Dynamics:
        """Return the mechanics of the chain that stands on two feet."""
        # not before it is asked for: the window's first picture needs none of it
        from visualizer.lifts.hinge.mechanics import StandingMechanics

        return StandingMechanics(motion, body)


def _own(setup: Setup) -> HingeSetup:
    if not isinstance(setup, HingeSetup):
        raise TypeError(f"a hinge needs its own setup, not {type(setup).__name__}")
    return setup

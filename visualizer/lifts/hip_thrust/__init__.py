"""The hip thrust and the glute bridge: a closed chain between feet and upper back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from visualizer.anatomy.body_model import BodyModel
from visualizer.anatomy.landmarks import Landmarks
from visualizer.anatomy.muscle import Side
from visualizer.errors import Problem
from visualizer.lifts.base import Check, Contact, Setup, ViewName
from visualizer.lifts.dynamics import Dynamics
from visualizer.lifts.hip_thrust.assumptions import ASSUMPTIONS, CHECK, MOTION, USUAL_BAR
from visualizer.lifts.hip_thrust.linkage import solve_motion, try_motion
from visualizer.lifts.hip_thrust.setup import HipThrustSetup, Support
from visualizer.lifts.motion import Motion
from visualizer.lifts.vocabulary import Equipment, Laterality, PhaseId

__all__ = ["HipThrust"]

# Azimuth and elevation in degrees. The body lies with the head away from −y and faces up. The
# directions were chosen by counting: over the whole sphere, at the bottom, the middle and the top
# of every variation, how much of each working muscle is seen (weighted by its role, both sides
# counted). Among directions of nearly equal worth the calmer one was taken: upright, the floor
# below the feet, the bench behind the body.
_VIEWS_DEG: Mapping[ViewName, tuple[float, float]] = {
    ViewName.SIDE: (-90.0, 6.0),
    # low from the feet: quadriceps and abdominals above, glutei and adductors between the thighs.
    # Lower and a little from the side the bar and its pad clear the glutei: 11 to 20 % more than
    # from (-18, 8)
    ViewName.FRONT: (-26.0, 3.0),
    # from behind the bench and below it, at the back that the body turns to the floor: erector
    # spinae, latissimus dorsi and both glutei; the bench is glass
    ViewName.BACK: (-155.0, -25.0),
    # from below the feet: glutei, hamstrings and adductors of both sides; shanks and bar are glass
    ViewName.BELOW: (-30.0, -24.0),
    # so low that the gluteus shows below the thigh on the whole way: half as much again as from 17
    ViewName.THREE_QUARTER: (-50.0, 10.0),
}
_ANGLES = ("hip_bottom_rad", "hip_top_rad", "shank_top_rad", "hip_abduction_rad")


class HipThrust:
    """The lift as the rest of the house sees it, see :class:`visualizer.lifts.base.Lift`."""

    id = "hip-thrust"
    name: Mapping[str, str] = {"en": "Hip thrust", "de": "Hip Thrust"}
    equipment = frozenset(Equipment)
    orders = (
        (PhaseId.LIFT, PhaseId.LOWERING),
        (PhaseId.LIFT, PhaseId.HOLD, PhaseId.LOWERING),
    )
    setup_class = HipThrustSetup
    motion = MOTION
    assumptions = ASSUMPTIONS
    check: Check | None = CHECK

    def problems(self, setup: Setup, equipment: Collection[Equipment]) -> Iterator[Problem]:
        """Yield what does not go together, see its setup."""
        return _own(setup).problems(equipment)

    def solve(
        self, setup: Setup, equipment: Collection[Equipment], body: BodyModel, side: Side
    ) -> Motion:
        """Close the linkage, see :func:`visualizer.lifts.hip_thrust.linkage.solve_motion`."""
        return solve_motion(_own(setup), equipment, body, side)

    def try_it(
        self, setup: Setup, equipment: Collection[Equipment], body: BodyModel, side: Side
    ) -> None:
        """Try in coarse steps whether the linkage closes."""
        try_motion(_own(setup), equipment, body, side)

    def limiting(self, setup: Setup) -> tuple[str, ...]:
        """Return the angles, and on a bench its height."""
        return _ANGLES if _own(setup).support is Support.FLOOR else (*_ANGLES, "bench_height_m")

    def contacts(self, setup: Setup, landmarks: Landmarks, side: Side) -> tuple[Contact, ...]:
        """Return the planted soles and the point of the back on its support."""
        sides = (side,) if setup.legs is Laterality.WORKING else tuple(Side)
        soles = (landmarks.sole_heel, landmarks.sole_ball)
        feet = (Contact("foot", sole, s.suffix) for sole in soles for s in sides)
        return (*feet, Contact("back", _own(setup).back(landmarks), ""))

    def view_deg(self, view: ViewName, setup: Setup) -> tuple[float, float]:
        """Return azimuth and elevation of a view, degrees."""
        del setup
        return _VIEWS_DEG[view]

    def usual_bar(self, setup: Setup) -> float:
        """Return the bar's share of body mass: less on one leg."""
        return USUAL_BAR[setup.legs]

    def dynamics(self, setup: Setup, motion: Motion, body: BodyModel) -> Dynamics:
        """Return the mechanics of the chain between feet and back."""
        # not before it is asked for: the window's first picture needs none of it
        from visualizer.lifts.hip_thrust.mechanics import Mechanics

        return Mechanics(_own(setup), motion, body)


def _own(setup: Setup) -> HipThrustSetup:
    if not isinstance(setup, HipThrustSetup):
        raise TypeError(f"a hip thrust needs its own setup, not {type(setup).__name__}")
    return setup

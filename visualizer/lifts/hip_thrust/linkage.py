"""The movement: a closed linkage with one degree of freedom.

Idea
    The feet stay planted and the upper back stays on the bench's edge (or on the floor),
    so trunk, thigh, shank and foot close a chain. Give the height of the hips and everything
    else follows. Nothing is key-framed.

How
    The unknowns are the trunk's inclination, the pelvis' place in the plane of symmetry, and six
    angles of the leg (three of the hip, knee, ankle, subtalar). The equations are the six of the
    planted foot, two of the upper back, and the wanted height of the hips. The top is solved
    first, with the foot free to find its place: hips at their top angle, shank at its lean, sole
    flat. From there the hips are lowered in small steps (each solved by Newton's method from the
    step before) until the bottom: the wanted hip flexion, or earlier where the plates or the
    buttocks meet the floor. The path is then sampled evenly in height.

    The lumbar joints stay at zero: the neutral spine is our choice, so what follows for the
    muscles of the trunk is "by construction".

What was tried
    Interpolating joint angles between a bottom and a top pose moves the feet by centimetres.
    Holding only a planar four-bar linkage is not enough with the hips abducted: the knee's
    coupled rotations then twist the foot on the floor.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.body_model import BodyModel
from visualizer.anatomy.landmarks import Measures
from visualizer.anatomy.muscle import Side
from visualizer.errors import PoseError
from visualizer.lifts.arms import ArmTask, solve_arms
from visualizer.lifts.foot import Foot
from visualizer.lifts.hip_thrust.setup import HipThrustSetup, Support
from visualizer.lifts.motion import PLATE_RADIUS_M, Motion, check_ranges
from visualizer.lifts.newton import Newton
from visualizer.lifts.vocabulary import Equipment, Laterality
from visualizer.texts import tr

__all__ = ["bar_seat", "solve_motion", "try_motion"]

Array = NDArray[np.float64]

_SAMPLES = 81
_STEP_M = 0.006
_COARSE_STEP_M = 0.025
_TOLERANCE = 1e-9
# The resting leg of the single-leg variation: thigh held up, and the knee bends as the trunk comes
# down level, so that the heel clears the floor at the bottom and the shank lies level at the top.
_FREE_HIP_RAD = math.radians(95)
_SOFT_HIP_RAD = math.radians(1.5)
_FREE_KNEE_LEVEL_RAD = math.radians(100)
_FREE_KNEE_PER_TRUNK = 0.45
_NOD_RAD = 0.02  # step of a derivative
_FREE_ANKLE_RAD = math.radians(-25)  # a foot that nothing pushes against droops
_HOLD_BAR = ArmTask(
    preferred_deg=(12, -28, 25, 55, 35, 10, 0),
    facing=(0.0, -0.55, -0.83),
    place_m=(-0.36, 0.0, 0.0),
    grips=True,
)


def _on_bench(height_m: float) -> ArmTask:
    return ArmTask((-5, -72, 10, 35, 60, -5, 0), (0.0, 0.0, -1.0), (-0.58, 0.12, height_m + 0.03))


def _beside(height_m: float) -> ArmTask:
    place = (-0.33, -0.59, height_m + 0.014)
    return ArmTask((-10, -20, 0, 8, 75, 0, 0), (0.0, 0.0, -1.0), place, lies=True)


def bar_seat(
    measures: Measures, hip_centre_m: Array, trunk_rad: float, hip_flexion_rad: float
) -> Array:
    """Return where the middle of the bar lies in the hip crease.

    The padded bar leans on the belly; the thigh, a slab about the hip, pushes it headwards as
    the hip flexes.

    Parameters
    ----------
    measures : Measures
        The body's.
    hip_centre_m : (3,) ndarray
        Midpoint of the hip joints.
    trunk_rad : float
        Inclination of the trunk.
    hip_flexion_rad : float
        Hip flexion.

    Returns
    -------
    (3,) ndarray
        World position, metres.
    """
    clear, ahead = measures.thigh_half_depth_m, measures.crease_forward_m
    least = measures.crease_up_m
    sine = max(math.sin(hip_flexion_rad), 0.05)
    pushed = (clear - ahead * math.cos(hip_flexion_rad)) / sine
    up = float(np.logaddexp(0, (pushed - least) / 0.01)) * 0.01 + least
    headward = np.array([0.0, math.cos(trunk_rad), math.sin(trunk_rad)])
    forward = np.array([0.0, -math.sin(trunk_rad), math.cos(trunk_rad)])
    return np.asarray(hip_centre_m + up * headward + ahead * forward)


def solve_motion(
    setup: HipThrustSetup,
    equipment: Collection[Equipment],
    body: BodyModel,
    side: Side = Side.RIGHT,
) -> Motion:
    """Close the linkage of a placement.

    Parameters
    ----------
    setup : HipThrustSetup
        How the body is placed.
    equipment : collection of Equipment
        What is used: plates and mat limit the way.
    body : BodyModel
        The body that moves.
    side : Side
        The working side, for variations on one leg.

    Raises
    ------
    PoseError
        When the body cannot take the placement.
    """
    return _Linkage(setup, equipment, body, side).solve()


def try_motion(
    setup: HipThrustSetup, equipment: Collection[Equipment], body: BodyModel, side: Side
) -> None:
    """Try whether the body can take a placement, in coarse steps: a quarter of the time.

    Raises
    ------
    PoseError
        When it cannot.
    """
    _Linkage(setup, equipment, body, side).try_it()


class _Linkage:
    """Equations of one placement; ``x`` is (trunk, y, z, hip ×3, knee, ankle, subtalar)."""

    def __init__(
        self,
        setup: HipThrustSetup,
        equipment: Collection[Equipment],
        body: BodyModel,
        side: Side,
    ) -> None:
        self.setup, self.body, self.skeleton = setup, body, body.skeleton
        self.single = setup.legs is Laterality.WORKING
        self.side = side if self.single else Side.RIGHT
        self.bar = Equipment.BARBELL in equipment
        self.support_height_m = setup.support_height_m(equipment)
        names = (
            "hip_flexion", "hip_adduction", "hip_rotation",
            "knee_angle", "ankle_angle", "subtalar_angle",
        )  # fmt: skip
        self.leg_joints = names
        zero = self.skeleton.joint_positions({})
        self.zero = zero
        self._newton = Newton(_TOLERANCE)
        self.address = {n: self.skeleton.joint_address(n) for n in self.skeleton.free_joint_names}
        working = (self.side,) if self.single else tuple(Side)
        self._legs = [[self.address[n + s.suffix] for n in names] for s in working]
        self.contact = setup.back(body.landmarks)
        self.foot = Foot(body, self.side.suffix)
        if self.single:
            zero[self.address["hip_flexion" + self.side.other.suffix]] = _FREE_HIP_RAD
            zero[self.address["ankle_angle" + self.side.other.suffix]] = _FREE_ANKLE_RAD

    # ------------------------------------------------------------------------- equations
    def joint_position(self, x: Array) -> Array:
        q = self.zero.copy()
        half = (x[0] - math.pi / 2) / 2
        q[:7] = 0.0, x[1], x[2], math.cos(half), math.sin(half), 0.0, 0.0
        for leg in self._legs:
            q[leg] = x[3:]
        if self.single:
            knee = _FREE_KNEE_LEVEL_RAD - _FREE_KNEE_PER_TRUNK * x[0]
            q[self.address["knee_angle" + self.side.other.suffix]] = knee
        self.skeleton.apply_couplings(q)
        return q

    def _point(self, frames: tuple[Array, Array], body: str, point: Array) -> Array:
        i = self.skeleton.body(body)
        return np.asarray(frames[0][i] + frames[1][i] @ point)

    def _back(self, frames: tuple[Array, Array]) -> Array:
        """How far the upper back is from its support, (2,) metres."""
        return self._point(frames, *self.contact.on())[1:] - (0.0, self.support_height_m)

    def hip_height(self, frames: tuple[Array, Array]) -> float:
        return float(self._point(frames, *self.body.landmarks.hip_centre.on(self.side.suffix))[2])

    def top(self) -> Array:
        """Solve the top; the foot is flat on the floor, wherever that is."""
        setup = self.setup
        shank = self.skeleton.body("tibia" + self.side.suffix)

        def residual(x: Array) -> Array:
            frames = self.skeleton.body_frames(self.joint_position(x))
            shin = frames[1][shank][:, 1]
            lean = math.atan2(shin[1], shin[2])
            return np.array([
                *self._back(frames),
                x[3] - setup.hip_top_rad,
                x[4] + setup.hip_abduction_rad,
                # the shank stands upright as seen from the feet
                shin[0],
                lean - setup.shank_top_rad,
                *self.foot.off_floor(frames),
            ])  # fmt: skip

        tilt = 0.1 if setup.support is Support.BENCH else -0.35
        start = np.array([tilt, -0.45, 0.5, 0.0, -setup.hip_abduction_rad, 0.0, 1.5, 0.0, 0.0])
        return self._root(residual, start, tr("the top"))

    def below(self, x_top: Array) -> Callable[[Array, float], Array]:
        """Return a solver for a lower hip height with the foot where it stands at the top."""
        moved = self.foot.planted(self.skeleton.body_frames(self.joint_position(x_top)))

        def solve(start: Array, height_m: float) -> Array:
            def residual(x: Array) -> Array:
                f = self.skeleton.body_frames(self.joint_position(x))
                return np.array([*self._back(f), *moved(f), self.hip_height(f) - height_m])

            where = tr("hips at {height:.0f} cm").format(height=height_m * 100)
            return self._root(residual, start, where)

        return solve

    def _root(self, residual: Callable[[Array], Array], start: Array, where: str) -> Array:
        found = self._newton.solve(residual, start)
        if found is None:
            raise PoseError(
                tr(
                    "the body cannot reach {where}; check setup.bench_height_cm, "
                    "setup.shank_top_deg and the hip angles"
                ).format(where=where)
            )
        return found

    # ------------------------------------------------------------------------------ path
    def descend(
        self, step_m: float
    ) -> tuple[list[float], list[Array], float, Callable[[Array, float], Array]]:
        """Return hip heights and states from the top to beyond the bottom, the bottom, a solver."""
        x = self.top()
        below = self.below(x)
        frames = self.skeleton.body_frames(self.joint_position(x))
        heights, states = [self.hip_height(frames)], [x]
        margins = [self._margin(x, heights[0])]
        while margins[-1] > 0 and len(heights) < 200:
            height = heights[-1] - step_m
            guess = states[-1] if len(states) < 2 else 2 * states[-1] - states[-2]
            x = below(guess, height)
            heights.append(height)
            states.append(x)
            margins.append(self._margin(x, height))
        if len(heights) < 3 and heights[0] - heights[-1] < 2 * _STEP_M:
            raise PoseError(
                tr(
                    "the bottom is not below the top; check setup.hip_bottom_deg against "
                    "setup.hip_top_deg"
                )
            )
        # the bottom: where the margin vanishes within the last step
        f = margins[-2] / (margins[-2] - margins[-1])
        return heights, states, heights[-2] - f * step_m, below

    def try_it(self) -> None:
        _, states, bottom, below = self.descend(_COARSE_STEP_M)
        self._check(np.array([*states[:-1], below(states[-1], bottom)]))

    def solve(self) -> Motion:
        heights, states, bottom, below = self.descend(_STEP_M)
        grid = np.linspace(bottom, heights[0], _SAMPLES)
        path = np.array(states)[::-1]
        known = np.array(heights)[::-1]
        start = np.column_stack([np.interp(grid, known, path[:, k]) for k in range(path.shape[1])])
        solved = np.array([below(s, h) for s, h in zip(start, grid, strict=True)])
        self._check(solved)
        q = np.array([self.joint_position(s) for s in solved])
        bar = np.array([self._bar(s) for s in solved])
        self._head(q, solved[:, 0])
        q = solve_arms(self.body, q, self._arm_task(), bar, self.support_height_m)
        return Motion(grid, q, solved[:, 0].copy(), bar, self.side, self.support_height_m)

    def _bar(self, x: Array) -> Array:
        frames = self.skeleton.body_frames(self.joint_position(x))
        hips = [self._point(frames, *self.body.landmarks.hip_centre.on(s.suffix)) for s in Side]
        flexion = float(x[3])
        if self.single:  # the larger of the two legs' counts, rounded where they meet
            soft = _SOFT_HIP_RAD
            flexion = soft * float(np.logaddexp(flexion / soft, _FREE_HIP_RAD / soft))
        return bar_seat(self.body.measures, (hips[0] + hips[1]) / 2, float(x[0]), flexion)

    def _margin(self, x: Array, hip_height_m: float) -> float:
        """Return how far the descent may still go; zero at the bottom."""
        margin = min(
            self.setup.hip_bottom_rad - float(x[3]),
            (hip_height_m - self.body.measures.buttock_radius_m) * 2,
        )
        if self.bar:
            margin = min(margin, (float(self._bar(x)[2]) - PLATE_RADIUS_M) * 2)
        return margin

    def _check(self, solved: Array) -> None:
        check_ranges(self.skeleton, self.leg_joints, self.side.suffix, solved[:, 3:])

    # ---------------------------------------------------------------------- head and arms
    def _head(self, q: Array, trunk_rad: Array) -> None:
        """Hold the head: chin slightly tucked on the bench; the occiput on the floor otherwise."""
        if self.setup.support is Support.BENCH:
            self._nod(q, np.full(len(q), math.radians(14)))
            return
        # on the floor: Newton's method per sample on the height of the occiput over the floor
        nod = -trunk_rad
        above = self._occiput_above(q, nod)
        slope = (self._occiput_above(q, nod + _NOD_RAD) - above) / _NOD_RAD
        for _ in range(4):
            nod = nod - above / slope
            above = self._occiput_above(q, nod)

    def _nod(self, q: Array, nod_rad: Array) -> None:
        """Bend neck and head of the samples ``q`` (S, Q), as far as they go."""
        for joint, share in (("neck_flexion", 0.62), ("head_flexion", 0.38)):
            low, high = self.skeleton.joint_range[joint]
            # flexion turns the head forwards: negative about the axis that points to the right
            q[:, self.address[joint]] = np.clip(-share * nod_rad, low, high)

    def _occiput_above(self, q: Array, nod_rad: Array) -> Array:
        """Nod, and return how far the back of the head is above the support, (S,) metres."""
        self._nod(q, nod_rad)
        point = self.body.landmarks.occiput.on()
        heights = [self._point(self.skeleton.body_frames(row), *point)[2] for row in q]
        return np.array(heights) - self.support_height_m

    def _arm_task(self) -> ArmTask:
        if self.bar:
            return _HOLD_BAR
        on_bench = self.setup.support is Support.BENCH
        return _on_bench(self.support_height_m) if on_bench else _beside(self.support_height_m)

"""The movement: an open chain that stands on both feet and must not fall over.

Idea
    The trunk leans from upright to its bottom, the spine neutral; the knees bend a little with it.
    Lean and knees are given, the feet stay where they are, and the hips go back as far as balance
    asks: the common centre of mass of body and bar stays above the middle of the feet.

How
    The unknowns are the pelvis' place in the plane of symmetry, three angles of the hip, knee,
    ankle and subtalar joint. At the top the foot finds its place (sole flat, shank upright as seen
    from in front); below, the six equations of the planted foot, the wanted knee, and balance.
    Each sample is solved by Newton's method from the one before.

    The bar hangs in straight arms and touches the legs: from hanging straight down the arms swing
    back until the bar meets thigh or shank, as the latissimus draws it in. What balance needs of
    the load is its share of body mass, taken as :data:`BAR_SHARE`: a heavier bar asks for hips a
    little farther back.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.body_model import BodyModel
from visualizer.anatomy.landmarks import Landmark
from visualizer.anatomy.muscle import Side
from visualizer.errors import PoseError
from visualizer.lifts.arms import ArmTask, solve_arms
from visualizer.lifts.foot import Foot
from visualizer.lifts.hinge.setup import HingeSetup
from visualizer.lifts.motion import Motion, check_ranges
from visualizer.lifts.newton import Newton
from visualizer.lifts.segments import FIGURES, segment_paths, segments
from visualizer.texts import tr

__all__ = ["BAR_SHARE", "solve_motion"]

Array = NDArray[np.float64]

# The bar's mass as a share of body mass, for balance alone.
BAR_SHARE = 0.8
_SAMPLES = 81
_TOLERANCE = 1e-8
_LEG = ("hip_flexion", "hip_adduction", "hip_rotation", "knee_angle", "ankle_angle",
        "subtalar_angle")  # fmt: skip
_SOFT_M = 0.012  # how gently the bar passes from the thigh to the shank
_GRIP_HALF_WIDTH_M = 0.29
_ELBOW_SLACK_M = 0.022  # elbows that are not locked
_ARM_PARTS = ("upper_arm", "forearm", "hand")
_HANG = ArmTask(
    preferred_deg=(10, -14, 20, 14, 60, 0, -10),
    facing=(0.0, 1.0, 0.0),
    place_m=(-_GRIP_HALF_WIDTH_M, 0.0, 0.0),
    grips=True,
)


def solve_motion(setup: HingeSetup, body: BodyModel, samples: int = _SAMPLES) -> Motion:
    """Return the path of the body from the bottom to the top.

    Parameters
    ----------
    setup : HingeSetup
        How the body is placed.
    body : BodyModel
        The body that moves.
    samples : int
        How many poses; few are enough to see whether the body can do it.

    Raises
    ------
    PoseError
        When the body cannot take the placement.
    """
    return _Chain(setup, body).solve(samples)


class _Chain:
    """Equations of one placement; ``x`` is (y, z, hip ×3, knee, ankle, subtalar)."""

    def __init__(self, setup: HingeSetup, body: BodyModel) -> None:
        self.setup, self.body, self.skeleton = setup, body, body.skeleton
        self.foot = Foot(body, "_r")
        self.zero = self.skeleton.joint_positions({})
        self.address = {n: self.skeleton.joint_address(n) for n in self.skeleton.free_joint_names}
        self._legs = [[self.address[n + side.suffix] for n in _LEG] for side in Side]
        self._newton = Newton(_TOLERANCE)
        figures = FIGURES[self.body.build]
        # the arms hang from the shoulders to the bar, wherever that is
        self.shares = {
            s.id: figures[s.id].mass * (2 if s.paired else 1)
            for s in segments(body.landmarks)
            if s.id not in _ARM_PARTS
        }
        self.arm_share = sum(2 * figures[name].mass for name in _ARM_PARTS)
        self.arm_m = self._arm_length_m()

    # ------------------------------------------------------------------------- equations
    def joint_position(self, x: Array, lean_rad: float) -> Array:
        q = self.zero.copy()
        q[:7] = 0.0, x[0], x[1], math.cos(lean_rad / 2), math.sin(lean_rad / 2), 0.0, 0.0
        for leg in self._legs:
            q[leg] = x[2:]
        self.skeleton.apply_couplings(q)
        return q

    def _point(self, frames: tuple[Array, Array], landmark: Landmark, suffix: str) -> Array:
        body, point = landmark.on(suffix)
        i = self.skeleton.body(body)
        return np.asarray(frames[0][i] + frames[1][i] @ point)

    def _arm_length_m(self) -> float:
        """Return the length of a straight arm from shoulder to palm, metres."""
        frames = self.skeleton.body_frames(self.zero)
        origins = [frames[0][self.skeleton.body(n + "_r")] for n in ("humerus", "ulna", "hand")]
        lengths = [float(np.linalg.norm(b - a)) for a, b in pairwise(origins)]
        return (
            sum(lengths) + float(np.linalg.norm(self.body.landmarks.palm.point_m)) - _ELBOW_SLACK_M
        )

    def bar(self, frames: tuple[Array, Array]) -> Array:
        """Return the middle of the shaft (y, z), metres: in hanging arms, at the legs."""
        body, measures = self.skeleton.body, self.body.measures
        # plain numbers: an array of two costs ten times as much, and this is tried forty times
        (aside, *shoulder), (_, *hip), (_, *knee), (_, *ankle) = (
            frames[0][body(n + "_r")].tolist() for n in ("humerus", "femur", "tibia", "talus")
        )
        reach = math.sqrt(self.arm_m**2 - (_GRIP_HALF_WIDTH_M - abs(aside)) ** 2)

        def at(swing: float) -> tuple[float, float]:
            return shoulder[0] + reach * math.sin(swing), shoulder[1] - reach * math.cos(swing)

        def clear(swing: float) -> float:
            place = at(swing)
            thigh = _ahead(place, hip, knee) - measures.thigh_to_bar_m
            shank = _ahead(place, knee, ankle) - measures.shank_to_bar_m
            # the smaller of the two, rounded where they meet
            apart = math.log1p(math.exp(-abs(thigh - shank) / _SOFT_M))
            return min(thigh, shank) - _SOFT_M * apart

        # forwards (−y) the bar is clear of the legs, backwards it is inside them
        free, inside = -0.6, 0.9
        for _ in range(40):
            middle = (free + inside) / 2
            free, inside = (middle, inside) if clear(middle) > 0 else (free, middle)
        return np.array(at(free))

    def _balance(self, q: Array, frames: tuple[Array, Array]) -> float:
        """Return how far the centre of mass is from above the middle of the feet, metres."""
        ends = segment_paths(self.body, q[None])
        total = moment = 0.0
        figures = FIGURES[self.body.build]
        for name, share in self.shares.items():
            start, end = ends.get(name) or ends[name + "_r"]
            y = float(start[0, 1] + figures[name].centre * (end[0, 1] - start[0, 1]))
            total, moment = total + share, moment + share * y
        bar = self.bar(frames)
        shoulder = frames[0][self.skeleton.body("humerus_r")]
        moment += self.arm_share * (0.45 * bar[0] + 0.55 * float(shoulder[1]))
        moment += BAR_SHARE * float(bar[0])
        total += self.arm_share + BAR_SHARE
        return float(moment / total) - float(self.foot.sole(frames)[1])

    def top(self) -> Array:
        """Solve the top; the foot is flat on the floor, wherever that is."""
        setup = self.setup
        shank = self.skeleton.body("tibia_r")

        def residual(x: Array) -> Array:
            q = self.joint_position(x, 0.0)
            frames = self.skeleton.body_frames(q)
            return np.array([
                self.foot.sole(frames)[1],
                *self.foot.off_floor(frames),
                x[3] + setup.hip_abduction_rad,
                frames[1][shank][0, 1],
                x[5] - setup.knee_top_rad,
                self._balance(q, frames),
            ])  # fmt: skip

        knee = setup.knee_top_rad
        start = np.array([0.1, 0.9, knee / 2, -setup.hip_abduction_rad, 0.0, knee, -knee / 2, 0.0])
        return self._root(residual, start, tr("the top"))

    def below(self, x_top: Array) -> Callable[[Array, float, float], Array]:
        """Return a solver for a lean and a knee with the foot where it stands at the top."""
        frames = self.skeleton.body_frames(self.joint_position(x_top, 0.0))
        moved = self.foot.planted(frames)

        def solve(start: Array, lean_rad: float, knee_rad: float) -> Array:
            def residual(x: Array) -> Array:
                q = self.joint_position(x, lean_rad)
                f = self.skeleton.body_frames(q)
                return np.array([*moved(f), x[5] - knee_rad, self._balance(q, f)])

            where = tr("a lean of {angle:.0f}°").format(angle=math.degrees(lean_rad))
            return self._root(residual, start, where)

        return solve

    def _root(self, residual: Callable[[Array], Array], start: Array, where: str) -> Array:
        found = self._newton.solve(residual, start)
        if found is None:
            raise PoseError(
                tr(
                    "the body cannot reach {where}; check setup.trunk_bottom_deg and the knee's "
                    "angles"
                ).format(where=where)
            )
        return found

    # ------------------------------------------------------------------------------ path
    def solve(self, samples: int) -> Motion:
        setup = self.setup
        share = np.linspace(0.0, 1.0, samples)  # from the top down
        leans = share * (math.pi / 2 - setup.trunk_bottom_rad)
        knees = setup.knee_top_rad + share * (setup.knee_bottom_rad - setup.knee_top_rad)
        states = [self.top()]
        below = self.below(states[0])
        for lean, knee in zip(leans[1:], knees[1:], strict=True):
            guess = states[-1] if len(states) < 2 else 2 * states[-1] - states[-2]
            states.append(below(guess, float(lean), float(knee)))
        solved, leans = np.array(states)[::-1], leans[::-1]
        check_ranges(self.skeleton, _LEG, "_r", solved[:, 2:])
        q = np.array([self.joint_position(x, float(a)) for x, a in zip(solved, leans, strict=True)])
        frames = [self.skeleton.body_frames(row) for row in q]
        bar = np.array([(0.0, *self.bar(f)) for f in frames])
        heights = np.array(
            [float(self._point(f, self.body.landmarks.hip_centre, "_r")[2]) for f in frames]
        )
        q = solve_arms(self.body, q, _HANG, bar, 0.0)
        return Motion(heights, q, math.pi / 2 - leans, bar, Side.RIGHT)


def _ahead(place: Sequence[float], start: Sequence[float], end: Sequence[float]) -> float:
    """Return how far a point (y, z) lies in front (−y) of the line between two joints, metres.

    Beyond the line's ends the distance to the end counts, so that the two lines of a leg join.
    """
    y, z = end[0] - start[0], end[1] - start[1]
    length = math.hypot(y, z)
    y, z = y / length, z / length  # down along the line; (z, −y) is ahead of it
    dy, dz = place[0] - start[0], place[1] - start[1]
    across, beside = dy * z - dz * y, dy * y + dz * z
    over = max(beside - length, -beside, 0.0)
    return math.copysign(math.hypot(across, over), across)

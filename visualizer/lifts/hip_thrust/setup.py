"""How the body is placed for a hip thrust or a glute bridge."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from visualizer.anatomy.landmarks import SHOULDERS, UPPER_BACK, Landmark
from visualizer.lifts.base import Setup
from visualizer.lifts.vocabulary import Equipment

__all__ = ["MAT_THICKNESS_M", "HipThrustSetup", "Support"]

MAT_THICKNESS_M = 0.012


class Support(StrEnum):
    """What the upper back rests on."""

    BENCH = "bench"
    FLOOR = "floor"


@dataclass(frozen=True)
class HipThrustSetup(Setup):
    """How the body is placed; what the closed linkage of the motion needs to know.

    Attributes
    ----------
    support : Support
        Bench edge or floor under the upper back.
    bench_height_m : float
        Height of the bench's upper edge above the floor, in metres; 0 on the floor.
    shank_top_rad : float
        Lean of the shank from the vertical at the top, radians; positive when the feet stand
        farther from the hips than the knees. The knee's angle follows from it.
    hip_bottom_rad : float
        Hip flexion at the bottom of the repetition, radians. The descent ends earlier where the
        plates or the buttocks touch the floor.
    hip_top_rad : float
        Hip flexion at the top, radians.
    hip_abduction_rad : float
        Abduction of both hips at the top (feet and knees apart), radians.
    """

    support: Support
    bench_height_m: float
    shank_top_rad: float
    hip_bottom_rad: float
    hip_top_rad: float
    hip_abduction_rad: float

    def support_height_m(self, equipment: Collection[Equipment]) -> float:
        """Return how high the upper back's support is: the bench, the mat, or the bare floor."""
        if self.support is Support.FLOOR and Equipment.MAT in equipment:
            return MAT_THICKNESS_M
        return self.bench_height_m

    @property
    def back(self) -> Landmark:
        """The point of the back that stays on the bench's edge or the floor."""
        return UPPER_BACK if self.support is Support.BENCH else SHOULDERS

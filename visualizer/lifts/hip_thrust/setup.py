"""How the body is placed for a hip thrust or a glute bridge."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from visualizer.anatomy.landmarks import Landmark, Landmarks
from visualizer.errors import Problem
from visualizer.lifts.base import Setup
from visualizer.lifts.vocabulary import Equipment
from visualizer.records import CENTIMETRES, DEGREES, Range
from visualizer.texts import tr

__all__ = ["MAT_THICKNESS_M", "HipThrustSetup", "Support"]

MAT_THICKNESS_M = 0.012


class Support(StrEnum):
    """What the upper back rests on."""

    BENCH = "bench"
    FLOOR = "floor"


@dataclass(frozen=True, kw_only=True)
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
    hip_bottom_rad: Annotated[float, Range(5, 120), DEGREES]
    bench_height_m: Annotated[float, Range(10, 80), CENTIMETRES] = 0.0
    shank_top_rad: Annotated[float, Range(-45, 45), DEGREES] = 0.0
    hip_top_rad: Annotated[float, Range(-20, 60), DEGREES] = 0.0
    hip_abduction_rad: Annotated[float, Range(0, 45), DEGREES] = 0.0

    def problems(self, equipment: Collection[Equipment]) -> Iterator[Problem]:
        """Yield what does not go together: bench and support, bottom and top."""
        on_bench = self.support is Support.BENCH
        if on_bench and not self.bench_height_m:
            yield Problem("", "setup.bench_height_cm", tr("required with support = 'bench'"))
        if not on_bench and self.bench_height_m:
            message = tr("only with support = 'bench'; here the floor supports")
            yield Problem("", "setup.bench_height_cm", message)
        if on_bench != (Equipment.BENCH in equipment):
            message = tr("must name 'bench' exactly when setup.support is 'bench'")
            yield Problem("", "equipment", message)
        if self.hip_bottom_rad <= self.hip_top_rad:
            top, bottom = math.degrees(self.hip_top_rad), math.degrees(self.hip_bottom_rad)
            message = tr("must be more flexed than hip_top_deg ({top:g}), not {bottom:g}").format(
                top=top, bottom=bottom
            )
            yield Problem("", "setup.hip_bottom_deg", message)

    def support_height_m(self, equipment: Collection[Equipment]) -> float:
        """Return how high the upper back's support is: the bench, the mat, or the bare floor."""
        if self.support is Support.FLOOR and Equipment.MAT in equipment:
            return MAT_THICKNESS_M
        return self.bench_height_m

    def back(self, landmarks: Landmarks) -> Landmark:
        """Return the point of the back that stays on the bench's edge or the floor."""
        return landmarks.upper_back if self.support is Support.BENCH else landmarks.shoulders

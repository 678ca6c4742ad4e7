"""How the body is placed for a hip thrust or a glute bridge."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from visualizer.anatomy.landmarks import Landmark, Landmarks
from visualizer.lifts.base import Setup
from visualizer.lifts.vocabulary import Equipment, Laterality
from visualizer.validation import Fault, Range, Table

__all__ = ["MAT_THICKNESS_M", "HipThrustSetup", "SetupShape", "Support", "faults_of_setup"]

MAT_THICKNESS_M = 0.012


class Support(StrEnum):
    """What the upper back rests on."""

    BENCH = "bench"
    FLOOR = "floor"


class SetupShape(Table, frozen=True):
    """``[setup]`` in a file: placement of the body, in degrees and centimetres."""

    support: Support
    hip_bottom_deg: Annotated[float, Range(5, 120)]
    bench_height_cm: Annotated[float, Range(10, 80)] | None = None
    legs: Laterality = Laterality.BOTH
    shank_top_deg: Annotated[float, Range(-45, 45)] = 0.0
    hip_top_deg: Annotated[float, Range(-20, 60)] = 0.0
    hip_abduction_deg: Annotated[float, Range(0, 45)] = 0.0


def faults_of_setup(setup: SetupShape, equipment: Collection[Equipment]) -> Iterator[Fault]:
    """Yield what does not go together in a placement."""
    on_bench = setup.support is Support.BENCH
    if on_bench and setup.bench_height_cm is None:
        yield "setup.bench_height_cm", "required with support = 'bench'"
    if not on_bench and setup.bench_height_cm is not None:
        yield "setup.bench_height_cm", "only with support = 'bench'; here the floor supports"
    if on_bench != (Equipment.BENCH in equipment):
        yield "equipment", "must name 'bench' exactly when setup.support is 'bench'"
    if setup.hip_bottom_deg <= setup.hip_top_deg:
        yield (
            "setup.hip_bottom_deg",
            (
                f"must be more flexed than hip_top_deg ({setup.hip_top_deg:g}), "
                f"not {setup.hip_bottom_deg:g}"
            ),
        )


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

    @classmethod
    def of(cls, shape: SetupShape) -> HipThrustSetup:
        """Return the placement that a file gives, in radians and metres."""
        return cls(
            legs=shape.legs,
            support=shape.support,
            bench_height_m=(shape.bench_height_cm or 0.0) / 100,
            shank_top_rad=math.radians(shape.shank_top_deg),
            hip_bottom_rad=math.radians(shape.hip_bottom_deg),
            hip_top_rad=math.radians(shape.hip_top_deg),
            hip_abduction_rad=math.radians(shape.hip_abduction_deg),
        )

    def support_height_m(self, equipment: Collection[Equipment]) -> float:
        """Return how high the upper back's support is: the bench, the mat, or the bare floor."""
        if self.support is Support.FLOOR and Equipment.MAT in equipment:
            return MAT_THICKNESS_M
        return self.bench_height_m

    def back(self, landmarks: Landmarks) -> Landmark:
        """Return the point of the back that stays on the bench's edge or the floor."""
        return landmarks.upper_back if self.support is Support.BENCH else landmarks.shoulders

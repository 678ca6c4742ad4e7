"""How the body is placed for a Romanian deadlift."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Annotated

from visualizer.lifts.base import Setup
from visualizer.lifts.vocabulary import Equipment, Laterality
from visualizer.validation import Fault, Range, Table

__all__ = ["HingeSetup", "SetupShape", "faults_of_setup"]


class SetupShape(Table, frozen=True):
    """``[setup]`` in a file: placement of the body, in degrees."""

    trunk_bottom_deg: Annotated[float, Range(5, 80)]
    knee_bottom_deg: Annotated[float, Range(0, 60)]
    knee_top_deg: Annotated[float, Range(0, 45)] = 5.0
    hip_abduction_deg: Annotated[float, Range(0, 20)] = 3.0


def faults_of_setup(setup: SetupShape, equipment: Collection[Equipment]) -> Iterator[Fault]:
    """Yield what does not go together in a placement."""
    if Equipment.BARBELL not in equipment:
        yield "equipment", "must name 'barbell': the hands hold it"
    if setup.knee_bottom_deg < setup.knee_top_deg:
        yield (
            "setup.knee_bottom_deg",
            f"must not be less than knee_top_deg ({setup.knee_top_deg:g}): the knees do not "
            f"straighten on the way down",
        )


@dataclass(frozen=True)
class HingeSetup(Setup):
    """How the body is placed; what the standing chain needs to know.

    Attributes
    ----------
    trunk_bottom_rad : float
        How far the trunk stands above the horizontal at the bottom, radians.
    knee_bottom_rad, knee_top_rad : float
        Knee flexion at the bottom and at the top, radians.
    hip_abduction_rad : float
        Abduction of both hips at the top (feet apart), radians.
    """

    trunk_bottom_rad: float
    knee_bottom_rad: float
    knee_top_rad: float
    hip_abduction_rad: float

    @classmethod
    def of(cls, shape: SetupShape) -> HingeSetup:
        """Return the placement that a file gives, in radians."""
        return cls(
            legs=Laterality.BOTH,
            trunk_bottom_rad=math.radians(shape.trunk_bottom_deg),
            knee_bottom_rad=math.radians(shape.knee_bottom_deg),
            knee_top_rad=math.radians(shape.knee_top_deg),
            hip_abduction_rad=math.radians(shape.hip_abduction_deg),
        )

"""How the body is placed for a Romanian deadlift."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Annotated

from visualizer.errors import Problem
from visualizer.lifts.base import Setup
from visualizer.lifts.vocabulary import Equipment, Laterality
from visualizer.records import DEGREES, Mark, Range
from visualizer.texts import tr

__all__ = ["HingeSetup"]


@dataclass(frozen=True, kw_only=True)
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

    trunk_bottom_rad: Annotated[float, Range(5, 80), DEGREES]
    knee_bottom_rad: Annotated[float, Range(0, 60), DEGREES]
    knee_top_rad: Annotated[float, Range(0, 45), DEGREES] = math.radians(5)
    hip_abduction_rad: Annotated[float, Range(0, 20), DEGREES] = math.radians(3)
    # one stands on both
    legs: Annotated[Laterality, Mark.ELSEWHERE] = Laterality.BOTH

    def problems(self, equipment: Collection[Equipment]) -> Iterator[Problem]:
        """Yield what does not go together: bar and hands, knees at bottom and top."""
        if Equipment.BARBELL not in equipment:
            yield Problem("", "equipment", tr("must name 'barbell': the hands hold it"))
        if self.knee_bottom_rad < self.knee_top_rad:
            message = tr(
                "must not be less than knee_top_deg ({top:g}): the knees do "
                "not straighten on the way down"
            ).format(top=math.degrees(self.knee_top_rad))
            yield Problem("", "setup.knee_bottom_deg", message)

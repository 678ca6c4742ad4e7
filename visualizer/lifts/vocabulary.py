"""Words that all lifts share: phases, equipment, which legs work."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from visualizer.records import Key, Range

__all__ = ["Equipment", "Laterality", "Phase", "PhaseId"]


class PhaseId(StrEnum):
    """The parts of a repetition; their order is the lift's."""

    LIFT = "lift"
    HOLD = "hold"
    LOWERING = "lowering"


class Laterality(StrEnum):
    """Which legs drive the lift, and which side of a muscle works."""

    BOTH = "both"
    WORKING = "working"


class Equipment(StrEnum):
    """Gear that a variation uses and the stage draws."""

    BENCH = "bench"
    BARBELL = "barbell"
    HIP_PAD = "hip pad"
    LOOP_BAND = "loop band"
    MAT = "mat"


@dataclass(frozen=True)
class Phase:
    """A part of the repetition and how long it takes, in seconds."""

    id: Annotated[PhaseId, Key("phase")]
    seconds: Annotated[float, Range(0.05, 60)]

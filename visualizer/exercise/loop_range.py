"""A part of the repetition that is played again and again."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.lifts.schedule import PhaseSchedule, Playhead

__all__ = ["LoopRange"]

# A shorter range would flicker rather than be seen.
_LEAST_S = 0.1


@dataclass(frozen=True)
class LoopRange:
    """A part of the repetition that is played again and again; it means the same in every tempo.

    Attributes
    ----------
    start, end : Playhead
        Where it begins and ends.

    Raises
    ------
    UsageError
        When a place lies outside its phase.
    """

    start: Playhead
    end: Playhead

    def __post_init__(self) -> None:
        self.start.check()
        self.end.check()

    @classmethod
    def between(cls, schedule: PhaseSchedule, one_s: float, other_s: float) -> LoopRange | None:
        """Return the range between two times (s), whichever is earlier; None where it is short."""
        start_s, end_s = sorted((schedule.clamped(one_s), schedule.clamped(other_s)))
        found = cls(schedule.playhead_at(start_s), schedule.playhead_at(end_s))
        return found if found.times_s(schedule) is not None else None

    def times_s(self, schedule: PhaseSchedule) -> tuple[float, float] | None:
        """Return when it begins and ends, seconds; None where too little of it is left."""
        start_s, end_s = (
            schedule.time_of(place.phase, place.fraction)
            for place in (schedule.nearest(self.start), schedule.nearest(self.end))
        )
        return (start_s, end_s) if end_s - start_s >= _LEAST_S else None

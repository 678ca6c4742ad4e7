"""When each phase of a repetition begins and ends, and how far the movement has come by then.

Progress is 0 at the bottom of the movement and 1 at its top. A lift leads from 0 to 1, a lowering
from 1 to 0, a hold stays where the phase before it ended; so a lift that starts at the bottom and
one that starts at the top differ in nothing but the order of their phases.
Lift and lowering follow the minimum-jerk profile 10 f³ − 15 f⁴ + 6 f⁵ (Flash & Hogan 1985): speed
and acceleration vanish where phases meet.

This is the one place that adds up the durations of phases.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from visualizer.errors import UsageError
from visualizer.lifts.vocabulary import Phase, PhaseId
from visualizer.texts import tr

__all__ = ["PhaseSchedule", "PhaseSpan", "Playhead", "Profile"]

Array = NDArray[np.float64]

_STEP_S = 0.02
_LEAST_STEPS = 24
# Two times this close are the same border of a phase.
_SAME_S = 1e-6


@dataclass(frozen=True)
class Playhead:
    """A place in a repetition that means the same in one of another tempo.

    Attributes
    ----------
    phase : PhaseId
        Lift, hold or lowering.
    fraction : float
        How much of the phase has passed, 0 … 1.
    """

    phase: PhaseId
    fraction: float

    def check(self) -> None:
        """Raise ``UsageError`` where it lies outside its phase, as a file or a link may say."""
        if not (math.isfinite(self.fraction) and 0.0 <= self.fraction <= 1.0):
            raise UsageError(
                tr("the share of a phase must be between 0 and 1, not {value}").format(
                    value=f"{self.fraction:g}"
                )
            )


@dataclass(frozen=True)
class PhaseSpan:
    """A phase on the clock of the repetition.

    Attributes
    ----------
    id : PhaseId
        Lift, hold or lowering.
    start_s, seconds : float
        When it starts, and how long it takes.
    start_progress, end_progress : float
        Progress at its ends.
    """

    id: PhaseId
    start_s: float
    seconds: float
    start_progress: float
    end_progress: float

    @property
    def end_s(self) -> float:
        """When the phase ends, seconds."""
        return self.start_s + self.seconds

    @property
    def moves(self) -> bool:
        """Whether the body moves in it."""
        return self.start_progress != self.end_progress

    def progress(self, fraction: float) -> float:
        """Return the progress when ``fraction`` 0 … 1 of the phase has passed."""
        if not self.moves:
            return self.start_progress
        rise = fraction**3 * (10 - 15 * fraction + 6 * fraction * fraction)
        return rise if self.end_progress > self.start_progress else 1.0 - rise


@dataclass(frozen=True)
class Profile:
    """The repetition's progress at some times.

    Attributes
    ----------
    time_s : (N,) ndarray
        Times since the start of the repetition, seconds.
    progress : (N,) ndarray
        Between bottom (0) and top (1).
    rate_per_s, acceleration_per_s2 : (N,) ndarray
        Its derivatives by time.
    """

    time_s: Array
    progress: Array
    rate_per_s: Array
    acceleration_per_s2: Array


class PhaseSchedule:
    """The phases of a repetition on one clock.

    Parameters
    ----------
    phases : sequence of Phase
        At least one, in their order.
    """

    def __init__(self, phases: Sequence[Phase]) -> None:
        spans: list[PhaseSpan] = []
        moving = next((p.id for p in phases if p.id is not PhaseId.HOLD), PhaseId.LOWERING)
        start_s, now = 0.0, 0.0 if moving is PhaseId.LIFT else 1.0
        for phase in phases:
            end = {PhaseId.LIFT: 1.0, PhaseId.LOWERING: 0.0}.get(phase.id, now)
            begin = 1.0 - end if phase.id is not PhaseId.HOLD else now
            spans.append(PhaseSpan(phase.id, start_s, phase.seconds, begin, end))
            start_s, now = start_s + phase.seconds, end
        self.spans: tuple[PhaseSpan, ...] = tuple(spans)

    @property
    def duration_s(self) -> float:
        """Duration of one repetition, seconds."""
        return self.spans[-1].end_s

    @property
    def borders_s(self) -> tuple[float, ...]:
        """Where phases meet, both ends of the repetition included, seconds."""
        return (0.0, *(span.end_s for span in self.spans))

    def __contains__(self, phase: object) -> bool:
        return any(span.id is phase for span in self.spans)

    def span(self, phase: PhaseId) -> PhaseSpan:
        """Return a phase's span.

        Raises
        ------
        UsageError
            When the repetition has no such phase.
        """
        for span in self.spans:
            if span.id is phase:
                return span
        raise UsageError(tr("this repetition has no phase {phase}").format(phase=phase))

    def clamped(self, time_s: float) -> float:
        """Return the nearest time within the repetition, seconds."""
        return min(max(time_s, 0.0), self.duration_s)

    def time_of(self, phase: PhaseId, fraction: float) -> float:
        """Return the time (s) at which ``fraction`` 0 … 1 of a phase has passed."""
        span = self.span(phase)
        return span.start_s + min(max(fraction, 0.0), 1.0) * span.seconds

    def at(self, time_s: float) -> tuple[PhaseSpan, float]:
        """Return the phase at a time, and how much of it has passed, 0 … 1."""
        left = self.clamped(time_s)
        last = self.spans[-1]
        for span in self.spans:
            # counted down rather than compared with the sums, so that every phase begins exactly
            if left < span.seconds or span is last:
                return span, min(left / span.seconds, 1.0) if span.seconds > 0 else 1.0
            left -= span.seconds
        raise AssertionError("a repetition has at least one phase")

    def playhead_at(self, time_s: float) -> Playhead:
        """Return the place in the repetition at a time (s); clamped to the repetition."""
        span, fraction = self.at(time_s)
        return Playhead(span.id, fraction)

    def nearest(self, playhead: Playhead) -> Playhead:
        """Return a place that this repetition has, the start of the movement where it has not.

        For a hold that is left out it is the end of the movement before it, which looks the same.
        """
        if playhead.phase in self:
            return playhead
        return Playhead(self.spans[0].id, float(playhead.phase is PhaseId.HOLD))

    def border_after(self, time_s: float) -> float:
        """Return the next border of phases after a time, the end where there is none."""
        later = (border for border in self.borders_s if border > time_s + _SAME_S)
        return next(later, self.duration_s)

    def border_before(self, time_s: float) -> float:
        """Return the last border of phases before a time, the start where there is none."""
        earlier = (border for border in reversed(self.borders_s) if border < time_s - _SAME_S)
        return next(earlier, 0.0)

    def grid(self) -> Array:
        """Return times (N,) over the repetition: every 20 ms or closer, all borders exact."""
        grids = [
            np.linspace(
                span.start_s,
                span.end_s,
                max(_LEAST_STEPS, round(span.seconds / _STEP_S)),
                endpoint=False,
            )
            for span in self.spans
            if span.seconds > 0
        ]
        return np.concatenate([*grids, [self.duration_s]])

    @cached_property
    def whole(self) -> Profile:
        """Progress and its derivatives at the times of :meth:`grid`, each time the same one."""
        return self.profile(self.grid())

    def profile(self, time_s: ArrayLike) -> Profile:
        """Return progress and its derivatives at the times ``time_s`` (N,), seconds."""
        times = np.clip(np.asarray(time_s, float), 0.0, self.duration_s)
        progress = np.full_like(times, self.spans[0].start_progress)
        rate, acceleration = np.zeros_like(times), np.zeros_like(times)
        for span in self.spans:
            inside = (times >= span.start_s) & (times <= span.end_s)
            progress[inside] = span.end_progress
            rate[inside] = acceleration[inside] = 0.0
            if not span.moves or span.seconds <= 0:
                continue
            f = (times[inside] - span.start_s) / span.seconds
            sign = span.end_progress - span.start_progress
            rise = f**3 * (10 - 15 * f + 6 * f**2)
            progress[inside] = rise if sign > 0 else 1.0 - rise
            rate[inside] = sign * 30 * (f * (1 - f)) ** 2 / span.seconds
            acceleration[inside] = sign * 60 * f * (1 - f) * (1 - 2 * f) / span.seconds**2
        return Profile(times, progress, rate, acceleration)

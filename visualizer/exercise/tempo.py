"""The tempo of a repetition as coaches write it, e.g. ``3-1-1``.

Three figures are seconds of the lowering, of the pause between the two movements, and of the
lift; that is the usual order whichever of the movements comes first. Four figures name both pauses:
lowering, pause at the bottom, lift, pause at the top. A repetition here has one pause at most,
where its variation has the hold (at the top where it begins with the lift, at the bottom where it
begins with the lowering); a pause at the other end is refused rather than dropped.
An ``X`` for the lift means as fast as possible; it is shown in :data:`FASTEST_S`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from visualizer.errors import UsageError
from visualizer.lifts.vocabulary import Phase, PhaseId
from visualizer.texts import tr
from visualizer.texts.figures import number

__all__ = ["FASTEST_S", "LEAST_S", "LONGEST_S", "Tempo", "notation"]

# What a lift "as fast as possible" is shown in: fast, and still to be followed by the eye.
FASTEST_S = 0.5
# Slower than anybody trains; within what a phase of a data file may take.
LONGEST_S = 30.0
LEAST_S = 0.2
_FIGURE = re.compile(r"\d{1,2}(?:[.,]\d{1,2})?|[xX]")


@dataclass(frozen=True)
class Tempo:
    """Seconds of the parts of a repetition.

    Attributes
    ----------
    lowering_s, pause_s, lift_s : float
        The lowering, the pause between the movements (0 leaves it out), the lift.
    """

    lowering_s: float
    pause_s: float
    lift_s: float

    def __post_init__(self) -> None:
        for seconds in (self.lowering_s, self.lift_s):
            if not LEAST_S <= seconds <= LONGEST_S:
                raise UsageError(_not_within(LEAST_S, seconds))
        if self.pause_s and not LEAST_S <= self.pause_s <= LONGEST_S:
            raise UsageError(_not_within(LEAST_S, self.pause_s))

    def __str__(self) -> str:
        figures = (self.lowering_s, self.pause_s, self.lift_s)
        return "-".join(f"{seconds:.6g}" for seconds in figures)

    @classmethod
    def parse(cls, text: str, *, from_bottom: bool = True) -> Tempo:
        """Return the tempo that a text states.

        Parameters
        ----------
        text : str
            Three or four figures joined by ``-``, ``/``, ``:``, or blanks; decimals with a point
            or a comma.
        from_bottom : bool
            Whether the repetition begins with the lift, so that its pause is at the top; says
            which of two pauses is meant by four figures.

        Raises
        ------
        UsageError
            When it is none, or asks for a pause that the repetition does not have.
        """
        figures = re.split(r"\s*[-–/:]\s*|\s+", text.strip()) if len(text) <= 40 else []
        if len(figures) not in (3, 4) or not all(_FIGURE.fullmatch(f) for f in figures):
            raise UsageError(
                tr(
                    "{text!r} is no tempo; write seconds of lowering, pause and lift, like 3-1-1"
                ).format(text=text[:40])
            )
        fast = [k for k, figure in enumerate(figures) if figure in "xX"]
        if any(k != 2 for k in fast):
            raise UsageError(tr("only the lift can be as fast as possible (X), as in 3-1-X"))
        values = [FASTEST_S if f in "xX" else float(f.replace(",", ".")) for f in figures]
        if len(values) == 3:
            return cls(*values)
        lowering_s, bottom_s, lift_s, top_s = values
        pause_s, other_s = (top_s, bottom_s) if from_bottom else (bottom_s, top_s)
        if other_s:
            raise UsageError(
                tr("this repetition has no pause at the bottom; write 0 there")
                if from_bottom
                else tr("this repetition has no pause at the top; write 0 there")
            )
        return cls(lowering_s, pause_s, lift_s)

    @classmethod
    def of(cls, phases: Sequence[Phase]) -> Tempo:
        """Return the tempo of phases, each of which stands there once at most."""
        seconds = {phase.id: phase.seconds for phase in phases}
        return cls(seconds[PhaseId.LOWERING], seconds.get(PhaseId.HOLD, 0.0), seconds[PhaseId.LIFT])

    def applied(self, phases: Sequence[Phase]) -> tuple[Phase, ...]:
        """Return phases in this tempo; their order stays.

        The hold is left out where there is no pause, and put between the movements where there is
        one and the phases have none.
        """
        seconds = {
            PhaseId.LOWERING: self.lowering_s,
            PhaseId.HOLD: self.pause_s,
            PhaseId.LIFT: self.lift_s,
        }
        first, *_, last = (phase.id for phase in phases)
        return tuple(Phase(p, seconds[p]) for p in (first, PhaseId.HOLD, last) if seconds[p])


def notation(phases: Sequence[Phase]) -> str:
    """Return the tempo of phases in four figures, as coaches write it, e.g. ``2-0-1-0.5``.

    They are seconds of the lowering, the pause at the bottom, the lift, the pause at the top.
    """
    seconds = {phase.id: phase.seconds for phase in phases}
    pause_s = seconds.get(PhaseId.HOLD, 0.0)
    pauses_s = (0.0, pause_s) if phases[0].id is PhaseId.LIFT else (pause_s, 0.0)
    parts = (seconds[PhaseId.LOWERING], pauses_s[0], seconds[PhaseId.LIFT], pauses_s[1])
    return "-".join(number(part) for part in parts)


def _not_within(least_s: float, seconds: float) -> str:
    return tr("a part of a tempo takes {least:g} to {most:g} seconds, not {seconds:g}").format(
        least=least_s, most=LONGEST_S, seconds=seconds
    )

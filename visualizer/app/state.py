"""What the user has chosen, as one record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypedDict

from visualizer.anatomy.muscle import Side
from visualizer.app.choices import CurveKind, LoadChoice

__all__ = ["SPEEDS", "SessionState", "StateChange"]

SPEEDS = (0.25, 0.5, 1.0, 2.0)


@dataclass(frozen=True)
class SessionState:
    """What the user has chosen; everything but the playhead.

    Attributes
    ----------
    variation : str
        Id of the shown variation.
    side : Side
        The working side, for variations on one leg.
    selection : str or None
        Id of the selected muscle (a surface or a group).
    theme : str
        ``"light"`` (projector) or ``"dark"`` (desk).
    xray, labels : bool
        Whether superficial layers are faded, and whether labels are shown.
    speed : float
        Playback speed, one of :data:`SPEEDS`.
    loop : bool
        Whether playback starts again at the end.
    playing : bool
        Whether the repetition is played.
    focus : bool
        Whether the selected muscle is framed and the rest dimmed; never without a selection.
    curves : CurveKind
        What the strip above the timeline's lanes shows.
    load : LoadChoice
        What moments are computed for.
    """

    variation: str
    side: Side = Side.RIGHT
    selection: str | None = None
    theme: str = "light"
    xray: bool = False
    labels: bool = False
    speed: float = 1.0
    loop: bool = True
    playing: bool = False
    focus: bool = False
    curves: CurveKind = CurveKind.ANGLES
    load: LoadChoice = field(default_factory=LoadChoice)


class StateChange(TypedDict, total=False):
    """Fields of :class:`SessionState` to change: what :meth:`Session.change` takes by name.

    The same names and types as there (a test compares them), so that mypy checks every change.
    """

    variation: str
    side: Side
    selection: str | None
    theme: str
    xray: bool
    labels: bool
    speed: float
    loop: bool
    playing: bool
    focus: bool
    curves: CurveKind
    load: LoadChoice

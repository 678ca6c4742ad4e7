"""What the colours of muscles mean: a channel gives every part its look.

Roles are the first channel. Another one (how hard a muscle works, say) is a class beside
:class:`RoleChannel` that is handed to the painter; nothing else changes.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Protocol

from visualizer.anatomy.surface import Part
from visualizer.exercise.repetition import Instant, PartState, Repetition
from visualizer.lifts.vocabulary import PhaseId
from visualizer.render import Pattern
from visualizer.scene.palette import CONTRACTION_STYLES, ROLE_STYLES, Theme

__all__ = ["ColourChannel", "PartLook", "RoleChannel"]


@dataclass(frozen=True)
class PartLook:
    """How a part that carries a meaning looks.

    Attributes
    ----------
    colour : str
        ``#rrggbb``.
    pattern : Pattern
        Bands along the fibres.
    pattern_strength : float
        Contrast of the bands, 0 … 1.
    gap_colour : str
        Shows between the bands, ``#rrggbb``.
    gap_share : float
        How much of it shows, 0 … 1.
    outline_width_px, outline_strength : float
        Line round the part.
    gloss, streaks : float
        Strength of the highlight and of the lines of the fibres, 0 … 1.
    """

    colour: str
    pattern: Pattern
    pattern_strength: float
    gap_colour: str
    gap_share: float
    outline_width_px: float
    outline_strength: float
    gloss: float = 0.16
    streaks: float = 0.5


class ColourChannel(Protocol):
    """Gives parts the colour and pattern that carry a meaning."""

    def key(self, instant: Instant) -> Hashable:
        """Return what all looks depend on: as long as it is equal, nothing is coloured anew."""

    def look(self, part: Part, instant: Instant, theme: Theme) -> PartLook | None:
        """Return the look of a part; None where it carries no meaning and looks like flesh."""


class RoleChannel:
    """Colour by role, pattern by contraction; both change with the phase alone.

    Parameters
    ----------
    repetition : Repetition
        Whose statements are shown.
    """

    def __init__(self, repetition: Repetition) -> None:
        self._states: dict[PhaseId, Mapping[str, PartState]] = {
            p.id: repetition.part_states(p.id) for p in repetition.variation.phases
        }

    def key(self, instant: Instant) -> Hashable:
        """Return the phase."""
        return instant.phase

    def look(self, part: Part, instant: Instant, theme: Theme) -> PartLook | None:
        """Return the look of a working part."""
        state = self._states[instant.phase].get(part.id)
        if state is None:
            return None
        role, contraction = ROLE_STYLES[state.role], CONTRACTION_STYLES[state.contraction]
        return PartLook(
            colour=role.colour,
            pattern=contraction.pattern,
            pattern_strength=role.pattern_strength,
            gap_colour=theme.gap,
            gap_share=role.gap_share,
            outline_width_px=role.outline_width_px,
            outline_strength=role.outline_strength,
        )

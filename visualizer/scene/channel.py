"""What the colours of muscles mean: a channel gives every part its look.

Roles are the first channel. Another one (how hard a muscle works, say) is a class beside
:class:`RoleChannel` that is handed to the painter; nothing else changes.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from visualizer.anatomy.surface import Part
from visualizer.catalog.variation import Contraction, Role
from visualizer.exercise.contraction import ISOMETRIC_BELOW_PERCENT, LengthChange
from visualizer.exercise.repetition import Instant, PartState, Repetition
from visualizer.lifts.vocabulary import PhaseId
from visualizer.render import Pattern
from visualizer.scene.fills import FILLS, UNSTATED
from visualizer.scene.palette import CONTRACTION_STYLES, Theme

__all__ = ["ColourChannel", "PartLook", "RoleChannel", "unstated"]

# Moving figures are a little larger than the usual lane.
_MOVING_LANES = 0.7


@dataclass(frozen=True)
class PartLook:
    """How a part that carries a meaning looks.

    Attributes
    ----------
    colour : str
        ``#rrggbb``.
    figure_colour : str
        Of the figures along the fibres, ``#rrggbb``.
    outline_width_px, outline_strength : float
        Line round the part.
    pattern : Pattern
        Which figures.
    lanes : float
        How close they lie side by side, against the usual number of lanes.
    gloss, glow, streaks : float
        Strength of the highlight, of a light of its own and of the lines of the fibres, 0 … 1.
    firmness : tuple of float
        At even steps of the way from the bottom to the top how taut the part is, 0 … 1: then
        gloss, glow and the highlight's sharpness follow it. Empty where they stay.
    prominent : bool
        Whether it keeps its colours where limbs step back towards the paper.
    """

    colour: str
    figure_colour: str
    outline_width_px: float
    outline_strength: float
    pattern: Pattern = Pattern.NONE
    lanes: float = 1.0
    gloss: float = 0.16
    glow: float = 0.0
    streaks: float = 0.5
    firmness: tuple[float, ...] = ()
    prominent: bool = False


class ColourChannel(Protocol):
    """Gives parts the colour and pattern that carry a meaning."""

    def key(self, instant: Instant) -> Hashable:
        """Return what all looks depend on: as long as it is equal, nothing is coloured anew."""

    def look(self, part: Part, instant: Instant, theme: Theme) -> PartLook | None:
        """Return the look of a part; None where it carries no meaning and looks like flesh."""


class RoleChannel:
    """Colour by role, figures by contraction; both change with the phase alone.

    What is stated in other variations of the lift and passed over in this one has a look of its
    own: nothing stated is not nothing doing.

    Parameters
    ----------
    repetition : Repetition
        Whose statements are shown.
    """

    def __init__(self, repetition: Repetition) -> None:
        self._states: dict[PhaseId, Mapping[str, PartState]] = {
            p.id: repetition.part_states(p.id) for p in repetition.variation.phases
        }
        self._firmness = {
            action.muscle: _firmness(repetition.reach(action).change)
            for action in repetition.variation.muscles
            if action.role is not Role.STABILIZER
        }
        self._unstated = unstated(repetition)

    def key(self, instant: Instant) -> Hashable:
        """Return the phase."""
        return instant.phase

    def look(self, part: Part, instant: Instant, theme: Theme) -> PartLook | None:
        """Return the look of a working part."""
        state = self._states[instant.phase].get(part.id)
        if state is None:
            return _unstated_look(theme) if part.muscle in self._unstated else None
        fill, contraction = FILLS[theme.name][state.role], state.contraction
        held = contraction is Contraction.ISOMETRIC
        return PartLook(
            colour=fill.ground_of(contraction),
            figure_colour=fill.figures[contraction],
            outline_width_px=fill.outline_width_px,
            outline_strength=fill.outline_strength,
            pattern=CONTRACTION_STYLES[contraction].pattern,
            lanes=fill.lanes if held else _MOVING_LANES,
            gloss=fill.gloss,
            glow=fill.glow,
            firmness=self._firmness.get(state.action.muscle, ()),
            prominent=state.role is not Role.STABILIZER,
        )


def unstated(repetition: Repetition) -> frozenset[str]:
    """Return the surfaces that other variations of the lift state something of, this one nothing.

    Parameters
    ----------
    repetition : Repetition
        What is done.
    """
    catalog, own = repetition.catalog, repetition.variation
    stated = {s for a in own.muscles for s in repetition.reach(a).surfaces}
    elsewhere = {
        surface
        for other in catalog.variations
        if other.lift.id == own.lift.id and other.id != own.id
        for action in other.muscles
        for surface in catalog.surfaces(action.muscle)
    }
    return frozenset(elsewhere - stated)


def _unstated_look(theme: Theme) -> PartLook:
    return PartLook(
        colour=theme.inactive,
        figure_colour=UNSTATED[theme.name],
        outline_width_px=0.9,
        outline_strength=0.36,
        pattern=Pattern.BROKEN_LINES,
        lanes=0.5,
    )


def _firmness(change: LengthChange) -> tuple[float, ...]:
    """Return how taut a muscle is at even steps of the way up: 1 where it is shortest.

    A muscle that as good as holds its length is half taut all the way.
    """
    known = change.known
    excursion = change.excursion_percent
    if not known or excursion is None or excursion < ISOMETRIC_BELOW_PERCENT:
        return (0.5,)
    length = np.zeros(len(known[0].path_m))
    for part in known:
        length += part.volume_cm3 * np.array(part.path_m) / (part.optimal_fibre_length_m or 1.0)
    return tuple(((length.max() - length) / max(float(np.ptp(length)), 1e-9)).tolist())

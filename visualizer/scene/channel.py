"""What the colours of muscles mean: a channel gives every part its look.

Roles are the first channel, estimated effort is the second. Another one is a class beside them and
a member of :class:`Colours`; whoever draws hands it over in the options of a picture.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Protocol

import numpy as np

from visualizer.anatomy.surface import Part, PartKind
from visualizer.catalog.variation import Contraction, Role
from visualizer.effort.now import EffortNow, effort_at
from visualizer.effort.sharing import Effort
from visualizer.exercise.contraction import ISOMETRIC_BELOW_PERCENT, LengthChange
from visualizer.exercise.repetition import Instant, PartState, Repetition
from visualizer.lifts.vocabulary import Laterality, PhaseId
from visualizer.render import Pattern
from visualizer.scene.effort_legend import EffortBody, effort_legend, effort_words
from visualizer.scene.effort_scale import BEYOND, BLANK, BLANK_LINES, shade_of, stepped
from visualizer.scene.fills import FILLS, UNSTATED
from visualizer.scene.legend import Legend, LegendRoom, legend
from visualizer.scene.palette import CONTRACTION_STYLES, Theme, theme

__all__ = [
    "ColourChannel",
    "Colours",
    "EffortChannel",
    "PartFigure",
    "PartLook",
    "RoleChannel",
    "unstated",
]

# Moving figures are a little larger than the usual lane.
_MOVING_LANES = 0.7
# So often per second of the repetition the colours of effort follow.
_STEPS_PER_S = 15.0
# Figures stand on so many muscles at most, if they have such a share at some time.
_MOST_TOLD, _TOLD_FROM = 7, 0.2


class Colours(StrEnum):
    """What the muscles' colours can mean."""

    ROLE = "role"
    EFFORT = "effort"


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
    fades : bool
        Whether it becomes glass where layers are faded, as flesh does.
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
    fades: bool = False


@dataclass(frozen=True)
class PartFigure:
    """A figure that stands on a muscle.

    Attributes
    ----------
    muscle : str
        Its id.
    parts : tuple of int
        Which of the parts are it.
    said : str
        The figure.
    """

    muscle: str
    parts: tuple[int, ...]
    said: str


class ColourChannel(Protocol):
    """Gives parts the colour and pattern that carry a meaning."""

    def key(self, instant: Instant) -> Hashable:
        """Return what all looks depend on: as long as it is equal, nothing is coloured anew."""

    def changing(self, parts: Sequence[Part]) -> Sequence[int]:
        """Return the parts whose looks may be others where the key is; all that ever have been."""

    def look(self, part: Part, instant: Instant, theme: Theme) -> PartLook | None:
        """Return the look of a part; None where it carries no meaning and looks like flesh."""

    def legend(
        self, room: LegendRoom, look: Theme, instant: Instant, selection: str | None
    ) -> Legend:
        """Return what explains the colours, at a moment and for the selected muscle."""

    def figures(self, parts: Sequence[Part], instant: Instant) -> tuple[PartFigure, ...]:
        """Return the figures that stand on the muscles; none where roles' marks stand there."""

    def words(self, instant: Instant) -> str:
        """Return what the colours say at a moment, in sentences; empty where they say roles."""


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
        self._repetition = repetition
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

    def changing(self, parts: Sequence[Part]) -> Sequence[int]:
        """Return all parts."""
        return range(len(parts))

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

    def legend(
        self, room: LegendRoom, look: Theme, instant: Instant, selection: str | None
    ) -> Legend:
        """Return roles and contractions with their words."""
        del instant, selection
        return legend(room, look)

    def figures(self, parts: Sequence[Part], instant: Instant) -> tuple[PartFigure, ...]:
        """Return none: letters and arrows stand there."""
        del parts, instant
        return ()

    def words(self, instant: Instant) -> str:
        """Return nothing: whoever describes a picture names the roles."""
        return ""


class EffortChannel:
    """Colour by the estimated share of effort: a model's figure, told with its range.

    What the model does not hold, the leg that does not work, and whatever has no share at the
    moment, is stone with broken lines: it is not zero.

    Parameters
    ----------
    repetition : Repetition
        What is done.
    effort : Effort or None
        The computed shares; None while they are being computed.
    """

    def __init__(self, repetition: Repetition, effort: Effort | None) -> None:
        self.repetition = repetition
        self.effort: Effort | None = None
        self._held: set[str] = set()  # muscles that have ever had a share
        self._taken = 0
        self._now: tuple[Instant, EffortNow] | None = None
        # of the moment, by muscle, whether its side works, and theme: two parts and more are alike
        self._looks: dict[tuple[str, bool, str], PartLook] = {}
        self._told: tuple[str, ...] = ()
        self.take(effort)
        one_leg = repetition.variation.setup.legs is Laterality.WORKING
        self._sides = (repetition.side,) if one_leg else None

    def take(self, effort: Effort | None) -> None:
        """Take another estimate of the same repetition."""
        self.effort = effort
        self._taken += 1
        self._now, self._told = None, ()
        self._looks.clear()
        if effort is not None:
            self._held |= set(effort.muscles)
            peaks = dict(zip(effort.muscles, effort.cases[0].max(axis=0).tolist(), strict=True))
            told = [muscle for muscle, peak in peaks.items() if peak >= _TOLD_FROM]
            # the muscles whose figures stand on them: those with the highest shares on the way
            self._told = tuple(sorted(told, key=lambda muscle: -peaks[muscle])[:_MOST_TOLD])

    def changing(self, parts: Sequence[Part]) -> Sequence[int]:
        """Return the muscles that have a share, or had one of an estimate before."""
        return [i for i, part in enumerate(parts) if part.muscle in self._held]

    def now(self, instant: Instant) -> EffortNow | None:
        """Return the shares at a moment; None while they are being computed."""
        if self.effort is None:
            return None
        if self._now is None or self._now[0] is not instant:
            self._now = instant, effort_at(self.effort, instant.time_s)
            self._looks.clear()
        return self._now[1]

    def figures(self, parts: Sequence[Part], instant: Instant) -> tuple[PartFigure, ...]:
        """Return the per cents of the muscles with the highest shares of the repetition."""
        now = self.now(instant)
        found = []
        for muscle in self._told if now is not None else ():
            share = now.of(muscle) if now is not None else None
            if share is None or share.beyond:
                continue
            own = [
                i
                for i, part in enumerate(parts)
                if part.muscle == muscle and (self._sides is None or part.side in self._sides)
            ]
            found.append(PartFigure(muscle, tuple(own), str(round(100.0 * share.nominal))))
        return tuple(found)

    def key(self, instant: Instant) -> Hashable:
        """Return about when it is, and which estimate it is."""
        return self._taken, round(instant.time_s * _STEPS_PER_S)

    def look(self, part: Part, instant: Instant, theme: Theme) -> PartLook | None:
        """Return the look of a muscle."""
        if part.kind is not PartKind.MUSCLE or part.muscle is None:
            return None
        now = self.now(instant)
        working = self._sides is None or part.side in self._sides
        key = part.muscle, working, theme.name
        made = self._looks.get(key)
        if made is None:
            share = now.of(part.muscle) if now is not None and working else None
            made = self._looks[key] = _effort_look(
                theme.name, *((stepped(share.nominal), share.beyond) if share else (None, False))
            )
        return made

    def legend(
        self, room: LegendRoom, look: Theme, instant: Instant, selection: str | None
    ) -> Legend:
        """Return the scale, what has no share, and a line on the moment."""
        body = EffortBody(self.repetition, self.now(instant))
        return effort_legend(room, look, [body], selection)

    def words(self, instant: Instant) -> str:
        """Return that it is an estimate, and which muscle works hardest."""
        return effort_words(self.repetition, self.now(instant))


# Of a share that has no other colour than before it is one and the same, so that the painter has
# nothing to do: in a step of a slider's drag that goes for most muscles.
@lru_cache(maxsize=1024)
def _effort_look(name: str, share: float | None, beyond: bool) -> PartLook:
    """Return the look, in the theme of this name, of a share 0 … 1, or of none."""
    if share is None:
        return PartLook(
            colour=BLANK[name],
            figure_colour=BLANK_LINES[name],
            outline_width_px=0.8,
            outline_strength=0.25,
            pattern=Pattern.BROKEN_LINES,
            lanes=0.5,
            gloss=0.05,
            streaks=0.2,
            fades=True,
        )
    return PartLook(
        colour=shade_of(share, theme(name)),
        figure_colour=BEYOND[name],
        # the more it does, the heavier its line, and the more light of its own in the dark
        outline_width_px=0.8 + 2.0 * share,
        outline_strength=0.3 + 0.6 * share,
        pattern=Pattern.STILL_LINES if beyond else Pattern.NONE,
        lanes=0.6,
        gloss=0.10,
        glow=0.35 * share,
        streaks=0.3,
        prominent=share >= 0.25,
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

"""How every part looks at a moment: colours with a meaning and options → materials."""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass, replace

import numpy as np

from visualizer.anatomy.muscle import Side
from visualizer.anatomy.surface import Body, PartKind
from visualizer.exercise.repetition import Instant, Repetition
from visualizer.lifts.motion import PLATE_RADIUS_M
from visualizer.render import Camera, Materials, Pattern
from visualizer.scene.channel import ColourChannel, RoleChannel
from visualizer.scene.equipment import PLATE_FROM_MIDDLE_M, Piece
from visualizer.scene.palette import rgb, theme
from visualizer.scene.request import SceneOptions

__all__ = ["Painter", "Seen"]


# Length of one pattern band on the muscle: broad enough for the back row.
_BAND_LENGTH_M = 0.034
_XRAY_OPACITY = 0.16
# In focus the other muscles are glass, and what stays solid is washed out.
_FOCUS_OPACITY = 0.08
_FOCUS_WASH = 0.55
# From shoulders to knees round the bar: what the near plate must not stand before.
_BODY_HALF_WIDTH_M, _BODY_RADIUS_M = 0.18, 0.42


@dataclass(frozen=True)
class Seen:
    """Where the camera is, as far as it decides what would hide the body.

    Attributes
    ----------
    side : Side
        On which side of the body.
    from_below : bool
        Whether it looks up.
    body_hidden : bool
        Whether a plate on that side would stand before trunk or thighs.
    """

    side: Side
    from_below: bool
    body_hidden: bool

    @classmethod
    def by(cls, camera: Camera) -> Seen:
        """Return it for a camera."""
        left = camera.eye[0] > camera.target[0]
        x, y, z = (abs(float(way)) for way in camera.axes[2])
        # the way from the plate's middle to the line of sight through the body, in its plane
        past_m = (PLATE_FROM_MIDDLE_M - _BODY_HALF_WIDTH_M) * math.hypot(y, z) / max(x, 1e-6)
        return cls(
            Side.LEFT if left else Side.RIGHT,
            camera.elevation_rad < 0,
            past_m < PLATE_RADIUS_M + _BODY_RADIUS_M,
        )


class Painter:
    """Fills the renderer's material table from a colour channel and options.

    Parameters
    ----------
    body : Body
        The body's surfaces.
    equipment : tuple of Piece
        What follows them in the picture.
    repetition : Repetition
        What the body does.
    channel : ColourChannel, optional
        What colours mean; roles otherwise.
    """

    def __init__(
        self,
        body: Body,
        equipment: tuple[Piece, ...],
        repetition: Repetition,
        channel: ColourChannel | None = None,
    ) -> None:
        self.body, self.equipment, self.repetition = body, equipment, repetition
        self.materials = Materials.plain(len(body.parts) + len(equipment))
        self._bands = np.clip(body.fibre_length_m / _BAND_LENGTH_M, 3.0, 14.0)
        self._channel = channel or RoleChannel(repetition)
        self._key: tuple[Hashable, SceneOptions, Seen] | None = None

    def muscles_of(self, muscle: str | None) -> frozenset[str]:
        """Return the surfaces that a muscle or group id stands for."""
        if muscle is None or muscle not in self.repetition.catalog.muscles:
            return frozenset()
        return frozenset(self.repetition.catalog.surfaces(muscle))

    def paint(self, instant: Instant, options: SceneOptions, seen: Seen) -> Materials:
        """Return the materials for a moment, seen from somewhere.

        Nothing is done when nothing has changed.
        """
        key = (self._channel.key(instant), replace(options, clock=0.0), seen)
        if key != self._key:
            self._key = key
            self._fill(instant, options, seen)
        self.materials.pattern_phase[:] = options.clock
        return self.materials

    def _fill(self, instant: Instant, options: SceneOptions, seen: Seen) -> None:
        m, look = self.materials, theme(options.theme)
        selected, hovered = self.muscles_of(options.selection), self.muscles_of(options.hover)
        focused = self.muscles_of(options.focus)
        paper = np.array(rgb(look.stage_bottom))
        base = {
            PartKind.MUSCLE: (look.inactive, 0.06, 0.5, 0.9, 0.42),
            PartKind.FASCIA: (look.fascia, 0.10, 0.4, 0.8, 0.35),
            # bones and capsule meet in many places; a full line there reads as a crack
            PartKind.BONE: (look.bone, 0.10, 0.0, 1.0, 0.12),
            PartKind.SKIN: (look.skin, 0.05, 0.0, 1.0, 0.40),
        }
        n = len(self.body.parts)
        m.pattern[:] = Pattern.NONE
        m.ring[:] = False
        for i, part in enumerate(self.body.parts):
            colour, gloss, streaks, width, strength = base[part.kind]
            opacity = _XRAY_OPACITY if options.xray and part.kind is not PartKind.BONE else 1.0
            given = self._channel.look(part, instant, look)
            if given is not None:
                colour, gloss, streaks, opacity = given.colour, given.gloss, given.streaks, 1.0
                width, strength = given.outline_width_px, given.outline_strength
                m.pattern[i], m.pattern_bands[i] = given.pattern, self._bands[i]
                m.pattern_strength[i], m.gap_share[i] = given.pattern_strength, given.gap_share
                m.gap_colour[i] = rgb(given.gap_colour)
            shade = np.array(rgb(colour))
            if part.muscle is not None and part.muscle in hovered:
                shade = shade + (1.0 - shade) * 0.22
            m.tendon_colour[i] = rgb(look.fascia if part.kind is PartKind.FASCIA else look.tendon)
            if focused and part.muscle not in focused:
                shade = shade + (paper - shade) * _FOCUS_WASH
                m.tendon_colour[i] += (paper - m.tendon_colour[i]) * _FOCUS_WASH
                strength *= 0.5
                opacity = 1.0 if part.kind is PartKind.BONE else _FOCUS_OPACITY
                m.pattern[i] = Pattern.NONE
            elif focused:
                opacity = 1.0
            m.colour[i] = shade
            m.gloss[i], m.streaks[i], m.opacity[i] = gloss, streaks, opacity
            m.outline_width_px[i], m.outline_strength[i] = width, strength
            if part.muscle is not None and part.muscle in selected:
                m.ring[i] = True
                m.opacity[i] = 1.0
        for k, piece in enumerate(self.equipment, start=n):
            m.colour[k] = m.tendon_colour[k] = rgb(getattr(look, piece.colour))
            m.gloss[k], m.streaks[k] = piece.gloss, 0.0
            m.opacity[k] = 0.35 if options.xray or focused else 1.0
            # what would hide the body is not drawn; an outline stands for it, see omitted.py
            hiding = piece.side is seen.side and seen.body_hidden
            m.visible[k] = not hiding and not (piece.underfoot and seen.from_below)
            m.outline_width_px[k], m.outline_strength[k] = 0.9, 0.4

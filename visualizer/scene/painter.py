"""How every part looks at a moment: colours with a meaning and options → materials."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.muscle import Side
from visualizer.anatomy.surface import Body, PartKind
from visualizer.arrays import median
from visualizer.exercise.repetition import Instant, Repetition
from visualizer.lifts.motion import PLATE_RADIUS_M
from visualizer.render import Camera, Materials, Pattern
from visualizer.render.contract import LANE_SKEW
from visualizer.scene.channel import ColourChannel, PartLook, RoleChannel
from visualizer.scene.doubt import signs_of
from visualizer.scene.equipment import PLATE_FROM_MIDDLE_M, SUPPORT, Piece
from visualizer.scene.ghosts import NO_GLASS, Glass
from visualizer.scene.legend import LegendRoom, in_corner
from visualizer.scene.overlay import NOTHING, Overlay
from visualizer.scene.palette import rgb, theme
from visualizer.scene.request import RenderRequest, SceneOptions
from visualizer.scene.retreat import Retreat
from visualizer.scene.sizes import line_widths_px

__all__ = ["Painter", "Seen"]

Array = NDArray[np.float64]
FloatArray = NDArray[np.float32]

# Length of a figure's period along the muscle, and width of a lane: broad enough for the back row.
_BAND_LENGTH_M, _LANE_M = 0.040, 0.016
_LEAST_SLOPE = 0.28
_XRAY_OPACITY = 0.16
_GHOST_OPACITY = 0.22
_FADING_OPACITY = 0.55
# In focus the other muscles are glass, and what stays solid is washed out.
_FOCUS_OPACITY = 0.08
_FOCUS_WASH = 0.55
# From shoulders to knees round the bar: what the near plate must not stand before.
_BODY_HALF_WIDTH_M, _BODY_RADIUS_M = 0.18, 0.42
_NEVER = object()  # no look
# Plates are seen nearly square on within the angle of this cosine.
_SQUARE = 0.78


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
    plates_square : bool
        Whether plates are seen nearly square on.
    """

    side: Side
    from_below: bool
    body_hidden: bool
    plates_square: bool = True

    @classmethod
    def by(cls, camera: Camera) -> Seen:
        """Return it for a camera."""
        return _seen_by(camera)

    @classmethod
    def _by(cls, camera: Camera) -> Seen:
        left = camera.eye[0] > camera.target[0]
        x, y, z = (abs(float(way)) for way in camera.axes[2])
        # the way from the plate's middle to the line of sight through the body, in its plane
        past_m = (PLATE_FROM_MIDDLE_M - _BODY_HALF_WIDTH_M) * math.hypot(y, z) / max(x, 1e-6)
        return cls(
            Side.LEFT if left else Side.RIGHT,
            camera.elevation_rad < 0,
            past_m < PLATE_RADIUS_M + _BODY_RADIUS_M,
            x > _SQUARE,
        )


_seen_by = lru_cache(maxsize=8)(Seen._by)


def _towards(colour: Array, paper: Array, share: float) -> Array:
    return colour + (paper - colour) * share


@lru_cache(maxsize=2048)
def _paled(colour: str, paper: str, share: float) -> Array:
    """Return a colour that has gone so far towards the paper; kept, not to be written to."""
    made = _towards(np.array(rgb(colour)), np.array(rgb(paper)), share)
    made.flags.writeable = False
    return made


@lru_cache(maxsize=1)
def _lanes(body: Body) -> FloatArray:
    """Return (P,) lanes per unit of the coordinate across the fibres.

    That coordinate is no length: in spindles it changes by 0.3 per metre of surface, in broad
    muscles by more than one. So it is measured along the edges of each part. All scenes of a body
    share it, since it takes as long as several pictures.
    """
    lanes = np.full(len(body.parts), 1.0 / _LANE_M, np.float32)
    across = body.fibre[:, 0] + LANE_SKEW * body.fibre[:, 1]
    x, y, z = (np.ascontiguousarray(axis) for axis in body.rest_position.T)
    for i, part in enumerate(body.parts):
        if part.kind is not PartKind.MUSCLE:
            continue
        faces = body.faces[part.first_face : part.first_face + part.face_count]
        a, b = faces.ravel(), faces[:, [1, 2, 0]].ravel()
        squared_m2 = (x[b] - x[a]) ** 2 + (y[b] - y[a]) ** 2 + (z[b] - z[a]) ** 2
        length_m = np.maximum(np.sqrt(squared_m2), 1e-6)
        slope = median(abs(across[b] - across[a]) / length_m)
        # an edge lies anywhere: 2/pi of the full slope on average
        lanes[i] = 1.0 / (_LANE_M * max(slope * math.pi / 2.0, _LEAST_SLOPE))
    lanes.flags.writeable = False
    return lanes


@dataclass(frozen=True)
class _Firm:
    """Parts whose light follows how taut they are: dull when long, bright and sharp when short."""

    parts: NDArray[np.intp]
    steps: FloatArray  # (n, S) firmness at even steps of the way up
    gloss: FloatArray
    glow: FloatArray

    @classmethod
    def of(cls, looks: Mapping[int, tuple[PartLook, float]]) -> _Firm | None:
        """Return it for parts with their looks and how far they step back; None for no part."""
        if not looks:
            return None
        which = [look for look, _ in looks.values()]
        count = max(len(look.firmness) for look in which)
        at = np.linspace(0.0, 1.0, count)
        steps = [
            np.interp(at, np.linspace(0.0, 1.0, len(look.firmness)), look.firmness)
            for look in which
        ]
        return cls(
            np.array(list(looks), np.intp),
            np.array(steps, np.float32),
            np.array([look.gloss for look in which], np.float32),
            np.array([look.glow * (1.0 - back) for look, back in looks.values()], np.float32),
        )

    def apply(self, materials: Materials, progress: float) -> None:
        """Write gloss, glow and sharpness for how much of the way up is done, 0 … 1."""
        place = min(max(progress, 0.0), 1.0) * (self.steps.shape[1] - 1)
        low = min(int(place), self.steps.shape[1] - 2) if self.steps.shape[1] > 1 else 0
        share = np.float32(place - low)
        after = self.steps[:, min(low + 1, self.steps.shape[1] - 1)]
        firm = self.steps[:, low] + (after - self.steps[:, low]) * share
        materials.gloss[self.parts] = self.gloss * (0.35 + 0.65 * firm)
        materials.glow[self.parts] = self.glow * (0.45 + 0.55 * firm)
        materials.sharpness[self.parts] = firm


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
    """

    def __init__(
        self,
        body: Body,
        equipment: tuple[Piece, ...],
        repetition: Repetition,
    ) -> None:
        self.body, self.equipment, self.repetition = body, equipment, repetition
        self.materials = Materials.plain(len(body.parts) + len(equipment))
        self._lines_px = np.ones(len(self.materials.visible), np.float32)
        self._bands = np.clip(body.fibre_length_m / _BAND_LENGTH_M, 3.0, 14.0)
        self._lanes = _lanes(body)
        self._retreat = Retreat(body, repetition.catalog)
        # the looks that the parts were filled with last, and those of them whose light follows
        self._given: dict[int, PartLook | None] = {}
        self._firm_looks: dict[int, tuple[PartLook, float]] = {}
        self._firm: _Firm | None = None
        self._roles = RoleChannel(repetition)
        self._key: tuple[SceneOptions, Seen, Glass] | None = None
        self._meant: Hashable = None  # what the colours depended on

    def channel(self, options: SceneOptions) -> ColourChannel:
        """Return what the colours mean: what is asked for, else roles."""
        return options.channel or self._roles

    def legend(self, request: RenderRequest, room: LegendRoom | None) -> tuple[Overlay, float]:
        """Return what explains the colours in the lower left corner, and how many rows it covers.

        Parameters
        ----------
        request : RenderRequest
            The picture.
        room : LegendRoom or None
            None for no legend.
        """
        if room is None:
            return NOTHING, 0.0
        options, size = request.options, request.size
        channel, look = self.channel(options), theme(options.theme)
        if room.signs is None:
            room = replace(room, signs=signs_of(request, self.repetition))
        made = channel.legend(room, look, request.instant, options.selection)
        return in_corner(made, room, size)

    def muscles_of(self, muscle: str | None) -> frozenset[str]:
        """Return the surfaces that a muscle or group id stands for."""
        if muscle is None or muscle not in self.repetition.catalog.muscles:
            return frozenset()
        return frozenset(self.repetition.catalog.surfaces(muscle))

    def paint(
        self,
        instant: Instant,
        options: SceneOptions,
        seen: Seen,
        ghosts: Glass = NO_GLASS,
        scale: float = 1.0,
    ) -> Materials:
        """Return the materials for a moment, seen from somewhere.

        Nothing is done when nothing has changed.

        Parameters
        ----------
        instant : Instant
            What works, and how.
        options : SceneOptions
            What the viewer wants to see.
        seen : Seen
            Where the camera is.
        ghosts : Glass
            Parts that one sees through, since they stand before the subject.
        scale : float
            How large the body is in the picture, see :func:`visualizer.scene.sizes.seen_scale`.
        """
        channel, parts = self.channel(options), self.body.parts
        key, meant = (replace(options, clock=0.0), seen, ghosts), channel.key(instant)
        another = key != self._key
        if another or meant != self._meant:
            changing = range(len(parts)) if another else channel.changing(parts)
            if another:
                self._given.clear()
            self._key, self._meant = key, meant
            looks = self._other_looks(instant, options, changing)
            if looks or another:
                self._fill(options, seen, looks)
                self._fade(ghosts, seen)
        self.materials.outline_width_px[:] = line_widths_px(self._lines_px, scale)
        self.materials.pattern_phase[:] = options.clock
        if self._firm is not None:
            self._firm.apply(self.materials, instant.progress)
        return self.materials

    def _fade(self, ghosts: Glass, seen: Seen) -> None:
        """Make glass of what stands before the subject, and of what is under it, from below."""
        m, gear = self.materials, enumerate(self.equipment, start=len(self.body.parts))
        under = [k for k, p in gear if p.underfoot or p.fades == SUPPORT]
        clear = [*ghosts.clear, *(under if seen.from_below else ())]
        for faded, opacity in ((clear, _GHOST_OPACITY), (ghosts.fading, _FADING_OPACITY)):
            for part in faded:
                if not m.ring[part]:
                    m.opacity[part] = np.minimum(m.opacity[part], opacity)

    def _other_looks(
        self, instant: Instant, options: SceneOptions, parts: Sequence[int]
    ) -> dict[int, PartLook | None]:
        """Return the looks, of these parts, that are others than those they were filled with."""
        channel, look, only = self.channel(options), theme(options.theme), options.only
        found: dict[int, PartLook | None] = {}
        for i in parts:
            part = self.body.parts[i]
            meant = only is None or part.muscle in only
            given = channel.look(part, instant, look) if meant else None
            before = self._given.get(i, _NEVER)
            if given is not before and given != before:
                found[i] = given
        return found

    def _fill(
        self, options: SceneOptions, seen: Seen, looks: Mapping[int, PartLook | None]
    ) -> None:
        """Write how these parts of the body look, and the gear."""
        m, look = self.materials, theme(options.theme)
        selected, hovered = self.muscles_of(options.selection), self.muscles_of(options.hover)
        focused = self.muscles_of(options.focus)
        paper = np.array(rgb(look.stage_bottom))
        base = {
            PartKind.MUSCLE: (look.inactive, 0.16, 0.6, 0.9, 0.36),
            PartKind.FASCIA: (look.fascia, 0.14, 0.6, 0.8, 0.30),
            # bones and capsule meet in many places; a full line there reads as a crack
            PartKind.BONE: (look.bone, 0.10, 0.0, 1.0, 0.12),
            PartKind.SKIN: (look.skin, 0.05, 0.0, 1.0, 0.40),
        }
        n = len(self.body.parts)
        which = np.array(list(looks), np.intp)
        m.pattern[which] = Pattern.NONE
        m.ring[which] = False
        m.glow[which], m.sharpness[which] = 0.0, 0.0
        self._given.update(looks)
        for i, given in looks.items():
            part = self.body.parts[i]
            colour, gloss, streaks, width, strength = base[part.kind]
            opacity = _XRAY_OPACITY if options.xray and part.kind is not PartKind.BONE else 1.0
            self._firm_looks.pop(i, None)
            if given is not None:
                colour, gloss, streaks = given.colour, given.gloss, given.streaks
                opacity = opacity if given.fades else 1.0
                width, strength = given.outline_width_px, given.outline_strength
                m.pattern[i], m.pattern_bands[i] = given.pattern, self._bands[i]
                m.pattern_lanes[i] = self._lanes[i] * given.lanes
            prominent = given is not None and given.prominent
            back = self._retreat.share(i, seen.side, prominent=prominent)
            if given is not None:
                m.figure_colour[i] = _paled(given.figure_colour, look.stage_bottom, back)
                m.glow[i] = given.glow * (1.0 - back)
                if given.firmness:
                    self._firm_looks[i] = given, back
            shade = _paled(colour, look.stage_bottom, back)
            strength *= 1.0 - back
            if part.muscle is not None and part.muscle in hovered:
                shade = shade + (1.0 - shade) * 0.22
            ink = look.fascia if part.kind is PartKind.FASCIA else look.tendon
            cord = _paled(ink, look.stage_bottom, back)
            if focused and part.muscle not in focused:
                shade = _towards(shade, paper, _FOCUS_WASH)
                cord = _towards(cord, paper, _FOCUS_WASH)
                strength *= 0.5
                opacity = 1.0 if part.kind is PartKind.BONE else _FOCUS_OPACITY
                m.pattern[i] = Pattern.NONE
            elif focused:
                opacity = 1.0
            if part.within_skin and not (options.xray or focused):
                opacity = 0.0  # not drawn: the skin covers it
            m.colour[i], m.tendon_colour[i] = shade, cord
            m.gloss[i], m.streaks[i], m.opacity[i] = gloss, streaks, opacity
            self._lines_px[i], m.outline_strength[i] = width, strength
            if part.muscle is not None and part.muscle in selected:
                m.ring[i] = True
                m.opacity[i] = 1.0
        self._firm = _Firm.of(self._firm_looks)
        for k, piece in enumerate(self.equipment, start=n):
            m.colour[k] = m.tendon_colour[k] = rgb(getattr(look, piece.colour))
            m.gloss[k], m.streaks[k] = piece.gloss, 0.0
            m.opacity[k] = 0.35 if options.xray or focused else 1.0
            # what would hide the body is not drawn; an outline stands for it, see omitted.py
            hiding = piece.side is seen.side and seen.body_hidden
            m.visible[k] = not hiding
            self._lines_px[k], m.outline_strength[k] = 0.9, 0.4

"""What is painted over the stage's picture: marks, the arrow of the load, names, the plate's ring.

The picture tells what is visible. Where names and the arrow of the load stand is decided for a view
once, by all of the motion (:class:`_Fixed`): first the names, then the arrow clear of them. Marks
follow their muscles, clear of both.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from visualizer.analysis.dispute import disputed_phases
from visualizer.anatomy.muscle import Side
from visualizer.anatomy.surface import Part
from visualizer.catalog.variation import Contraction, Role
from visualizer.exercise.repetition import Instant, Repetition
from visualizer.lifts.vocabulary import PhaseId
from visualizer.render import Camera, Picture
from visualizer.scene.clutter import Clutter
from visualizer.scene.equipment import Piece
from visualizer.scene.flesh import Flesh
from visualizer.scene.labels import Box, LabelRoom, NamePlaces
from visualizer.scene.marks import marks
from visualizer.scene.omitted import on_outline, plate_outline
from visualizer.scene.overlay import NOTHING, Overlay, Stamp
from visualizer.scene.painter import Seen
from visualizer.scene.palette import theme
from visualizer.scene.placing import Placed, Placer, is_near
from visualizer.scene.request import RenderRequest
from visualizer.scene.sizes import MarkSizes
from visualizer.scene.spots import Marked, PartVertices, Spot, SpotKeeper, find_spots
from visualizer.scene.way import LiftWay, WayArrow

__all__ = ["Annotations", "Extent"]

Array = NDArray[np.float64]

# What it counts to cover working muscles, the rest of the body, gear, and what lies underfoot.
_WORKS, _RESTS, _GEAR, _LIES = 1.2, 0.8, 0.35, 0.05
_A_FEW = 12  # vertices of a part that tell about where it is
# So high a share of the body is its crown, if that is no broader than so much of it.
_CROWN, _NARROW = 0.12, 0.4
_HEAD = "skin_head", "bone_skull"
_KEPT = 4  # views whose fixed places are kept


@dataclass(frozen=True)
class Extent:
    """What body and plates reach on their whole way.

    Attributes
    ----------
    body : (N, 3) ndarray
        The outermost points of the body, metres.
    plates : mapping of Side to (N, 3) ndarray
        Those of the plates.
    """

    body: Array
    plates: Mapping[Side, Array]


@dataclass(frozen=True)
class _Fixed:
    """What keeps its place in a view while the body moves."""

    names: NamePlaces | None
    arrow: WayArrow | None


class Annotations:
    """Paints over the pictures of a scene.

    Parameters
    ----------
    repetition : Repetition
        What is done.
    parts : sequence of Part
        The body's parts, and those of the equipment, which follow them.
    pieces : sequence of Piece
        The equipment.
    flesh : Flesh
        The body on its way.
    reach : Extent
        What it and the plates reach.
    vertices : PartVertices
        Those of what is drawn.
    surfaces_of : callable
        ``surfaces_of(muscle)`` returns the surfaces that a muscle or group id stands for.
    """

    def __init__(
        self,
        repetition: Repetition,
        parts: Sequence[Part],
        pieces: Sequence[Piece],
        flesh: Flesh,
        reach: Extent,
        vertices: PartVertices,
        surfaces_of: Callable[[str | None], frozenset[str]],
    ) -> None:
        self._repetition, self._parts, self._reach = repetition, parts, reach
        self._vertices, self._surfaces_of = vertices, surfaces_of
        self._part_middles = _middles(flesh)
        self._pieces, self._clutter = pieces, Clutter(flesh, pieces)
        self._has_plates = any(p.side is not None for p in pieces)
        self._way = LiftWay(repetition, flesh.instants)
        self._statements: dict[Hashable, tuple[Marked, ...]] = {}
        self._kept: dict[tuple[object, ...], _Fixed] = {}

    @cached_property
    def _middles(self) -> dict[str, Array]:
        """Where the middle of each muscle of the working side is on its way (N, 3), metres."""
        found = {}
        for item in self.marked(self._repetition.schedule.spans[0].id):
            near = [p for p in item.parts if self._parts[p].side is self._repetition.side]
            if item.parts:
                found[item.name] = self._part_middles[:, near or list(item.parts)].mean(axis=1)
        return found

    @cached_property
    def _weights(self) -> NDArray[np.float32]:
        """(P,) what it counts to cover each part."""
        works = {
            surface
            for action in self._repetition.variation.muscles
            for surface in self._repetition.catalog.surfaces(action.muscle)
        }
        gear = [_LIES if p.underfoot else _GEAR for p in self._pieces]
        body = self._parts[: len(self._parts) - len(gear)]
        return np.array([*(_WORKS if p.muscle in works else _RESTS for p in body), *gear], "f4")

    def painted(
        self,
        request: RenderRequest,
        camera: Camera,
        picture: Picture,
        position: NDArray[np.float32],
        keeper: SpotKeeper | None,
    ) -> tuple[Overlay, tuple[Placed, ...]]:
        """Return what is painted over a picture, and its marks.

        Parameters
        ----------
        request : RenderRequest
            What is shown.
        camera : Camera
            What it was drawn with.
        picture : Picture
            What was drawn.
        position : (V, 3) ndarray
            Posed vertices.
        keeper : SpotKeeper or None
            What holds the marks on their places.
        """
        layers, look = request.layers, theme(request.options.theme)
        names, marked = NOTHING, NOTHING
        under: tuple[Stamp, ...] = ()
        placed: tuple[Placed, ...] = ()
        if layers.marks or layers.labels is not None:
            phase, focus = request.instant.phase, request.options.focus
            arrow = layers.marks and focus is None
            fixed = self._fixed(camera, picture.size, layers.labels, layers.edges_px, arrow=arrow)
            spots = self._spots(request, camera, picture, position, keeper)
            taken: tuple[Box, ...] = ()
            alone = layers.labels is not None and layers.labels.apart > 0.0
            head = self._head(picture) if alone else []
            if fixed.names is not None:
                named = [s for s in spots if not s.marked.said]
                names, taken = fixed.names.drawn(named, look, head)
            if layers.marks:
                if fixed.arrow is not None:
                    under = (fixed.arrow.drawn(phase, look),)
                    taken = (*taken, fixed.arrow.box)
                if request.options.channel is not None:
                    spots = tuple(s for s in spots if s.marked.said)
                least_px = request.layers.least_letter_px
                sizes = MarkSizes.of(picture.size[1], camera.height_m, least_px)
                held = keeper.held if keeper else None
                rests = keeper is not None and keeper.rests
                placer = Placer(sizes, held, thorough=not request.moving, rests=rests)
                if fixed.names is not None and alone:
                    # names may still change places
                    taken = (*taken, *fixed.names.zones)
                placed = placer.place(spots, picture, taken, self._weights)
                if layers.near:
                    placed = tuple(p for p in placed if is_near(p, sizes))
                if fixed.names is not None and alone:
                    badges = [
                        (p.marked.name, (p.x, p.y), sizes.radius_px(p.marked.role)) for p in placed
                    ]
                    names, _ = fixed.names.drawn(named, look, [*badges, *head])
                marked = marks(placed, sizes)
        rim = None
        seen = Seen.by(camera)
        if layers.outline and self.is_outlined(seen):
            # below all else: it may run where a label stands
            rim = plate_outline(request.instant, seen.side, camera, picture, look)
        areas = () if rim is None else (rim,)
        strokes = names.strokes + marked.strokes
        made = Overlay(strokes, names.texts, stamps=marked.stamps, areas=areas, under=under)
        return made, placed

    def _head(self, picture: Picture) -> list[tuple[str, tuple[float, float], float]]:
        """Return the circle round a head that is seen, as a mark of nobody that leaders avoid."""
        head = [k for k, part in enumerate(self._parts) if part.id in _HEAD]
        y, x = np.nonzero(np.isin(picture.part, head))
        if not len(x):
            return []
        (left, right), (top, bottom) = ((float(k.min()), float(k.max())) for k in (x, y))
        return [("", ((left + right) / 2, (top + bottom) / 2), max(right - left, bottom - top) / 2)]

    def _fixed(
        self,
        camera: Camera,
        size: tuple[int, int],
        room: LabelRoom | None,
        edges_px: tuple[float, float, float],
        *,
        arrow: bool,
    ) -> _Fixed:
        """Return what keeps its place in a view."""
        key = camera, size, room, edges_px, arrow
        if key not in self._kept:
            names = None if room is None else self.names(camera, size, room)
            way = None
            if arrow:
                seen = Seen.by(camera)
                # of the near plate the rim, too, stays free
                gone = seen.body_hidden and not self.is_outlined(seen)
                hidden = seen.side if gone else None
                covered = self._clutter.covered(camera, size, hidden)
                (width, height), (above, below, left) = size, edges_px
                edges = (
                    (0.0, 0.0, width, above),
                    (0.0, height - below, width, height),
                    (0.0, 0.0, left, height),
                )
                taken = [*(names.zones if names else ()), *(e for e in edges if any(edges_px))]
                way = self._way.beside(camera, size, covered, taken)
                names = names.clear_of(way.box) if names and way else names
            while len(self._kept) >= _KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = _Fixed(names, way)
        return self._kept[key]

    def names(self, camera: Camera, size: tuple[int, int], room: LabelRoom) -> NamePlaces:
        """Return where the names of the working muscles stand in a view."""
        name, seen = self._repetition.name_of, Seen.by(camera)
        names = {a.muscle: name(a, room.language) for a in self._repetition.variation.muscles}
        names |= dict(room.said)
        plates = [
            _box(camera, size, reach)
            for side, reach in self._reach.plates.items()
            if not (seen.body_hidden and side is seen.side)
        ]
        ways: dict[str, Array] = {}
        if self._middles:
            at = camera.project(np.array(list(self._middles.values())), size)[..., :2]
            ways = dict(zip(self._middles, at, strict=True))
        body = _box(camera, size, self._reach.body)
        crown = _crown(camera.project(self._reach.body, size)[:, :2], body)
        return NamePlaces(names, size, body, room, plates, ways, crown)

    def _spots(
        self, request: RenderRequest, camera: Camera, picture: Picture,
        position: NDArray[np.float32], keeper: SpotKeeper | None,
    ) -> tuple[Spot, ...]:  # fmt: skip
        """Return where the marks stand."""
        options = request.options
        marked = self.marked(request.instant.phase, options.focus, options.only)
        if options.channel is not None:
            # names have their lines to where the letters would stand
            marked = marked if request.layers.labels is not None else ()
            marked = (*marked, *self._figures(request))
        if keeper is None:
            return find_spots(picture, camera, self._vertices, position, marked)
        return keeper.spots(picture, camera, position, marked, thorough=not request.moving)

    def _figures(self, request: RenderRequest) -> tuple[Marked, ...]:
        """Return the figures that a channel puts onto the muscles; quiet, and none beside one."""
        options = request.options
        focused = self._surfaces_of(options.focus) if options.focus else None
        found = options.channel.figures(self._parts, request.instant) if options.channel else ()
        return tuple(
            Marked(
                f"figure {f.muscle}", f.parts, Role.STABILIZER, Contraction.ISOMETRIC, said=f.said
            )
            for f in found
            if (focused is None or f.muscle in focused)
            and (options.only is None or f.muscle in options.only)
        )

    def is_outlined(self, seen: Seen) -> bool:
        """Return whether a ring stands for the plate that is left out."""
        # From below and from askew it would stand round the head like a halo, and what body and
        # bench leave of it would be stray pieces.
        return self._has_plates and seen.body_hidden and seen.plates_square and not seen.from_below

    def outline_at(
        self, instant: Instant, camera: Camera, size: tuple[int, int], place: tuple[float, float]
    ) -> bool:
        """Return whether that ring is at a place (x, y in pixels)."""
        seen = Seen.by(camera)
        return self.is_outlined(seen) and on_outline(instant, seen.side, camera, size, place)

    def marked(
        self, phase: PhaseId, focus: str | None = None, only: frozenset[str] | None = None
    ) -> tuple[Marked, ...]:
        """Return the statements that get marks; they change with nothing else."""
        key = phase, focus, only
        if key not in self._statements:
            repetition = self._repetition
            states = repetition.part_states(phase)
            index = {part.id: i for i, part in enumerate(self._parts)}
            focused = self._surfaces_of(focus) if focus else None
            self._statements[key] = tuple(
                Marked(
                    name=action.muscle,
                    parts=tuple(
                        index[part]
                        for part, s in states.items()
                        if s.action is action
                        and part in index
                        and (only is None or self._parts[index[part]].muscle in only)
                    ),
                    role=action.role,
                    contraction=repetition.contraction(action, phase),
                    disputed=phase in disputed_phases(action, repetition),
                )
                for action in repetition.variation.muscles
                if (focused is None or focused & set(repetition.catalog.surfaces(action.muscle)))
                and (only is None or only & set(repetition.reach(action).surfaces))
            )
        return self._statements[key]


def _box(camera: Camera, size: tuple[int, int], points: Array) -> Box:
    """Return what points (N, 3) span in a picture: left, top, right, bottom in pixels."""
    at = camera.project(points, size)[:, :2]
    (left, top), (right, bottom) = at.min(axis=0).tolist(), at.max(axis=0).tolist()
    return left, top, right, bottom


def _crown(at: Array, body: Box) -> tuple[float, float] | None:
    """Return from where to where the highest of points (N, 2) reach, where that is narrow."""
    high = at[at[:, 1] < body[1] + _CROWN * (body[3] - body[1]), 0]
    left, right = float(high.min()), float(high.max())
    return (left, right) if right - left < _NARROW * (body[2] - body[0]) else None


def _middles(flesh: Flesh) -> Array:
    """Return about where the middle of each part of the body is on its way, (N, P, 3) metres."""
    parts = flesh.body.parts
    first, count = (
        np.array(n) for n in zip(*((p.first_face, p.face_count) for p in parts), strict=True)
    )
    share = (np.arange(_A_FEW) + 0.5) / _A_FEW
    some = flesh.body.faces[(first[:, None] + share * count[:, None]).astype(int), 0]
    return np.array([position[some].mean(axis=1) for position in flesh.positions], float)

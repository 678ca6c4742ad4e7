"""Variation + moment + options → picture.

:class:`StageScene` is the posed body with its equipment, :class:`ChartScene` the same body
standing, seen from the front and from behind. Both colour the parts by what they do at the moment,
with one table (:mod:`visualizer.scene.palette`). Window, exports and tests all draw through here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.muscle import Side
from visualizer.anatomy.surface import Body, Part, PartKind
from visualizer.exercise.repetition import Moment, PartState, Repetition
from visualizer.exercise.variation import PhaseId
from visualizer.render import (
    Backdrop,
    Camera,
    Materials,
    Mesh,
    Pattern,
    Picture,
    Rasterizer,
    Shadow,
)
from visualizer.scene.contact import press_out
from visualizer.scene.equipment import Piece, pieces
from visualizer.scene.marks import Marked, find_spots, marks
from visualizer.scene.marks import labels as label_overlay
from visualizer.scene.overlay import Overlay
from visualizer.scene.palette import CONTRACTION_STYLES, ROLE_STYLES, Theme, rgb, theme

__all__ = ["ChartScene", "SceneOptions", "StageScene", "View", "body_mesh"]

FloatArray = NDArray[np.float32]

# Length of one pattern band on the muscle: broad enough for the back row.
_BAND_LENGTH_M = 0.034
_XRAY_OPACITY = 0.16
# The nearer plate would hide the hips, so it is only hinted at.
_GHOST_OPACITY = 0.14
_FILL = 0.90
# A long lens: the near ends of bar and bench must not loom over the body.
_FOV_RAD = math.radians(11)


class View(StrEnum):
    """Named directions to look from."""

    SIDE = "side"
    FRONT = "front"
    BACK = "back"
    THREE_QUARTER = "three-quarter"


# Azimuth and elevation in degrees. The body lies with the head away from −y and faces up, so its
# back is seen from below.
_VIEW_ANGLES: Mapping[View, tuple[float, float]] = {
    View.SIDE: (-90.0, 8.0),
    View.FRONT: (-14.0, 26.0),
    View.BACK: (-62.0, -24.0),
    View.THREE_QUARTER: (-52.0, 20.0),
}


@dataclass(frozen=True)
class SceneOptions:
    """What the viewer wants to see.

    Attributes
    ----------
    theme : str
        ``"light"`` or ``"dark"``.
    xray : bool
        Fade everything that does not work, so that deep working muscles show.
    selection, hover : str or None
        Id of the selected muscle and of the one under the mouse (a surface or a group).
    clock : float
        Moves the bands of the pattern; 0 … 1 is one band.
    """

    theme: str = "light"
    xray: bool = False
    selection: str | None = None
    hover: str | None = None
    clock: float = 0.0


def body_mesh(body: Body) -> Mesh:
    """Return the body's surface as the renderer wants it."""
    return Mesh(
        rest_position=body.rest_position,
        rest_normal=body.rest_normal,
        faces=body.faces,
        face_part=body.face_part,
        occlusion=body.occlusion,
        tendon=body.tendon,
        fibre=body.fibre,
        influence=body.influence,
        weight=body.weight,
        part_count=len(body.parts),
        frame_count=body.frame_count,
    )


def _bands(body: Body) -> FloatArray:
    """Return how many pattern bands fit on each part, (P,): their length is the same everywhere."""
    bands = np.full(len(body.parts), 8.0, np.float32)
    for i, part in enumerate(body.parts):
        if part.kind is not PartKind.MUSCLE:
            continue
        faces = body.faces[part.first_face : part.first_face + part.face_count]
        used = np.unique(faces)
        u = body.fibre[used, 2]
        low = body.rest_position[used[u < np.quantile(u, 0.15)]]
        high = body.rest_position[used[u > np.quantile(u, 0.85)]]
        if len(low) and len(high):
            # the two ends' middles lie about 0.85 of the length apart
            length = float(np.linalg.norm(high.mean(0) - low.mean(0))) / 0.85
            bands[i] = np.clip(length / _BAND_LENGTH_M, 3.0, 14.0)
    return bands


@dataclass(frozen=True)
class _Seen:
    """Where the camera is, as far as it decides what would hide the body."""

    side: Side
    from_below: bool

    @classmethod
    def by(cls, camera: Camera) -> _Seen:
        left = camera.eye[0] > camera.target[0]
        return cls(Side.LEFT if left else Side.RIGHT, camera.elevation_rad < 0)


class _Painter:
    """Fills the renderer's material table from roles, contractions and options."""

    def __init__(self, body: Body, equipment: tuple[Piece, ...], repetition: Repetition) -> None:
        self.body, self.equipment, self.repetition = body, equipment, repetition
        self.materials = Materials.plain(len(body.parts) + len(equipment))
        self._bands = _bands(body)
        self._states: dict[PhaseId, Mapping[str, PartState]] = {
            p.id: repetition.part_states(p.id) for p in repetition.variation.phases
        }
        self._key: tuple[PhaseId, SceneOptions, _Seen] | None = None

    def muscles_of(self, muscle: str | None) -> frozenset[str]:
        """Return the surfaces that a muscle or group id stands for."""
        if muscle is None or muscle not in self.repetition.catalog.muscles:
            return frozenset()
        return frozenset(self.repetition.catalog.surfaces(muscle))

    def paint(self, phase: PhaseId, options: SceneOptions, seen: _Seen) -> Materials:
        """Return the materials for a phase, seen from somewhere.

        Nothing is done when nothing has changed.
        """
        key = (phase, replace(options, clock=0.0), seen)
        if key != self._key:
            self._key = key
            self._fill(phase, options, seen)
        self.materials.pattern_phase[:] = options.clock
        return self.materials

    def _fill(self, phase: PhaseId, options: SceneOptions, seen: _Seen) -> None:
        m, look = self.materials, theme(options.theme)
        states = self._states[phase]
        selected, hovered = self.muscles_of(options.selection), self.muscles_of(options.hover)
        base = {
            PartKind.MUSCLE: (look.inactive, 0.06, 0.5, 0.9, 0.42),
            PartKind.FASCIA: (look.tendon, 0.10, 0.4, 0.8, 0.35),
            PartKind.BONE: (look.bone, 0.10, 0.0, 1.0, 0.42),
            PartKind.SKIN: (look.skin, 0.05, 0.0, 1.0, 0.40),
        }
        n = len(self.body.parts)
        m.tendon_colour[:n] = rgb(look.tendon)
        m.pattern[:] = Pattern.NONE
        m.ring[:] = False
        for i, part in enumerate(self.body.parts):
            colour, gloss, streaks, width, strength = base[part.kind]
            opacity = _XRAY_OPACITY if options.xray and part.kind is not PartKind.BONE else 1.0
            state = states.get(part.id)
            if state is not None:
                role, contraction = ROLE_STYLES[state.role], CONTRACTION_STYLES[state.contraction]
                colour, gloss, streaks, opacity = role.colour, 0.16, 0.35, 1.0
                width, strength = role.outline_width_px, role.outline_strength
                m.pattern[i] = contraction.pattern
                m.pattern_strength[i] = role.pattern_strength
                m.pattern_bands[i] = self._bands[i]
            shade = np.array(rgb(colour))
            if part.muscle is not None and part.muscle in hovered:
                shade = shade + (1.0 - shade) * 0.22
            m.colour[i] = shade
            m.gloss[i], m.streaks[i], m.opacity[i] = gloss, streaks, opacity
            m.outline_width_px[i], m.outline_strength[i] = width, strength
            if part.muscle is not None and part.muscle in selected:
                m.ring[i] = True
                m.opacity[i] = 1.0
        for k, piece in enumerate(self.equipment, start=n):
            m.colour[k] = m.tendon_colour[k] = rgb(getattr(look, piece.colour))
            m.gloss[k], m.streaks[k] = piece.gloss, 0.0
            m.opacity[k] = 0.35 if options.xray else 1.0
            if piece.side is seen.side or (piece.underfoot and seen.from_below):
                m.opacity[k] = _GHOST_OPACITY
            m.outline_width_px[k], m.outline_strength[k] = 0.9, 0.4


class StageScene:
    """The body doing a repetition, with its equipment.

    Parameters
    ----------
    body : Body
        The body's surfaces.
    repetition : Repetition
        What it does.
    rasterizer : Rasterizer, optional
        Shared between scenes, since its threads and buffers cost memory.
    """

    def __init__(
        self, body: Body, repetition: Repetition, rasterizer: Rasterizer | None = None
    ) -> None:
        self.body, self.repetition = body, repetition
        self.rasterizer = rasterizer or Rasterizer()
        self._pieces = pieces(repetition.variation, repetition.skeleton)
        self._solids = tuple(p.solid for p in self._pieces if p.solid is not None)
        self.parts: tuple[Part, ...] = (
            *body.parts,
            *(Part(f"equipment_{p.name}", None, None, PartKind.BONE) for p in self._pieces),
        )
        self.mesh = Mesh.join([body_mesh(body), *(p.mesh for p in self._pieces)])
        self._painter = _Painter(body, self._pieces, repetition)
        vertices = len(self.mesh.rest_position)
        self._frames = np.zeros((self.mesh.frame_count, 3, 4), np.float32)
        self._position = np.empty((vertices, 3), np.float32)
        self._normal = np.empty((vertices, 3), np.float32)
        # the floor's shadow wants the large triangles of the equipment filled in
        self._equipment_faces = np.ascontiguousarray(self.mesh.faces[len(body.faces) :])
        self._shadow: Shadow | None = None
        self._posed_for: Moment | None = None
        self._reach: NDArray[np.float64] | None = None

    # --------------------------------------------------------------------------------- posing
    def pose(self, moment: Moment) -> FloatArray:
        """Return all vertices (V, 3) at a moment, metres; the array is reused."""
        if self._posed_for is not moment:
            n = self.body.frame_count
            self.body.frames(moment.pose, self._frames[:n])
            for piece in self._pieces:
                k = piece.mesh.frame_count
                self._frames[n : n + k] = piece.frames(moment)
                n += k
            self.rasterizer.skin(self.mesh, self._frames, (self._position, self._normal))
            press_out(self._position[: len(self.body.rest_position)], self._solids)
            self._shadow = self.rasterizer.shadow(self._position, self._equipment_faces)
            self._posed_for = moment
        return self._position

    # -------------------------------------------------------------------------------- drawing
    def camera(self, view: View, size: tuple[int, int]) -> Camera:
        """Return the camera of a view that holds the body over the whole repetition."""
        azimuth, elevation = (math.radians(a) for a in _VIEW_ANGLES[view])
        camera = Camera(azimuth_rad=azimuth, elevation_rad=elevation, fov_rad=_FOV_RAD)
        return camera.fitted(self._reach_points(), size, _FILL)

    def _reach_points(self) -> NDArray[np.float64]:
        """Return points (N, 3) that enclose the body at the bottom, the middle and the top."""
        if self._reach is None:
            end = len(self.body.rest_position)
            clouds = []
            for fraction in (0.0, 0.5, 1.0):
                moment = self.repetition.moment_of(PhaseId.LIFT, fraction)
                frames = self.body.frames(moment.pose)
                sample = slice(0, end, 29)
                moved = np.zeros((len(range(*sample.indices(end))), 3))
                for k in range(4):
                    f = frames[self.body.influence[sample, k]]
                    p = np.einsum("vij,vj->vi", f[:, :, :3], self.body.rest_position[sample])
                    moved += (p + f[:, :, 3]) * self.body.weight[sample, k, None]
                clouds.append(moved)
            # the feet of the bench belong into the picture, the ends of the bar do not
            clouds += [
                p.mesh.rest_position.astype(float) for p in self._pieces if p.name == "bench_frame"
            ]
            self._reach = np.vstack(clouds)
        return self._reach

    def draw(
        self,
        moment: Moment,
        camera: Camera,
        size: tuple[int, int],
        options: SceneOptions,
        supersample: int = 1,
    ) -> Picture:
        """Return the picture of a moment.

        Parameters
        ----------
        moment : Moment
            What the body does.
        camera : Camera
            Where it is seen from.
        size : (int, int)
            Width and height in pixels.
        options : SceneOptions
            Theme, x-ray, selection.
        supersample : int
            1 while moving, 2 at rest and for exports.
        """
        self.pose(moment)
        return self.rasterizer.draw(
            self.mesh,
            self._position,
            self._normal,
            self._painter.paint(moment.phase, options, _Seen.by(camera)),
            camera,
            size,
            theme(options.theme).backdrop,
            supersample=supersample,
            # from below the floor would hide the body
            shadow=self._shadow if camera.elevation_rad > 0 else None,
        )

    def muscle_at(self, picture: Picture, x: float, y: float) -> str | None:
        """Return the id of the muscle at a pixel, None where there is none."""
        part = picture.part_at(x, y)
        return None if part is None else self.parts[part].muscle

    def overlay(
        self,
        moment: Moment,
        camera: Camera,
        picture: Picture,
        options: SceneOptions,
        *,
        labels: bool = False,
    ) -> Overlay:
        """Return the marks (and labels) for a picture that :meth:`draw` returned.

        Parameters
        ----------
        moment, camera, options
            What the picture was drawn with.
        picture : Picture
            The picture; it tells what is visible.
        labels : bool
            Whether names with leader lines are added.
        """
        catalog, repetition = self.repetition.catalog, self.repetition
        states = repetition.part_states(moment.phase)
        index = {part.id: i for i, part in enumerate(self.body.parts)}
        marked = [
            Marked(
                name=action.muscle,
                parts=tuple(
                    index[part]
                    for part, s in states.items()
                    if s.action is action and part in index
                ),
                role=action.role,
                contraction=repetition.contraction(action, moment.phase),
            )
            for action in self.repetition.variation.muscles
        ]
        spots = find_spots(picture, camera, self.mesh, self.pose(moment), marked)
        look = theme(options.theme)
        drawn = marks(spots, picture.size[1], look)
        if not labels:
            return drawn
        names = {m.name: catalog.muscle(m.name).display_name() for m in marked}
        named = label_overlay(spots, picture.size, names, look)
        return Overlay(named.strokes + drawn.strokes, named.texts + drawn.texts)


class ChartScene:
    """The body standing, front and back side by side, coloured like the stage.

    Parameters
    ----------
    body : Body
        The body's surfaces.
    repetition : Repetition
        Whose roles and contractions are shown.
    rasterizer : Rasterizer, optional
        Shared between scenes.
    """

    def __init__(
        self, body: Body, repetition: Repetition, rasterizer: Rasterizer | None = None
    ) -> None:
        self.body, self.repetition = body, repetition
        self.rasterizer = rasterizer or Rasterizer()
        self.parts = body.parts
        self.mesh = body_mesh(body)
        self._painter = _Painter(body, (), repetition)
        self._position = np.ascontiguousarray(body.rest_position)
        self._normal = np.ascontiguousarray(body.rest_normal)

    def draw(
        self,
        moment: Moment,
        size: tuple[int, int],
        options: SceneOptions,
        supersample: int = 1,
    ) -> Picture:
        """Return the chart for a moment's phase: left half the front, right half the back."""
        width, height = size
        halves = (width // 2, width - width // 2)
        backdrop = _flat(theme(options.theme))
        materials = self._painter.paint(moment.phase, options, _Seen(Side.RIGHT, False))
        pictures = [
            self.rasterizer.draw(
                self.mesh, self._position, self._normal, materials,
                Camera(azimuth_rad=azimuth, fov_rad=_FOV_RAD).fitted(self._position[::7], (half, height), 0.96),
                (half, height), backdrop, supersample=supersample,
            )
            for half, azimuth in zip(halves, (0.0, math.pi), strict=True)
        ]  # fmt: skip
        return Picture(
            np.concatenate([p.pixels for p in pictures], axis=1),
            np.concatenate([p.part for p in pictures], axis=1),
            np.concatenate([p.nearness for p in pictures], axis=1),
        )

    def muscle_at(self, picture: Picture, x: float, y: float) -> str | None:
        """Return the id of the muscle at a pixel, None where there is none."""
        part = picture.part_at(x, y)
        return None if part is None else self.parts[part].muscle


def _flat(look: Theme) -> Backdrop:
    """Return the backdrop of a chart: the panel's plain colour."""
    panel = rgb(look.panel)
    return replace(look.backdrop, top=panel, bottom=panel)

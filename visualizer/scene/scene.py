"""The posed body with its equipment: request → picture and overlay.

:class:`StageScene` is the posed body with its equipment. It colours the parts by what they do at
the moment, with the same table as the standing chart (:mod:`visualizer.scene.chart`) and every
other view (:mod:`visualizer.scene.palette`). Window, exports and tests all draw through here.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.surface import Body, Part, PartKind
from visualizer.arrays import distinct
from visualizer.exercise.repetition import Instant, Repetition
from visualizer.lifts.base import ViewName
from visualizer.render import (
    BegunPicture,
    Camera,
    Halo,
    Mesh,
    Picture,
    Rasterizer,
    Selection,
    Shadow,
)
from visualizer.scene.annotations import Annotations, Extent
from visualizer.scene.contact import box_rows
from visualizer.scene.equipment import pieces
from visualizer.scene.flesh import Flesh
from visualizer.scene.framing import Canvas, home_camera
from visualizer.scene.ghosts import Ghosts
from visualizer.scene.labels import LabelRoom
from visualizer.scene.painter import Painter, Seen
from visualizer.scene.palette import theme
from visualizer.scene.request import RenderedView, RenderRequest
from visualizer.scene.sight import Sight
from visualizer.scene.sizes import seen_scale
from visualizer.scene.skin import SkinOutline
from visualizer.scene.spots import PartVertices, SpotKeeper
from visualizer.scene.swelling import Swelling
from visualizer.scene.views import FOCUS_FILL, LOW_RAD, fitted_camera, outermost

__all__ = ["StageScene", "body_mesh"]

FloatArray = NDArray[np.float32]

# The arrays of a mesh that a body has, by the same name.
_OF_BODY = (
    "rest_position", "rest_normal", "faces", "face_part",
    "occlusion", "tendon", "fibre", "influence", "weight",
)  # fmt: skip
_PLATES_ASIDE = 0.6
# One vertex of the body in so many is looked at: no place on it is 3 cm from the nearest of them.
_EVERY = 8


def body_mesh(body: Body) -> Mesh:
    """Return the body's surface as the renderer wants it."""
    return Mesh(
        **{name: getattr(body, name) for name in _OF_BODY},
        part_count=len(body.parts),
        frame_count=body.frame_count,
    )


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
        mesh = body_mesh(body)
        flesh = Flesh.posed(body, mesh, repetition, self.rasterizer)
        # what encloses the body on its whole way
        self._body_reach = np.vstack([outermost(p) for p in flesh.positions])
        gear = pieces(repetition, flesh)
        self._pieces = tuple(sorted(gear, key=lambda p: (p.underfoot, not p.on_skin)))
        ways = {
            p.side: [self.rasterizer.skin(p.mesh, p.frames(m))[0] for m in flesh.instants]
            for p in self._pieces
            if p.framed and p.side is not None
        }
        self._plate_reach = {side: outermost(np.vstack(way)) for side, way in ways.items()}
        self._solids = box_rows(p.solid for p in self._pieces if p.solid is not None)
        self._presses = tuple(press for p in self._pieces for press in p.presses)
        self.parts: tuple[Part, ...] = (
            *body.parts,
            *(Part(f"equipment_{p.name}", None, None, PartKind.BONE) for p in self._pieces),
        )
        self.mesh = Mesh.join([mesh, *(p.mesh for p in self._pieces)])
        body.lie_within({name: getattr(self.mesh, name) for name in _OF_BODY})
        self._painter = Painter(body, self._pieces, repetition)
        self._ghosts = Ghosts(body, self._pieces, repetition, flesh)
        self.part_vertices = PartVertices(self.mesh)
        self._annotations = Annotations(
            repetition, self.parts, self._pieces, flesh,
            Extent(self._body_reach, {s: r for s, r in self._plate_reach.items() if s}),
            self.part_vertices, self._painter.muscles_of,
        )  # fmt: skip
        vertices = len(self.mesh.rest_position)
        self._frames = np.zeros((self.mesh.frame_count, 3, 4), np.float32)
        self._position = np.empty((vertices, 3), np.float32)
        self._normal = np.empty((vertices, 3), np.float32)
        # The floor's shadow wants the large triangles of the equipment filled in. It falls on the
        # mat, which lies flat, is the last piece and casts none.
        casting = [p.mesh for p in self._pieces if not p.underfoot]
        self._casting = len(body.rest_position) + sum(len(m.rest_position) for m in casting)
        last = len(body.faces) + sum(len(m.faces) for m in casting)
        self._casting_faces = np.ascontiguousarray(self.mesh.faces[len(body.faces) : last])
        self._mat = len(self.parts) - 1 if len(casting) < len(self._pieces) else None
        self._shadow: Shadow | None = None
        self._shadow_late = 0  # poses since it was made
        self._posed_for: Instant | None = None
        self._posed_only: Selection | None = None
        self._sight = Sight(self.rasterizer, self.mesh)
        worn = sum(piece.on_skin for piece in self._pieces)
        self._skin = SkinOutline(repetition, len(body.parts) + worn, self._solids, self.rasterizer)
        self._swelling, self._swollen = Swelling(body, repetition), False

    @property
    def body_parts(self) -> int:
        """How many of the parts, from the first, are the body's; the others are gear."""
        return len(self.body.parts)

    # --------------------------------------------------------------------------------- posing
    def pose(self, instant: Instant) -> FloatArray:
        """Return all vertices (V, 3) at a moment, metres; the array is reused.

        Working bellies swell as in the last picture: by default as they do in truth.
        """
        self._pose_at(instant)
        return self._position

    def _pose(self, request: RenderRequest, only: Selection | None = None) -> None:
        """Pose for a picture all vertices, or at least those of ``only``."""
        if request.options.swelling is not self._swollen:
            self._swollen, self._posed_for = request.options.swelling, None
        self._pose_at(request.instant, only)

    def _pose_at(self, instant: Instant, only: Selection | None = None) -> None:
        if self._posed_for is not instant or self._posed_only not in (None, only):
            n = self.body.frame_count
            swell = self._swelling.of(instant) if self._swollen else None
            self.body.frames(instant.pose, self._frames[:n], swell)
            for piece in self._pieces:
                k = piece.mesh.frame_count
                self._frames[n : n + k] = piece.frames(instant)
                n += k
            self.rasterizer.skin(self.mesh, self._frames, (self._position, self._normal), only)
            flesh = self._position[: len(self.body.rest_position)]
            self.rasterizer.push_out(flesh, self._solids)
            shown = None if only is None else only.shown[: len(flesh)]
            for press in self._presses:
                press.press(instant, flesh, shown)
            self._posed_for, self._posed_only = instant, only
            self._shadow_late += 1

    def _held_by_marks(self) -> NDArray[np.intp]:
        """Return the vertices that marks may ride on, or are looked for by."""
        phases = [span.id for span in self.repetition.schedule.spans]
        parts = {p for phase in phases for m in self._annotations.marked(phase) for p in m.parts}
        some = [self.part_vertices.of(part) for part in sorted(parts)]
        return np.concatenate([np.zeros(0, np.intp), *some])

    def body_points(self, instant: Instant) -> FloatArray:
        """Return points (N, 3) all over the body at a moment, metres; none is 3 cm alone."""
        return self.pose(instant)[: len(self.body.rest_position) : _EVERY]

    def _shadow_of(self, *, late: bool) -> Shadow:
        """Return the floor's shadow; it may be one picture ``late``."""
        if self._shadow is None or self._shadow_late > late:
            self._shadow = self.rasterizer.shadow(
                self._position[: self._casting], self._casting_faces
            )
            self._shadow_late = 0
        return self._shadow

    # -------------------------------------------------------------------------------- drawing
    def camera(self, view: ViewName, size: tuple[int, int]) -> Camera:
        """Return the camera of a view that holds body and gear over the whole repetition."""
        return fitted_camera(self.view_deg(view), self.repetition.side, self.held(view), size)

    def view_deg(self, view: ViewName) -> tuple[float, float]:
        """Return azimuth and elevation of a view, degrees; see :class:`visualizer.lifts.base`."""
        variation = self.repetition.variation
        return variation.lift.view_deg(view, variation.setup)

    def held(self, view: ViewName) -> NDArray[np.float64]:
        """Return points (N, 3) that a view must hold, metres."""
        near = self.repetition.side
        # The plate behind the body; the one before it is left out. From the front and from below
        # they stand on either side, and body and working muscles would shrink for their whole
        # width: there they count for their height alone. Nor does the bench count from below,
        # where it stands before the body.
        low = math.radians(self.view_deg(view)[1]) < LOW_RAD
        if low or view is ViewName.FRONT:
            behind = [reach * (_PLATES_ASIDE, 1, 1) for reach in self._plate_reach.values()]
        else:
            behind = [r for side, r in self._plate_reach.items() if side is not near]
        return np.vstack([self._body_reach if low else self._reach, *behind])

    def focus_camera(
        self, muscle: str, instant: Instant, camera: Camera, size: tuple[int, int]
    ) -> Camera:
        """Return ``camera`` moved so that a muscle or group fills the picture.

        Parameters
        ----------
        muscle : str
            Id of a surface or group; of a pair the side nearer to the camera is framed.
        instant : Instant
            Where the muscle is.
        camera : Camera
            Gives the direction.
        size : (int, int)
            Width and height in pixels.
        """
        points = self.muscle_points(muscle, instant, camera)
        return camera.fitted(points, size, FOCUS_FILL) if len(points) else camera

    def muscle_points(self, muscle: str, instant: Instant, camera: Camera) -> FloatArray:
        """Return the points (N, 3) of a muscle or group, metres; N = 0 where it has none.

        Parameters
        ----------
        muscle : str
            Id of a surface or group; of a pair the side nearer to the camera.
        instant, camera
            Where the muscle is, and from where it is seen.
        """
        wanted = self._painter.muscles_of(muscle)
        near = Seen.by(camera).side
        faces = [
            self.body.faces[p.first_face : p.first_face + p.face_count]
            for p in self.body.parts
            if p.muscle in wanted and p.side in (near, None)
        ]
        if not faces:
            return np.empty((0, 3), np.float32)
        return self.pose(instant)[distinct(np.concatenate(faces))]

    @cached_property
    def _reach(self) -> NDArray[np.float64]:
        """(N, 3) points that must be seen: the body, and what it leans on."""
        still = [p for p in self._pieces if p.framed and p.side is None]
        return np.vstack([self._body_reach, *(p.mesh.rest_position.astype(float) for p in still)])

    def render(self, request: RenderRequest, keeper: SpotKeeper | None = None) -> RenderedView:
        """Return the picture that was asked for, see :class:`visualizer.scene.request.View3D`."""
        (shown,) = self._rendered(request, keeper, at_once=True)
        assert shown is not None
        return shown

    def in_steps(
        self, request: RenderRequest, keeper: SpotKeeper | None = None
    ) -> Iterator[RenderedView | None]:
        """Draw it in steps, see :class:`visualizer.scene.request.View3D`."""
        # what tells what shows while the body moves is of one picture after another
        return self._rendered(request, keeper, at_once=request.moving)

    def _rendered(
        self, request: RenderRequest, keeper: SpotKeeper | None, *, at_once: bool
    ) -> Iterator[RenderedView | None]:
        start, drawing_s = time.perf_counter(), 0.0
        layers = request.layers
        legend, below_px = self._painter.legend(request, layers.legend)
        if layers.labels is not None and below_px > layers.labels.below_px:
            labels = replace(layers.labels, below_px=below_px)
            request = replace(request, layers=replace(layers, labels=labels))
        if below_px > layers.edges_px[1]:  # the arrow of the load keeps clear of the legend
            above, _, left = layers.edges_px
            edges = above, below_px, left
            request = replace(request, layers=replace(request.layers, edges_px=edges))
        camera = self._camera_of(request, below_px)
        for step in self._drawn(request, camera, at_once=at_once):
            drawing_s += time.perf_counter() - start
            if not at_once:
                yield None
            start, picture = time.perf_counter(), step
        assert picture is not None
        if not at_once:
            self._pose(request)  # somebody else may have posed it since
        overlay, placed = self._annotations.painted(
            request, camera, picture, self._position, keeper
        )
        took_ms = drawing_s * 1e3, (time.perf_counter() - start) * 1e3
        yield RenderedView(picture, overlay, self.parts, took_ms, legend, placed)

    def _camera_of(self, request: RenderRequest, below_px: float) -> Camera:
        """Return the camera that was given, or that of the named view."""
        if isinstance(request.camera, Camera):
            return request.camera
        labels, focus = request.layers.labels, request.options.focus
        above, below = (labels.above_px, labels.below_px) if labels else (0.0, 0.0)
        frame = Canvas(request.size, above, max(below, below_px))
        return home_camera(self, request.camera, frame, request.instant, focus, labels)

    def _drawn(
        self, request: RenderRequest, camera: Camera, *, at_once: bool
    ) -> Iterator[Picture | None]:
        """Draw the picture in steps, or in a single one; yield it after the last of them."""
        options, moving, look = request.options, request.moving, theme(request.options.theme)
        instant, seen_by = request.instant, Seen.by(camera)
        halo = None
        if not at_once:
            # what is posed is kept for the steps to come, unless somebody else poses it meanwhile
            self._pose(request)
            yield None
            self._pose(request)
            self._shadow_of(late=False)
            yield None
            halo = self._halo(request)
            yield None
        scale = seen_scale(request.size[1], camera.height_m)
        materials = self._painter.paint(instant, options, seen_by, self._ghosts.of(camera), scale)
        solid = materials.opacity.tobytes(), materials.visible.tobytes()
        key = camera, request.size, options.swelling, solid
        known = None
        if moving:
            known = self._sight.known(key, instant.progress, self._held_by_marks)
        # a shadow is cast by what shows and by what does not
        self._pose(request, known.selection if known and known.shadow else None)
        seen = self._sight.seen(key) if moving and not known else None
        if known and known.shadow:  # about as exact as one that is late
            self._shadow, self._shadow_late = known.shadow, 1
            shadow = known.shadow
        else:
            shadow = self._shadow_of(late=moving and seen is None and known is None)
        if at_once or request.supersample == 1:  # else its arrays are its own
            halo = self._halo(request)
        drawing = self.rasterizer.begin if not at_once else self.rasterizer.draw
        made = drawing(
            self.mesh,
            self._position,
            self._normal,
            materials,
            camera,
            request.size,
            look.backdrop if options.ground is None else look.backdrop.plain(options.ground),
            supersample=request.supersample,
            half_light=moving,
            depth=False,
            shadow=shadow,
            mat=self._mat,
            halo=halo,
            only=known.selection if known else None,
            seen=seen,
        )
        if isinstance(made, BegunPicture):
            while not made.done:
                yield None
                made.step()
        if seen is not None:
            self._sight.note(instant.progress)
        if seen is not None or known:
            self._sight.keep(instant.progress, shadow)
        yield made.picture if isinstance(made, BegunPicture) else made

    def _halo(self, request: RenderRequest) -> Halo | None:
        """Return the skin's outline where it is wanted."""
        options, fine = request.options, request.supersample > 1
        if not options.skin:
            return None
        return self._skin.halo(request.instant, theme(options.theme), fine=fine)

    def enlarge(self, picture: Picture, out: NDArray[np.uint8]) -> bool:
        """Write a picture's pixels enlarged; False where the window does it better."""
        return self.rasterizer.enlarge(picture, out)

    def outline_at(
        self, instant: Instant, camera: Camera, size: tuple[int, int], place: tuple[float, float]
    ) -> bool:
        """Return whether the outline of the plate that is left out is at a place (x, y in pixels).

        Parameters
        ----------
        moment, camera, size
            What the picture was drawn with.
        place : (float, float)
            x and y in pixels.
        """
        return self._annotations.outline_at(instant, camera, size, place)

    def labels_beside(self, camera: Camera, size: tuple[int, int], room: LabelRoom) -> bool:
        """Return whether labels stand beside the body and need no room above it."""
        return self._annotations.names(camera, size, room).beside

"""The one way to draw: validates what crosses into C, picks the kernel, reuses buffers.

The seam for another renderer: whatever keeps the protocol
:class:`~visualizer.render.kernel.Kernel` can stand behind :class:`Rasterizer`.
"""

from __future__ import annotations

import os
import threading
from typing import Literal

import numpy as np
import numpy.typing as npt

from visualizer.render import native
from visualizer.render.backdrop import Backdrop
from visualizer.render.begun import BegunPicture
from visualizer.render.camera import Camera
from visualizer.render.contract import MAX_SUPERSAMPLE
from visualizer.render.frame import MAX_SIDE_PX, Frame
from visualizer.render.halo import Halo
from visualizer.render.kernel import Kernel
from visualizer.render.material import Materials
from visualizer.render.mesh import Mesh, checked
from visualizer.render.picture import Picture
from visualizer.render.pool import PicturePool
from visualizer.render.selection import Selection
from visualizer.render.shadow import EMPTY_M, Shadow, world_rectangle

__all__ = ["Rasterizer"]

FloatArray = npt.NDArray[np.float32]

KernelChoice = Literal["auto", "native", "numpy"]
_MAX_THREADS = 8


class Rasterizer:
    """Draws meshes into pictures. Calls from several threads take turns.

    Parameters
    ----------
    threads : int, optional
        Threads of the native kernel; as many as processors (at most 8) when left out. The
        picture does not depend on it.
    kernel : "auto", "native" or "numpy"
        ``"auto"`` takes the native kernel where there is one and the numpy reference elsewhere.

    Raises
    ------
    RuntimeError
        When the native kernel is asked for and this installation has none that fits.
    """

    def __init__(self, threads: int | None = None, kernel: KernelChoice = "auto") -> None:
        if kernel not in ("auto", "native", "numpy"):
            raise ValueError(f"kernel must be auto, native or numpy, not {kernel!r}")
        if threads is not None and threads < 1:
            raise ValueError("a rasterizer needs at least one thread")
        self._threads = threads or min(os.cpu_count() or 1, _MAX_THREADS)
        module = None if kernel == "numpy" else native.load()
        if kernel == "native" and module is None:
            raise RuntimeError(f"there is no native kernel: {native.problem()}")
        self._kernel: Kernel
        if module is None:
            from visualizer.render.reference import ReferenceKernel

            self._kernel = ReferenceKernel()
        else:
            self._kernel = native.NativeKernel(module, self._threads)
        self._pictures = PicturePool()
        self._lock = threading.Lock()  # all calls share the kernel's scratch

    @property
    def kernel_name(self) -> str:
        """``"native"`` or ``"numpy"``."""
        return self._kernel.name

    @property
    def threads(self) -> int:
        """Threads that drawing uses."""
        return self._threads if self.kernel_name == "native" else 1

    def skin(
        self,
        mesh: Mesh,
        frames: FloatArray,
        out: tuple[FloatArray, FloatArray] | None = None,
        only: Selection | None = None,
    ) -> tuple[FloatArray, FloatArray]:
        """Pose a mesh: linear blend skinning.

        Parameters
        ----------
        mesh : Mesh
            What to pose.
        frames : (N, 3, 4) float32 ndarray
            Affine frames, ``posed = A rest + t``; at least as many as the mesh names.
        out : tuple of two (V, 3) float32 ndarray, optional
            Where to write; new arrays when left out.
        only : Selection, optional
            The other vertices may stay as they are.

        Returns
        -------
        position, normal : (V, 3) float32 ndarray
            Posed vertices in metres and unit normals.
        """
        count = len(mesh.rest_position)
        checked("frames", frames, np.float32, (None, 3, 4))
        if len(frames) < mesh.frame_count:
            raise ValueError(f"the mesh follows {mesh.frame_count} frames, {len(frames)} given")
        if out is None:
            out = np.empty((count, 3), np.float32), np.empty((count, 3), np.float32)
        position = checked("out position", out[0], np.float32, (count, 3))
        normal = checked("out normal", out[1], np.float32, (count, 3))
        if only is not None:
            only.validate(mesh)
        with self._lock:
            self._kernel.skin(mesh, frames, position, normal, only)
        return position, normal

    def select(
        self, mesh: Mesh, seen: npt.NDArray[np.uint8], also: npt.NDArray[np.uint8]
    ) -> Selection | None:
        """Return what earlier pictures showed of a mesh, and the triangles beside it.

        Parameters
        ----------
        mesh : Mesh
            What was drawn.
        seen : (F,) uint8 ndarray
            As :meth:`draw` has noted it.
        also : (V,) uint8 ndarray
            1 for vertices that are needed besides.

        Returns
        -------
        Selection or None
            None without the native kernel: all is drawn then.
        """
        checked("seen", seen, np.uint8, (len(mesh.faces),))
        checked("also", also, np.uint8, (len(mesh.rest_position),))
        with self._lock:
            return self._kernel.select(mesh, seen, also)

    def push_out(self, position: FloatArray, boxes: FloatArray) -> None:
        """Move vertices out of the floor z = 0 and of boxes, in place.

        Out of a box the way is up through its top or towards low y through its front, whichever
        is shorter; near both, away from the axis of the rounded edge between them, so that
        nothing jumps that passes it.

        Parameters
        ----------
        position : (V, 3) float32 ndarray, metres
            Posed vertices.
        boxes : (N, 6) float32 ndarray, metres
            Low and high corners of axis-aligned boxes.
        """
        checked("position", position, np.float32, (None, 3))
        checked("boxes", boxes, np.float32, (None, 6))
        with self._lock:
            self._kernel.push_out(position, boxes)

    def shadow(self, position: FloatArray, faces: npt.NDArray[np.int32] | None = None) -> Shadow:
        """Return the soft shadow on the floor under a posed mesh.

        Parameters
        ----------
        position : (V, 3) float32 ndarray, metres
            Posed vertices.
        faces : (F, 3) int32 ndarray, optional
            Triangles that may be larger than a few centimetres, e.g. those of a bench; vertices
            alone do for a finely meshed body.
        """
        checked("position", position, np.float32, (None, 3))
        if faces is None:
            faces = np.zeros((0, 3), np.int32)
        checked("faces", faces, np.int32, (None, 3))
        if faces.size and (faces.min() < 0 or faces.max() >= len(position)):
            raise ValueError("faces must be within the vertices")
        low, cell_m, (columns, rows) = world_rectangle(position)
        lowest_m = np.full((rows, columns), EMPTY_M, np.float32)
        with self._lock:
            self._kernel.lowest(position, faces, low, cell_m, lowest_m)
            darkness = self._kernel.darkness(lowest_m)
        return Shadow(darkness, low, cell_m)

    def draw(
        self,
        mesh: Mesh,
        position: FloatArray,
        normal: FloatArray,
        materials: Materials,
        camera: Camera,
        size: tuple[int, int],
        backdrop: Backdrop | None = None,
        *,
        supersample: int = 1,
        shadow: Shadow | None = None,
        floor: bool = True,
        smooth: bool = True,
        half_light: bool = False,
        depth: bool = True,
        mat: int | None = None,
        halo: Halo | None = None,
        only: Selection | None = None,
        seen: npt.NDArray[np.uint8] | None = None,
    ) -> Picture:
        """Draw a posed mesh.

        Parameters
        ----------
        mesh : Mesh
            What to draw.
        position, normal : (V, 3) float32 ndarray
            As :meth:`skin` returned them. Triangles with NaN, behind the camera or seen from
            inside are left out.
        materials : Materials
            A row for every part of the mesh.
        camera : Camera
            From where.
        size : tuple of int
            Width and height in pixels.
        backdrop : Backdrop, optional
            Neutral greys when left out.
        supersample : int
            Samples along a pixel's side, 1 .. 4; 2 for still pictures and exports.
        shadow : Shadow, optional
            On the floor, see :meth:`shadow`.
        floor : bool
            False leaves the floor and its shadow out: the plain gradient, e.g. for a chart.
        smooth : bool
            Smooth the edges when ``supersample`` is 1.
        half_light : bool
            Light every second row only, away from edges; for moving pictures. Needs
            ``supersample`` 1.
        depth : bool
            False spares the picture's ``inv_depth``, which is empty then.
        mat : int, optional
            A part that lies flat on the floor: the shadow falls on it. It must not cast one.
        halo : Halo, optional
            A faint surface beside what it surrounds; the picture's parts do not know it.
        only : Selection, optional
            Leave the other triangles out, where that spares time.
        seen : (F,) uint8 ndarray, optional
            Is set to 1 for every triangle that shows in this picture.

        Returns
        -------
        Picture
            Its buffers are used again only after it is gone.
        """
        drawing = self.begin(
            mesh, position, normal, materials, camera, size, backdrop,
            supersample=supersample, shadow=shadow, floor=floor, smooth=smooth,
            half_light=half_light, depth=depth, mat=mat, halo=halo, only=only, seen=seen,
        )  # fmt: skip
        drawing.finish()
        return drawing.picture

    def begin(
        self,
        mesh: Mesh,
        position: FloatArray,
        normal: FloatArray,
        materials: Materials,
        camera: Camera,
        size: tuple[int, int],
        backdrop: Backdrop | None = None,
        *,
        supersample: int = 1,
        shadow: Shadow | None = None,
        floor: bool = True,
        smooth: bool = True,
        half_light: bool = False,
        depth: bool = True,
        mat: int | None = None,
        halo: Halo | None = None,
        only: Selection | None = None,
        seen: npt.NDArray[np.uint8] | None = None,
    ) -> BegunPicture:
        """Begin to draw a posed mesh, piece by piece.

        Parameters are those of :meth:`draw`. Others may be drawn, and everything posed anew, before
        it is done; with the reference, which draws it all in one piece, not posed.

        Returns
        -------
        BegunPicture
            What is drawn in steps, or given up by letting go of it.
        """
        count = len(mesh.rest_position)
        checked("position", position, np.float32, (count, 3))
        checked("normal", normal, np.float32, (count, 3))
        materials.validate()
        if halo is not None:
            halo.validate()
        if only is not None:
            only.validate(mesh)
        if seen is not None:
            checked("seen", seen, np.uint8, (len(mesh.faces),))
        if materials.count != mesh.part_count:
            raise ValueError(f"the mesh has {mesh.part_count} parts, materials {materials.count}")
        width, height = int(size[0]), int(size[1])
        if not (0 < width <= MAX_SIDE_PX and 0 < height <= MAX_SIDE_PX):
            raise ValueError(f"a picture must have 1..{MAX_SIDE_PX} pixels a side, not {size}")
        if not 1 <= supersample <= MAX_SUPERSAMPLE:
            raise ValueError(f"supersample must be within 1..{MAX_SUPERSAMPLE}")
        frame = Frame.of(
            materials,
            camera,
            (width, height),
            backdrop or Backdrop(),
            supersample,
            shadow if floor else None,
            smooth and supersample == 1,
            half_light and supersample == 1,
            depth,
            mat,
        )
        with self._lock:
            picture, clean = self._pictures.lease((width, height), depth, frame.row_pixels)
            pieces = self._kernel.begin(
                mesh, position, normal, frame, picture, clean, halo, only, seen
            )
        return BegunPicture(picture, pieces, self.threads, self._lock)

    def enlarge(self, picture: Picture, out: npt.NDArray[np.uint8]) -> bool:
        """Write a picture's pixels enlarged, each between the four round its place.

        Parameters
        ----------
        picture : Picture
            At least two pixels wide.
        out : (h, w, 4) uint8 ndarray
            Not smaller than the picture.

        Returns
        -------
        bool
            False without the native kernel, with nothing done: others do it better than numpy.
        """
        checked("out", out, np.uint8, (None, None, 4))
        (height, width), (from_width, from_height) = out.shape[:2], picture.size
        if not 2 <= from_width <= width <= MAX_SIDE_PX or not from_height <= height <= MAX_SIDE_PX:
            raise ValueError(f"{picture.size} cannot be enlarged to {(width, height)}")
        with self._lock:
            return self._kernel.enlarge(picture.pixels, out)

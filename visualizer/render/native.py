"""The native kernel behind numpy arrays: threads, buffers, nothing else.

The extension checks kind and shape of every array at its door, and the indices of a mesh once;
what lies beyond numbers, such as finite weights, :class:`~visualizer.render.mesh.Mesh` and
:mod:`visualizer.render.rasterizer` have checked.
"""

from __future__ import annotations

import itertools
import math
import threading
import weakref
from collections.abc import Sequence
from functools import lru_cache
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from visualizer.extension import Found, find, has_avx2
from visualizer.render.contract import BOX, CONTRACT, OPAQUE, STEPS, TILE_PX, VERTEX_COLUMNS
from visualizer.render.frame import Frame, gamma_table
from visualizer.render.halo import Halo
from visualizer.render.helpers import Helpers
from visualizer.render.kernel import Pieces
from visualizer.render.mesh import Mesh
from visualizer.render.picture import Picture
from visualizer.render.selection import Selection
from visualizer.render.shadow import LAYERS

__all__ = ["NativeKernel", "load", "problem"]

FloatArray = npt.NDArray[np.float32]

_NAME = "visualizer.render._kernel"
_SKIN_CHUNK = 8192
_BOUND_CHUNK = 1024
_LINE = 64  # bytes of a cache line
# For what is not asked for: see `optional` in native/door_mesh.c.
_ALL, _NO_BITS = np.empty(0, np.uint8), np.empty(0, np.uint32)


@lru_cache(maxsize=1)
def _found() -> Found:
    # packages for systems whose compilers cannot make one function for two kinds of processors
    # bring the whole kernel twice
    if has_avx2():
        quick = find(f"{_NAME}_avx2", CONTRACT)
        if quick.module is not None:
            return quick
    return find(_NAME, CONTRACT)


def load() -> ModuleType | None:
    """Return the compiled kernel, None when this installation has none that fits."""
    return _found().module


def problem() -> str:
    """Return why there is no compiled kernel; empty when there is one."""
    return _found().problem


@lru_cache(maxsize=4)
def _columns(
    from_width: int, width: int
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.uint32]]:
    """Return where the columns of an enlarged picture come from, see native/resample.c."""
    place = np.clip((np.arange(width) + 0.5) * from_width / width - 0.5, 0.0, from_width - 1.0)
    left = np.minimum(place.astype(np.int32), from_width - 2)
    share = np.round((place - left) * 256).astype(np.uint32)
    base = left[::8].copy()
    return base, left - np.repeat(base, 8)[:width], share


def _tiles(frame: Frame) -> tuple[int, int]:
    """Return the columns and rows of tiles of a picture."""
    return -(-frame.width // TILE_PX), -(-frame.height // TILE_PX)


def _ranges(
    frame: Frame, start: npt.NDArray[np.int32], *, single: bool = False
) -> list[tuple[int, int]]:
    """Return ranges of tiles, the fullest first: so threads end together.

    Halves of rows, which cost fewer calls, or every tile by itself.
    """
    columns, rows = _tiles(frame)
    if single:
        fullest = np.argsort(-np.diff(start), kind="stable").tolist()
        return [(tile, tile + 1) for tile in fullest]
    half = -(-columns // 2)
    pieces = [
        (r * columns + c, r * columns + min(c + half, columns))
        for r in range(rows)
        for c in (0, half)
    ]
    pieces.sort(key=lambda p: start[p[0]] - start[p[1]])
    return pieces


def _chunks(count: int, most: int) -> list[tuple[int, int]]:
    """Return ranges of at most so many items."""
    return [(first, min(first + most, count)) for first in range(0, count, most)]


class _Thing(NamedTuple):
    """What is placed in a picture.

    All that is kept between pictures goes by its ``name``; ``kind`` (P,) says which of its parts
    are hidden, ``only`` which triangles are wanted.
    """

    name: str
    mesh: Mesh
    position: FloatArray
    normal: FloatArray
    kind: npt.NDArray[np.uint8]
    only: Selection | None = None


class NativeKernel:
    """Runs the functions of ``native/module.c`` on ranges, over a pool of threads.

    Parameters
    ----------
    module : module
        What :func:`load` returned.
    threads : int
        Threads to work with, the calling one included.
    """

    name = "native"

    def __init__(self, module: ModuleType, threads: int) -> None:
        self._c = module
        self._threads = threads
        self._helpers = Helpers(threads - 1)
        self._each = self._helpers.each
        self._buffers: dict[str, npt.NDArray[Any]] = {}
        self._cut: dict[str, npt.NDArray[Any]] = {}  # as they were asked for last
        self._meshes: weakref.WeakKeyDictionary[Mesh, Any] = weakref.WeakKeyDictionary()
        self._begun: dict[int, weakref.ref[Pieces]] = {}  # by where what they need is kept

    def _buffer(self, name: str, shape: tuple[int, ...], dtype: npt.DTypeLike) -> npt.NDArray[Any]:
        """Return a reused array of at least this size, cut to the shape.

        It begins with a cache line, so that no row of eight numbers lies on two of them.
        """
        last = self._cut.get(name)
        if last is not None and last.shape == shape and last.dtype == dtype:
            return last
        size = math.prod(shape)
        held = self._buffers.get(name)
        if held is None or held.size < size or held.dtype != dtype:
            memory = np.empty(max(size, 1) * np.dtype(dtype).itemsize + _LINE, np.uint8)
            first = -memory.ctypes.data % _LINE
            held = self._buffers[name] = memory[first : first + len(memory) - _LINE].view(dtype)
        cut = self._cut[name] = held[:size].reshape(shape)
        return cut

    def _mesh(self, mesh: Mesh) -> Any:
        """Return the extension's view of a mesh, which it checks the first time."""
        known = self._meshes.get(mesh)
        if known is None:
            known = self._meshes[mesh] = self._c.mesh(
                mesh.rest_position,
                mesh.rest_normal,
                mesh.surface,
                mesh.influence,
                mesh.weight,
                mesh.faces,
                mesh.face_part,
                *mesh.clusters,
            )
        return known

    def skin(
        self,
        mesh: Mesh,
        frames: FloatArray,
        position: FloatArray,
        normal: FloatArray,
        only: Selection | None = None,
    ) -> None:
        """Move the rest pose with its frames into ``position`` and ``normal`` (V, 3)."""
        known, count = self._mesh(mesh), len(mesh.rest_position)
        shown = _ALL if only is None else only.shown

        def work(i: int, _: int) -> None:
            first = i * _SKIN_CHUNK
            last = min(first + _SKIN_CHUNK, count)
            self._c.skin(known, frames, position, normal, shown, first, last)

        self._each(-(-count // _SKIN_CHUNK), work)

    def select(
        self, mesh: Mesh, seen: npt.NDArray[np.uint8], also: npt.NDArray[np.uint8]
    ) -> Selection | None:
        """Return the triangles that were ``seen`` (F,) and their neighbours."""
        selection = Selection.empty(mesh)
        self._c.select(self._mesh(mesh), seen, also, selection.wanted, selection.shown)
        return selection

    def push_out(self, position: FloatArray, boxes: FloatArray) -> None:
        """Move vertices (V, 3) out of the floor and of boxes (N, 6), in place."""
        self._c.push_out(boxes, position)

    def begin(
        self,
        mesh: Mesh,
        position: FloatArray,
        normal: FloatArray,
        frame: Frame,
        out: Picture,
        clean: npt.NDArray[np.uint8],
        halo: Halo | None = None,
        only: Selection | None = None,
        seen: npt.NDArray[np.uint8] | None = None,
    ) -> Pieces:
        """Place everything in the picture, and return its tiles: what there is to draw."""
        known = self._mesh(mesh)
        things = [_Thing("", mesh, position, normal, frame.part_kind, only)]
        if halo is not None:
            every = np.full(halo.mesh.part_count, OPAQUE, np.uint8)
            things.append(_Thing("halo ", halo.mesh, halo.position, halo.normal, every))
        place = self._free_place()
        (screen, vertex, box, start, tile_list), *others = self._placed(frame, things, place)
        prepared = self._c.frame(
            known,
            frame.params,
            screen,
            vertex,
            frame.material,
            frame.part_kind,
            box,
            start,
            tile_list,
            frame.corners,
            gamma_table(),
            frame.row_pixels,
            frame.row_srgb,
            frame.darkness,
            out.pixels,
            out.part,
            out.inv_depth,
            clean,
            _ALL if seen is None else seen,
        )
        if halo is not None:
            self._c.halo(prepared, self._mesh(halo.mesh), halo.record, *others[0])
        size = self._c.scratch_bytes(frame.supersample)
        count = len(start) - 1
        single: list[tuple[int, int]] = []

        def draw(first: int, last: int) -> None:
            scratch = self._buffer("scratch", (self._threads, -(-size // 64) * 64), np.uint8)
            if last - first == count:
                ranges = _ranges(frame, start)
            else:
                single[:] = single or _ranges(frame, start, single=True)
                ranges = single[first:last]

            def draw_range(i: int, worker: int) -> None:
                self._c.draw_tiles(prepared, scratch[worker], *ranges[i])

            self._each(len(ranges), draw_range)

        begun = Pieces(count, draw)
        kernel = weakref.ref(self)

        def done(_: object) -> None:
            if (alive := kernel()) is not None:
                alive._let_go(place)

        self._begun[place] = weakref.ref(begun, done)
        return begun

    def _free_place(self) -> int:
        """Return where to keep what a picture needs: clear of those that are begun and not done."""
        taken = {place for place, begun in self._begun.items() if begun() is not None}
        return next(place for place in itertools.count() if place not in taken)

    def _let_go(self, place: int) -> None:
        """Give up what a picture needed; not in the first place, where the next one needs it."""
        for kept in (self._buffers, self._cut) if place else ():
            for name in [name for name in kept if name.startswith(f"{place} ")]:
                kept.pop(name, None)

    def _placed(
        self, frame: Frame, things: Sequence[_Thing], place: int
    ) -> list[tuple[npt.NDArray[Any], ...]]:
        """Return where things are, each as five arrays.

        Screen positions (V, 4), shading vertices (V, 8), the clusters' boxes (C,), where each
        tile's list of clusters starts (T + 1,), the lists.
        """
        columns, rows = _tiles(frame)
        placed = []
        project, bound = [], []
        totals = [0] * len(things)
        for n, thing in enumerate(things):
            known, vertices = self._mesh(thing.mesh), len(thing.position)
            name = f"{place} {thing.name}"
            count = len(thing.mesh.clusters[0]) - 1
            shown, wanted = _ALL, _NO_BITS
            if thing.only is not None:
                shown, wanted = thing.only.shown, thing.only.wanted
            screen = self._buffer(f"{name}screen", (vertices, 4), np.float32)
            vertex = self._buffer(f"{name}vertex", (vertices, VERTEX_COLUMNS), np.float32)
            box = self._buffer(f"{name}box", (count,), BOX)
            bounds = self._buffer(f"{name}bounds", (count,), np.uint32)
            step = self._buffer(f"{name}step", (count,), np.uint8)
            placed.append((screen, vertex, box, bounds, step))
            each = known, frame.params, thing.position, thing.normal, screen, vertex, shown
            project += [(each, *piece) for piece in _chunks(vertices, _SKIN_CHUNK)]
            every = known, frame.params, screen, box, bounds, step, thing.kind, wanted
            bound += [(n, every, *piece) for piece in _chunks(count, _BOUND_CHUNK)]

        def project_some(i: int, _: int) -> None:
            arrays, first, last = project[i]
            self._c.project(*arrays, first, last)

        lock = threading.Lock()

        def enclose(i: int, _: int) -> None:
            n, arrays, first, last = bound[i]
            some = self._c.bound_clusters(*arrays, first, last)
            with lock:
                totals[n] += some

        self._each(len(project), project_some)
        self._each(len(bound), enclose)
        counts = self._buffer("counts", (columns * rows, STEPS), np.int32)
        out: list[tuple[npt.NDArray[Any], ...]] = []
        for thing, total, (screen, vertex, box, bounds, step) in zip(
            things, totals, placed, strict=True
        ):
            name = f"{place} {thing.name}"
            start = self._buffer(f"{name}start", (columns * rows + 1,), np.int32)
            tile_list = self._buffer(f"{name}list", (total,), np.int32)
            self._c.list_clusters(frame.params, bounds, step, counts, start, tile_list)
            out.append((screen, vertex, box, start, tile_list))
        return out

    def enlarge(self, pixels: npt.NDArray[np.uint8], out: npt.NDArray[np.uint8]) -> bool:
        """Write pixels (h, w, 4) enlarged to ``out`` (H, W, 4), see :meth:`Rasterizer.enlarge`."""
        from_width, (height, width) = pixels.shape[1], out.shape[:2]
        base, offset, share = _columns(from_width, width)
        line = self._buffer("line", (self._threads, from_width + 16), np.uint32)
        chunk = -(-height // (4 * self._threads))

        def rows(i: int, worker: int) -> None:
            first, last = i * chunk, min((i + 1) * chunk, height)
            self._c.enlarge(pixels, base, offset, share, line[worker], out, first, last)

        self._each(-(-height // chunk), rows)
        return True

    def lowest(
        self,
        position: FloatArray,
        faces: npt.NDArray[np.int32],
        low: tuple[float, float],
        cell_m: float,
        lowest_m: FloatArray,
    ) -> None:
        """Lower ``lowest_m`` (h, w) to the lowest height of the surface over every cell."""
        self._c.splat(position, faces, np.array([*low, 1.0 / cell_m], np.float32), lowest_m)

    def darkness(self, lowest_m: FloatArray) -> FloatArray:
        """Return how dark the floor is (h, w) under heights, see :func:`shadow.darkness`."""
        rows, columns = lowest_m.shape
        dark = np.empty((rows, columns), np.float32)
        scratch = self._buffer("blur", (2 * rows * columns + max(rows, columns),), np.float32)
        self._c.darken(lowest_m, LAYERS, dark, scratch)
        return dark

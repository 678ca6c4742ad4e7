"""The native kernel's own door: every array of every function is looked at before it is used."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tests.helpers import meshes as make
from visualizer import extension
from visualizer.render import Camera, Halo, HaloLook, Materials, Mesh, Picture, Rasterizer
from visualizer.render import native as native_module
from visualizer.render.contract import CONTRACT, FRAME
from visualizer.render.places import Rider, Riders, innermost, parts_at, thinned

Call = tuple[str, tuple[Any, ...]]
REFUSED = (TypeError, ValueError, BufferError, OverflowError)
# Arrays that may have any length, or be longer or shorter than what is needed.
ANY_SIZE = {
    ("frame", 13), ("push_out", 0), ("push_out", 1), ("parts_at", 0), ("thin", 0), ("thin", 1),
    ("thin", 2), ("innermost", 0), ("innermost", 1), ("follow", 0), ("follow", 4), ("follow", 5),
}  # fmt: skip
AT_LEAST = {
    ("skin", 1),
    ("draw_tiles", 1),
    ("darken", 3),
    ("frame", 4),
    ("frame", 5),
    ("bound_clusters", 6),
}
# Axis and change that make another sensible call: more or fewer triangles, points, cells, rows.
OTHER_SIZES = {
    ("splat", 1, 0, -1), ("splat", 1, 0, 1), ("splat", 3, 0, -1), ("splat", 3, 0, 1),
    ("splat", 3, 1, -1), ("splat", 3, 1, 1), ("splat", 0, 0, 1),
    ("enlarge", 0, 0, -1), ("enlarge", 0, 0, 1), ("enlarge", 5, 0, 1), ("enlarge", 5, 0, -1),
}  # fmt: skip


@pytest.fixture(scope="module")
def kernel() -> Any:
    module = native_module.load()
    if module is None:
        pytest.skip("the native kernel is not built")
    return module


@pytest.fixture(scope="module")
def calls(kernel: Any) -> list[Call]:
    """One call of every function with the arguments that drawing hands in."""
    made: dict[str, Call] = {}

    def recorder(name: str) -> Callable[..., Any]:
        def call(*args: Any) -> Any:
            made.setdefault(name, (name, args))
            return getattr(kernel, name)(*args)

        return call

    names = [n for n in dir(kernel) if not n.startswith("_") and n != "contract"]
    recorders = SimpleNamespace(**{n: recorder(n) for n in names})
    rasterizer = Rasterizer(threads=1, kernel="native")
    rasterizer._kernel._c = recorders  # type: ignore[attr-defined]
    mesh = make.sheet(9)
    seen = np.ones(len(mesh.faces), np.uint8)
    only = rasterizer.select(mesh, seen, np.zeros(len(mesh.rest_position), np.uint8))
    frames = np.eye(3, 4, dtype=np.float32)[None].copy()
    position, normal = rasterizer.skin(mesh, frames, only=only)
    rasterizer.push_out(position, np.zeros((2, 6), np.float32))
    shadow = rasterizer.shadow(position, mesh.faces)
    picture = rasterizer.draw(
        mesh, position, normal, Materials.plain(1), make.front(), (150, 140), shadow=shadow,
        halo=Halo(mesh, position, normal, HaloLook((1.0, 0.0, 0.0), 0.2, 0.5), 1),
        only=only, seen=seen,
    )  # fmt: skip
    rasterizer.enlarge(picture, np.empty((160, 170, 4), np.uint8))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(native_module, "load", lambda: recorders)
        rider = Rider((0, 1, 2), (0.0, 0.0), 0.0, 0)
        Riders([rider]).ridden(picture, make.front(), position, (3.0, 2.0, 4))
        parts_at(picture, np.zeros((2, 2)))
        innermost(thinned(picture, 3, 1)[0], 0)
    assert set(made) == set(names)
    return list(made.values())


def each_array(calls: list[Call]) -> Iterator[tuple[str, tuple[Any, ...], int]]:
    for name, args in calls:
        for at, argument in enumerate(args):
            if isinstance(argument, np.ndarray):
                yield name, args, at


def refused(kernel: Any, name: str, args: tuple[Any, ...], at: int, wrong: Any) -> None:
    given = [*args[:at], wrong, *args[at + 1 :]]
    try:
        getattr(kernel, name)(*given)
    except REFUSED:
        return
    pytest.fail(f"{name} took a wrong argument {at}", pytrace=False)


def test_arrays_of_another_kind_are_refused(kernel: Any, calls: list[Call]) -> None:
    for name, args, at in each_array(calls):
        array = args[at]
        others: list[Any] = [
            np.float32,
            np.float64,
            np.int16,
            np.int32,
            np.int64,
            np.uint8,
            np.uint32,
            FRAME,
        ]
        for other in others:
            if np.dtype(other) != array.dtype:
                refused(kernel, name, args, at, np.zeros(array.shape, other))
        if array.dtype.names is None and array.dtype.itemsize > 1:
            swapped = array.astype(array.dtype.newbyteorder())
            refused(kernel, name, args, at, swapped)


def test_arrays_with_gaps_are_refused(kernel: Any, calls: list[Call]) -> None:
    for name, args, at in each_array(calls):
        array = args[at]
        if array.ndim and min(array.shape) > 1:
            gaps = np.zeros((*array.shape[:-1], 2 * array.shape[-1]), array.dtype)[..., ::2]
            refused(kernel, name, args, at, gaps)
            if array.ndim > 1:
                refused(kernel, name, args, at, np.asfortranarray(array))


def test_arrays_of_another_shape_are_refused(kernel: Any, calls: list[Call]) -> None:
    for name, args, at in each_array(calls):
        array = args[at]
        refused(kernel, name, args, at, np.zeros((*array.shape, 1), array.dtype))
        if array.ndim:
            refused(kernel, name, args, at, np.zeros(array.shape[:-1], array.dtype))
        if (name, at) in ANY_SIZE:
            continue
        for axis in range(array.ndim):
            for change in (-1, 1) if (name, at) not in AT_LEAST else (-1,):
                shape = list(array.shape)
                # the scratch is rounded up to whole lines of the cache
                shape[axis] += 64 * change if (name, at) == ("draw_tiles", 1) else change
                wrong = np.zeros(shape, array.dtype)
                if (name, at, axis, change) in OTHER_SIZES:
                    continue
                refused(kernel, name, args, at, wrong)


def test_what_is_written_must_be_writable(kernel: Any, calls: list[Call]) -> None:
    written = {
        ("skin", 2), ("skin", 3), ("push_out", 1), ("project", 4), ("project", 5),
        ("bound_clusters", 3), ("bound_clusters", 4), ("bound_clusters", 5), ("list_clusters", 3),
        ("list_clusters", 4), ("list_clusters", 5), ("frame", 14), ("frame", 15), ("frame", 16),
        ("frame", 17), ("frame", 18), ("select", 3), ("select", 4), ("draw_tiles", 1), ("enlarge", 4), ("enlarge", 5), ("splat", 3),
        ("darken", 2), ("darken", 3),
    }  # fmt: skip
    seen = set()
    for name, args, at in each_array(calls):
        if (name, at) in written:
            seen.add((name, at))
            frozen = args[at].copy()
            frozen.flags.writeable = False
            refused(kernel, name, args, at, frozen)
    assert seen == written


def test_ranges_counts_and_capsules_are_looked_at(kernel: Any, calls: list[Call]) -> None:
    for name, args in calls:
        if name == "scratch_bytes":
            for wrong in (0, 5, -1, 2**70, "1"):
                with pytest.raises(REFUSED):
                    kernel.scratch_bytes(wrong)
            continue
        with pytest.raises(TypeError, match=r"arguments|needed"):
            getattr(kernel, name)(*args[:-1])
        with pytest.raises(TypeError, match="arguments"):
            getattr(kernel, name)(*args, 1)
        for at, argument in enumerate(args):
            refused(kernel, name, args, at, None)
            if isinstance(argument, int):
                nothing = (-1,) if name != "innermost" else ()  # a part like any other there
                for wrong in (*nothing, 10**6, 2**40, 2**70):
                    refused(kernel, name, args, at, wrong)


@pytest.mark.parametrize(
    ("at", "value", "message"),
    [
        (5, 100, "faces"), (5, -1, "faces"), (6, -1, "negative"), (3, -1, "negative"),
        (7, -3, "clusters"), (7, 10**6, "clusters"), (8, 100, "clusters"), (8, -1, "clusters"),
    ],
)  # fmt: skip
def test_indices_of_a_mesh_are_looked_at(
    kernel: Any, calls: list[Call], at: int, value: int, message: str
) -> None:
    args = list(next(args for name, args in calls if name == "mesh"))
    args[at] = args[at].copy()
    args[at].flat[-1] = value
    with pytest.raises(ValueError, match=message):
        kernel.mesh(*args)


def test_tile_lists_are_looked_at(kernel: Any, calls: list[Call]) -> None:
    by_name = dict(calls)
    frame, lists = by_name["frame"], by_name["list_clusters"]
    for at, value in ((7, 10**6), (7, -1), (8, 10**6), (8, -1)):
        wrong = frame[at].copy()
        wrong.flat[-1] = value
        refused(kernel, "frame", frame, at, wrong)
    for at, value in ((1, 0xFFFF0000), (1, 0x00000001), (1, 0), (2, 200)):
        wrong = lists[at].copy()
        wrong[:] = value
        refused(kernel, "list_clusters", lists, at, wrong)


def test_a_size_that_the_picture_has_not_is_refused(kernel: Any, calls: list[Call]) -> None:
    for name, args, at in each_array(calls):
        if args[at].dtype != FRAME:
            continue
        sizes = [
            ("width", 0),
            ("height", -4),
            ("width", 10**9),
            ("supersample", 0),
            ("supersample", 5),
        ]
        if name == "frame":
            sizes += [("width", 151), ("height", 139)]
        for field, value in sizes:
            wrong = args[at].copy()
            wrong[field] = value
            refused(kernel, name, args, at, wrong)


def test_the_layers_of_a_shadow_are_looked_at(kernel: Any, calls: list[Call]) -> None:
    args = dict(calls)["darken"]
    for column, value in ((0, 0.0), (0, np.nan), (2, -1.0), (2, 1e9), (2, np.nan)):
        wrong = args[1].copy()
        wrong[1, column] = value
        refused(kernel, "darken", args, 1, wrong)


def test_a_picture_keeps_its_arrays_and_its_mesh(kernel: Any, calls: list[Call]) -> None:
    """The capsules hold what they were made of."""
    arrays = [a.copy() if isinstance(a, np.ndarray) else a for a in dict(calls)["mesh"]]
    mesh = kernel.mesh(*arrays)
    del arrays
    _, *args = dict(calls)["frame"]
    frame = kernel.frame(mesh, *(a.copy() for a in args))
    del mesh
    kernel.draw_tiles(frame, np.empty(kernel.scratch_bytes(1), np.uint8), 0, 4)


def test_errors_name_array_and_shape(kernel: Any, calls: list[Call]) -> None:
    args = list(dict(calls)["skin"])
    with pytest.raises(
        ValueError, match=re.escape("frames must have the shape (any, 3, 4), not (2, 4)")
    ):
        kernel.skin(args[0], np.zeros((2, 4), np.float32), *args[2:])
    with pytest.raises(TypeError, match="frames holds the wrong kind"):
        kernel.skin(args[0], np.zeros((2, 3, 4)), *args[2:])


# ------------------------------------------------------------------------------- the contract
def test_the_extension_keeps_the_contract(kernel: Any) -> None:
    assert kernel.contract() == CONTRACT


@pytest.mark.parametrize("change", [
    {"TILE": 64}, {"FrameParams": {**CONTRACT["FrameParams"], "focal": ("f", 0, 4)}}, {"new": 1},  # type: ignore[dict-item]
])  # fmt: skip
def test_a_kernel_of_other_sources_is_refused_and_told(kernel: Any, change: dict[str, Any]) -> None:
    with pytest.warns(RuntimeWarning, match=f"built from other sources .*{next(iter(change))}"):
        found = extension.find("visualizer.render._kernel", {**CONTRACT, **change})
    assert found.module is None
    assert "other sources" in found.problem


def test_a_module_without_a_contract_is_refused() -> None:
    with pytest.warns(RuntimeWarning, match="other sources"):
        assert extension.find("visualizer.render.colour", CONTRACT).module is None


def test_a_missing_module_is_no_warning() -> None:
    found = extension.find("visualizer.render._absent", CONTRACT)
    assert found.module is None
    assert "not built" in found.problem


def test_meshes_that_are_gone_are_forgotten() -> None:
    rasterizer = Rasterizer(threads=1, kernel="native") if native_module.load() else None
    if rasterizer is None:
        pytest.skip("the native kernel is not built")
    for _ in range(3):
        mesh: Mesh = make.sheet(3)
        rasterizer.draw(mesh, *make.posed(mesh), Materials.plain(1), Camera(), (20, 20))
    assert len(rasterizer._kernel._meshes) == 1  # type: ignore[attr-defined]


def test_views_of_views_keep_a_picture(rasterizer: Rasterizer) -> None:
    """Whatever leads to a picture's memory, it is not drawn into."""
    mesh, materials = make.sheet(6), Materials.plain(1)

    def draw() -> Picture:
        return rasterizer.draw(mesh, *make.posed(mesh), materials, make.front(), make.SIZE)

    kept: list[Any] = [
        draw().pixels[10:60, ::2], draw().pixels.reshape(-1)[5000:9000].reshape(2, -1),
        memoryview(draw().pixels.data), draw().part[3:], draw().inv_depth.T,
    ]  # fmt: skip
    before = [np.array(k) for k in kept]
    materials.colour[:] = [0, 1, 0]
    mesh = make.sheet(6, (-0.2, 0.2))
    for _ in range(6):
        draw()
    for have, want in zip(kept, before, strict=True):
        np.testing.assert_array_equal(np.array(have), want)


def test_memory_of_pictures_is_used_again(native: Rasterizer) -> None:
    mesh = make.sheet(6)
    worker = Rasterizer(threads=1, kernel="native")

    def address() -> int:
        picture = worker.draw(mesh, *make.posed(mesh), Materials.plain(1), make.front(), make.SIZE)
        return int(picture.pixels.ctypes.data)

    assert len({address() for _ in range(5)}) == 1

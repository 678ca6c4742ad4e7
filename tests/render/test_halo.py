"""The halo: beside what it surrounds, stronger towards its outline, and never in the way."""

from __future__ import annotations

import numpy as np
import pytest

from tests.helpers import meshes as make
from visualizer.render import Halo, HaloLook, Materials, Mesh, Picture, Rasterizer

LOOK = HaloLook((0.8, 0.3, 0.1), 0.2, 0.6)
SIZE = (150, 140)


def ball(radius: float, middle: tuple[float, float, float] = (0, 0, 0.5), rings: int = 24) -> Mesh:
    """Return a sphere as a mesh of one part."""
    u, v = np.meshgrid(np.linspace(0, 2 * np.pi, 2 * rings + 1), np.linspace(0, np.pi, rings + 1))
    normal = np.stack([np.cos(u) * np.sin(v), np.sin(u) * np.sin(v), np.cos(v)], -1).reshape(-1, 3)
    i, j = np.meshgrid(np.arange(2 * rings), np.arange(rings))
    a = (j * (2 * rings + 1) + i).ravel()
    b, c = a + 1, a + 2 * rings + 1
    faces = np.concatenate([np.stack([a, c, b], 1), np.stack([b, c, c + 1], 1)])
    return make.mesh(
        normal * radius + middle, faces, rest_normal=np.ascontiguousarray(normal, np.float32)
    )


def halo_of(mesh: Mesh, spared: int = 0, look: HaloLook = LOOK) -> Halo:
    return Halo(mesh, *make.posed(mesh), look, spared)


def drawn(
    rasterizer: Rasterizer, mesh: Mesh, halo: Halo | None, materials: Materials | None = None,
    supersample: int = 2,
) -> Picture:  # fmt: skip
    return rasterizer.draw(
        mesh, *make.posed(mesh), materials or Materials.plain(mesh.part_count), make.front(),
        SIZE, supersample=supersample, halo=halo,
    ).copy()  # fmt: skip


def difference(one: Picture, other: Picture) -> np.ndarray:
    return np.asarray(np.abs(one.pixels.astype(int) - other.pixels).max(axis=-1))


def nothing() -> Mesh:
    """Return a mesh that leaves the middle of the picture free."""
    return make.sheet(2, (-5.0, -4.9))


@pytest.mark.parametrize(("seed", "supersample"), [(1, 2), (4, 1), (4, 2)])
def test_kernel_draws_what_the_reference_draws(
    native: Rasterizer, reference: Rasterizer, seed: int, supersample: int
) -> None:
    mesh = make.random_mesh(seed)
    materials = make.random_materials(seed, mesh.part_count)
    around = Mesh.join([ball(0.45), ball(0.2, (0.3, -0.3, 0.6), 9), make.random_mesh(seed + 10)])
    halo = halo_of(around, spared=seed)
    one, other = (drawn(r, mesh, halo, materials, supersample) for r in (native, reference))
    np.testing.assert_array_equal(one.part, other.part)
    assert (difference(one, other) > 4).mean() < 0.004
    assert (difference(one, drawn(native, mesh, None, materials, supersample)) > 8).mean() > 0.1
    threads = Rasterizer(threads=3, kernel="native")
    np.testing.assert_array_equal(
        one.pixels, drawn(threads, mesh, halo, materials, supersample).pixels
    )


@pytest.mark.parametrize("supersample", [1, 2])
def test_what_is_spared_stays_as_it_is(native: Rasterizer, supersample: int) -> None:
    mesh = ball(0.3)
    without = drawn(native, mesh, None, supersample=supersample)
    with_it = drawn(native, mesh, halo_of(ball(0.42), spared=1), supersample=supersample)
    np.testing.assert_array_equal(with_it.part, without.part)
    np.testing.assert_array_equal(with_it.inv_depth, without.inv_depth)
    spared = without.part == 0
    inner = spared.copy()
    for down in (-1, 0, 1):
        for right in (-1, 0, 1):
            inner &= np.roll(spared, (down, right), (0, 1))
    changed = difference(with_it, without)
    assert changed[inner].max() == 0
    # at the edge no more than where smoothing mixes it with what lies beside
    assert (changed[spared] > 0).mean() < 0.1
    beside = ~spared & (np.hypot(*(np.indices(spared.shape).T - [SIZE[1] / 2, SIZE[0] / 2]).T) < 50)
    assert (changed[beside] > 4).mean() > 0.5


def test_it_grows_stronger_towards_its_outline(native: Rasterizer) -> None:
    free = nothing()
    change = difference(
        drawn(native, free, halo_of(ball(0.45, rings=40))), drawn(native, free, None)
    )
    row = change[SIZE[1] // 2]
    there = np.flatnonzero(row > 2)
    middle, edge = (there[0] + there[-1]) // 2, there[0] + 2
    half = row[edge:middle].astype(int)
    assert (np.diff(half) <= 2).all()
    assert half[0] > 1.8 * half[-1] > 8


def test_surfaces_behind_each_other_do_not_add_up(native: Rasterizer) -> None:
    free = nothing()
    near, far = ball(0.2, (0.1, -0.5, 0.5)), ball(0.45, (0, 0.3, 0.5))
    one = drawn(native, free, halo_of(far))
    both = drawn(native, free, halo_of(Mesh.join([near, far])))
    turned = drawn(native, free, halo_of(Mesh.join([far, near])))
    np.testing.assert_array_equal(both.pixels, turned.pixels)
    covered = difference(one, drawn(native, free, None)) > 2
    # the small one before the large one makes it no darker, and draws no outline into it
    inside = covered & (np.roll(covered, 8, 0) & np.roll(covered, -8, 0))
    inside &= np.roll(covered, 8, 1) & np.roll(covered, -8, 1)
    assert (both.pixels[inside].astype(int) >= one.pixels[inside].astype(int) - 2).all()


def test_it_shows_before_what_lies_behind_it_only(native: Rasterizer) -> None:
    for y, shows in ((0.9, True), (-0.9, False)):
        wall = make.sheet(4, (-0.6, 0.6), (-0.1, 1.1), y)
        change = difference(drawn(native, wall, halo_of(ball(0.3))), drawn(native, wall, None))
        assert (change[SIZE[1] // 2, SIZE[0] // 2] > 2) == shows


def test_glass_that_is_spared_stays_as_it_is(native: Rasterizer) -> None:
    wall = make.sheet(4, (-0.6, 0.6), (-0.1, 1.1), 0.9)
    glass = Materials.plain(1)
    glass.opacity[:] = 0.3
    for spared in (0, 1):
        change = difference(
            drawn(native, wall, halo_of(ball(0.3), spared), glass),
            drawn(native, wall, None, glass),
        )
        assert (change[SIZE[1] // 2, SIZE[0] // 2] > 2) == (spared == 0)


def test_tiles_without_anything_else_hold_it_too(native: Rasterizer) -> None:
    free = nothing()
    picture = drawn(native, free, halo_of(ball(0.45)))
    assert (picture.part[40:100, 40:100] == -1).all()
    assert (difference(picture, drawn(native, free, None))[40:100, 40:100] > 2).mean() > 0.9


def test_a_wrong_halo_is_refused(native: Rasterizer) -> None:
    mesh, around = nothing(), ball(0.3)
    position, normal = make.posed(around)
    for wrong in (
        Halo(around, position[:-1].copy(), normal, LOOK, 0),
        Halo(around, position, normal.astype(float), LOOK, 0),
        Halo(around, position, normal, LOOK, -1),
    ):
        with pytest.raises((TypeError, ValueError), match="halo"):
            drawn(native, mesh, wrong)


def test_senseless_looks_are_tamed() -> None:
    record = halo_of(ball(0.3), look=HaloLook((np.nan, 7.0, -1.0), 3.0, -1.0)).record
    assert record["colour"].tolist() == [0.0, 1.0, 0.0]
    assert record["opacity"] == 1.0
    assert record["rim"] == 0.0

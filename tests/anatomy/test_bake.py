"""The pieces of the bake: landmarks, tables, fields, extraction, writer."""

from __future__ import annotations

import hashlib
import time
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

pytest.importorskip("musclemimic_models", reason="the bake extra is not installed")
pytest.importorskip("skimage", reason="the bake extra is not installed")
pytest.importorskip("fast_simplification", reason="the bake extra is not installed")

from tools.bake.asset.archive import write_npz
from tools.bake.covering.hull import cut_flat, hull_mesh
from tools.bake.flesh import fleshing
from tools.bake.flesh.binding import bind_belly
from tools.bake.flesh.competition import MuscleFlesh, compete
from tools.bake.flesh.extraction import extract, surface_of
from tools.bake.flesh.fibres import evened_along, stretched
from tools.bake.flesh.loft import closed_faces
from tools.bake.flesh.tendons import cords_of, tube_faces
from tools.bake.geometry.coarsening import coarsened
from tools.bake.geometry.grid import Grid, occupancy, signed_distance, surface_samples
from tools.bake.geometry.mesh import ClosedMesh, is_closed, mesh_volume_cm3
from tools.bake.geometry.subdivision import rounded
from tools.bake.muscles.record import AuthoredMuscle, Cord, Tendon
from tools.bake.muscles.table import FASCIAE, MUSCLES, authored_strands, lofted_inside_out
from tools.bake.muscles.volumes import target_volumes_cm3
from tools.bake.skeleton.landmarks import BoneLandmarks
from tools.bake.skeleton.rest import Rest
from tools.bake.source.model import SourceModel
from tools.bake.strands.centrelines import KNOTS, Centrelines
from tools.bake.strands.strand import FreeStrand, PathStrand, between, free
from visualizer.anatomy.skeleton import Skeleton
from visualizer.anatomy.surface import Body
from visualizer.resources import data_folder


@cache
def rest() -> Rest:
    return Rest.build(SourceModel.load(), Skeleton.load())


@cache
def land() -> BoneLandmarks:
    return BoneLandmarks(rest())


@cache
def centrelines() -> Centrelines:
    return Centrelines.build(rest(), authored_strands(land()), {})


def shape(muscle: str) -> AuthoredMuscle:
    return next(s for s in MUSCLES if s.id == muscle)


# ------------------------------------------------------------------------------------ the writer
def test_same_arrays_give_the_same_bytes_at_any_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrays = {"b": np.arange(12.0).reshape(3, 4), "a": np.array(["x", "yy"]), "n": np.array(3)}
    write_npz(tmp_path / "one.npz", arrays)
    monkeypatch.setattr(time, "time", lambda: 2e9)
    write_npz(tmp_path / "two.npz", {k: v.copy(order="F") for k, v in arrays.items()})
    one, two = (hashlib.sha256((tmp_path / f).read_bytes()) for f in ("one.npz", "two.npz"))
    assert one.hexdigest() == two.hexdigest()
    with np.load(tmp_path / "one.npz") as archive:
        assert archive.files == ["b", "a", "n"]
        assert archive["n"].shape == ()
        np.testing.assert_array_equal(archive["b"], arrays["b"])


def test_objects_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="objects"):
        write_npz(tmp_path / "x.npz", {"o": np.array([None])})


# --------------------------------------------------------------------------- tables and strands
def test_every_shape_has_strands_and_a_positive_target() -> None:
    strands = authored_strands(land())
    assert set(strands) == {s.id for s in MUSCLES} | {f.id for f in FASCIAE}
    targets = target_volumes_cm3(data_folder())
    assert all(targets[s.id] > 0 for s in MUSCLES)


def test_a_lofted_sheet_comes_after_what_it_lies_on() -> None:
    order = [m.id for m in lofted_inside_out()]
    assert sorted(order) == sorted(m.id for m in MUSCLES if m.loft is not None)
    for muscle in lofted_inside_out():
        assert muscle.loft is not None
        for below in set(muscle.loft.beneath) & set(order):
            assert order.index(below) < order.index(muscle.id)


def test_records_name_muscles_that_there_are() -> None:
    ids = [m.id for m in MUSCLES]
    assert len(set(ids)) == len(ids)
    for muscle in MUSCLES:
        named = {c.beside for c in muscle.tendon.cords or ()} | {muscle.sheathes}
        named |= set(muscle.loft.beneath if muscle.loft is not None else ())
        assert named - {None} <= set(ids), muscle.id


def test_targets_come_from_the_data_files(tmp_path: Path) -> None:
    (tmp_path / "muscles").mkdir()
    for k, s in enumerate(MUSCLES):
        (tmp_path / "muscles" / f"{s.id}.toml").write_text(f"[volume]\ncm3 = {k + 1}.5\n")
    targets = target_volumes_cm3(tmp_path)
    assert list(targets.values()) == [k + 1.5 for k in range(len(MUSCLES))]


def test_no_strand_uses_the_arm_of_the_source() -> None:
    """Tendons of the source's arm may not be used; all paths are legs' and trunk's."""
    for strands in authored_strands(land()).values():
        for strand in strands:
            if isinstance(strand, PathStrand):
                assert strand.tendon in rest().skeleton.tendon_names


@pytest.mark.parametrize("profile_of", MUSCLES, ids=lambda s: s.id)
def test_profiles_are_bounded_and_zero_outside_the_belly(profile_of: AuthoredMuscle) -> None:
    p = profile_of.profile(KNOTS)
    u = np.linspace(0, 1, KNOTS)
    assert p.min() >= 0
    assert 0.9 < p.max() <= 1
    outside = (u < profile_of.belly[0]) | (u > profile_of.belly[1])
    assert (p[outside] == 0).all()


def test_strand_helpers() -> None:
    assert between("a", "b", 1.4) == (("a", 0.0), ("b", 1.0))
    strand = free([(0, 0, 0), (0, 0, 1)], "pelvis femur_r")
    assert isinstance(strand, FreeStrand)
    assert strand.bodies == ((("pelvis", 1.0),), (("femur_r", 1.0),))
    with pytest.raises(ValueError, match="2 points but 1 bodies"):
        free([(0, 0, 0), (0, 0, 1)], "pelvis")


def test_left_strands_mirror_the_right_ones() -> None:
    c = centrelines()
    mirrored = c.rest[c.left_twin] * (-1, 1, 1) + (2 * rest().midplane_x_m, 0, 0)
    np.testing.assert_allclose(mirrored, c.rest, atol=2e-4)
    np.testing.assert_array_equal(c.left_twin[c.left_twin], np.arange(len(c.left_twin)))


def test_shipped_strands_are_those_of_the_sources() -> None:
    """The asset is baked from this very code."""
    np.testing.assert_allclose(
        Body.load().strands.rest_knots, centrelines().strands.rest_knots, atol=1e-6
    )


def test_landmarks_lie_where_an_anatomist_expects_them() -> None:
    points = land()
    assert points.asis[2] > points.pubic_tubercle[2] + 0.05
    assert points.acromion[0] < points.shoulder[0] + 0.02
    assert points.inferior_angle[2] < points.superior_angle[2] - 0.08
    assert points.occiput[1] > points.mastoid[1]
    heights = [points.spinous(k)[2] for k in range(1, 18)]
    assert heights == sorted(heights, reverse=True)
    for angle in (0.0, 60.0, 120.0, 180.0):
        p = points.trunk(angle, 1.1)
        assert points.trunk_angle(p) == pytest.approx(angle, abs=1e-6)
    assert rest().midplane_x_m - points.trunk_at_width(0.05, 1.1)[0] == pytest.approx(
        0.05, abs=2e-3
    )


def test_the_emblem_is_off_the_rib_cage() -> None:
    bone = rest().bones["torso_geom_13"]
    sternum = bone.vertices[np.unique(bone.faces)]
    assert len(bone.faces) < 8000
    assert np.abs((sternum[:, 0].min() + sternum[:, 0].max()) / 2 - rest().midplane_x_m) < 2e-3


# ------------------------------------------------------------------------- fields and surfaces
def test_surface_samples_cover_a_triangle() -> None:
    v = np.array([(0.0, 0, 0), (1, 0, 0), (0, 1, 0)])
    samples = surface_samples(v, np.array([[0, 1, 2]], np.int32), 0.1)
    assert (samples >= 0).all()
    assert (samples.sum(1) <= 1 + 1e-9).all()
    probe = np.random.default_rng(1).dirichlet((1, 1, 1), 200) @ v
    nearest = np.linalg.norm(probe[:, None] - samples[None], axis=2).min(1)
    assert nearest.max() < 0.1


def test_is_closed() -> None:
    tetrahedron = np.array([[0, 2, 1], [0, 1, 3], [1, 2, 3], [2, 0, 3]], np.int32)
    assert is_closed(tetrahedron)
    assert not is_closed(tetrahedron[:3])
    turned = tetrahedron.copy()
    turned[0] = turned[0, ::-1]
    assert not is_closed(turned)


def test_a_rounded_mesh_goes_through_its_corners_and_is_smooth_between() -> None:
    # an octahedron: rounded, it comes near the sphere about it
    corners = np.vstack([np.eye(3), -np.eye(3)])
    faces = np.array(
        [[0, 1, 2], [1, 3, 2], [3, 4, 2], [4, 0, 2], [1, 0, 5], [3, 1, 5], [4, 3, 5], [0, 4, 5]],
        np.int32,
    )
    vertices, quarters = rounded(corners, faces)
    assert is_closed(quarters)
    assert len(quarters) == 4 * len(faces)
    np.testing.assert_allclose(vertices[:6], corners)
    far = np.linalg.norm(vertices[6:], axis=1)
    assert 0.8 < far.min() <= far.max() < 1.0
    # an open sheet keeps its straight edge
    sheet, parts = rounded(corners[:3], faces[:1])
    np.testing.assert_allclose(sheet[3:], [[0.5, 0.5, 0], [0.5, 0, 0.5], [0, 0.5, 0.5]])
    assert len(parts) == 4


@pytest.mark.parametrize(("rows", "columns"), [(2, 2), (5, 7), (4, 6), (9, 24)])
def test_the_underside_of_a_sheet_is_coarser_and_closes_it(rows: int, columns: int) -> None:
    faces = closed_faces(rows, columns)
    assert is_closed(faces)
    places = np.meshgrid(np.arange(rows), np.arange(columns), indexing="ij")
    upper = np.stack([*places, np.zeros((rows, columns))], -1).reshape(-1, 3) * 0.01
    vertices = np.vstack([upper, upper - (0.0, 0.0, 0.002)])
    size_cm3 = (rows - 1) * (columns - 1) * 0.2
    assert abs(mesh_volume_cm3(ClosedMesh(vertices, faces))) == pytest.approx(size_cm3)
    assert len(np.unique(faces[faces >= rows * columns])) == (rows // 2 + 1) * (columns // 2 + 1)


def test_a_mesh_becomes_coarser_where_it_is_hidden_only() -> None:
    grid = Grid(np.zeros(3), 0.004, (26, 26, 26))
    points = np.stack(np.meshgrid(*grid.axes, indexing="ij"), -1) - 0.05
    # a flat box with round edges
    away = np.linalg.norm(np.clip(np.abs(points) - (0.03, 0.03, 0.01), 0, None), axis=-1)
    mesh = surface_of((away - 0.006).astype(np.float32), grid, (0, 0, 0), 2.0)
    assert mesh is not None
    hidden = mesh.vertices[:, 2] < 0.05
    vertices, faces = coarsened(mesh.vertices, mesh.faces, hidden, 0.03)
    assert is_closed(faces)
    assert mesh_volume_cm3(ClosedMesh(vertices, faces)) == pytest.approx(
        mesh_volume_cm3(mesh), rel=0.02
    )
    # nothing moves, and all that is seen is there
    left = {tuple(v) for v in vertices}
    assert left < {tuple(v) for v in mesh.vertices}
    assert {tuple(v) for v in mesh.vertices[~hidden]} < left
    below = vertices[:, 2] < 0.05
    assert below.sum() < 0.6 * hidden.sum()
    corners = vertices[faces]
    edge = np.linalg.norm(corners - corners[:, [1, 2, 0]], axis=2).max(1)
    assert edge[below[faces].all(1)].max() < 0.03
    # a mesh that is seen all round stays as it is
    same, its = coarsened(mesh.vertices, mesh.faces, np.zeros(len(mesh.vertices), bool), 0.03)
    np.testing.assert_array_equal(same, mesh.vertices)
    assert {tuple(f) for f in its.tolist()} == {tuple(f) for f in mesh.faces.tolist()}


def test_belly_is_stretched_over_the_middle() -> None:
    np.testing.assert_allclose(
        stretched(np.array([0.0, 0.2, 0.5, 0.8, 1.0]), (0.2, 0.8)), [0, 0.08, 0.5, 0.92, 1]
    )
    assert stretched(np.array([0.5]), (0.0, 1.0))[0] == pytest.approx(0.5)


def test_bands_of_a_fan_are_of_even_width() -> None:
    # fibres that part like the ribs of a fan, from a quarter of its radius, some of them short
    share = np.linspace(0, 1, 16)
    angle = np.linspace(-0.6, 0.6, 12)[:, None]
    length = np.where(np.arange(12) < 6, 0.15, 0.30)[:, None]
    radius = 0.1 + share * length
    sheet = np.stack([radius * np.sin(angle), radius * np.cos(angle), 0 * radius], -1)
    place = evened_along(sheet)
    assert place.min() == 0.0
    assert place.max() == 1.0
    step = np.diff(place, axis=1) / np.linalg.norm(np.diff(sheet, axis=1), axis=2)
    assert np.ptp(step) < 0.05 * step.mean()
    # across the fibres nothing changes where neighbours are equally far out
    np.testing.assert_allclose(np.diff(place[:6], axis=0), 0, atol=0.01)


def test_a_surface_may_not_run_out_of_its_grid() -> None:
    grid = Grid(np.zeros(3), 0.002, (12, 12, 12))
    points = np.stack(np.meshgrid(*[np.arange(12) * 0.002] * 3, indexing="ij"), -1)
    level = (np.linalg.norm(points - 0.011, axis=-1) - 0.006).astype(np.float32)
    mesh = surface_of(level, grid, (0, 0, 0), 1.0)
    assert mesh is not None
    assert is_closed(mesh.faces)
    with pytest.raises(ValueError, match="runs out of its grid"):
        surface_of(level[6:], grid, (0, 0, 0), 1.0)


def test_two_hamstrings_on_a_coarse_grid() -> None:
    """Competition, extraction, binding and tendons of two neighbours, end to end."""
    grid = Grid.around(rest().bones.values(), rest().midplane_x_m, 0.004)
    bone = occupancy(grid, [rest().bones[n] for n in ("r_femur", "r_pelvis")])
    names = ("semitendinosus", "semimembranosus")
    fleshes = [MuscleFlesh.build(shape(n), centrelines()) for n in names]
    radius = np.array([0.020, 0.022])
    found = compete(fleshes, radius, grid, bone, keep_claims=True)
    assert set(np.unique(found.owner)) == {-1, 0, 1}
    assert not (found.owner[bone] >= 0).all()
    surfaces = extract(fleshes, radius, found, grid, bone, rest().midplane_x_m)
    for i, name in enumerate(names):
        mesh = surfaces.meshes[name]
        assert is_closed(mesh.faces)
        assert mesh_volume_cm3(mesh) == pytest.approx(found.volume_cm3[i], rel=0.35)
        bound = bind_belly(mesh, fleshes[i], land(), centrelines())
        np.testing.assert_allclose(bound.weight.sum(1), 1)
        strand = centrelines().right[name]
        n = centrelines().strands.strand_count
        assert set(np.unique(bound.influence % n)) <= set(strand.tolist())
        cords = cords_of(
            shape(name),
            authored_strands(land())[name],
            land(),
            centrelines(),
            grid,
            surfaces.bone_distance,
            lambda beneath: signed_distance(
                surfaces.solid(m for m in names if m not in beneath) | bone, grid.step_m
            ),
            edges=(),
        )
        assert cords
        assert all(is_closed(c.faces) for c in cords)
    # a fatter rival takes space away
    fatter = compete(fleshes, np.array([0.020, 0.030]), grid, bone)
    assert fatter.volume_cm3[0] < found.volume_cm3[0]
    assert fatter.volume_cm3[1] > found.volume_cm3[1]


def test_the_round_with_the_least_wrong_volumes_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    volumes = iter([150.0, 104.0, 97.0, 109.0])
    made = iter("abcd")
    grid = Grid(np.zeros(3), 0.02, (4, 4, 4))
    monkeypatch.setattr(Grid, "around", lambda *_: grid)
    monkeypatch.setattr(fleshing, "occupancy", lambda *_: np.zeros(grid.shape, bool))
    monkeypatch.setattr(
        fleshing, "compete", lambda *_, **__: SimpleNamespace(volume_cm3=np.array([100.0]))
    )
    monkeypatch.setattr(
        fleshing, "extract", lambda *_: SimpleNamespace(meshes={"gracilis": next(made)})
    )
    monkeypatch.setattr(fleshing, "mesh_volume_cm3", lambda _: next(volumes))
    flesh = MuscleFlesh.build(shape("gracilis"), centrelines())
    found = fleshing.flesh_out(rest(), [flesh], {"gracilis": 100.0}, 0.02, 4, lambda _: None)
    assert found.surfaces.meshes["gracilis"] == "c"  # type: ignore[comparison-overlap]


def test_a_skin_ends_in_a_straight_rim() -> None:
    grid = Grid(np.full(3, -0.05), 0.004, (26, 26, 26))
    x, y, z = np.meshgrid(*grid.axes, indexing="ij")
    ball = (np.sqrt(x**2 + y**2 + z**2) - 0.04).astype(np.float32)
    mesh = hull_mesh(ball, grid, 3.0)
    way = np.array([0.0, 0.6, 0.8])
    half = cut_flat(mesh, np.zeros(3), way)
    assert is_closed(half.faces)
    assert mesh_volume_cm3(half) == pytest.approx(mesh_volume_cm3(mesh) / 2, rel=0.06)
    beyond = half.vertices @ way
    assert beyond.max() < 1e-9
    rim = half.vertices[(beyond > -1e-9) & (np.linalg.norm(half.vertices, axis=1) > 0.03)]
    assert len(rim) > 12
    assert np.ptp(np.linalg.norm(rim, axis=1)) < 0.002
    edges = half.faces[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2)
    length = np.linalg.norm(half.vertices[edges[:, 0]] - half.vertices[edges[:, 1]], axis=1)
    assert length.min() > 2e-4


def test_flesh_goes_over_from_one_strand_to_another_in_the_same_place() -> None:
    muscle, lines = shape("rectus_femoris"), centrelines()
    _, second, counted = lines.right[muscle.id]
    line = lines.rest[second][2:22]
    angle = np.arange(8) * np.pi / 4
    ring = 0.015 * np.stack([np.cos(angle), np.sin(angle), 0 * angle], 1)
    vertices = np.vstack([(line[:, None] + ring).reshape(-1, 3), line[0], line[-1]])
    mesh = ClosedMesh(vertices, tube_faces(len(line), len(angle)))
    bound = bind_belly(mesh, MuscleFlesh.build(muscle, lines), land(), lines)
    strand = bound.influence % lines.strands.strand_count
    assert not (bound.weight * (strand == counted)).any()
    share = (bound.weight * (strand == second)).sum(1)[: 20 * 8].reshape(20, 8).mean(1)
    assert share[0] < 0.01
    assert share[-10:].min() > 0.99
    assert (np.diff(share) > -0.01).all()


def test_the_space_between_the_parts_of_a_muscle_stays_empty() -> None:
    muscle = shape("deltoid")
    whole = MuscleFlesh.build(replace(muscle, parts=()), centrelines())
    parted = MuscleFlesh.build(muscle, centrelines())

    def widest_gap(flesh: MuscleFlesh) -> float:
        middle = flesh.lines[:, 8]
        return float(np.linalg.norm(np.diff(middle, axis=0), axis=1).max())

    assert widest_gap(whole) < 0.005
    assert widest_gap(parted) > 0.010


def test_a_higher_layer_is_cut_from_a_lower_one() -> None:
    grid = Grid.around(rest().bones.values(), rest().midplane_x_m, 0.005)
    bone = np.zeros(grid.shape, bool)
    # in the same place, so that the thicker one would win everywhere
    low = MuscleFlesh.build(replace(shape("semimembranosus"), bias=1.5), centrelines())
    high = replace(low, muscle=replace(shape("semitendinosus"), layer=1))
    radius = np.array([0.025, 0.015])
    found = compete([low, high], radius, grid, bone, keep_claims=True)
    claim = found.claims[1]
    inside = claim.gap < -grid.step_m  # the hull is rounded
    assert (found.owner[claim.block][inside] == 1).all()
    assert (found.owner == 0).any()
    # and it does not fill voids
    assert not (found.owner[claim.block][claim.gap >= 0] == 1).any()


def test_the_skin_ends_each_tendon_by_its_own_strand() -> None:
    """One that enters the skin early leaves the next one whole."""
    grid = Grid.around(rest().bones.values(), rest().midplane_x_m, 0.02)
    far = np.full(grid.shape, 0.03, np.float32)
    muscle = shape("gluteus_minimus")
    muscle = replace(muscle, tendon=Tendon(cords=(Cord(0.5, 1.0, (2, 2), (2, 2)),)))
    authored = authored_strands(land())[muscle.id]
    lines = centrelines().rest[centrelines().right[muscle.id]]
    way = lines[0, -1] - lines[0, 0]
    edge = lines[0, 18], way / np.linalg.norm(way)
    whole, cut = (
        cords_of(muscle, authored, land(), centrelines(), grid, far, lambda _: far, edges)
        for edges in ((), (edge,))
    )
    one = cords_of(
        muscle,
        authored[::-1],
        land(),
        flipped(centrelines(), muscle.id),
        grid,
        far,
        lambda _: far,
        (edge,),
    )[::-1]
    assert len(whole) == len(cut) == len(one) == len(lines)
    for a, b in zip(cut, one, strict=True):
        np.testing.assert_allclose(a.vertices, b.vertices)


def flipped(lines: Centrelines, muscle: str) -> Centrelines:
    return replace(lines, right={**lines.right, muscle: lines.right[muscle][::-1]})

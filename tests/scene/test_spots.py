"""Marks ride on their muscles: steady from picture to picture, and never off the muscle."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.helpers import meshes
from tests.helpers.repetitions import body, repetition
from visualizer.catalog.variation import Role
from visualizer.lifts.base import ViewName
from visualizer.lifts.vocabulary import PhaseId
from visualizer.render import Picture
from visualizer.scene.request import BARE, RenderRequest, SceneOptions
from visualizer.scene.scene import StageScene
from visualizer.scene.spots import PartVertices, Spot, SpotKeeper, find_spots

SIZE = (800, 500)


@pytest.fixture(scope="module")
def scene() -> StageScene:
    return StageScene(body(), repetition("barbell-hip-thrust"))


def spots_of(
    scene: StageScene, keeper: SpotKeeper | None, fraction: float, *, thorough: bool = False
) -> tuple[Picture, tuple[Spot, ...]]:
    instant = scene.repetition.instant_of(PhaseId.LIFT, fraction)
    camera = scene.camera(ViewName.SIDE, SIZE)
    picture = scene.render(RenderRequest(instant, SIZE, camera, layers=BARE)).picture
    marked = scene._annotations.marked(PhaseId.LIFT)
    position = scene.pose(instant)
    if keeper is None:
        return picture, find_spots(picture, camera, scene.part_vertices, position, marked)
    return picture, keeper.spots(picture, camera, position, marked, thorough=thorough)


@pytest.mark.parametrize("ordered", [False, True])
def test_the_vertices_of_a_part_are_found_in_whatever_order_the_faces_are(ordered: bool) -> None:
    mesh = meshes.random_mesh(2)
    if ordered:
        mesh = replace(mesh, face_part=np.sort(mesh.face_part))
    vertices = PartVertices(mesh)
    for part in range(mesh.part_count):
        corners = mesh.faces[mesh.face_part == part].ravel()
        found = vertices.of(part)
        assert (found[0], found[-1]) == (corners[0], corners[-1])
        assert set(found) <= set(corners)
        assert len(set(found)) > 0.7 * len(corners)


def test_the_first_picture_has_the_marks_that_a_search_finds(scene: StageScene) -> None:
    _, found = spots_of(scene, None, 0.4)
    _, kept = spots_of(scene, SpotKeeper(scene.part_vertices), 0.4)
    assert [(s.marked.name, s.x, s.y) for s in kept] == [(s.marked.name, s.x, s.y) for s in found]


def test_marks_stay_on_their_muscles_over_the_whole_lift(scene: StageScene) -> None:
    keeper = SpotKeeper(scene.part_vertices)
    for fraction in np.linspace(0.0, 1.0, 25):
        picture, spots = spots_of(scene, keeper, float(fraction))
        assert len(spots) >= 3
        for spot in spots:
            assert picture.part_at(spot.x, spot.y) in spot.marked.parts
            assert np.hypot(*spot.along) == pytest.approx(1.0)


def test_a_mark_moves_with_the_body_and_does_not_jump(scene: StageScene) -> None:
    keeper = SpotKeeper(scene.part_vertices)
    ridden: list[np.ndarray] = []
    jumps = 0
    for fraction in np.linspace(0.3, 0.6, 31):
        _, spots = spots_of(scene, keeper, float(fraction))
        place = {s.marked.name: np.array([s.x, s.y]) for s in spots}["gluteus_maximus"]
        if ridden:
            jumps += float(np.hypot(*(place - ridden[-1]))) > SIZE[1] * 0.03
        ridden.append(place)
    assert jumps <= 1
    assert np.hypot(*(ridden[-1] - ridden[0])) > SIZE[1] * 0.02


def test_of_hidden_muscles_the_prime_mover_alone_gets_a_mark(scene: StageScene) -> None:
    keeper = SpotKeeper(scene.part_vertices)
    spots_of(scene, keeper, 0.5)
    instant = scene.repetition.instant_of(PhaseId.LIFT, 0.5)
    camera = scene.camera(ViewName.SIDE, SIZE)
    empty = scene.render(RenderRequest(instant, SIZE, camera, layers=BARE)).picture.copy()
    empty.part[:] = -1
    marked = scene._annotations.marked(PhaseId.LIFT)
    spots = keeper.spots(empty, camera, scene.pose(instant), marked, thorough=False)
    assert {s.marked.role for s in spots} == {Role.PRIME_MOVER}
    assert all(s.reach_px == (0.0, 0.0) for s in spots)


def test_only_what_is_shown_alone_gets_a_mark(scene: StageScene) -> None:
    every = scene._annotations.marked(PhaseId.LIFT, None)
    only = frozenset(scene.repetition.catalog.surfaces("biceps_femoris"))
    (mark,) = scene._annotations.marked(PhaseId.LIFT, None, only)
    assert mark.name == "biceps_femoris"
    assert len(every) > 3
    # and no part of another muscle keeps its colours
    instant = scene.repetition.instant_of(PhaseId.LIFT, 0.4)
    camera = scene.camera(ViewName.SIDE, SIZE)
    options = SceneOptions(only=only)
    bare = RenderRequest(instant, SIZE, camera, layers=BARE)
    shown = scene.render(bare).picture.copy()
    alone = scene.render(replace(bare, options=options)).picture
    parts = np.array([part.muscle for part in scene.parts], object)[shown.part]
    glute = (parts == "gluteus_maximus") & (shown.part >= 0)
    changed = np.abs(shown.pixels.astype(int) - alone.pixels.astype(int)).max(axis=-1) > 8
    assert changed[glute].mean() > 0.5

"""Pictures of a moving body that leave out what others from the same place have not shown."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.helpers.repetitions import body, repetition
from visualizer.lifts.base import ViewName
from visualizer.lifts.vocabulary import PhaseId
from visualizer.render import Camera, Picture, Rasterizer, Selection
from visualizer.scene.request import RenderRequest, SceneOptions
from visualizer.scene.scene import StageScene

SIZE = (640, 400)
STEPS = 66


class Watched(Rasterizer):
    """Tells what was left out of the last picture."""

    only: Selection | None = None

    def draw(self, *args: Any, only: Selection | None = None, **options: Any) -> Picture:
        self.only = only
        return super().draw(*args, only=only, **options)

    def drew_all(self) -> bool:
        return self.only is None


@pytest.fixture(scope="module")
def rasterizer() -> Watched:
    watched = Watched()
    if watched.kernel_name != "native":
        pytest.skip("the reference draws all")
    return watched


@pytest.fixture(scope="module")
def scenes(rasterizer: Watched) -> tuple[StageScene, StageScene]:
    """Return one that sees a way, and one that is asked for single pictures."""
    one, other = (
        StageScene(body(), repetition("barbell-hip-thrust"), rasterizer) for _ in range(2)
    )
    return one, other


def drawn(
    scene: StageScene, camera: Camera, at: float, phase: PhaseId = PhaseId.LIFT,
    options: SceneOptions | None = None, *, moving: bool = True,
) -> Picture:  # fmt: skip
    instant = scene.repetition.instant_of(phase, at)
    request = RenderRequest(instant, SIZE, camera, options or SceneOptions(), moving=moving)
    return scene.render(request).picture.copy()


def alone(scene: StageScene, camera: Camera, at: float, phase: PhaseId = PhaseId.LIFT) -> Picture:
    """Return a picture of which nothing is left out: the first from its place."""
    drawn(scene, replace(camera, height_m=9.0), at, phase)
    return drawn(scene, camera, at, phase)


def cameras(scene: StageScene) -> list[Camera]:
    random = np.random.default_rng(5)
    side = scene.camera(ViewName.SIDE, SIZE)
    ways = zip(random.uniform(-3, 3, 1), random.uniform(-0.3, 1.2, 1), strict=True)
    return [side, *(replace(side, azimuth_rad=float(a), elevation_rad=float(e)) for a, e in ways)]


def test_known_moments_look_as_if_all_were_drawn(
    scenes: tuple[StageScene, StageScene], rasterizer: Watched
) -> None:
    scene, other = scenes
    random = np.random.default_rng(7)
    for camera in cameras(scene):
        for k in range(STEPS + 1):
            drawn(scene, camera, k / STEPS)
        for phase in (PhaseId.LIFT, PhaseId.LOWERING):
            at = float(random.uniform())
            one = drawn(scene, camera, at, phase)
            assert rasterizer.only is not None
            assert rasterizer.only.triangles < 0.5 * len(scene.mesh.faces)
            assert rasterizer.only.shown.mean() < 0.6
            whole = alone(other, camera, at, phase)
            assert rasterizer.drew_all()
            assert (one.part != whole.part).sum() <= 12
            difference = np.abs(one.pixels.astype(int) - whole.pixels).max(axis=-1)
            assert (difference > 8).sum() <= 40
            assert (difference > 2).mean() < 0.002


def test_a_dozen_moments_tell_of_the_whole_way(
    scenes: tuple[StageScene, StageScene], rasterizer: Watched
) -> None:
    """Also on the first time along it; but the shadow is that of the moment."""
    scene, other = scenes
    camera = replace(scene.camera(ViewName.SIDE, SIZE), elevation_rad=0.3)
    whole_ones, wrong = 0, list[tuple[int, int]]()
    for k in range(-1, STEPS + 1):
        one = drawn(scene, camera, max(k, 0) / STEPS)
        whole_ones += rasterizer.drew_all()
        if k in (17, 50) and not rasterizer.drew_all():
            whole = alone(other, camera, k / STEPS)
            difference = np.abs(one.pixels.astype(int) - whole.pixels).max(axis=-1)
            wrong.append(((one.part != whole.part).sum(), (difference > 40).sum()))
    assert whole_ones <= 15
    assert wrong
    # what comes into sight is known from one side only
    assert np.max(wrong, axis=0).tolist() <= [50, 12]
    for at in (0.79, 0.3, 1.0):
        one = drawn(scene, camera, at)
        assert not rasterizer.drew_all()
        whole = alone(other, camera, at)
        # Single pixels at the seams between parts, all over the body: slivers of triangles that
        # were smaller than a pixel in every moment that told. Nowhere do they make a hole.
        other_part = one.part != whole.part
        assert other_part.sum() <= 18
        assert np.lib.stride_tricks.sliding_window_view(other_part, (5, 5)).sum((2, 3)).max() <= 4
        difference = np.abs(one.pixels.astype(int) - whole.pixels).max(axis=-1)
        assert (difference > 8).sum() <= 60
        assert difference[whole.part < 0].mean() < 0.12


def test_all_is_drawn_where_something_else_may_show(
    scenes: tuple[StageScene, StageScene], rasterizer: Watched
) -> None:
    scene, _ = scenes
    camera = replace(scene.camera(ViewName.FRONT, SIZE), height_m=4.0)
    for _ in range(3):
        drawn(scene, camera, 0.2)
    assert not rasterizer.drew_all()
    # another moment, at rest, with more glass, from somewhere else
    drawn(scene, camera, 0.6)
    assert rasterizer.drew_all()
    drawn(scene, camera, 0.2, moving=False)
    assert rasterizer.drew_all()
    drawn(scene, camera, 0.2)
    assert not rasterizer.drew_all()
    drawn(scene, camera, 0.2, options=SceneOptions(xray=True))
    assert rasterizer.drew_all()
    for k in range(3):
        drawn(scene, replace(camera, azimuth_rad=camera.azimuth_rad + 0.01 * k), 0.2)
        assert rasterizer.drew_all()


def test_what_is_asked_of_the_scene_is_posed_whole(scenes: tuple[StageScene, StageScene]) -> None:
    scene, other = scenes
    camera = scene.camera(ViewName.SIDE, SIZE)
    for at in (0.1, 0.9, 0.1, 0.9, 0.1):
        drawn(scene, camera, at)
    instant = scene.repetition.instant_of(PhaseId.LIFT, 0.1)
    drawn(other, replace(camera, height_m=9.0), 0.5)  # swells as in its last picture
    np.testing.assert_array_equal(scene.pose(instant), other.pose(instant))


def test_a_scene_goes_with_its_last_name(rasterizer: Watched) -> None:
    """It holds 10 MB, and garbage is looked for seldom."""
    scene = StageScene(body(), repetition("glute-bridge"), rasterizer)
    camera = scene.camera(ViewName.SIDE, SIZE)
    for _ in range(3):
        drawn(scene, camera, 0.2)
    assert not rasterizer.drew_all()
    gone = weakref.ref(scene)
    gc.disable()
    try:
        del scene
        assert gone() is None
    finally:
        gc.enable()

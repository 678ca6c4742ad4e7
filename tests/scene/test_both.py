"""Two bodies before one camera: both are held, from one direction, at one scale."""

from __future__ import annotations

import numpy as np
import pytest

from tests.helpers.repetitions import body, repetition
from visualizer.lifts.base import ViewName
from visualizer.lifts.vocabulary import PhaseId
from visualizer.scene.both import BothBodies
from visualizer.scene.request import Layers, RenderRequest
from visualizer.scene.scene import StageScene

SIZE = (480, 400)


@pytest.fixture(scope="module")
def scenes() -> tuple[StageScene, StageScene]:
    first = StageScene(body(), repetition("barbell-hip-thrust"))
    return first, StageScene(body(), repetition("glute-bridge"), first.rasterizer)


def test_both_bodies_are_held_by_the_camera_of_the_first(
    scenes: tuple[StageScene, StageScene],
) -> None:
    first, second = scenes
    instant = second.repetition.instant_of(PhaseId.LIFT, 0.4)
    both = BothBodies(first, second, lambda: instant)
    for view in (ViewName.SIDE, ViewName.BELOW):
        camera, alone = both.camera(view, SIZE), first.camera(view, SIZE)
        assert camera.azimuth_rad == alone.azimuth_rad
        assert camera.elevation_rad == alone.elevation_rad
        for scene in scenes:
            at = camera.project(scene.held(view), SIZE)[:, :2]
            assert (at >= 0).all()
            assert (at <= SIZE).all()
    # of the muscle in focus, too, both are seen
    now = first.repetition.instant_of(PhaseId.LIFT, 0.4)
    close = both.focus_camera("gluteus_maximus", now, both.camera(ViewName.SIDE, SIZE), SIZE)
    for scene, moment in ((first, now), (second, instant)):
        points = scene.muscle_points("gluteus_maximus", moment, close)
        at = close.project(points, SIZE)[:, :2]
        assert ((at >= 0) & (at <= SIZE)).all()
    one = first.focus_camera("gluteus_maximus", now, both.camera(ViewName.SIDE, SIZE), SIZE)
    assert close.height_m > one.height_m


def test_one_body_beside_itself_is_seen_as_alone(scenes: tuple[StageScene, StageScene]) -> None:
    first, _ = scenes
    now = first.repetition.instant_of(PhaseId.LIFT, 0.4)
    both = BothBodies(first, first, lambda: now)
    assert both.camera(ViewName.SIDE, SIZE) == first.camera(ViewName.SIDE, SIZE)
    assert np.array_equal(both.body_points(now)[: len(first.body_points(now))],
                          first.body_points(now))  # fmt: skip


@pytest.mark.parametrize("view", [ViewName.SIDE, ViewName.FRONT, ViewName.THREE_QUARTER])
def test_the_arrow_of_the_load_covers_neither_of_two_bodies_nor_their_gear(
    scenes: tuple[StageScene, StageScene], view: ViewName
) -> None:
    first, second = scenes
    layers = Layers(edges_px=(50.0, 40.0, 0.0))
    moment = second.repetition.instant_of(PhaseId.LIFT, 0.5)
    camera = BothBodies(first, second, lambda: moment).camera(view, SIZE)
    for scene in scenes:
        for share in (0.0, 0.5, 1.0):
            instant = scene.repetition.instant_of(PhaseId.LIFT, share)
            shown = scene.render(RenderRequest(instant, SIZE, camera, layers=layers))
            (arrow,) = (shape for stamp in shown.overlay.under for shape in stamp.plain.shapes)
            x, y = np.array(arrow.points).T
            rows, columns = (slice(int(v.min()), int(v.max()) + 1) for v in (y, x))
            # but for a corner of the mat, which lies underfoot and counts little
            assert (shown.picture.part[rows, columns] >= 0).mean() < 0.04

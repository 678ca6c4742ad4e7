"""Pictures that are drawn in steps: the same to the bit, whatever is drawn between the steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest

from tests.helpers.repetitions import body, repetition
from visualizer.lifts.base import ViewName
from visualizer.lifts.vocabulary import PhaseId
from visualizer.render import Rasterizer
from visualizer.scene.chart import ChartScene
from visualizer.scene.request import RenderedView, RenderRequest, SceneOptions
from visualizer.scene.scene import StageScene
from visualizer.scene.spots import SpotKeeper

SIZE = (480, 300)


@pytest.fixture(scope="module")
def rasterizer() -> Rasterizer:
    return Rasterizer(threads=2)


@pytest.fixture(scope="module")
def stage(rasterizer: Rasterizer) -> StageScene:
    return StageScene(body(), repetition("barbell-hip-thrust"), rasterizer)


@pytest.fixture(scope="module")
def chart(rasterizer: Rasterizer) -> ChartScene:
    return ChartScene(body(), repetition("barbell-hip-thrust"), rasterizer)


PLAIN = SceneOptions()
SLACK, BARE = SceneOptions(swelling=False), SceneOptions(skin=False)


def asked(at: float, options: SceneOptions = PLAIN, *, fine: bool = True) -> RenderRequest:
    instant = repetition("barbell-hip-thrust").instant_of(PhaseId.LIFT, at)
    samples = 2 if fine else 1
    return RenderRequest(
        instant, SIZE, ViewName.SIDE, options, supersample=samples, moving=not fine
    )


def last_of(steps: Iterator[RenderedView | None]) -> tuple[RenderedView, int]:
    """Return what comes at last, and after how many steps."""
    *before, shown = steps
    assert shown is not None
    assert not any(before)
    return shown, len(before)


def alike(one: RenderedView, other: RenderedView) -> None:
    np.testing.assert_array_equal(one.picture.pixels, other.picture.pixels)
    np.testing.assert_array_equal(one.picture.part, other.picture.part)
    assert one.overlay == other.overlay


def test_a_picture_in_steps_is_the_same(stage: StageScene) -> None:
    whole = stage.render(asked(0.4), SpotKeeper(stage.part_vertices))
    shown, steps = last_of(stage.in_steps(asked(0.4), SpotKeeper(stage.part_vertices)))
    alike(shown, whole)
    native = stage.rasterizer.kernel_name == "native"
    assert steps > (9 if native else 4)


def test_nor_does_it_matter_what_is_drawn_meanwhile(stage: StageScene, chart: ChartScene) -> None:
    """Other moments, with other bellies and without the skin; the chart; the same moment again."""
    want = stage.render(asked(0.4)).picture.copy()
    other = stage.render(asked(0.9, SLACK)).picture.copy()
    between: list[Callable[[], object]] = [
        lambda: stage.render(asked(0.9, SLACK, fine=False)),
        lambda: stage.pose(asked(0.1).instant),
        lambda: chart.render(asked(0.7, fine=False)),
        lambda: stage.render(asked(0.2, BARE)),
    ]
    first, second = stage.in_steps(asked(0.4)), stage.in_steps(asked(0.9, SLACK))
    done: list[RenderedView] = []
    for k in range(1000):
        for steps in (first, second):
            shown = next(steps, None)
            between[k % len(between)]()
            if shown is not None:
                done.append(shown)
        if len(done) == 2:
            break
    np.testing.assert_array_equal(done[0].picture.pixels, want.pixels)
    np.testing.assert_array_equal(done[0].picture.part, want.part)
    np.testing.assert_array_equal(done[1].picture.pixels, other.pixels)


def test_one_that_is_given_up_leaves_nothing_behind(stage: StageScene) -> None:
    want = stage.render(asked(0.6)).picture.copy()
    for count in (1, 4, 7):
        steps = stage.in_steps(asked(0.2))
        for _ in range(count):
            assert next(steps) is None
        del steps
        alike_now = stage.render(asked(0.6)).picture
        np.testing.assert_array_equal(alike_now.pixels, want.pixels)
        del alike_now


def test_a_moving_picture_is_drawn_in_one(stage: StageScene) -> None:
    _, steps = last_of(stage.in_steps(asked(0.3, fine=False)))
    assert steps == 0


def test_so_is_the_chart(chart: ChartScene, stage: StageScene) -> None:
    request = replace(asked(0.5), size=(301, 300))
    whole, dark = chart.render(request).picture.copy(), SceneOptions(theme="dark")
    count = 0
    for shown in chart.in_steps(request):
        if shown is not None:
            break
        count += 1
        stage.render(asked(0.1, fine=False))
        chart.render(replace(request, options=replace(dark, selection="soleus")))
    assert shown is not None
    np.testing.assert_array_equal(shown.picture.pixels, whole.pixels)
    # each half of 2 x 3 tiles in at least as many steps as two threads need
    assert count == (6 if stage.rasterizer.kernel_name == "native" else 2)

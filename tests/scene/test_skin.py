"""The skin's outline: beside the flesh only, in both themes, and in the way of nothing."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from tests.helpers.repetitions import body, repetition
from visualizer.lifts.base import ViewName
from visualizer.lifts.vocabulary import PhaseId
from visualizer.render import Rasterizer
from visualizer.scene.palette import THEMES
from visualizer.scene.request import Layers, RenderedView, RenderRequest, SceneOptions
from visualizer.scene.scene import StageScene

SIZE = (480, 320)


@cache
def scene(name: str) -> StageScene:
    return StageScene(body(), repetition(name), Rasterizer(threads=1))


def views(
    name: str, theme: str = "light", view: ViewName = ViewName.SIDE, at: float = 0.0,
    xray: bool = False,
) -> tuple[RenderedView, RenderedView]:  # fmt: skip
    """Return a picture without and with the outline."""
    request = RenderRequest(
        repetition(name).instant_of(PhaseId.LIFT, at), SIZE, view,
        SceneOptions(theme=theme, xray=xray, skin=False), Layers(), supersample=2,
    )  # fmt: skip
    without = scene(name).render(request)
    shown = scene(name).render(replace(request, options=replace(request.options, skin=True)))
    return without, shown


def change_of(without: RenderedView, shown: RenderedView) -> np.ndarray:
    one, other = without.picture.pixels.astype(int), shown.picture.pixels.astype(int)
    return np.asarray(np.abs(one - other).max(axis=-1))


def within(mask: np.ndarray) -> np.ndarray:
    """Return the pixels of a mask all of whose neighbours are in it: no edge is near."""
    inner = mask.copy()
    for down in (-1, 0, 1):
        for right in (-1, 0, 1):
            inner &= np.roll(mask, (down, right), (0, 1))
    return inner


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("name", "view", "at"),
    [
        ("barbell-hip-thrust", ViewName.SIDE, 0.0),
        ("banded-hip-thrust", ViewName.FRONT, 0.5),
        ("glute-bridge", ViewName.BELOW, 1.0),
        ("romanian-deadlift", ViewName.BACK, 0.0),
    ],
)
def test_it_shows_beside_the_flesh_only(name: str, view: ViewName, at: float, theme: str) -> None:
    without, shown = views(name, theme, view, at)
    np.testing.assert_array_equal(without.picture.part, shown.picture.part)
    assert without.overlay == shown.overlay  # marks stand where they stood
    part, change = without.picture.part, change_of(without, shown)
    worn = ("equipment_bar", "equipment_hip_pad", "equipment_band")
    kept = np.array([i < len(body().parts) or p.id in worn for i, p in enumerate(without.parts)])
    flesh = (part >= 0) & kept[part]
    # a slit between muscles may be narrower than a pixel
    assert (change[within(flesh)] > 0).mean() < 0.001
    # in pixels of the edge the half that is no flesh may show it
    assert (change[flesh] > 12).mean() < 0.02
    beside = change[~flesh]
    assert (beside > 8).sum() > 0.02 * flesh.sum()


def test_its_opacity_rises_to_the_outline() -> None:
    without, shown = views("barbell-hip-thrust", at=0.5)
    change = change_of(without, shown)
    free = (without.picture.part < 0) & (change > 0)
    # the strongest pixels lie where it borders on nothing
    bare = (without.picture.part < 0) & (change == 0)
    border = np.zeros_like(free)
    for axis in (0, 1):
        for step in (1, -1, 2, -2, 3, -3):
            border |= np.roll(bare, step, axis)
    assert np.median(change[free & border]) > 1.3 * np.median(change[free & ~border])


def test_glass_flesh_is_spared_too() -> None:
    without, shown = views("barbell-hip-thrust", at=0.5, xray=True)
    part, change = without.picture.part, change_of(without, shown)
    flesh = (part >= 0) & (part < len(body().parts))
    assert (change[within(flesh)] > 0).mean() < 0.001
    assert (change[~flesh] > 8).any()


def test_it_is_loaded_when_it_is_first_drawn() -> None:
    fresh = StageScene(body(), repetition("glute-bridge"), Rasterizer(threads=1))
    instant = repetition("glute-bridge").instant_of(PhaseId.LIFT, 0.5)
    request = RenderRequest(instant, (64, 48), options=SceneOptions(skin=False))
    fresh.render(request)
    assert "_mesh" not in vars(fresh._skin)
    fresh.render(replace(request, options=SceneOptions()))
    assert "_mesh" in vars(fresh._skin)
    # what is measured on the body does not know it
    assert len(fresh.pose(instant)) == len(fresh.mesh.rest_position)


def test_it_stays_above_floor_and_mat() -> None:
    scene_ = scene("glute-bridge")
    for at in (0.0, 1.0):
        position, _ = scene_._skin.pose(repetition("glute-bridge").instant_of(PhaseId.LIFT, at))
        assert position[:, 2].min() >= 0.0

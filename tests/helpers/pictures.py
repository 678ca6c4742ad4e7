"""Pictures of the body in a lift, drawn by our own renderer."""

from __future__ import annotations

from functools import cache
from typing import TypedDict, Unpack

from tests.helpers.repetitions import body, repetition
from visualizer.exercise.repetition import Instant
from visualizer.lifts.base import ViewName
from visualizer.lifts.vocabulary import PhaseId
from visualizer.render import Camera, Picture
from visualizer.scene.request import BARE, Layers, RenderedView, RenderRequest, SceneOptions, View3D
from visualizer.scene.scene import StageScene

SIZE = (480, 300)
MARKS = Layers()


class Wanted(TypedDict, total=False):
    """The fields of :class:`SceneOptions`, as keywords."""

    theme: str
    xray: bool
    selection: str | None
    hover: str | None
    focus: str | None
    clock: float


@cache
def stage(name: str) -> StageScene:
    return StageScene(body(), repetition(name))


def shot(
    name: str, phase: PhaseId, at: float, view: ViewName = ViewName.SIDE, size: tuple[int, int] = SIZE,
    **options: Unpack[Wanted],
) -> Picture:  # fmt: skip
    """Return the picture alone, without what is painted over it."""
    instant = stage(name).repetition.instant_of(phase, at)
    return look_at(stage(name), instant, view, size, BARE, **options).picture


def look_at(
    scene: View3D, instant: Instant, camera: Camera | ViewName = ViewName.SIDE,
    size: tuple[int, int] = SIZE, layers: Layers = MARKS, **options: Unpack[Wanted],
) -> RenderedView:  # fmt: skip
    return scene.render(RenderRequest(instant, size, camera, SceneOptions(**options), layers))

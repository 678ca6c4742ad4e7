"""Scenes of repetitions, made when first drawn and shared by the views."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.surface import Body, Part
from visualizer.exercise.repetition import Instant, Repetition
from visualizer.lifts.base import ViewName
from visualizer.render import Camera, Mesh, Picture, Rasterizer
from visualizer.scene.both import SharedView
from visualizer.scene.chart import ChartScene
from visualizer.scene.request import RenderRequest, View3D
from visualizer.scene.scene import StageScene
from visualizer.scene.spots import PartVertices

__all__ = ["ChartLike", "Scenes", "StageLike"]


class ChartLike(View3D, Protocol):
    """What the chart needs of its scene."""

    rasterizer: Rasterizer


class StageLike(SharedView, View3D, Protocol):
    """What the stage needs of its scene; see :class:`visualizer.scene.scene.StageScene`."""

    rasterizer: Rasterizer
    mesh: Mesh
    parts: tuple[Part, ...]
    part_vertices: PartVertices

    @property
    def body_parts(self) -> int:
        """How many of the parts, from the first, are the body's; the others are gear."""

    def enlarge(self, picture: Picture, out: NDArray[np.uint8]) -> bool:
        """Write a picture's pixels enlarged; False where the window does it better."""

    def outline_at(
        self, instant: Instant, camera: Camera, size: tuple[int, int], place: tuple[float, float]
    ) -> bool:
        """Return whether the outline of the plate that is left out is at a place (pixels)."""


StageMaker = Callable[[Body, Repetition, Rasterizer], StageLike]
ChartMaker = Callable[[Body, Repetition, Rasterizer], ChartLike]

# Each keeps a posed copy of the mesh (10 MB): two bodies that are compared, and one to come.
_KEPT = 3
_SMALL = (48, 32)

T = TypeVar("T")
S = TypeVar("S", bound=View3D)


class Scenes:
    """Makes scenes and keeps the latest few.

    Parameters
    ----------
    body : Body
        The body's surfaces.
    stage, chart : callable
        Make a scene of body, repetition and rasterizer; tests give their own.
    """

    def __init__(
        self, body: Body, stage: StageMaker = StageScene, chart: ChartMaker = ChartScene
    ) -> None:
        self._body, self._stage, self._chart = body, stage, chart
        # one for all: its threads and buffers cost memory, and pictures are drawn one by one. What
        # is drawn at the same time has its own: the worker's thread makes one for each job and
        # lets it go, and the second body of a comparison keeps the one it was prepared with.
        self._rasterizer = Rasterizer()
        self._stages: dict[Repetition, StageLike] = {}
        self._charts: dict[Repetition, ChartLike] = {}

    @property
    def has_native_kernel(self) -> bool:
        """Whether pictures are drawn by the fast kernel; else by the slow numpy reference."""
        return self._rasterizer.kernel_name == "native"

    def stage(self, repetition: Repetition) -> StageLike:
        """Return the scene of the posed body."""
        repetition = repetition.usual  # a body does not look otherwise in another tempo
        scene = self._stages.pop(repetition, None)
        if scene is None:
            scene = self._stage(self._body, repetition, self._rasterizer)
        _keep(self._stages, repetition, scene)
        return scene

    def chart(self, repetition: Repetition) -> ChartLike:
        """Return the scene of the standing body."""
        repetition = repetition.usual
        scene = self._charts.pop(repetition, None)
        if scene is None:
            scene = self._chart(self._body, repetition, self._rasterizer)
        _keep(self._charts, repetition, scene)
        return scene

    def has(self, repetition: Repetition) -> bool:
        """Return whether both scenes are there."""
        return repetition.usual in self._stages and repetition.usual in self._charts

    def prepared(self, repetition: Repetition) -> tuple[StageLike, ChartLike]:
        """Return new scenes, on the worker's thread; see :meth:`keep`.

        Each has drawn a small picture, so that nothing is left to be made with the first large one.
        """
        aside = Rasterizer()
        chart = self._chart(self._body, repetition, aside)
        return self._drawn(repetition, aside), _tried(chart, repetition)

    def prepared_stage(self, repetition: Repetition) -> StageLike:
        """Return a new scene of the posed body alone; see :meth:`prepared`."""
        return self._drawn(repetition, Rasterizer())

    def _drawn(self, repetition: Repetition, aside: Rasterizer) -> StageLike:
        return _tried(self._stage(self._body, repetition, aside), repetition)

    def keep(self, repetition: Repetition, scenes: tuple[StageLike, ChartLike]) -> None:
        """Take over scenes that were made aside; from now on only the window draws them."""
        repetition, (stage, chart) = repetition.usual, scenes
        stage.rasterizer = chart.rasterizer = self._rasterizer
        _keep(self._charts, repetition, chart)
        _keep(self._stages, repetition, stage)

    def keep_second(self, repetition: Repetition, stage: StageLike) -> None:
        """Take over the scene of a second body, which is drawn at the same time as the first."""
        _keep(self._stages, repetition.usual, stage)

    def passing(self, repetition: Repetition) -> StageLike:
        """Return a scene for one picture that is drawn on the worker's thread."""
        return self._stage(self._body, repetition, Rasterizer())

    def forget(self) -> None:
        """Drop all scenes, because the data were read again."""
        self._stages.clear()
        self._charts.clear()


def _tried(scene: S, repetition: Repetition) -> S:
    """Let a scene draw a small picture."""
    first = repetition.instant_of(repetition.schedule.spans[0].id, 0.0)
    scene.render(RenderRequest(first, _SMALL, ViewName.SIDE))
    return scene


def _keep(kept: dict[Repetition, T], repetition: Repetition, scene: T) -> None:
    """Keep a scene as the latest, and let go of the oldest."""
    kept[repetition] = scene
    while len(kept) > _KEPT:
        del kept[next(iter(kept))]

"""Scenes of repetitions, made when first drawn and shared by the views."""

from __future__ import annotations

from collections.abc import Callable

from visualizer.anatomy.surface import Body
from visualizer.exercise.repetition import Repetition
from visualizer.render import Rasterizer
from visualizer.scene.chart import ChartScene
from visualizer.scene.scene import StageScene

__all__ = ["Scenes"]

StageMaker = Callable[[Body, Repetition, Rasterizer], StageScene]
ChartMaker = Callable[[Body, Repetition, Rasterizer], ChartScene]

# Each keeps a posed copy of the mesh (10 MB); two bodies are the most that is compared at once.
_KEPT = 2


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
        # one for all: its threads and buffers cost memory, and pictures are drawn one by one
        self._rasterizer = Rasterizer()
        self._stages: dict[Repetition, StageScene] = {}
        self._charts: dict[Repetition, ChartScene] = {}

    @property
    def has_native_kernel(self) -> bool:
        """Whether pictures are drawn by the fast kernel; else by the slow numpy reference."""
        return self._rasterizer.kernel_name == "native"

    def stage(self, repetition: Repetition) -> StageScene:
        """Return the scene of the posed body."""
        scene = self._stages.pop(repetition, None)
        if scene is None:
            scene = self._stage(self._body, repetition, self._rasterizer)
        self._stages[repetition] = scene
        while len(self._stages) > _KEPT:
            del self._stages[next(iter(self._stages))]
        return scene

    def passing(self, repetition: Repetition) -> StageScene:
        """Return a scene for one picture: a kept one, or one that is not kept."""
        kept = self._stages.get(repetition)
        return kept or self._stage(self._body, repetition, self._rasterizer)

    def chart(self, repetition: Repetition) -> ChartScene:
        """Return the scene of the standing body."""
        scene = self._charts.pop(repetition, None)
        if scene is None:
            scene = self._chart(self._body, repetition, self._rasterizer)
        self._charts[repetition] = scene
        while len(self._charts) > _KEPT:
            del self._charts[next(iter(self._charts))]
        return scene

    def forget(self) -> None:
        """Drop all scenes, because the data were read again."""
        self._stages.clear()
        self._charts.clear()

"""What the worker's thread draws with is gone when its pictures are handed over."""

from __future__ import annotations

import gc
import weakref

from tests.helpers.window import FakeScene
from visualizer.anatomy.surface import Body
from visualizer.app.session.scenes import Scenes
from visualizer.app.session.session import Session
from visualizer.exercise.repetition import Repetition
from visualizer.render import Rasterizer


def test_no_second_rasterizer_is_kept_beside_the_windows(session: Session) -> None:
    drawn_with: list[weakref.ref[Rasterizer]] = []

    class Noted(FakeScene):
        def __init__(self, body: Body, repetition: Repetition, rasterizer: Rasterizer) -> None:
            super().__init__(body, repetition, rasterizer)
            drawn_with.append(weakref.ref(rasterizer))

    scenes = Scenes(session.body.surface, Noted, Noted)
    scenes.passing(session.repetition)
    scenes.keep(session.repetition, scenes.prepared(session.repetition))
    gc.collect()
    assert len(drawn_with) == 3
    assert [alive() for alive in drawn_with] == [None] * 3
    stage, chart = scenes.stage(session.repetition), scenes.chart(session.repetition)
    assert stage.rasterizer is chart.rasterizer

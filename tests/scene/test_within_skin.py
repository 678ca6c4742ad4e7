"""The bones of head, hands and feet are drawn where the skin over them fades, and only there."""

from __future__ import annotations

import pytest

from tests.helpers.repetitions import body, repetition
from visualizer.anatomy.muscle import Side
from visualizer.lifts.vocabulary import PhaseId
from visualizer.scene.painter import Painter, Seen
from visualizer.scene.request import SceneOptions


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        (SceneOptions(), False),
        (SceneOptions(xray=True), True),
        (SceneOptions(focus="gluteus_maximus"), True),
    ],
)
def test_bones_within_the_skin_show_when_it_fades(options: SceneOptions, shown: bool) -> None:
    movement = repetition("barbell-hip-thrust")
    painter = Painter(body(), (), movement)
    seen = Seen(Side.RIGHT, from_below=False, body_hidden=False)
    materials = painter.paint(movement.instant_of(PhaseId.LIFT, 0.5), options, seen)
    inside = [i for i, part in enumerate(body().parts) if part.within_skin]
    assert len(inside) == 5
    assert set((materials.opacity[inside] > 0.5).tolist()) == {shown}

"""The prime mover does not shrink from view where it works hardest: at the top.

Its fibres are a sixth shorter there than half-way up, so its area in the side view would fall as
much. In the body the muscle spreads as it shortens, over hip and trochanter; so does ours.
"""

from __future__ import annotations

import numpy as np
import pytest

from tests.helpers.pictures import stage
from tests.helpers.repetitions import HIP_THRUSTS
from visualizer.catalog.variation import Role
from visualizer.lifts.base import ViewName
from visualizer.lifts.vocabulary import PhaseId
from visualizer.scene.request import BARE, RenderRequest

SIZE = (1280, 720)
LEAST = 0.95


@pytest.mark.parametrize("name", HIP_THRUSTS)
def test_the_prime_mover_is_as_large_at_the_top_as_half_way_up(name: str) -> None:
    scene = stage(name)
    states = scene.repetition.part_states(PhaseId.LIFT)
    prime = [
        i
        for i, part in enumerate(scene.parts)
        if part.id in states and states[part.id].role is Role.PRIME_MOVER
    ]
    area = {}
    for at in (0.5, 1.0):
        instant = scene.repetition.instant_of(PhaseId.LIFT, at)
        picture = scene.render(RenderRequest(instant, SIZE, ViewName.SIDE, layers=BARE)).picture
        area[at] = int(np.isin(picture.part, prime).sum())
    # and it is not made so by hiding it half-way
    assert area[0.5] / np.prod(SIZE) > 0.007
    assert area[1.0] / area[0.5] >= LEAST

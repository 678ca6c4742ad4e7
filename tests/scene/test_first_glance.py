"""The first glance falls on the prime mover and tells the lift from the lowering.

Attention is measured on rendered pictures with their marks, see :mod:`tests.helpers.attention`.
"""

from __future__ import annotations

import itertools
from functools import cache

import numpy as np
import pytest

from tests.helpers.attention import SIZE, SMALL, attention
from tests.helpers.pictures import stage
from tests.helpers.repetitions import VARIATIONS
from visualizer.catalog.variation import Role
from visualizer.exercise.repetition import Instant
from visualizer.export.png import to_image
from visualizer.lifts.base import ViewName
from visualizer.lifts.vocabulary import PhaseId
from visualizer.scene.request import Layers, RenderedView, RenderRequest, SceneOptions

LEAST_SHARE = 0.005


@cache
def moment(name: str, phase: PhaseId, at: float) -> Instant:
    """Return a moment, the same one each time: a body is posed anew for another."""
    return stage(name).repetition.instant_of(phase, at)


def shown(
    name: str, phase: PhaseId, at: float, view: ViewName, theme: str, size: tuple[int, int] = SIZE
) -> RenderedView:
    instant = moment(name, phase, at)
    options = SceneOptions(theme=theme)
    return stage(name).render(RenderRequest(instant, size, view, options, Layers()))


def mask(name: str, view: RenderedView, role: Role) -> np.ndarray:
    """Return (h, w) how much of each sample of the small picture a role's muscles cover."""
    scene = stage(name)
    states = scene.repetition.part_states(PhaseId.LIFT)
    parts = [i for i, p in enumerate(scene.parts) if p.id in states and states[p.id].role is role]
    rows, columns = SIZE[1] // SMALL[1], SIZE[0] // SMALL[0]
    on = np.isin(view.picture.part, parts).astype(float)
    return np.asarray(on.reshape(SMALL[1], rows, SMALL[0], columns).mean(axis=(1, 3)))


@pytest.mark.parametrize("name", VARIATIONS)
def test_the_prime_mover_draws_more_attention_than_all_stabilizers(name: str) -> None:
    moments = (
        (PhaseId.LIFT, 0.0),
        (PhaseId.LIFT, 0.5),
        (PhaseId.LIFT, 1.0),
        (PhaseId.LOWERING, 0.5),
    )
    ratios = {}
    # in the dark the tightest are the top and the way down
    both = [(m, "light") for m in moments] + [(m, "dark") for m in moments[2:]]
    for ((phase, at), theme), view in itertools.product(both, ViewName):
        picture = shown(name, phase, at, view, theme)
        prime = mask(name, picture, Role.PRIME_MOVER)
        if prime.mean() < LEAST_SHARE:
            continue
        seen = attention(picture)
        others = float((seen * mask(name, picture, Role.STABILIZER)).sum())
        ratios[view, phase, at, theme] = float((seen * prime).sum()) / max(others, 1e-9)
    assert len(ratios) >= 8
    behind = {key: round(value, 2) for key, value in ratios.items() if value < 1.0}
    assert not behind


@pytest.mark.parametrize("view", [ViewName.SIDE, ViewName.THREE_QUARTER])
@pytest.mark.parametrize("name", VARIATIONS)
def test_lift_and_lowering_look_different_from_the_back_row(name: str, view: ViewName) -> None:
    for theme in ("light", "dark"):
        pictures = [
            np.asarray(
                to_image(shown(name, phase, 0.5, view, theme, (320, 180))).convert("RGB"), int
            )
            for phase in (PhaseId.LIFT, PhaseId.LOWERING)
        ]
        # the middle of either phase is one pose
        differs = np.abs(pictures[0] - pictures[1]).max(axis=-1) > 24
        assert differs.mean() >= 0.01, theme

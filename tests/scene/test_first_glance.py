"""The first glance falls on the prime mover and tells the lift from the lowering.

Attention is measured on rendered pictures with their marks, as contrast of a centre against its
surroundings in lightness and both opponent colours, at three scales, squared (after Itti, Koch &
Niebur 1998, without learning): what stands out, whatever it means.
"""

from __future__ import annotations

import itertools
from functools import cache

import numpy as np
import pytest
from PIL import Image

from tests.helpers.colours import lab
from tests.helpers.pictures import stage
from tests.helpers.repetitions import VARIATIONS
from visualizer.catalog.variation import Role
from visualizer.export.png import to_image
from visualizer.lifts.base import ViewName
from visualizer.lifts.vocabulary import PhaseId
from visualizer.render.colour import linear
from visualizer.scene.request import Layers, RenderedView, RenderRequest, SceneOptions

SIZE, SMALL = (640, 360), (160, 90)
SCALES = ((1.0, 4.0), (2.0, 8.0), (4.0, 16.0))
LEAST_SHARE = 0.005


@cache
def shown(
    name: str, phase: PhaseId, at: float, view: ViewName, theme: str, size: tuple[int, int] = SIZE
) -> RenderedView:
    scene = stage(name)
    instant = scene.repetition.instant_of(phase, at)
    return scene.render(RenderRequest(instant, size, view, SceneOptions(theme=theme), Layers()))


@cache
def blur(count: int, sigma: float) -> np.ndarray:
    """Return what blurs a row of so many samples (count, count) by a Gaussian; edges go on."""
    reach = int(3 * sigma + 1)
    steps = np.arange(-reach, reach + 1)
    weight = np.exp(-(steps**2) / (2 * sigma**2))
    made = np.zeros((count, count))
    at = np.clip(np.arange(count)[:, None] + steps, 0, count - 1)
    np.add.at(made, (np.arange(count)[:, None], at), weight / weight.sum())
    return made


def blurred(channels: np.ndarray, sigma: float) -> np.ndarray:
    """Return (h, w, 3) blurred by a Gaussian of so many samples."""
    height, width = channels.shape[:2]
    down, across = blur(height, sigma), blur(width, sigma)
    return np.asarray(np.einsum("ij,jkc,lk->ilc", down, channels, across, optimize=True))


def attention(view: RenderedView) -> np.ndarray:
    """Return how much each sample (h, w) of a small picture stands out, summing to 1."""
    small = np.asarray(to_image(view).convert("RGB").resize(SMALL, Image.Resampling.BOX), float)
    channels = np.asarray(lab(linear(small / 255.0)))
    total = np.zeros(channels.shape[:2])
    for centre, around in SCALES:
        total += ((blurred(channels, centre) - blurred(channels, around)) ** 2).sum(axis=-1)
    return np.asarray(total / total.sum())


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
    for view, ((phase, at), theme) in itertools.product(ViewName, both):
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

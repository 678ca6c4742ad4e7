"""Roles stay distinguishable with colour blindness, contractions without any colour: rendered.

The matrices simulate full dichromacy in linear light (Machado, Oliveira & Fernandes 2009, severity
1.0).
"""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from tests.helpers.colours import lab
from tests.helpers.pictures import shot, stage
from visualizer.catalog.variation import Role
from visualizer.lifts.base import ViewName
from visualizer.lifts.vocabulary import PhaseId
from visualizer.render import Picture
from visualizer.render.colour import linear

NAME = "barbell-hip-thrust"
SIZE = (960, 600)
EYES = {
    "normal": np.eye(3),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "deuteranopia": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    "tritanopia": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
}  # fmt: skip


def mean_colours(picture: Picture) -> dict[str, np.ndarray]:
    scene = stage(NAME)
    states = scene.repetition.part_states(PhaseId.LIFT)
    pixels = linear(picture.rgb / 255.0)
    groups: dict[str, list[int]] = {name: [] for name in (*map(str, Role), "inactive")}
    for i, part in enumerate(scene.body.parts):
        if part.id in states:
            groups[str(states[part.id].role)].append(i)
        elif part.muscle is not None and part.kind == "muscle":
            groups["inactive"].append(i)
    return {name: pixels[np.isin(picture.part, parts)].mean(0) for name, parts in groups.items()}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("phase", list(PhaseId))
def test_roles_and_inactive_muscles_tell_apart(phase: PhaseId, theme: str) -> None:
    picture = shot(NAME, phase, 0.5, ViewName.BACK, SIZE, theme=theme)
    colours = mean_colours(picture)
    for eye, matrix in EYES.items():
        seen = {n: lab(np.clip(matrix @ c, 0, 1)) for n, c in colours.items()}
        for a, b in itertools.combinations(seen, 2):
            # a difference of about 2 is just noticeable side by side; ours must do across a room
            assert np.linalg.norm(seen[a] - seen[b]) > 12, f"{a} against {b}, {eye}"
    stabilizer, rest = (lab(colours[name]) for name in (str(Role.STABILIZER), "inactive"))
    # blue, and no hole in the body
    assert stabilizer[2] < rest[2] - 10
    assert stabilizer[0] > rest[0]


def test_contractions_tell_apart_in_grey() -> None:
    # the end of the lift, the hold and the start of the lowering are one pose with three patterns
    pictures = [
        shot(NAME, phase, at, ViewName.BACK, SIZE)
        for phase, at in ((PhaseId.LIFT, 1.0), (PhaseId.HOLD, 0.5), (PhaseId.LOWERING, 0.0))
    ]
    for role, least in ((Role.PRIME_MOVER, 4.0), (Role.SYNERGIST, 3.0)):
        states = stage(NAME).repetition.part_states(PhaseId.LIFT)
        ids = {part for part, state in states.items() if state.role is role}
        mask = np.isin(
            pictures[0].part, [i for i, p in enumerate(stage(NAME).parts) if p.id in ids]
        )
        assert mask.sum() > 500
        greys = [p.rgb.astype(float) @ (0.299, 0.587, 0.114) for p in pictures]
        for a, b in itertools.combinations(greys, 2):
            assert np.abs(a - b)[mask].mean() > least

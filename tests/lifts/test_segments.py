"""Segment masses, and the points that they hang on."""

from __future__ import annotations

import numpy as np
import pytest

from tests.helpers.repetitions import body_model
from visualizer.anatomy.body_model import Build
from visualizer.lifts.segments import FIGURES, segment_paths, segments

MODEL = body_model()
SEGMENTS = segments(MODEL.landmarks)


@pytest.mark.parametrize("build", Build)
def test_the_masses_make_a_whole_body(build: Build) -> None:
    total = sum(FIGURES[build][s.id].mass * (2 if s.paired else 1) for s in SEGMENTS)
    assert total == pytest.approx(1.0, abs=2e-4)


@pytest.mark.parametrize("build", Build)
def test_every_segment_has_figures(build: Build) -> None:
    assert set(FIGURES[build]) == {s.id for s in SEGMENTS}
    for figure in FIGURES[build].values():
        assert 0 < figure.centre < 1
        assert 0.2 < figure.gyration < 0.6


def test_ends_of_the_segments_lie_on_the_body() -> None:
    figure = MODEL.surface
    q = MODEL.skeleton.joint_positions(dict(figure.rest_angles))
    ends = segment_paths(MODEL, q[None])

    def surface(part: str) -> np.ndarray:
        i = figure.part_index(part)
        return np.asarray(figure.rest_position[np.unique(figure.faces[figure.face_part == i])])

    foot = surface("skin_foot_r")
    heel, toe = ends["foot_r"][0][0], ends["foot_r"][1][0]
    assert np.linalg.norm(foot - heel, axis=1).min() < 0.03
    assert np.linalg.norm(foot - toe, axis=1).min() < 0.03
    top = float(figure.rest_position[:, 2].max())
    assert ends["head"][0][0, 2] == pytest.approx(top, abs=0.015)
    stature = top - float(foot[:, 2].min())
    assert stature == pytest.approx(MODEL.stature_m, abs=0.02)


def test_lengths_are_those_of_a_body_of_that_stature() -> None:
    ends = segment_paths(MODEL, MODEL.skeleton.joint_positions({})[None])
    length = {k: float(np.linalg.norm(e - b)) for k, (b, e) in ends.items()}
    # de Leva's men of 1.741 m: thigh 0.422 m, shank 0.434 m; ours stands 1.70 m
    assert length["thigh_r"] == pytest.approx(0.41, abs=0.02)
    assert length["shank_r"] == pytest.approx(0.42, abs=0.03)
    assert length["trunk"] == pytest.approx(0.59, abs=0.03)
    for name in ("upper_arm", "thigh", "foot"):
        assert length[name + "_r"] == pytest.approx(length[name + "_l"], abs=1e-3)

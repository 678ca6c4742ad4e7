"""Marks and labels: in order, apart, and without crossing lines."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualizer.exercise.variation import Contraction, Role
from visualizer.scene.marks import labels, marks
from visualizer.scene.overlay import Stroke
from visualizer.scene.palette import theme
from visualizer.scene.spots import Marked, Spot

LIGHT = theme("light")
SIZE = (1280, 800)


def spot(name: str, x: float, y: float, contraction: Contraction = Contraction.CONCENTRIC) -> Spot:
    marked = Marked(name, (0,), Role.PRIME_MOVER, contraction)
    return Spot(marked, x, y, np.array([1.0, 0.0]), (80.0, 80.0))


def crossing(a: Stroke, b: Stroke) -> bool:
    (p, q), (r, s) = a.points, b.points

    def side(u: tuple[float, float], v: tuple[float, float], w: tuple[float, float]) -> float:
        return (v[0] - u[0]) * (w[1] - u[1]) - (v[1] - u[1]) * (w[0] - u[0])

    return side(p, q, r) * side(p, q, s) < -1e-6 and side(r, s, p) * side(r, s, q) < -1e-6


places = st.lists(
    st.tuples(st.floats(60, 1220), st.floats(250, 780)), min_size=1, max_size=7, unique=True
)


@given(places)
def test_labels_keep_apart_inside_the_picture_and_do_not_cross(at: list[tuple[float, float]]) -> None:
    spots = [spot(f"muscle {k}", x, y) for k, (x, y) in enumerate(at)]
    names = {s.marked.name: s.marked.name.capitalize() for s in spots}
    overlay = labels(spots, SIZE, names, 220.0, LIGHT)
    row = sorted(overlay.texts, key=lambda t: t.x)
    for left, right in itertools.pairwise(row):
        assert right.x - left.x > 0.5 * left.size_px * (len(left.text) + len(right.text)) / 2
    assert row[0].x > 0
    assert row[-1].x < SIZE[0]
    for a, b in itertools.combinations(overlay.strokes, 2):
        assert not crossing(a, b)


def test_no_spots_no_labels() -> None:
    assert labels([], SIZE, {}, 100.0, LIGHT).texts == ()


@pytest.mark.parametrize("contraction", list(Contraction))
def test_marks_carry_letter_and_arrows(contraction: Contraction) -> None:
    overlay = marks([spot("m", 600, 400, contraction)], SIZE[1])
    assert [t.text for t in overlay.texts] == ["P"]
    lines = overlay.strokes
    outer = max(abs(x - 600) for s in lines for x, _ in s.points)
    tips = [s.points[1][0] for s in lines if len(s.points) == 3]
    if contraction is Contraction.ISOMETRIC:
        assert not tips
    else:
        towards = contraction is Contraction.CONCENTRIC
        assert all((abs(x - 600) < outer * 0.7) is towards for x in tips)


def test_marks_do_not_overlap() -> None:
    overlay = marks([spot("a", 600, 400), spot("b", 605, 402)], SIZE[1])
    assert len(overlay.texts) == 1


def test_a_small_muscle_gets_the_letter_alone() -> None:
    marked = Marked("m", (0,), Role.SYNERGIST, Contraction.CONCENTRIC)
    overlay = marks([Spot(marked, 100, 100, np.array([0.0, 1.0]), (6.0, 6.0))], 1080)
    assert overlay.strokes == ()
    assert len(overlay.discs) == 1

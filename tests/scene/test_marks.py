"""Marks: letter and arrows, apart from each other."""

from __future__ import annotations

import numpy as np
import pytest

from visualizer.catalog.variation import Contraction, Role
from visualizer.scene.marks import badge_px, marks
from visualizer.scene.spots import Marked, Spot

SIZE = (1280, 800)


def spot(name: str, x: float, y: float, contraction: Contraction = Contraction.CONCENTRIC) -> Spot:
    marked = Marked(name, (0,), Role.PRIME_MOVER, contraction)
    return Spot(marked, x, y, np.array([1.0, 0.0]), (80.0, 80.0))


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


@pytest.mark.parametrize(
    "reach", [(90.0, 20.0), (20.0, 90.0), (90.0, 90.0), (50.0, 30.0), (40.0, 20.0), (30.0, 20.0)]
)
def test_arrows_come_in_pairs_or_not_at_all(reach: tuple[float, float]) -> None:
    marked = Marked("m", (0,), Role.STABILIZER, Contraction.ECCENTRIC)
    overlay = marks([Spot(marked, 500, 400, np.array([1.0, 0.0]), reach)], 1080)
    (disc,) = overlay.discs
    xs = [x for s in overlay.strokes for x, _ in s.points]
    assert len(overlay.strokes) == (8 if sum(reach) > 59.8 else 0)
    # where a full badge leaves no room for arrows it shrinks, but not to nothing
    assert disc.radius_px == pytest.approx(17.0 if sum(reach) > 70 else 12.0, abs=0.15)
    for x in xs:
        assert 500 - reach[0] <= x <= 500 + reach[1]
    if xs:
        assert min(xs) + max(xs) == pytest.approx(2 * disc.x)


def test_the_prime_mover_has_the_largest_badge() -> None:
    sizes = []
    for role in (Role.PRIME_MOVER, Role.SYNERGIST, Role.STABILIZER):
        marked = Marked("m", (0,), role, Contraction.CONCENTRIC)
        overlay = marks([Spot(marked, 500, 400, np.array([1.0, 0.0]), (90.0, 90.0))], 1080)
        sizes.append(overlay.discs[0].radius_px + overlay.discs[0].rim_px)
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == badge_px(1080)


def test_a_small_muscle_gets_the_letter_alone() -> None:
    marked = Marked("m", (0,), Role.SYNERGIST, Contraction.CONCENTRIC)
    overlay = marks([Spot(marked, 100, 100, np.array([0.0, 1.0]), (6.0, 6.0))], 1080)
    assert overlay.strokes == ()
    assert len(overlay.discs) == 1


def test_a_scaled_overlay_lies_on_the_larger_picture() -> None:
    overlay = marks([spot("m", 600, 400)], 540)
    scaled = overlay.scaled(2.0, 2.0)
    for one, two in zip(marks([spot("m", 1200, 800)], 1080).discs, scaled.discs, strict=True):
        assert (one.x, one.y) == (two.x, two.y)
        assert one.radius_px == pytest.approx(two.radius_px)
    assert [s.points[0][0] / 2 for s in scaled.strokes] == [s.points[0][0] for s in overlay.strokes]
    assert scaled.texts[0].size_px == 2 * overlay.texts[0].size_px

"""The internal resolution follows what a frame costs, and only as far as that helps."""

from __future__ import annotations

from collections.abc import Callable

from visualizer.app.stage.pace import FollowedPace, Pace, budget_ms

SIZE = 1920, 1080
BUDGET_MS = budget_ms(*SIZE)


def drawn(pace: Pace, cost: Callable[[float], float], frames: int = 60) -> list[float]:
    """Let frames cost what ``cost(scale)`` says; return the scales."""
    scales = []
    for _ in range(frames):
        scales.append(pace.scale)
        pace.drawn(cost(pace.scale))
    return scales


def test_a_quick_machine_keeps_the_full_resolution() -> None:
    assert set(drawn(Pace(), lambda scale: 0.9 * BUDGET_MS)) == {1.0}


def test_a_late_frame_now_and_then_changes_nothing() -> None:
    pace = Pace()
    for k in range(60):
        pace.drawn(BUDGET_MS * (3.0 if k % 3 == 0 else 0.5))
        assert pace.scale == 1.0


def test_a_small_picture_leaves_time_to_the_views_beside_it() -> None:
    assert budget_ms(640, 400) == budget_ms(1000, 1000) < budget_ms(1280, 1000) < BUDGET_MS
    assert budget_ms(3840, 2160) == BUDGET_MS < 1000 / 60


def test_where_pixels_cost_the_picture_gets_coarser_until_it_fits() -> None:
    pace = Pace()
    drawn(pace, lambda scale: 3 * BUDGET_MS * scale**2)
    assert pace.scale == 0.5
    assert 3 * BUDGET_MS * pace.scale**2 <= BUDGET_MS


def both_drawn(
    pace: Pace, first: Callable[[float], float], second: Callable[[float], float]
) -> list[float]:
    """Let frames of two bodies cost what is said; return the scales."""
    other, scales = FollowedPace(pace), []
    for _ in range(60):
        scales.append(pace.scale)
        assert other.scale == pace.scale
        pace.drawn(first(pace.scale))
        other.drawn(second(pace.scale))
    return scales


def test_two_bodies_may_take_longer_and_are_equally_coarse() -> None:
    pace = Pace()
    pace.resized(960, 1080)  # one of two that stand side by side
    pace.shows(2)
    assert set(both_drawn(pace, lambda _: 1.1 * BUDGET_MS, lambda _: 0.3 * BUDGET_MS)) == {1.0}
    assert 1.4 * BUDGET_MS < 1000 / 30 - 10.0  # what a moment costs beside
    both_drawn(pace, lambda scale: 3 * BUDGET_MS * scale**2, lambda _: 0.1 * BUDGET_MS)
    assert pace.scale < 1.0
    pace.shows(1)
    assert 0.5 in drawn(pace, lambda scale: 1.9 * BUDGET_MS * scale)


def test_painting_the_second_body_counts_as_well() -> None:
    pace = Pace()
    pace.resized(960, 1080)
    pace.shows(2)
    # each alone would have time enough
    both_drawn(pace, lambda scale: BUDGET_MS * scale, lambda scale: BUDGET_MS * scale)
    assert pace.scale == 0.5 or pace.scale == 0.75
    assert 2 * pace.scale <= 1.5


def test_where_pixels_cost_nothing_the_picture_stays_fine() -> None:
    pace = Pace()
    scales = drawn(pace, lambda scale: 1.5 * BUDGET_MS + 0.1 * scale)
    assert scales[-20:] == [1.0] * 20


def test_a_busy_moment_does_not_hide_what_a_coarser_picture_spares() -> None:
    pace = Pace()
    drawn(pace, lambda scale: 3 * BUDGET_MS * scale**2, 7)
    assert pace.scale == 0.75
    for k in range(7):
        pace.drawn(BUDGET_MS * (1.7 if k == 2 else 4.0))
    assert pace.scale == 0.5


def test_a_first_step_that_hardly_helps_is_followed_by_a_second() -> None:
    pace = Pace()
    cost = {1.0: 1.3, 0.75: 1.25, 0.5: 0.9}
    scales = drawn(pace, lambda scale: cost[scale] * BUDGET_MS)
    assert scales[-20:] == [0.5] * 20


def test_in_another_size_coarser_pictures_are_tried_again() -> None:
    pace = Pace()
    drawn(pace, lambda scale: 1.5 * BUDGET_MS + 0.1 * scale)
    pace.resized(1280, 800)
    drawn(pace, lambda scale: 3 * budget_ms(1280, 800) * scale**2)
    assert pace.scale == 0.5


def test_an_easier_picture_gets_its_resolution_back() -> None:
    pace = Pace()
    drawn(pace, lambda scale: 3 * BUDGET_MS * scale**2)
    drawn(pace, lambda scale: 0.5 * BUDGET_MS * scale**2)
    assert pace.scale == 1.0


def test_without_the_kernel_there_is_no_trying() -> None:
    pace = Pace()
    pace.drawn(100 * BUDGET_MS)
    assert pace.scale == 1.0
    pace.drawn(100 * BUDGET_MS)
    assert pace.scale == 0.35


def test_a_scene_that_grows_dearer_is_not_mistaken_for_a_step_that_spared_nothing() -> None:
    pace = Pace()
    drawn(pace, lambda scale: 1.3 * BUDGET_MS * scale**2, 21)
    assert pace.scale == 0.75
    drawn(pace, lambda scale: 4 * BUDGET_MS * scale**2, 14)
    assert pace.scale == 0.5

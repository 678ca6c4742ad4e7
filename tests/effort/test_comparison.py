"""Changes of the shares: their range, what is undecided, and what is not compared at all."""

from __future__ import annotations

import numpy as np
import pytest

from tests.helpers.repetitions import catalog
from visualizer.analysis.effort_changes import effort_changes, effort_lines, effort_note
from visualizer.effort.comparison import NoShares, compare_efforts, pushes_alike
from visualizer.effort.now import effort_at
from visualizer.effort.sharing import Effort, ShareRange
from visualizer.lifts.loads import Load
from visualizer.lifts.vocabulary import PhaseId
from visualizer.texts import speaking

LIFT = PhaseId.LIFT


def effort(*cases: float, count: int = 3, **other: object) -> Effort:
    """An effort of one muscle, each case of which has the same share at all times."""
    share = ShareRange(np.repeat(np.array(cases)[:, None], count, axis=1))
    zero = {"hip_flexion": np.zeros(count), "hip_adduction": np.zeros(count)}
    moments = {**zero, "knee": np.zeros(count), "ankle": np.zeros(count)}
    given: dict[str, object] = {
        "load": Load(), "time_s": np.linspace(0, 1, count), "progress": np.linspace(0, 1, count),
        "phase": (LIFT,) * count, "units": {}, "muscles": {"gluteus_maximus": share},
        "moments_nm": moments, "unmet_nm": moments, "range_beyond_strength": False,
        "overstretched": (), **other,
    }  # fmt: skip
    return Effort(**given)  # type: ignore[arg-type]


def test_the_same_push_is_in_both_and_leaves_a_narrower_range() -> None:
    light, heavy = effort(0.4, 0.2, 0.6), effort(0.5, 0.25, 0.72, count=5)
    (change,) = compare_efforts(light, heavy, paired=True).changes
    assert (change.a, change.b, change.change) == (0.4, 0.5, 0.1)
    assert (change.low, change.high) == (0.05, 0.12)
    assert change.decided
    (free,) = compare_efforts(light, heavy, paired=False).changes
    assert (free.low, free.high) == (-0.35, 0.52)
    assert not free.decided
    back = compare_efforts(heavy, light, paired=True).changes[0]
    assert (back.low, back.high) == (-0.12, -0.05)
    assert back.decided


def test_a_change_smaller_than_its_range_is_undecided() -> None:
    found = compare_efforts(effort(0.4, 0.2, 0.6), effort(0.5, 0.19, 0.7), paired=True)
    (line,) = effort_changes(found, catalog())
    assert line.text == "Gluteus maximus, Lift: 40 % → 50 %, undecided: −1 to +10 points"
    assert line.muscle == "gluteus_maximus"
    decided = compare_efforts(effort(0.4, 0.2, 0.6), effort(0.5, 0.3, 0.72), paired=True)
    with speaking("de"):
        assert "+10 Punkte (+10 bis +12)" in effort_lines(decided, catalog())[1]
        assert "unentschieden: −1 bis +10 Punkte" in effort_lines(found, catalog())[1]


def test_a_small_change_is_not_said_to_be_none() -> None:
    found = compare_efforts(effort(0.4, 0.2, 0.6), effort(0.41, 0.21, 0.62), paired=True)
    (line,) = effort_lines(found, catalog())
    assert line == "No muscle's share of effort changes by 2 points or more."


def test_one_support_meets_every_case_of_two() -> None:
    (change,) = compare_efforts(effort(0.5), effort(0.4, 0.3, 0.6), paired=False).changes
    assert (change.change, change.low, change.high) == (-0.1, -0.2, 0.1)


def test_the_same_gives_nothing() -> None:
    one = effort(0.4, 0.2, 0.6)
    found = compare_efforts(one, one, paired=True)
    assert found.changes == ()
    assert effort_lines(found, catalog()) == []


@pytest.mark.parametrize("second", [True, False])
def test_what_means_nothing_is_not_compared(second: bool) -> None:
    good = effort(0.5)
    too_long = effort(0.5, overstretched=("semimem_r",))
    unmet = {**good.unmet_nm, "hip_flexion": np.array([0.0, 60.0, 0.0])}
    too_heavy = effort(0.5, unmet_nm=unmet)
    for bad, why in ((too_long, NoShares.OVERSTRETCHED), (too_heavy, NoShares.BEYOND_STRENGTH)):
        found = compare_efforts(*((good, bad) if second else (bad, good)), paired=True)
        assert (found.changes, found.no_shares) == ((), why)
        assert effort_lines(found, catalog()) == [effort_note(found)]


def test_who_pushes_alike() -> None:
    of = catalog().variation
    barbell = of("barbell-hip-thrust")
    assert pushes_alike(barbell, of("single-leg-hip-thrust"))
    assert not pushes_alike(barbell, of("glute-bridge"))
    assert not pushes_alike(of("glute-bridge"), of("romanian-deadlift"))


def test_shares_between_two_times_lie_on_a_straight_line() -> None:
    count = 7
    band = ShareRange(np.random.default_rng(2).random((3, count)))
    rising = effort(0.4, count=count, muscles={"gluteus_maximus": band})
    for time_s in (-1.0, 0.0, 0.01, 0.4, 0.5, 0.99, 1.0, 2.0):
        share = effort_at(rising, time_s).shares["gluteus_maximus"]
        wanted = [np.interp(time_s, rising.time_s, v) for v in (band.nominal, band.low, band.high)]
        assert (share.nominal, share.low, share.high) == pytest.approx(wanted)

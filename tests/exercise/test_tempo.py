"""The tempo of a repetition as coaches write it, and masses in kilograms and pounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.repetitions import VARIATIONS, catalog
from visualizer.errors import UsageError
from visualizer.exercise.mass import MassUnit
from visualizer.exercise.tempo import FASTEST_S, Tempo
from visualizer.lifts.schedule import PhaseSchedule
from visualizer.lifts.vocabulary import Phase, PhaseId
from visualizer.texts import speaking

LIFT, HOLD, LOWERING = PhaseId.LIFT, PhaseId.HOLD, PhaseId.LOWERING
FROM_BOTTOM = (Phase(LIFT, 1.0), Phase(HOLD, 0.5), Phase(LOWERING, 2.0))
FROM_TOP = (Phase(LOWERING, 2.0), Phase(LIFT, 1.0))


@pytest.mark.parametrize(
    ("text", "tempo"),
    [
        ("3-1-1", Tempo(3.0, 1.0, 1.0)),
        (" 2 / 0 / 1 ", Tempo(2.0, 0.0, 1.0)),
        ("2,5:0.5:1", Tempo(2.5, 0.5, 1.0)),
        ("3 1 1", Tempo(3.0, 1.0, 1.0)),
        ("3–1–X", Tempo(3.0, 1.0, FASTEST_S)),
        ("3-0-1-2", Tempo(3.0, 2.0, 1.0)),
    ],
)
def test_a_tempo_is_read_as_coaches_write_it(text: str, tempo: Tempo) -> None:
    assert Tempo.parse(text) == tempo


def test_of_two_pauses_the_one_that_the_repetition_has_counts() -> None:
    assert Tempo.parse("3-2-1-0", from_bottom=False) == Tempo(3.0, 2.0, 1.0)
    with pytest.raises(UsageError, match="no pause at the bottom"):
        Tempo.parse("3-2-1-0")
    with pytest.raises(UsageError, match="no pause at the top"):
        Tempo.parse("3-0-1-2", from_bottom=False)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no tempo"),
        ("fast", "no tempo"),
        ("3-1", "no tempo"),
        ("3-1-1-0-0", "no tempo"),
        ("3--1-1", "no tempo"),
        ("-3-1-1", "no tempo"),
        ("3-1-nan", "no tempo"),
        ("9" * 10_000, "no tempo"),
        ("X-1-1", "only the lift"),
        ("0-1-1", "0.2 to 30 seconds"),
        ("3-1-99", "0.2 to 30 seconds"),
        ("3-0.1-1", "0.2 to 30 seconds"),
    ],
)
def test_what_is_no_tempo_gets_one_sentence(text: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        Tempo.parse(text)


@given(st.tuples(st.integers(20, 3000), st.just(0) | st.integers(20, 3000), st.integers(20, 3000)))
def test_a_written_tempo_comes_back(hundredths: tuple[int, int, int]) -> None:
    tempo = Tempo(*(h / 100 for h in hundredths))
    assert Tempo.parse(str(tempo)) == tempo
    for phases in (FROM_BOTTOM, FROM_TOP):
        assert Tempo.of(tempo.applied(phases)) == tempo


def test_a_tempo_keeps_the_order_of_the_phases_and_makes_or_drops_the_hold() -> None:
    assert Tempo(3, 1, 1).applied(FROM_TOP) == (
        Phase(LOWERING, 3), Phase(HOLD, 1), Phase(LIFT, 1)
    )  # fmt: skip
    assert Tempo(3, 0, 2).applied(FROM_BOTTOM) == (Phase(LIFT, 2), Phase(LOWERING, 3))


@pytest.mark.parametrize("name", VARIATIONS)
def test_every_shipped_variation_has_a_tempo_and_can_take_another(name: str) -> None:
    variation = catalog().variation(name)
    assert Tempo.of(variation.phases).applied(variation.phases) == variation.phases
    slow = Tempo(4, 2, 3).applied(variation.phases)
    assert PhaseSchedule(slow).duration_s == 9
    assert tuple(p.id for p in slow) in variation.lift.orders


def test_masses_are_converted_read_and_written_in_one_place() -> None:
    kg, lb = MassUnit.KILOGRAM, MassUnit.POUND
    assert lb.in_kg(1) == 0.45359237
    assert lb.in_kg(lb.of(60.0)) == pytest.approx(60.0, abs=1e-12)
    assert kg.read("60") == kg.read("60 kg") == lb.read("60 kg") == 60.0
    assert lb.read("135") == kg.read("135 lbs") == pytest.approx(61.2349699)
    assert kg.read("62,5") == 62.5
    assert kg.text(60.0) == "60 kg"
    assert lb.text(60.0) == "132.3 lb"
    with speaking("de"):
        assert lb.text(60.0) == "132,3 lb"


@pytest.mark.parametrize("text", ["", "kg", "-5 kg", "five", "1e9", "60 stone", "6 0", "9" * 999])
def test_what_is_no_mass_gets_one_sentence(text: str) -> None:
    with pytest.raises(UsageError, match="no mass"):
        MassUnit.KILOGRAM.read(text)

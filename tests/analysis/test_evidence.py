"""Rows of measurements, and the sentence that explains each agreement."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from tests.helpers.repetitions import HIP_THRUSTS, repetition
from visualizer.analysis.evidence import (
    SENTENCES,
    evidence_of,
    evidence_row,
    explain_agreement,
    grounds_of,
    sources_of,
)
from visualizer.analysis.report import describe_variation, description_text
from visualizer.catalog.variation import Contraction
from visualizer.effort.words import SOURCES
from visualizer.exercise.contraction import (
    Agreement,
    LengthChange,
    TendonChange,
    agreement,
)
from visualizer.lifts.vocabulary import PhaseId

C, E, I = Contraction.CONCENTRIC, Contraction.ECCENTRIC, Contraction.ISOMETRIC  # noqa: E741
CATALOG = repetition("glute-bridge").catalog


def change(*percents: float | None, muscle: str = "gluteus_maximus") -> LengthChange:
    """Return a change of the gluteus maximus whose parts change by so many per cent."""
    parts = tuple(
        TendonChange(
            f"glmax{i}_r",
            "gluteus_maximus",
            (0.3, 0.3 + (3 if p is None else p) / 1000),
            None if p is None else 0.1,
        )
        for i, p in enumerate(percents, 1)
    )
    return LengthChange(muscle, parts)


@pytest.mark.parametrize("name", HIP_THRUSTS)
@pytest.mark.parametrize("side", ["claimed", "every claim"])
def test_every_muscle_in_every_phase_is_explained(name: str, side: str) -> None:
    rep = repetition(name)
    for action in rep.variation.muscles:
        found = rep.length_change(action.muscle)
        for phase in PhaseId:
            stated = action.contraction.get(phase)
            claims = [stated.contraction if stated else None]
            if side == "every claim":
                claims = [None, *Contraction]
            for claim in claims:
                text = explain_agreement(claim, found, phase, rep.catalog)
                kind = agreement(claim, found, phase)
                assert text.endswith("."), text
                assert len(re.findall(r"[.](?=\s|$)", text)) == 1, text
                assert "{" not in text
                assert str(phase) in text
                if claim is not None:
                    assert str(claim) in text
                expected = {
                    Agreement.AGREES: "and the change of length fits",
                    Agreement.NUANCE: "part",
                    Agreement.DIFFERS: "but in the model",
                    Agreement.BY_CONSTRUCTION: "for or against",
                    Agreement.NO_CLAIM: "No contraction is stated",
                }[kind]
                assert expected in text, text
                if kind in (Agreement.NUANCE, Agreement.DIFFERS):
                    for part in found.parts:
                        muscle = rep.catalog.muscle(part.muscle)
                        names = muscle.part_names.get(part.tendon[:-2])
                        assert (names["en"] if names else muscle.display_name()) in text


def test_the_sentence_says_the_computed_numbers() -> None:
    rep = repetition("barbell-hip-thrust")
    found = rep.length_change("quadriceps")
    text = explain_agreement(I, found, PhaseId.LIFT, rep.catalog)
    for part in found.parts:
        percent = round(part.lift_percent or 0)
        sign = "+" if percent > 0 else "−"
        name = rep.catalog.muscle(part.muscle).display_name()
        assert f"{name} {sign}{abs(percent)} %" in text
    shorter, longer = text.split("longer: ")
    assert "Vastus lateralis" in shorter
    assert "Rectus femoris" in longer


@pytest.mark.parametrize(
    ("claim", "percents", "phase", "text"),
    [
        (
            C,
            (-40, -50, -60),
            PhaseId.LIFT,
            "The lift is stated as concentric, and the change of length fits: −50 % of the fibre "
            "length (shorter: upper part −40 %, middle part −50 %, lower part −60 %).",
        ),
        (
            E,
            (-40,),
            PhaseId.LOWERING,
            "The lowering is stated as eccentric, and the change of length fits: +40 % of the "
            "fibre length.",
        ),
        (
            C,
            (-80, -60, 20),
            PhaseId.LIFT,
            "The lift is stated as concentric, and on the whole the change of length fits (its "
            "parts change in opposite directions), but not in every part or not all the way "
            "(shorter: upper part −80 %, middle part −60 %; longer: lower part +20 %).",
        ),
        (
            I,
            (-30, 2),
            PhaseId.LIFT,
            "The lift is stated as isometric; the change of length fits that in a part only: "
            "−14 % of the fibre length (shorter: upper part −30 %; nearly unchanged: middle part "
            "+2 %).",
        ),
        (
            I,
            (-7, -8),
            PhaseId.LIFT,
            "The lift is stated as isometric, and most of it nearly holds its length, but not "
            "every part or not quite: −8 % of the fibre length (shorter: upper part −7 %, middle "
            "part −8 %).",
        ),
        (
            I,
            (-20, 30),
            PhaseId.LIFT,
            "The lift is stated as isometric, but in the model the length does not hold: its parts "
            "change in opposite directions (shorter: upper part −20 %; longer: middle part +30 %); "
            "a muscle can steady a joint all the same while the joints that it crosses move.",
        ),
        (
            C,
            (30,),
            PhaseId.LIFT,
            "The lift is stated as concentric, but in the model it does not shorten on the whole: "
            "+30 % of the fibre length; the statement rests on its other grounds.",
        ),
        (
            E,
            (30,),
            PhaseId.LOWERING,
            "The lowering is stated as eccentric, but in the model it does not lengthen on the "
            "whole: −30 % of the fibre length; the statement rests on its other grounds.",
        ),
        (
            I,
            (-40, -50),
            PhaseId.HOLD,
            "The hold is stated as isometric, and the change of length fits: 0 % of the fibre "
            "length (nearly unchanged: upper part 0 %, middle part 0 %).",
        ),
        (
            None,
            (-40,),
            PhaseId.LIFT,
            "No contraction is stated for the lift; in the model the length changes like this: "
            "−40 % of the fibre length.",
        ),
        (
            C,
            (None,),
            PhaseId.LIFT,
            "The lift is stated as concentric; the model cannot judge it, for it knows no fibre "
            "length of this muscle.",
        ),
        (
            None,
            (),
            PhaseId.LIFT,
            "No contraction is stated for the lift, and the model knows no fibre length to judge "
            "by.",
        ),
        (
            I,
            (0.0001, 0.0001),
            PhaseId.LIFT,
            "The lift is stated as isometric; the model can say nothing for or against it, for our "
            "figure holds still every joint that the muscle crosses (0 %).",
        ),
    ],
)
def test_sentences(
    claim: Contraction, percents: tuple[float, ...], phase: PhaseId, text: str
) -> None:
    assert explain_agreement(claim, change(*percents), phase, CATALOG) == text


def test_what_comes_back_is_told_with_its_way() -> None:
    path = (0.3, 0.294, 0.288, 0.298)
    there_and_back = LengthChange(
        "gluteus_maximus",
        tuple(TendonChange(f"glmax{i}_r", "gluteus_maximus", path, 0.1) for i in (1, 2)),
    )
    text = explain_agreement(I, there_and_back, PhaseId.LIFT, CATALOG)
    assert "the length does not hold: −2 % of the fibre length from end to end, 12 % on" in text
    assert "there and back: upper part −2 % (12 % on the way)" in text
    assert "nearly unchanged" not in text


def test_parts_of_members_name_their_muscle() -> None:
    text = explain_agreement(C, change(-40, 50, muscle="adductors"), PhaseId.LIFT, CATALOG)
    assert "Gluteus maximus (upper part) −40 %" in text


def test_every_template_has_known_fields() -> None:
    fields = {"phase", "claimed", "whole", "detail", "parts", "name", "percent", "muscle", "part"}
    fields |= {"excursion", "joint"}
    for template in SENTENCES.values():
        assert {field for _, field, _, _ in Formatter().parse(template) if field} <= fields


# What the notes on the model say in words must be true of the motion as it is.
@pytest.mark.parametrize("name", HIP_THRUSTS)
def test_what_the_notes_say_of_the_model_is_true(name: str) -> None:
    rep = repetition(name)
    bridge = name == "glute-bridge"
    muscles = {action.muscle for action in rep.variation.muscles}

    def parts(muscle: str) -> dict[str, float]:
        return {p.tendon[:-2]: p.lift_percent or 0 for p in rep.length_change(muscle).parts}

    def up(muscle: str) -> dict[str, Contraction | None]:
        found = rep.length_change(muscle).parts
        return {p.tendon[:-2]: p.contraction(PhaseId.LIFT) for p in found}

    gluteus = parts("gluteus_maximus")
    assert max(gluteus.values()) < -20
    assert min(gluteus, key=lambda tendon: gluteus[tendon]) == "glmax3"
    if "biceps_femoris" in muscles:
        biceps = parts("biceps_femoris")
        assert biceps["bflh"] < -50
        assert 5 <= biceps["bfsh"] < 20
    if "quadriceps" in muscles:
        quadriceps = parts("quadriceps")
        assert quadriceps["recfem"] > 30
        assert all(-15 < quadriceps[v] < -5 for v in ("vaslat", "vasint", "vasmed"))
    if "adductors" in muscles:
        does = up("adductors")
        assert {does[a] for a in ("addmagMid", "addmagDist", "addmagIsch")} == {C}
        assert does["addlong"] is E
        if bridge:
            assert does["addmagProx"] is does["addbrev"] is E
            assert does["grac"] is None
        else:
            assert does["addmagProx"] is does["addbrev"] is None
            assert does["grac"] is C
    if "gluteus_medius" in muscles:
        medius = parts("gluteus_medius")
        assert set(up("gluteus_medius").values()) == {C}
        assert min(medius, key=lambda tendon: medius[tendon]) == "glmed3"
    if "hamstrings" in muscles:
        hamstrings = parts("hamstrings")
        assert hamstrings["semimem"] < hamstrings["bflh"] < hamstrings["semiten"] < -10
    for still in muscles & {"erector_spinae", "abdominals", "rectus_abdominis", "obliques"}:
        assert rep.length_change(still).by_construction


# ----------------------------------------------------------------------------------------- rows
def test_rows_come_once_and_in_the_order_of_mention() -> None:
    action = CATALOG.variation("barbell-hip-thrust").muscles[0]
    rows = evidence_of(grounds_of(action), CATALOG)
    keys = [row.fact.key for row in rows]
    assert keys[0] == "contreras2015-gluteus-maximus-upper-mean"
    assert len(keys) == len(set(keys)) >= 10
    assert rows[0].study == "Contreras et al. 2015"


def test_a_row_as_plain_data() -> None:
    row = evidence_row("otsuka2021-knee-extension-moment", CATALOG).as_dict()
    assert row["study"] == "Otsuka et al. 2021"
    assert (row["who"], row["n"], row["load"]) == ("11 men, well-trained sprinters", 11, "6RM")
    assert (row["value"], row["sd"], row["unit"]) == (66, 33, "Nm")
    assert row["text"] == "66 ± 33 Nm"
    assert row["comparison"] == "back squat: 155 ± 28 Nm"
    assert (row["read"], row["source"]) == ("abstract", "otsuka2021")


def test_sources_come_with_those_of_the_disagreements() -> None:
    variation = CATALOG.variation("glute-bridge")
    without = [s.id for s in sources_of(variation, CATALOG)]
    cards = CATALOG.disagreements_of("glute-bridge")
    with_cards = [s.id for s in sources_of(variation, CATALOG, cards)]
    assert "isbs2017" not in without
    assert "isbs2017" in with_cards
    assert with_cards[: len(without)] == without
    assert len(set(with_cards)) == len(with_cards)


# ------------------------------------------------------------------------------------- describe
@pytest.mark.parametrize("name", HIP_THRUSTS)
def test_describe_carries_all_of_it(name: str) -> None:
    data = describe_variation(repetition(name))
    listed = {s["key"]: s for s in data["sources_list"]}
    assert len(listed) == len(data["sources_list"])
    assert set(SOURCES) <= set(listed)  # of the estimated effort
    for muscle in data["muscles"]:
        assert set(muscle["agreement_note"]) == {"lift", "lowering"}
        named = {key for g in muscle["grounds"] for key in g["facts"]}
        for grounds in muscle["contraction_grounds"].values():
            named |= {key for g in grounds for key in g["facts"]}
        assert {row["fact"] for row in muscle["evidence"]} == named
        assert set(muscle["sources"]) <= set(listed)
        for row in muscle["evidence"]:
            assert row["who"]
            assert row["load"]
            assert row["phase"]
            assert row["read"] in ("abstract", "full table", "secondary")
            assert row["source"] in listed
            assert (row["value"] is None and row["high"] is None) is (row["unit"] is None)
            if row["unit"] and "%" in row["unit"]:
                assert row["normalisation"]
        assert set(muscle["disagreements"]) <= {card["id"] for card in data["disagreements"]}
    assert len(data["disagreements"]) >= 3
    for card in data["disagreements"]:
        assert len(card["positions"]) >= 2
        for position in card["positions"]:
            assert position["sources"]
            assert set(position["sources"]) <= set(listed)
    for cited in listed.values():
        assert cited["citation"]
        assert cited["doi"] is None or cited["doi"] in cited["citation"]


def test_the_text_shows_measurements_disagreements_and_sources() -> None:
    text = description_text(describe_variation(repetition("barbell-hip-thrust")))
    assert (
        "              upper part, mean activity: 69.5 %MVIC (spread not given in the abstract); back "
        "squat: 29.4 %MVIC; barbell hip thrust; 13 women, trained, 28.9 years, 58.2 kg; estimated "
        "10RM; phase not stated in the abstract; abstract"
    ) in text.splitlines()
    assert "Where studies disagree" in text
    assert "  How hard do the quadriceps work?" in text
    assert "doi:10.1371/journal.pone.0251418" in text


@pytest.mark.parametrize("name", HIP_THRUSTS)
def test_the_text_says_of_which_exercise_a_figure_is_and_what_it_stands_beside(name: str) -> None:
    data = describe_variation(repetition(name))
    lines = description_text(data).splitlines()
    for muscle in data["muscles"]:
        for row in muscle["evidence"]:
            told = [line for line in lines if row["text"] in line and row["exercise"] in line]
            assert told, row["fact"]
            assert row["comparison"] is None or any(row["comparison"] in line for line in told)


def test_on_one_leg_the_antagonists_are_those_of_the_working_side() -> None:
    for name, sides in (("single-leg-hip-thrust", {"right"}), ("barbell-hip-thrust", {"both"})):
        data = describe_variation(repetition(name))
        assert {entry["side"] for entry in data["antagonists"]} == sides
        lines = description_text(data).splitlines()
        told = "Iliopsoas (Iliopsoas), right side: antagonist at the hip"
        assert (told in lines) == (sides == {"right"})

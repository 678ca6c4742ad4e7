"""Finding a muscle by what people type."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.repetitions import catalog
from visualizer.anatomy.muscle import MuscleKind
from visualizer.catalog.muscle_index import MuscleIndex, folded

INDEX = MuscleIndex(catalog())


@pytest.mark.parametrize(
    ("text", "muscle"),
    [
        ("gluteus maximus", "gluteus_maximus"),
        ("GLUTEUS  MAX", "gluteus_maximus"),
        ("glut", "gluteus_maximus"),
        ("max glu", "gluteus_maximus"),
        ("Musculus gluteus maximus", "gluteus_maximus"),
        ("m. gluteus max", "gluteus_maximus"),
        ("glúteus máximus", "gluteus_maximus"),
        ("glutes", "gluteus_maximus"),
        ("quads", "quadriceps"),
        ("abs", "abdominals"),
        ("hamstring", "hamstrings"),
        ("femoris", "biceps_femoris"),
        ("long head", "biceps_femoris_long_head"),
        ("soleus", "soleus"),
        ("solues", "soleus"),
        ("semi-tendinosus", "semitendinosus"),
        ("gastrocnemus", "gastrocnemius"),
    ],
)
def test_what_people_type_finds_the_muscle(text: str, muscle: str) -> None:
    hits = [hit.muscle for hit in INDEX.find(text)]
    assert muscle in hits[:4], hits


@pytest.mark.parametrize("text", ["musculi ischiocrurales", "ischiocr", "mm. ischiocrurales"])
def test_a_latin_name_is_found_and_shown_as_such(text: str) -> None:
    hit = INDEX.find(text)[0]
    assert (hit.muscle, hit.by_latin) == ("hamstrings", True)
    assert not INDEX.find("hamstrings")[0].by_latin


def test_whole_names_come_before_beginnings_and_those_before_what_is_within() -> None:
    hits = [hit.name.casefold() for hit in INDEX.find("rectus", most=50)]
    starts = [name.startswith("rectus") for name in hits]
    assert starts == sorted(starts, reverse=True)
    assert INDEX.find("gluteus medius")[0].muscle == "gluteus_medius"


def test_what_works_comes_first_among_equals() -> None:
    plain = [hit.muscle for hit in INDEX.find("adductor", most=50)]
    last = plain[2]
    assert INDEX.find("adductor", first={last}, most=50)[0].muscle == last


def test_every_muscle_is_found_by_both_of_its_names_first() -> None:
    for muscle in catalog().muscles.values():
        hits = INDEX.find(muscle.display_name(), most=3)
        assert muscle.id in [hit.muscle for hit in hits]
        assert muscle.id in [hit.muscle for hit in INDEX.find(muscle.latin, most=4)], muscle.latin


def test_names_of_other_languages_are_found_with_their_accents_folded() -> None:
    muscle = replace(
        catalog().muscle("gluteus_maximus"), name={"en": "x", "de": "Großer Gesäßmuskel"}
    )
    german = MuscleIndex(replace(catalog(), muscles={muscle.id: muscle}), "de")
    for text in ("großer", "GROSSER gesass", "gesäßm", "x"):
        assert [h.name for h in german.find(text)] == ["Großer Gesäßmuskel"]


@pytest.mark.parametrize("text", ["", "   ", "?!", "zzzzzzzz", "12345"])
def test_nothing_comes_of_nothing(text: str) -> None:
    assert INDEX.find(text) == ()


@given(st.text(max_size=60))
def test_any_text_may_be_typed(text: str) -> None:
    assert len(INDEX.find(text, most=5)) <= 5
    assert folded(folded(text)) == folded(text)


def test_the_list_from_a_to_z_has_all_of_them_once_in_both_orders() -> None:
    for latin in (False, True):
        letters = INDEX.by_letter(latin=latin)
        assert [letter for letter, _ in letters] == sorted({letter for letter, _ in letters})
        assert sorted(h.muscle for _, hits in letters for h in hits) == sorted(catalog().muscles)
    assert all(
        letter != "M" or "musculus" not in hits[0].latin[9:].casefold() for letter, hits in letters
    )
    assert {h.kind for _, hits in letters for h in hits} == set(MuscleKind)

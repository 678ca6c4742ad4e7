"""The words of the field explained."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.repetitions import catalog
from visualizer.analysis.words import basis_word, contraction_word, phase_word, role_word
from visualizer.catalog.variation import Basis, Contraction, Role
from visualizer.cli import run
from visualizer.errors import DataError, UnknownNameError
from visualizer.lifts.vocabulary import PhaseId
from visualizer.teaching.glossary import load_glossary, read_glossary
from visualizer.texts import speaking

GLOSSARY = load_glossary(catalog())


def test_every_term_is_explained_in_both_languages_with_grounds() -> None:
    assert len(GLOSSARY.terms) >= 35
    for term in GLOSSARY.terms:
        for text in (term.name, term.means, *term.also):
            assert text.keys() >= {"en", "de"}, term.id
        assert term.grounds


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_word_that_the_program_marks_muscles_with_is_in_it(language: str) -> None:
    with speaking(language):
        words = [
            *map(role_word, Role),
            *map(contraction_word, Contraction),
            *map(phase_word, PhaseId),
            *map(basis_word, Basis),
        ]
    for word in words:
        (span,) = GLOSSARY.spans(word, language)
        assert (span.start, span.end) == (0, len(word)), word


def test_terms_are_found_in_a_text_the_longer_before_the_shorter_and_once() -> None:
    text = "The joint moment of a Prime Mover is eccentric; eccentrically, the joint moment (EMG)."
    found = [(text[s.start : s.end], s.term.id) for s in GLOSSARY.spans(text)]
    assert found == [
        ("joint moment", "joint-moment"),
        ("Prime Mover", "prime-mover"),
        ("eccentric", "eccentric"),
        ("EMG", "emg"),
    ]


def test_it_can_be_searched_and_read_from_a_to_z() -> None:
    assert [t.id for t in GLOSSARY.find("eccentr")][:1] == ["eccentric"]
    assert "antagonist" in [t.id for t in GLOSSARY.find("agonist")]
    assert GLOSSARY.find("Hebelarm", "de")[0].id == "moment-arm"
    assert len(GLOSSARY.find("")) == len(GLOSSARY.terms)
    assert GLOSSARY.find("zzzz") == ()
    names = [t.name["de"].casefold() for t in GLOSSARY.in_order("de")]
    assert names.index("ansatz") < names.index("ursprung")
    assert GLOSSARY.meaning("isometric", "de").startswith("Der Muskel")
    with pytest.raises(UnknownNameError, match="did you mean 'isometric'"):
        GLOSSARY.term("isometrc")


def test_a_wrong_glossary_is_told_with_all_its_places(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], shipped_data_once: None
) -> None:
    path = tmp_path / "glossary.toml"
    path.write_text(
        """
[[terms]]
id = "a"
name = "A"
means = "Something."
grounds = [{ basis = "study", source = "nobody2000" }]
see = ["b"]
[[terms]]
id = "a"
name = "A"
means = "It rose by 30 %."
grounds = []
""",
        encoding="utf-8",
    )
    with pytest.raises(DataError) as caught:
        read_glossary(path, catalog())
    assert "terms[1].grounds" in str(caught.value)
    text = path.read_text(encoding="utf-8").replace(
        "grounds = []", "grounds = [{ basis = 'inference', note = 'x' }]"
    )
    path.write_text(text, encoding="utf-8")
    assert run(["check", str(path)]) == 1
    told = capsys.readouterr().err
    for place in ("terms[0].grounds[0].source", "terms[0].see[0]", "terms[1].id", "terms[1].means"):
        assert place in told

"""The inspector's evidence: verdicts, grounds, measurements, disagreements and sources."""

import json

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.helpers.inspector import on_this_tab, texts, whole
from tests.helpers.repetitions import HIP_THRUSTS
from tests.helpers.window import cell, child, page_of, stated
from visualizer.analysis.dispute import disputed_phases
from visualizer.analysis.evidence import (
    evidence_of,
    evidence_row,
    explain_agreement,
    grounds_of,
)
from visualizer.analysis.words import basis_tip
from visualizer.app.inspector.agreement import AgreementLine, agreement_word
from visualizer.app.inspector.grounds import BasisKey, circumstances, result_line
from visualizer.app.inspector.inspector import Inspector
from visualizer.app.inspector.study_table import StudyTable
from visualizer.app.session.choices import InspectorTab
from visualizer.app.session.session import Session
from visualizer.app.widgets.geometry import room_of
from visualizer.app.widgets.links import LinkLabel
from visualizer.catalog.citation import citation_line, to_bibtex
from visualizer.catalog.variation import Basis, Contraction
from visualizer.exercise.contraction import Agreement, agreement
from visualizer.lifts.vocabulary import PhaseId


def test_sources_can_be_selected_as_text(session: Session, inspector: Inspector) -> None:
    session.change(selection="gluteus_maximus", tab=InspectorTab.EVIDENCE)
    key = next(g.source for g in stated(session, "gluteus_maximus").grounds if g.source)
    text = citation_line(session.catalog.source(key))
    (found,) = [x for x in page_of(inspector).findChildren(LinkLabel) if x.plain == text]
    assert found.textInteractionFlags().value & 1  # TextSelectableByMouse


def test_agreement_of_stated_and_computed_is_explained_phase_by_phase(
    session: Session, inspector: Inspector
) -> None:
    session.change(selection="adductors")
    action = stated(session, "adductors")
    change = session.repetition.stated_change("adductors")
    line = child(page_of(inspector), AgreementLine)
    assert line.verdict.text()
    if not line.opener.isChecked():
        line.opener.click()
    shown = texts(inspector)
    for phase, claim in action.contraction.items():
        if phase is not PhaseId.HOLD:
            args = (claim.contraction, change, phase, session.catalog)
            assert explain_agreement(*args) in shown
    assert "Adductor longus" in "\n".join(shown)


def test_measurements_stand_below_the_ground_that_rests_on_them(
    session: Session, inspector: Inspector
) -> None:
    session.change(selection="gluteus_maximus")
    rows = evidence_of(stated(session, "gluteus_maximus").grounds, session.catalog)
    assert rows
    shown = texts(inspector)
    for row in rows:
        assert result_line(row) in shown
        assert circumstances(row) in shown
    # circumstances that facts of a ground share are said once
    assert shown.count(circumstances(rows[0])) < len(rows)


def test_a_measurement_in_a_line(session: Session) -> None:
    row = evidence_row("contreras2015-gluteus-maximus-upper-mean", session.catalog)
    line = result_line(row)
    assert line.startswith("Mean activity, upper part: 69.5 %MVIC (")
    assert "back squat: 29.4 %MVIC" in line
    assert "13 women" in circumstances(row)


def test_disagreements_are_told_on_the_muscles_page(session: Session, inspector: Inspector) -> None:
    (card, *_) = [c for c in session.catalog.disagreements_of(session.variation.id) if c.muscles]
    assert card.title["en"] not in texts(inspector)
    session.change(selection=card.muscles[0])
    shown = whole(inspector)
    assert "Where sources disagree" in shown
    for text in (card.title["en"], card.meaning["en"], *(p.says["en"] for p in card.positions)):
        assert text in shown
    for key in {key for side in card.positions for key in side.sources}:
        assert citation_line(session.catalog.source(key)) in shown


def open_numbers(inspector: Inspector) -> AgreementLine:
    line = child(page_of(inspector), AgreementLine)
    line.opener.setChecked(True)
    return line


def test_the_verdict_is_one_line_with_the_numbers_on_demand(
    session: Session, inspector: Inspector
) -> None:
    session.change(selection="gluteus_maximus")
    line = child(page_of(inspector), AgreementLine)
    change = session.repetition.length_change("gluteus_maximus")
    verdict = agreement(Contraction.CONCENTRIC, change, PhaseId.LIFT)
    assert verdict is not Agreement.DIFFERS
    assert line.verdict.text() == agreement_word(verdict)
    hidden = len(texts(inspector))
    open_numbers(inspector)
    shown = texts(inspector)
    assert len(shown) > hidden
    for part in change.parts:
        assert f"−{abs(part.lift_m * 1e3):.0f}" in shown
        assert part.lift_percent is not None
        assert f"−{abs(part.lift_percent):.0f}" in shown
    assert any("not measured" in t for t in shown)
    line.opener.setChecked(False)
    assert not line.findChildren(QLabel)[-1].isVisible()


def test_what_is_held_still_is_said_to_be_so_by_construction(
    session: Session, inspector: Inspector
) -> None:
    session.change(selection="erector_spinae")
    line = child(page_of(inspector), AgreementLine)
    assert line.verdict.text() == agreement_word(Agreement.BY_CONSTRUCTION)


def test_what_differs_is_explained_without_being_asked(
    session: Session, inspector: Inspector
) -> None:
    found = {variation.id: 0 for variation in session.catalog.variations}
    for variation in session.catalog.variations:
        session.change(variation=variation.id, selection=None)
        differing = [
            action.muscle
            for action in variation.muscles
            if disputed_phases(action, session.repetition)
        ]
        for muscle in differing:
            session.change(selection=muscle)
            line = child(page_of(inspector), AgreementLine)
            assert agreement_word(Agreement.DIFFERS) in line.verdict.text()
            assert line.opener.isChecked()
            found[variation.id] += 1
    assert {variation for variation, count in found.items() if count} == set(HIP_THRUSTS)


def test_sources_are_copied_for_reference_managers(
    session: Session, inspector: Inspector, qapp: QApplication
) -> None:
    session.change(selection="gluteus_maximus", tab=InspectorTab.EVIDENCE)
    buttons = {b.text(): b for b in page_of(inspector).findChildren(QPushButton)}
    buttons["Copy as BibTeX"].click()
    text = qapp.clipboard().text()
    assert "@article{contreras2015," in text
    assert to_bibtex(session.catalog.source("contreras2015")) in text
    buttons["Copy as CSL"].click()
    assert "contreras2015" in {entry["id"] for entry in json.loads(qapp.clipboard().text())}


def test_the_studies_stand_in_a_table(
    session: Session, inspector: Inspector, qapp: QApplication
) -> None:
    session.change(selection="gluteus_maximus", tab=InspectorTab.EVIDENCE)
    buttons = {b.text(): b for b in page_of(inspector).findChildren(QPushButton)}
    buttons["Studies as a table…"].click()
    (dialog,) = inspector.window().findChildren(QDialog)
    table = child(dialog, StudyTable)
    rows = evidence_of(grounds_of(stated(session, "gluteus_maximus")), session.catalog)
    assert table.rowCount() == len(rows) > 5
    table.selectRow(0)
    table.copy()
    head, line = qapp.clipboard().text().splitlines()
    assert head.split("\t")[:4] == ["Study", "Who", "Exercise", "Load"]
    for expected in ("Contreras et al. 2015", "13 women", "69.5 %MVIC", "MVIC)", "abstract"):
        assert expected in line
    dialog.close()


def test_parts_that_go_opposite_ways_get_no_mean(session: Session, inspector: Inspector) -> None:
    session.change(selection="quadriceps")
    shown = texts(inspector)
    assert any("change in opposite directions, so there is no number" in t for t in shown)
    assert "+7 %" not in shown


def test_an_excursion_is_told(session: Session, inspector: Inspector) -> None:
    session.change(selection="adductor_magnus")
    assert any("on the way the length varies by" in t for t in texts(inspector))


def test_the_short_head_is_not_meant_and_says_why(session: Session, inspector: Inspector) -> None:
    said = "Only parts that cross the hip are meant, not Biceps femoris, short head."
    session.change(selection="biceps_femoris")
    assert said in texts(inspector)
    session.change(selection="biceps_femoris_short_head")
    shown = texts(inspector)
    assert said in shown
    assert any("does not mean that it does nothing" in t for t in shown)
    session.change(selection="gluteus_maximus")
    assert said not in texts(inspector)


def test_a_verdict_is_about_length_and_says_so(session: Session, inspector: Inspector) -> None:
    assert {agreement_word(v) for v in Agreement if v is not Agreement.NO_CLAIM} == {
        "The change of length fits",
        "The change of length fits in part",
        "The change of length does not fit",
        "By construction: held still in the model",
    }
    session.change(selection="gluteus_maximus")
    line = child(page_of(inspector), AgreementLine)
    assert "does not know whether the muscle is active" in line.verdict.toolTip()


def test_every_basis_says_what_it_means(session: Session, inspector: Inspector) -> None:
    session.change(selection="gluteus_maximus", tab=InspectorTab.WHY)
    badges = [x for x in page_of(inspector).findChildren(QLabel) if x.property("kind") == "badge"]
    assert badges
    for badge in badges:
        assert badge.toolTip().lower().startswith(badge.text())
        assert badge.accessibleDescription() == badge.toolTip()
    (key,) = page_of(inspector).findChildren(BasisKey)
    assert key.opener.focusPolicy() & Qt.FocusPolicy.TabFocus
    key.opener.click()
    for basis in Basis:
        assert basis_tip(basis) in on_this_tab(inspector)


def test_the_studies_can_be_sorted_and_stand_beside_the_body(
    session: Session, inspector: Inspector, qtbot: QtBot
) -> None:
    session.change(selection="gluteus_maximus", tab=InspectorTab.EVIDENCE)
    buttons = {b.text(): b for b in page_of(inspector).findChildren(QPushButton)}
    buttons["Studies as a table…"].click()
    (dialog,) = inspector.window().findChildren(QDialog)
    table = child(dialog, StudyTable)
    assert not dialog.isModal()
    assert dialog.isVisible()
    assert table.selectedIndexes() == []
    assert not table.hasFocus()
    room = room_of(dialog)
    assert dialog.width() <= room.width()
    assert dialog.height() <= room.height()
    first = [cell(table, k, 0).text() for k in range(table.rowCount())]
    rows = evidence_of(grounds_of(stated(session, "gluteus_maximus")), session.catalog)
    assert first == [row.study for row in rows]
    table.sortItems(0, Qt.SortOrder.AscendingOrder)
    studies = [cell(table, k, 0).text() for k in range(table.rowCount())]
    assert studies == sorted(first, key=str.casefold)
    table.sortItems(6, Qt.SortOrder.DescendingOrder)
    values = {row.fact.value_text: row.fact.value for row in rows}
    shown = [cell(table, k, 6).text().split(" (")[0] for k in range(table.rowCount())]
    numbers = [n for n in (values.get(text) for text in shown) if n is not None]
    assert numbers == sorted(numbers, reverse=True)
    dialog.close()


def test_copying_is_confirmed(session: Session, inspector: Inspector) -> None:
    session.change(selection="gluteus_maximus", tab=InspectorTab.EVIDENCE)
    buttons = {b.text(): b for b in page_of(inspector).findChildren(QPushButton)}
    buttons["Copy as CSL"].click()
    assert "Copied" in on_this_tab(inspector)

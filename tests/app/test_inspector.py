"""The inspector: role, reason, grounds and evidence of the muscle that is selected."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.helpers.inspector import on_this_tab, texts, whole
from tests.helpers.window import Turn, child, page_of, stated
from visualizer.analysis.evidence import (
    evidence_of,
    grounds_of,
)
from visualizer.anatomy.muscle import Side
from visualizer.app.inspector.agreement import AgreementLine
from visualizer.app.inspector.grounds import result_line
from visualizer.app.inspector.inspector import Inspector
from visualizer.app.inspector.length_gauge import LengthGauge, can_gauge
from visualizer.app.inspector.muscle_row import MuscleRow
from visualizer.app.inspector.studies import StudyFold
from visualizer.app.session.choices import InspectorTab
from visualizer.app.session.session import Session
from visualizer.app.session.spoken import selection_text
from visualizer.app.widgets.marks import ContractionMark, RoleBadge
from visualizer.catalog.citation import citation_line
from visualizer.catalog.variation import Contraction, Role
from visualizer.lifts.schedule import Playhead
from visualizer.lifts.vocabulary import PhaseId
from visualizer.texts.figures import percent_change


def test_nothing_selected_shows_the_variations_card(session: Session, inspector: Inspector) -> None:
    variation = session.variation
    assert inspector.title == "Barbell hip thrust"
    shown = texts(inspector)
    for expected in (
        variation.summary.text["en"],
        variation.suits.text["en"],
        "Bench, barbell, hip pad",
        "Lift 1 s · Hold 0.5 s · Lowering 2 s",
    ):
        assert expected in shown
    assert [row.muscle for row in inspector.rows] == [a.muscle for a in variation.muscles]
    for question in variation.questions:
        assert question.question["en"] in shown
        assert question.answer["en"] in shown


def test_a_row_selects_its_muscle(session: Session, inspector: Inspector) -> None:
    inspector.rows[0].click()
    assert session.state.selection == "gluteus_maximus"
    assert inspector.title == "Gluteus maximus"


def test_a_row_says_what_its_muscle_does_in_the_phase(
    session: Session, inspector: Inspector, turn: Turn
) -> None:
    row = inspector.rows[0]
    assert row.accessibleName().endswith(", concentric")
    session.go_to(Playhead(PhaseId.LOWERING, 0.5))
    turn()
    assert row.accessibleName().endswith(", eccentric")


def test_a_working_muscle_says_role_contraction_reason_and_grounds(
    session: Session, inspector: Inspector
) -> None:
    session.change(selection="gluteus_maximus")
    action = stated(session, "gluteus_maximus")
    muscle = session.catalog.muscle("gluteus_maximus")
    shown = texts(inspector)
    assert muscle.latin in shown
    assert "prime mover" in shown
    assert "concentric" in shown
    assert action.why["en"] in shown
    for ground in action.grounds:
        assert ground.basis.value in shown
        assert ground.note in "\n".join(shown)
    for text in (muscle.origin, muscle.insertion, muscle.nerve, muscle.actions):
        assert not text or text in shown
    change = session.repetition.length_change("gluteus_maximus")
    assert change.lift_percent is not None
    assert f"−{abs(round(change.lift_percent))} %" in shown
    assert f"+{abs(round(change.lift_percent))} %" in shown
    cited = {g.source for g in action.grounds if g.source}
    assert cited
    for key in cited:
        assert citation_line(session.catalog.source(key)) in shown


def test_another_phase_changes_only_what_is_said_of_now(
    session: Session, inspector: Inspector, turn: Turn
) -> None:
    session.change(selection="gluteus_maximus")
    page = page_of(inspector)
    inspector.resize(320, 240)
    inspector.verticalScrollBar().setValue(40)
    assert "shortens · Lift" in on_this_tab(inspector)
    session.go_to(Playhead(PhaseId.LOWERING, 0.5))
    turn()
    assert "lengthens · Lowering" in on_this_tab(inspector)
    assert "shortens · Lift" not in on_this_tab(inspector)
    assert inspector.widget() is page
    assert inspector.verticalScrollBar().value() == 40
    badge = child(page, RoleBadge)
    assert badge.role is Role.PRIME_MOVER
    marks = [m.contraction for m in page.findChildren(ContractionMark)]
    assert Contraction.ECCENTRIC in marks


def test_a_silent_muscle_says_so_plainly(session: Session, inspector: Inspector) -> None:
    session.change(selection="masseter")
    assert inspector.title == "Masseter"
    assert any("does not mean that it does nothing" in t for t in texts(inspector))
    assert page_of(inspector).findChild(RoleBadge) is None


def test_a_fascia_does_not_contract(session: Session, inspector: Inspector) -> None:
    session.change(selection="iliotibial_tract")
    assert any("connective tissue" in t for t in texts(inspector))


def test_a_part_of_a_group_says_what_it_was_stated_for(
    session: Session, inspector: Inspector
) -> None:
    group = next(
        a for a in session.variation.muscles if len(session.catalog.surface_set(a.muscle)) > 1
    )
    own = {a.muscle for a in session.variation.muscles}
    member = next(m for m in sorted(session.catalog.surface_set(group.muscle)) if m not in own)
    session.change(selection=member)
    name = session.catalog.muscle(stated(session, member).muscle).display_name()
    assert f"Stated for: {name}" in texts(inspector)
    session.change(selection=group.muscle, tab=InspectorTab.ANATOMY)
    assert {row.muscle for row in inspector.rows} == set(session.catalog.surface_set(group.muscle))


def test_one_leg_says_that_the_working_side_is_meant(
    session: Session, inspector: Inspector
) -> None:
    session.change(variation="single-leg-hip-thrust", selection="gluteus_maximus")
    assert "Stated for the working side." in texts(inspector)
    session.change(side=Side.LEFT)
    assert inspector.title == "Gluteus maximus"


@pytest.mark.parametrize("muscle", ["gluteus_maximus", "adductors", "masseter", None])
def test_every_page_can_be_narrow(
    session: Session, inspector: Inspector, muscle: str | None, qtbot: QtBot
) -> None:
    session.change(selection=muscle)
    inspector.resize(280, 300)
    for index in range(inspector.tabs.count()):
        inspector.tabs.setCurrentIndex(index)
        qtbot.wait(10)
        assert page_of(inspector).width() <= inspector.viewport().width()


def test_every_muscle_of_the_body_has_a_page(
    session: Session, inspector: Inspector, qtbot: QtBot
) -> None:
    for muscle in session.catalog.muscles:
        session.change(selection=muscle)
        assert inspector.title == session.name_of(muscle)
        assert inspector.title.startswith(session.catalog.muscle(muscle).display_name())


def test_a_group_beside_its_members_is_called_the_others_everywhere(
    session: Session, inspector: Inspector
) -> None:
    session.change(selection="hamstrings")
    assert inspector.title == "Hamstrings (others)"
    assert "Hamstrings (others)" in texts(inspector)
    assert selection_text(session).startswith("Selected: Hamstrings (others), ")
    session.change(selection=None)
    rows = [row.text() for row in inspector.findChildren(MuscleRow)]
    assert "Biceps femoris" in rows
    assert "Hamstrings (others)" in rows
    session.change(variation="banded-hip-thrust", selection="hamstrings")
    assert inspector.title == "Hamstrings"


def test_pages_are_not_kept(session: Session, inspector: Inspector, qtbot: QtBot) -> None:
    for muscle in ("gluteus_maximus", "masseter", "adductors", None) * 3:
        session.change(selection=muscle)
    qtbot.wait(10)
    pages = [w for w in inspector.viewport().children() if w.isWidgetType()]
    assert len(pages) == 1


def test_show_instant_never_emits(session: Session, inspector: Inspector) -> None:
    session.change(selection="gluteus_maximus")
    told: list[object] = []
    for signal in (session.instant_changed, session.state_changed, session.hover_changed):
        signal.connect(lambda *a: told.append(a))
    inspector.show_instant(session.repetition.instant(2.5))
    assert told == []


def test_grey_is_said_to_mean_that_nothing_is_stated(
    session: Session, inspector: Inspector
) -> None:
    session.change(selection=None)
    assert any(
        t.startswith("Nothing is stated about the muscles in grey.") for t in texts(inspector)
    )


def test_the_hold_has_a_ground(session: Session, inspector: Inspector) -> None:
    session.change(selection="gluteus_maximus")
    shown = texts(inspector)
    assert "Hold: isometric" in shown
    assert any("no joint moves, so no muscle changes its length" in t for t in shown)


def headings(inspector: Inspector) -> list[str]:
    return [
        x.text() for x in page_of(inspector).findChildren(QLabel) if x.property("kind") == "heading"
    ]


def test_the_tabs_are_short_and_each_says_one_thing(session: Session, inspector: Inspector) -> None:
    session.change(selection="gluteus_maximus")
    named = [inspector.tabs.tabText(k) for k in range(inspector.tabs.count())]
    assert named == ["Now", "Why", "Anatomy", "Evidence"]
    found = {}
    for tab in InspectorTab:
        session.change(tab=tab)
        found[tab] = headings(inspector)
    assert found == {
        InspectorTab.NOW: ["Length"],
        InspectorTab.WHY: ["Grounds"],
        InspectorTab.ANATOMY: ["Sources"],
        InspectorTab.EVIDENCE: ["Measured", "On one axis", "Where sources disagree", "Sources"],
    }
    # what is measured waits folded, study by study
    folds = page_of(inspector).findChildren(StudyFold)
    rows = evidence_of(grounds_of(stated(session, "gluteus_maximus")), session.catalog)
    assert [fold.opener.text().split(" · ")[0] for fold in folds] == list(
        dict.fromkeys(row.study for row in rows)
    )
    assert result_line(rows[0]) not in on_this_tab(inspector)
    folds[0].opener.click()
    assert result_line(rows[0]) in on_this_tab(inspector)


def test_the_tab_stays_for_another_muscle_and_is_told_by_the_state(
    session: Session, inspector: Inspector
) -> None:
    inspector.tabs.setCurrentIndex(2)
    assert session.state.tab is InspectorTab.ANATOMY
    session.change(selection="gluteus_maximus")
    assert "Nerve" in on_this_tab(inspector)
    session.change(selection="vastus_lateralis")
    assert session.catalog.muscle("vastus_lateralis").nerve in on_this_tab(inspector)
    session.change(tab=InspectorTab.NOW)
    assert inspector.tabs.currentIndex() == 0


def test_the_gauge_follows_the_moment(session: Session, inspector: Inspector, turn: Turn) -> None:
    session.change(selection="gluteus_maximus")
    gauge = child(page_of(inspector), LengthGauge)
    change = session.repetition.stated_change("gluteus_maximus")
    shown = []
    for fraction in (0.0, 0.5, 1.0):
        session.go_to(Playhead(PhaseId.LIFT, fraction))
        turn()
        shown.append(gauge.share)
    # it shortens all the way up
    assert shown[0] == pytest.approx(1.0, abs=0.02)
    assert shown == sorted(shown, reverse=True)
    assert shown[2] == pytest.approx(0.0, abs=0.02)
    assert change.lift_percent is not None
    assert gauge.accessibleName() == f"Length now: {percent_change(change.lift_percent)}"
    assert not can_gauge(session.repetition.stated_change("erector_spinae"))
    assert not can_gauge(session.repetition.stated_change("quadriceps"))


@pytest.mark.parametrize("group", ["quadriceps", "hamstrings", "adductors", "abdominals"])
def test_a_group_has_the_anatomy_of_its_members(
    session: Session, inspector: Inspector, group: str
) -> None:
    session.change(selection=group)
    shown = whole(inspector)
    for key in session.catalog.surfaces(group):
        member = session.catalog.muscle(key)
        for text in (member.origin, member.insertion, member.nerve, member.actions):
            assert text in shown
    assert "not in the data" not in shown


def test_what_all_members_share_is_said_once(session: Session, inspector: Inspector) -> None:
    session.change(selection="quadriceps")
    nerves = {m.nerve for m in map(session.catalog.muscle, session.catalog.surfaces("quadriceps"))}
    (nerve,) = nerves
    assert texts(inspector).count(nerve) == 1


def back(inspector: Inspector) -> QPushButton:
    (found,) = [b for b in page_of(inspector).findChildren(QPushButton) if b.text()[0] == "‹"]
    return found


def test_back_leads_to_the_group_that_a_muscle_was_opened_from(
    session: Session, inspector: Inspector
) -> None:
    session.change(selection="quadriceps", tab=InspectorTab.ANATOMY)
    assert back(inspector).text() == "‹ Barbell hip thrust"
    next(row for row in inspector.rows if row.muscle == "vastus_lateralis").click()
    assert back(inspector).text() == "‹ Quadriceps femoris"
    assert back(inspector).accessibleName() == "Back to Quadriceps femoris"
    back(inspector).click()
    assert session.state.selection == "quadriceps"
    back(inspector).click()
    assert session.state.selection is None
    # chosen on the body, not from a group
    session.change(selection="vastus_lateralis")
    back(inspector).click()
    assert session.state.selection is None


def test_a_muscle_chosen_elsewhere_leads_back_to_the_variation(
    session: Session, inspector: Inspector
) -> None:
    session.change(selection="quadriceps")
    session.change(selection="masseter")
    assert back(inspector).text() == "‹ Barbell hip thrust"


def test_a_silent_muscles_page_holds_nothing_empty(session: Session, inspector: Inspector) -> None:
    for muscle in ("masseter", "tibialis_anterior", "iliopsoas"):
        session.change(selection=muscle)
        assert session.repetition.statement_for(muscle) is None
        shown = texts(inspector)
        assert "–" not in shown
        assert "does not mean that it does nothing" in "\n".join(shown)
        line = page_of(inspector).findChild(AgreementLine)
        assert line is None or line.verdict.isHidden()
        assert page_of(inspector).findChildren(ContractionMark) == []
        assert "Measured" not in headings(inspector)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "muscle", [None, "gluteus_maximus", "quadriceps", "adductors", "iliopsoas", "gastrocnemius"]
)
def test_nothing_is_cut_in_the_narrowest_inspector(
    session: Session, inspector: Inspector, muscle: str | None, theme: str, qtbot: QtBot
) -> None:
    session.change(selection=muscle, theme=theme)
    for line in page_of(inspector).findChildren(AgreementLine):
        line.opener.setChecked(True)
    for phase in PhaseId:
        inspector.show_instant(session.repetition.instant_of(phase, 0.5))
        inspector.resize(280, 500)
        qtbot.wait(10)
        assert page_of(inspector).width() <= inspector.viewport().width()
        cut = [
            x.text()
            for x in page_of(inspector).findChildren(QLabel)
            if x.isVisible() and not x.wordWrap() and x.width() < x.sizeHint().width()
        ]
        assert cut == []


def test_the_movement_analysis_stands_beside_the_words_of_the_data(
    session: Session, inspector: Inspector
) -> None:
    session.change(tab=InspectorTab.ANATOMY)
    said = whole(inspector)
    for text in ("Movement analysis", "Lift, hip", "Lowering, hip", "Iliopsoas, Rectus femoris"):
        assert text in said
    assert "Flexion 0° → 103°; sagittal plane; mediolateral axis" in said

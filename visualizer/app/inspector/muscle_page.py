"""The inspector's page on a muscle, tab by tab: what it does now, why, its anatomy, evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from visualizer.analysis.evidence import EvidenceRow, evidence_about, evidence_of, grounds_of
from visualizer.analysis.evidence_axis import axes_of
from visualizer.analysis.words import (
    change_word,
    contraction_word,
    phase_word,
    role_word,
    text_in,
)
from visualizer.anatomy.muscle import Muscle, MuscleKind
from visualizer.app.inspector import anatomy_text
from visualizer.app.inspector.agreement import left_out_words
from visualizer.app.inspector.blocks import Blocks, cited_by
from visualizer.app.inspector.effort_lines import EffortLines
from visualizer.app.inspector.figure_axis import FigureAxis
from visualizer.app.inspector.grounds import BasisKey, GroundList
from visualizer.app.inspector.length_gauge import LengthGauge, can_gauge
from visualizer.app.inspector.length_table import LengthTable
from visualizer.app.inspector.studies import disagreement_blocks, source_blocks, study_folds
from visualizer.app.session.choices import InspectorTab
from visualizer.app.session.session import Session
from visualizer.app.widgets.controls import clear_layout, label
from visualizer.app.widgets.marks import ContractionMark, RoleBadge
from visualizer.catalog.variation import HOLD_GROUND, MuscleAction
from visualizer.exercise.repetition import Instant
from visualizer.lifts.vocabulary import Laterality, PhaseId
from visualizer.texts import language, tr

__all__ = ["muscle_blocks"]

ShowStudies = Callable[[str, tuple[EvidenceRow, ...]], object]


def muscle_blocks(
    tab: InspectorTab, muscle: Muscle, back_to: str | None, made: Blocks, show: ShowStudies
) -> Iterator[QWidget]:
    """Yield the blocks of a tab about a muscle or group.

    Parameters
    ----------
    tab : InspectorTab
        Which one.
    muscle : Muscle
        The selected one.
    back_to : str or None
        Id of the group that it was reached from; None for the variation.
    made : Blocks
        Makes them.
    show : callable
        Opens a table of studies, with a title and their rows.
    """
    session = made.session
    made.title = session.name_of(muscle.id)
    action = session.repetition.statement_for(muscle.id)
    block = made.begin()
    made.back = _back_button(back_to, session)
    made.left(made.back)
    made.add(label(made.title, "title"))
    made.add(label(muscle.latin, "secondary", selectable=True))
    made.gap(8)
    if tab is InspectorTab.NOW:
        yield from _now(block, muscle, action, made)
    elif tab is InspectorTab.WHY:
        yield from _why(block, muscle, action, made)
    elif tab is InspectorTab.ANATOMY:
        yield from _anatomy(block, muscle, made)
    else:
        yield from _evidence(block, muscle, action, made, show)


def _back_button(to: str | None, session: Session) -> QPushButton:
    where = session.catalog.muscle(to) if to is not None else session.variation
    name = where.display_name(language())
    back = QPushButton("‹ " + name)
    back.setProperty("kind", "row")
    back.setStyleSheet("padding-left: 0")
    back.setAccessibleName(tr("Back to {}").format(name))
    back.setToolTip(tr("Back to {}").format(name))
    back.clicked.connect(lambda: session.change(selection=to))
    return back


# ---------------------------------------------------------------------------------------- now
class NowLines(QWidget):
    """Role and contraction of a muscle at the shown moment.

    Parameters
    ----------
    action : MuscleAction
        What is stated.
    session : Session
        What is shown.
    """

    def __init__(
        self, action: MuscleAction, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._action, self._session = action, session
        self._phase: PhaseId | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.show_instant(session.instant)

    def show_instant(self, instant: Instant) -> None:
        """Show another phase; never emits."""
        if instant.phase is self._phase:
            return
        self._phase = instant.phase
        clear_layout(self._column)
        role = self._action.role
        contraction = self._session.repetition.contraction(self._action, instant.phase)
        word = contraction_word(contraction)
        self._line(RoleBadge(role, role_word(role)), role_word(role), "")
        quiet = f"{change_word(contraction)} · {phase_word(instant.phase)}"
        self._line(ContractionMark(contraction, word), word, quiet)

    def _line(self, mark: QWidget, strong: str, quiet: str) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(mark)
        said = label(strong, "strong", wrap=False)
        line.addWidget(said)
        said.setMinimumWidth(said.sizeHint().width())
        # the rest takes a second line where the zone is narrow
        line.addWidget(label(quiet, "secondary"), 1)
        self._column.addLayout(line)


def _now(
    block: QWidget, muscle: Muscle, action: MuscleAction | None, made: Blocks
) -> Iterator[QWidget]:
    session = made.session
    if action is None:
        _silent(muscle, made)
    else:
        lines = NowLines(action, session)
        made.add(lines)
        made.followers.append(lines.show_instant)
        _what_is_meant(muscle, action, made)
    _left_out(muscle, made)
    if muscle.kind is not MuscleKind.FASCIA:
        effort = EffortLines(muscle.id, session)
        made.add(effort)
        made.followers.append(effort.show_instant)
    yield block
    change = session.repetition.stated_change(muscle.id)
    if muscle.kind is MuscleKind.FASCIA or (action is None and not change.known):
        return
    block = made.begin()
    made.section(tr("Length"))
    if can_gauge(change):
        gauge = LengthGauge(change)
        gauge.show_instant(session.instant)
        made.add(gauge)
        made.followers.append(gauge.show_instant)
        made.gap(4)
    made.add(LengthTable(change, action, session))
    yield block


def _silent(muscle: Muscle, made: Blocks) -> None:
    made.add(
        label(
            tr("A sheet of connective tissue: it passes tension on and does not contract.")
            if muscle.kind is MuscleKind.FASCIA
            else tr(
                "Nothing is stated about it in this variation, which does not mean that it does "
                "nothing."
            )
        )
    )


def _what_is_meant(muscle: Muscle, action: MuscleAction, made: Blocks) -> None:
    """Say of which muscle and of which side something is stated."""
    session = made.session
    if action.muscle != muscle.id:
        about = session.name_of(action.muscle)
        made.add(label(tr("Stated for: {}").format(about), "caption"))
    if session.one_leg and action.side is Laterality.WORKING:
        made.add(label(tr("Stated for the working side."), "caption"))


def _left_out(muscle: Muscle, made: Blocks) -> None:
    """Say which parts a statement does not mean; the muscle may be one of them."""
    for sentence in left_out_words(muscle.id, made.session):
        made.add(label(sentence, "caption"))


# ---------------------------------------------------------------------------------------- why
def _why(
    block: QWidget, muscle: Muscle, action: MuscleAction | None, made: Blocks
) -> Iterator[QWidget]:
    session, catalog = made.session, made.session.catalog
    if action is None:
        _silent(muscle, made)
        _left_out(muscle, made)
        yield block
        return
    made.add(label(text_in(action.why)))
    _what_is_meant(muscle, action, made)
    yield block
    block = made.begin()
    made.section(tr("Grounds"))
    made.add(BasisKey(catalog))
    made.gap(4)
    made.add(label(tr("Role and reason"), "strong"))
    made.add(GroundList(action.grounds, catalog, measurements=False))
    yield block
    for phase in (p.id for p in session.variation.phases):
        claim = action.contraction.get(phase)
        grounds = claim.grounds if claim is not None else (HOLD_GROUND,)
        word = contraction_word(session.repetition.contraction(action, phase))
        block = made.begin()
        made.gap(4)
        made.add(label(f"{phase_word(phase)}: {word}", "strong"))
        made.add(GroundList(grounds, catalog, measurements=False))
        yield block


# ------------------------------------------------------------------------------------ anatomy
def _anatomy(block: QWidget, muscle: Muscle, made: Blocks) -> Iterator[QWidget]:
    facts = anatomy_text.facts_of(muscle, made.session.catalog)
    for word, text in facts:
        made.pair(word, text)
    if not facts:
        text = tr("Origin, insertion, nerve and actions: not in the data yet.")
        made.add(label(text, "secondary"))
    yield block
    if muscle.members:
        block = made.begin()
        made.section(tr("Consists of"))
        made.muscles(muscle.members)
        yield block
    yield from source_blocks(list(muscle.sources), made)


# ----------------------------------------------------------------------------------- evidence
def _evidence(
    block: QWidget,
    muscle: Muscle,
    action: MuscleAction | None,
    made: Blocks,
    show: ShowStudies,
) -> Iterator[QWidget]:
    session, catalog = made.session, made.session.catalog
    cited = grounds_of(action) if action is not None else ()
    rows = evidence_of(cited, catalog)
    cards = list(catalog.disagreements_of(session.variation.id, muscle.id))
    known = {row.fact.key: row for row in (*rows, *evidence_about(muscle, catalog))}
    axes = axes_of(known.values())
    if rows:
        table = QPushButton(tr("Studies as a table…"))
        table.setProperty("kind", "small")
        table.clicked.connect(lambda: show(tr("Studies: {}").format(made.title), rows))
        made.left(table)
    else:
        text = tr("No measurement of it is in the data for this variation.")
        made.add(label(text, "secondary"))
    yield block
    if rows:
        block = made.begin()
        made.section(tr("Measured"))
        for fold in study_folds(rows):
            made.add(fold)
        yield block
    if axes:
        block = made.begin()
        made.section(tr("On one axis"))
        names = {member: session.name_of(member) for member in muscle.members}
        made.add(FigureAxis(axes, names))
        yield block
    yield from disagreement_blocks(cards, made)
    shown = [point.row.fact.source for axis in axes for point in axis.points]
    keys = [*(g.source for g in cited), *cited_by(cards), *shown, *muscle.sources]
    yield from source_blocks(keys, made)

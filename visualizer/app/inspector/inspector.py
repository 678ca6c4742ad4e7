"""The inspector: the selected muscle, or the variation's own card when nothing is selected.

Filled anew when variation or selection change, block by block; a new phase changes only the lines
that say what the muscle does now, so the page keeps its place while the repetition runs.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from visualizer.analysis.evidence import EvidenceRow, evidence_of, grounds_of
from visualizer.analysis.words import (
    change_word,
    contraction_word,
    equipment_word,
    listed,
    phase_word,
    role_word,
    text_in,
)
from visualizer.anatomy.muscle import Muscle, MuscleKind
from visualizer.app.inspector import anatomy_text
from visualizer.app.inspector.agreement import AgreementLine, left_out_words
from visualizer.app.inspector.grounds import (
    BasisKey,
    DisagreementCard,
    GroundList,
    SourceList,
    article_label,
)
from visualizer.app.inspector.length_table import LengthTable
from visualizer.app.inspector.muscle_row import MuscleRow
from visualizer.app.inspector.study_table import study_dialog
from visualizer.app.session.session import Session
from visualizer.app.session.state import SessionState
from visualizer.app.widgets.controls import clear_layout, hairline, label
from visualizer.app.widgets.growing_page import GrowingPage, Later
from visualizer.app.widgets.marks import ContractionMark, RoleBadge
from visualizer.app.widgets.theme import theme_of
from visualizer.app.widgets.touch import scroll_by_touch
from visualizer.catalog.facts import Disagreement
from visualizer.catalog.variation import HOLD_GROUND, MuscleAction
from visualizer.exercise.repetition import Instant, Repetition
from visualizer.lifts.vocabulary import Laterality, PhaseId
from visualizer.texts import language, tr
from visualizer.texts.figures import seconds

__all__ = ["Inspector"]

_WIDTH = 280
_SPACING = 4


class Inspector(QScrollArea):
    """What is known of the selection.

    Parameters
    ----------
    session : Session
        What is shown; told which muscle is chosen from a list.
    later : callable, optional
        Does a step in a later turn of the event loop; without it the page comes at once.
    """

    def __init__(
        self, session: Session, later: Later | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.setObjectName("zone")
        self.setAccessibleName(tr("Inspector"))
        self.setWidgetResizable(True)
        self.setMinimumWidth(_WIDTH)
        scroll_by_touch(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # its buttons are the stops of Tab; from each of them the page keys scroll
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._phase: PhaseId = session.instant.phase
        self._action: MuscleAction | None = None
        self._now: QVBoxLayout | None = None
        # the groups that the shown muscle was reached through
        self._trail: list[str] = []
        self._studies: QDialog | None = None
        self.rows: tuple[MuscleRow, ...] = ()
        self._filled_for: tuple[Repetition, str | None] | None = None
        # the muscle whose page was left by key, and what has the focus instead
        self._left: str | None = None
        self._back: QPushButton | None = None
        self._holder: QWidget | None = None
        self.title = ""
        self._page = GrowingPage(later)
        self._page.setObjectName("page")
        self._page.column.setContentsMargins(16, 12, 16, 24)
        self._page.column.setSpacing(_SPACING)
        self._page.grown.connect(self._keep_focus)
        self.setWidget(self._page)
        self._fill()

    # ------------------------------------------------------------------------------- session
    def show_state(self, old: SessionState | None, new: SessionState) -> None:
        """Show the selection, or the variation."""
        if self._filled_for != (self._session.repetition, new.selection):
            if old is not None:
                self._follow(old.selection, new.selection)
            self._fill()
        elif old is not None and old.theme != new.theme:
            for line in self.findChildren(AgreementLine):
                line.recolour(theme_of(self).secondary)

    def show_instant(self, instant: Instant) -> None:
        """Show what the muscle does in another phase; never emits."""
        if instant.phase is self._phase:
            return
        self._phase = instant.phase
        for row in self.rows:
            row.show_phase(instant.phase)
        self._fill_now()

    def show_hover(self, muscle: str | None) -> None:
        """Nothing here depends on it."""

    def _follow(self, before: str | None, now: str | None) -> None:
        """Remember through which groups a muscle was reached, so that one can go back."""
        if before == now:
            return
        if now is None:
            self._trail = []
        elif self._trail and self._trail[-1] == now:
            self._trail.pop()
        elif before is not None and before in self._session.catalog.muscles:
            surfaces = self._session.catalog.surface_set
            inside = surfaces(now) < surfaces(before)
            self._trail = [*self._trail, before] if inside else []
        else:
            self._trail = []

    # ------------------------------------------------------------------------------ building
    def _fill(self) -> None:
        session = self._session
        self._phase = session.instant.phase
        self._now, self._action, self._back, self.rows = None, None, None, ()
        selection = session.state.selection
        left = None if self._filled_for is None else self._filled_for[1]
        self._filled_for = session.repetition, selection
        focus = self.window().focusWidget()
        focused = focus is not None and self.isAncestorOf(focus)
        self._left, self._holder = left, focus if focused else None
        if selection is None or selection not in session.catalog.muscles:
            self._page.fill(self._variation_blocks())
        else:
            self._page.fill(self._muscle_blocks(session.catalog.muscle(selection)))
        self.verticalScrollBar().setValue(0)

    def _keep_focus(self) -> None:
        """Give the focus of what was there before to the row that led there, or to the first."""
        if self._holder is None:
            return
        if self.window().focusWidget() is not self._holder:
            self._holder = None  # the user has moved it since
            return
        stops = [self._back, *self.rows] if self._back is not None else list(self.rows)
        target: QWidget | None = next((r for r in self.rows if r.muscle == self._left), None)
        if target is None and self._holder not in stops:
            target = next(iter(stops), None)
        if target is not None and target is not self._holder:
            self._holder = target
            target.setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(target)

    def _begin(self) -> QWidget:
        """Begin a block of the page; what is added goes there."""
        block = QWidget(self._page)
        block.hide()
        self._column = QVBoxLayout(block)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(_SPACING)
        return block

    def _section(self, text: str) -> None:
        self._column.addSpacing(12)
        self._column.addWidget(hairline())
        self._column.addSpacing(8)
        self._column.addWidget(label(text, "heading"))
        self._column.addSpacing(4)

    def _muscle_list(self, muscles: list[str]) -> None:
        statement_for = self._session.repetition.statement_for
        rows = [MuscleRow(m, statement_for(m), self._session) for m in muscles]
        for row in rows:
            row.show_phase(self._phase)
            self._column.addWidget(row)
        self.rows += tuple(rows)

    # ----------------------------------------------------------------------------- variation
    def _variation_blocks(self) -> Iterator[QWidget]:
        variation = self._session.variation
        self.title = variation.display_name(language())
        block = self._begin()
        add = self._column.addWidget
        add(label(self.title, "title"))
        add(label(text_in(variation.summary.text)))
        self._column.addSpacing(8)
        self._pair(tr("Who it suits"), text_in(variation.suits.text))
        gear = listed([equipment_word(e) for e in variation.equipment])
        self._pair(tr("Equipment"), gear or tr("None"))
        tempo = " · ".join(f"{phase_word(p.id)} {seconds(p.seconds)}" for p in variation.phases)
        self._pair(tr("Tempo"), tempo)
        self._section(tr("Working muscles"))
        self._muscle_list([action.muscle for action in variation.muscles])
        if not variation.muscles:
            add(label(tr("The data name no working muscle for this variation."), "secondary"))
        add(
            label(
                tr(
                    "Nothing is stated about the muscles in grey. That does not mean that they do "
                    "nothing."
                ),
                "caption",
            )
        )
        yield block
        for index, question in enumerate(variation.questions):
            block = self._begin()
            if index == 0:
                self._section(tr("Questions"))
            self._column.addWidget(label(text_in(question.question), "strong"))
            self._column.addWidget(label(text_in(question.answer)))
            self._column.addWidget(GroundList(question.grounds, self._session.catalog))
            self._column.addSpacing(8)
            yield block
        grounds = (*variation.summary.grounds, *variation.suits.grounds)
        if grounds:
            block = self._begin()
            add = self._column.addWidget
            self._section(tr("What this rests on"))
            about = article_label(self._session.catalog)
            if about is not None:
                add(about)
            add(BasisKey(self._session.catalog))
            add(GroundList(grounds, self._session.catalog))
            yield block
        # those about a muscle stand on its page
        found = self._session.catalog.disagreements_of(variation.id)
        cards = [card for card in found if not card.muscles]
        yield from self._disagreements(cards)
        cited = [*grounds, *(g for q in variation.questions for g in q.grounds)]
        yield from self._sources([*(g.source for g in cited), *_cited_by(cards)])

    # -------------------------------------------------------------------------------- muscle
    def _muscle_blocks(self, muscle: Muscle) -> Iterator[QWidget]:
        session = self._session
        block = self._begin()
        add = self._column.addWidget
        self.title = session.name_of(muscle.id)
        line = QHBoxLayout()
        self._back = self._back_button()
        line.addWidget(self._back)
        line.addStretch(1)
        self._column.addLayout(line)
        add(label(self.title, "title"))
        add(label(muscle.latin, "secondary", selectable=True))
        self._column.addSpacing(8)
        self._action = session.repetition.statement_for(muscle.id)
        if self._action is None:
            self._build_silent(muscle)
        else:
            self._build_action(muscle, self._action)
        yield block
        block = self._begin()
        self._build_anatomy(muscle)
        yield block
        block = self._begin()
        self._lengths(muscle, self._action)
        if self._column.count():
            yield block
        if self._action is not None:
            yield from self._grounds(self._action)
        cards = list(session.catalog.disagreements_of(session.variation.id, muscle.id))
        yield from self._disagreements(cards)
        cited = grounds_of(self._action) if self._action is not None else ()
        yield from self._sources([*(g.source for g in cited), *_cited_by(cards), *muscle.sources])

    def _build_silent(self, muscle: Muscle) -> None:
        if muscle.kind is MuscleKind.FASCIA:
            text = tr("A sheet of connective tissue: it passes tension on and does not contract.")
        else:
            text = tr(
                "Nothing is stated about it in this variation, which does not mean that it does "
                "nothing."
            )
        self._column.addWidget(label(text))
        self._left_out(muscle)

    def _left_out(self, muscle: Muscle) -> None:
        """Say which parts a statement does not mean; the muscle may be one of them."""
        for sentence in left_out_words(muscle.id, self._session):
            self._column.addWidget(label(sentence, "caption"))

    def _back_button(self) -> QPushButton:
        session = self._session
        to = self._trail[-1] if self._trail else None
        where = session.catalog.muscle(to) if to is not None else session.variation
        name = where.display_name(language())
        back = QPushButton("‹ " + name)
        back.setProperty("kind", "row")
        back.setStyleSheet("padding-left: 0")
        back.setAccessibleName(tr("Back to {}").format(name))
        back.setToolTip(tr("Back to {}").format(name))
        back.clicked.connect(lambda: session.change(selection=to))
        return back

    def _build_action(self, muscle: Muscle, action: MuscleAction) -> None:
        session, add = self._session, self._column.addWidget
        self._now = QVBoxLayout()
        self._now.setContentsMargins(0, 0, 0, 0)
        self._now.setSpacing(4)
        self._column.addLayout(self._now)
        self._fill_now()
        self._column.addSpacing(4)
        add(label(text_in(action.why)))
        if action.muscle != muscle.id:
            about = session.name_of(action.muscle)
            add(label(tr("Stated for: {}").format(about), "caption"))
        if session.one_leg and action.side is Laterality.WORKING:
            add(label(tr("Stated for the working side."), "caption"))
        self._left_out(muscle)

    def _grounds(self, action: MuscleAction) -> Iterator[QWidget]:
        session = self._session
        block = self._begin()
        add = self._column.addWidget
        self._section(tr("Grounds"))
        rows = evidence_of(grounds_of(action), session.catalog)
        if rows:
            table = QPushButton(tr("Studies as a table…"))
            table.setProperty("kind", "small")
            table.clicked.connect(lambda: self._show_studies(rows))
            line = QHBoxLayout()
            line.addWidget(table)
            line.addStretch(1)
            self._column.addLayout(line)
            self._column.addSpacing(4)
        add(BasisKey(session.catalog))
        self._column.addSpacing(4)
        add(label(tr("Role and reason"), "strong"))
        add(GroundList(action.grounds, session.catalog))
        yield block
        for phase in (p.id for p in session.variation.phases):
            claim = action.contraction.get(phase)
            grounds = claim.grounds if claim is not None else (HOLD_GROUND,)
            word = contraction_word(session.repetition.contraction(action, phase))
            block = self._begin()
            self._column.addSpacing(4)
            self._column.addWidget(label(f"{phase_word(phase)}: {word}", "strong"))
            self._column.addWidget(GroundList(grounds, session.catalog))
            yield block

    def _show_studies(self, rows: tuple[EvidenceRow, ...]) -> None:
        if self._studies is not None:
            self._studies.close()
        title = tr("Studies: {}").format(self.title)
        dialog = study_dialog(self.window(), title, rows)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.destroyed.connect(self._forget_studies)
        self._studies = dialog
        dialog.show()  # not modal: it is read beside the body

    def _forget_studies(self) -> None:
        self._studies = None

    def _fill_now(self) -> None:
        if self._now is None or self._action is None:
            return
        clear_layout(self._now)
        role = self._action.role
        contraction = self._session.repetition.contraction(self._action, self._phase)
        word = contraction_word(contraction)
        for mark, strong, quiet in (
            (RoleBadge(role, role_word(role)), role_word(role), ""),
            (
                ContractionMark(contraction, word),
                word,
                f"{change_word(contraction)} · {phase_word(self._phase)}",
            ),
        ):
            line = QHBoxLayout()
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(8)
            line.addWidget(mark)
            said = label(strong, "strong", wrap=False)
            line.addWidget(said)
            said.setMinimumWidth(said.sizeHint().width())
            # the rest takes a second line where the zone is narrow
            line.addWidget(label(quiet, "secondary"), 1)
            self._now.addLayout(line)

    def _lengths(self, muscle: Muscle, action: MuscleAction | None) -> None:
        change = self._session.repetition.stated_change(muscle.id)
        if muscle.kind is MuscleKind.FASCIA or (action is None and not change.known):
            return
        self._section(tr("Length"))
        self._column.addWidget(LengthTable(change, action, self._session))

    def _build_anatomy(self, muscle: Muscle) -> None:
        self._section(tr("Anatomy"))
        if muscle.members:
            self._column.addWidget(label(tr("Consists of"), "caption"))
            self._muscle_list(list(muscle.members))
            self._column.addSpacing(4)
        facts = anatomy_text.facts_of(muscle, self._session.catalog)
        for word, text in facts:
            self._pair(word, text)
        if not facts:
            text = tr("Origin, insertion, nerve and actions: not in the data yet.")
            self._column.addWidget(label(text, "secondary"))

    def _pair(self, word: str, text: str) -> None:
        self._column.addWidget(label(word, "caption"))
        for line in text.split("\n"):
            self._column.addWidget(label(line, selectable=True))
        self._column.addSpacing(4)

    def _disagreements(self, cards: list[Disagreement]) -> Iterator[QWidget]:
        for index, card in enumerate(cards):
            block = self._begin()
            if index == 0:
                self._section(tr("Where sources disagree"))
            self._column.addWidget(DisagreementCard(card, self._session.catalog))
            yield block

    def _sources(self, keys: list[str | None]) -> Iterator[QWidget]:
        sources = self._session.catalog.sources
        known = [sources[key] for key in dict.fromkeys(keys) if key is not None and key in sources]
        if known:
            block = self._begin()
            self._section(tr("Sources"))
            self._column.addWidget(SourceList(known))
            yield block


def _cited_by(cards: list[Disagreement]) -> list[str]:
    return [key for card in cards for side in card.positions for key in side.sources]

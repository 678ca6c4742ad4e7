"""The question of a stop: none, one that the program makes from the data, or the teacher's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from visualizer.app.classroom.asked import Asked
from visualizer.app.classroom.lessons import question_of
from visualizer.app.session.session import Session
from visualizer.app.session.worker import Jobs
from visualizer.app.widgets.controls import label
from visualizer.app.widgets.fields import Line, Pick
from visualizer.errors import VisualizerError
from visualizer.language import in_language, with_text
from visualizer.teaching.item import ItemKind
from visualizer.teaching.lesson import Ask, OwnQuestion, Stop
from visualizer.teaching.wording import LETTERS
from visualizer.texts import N_, language, tr

__all__ = ["QuestionForm"]

_NONE, _OWN = "", "own"
_KINDS = {
    ItemKind.PRIME_MOVER: N_("Which muscle is the prime mover?"),
    ItemKind.ROLE: N_("Which role has this muscle?"),
    ItemKind.CONTRACTION: N_("Which contraction is it?"),
    ItemKind.PHASE: N_("In which phase does it contract so?"),
    ItemKind.LENGTH: N_("Does it become shorter or longer?"),
    ItemKind.WITH_ROLE: N_("Which muscle has this role?"),
    ItemKind.WITH_CONTRACTION: N_("Which muscle contracts so?"),
    ItemKind.ODD_ROLE: N_("Which muscle is the odd one out?"),
    ItemKind.RANGE: N_("In which variation does it move farther?"),
}
_ANSWERS, _LEAST = 4, 2


class QuestionForm(QWidget):
    """Shows the question of a stop, and tells what is changed by hand.

    Parameters
    ----------
    session : Session
        Knows the muscles and variations that may be asked about.
    jobs : Jobs
        Makes the question beside the window.
    """

    changed = Signal(dict)  # fields of the stop

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs = session, jobs
        self._stop: Stop | None = None
        self._language = ""
        self._made: tuple[object, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.kind = Pick(tr("Question"))
        self.kind.addItem(tr("No question"), _NONE)
        self.kind.addItem(tr("My own question"), _OWN)
        for kind, text in _KINDS.items():
            self.kind.addItem(tr(text), kind.value)
        self.kind.activated.connect(self._choose_kind)
        caption = label(tr("Question, with the answer covered"), "caption")
        caption.setBuddy(self.kind)
        column.addWidget(caption)
        column.addWidget(self.kind)
        self.about = Pick()
        self.about.activated.connect(self._choose_about)
        column.addWidget(self.about)
        self.preview = label("", "secondary")
        column.addWidget(self.preview)
        self.own = _OwnForm()
        self.own.changed.connect(lambda question: self.changed.emit({"question": question}))
        column.addWidget(self.own)

    # ------------------------------------------------------------------------------- showing
    def show_stop(self, stop: Stop, language: str) -> None:
        """Show the question of a stop, its own texts in a language."""
        self._stop, self._language = stop, language
        ask = stop.predict
        code = _OWN if stop.question else ask.kind.value if ask else _NONE
        self.kind.setCurrentIndex(self.kind.findData(code))
        self.own.setVisible(stop.question is not None)
        if stop.question is not None:
            self.own.show_question(stop.question, language)
        self._show_about(stop)
        self._show_preview(stop)

    def _show_about(self, stop: Stop) -> None:
        """Offer the muscles, or variations, that the question may be about."""
        ask = stop.predict
        options = self._options(stop)
        self.about.setVisible(bool(options))
        if ask is None or not options:
            return
        of_range = ask.kind is ItemKind.RANGE
        self.about.setAccessibleName(tr("Compared with") if of_range else tr("About which muscle"))
        with QSignalBlocker(self.about):
            self.about.clear()
            for code, text in options:
                self.about.addItem(text, code)
            chosen = ask.other if of_range else ask.muscle
            self.about.setCurrentIndex(max(self.about.findData(chosen or _NONE), 0))

    def _options(self, stop: Stop) -> list[tuple[str, str]]:
        catalog, ask = self._session.catalog, stop.predict
        if ask is None or ask.kind.of_muscles:
            return []
        own = catalog.variation(stop.moment.variation)
        if ask.kind is ItemKind.RANGE:
            return [(v.id, v.display_name(language())) for v in catalog.variations if v is not own]
        ids = [action.muscle for action in own.muscles]
        if ask.kind is ItemKind.ROLE:  # which may be that of an antagonist
            ids += [entry.muscle for entry in own.antagonists]
        ids = list(dict.fromkeys(muscle for muscle in ids if muscle in catalog.muscles))
        names = [(m, catalog.muscles[m].display_name(language())) for m in ids]
        if ask.muscle is not None and ask.muscle not in ids:
            names.append((ask.muscle, catalog.muscles[ask.muscle].display_name(language())))
        return [(_NONE, tr("the selected muscle, or any")), *names]

    def _show_preview(self, stop: Stop) -> None:
        """Show what the audience will read; it is made beside the window."""
        made = (stop.link, stop.predict, language())
        if stop.predict is None:
            self._made = made
            self.preview.hide()
        elif made != self._made:
            self._made = made
            self.preview.setText("…")
            self.preview.show()
            session = self._session
            self._jobs.run(
                lambda: question_of(stop, session)[1],
                lambda asked: self._take(made, asked),
                lambda error: self._fail(made, error),
                owner=self,
                urgent=True,
            )

    def _take(self, made: tuple[object, ...], asked: Asked | None) -> None:
        if made != self._made:
            return
        if asked is None:
            self.preview.setText(
                tr("The data give no such question here: choose another muscle, or another one.")
            )
            return
        answers = [f"{LETTERS[k]}  {text}" for k, text in enumerate(asked.answers)]
        if asked.right is not None:
            answers[asked.right] += "  ✓"
        self.preview.setText("\n".join([asked.question, *answers]))

    def _fail(self, made: tuple[object, ...], error: VisualizerError) -> None:
        if made == self._made:
            self.preview.setText(str(error))

    # -------------------------------------------------------------------------------- by hand
    def _choose_kind(self, index: int) -> None:
        code, stop = self.kind.itemData(index), self._stop
        assert stop is not None
        own: OwnQuestion | None = None
        ask: Ask | None = None
        if code == _OWN:
            own = stop.question or self._first_question()
        elif code != _NONE:
            kind = ItemKind(code)
            muscle = stop.predict.muscle if stop.predict else None
            ask = Ask(kind=kind, muscle=None if kind.of_muscles else muscle)
            if kind is ItemKind.RANGE:
                ids = [v.id for v in self._session.catalog.variations]
                other = next((i for i in ids if i != stop.moment.variation), None)
                ask = Ask(kind=kind, other=other)
        self.changed.emit({"question": own, "predict": ask})
        if own is not None:
            self.own.ask.setFocus()
            self.own.ask.selectAll()

    def _first_question(self) -> OwnQuestion:
        """Return a question that is whole from the start, to be written over."""
        code = self._language
        answers = tuple({code: text} for text in (tr("First answer"), tr("Second answer")))
        return OwnQuestion(ask={code: tr("Your question?")}, answers=answers, right=1)

    def _choose_about(self, index: int) -> None:
        assert self._stop is not None
        assert self._stop.predict is not None
        ask, code = self._stop.predict, self.about.itemData(index) or None
        of_range = ask.kind is ItemKind.RANGE
        told = replace(ask, other=code) if of_range else replace(ask, muscle=code)
        self.changed.emit({"predict": told})


class _OwnForm(QWidget):
    """A question of the teacher's: its text, the answers, which is right, and why."""

    changed = Signal(object)  # OwnQuestion

    def __init__(self) -> None:
        super().__init__()
        self._question: OwnQuestion | None = None
        self._language = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.ask = Line(tr("Your question"), needed=True)
        self.ask.typed.connect(self._write_ask)
        column.addWidget(self.ask)
        self._group = QButtonGroup(self)
        self.right: list[QRadioButton] = []
        self.answers: list[Line] = []
        for k in range(_ANSWERS):
            row = QHBoxLayout()
            button = QRadioButton(LETTERS[k])
            button.setAccessibleName(tr("Answer {letter} is right").format(letter=LETTERS[k]))
            button.setToolTip(button.accessibleName())
            self._group.addButton(button, k)
            line = Line(tr("Answer {letter}").format(letter=LETTERS[k]), needed=k < _LEAST)
            line.typed.connect(lambda text, k=k: self._write_answer(k, text))
            row.addWidget(button)
            row.addWidget(line, 1)
            column.addLayout(row)
            self.right.append(button)
            self.answers.append(line)
        self._group.idClicked.connect(self._choose_right)
        self.why = Line(tr("Why it is right"))
        self.why.typed.connect(self._write_why)
        column.addWidget(self.why)

    def show_question(self, question: OwnQuestion, code: str) -> None:
        """Show a question, its texts in a language."""
        self._question, self._language = question, code
        _show(self.ask, question.ask, code, "")
        count = len(question.answers)
        for k, (button, line) in enumerate(zip(self.right, self.answers, strict=True)):
            there = question.answers[k] if k < count else {}
            hint = "" if there else tr("one more answer") if k == count else ""
            _show(line, there, code, hint)
            # one after another, so that none is left out between two
            line.setEnabled(k <= count)
            button.setEnabled(k < count)
        with QSignalBlocker(self._group):
            index = min(question.right, count, _ANSWERS) - 1
            self.right[index].setChecked(True)
        _show(self.why, question.why, code, tr("Why it is right; said with the answer"))

    def _write_ask(self, text: str) -> None:
        assert self._question is not None
        ask = with_text(self._question.ask, self._language, text)
        self.changed.emit(replace(self._question, ask=ask))

    def _write_why(self, text: str) -> None:
        assert self._question is not None
        why = with_text(self._question.why, self._language, text)
        self.changed.emit(replace(self._question, why=why))

    def _write_answer(self, index: int, text: str) -> None:
        question = self._question
        assert question is not None
        answers: list[Mapping[str, str]] = [*question.answers]
        if index == len(answers):
            answers.append({})
        answers[index] = with_text(answers[index], self._language, text)
        self.changed.emit(_with_answers(question, answers, index))

    def _choose_right(self, index: int) -> None:
        assert self._question is not None
        self.changed.emit(replace(self._question, right=index + 1))


def _with_answers(
    question: OwnQuestion, answers: Sequence[Mapping[str, str]], index: int
) -> OwnQuestion:
    """Return a question with other answers; one without words in any language is none."""
    right = question.right
    if not answers[index]:
        answers = [a for k, a in enumerate(answers) if k != index]
        right -= right > index + 1
    return replace(question, answers=tuple(answers), right=min(right, len(answers)))


def _show(line: Line, texts: Mapping[str, str], code: str, hint: str) -> None:
    own = texts.get(code, "")
    line.show_text(own, in_language(texts, code) if texts and not own else hint)

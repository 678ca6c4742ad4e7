"""The column that asks: question, answers, what was right and why, the score."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget

from visualizer.app.classroom.prediction import Prediction
from visualizer.app.inspector.grounds import GroundList
from visualizer.app.widgets.accessible import announce
from visualizer.app.widgets.answer_button import AnswerButton
from visualizer.app.widgets.controls import TOUCH_PX, clear_layout, label
from visualizer.app.widgets.keys import claims_key
from visualizer.catalog.catalog import Catalog
from visualizer.teaching.wording import LETTERS
from visualizer.texts import tr

__all__ = ["PredictPanel"]

_RIGHT, _WRONG = "✓", "✗"


class PredictPanel(QWidget):
    """Shows a prediction and takes its answers.

    Parameters
    ----------
    prediction : Prediction
        What is asked.
    catalog : Catalog
        Knows the sources of the grounds.
    """

    def __init__(
        self, prediction: Prediction, catalog: Catalog, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._prediction, self._catalog = prediction, catalog
        self.setObjectName("zone")
        self.setAccessibleName(tr("Predict"))
        self.setMinimumWidth(330)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        self.where = label("", "secondary")
        column.addWidget(self.where)
        self._page = QWidget()
        self._page.setObjectName("page")
        self._blocks = QVBoxLayout(self._page)
        self._blocks.setContentsMargins(0, 4, 0, 4)
        self._blocks.setSpacing(8)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._page)
        column.addWidget(area, 1)
        self.forward = self._button("", prediction.forward)
        column.addWidget(self.forward)
        self.leave = self._button(tr("End"), prediction.end)
        self.leave.setToolTip(tr("Show everything again (Esc)"))
        column.addWidget(self.leave)
        self.answers: list[AnswerButton] = []
        prediction.changed.connect(self.show_question)
        self.show_question()

    def said(self) -> str:
        """Return what has come up, for who does not see it: question, answer, or the end."""
        prediction = self._prediction
        asked, reveal = prediction.asked, prediction.reveal
        if asked is None:
            return self._ending()
        if reveal is None:
            offered = (f"{a}: {b}." for a, b in zip(LETTERS, asked.answers, strict=False))
            return " ".join((self.where.text() + ".", asked.question, *offered))
        verdict = self._verdict()
        parts = (verdict, tr("Answer: {}").format(reveal.answer) + ".", reveal.why, reveal.doubt)
        return " ".join(part for part in parts if part)

    def _verdict(self) -> str:
        right = self._prediction.was_right
        return "" if right is None else tr("Right.") if right else tr("Not quite.")

    def _button(self, text: str, do: object) -> QPushButton:
        made = QPushButton(text)
        made.setProperty("kind", "plain")
        made.setMinimumHeight(TOUCH_PX)
        made.clicked.connect(lambda: do())  # type: ignore[operator]
        return made

    # ------------------------------------------------------------------------------- showing
    def show_question(self) -> None:
        """Show the question as far as it has come."""
        prediction, blocks = self._prediction, self._blocks
        clear_layout(blocks)
        self.answers = []
        asked = prediction.asked
        if asked is None:
            self._show_end()
            announce(self, self.said())
            return
        number, count = prediction.number
        where = tr("Question {number} of {count}").format(number=number, count=count)
        if prediction.quiz.again:
            where += " · " + tr("once more")
        self.where.setText(where)
        blocks.addWidget(label(asked.question, "heading"))
        if not prediction.revealed:
            blocks.addWidget(label(self._how(), "secondary"))
        item = prediction.item
        assert item is not None
        for k, (code, text) in enumerate(zip(item.choices, asked.answers, strict=True)):
            button = AnswerButton(f"{LETTERS[k]}   {text}")
            button.setEnabled(prediction.alone and not prediction.revealed)
            button.clicked.connect(partial(prediction.answer, code))
            if prediction.revealed:
                self._mark(button, k == item.key, code == prediction.chosen)
            blocks.addWidget(button)
            self.answers.append(button)
        if prediction.revealed:
            self._show_reveal()
        blocks.addStretch(1)
        self.forward.setText(tr("Next question") if prediction.revealed else tr("Reveal"))
        self.forward.setFocus()
        announce(self, self.said())

    def _how(self) -> str:
        item = self._prediction.item
        if not self._prediction.alone:
            return tr("Hands up for A, B, C or D; then reveal.")
        if item is not None and item.kind.of_muscles:
            return tr("Choose an answer, or click on the muscle.")
        return tr("Choose an answer: A, B, C or D.")

    def _mark(self, button: AnswerButton, right: bool, chosen: bool) -> None:
        sign = _RIGHT if right else _WRONG if chosen else ""
        button.setText(f"{button.text()}   {sign}".rstrip())
        if right:
            button.setAccessibleDescription(tr("right"))
        elif chosen:
            button.setAccessibleDescription(tr("wrong"))
        if not right:
            button.dim()

    def _show_reveal(self) -> None:
        prediction, blocks = self._prediction, self._blocks
        reveal = prediction.reveal
        assert reveal is not None
        if verdict := self._verdict():
            blocks.addWidget(label(verdict, "strong"))
        blocks.addWidget(label(tr("Answer: {}").format(reveal.answer), "strong"))
        if reveal.why:
            blocks.addWidget(label(reveal.why))
        if reveal.grounds:
            blocks.addWidget(GroundList(reveal.grounds, self._catalog, measurements=False))
        if reveal.doubt:
            blocks.addWidget(label(reveal.doubt, "secondary"))

    def _show_end(self) -> None:
        self.where.setText("")
        self._blocks.addWidget(label(self._ending(), "heading"))
        self._blocks.addStretch(1)
        self.forward.setText(tr("Close"))

    def _ending(self) -> str:
        prediction = self._prediction
        right, answered = prediction.quiz.score
        if not prediction.quiz.items:
            return tr("There is nothing to ask about this variation.")
        if prediction.alone:
            return tr("{right} of {count} right at the first try.").format(
                right=right, count=answered
            )
        return tr("These were all the questions.")

    # ----------------------------------------------------------------------------------- keys
    def event(self, event: QEvent) -> bool:
        """Keep the keys of the answers from the window's shortcuts."""
        return claims_key(event, self._does) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Take A to D, or 1 to 4, as answers, and Esc as the end."""
        does = self._does(event)
        if does is None:
            super().keyPressEvent(event)
        else:
            does()

    def _does(self, event: QKeyEvent) -> Callable[[], object] | None:
        prediction, text = self._prediction, event.text().upper()
        if event.key() == Qt.Key.Key_Escape:
            return prediction.end
        item = prediction.item
        if item is None or not prediction.alone or len(text) != 1:
            return None
        index = int(text) - 1 if text in "123456" else LETTERS.find(text)
        if not 0 <= index < len(item.choices):
            return None
        return partial(prediction.answer, item.choices[index])

"""Predict, then reveal: nothing tells the answer before it is uncovered, and then all of it does."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.window import Mouse, Turn, draws_of
from visualizer.analysis.veil import OPEN
from visualizer.app.classroom import predict_panel
from visualizer.app.classroom.predicting import Predicting
from visualizer.app.classroom.prediction import Prediction
from visualizer.app.stage.legend import LegendView
from visualizer.app.window.main_window import MainWindow
from visualizer.teaching.item import ItemKind
from visualizer.teaching.items import ItemMaker
from visualizer.teaching.quiz import Quiz

Key = Qt.Key


def asking(window: MainWindow) -> Predicting:
    assert window.classroom.asking is not None
    return window.classroom.asking


@pytest.fixture
def alone(window: MainWindow, turn: Turn) -> Iterator[Prediction]:
    window.session.change(labels=True, swelling=True)
    window.classroom.predict(alone=True)
    turn()
    yield asking(window).prediction
    if window.classroom.asking is not None:
        window.classroom.asking.end()


def put(window: MainWindow, *kinds: ItemKind) -> None:
    """Ask the first questions of some kinds."""
    prediction = asking(window).prediction
    maker = ItemMaker(window.session.repetition)
    prediction.quiz = Quiz.of([maker.every([kind])[0] for kind in kinds])
    prediction.begin()


def told(window: MainWindow) -> list[str]:
    """Return all that eyes and screen readers find in the window, but for answers and legend."""
    panel = asking(window).panel
    words = [window.windowTitle()]
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget in panel.answers or isinstance(widget, LegendView):
            continue
        if isinstance(widget.parent(), LegendView):
            continue
        words += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
        if isinstance(widget, QLabel | QAbstractButton):
            words.append(widget.text())
    return [word for word in words if word]


def test_nothing_tells_the_answer_while_it_is_covered(
    window: MainWindow, alone: Prediction, turn: Turn, mouse: type[Mouse]
) -> None:
    maker = ItemMaker(window.session.repetition, others=[window.session.repetition])
    # but one kind asks of one variation alone
    kinds = [kind for kind in ItemKind if maker.every([kind])]
    assert len(kinds) >= len(ItemKind) - 1
    stage, hand = window.stage, mouse(window.stage)
    for kind in kinds:
        put(window, kind)
        turn()
        hand.move(hand.at(0.1))  # over the gluteus maximus
        turn()
        item = alone.item
        assert item is not None
        assert item.kind is kind
        request = draws_of(stage)[-1]
        assert request.options.only == frozenset()
        assert not request.options.swelling
        assert request.layers.labels is None
        for panel in ("chart", "inspector", "timeline", "library"):
            assert not window.panels.shown(panel)
            window.panels.choose(panel, True)
            assert not window.panels.shown(panel)
        if item.kind.of_muscles:
            session = window.session
            names = {session.name_of(a.muscle) for a in session.variation.muscles}
            found = [(name, text) for name in names for text in told(window) if name in text]
            assert found == []
            assert session.state.selection is None


def test_it_is_all_there_again_when_it_is_uncovered(
    window: MainWindow, alone: Prediction, turn: Turn
) -> None:
    put(window, ItemKind.PRIME_MOVER)
    assert alone.item is not None
    right = alone.item.right
    alone.answer(right)
    turn()
    state = window.session.state
    assert (state.veil, state.selection) == (OPEN, right)
    assert window.panels.shown("inspector")
    assert draws_of(window.stage)[-1].options.only is None
    panel = asking(window).panel
    said = [w.text() for w in panel.findChildren(QLabel)]
    assert "Right." in said
    assert alone.reveal is not None
    assert alone.reveal.why in said
    assert panel.answers[alone.item.key].text().endswith("✓")


def test_a_missed_question_comes_back_and_the_score_counts_first_tries(
    window: MainWindow, alone: Prediction
) -> None:
    put(window, ItemKind.PRIME_MOVER, ItemKind.ROLE)
    first = alone.item
    assert first is not None
    wrong = next(c for c in first.choices if c != first.right)
    alone.answer(wrong)
    assert alone.was_right is False
    alone.forward()
    assert alone.item is not None
    assert alone.item.kind is ItemKind.ROLE
    alone.answer(alone.item.right)
    alone.forward()
    assert alone.item == first
    assert alone.quiz.again
    alone.answer(first.right)
    alone.forward()
    assert alone.item is None
    assert alone.quiz.score == (1, 2)
    panel = asking(window).panel
    said = [w.text() for w in panel.findChildren(QLabel)]
    assert "1 of 2 right at the first try." in said
    panel.forward.click()
    assert window.classroom.asking is None


def test_answers_come_by_key_by_button_and_by_a_click_on_the_body(
    window: MainWindow, alone: Prediction, qtbot: QtBot, mouse: type[Mouse], turn: Turn
) -> None:
    put(window, ItemKind.PRIME_MOVER, ItemKind.ROLE, ItemKind.CONTRACTION)
    turn()
    hand = mouse(window.stage)
    hand.click(hand.at(0.4))  # masseter: none of the answers
    assert not alone.revealed
    assert window.session.state.selection is None
    hand.click(hand.at(0.1))  # gluteus maximus
    assert alone.was_right is True
    alone.forward()
    panel = asking(window).panel
    qtbot.keyClick(panel.forward, Key.Key_B)
    assert alone.item is not None
    assert alone.chosen == alone.item.choices[1]
    alone.forward()
    panel.answers[0].click()
    assert alone.revealed


def test_a_class_answers_by_hands(window: MainWindow, turn: Turn) -> None:
    window.classroom.predict(alone=False)
    prediction, panel = asking(window).prediction, asking(window).panel
    assert not any(button.isEnabled() for button in panel.answers)
    item = prediction.item
    panel.forward.click()
    assert prediction.revealed
    panel.forward.click()
    assert prediction.item != item
    panel.leave.click()
    turn()
    assert window.classroom.asking is None
    assert window.session.state.veil is OPEN
    assert window.panels.shown("inspector")
    assert window.session.state.quiz == ""


def test_a_quiz_that_is_left_goes_on_where_it_was(window: MainWindow) -> None:
    window.classroom.predict(alone=True)
    first = asking(window).prediction
    assert first.item is not None
    first.answer(first.item.right)
    first.forward()
    left = first.quiz
    first.end()
    window.classroom.predict(alone=True)
    assert asking(window).prediction.quiz == left
    asking(window).end()
    # a text that is none, or of another variation, begins a new one
    for text in ("no quiz", left.text().replace("barbell-hip-thrust", "glute-bridge")):
        window.session.change(quiz=text)
        window.classroom.predict(alone=True)
        assert asking(window).prediction.quiz.answers == 0
        asking(window).end()


def test_another_variation_ends_it(window: MainWindow, alone: Prediction, turn: Turn) -> None:
    window.session.change(variation="glute-bridge")
    turn()
    assert window.classroom.asking is None
    assert window.session.state.veil is OPEN


def test_the_audience_reads_question_answers_and_then_the_reason(
    window: MainWindow, turn: Turn
) -> None:
    window.classroom.present()
    window.classroom.predict(alone=False)
    turn()
    assert window.classroom.show is not None
    words = window.classroom.show.audience.words
    prediction = asking(window).prediction
    asked = prediction.asked
    assert asked is not None
    said = words.accessibleName()
    assert asked.question in said
    assert all(answer in said for answer in asked.answers)
    assert "✓" not in said
    assert "concentric" not in said.replace(" ".join(asked.answers), "")
    prediction.forward()
    turn()
    assert "✓" in words.accessibleName()
    assert prediction.asked is not None
    assert prediction.asked.why in words.accessibleName()
    asking(window).end()
    assert window.classroom.show.talk.asked is None
    window.classroom.show.end()


def test_the_commands_stand_in_the_menu(window: MainWindow) -> None:
    for name in ("predict", "predict_alone", "present"):
        assert isinstance(window.actions_[name], QAction)
        assert window.actions_[name].isEnabled()


def test_question_reveal_and_end_are_said_aloud(
    window: MainWindow, alone: Prediction, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(predict_panel, "announce", lambda widget, text: said.append(text))
    monkeypatch.setattr(window.announcer, "_say", said.append)
    put(window, ItemKind.PRIME_MOVER)
    item = alone.item
    assert item is not None
    (question,) = said
    assert question.startswith("Question 1 of 1. ")
    assert all(f"{letter}: " in question for letter in "ABCD"[: len(item.choices)])
    said.clear()
    alone.answer(item.right)
    (reveal,) = said
    assert reveal.startswith("Right. Answer: Gluteus maximus.")
    said.clear()
    alone.forward()
    assert said[-1] == "1 of 1 right at the first try."

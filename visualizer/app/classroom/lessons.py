"""Lessons in the window: the menu of those that there are, and their stops in a talk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from visualizer.analysis.words import text_in
from visualizer.app.classroom.asked import Asked
from visualizer.app.classroom.kept_ink import ink_of
from visualizer.app.classroom.talk import TalkStop
from visualizer.app.session.session import Session
from visualizer.exercise.repetition import Repetition
from visualizer.teaching.asking import asked_item
from visualizer.teaching.lesson import Advance, Lesson, Stop
from visualizer.teaching.lesson_file import LessonFile, find_lessons
from visualizer.teaching.moment import Moment
from visualizer.teaching.wording import choice_text, question_text, reveal_of

__all__ = ["LessonMenu", "question_of", "talk_stops"]


class LessonMenu(QMenu):
    """The shipped lessons and the user's own, looked for when the menu opens.

    Parameters
    ----------
    session : Session
        Whose data the lessons have to fit.
    folder : Path
        The user's folder.
    choose : callable
        Called with the lesson that is chosen.
    title : str
        What the menu says.
    """

    def __init__(
        self,
        session: Session,
        folder: Path,
        choose: Callable[[LessonFile], object],
        parent: QMenu,
        title: str,
    ) -> None:
        super().__init__(title, parent)
        self._session, self._folder, self._choose = session, folder, choose
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Read the lessons' files, and list what there is and what is wrong."""
        self.clear()
        found, problems = find_lessons(self._session.catalog, [self._folder])
        for file in found:
            action = QAction(text_in(file.lesson.title).replace("&", "&&"), self)
            action.setToolTip(" ".join(text_in(file.lesson.summary).split()))
            action.triggered.connect(lambda _=False, f=file: self._choose(f))
            self.addAction(action)
        if problems:
            self.addSeparator()
        for problem in problems:
            self.addAction(str(problem)).setEnabled(False)


def talk_stops(lesson: Lesson, session: Session) -> tuple[TalkStop, ...]:
    """Return a lesson's stops in the language of the interface; any thread may.

    Raises
    ------
    VisualizerError
        When a variation that a question is about cannot be shown.
    """
    return tuple(_talk_stop(stop, session) for stop in lesson.stops)


def _talk_stop(stop: Stop, session: Session) -> TalkStop:
    moment, question = question_of(stop, session)
    own = session.catalog.variation(moment.variation).phases
    phases = [phase.id for phase in (moment.tempo.applied(own) if moment.tempo else own)]
    now = phases.index(moment.playhead.phase) if moment.playhead.phase in phases else 0
    plays = {Advance.STAY: 0, Advance.PHASE: 1, Advance.REPETITION: len(phases) - now}
    return TalkStop(
        moment, text_in(stop.title), text_in(stop.notes), question, plays[stop.advance],
        ink_of(stop.pen),
    )  # fmt: skip


def question_of(stop: Stop, session: Session) -> tuple[Moment, Asked | None]:
    """Return a stop's moment, veiled as its question needs it, and the question; any thread may.

    Raises as :func:`talk_stops`.
    """
    if stop.question is not None:
        own = stop.question
        answers = tuple(text_in(answer) for answer in own.answers)
        return stop.moment, Asked(text_in(own.ask), answers, own.right - 1, text_in(own.why))
    if stop.predict is not None:
        return _predicted(stop, session)
    return stop.moment, None


def _predicted(stop: Stop, session: Session) -> tuple[Moment, Asked | None]:
    """Return a stop's moment with the veil of its question, and the question made from the data."""
    moment, ask = stop.moment, stop.predict
    assert ask is not None
    named = ask.other or (moment.other.variation if moment.other else None)
    repetition = session.solve(moment.variation, moment.side).in_tempo(moment.tempo)
    others: list[Repetition] = [session.solve(named, moment.side)] if named else []
    item = asked_item(stop, repetition, others)
    if item is None:
        return moment, None
    beside = others[0] if others else None
    asked = Asked(
        question_text(item, repetition, beside),
        tuple(choice_text(item, choice, repetition) for choice in item.choices),
        item.key,
        reveal_of(item, repetition, beside).why,
    )
    shown = None if item.kind.of_muscles else item.muscle
    veiled = replace(
        moment, veil=moment.veil | item.veil, muscle=shown, focus=False, alone=False, only=None
    )
    return veiled, asked

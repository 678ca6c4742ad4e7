"""Ink on the stage while a lesson is edited: drawn on the chosen stop, taken back with the rest."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from visualizer.app.classroom.desk import LessonDesk
from visualizer.app.classroom.ink_view import InkPad
from visualizer.app.classroom.kept_ink import ink_of, pen_of
from visualizer.app.classroom.talk import Talk, TalkStop, Tool
from visualizer.app.session.session import Session
from visualizer.app.stage.posed_view import PosedView

__all__ = ["DraftInk"]


class DraftInk(QObject):
    """Shows the chosen stop's ink while the stage stands at its moment, and lets it be drawn on.

    Parameters
    ----------
    desk : LessonDesk
        The lesson; every stroke is one step of its undo.
    session : Session
        Says whether the stage stands at the stop's moment.
    stage : PosedView
        What is drawn on.
    look : callable
        Goes to the chosen stop.
    """

    changed = Signal()  # the tool in hand

    def __init__(
        self, desk: LessonDesk, session: Session, stage: PosedView, look: Callable[[], object]
    ) -> None:
        super().__init__(stage)
        self._desk, self._session, self._look = desk, session, look
        self._aside = False
        self.talk = Talk([TalkStop(desk.draft.stop.moment)], parent=self)
        self.pad = InkPad(self.talk, stage)
        self.talk.drawn.connect(self._keep)
        desk.changed.connect(self._follow)
        session.state_changed.connect(self._place)
        session.instant_changed.connect(self._place)
        self._follow()

    @property
    def tool(self) -> Tool:
        """What the mouse does on the stage: turn, draw or erase."""
        return self.talk.tool

    def take(self, tool: Tool) -> None:
        """Take pen or eraser, at the chosen stop; once more puts it down."""
        self.talk.take(tool)
        if self.tool is not Tool.TURN and not self.at_stop:
            self._look()
        self.changed.emit()

    @property
    def at_stop(self) -> bool:
        """Whether the stage stands at the chosen stop's moment."""
        session, moment = self._session, self._desk.draft.stop.moment
        place = session.repetition.schedule.nearest(moment.playhead)
        return session.state.variation == moment.variation and session.playhead == place

    def set_aside(self, away: bool) -> None:
        """Put ink and tool away while something is presented, or bring the ink back."""
        self._aside = away
        if away and self.tool is not Tool.TURN:
            self.take(self.tool)
        self._place()

    def end(self) -> None:
        """Take all of it from the stage, which may be gone already."""
        if isValid(self):
            self.pad.hide()
            self.pad.deleteLater()
            self.deleteLater()

    def _follow(self) -> None:
        self.talk.ink.strokes = ink_of(self._desk.draft.stop.pen)
        self._place()
        self.pad.update()

    def _place(self) -> None:
        self.pad.setVisible(self.at_stop and not self._aside)

    def _keep(self) -> None:
        """Let the draft have what the hand has changed."""
        strokes, draft = self.talk.ink.strokes, self._desk.draft
        if strokes != ink_of(draft.stop.pen):
            pens = {draft.selected: pen_of(strokes)}
            self._desk.edit(lambda draft: draft.draw(pens))

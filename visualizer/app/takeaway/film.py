"""The dialog that saves a film of the shown variation."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QWidget

from visualizer.analysis.words import capitalised, phase_word
from visualizer.app.session.session import Session
from visualizer.app.session.state import SPEEDS
from visualizer.app.session.worker import Jobs
from visualizer.app.takeaway.dialog import ExportDialog, size_pick
from visualizer.app.takeaway.exporting import Task
from visualizer.app.widgets.fields import Pick
from visualizer.app.widgets.theme import shown_theme
from visualizer.export.film import Film, save_film
from visualizer.export.look import Look, request_for
from visualizer.lifts.vocabulary import PhaseId
from visualizer.teaching.moment import Moment
from visualizer.texts import language, tr

__all__ = ["FilmDialog"]

_SIZES = ((1280, 720), (1920, 1080), (960, 540), (640, 360))
_FPS = 25.0


class FilmDialog(ExportDialog):
    """What is filmed, how fast and how large, and the file that it goes into.

    Parameters
    ----------
    parent : QWidget
        The window.
    session : Session
        What is shown.
    jobs : Jobs
        Makes the film, beside the window.
    moment : Moment
        Camera, names and x-ray are as here.
    """

    def __init__(self, parent: QWidget, session: Session, jobs: Jobs, moment: Moment) -> None:
        kinds = (
            (".gif", tr("GIF film")),
            (".webp", tr("WebP film")),
            (".mp4", tr("MP4 film")),
        )
        super().__init__(parent, tr("Save a film"), jobs, kinds, moment.variation)
        self._session, self._moment = session, moment
        self.phase = Pick(tr("What is filmed"))
        self.phase.addItem(tr("The whole repetition"), None)
        for span in session.repetition.schedule.spans:
            self.phase.addItem(capitalised(phase_word(span.id)), span.id.value)
        self.add_row(tr("What is filmed"), self.phase)
        self.speed = Pick(tr("Speed"))
        for speed in SPEEDS:
            self.speed.addItem(f"{speed:g}×", speed)
        self.speed.setCurrentIndex(SPEEDS.index(1.0))
        self.add_row(tr("Speed"), self.speed)
        self.size_ = size_pick(_SIZES)
        self.add_row(tr("Size in pixels"), self.size_)
        self.legend = self.add_switch(tr("Legend"), on=True)
        self.loop = self.add_switch(tr("Begins anew at its end"), on=True)
        self.captions = self.add_switch(tr("Captions in a file beside it"), on=True)
        self.kind.currentIndexChanged.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        """Offer captions where the kind of file has them."""
        self.captions.setEnabled(self.suffix == ".mp4")
        self.loop.setEnabled(self.suffix != ".mp4")

    def task(self, path: Path) -> Task:
        """Return what makes the film and writes it."""
        session, chosen = self._session, self.phase.currentData()
        theme = shown_theme(session.state.theme)
        look = Look(self.size_.currentData(), theme, self.legend.isChecked())
        moment = replace(self._moment, muscle=None, focus=False)
        repetition = session.repetition
        film = Film(
            repetition,
            request_for(look, moment, repetition, language()),
            None if chosen is None else PhaseId(chosen),
            self.speed.currentData(),
            self.loop.isChecked(),
        )
        subtitled = self.captions.isChecked()
        return lambda tell: save_film(path, film, _FPS, tell, subtitled=subtitled)

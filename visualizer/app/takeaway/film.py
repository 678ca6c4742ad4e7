"""The dialog that saves a film of the shown variation."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from visualizer.analysis.words import capitalised, phase_word
from visualizer.app.session.session import Session
from visualizer.app.session.state import SPEEDS
from visualizer.app.session.worker import Jobs
from visualizer.app.takeaway.dialog import ExportDialog
from visualizer.app.widgets.theme import shown_theme
from visualizer.errors import VisualizerError
from visualizer.export.look import FILM_LEGEND_SHARE, Look
from visualizer.export.mp4 import encoder
from visualizer.export.orders.both import stem_of
from visualizer.export.orders.films import FilmOrder
from visualizer.export.orders.order import Order
from visualizer.lifts.vocabulary import PhaseId
from visualizer.teaching.moment import Moment
from visualizer.texts import tr

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
        Camera, names, x-ray and a body to compare with are as here.
    """

    kept_as = "film"

    def __init__(self, parent: QWidget, session: Session, jobs: Jobs, moment: Moment) -> None:
        kinds = (
            (".gif", tr("GIF film")),
            (".webp", tr("WebP film")),
            (".mp4", tr("MP4 film")),
        )
        super().__init__(parent, session, tr("Save a film"), jobs, kinds, stem_of(moment))
        self._moment, self._jobs = moment, jobs
        phases = (span.id for span in session.repetition.schedule.spans)
        parts: list[tuple[str, str | None]] = [(tr("The whole repetition"), None)]
        parts += [(capitalised(phase_word(phase)), phase.value) for phase in phases]
        self.phase = self.add_pick(tr("What is filmed"), parts, "phase")
        speeds = ((f"{speed:g}×", speed) for speed in SPEEDS)
        self.speed = self.add_pick(tr("Speed"), speeds, "speed")
        self.speed.setCurrentIndex(SPEEDS.index(1.0))
        self.size_ = self.add_sizes(_SIZES)
        self.titled = self.add_switch(tr("Title and phase above it"), on=True, kept="titled")
        self.legend = self.add_switch(tr("Legend"), on=True, kept="legend")
        self.loop = self.add_switch(tr("Begins anew at its end"), on=True, kept="loop")
        self.captions = self.add_switch(
            tr("Captions in a file beside it"), on=True, kept="captions"
        )
        self.kind.currentIndexChanged.connect(self._follow)
        self.recall()
        self._follow()

    def _follow(self) -> None:
        """Offer captions where the kind of file has them."""
        self.captions.setEnabled(self.suffix == ".mp4")
        self.loop.setEnabled(self.suffix != ".mp4")
        self.tell("")
        if self.suffix == ".mp4":
            # where nothing makes one it is said before a name is asked for
            self._jobs.run(encoder, lambda found: None, self._lack, owner=self)

    def _lack(self, error: VisualizerError) -> None:
        if self.suffix == ".mp4" and not self.exporting.working:
            self.tell(str(error))

    def order(self, path: Path) -> Order:
        """Return the order of the film."""
        chosen, theme = self.phase.currentData(), shown_theme(self._session.state.theme)
        return FilmOrder(
            str(path),
            self._moment,
            Look(self.size_.currentData(), theme, self.legend.isChecked(), FILM_LEGEND_SHARE),
            _FPS,
            None if chosen is None else PhaseId(chosen),
            self.speed.currentData(),
            self.loop.isChecked(),
            self.captions.isChecked(),
            self.titled.isChecked(),
        )

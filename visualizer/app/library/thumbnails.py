"""Small pictures of the variations, drawn one by one when nothing else is going on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtGui import QImage

from visualizer.anatomy.muscle import Side
from visualizer.app.lean import return_freed
from visualizer.app.session.scenes import Scenes
from visualizer.app.session.session import Session
from visualizer.app.session.worker import Jobs
from visualizer.app.widgets.pictures import image_of
from visualizer.errors import VisualizerError
from visualizer.exercise.repetition import Repetition
from visualizer.lifts.base import ViewName
from visualizer.lifts.vocabulary import PhaseId
from visualizer.scene.request import BARE, RenderRequest, SceneOptions

__all__ = ["THUMBNAIL", "Thumbnails"]

THUMBNAIL = QSize(76, 52)  # logical pixels
_RATIO = 2  # drawn for dense screens, shrunk for others
# The machine is not kept busy beside what the user is doing: wait until there is a pause.
_PAUSE_MS = 120


class Thumbnails(QObject):
    """Draws pictures of variations and keeps them per theme.

    Parameters
    ----------
    session : Session
        Where the repetitions come from.
    scenes : Scenes
        Where the scenes come from.
    jobs : Jobs
        Draws, beside the window.
    """

    ready = Signal(str, str, QImage)  # variation, theme, picture

    def __init__(
        self, session: Session, scenes: Scenes, jobs: Jobs, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._scenes, self._jobs = session, scenes, jobs
        self._number = 0  # of the data that pictures are of
        self._drawing = False
        self._kept: dict[tuple[str, str], QImage] = {}
        self._queue: list[tuple[str, str]] = []
        self._begun = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._draw_next)
        # any movement postpones the next picture
        session.instant_changed.connect(lambda _: self._postpone())

    def begin(self) -> None:
        """Start drawing; called when the stage has shown its first picture."""
        self._begun = True
        self._postpone()

    def want(self, variations: Sequence[str], theme: str) -> None:
        """Ask for pictures; each comes with ``ready``, at once where it is kept."""
        self._queue = [(v, theme) for v in variations if (v, theme) not in self._kept]
        for variation in variations:
            if (variation, theme) in self._kept:
                self.ready.emit(variation, theme, self._kept[variation, theme])
        self._postpone()

    @property
    def waiting(self) -> int:
        """How many pictures are still to be drawn."""
        return len(self._queue)

    def forget(self) -> None:
        """Drop all pictures, because the data were read again."""
        self._number += 1
        self._kept.clear()
        self._queue.clear()

    @property
    def are_drawn(self) -> bool:
        """Whether all pictures that were asked for are there."""
        return not (self._queue or self._drawing)

    def _postpone(self) -> None:
        if self._begun and self._queue:
            self._timer.start()

    def _draw_next(self) -> None:
        if not self._queue or self._session.state.playing or self._drawing:
            return
        variation, theme = self._queue.pop(0)
        session, number, last = self._session, self._number, not self._queue
        self._drawing = True

        def draw() -> tuple[Repetition, QImage]:
            repetition = session.solve(variation, Side.RIGHT)
            picture = self._drawn(repetition, theme)
            if last:  # the window has opened, and all that this needed on the way is gone
                return_freed()
            return repetition, picture

        def done(drawn: tuple[Repetition, QImage]) -> None:
            self._drawing = False
            if number == self._number:
                self._kept[variation, theme] = drawn[1]
                self.ready.emit(variation, theme, drawn[1])
            self._postpone()

        self._jobs.run(draw, done, self._give_up, owner=self)

    def _give_up(self, error: VisualizerError) -> None:
        # the card stays without a picture; choosing it says what is wrong
        self._drawing = False
        self._postpone()

    def _drawn(self, repetition: Repetition, theme: str) -> QImage:
        """Return a variation's picture; on the worker's thread."""
        size = THUMBNAIL.width() * _RATIO, THUMBNAIL.height() * _RATIO
        request = RenderRequest(
            repetition.instant_of(PhaseId.LIFT, 1.0),
            size,
            ViewName.SIDE,
            SceneOptions(theme=theme),
            BARE,
            supersample=2,
        )
        return image_of(self._scenes.passing(repetition).render(request).picture).copy()

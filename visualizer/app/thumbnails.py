"""Small pictures of the variations, drawn one by one when nothing else is going on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtGui import QImage

from visualizer.anatomy.muscle import Side
from visualizer.app.pictures import image_of
from visualizer.app.scenes import Scenes
from visualizer.app.session import Session
from visualizer.errors import VisualizerError
from visualizer.lifts.base import ViewName
from visualizer.lifts.vocabulary import PhaseId
from visualizer.scene.request import BARE, RenderRequest, SceneOptions

__all__ = ["THUMBNAIL", "Thumbnails"]

THUMBNAIL = QSize(76, 52)  # logical pixels
_RATIO = 2  # drawn for dense screens, shrunk for others
# A new variation takes some 0.3 s to solve: wait until the user pauses.
_PAUSE_MS = 120


class Thumbnails(QObject):
    """Draws pictures of variations and keeps them per theme.

    Parameters
    ----------
    session : Session
        Where the repetitions come from.
    scenes : Scenes
        Where the scenes come from.
    """

    ready = Signal(str, str, QImage)  # variation, theme, picture

    def __init__(self, session: Session, scenes: Scenes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._scenes = session, scenes
        self._kept: dict[tuple[str, str], QImage] = {}
        self._queue: list[tuple[str, str]] = []
        self._begun = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._draw_next)
        # any movement postpones the next picture
        session.moment_changed.connect(lambda _: self._postpone())

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

    def forget(self) -> None:
        """Drop all pictures, because the data were read again."""
        self._kept.clear()
        self._queue.clear()

    def _postpone(self) -> None:
        if self._begun and self._queue:
            self._timer.start()

    def _draw_next(self) -> None:
        if not self._queue or self._session.state.playing:
            return
        variation, theme = self._queue.pop(0)
        try:
            repetition = self._session.repetition_of(variation, Side.RIGHT)
            size = THUMBNAIL.width() * _RATIO, THUMBNAIL.height() * _RATIO
            scene = self._scenes.passing(repetition)
            request = RenderRequest(
                repetition.moment_of(PhaseId.LIFT, 1.0),
                size,
                ViewName.SIDE,
                SceneOptions(theme=theme),
                BARE,
                supersample=2,
            )
            picture = scene.render(request).picture
        except VisualizerError:
            pass  # the card stays without a picture; choosing it says what is wrong
        else:
            image = image_of(picture).copy()
            self._kept[variation, theme] = image
            self.ready.emit(variation, theme, image)
        self._postpone()

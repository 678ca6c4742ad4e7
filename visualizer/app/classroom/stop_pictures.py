"""Small pictures of a lesson's stops, drawn one after another beside the window, and kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, QSize, Signal
from PySide6.QtGui import QImage, QPainter

from visualizer.app.session.scenes import Scenes, StageLike
from visualizer.app.session.session import Session
from visualizer.app.session.worker import Jobs
from visualizer.app.widgets.pictures import image_of
from visualizer.errors import VisualizerError
from visualizer.exercise.repetition import Repetition
from visualizer.scene.request import BARE
from visualizer.teaching.lesson import Stop
from visualizer.teaching.picture import request_of

__all__ = ["STOP_PX", "StopPictures"]

STOP_PX = QSize(72, 48)  # logical pixels
_RATIO = 2  # drawn for dense screens, shrunk for others
_MOST = 300
_BODIES = 2


class StopPictures(QObject):
    """Draws stops, and keeps what is drawn.

    Parameters
    ----------
    session, scenes, jobs
        Where repetitions and scenes come from, and who draws beside the window.
    """

    ready = Signal(str, str, QImage)  # link, theme, picture

    def __init__(
        self, session: Session, scenes: Scenes, jobs: Jobs, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._scenes, self._jobs = session, scenes, jobs
        self._kept: dict[tuple[str, str], QImage] = {}
        self._queue: dict[tuple[str, str], Stop] = {}
        self._drawing = False
        # of the last pictures, since stops side by side often are of one variation; jobs only
        self._scenes_of: list[tuple[Repetition, StageLike]] = []
        session.data_changed.connect(self._forget)

    def want(self, stops: Sequence[Stop], theme: str) -> None:
        """Ask for pictures; each comes with ``ready``, at once where it is kept."""
        self._queue.clear()
        for stop in stops:
            key = stop.link, theme
            if key in self._kept:
                self.ready.emit(*key, self._kept[key])
            else:
                self._queue[key] = stop
        self._draw_next()

    def _forget(self) -> None:
        self._kept.clear()
        self._queue.clear()

    def _draw_next(self) -> None:
        if self._drawing or not self._queue:
            return
        key, stop = next(iter(self._queue.items()))
        del self._queue[key]
        self._drawing = True
        catalog = self._session.catalog

        def done(picture: QImage) -> None:
            self._drawing = False
            if catalog is self._session.catalog:
                while len(self._kept) >= _MOST:
                    del self._kept[next(iter(self._kept))]
                self._kept[key] = picture
                self.ready.emit(*key, picture)
            self._draw_next()

        def failed(error: VisualizerError) -> None:
            # it stays without a picture; going there says what is wrong
            self._drawing = False
            self._draw_next()

        self._jobs.run(lambda: self._drawn(stop, key[1]), done, failed, owner=self)

    def _drawn(self, stop: Stop, theme: str) -> QImage:
        """Return a stop's picture; on the worker's thread."""
        # both bodies of a comparison side by side, also where they are overlaid
        bodies = [m for m in (stop.moment, stop.moment.second) if m is not None]
        size = STOP_PX * _RATIO
        whole = QImage(size, QImage.Format.Format_RGB32)
        wide = size.width() // len(bodies)
        painter = QPainter(whole)
        for k, moment in enumerate(bodies):
            repetition = self._session.solve(moment.variation, moment.side)
            request = request_of(moment, repetition, (wide, size.height()), theme, BARE)
            picture = self._scene_of(repetition).render(request).picture
            painter.drawImage(QPoint(k * wide, 0), image_of(picture))
        painter.end()
        return whole

    def _scene_of(self, repetition: Repetition) -> StageLike:
        """Return a scene of a repetition, kept for the next pictures; on the worker's thread."""
        for known, scene in self._scenes_of:
            if known is repetition:
                return scene
        made = repetition, self._scenes.passing(repetition)
        self._scenes_of = [*self._scenes_of, made][-_BODIES:]
        return made[1]

"""The second body of a comparison beside the first: one camera, one hand for both."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from visualizer.app.session.companion import Companion
from visualizer.app.session.comparing import body_name
from visualizer.app.session.scenes import Scenes
from visualizer.app.stage.orbit import Orbit
from visualizer.app.stage.posed_view import PosedView
from visualizer.texts import tr

__all__ = ["SecondStage"]


class SecondStage(PosedView):
    """The posed body that follows another one.

    Parameters
    ----------
    companion : Companion
        What is shown; views of it are told by its signals.
    scenes : Scenes
        Where the scenes come from.
    orbit : Orbit
        The camera of the first body; this view is as large as the first one's.
    """

    def __init__(
        self, companion: Companion, scenes: Scenes, orbit: Orbit, parent: QWidget | None = None
    ) -> None:
        super().__init__(companion, scenes, orbit, parent)
        self.setMinimumSize(0, 0)
        self.setAccessibleName(tr("Second body: {}").format(body_name(companion)))
        companion.state_changed.connect(self.show_state)
        companion.instant_changed.connect(self.show_instant)
        companion.hover_changed.connect(self.show_hover)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Draw in the new size, which the camera knows from the first body."""
        ratio = self.devicePixelRatioF()
        self.drawn.pace.resized(round(self.width() * ratio), round(self.height() * ratio))
        self.redraw()

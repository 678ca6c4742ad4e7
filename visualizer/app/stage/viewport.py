"""How large the stage is, how dense its pixels are, and what lies on its edges."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.app.widgets.pictures import text_width
from visualizer.app.widgets.theme import BODY_PX, px
from visualizer.scene.framing import Canvas
from visualizer.scene.labels import LABEL_SHARE, LabelRoom
from visualizer.texts import language

__all__ = ["Viewport"]

# So far from the stage's edges (a share of its sides) some of the body stays.
_INSIDE = 0.15


@dataclass(frozen=True)
class Viewport:
    """A view of the body on the screen.

    Attributes
    ----------
    width, height : int
        Logical pixels, which the hand moves in.
    ratio : float
        Pixels of the screen per logical pixel.
    above, below, left : int
        How much is covered at the edges, logical pixels.
    """

    width: int
    height: int
    ratio: float = 1.0
    above: int = 0
    below: int = 0
    left: int = 0

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in logical pixels."""
        return self.width, self.height

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height in pixels of the screen, at least one of either."""
        return max(round(self.width * self.ratio), 1), max(round(self.height * self.ratio), 1)

    @property
    def frame(self) -> Canvas:
        """The picture and what lies on it, in pixels of the screen."""
        ratio = self.ratio
        return Canvas(self.pixels, self.above * ratio, self.below * ratio, self.left * ratio)

    @property
    def inside(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of where some of the body stays, logical pixels."""
        width, height = self.width - self.left, self.height - self.above - self.below
        across, down = _INSIDE * max(width, 0), _INSIDE * max(height, 0)
        return (
            self.left + across,
            self.above + down,
            self.left + width - across,
            self.above + height - down,
        )

    def edges_px(self, rows: int) -> tuple[float, float, float]:
        """Return what is covered above, below and at the left in a picture of so many rows."""
        scale = rows / max(self.height, 1)
        return self.above * scale, self.below * scale, self.left * scale

    def label_room(self, rows: int) -> LabelRoom:
        """Return where labels may stand in a picture of so many rows; never under body text."""
        scale = rows / max(self.height, 1)
        size_px = max(LABEL_SHARE * self.height, float(px(BODY_PX))) * scale
        above, below, left = self.edges_px(rows)
        return LabelRoom(text_width, size_px, above, below, left, language())

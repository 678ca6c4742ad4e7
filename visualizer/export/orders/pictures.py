"""The order of a picture."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from visualizer.export.compared import ComparedBody, draw_compared
from visualizer.export.drawing import Drawing, draw
from visualizer.export.look import Look, request_for
from visualizer.export.orders.both import both_of
from visualizer.export.orders.order import Desk, shown_at
from visualizer.export.output import Tell, check_output, unknown_ending, write_unless_given_up
from visualizer.export.picture import Pictures
from visualizer.export.picture_files import PICTURE_FILES, picture_file_of
from visualizer.render import Rasterizer
from visualizer.teaching.link import link_of
from visualizer.teaching.moment import Moment
from visualizer.texts import language

__all__ = ["PictureOrder", "drawing_of"]


@dataclass(frozen=True)
class PictureOrder:
    """A picture of a moment in a file.

    Attributes
    ----------
    path : str
        The file; how it ends says what kind it is.
    moment : Moment
        What is shown.
    look : Look
        How it looks.
    transparent : bool
        Whether nothing is behind the body.
    """

    path: str
    moment: Moment
    look: Look
    transparent: bool = False

    def check(self) -> None:
        """Refuse a file that cannot be written."""
        check_output(Path(self.path))

    def __call__(self, desk: Desk, tell: Tell) -> None:
        """Draw the picture and write it."""
        self.check()
        path = Path(self.path)
        write = picture_file_of(path)
        if write is None:
            raise unknown_ending(path, PICTURE_FILES)
        drawing = drawing_of(desk, self.moment, self.look, transparent=self.transparent)
        tell(1, 2)
        write_unless_given_up(path, lambda stream: write(stream, drawing, tell), tell)
        tell(2, 2)


def drawing_of(desk: Desk, moment: Moment, look: Look, *, transparent: bool = False) -> Drawing:
    """Return the picture of a moment, drawn by a renderer of its own; any thread may.

    Where two bodies are compared, both are drawn as the stage shows them.

    Parameters
    ----------
    desk : Desk
        Solves what is shown.
    moment : Moment
        What is shown.
    look : Look
        How it looks.
    transparent : bool
        Whether nothing is behind the body.
    """
    repetition = shown_at(desk, moment)
    # most of the time goes elsewhere, so that one thread is hardly slower; the window has the other
    rasterizer = Rasterizer(threads=1)
    both = both_of(desk, repetition, moment, look)
    if both is None:
        request = request_for(look, moment, repetition, language())
        pictures = Pictures(repetition.body.surface, repetition, rasterizer)
        made = draw(pictures.view, request, repetition, transparent=transparent)
    else:
        first, second = (
            ComparedBody(Pictures(own.body.surface, own, rasterizer), own, request, name)
            for own, request, name in zip(
                (repetition, both.second), both.requests, both.names, strict=True
            )
        )
        made = draw_compared(
            first, second, look.size, overlaid=both.overlaid, transparent=transparent
        )
    return replace(made, link=link_of(moment))

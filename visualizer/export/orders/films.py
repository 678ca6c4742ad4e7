"""The order of a film."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from visualizer.export.film import Film, SecondFilmed
from visualizer.export.film_files import check_film, save_film
from visualizer.export.film_title import title_px
from visualizer.export.look import Look, request_for
from visualizer.export.orders.both import both_of
from visualizer.export.orders.order import Desk, shown_at
from visualizer.export.output import Tell
from visualizer.lifts.vocabulary import PhaseId
from visualizer.teaching.moment import Moment
from visualizer.texts import language

__all__ = ["FilmOrder"]


@dataclass(frozen=True)
class FilmOrder:
    """A film of a repetition, or of two that are compared.

    Attributes
    ----------
    path : str
        The file; how it ends says what kind it is.
    moment : Moment
        What is filmed; camera, names, x-ray and a body to compare with are as here.
    look : Look
        How it looks.
    fps : float
        Pictures per second.
    phase : PhaseId or None
        The phase that is filmed, None for all of them.
    speed : float
        1 as in life, less is slower.
    loop : bool
        Whether it begins anew at its end.
    subtitled : bool
        Whether captions are wanted, where the kind of file has them.
    titled : bool
        Whether it says above its pictures what is done and in which phase it is.
    """

    path: str
    moment: Moment
    look: Look
    fps: float
    phase: PhaseId | None = None
    speed: float = 1.0
    loop: bool = True
    subtitled: bool = True
    titled: bool = False

    def check(self) -> None:
        """Refuse a file that cannot be written, or that nothing here can make."""
        check_film(Path(self.path), subtitled=self.subtitled)

    def __call__(self, desk: Desk, tell: Tell) -> None:
        """Draw the pictures and write them."""
        self.check()
        repetition, look = shown_at(desk, self.moment), self.look
        band_px = title_px(look.size) if self.titled else 0
        look = replace(look, size=(look.size[0], look.size[1] - band_px))
        both = both_of(desk, repetition, self.moment, look)
        if both is None:
            request, second = request_for(look, self.moment, repetition, language()), None
        else:
            request, beside = both.requests
            second = SecondFilmed(
                both.second, beside, look.size, both.overlaid, both.stays, both.names
            )
        film = Film(repetition, request, self.phase, self.speed, self.loop, second, band_px)
        save_film(Path(self.path), film, self.fps, tell, subtitled=self.subtitled)

"""The line above a film: what is done, and in which phase it is.

It stands on a ground of its own, so that it never hides the body, and nothing in it moves: the
phases are all there from the start, and the one that is on is darker and underlined.
"""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image

from visualizer.analysis.words import phase_word
from visualizer.export.lettering import text_width
from visualizer.export.png import paint
from visualizer.lifts.vocabulary import PhaseId
from visualizer.scene.overlay import Overlay, Stroke, Text
from visualizer.scene.palette import Theme

__all__ = ["film_title", "title_px"]

# The band as a share of the film's height, its letters as a share of the band; read from the back
# of a room, where a picture looks a sixth of its size.
_BAND, _LEAST_PX, _LETTERS = 0.09, 19, 0.62
_MARGIN, _BETWEEN, _UNDER = 0.7, 0.8, 0.09  # in heights of the letters
_LEAST_LETTERS_PX = 8.0


def title_px(size: tuple[int, int]) -> int:
    """Return how high the band is in a film of a size, pixels; an even number, as MP4 wants."""
    return max(round(_BAND * size[1] / 2.0) * 2, _LEAST_PX // 2 * 2)


def film_title(
    name: str, phases: Sequence[PhaseId], now: PhaseId, size: tuple[int, int], look: Theme
) -> Image.Image:
    """Return the band.

    Parameters
    ----------
    name : str
        What is done.
    phases : sequence of PhaseId
        Those of the film, in their order.
    now : PhaseId
        The one that is on; of no phase nothing is said where the film has none of it.
    size : (int, int)
        Width and height of the band, pixels.
    look : Theme
        Colours.
    """
    image = Image.new("RGB", size, look.stage_top)
    letters = _LETTERS * size[1]
    words = [phase_word(phase) for phase in phases]
    needed = _wide(name, words, letters)
    if needed > size[0]:
        letters = max(letters * size[0] / needed, _LEAST_LETTERS_PX)
    if _wide(name, words, letters) > size[0]:  # then no more than what is on
        words = [phase_word(phase) for phase in phases if phase is now]
    y = size[1] / 2.0
    overlay = Overlay(
        texts=(Text(_MARGIN * letters, y, name, letters, look.text, "left", bold=True),)
    )
    x = size[0] - _MARGIN * letters
    for word in reversed(words):
        wide = text_width(word, letters)
        on = word == phase_word(now)
        text = Text(x, y, word, letters, look.text if on else look.secondary, "right", bold=on)
        overlay += Overlay(texts=(text,))
        if on:
            below = y + 0.62 * letters
            rule = Stroke(((x - wide, below), (x, below)), look.text, _UNDER * letters, blunt=True)
            overlay += Overlay((rule,))
        x -= wide + _BETWEEN * letters
    paint(image, overlay)
    return image


def _wide(name: str, words: Sequence[str], letters: float) -> float:
    texts = [name, *words]
    room = 2.0 * _MARGIN + _BETWEEN * len(words)
    return sum(text_width(text, letters) for text in texts) + room * letters

"""The letters of exported pictures: fonts in order, and what none of them has.

Pillow's own font looks the same on every machine but has little beyond ASCII, not even ``é`` or
``→``. Where a text needs more letters, fonts of the system are asked in turn: first for the whole
text, so that a word does not change its face in the middle, then run by run. A sign alone, like a
dash, comes from another font. What no font has comes out as boxes, so :func:`missing_letters` tells
before.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import groupby

from PIL import ImageDraw, ImageFont, features

__all__ = ["draw_text", "fonts_tried", "missing_letters", "text_font", "text_width"]

# Pillow finds these by name where Windows, macOS and Linux keep their fonts.
_SYSTEM_FONTS = (
    "DejaVuSans.ttf",
    "NotoSans-Regular.ttf",
    "segoeui.ttf",
    "arial.ttf",
    "Arial Unicode.ttf",
    "NotoSansCJK-Regular.ttc",
    "DroidSansFallbackFull.ttf",
    "wqy-zenhei.ttc",
    "msyh.ttc",
    "YuGothM.ttc",
    "malgun.ttf",
    "Hiragino Sans GB.ttc",
    "AppleSDGothicNeo.ttc",
    "NotoSansArabic-Regular.ttf",
    "NotoSansHebrew-Regular.ttf",
    "NotoSansDevanagari-Regular.ttf",
    "Nirmala.ttf",
    "Kohinoor.ttc",
    "NotoSansThai-Regular.ttf",
    "leelawui.ttf",
    "Thonburi.ttc",
)
_NO_LETTER = "\U0010ffff"

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@lru_cache(maxsize=32)
def text_font(size_px: int) -> Font:
    """Return the usual font of exported pictures."""
    # the scalable font that comes with Pillow: the same letters on every machine
    return ImageFont.load_default(size_px)


@cache
def _place_of(name: str) -> str | None:
    """Return where a font lies; None where there is none.

    Pillow walks all folders of fonts for a name, 5 ms and more, and for most there is nothing.
    """
    try:
        return str(ImageFont.truetype(name, 10).path)
    except OSError:
        return None


@lru_cache(maxsize=16)
def _fonts(names: tuple[str, ...], size_px: int) -> tuple[Font, ...]:
    places = (place for name in names if (place := _place_of(name)) is not None)
    return (text_font(size_px), *(ImageFont.truetype(place, size_px) for place in places))


def _chain(size_px: int) -> Sequence[Font]:
    """Return the fonts of this machine, in the order in which they are asked."""
    return _fonts(_SYSTEM_FONTS, size_px)


@lru_cache(maxsize=4096)
def _has(font: Font, letter: str) -> bool:
    if unicodedata.category(letter) in ("Cf", "Zs") or letter.isascii():
        return True
    return bytes(font.getmask(letter)) != bytes(font.getmask(_NO_LETTER))


def _fonts_of(text: str, size_px: int) -> Sequence[Font]:
    """Return a font for each letter of a text: the same for all of them where one has all."""
    usual = text_font(size_px)
    if text.isascii():
        return [usual] * len(text)
    chain = _chain(size_px)
    for font in chain:
        # a dash or an arrow may come from elsewhere: what it stands between keeps its face
        if all(_has(font, letter) for letter in text if font is not usual or letter.isalnum()):
            return [font if _has(font, x) else _first(chain, x) for x in text]
    found: list[Font] = []
    for letter in text:
        if unicodedata.combining(letter) and found:  # an accent stays with its letter
            found.append(found[-1])
        else:
            found.append(_first(chain, letter))
    return found


def _first(chain: Sequence[Font], letter: str) -> Font:
    """Return the first font that has a letter, the usual one where none has."""
    return next((font for font in chain if _has(font, letter)), chain[0])


def draw_text(
    draw: ImageDraw.ImageDraw,
    at: tuple[float, float],
    text: str,
    size_px: int,
    fill: str,
    anchor: str = "la",
) -> None:
    """Draw a line of text with the fonts that have its letters.

    Parameters
    ----------
    draw : ImageDraw
        Where to.
    at : (float, float)
        Place of the anchor, pixels.
    text, size_px, fill : str, int, str
        What, how large, in which colour.
    anchor : str
        Pillow's anchor: ``l``, ``m`` or ``r`` and ``a`` (top) or ``m`` (middle).
    """
    fonts = _fonts_of(text, size_px)
    runs = [
        (font, "".join(letter for _, letter in pairs))
        for font, pairs in groupby(zip(fonts, text, strict=True), key=lambda pair: pair[0])
    ]
    if len(runs) == 1:
        draw.text(at, text, fill=fill, font=runs[0][0], anchor=anchor)
        return
    widths = [font.getlength(run) for font, run in runs]
    x = at[0] - {"l": 0.0, "m": 0.5, "r": 1.0}[anchor[0]] * sum(widths)
    usual = text_font(size_px)
    y = at[1]
    if isinstance(usual, ImageFont.FreeTypeFont):
        ascent, descent = usual.getmetrics()
        y += ascent if anchor[1] == "a" else (ascent - descent) / 2
    for (font, run), width in zip(runs, widths, strict=True):
        draw.text((x, y), run, fill=fill, font=font, anchor="ls")
        x += width


def text_width(text: str, size_px: float) -> float:
    """Return the width of a line of text as :func:`draw_text` draws it, pixels."""
    pairs = zip(_fonts_of(text, round(size_px)), text, strict=True)
    runs = groupby(pairs, key=lambda pair: pair[0])
    return float(sum(font.getlength("".join(letter for _, letter in run)) for font, run in runs))


def missing_letters(text: str) -> str:
    """Return the letters of a text that cannot be drawn right here, each once.

    No font has them, or they are of a script whose letters must be joined or turned round and this
    machine lacks what does so (FriBiDi).
    """
    chain = _chain(24)
    shaped = features.check("raqm")
    return "".join(
        letter
        for letter in dict.fromkeys(text)
        if not any(_has(font, letter) for font in chain) or not (shaped or _stands_alone(letter))
    )


def _stands_alone(letter: str) -> bool:
    """Return whether a letter can be drawn without regard to its neighbours and direction."""
    if unicodedata.bidirectional(letter) in ("R", "AL", "AN"):
        return False
    # the scripts of India and its neighbours up to Tibet and Burma
    return not 0x0900 <= ord(letter) <= 0x109F


def fonts_tried() -> str:
    """Return the names of the fonts of this machine that are asked for letters."""
    names = (font.getname()[0] for font in _chain(24) if isinstance(font, ImageFont.FreeTypeFont))
    return ", ".join(dict.fromkeys(name for name in names if name))

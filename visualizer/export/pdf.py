"""PDF files, set by Typst: tagged, with title and language, text as text.

Typst is an extra. Data go to it as JSON and files in memory, never as source, and it is given no
folder to read from.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from visualizer.errors import VisualizerError
from visualizer.export.drawing import Drawing
from visualizer.export.output import Tell, go_on
from visualizer.export.svg import svg_bytes
from visualizer.export.typesetting import TypstRefusalError, font_families, set_pages
from visualizer.export.writable import writable_all
from visualizer.texts import tr

__all__ = ["compiled", "pages", "pdf_bytes"]

_PICTURE = """#let d = json(bytes(sys.inputs.data))
#set document(title: d.title, date: none)
#set text(lang: d.lang)
#set page(width: d.width * 1pt, height: d.height * 1pt, margin: 0pt)
#image(bytes(d.svg), format: "svg", alt: d.alt, width: 100%)
"""
_LETTERS = """#let d = json(bytes(sys.inputs.data))
#set document(title: d.title, date: none)
#set text(..d.fonts)
#for t in d.texts { t }
"""
_UNSEEN = ("svg", "alt")  # what is read aloud, or drawn already
_PT_PER_PX = 0.5
_NOT_FOR_WORDS = re.compile(rb"/BaseFont ?/[A-Z]{6}\+[^/ ]*Math", re.IGNORECASE)
_FIRST_OF_OTHER_SCRIPTS = 0x0590  # before it: Latin, Greek, Cyrillic, Armenian


def pdf_bytes(drawing: Drawing, tell: Tell = go_on) -> bytes:
    """Return the content of a PDF file with a picture on a page of its size.

    Parameters
    ----------
    drawing : Drawing
        The picture.
    tell : callable
        Asked now and then whether to go on; what it raises ends the work.

    Raises
    ------
    VisualizerError
        When Typst is not there, or refuses.
    """
    width, height = drawing.body.size
    texts = {
        "title": drawing.title,
        "lang": drawing.language.split("-")[0],
        "alt": drawing.description,
        "texts": [text.text for overlay in drawing.overlays for text in overlay.texts],
    }
    data = {
        **writable_all(texts),
        "width": width * _PT_PER_PX,
        "height": height * _PT_PER_PX,
        "svg": svg_bytes(drawing).decode(),
    }
    return compiled(_PICTURE, data, tell)


def compiled(source: str, data: Mapping[str, Any], tell: Tell = go_on) -> bytes:
    """Return what Typst makes of a source and of data that it reads as JSON.

    Parameters
    ----------
    source : str
        Text in Typst's language; never with data in it. It sets its text by ``d.fonts``.
    data : mapping
        What ``sys.inputs.data`` gives, beside ``fonts``; its texts are writable.
    tell : callable
        Asked now and then whether to go on; what it raises ends the work.

    Raises
    ------
    VisualizerError
        When Typst is not there, or refuses.
    """
    return _compiled(source, data, tell)[0]


def _compiled(source: str, data: Mapping[str, Any], tell: Tell) -> tuple[bytes, Mapping[str, Any]]:
    """Return a PDF file, and with which fonts it was set.

    Where nothing else has a letter Typst takes a font for mathematics, which may have it and not
    know how it is joined to the next one: Devanagari falls apart. Then all is set once more without
    such fonts, and refused where no other has the letter.
    """
    how: dict[str, Any] = {"format": "pdf", "pdf_standards": "ua-1"}
    fonts: dict[str, Any] = {}
    (made,) = _set(source, {**data, "fonts": fonts}, how, tell)
    if _NOT_FOR_WORDS.search(made) and _other_letters(data):
        fonts = {"font": _families(), "fallback": False}
        (made,) = _set(source, {**data, "fonts": fonts}, how, tell)
        if _NOT_FOR_WORDS.search(made):  # letters in a picture, which chooses for itself
            raise VisualizerError(_lacking(_other_letters(data)))
    return made, fonts


def _families() -> list[str]:
    """Return the fonts for words, the usual one first."""
    usual = "Libertinus Serif"  # Typst brings it along
    known = font_families()
    return [usual, *(name for name in known if name != usual and "math" not in name.casefold())]


def _other_letters(data: object) -> str:
    """Return the letters of scripts that a font for mathematics may not know, each once."""
    letters = dict.fromkeys("".join(_texts(data)))
    return "".join(
        letter
        for letter in letters
        if unicodedata.category(letter)[0] in "LM"
        # signs of mathematics are letters of other alphabets, in another shape
        and ord(unicodedata.normalize("NFKC", letter)[0]) >= _FIRST_OF_OTHER_SCRIPTS
    )


def pages(source: str, data: Mapping[str, Any], ppi: float, tell: Tell = go_on) -> list[bytes]:
    """Return the pages that :func:`compiled` puts into a file, each as a PNG picture.

    Parameters
    ----------
    source, data, tell
        As there.
    ppi : float
        Pixels per inch of paper.

    Raises
    ------
    VisualizerError
        When Typst is not there, or refuses.
    """
    # a file refuses letters that no font has, a picture gets boxes: so they are asked for alone
    fonts = _compiled(_LETTERS, {"title": data["title"], "texts": list(_texts(data))}, tell)[1]
    return _set(source, {**data, "fonts": fonts}, {"format": "png", "ppi": ppi}, tell)


def _texts(data: object) -> Iterator[str]:
    """Yield all texts that are set of some data."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for name, value in data.items():
            if name not in _UNSEEN:
                yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)


def _set(source: str, data: Mapping[str, Any], how: Mapping[str, Any], tell: Tell) -> list[bytes]:
    try:
        return set_pages(source, json.dumps(data), how, tell)
    except TypstRefusalError as error:
        raise VisualizerError(_said(str(error).splitlines()[0], data)) from None


def _said(reason: str, data: Mapping[str, Any]) -> str:
    """Return why Typst refused, in a sentence; letters without a font in words of our own."""
    lacking = re.search(r"the text `\"(.*?)\"` could not be displayed", reason)
    letters = lacking[1] if lacking else ""
    if not letters and (lacking or "missing codepoints" in reason):
        letters = _other_letters(data)  # of a picture it does not always say which
    if letters:
        return _lacking(letters)
    return tr("the PDF could not be made: {reason}").format(reason=reason)


def _lacking(letters: str) -> str:
    text = tr(
        "no font of this machine has the letters {letters}, so no PDF is made: install a font "
        "that has them, or save another kind of file"
    )
    return text.format(letters=letters)

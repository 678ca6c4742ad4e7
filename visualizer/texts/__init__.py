"""The words of the interface, in the language that is chosen; no Qt, so pictures and commands too.

The texts stand in the code in English, as the argument of :func:`tr`, so that they are read where
they are used. Tables that are made while a module loads hold texts marked with :func:`N_`, and
translate them when they are shown: a text that is translated once at import would keep its language
for ever. ``catalogues/CODE.po`` holds the translations; gettext reads the compiled ``.mo`` beside
(``python -m tools.catalogues`` makes it). Two of the texts are about the language itself: its name
and its decimal sign.

What comes with the data (names of muscles, reasons) carries its languages in the data files, see
:mod:`visualizer.language`.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import resources

from visualizer.language import ENGLISH, language_tag

__all__ = [
    "N_",
    "catalogue",
    "language",
    "language_name",
    "languages",
    "localised",
    "ntr",
    "set_language",
    "speaking",
    "tr",
]

_now: list[tuple[str, gettext.NullTranslations]] = [(ENGLISH, gettext.NullTranslations())]


def tr(text: str) -> str:
    """Return a text of the interface in the chosen language, in English where it has none."""
    return _now[0][1].gettext(text)


def ntr(one: str, many: str, count: int) -> str:
    """Return the form of a text that belongs to a count, see gettext's plural forms."""
    return _now[0][1].ngettext(one, many, count)


def N_(text: str) -> str:  # noqa: N802 - gettext's usual mark
    """Mark a text for translation and return it as it is; :func:`tr` translates it when shown."""
    return text


# What a catalogue translates into its language's own name, and into its decimal sign.
_NAME, _DECIMAL = N_("English"), N_(".")


def localised(figure: str) -> str:
    """Return a written number with the decimal sign of the chosen language, e.g. ``2,5``."""
    return figure.replace(_DECIMAL, tr(_DECIMAL))


def language() -> str:
    """Return the code of the chosen language, e.g. ``de-AT``."""
    return _now[0][0]


def languages() -> tuple[str, ...]:
    """Return the codes of all languages that the interface speaks, English first."""
    folder = resources.files(__name__) / "catalogues"
    found = sorted(f.name[:-3] for f in folder.iterdir() if f.name.endswith(".mo"))
    return (ENGLISH, *found)


def catalogue() -> str:
    """Return the one of :func:`languages` that the chosen language is spoken in, e.g. ``de``."""
    known, tag = languages(), language()
    parts = tag.split("-")
    ways = ("-".join(parts[:n]) for n in range(len(parts), 0, -1))
    return next((code for code in ways if code in known), ENGLISH)


def language_name(code: str) -> str:
    """Return what one of :func:`languages` calls itself, e.g. ``Deutsch``."""
    return _catalogue(code).gettext(_NAME)


def set_language(code: str) -> None:
    """Choose a language, or the nearest more general one that there is; else English.

    Parameters
    ----------
    code : str
        A code of BCP 47.

    Raises
    ------
    ValueError
        When it is no code of a language.
    """
    tag = language_tag(code)
    _now[0] = tag, _catalogue(tag)


@contextmanager
def speaking(code: str, catalogue: gettext.NullTranslations | None = None) -> Iterator[None]:
    """Choose a language for a block, then go back to the one before; see :func:`set_language`.

    Parameters
    ----------
    code : str
        A code of BCP 47.
    catalogue : gettext.NullTranslations, optional
        Translates the texts; by default the catalogue of the language.
    """
    before = _now[0]
    set_language(code)
    if catalogue is not None:
        _now[0] = code, catalogue
    try:
        yield
    finally:
        _now[0] = before


@cache
def _catalogue(tag: str) -> gettext.NullTranslations:
    """Return the translations of a language, or of the nearest more general one."""
    parts = tag.split("-")
    for n in range(len(parts), 0, -1):
        file = resources.files(__name__) / "catalogues" / ("-".join(parts[:n]) + ".mo")
        if file.is_file():
            with file.open("rb") as opened:
                return gettext.GNUTranslations(opened)
    return gettext.NullTranslations()

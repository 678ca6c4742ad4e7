"""The words of the interface, in the language that is chosen; no Qt, so pictures and commands too.

The texts stand in the code in English, as the argument of :func:`tr`, so that they are read where
they are used. Tables that are made while a module loads hold texts marked with :func:`N_`, and
translate them when they are shown: a text that is translated once at import would keep its language
for ever. ``catalogues/CODE.po`` holds the translations; gettext reads the compiled ``.mo`` beside.

What comes with the data (names of muscles, reasons) carries its languages in the data files, see
:mod:`visualizer.language`.
"""

from __future__ import annotations

import gettext
from importlib import resources

from visualizer.language import ENGLISH, language_tag

__all__ = ["N_", "language", "languages", "ntr", "set_language", "tr"]

_DOMAIN = "visualizer"
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


def language() -> str:
    """Return the code of the chosen language, e.g. ``de-AT``."""
    return _now[0][0]


def languages() -> tuple[str, ...]:
    """Return the codes of all languages that the interface speaks, English first."""
    folder = resources.files(__name__) / "catalogues"
    found = sorted(f.name[:-3] for f in folder.iterdir() if f.name.endswith(".mo"))
    return (ENGLISH, *found)


def set_language(code: str) -> None:
    """Choose a language, or the nearest more general one that there is; else English.

    Parameters
    ----------
    code : str
        A code of BCP 47.

    Raises
    ------
    UsageError
        When it is no code of a language.
    """
    tag = language_tag(code)
    parts = tag.split("-")
    for n in range(len(parts), 0, -1):
        file = resources.files(__name__) / "catalogues" / ("-".join(parts[:n]) + ".mo")
        if file.is_file():
            with file.open("rb") as opened:
                _now[0] = tag, gettext.GNUTranslations(opened)
            return
    _now[0] = tag, gettext.NullTranslations()

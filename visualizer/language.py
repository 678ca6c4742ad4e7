"""Which of a text's languages is shown.

Texts of the data files come per language code (``{ en = "…", de = "…" }``). The codes are those of
BCP 47: ``de``, ``de-AT``, ``zh-Hant``, also of three letters (``nds``). A text that does not exist
in the language wanted is looked for in the more general one, then in English, and what a teacher
has written in another language only is shown in that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

__all__ = ["ENGLISH", "has_language", "in_language", "language_tag", "with_text"]

ENGLISH = "en"


def language_tag(text: str) -> str:
    """Return a language code in its usual form: ``de_at`` as ``de-AT``.

    Parameters
    ----------
    text : str
        A code of BCP 47, or as the system writes it (``de_AT.UTF-8``).

    Raises
    ------
    ValueError
        When it is no code of a language.
    """
    plain = re.split(r"[.@]", text.strip(), maxsplit=1)[0].replace("_", "-")
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", plain):
        raise ValueError(f"{text!r} is not a language code")
    first, *others = plain.split("-")
    forms = {2: str.upper, 4: str.title}
    return "-".join([first.lower(), *(forms.get(len(o), str.lower)(o) for o in others)])


@lru_cache(maxsize=256)
def _ways(language: str) -> tuple[str, ...]:
    """Return the codes to look for, the most special one first."""
    parts = language.casefold().replace("_", "-").split("-")
    return tuple("-".join(parts[:n]) for n in range(len(parts), 0, -1))


def in_language(texts: Mapping[str, str], language: str) -> str:
    """Return a text in a language, else in the more general one, in English, in any that it has.

    Parameters
    ----------
    texts : mapping of str to str
        The text per language code.
    language : str
        The code wanted.
    """
    exact = texts.get(language)
    if exact:
        return exact
    if len(texts) > 1 or ENGLISH not in texts:
        by_code = {code.casefold().replace("_", "-"): text for code, text in texts.items()}
        for code in _ways(language):
            if by_code.get(code):
                return by_code[code]
    return texts.get(ENGLISH) or next(iter(texts.values()), "")


def has_language(texts: Iterable[Mapping[str, str]], language: str) -> bool:
    """Return whether any of some texts exists in a language or the more general one."""
    ways = set(_ways(language))
    return any(code.casefold().replace("_", "-") in ways for entry in texts for code in entry)


def with_text(texts: Mapping[str, str], language: str, text: str) -> Mapping[str, str]:
    """Return a text per language with another one in a language; without words it has none there.

    Parameters
    ----------
    texts : mapping of str to str
        The text per language code.
    language : str
        The code of the language that is written in.
    text : str
        What it says there.
    """
    rest = {code: own for code, own in texts.items() if code != language}
    return {**rest, language: text} if text.strip() else rest

"""A language that marks every translated text, so that what is not translated stands out."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from tools import catalogues
from visualizer import texts

OPEN, CLOSE = "⟦", "⟧"


@cache
def marked_texts() -> frozenset[str]:
    """Return every text that the sources mark for translation."""
    return frozenset(
        text
        for message in catalogues.extracted()
        for text in ([message.id] if isinstance(message.id, str) else message.id)
    )


class Marked(gettext.NullTranslations):
    """Wraps every text, and remembers those that no catalogue could know."""

    def __init__(self) -> None:
        super().__init__()
        self.known = marked_texts()
        self.unknown: set[str] = set()

    def gettext(self, message: str) -> str:
        if message not in self.known:
            self.unknown.add(message)
        return message if message == "." else f"{OPEN}{message}{CLOSE}"

    def ngettext(self, one: str, many: str, n: int) -> str:
        return self.gettext(one if n == 1 else many)


def outside(text: str) -> str:
    """Return what of a text stands in no mark; the innermost are taken away first."""
    before = None
    while before != text:
        before, text = text, re.sub(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", " ", text)
    return text


@contextmanager
def marking() -> Iterator[Marked]:
    """Speak the language that marks every text, for a block."""
    translation = Marked()
    with texts.speaking("en", translation):
        yield translation

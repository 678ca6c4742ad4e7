"""A strict reader of GIFT, by the format's published grammar; it knows nothing of our writer.

https://docs.moodle.org/en/GIFT_format: control letters ``~ = # { } :`` stand for themselves after a
backslash; questions are parted by blank lines; a text may begin with its format in brackets, an
answer with a share of the points between per cent signs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["GiftQuestion", "read_gift"]

_CONTROL = "~=#{}:"
_FORMATS = ("html", "moodle", "plain", "markdown")


@dataclass(frozen=True)
class GiftQuestion:
    """What a reader finds of a question with several answers.

    Attributes
    ----------
    id, title, text, reason : str
        Its number, name, what is asked, and what is said afterwards.
    answers : tuple of (str, bool)
        In their order, and whether each is right.
    as_html : bool
        Whether some text is taken for HTML.
    """

    id: str
    title: str
    text: str
    answers: tuple[tuple[str, bool], ...]
    reason: str
    as_html: bool


class _Block:
    def __init__(self, block: str) -> None:
        self.rest, self.as_html = block, False

    def take(self, sign: str) -> None:
        assert self.rest.startswith(sign), (sign, self.rest[:40])
        self.rest = self.rest[len(sign) :]

    def text(self, *, formatted: bool = True) -> str:
        """Take letters up to the next one that controls."""
        form = re.match(r"\s*\[(\w+)\]", self.rest) if formatted else None
        if form and form[1] in _FORMATS:
            self.rest = self.rest[form.end() :]
        found, place = [], 0
        while place < len(self.rest) and self.rest[place] not in _CONTROL:
            if self.rest[place] == "\\":
                place += 1
                assert self.rest[place] in _CONTROL + "\\", self.rest[place - 1 : place + 1]
            found.append(self.rest[place])
            place += 1
        self.rest = self.rest[place:]
        text = "".join(found).strip()
        plain = form is not None and form[1] == "plain"
        self.as_html |= formatted and not plain and bool(re.search("[<&]", text))
        return text

    def answer(self) -> tuple[str, bool]:
        right = self.rest[0] == "="
        self.take("=" if right else "~")
        assert not re.match(r"%-?\d{1,2}\.?\d*%", self.rest), "a share of the points"
        return self.text(), right


def read_gift(content: bytes) -> tuple[str, list[GiftQuestion]]:
    """Return the category and the questions of a file.

    Raises
    ------
    AssertionError
        Where the file is not as the grammar has it.
    """
    first, *blocks = re.split(r"\n[ \t]*\n\s*", content.decode().strip())
    assert first.startswith("$CATEGORY: ")
    assert "\n" not in first
    return first.removeprefix("$CATEGORY: "), [_question(block) for block in blocks]


def _question(block: str) -> GiftQuestion:
    comment, _, rest = block.partition("\n")
    number = re.fullmatch(r"// \[id:(\w+)\]", comment)
    assert number
    # further lines that begin so would be left out
    assert not re.search(r"^\s*//", rest, re.MULTILINE)
    of = _Block(rest)
    of.take("::")
    title = of.text(formatted=False)
    of.take("::")
    text = of.text()
    of.take("{")
    of.rest = of.rest.lstrip()
    answers = []
    while of.rest[0] in "=~":
        answers.append(of.answer())
    of.take("####")
    reason = of.text()
    of.take("}")
    assert not of.rest.strip()
    return GiftQuestion(number[1], title, text, tuple(answers), reason, of.as_html)

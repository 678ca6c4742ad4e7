"""A document to print: headings, paragraphs, pictures, tables and questions, one after the other.

Hand-outs and lesson notes are made of these blocks; :mod:`visualizer.export.document_html` and
:mod:`visualizer.export.document_pdf` write them.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PIL import Image

from visualizer.texts import tr

__all__ = [
    "Block",
    "Heading",
    "PageBreak",
    "Paragraph",
    "PictureRow",
    "Printed",
    "PrintedPicture",
    "PrintedQuestion",
    "PrintedTable",
    "answer_text",
]


@dataclass(frozen=True)
class Heading:
    """The title of a section.

    Attributes
    ----------
    text : str
        What it says.
    """

    text: str


@dataclass(frozen=True)
class Paragraph:
    """Some sentences.

    Attributes
    ----------
    text : str
        What they say.
    small : bool
        Whether they are a note, like sources.
    """

    text: str
    small: bool = False


@dataclass(frozen=True)
class PrintedPicture:
    """A picture.

    Attributes
    ----------
    png : bytes
        A PNG file.
    alt : str
        What it shows, for who does not see it.
    caption : str
        What stands below it; may be empty.
    """

    png: bytes
    alt: str
    caption: str = ""

    @property
    def aspect(self) -> float:
        """Width over height."""
        with Image.open(io.BytesIO(self.png)) as image:
            return image.width / image.height


@dataclass(frozen=True)
class PictureRow:
    """Pictures side by side, equally high.

    Attributes
    ----------
    row : tuple of PrintedPicture
        From left to right.
    width : float
        How much of the page's width they take together.
    """

    row: tuple[PrintedPicture, ...]
    width: float = 1.0


@dataclass(frozen=True)
class PrintedTable:
    """A table whose first column names its rows.

    Attributes
    ----------
    caption : str
        What it is of.
    head : tuple of str
        Names of the columns.
    rows : tuple of tuple of str
        As many cells each; empty ones are to be filled in by hand.
    shares : tuple of float
        How wide the columns are to each other; empty where the first is half as wide again as each
        of the others.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...] = ()

    @property
    def widths(self) -> tuple[float, ...]:
        """How wide the columns are to each other."""
        return self.shares or (1.5, *(1.0 for _ in self.head[1:]))


@dataclass(frozen=True)
class PageBreak:
    """On paper, what follows begins on a page of its own."""


@dataclass(frozen=True)
class PrintedQuestion:
    """A question.

    Attributes
    ----------
    text : str
        What is asked.
    choices : tuple of str
        What can be answered; none for an answer in words.
    answer : str
        The right answer and why; empty on sheets for a class.
    picture : PrintedPicture or None
        What it is about.
    """

    text: str
    choices: tuple[str, ...] = ()
    answer: str = ""
    picture: PrintedPicture | None = None


def answer_text(choices: Sequence[str], key: int, why: str) -> str:
    """Return the right answer with its letter, and why it is right where that is told.

    Parameters
    ----------
    choices : sequence of str
        What can be answered.
    key : int
        Which of them is right.
    why : str
        The reason; may be empty.
    """
    answer = tr("{letter}. {answer}").format(letter=chr(ord("A") + key), answer=choices[key])
    return f"{answer}. {why}" if why else answer


Block = Heading | PageBreak | Paragraph | PictureRow | PrintedTable | PrintedQuestion


@dataclass(frozen=True)
class Printed:
    """A document.

    Attributes
    ----------
    title : str
        Its title.
    language : str
        Code of the language of all texts.
    blocks : tuple of Block
        From top to bottom.
    paper : str
        ``"a4"`` or ``"letter"``.
    """

    title: str
    language: str
    blocks: tuple[Block, ...]
    paper: str = "a4"

    @property
    def numbered(self) -> Iterator[tuple[int, Block]]:
        """The blocks, each with how many questions there are up to it: a question's number."""
        number = 0
        for block in self.blocks:
            number += isinstance(block, PrintedQuestion)
            yield number, block

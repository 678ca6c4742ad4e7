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
    "GUTTER_MM",
    "MARGIN_MM",
    "QUESTION_PICTURE_MM",
    "WRITTEN_MM",
    "Block",
    "Bullets",
    "Heading",
    "PageBreak",
    "Paragraph",
    "PictureRow",
    "Printed",
    "PrintedPicture",
    "PrintedQuestion",
    "PrintedTable",
    "answer_text",
    "page_mm",
    "question_height_mm",
    "row_height_mm",
]

# Of a page: at the sides, above, below; between two pictures.
MARGIN_MM, GUTTER_MM = (12.0, 11.0, 13.0), 3.0
_CAPTION_MM = 7.5  # with the room below it
# Of a question: its picture's width, a line to write on, a line of text, what keeps two apart.
QUESTION_PICTURE_MM, WRITTEN_MM = 36.0, 9.0
_LINE_MM, _BETWEEN_MM = 4.6, 3.6


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
    keep : bool
        Whether they stay on one page with what follows.
    """

    text: str
    small: bool = False
    keep: bool = False


@dataclass(frozen=True)
class Bullets:
    """A list without numbers.

    Attributes
    ----------
    items : tuple of str
        What its points say.
    keep : bool
        Whether it stays on one page with what follows.
    """

    items: tuple[str, ...]
    keep: bool = False


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
    keep : bool
        Whether they stay on one page with what follows.
    """

    row: tuple[PrintedPicture, ...]
    width: float = 1.0
    keep: bool = False


def page_mm(paper: str) -> tuple[float, float]:
    """Return width and height that a page has between its margins, millimetres."""
    wide, high = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}[paper]
    return wide - 2.0 * MARGIN_MM[0], high - MARGIN_MM[1] - MARGIN_MM[2]


def row_height_mm(row: PictureRow, paper: str) -> float:
    """Return how high pictures side by side are on a page, captions included, millimetres."""
    gaps = GUTTER_MM * (len(row.row) - 1)
    wide = row.width * page_mm(paper)[0] - gaps
    caption = _CAPTION_MM if any(picture.caption for picture in row.row) else 0.0
    return wide / sum(picture.aspect for picture in row.row) + caption


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
    row_mm : float
        No row is lower than this, as where it is filled in by hand.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...] = ()
    row_mm: float = 0.0

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
    lines : int
        How many lines there are to write an answer on.
    """

    text: str
    choices: tuple[str, ...] = ()
    answer: str = ""
    picture: PrintedPicture | None = None
    lines: int = 0


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


Block = Heading | PageBreak | Paragraph | Bullets | PictureRow | PrintedTable | PrintedQuestion


def question_height_mm(question: PrintedQuestion) -> float:
    """Return about how high a question is on a page, with what keeps it off the next, millimetres.

    Its text and each choice are taken for one line.
    """
    said = _LINE_MM * (1 + len(question.choices)) + WRITTEN_MM * question.lines
    pictured = 0.0 if question.picture is None else QUESTION_PICTURE_MM / question.picture.aspect
    return max(said, pictured) + _BETWEEN_MM


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

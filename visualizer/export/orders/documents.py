"""The orders of what is printed: a document in a file, and its pages as pictures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from visualizer.export.document import Printed
from visualizer.export.document_files import check_document
from visualizer.export.document_pdf import document_pages
from visualizer.export.handout import Sheet, make_handout
from visualizer.export.lesson_notes import make_notes
from visualizer.export.orders.order import Desk, shown_at
from visualizer.export.output import Tell, unless_given_up, write_unless_given_up
from visualizer.export.picture import Pictures
from visualizer.export.typesetting import check_typesetter
from visualizer.teaching.lesson import Lesson
from visualizer.teaching.moment import Moment

__all__ = [
    "DocumentOrder",
    "HandoutContent",
    "MadeContent",
    "NotesContent",
    "PagesOrder",
    "PagesSet",
    "PrintedContent",
]


class PrintedContent(Protocol):
    """What a document is made of."""

    def document(self, desk: Desk, tell: Tell, /) -> Printed:
        """Draw its pictures and return it."""


@dataclass(frozen=True)
class HandoutContent:
    """The hand-out of a variation.

    Attributes
    ----------
    moment : Moment
        What it is about: its variation, side and tempo count.
    sheet : Sheet
        Which of the three.
    paper : str
        ``"a4"`` or ``"letter"``.
    """

    moment: Moment
    sheet: Sheet
    paper: str

    def document(self, desk: Desk, tell: Tell) -> Printed:
        """Draw the pictures of the sheet and return it."""
        repetition = shown_at(desk, self.moment)
        pictures = Pictures(repetition.body.surface, repetition)
        view = unless_given_up(pictures.view, tell)
        alike = desk.catalog.alike(repetition.variation)[:1]
        others = [desk.solve(other.id, repetition.side) for other in alike]
        return make_handout(repetition, view, self.sheet, self.paper, tell=tell, others=others)


@dataclass(frozen=True)
class NotesContent:
    """The notes of a lesson.

    Attributes
    ----------
    lesson : Lesson
        The lesson.
    paper : str
        ``"a4"`` or ``"letter"``.
    """

    lesson: Lesson
    paper: str

    def document(self, desk: Desk, tell: Tell) -> Printed:
        """Draw the pictures of the notes and return them."""
        return make_notes(self.lesson, desk.solve, self.paper, tell)


@dataclass(frozen=True)
class MadeContent:
    """A document that has been made already.

    Attributes
    ----------
    made : Printed
        The document.
    """

    made: Printed

    def document(self, desk: Desk, tell: Tell) -> Printed:
        """Return it."""
        return self.made


@dataclass(frozen=True)
class DocumentOrder:
    """A document in a file.

    Attributes
    ----------
    path : str
        The file; how it ends says what kind it is.
    content : PrintedContent
        What it is made of.
    """

    path: str
    content: PrintedContent

    def check(self) -> None:
        """Refuse a file that cannot be written, or that nothing here can make."""
        check_document(Path(self.path))

    def __call__(self, desk: Desk, tell: Tell) -> None:
        """Draw the pictures and write the document."""
        path = Path(self.path)
        write = check_document(path)
        document = self.content.document(desk, tell)
        write_unless_given_up(path, lambda stream: write(stream, document, tell), tell)


@dataclass(frozen=True)
class PagesSet:
    """A document with its pages.

    Attributes
    ----------
    document : Printed
        The document.
    pages : tuple of bytes
        How its pages look, a PNG file each.
    """

    document: Printed
    pages: tuple[bytes, ...]


@dataclass(frozen=True)
class PagesOrder:
    """The pages of a document as pictures.

    Attributes
    ----------
    content : PrintedContent
        What it is made of.
    ppi : float
        Pixels per inch of paper.
    """

    content: PrintedContent
    ppi: float

    @property
    def path(self) -> str:
        """No file is written."""
        return ""

    def check(self) -> None:
        """Refuse where nothing can set pages."""
        check_typesetter()

    def __call__(self, desk: Desk, tell: Tell) -> PagesSet:
        """Draw the pictures and set the pages."""
        self.check()
        document = self.content.document(desk, tell)
        return PagesSet(document, tuple(document_pages(document, self.ppi, tell)))

"""Typst is given data as data, and refuses or is missing in one sentence.

A module of that name before any other stands in for it, so it runs where there is none.
"""

from __future__ import annotations

import sys

import pytest

from tests.helpers.typst import SetTypst
from visualizer.errors import CancelledError, VisualizerError
from visualizer.export.document import Paragraph, Printed
from visualizer.export.document_pdf import document_pages, document_pdf
from visualizer.export.output import go_on
from visualizer.export.typesetting import (
    TypstRefusalError,
    check_typesetter,
    font_families,
    set_pages,
)

SHEET = Printed("Sheet", "en", (Paragraph("Größe \x00 and\nlines"),))


def test_what_is_asked_and_what_is_answered_goes_through_whole(typst: SetTypst) -> None:
    typst("return [source, sys_inputs['data'].encode(), repr(how).encode()]")
    source, data = "#let x = [ä]\n", "{}\n\nü"
    made = set_pages(source, data, {"ppi": 30.0}, go_on)
    assert made == [source.encode(), data.encode(), b"{'ppi': 30.0}"]


def test_one_page_alone(typst: SetTypst) -> None:
    typst("return b'%PDF-'")
    assert set_pages("", "", {}, go_on) == [b"%PDF-"]
    assert document_pdf(SHEET) == b"%PDF-"


def test_no_page_at_all(typst: SetTypst) -> None:
    typst("return []")
    assert set_pages("", "", {}, go_on) == []


def test_what_typst_refuses_is_told(typst: SetTypst) -> None:
    typst("raise RuntimeError('no such thing\\nhint: look')")
    with pytest.raises(TypstRefusalError, match="no such thing\nhint: look"):
        set_pages("", "", {}, go_on)
    with pytest.raises(VisualizerError, match=r"^the PDF could not be made: no such thing$"):
        document_pdf(SHEET)


def test_it_is_given_up_before_typst_is_asked(typst: SetTypst) -> None:
    typst("raise AssertionError('nobody wants it')")

    def tell(done: int, of: int) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        document_pages(SHEET, 30.0, tell)


def test_a_typst_that_cannot_be_loaded_is_a_typst_that_is_not_there(
    typst: SetTypst, monkeypatch: pytest.MonkeyPatch
) -> None:
    typst("pass\nraise ImportError('wrong kind of processor')")
    check_typesetter()  # it is there, which is all that is looked at before the work
    for ask in (lambda: document_pdf(SHEET), font_families):
        with pytest.raises(VisualizerError, match="PDF needs typst"):
            ask()
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(VisualizerError, match="PDF needs typst"):
        check_typesetter()


def test_the_fonts_of_the_machine_are_told(typst: SetTypst) -> None:
    typst("pass\nclass Fonts:\n    def families(self): return ['Æther', 'Some Math']")
    assert font_families() == ["Æther", "Some Math"]

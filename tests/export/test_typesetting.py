"""Pages are set in a process of its own, which answers, is given up, or fails in one sentence.

A module of that name before any other stands in for Typst, so it runs where there is none.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Protocol

import pytest
from PIL import Image

from visualizer.errors import CancelledError, VisualizerError
from visualizer.export.document import Paragraph, Printed
from visualizer.export.document_pdf import document_pages, document_pdf
from visualizer.export.drawing import Drawing
from visualizer.export.output import go_on, write_output
from visualizer.export.picture_files import PICTURE_FILES
from visualizer.export.typesetting import (
    TypstRefusalError,
    check_typesetter,
    font_families,
    set_pages,
)

SHEET = Printed("Sheet", "en", (Paragraph("Größe \x00 and\nlines"),))


class Stand(Protocol):
    def __call__(self, body: str) -> None: ...


@pytest.fixture
def typst(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stand:
    """Put a module in the place of Typst, whose ``compile`` does what it is given."""
    folder = tmp_path / "modules"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.delitem(sys.modules, "typst", raising=False)

    def put(body: str) -> None:
        text = f"import os, sys\ndef compile(source, *, sys_inputs, **how):\n    {body}\n"
        (folder / "typst.py").write_text(text, "utf-8")

    return put


def test_what_is_asked_and_what_is_answered_goes_through_whole(typst: Stand) -> None:
    typst(
        "return [source, sys_inputs['data'].encode(), repr(how).encode(), bytes(range(256)) * 999]"
    )
    source, data = "#let x = [ä]\n", "{}\n\n" + "ü" * 300_000
    made = set_pages(source, data, {"ppi": 30.0}, go_on)
    assert made == [source.encode(), data.encode(), b"{'ppi': 30.0}", bytes(range(256)) * 999]


def test_one_page_alone_and_no_page_at_all(typst: Stand) -> None:
    typst("return b'%PDF-'")
    assert set_pages("", "", {}, go_on) == [b"%PDF-"]
    assert document_pdf(SHEET) == b"%PDF-"
    typst("return []")
    assert set_pages("", "", {}, go_on) == []


def test_a_page_is_set_elsewhere_and_nothing_of_typst_stays_here(typst: Stand) -> None:
    typst("return str(os.getpid()).encode()")
    check_typesetter()
    assert set_pages("", "", {}, go_on) != [str(os.getpid()).encode()]
    assert "typst" not in sys.modules


def test_what_typst_refuses_is_told(typst: Stand) -> None:
    typst("raise RuntimeError('no such thing\\nhint: look')")
    with pytest.raises(TypstRefusalError, match="no such thing\nhint: look"):
        set_pages("", "", {}, go_on)
    with pytest.raises(VisualizerError, match=r"^the PDF could not be made: no such thing$"):
        document_pdf(SHEET)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("sys.exit(3)", "the process that sets it ended early (status 3)"),
        ("os._exit(0)", "the process that sets it ended early (status 0)"),
        ("raise MemoryError('too large')", "MemoryError: too large"),
        ("return 'no bytes'", "TypeError: "),
        pytest.param(
            "os.kill(os.getpid(), 9)",
            "the process that sets it ended early (SIGKILL)",
            marks=pytest.mark.skipif(sys.platform == "win32", reason="has no signals"),
        ),
    ],
)
def test_a_process_that_fails_is_one_sentence_and_leaves_nothing(
    body: str, said: str, typst: Stand, tmp_path: Path
) -> None:
    typst(body)
    path = tmp_path / "picture.pdf"
    drawing = Drawing(Image.new("RGB", (9, 9)), (), "Picture", "", "en")
    with pytest.raises(VisualizerError) as caught:
        write_output(path, lambda stream: PICTURE_FILES[".pdf"](stream, drawing))
    assert str(caught.value).startswith(f"the PDF could not be made: {said}")
    assert "\n" not in str(caught.value)
    assert [file.name for file in tmp_path.iterdir()] == ["modules"]


def test_a_process_that_cannot_be_started_is_one_sentence(
    typst: Stand, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    typst("return b''")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "gone"))
    with pytest.raises(VisualizerError, match=f"could not be made: {os.strerror(2)}$"):
        document_pdf(SHEET)


def test_to_give_up_ends_the_process(typst: Stand, tmp_path: Path) -> None:
    begun, late = tmp_path / "begun", tmp_path / "late"
    waits = "[time.sleep(0.01) for _ in range(6000)]"
    typst(
        f"import time; open({str(begun)!r}, 'w').write(str(os.getpid())); {waits}; open({str(late)!r}, 'w')"
    )

    def tell(done: int, of: int) -> None:
        assert (done, of) == (0, 1)
        if begun.is_file() and begun.read_text():
            raise CancelledError

    with pytest.raises(CancelledError):
        document_pages(SHEET, 30.0, tell)
    if sys.platform != "win32":
        with pytest.raises(ProcessLookupError):
            os.kill(int(begun.read_text()), 0)
    assert not late.exists()


def test_a_typst_that_cannot_be_loaded_is_a_typst_that_is_not_there(
    typst: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    typst("pass\nraise ImportError('wrong kind of processor')")
    check_typesetter()  # it is there, which is all that is looked at before the work
    for ask in (lambda: document_pdf(SHEET), lambda: font_families(go_on)):
        with pytest.raises(VisualizerError, match="PDF needs typst"):
            ask()
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(VisualizerError, match="PDF needs typst"):
        check_typesetter()


def test_the_fonts_of_the_machine_are_told(typst: Stand) -> None:
    typst("pass\nclass Fonts:\n    def families(self): return ['Æther', 'Some Math']")
    assert font_families(go_on) == ["Æther", "Some Math"]

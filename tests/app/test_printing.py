"""Pages before and on the printer: what is looked at is what comes out, page by page."""

from __future__ import annotations

import io
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.window import AtOnce
from visualizer.app.session.session import Session
from visualizer.app.session.worker import Worker
from visualizer.app.takeaway import print_preview
from visualizer.app.takeaway.exporting import Task
from visualizer.app.takeaway.handout import HandoutDialog
from visualizer.app.takeaway.picture import image_of_png
from visualizer.app.takeaway.print_preview import (
    Preview,
    PrintPreview,
    make_printer,
    print_pages,
)
from visualizer.export.document import Printed
from visualizer.export.orders.documents import MadeContent, PagesOrder, PagesSet
from visualizer.export.orders.order import Order

pytestmark = pytest.mark.usefixtures("orders_here")

COLOURS = ("#d55e00", "#0072b2", "#117733")
LETTER = Printed("Glute bridge", "en", (), "letter")


def png(colour: str, size: tuple[int, int] = (85, 110)) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, colour).save(stream, "PNG")
    return stream.getvalue()


def images() -> list[QImage]:
    return [QImage.fromData(png(colour)) for colour in COLOURS]


def white(order: Order) -> Task:
    """Let a white page come back of an order of the shown document's pages, finely set."""
    assert isinstance(order, PagesOrder)
    assert order.content == MadeContent(LETTER)
    assert order.ppi > 200
    return lambda tell: PagesSet(LETTER, (png("#ffffff"),))


def to_file(path: Path, document: Printed = LETTER) -> QPrinter:
    """Return a printer whose paper is a file."""
    printer = make_printer(document, len(COLOURS))
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setResolution(72)
    printer.setOutputFileName(str(path))
    return printer


def draw_all(preview: PrintPreview) -> int:
    """Let all pages be drawn; return in how many turns of the event loop."""
    turns = 0
    while preview.soon.isActive():
        preview.soon.timeout.emit()
        turns += 1
    return turns


def pages_in(path: Path) -> int:
    return path.read_bytes().count(b"/Type /Page\n")


def test_all_pages_come_out_on_their_paper_to_its_edge(tmp_path: Path) -> None:
    printer = to_file(tmp_path / "all.pdf")
    layout = printer.pageLayout()
    assert layout.pageSize().id() is QPageSize.PageSizeId.Letter
    assert layout.mode() is QPageLayout.Mode.FullPageMode
    assert layout.orientation() is QPageLayout.Orientation.Portrait
    assert print_pages(printer, images())
    assert pages_in(tmp_path / "all.pdf") == 3
    assert b"MediaBox [0 0 612" in (tmp_path / "all.pdf").read_bytes()


def test_a_range_of_pages_comes_out_alone(tmp_path: Path) -> None:
    printer = to_file(tmp_path / "some.pdf")
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    assert print_pages(printer, images())
    assert pages_in(tmp_path / "some.pdf") == 2


def test_a_printer_that_takes_nothing_is_told_in_the_preview(
    over: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview = PrintPreview(over, AtOnce(), Preview(LETTER, tuple(images())), white)
    preview.send(to_file(tmp_path / "there.pdf"))
    assert preview.message.text() == "The pages were sent to the printer."
    with monkeypatch.context() as patch:
        patch.setattr(print_preview, "print_pages", lambda printer, pages: False)
        preview.send(to_file(tmp_path / "none.pdf"))
    assert preview.message.text() == "The printer did not take the pages."
    assert preview.print_.isEnabled()


def test_pages_go_to_the_printer_beside_the_window(
    over: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    threads: list[threading.Thread] = []
    send = print_pages

    def watched(printer: QPrinter, pages: Sequence[QImage]) -> bool:
        threads.append(threading.current_thread())
        return send(printer, pages)

    monkeypatch.setattr(print_preview, "print_pages", watched)
    jobs = Worker(over)
    preview = PrintPreview(over, jobs, Preview(LETTER, tuple(images())), white)
    preview.send(to_file(tmp_path / "there.pdf"))
    qtbot.waitUntil(lambda: "were sent" in preview.message.text())
    jobs.stop()
    assert threads != [threading.main_thread()]
    assert pages_in(tmp_path / "there.pdf") == 1


def test_the_preview_shows_every_page_as_wide_as_there_is_room_or_whole(
    over: QWidget, qtbot: QtBot
) -> None:
    preview = PrintPreview(over, AtOnce(), Preview(LETTER, tuple(images())), white)
    preview.show()
    draw_all(preview)
    assert [page.accessibleName() for page in preview.pages] == [
        f"Page {k} of 3" for k in (1, 2, 3)
    ]
    room = preview.area.viewport().size()
    wide = preview.pages[0].pixmap().deviceIndependentSize()
    assert room.width() - 40 <= wide.width() <= room.width()
    shown = preview.pages[1].pixmap().toImage()
    assert shown.pixelColor(9, 9) == QColor(COLOURS[1])
    preview.zoom.button(True).click()
    draw_all(preview)
    whole = preview.pages[0].pixmap().deviceIndependentSize()
    assert whole.height() <= room.height()
    assert whole.width() / whole.height() == pytest.approx(85 / 110, rel=0.02)


def test_each_page_is_drawn_in_a_turn_of_its_own_and_only_when_its_size_is_another(
    over: QWidget,
) -> None:
    preview = PrintPreview(over, AtOnce(), Preview(LETTER, tuple(images())), white)
    preview.show()
    assert all(page.pixmap().isNull() for page in preview.pages)
    preview.soon.timeout.emit()
    assert [page.pixmap().isNull() for page in preview.pages] == [False, True, True]
    assert draw_all(preview) == 2
    preview.resize(preview.width(), preview.height() + 10)
    assert draw_all(preview) == 0
    preview.zoom.button(True).click()
    assert draw_all(preview) == 3


def test_a_page_is_read_as_it_is() -> None:
    for colour in COLOURS:
        image = image_of_png(png(colour, (7, 5)))
        assert (image.width(), image.height()) == (7, 5)
        assert image.pixelColor(6, 4) == QColor(colour)


def test_without_typst_the_dialog_says_what_else_can_be_done(
    over: QWidget, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    dialog = HandoutDialog(over, session, AtOnce())
    dialog.preview()
    assert "save a web page and print it from a browser" in dialog.message.text()
    assert dialog.look.isEnabled()
    assert dialog.save.isEnabled()


def test_a_hand_out_is_looked_at_from_its_dialog(over: QWidget, session: Session) -> None:
    pytest.importorskip("typst", reason="only where the extra 'pdf' is")
    dialog = HandoutDialog(over, session, AtOnce())
    dialog.paper.setCurrentIndex(dialog.paper.findData("letter"))
    dialog.preview()
    (preview,) = dialog.findChildren(PrintPreview)
    assert preview.isVisible()
    draw_all(preview)
    for page in preview.pages:
        size = page.pixmap().size()
        assert size.width() / size.height() == pytest.approx(8.5 / 11, rel=0.01)
    preview.close()

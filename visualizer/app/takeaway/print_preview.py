"""The pages of a document as they will be printed, and the printing itself.

The pages are those of the PDF file, set by Typst and shown as pictures; for the printer they are
set once more, finely. So what is seen is what comes out, whatever the printer's own letters are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPageSize, QPainter, QPixmap
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from visualizer.app.session.worker import Jobs
from visualizer.app.takeaway.exporting import Task
from visualizer.app.takeaway.picture import image_of_png
from visualizer.app.widgets.controls import Choice, label
from visualizer.app.widgets.dialog import Dialog
from visualizer.app.widgets.theme import theme_of
from visualizer.errors import VisualizerError
from visualizer.export.document import Printed
from visualizer.export.orders.documents import MadeContent, PagesOrder, PagesSet
from visualizer.export.orders.order import Order
from visualizer.export.output import go_on
from visualizer.export.typesetting import check_typesetter
from visualizer.texts import ntr, tr

__all__ = [
    "SEEN_PPI",
    "Preview",
    "PrintPreview",
    "check_printing",
    "preview_of",
    "print_pages",
]

SEEN_PPI, _PRINTED_PPI = 150.0, 300.0
_SIZE, _GAP_PX, _MARGIN_PX = QSize(760, 900), 16, 12
_LEAST_WIDTH_PX = 80
_PAPERS = {"a4": QPageSize.PageSizeId.A4, "letter": QPageSize.PageSizeId.Letter}


@dataclass(frozen=True)
class Preview:
    """A document with its pages.

    Attributes
    ----------
    document : Printed
        The document.
    pages : tuple of QImage
        How its pages look.
    """

    document: Printed
    pages: tuple[QImage, ...]


def check_printing() -> None:
    """Refuse before the work where nothing can set the pages.

    Raises
    ------
    VisualizerError
        When Typst is missing; it says what else can be done.
    """
    try:
        check_typesetter()
    except VisualizerError:
        raise VisualizerError(
            tr(
                "Pages are set by typst, which this installation does not have: install the extra "
                "'pdf' with pip, or save a web page and print it from a browser"
            )
        ) from None


def preview_of(made: object) -> Preview:
    """Return a document with its pages, of what an order of pages has given; any thread may."""
    assert isinstance(made, PagesSet)
    return Preview(made.document, tuple(map(image_of_png, made.pages)))


class PrintPreview(Dialog):
    """Pages one below another, and a button that prints them.

    Parameters
    ----------
    parent : QWidget
        The dialog that they were asked for in.
    jobs : Jobs
        Sets the pages finely, beside the window.
    preview : Preview
        What is shown.
    beside : callable
        Has an order carried out in a process of its own.
    """

    def __init__(
        self,
        parent: QWidget,
        jobs: Jobs,
        preview: Preview,
        beside: Callable[[Order], Task],
    ) -> None:
        super().__init__(parent, tr("Print preview"), _SIZE, heading=False)
        self._jobs, self._preview, self._beside = jobs, preview, beside
        count = len(preview.pages)
        paper = {"a4": "A4", "letter": "Letter"}[preview.document.paper]
        said = ntr("{title}: {count} page, {paper}", "{title}: {count} pages, {paper}", count)
        title = preview.document.title
        self.column.addWidget(label(said.format(title=title, count=count, paper=paper), "strong"))
        self.zoom = Choice(
            tr("Size of the pages"),
            (
                (False, tr("Page width"), tr("As wide as there is room")),
                (True, tr("Whole page"), tr("So that a page is seen as a whole")),
            ),
        )
        self.zoom.chosen.connect(self._choose)
        self.column.addWidget(self.zoom, 0, Qt.AlignmentFlag.AlignLeft)
        self._whole = False
        self.zoom.show_value(False)
        self.area = QScrollArea()
        self.area.setAccessibleName(tr("Pages"))
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        holder = QWidget()
        rows = QVBoxLayout(holder)
        rows.setSpacing(_GAP_PX)
        rows.setContentsMargins(_MARGIN_PX, _MARGIN_PX, _MARGIN_PX, _MARGIN_PX)
        self.pages: list[QLabel] = []
        for number in range(1, count + 1):
            page = QLabel()
            page.setAccessibleName(
                tr("Page {number} of {count}").format(number=number, count=count)
            )
            rows.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
            self.pages.append(page)
        rows.addStretch(1)
        self.area.setWidget(holder)
        self._waiting: list[int] = []
        self.soon = QTimer(self)
        self.soon.setInterval(0)
        self.soon.timeout.connect(self._draw_next)
        self.area.viewport().installEventFilter(self)
        self.column.addWidget(self.area, 1)
        self.message = label("", "body")
        self.message.hide()
        self.column.addWidget(self.message)
        self.print_ = self.add_button(tr("Print…"))
        self.print_.setDefault(True)
        self.print_.clicked.connect(self.ask)

    def _choose(self, whole: bool) -> None:
        self._whole = whole
        self._scale()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Let the pages be as wide as the room that they get."""
        if event.type() == QEvent.Type.Resize:
            self._scale()
        return super().eventFilter(watched, event)

    def _scale(self) -> None:
        """Give the pages the size that was chosen; each is drawn so in a turn of its own."""
        room = self.area.viewport().size()
        for number, (page, image) in enumerate(zip(self.pages, self._preview.pages, strict=True)):
            wide = max(room.width() - 2 * _MARGIN_PX, _LEAST_WIDTH_PX)
            if self._whole:
                high = max(room.height() - 2 * _MARGIN_PX, _LEAST_WIDTH_PX)
                wide = min(wide, high * image.width() // image.height())
            size = QSize(wide, round(wide * image.height() / image.width()))
            if page.size() != size or page.pixmap().isNull():
                page.setFixedSize(size)
                if number not in self._waiting:
                    self._waiting.append(number)
        self._waiting.sort()
        if self._waiting:
            self.soon.start()

    def _draw_next(self) -> None:
        """Draw the next page as large as it is shown: all in one turn would be a pause."""
        number = self._waiting.pop(0)
        if not self._waiting:
            self.soon.stop()
        page, ratio = self.pages[number], self.devicePixelRatioF()
        shown = QPixmap.fromImage(
            self._preview.pages[number].scaled(
                page.size() * ratio,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )
        painter = QPainter(shown)
        painter.setPen(QColor(theme_of(self).secondary))
        painter.drawRect(shown.rect().adjusted(0, 0, -1, -1))  # where the paper ends
        painter.end()
        shown.setDevicePixelRatio(ratio)
        page.setPixmap(shown)

    def ask(self) -> None:
        """Ask for the printer, then print."""
        printer = make_printer(self._preview.document, len(self.pages))
        dialog = QPrintDialog(printer, self)
        dialog.setWindowTitle(tr("Print"))
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        # the printer is the dialog's: it is alive as long as that is
        dialog.accepted.connect(lambda: self.send(printer))
        dialog.finished.connect(dialog.deleteLater)
        dialog.show()

    def send(self, printer: QPrinter) -> None:
        """Print on a printer; the pages are set and sent beside the window."""
        setting = self._beside(PagesOrder(MadeContent(self._preview.document), _PRINTED_PPI))
        self._tell(tr("Getting ready…"), busy=True)

        def done(sent: bool) -> None:
            if not sent:
                self._tell(tr("The printer did not take the pages."))
                return
            self._tell(tr("The pages were sent to the printer."))

        self._jobs.run(
            lambda: print_pages(printer, preview_of(setting(go_on)).pages),
            done,
            lambda error: self._tell(str(error)),
            owner=self,
            apart=True,
        )

    def _tell(self, text: str, *, busy: bool = False) -> None:
        self.print_.setEnabled(not busy)
        self.message.setText(text)
        self.message.show()


def make_printer(document: Printed, count: int) -> QPrinter:
    """Return the usual printer, ready for a document of so many pages on its paper."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(document.title)
    printer.setPageSize(QPageSize(_PAPERS[document.paper]))
    # margins are part of the pages: what the printer cannot reach is empty there
    printer.setFullPage(True)
    printer.setFromTo(1, count)
    printer.setPrintRange(QPrinter.PrintRange.AllPages)
    return printer


def print_pages(printer: QPrinter, images: Sequence[QImage]) -> bool:
    """Print pages, of which the printer may want some only; return whether it took them.

    Parameters
    ----------
    printer : QPrinter
        Where to.
    images : sequence of QImage
        All pages of the document.
    """
    wanted = list(images)
    if printer.printRange() is QPrinter.PrintRange.PageRange:
        wanted = wanted[max(printer.fromPage(), 1) - 1 : printer.toPage() or None]
    if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst:
        wanted.reverse()
    if not printer.supportsMultipleCopies():
        wanted *= max(printer.copyCount(), 1)
    painter = QPainter()
    if not wanted or not painter.begin(printer):
        return False
    for number, image in enumerate(wanted):
        if number and not printer.newPage():
            painter.end()
            return False
        whole = printer.paperRect(QPrinter.Unit.DevicePixel).toRect()
        size = image.size().scaled(whole.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (whole.width() - size.width()) // 2, (whole.height() - size.height()) // 2
        painter.drawImage(QRect(left, top, size.width(), size.height()), image)
    return painter.end()

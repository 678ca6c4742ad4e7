"""The picture of the shown moment, into a file or the clipboard."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PIL import Image
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from visualizer.app.session.session import Session
from visualizer.app.session.worker import Jobs
from visualizer.app.takeaway.dialog import SIZES, ExportDialog
from visualizer.app.takeaway.exporting import Task
from visualizer.app.widgets.theme import shown_theme
from visualizer.errors import VisualizerError
from visualizer.export.look import Look
from visualizer.export.orders.both import stem_of
from visualizer.export.orders.order import Order
from visualizer.export.orders.pictures import PictureOrder, drawing_of
from visualizer.export.picture_files import PICTURE_FILES
from visualizer.teaching.moment import Moment
from visualizer.texts import tr

__all__ = ["PictureDialog", "copy_picture", "image_of_png", "name_of_file", "shown_png"]

# A picture of so many pixels is done sooner than a process has begun.
_SOON = 1920 * 1080


class PictureDialog(ExportDialog):
    """How the picture of a moment looks, and the file that it goes into.

    Parameters
    ----------
    parent : QWidget
        The window.
    session : Session
        What is shown.
    jobs : Jobs
        Draws, beside the window.
    moment : Moment
        What the picture shows.
    """

    kept_as = "picture"

    def __init__(self, parent: QWidget, session: Session, jobs: Jobs, moment: Moment) -> None:
        kinds = (
            (".png", tr("Picture of pixels")),
            (".svg", tr("Vector picture")),
            (".pdf", tr("PDF document")),
        )
        stem = name_of_file(moment)
        super().__init__(parent, session, tr("Save the picture"), jobs, kinds, stem)
        self._moment = moment
        self.size_ = self.add_sizes(SIZES)
        self.theme = self.add_pick(tr("Theme"), ((tr("Light"), "light"), (tr("Dark"), "dark")))
        self.theme.setCurrentIndex(self.theme.findData(shown_theme(session.state.theme)))
        self.labels = self.add_switch(tr("Names of the working muscles"), on=moment.labels)
        self.legend = self.add_switch(tr("Legend"), on=True, kept="legend")
        self.transparent = self.add_switch(tr("Transparent ground"), on=False, kept="transparent")
        self.recall()

    def order(self, path: Path) -> Order:
        """Return the order of the picture."""
        look = Look(self.size_.currentData(), self.theme.currentData(), self.legend.isChecked())
        moment = replace(self._moment, labels=self.labels.isChecked())
        return PictureOrder(str(path), moment, look, self.transparent.isChecked())

    def task(self, path: Path) -> Task:
        """Return what draws the picture and writes it."""
        order, session = self.order(path), self._session
        width, height = self.size_.currentData()
        if self.suffix == ".png" and width * height <= _SOON:
            return lambda tell: order(session, tell)
        return self.beside(order)


def shown_png(session: Session, moment: Moment) -> Callable[[], tuple[bytes, QImage]]:
    """Return what draws a moment as it would be saved at first; any thread may.

    It gives a PNG file, and what that holds: reading it takes long enough to be done there, too.

    Parameters
    ----------
    session : Session
        What is shown.
    moment : Moment
        What the picture shows.
    """
    look = Look(SIZES[0], shown_theme(session.state.theme), legend=True)

    def make() -> tuple[bytes, QImage]:
        stream = io.BytesIO()
        PICTURE_FILES[".png"](stream, drawing_of(session, moment, look))
        return stream.getvalue(), image_of_png(stream.getvalue())

    return make


def image_of_png(png: bytes) -> QImage:
    """Return the picture of a PNG file, without what is transparent; any thread may.

    Qt would hold the interpreter, and with it the window, until the whole picture is read.

    Parameters
    ----------
    png : bytes
        The file.
    """
    with Image.open(io.BytesIO(png)) as image:
        whole = image.convert("RGB")
    data, (width, height) = whole.tobytes("raw", "BGRX"), whole.size
    return QImage(data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()


def name_of_file(moment: Moment) -> str:
    """Return the name that a picture's file is proposed, without its end."""
    place = moment.playhead
    return f"{stem_of(moment)}-{place.phase}-{round(100 * place.fraction)}"


def copy_picture(
    parent: QWidget,
    session: Session,
    jobs: Jobs,
    moment: Moment,
    confirm: Callable[[str], object],
    refuse: Callable[[VisualizerError], object],
) -> None:
    """Put the picture of a moment into the clipboard, as it would be saved at first.

    Parameters
    ----------
    parent : QWidget
        The window.
    session : Session
        What is shown.
    jobs : Jobs
        Draws, beside the window.
    moment : Moment
        What the picture shows.
    confirm, refuse : callable
        Are told that it was done, or why it was not.
    """
    make = shown_png(session, moment)

    def put(made: tuple[bytes, QImage]) -> None:
        QGuiApplication.clipboard().setImage(made[1])
        confirm(tr("The picture was copied."))

    jobs.run(make, put, refuse, owner=parent)

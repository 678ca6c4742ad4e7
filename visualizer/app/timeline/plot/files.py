"""The plot into the clipboard and into files: as a picture, as a table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from visualizer.analysis.plot_table import table_text
from visualizer.app.timeline.plot.picture import plot_picture, png_bytes
from visualizer.app.timeline.plot.view import PlotView
from visualizer.files import write_whole
from visualizer.texts import tr

__all__ = ["PlotFiles"]


class PlotFiles(QObject):
    """Copies and saves what a plot shows; says what came of it.

    Parameters
    ----------
    plot : PlotView
        What is copied.
    parent : QWidget
        Where dialogs open.
    """

    done = Signal(str)
    failed = Signal(str)

    def __init__(self, plot: PlotView, parent: QWidget) -> None:
        super().__init__(parent)
        self._plot, self._over = plot, parent
        # where the last file went
        self._folder = Path(
            QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        )

    def _possible(self) -> bool:
        """Return whether there is a curve to copy; say why not."""
        shown = self._plot
        if not shown.shows_curves and shown.plot is not None:
            self.failed.emit(shown.plot.empty)
        return shown.shows_curves

    def copy_picture(self) -> None:
        """Put the plot into the clipboard as a picture."""
        if self._possible():
            shown = self._plot
            assert shown.plot is not None
            image = plot_picture(shown.plot, shown.window_.spans, shown.look)
            QGuiApplication.clipboard().setImage(image)
            self.done.emit(tr("The plot was copied as a picture."))

    def copy_table(self) -> None:
        """Put the values into the clipboard as a table."""
        if self._possible():
            QGuiApplication.clipboard().setText(self._table())
            self.done.emit(tr("The values were copied as a table."))

    def save_picture(self) -> None:
        """Ask for a file, and write the plot into it as a picture."""
        if self._possible():
            self._ask("png", tr("Save the plot as a picture"), tr("Pictures"), self.write_picture)

    def save_table(self) -> None:
        """Ask for a file, and write the values into it as a table."""
        if self._possible():
            self._ask("csv", tr("Save the values as a table"), tr("Tables"), self.write_table)

    def write_picture(self, path: Path) -> None:
        """Write the plot into a PNG file."""
        shown = self._plot
        assert shown.plot is not None
        self._write(path, png_bytes(plot_picture(shown.plot, shown.window_.spans, shown.look)))

    def write_table(self, path: Path) -> None:
        """Write the values into a CSV file; its mark of UTF-8 is for spreadsheets."""
        self._write(path, self._table().encode("utf-8-sig"))

    def _table(self) -> str:
        assert self._plot.plot is not None
        return table_text(self._plot.plot, self._plot.session.repetition.schedule)

    def _write(self, path: Path, content: bytes) -> None:
        try:
            write_whole(path, lambda stream: stream.write(content))
        except OSError as error:
            why = error.strerror or str(error)
            self.failed.emit(tr("{file} was not saved: {why}.").format(file=path, why=why))
        else:
            self._folder = path.parent
            self.done.emit(tr("Saved: {}").format(path))

    def _ask(self, suffix: str, title: str, kind: str, write: Callable[[Path], None]) -> None:
        session, shown = self._plot.session, self._plot.plot
        assert shown is not None
        dialog = QFileDialog(self._over.window(), title, str(self._folder))
        dialog.setNameFilter(f"{kind} (*.{suffix})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(f"{session.variation.id}-{shown.kind}.{suffix}")
        dialog.fileSelected.connect(lambda name: write(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

"""The dialog of whatever goes into a file: what is chosen, where to, how far it is, cancel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QStandardPaths, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QWidget,
)

from visualizer.app.session.session import Session
from visualizer.app.session.worker import Jobs
from visualizer.app.takeaway.exporting import Exporting, Task
from visualizer.app.widgets.controls import CheckBox, label
from visualizer.app.widgets.dialog import Dialog
from visualizer.app.widgets.fields import Number, Pick
from visualizer.export.orders.beside import beside
from visualizer.export.orders.order import Order
from visualizer.teaching.moment import Moment
from visualizer.texts import ntr, tr

__all__ = ["SIZES", "ExportDialog"]

SIZES = ((1920, 1080), (1280, 720), (3840, 2160), (1080, 1080), (960, 540))
_MINUTE_S = 60.0


class ExportDialog(Dialog):
    """Choices in a form, and a file that they become.

    Parameters
    ----------
    parent : QWidget
        The window.
    session : Session
        Remembers the last folder and choices.
    title : str
        What is saved.
    jobs : Jobs
        Makes the file, beside the window.
    kinds : sequence of (suffix, name)
        What kinds of files there are, the suffix with its dot.
    stem : str
        Name of the file that is proposed, without the suffix.
    """

    saved = Signal(object)  # Path
    kept_as = ""  # by what name its choices are remembered

    def __init__(
        self,
        parent: QWidget,
        session: Session,
        title: str,
        jobs: Jobs,
        kinds: Sequence[tuple[str, str]],
        stem: str,
    ) -> None:
        super().__init__(parent, title)
        self.exporting = Exporting(jobs, self)
        self._session, self._stem = session, stem
        self._kept: dict[str, QWidget] = {}
        self._choices = QWidget()
        self.form = QFormLayout(self._choices)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(self._choices)
        named = [(f"{name} ({suffix})", suffix) for suffix, name in kinds]
        self.kind = self.add_pick(tr("Kind of file"), named, "kind")
        self.progress = QProgressBar()
        self.progress.setAccessibleName(tr("Progress"))
        self.progress.setTextVisible(False)
        self.column.addWidget(self.progress)
        self.message = label("", "body")
        self.column.addWidget(self.message)
        self.column.addStretch(1)
        self._starting: list[QPushButton] = []
        self._done: Callable[[Any], object] = lambda result: None
        self.save = self.add_start(tr("Save…"), self.ask)
        self.save.setDefault(True)
        self.exporting.progressed.connect(self._show_progress)
        self.exporting.finished.connect(self._finish)
        self.exporting.failed.connect(self._rest)
        self.exporting.cancelled.connect(lambda: self._rest(tr("Given up; nothing was saved.")))
        parent.window().installEventFilter(self)
        self.progress.hide()

    def _add_row(self, name: str, field: QWidget, kept: str) -> None:
        if kept:
            self._kept[kept] = field
        named = QLabel(name)
        named.setBuddy(field)
        self.form.addRow(named, field)

    def add_pick(self, name: str, items: Iterable[tuple[str, object]], kept: str = "") -> Pick:
        """Add a list to the form, of texts with what they stand for, the first of them chosen.

        What is chosen is remembered by the name ``kept``, where there is one.
        """
        pick = Pick(name)
        pick.setSizeAdjustPolicy(Pick.SizeAdjustPolicy.AdjustToContents)
        for text, data in items:
            pick.addItem(text, data)
        self._add_row(name, pick, kept)
        return pick

    def add_sizes(self, sizes: Iterable[tuple[int, int]]) -> Pick:
        """Add a list of sizes in pixels to the form, the first of which is chosen."""
        items = ((f"{width} × {height}", (width, height)) for width, height in sizes)
        return self.add_pick(tr("Size in pixels"), items, "size")

    def add_count(self, name: str, most: int, value: int, kept: str = "") -> Number:
        """Add a whole number of at least 1 to the form."""
        field = Number(name)
        field.setDecimals(0)
        field.setRange(1, most)
        field.setValue(value)
        self._add_row(name, field, kept)
        return field

    def add_switch(self, name: str, *, on: bool, kept: str = "") -> CheckBox:
        """Add a switch to the form, and return it."""
        box = CheckBox(name)
        box.setChecked(on)
        if kept:
            self._kept[kept] = box
        self.form.addRow("", box)
        return box

    def add_start(self, text: str, begin: Callable[[], object]) -> QPushButton:
        """Add a button that begins something; it waits while something is under way."""
        button = self.add_button(text)
        button.clicked.connect(lambda: begin())
        self._starting.append(button)
        return button

    def recall(self) -> None:
        """Choose what was chosen last, as far as there still is such a choice."""
        for name, text in self._session.state.exports.get(self.kept_as, {}).items():
            field = self._kept.get(name)
            if isinstance(field, Pick):
                known = [str(field.itemData(k)) for k in range(field.count())]
                field.setCurrentIndex(known.index(text) if text in known else field.currentIndex())
            elif isinstance(field, Number) and text.isascii() and text.isdecimal():
                field.setValue(float(text[:9]))
            elif isinstance(field, CheckBox):
                field.setChecked(text == "1")

    def _remember(self, folder: Path | None = None) -> None:
        """Remember what is chosen, and where it goes."""
        chosen = {}
        for name, field in self._kept.items():
            if isinstance(field, Pick):
                chosen[name] = str(field.currentData())
            elif isinstance(field, Number):
                chosen[name] = f"{field.value():.0f}"
            elif isinstance(field, CheckBox):
                chosen[name] = "1" if field.isChecked() else "0"
        state = self._session.state
        self._session.change(
            exports={**state.exports, self.kept_as: chosen},
            export_folder=state.export_folder if folder is None else str(folder.absolute()),
        )

    def _folder(self) -> Path:
        """Return where something was saved last, the user's documents where that is gone."""
        last = Path(self._session.state.export_folder)
        if self._session.state.export_folder and last.is_dir():
            return last
        places = QStandardPaths.StandardLocation
        return Path(QStandardPaths.writableLocation(places.DocumentsLocation))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Let all fields be equally high before anything is seen."""
        for field in self._choices.findChildren(Number):
            field.setMinimumHeight(self.kind.sizeHint().height())
        super().showEvent(event)

    @property
    def suffix(self) -> str:
        """How the file's name is to end."""
        return str(self.kind.currentData())

    def order(self, path: Path) -> Order:
        """Return the order of the file."""
        raise NotImplementedError

    def beside(self, order: Order) -> Task:
        """Return what has an order carried out in a process of its own."""
        catalog, body = self._session.catalog, self._session.body
        return lambda tell: beside(order, catalog, body, tell)

    def task(self, path: Path) -> Task:
        """Return what makes the file; asked in the window's thread, done beside it."""
        return self.beside(self.order(path))

    def shown(self) -> Moment:
        """Return what is shown, where nothing but variation, side and tempo count."""
        state = self._session.state
        return Moment(state.variation, side=state.side, tempo=state.tempo)

    def ask(self) -> None:
        """Ask for the file, then make it."""
        dialog = QFileDialog(self, self.windowTitle(), str(self._folder()))
        dialog.setNameFilter(f"{self.kind.currentText().partition(' (')[0]} (*{self.suffix})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(self.suffix.removeprefix("."))
        dialog.selectFile(self._stem + self.suffix)
        dialog.fileSelected.connect(lambda name: self.write(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write(self, path: Path) -> None:
        """Make the file of what is chosen, and close when it is there.

        The end of its name says what kind it is, whatever was chosen before; where it says none,
        the chosen one is added to it.
        """
        known = [self.kind.itemData(k) for k in range(self.kind.count())]
        if path.suffix.lower() in known:
            self.kind.setCurrentIndex(known.index(path.suffix.lower()))
        else:
            path = path.with_name(path.name + self.suffix)
            if path.exists():  # nobody was asked whether it may be replaced
                text = tr("{name} is there already: choose it to replace it, or another name")
                self.tell(text.format(name=path.name))
                return
        task = self.task(path)

        def done(result: object) -> None:
            self._remember(path.parent)
            self.saved.emit(path)
            self.accept()

        self.work(task, done)

    def work(self, task: Task, done: Callable[[Any], object]) -> None:
        """Do a task beside the window, with progress; nothing can be chosen meanwhile.

        Parameters
        ----------
        task : callable
            What is done.
        done : callable
            Takes its result; the dialog is as it was when it returns.
        """
        self._done = done
        self._choices.setEnabled(False)
        for button in self._starting:
            button.setEnabled(False)
        self.progress.setRange(0, 0)
        self.progress.show()
        self._name_close(tr("Cancel"))
        self.tell(tr("Getting ready…"))
        self.exporting.start(task)

    def tell(self, text: str) -> None:
        """Say something below the choices; the dialog takes the room for it."""
        self.message.setText(text)
        if self.isVisible():
            self.grow()

    def _name_close(self, text: str) -> None:
        self.buttons.button(QDialogButtonBox.StandardButton.Close).setText(text)

    def _show_progress(self, done: int, of: int, left_s: float) -> None:
        self.progress.setRange(0, of)
        self.progress.setValue(done)
        self.tell(_time_left(left_s))

    def _finish(self, result: object) -> None:
        self._rest("")
        self._done(result)

    def _rest(self, message: str) -> None:
        """Be ready for another try, and say what came of the last one."""
        self._choices.setEnabled(True)
        for button in self._starting:
            button.setEnabled(True)
        self.progress.hide()
        self._name_close(tr("Close"))
        self.tell(message)

    def reject(self) -> None:
        """Give up what is under way; close when nothing is."""
        if self.exporting.working:
            self.exporting.cancel()
        else:
            super().reject()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Give up when the window closes, which waits for what is under way."""
        if event.type() == QEvent.Type.Close and watched is not self:
            self.exporting.cancel()
        return super().eventFilter(watched, event)


def _time_left(seconds: float) -> str:
    if seconds >= _MINUTE_S:
        minutes = round(seconds / _MINUTE_S)
        text = ntr("About {count} minute left", "About {count} minutes left", minutes)
        return text.format(count=minutes)
    whole = max(round(seconds), 1)
    text = ntr("About {count} second left", "About {count} seconds left", whole)
    return text.format(count=whole)

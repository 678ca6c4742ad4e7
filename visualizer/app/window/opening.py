"""Opens what the program was given, at its start or later: links, lessons, files of variations.

It comes from the command line, from another start (:mod:`visualizer.handover`), or, on macOS, from
the system. A variation that lies elsewhere is shown until the program ends; one button keeps it
among the user's own.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFileOpenEvent

from visualizer.app.window import dialogs
from visualizer.catalog.endings import SHARED_ENDING, is_lesson, is_own
from visualizer.catalog.opened import OpenedFile, open_file
from visualizer.errors import DataError, VisualizerError
from visualizer.exercise.placement import problems_of_placement
from visualizer.files import read_regular, write_whole
from visualizer.handover import Errand
from visualizer.language import language_tag
from visualizer.texts import language, tr

if TYPE_CHECKING:
    from visualizer.app.window.main_window import MainWindow

__all__ = ["Opening"]

_MOST_BYTES = 1_000_000


class Opening(QObject):
    """Opens texts in a window, one after another as they come.

    Parameters
    ----------
    window : MainWindow
        Where they are shown.
    files : list of Path
        What the window reads besides the user's folder; files that are opened are put in here.
    """

    came = Signal(object, object)  # an errand, and what says that it was taken; from any thread

    def __init__(self, window: MainWindow, files: list[Path]) -> None:
        super().__init__(window)
        self._window, self._files = window, files
        self._waiting: list[Errand] | None = []
        self.came.connect(self._take, Qt.ConnectionType.QueuedConnection)
        window.stage.first_frame.connect(self._begin, Qt.ConnectionType.QueuedConnection)

    def open(self, text: str) -> None:
        """Show what a link or the path of a file stands for."""
        self._do(Errand(text))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Take what the system asks the application to open, as macOS does."""
        if isinstance(event, QFileOpenEvent):
            self.open(event.file() or event.url().toString())
            self._show_window()
            return True
        return super().eventFilter(watched, event)

    def _begin(self) -> None:
        waiting, self._waiting = self._waiting, None
        for errand in waiting or ():
            self._do(errand)

    def _take(self, errand: Errand, taken: Callable[[], object]) -> None:
        """Do what another start was to do."""
        taken()
        if errand.token:  # Qt looks for it there
            os.environ["XDG_ACTIVATION_TOKEN"] = errand.token
        self._show_window()
        self._do(errand)

    def _do(self, errand: Errand) -> None:
        if self._waiting is not None:  # the window is not complete yet
            self._waiting.append(errand)
            return
        with contextlib.suppress(ValueError):  # none
            self._window.session.change(language=language_tag(errand.language))
        text = errand.opening
        if not text:
            return
        window, path = self._window, Path(text)
        lesson = is_lesson(path)
        if lesson and window.classroom.presenting:
            window.banner.say(tr("End the presentation, then open {} again.").format(path.name))
        elif lesson or not is_own(path):
            window.classroom.open_text(text)
        else:
            self._open_variation(path)

    def _show_window(self) -> None:
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.raise_()
        window.activateWindow()

    # ----------------------------------------------------------------------------- variations
    def _open_variation(self, path: Path) -> None:
        window = self._window

        def read() -> OpenedFile:
            opened = open_file(path, [window.data_folder])
            wrong = list(problems_of_placement(opened.variation, window.session.body))
            if wrong:
                raise DataError([problem.in_file(str(path)) for problem in wrong])
            return opened

        window.jobs.run(read, self._show, partial(self._refuse, path), owner=self, urgent=True)

    def _show(self, opened: OpenedFile) -> None:
        if not opened.known and opened.path not in self._files:
            self._files.append(opened.path)
        self._window.reload_data(partial(self._choose, opened))

    def _choose(self, opened: OpenedFile) -> None:
        chooser, side = self._window.chooser, self._window.session.state.side
        chooser.choose(opened.variation.id, side, partial(self._offer, opened))

    def _offer(self, opened: OpenedFile) -> None:
        if opened.known:
            return
        name = opened.variation.display_name(language())
        self._window.banner.say(
            tr("{name} is shown from {file}.").format(name=name, file=opened.path.name),
            tr("Keep it among my variations"),
            partial(self._keep, opened),
        )

    def _keep(self, opened: OpenedFile) -> None:
        """Copy a file into the user's folder; from then on that one is read."""
        window, path = self._window, opened.path
        target = window.data_folder / f"{opened.variation.id}{SHARED_ENDING}"
        try:
            data = read_regular(path, _MOST_BYTES)
            target.parent.mkdir(parents=True, exist_ok=True)
            write_whole(target, lambda stream: stream.write(data))
        except OSError as error:
            reason = os.strerror(error.errno) if error.errno else str(error)
            text = tr("{file} cannot be written ({reason}).")
            window.banner.say(text.format(file=target, reason=reason))
            return
        self._files[:] = [other for other in self._files if other != path]
        text = tr("It is kept in {}.").format(target)
        window.reload_data(lambda: window.banner.say(text))

    def _refuse(self, path: Path, error: VisualizerError) -> None:
        window = self._window
        found = error.problems if isinstance(error, DataError) else ()
        if not found:
            window.refuse(error)
            return
        window.banner.say(
            tr("{} cannot be shown.").format(path.name),
            tr("Show why"),
            lambda: window.open(partial(dialogs.problems, found=found, of_data=False)),
        )

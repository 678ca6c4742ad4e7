"""Start-up of the window, and the last resort for errors.

The order is chosen for a quick first picture: catalogue, body, skeleton and the first repetition
are needed for it; the plot library is not and comes after it.
"""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType, TracebackType

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication, QMessageBox

from visualizer.anatomy.body_model import BodyModel
from visualizer.app.crash_log import CrashLog
from visualizer.app.folders import APPLICATION, log_file, settings_file, user_data_folder
from visualizer.app.languages import speak
from visualizer.app.session.scenes import Scenes
from visualizer.app.session.session import Session, nothing_to_show
from visualizer.app.session.settings import Settings, load_settings, save_settings, starting
from visualizer.app.widgets.program_icon import program_icon
from visualizer.app.window.main_window import MainWindow
from visualizer.app.window.opening import Opening
from visualizer.catalog.catalog import CatalogLoad, load_catalog
from visualizer.errors import Problem, VisualizerError
from visualizer.handover import Door
from visualizer.resources import DESKTOP_ENTRY
from visualizer.texts import tr

__all__ = [
    "LastResort",
    "QuietFile",
    "build_session",
    "build_window",
    "ends_are_noticed",
    "run_window",
]

_log = logging.getLogger(__name__)
# What a message box can show; the rest is on the terminal.
_MOST_LINES = 8


@dataclass(frozen=True)
class Places:
    """Where settings, the user's data and the log lie."""

    settings: Path
    data: Path
    log: Path

    @property
    def crashes(self) -> Path:
        """Where it stands how the process died."""
        return self.log.with_name("crash.log")

    @classmethod
    def usual(cls) -> Places:
        """Return the places of the user's account."""
        return cls(settings_file(), user_data_folder(), log_file())


class LastResort(QObject):
    """Logs what nobody caught and says so once, in a sentence.

    Parameters
    ----------
    log : Path
        File that the traceback is written to.
    """

    caught = Signal(str)

    def __init__(self, log: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log_path, self._said = log, False

    def __call__(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Take an exception, as ``sys.excepthook`` does."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        if issubclass(kind, VisualizerError):
            self.caught.emit(str(error))
            return
        _log.error("unexpected error", exc_info=(kind, error, trace))
        if not self._said:
            self._said = True
            self.caught.emit(
                tr("Something went wrong and was written to {}. You can go on; if the picture "
                        "stays wrong, start again.").format(self._log_path)
            )  # fmt: skip


def build_session(load: CatalogLoad, body: BodyModel, settings: Settings) -> Session:
    """Return a session that shows the remembered variation, or the first that can be shown.

    Raises
    ------
    VisualizerError
        When none can be shown.
    """
    ids = [v.id for v in load.catalog.variations]
    if not ids:
        raise nothing_to_show(load.problems)
    wanted = [settings.state.variation] if settings.state.variation in ids else []
    problems, refused = list(load.problems), None
    for variation in dict.fromkeys([*wanted, *ids]):
        state = replace(settings.state, variation=variation)
        try:
            return Session(load.catalog, body, state, tuple(problems))
        except VisualizerError as error:
            refused = refused or error
            problems.append(Problem(variation, "", str(error)))
    assert refused is not None
    raise refused


def build_window(
    places: Places,
    scenes: Scenes | None = None,
    language: str | None = None,
    files: Sequence[Path] = (),
) -> MainWindow:
    """Return the window, not yet shown.

    Parameters
    ----------
    places : Places
        Where settings and data lie.
    scenes : Scenes, optional
        Where the scenes come from; by default those of the body.
    language : str, optional
        Code of a language that is chosen as if from the menu; by default the remembered one.
    files : sequence of Path
        Files that are read besides those of the user's folder; may change later.

    Raises
    ------
    VisualizerError
        When body or data are missing.
    """

    def read() -> CatalogLoad:
        return load_catalog([places.data], files)

    settings = load_settings(places.settings)
    if language is not None:
        state = replace(settings.state, language=language)
        settings = Settings(state=state, window=settings.window)
    speak(settings.state.language)
    body = BodyModel.load()
    session = build_session(read(), body, settings)
    window = MainWindow(
        session,
        scenes or Scenes(body.surface),
        read,
        places.data,
        settings,
        drafts=places.settings.parent / "drafts",
    )
    session.setParent(window)
    return window


def run_window(
    argv: Sequence[str] = (),
    language: str | None = None,
    opening: str | None = None,
    door: Door | None = None,
) -> int:
    """Open the window and return the exit status when it is closed.

    Parameters
    ----------
    argv : sequence of str
        Arguments for Qt; normally none.
    language : str, optional
        Code of a language that is chosen as if from the menu.
    opening : str, optional
        A link, or the path of a lesson or a variation, that is shown first.
    door : Door, optional
        Where other starts hand over what they were given.
    """
    places = Places.usual()
    application = QApplication([APPLICATION, *argv])
    application.setApplicationName(APPLICATION)
    application.setApplicationDisplayName("Hip thrust")
    application.setWindowIcon(program_icon())
    if getattr(sys, "frozen", False):  # installed with a desktop entry, by which Wayland finds it
        application.setDesktopFileName(DESKTOP_ENTRY)
    _log_to(places.log)
    crashes = CrashLog(places.crashes)
    crashes.begin()
    files: list[Path] = []
    with starting(places.settings) as start:
        try:
            window = build_window(places, language=language, files=files)
        except VisualizerError as error:
            crashes.end()
            print(f"visualizer: {error}", file=sys.stderr)
            QMessageBox.critical(None, "Hip thrust", _few_lines(str(error)))
            return error.exit_status
        first_frame = window.stage.first_frame
        first_frame.connect(start.done)
        first_frame.connect(window.classroom.recover, Qt.ConnectionType.QueuedConnection)
        last_resort = LastResort(places.log, window)
        last_resort.caught.connect(lambda text: window.banner.say(text))
        before, sys.excepthook = sys.excepthook, last_resort
        opener = Opening(window, files)
        if sys.platform == "darwin":  # elsewhere files come as arguments
            application.installEventFilter(opener)
        if crashes.last:
            first_frame.connect(
                lambda: _offer_report(window, crashes), Qt.ConnectionType.QueuedConnection
            )
        if opening is not None:
            opener.open(opening)
        else:  # who opens it with nothing may be new here; other news come first
            first_frame.connect(window.offer_tour, Qt.ConnectionType.QueuedConnection)
        if door is not None:
            door.answer(opener.came.emit)
        with ends_are_noticed(application, window, places):
            window.show()
            try:
                status = application.exec()
            finally:
                sys.excepthook = before
    window.jobs.stop()
    save_settings(places.settings, window.settings())
    # its signals hold it from inside, so it would not go by itself
    window.deleteLater()
    crashes.end()
    return status


def _offer_report(window: MainWindow, crashes: CrashLog) -> None:
    """Say that the last process died, and offer what it left."""

    def copy() -> None:
        QApplication.clipboard().setText(crashes.last)
        window.banner.say(tr("The report is in the clipboard."))

    window.banner.say(
        tr("The program was ended by a fault the last time. A report lies in {}; nothing was "
                "sent.").format(crashes.told),
        tr("Copy the report"),
        copy,
    )  # fmt: skip


@contextmanager
def ends_are_noticed(
    application: QApplication, window: MainWindow, places: Places
) -> Iterator[None]:
    """Save the settings whichever way the end comes: a signal, or the end of the session."""

    def leave(number: int, frame: FrameType | None) -> None:
        del number, frame
        window.classroom.leave()
        QApplication.exit(0)  # nobody is asked: a dialog that is busy would not let it quit

    def save(manager: QSessionManager) -> None:
        del manager
        window.classroom.leave()
        save_settings(places.settings, window.settings())

    before = {}
    for name in ("SIGTERM", "SIGHUP"):  # Windows has no SIGHUP
        number = getattr(signal, name, None)
        # whoever starts with nohup wants the window to outlive the terminal
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            before[number] = signal.signal(number, leave)
    # after this the session's end may kill the process without another word
    application.commitDataRequest.connect(save)
    # Python notices signals, Ctrl+C among them, only when it runs now and then
    pulse = QTimer(window)
    pulse.start(500)
    pulse.timeout.connect(lambda: None)
    try:
        yield
    finally:
        application.commitDataRequest.disconnect(save)
        for number, handler in before.items():
            signal.signal(number, handler)


def _few_lines(text: str) -> str:
    lines = text.splitlines()
    more = len(lines) - _MOST_LINES
    last = [tr("… and {} more").format(more)] if more > 0 else []
    return "\n".join([*lines[:_MOST_LINES], *last])


class QuietFile(logging.FileHandler):
    """A log that cannot be written, as on a full disk, is no news for the terminal."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Let the record go, and leave no empty file of it."""
        with suppress(OSError):
            self.close()
        with suppress(OSError):
            path = Path(self.baseFilename)
            if not path.is_symlink() and not path.stat().st_size:
                path.unlink()


def _log_to(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = QuietFile(path, encoding="utf-8", delay=True)
    except OSError as error:
        _log.warning("no log file: %s", error)
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
    logging.getLogger("visualizer").addHandler(handler)

"""The start of the window, its end by signals, and the last resort for errors."""

import logging
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn, cast

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from visualizer.anatomy.body_model import BodyModel
from visualizer.anatomy.surface import Body
from visualizer.app import run
from visualizer.app.folders import log_file, settings_file, user_data_folder
from visualizer.app.run import LastResort, Places, build_session, build_window
from visualizer.app.session.settings import Settings, load_settings
from visualizer.app.session.state import SessionState
from visualizer.app.window.main_window import MainWindow
from visualizer.catalog.catalog import Catalog, CatalogLoad
from visualizer.catalog.variation import Variation
from visualizer.errors import DataError, PoseError, Problem
from visualizer.exercise.repetition import Repetition
from visualizer.scene.palette import ROLE_STYLES


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "window.json", tmp_path / "data", tmp_path / "error.log")


def test_the_remembered_variation_is_shown_or_the_first(
    catalog: Catalog, body: BodyModel, qapp: QApplication
) -> None:
    load = CatalogLoad(catalog, ())
    shown = build_session(load, body, Settings(state=SessionState("glute-bridge")))
    assert shown.state.variation == "glute-bridge"
    shown = build_session(load, body, Settings(state=SessionState("gone")))
    assert shown.state.variation == catalog.variations[0].id


def test_a_variation_that_cannot_be_shown_gives_way_and_is_listed(
    catalog: Catalog, body: BodyModel, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    from visualizer.app.session import session as module

    solve = Repetition

    def refusing(variation: Variation, *rest: Any) -> Repetition:
        if variation.id == catalog.variations[0].id:
            raise PoseError("the chain does not close")
        return solve(variation, *rest)

    monkeypatch.setattr(module, "Repetition", refusing)
    shown = build_session(CatalogLoad(catalog, ()), body, Settings())
    assert shown.state.variation == catalog.variations[1].id
    assert [str(p) for p in shown.problems] == [
        f"{catalog.variations[0].id}: the chain does not close"
    ]


def test_no_variation_at_all_is_one_clear_error(
    catalog: Catalog, body: BodyModel, qapp: QApplication
) -> None:
    empty = replace(catalog, variations=())
    with pytest.raises(DataError, match="there is no variation"):
        build_session(CatalogLoad(empty, ()), body, Settings())
    with pytest.raises(DataError, match=r"a\.toml: bad"):
        build_session(CatalogLoad(empty, (Problem("a.toml", "", "bad"),)), body, Settings())


def test_the_whole_window_with_the_real_body_and_a_bad_file(places: Places, qtbot: QtBot) -> None:
    places.data.mkdir()
    (places.data / "mine.toml").write_text('id = "mine"\nname = 3\n')
    (places.data / "broken.toml").write_bytes(b"\x00\x01\x02")
    window = build_window(places)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    qtbot.waitUntil(lambda: window.timeline is not None, timeout=20_000)
    assert "2 data files" in window.banner.message.text()
    picture = window.stage.picture
    assert picture is not None
    parts = [window.stage.scene.parts[i] for i in np.unique(picture.part) if i >= 0]
    assert "gluteus_maximus" in {p.muscle for p in parts}
    # the prime mover's colour is on the screen
    wanted = ROLE_STYLES[next(iter(ROLE_STYLES))].colour
    red, green, blue = (int(wanted[i : i + 2], 16) for i in (1, 3, 5))
    pixels = picture.pixels.astype(int)
    near = (
        (abs(pixels[..., 2] - red) < 60)
        & (abs(pixels[..., 1] - green) < 60)
        & (abs(pixels[..., 0] - blue) < 60)
    )
    assert near.sum() > 200
    row, column = np.argwhere(
        picture.part == next(i for i, p in enumerate(window.stage.scene.parts)
                             if p.id == "gluteus_maximus_r")
    )[0]  # fmt: skip
    scale = window.stage.width() / picture.pixels.shape[1]
    from PySide6.QtCore import QPointF

    place = QPointF((column + 0.5) * scale, (row + 0.5) * scale)
    assert window.stage.muscle_at(place) == "gluteus_maximus"


def test_a_language_asked_for_is_chosen_as_from_the_menu(places: Places, qtbot: QtBot) -> None:
    window = build_window(places, language="de")
    qtbot.addWidget(window)
    assert window.actions_.menus["file"].title() == "&Datei"
    assert window.settings().state.language == "de"


def test_run_window_opens_saves_and_returns(
    places: Places, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(run.Places, "usual", classmethod(lambda cls: places))
    monkeypatch.setattr(run, "QApplication", _SameApplication)
    places.crashes.write_text("Fatal Python error: Segmentation fault\n")
    opened, said = [], []

    def leave() -> None:
        (window,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
        if not window.banner.isVisible():
            QTimer.singleShot(50, leave)
            return
        opened.append(window)
        # how the last process died is offered, and goes nowhere but into the clipboard
        said.append(window.banner.message.text())
        window.banner.step.click()
        said.append(QApplication.clipboard().text())
        window.session.change(theme="dark")
        window.close()

    QTimer.singleShot(0, leave)
    hook = sys.excepthook
    assert run.run_window() == 0
    assert len(opened) == 1
    assert "crash-last.log" in said[0]
    assert said[1].splitlines()[-1] == "Fatal Python error: Segmentation fault"
    assert not places.crashes.exists()
    assert load_settings(places.settings).state.theme == "dark"
    assert load_settings(places.settings).window.geometry
    assert sys.excepthook is hook


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_to_end_saves_the_settings(
    places: Places, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, name: str
) -> None:
    if not hasattr(signal, name):
        pytest.skip("not on this system")
    monkeypatch.setattr(run.Places, "usual", classmethod(lambda cls: places))
    monkeypatch.setattr(run, "QApplication", _SameApplication)
    before = signal.getsignal(getattr(signal, name))
    if before is signal.SIG_IGN:
        pytest.skip("these tests run under nohup")

    def end() -> None:
        (window,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
        window.session.change(theme="dark")
        signal.raise_signal(getattr(signal, name))

    QTimer.singleShot(0, end)
    assert run.run_window() == 0
    assert load_settings(places.settings).state.theme == "dark"
    assert signal.getsignal(getattr(signal, name)) is before
    # the window's own wish to end the application would end the next test's event loop
    QApplication.removePostedEvents(qapp, QEvent.Type.Quit)


def test_a_dialog_that_will_not_close_does_not_hold_up_a_signal(
    places: Places, window: MainWindow, qapp: QApplication
) -> None:
    class Busy(QDialog):
        def reject(self) -> None:
            pass

    dialog = Busy(window)
    dialog.open()
    with run.ends_are_noticed(qapp, window, places):
        QTimer.singleShot(0, lambda: signal.raise_signal(signal.SIGTERM))
        watch = QTimer(window)
        watch.setInterval(20_000)
        watch.timeout.connect(lambda: qapp.exit(1))
        watch.start()
        assert qapp.exec() == 0
    dialog.done(0)


def test_a_window_started_with_nohup_outlives_its_terminal(
    places: Places, window: MainWindow, qapp: QApplication
) -> None:
    if not hasattr(signal, "SIGHUP"):
        pytest.skip("not on this system")
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with run.ends_are_noticed(qapp, window, places):
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
            assert signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_the_end_of_the_session_saves_the_settings(places: Places, window: MainWindow) -> None:
    class Application(QObject):
        # Qt's own can only be sent with Qt's own argument
        commitDataRequest = Signal(object)  # noqa: N815

    application = Application()
    window.session.change(theme="dark")
    with run.ends_are_noticed(cast("QApplication", application), window, places):
        application.commitDataRequest.emit(None)
        assert load_settings(places.settings).state.theme == "dark"
    places.settings.unlink()
    application.commitDataRequest.emit(None)
    assert not places.settings.exists()


def test_a_log_that_cannot_be_written_says_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    handler = run.QuietFile(tmp_path / "error.log")

    def full(text: str) -> NoReturn:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(handler.stream, "write", full)
    handler.handle(logging.makeLogRecord({"msg": "x"}))
    monkeypatch.undo()
    assert not (tmp_path / "error.log").exists()
    handler.handle(logging.makeLogRecord({"msg": "there is room again"}))
    handler.close()
    assert "room again" in (tmp_path / "error.log").read_text("utf-8")
    assert capsys.readouterr().err == ""


class _SameApplication:
    """The test's application instead of a second one."""

    def __new__(cls, argv: object) -> Any:
        return QApplication.instance()

    exit = staticmethod(QApplication.exit)
    clipboard = staticmethod(QApplication.clipboard)


def test_a_missing_body_is_told_in_a_sentence(
    places: Places,
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(run.Places, "usual", classmethod(lambda cls: places))
    monkeypatch.setattr(run, "QApplication", _SameApplication)
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "critical", lambda *a: told.append(a[2]))
    lines = [Problem(f"{k}.npz", "", "this part is missing; please reinstall") for k in range(30)]

    def missing(path: object) -> NoReturn:
        raise DataError(lines)

    monkeypatch.setattr(Body, "load", missing)
    assert run.run_window() == 1
    assert told[0].startswith("0.npz: this part is missing; please reinstall")
    assert told[0].splitlines()[-1] == "… and 22 more"
    assert "Traceback" not in capsys.readouterr().err


def test_the_last_resort_logs_all_and_speaks_once(
    tmp_path: Path, qapp: QApplication, caplog: pytest.LogCaptureFixture
) -> None:
    hook = LastResort(tmp_path / "error.log")
    told: list[str] = []
    hook.caught.connect(told.append)
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            try:
                raise ZeroDivisionError("inside a slot")
            except ZeroDivisionError:
                hook(*sys.exc_info())
    assert len(told) == 1
    assert "error.log" in told[0]
    assert "Traceback" not in told[0]
    assert caplog.text.count("ZeroDivisionError: inside a slot") == 3


def test_the_last_resort_repeats_errors_that_are_meant_for_the_user(
    tmp_path: Path, qapp: QApplication
) -> None:
    hook = LastResort(tmp_path / "error.log")
    told: list[str] = []
    hook.caught.connect(told.append)
    for _ in range(2):
        hook(PoseError, PoseError("the feet do not reach the floor"), None)
    assert told == ["the feet do not reach the floor"] * 2


def test_places_lie_in_the_users_folders_and_are_not_made(qapp: QApplication) -> None:
    for place in (settings_file(), user_data_folder(), log_file()):
        assert place.is_absolute()
        assert "hip-thrust-visualizer" in str(place)
    assert settings_file().suffix == ".json"


def test_start_up_does_not_load_the_plot_library() -> None:
    import subprocess

    code = (
        "import sys, visualizer.app.run\n"
        "heavy = {'pyqtgraph', 'scipy', 'PIL', 'PySide6.QtOpenGL', 'OpenGL'} & set(sys.modules)\n"
        "print(sorted(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]", done.stderr

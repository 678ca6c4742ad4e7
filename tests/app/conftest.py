"""A session, scenes and a window for the tests, and what every test of the window must leave."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import gc
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, QRect
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers import repetitions
from tests.helpers.window import AtOnce, FakeScene, MakeWindow, Mouse, Turn
from visualizer.anatomy.body_model import BodyModel
from visualizer.anatomy.muscle import Side
from visualizer.app import run as run_module
from visualizer.app.classroom.awake import Awake
from visualizer.app.inspector.inspector import Inspector
from visualizer.app.session import session as session_module
from visualizer.app.session.scenes import Scenes
from visualizer.app.session.session import Session
from visualizer.app.session.settings import Settings
from visualizer.app.session.state import SessionState
from visualizer.app.session.worker import Jobs
from visualizer.app.stage import outline, posed_view
from visualizer.app.stage.stage import Stage
from visualizer.app.widgets import geometry
from visualizer.app.widgets.theme import apply_theme, dress
from visualizer.app.window.main_window import MainWindow
from visualizer.catalog import catalog as catalog_module
from visualizer.catalog.catalog import Catalog, CatalogLoad
from visualizer.catalog.variation import Variation
from visualizer.errors import Problem
from visualizer.exercise.repetition import Repetition
from visualizer.export.orders import order
from visualizer.export.orders.order import Order
from visualizer.export.output import Tell
from visualizer.resources import data_folder
from visualizer.teaching import lesson_file
from visualizer.teaching.lesson import Lesson
from visualizer.teaching.lesson_file import read_lesson


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = f"{Path(__file__).parent}{os.sep}"
    for item in items:
        if str(item.path).startswith(here):
            # said by the offscreen platform about windows with a least size, and about popups
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return repetitions.catalog()


@pytest.fixture(scope="session")
def body() -> BodyModel:
    return repetitions.body_model()


@pytest.fixture(autouse=True)
def _read_the_data_once(shipped_data_once: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_module, "load_catalog", catalog_module.load_catalog)


@cache
def _shipped_lesson(path: Path) -> Lesson:
    return read_lesson(path, repetitions.catalog())


@pytest.fixture(autouse=True)
def _read_the_shipped_lessons_once(monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = data_folder()

    def known(path: Path, catalog: Catalog) -> Lesson:
        if shipped in path.parents and catalog is repetitions.catalog():
            return _shipped_lesson(path)
        return read_lesson(path, catalog)

    monkeypatch.setattr(lesson_file, "read_lesson", known)


_solved: dict[tuple[int, int, Side], Repetition] = {}


@pytest.fixture(autouse=True)
def _solve_each_repetition_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_module, "Repetition", _solved_once)


def _solved_once(
    variation: Variation, catalog: Catalog, body: BodyModel, side: Side = Side.RIGHT
) -> Repetition:
    # of other data it would be taken for one that came too late
    key = (id(variation), id(catalog), side)
    if key not in _solved:
        _solved[key] = Repetition(variation, catalog, body, side)
    return _solved[key]


@pytest.fixture
def orders_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Carry orders out in this process, where a test can look on."""

    def here(made: Order, catalog: Catalog, body: BodyModel, tell: Tell) -> object:
        made.check()
        return made(order.OwnDesk(catalog, body), tell)

    monkeypatch.setattr(order, "Repetition", _solved_once)
    monkeypatch.setattr("visualizer.app.takeaway.dialog.beside", here)


@pytest.fixture(autouse=True)
def _a_frame_takes_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    # or a busy machine would draw more coarsely than the tests expect; they say what a frame took
    for module in (posed_view, outline):
        monkeypatch.setattr(module, "time", SimpleNamespace(perf_counter=lambda: 0.0))


@pytest.fixture(autouse=True)
def _no_widget_is_left(qapp: QApplication) -> Iterator[None]:
    dress()
    # what a test shows without a window has no other to take its look from
    apply_theme(qapp, "light")
    yield
    # qtbot has closed its widgets by now; their deletion is due
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [w for w in qapp.topLevelWidgets() if w.parent() is None]
    if left:
        del left
        gc.collect()
        left = [w for w in qapp.topLevelWidgets() if w.parent() is None]
    assert left == [], f"widgets outlive the test: {left}"


@pytest.fixture(autouse=True)
def _no_screen_saver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Awake, "on", lambda self: True)
    monkeypatch.setattr(Awake, "off", lambda self: None)


@pytest.fixture(autouse=True)
def screen_area(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, int], None]:
    """A large screen, whatever the platform offers; calling it makes it another one."""
    area = [QRect(0, 0, 3840, 2160)]
    monkeypatch.setattr(geometry, "available", lambda widget: area[0])

    def change(width: int, height: int) -> None:
        area[0] = QRect(0, 0, width, height)

    return change


@pytest.fixture
def session(qapp: QApplication, catalog: Catalog, body: BodyModel) -> Session:
    return Session(catalog, body, SessionState("barbell-hip-thrust"))


@pytest.fixture
def plain(qapp: QApplication) -> None:
    """Dress nothing: for tests of what is said, since each label looks through the stylesheet."""
    qapp.setStyleSheet("")


@pytest.fixture
def inspector(session: Session, qtbot: QtBot) -> Inspector:
    made = Inspector(session)
    session.instant_changed.connect(made.show_instant)
    session.state_changed.connect(made.show_state)
    qtbot.addWidget(made)
    made.resize(320, 600)
    made.show()
    return made


@pytest.fixture
def at_once() -> AtOnce:
    return AtOnce()


@pytest.fixture
def scenes(body: BodyModel) -> Scenes:
    return Scenes(body.surface, FakeScene, FakeScene)


@pytest.fixture
def stage(session: Session, scenes: Scenes, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Return a stage of 640 by 400 that is shown, whose camera jumps."""
    monkeypatch.setattr("visualizer.app.stage.stage.motion_ms", lambda widget: 0)
    made = Stage(session, scenes)
    session.instant_changed.connect(made.show_instant)
    session.state_changed.connect(made.show_state)
    session.hover_changed.connect(made.show_hover)
    qtbot.addWidget(made)
    made.resize(640, 400)
    made.show()
    made.repaint()
    return made


@pytest.fixture
def over(qtbot: QtBot) -> QWidget:
    """Return something for dialogs to stand over."""
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def make_window(
    qapp: QApplication,
    qtbot: QtBot,
    session: Session,
    scenes: Scenes,
    catalog: Catalog,
    tmp_path: Path,
) -> MakeWindow:
    def make(
        settings: Settings | None = None,
        problems: Sequence[Problem] = (),
        size: tuple[int, int] = (1280, 800),
        read: Callable[[], CatalogLoad] | None = None,
        jobs: Jobs | None = None,
        drafts: Path | None = None,
    ) -> MainWindow:
        # the session is there already, and would not take what is remembered of it
        known = SessionState(), session.state.to_remember()
        assert settings is None or settings.state in known
        session.problems = tuple(problems)
        # as in the program: each part of the window would have two stylesheets to look through
        qapp.setStyleSheet("")
        window = MainWindow(
            session,
            scenes,
            read or (lambda: CatalogLoad(catalog, ())),
            tmp_path / "data",
            settings,
            jobs or AtOnce(),
            drafts,
        )
        qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        qtbot.waitUntil(lambda: window.timeline is not None)
        return window

    return make


@pytest.fixture
def window(make_window: MakeWindow) -> MainWindow:
    return make_window()


@pytest.fixture
def mouse() -> type[Mouse]:
    return Mouse


@pytest.fixture
def turn(qapp: QApplication) -> Turn:
    """Let one turn of the event loop pass, so that coalesced moments are shown."""

    def pass_turn() -> None:
        for _ in range(5):
            qapp.processEvents()

    return pass_turn

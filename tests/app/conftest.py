from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import gc
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from visualizer.anatomy.body_model import BodyModel
from visualizer.anatomy.muscle import Side
from visualizer.anatomy.surface import Part, PartKind
from visualizer.app import geometry
from visualizer.app import session as session_module
from visualizer.app.main_window import MainWindow
from visualizer.app.scenes import Scenes
from visualizer.app.session import Session
from visualizer.app.settings import Settings
from visualizer.app.state import SessionState
from visualizer.app.theme import apply_theme
from visualizer.catalog.catalog import Catalog, CatalogLoad, load_catalog
from visualizer.errors import VisualizerError
from visualizer.exercise.repetition import Repetition
from visualizer.lifts.base import ViewName
from visualizer.render import Camera, Picture
from visualizer.scene.overlay import Disc, Overlay, Stroke, Text
from visualizer.scene.request import RenderedView

PARTS = (
    Part("gluteus_maximus_r", "gluteus_maximus", Side.RIGHT, PartKind.MUSCLE),
    Part("masseter_l", "masseter", Side.LEFT, PartKind.MUSCLE),
    Part("bone_femur_r", None, Side.RIGHT, PartKind.BONE),
)


def fake_picture(size):
    """Gluteus maximus, masseter, bone, nothing: a quarter of the width each."""
    width, height = size
    part = np.repeat(np.array([0, 1, 2, -1], np.int32), -(-width // 4))[:width]
    part = np.ascontiguousarray(np.broadcast_to(part, (height, width)))
    pixels = np.full((height, width, 4), 255, np.uint8)
    pixels[..., 0] = (part.clip(-1) * 60 + 60).astype(np.uint8)
    return Picture(pixels, part, np.zeros((height, width), np.float32))


class FakeScene:
    """Stands in for stage and chart scene: draws stripes and remembers what was asked."""

    parts = PARTS

    def __init__(self, body, repetition, rasterizer=None):
        self.repetition = repetition
        self.draws = []

    def camera(self, view, size):
        azimuth = list(ViewName).index(view) * 0.5
        return Camera((0.0, 0.5, 0.4), azimuth, 0.1, 2.0)

    def body_points(self, instant):
        # a lying block that rises with the bar, 2.5 cm from point to point
        sides = (np.linspace(-0.2, 0.2, 17), np.linspace(-0.3, 1.3, 65), np.linspace(0, 0.3, 13))
        points = np.stack(np.meshgrid(*sides), axis=-1).reshape(-1, 3)
        return points + np.array([0.0, 0.0, instant.bar_height_m])

    def focus_camera(self, muscle, instant, camera, size):
        # the muscle rises with the bar
        return replace(camera, target=(0.0, 0.2, instant.bar_height_m), height_m=0.5)

    def render(self, request, keeper=None):
        # a fine picture is lit in full, whatever else is asked for
        assert not (request.moving and request.supersample > 1)
        self.draws.append(request)
        width, height = request.size
        line = Stroke(((0.0, 0.0), (width / 2, height / 2)), "#000000", 2.0)
        disc = Disc(3.0, 3.0, 2.0, "#D55E00", 1.0, "#FFFFFF")
        labels = request.layers.labels
        size_px = labels.text_px if labels else 0.0
        texts = (Text(width / 2, 20, "P", size_px, "#FFFFFF", bold=True),) if labels else ()
        overlay = Overlay((line,), texts, (disc,))
        return RenderedView(fake_picture(request.size), overlay, self.parts)

    def enlarge(self, picture, out):
        return False

    # no mark is looked for here, so its keeper needs no vertices
    part_vertices = None

    def outline_at(self, instant, camera, size, place):
        return place[1] < 150

    def labels_beside(self, camera, size, room):
        return camera.azimuth_rad > 0.2  # all but the side view


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            # said by the offscreen platform about windows with a least size, and about popups
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog().catalog


@pytest.fixture(scope="session")
def body() -> BodyModel:
    return BodyModel.load()


_solved: dict[tuple[int, str, Side], Repetition] = {}


@pytest.fixture(autouse=True)
def _solve_each_repetition_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def solved(variation, catalog, body, side=Side.RIGHT):
        key = (id(variation), variation.id, side)
        if key not in _solved:
            _solved[key] = Repetition(variation, catalog, body, side)
        return _solved[key]

    monkeypatch.setattr(session_module, "Repetition", solved)


@pytest.fixture(autouse=True)
def _no_widget_is_left(qapp: QApplication) -> Iterator[None]:
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


class AtOnce:
    """Does jobs in the caller's thread, so that tests see at once what they led to."""

    def run(self, job, done, failed, *, urgent=False):
        try:
            result = job()
        except VisualizerError as error:
            failed(error)
        else:
            done(result)

    def soon(self, step):
        step()

    def stop(self):
        pass


@pytest.fixture
def at_once() -> AtOnce:
    return AtOnce()


@pytest.fixture
def scenes() -> Scenes:
    return Scenes(None, FakeScene, FakeScene)  # type: ignore[arg-type]


@pytest.fixture
def make_window(
    qtbot, session: Session, scenes: Scenes, catalog: Catalog, tmp_path: Path
) -> Callable[..., MainWindow]:
    def make(settings: Settings | None = None, problems=(), size=(1280, 800), read=None, jobs=None):
        session.problems = tuple(problems)
        window = MainWindow(
            session,
            scenes,
            read or (lambda: CatalogLoad(catalog, ())),
            tmp_path / "data",
            settings,
            jobs or AtOnce(),
        )
        qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        qtbot.waitUntil(lambda: window.timeline is not None)
        return window

    return make


@pytest.fixture
def window(make_window: Callable[..., MainWindow]) -> MainWindow:
    return make_window()


class Mouse:
    """Sends mouse events straight to a widget, at shares of its size or in pixels."""

    def __init__(self, widget: QWidget) -> None:
        self.widget = widget

    def at(self, share_x: float, share_y: float = 0.5) -> QPointF:
        return QPointF(share_x * self.widget.width(), share_y * self.widget.height())

    def _send(self, kind, place, button, buttons, keys) -> None:
        where = self.widget.mapToGlobal(place)
        event = QMouseEvent(kind, place, where, button, buttons, keys)
        QApplication.sendEvent(self.widget, event)

    def move(self, place, buttons=Qt.MouseButton.NoButton, keys=Qt.KeyboardModifier.NoModifier):
        self._send(QEvent.Type.MouseMove, place, Qt.MouseButton.NoButton, buttons, keys)

    def press(self, place, button=Qt.MouseButton.LeftButton, keys=Qt.KeyboardModifier.NoModifier):
        self._send(QEvent.Type.MouseButtonPress, place, button, button, keys)

    def release(self, place, button=Qt.MouseButton.LeftButton):
        none = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
        self._send(QEvent.Type.MouseButtonRelease, place, button, *none)

    def click(self, place, button=Qt.MouseButton.LeftButton):
        self.press(place, button)
        self.release(place, button)

    def drag(
        self, start, end, button=Qt.MouseButton.LeftButton, keys=Qt.KeyboardModifier.NoModifier
    ):
        self.press(start, button, keys)
        for k in range(1, 6):
            self.move(start + (end - start) * (k / 5), button, keys)
        self.release(end, button)

    def wheel(self, place, notches: float) -> None:
        from PySide6.QtCore import QPoint

        event = QWheelEvent(
            place,
            self.widget.mapToGlobal(place),
            QPoint(),
            QPoint(0, round(notches * 120)),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self.widget, event)


@pytest.fixture
def mouse() -> type[Mouse]:
    return Mouse


@pytest.fixture
def turn(qapp: QApplication) -> Callable[[], None]:
    """Let one turn of the event loop pass, so that coalesced moments are shown."""

    def pass_turn() -> None:
        for _ in range(3):
            qapp.processEvents()

    return pass_turn

"""A window without the renderer: scenes that draw stripes, jobs done at once, a mouse."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QKeyCombination, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QTableWidget, QTableWidgetItem, QWidget

from tests.helpers.meshes import sheet
from visualizer.anatomy.muscle import Side
from visualizer.anatomy.surface import Body, Part, PartKind
from visualizer.app.session.session import Session
from visualizer.app.session.settings import Settings
from visualizer.app.session.worker import Jobs
from visualizer.app.stage.body_view import BodyView
from visualizer.app.window.main_window import MainWindow
from visualizer.catalog.catalog import CatalogLoad
from visualizer.catalog.variation import MuscleAction
from visualizer.errors import Problem, VisualizerError
from visualizer.exercise.repetition import Instant, Repetition
from visualizer.lifts.base import ViewName
from visualizer.render import Camera, Picture, Rasterizer
from visualizer.scene.labels import LabelRoom
from visualizer.scene.overlay import Disc, Overlay, Stroke, Text
from visualizer.scene.request import RenderedView, RenderRequest, View3D
from visualizer.scene.spots import PartVertices, SpotKeeper

if TYPE_CHECKING:  # pyqtgraph takes half a second
    from visualizer.app.timeline.timeline import Timeline

T = TypeVar("T")
W = TypeVar("W", bound=QObject)
Turn = Callable[[], None]

PARTS: tuple[Part, ...] = (
    Part("gluteus_maximus_r", "gluteus_maximus", Side.RIGHT, PartKind.MUSCLE),
    Part("masseter_l", "masseter", Side.LEFT, PartKind.MUSCLE),
    Part("bone_femur_r", None, Side.RIGHT, PartKind.BONE),
)


class MakeWindow(Protocol):
    """Makes and shows a window with stand-ins for what is slow."""

    def __call__(
        self,
        settings: Settings | None = None,
        problems: Sequence[Problem] = (),
        size: tuple[int, int] = (1280, 800),
        read: Callable[[], CatalogLoad] | None = None,
        jobs: Jobs | None = None,
        drafts: Path | None = None,
    ) -> MainWindow: ...


def fake_picture(size: tuple[int, int]) -> Picture:
    """Gluteus maximus, masseter, bone, nothing: a quarter of the width each."""
    width, height = size
    # one row, and all others are the same
    part = np.repeat(np.array([0, 1, 2, -1], np.int16), -(-width // 4))[None, :width]
    pixels = np.full((1, width, 4), 255, np.uint8)
    pixels[..., 0] = part * 60 + 60
    return Picture(
        pixels.repeat(height, axis=0),
        part.repeat(height, axis=0),
        np.zeros((height, width), np.float32),
    )


class FakeScene:
    """Stands in for the scenes of stage and chart: draws stripes and remembers what was asked.

    Held to them by the protocols of :mod:`visualizer.app.session.scenes`.
    """

    def __init__(self, body: Body, repetition: Repetition, rasterizer: Rasterizer) -> None:
        self.repetition, self.rasterizer = repetition, rasterizer
        self.parts, self.mesh, self.body_parts = PARTS, sheet(1), len(PARTS)
        # no mark is looked for here, so none of them is asked for
        self.part_vertices = PartVertices(self.mesh)
        self.draws: list[RenderRequest] = []
        # what a test wants to be shown otherwise
        self.change: Callable[[RenderRequest, RenderedView], object] = lambda request, shown: None

    def camera(self, view: ViewName, size: tuple[int, int]) -> Camera:
        azimuth = list(ViewName).index(view) * 0.5
        return Camera((0.0, 0.5, 0.4), azimuth, 0.1, 2.0)

    def view_deg(self, view: ViewName) -> tuple[float, float]:
        camera = self.camera(view, (1, 1))
        return math.degrees(camera.azimuth_rad), math.degrees(camera.elevation_rad)

    def held(self, view: ViewName) -> NDArray[np.float64]:
        return np.array([[-0.2, -0.5, 0.0], [0.2, 1.5, 0.8]])

    def muscle_points(self, muscle: str, instant: Instant, camera: Camera) -> NDArray[np.float32]:
        around = np.array([[-0.1, 0.1, -0.1], [0.1, 0.3, 0.1]], np.float32)
        return around + np.array([0.0, 0.0, instant.bar_height_m], np.float32)

    def body_points(self, instant: Instant) -> NDArray[np.float32]:
        # a lying block that rises with the bar, 2.5 cm from point to point
        sides = (np.linspace(-0.2, 0.2, 17), np.linspace(-0.3, 1.3, 65), np.linspace(0, 0.3, 13))
        points = np.stack(np.meshgrid(*sides), axis=-1).reshape(-1, 3)
        return np.asarray(points + np.array([0.0, 0.0, instant.bar_height_m]), np.float32)

    def focus_camera(
        self, muscle: str, instant: Instant, camera: Camera, size: tuple[int, int]
    ) -> Camera:
        # the muscle rises with the bar
        return replace(camera, target=(0.0, 0.2, instant.bar_height_m), height_m=0.5)

    def render(self, request: RenderRequest, keeper: SpotKeeper | None = None) -> RenderedView:
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
        shown = RenderedView(fake_picture(request.size), overlay, self.parts)
        self.change(request, shown)
        return shown

    def in_steps(
        self, request: RenderRequest, keeper: SpotKeeper | None = None
    ) -> Iterator[RenderedView | None]:
        yield None
        yield self.render(request, keeper)

    def enlarge(self, picture: Picture, out: NDArray[np.uint8]) -> bool:
        return False

    def outline_at(
        self, instant: Instant, camera: Camera, size: tuple[int, int], place: tuple[float, float]
    ) -> bool:
        return place[1] < 150

    def labels_beside(self, camera: Camera, size: tuple[int, int], room: LabelRoom) -> bool:
        return camera.azimuth_rad > 0.2  # all but the side view


def stand_in(scene: View3D) -> FakeScene:
    """Return a scene of the window as what it is here."""
    assert isinstance(scene, FakeScene)
    return scene


def draws_of(view: BodyView) -> list[RenderRequest]:
    """Return what the scene of stage or chart was asked to draw."""
    return stand_in(view.scene).draws


def child(parent: QWidget, kind: type[W]) -> W:
    """Return the one child of a kind that there must be."""
    found = parent.findChild(kind)
    assert isinstance(found, kind)
    return found


def page_of(area: QScrollArea) -> QWidget:
    """Return what an area scrolls."""
    page = area.widget()
    assert page is not None
    return page


def timeline_of(window: MainWindow) -> Timeline:
    """Return the window's timeline, which is made after its first picture."""
    assert window.timeline is not None
    return window.timeline


class AtOnce:
    """Does jobs in the caller's thread, so that tests see at once what they led to."""

    def run(
        self,
        job: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[VisualizerError], object],
        *,
        owner: QObject,
        urgent: bool = False,
        apart: bool = False,
    ) -> None:
        try:
            result = job()
        except VisualizerError as error:
            failed(error)
        else:
            done(result)

    def soon(self, step: Callable[[], object], owner: QObject) -> None:
        step()

    def stop(self) -> None:
        pass


LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
NO_KEY = Qt.KeyboardModifier.NoModifier


class Mouse:
    """Sends mouse events straight to a widget, at shares of its size or in pixels."""

    def __init__(self, widget: QWidget) -> None:
        self.widget = widget

    def at(self, share_x: float, share_y: float = 0.5) -> QPointF:
        return QPointF(share_x * self.widget.width(), share_y * self.widget.height())

    def _send(
        self,
        kind: QEvent.Type,
        place: QPointF,
        button: Qt.MouseButton,
        buttons: Qt.MouseButton,
        keys: Qt.KeyboardModifier,
    ) -> None:
        where = self.widget.mapToGlobal(place)
        event = QMouseEvent(kind, place, where, button, buttons, keys)
        QApplication.sendEvent(self.widget, event)

    def move(
        self,
        place: QPointF,
        buttons: Qt.MouseButton = NO_BUTTON,
        keys: Qt.KeyboardModifier = NO_KEY,
    ) -> None:
        self._send(QEvent.Type.MouseMove, place, NO_BUTTON, buttons, keys)

    def press(
        self, place: QPointF, button: Qt.MouseButton = LEFT, keys: Qt.KeyboardModifier = NO_KEY
    ) -> None:
        self._send(QEvent.Type.MouseButtonPress, place, button, button, keys)

    def release(self, place: QPointF, button: Qt.MouseButton = LEFT) -> None:
        self._send(QEvent.Type.MouseButtonRelease, place, button, NO_BUTTON, NO_KEY)

    def click(self, place: QPointF, button: Qt.MouseButton = LEFT) -> None:
        self.press(place, button)
        self.release(place, button)

    def drag(
        self,
        start: QPointF,
        end: QPointF,
        button: Qt.MouseButton = LEFT,
        keys: Qt.KeyboardModifier = NO_KEY,
    ) -> None:
        self.press(start, button, keys)
        for k in range(1, 6):
            self.move(start + (end - start) * (k / 5), button, keys)
        self.release(end, button)

    def wheel(self, place: QPointF, notches: float) -> None:
        event = QWheelEvent(
            place,
            self.widget.mapToGlobal(place),
            QPoint(),
            QPoint(0, round(notches * 120)),
            NO_BUTTON,
            NO_KEY,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self.widget, event)


def stated(session: Session, muscle: str) -> MuscleAction:
    """Return the statement that there must be for a muscle."""
    found = session.repetition.statement_for(muscle)
    assert found is not None
    return found


def cell(table: QTableWidget, row: int, column: int) -> QTableWidgetItem:
    """Return a cell that there must be."""
    found = table.item(row, column)
    assert found is not None
    return found


def key_of(sequence: QKeySequence) -> Qt.Key:
    """Return the first key of a sequence."""
    pressed: QKeyCombination = sequence[0]  # type: ignore[index]  # the types of Qt leave it out
    return pressed.key()

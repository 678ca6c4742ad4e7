"""A picture that a widget keeps: painted anew in a turn of its own, in another size too."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget
from pytestqt.qtbot import QtBot

from visualizer.app.widgets.kept import KeptPicture
from visualizer.app.widgets.theme import theme_of, tint
from visualizer.scene.palette import theme


def test_the_old_picture_stays_until_the_turn_for_the_new_one(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(20, 10)
    colour, steps = QColor(Qt.GlobalColor.red), list[Callable[[], object]]()

    def paint(painter: QPainter) -> None:
        painter.fillRect(widget.rect(), colour)

    def shown() -> str:
        return kept.picture().toImage().pixelColor(5, 5).name()

    kept = KeptPicture(paint, widget, lambda step, _: steps.append(step))
    assert shown() == "#ff0000"
    colour = QColor("#00ff00")
    kept.stale()
    kept.stale()
    assert shown() == "#ff0000"
    assert len(steps) == 1  # painted once for all that has changed
    steps.pop()()
    assert shown() == "#00ff00"


def test_while_the_size_changes_the_old_picture_is_stretched_and_nothing_painted(
    qtbot: QtBot,
) -> None:
    class Striped(QWidget):
        high, edge_px = True, 0.0

        def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
            painter = QPainter(self)
            kept.paint(painter, high=self.high, edge_px=self.edge_px)
            painter.end()

    widget, painted, steps = Striped(), list[int](), list[Callable[[], object]]()
    qtbot.addWidget(widget)
    widget.resize(40, 20)

    def paint(painter: QPainter) -> None:
        painted.append(widget.width())
        painter.fillRect(0, 0, widget.width() // 4, widget.height() // 2, QColor("#ff0000"))

    def reach() -> tuple[int, int]:
        """How far the red corner goes, across and down."""
        image = widget.grab().toImage()
        red = [
            (x, y)
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).name() == "#ff0000"
        ]
        return max(x for x, _ in red) + 1, max(y for _, y in red) + 1

    kept = KeptPicture(paint, widget, lambda step, _: steps.append(step))
    widget.show()
    assert reach() == (10, 10)
    for width in (60, 80, 100):
        widget.resize(width, 40)
        kept.stale()  # as what depends on the size says
        across, down = reach()
        assert abs(across - width / 4) <= 2
        assert abs(down - 20) <= 2
    widget.high = False
    assert abs(reach()[1] - 10) <= 1
    widget.edge_px = 10.0
    assert abs(reach()[0] - 10) <= 1
    assert (painted, steps) == ([40], [])
    # in the size it has come to, when that rests
    qtbot.waitUntil(lambda: bool(steps))
    widget.resize(90, 40)
    widget.grab()
    steps.pop()()
    assert painted == [40]  # not yet: it has gone on
    qtbot.waitUntil(lambda: bool(steps))
    steps.pop()()
    assert painted == [40, 90]
    assert reach() == (22, 20)
    assert not steps


def test_another_theme_is_never_shown_in_the_colours_of_the_last_one(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(20, 10)
    widget, steps = QWidget(window), list[Callable[[], object]]()
    kept = KeptPicture(
        lambda painter: painter.fillRect(widget.rect(), QColor(theme_of(widget).panel)),
        widget,
        lambda step, _: steps.append(step),
    )
    for name in ("light", "dark"):
        tint(window, name)  # nobody tells the picture
        shown = kept.picture().toImage().pixelColor(5, 5)
        assert shown == QColor(theme(name).panel)
    assert not steps


def test_without_turns_of_its_own_it_is_painted_when_it_is_asked_for(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    painted = []
    kept = KeptPicture(lambda painter: painted.append(1), widget)
    for _ in range(2):
        kept.picture()
    kept.stale()
    kept.picture()
    assert len(painted) == 2


def test_what_scrolls_shows_the_new_picture_without_another_cause(qtbot: QtBot) -> None:
    class Area(QAbstractScrollArea):
        shown = ""

        def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
            self.shown = kept.picture().toImage().pixelColor(5, 5).name()

    area, steps = Area(), list[Callable[[], object]]()
    qtbot.addWidget(area)
    colour = QColor("#ff0000")
    kept = KeptPicture(
        lambda painter: painter.fillRect(area.rect(), colour), area, lambda s, _: steps.append(s)
    )
    area.show()
    qtbot.waitUntil(lambda: area.shown == "#ff0000")
    colour = QColor("#00ff00")
    kept.stale()
    steps.pop()()
    qtbot.waitUntil(lambda: area.shown == "#00ff00")

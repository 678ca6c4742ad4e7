"""A finger scrolls what is longer than its place; the mouse does not, and taps still press."""

import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.helpers.window import Mouse, page_of
from visualizer.app.widgets.touch import scroll_by_touch


@pytest.fixture(scope="module")
def screen(qapp: QApplication) -> QPointingDevice:
    return QTest.createTouchDevice()


@pytest.fixture
def area(qtbot: QtBot) -> QScrollArea:
    made, page = QScrollArea(), QWidget()
    column = QVBoxLayout(page)
    for k in range(60):
        column.addWidget(QPushButton(str(k)) if k % 2 else QLabel(str(k)))
    made.setWidget(page)
    made.resize(200, 300)
    scroll_by_touch(made)
    qtbot.addWidget(made)
    made.show()
    return made


def swipe(qtbot: QtBot, view: QWidget, screen: QPointingDevice, start: QPoint, end: QPoint) -> None:
    def touch() -> QTest.QTouchEventSequence:
        return QTest.touchEvent(view, screen, False)

    touch().press(0, start, view).commit()
    for k in range(1, 9):
        qtbot.wait(10)
        touch().move(0, start + (end - start) * k / 8, view).commit()
    touch().release(0, end, view).commit()


def test_a_swipe_scrolls(area: QScrollArea, screen: QPointingDevice, qtbot: QtBot) -> None:
    swipe(qtbot, area.viewport(), screen, QPoint(100, 250), QPoint(100, 50))
    qtbot.waitUntil(lambda: area.verticalScrollBar().value() > 100)


def test_a_swipe_that_starts_on_a_button_scrolls_and_presses_nothing(
    area: QScrollArea, screen: QPointingDevice, qtbot: QtBot
) -> None:
    button = page_of(area).findChildren(QPushButton)[3]
    pressed = []
    button.clicked.connect(lambda: pressed.append(1))
    place = button.mapTo(area.viewport(), button.rect().center())
    swipe(qtbot, area.viewport(), screen, place, place - QPoint(0, 120))
    qtbot.waitUntil(lambda: area.verticalScrollBar().value() > 60)
    assert pressed == []


def test_a_tap_presses(area: QScrollArea, screen: QPointingDevice, qtbot: QtBot) -> None:
    button = page_of(area).findChildren(QPushButton)[3]
    place = button.rect().center()
    with qtbot.waitSignal(button.clicked):
        QTest.touchEvent(button, screen, False).press(0, place, button).commit()
        QTest.touchEvent(button, screen, False).release(0, place, button).commit()
    assert area.verticalScrollBar().value() == 0


def test_a_mouse_drag_does_not_scroll(area: QScrollArea, mouse: type[Mouse], qtbot: QtBot) -> None:
    m = mouse(area.viewport())
    m.drag(QPointF(100, 250), QPointF(100, 50))
    qtbot.wait(30)
    assert area.verticalScrollBar().value() == 0

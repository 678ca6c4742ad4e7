"""A finger scrolls what is longer than its place; the mouse does not, and taps still press."""

import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from visualizer.app.touch import scroll_by_touch


@pytest.fixture(scope="module")
def screen(qapp):
    return QTest.createTouchDevice()


@pytest.fixture
def area(qtbot):
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


def swipe(qtbot, view, screen, start, end):
    def touch():
        return QTest.touchEvent(view, screen, False)

    touch().press(0, start, view).commit()
    for k in range(1, 9):
        qtbot.wait(10)
        touch().move(0, start + (end - start) * k / 8, view).commit()
    touch().release(0, end, view).commit()


def test_a_swipe_scrolls(area, screen, qtbot):
    swipe(qtbot, area.viewport(), screen, QPoint(100, 250), QPoint(100, 50))
    qtbot.waitUntil(lambda: area.verticalScrollBar().value() > 100)


def test_a_swipe_that_starts_on_a_button_scrolls_and_presses_nothing(area, screen, qtbot):
    button = area.widget().layout().itemAt(7).widget()
    pressed = []
    button.clicked.connect(lambda: pressed.append(1))
    place = button.mapTo(area.viewport(), button.rect().center())
    swipe(qtbot, area.viewport(), screen, place, place - QPoint(0, 120))
    qtbot.waitUntil(lambda: area.verticalScrollBar().value() > 60)
    assert pressed == []


def test_a_tap_presses(area, screen, qtbot):
    button = area.widget().layout().itemAt(7).widget()
    place = button.rect().center()
    with qtbot.waitSignal(button.clicked):
        QTest.touchEvent(button, screen, False).press(0, place, button).commit()
        QTest.touchEvent(button, screen, False).release(0, place, button).commit()
    assert area.verticalScrollBar().value() == 0


def test_a_mouse_drag_does_not_scroll(area, mouse, qtbot):
    m = mouse(area.viewport())
    m.drag(QPointF(100, 250), QPointF(100, 50))
    qtbot.wait(30)
    assert area.verticalScrollBar().value() == 0

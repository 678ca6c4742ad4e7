"""Every dialog at texts of twice the size, on a small screen: nothing is cut, all can be reached."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QStyle,
    QStyleOptionComboBox,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.helpers.window import AtOnce, MakeWindow
from visualizer import texts
from visualizer.analysis.evidence import evidence_row
from visualizer.app.classroom.lesson_panel import LessonPanel
from visualizer.app.classroom.predict_panel import PredictPanel
from visualizer.app.classroom.presenter import Presenter
from visualizer.app.classroom.talk import TalkStop
from visualizer.app.inspector.changes import Changes
from visualizer.app.inspector.study_table import study_dialog
from visualizer.app.session.session import Session
from visualizer.app.takeaway.dialog import ExportDialog
from visualizer.app.takeaway.exporting import Task
from visualizer.app.takeaway.print_preview import Preview, PrintPreview
from visualizer.app.timeline.transport import Transport
from visualizer.app.widgets import geometry
from visualizer.app.widgets.controls import MenuButton
from visualizer.app.widgets.popover import Popover
from visualizer.app.widgets.theme import px
from visualizer.app.window.main_window import MainWindow
from visualizer.export.document import Printed
from visualizer.export.orders.order import Order
from visualizer.scene.channel import Colours
from visualizer.teaching.moment import Moment

SCREEN = QSize(1280, 800)
LONG = "This sentence is about as long as the longest that says why something cannot be done. " * 2
DIALOGS = (
    "save_picture", "save_film", "save_handout", "save_questions", "save_numbers", "help",
    "glossary", "shortcuts", "change_keys", "find_muscle", "method", "data_folder", "problems",
    "about",
)  # fmt: skip


def _of_no_use(order: Order) -> Task:
    raise AssertionError(f"nobody asks for {order}")


def scrolled(widget: QWidget, top: QWidget) -> bool:
    """Return whether a widget is inside something that scrolls."""
    above = widget.parentWidget()
    while above is not None and above is not top:
        if isinstance(above, QAbstractScrollArea):
            return True
        above = above.parentWidget()
    return False


def needed(widget: QWidget) -> QSize:
    """Return the room that the text of a widget needs; an empty size where it has none."""
    metrics = widget.fontMetrics()
    if isinstance(widget, QLabel):
        if not widget.text() or widget.pixmap():
            return QSize()
        if widget.wordWrap():
            return QSize(0, widget.heightForWidth(widget.width()) - 1)
        return widget.sizeHint() - QSize(1, 1)
    if isinstance(widget, QComboBox):
        box, part = QStyleOptionComboBox(), QStyle.SubControl.SC_ComboBoxEditField
        widget.initStyleOption(box)
        room = widget.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, box, part, widget)
        lost = widget.width() - room.width()
        longest = (metrics.horizontalAdvance(widget.itemText(k)) for k in range(widget.count()))
        wide = max(longest, default=0)
        return QSize(wide + lost, metrics.height())
    icon_only = (
        isinstance(widget, QToolButton)
        and widget.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
    )
    if isinstance(widget, QAbstractButton) and widget.text() and not icon_only:
        # one with a menu cuts a long name by itself
        return QSize() if isinstance(widget, MenuButton) else widget.sizeHint() - QSize(1, 1)
    return QSize()


def faults(dialog: QWidget, *, targets: bool = True) -> Iterator[str]:
    """Yield what is cut, lies outside, or is too small to be hit."""
    area = QRect(QPoint(), SCREEN)
    around = geometry.frame_of(dialog)
    frame = QRect(dialog.pos(), dialog.size()).adjusted(
        0, 0, around.left() + around.right(), around.top() + around.bottom()
    )
    if dialog.isWindow() and not area.contains(frame):
        yield f"{dialog.windowTitle()}: {frame} is not on the screen"
    for widget in dialog.findChildren(QWidget):
        if not widget.isVisible() or widget.window() is not dialog.window():
            continue
        own = getattr(widget, "text", None)
        text = (own() if callable(own) else "") or widget.accessibleName()
        room, size = needed(widget), widget.size()
        if room.width() > size.width() or room.height() > size.height():
            yield f"{type(widget).__name__} {text!r} has {size}, needs {room}"
        inside = scrolled(widget, dialog)
        place = QRect(widget.mapTo(dialog, QPoint()), size)
        if not inside and not dialog.rect().contains(place):
            yield f"{type(widget).__name__} {text!r} lies outside: {place} of {dialog.rect()}"
        if isinstance(widget, QAbstractScrollArea) and widget.horizontalScrollBar().maximum() > 0:
            yield f"{type(widget).__name__} {text!r} is wider than its room"
        pressed = isinstance(widget, QAbstractButton | QComboBox)
        if targets and pressed and min(size.height(), size.width()) < 32:
            yield f"{type(widget).__name__} {text!r} is small: {size}"


@pytest.fixture(params=[(100, "en"), (200, "de")], ids=["usual", "large"])
def small_window(
    request: pytest.FixtureRequest,
    session: Session,
    make_window: MakeWindow,
    screen_area: Callable[[int, int], None],
) -> Iterator[MainWindow]:
    """Return a window on the small screen, with usual texts or with large ones in long words."""
    screen_area(SCREEN.width(), SCREEN.height())
    zoom, language = request.param
    session.change(zoom=zoom)
    with texts.speaking(language):
        window = make_window()
        assert px(100) == zoom
        window.showNormal()  # it was maximised on the platform's own screen
        window.resize(geometry.room_of(window))
        yield window


def test_every_dialog_fits(small_window: MainWindow) -> None:
    window, found = small_window, dict[str, list[str]]()
    for name in DIALOGS:
        window.actions_[name].trigger()
        dialog = [d for d in window.findChildren(QDialog) if d.isVisible()][-1]
        QApplication.processEvents()
        found[name] = list(faults(dialog))
        if isinstance(dialog, ExportDialog):
            # the most that one says while it works, or when it cannot
            dialog.progress.show()
            dialog.tell(LONG)
            QApplication.processEvents()
            found[f"{name} that says much"] = list(faults(dialog))
        dialog.close()
        QApplication.processEvents()
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_what_opens_over_the_window_or_stands_in_it_is_not_cut(
    small_window: MainWindow, qtbot: QtBot
) -> None:
    window, found = small_window, dict[str, list[str]]()
    room = window.size()
    for name, colours in (("tempo", Colours.ROLE), ("load", Colours.EFFORT)):
        window.session.change(colours=colours)
        window.actions_[name].trigger()
        (popover,) = (p for p in window.findChildren(Popover) if p.isVisible())
        QApplication.processEvents()
        found[name] = list(faults(popover))
        popover.hide()
    window.session.change(colours=Colours.ROLE)
    transport = window.views.of(Transport)
    for name, panel in (("compare", window.views.of(Changes)), ("new_lesson", None)):
        window.actions_[name].trigger()
        qtbot.wait(20)
        assert window.size() == room
        shown = panel or window.findChildren(LessonPanel)[-1]
        for part in (shown, transport):
            found[f"{name}: {type(part).__name__}"] = list(faults(part, targets=False))
        if panel is not None:
            window.actions_[name].trigger()
    window.classroom.close_lesson()
    # lists beside the stage are as wide as the panel; opened they are wider
    told = {name: [line for line in lines if "Pick" not in line] for name, lines in found.items()}
    assert {name: lines for name, lines in told.items() if lines} == {}


CLASS_PX = 44  # what is touched while a class waits


def small_targets(panel: QWidget) -> Iterator[str]:
    """Yield what is too small to be hit while standing."""
    for widget in panel.findChildren(QWidget):
        if isinstance(widget, QAbstractButton | QComboBox) and widget.isVisible():
            size = widget.size()
            if min(size.height(), size.width()) < CLASS_PX:
                text = widget.accessibleName() or getattr(widget, "text", str)()
                yield f"{type(widget).__name__} {text!r} is small for a class: {size}"


def test_what_a_class_is_taught_with_is_whole_and_large(
    small_window: MainWindow, qtbot: QtBot
) -> None:
    window, found = small_window, dict[str, list[str]]()
    room = window.size()

    def wrong(panel: QWidget) -> list[str]:
        lines = [*faults(panel, targets=False), *small_targets(panel)]
        # lists beside the stage are as wide as the panel; opened they are wider
        return [line for line in lines if "Pick" not in line or "small" in line]

    def look(name: str, panel: QWidget) -> None:
        with suppress(TimeoutError):  # a column that scrolls takes some turns to its height
            qtbot.waitUntil(lambda: not wrong(panel), timeout=2000)
        assert window.size() == room
        found[name] = wrong(panel)

    window.actions_["predict"].trigger()
    (asked,) = window.findChildren(PredictPanel)
    look("a question", asked)
    asked.forward.click()
    look("its answer", asked)
    asked.leave.click()
    stops = tuple(
        TalkStop(Moment(window.session.variation.id), title=LONG[:60], notes=LONG) for _ in "ab"
    )
    window.classroom.present(stops)
    (presenter,) = window.findChildren(Presenter)
    look("presenter", presenter)
    assert window.classroom.show is not None
    window.classroom.show.end()
    catalog = window.session.catalog
    studies = [evidence_row(key, catalog) for key in list(catalog.facts)[:20]]
    page = QImage(85, 110, QImage.Format.Format_RGB32)
    dialogs = {
        "studies": study_dialog(window, LONG[:40], studies),
        "preview": PrintPreview(
            window, AtOnce(), Preview(Printed(LONG, "en", ()), (page,)), _of_no_use
        ),
    }
    for name, dialog in dialogs.items():
        dialog.show()
        qtbot.wait(20)
        # a table scrolls sideways, with its first column in sight
        found[name] = [line for line in faults(dialog) if "is wider" not in line]
        dialog.close()
    assert {name: lines for name, lines in found.items() if lines} == {}

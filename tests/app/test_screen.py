"""The window and its dialogs fit the screen; panels come and go; full screen is what it really is."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.window import MakeWindow, key_of, page_of, timeline_of
from visualizer.app.inspector.inspector import Inspector
from visualizer.app.library.library import Library
from visualizer.app.session.choices import InspectorTab
from visualizer.app.session.settings import Settings, WindowLayout
from visualizer.app.stage.chart import Chart
from visualizer.app.stage.legend import LegendView
from visualizer.app.stage.stage_bar import StageBar
from visualizer.app.timeline.transport import Transport
from visualizer.app.widgets import geometry
from visualizer.app.widgets.dialog import Dialog
from visualizer.app.window import views
from visualizer.app.window.main_window import MainWindow
from visualizer.app.window.top_bar import TopBar
from visualizer.catalog.catalog import Catalog
from visualizer.errors import Problem

# what changes between two bodies is hidden while there is one, see test_pair.py
PANELS = [panel.id for panel in views.PANELS if panel.id != "changes"]

# 1366x768 at 150 per cent is 911x512, 1280x800 at 150 per cent 853x533.
SMALL = QSize(853, 512)
FRAME = QMargins(6, 30, 6, 6)


@pytest.fixture
def small_window(
    make_window: MakeWindow,
    screen_area: Callable[[int, int], None],
    monkeypatch: pytest.MonkeyPatch,
    catalog: Catalog,
) -> MainWindow:
    screen_area(SMALL.width(), SMALL.height())
    monkeypatch.setattr(geometry, "frame_of", lambda window: FRAME)
    room = SMALL - QSize(12, 36)
    window = make_window()
    window.showNormal()  # it was maximised on the platform's own screen
    window.resize(room)
    return window


def whole_in(widget: QWidget, window: QWidget) -> bool:
    shown = widget.visibleRegion().boundingRect()
    return shown.size() == widget.size() and widget.window() is window


def test_everything_fits_a_small_screen(small_window: MainWindow, qtbot: QtBot) -> None:
    window = small_window
    room = SMALL - QSize(12, 36)
    window.session.change(variation="single-leg-hip-thrust")
    qtbot.wait(5)
    assert window.size() == room
    for widget in (
        window.views.of(Transport),
        window.views.of(Transport).phase,
        window.views.of(Transport).speed,
        window.views.of(StageBar),
        window.views.of(LegendView),
        window.views.of(TopBar).theme,
        window.views.of(TopBar).side,
    ):
        assert whole_in(widget, window), widget
    rows = [b for b in timeline_of(window).names.buttons if whole_in(b, window)]
    assert len(rows) >= 3
    assert window.stage.width() > 500
    assert not window.views.of(Library).isVisible()


@pytest.mark.parametrize("library", [False, True])
@pytest.mark.parametrize("size", [(841, 476), (911, 500), (960, 530)])
def test_a_legend_beside_the_body_takes_no_room_of_it(
    make_window: MakeWindow, qtbot: QtBot, library: bool, size: tuple[int, int]
) -> None:
    window = make_window(size=size)
    wanted = {"inspector", "timeline", "library"} if library else {"inspector", "timeline"}
    for name in PANELS:
        if window.panels.shown(name) != (name in wanted):
            window.actions_[f"panel_{name}"].trigger()
    qtbot.wait(5)
    room = window.stage.rect().marginsRemoved(window.stage.insets_px)
    assert room.width() > 300
    on_stage = [
        w for w in (window.views.of(StageBar), window.views.of(LegendView)) if w.isVisible()
    ]
    assert not any(w.geometry().intersects(room) for w in on_stage)
    assert window.views.of(LegendView).isVisible() is not library
    if not library:
        assert (
            not window.views.of(LegendView)
            .geometry()
            .intersects(window.views.of(StageBar).geometry())
        )


def test_a_large_window_shows_all_lanes(make_window: MakeWindow, qtbot: QtBot) -> None:
    window = make_window(size=(1900, 1200))
    qtbot.wait(5)
    assert all(whole_in(b, window) for b in timeline_of(window).names.buttons)


def test_no_set_of_panels_needs_more_than_a_small_screen(
    small_window: MainWindow, qtbot: QtBot
) -> None:
    window, room = small_window, SMALL - QSize(12, 36)
    for panel in ("all", *PANELS, "none"):
        for name in PANELS:
            on = panel == "all" or name == panel
            if window.panels.shown(name) != on:
                window.actions_[f"panel_{name}"].trigger()
        if panel != "all":
            text = "A message that is long enough to need all the width of the row. "
            window.banner.say(text * 2)
        # what is hidden takes no room any more as soon as all splitters have heard of it
        qtbot.waitUntil(lambda: window.minimumSizeHint().height() <= room.height())
        least = window.minimumSizeHint()
        assert least.width() <= room.width(), panel
        assert least.height() <= room.height(), panel
        assert window.width() <= room.width(), panel


@pytest.mark.parametrize("name", PANELS)
def test_each_panel_hides_and_comes_back_with_its_size(
    window: MainWindow, qtbot: QtBot, name: str, make_window: MakeWindow
) -> None:
    widget = {
        "library": window.views.of(Library), "chart": window.views.of(Chart), "inspector": window.views.of(Inspector),
        "timeline": timeline_of(window),
    }[name]  # fmt: skip
    window.activateWindow()
    action = window.actions_[f"panel_{name}"]
    assert widget.isVisible()
    assert action.isChecked()
    before = widget.size()
    stage = window.stage.size()
    key = key_of(action.shortcut())
    qtbot.keyClick(window.stage, key)
    assert not widget.isVisible()
    assert not action.isChecked()
    assert window.views.of(Transport).isVisible()
    qtbot.wait(5)
    if name in ("library", "timeline"):
        grown = window.stage.size()
        assert grown.width() * grown.height() > stage.width() * stage.height()
    kept = window.settings()
    assert kept.window.panels == {name: False}
    qtbot.keyClick(window.stage, key)
    qtbot.wait(5)
    assert widget.isVisible()
    assert abs(widget.width() - before.width()) <= 2
    assert abs(widget.height() - before.height()) <= 2
    assert window.settings().window.panels == {}


def test_hidden_panels_are_remembered_and_can_come_back(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(
        Settings(window=WindowLayout(panels={"library": False, "timeline": False}))
    )
    assert not window.views.of(Library).isVisible()
    assert not timeline_of(window).isVisible()
    assert not window.actions_["panel_library"].isChecked()
    assert window.views.of(Transport).geometry().bottom() < window.height()
    window.actions_["panel_library"].trigger()
    window.actions_["panel_timeline"].trigger()
    qtbot.wait(5)
    assert window.views.of(Library).width() >= 200
    assert timeline_of(window).height() >= 170


def test_the_stage_alone_and_all_panels_back(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    shown = [n for n in PANELS if window.panels.shown(n)]
    qtbot.keyClick(window.stage, Qt.Key.Key_A)
    qtbot.wait(5)
    assert not any(window.panels.shown(n) for n in PANELS)
    assert window.stage.width() == window.zones.width()
    assert window.settings().window.panels == {}
    qtbot.keyClick(window.stage, Qt.Key.Key_A)
    assert [n for n in PANELS if window.panels.shown(n)] == shown
    # a panel asked for while the stage stands alone comes by itself
    qtbot.keyClick(window.stage, Qt.Key.Key_A)
    qtbot.keyClick(window.stage, Qt.Key.Key_I)
    assert [n for n in PANELS if window.panels.shown(n)] == ["inspector"]


@pytest.mark.parametrize("name", ["shortcuts", "method", "data_folder", "problems", "about"])
def test_no_dialog_exceeds_a_small_screen(
    small_window: MainWindow, qtbot: QtBot, name: str
) -> None:
    window = small_window
    window.session.problems = tuple(
        Problem(f"/somewhere/quite/deep/in/a/folder/file-{k}.toml", "id", "missing " * 12)
        for k in range(40)
    )
    window.move(QPoint(300, 200))
    window.actions_[name].trigger()
    (dialog,) = window.findChildren(Dialog)
    check_dialog(dialog)


def test_the_table_of_studies_does_not_either(small_window: MainWindow, qtbot: QtBot) -> None:
    small_window.session.change(selection="gluteus_maximus")
    small_window.session.change(tab=InspectorTab.EVIDENCE)
    buttons = page_of(small_window.views.of(Inspector)).findChildren(QPushButton)
    next(b for b in buttons if b.text().startswith("Studies")).click()
    (dialog,) = small_window.findChildren(Dialog)
    check_dialog(dialog)


def check_dialog(dialog: Dialog) -> None:
    frame = QRect(dialog.pos(), dialog.size() + QSize(12, 36))
    assert QRect(QPoint(0, 0), SMALL).contains(frame)
    buttons = dialog.buttons.buttons()
    assert buttons
    for button in buttons:
        inside = QRect(button.mapTo(dialog, QPoint(0, 0)), button.size())
        assert dialog.rect().contains(inside)
        assert button.icon().isNull()
    # the list of keys and the like scroll downwards only
    for area in dialog.findChildren(QScrollArea):
        assert area.horizontalScrollBar().maximum() == 0
    dialog.close()


@pytest.mark.parametrize(
    ("screen", "first"),
    [((853, 476), (853, 476)), ((1366, 700), (1366, 700)), ((1908, 1004), (1526, 900)),
     ((3828, 2100), (3062, 1680))],
)  # fmt: skip
def test_the_first_window_suits_the_screen(screen: tuple[int, int], first: tuple[int, int]) -> None:
    assert geometry.first_size(QSize(*screen)) == QSize(*first)


def test_a_window_that_sticks_out_is_pulled_in() -> None:
    area = QRect(0, 24, 1366, 744)
    pulled = geometry.pulled_in
    assert pulled(QRect(100, 100, 800, 600), area) == QRect(100, 100, 800, 600)
    assert pulled(QRect(3000, 100, 800, 600), area) == QRect(566, 100, 800, 600)
    assert pulled(QRect(-50, 700, 800, 600), area) == QRect(0, 168, 800, 600)
    assert pulled(QRect(0, 0, 2000, 900), area) == area


def test_a_window_kept_from_a_larger_screen_comes_back_smaller(
    make_window: MakeWindow,
    screen_area: Callable[[int, int], None],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    window = make_window(size=(2400, 1500))
    window.move(1200, 600)
    kept = window.settings()
    window.close()
    screen_area(853, 512)
    monkeypatch.setattr(geometry, "frame_of", lambda window: FRAME)
    again = make_window(kept, size=(2400, 1500))
    again.keep_on_screen()
    frame = QRect(again.pos(), again.size() + QSize(12, 36))
    assert QRect(0, 0, 853, 512).contains(frame)


def test_full_screen_is_what_the_window_is_whoever_made_it_so(
    window: MainWindow, qtbot: QtBot
) -> None:
    action = window.actions_["full_screen"]
    window.activateWindow()
    window.showFullScreen()  # from outside
    assert action.isChecked()
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert not window.isFullScreen()
    assert not action.isChecked()
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    assert action.isChecked()
    window.showNormal()
    assert not action.isChecked()


def test_full_screen_after_a_restart_needs_one_press_and_remembers_maximised(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window()
    window.showMaximized()
    window.toggle_full_screen()
    kept = window.settings()
    assert kept.window.maximised
    window.close()
    again = make_window(kept)
    if not again.isFullScreen():  # the platform of the tests restores nothing larger
        again.toggle_full_screen()
    assert again.actions_["full_screen"].isChecked()
    qtbot.keyClick(again, Qt.Key.Key_F11)
    assert not again.isFullScreen()
    assert again.isMaximized()


def test_nothing_is_clipped_in_a_narrow_inspector(window: MainWindow, qtbot: QtBot) -> None:
    window.views.of(Inspector).setFixedWidth(280)
    for selection in (None, "gluteus_maximus", "biceps_femoris", "masseter"):
        window.session.change(selection=selection)
        qtbot.wait(5)
        page = page_of(window.views.of(Inspector))
        assert page.width() <= window.views.of(Inspector).viewport().width()
        for text in page.findChildren(QLabel):
            if text.isVisible() and not text.wordWrap():
                assert text.width() >= text.sizeHint().width() - 1, text.text()


def test_a_confirmation_goes_by_itself_and_pushes_no_trouble_aside(window: MainWindow) -> None:
    banner = window.banner
    banner.confirm("Done.")
    assert banner.isVisible()
    banner.brief.timeout.emit()
    assert not banner.isVisible()
    banner.say("Trouble.")
    banner.confirm("Done.")
    assert banner.message.text() == "Trouble."


def test_what_was_done_is_said_without_moving_or_drawing_anything(
    window: MainWindow, qtbot: QtBot
) -> None:
    banner, views = window.banner, (window.stage, window.views.of(Chart))
    qtbot.waitUntil(lambda: all(view.picture is not None for view in views))
    qtbot.wait(150)  # until both rest
    drawn = [view.shown for view in views]
    places = [splitter.geometry() for splitter in window.zones.splitters]
    banner.confirm("Saved: /pictures/of a class/a picture.png")
    window.session.change(export_folder="/pictures", tab=InspectorTab.WHY)
    qtbot.wait(150)
    assert banner.isVisible()
    assert 0 < window.zones.rect().bottom() - banner.geometry().bottom() < 32
    assert banner.message.height() < 2 * banner.message.fontMetrics().height()  # in one line
    banner.brief.timeout.emit()
    qtbot.wait(150)
    assert [view.shown for view in views] == drawn
    assert [splitter.geometry() for splitter in window.zones.splitters] == places
    banner.say("Trouble.")  # has a row of its own again, and stays
    qtbot.wait(5)
    assert banner.width() == window.zones.width()
    assert banner.geometry().bottom() < window.zones.whole.geometry().top()


def test_view_and_xray_are_remembered(make_window: MakeWindow) -> None:
    window = make_window()
    window.session.change(xray=True)
    view = list(type(window.stage.orbit.view))[1]
    window.stage.show_view(view)
    kept = window.settings()
    assert (kept.window.view, kept.state.xray) == (view, True)
    again = make_window(kept)
    assert again.stage.orbit.view is view
    assert again.actions_[f"view_{view.value}"].isChecked()


@pytest.mark.parametrize("size", [(1280, 800), (1366, 768)])
def test_in_a_low_window_the_stage_keeps_most_of_the_height(
    make_window: MakeWindow, qtbot: QtBot, size: tuple[int, int]
) -> None:
    window = make_window(size=size)
    qtbot.wait(5)
    assert window.stage.height() >= 0.56 * size[1]
    rows = [b for b in timeline_of(window).names.buttons if whole_in(b, window)]
    assert len(rows) >= 4

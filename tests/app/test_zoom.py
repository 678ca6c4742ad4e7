"""Texts from 100 to 200 %, the system's dark mode: the window stays whole and usable."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.window import MakeWindow, Turn, timeline_of
from visualizer import texts
from visualizer.app.inspector.inspector import Inspector
from visualizer.app.session.session import Session
from visualizer.app.session.state import SYSTEM, ZOOMS
from visualizer.app.timeline.plot.picture import plot_picture
from visualizer.app.timeline.timeline import session_plot
from visualizer.app.timeline.transport import Transport
from visualizer.app.widgets import theme
from visualizer.app.widgets.controls import MenuButton
from visualizer.app.widgets.theme import BODY_PX, px, theme_of
from visualizer.app.window.main_window import MainWindow
from visualizer.scene.palette import THEMES


def cut(window: MainWindow) -> list[str]:
    """Return the texts that do not fit where they stand."""
    found = []
    kinds: tuple[type[QLabel | QPushButton | QToolButton], ...] = (
        QLabel, QPushButton, QToolButton,
    )  # fmt: skip
    for kind in kinds:
        for widget in window.findChildren(kind):
            if not widget.isVisible() or isinstance(widget, MenuButton) or not widget.text():
                continue
            if isinstance(widget, QToolButton) and not shows_text(widget):
                continue
            wide = widget.sizeHint().width()
            if isinstance(widget, QLabel) and widget.wordWrap():
                if widget.height() < widget.heightForWidth(widget.width()) - 1:
                    found.append(widget.text())
            elif widget.width() < wide - 1 or widget.height() < widget.fontMetrics().height():
                found.append(widget.text())
    return found


def shows_text(button: QToolButton) -> bool:
    return button.toolButtonStyle() != Qt.ToolButtonStyle.ToolButtonIconOnly


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("zoom", [150, 200])
def test_at_1280_by_800_all_is_in_sight_and_nothing_is_cut(
    make_window: MakeWindow, session: Session, language: str, zoom: int, qtbot: QtBot
) -> None:
    with texts.speaking(language):
        session.change(zoom=zoom, language=language)
        window = make_window()
        assert px(100) == zoom
        window.session.change(selection="quadriceps")
        qtbot.wait(20)
        assert window.minimumSizeHint().width() <= 1280
        assert window.minimumSizeHint().height() <= 800
        assert (window.width(), window.height()) == (1280, 800)
        whole = QRect(0, 0, 1280, 800)
        needed: list[QWidget] = [
            window.stage, window.views.of(Inspector), window.views.of(Transport),
            timeline_of(window), *window.views.of(Transport).buttons.values(),
        ]  # fmt: skip
        for widget in needed:
            assert widget.isVisible()
            assert whole.contains(
                QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())
            )
        lanes = timeline_of(window).bars
        assert lanes.height() >= 3 * px(22)
        assert cut(window) == []


def test_the_keys_make_texts_larger_and_all_that_holds_them(
    window: MainWindow, qtbot: QtBot, turn: Turn
) -> None:
    window.activateWindow()
    rows = timeline_of(window).names.buttons[0].height()
    shown = window.session.instant
    seen = [window.session.state.zoom]
    window.session.change(zoom=ZOOMS[-2])
    qtbot.waitUntil(lambda: px(100) == ZOOMS[-2])
    qtbot.waitUntil(lambda: window.timeline is not None)
    for _ in range(2):  # the second one finds nothing larger
        window.actions_["zoom_in"].trigger()
        qtbot.waitUntil(lambda: px(100) == window.session.state.zoom)
        qtbot.waitUntil(lambda: window.timeline is not None)
        seen.append(window.session.state.zoom)
    assert seen == [ZOOMS[0], ZOOMS[-1], ZOOMS[-1]]
    assert timeline_of(window).names.buttons[0].height() == 2 * rows
    assert window.font().pixelSize() == 2 * BODY_PX
    assert window.session.instant is shown
    window.actions_["zoom_out"].trigger()
    assert window.session.state.zoom == ZOOMS[-2]
    window.actions_["zoom_reset"].trigger()
    qtbot.waitUntil(lambda: px(100) == 100)
    qtbot.waitUntil(lambda: window.timeline is not None)
    assert timeline_of(window).names.buttons[0].height() == rows
    # the same keys as everywhere
    for name, key in (("zoom_in", "Ctrl++"), ("zoom_out", "Ctrl+-"), ("zoom_reset", "Ctrl+0")):
        assert key in [k.toString() for k in window.actions_[name].shortcuts()]


def test_a_plot_in_a_document_does_not_depend_on_the_zoom(window: MainWindow) -> None:
    session = window.session
    plot, spans = session_plot(session), session.repetition.schedule.spans
    usual = plot_picture(plot, spans, THEMES["light"])
    theme.set_zoom(200)
    assert plot_picture(plot, spans, THEMES["light"]) == usual
    assert px(10) == 20


def test_the_systems_dark_mode_is_followed_until_a_theme_is_chosen(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    scheme = [Qt.ColorScheme.Dark]

    class Hints:
        def colorScheme(self) -> Qt.ColorScheme:  # noqa: N802
            return scheme[0]

    assert window.session.state.theme == SYSTEM
    assert theme_of(window).name == "light"
    monkeypatch.setattr(QApplication, "styleHints", staticmethod(Hints))
    window.follow_system()
    assert theme_of(window).name == "dark"
    assert window.stage.options.theme == "dark"
    assert window.actions_["dark"].isChecked()
    # chosen, it stays, whatever the system does
    window.actions_["dark"].trigger()
    assert window.session.state.theme == "light"
    window.follow_system()
    assert theme_of(window).name == "light"
    # and back
    assert window.actions_["system_theme"].isEnabled()
    window.actions_["system_theme"].trigger()
    assert theme_of(window).name == "dark"
    scheme[0] = Qt.ColorScheme.Light
    window.follow_system()
    assert theme_of(window).name == "light"

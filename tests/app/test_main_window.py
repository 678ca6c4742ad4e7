"""The whole window: its parts, its menus, what it passes on and what it keeps."""

from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.helpers.window import AtOnce, MakeWindow, Mouse, Turn, child, draws_of, timeline_of
from visualizer.anatomy.muscle import Side
from visualizer.app.inspector.inspector import Inspector
from visualizer.app.library.library import Library
from visualizer.app.session.scenes import Scenes
from visualizer.app.session.session import Session
from visualizer.app.session.settings import Settings, WindowLayout
from visualizer.app.stage.chart import Chart
from visualizer.app.stage.legend import LegendView
from visualizer.app.stage.pair import BodyPair
from visualizer.app.stage.stage_bar import StageBar
from visualizer.app.timeline.lanes import LANE_PX
from visualizer.app.timeline.load_panel import LoadPanel
from visualizer.app.timeline.transport import Transport
from visualizer.app.window.about import About
from visualizer.app.window.commands import COMMANDS
from visualizer.app.window.main_window import MainWindow
from visualizer.app.window.top_bar import TopBar
from visualizer.catalog.catalog import Catalog, CatalogLoad
from visualizer.errors import PoseError, Problem
from visualizer.exercise.loading import LoadChoice
from visualizer.lifts.base import ViewName
from visualizer.lifts.schedule import Playhead
from visualizer.lifts.vocabulary import PhaseId

# product.md, "Keys": all that exist by now
KEYS = {
    "Space": "play", "Left": "step_back", "Right": "step_forward", "Shift+Left": "phase_back",
    "Shift+Right": "phase_forward", "Home": "start", "End": "end", "F": "view_front",
    "K": "view_back", "U": "view_below", "S": "view_side", "Q": "view_three-quarter", "X": "xray", "L": "labels",
    "Z": "focus", "Esc": "deselect", "F11": "full_screen", "0": "reset_view", "F1": "help", "Ctrl+F1": "shortcuts", "Ctrl+F": "find_muscle", "J": "loop_phase",
    "R": "loop", "D": "dark", "V": "panel_library", "M": "panel_chart", "I": "panel_inspector",
    "T": "panel_timeline", "A": "stage_alone", "N": "next_curves", "O": "load",
    "Ctrl+1": "tab_now", "Ctrl+2": "tab_why", "Ctrl+3": "tab_anatomy", "Ctrl+4": "tab_evidence",
    "Ctrl++": "zoom_in", "Ctrl+-": "zoom_out", "Ctrl+0": "zoom_reset", "E": "next_role", "Y": "alone", "Shift+Up": "faster", "Shift+Down": "slower", "Shift+L": "side_left", "Shift+R": "side_right",
}  # fmt: skip


def test_every_key_is_on_an_action_in_a_menu(window: MainWindow) -> None:
    in_menus = {a: m for m in window.actions_.menus.values() for a in m.actions()}
    by_key = {k.toString(): a for a in in_menus for k in a.shortcuts()}
    for key, name in KEYS.items():
        assert by_key[QKeySequence(key).toString()].objectName() == name
    for number, variation in enumerate(window.session.catalog.variations[:9], start=1):
        assert by_key[str(number)].data() == variation.id
    for command in COMMANDS:
        assert window.actions_[command.id] in in_menus
    # a key that is lent to another command while that is open stands at both
    lent = sum(len(c.keys) for c in COMMANDS if c.lends)
    assert len(by_key) == sum(len(a.shortcuts()) for a in in_menus) - lent


def test_no_two_menu_entries_share_a_mnemonic(window: MainWindow) -> None:
    for menu in window.actions_.menus.values():
        letters = [
            a.text().replace("&&", "")[a.text().replace("&&", "").index("&") + 1].lower()
            for a in menu.actions()
            if "&" in a.text().replace("&&", "")
        ]
        assert len(letters) == len(set(letters)), menu.title()


def press(
    qtbot: QtBot,
    window: MainWindow,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    qtbot.keyClick(window, key, modifier)


def test_the_keys_work(window: MainWindow, qtbot: QtBot, turn: Turn) -> None:
    session = window.session
    window.activateWindow()
    key, shift = Qt.Key, Qt.KeyboardModifier.ShiftModifier
    press(qtbot, window, key.Key_Right)
    turn()
    assert session.instant.time_s == pytest.approx(0.05)
    press(qtbot, window, key.Key_Left)
    press(qtbot, window, key.Key_Right, shift)
    turn()
    assert session.instant.time_s == pytest.approx(session.variation.phases[0].seconds)
    phases = [session.instant.phase]
    press(qtbot, window, key.Key_End)
    turn()
    assert session.instant.time_s == session.repetition.schedule.duration_s
    press(qtbot, window, key.Key_Left, shift)
    turn()
    phases.append(session.instant.phase)
    assert phases == [PhaseId.HOLD, PhaseId.LOWERING]
    assert session.instant.fraction == pytest.approx(0.0)
    press(qtbot, window, key.Key_Home)
    turn()
    assert session.instant.time_s == 0.0
    press(qtbot, window, key.Key_Space)
    assert session.state.playing
    press(qtbot, window, key.Key_Space)
    assert not session.state.playing
    press(qtbot, window, key.Key_X)
    assert session.state.xray
    press(qtbot, window, key.Key_L)
    assert session.state.labels
    for k, view in (
        (key.Key_F, ViewName.FRONT), (key.Key_K, ViewName.BACK), (key.Key_U, ViewName.BELOW), (key.Key_Q, ViewName.THREE_QUARTER),
        (key.Key_S, ViewName.SIDE),
    ):  # fmt: skip
        press(qtbot, window, k)
        assert window.stage.orbit.view is view
        assert window.actions_[f"view_{view.value}"].isChecked()
    press(qtbot, window, key.Key_2)
    assert session.state.variation == session.catalog.variations[1].id
    session.change(selection="masseter")
    press(qtbot, window, key.Key_Escape)
    assert session.state.selection is None


def test_tab_reaches_every_kind_of_control(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    window.stage.setFocus()
    seen = set()
    for _ in range(120):
        seen.add(window.focusWidget())
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert window.stage in seen
    # of cards that exclude each other Tab reaches the chosen one, arrows the others
    assert window.views.of(Library).cards[0] in seen
    assert set(window.views.of(Inspector).rows) <= seen
    assert set(timeline_of(window).names.buttons) <= seen
    assert window.views.of(TopBar).variation in seen


def test_up_and_down_choose_the_next_variation(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    window.views.of(Library).cards[0].setFocus()
    qtbot.keyClick(window.views.of(Library).cards[0], Qt.Key.Key_Down)
    assert window.session.state.variation == window.views.of(Library).cards[1].variation.id
    qtbot.keyClick(window.views.of(Library).cards[1], Qt.Key.Key_Up)
    assert window.session.state.variation == window.views.of(Library).cards[0].variation.id


def test_every_control_has_a_name_for_screen_readers(window: MainWindow) -> None:
    window.session.change(variation="single-leg-hip-thrust")
    nameless = [
        b
        for b in window.findChildren(QAbstractButton)
        if b.isVisibleTo(window) and not (b.accessibleName() or b.text())
    ]
    assert nameless == []
    for zone in (
        window.stage, window.views.of(Chart), window.views.of(Library), window.views.of(Inspector), timeline_of(window),
        window.views.of(Transport), window.views.of(LegendView),
    ):  # fmt: skip
        assert zone.accessibleName()


@pytest.mark.parametrize("size", [(1024, 700), (1280, 800), (1920, 1080), (3800, 2100)])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_zones_share_every_size(
    make_window: MakeWindow, session: Session, size: tuple[int, int], theme: str, qtbot: QtBot
) -> None:
    session.change(theme=theme, played=True)
    window = make_window(size=size)
    qtbot.wait(10)
    assert (window.width(), window.height()) == size
    zones = (
        window.views.of(Library),
        window.stage,
        window.views.of(Chart),
        window.views.of(Inspector),
        timeline_of(window),
    )
    for zone in zones:
        assert zone.isVisible()
        assert zone.width() >= zone.minimumSizeHint().width()
        assert zone.height() >= 60
    stage = window.stage
    assert stage.width() * stage.height() > 0.19 * size[0] * size[1]
    legend, bar = window.views.of(LegendView).geometry(), window.views.of(StageBar).geometry()
    assert stage.rect().contains(legend)
    assert stage.rect().contains(bar)
    assert not legend.intersects(bar)
    # a newcomer at the second size is told how to begin instead of the angles
    for label in (window.views.of(Transport).phase, window.views.of(Transport).angles):
        assert label.visibleRegion().boundingRect().width() == label.width()


def test_nothing_jumps_when_the_timeline_arrives(
    session: Session, scenes: Scenes, catalog: Catalog, tmp_path: Path, qtbot: QtBot
) -> None:
    from visualizer.app.window.main_window import MainWindow

    window = MainWindow(session, scenes, lambda: CatalogLoad(catalog, ()), tmp_path)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    assert window.timeline is None
    still = (
        window.stage,
        window.views.of(Library),
        window.views.of(Inspector),
        window.views.of(Transport),
    )
    before = [w.geometry() for w in still]
    assert window.views.of(Transport).y() == 0
    qtbot.waitUntil(lambda: window.timeline is not None)
    qtbot.wait(20)
    assert [w.geometry() for w in still] == before


def test_one_seek_reaches_every_view(window: MainWindow, turn: Turn) -> None:
    window.session.go_to(Playhead(PhaseId.LOWERING, 0.5))
    turn()
    assert window.views.of(Transport).phase.text() == "LOWERING · 50 %"
    assert timeline_of(window).plot.line_x == pytest.approx(
        timeline_of(window).plot.x_of(window.session.instant.time_s)
    )
    assert draws_of(window.stage)[-1].instant is window.session.instant
    assert window.views.of(Chart).phase is PhaseId.LOWERING


def test_a_click_on_the_stage_selects_everywhere(window: MainWindow, mouse: type[Mouse]) -> None:
    m = mouse(window.stage)
    m.click(m.at(0.125))
    assert window.views.of(Inspector).title == "Gluteus maximus"
    assert timeline_of(window).bars.selected == {"gluteus_maximus"}
    assert window.stage.options.selection == "gluteus_maximus"


def test_another_variation_keeps_the_phase(window: MainWindow, turn: Turn) -> None:
    window.session.go_to(Playhead(PhaseId.LOWERING, 0.3))
    turn()
    window.views.of(Library).cards[-1].click()
    turn()
    assert window.views.of(Transport).phase.text() == "LOWERING · 30 %"
    assert window.views.of(TopBar).variation.text() == window.session.variation.display_name()
    assert window.views.of(Inspector).title == window.session.variation.display_name()


def test_the_side_is_a_choice_on_one_leg_only(window: MainWindow) -> None:
    session, bar = window.session, window.views.of(TopBar)
    assert not bar.side.isVisible()
    assert not window.actions_["side_left"].isVisible()
    session.change(variation="single-leg-hip-thrust")
    assert bar.side.isVisible()
    assert window.actions_["side_left"].isVisible()
    bar.side.button(Side.LEFT).click()
    assert session.state.side is Side.LEFT
    assert session.repetition.side is Side.LEFT
    assert window.actions_["side_left"].isChecked()


def test_the_theme_is_switched_for_the_window(window: MainWindow, qapp: QApplication) -> None:
    application = qapp.palette().window().color().name()
    window.views.of(TopBar).theme.click()
    assert window.session.state.theme == "dark"
    assert window.palette().window().color().name() == "#1b1b1b"
    assert qapp.palette().window().color().name() == application
    assert window.stage.options.theme == "dark"
    image = timeline_of(window).bars.grab().toImage()
    # the gap between two lanes is the panel's dark
    y = LANE_PX
    assert image.pixelColor(image.width() - 3, y).lightness() < 60
    window.views.of(TopBar).theme.click()
    assert window.session.state.theme == "light"


def test_bad_files_are_said_calmly_while_the_rest_works(make_window: MakeWindow) -> None:
    problems = (Problem("mine.toml", "id", "missing"), Problem("other.toml", "", "binary"))
    window = make_window(problems=problems)
    assert window.banner.isVisible()
    assert window.banner.message.text().startswith("2 data files could not be read")
    assert len(window.views.of(Library).cards) >= 4
    window.banner.step.click()
    (dialog,) = window.findChildren(QDialog)
    assert "mine.toml: id: missing" in child(dialog, QPlainTextEdit).toPlainText()
    dialog.close()
    window.banner.dismiss.click()
    assert not window.banner.isVisible()


def test_reloading_data(make_window: MakeWindow, catalog: Catalog, turn: Turn) -> None:
    loads = [
        CatalogLoad(catalog, (Problem("new.toml", "", "empty file"),)),
        CatalogLoad(replace(catalog, variations=catalog.variations[:2]), ()),
        CatalogLoad(replace(catalog, variations=()), ()),
    ]
    window = make_window(read=lambda: loads.pop(0))
    reload_data = window.actions_["reload"]
    reload_data.trigger()
    assert window.banner.message.text().startswith("One data file")
    assert len(window.views.of(Library).cards) == len(catalog.variations)
    window.session.change(variation=catalog.variations[-1].id)
    reload_data.trigger()
    turn()
    assert window.banner.message.text() == "The data were read again."
    assert len(window.views.of(Library).cards) == 2
    assert window.session.state.variation == catalog.variations[0].id
    assert window.views.of(Inspector).title == catalog.variations[0].display_name()
    numbered = [a for a in window.actions_.menus["variation"].actions() if a.data()]
    assert [a.data() for a in numbered] == [v.id for v in catalog.variations[:2]]
    # nothing left: refused, and what was shown stays
    reload_data.trigger()
    assert window.banner.isVisible()
    assert len(window.views.of(Library).cards) == 2


def test_a_variation_that_cannot_be_shown_says_why(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, catalog: Catalog
) -> None:
    def refuse(variation: str, side: Side) -> NoReturn:
        raise PoseError(f"{variation}: the feet do not reach the floor")

    monkeypatch.setattr(window.session, "repetition_of", refuse)
    action = [a for a in window.actions_.menus["variation"].actions() if a.data()][1]
    for choose in (action.trigger, window.views.of(Library).cards[1].click):
        window.banner.hide()
        choose()
        assert window.banner.isVisible()
    assert "the feet do not reach the floor" in window.banner.message.text()
    assert window.session.state.variation == catalog.variations[0].id
    assert window.views.of(Library).cards[0].isChecked()
    assert not action.isChecked()


def test_help_shows_folder_keys_and_licences(window: MainWindow, tmp_path: Path) -> None:
    for name, expected in (
        ("data_folder", str(tmp_path / "data")),
        ("shortcuts", "Space"),
        ("about", "musclemimic-models"),
        ("problems", "All data files could be read."),
    ):
        window.actions_[name].trigger()
        (dialog,) = window.findChildren(QDialog)
        shown = [x.text() for x in dialog.findChildren(QLabel)]
        shown += [x.text() for x in dialog.findChildren(QLineEdit)]
        shown += [x.toPlainText() for x in dialog.findChildren(QPlainTextEdit)]
        assert any(expected in text for text in shown), name
        dialog.close()
        dialog.setParent(None)
        dialog.deleteLater()


def test_every_part_and_its_licence_is_told(window: MainWindow) -> None:
    window.actions_["about"].trigger()
    (dialog,) = window.findChildren(About)
    told = {}
    for row in range(dialog.list.count()):
        dialog.list.setCurrentRow(row)
        told[dialog.list.item(row).text()] = dialog.text.toPlainText()
    assert "MuscleMimic" in told.pop("This program")
    (numpy,) = (text for name, text in told.items() if name.startswith("numpy "))
    assert "Licence: BSD-3-Clause" in numpy
    assert "Redistributions of source code" in numpy
    assert all("Licence: " in text for text in told.values())
    assert len(told) >= 6
    dialog.close()


def test_what_is_remembered(make_window: MakeWindow) -> None:
    window = make_window()
    window.session.change(
        variation="single-leg-hip-thrust", side=Side.LEFT, theme="dark", speed=0.5, loop=False
    )
    window.zones.upper.setSizes([300, 600, 380])
    kept = window.settings()
    state = kept.state
    assert (state.variation, state.side, state.theme) == (
        "single-leg-hip-thrust",
        Side.LEFT,
        "dark",
    )
    assert (state.speed, state.loop) == (0.5, False)
    again = make_window(kept)
    assert again.zones.upper.sizes() == window.zones.upper.sizes()


def test_hopeless_settings_do_no_harm(make_window: MakeWindow) -> None:
    window = make_window(
        Settings(
            window=WindowLayout(
                geometry=b"nonsense", splitters={"upper": [1], "whole": [-5, 0], "right": []}
            )
        )
    )
    assert window.stage.width() > 300
    assert timeline_of(window).height() > 100


def test_closing_stops_playback(window: MainWindow) -> None:
    window.session.change(playing=True)
    window.close()
    assert not window.player.running
    assert all(not t.isActive() for t in window.player.findChildren(QTimer))


def test_nothing_ticks_at_rest(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.thumbnails.waiting, timeout=8000)
    qtbot.wait(250)
    assert [t for t in window.findChildren(QTimer) if t.isActive()] == []


def test_the_stage_has_a_tooltip_free_surface_of_known_children(window: MainWindow) -> None:
    # what lies on the stage is the row of views and the legend, nothing else
    pair = window.views.of(BodyPair)
    children = [w for w in pair.children() if isinstance(w, QWidget) and not w.isHidden()]
    assert set(children) == {window.stage, window.views.of(StageBar), window.views.of(LegendView)}
    assert [w for w in window.stage.children() if isinstance(w, QWidget)] == []


def test_a_missing_kernel_is_said_once(
    make_window: MakeWindow, scenes: Scenes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(scenes), "has_native_kernel", property(lambda self: False))
    window = make_window()
    assert window.banner.isVisible()
    assert "renderer is missing" in window.banner.message.text()


def test_focus_by_key_and_out_again(window: MainWindow, qtbot: QtBot, turn: Turn) -> None:
    session, key = window.session, Qt.Key
    window.activateWindow()
    assert not window.actions_["focus"].isEnabled()
    press(qtbot, window, key.Key_Z)
    assert not session.state.focus
    session.change(selection="gluteus_maximus")
    press(qtbot, window, key.Key_Z)
    assert session.state.focus
    assert window.actions_["focus"].isChecked()
    press(qtbot, window, key.Key_Escape)
    assert not session.state.focus
    assert session.state.selection == "gluteus_maximus"
    press(qtbot, window, key.Key_Escape)
    assert session.state.selection is None


def test_the_load_is_asked_for_from_the_menu(window: MainWindow) -> None:
    window.actions_["load"].trigger()
    assert window.session.state.curves == "hip-moment"
    panel = child(window, LoadPanel)
    assert panel.isVisible()
    assert "while this is open" in panel.note.text()
    panel.close()
    assert window.session.state.curves == "angles"
    # asked for where the moment is shown anyway, it stays
    window.session.change(curves="knee-moment")
    window.actions_["load"].trigger()
    assert "while this is open" not in panel.note.text()
    panel.close()
    assert window.session.state.curves == "knee-moment"


def test_the_curves_menu_follows_and_is_remembered(window: MainWindow) -> None:
    window.actions_["curves_length"].trigger()
    assert window.session.state.curves == "length"
    window.session.change(curves="arms")
    assert window.actions_["curves_arms"].isChecked()
    assert not window.actions_["curves_length"].isChecked()
    assert window.settings().state.curves == "arms"
    assert window.settings().state.load == LoadChoice()


def test_the_chart_is_large_enough_to_be_read_on_a_small_projector(window: MainWindow) -> None:
    window.resize(1280, 800)
    window.zones.arrange(window.size(), 6, {})
    assert window.views.of(Chart).room().height() > 185


def test_the_window_is_gone_before_its_jobs_have_ended(make_window: MakeWindow) -> None:
    seen: list[bool] = []

    class Slow(AtOnce):
        def stop(self) -> None:
            seen.append(window.isVisible())

    window = make_window(jobs=Slow())
    window.close()
    assert seen == [False]

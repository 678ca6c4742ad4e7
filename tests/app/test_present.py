"""Presenting: what the class sees and what it does not, the clicker, the pen, and both screens."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QRegion
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.window import Mouse, Turn
from visualizer.analysis.veil import COVERED, Veil
from visualizer.app.classroom import audience as audience_module
from visualizer.app.classroom.asked import Asked
from visualizer.app.classroom.audience import words_of
from visualizer.app.classroom.awake import Awake
from visualizer.app.classroom.ink import Ink, InkStroke, Plane
from visualizer.app.classroom.show import Show
from visualizer.app.classroom.talk import Cover, Talk, TalkStop, Tool
from visualizer.app.session.session import Session
from visualizer.app.session.state import SessionState
from visualizer.app.window.main_window import MainWindow
from visualizer.app.window.tour import Tour
from visualizer.lifts.base import ViewName
from visualizer.lifts.schedule import Playhead
from visualizer.lifts.vocabulary import PhaseId
from visualizer.render import Camera
from visualizer.teaching.moment import Moment

ROOT = Path(__file__).parents[2]
Key = Qt.Key
LIFT = Moment("barbell-hip-thrust", Playhead(PhaseId.LIFT, 0.5))
DOWN = Moment("glute-bridge", Playhead(PhaseId.LOWERING, 0.25), view=ViewName.FRONT, xray=True)
STOPS = (
    TalkStop(LIFT, "The lift", "Let them feel it on a chair."),
    TalkStop(DOWN, "The bridge", question=Asked("Which muscle lowers the hips?")),
    TalkStop(LIFT, "Once more"),
)


class Slept(Awake):
    """Remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def on(self) -> bool:
        self.asked.append("on")
        return True

    def off(self) -> None:
        self.asked.append("off")


@pytest.fixture
def show(window: MainWindow, turn: Turn) -> Iterator[Show]:
    window.stage.orbit.duration_ms = 0
    window.classroom.present(STOPS)
    assert window.classroom.show is not None
    turn()
    yield window.classroom.show
    if window.classroom.show is not None:
        window.classroom.show.end()


def seen(widget: QWidget) -> QImage:
    return widget.grab().toImage()


# ----------------------------------------------------------------------------------- the clicker
def test_the_keys_of_a_clicker_lead_through_the_talk(
    window: MainWindow, show: Show, qtbot: QtBot, turn: Turn
) -> None:
    """Next, back, black, white come from a real one in this order of a lesson."""
    talk = show.talk

    def press(key: Qt.Key) -> None:
        qtbot.keyClick(window.stage, key)
        turn()

    assert (talk.index, window.session.playhead) == (0, LIFT.playhead)
    press(Key.Key_PageDown)
    assert talk.index == 1
    assert window.session.state.variation == "glute-bridge"
    assert window.session.playhead == DOWN.playhead
    assert window.stage.orbit.view is ViewName.FRONT
    assert window.session.state.xray
    for key, cover in (
        (Key.Key_B, Cover.BLACK), (Key.Key_B, Cover.NONE), (Key.Key_Period, Cover.BLACK),
        (Key.Key_W, Cover.WHITE), (Key.Key_W, Cover.NONE),
    ):  # fmt: skip
        press(key)
        assert talk.cover is cover
    # behind a cover, the next press only brings the picture back
    press(Key.Key_B)
    press(Key.Key_PageDown)
    assert (talk.cover, talk.index) == (Cover.NONE, 1)
    press(Key.Key_PageDown)
    press(Key.Key_PageDown)
    assert talk.index == 2
    press(Key.Key_PageUp)
    assert talk.index == 1
    press(Key.Key_F)
    assert talk.frozen
    views = [window.stage.orbit.view]
    press(Key.Key_F5)
    press(Key.Key_Escape)
    assert window.classroom.show is None
    press(Key.Key_F)
    press(Key.Key_S)
    views.append(window.stage.orbit.view)
    assert views == [ViewName.FRONT, ViewName.SIDE]  # in the talk F is not the view's key


def test_f5_presents_the_shown_moment(window: MainWindow, qtbot: QtBot, turn: Turn) -> None:
    window.activateWindow()
    window.session.seek(1.0)
    turn()
    qtbot.keyClick(window.stage, Key.Key_F5)
    assert window.classroom.show is not None
    assert window.classroom.show.talk.stops[0].moment == window.classroom.moments.now()
    window.classroom.show.end()


def test_what_is_typed_into_a_text_is_no_key_of_the_talk(
    window: MainWindow, show: Show, qtbot: QtBot
) -> None:
    line = QLineEdit(window)
    line.show()
    qtbot.keyClicks(line, "bw.f")
    assert line.text() == "bw.f"
    assert (show.talk.cover, show.talk.frozen) == (Cover.NONE, False)
    line.deleteLater()


# ---------------------------------------------------------------------------------- the audience
def test_the_audience_has_no_control(show: Show) -> None:
    audience = show.audience
    for kind in (QAbstractButton, QLineEdit, QScrollBar):
        assert audience.findChildren(kind) == []
    widgets = [audience, *audience.findChildren(QWidget)]
    assert all(w.focusPolicy() is Qt.FocusPolicy.NoFocus for w in widgets)
    pierced = Qt.WidgetAttribute.WA_TransparentForMouseEvents
    assert all(w.testAttribute(pierced) for w in audience.findChildren(QWidget))
    assert all(w.toolTip() == "" for w in widgets)


def test_a_frozen_picture_stays_while_the_teacher_looks_round(
    window: MainWindow, show: Show, turn: Turn
) -> None:
    before = seen(show.audience)
    show.talk.freeze(True)
    window.session.change(xray=True, labels=True, theme="dark")
    window.stage.show_view(ViewName.BACK)
    window.session.seek(1.3)
    turn()
    assert seen(show.audience) == before
    show.talk.freeze(False)
    turn()
    assert seen(show.audience) != before


def test_the_audience_follows_the_teachers_view_and_moment(
    window: MainWindow, show: Show, turn: Turn
) -> None:
    stage = show.audience.stage
    window.stage.show_view(ViewName.BACK)
    assert stage.orbit.view is ViewName.BACK
    show.talk.go(1)  # from the front: the button of the view follows, too
    turn()
    assert window.actions_["view_front"].isChecked()
    window.stage.orbit.turn(40.0, 10.0)
    assert stage.orbit.camera == window.stage.orbit.camera
    window.session.set_hover("gluteus_maximus")
    assert stage.options.hover is None


def test_a_cover_hides_everything(show: Show, turn: Turn) -> None:
    for cover, colour in ((Cover.BLACK, "#000000"), (Cover.WHITE, "#ffffff")):
        show.talk.cover_with(cover)
        turn()
        image = seen(show.audience)
        places = [(0.1, 0.1), (0.5, 0.5), (0.9, 0.95)]
        found = {
            image.pixelColor(int(x * image.width()), int(y * image.height())).name()
            for x, y in places
        }
        assert found == {colour}


def test_no_letter_is_too_small_for_the_back_row() -> None:
    shares = {name: getattr(audience_module, name) for name in ("_PHASE", "_LINE", "_LEGEND", "_QUESTION")}  # fmt: skip
    assert min(shares.values()) >= 0.026


def test_paper_lies_behind_the_words_of_which_a_body_seen_closely_runs_behind(show: Show) -> None:
    words = show.audience.words
    words.resize(1280, 720)
    under = QImage(words.size(), QImage.Format.Format_RGB32)
    under.fill(QColor("#ff00ff"))
    words.render(under, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    # beside the first letters of phase and line, and far from any word
    for y in (48, 86):
        assert under.pixelColor(18, y).green() > 180
    assert under.pixelColor(1200, 300).green() == 0


def test_the_words_keep_what_is_veiled(session: Session) -> None:
    phase, line = words_of(session, Veil())
    assert phase == "Lift"
    assert line == "Gluteus maximus: concentric (shortens)"  # right for hamstrings, too
    assert words_of(session, COVERED) == ("Lift", "")
    assert "Gluteus" not in words_of(session, Veil(names=True))[1]


def test_what_is_still_there_is_veiled_while_a_questions_stop_is_got_ready(
    window: MainWindow, turn: Turn
) -> None:
    hidden = replace(DOWN, veil=COVERED)
    asked = Asked("Which muscle lowers the hips?", ("This", "That"), 0, "So it is.")
    window.classroom.present((TalkStop(LIFT), TalkStop(hidden, question=asked), TalkStop(LIFT)))
    show = window.classroom.show
    assert show is not None
    turn()
    states: list[SessionState] = []
    window.session.state_changed.connect(lambda old, new: states.append(new))
    show.talk.forward()
    turn()
    # while the variation before is still shown, too
    assert states[0].variation == LIFT.variation
    assert all(state.veil == COVERED for state in states)
    assert window.session.state.variation == DOWN.variation
    show.talk.forward()
    assert not window.session.state.veil
    show.talk.forward()
    turn()
    assert not window.session.state.veil
    show.end()


def test_the_question_is_there_for_eyes_and_ears(show: Show, turn: Turn) -> None:
    words = show.audience.words
    assert "Which muscle" not in words.accessibleName()
    plain = seen(words)
    show.talk.forward()
    turn()
    assert "Which muscle lowers the hips?" in words.accessibleName()
    assert seen(words) != plain


# ----------------------------------------------------------------------------------- the teacher
def test_playing_stops_at_every_phase_end(window: MainWindow, show: Show) -> None:
    session, player = window.session, window.player
    schedule = session.repetition.schedule
    session.seek(0.0)
    for span in schedule.spans:
        session.change(playing=True)
        for _ in range(1000):
            player.advance(0.016)
            if not session.state.playing:
                break
        assert session.playhead == Playhead(span.id, 1.0)
    show.end()
    session.seek(0.0)
    session.change(playing=True)
    player.advance(schedule.spans[0].seconds + 0.1)
    assert session.state.playing
    session.change(playing=False)


def test_the_teacher_sees_notes_what_comes_next_and_the_time(show: Show, turn: Turn) -> None:
    presenter = show.presenter
    assert presenter.where.text() == "1 of 3"
    assert presenter.notes.text() == "Let them feel it on a chair."
    assert presenter.next_title.text() == "Next: The bridge"
    assert not presenter.next_picture.pixmap().isNull()
    assert not presenter.back.isEnabled()
    show.talk.go(2)
    assert presenter.next_title.text() == "This is the last stop."
    assert presenter.notes.text() == "No notes for this stop."
    assert not presenter.forward.isEnabled()
    presenter.freeze.click()
    assert show.talk.frozen
    presenter.white.click()
    assert show.talk.cover is Cover.WHITE


def test_on_one_screen_the_audience_stays_above_the_window_and_beside_the_notes(
    window: MainWindow, show: Show
) -> None:
    handle = show.audience.windowHandle()
    assert handle is not None
    assert handle.transientParent() is window.windowHandle()
    room = window.screen().availableGeometry()
    assert show.audience.frameGeometry().bottomRight() == room.bottomRight()
    assert room.contains(show.audience.frameGeometry())


def test_who_presents_is_shown_round_no_more(window: MainWindow, turn: Turn) -> None:
    window.actions_["tour"].trigger()
    turn()
    assert any(card.isVisible() for card in window.findChildren(Tour))
    window.classroom.present(STOPS)
    turn()
    assert not any(card.isVisible() for card in window.findChildren(Tour))
    window.classroom.end()


def test_the_timer_counts_from_its_start(qtbot: QtBot) -> None:
    now = [100.0]
    talk = Talk(STOPS, clock=lambda: now[0])
    talk.begin()
    now[0] = 175.0
    assert talk.passed_s == 75.0
    talk.restart_timer()
    assert talk.passed_s == 0.0


def test_the_window_is_as_it_was_when_the_talk_is_over(window: MainWindow, turn: Turn) -> None:
    shown = {p: window.panels.shown(p) for p in ("library", "chart", "inspector", "timeline")}
    window.classroom.present(STOPS)
    assert window.classroom.show is not None
    assert not window.panels.shown("library")
    window.classroom.show.audience.close()  # by its frame
    turn()
    assert window.classroom.show is None
    assert {p: window.panels.shown(p) for p in shown} == shown
    assert not window.player.waits_at_borders
    assert window.panels.chosen == {}  # nothing of this is remembered


def test_the_screen_stays_on_as_long_as_it_is_presented(window: MainWindow) -> None:
    slept = Slept()
    show = Show(
        window, window.session, window.scenes, window.jobs, window.player, window.pair,
        window.classroom.moments, STOPS, awake=slept,
    )  # fmt: skip
    show.begin()
    assert slept.asked == ["on"]
    show.end()
    assert slept.asked == ["on", "off"]


# ------------------------------------------------------------------------------------- by hand
def test_the_pen_draws_in_the_same_place_for_both_and_stays_with_its_stop(
    window: MainWindow, show: Show, mouse: type[Mouse], turn: Turn
) -> None:
    talk = show.talk
    talk.take(Tool.PEN)
    hand = mouse(show.pad)
    camera = window.stage.orbit.camera
    hand.drag(hand.at(0.4), hand.at(0.6))
    assert window.stage.orbit.camera == camera  # the pen does not turn the body
    (stroke,) = talk.ink.strokes
    turn()
    for pad in (show.pad, show.audience.ink):
        ends = [pad.plane.at(p) for p in (stroke.places[0], stroke.places[-1])]
        middle = (ends[0].x() + ends[1].x()) / 2 / pad.width()
        assert middle == pytest.approx(0.5, abs=0.05)
    talk.forward()
    assert list(talk.ink.strokes) == []
    talk.back()
    assert list(talk.ink.strokes) == [stroke]
    talk.take(Tool.ERASER)
    hand.click(hand.at(0.5))
    assert list(talk.ink.strokes) == []
    talk.ink.undo()
    assert list(talk.ink.strokes) == [stroke]


def test_the_class_sees_a_line_while_it_is_drawn(
    show: Show, mouse: type[Mouse], turn: Turn
) -> None:
    plain = seen(show.audience)
    show.talk.take(Tool.PEN)
    hand = mouse(show.pad)
    hand.press(hand.at(0.4))
    for share in (0.5, 0.6):
        hand.move(hand.at(share), Qt.MouseButton.LeftButton)
    turn()
    assert list(show.talk.ink.strokes) == []
    drawn = seen(show.audience)
    assert drawn != plain
    hand.release(hand.at(0.6))
    turn()
    assert len(show.talk.ink.strokes) == 1
    assert seen(show.audience) == drawn


def test_pen_eraser_and_pointer_are_led_by_keys(
    window: MainWindow, show: Show, qtbot: QtBot, turn: Turn
) -> None:
    talk, stage = show.talk, window.stage
    before, camera = window.session.playhead, stage.orbit.camera
    window.activateWindow()
    stage.setFocus(Qt.FocusReason.TabFocusReason)
    turn()

    def press(*keys: Qt.Key) -> None:
        for key in keys:
            qtbot.keyClick(stage, key)

    talk.take(Tool.PEN)
    press(Key.Key_Left, Key.Key_Space, *[Key.Key_Right] * 5, Key.Key_Up, Key.Key_Space)
    (line,) = talk.ink.strokes
    ends = [show.pad.plane.at(line.places[k]) for k in (0, -1)]
    step = 0.02 * show.pad.height()
    assert ends[1].x() - ends[0].x() == pytest.approx(5 * step)
    assert ends[0].y() - ends[1].y() == pytest.approx(step)
    press(Key.Key_Right)  # lifted, it draws no more
    assert list(talk.ink.strokes) == [line]
    press(Key.Key_Left)
    talk.take(Tool.ERASER)
    press(Key.Key_Space)
    assert list(talk.ink.strokes) == []
    talk.take(Tool.PEN)
    press(Key.Key_Space, Key.Key_Left, Key.Key_Escape)  # a line that is begun is kept
    assert len(talk.ink.strokes) == 1
    assert talk.tool is Tool.TURN
    talk.take(Tool.PEN)
    press(Key.Key_Space, Key.Key_Left, Key.Key_PageDown)  # on the stop where it was begun
    assert talk.index == 1
    assert [len(ink) for ink in talk.drawn_anew.values()] == [2]
    assert list(talk.ink.strokes) == []
    talk.take(Tool.POINTER)
    press(Key.Key_Right)
    assert talk.pointed is not None
    assert not window.session.state.playing
    talk.take(Tool.TURN)
    talk.back()
    turn()
    assert (window.session.playhead, stage.orbit.camera) == (before, camera)
    press(Key.Key_Right)  # with no tool in hand the arrows are the window's again
    turn()
    assert window.session.playhead != before


def test_pointer_and_spotlight_follow_the_teachers_mouse(
    show: Show, mouse: type[Mouse], turn: Turn
) -> None:
    plain = seen(show.audience)
    hand = mouse(show.pad)
    for tool in (Tool.POINTER, Tool.SPOTLIGHT):
        show.talk.take(tool)
        hand.move(hand.at(0.5))
        turn()
        assert show.talk.pointed is not None
        assert seen(show.audience) != plain
    show.talk.take(Tool.TURN)
    turn()
    assert seen(show.audience) == plain


def test_ink_of_another_direction_is_not_shown(show: Show, window: MainWindow) -> None:
    stroke = InkStroke(((0.0, 0.4), (0.2, 0.5)), show.pad.plane.facing)
    show.talk.ink.draw(stroke)
    show.talk.inked()
    with_ink = seen(show.audience.ink)
    window.stage.show_view(ViewName.BACK)
    assert show.pad.plane.facing != stroke.facing
    assert seen(show.audience.ink) != with_ink


numbers = st.floats(-2.0, 2.0)


@given(x=numbers, y=numbers, azimuth=numbers, high=st.integers(100, 2160))
def test_a_place_comes_back_from_its_pixel(x: float, y: float, azimuth: float, high: int) -> None:
    camera = Camera((0.1, 0.5, 0.4), azimuth, 0.2, 1.7)
    plane = Plane(camera, QSizeF(high * 16 / 9, high))
    assert plane.place_at(plane.at((x, y))) == pytest.approx((x, y), abs=1e-9)


def test_ink_is_taken_back_step_by_step() -> None:
    plane = Plane(Camera(), QSizeF(800, 600))
    line = InkStroke(((0.0, 0.0), (1.0, 0.0)), plane.facing)
    dot = InkStroke(((0.0, 1.0),), plane.facing)
    ink = Ink()
    ink.draw(line)
    ink.draw(dot)
    ink.erase((0.5, 0.0), plane)
    assert ink.strokes == (dot,)
    ink.clear()
    for left in ((dot,), (line, dot), (line,), (), ()):
        ink.undo()
        assert ink.strokes == left


# ---------------------------------------------------------------------------------- two screens
_TWO_SCREENS = """
from pathlib import Path
from PySide6.QtWidgets import QApplication
from tests.helpers import repetitions
from tests.helpers.window import AtOnce, FakeScene
from visualizer.app.classroom import show as show_module
from visualizer.app.session.scenes import Scenes
from visualizer.app.session.session import Session
from visualizer.app.session.state import SessionState
from visualizer.app.window.main_window import MainWindow
from visualizer.app.window.tour import Tour
from visualizer.catalog.catalog import CatalogLoad
app = QApplication([])
catalog, body = repetitions.catalog(), repetitions.body_model()
scenes = Scenes(body.surface, FakeScene, FakeScene)
session = Session(catalog, body, SessionState("barbell-hip-thrust"))
window = MainWindow(
    session, scenes, lambda: CatalogLoad(catalog, ()), Path("nowhere"), jobs=AtOnce()
)
session.setParent(window)
window.show()
def present():
    window.classroom.present()
    return window.classroom.show
def told(show):
    audience = show.audience
    full = "full" if audience.isFullScreen() else "window"
    listed = show.presenter.screens
    where = app.screenAt(audience.geometry().center())
    print(window.screen().name(), audience.screen().name(), where.name(), full,
          "|", listed.currentText())
show = present()
told(show)
show.swap()
told(show)
show.swap()
listed = show.presenter.screens
print(*(listed.itemText(k) for k in range(listed.count())), sep=" ; ")
show.choose_screen(2)
told(show)
show.end()
show = present()  # remembered
told(show)
show.choose_screen(1)
show.end()
session.change(audience_screen="Beamer")  # which is not here
show = present()
told(show)
print(window.banner.message.text())
# its cable is pulled, and put in again
screens = app.screens()
show_module.all_screens = lambda: screens[:1]
show.screens_changed()
told(show)
show_module.all_screens = lambda: screens
show.screens_changed()
told(show)
print(show.talk.index, window.classroom.presenting)
show.end()
window.deleteLater()
"""


def test_the_audience_is_on_the_screen_that_was_chosen(tmp_path: Path) -> None:
    screens = [
        {"name": name, "x": x, "y": 0, "width": width, "height": height, "logicalDpi": 96,
         "logicalBaseDpi": 96, "dpr": 1}
        for name, x, width, height in (("A", 0, 1366, 768), ("B", 1366, 1280, 720))
    ]  # fmt: skip
    config = tmp_path / "screens.json"
    config.write_text(json.dumps({"screens": screens}))
    environment = os.environ | {
        "QT_QPA_PLATFORM": f"offscreen:configfile={config}",
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        "DBUS_SESSION_BUS_ADDRESS": "",
    }
    done = subprocess.run(
        [sys.executable, "-c", _TWO_SCREENS], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    first, second = "1: A, 1366 × 768", "2: B, 1280 × 720"
    beside = "a window beside yours"
    assert done.stdout.splitlines() == [
        f"A B B full | {second}",
        f"B A A full | {first}",
        f"{first} ; {second} ; {beside}",
        f"A A A window | {beside}",
        f"A A A window | {beside}",
        f"A B B full | {second}",
        f"The screen “Beamer” is not there. The audience is on: {second}",
        f"A A A window | {beside}",
        f"A B B full | {second}",
        "0 True",
    ]


def test_the_audience_comes_home_when_its_screen_is_unplugged(
    show: Show, window: MainWindow, monkeypatch: pytest.MonkeyPatch, qapp: object
) -> None:
    show.audience.move(5000, 5000)
    show.screens_changed()
    area = window.screen().availableGeometry()
    assert area.contains(show.audience.geometry().topLeft())


def test_a_point_is_where_the_hand_is(show: Show) -> None:
    plane = show.pad.plane
    middle = QPointF(show.pad.width() / 2, show.pad.height() / 2)
    assert plane.at(plane.place_at(middle)) == middle

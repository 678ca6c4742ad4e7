"""Two bodies on the stage: one moment, one camera, one choice; and the list of what changes."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from tests.helpers.window import MakeWindow, Mouse, Turn, child, draws_of, stand_in
from visualizer.analysis.veil import COVERED, OPEN
from visualizer.anatomy.muscle import Side
from visualizer.app.classroom.ink_view import InkPad, InkView
from visualizer.app.classroom.talk import Tool
from visualizer.app.inspector.change_row import ChangeRow
from visualizer.app.inspector.changes import Changes
from visualizer.app.library.compare_menu import CompareMenu
from visualizer.app.library.library import Library
from visualizer.app.session.session import Session
from visualizer.app.stage.pair import BodyPair
from visualizer.app.stage.second import SecondStage
from visualizer.app.window.main_window import MainWindow
from visualizer.lifts.base import ViewName
from visualizer.lifts.schedule import Playhead
from visualizer.lifts.vocabulary import PhaseId
from visualizer.render import Camera
from visualizer.scene.body_outline import enlarged, opacities, opacity_of, share_of
from visualizer.scene.request import RenderedView
from visualizer.teaching.link import link_of, read_link
from visualizer.teaching.moment import OtherBody

BRIDGE = OtherBody("glute-bridge")


@pytest.fixture
def pair(window: MainWindow, turn: Turn) -> BodyPair:
    """Two bodies side by side."""
    window.session.change(other=BRIDGE)
    turn()
    return window.pair


def second_of(pair: BodyPair) -> SecondStage:
    assert pair.second is not None
    return pair.second


def test_both_bodies_are_drawn_at_one_moment_from_one_camera_at_one_size(
    window: MainWindow, pair: BodyPair, turn: Turn
) -> None:
    window.session.go_to(Playhead(PhaseId.LOWERING, 0.25))
    turn()
    first, second = (draws_of(view)[-1] for view in (pair.first, second_of(pair)))
    assert first.size == second.size
    assert first.camera == second.camera
    for request in (first, second):
        assert (request.instant.phase, request.instant.fraction) == (PhaseId.LOWERING, 0.25)
    assert stand_in(second_of(pair).scene).repetition.variation.id == "glute-bridge"
    assert pair.first.width() == second_of(pair).width() == (pair.width() - 1) // 2
    # names: on the picture for the eye, in the picture's for the ear
    assert [name.text for name in pair.names] == ["Barbell hip thrust", "Glute bridge"]
    assert pair.first.accessibleName() == "First body: Barbell hip thrust"
    assert second_of(pair).accessibleName() == "Second body: Glute bridge"
    assert "Lowering, 25 %" in second_of(pair).spoken_value


@pytest.mark.parametrize("overlaid", [False, True])
def test_both_bodies_are_drawn_at_the_same_time(
    window: MainWindow,
    pair: BodyPair,
    turn: Turn,
    monkeypatch: pytest.MonkeyPatch,
    overlaid: bool,
) -> None:
    window.session.change(overlaid=overlaid)
    turn()
    both = threading.Barrier(2, timeout=20)  # breaks where one is drawn after the other
    met: list[int] = []
    companion = window.comparing.second
    assert companion is not None
    for scene in (pair.first.scene, window.scenes.stage(companion.repetition)):
        draw = scene.render

        def render(*args: Any, draw: Any = draw) -> RenderedView:
            if len(met) < 2:  # not the pictures at rest, which come one by one
                met.append(both.wait())
            found: RenderedView = draw(*args)
            return found

        monkeypatch.setattr(scene, "render", render)
    window.session.go_to(Playhead(PhaseId.LOWERING, 0.25))
    window.session.show_newest()
    pair.repaint()
    assert sorted(met) == [0, 1]
    second = pair.outline if overlaid else pair.second
    assert second is not None
    assert not second.is_stale


@pytest.mark.parametrize("overlaid", [False, True])
def test_what_painting_the_second_body_takes_counts_as_part_of_the_frame(
    window: MainWindow,
    pair: BodyPair,
    turn: Turn,
    monkeypatch: pytest.MonkeyPatch,
    overlaid: bool,
) -> None:
    window.session.change(overlaid=overlaid)
    turn()
    told: list[str] = []
    pace = pair.first.drawn.pace
    monkeypatch.setattr(pace, "drawn", lambda ms: told.append("first"))
    monkeypatch.setattr(pace, "also", lambda ms: told.append("second"))
    for share in (0.25, 0.5, 0.75):
        window.session.go_to(Playhead(PhaseId.LOWERING, share))
        window.session.show_newest()
        pair.repaint()
    assert told == ["first", "second"] * 3
    pair.repaint()  # nothing is drawn
    assert len(told) == 6


def test_a_hand_on_either_body_turns_and_chooses_for_both(
    window: MainWindow, pair: BodyPair, turn: Turn, mouse: type[Mouse], qtbot: QtBot
) -> None:
    second = second_of(pair)
    hand, before = mouse(second), pair.first.orbit.camera
    hand.drag(hand.at(0.5), hand.at(0.7))
    turn()
    assert pair.first.orbit.camera != before
    assert draws_of(pair.first)[-1].camera == draws_of(second)[-1].camera
    hand.click(hand.at(0.1))
    turn()
    assert window.session.state.selection == "gluteus_maximus"
    assert [draws_of(v)[-1].options.selection for v in (pair.first, second)] == [
        "gluteus_maximus", "gluteus_maximus",
    ]  # fmt: skip
    # by key as well; Tab leads from one body to the other
    window.activateWindow()
    second.setFocus()
    turn()
    qtbot.keyClick(window, Qt.Key.Key_0)
    assert pair.first.view_shown is ViewName.SIDE
    pair.first.setFocus()
    qtbot.keyClick(pair.first, Qt.Key.Key_Tab)
    reached = {window.focusWidget()}
    while window.focusWidget() is not pair.first and len(reached) < 80:
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        reached.add(window.focusWidget())
    assert second in reached


def test_leaving_brings_back_what_was_there(window: MainWindow, turn: Turn, qtbot: QtBot) -> None:
    pair = window.pair
    shown = {name: window.panels.shown(name) for name in ("library", "chart", "inspector")}
    assert all(shown.values())
    before = draws_of(pair.first)[-1]
    camera, insets, size = pair.first.orbit.camera, pair.first.insets_px, pair.first.size()
    qtbot.keyClick(window, Qt.Key.Key_C)
    turn()
    assert pair.second is not None
    assert window.panels.shown("changes")
    assert not any(window.panels.shown(name) for name in shown)
    window.panels.choose("inspector", True)  # comes back by its key
    assert window.panels.shown("inspector")
    qtbot.keyClick(window, Qt.Key.Key_C)
    turn()
    assert pair.second is None
    assert {name: window.panels.shown(name) for name in shown} == shown
    assert not window.panels.shown("changes")
    assert not window.actions_["panel_changes"].isEnabled()
    assert (pair.first.orbit.camera, pair.first.insets_px, pair.first.size()) == (
        camera, insets, size,
    )  # fmt: skip
    assert not any(name.isVisible() for name in pair.names)
    assert pair.first.accessibleName() == "Stage"
    assert draws_of(pair.first)[-1].size == before.size


def test_one_body_as_an_outline_over_the_other(
    window: MainWindow, pair: BodyPair, turn: Turn, mouse: type[Mouse]
) -> None:
    window.actions_["overlaid"].trigger()
    turn()
    assert pair.second is None
    assert pair.outline is not None
    assert pair.first.size() == pair.size()
    assert pair.outline.geometry() == pair.rect()
    assert pair.outline.image is not None
    # the mouse goes to the body below
    under = pair.childAt(QPoint(pair.width() // 10, pair.height() // 2))
    assert under is pair.first
    scene = stand_in(window.scenes.stage(window.comparing.second.repetition))  # type: ignore[union-attr]
    pair.first.orbit.turn(30.0, 0.0)
    turn()
    assert scene.draws[-1].camera == pair.first.orbit.camera
    # where the first body is drawn more coarsely, so is the outline
    window.session.change(playing=True)  # or it may come to rest on a slow machine
    pair.first.orbit.turn(10.0, 0.0)
    turn()
    usual, pace = scene.draws[-1].size, pair.first.drawn.pace
    while pace.scale > 0.5:
        pace.drawn(60.0)
    pair.first.orbit.turn(10.0, 0.0)
    turn()
    assert scene.draws[-1].size[0] < 0.8 * usual[0]
    assert pair.outline.image is not None
    # its pixels are not as coarse as that
    assert pair.outline.image.width() > scene.draws[-1].size[0]
    window.session.change(playing=False)
    # of another lift it stands beside, and lies over again when it can
    window.session.change(variation="romanian-deadlift")
    turn()
    assert pair.outline is None
    assert pair.second is not None
    assert not window.actions_["overlaid"].isEnabled()
    window.session.change(variation="banded-hip-thrust")
    turn()
    assert pair.outline is not None


def test_the_outline_leaves_what_it_lies_over_its_colours() -> None:
    inside, first = np.zeros((60, 80), np.bool_), np.zeros((60, 80), np.bool_)
    inside[10:50, 10:70] = True
    first[:, 40:] = True
    opacity = opacity_of(inside, first)
    assert opacity[30, 25] > 0  # a faint fill beside the first body
    assert opacity[30, 55] == 0  # and none on it
    assert opacity[9:11, 25].min() > 5 * opacity[30, 25]  # the line
    assert 0 < opacity[9, 55] < opacity[9, 25]  # weaker across the first body
    assert opacity[:7].max() == opacity[:, :7].max() == 0


@pytest.mark.parametrize("wide", [3, 5])
def test_a_table_of_shares_says_how_opaque_an_outline_is(wide: int) -> None:
    rng = np.random.default_rng(wide)
    inside = np.repeat(np.repeat(rng.random((8, 9)) < 0.5, 6, axis=0), 6, axis=1)
    inside[20, 20] = inside[40, 3] = True  # and what is as thin as a pixel
    first = rng.random(inside.shape) < 0.4
    share = share_of(inside, wide)
    table = opacities(wide**2)
    assert (table[share + first * (wide**2 + 1)] == opacity_of(inside, first, wide, share)).all()


def test_an_outline_that_is_enlarged_is_as_smooth_as_one_drawn_finer() -> None:
    y, x = np.mgrid[:120, :160] + 0.5

    def disc(step: int) -> NDArray[np.bool_]:
        """A disc on every so many rows and columns."""
        at = np.s_[step // 2 :: step]
        return np.asarray(np.hypot(x - 80, y - 60)[at, at] < 41.3)

    share = enlarged(share_of(disc(4), 3))
    assert share.shape == (60, 80)
    assert share.max() == 72
    assert share[0].max() == share[:, 0].max() == 0
    assert share[30, 40] == 72

    def unrest(line: NDArray[np.uint8], step: int) -> float:
        """How far the middle of the line is from the circle, pixels of the finest picture."""
        rows, columns = np.nonzero(line > 200)
        away = np.hypot(step * (columns + 0.5) - 80, step * (rows + 0.5) - 60) - 41.3
        return float(np.abs(away).max())

    coarse = opacities(9)[share_of(disc(4), 3)]
    smooth = opacities(72, 0.6)[share]
    assert unrest(smooth, 2) < 0.75 * unrest(coarse, 4)


def test_a_veil_covers_both_bodies_and_the_list(
    window: MainWindow, pair: BodyPair, turn: Turn, mouse: type[Mouse]
) -> None:
    window.session.change(labels=True, veil=COVERED)
    turn()
    hand = mouse(second_of(pair))
    hand.move(hand.at(0.1))
    turn()
    for view in (pair.first, second_of(pair)):
        request = draws_of(view)[-1]
        assert request.options.only == frozenset()
        assert not request.options.swelling
        assert request.layers.labels is None
    changes = window.views.of(Changes)
    assert changes.isHidden()
    window.panels.choose("changes", True)
    assert changes.isHidden()
    # nor does anything wait in it for who can look into hidden widgets
    assert changes.rows == []
    said = [w.text() for w in changes.findChildren(QLabel)]
    assert "Covered while a question is open." in said
    assert not any("→ " in w.text() for w in changes.findChildren(QAbstractButton))
    window.session.change(veil=OPEN)
    turn()
    assert not changes.isHidden()
    assert changes.rows != []


def test_the_list_says_what_changes_and_selects_it_on_both(
    window: MainWindow, pair: BodyPair, turn: Turn, qtbot: QtBot
) -> None:
    changes = window.views.of(Changes)
    texts = [row.accessibleName() for row in changes.rows]
    assert texts == [d.text for d in window.comparing.differences()]
    row = next(r for r in changes.rows if r.difference.muscle == "gluteus_maximus")
    qtbot.mouseMove(row)
    row.click()
    turn()
    assert window.session.state.selection == "gluteus_maximus"
    assert row.isChecked()
    assert draws_of(second_of(pair))[-1].options.selection == "gluteus_maximus"
    assert sum(r.isChecked() for r in changes.rows) == 1
    before = changes.rows
    window.session.change(overlaid=True)  # lists nothing anew
    assert changes.rows is before
    window.session.change(other=OtherBody(window.session.variation.id))
    turn()
    assert changes.rows == []
    assert "Nothing changes." in [w.text() for w in changes.findChildren(QLabel)]
    changes.leave.click()
    assert window.session.state.other is None
    assert changes.isHidden()


def test_what_to_compare_with_comes_from_menus(
    window: MainWindow, turn: Turn, qapp: QApplication
) -> None:
    menu = child(window.actions_.menus["compare"], CompareMenu)
    names = [action.text() for action in menu.actions]
    assert "Single-leg hip thrust · left" in names
    assert "Single-leg hip thrust · right" in names
    menu.actions[names.index("Single-leg hip thrust · left")].trigger()
    turn()
    assert window.session.state.other == OtherBody("single-leg-hip-thrust", Side.LEFT)
    menu.fill()
    assert [a.text() for a in menu.actions if a.isChecked()] == ["Single-leg hip thrust · left"]
    # and from a card of the list, also by the key for context menus
    card = next(c for c in window.views.of(Library).cards if c.variation.id == "glute-bridge")
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
    qapp.sendEvent(card, event)
    popup = child(card, QMenu)
    compare = popup.actions()[-1]
    assert compare.text() == "Compare with Glute bridge"
    compare.trigger()
    popup.close()
    turn()
    assert window.session.state.other == BRIDGE


@pytest.mark.parametrize("overlaid", [False, True])
def test_a_compared_moment_comes_back_from_its_link(
    window: MainWindow, turn: Turn, qtbot: QtBot, overlaid: bool
) -> None:
    session, pair = window.session, window.pair

    def seen_at_rest() -> QImage:
        turn()
        # until the fine pictures are begun and shown
        qtbot.waitUntil(
            lambda: not any(t.isActive() for t in pair.findChildren(QTimer)), timeout=20_000
        )
        return pair.grab().toImage()

    other = OtherBody("banded-hip-thrust", playhead=Playhead(PhaseId.LIFT, 0.25))
    session.change(other=other, overlaid=overlaid, skin=False, selection="gluteus_medius")
    session.go_to(Playhead(PhaseId.LOWERING, 0.5))
    turn()
    pair.first.orbit.stand_at(ViewName.BELOW, Camera((0.1, 0.2, 0.5), 0.4, 0.3, 1.7))
    text, before = link_of(window.classroom.moments.now()), seen_at_rest()
    assert read_link(text).other == other
    session.change(other=None, overlaid=not overlaid, skin=True, selection=None)
    session.seek(0.0)
    window.stage.reset_view()
    assert seen_at_rest() != before
    window.classroom.open_text(text)
    assert seen_at_rest() == before
    assert link_of(window.classroom.moments.now()) == text


def test_a_second_body_that_stays_says_where(
    window: MainWindow, pair: BodyPair, turn: Turn
) -> None:
    window.session.go_to(Playhead(PhaseId.LIFT, 0.4))
    turn()
    window.actions_["compare_stay"].trigger()
    window.session.go_to(Playhead(PhaseId.LOWERING, 0.9))
    turn()
    assert draws_of(second_of(pair))[-1].instant.fraction == 0.4
    assert pair.names[1].text == "Glute bridge · Lift 40 %"
    assert window.actions_["compare_stay"].text() == "Let the second body go &on"
    window.actions_["compare_stay"].trigger()
    turn()
    assert draws_of(second_of(pair))[-1].instant.phase is PhaseId.LOWERING


def test_a_row_of_no_muscle_selects_nothing(window: MainWindow, pair: BodyPair) -> None:
    joint = next(r for r in window.views.of(Changes).rows if r.difference.muscle is None)
    joint.click()
    assert isinstance(joint, ChangeRow)
    assert not joint.isChecked()
    assert window.session.state.selection is None


def test_an_audience_sees_both_bodies_and_the_ink_on_both(
    window: MainWindow, pair: BodyPair, turn: Turn, mouse: type[Mouse]
) -> None:
    window.session.change(veil=COVERED)
    window.classroom.present()
    show = window.classroom.show
    assert show is not None
    audience = show.audience
    audience.resize(1280, 720)
    turn()
    second = audience.pair.second
    assert second is not None
    assert audience.stage.size() == second.size()
    for view in (audience.stage, second):
        image = view.shown
        assert image is not None
        assert view.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert second.options.only == frozenset()  # veiled as with the teacher
    assert second.orbit.camera == audience.stage.orbit.camera
    assert [name.text for name in audience.pair.names] == ["Barbell hip thrust", "Glute bridge"]
    assert all(n.height() >= 0.026 * audience.height() for n in audience.pair.names)
    # a pen on the second body draws
    show.talk.take(Tool.PEN)
    pads = second_of(pair).findChildren(InkPad)
    assert len(pads) == 1
    hand = mouse(pads[0])
    hand.drag(hand.at(0.4), hand.at(0.6))
    assert len(show.talk.ink.strokes) == 1
    assert second.findChildren(InkView)
    window.session.change(other=None, veil=OPEN)
    turn()
    assert audience.pair.second is None
    assert audience.stage.size() == audience.size()
    window.session.change(other=BRIDGE)  # and comes back as another widget, with a pad of its own
    turn()
    assert len(second_of(pair).findChildren(InkPad)) == 1
    show.end()
    turn()
    assert not any(pad.isVisible() for pad in second_of(pair).findChildren(InkPad))


def test_it_comes_back_with_the_window_and_stays_in_another_language_and_size(
    session: Session, make_window: MakeWindow, turn: Turn, qtbot: QtBot
) -> None:
    session.change(other=BRIDGE)  # as the settings have it
    window = make_window()
    turn()
    assert window.pair.second is not None
    assert window.panels.shown("changes")
    for change in ({"language": "de"}, {"zoom": 150}):
        before = window.pair
        session.change(**change)
        qtbot.waitUntil(lambda before=before: window.pair is not before)  # type: ignore[misc]
        turn()
        second = second_of(window.pair)
        assert second.accessibleName() == "Zweiter Körper: Glute bridge"
        assert draws_of(second)[-1].camera == window.stage.orbit.camera
        headings = [w.text() for w in window.views.of(Changes).findChildren(QLabel)]
        assert "Was sich ändert" in headings
    session.change(other=None, zoom=100, language="en")
    turn()
    assert window.pair.second is None

"""The context menus: of a muscle wherever it is shown, of a moment, of a variation; by key, too."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from tests.helpers.window import Turn, child, timeline_of
from visualizer.analysis.veil import Veil
from visualizer.app.inspector.muscle_row import MuscleRow
from visualizer.app.library.library import Library
from visualizer.app.session.choices import InspectorTab
from visualizer.app.stage.chart import Chart
from visualizer.app.window.main_window import MainWindow

Ask = Callable[..., dict[str, Callable[[], None]]]


@pytest.fixture
def ask(window: MainWindow, turn: Turn) -> Ask:
    """Asks a widget for its menu; gives what it offers, without mnemonics."""

    def asked(widget: QWidget, place: QPointF | None = None) -> dict[str, Callable[[], None]]:
        reason = QContextMenuEvent.Reason
        if place is None:
            widget.setFocus()
        at = widget.rect().center() if place is None else place.toPoint()
        kind = reason.Keyboard if place is None else reason.Mouse
        QApplication.sendEvent(widget, QContextMenuEvent(kind, at, widget.mapToGlobal(at)))
        menus = [m for m in window.findChildren(QMenu) if m.isVisible()]
        if not menus:
            return {}
        found = {a.text().replace("&", ""): a.trigger for a in menus[0].actions() if a.text()}
        menus[0].hide()
        return found

    return asked


def test_a_muscle_of_the_stage_offers_what_can_be_done_with_it(
    window: MainWindow, ask: Ask, turn: Turn
) -> None:
    session, stage = window.session, window.stage
    stage.repaint()
    place = next(
        QPointF(x, y)
        for x in range(4, stage.width(), 8)
        for y in range(80, stage.height() - 80, 16)
        if stage.muscle_at(QPointF(x, y)) == "gluteus_maximus" and not stage.childAt(x, y)
    )
    menu = ask(stage, place)
    assert list(menu)[:5] == [
        "Gluteus maximus", "Select", "Show it alone", "Show its role alone: prime mover",
        "Focus on it",
    ]  # fmt: skip
    assert {"X-ray", "Labels", "Reset the view", "Copy the link"} <= set(menu)
    menu["Show it alone"]()
    assert (session.state.selection, session.state.alone) == ("gluteus_maximus", True)
    menu = ask(stage)  # by key: the selected muscle
    assert "Deselect" in menu
    menu["Show its role alone: prime mover"]()
    assert session.state.only_role is not None
    menu["Its evidence"]()
    assert session.state.tab is InspectorTab.EVIDENCE
    menu["Deselect"]()
    assert session.state.selection is None


def test_beside_the_body_the_stage_offers_only_the_view(window: MainWindow, ask: Ask) -> None:
    stage = window.stage
    stage.repaint()
    points = (QPointF(x, stage.height() / 2) for x in range(4, stage.width(), 8))
    menu = ask(stage, next(p for p in points if stage.muscle_at(p) is None))
    assert list(menu) == [
        "X-ray",
        "Labels",
        "Reset the view",
        "Copy the link",
        "Add this moment to the lesson",
    ]


def test_lanes_names_and_rows_offer_the_same_of_their_muscle(
    window: MainWindow, ask: Ask, turn: Turn
) -> None:
    session, timeline = window.session, timeline_of(window)
    of_name = ask(timeline.names.buttons[1])
    of_row = ask(child(window, MuscleRow))
    assert "Show its role alone: synergist" in of_name
    assert "Show its role alone: prime mover" in of_row
    bars = timeline.bars
    place = QPointF(0.2 * bars.width(), 1.5 * timeline.names.buttons[0].height())
    menu = ask(bars, place)
    assert set(of_name) < set(menu)
    menu["Loop from here"]()
    assert session.marked_s == pytest.approx((0.7, 3.5), abs=0.02)
    menu["Go here"]()
    assert session.wanted_s == pytest.approx(0.7, abs=0.02)
    assert "Loop to here" in ask(timeline.phases, QPointF(40.0, 5.0))
    assert "Loop to here" in ask(timeline.scrubber)


def test_a_variation_of_the_list_is_shown(window: MainWindow, turn: Turn) -> None:
    card = window.views.of(Library).cards[1]
    menu = card.menu()
    menu.actions()[0].trigger()
    turn()
    assert window.session.variation.id == card.variation.id
    menu.close()


def test_while_a_question_is_open_no_menu_names_a_muscle(window: MainWindow, ask: Ask) -> None:
    window.session.change(selection="gluteus_maximus")
    window.session.change(veil=Veil(names=True, roles=True, contractions=True, reasons=True))
    assert list(ask(window.stage)) == [
        "X-ray",
        "Labels",
        "Reset the view",
        "Copy the link",
        "Add this moment to the lesson",
    ]
    assert ask(window.views.of(Chart), QPointF(QPoint(50, 50))) == {}

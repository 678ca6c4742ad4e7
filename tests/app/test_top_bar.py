"""The row at the top: what is done most has a button there, as far as there is room."""

import pytest
from PySide6.QtWidgets import QToolButton

from tests.helpers.window import Turn
from visualizer.app.widgets.fitting_row import FittingRow
from visualizer.app.window.main_window import MainWindow
from visualizer.app.window.top_bar import TopBar


def shown(bar: TopBar) -> list[str]:
    buttons = bar.often.findChildren(QToolButton)
    return [button.text() for button in buttons if button.isVisibleTo(bar)]


def test_what_is_done_most_is_one_click_away(window: MainWindow, turn: Turn) -> None:
    bar = window.views.of(TopBar)
    window.resize(1280, 800)
    turn()
    assert shown(bar) == ["Compare", "Ask the class", "Present", "Save picture"]
    compare = bar.often.findChildren(QToolButton)[0]
    compare.click()
    turn()
    assert window.comparing.second is not None
    assert compare.isChecked()
    menu = bar.save.menu()
    assert menu is not None
    assert window.actions_["save_picture"] in menu.actions()


@pytest.mark.parametrize("width", [700, 460, 300])
def test_a_narrow_row_leaves_out_what_matters_less(
    window: MainWindow, turn: Turn, width: int
) -> None:
    bar = window.views.of(TopBar)
    bar.resize(width, bar.height())
    layout = bar.layout()
    assert layout is not None
    layout.activate()
    turn()
    row = bar.often
    left = shown(bar)
    order = ["Present", "Ask the class", "Compare", "Save picture"]
    assert sorted(left, key=order.index) == order[: len(left)]
    for button in row.findChildren(QToolButton):
        if button.isVisibleTo(bar):
            assert button.width() >= button.sizeHint().width()
            assert row.rect().contains(button.geometry())
    assert isinstance(row, FittingRow)
    assert row.minimumSizeHint().width() == 0

"""Names without end do not make the window wider than the screen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from tests.helpers.window import MakeWindow
from visualizer.anatomy.body_model import BodyModel
from visualizer.app.session.session import Session
from visualizer.app.session.state import SessionState
from visualizer.app.window.main_window import MainWindow
from visualizer.app.window.top_bar import TopBar
from visualizer.catalog.catalog import Catalog, CatalogLoad


@pytest.fixture
def session(qapp: QApplication, catalog: Catalog, body: BodyModel) -> Session:
    first, *rest = catalog.variations
    long = replace(first, name={"en": "Very long name " * 20 + "W" * 300})
    return Session(replace(catalog, variations=(long, *rest)), body, SessionState(first.id))


def test_a_long_name_is_cut_and_told_in_full(window: MainWindow) -> None:
    name = window.session.variation.name["en"]
    button = window.views.of(TopBar).variation
    assert window.minimumSizeHint().width() < 1100
    assert button.text().endswith("…")
    assert name in button.toolTip()
    assert name in button.accessibleName()


def test_data_that_are_gone_at_a_reload_are_told_in_a_sentence(
    make_window: MakeWindow, catalog: Catalog
) -> None:
    window = make_window(read=lambda: CatalogLoad(replace(catalog, variations=()), ()))
    shown = window.session.variation
    window.reload_data()
    assert window.session.variation is shown
    assert window.banner.message.text() == "data: there is no variation; please reinstall"

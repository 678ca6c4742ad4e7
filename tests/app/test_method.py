"""The page on method and limits: its figures are computed, and beside the window."""

import re
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any, NoReturn, TypeVar

import pytest
from PySide6.QtWidgets import QDialog, QTextBrowser
from pytestqt.qtbot import QtBot

from tests.helpers.window import MakeWindow, child
from visualizer.analysis.validation_table import summary_lines, validate
from visualizer.analysis.words import part_name
from visualizer.anatomy.muscle import Side
from visualizer.app.inspector import method
from visualizer.app.inspector.method import method_sections
from visualizer.app.session import session as session_module
from visualizer.app.session.session import Session
from visualizer.app.session.worker import Worker
from visualizer.app.window.main_window import MainWindow
from visualizer.catalog.catalog import Catalog, CatalogLoad
from visualizer.errors import UnknownNameError
from visualizer.exercise.repetition import Repetition
from visualizer.lifts import LIFTS
from visualizer.lifts.dynamics import ASSUMPTIONS

T = TypeVar("T")


def test_its_figures_are_those_that_are_computed(session: Session) -> None:
    text = "\n".join(p for s in method_sections(session) for p in (*s.text, *s.points))
    rows = validate(session.repetition)
    names = {row.unit: part_name(row.unit, session.catalog) for row in rows}
    for line in summary_lines(rows, names):
        assert line[1:] in text
    motion = session.repetition.motion
    travel_cm = 100 * float(motion.bar_position_m[-1, 2] - motion.bar_position_m[0, 2])
    assert f"{travel_cm:.1f} cm" in text
    for key in ("zabaleta2024-hip-thrust-travel", "otsuka2021-knee-extension-moment"):
        assert session.catalog.fact(key).value_text in text
    for assumption in ASSUMPTIONS:
        assert assumption in text
    for lift in LIFTS.values():
        assert all(own in text for own in (lift.motion, *lift.assumptions))


def test_every_large_difference_has_its_reason(session: Session) -> None:
    text = "\n".join(p for s in method_sections(session) for p in s.points)
    rows = [row for row in validate(session.repetition) if row.reason]
    assert rows
    for row in rows:
        name = part_name(row.unit, session.catalog)
        assert f"{name} ({row.largest_points:.0f})" in text
        assert row.reason in text


def test_it_names_muscles_and_not_units_of_the_model(session: Session) -> None:
    text = "\n".join(p for s in method_sections(session) for p in (*s.text, *s.points))
    for row in validate(session.repetition):
        name = part_name(row.unit, session.catalog)
        assert name[0].isupper(), name
        assert "_" not in name
        assert row.unit not in text
    assert part_name("glmax3_r", session.catalog) == "Gluteus maximus, lower part"


def test_it_says_what_cannot_be_decided(session: Session) -> None:
    text = "\n".join(p for s in method_sections(session) for p in (*s.text, *s.points))
    # the knee moment stands with its range, and not as a match
    assert re.search(
        r"Friction alone allows 45 to 128 Nm there, .* 2 to 198 Nm: statics cannot", text
    )
    assert "neither confirms nor contradicts" in text
    assert "bilateral demand; whether its moments are those of one leg or of both" in text
    # isometric is judged on the whole way
    assert "over the whole way, varies by less than 5 %" in text
    assert "not lengths: how far a fibre is from its best length is not checked" in text
    # the threshold with its reason
    assert re.search(r"estimated .* not simulated", text)
    assert "10 % of the fibre length as nearly isometric" in text
    assert "positive where they extend" in text


def test_it_introduces_the_article(session: Session) -> None:
    text = "\n".join(p for p in method_sections(session)[0].text)
    assert "Golf Insider UK" in text
    assert session.catalog.source("golf-insider-hip-thrust").title in text
    assert "not a measurement" in text


def test_without_the_barbell_hip_thrust_it_says_so(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(variation: str, side: Side) -> NoReturn:
        raise UnknownNameError("variation", variation, ())

    monkeypatch.setattr(session, "repetition_of", missing)
    text = "\n".join(p for s in method_sections(session) for p in s.text)
    assert "cannot be computed here" in text


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_opens_from_the_help_menu(window: MainWindow, theme: str) -> None:
    window.session.change(theme=theme)
    window.actions_["method"].trigger()
    (dialog,) = window.findChildren(QDialog)
    browser = child(dialog, QTextBrowser)
    assert 'href="https://doi.org/10.1109/TBME.2016.2586891"' in browser.toHtml()
    page = browser.toPlainText()
    assert page.startswith("Method and limits")
    assert re.search(r"largest \d+\.\d \(", page)
    dialog.close()


def test_neither_its_figures_nor_new_data_are_computed_in_the_windows_thread(
    make_window: MakeWindow, catalog: Catalog, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    window = make_window(jobs=Worker(), read=lambda: CatalogLoad(replace(catalog), ()))
    threads = []

    def noted(work: Callable[..., T]) -> Callable[..., T]:
        def do(*args: Any, **fields: Any) -> T:
            threads.append(threading.get_ident())
            return work(*args, **fields)

        return do

    monkeypatch.setattr(method, "validate", noted(validate))
    monkeypatch.setattr(session_module, "Repetition", noted(Repetition))
    window.actions_["method"].trigger()
    (dialog,) = window.findChildren(QDialog)
    browser = child(dialog, QTextBrowser)
    qtbot.waitUntil(lambda: "largest" in browser.toPlainText(), timeout=30_000)
    dialog.close()
    window.actions_["reload"].trigger()
    qtbot.waitUntil(lambda: window.session.catalog is not catalog, timeout=30_000)
    assert len(threads) >= 2
    assert threading.get_ident() not in threads
    # one that is closed before it is ready does no harm
    window.actions_["method"].trigger()
    window.findChildren(QDialog)[-1].close()
    window.jobs.stop()


def test_the_estimated_share_of_effort_says_what_it_is(session: Session) -> None:
    (section,) = [s for s in method_sections(session) if "share of effort" in s.title]
    assert "not measured, not EMG" in section.title
    said = " ".join(section.points)
    for part in ("RajagopalLaiUhlrich2023", "friction", "assumption", "OpenSim"):
        assert part in said

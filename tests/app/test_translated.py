"""The whole window is translated: walked in a language that marks every text, and in German."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QLocale
from PySide6.QtWidgets import QApplication, QDialog, QDoubleSpinBox, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.marked import Marked, marking, outside
from tests.helpers.said import said_by, unfold
from tests.helpers.window import MakeWindow, child, page_of
from visualizer import texts
from visualizer.analysis.plot_kinds import PLOT_KINDS
from visualizer.app import languages
from visualizer.app.inspector.inspector import Inspector
from visualizer.app.session.choices import InspectorTab
from visualizer.app.session.session import Session
from visualizer.app.session.worker import Worker
from visualizer.app.timeline.lanes import lanes_of
from visualizer.app.timeline.tempo_panel import TempoPanel
from visualizer.app.timeline.timeline import session_plot
from visualizer.app.widgets.theme import theme_of
from visualizer.app.window.main_window import MainWindow
from visualizer.catalog.catalog import Catalog, CatalogLoad
from visualizer.errors import Problem

# Units, symbols and names that are the same everywhere; keys as Qt writes them.
_ANYWHERE = re.compile(
    r"[¼½]|\b(?:kg|cm|mm|Nm|N|m|s|x|P|S|St|OpenSim|English|Deutsch|SD|TOML|NOTICE|et al|doi"
    r"|Ctrl|Shift|Alt|Space|Left|Right|Up|Down|Home|End|Esc|F\d+|Del|Return|Enter|[A-Z])\b"
    r"|\S+…|https?://\S+|doi:\S+|\S+@\S+|\b10\.\d{4,}/\S+"
)


@pytest.fixture(scope="module")
def data_words(catalog: Catalog) -> set[str]:
    """Return all words of the data, which are shown as they are."""
    said: list[str] = []

    def walk(value: object) -> None:
        if isinstance(value, str):
            said.append(value)
        elif hasattr(value, "items"):
            for key, inner in value.items():
                walk(key)
                walk(inner)
        elif isinstance(value, list | tuple | frozenset | set):
            for inner in value:
                walk(inner)
        elif hasattr(value, "__dataclass_fields__"):
            for name in value.__dataclass_fields__:
                walk(getattr(value, name))

    for part in (
        catalog.variations,
        catalog.muscles,
        catalog.sources,
        catalog.facts,
        catalog.disagreements,
    ):
        walk(part)
    return {word.casefold() for text in said for word in re.findall(r"[^\W\d_]+", text)}


@pytest.fixture
def marked() -> Iterator[Marked]:
    with marking() as translation:
        yield translation


def left(said: set[str], data_words: set[str]) -> dict[str, list[str]]:
    """Return the words of texts that are neither translated nor of the data."""
    found = {}
    for text in said:
        plain = _ANYWHERE.sub(" ", outside(text.replace("&", "")))
        words = [w for w in re.findall(r"[^\W\d_]+", plain) if w.casefold() not in data_words]
        if words:
            found[text] = words
    return found


def test_what_stands_outside() -> None:
    assert outside("⟦Selected: ⟦lift⟧, {}⟧ now").strip() == "now"
    assert left({"⟦Lift⟧ 3 kg"}, set()) == {}
    assert left({"⟦Lift⟧ then hold"}, {"then"}) == {"⟦Lift⟧ then hold": ["hold"]}


def test_every_text_of_the_window_is_translated(
    marked: Marked, make_window: MakeWindow, data_words: set[str], qtbot: QtBot
) -> None:
    window = make_window()
    said = said_by(window)
    for name in ("shortcuts", "method", "problems", "load"):
        window.actions_[name].trigger()
    QApplication.processEvents()
    assert len(window.findChildren(QDialog)) >= 3
    said |= said_by(window)
    for dialog in window.findChildren(QDialog):
        dialog.close()
    menus = {*window.actions_.menus.values(), *window.findChildren(languages.LanguageMenu)}
    said |= {menu.title() for menu in menus}
    for menu in window.findChildren(QMenu):
        if menu not in menus:
            said -= said_by(menu)  # the plot library's own, which nothing opens
    said -= {"Export", "Export..."}  # of the same
    said -= {"Scroll Left", "Scroll Right"}  # Qt's own, of a row of tabs that never scrolls
    assert left(said, data_words) == {}
    assert marked.unknown == set()


@pytest.mark.usefixtures("plain")
def test_every_page_of_the_inspector_is_translated(
    marked: Marked, session: Session, data_words: set[str], qtbot: QtBot
) -> None:
    inspector = Inspector(session)
    session.state_changed.connect(inspector.show_state)
    qtbot.addWidget(inspector)
    said = set()
    for variation in ("barbell-hip-thrust", "glute-bridge"):
        session.change(variation=variation, selection=None)
        for muscle in (None, *(a.muscle for a in session.variation.muscles), "masseter"):
            # anatomy and evidence are of the muscle, whatever the variation
            tabs = list(InspectorTab) if variation == "barbell-hip-thrust" else [InspectorTab.NOW]
            for tab in tabs:
                session.change(selection=muscle, tab=tab)
                unfold(page_of(inspector))
                said |= said_by(page_of(inspector))
            said |= {inspector.tabs.tabText(k) for k in range(4)}
            said |= {inspector.tabs.tabToolTip(k) for k in range(4)}
    assert left(said, data_words) == {}
    assert marked.unknown == set()


def test_every_curve_and_lane_is_translated(
    marked: Marked, session: Session, data_words: set[str]
) -> None:
    said = {lane.tip for lane in lanes_of(session.repetition, "en")}
    for kind in PLOT_KINDS:
        for muscle in (None, "quadriceps", "gluteus_medius", "masseter"):
            session.change(curves=kind, selection=muscle)
            plot = session_plot(session)
            said |= {plot.title, plot.caption, plot.tip, plot.empty, plot.sentence(0.5)}
            said |= {word for curve in plot.curves for word in (curve.name, curve.about)}
            said |= {word for band in plot.bands for word in (band.name, band.about)}
            said |= {quantity.title for quantity in plot.quantities}
    assert left(said, data_words) == {}
    assert marked.unknown == set()


# --------------------------------------------------------------------------------- at run time
@pytest.fixture(autouse=True)
def _english_again(qapp: QApplication) -> Iterator[None]:
    yield
    languages.speak("en")  # Qt's own texts and names of keys as well
    QLocale.setDefault(QLocale.system())


def chosen(window: QWidget) -> list[tuple[str, bool]]:
    (menu,) = window.findChildren(languages.LanguageMenu)
    return [(a.text().replace("&", ""), a.isChecked()) for a in menu.actions()]


def choose(window: MainWindow, name: str, code: str, qtbot: QtBot) -> None:
    (menu,) = window.findChildren(languages.LanguageMenu)
    next(a for a in menu.actions() if a.text() == name).trigger()
    qtbot.waitUntil(lambda: window.session.state.language == code)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.waitUntil(lambda: window.timeline is not None)


def test_the_window_changes_its_language(window: MainWindow, qtbot: QtBot) -> None:
    window.session.change(selection="gluteus_maximus", labels=True)
    choose(window, "Deutsch", "de", qtbot)
    assert texts.language() == "de"
    assert window.settings().state.language == "de"
    assert window.actions_.menus["file"].title() == "&Datei"
    assert chosen(window) == [("Wie das System", False), ("English", False), ("Deutsch", True)]
    said = " ".join(said_by(window))
    assert "Hauptbeweger (Agonist)" in said
    assert "Role and reason" not in said
    assert [m.title() for m in window.menuBar().findChildren(QMenu) if m.title() == "&File"] == []
    # what was chosen stays, and the new zones follow
    assert window.session.state.selection == "gluteus_maximus"
    window.session.change(theme="dark")
    window.actions_["loop"].trigger()
    assert window.session.state.loop is False
    choose(window, "English", "en", qtbot)
    assert window.actions_.menus["file"].title() == "&File"
    # both at once, as settings that are read may be
    window.session.change(theme="light", language="de")
    assert theme_of(window).name == "light"


def test_fields_write_their_figures_as_the_window_does(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window()

    def fields() -> set[str]:
        window.actions_["tempo"].trigger()
        panel = child(window, TempoPanel)
        seen = {field.text() for field in panel.findChildren(QDoubleSpinBox)}
        panel.close()
        return seen

    assert "0.5 s" in fields()
    choose(window, "Deutsch", "de", qtbot)
    assert "0,5 s" in fields()
    choose(window, "English", "en", qtbot)
    assert "0.5 s" in fields()


def test_what_is_on_its_way_never_reaches_a_part_made_anew(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(jobs=Worker())
    gate, told, before = threading.Event(), list[str](), child(window, Inspector)
    window.jobs.run(
        lambda: bool(gate.wait()),
        lambda _: told.append(before.accessibleName()),  # an error where it is deleted
        lambda error: None,
        owner=before,
    )
    choose(window, "Deutsch", "de", qtbot)
    assert child(window, Inspector) is not before
    window.jobs.run(str, told.append, lambda error: None, owner=window)
    gate.set()
    qtbot.waitUntil(lambda: told == [""])
    window.jobs.stop()


def test_problems_of_data_files_follow_the_language(
    make_window: MakeWindow, catalog: Catalog, qtbot: QtBot
) -> None:
    def load() -> CatalogLoad:
        return CatalogLoad(catalog, (Problem("a.toml", "", texts.tr("the file is empty")),))

    window = make_window(problems=load().problems, read=load)
    choose(window, "Deutsch", "de", qtbot)
    assert [problem.message for problem in window.session.problems] == ["die Datei ist leer"]


def test_no_two_entries_of_a_german_menu_have_one_mnemonic(make_window: MakeWindow) -> None:
    with texts.speaking("de"):
        window = make_window()
    menus = {"bar": [a.text() for a in window.menuBar().actions()]}
    menus |= {
        menu.title(): [a.text() for a in menu.actions() if a.isVisible() and not a.data()]
        for menu in window.actions_.menus.values()
    }
    for name, entries in menus.items():
        letters = Counter(e[e.index("&") + 1].lower() for e in entries if "&" in e)
        assert [k for k, n in letters.items() if n > 1] == [], name


def test_the_systems_language_is_the_usual_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languages, "system_language", lambda: "de-CH")
    for asked, got in (("", "de-CH"), ("en", "en"), ("no language", "de-CH")):
        languages.speak(asked)
        assert texts.language() == got

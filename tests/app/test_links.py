"""Addresses open in the browser, by mouse and by key, and nothing else opens."""

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog, QTextBrowser
from pytestqt.qtbot import QtBot

from tests.helpers.window import cell, child, stated
from visualizer.analysis.evidence import evidence_of, grounds_of
from visualizer.app.inspector.inspector import Inspector
from visualizer.app.inspector.study_table import StudyTable
from visualizer.app.session.choices import InspectorTab
from visualizer.app.session.session import Session
from visualizer.app.widgets.links import LinkLabel, address_of, linked, open_address
from visualizer.app.widgets.theme import apply_theme
from visualizer.app.window.main_window import MainWindow
from visualizer.catalog.source import Source


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found = []

    def open_url(url: QUrl) -> bool:
        found.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return found


def source(doi: str | None = None, url: str | None = None) -> Source:
    return Source("k", "book", "T", doi=doi, url=url)


def test_a_doi_goes_before_an_address() -> None:
    assert address_of(source("10.1/x", "https://a.org")) == "https://doi.org/10.1/x"
    assert address_of(source(url="http://a.org/1")) == "http://a.org/1"
    assert address_of(source()) is None


@pytest.mark.parametrize(
    "bad", ["file:///etc/passwd", "javascript:alert(1)", "ftp://a.org", "calc.exe", "", "https://"]
)
def test_only_web_addresses_open(opened: list[str], bad: str) -> None:
    assert not open_address(bad)
    assert address_of(source(url=bad)) is None
    assert "<a" not in linked("word", [("word", bad)])
    assert opened == []


def test_text_is_text_and_addresses_are_links() -> None:
    made = linked("<b>5 < 6</b> & doi:10.1/x. See https://a.org/b).")
    assert made == (
        '&lt;b&gt;5 &lt; 6&lt;/b&gt; &amp; <a href="https://doi.org/10.1/x">doi:10.1/x</a>. '
        'See <a href="https://a.org/b">a.org/b</a>).'
    )


def test_words_lead_to_an_address(qtbot: QtBot, opened: list[str]) -> None:
    made = LinkLabel("Less (Otsuka 2021).", [("Otsuka 2021", "https://doi.org/10.1/x")])
    qtbot.addWidget(made)
    made.resize(300, 40)
    made.show()
    assert made.plain == "Less (Otsuka 2021)."
    assert made.accessibleName() == made.plain
    assert "https://doi.org/10.1/x" in made.accessibleDescription()
    before = made.fontMetrics().horizontalAdvance("Less (Ots")
    place = QPoint(before, made.height() // 2)
    qtbot.mouseMove(made, place)
    qtbot.waitUntil(lambda: made.toolTip() == "https://doi.org/10.1/x")
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton, pos=place)
    assert opened == ["https://doi.org/10.1/x"]


def test_enter_opens_a_link_that_tab_went_to(
    qtbot: QtBot, opened: list[str], session: Session
) -> None:
    session.change(selection="gluteus_maximus", tab=InspectorTab.WHY)
    inspector = Inspector(session)
    qtbot.addWidget(inspector)
    inspector.show()
    qtbot.waitExposed(inspector)
    label = next(x for x in inspector.findChildren(LinkLabel) if x.addresses)
    assert label.focusPolicy() & Qt.FocusPolicy.TabFocus
    label.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(label, Qt.Key.Key_Return)
    if not opened:  # the first Tab chooses the link
        qtbot.keyClick(label, Qt.Key.Key_Tab)
        qtbot.keyClick(label, Qt.Key.Key_Return)
    assert opened == [label.addresses[0]]


def test_a_text_without_links_is_no_stop_of_tab(qtbot: QtBot) -> None:
    made = LinkLabel("Nothing to open")
    qtbot.addWidget(made)
    assert not made.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_every_known_address_on_a_page_is_a_link(session: Session, qtbot: QtBot) -> None:
    inspector = Inspector(session)
    qtbot.addWidget(inspector)
    for muscle in (None, "gluteus_maximus", "quadriceps"):
        session.change(selection=muscle, tab=InspectorTab.EVIDENCE)
        inspector.show_state(None, session.state)
        shown = {a for x in inspector.findChildren(LinkLabel) for a in x.addresses}
        action = session.repetition.statement_for(muscle) if muscle else None
        cited = {g.source for g in grounds_of(action) if g.source} if action else set()
        for key in cited:
            address = address_of(session.catalog.source(key))
            assert address is None or address in shown, key
    article = address_of(session.catalog.source("golf-insider-hip-thrust"))
    session.change(selection=None)
    inspector.show_state(None, session.state)
    told = [x for x in inspector.findChildren(LinkLabel) if x.plain.startswith("“The article”")]
    assert len(told) == 1
    assert "sport scientist and golf professional" in told[0].plain
    assert told[0].addresses == ((article,) if article else ())


def test_links_follow_the_theme(qtbot: QtBot, qapp: QApplication) -> None:
    made = LinkLabel("See https://a.org/b")
    qtbot.addWidget(made)
    made.show()
    light = made.text()
    apply_theme(qapp, "dark")
    assert made.text() != light
    assert made.palette().windowText().color().name() in made.text()


def test_a_study_opens_from_the_table(session: Session, qtbot: QtBot, opened: list[str]) -> None:
    rows = evidence_of(grounds_of(stated(session, "gluteus_maximus")), session.catalog)
    table = StudyTable(rows)
    qtbot.addWidget(table)
    table.show()
    wanted = address_of(rows[0].source)
    assert wanted is not None
    assert wanted in cell(table, 0, 0).toolTip()
    table.cellClicked.emit(0, 3)
    assert opened == []
    table.cellClicked.emit(0, 0)
    table.setFocus()
    table.setCurrentCell(0, 2)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened == [wanted, wanted]


def test_the_method_page_opens_its_sources(window: MainWindow, opened: list[str]) -> None:
    window.actions_["method"].trigger()
    (dialog,) = window.findChildren(QDialog)
    page = child(dialog, QTextBrowser)
    assert 'href="https://doi.org/10.1371/journal.pone.0251418"' in page.toHtml()
    page.anchorClicked.emit(QUrl("https://doi.org/10.1371/journal.pone.0251418"))
    page.anchorClicked.emit(QUrl("file:///etc/passwd"))
    assert opened == ["https://doi.org/10.1371/journal.pone.0251418"]
    dialog.close()

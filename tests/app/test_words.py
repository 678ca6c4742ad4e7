"""Every text of the window is written for teachers: no keys, no notes to ourselves, no code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
)
from pytestqt.qtbot import QtBot

from tests.helpers.said import said_by, unfold
from tests.helpers.window import page_of
from visualizer.analysis.evidence import evidence_of, grounds_of
from visualizer.analysis.plot_kinds import PLOT_KINDS
from visualizer.app import languages
from visualizer.app.inspector.inspector import Inspector
from visualizer.app.inspector.study_table import StudyTable
from visualizer.app.session.session import Session
from visualizer.app.timeline.lanes import lanes_of
from visualizer.app.timeline.timeline import session_plot
from visualizer.app.window.main_window import MainWindow
from visualizer.catalog.catalog import Catalog

_ADDRESS = re.compile(
    r"https?://\S+|doi:\S+|\b10\.\d{4,}/\S+|\S+\.(?:com|org|edu|net|uk)\S*|\S*/\S+/\S*"
)
_SNAKE = re.compile(r"\b[A-Za-z0-9]+_[A-Za-z0-9_]+\b")
_NOTE = re.compile(r"\[[^\]]*\]|\{[^}]*\}")
_PHRASE = re.compile(
    r"python -m|\.py\b|not seen|\b(?:is|are|was|were) read\b|what was read|0x[0-9a-f]{4}|<class"
    r"|\bNone\b|\bnan\b|\bTODO\b|\bpip\b|\bL/s\b|\b[Mm]end (?:it|them|the)|[Ii]nstall again|As at first"
    r"|about alike|to compare\b",
)  # fmt: skip


Faults = Callable[[str], list[str]]


@pytest.fixture(scope="module")
def faults(catalog: Catalog) -> Faults:
    """Return a function that gives all that is wrong with a text."""
    words = {w for m in catalog.muscles.values() for w in m.display_name().lower().split()}
    tendons = {t for m in catalog.muscles.values() for t in m.tendons}
    keys = {*catalog.sources, *catalog.facts, *(t for t in tendons if t not in words)}
    keys |= {card.id for card in catalog.disagreements} | {v.id for v in catalog.variations}
    keys -= words

    def find(text: str) -> list[str]:
        prose = _ADDRESS.sub(" ", text)
        tokens = set(re.findall(r"[\w-]+", prose))
        tokens |= {token.removesuffix("_r").removesuffix("_l") for token in tokens}
        return [
            *sorted(tokens & keys),
            *_SNAKE.findall(prose),
            *_NOTE.findall(prose),
            *_PHRASE.findall(prose),
        ]

    return find


def wrong(texts: Iterable[str], faults: Faults) -> dict[str, list[str]]:
    return {text: found for text in texts if (found := faults(text))}


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("Just above the knees, as in choi2015.", True),
        ("[authors not seen] (2022)", True),
        ("gaslat_r", True),
        ("soleus_r (58)", True),
        ("Made by `python -m tools.bake`.", True),
        ("The numbers were cut off on the page that was read.", True),
        ("Change by {percent}", True),
        ("Soleus", False),
        ("A. Hip_thrusts", True),
        ("Choi et al. 2015. doi:10.1016/j.jelekin.2014.09.005", False),
        ("http://commons.nmu.edu/isbs/vol35_a/iss1", False),
        ("Read: abstract", False),
    ],
)
def test_what_counts_as_a_fault(faults: Faults, text: str, bad: bool) -> None:
    assert bool(faults(text)) is bad


@pytest.fixture
def inspector(plain: None, session: Session, qtbot: QtBot) -> Inspector:
    del plain
    made = Inspector(session)
    session.state_changed.connect(made.show_state)
    qtbot.addWidget(made)
    return made


VARIATIONS = (
    "barbell-hip-thrust", "single-leg-hip-thrust", "banded-hip-thrust", "glute-bridge",
    "romanian-deadlift",
)  # fmt: skip


def test_all_variations_are_walked(catalog: Catalog) -> None:
    assert set(VARIATIONS) == {v.id for v in catalog.variations}


@pytest.mark.parametrize("variation", VARIATIONS)
def test_no_page_of_the_inspector_shows_keys_or_notes(
    session: Session, inspector: Inspector, faults: Faults, variation: str
) -> None:
    session.change(variation=variation)
    found: dict[str, list[str]] = {}
    for muscle in (None, *session.catalog.muscles):
        if (
            muscle
            and variation != VARIATIONS[0]
            and session.repetition.statement_for(muscle) is None
        ):
            continue  # what is said where nothing is stated is the same in all variations
        session.change(selection=muscle)
        unfold(page_of(inspector))
        found |= wrong(said_by(page_of(inspector)), faults)
    assert found == {}


@pytest.mark.parametrize("variation", VARIATIONS)
def test_no_curve_lane_or_table_of_studies_does(
    session: Session, faults: Faults, variation: str, qtbot: QtBot
) -> None:
    session.change(variation=variation)
    said = {lane.tip for lane in lanes_of(session.repetition, "en")}
    for kind in PLOT_KINDS:
        for muscle in (None, "quadriceps", "gluteus_medius", "masseter"):
            session.change(curves=kind, selection=muscle)
            plot = session_plot(session)
            said |= {plot.title, plot.caption, plot.tip, plot.empty, plot.sentence(0.5)}
            said |= {word for curve in plot.curves for word in (curve.name, curve.about)}
            said |= {word for band in plot.bands for word in (band.name, band.about)}
            said |= {quantity.title for quantity in plot.quantities}
    grounds = [g for action in session.variation.muscles for g in grounds_of(action)]
    table = StudyTable(evidence_of(grounds, session.catalog))
    qtbot.addWidget(table)
    assert wrong(said | said_by(table), faults) == {}


def test_no_other_place_of_the_window_does(
    window: MainWindow, faults: Faults, qtbot: QtBot
) -> None:
    for name in ("shortcuts", "method", "data_folder", "problems", "about", "load"):
        window.actions_[name].trigger()
    QApplication.processEvents()
    assert len(window.findChildren(QDialog)) >= 5
    # the licence itself, from its heading on, is not ours
    said = {text.partition("Version 2.0, January 2004")[0] for text in said_by(window)}
    folder = str(window.data_folder)
    assert wrong({text for text in said if folder not in text}, faults) == {}
    for dialog in window.findChildren(QDialog):
        dialog.close()


def test_the_systems_language_is_never_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    # a language of three letters: two of them would be another one, or none
    for locale, code in (("nds_DE", "nds-DE"), ("de_AT", "de-AT"), ("C", "en")):
        system = QLocale(locale)
        monkeypatch.setattr(QLocale, "system", lambda system=system: system)
        assert languages.system_language() == code

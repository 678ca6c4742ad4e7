"""A new kind of plot is one record: menu, settings, axes, picture and table follow from it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from visualizer.analysis import plot_kinds
from visualizer.analysis.plot import Band, Curve, Plot, Quantity
from visualizer.analysis.plot_kinds import PlotKind
from visualizer.analysis.plot_subject import Subject
from visualizer.app.session.session import Session
from visualizer.app.session.settings import load_settings
from visualizer.app.timeline.timeline import Timeline


def effort(subject: Subject) -> Plot:
    """A low, a nominal and a high course, as an estimate with its uncertainty has them."""
    time_s = subject.repetition.schedule.grid()
    share = Quantity("Estimated share", "%")
    nominal = 50.0 + 10.0 * np.sin(time_s)
    band = Band(
        "Undecided", share, nominal - 20.0, nominal + 30.0, about="What statics leaves open"
    )
    return Plot(time_s, (Curve("Gluteus maximus", share, nominal),), (band,), tip="Computed.")


@pytest.fixture
def another(monkeypatch: pytest.MonkeyPatch) -> PlotKind:
    record = PlotKind("guess", "&Guessed effort", effort, of_muscle=True, of_load=True)
    monkeypatch.setitem(plot_kinds.PLOT_KINDS, record.id, record)
    return record


def test_a_record_is_all_that_a_new_kind_needs(
    another: PlotKind, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    timeline = Timeline(session)
    session.state_changed.connect(timeline.show_state)
    qtbot.addWidget(timeline)
    timeline.resize(900, 300)
    timeline.show()
    entry = next(a for a in timeline.key.chooser.menu().actions() if a.data() == "guess")
    assert entry.text() == "Guessed effort"
    entry.trigger()
    assert session.state.curves == "guess"
    assert timeline.key.values[1].endswith(" %")
    assert timeline.plot.left.quantity == Quantity("Estimated share", "%")
    timeline.grab()
    timeline.files.write_table(tmp_path / "guess.csv")
    assert "Undecided, high [%]" in (tmp_path / "guess.csv").read_text("utf-8-sig")
    timeline.files.write_picture(tmp_path / "guess.png")
    assert (tmp_path / "guess.png").is_file()


def test_the_choice_is_read_from_settings_of_earlier_versions(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text('{"state": {"curves": "knee-moment"}, "window": {}}')
    assert load_settings(file).state.curves == "knee-moment"
    file.write_text('{"state": {"curves": "no-such-kind"}, "window": {}}')
    assert load_settings(file).state.curves == "angles"

"""Plots leave the window as pictures and tables, whole or not at all."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from visualizer.app.session.session import Session
from visualizer.app.timeline.plot.files import PlotFiles
from visualizer.app.timeline.timeline import Timeline


@pytest.fixture
def timeline(session: Session, qtbot: QtBot) -> Timeline:
    made = Timeline(session)
    session.state_changed.connect(made.show_state)
    qtbot.addWidget(made)
    made.resize(1024, 340)
    return made


@pytest.fixture
def files(timeline: Timeline) -> PlotFiles:
    return timeline.files


@pytest.fixture
def told(files: PlotFiles) -> list[tuple[str, str]]:
    said: list[tuple[str, str]] = []
    files.done.connect(lambda text: said.append(("done", text)))
    files.failed.connect(lambda text: said.append(("failed", text)))
    return said


def test_the_table_has_every_value_with_unit_and_ground(
    session: Session, files: PlotFiles, timeline: Timeline, told: list[tuple[str, str]],
    tmp_path: Path,
) -> None:  # fmt: skip
    path = tmp_path / "angles.csv"
    files.write_table(path)
    assert told == [("done", f"Saved: {path}")]
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    about = [line for line in lines if line.startswith("#")]
    assert about[0] == "# Barbell hip thrust: Angles and height"
    assert "# Hip flexion [°]: Angle, model" in about
    assert any("study" in line and "Zabaleta" in line for line in about)
    head, *rows = csv.reader(line for line in lines if not line.startswith("#"))
    assert head[:5] == [
        "time [s]",
        "phase",
        "share of phase",
        "Hip flexion [°]",
        "Knee flexion [°]",
    ]
    plot = timeline.plot.plot
    assert plot is not None
    assert len(rows) == len(plot.time_s)
    column = head.index("Bar height [cm]")
    np.testing.assert_array_equal([float(r[column]) for r in rows], plot.curves[2].values)
    np.testing.assert_array_equal([float(r[0]) for r in rows], plot.time_s)
    low = head.index("Published top, low [cm]")
    assert rows[0][low] == ""
    assert {r[1] for r in rows if r[low]} == {"hold", "lowering"}  # both ends of the hold
    assert list(tmp_path.iterdir()) == [path]


def test_the_picture_stands_by_itself(
    session: Session, files: PlotFiles, tmp_path: Path, told: list[tuple[str, str]]
) -> None:
    session.change(curves="hip-moment")
    path = tmp_path / "moment.png"
    files.write_picture(path)
    image = QImage(str(path))
    assert image.width() == 1920
    assert image.text("Title") == "Barbell hip thrust: Hip moment, computed"
    assert "not measured" in image.text("Description")
    # the curve goes on to the end of the last phase
    right = image.copy(1920 - 2 * (24 + 56) - 60, 200, 50, 600)
    ink = [right.pixelColor(25, y).lightness() for y in range(right.height())]
    assert min(ink) < 60


def test_a_file_that_cannot_be_written_is_told_and_leaves_nothing(
    files: PlotFiles, told: list[tuple[str, str]], tmp_path: Path
) -> None:
    for write in (files.write_picture, files.write_table):
        path = tmp_path / "gone" / "plot"
        write(path)
        kind, text = told.pop()
        assert kind == "failed"
        assert str(path) in text
        assert "No such file" in text
    assert list(tmp_path.iterdir()) == []


def test_copies_are_in_the_clipboard(
    timeline: Timeline, files: PlotFiles, told: list[tuple[str, str]]
) -> None:
    timeline.plot.copy_wanted.emit()
    assert QGuiApplication.clipboard().image().width() == 1920
    files.copy_table()
    assert QGuiApplication.clipboard().text().startswith("# Barbell hip thrust")
    assert [kind for kind, _ in told] == ["done", "done"]
    QGuiApplication.clipboard().clear()


def test_the_dialog_offers_a_name_and_writes_where_it_is_told(
    session: Session, timeline: Timeline, files: PlotFiles, tmp_path: Path
) -> None:
    for save, suffix in ((files.save_picture, "png"), (files.save_table, "csv")):
        save()
        (dialog,) = timeline.findChildren(QFileDialog)
        assert dialog.selectedFiles()[0].endswith(f"barbell-hip-thrust-angles.{suffix}")
        path = tmp_path / f"mine.{suffix}"
        dialog.fileSelected.emit(str(path))
        assert path.stat().st_size > 1000
        dialog.reject()
        dialog.setParent(None)


def test_where_there_is_no_curve_nothing_is_copied_and_it_says_why(
    session: Session, files: PlotFiles, told: list[tuple[str, str]]
) -> None:
    session.change(curves="length", selection="masseter")
    files.copy_picture()
    files.save_table()
    why = "Masseter: the model has no path for it, so there is no curve."
    assert told == [("failed", why)] * 2

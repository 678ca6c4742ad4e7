import re

import pytest
from PySide6.QtWidgets import QDialog, QTextBrowser

from visualizer.app.method import method_sections
from visualizer.app.words import part_name
from visualizer.errors import UnknownNameError
from visualizer.exercise.loads import ASSUMPTIONS
from visualizer.exercise.validation_table import summary_lines, validate


def test_its_figures_are_those_that_are_computed(session):
    text = "\n".join(p for s in method_sections(session) for p in (*s.text, *s.points))
    rows = validate(session.repetition)
    for line in summary_lines(rows):
        for row in rows:
            line = line.replace(f"({row.unit})", f"({part_name(row.unit, session.catalog)})")
        assert line[1:] in text
    motion = session.repetition.motion
    travel_cm = 100 * float(motion.bar_position_m[-1, 2] - motion.bar_position_m[0, 2])
    assert f"{travel_cm:.1f} cm" in text
    for key in ("zabaleta2024-hip-thrust-travel", "otsuka2021-knee-extension-moment"):
        assert session.catalog.fact(key).value_text in text
    for assumption in ASSUMPTIONS:
        assert assumption in text


def test_every_large_difference_has_its_reason(session):
    text = "\n".join(p for s in method_sections(session) for p in s.points)
    rows = [row for row in validate(session.repetition) if row.reason]
    assert rows
    for row in rows:
        name = part_name(row.unit, session.catalog)
        assert f"{name} ({row.largest_points:.0f})" in text
        assert row.reason in text


def test_without_the_barbell_hip_thrust_it_says_so(session, monkeypatch):
    def missing(variation, side):
        raise UnknownNameError("variation", variation, ())

    monkeypatch.setattr(session, "repetition_of", missing)
    text = "\n".join(p for s in method_sections(session) for p in s.text)
    assert "cannot be computed here" in text


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_opens_from_the_help_menu(window, theme):
    window.session.change(theme=theme)
    window.actions_["method"].trigger()
    (dialog,) = window.findChildren(QDialog)
    page = dialog.findChild(QTextBrowser).toPlainText()
    assert page.startswith("Method and limits")
    assert re.search(r"largest \d+\.\d \(", page)
    dialog.close()

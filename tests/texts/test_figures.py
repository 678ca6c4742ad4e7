"""Numbers are written for people in one place: decimal sign, minus, sign of a change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from visualizer.texts import speaking
from visualizer.texts.figures import figure, number, percent_change, seconds

PACKAGE = Path(__file__).parents[2] / "visualizer"


@pytest.mark.parametrize(
    ("text", "english", "german"),
    [
        (lambda: figure(-63.4, " %"), "−63 %", "−63 %"),
        (lambda: figure(-0.004, " /s", 2), "0.00 /s", "0,00 /s"),
        (lambda: figure(2.94, " Nm/kg", 1), "2.9 Nm/kg", "2,9 Nm/kg"),
        (lambda: number(-0.25), "−0.25", "−0,25"),
        (lambda: number(4.0), "4", "4"),
        (lambda: percent_change(-38.4), "−38 %", "−38 %"),
        (lambda: percent_change(38.4), "+38 %", "+38 %"),
        (lambda: percent_change(0.3), "0 %", "0 %"),
        (lambda: percent_change(-0.3), "0 %", "0 %"),
        (lambda: seconds(1.5), "1.5 s", "1,5 s"),
    ],
)
def test_a_number_reads_as_in_print(text: Callable[[], str], english: str, german: str) -> None:
    assert text() == english
    with speaking("de"):
        assert text() == german


def test_no_other_place_writes_numbers_its_own_way() -> None:
    own = PACKAGE / "texts"
    console = PACKAGE / "console.py"  # knows what a terminal without the sign shows
    for path in PACKAGE.rglob("*.py"):
        if own not in path.parents and path != console:
            text = path.read_text("utf-8")
            assert "localised(" not in text, path.name
            assert '"\N{MINUS SIGN}"' not in text, path.name
            assert "MINUS SIGN" not in text, path.name

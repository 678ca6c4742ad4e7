"""The page on accessibility is what its table says, and names tests that there are."""

from __future__ import annotations

from pathlib import Path

from tools.accessibility_page import PAGE, ROWS, page

TESTS = Path(__file__).parent


def test_the_page_is_current() -> None:
    assert PAGE.read_text("utf-8") == page(), "run python -m tools.accessibility_page"


def test_every_named_test_exists() -> None:
    for row in ROWS:
        assert row.tests
        for name in row.tests:
            file, _, test = name.partition("::")
            assert f"\ndef {test}(" in (TESTS / file).read_text("utf-8"), name


def test_no_criterion_stands_there_twice() -> None:
    criteria = [row.criterion for row in ROWS]
    assert criteria == sorted(set(criteria), key=lambda c: [*map(int, c.split()[0].split("."))])

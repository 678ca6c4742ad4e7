"""The window's process keeps no source text and no freed arrays, and loads nothing too early."""

from __future__ import annotations

import subprocess
import sys

import pytest

from visualizer.child import child
from visualizer.render import native

# what a process of its own holds of the lines of modules that were imported after PySide6
_COUNT = (
    "import linecache, visualizer.app, visualizer.catalog.catalog, visualizer.scene.scene; "
    "print(sum('visualizer' in name for name in linecache.cache))"
)


def test_pyside_reads_no_source_of_what_is_imported_after_it() -> None:
    done = subprocess.run(child(_COUNT), capture_output=True, text=True, check=True)
    assert int(done.stdout) == 0


def test_large_arrays_go_back_to_the_system_when_they_are_freed() -> None:
    if sys.platform != "linux":
        return
    statements = (
        "import visualizer.app, numpy as np; from visualizer.system import resident_mb as mb; "
        "big = np.ones(1 << 22); del big; "  # glibc would raise its threshold now
        "held = [np.ones(1 << 18) for _ in range(60)]; top = np.ones(64); before = mb(); "
        "del held; print(before - mb())"
    )
    done = subprocess.run(child(statements), capture_output=True, text=True, check=True)
    assert float(done.stdout) > 100


def test_small_pieces_go_back_when_they_are_asked_for() -> None:
    if sys.platform != "linux":
        return
    statements = (
        "from visualizer.app.lean import return_freed; "
        "from visualizer.system import resident_mb as mb; "
        "held = [bytes(2000) for _ in range(40_000)]; kept = held[::400]; del held; "
        "before = mb(); return_freed(); print(before - mb())"
    )
    done = subprocess.run(child(statements), capture_output=True, text=True, check=True)
    assert float(done.stdout) > 40


@pytest.mark.parametrize("kept_out", ["", "sys.modules['visualizer.anatomy._strands'] = None; "])
def test_a_scene_is_made_without_what_it_does_not_need(kept_out: str) -> None:
    """Each of these takes some hundredths of a second of every start, or 3 MB and more."""
    statements = (
        f"{kept_out}import visualizer.app.run; "
        "from visualizer.anatomy.body_model import BodyModel; "
        "from visualizer.catalog.catalog import load_catalog; "
        "from visualizer.exercise.repetition import Repetition; "
        "from visualizer.scene.scene import StageScene; "
        "catalog, body = load_catalog().catalog, BodyModel.load(); "
        "StageScene(body.surface, Repetition(catalog.variations[0], catalog, body)); "
        "print(*sys.modules)"
    )
    done = subprocess.run(child(statements), capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    late = {
        "_hashlib",  # OpenSSL
        "numpy.ma",
        "numpy.polynomial",
        "numpy.random",
        "pyqtgraph",
        "visualizer.render.reference",
    }
    late |= {"visualizer.app.inspector.method", "visualizer.analysis.validation_table"}
    if native.load() is None:
        late.remove("visualizer.render.reference")
    assert loaded & late == set()


def test_pyqtgraph_has_pyside_make_few_classes_and_finds_each() -> None:
    statements = (
        "from PySide6 import QtCore, QtGui, QtWidgets; own = [*map(dir, (QtGui, QtWidgets))]; "
        "import visualizer.app.timeline.plot, pyqtgraph as pg; "
        "assert own == [*map(dir, (QtGui, QtWidgets))]; "
        "assert pg.QtWidgets.QCalendarWidget is QtWidgets.QCalendarWidget; "
        "assert pg.QtCore.Qt is QtCore.Qt; "
        "print(len(vars(pg.QtGui)) + len(vars(pg.QtWidgets)))"
    )
    done = subprocess.run(child(statements), capture_output=True, text=True, check=True)
    assert int(done.stdout) < 50

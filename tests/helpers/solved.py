"""Motions are solved once for all processes of a test run; closing a linkage takes 0.2 s.

They are kept as the program keeps them, under a key that names all that a motion comes from, the
sources among it, in a folder that goes with the run. What the program keeps by itself, in commands
that tests start, lies in the same folder. ``tests/test_kept.py`` holds that a kept motion is the
one that was solved; what tests it, and what tests the linkage, solves without this.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from visualizer.anatomy.body_model import BodyModel
from visualizer.anatomy.muscle import Side
from visualizer.catalog.variation import Variation
from visualizer.exercise import kept_motion, repetition
from visualizer.lifts.motion import Motion

__all__ = ["folder_of_the_run", "solve_once", "stop_solving_once"]

# Read by the processes of the run.
_NAME = "VISUALIZER_TEST_RUN"
_patch = pytest.MonkeyPatch()


def folder_of_the_run() -> Path:
    """Return the folder that all processes of this run share."""
    return Path(os.environ[_NAME])


def solve_once(config: pytest.Config) -> None:
    """Begin; the process that starts the others makes the folder."""
    if not hasattr(config, "workerinput"):
        os.environ[_NAME] = tempfile.mkdtemp(prefix="visualizer-tests-")
    _patch.setattr(repetition, "motion_of", _motion_of)


def stop_solving_once(config: pytest.Config) -> None:
    """End; the folder goes."""
    _patch.undo()
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(_NAME), ignore_errors=True)


def _motion_of(variation: Variation, body: BodyModel, side: Side) -> Motion:
    key = kept_motion._key(variation, body, side)
    if key is None:
        return kept_motion.motion_of(variation, body, side)
    file = folder_of_the_run() / f"{key.hex()}.motion"
    known = kept_motion._from_bytes(file.read_bytes()) if file.exists() else None
    if known is not None:
        return known
    motion = kept_motion.motion_of(variation, body, side)
    with _new(file) as scratch:
        scratch.write_bytes(kept_motion._to_bytes(motion))
    return motion


@contextmanager
def _new(file: Path) -> Iterator[Path]:
    """Let no other process read a part of what is being written."""
    handle, name = tempfile.mkstemp(dir=file.parent)
    os.close(handle)
    yield Path(name)
    Path(name).replace(file)

"""What tests of several rooms share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from tests.helpers.repetitions import body_model, repetition, shipped
from tests.helpers.without_kernel import (
    pytest_configure,
    pytest_runtest_makereport,
    pytest_runtest_setup,
)
from visualizer.anatomy.body_model import BodyModel
from visualizer.anatomy.muscle import Side
from visualizer.catalog import catalog as module
from visualizer.catalog.catalog import Catalog
from visualizer.commands import common, pictures, texts
from visualizer.exercise.repetition import Repetition
from visualizer.resources import DEFAULT_BODY

__all__ = ["pytest_configure", "pytest_runtest_makereport", "pytest_runtest_setup"]


@pytest.fixture
def shipped_data_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the shipped data once for all tests: it takes a quarter of a second each time."""
    read = module.load_catalog

    def known(folders: Iterable[Path] = (), files: Sequence[Path] = ()) -> module.CatalogLoad:
        homes = [folder for folder in folders if folder.exists()]
        return read(homes, files) if homes or files else shipped()

    monkeypatch.setattr(module, "load_catalog", known)


@pytest.fixture
def commands_share(shipped_data_once: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands share data, body and solved repetitions, as if they ran in one session."""
    solve = common.repetition_of

    def once(catalog: Catalog, name: str, side: Side) -> Repetition:
        known = catalog is shipped().catalog
        return repetition(name, side) if known else solve(catalog, name, side)

    shared, load = body_model(), BodyModel.load

    def body_once(body_id: str = DEFAULT_BODY) -> BodyModel:
        return shared if body_id == DEFAULT_BODY else load(body_id)

    monkeypatch.setattr(BodyModel, "load", body_once)
    for command in (texts, pictures):
        monkeypatch.setattr(command, "repetition_of", once)

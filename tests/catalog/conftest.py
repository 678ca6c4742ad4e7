"""Hundreds of files are checked here; each check would read the shipped ones anew."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.helpers.repetitions import shipped
from visualizer.catalog import catalog as module


@pytest.fixture(autouse=True)
def _read_the_shipped_data_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read = module.load_catalog

    def known(folders: Iterable[Path] = ()) -> module.CatalogLoad:
        homes = list(folders)
        return read(homes) if homes else shipped()

    monkeypatch.setattr(module, "load_catalog", known)

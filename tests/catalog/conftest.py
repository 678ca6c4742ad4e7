"""Hundreds of files are checked here; each check would read the shipped ones anew."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _shipped_data_once(shipped_data_once: None) -> None:
    pass

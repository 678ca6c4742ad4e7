"""The tables of numbers in ``assets/effort_*.csv``."""

from __future__ import annotations

import csv
import math

from visualizer.files import read_regular
from visualizer.resources import asset

__all__ = ["angles_of", "rows_of"]

_MOST_BYTES = 200_000
_DEGREES = "_deg"


def rows_of(name: str) -> list[dict[str, str]]:
    """Return the rows of a table, as they stand there."""
    text = read_regular(asset(name), _MOST_BYTES).decode("utf-8")
    return list(csv.DictReader(text.splitlines()))


def angles_of(row: dict[str, str], suffix: str) -> dict[str, float]:
    """Return the pose of a row: radians by the name of the joint on a side."""
    return {
        key.removesuffix(_DEGREES) + suffix: math.radians(float(value))
        for key, value in row.items()
        if key.endswith(_DEGREES)
    }

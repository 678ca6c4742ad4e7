"""The volume that each muscle should have."""

from __future__ import annotations

import tomllib
from pathlib import Path

from tools.bake.muscles.shapes import SHAPES

__all__ = ["target_volumes_cm3"]


def target_volumes_cm3(folder: Path) -> dict[str, float]:
    """Return the volume of each muscle that is baked, from ``muscles/`` of a data folder."""
    targets = {}
    for shape in SHAPES:
        file = folder / "muscles" / f"{shape.id}.toml"
        targets[shape.id] = float(tomllib.loads(file.read_text("utf-8"))["volume"]["cm3"])
    return targets

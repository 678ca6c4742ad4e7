"""The volume that each muscle should have."""

from __future__ import annotations

import tomllib
from pathlib import Path

from tools.bake.muscles.table import MUSCLES

__all__ = ["target_volumes_cm3"]


def target_volumes_cm3(folder: Path) -> dict[str, float]:
    """Return the volume of each muscle that is baked, from ``muscles/`` of a data folder."""
    targets = {}
    for muscle in MUSCLES:
        file = folder / "muscles" / f"{muscle.id}.toml"
        targets[muscle.id] = float(tomllib.loads(file.read_text("utf-8"))["volume"]["cm3"])
    return targets

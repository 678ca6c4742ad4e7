"""The compiled twin of what poses a body: strands, bones, swelling, contact with a bar."""

from __future__ import annotations

from functools import cache
from types import ModuleType

from visualizer.extension import find

__all__ = ["SITE", "native"]

# Marks a point of a muscle's path that is no wrapping.
SITE = -1


@cache
def native() -> ModuleType | None:
    """Return it, None when this installation has none that fits."""
    return find("visualizer.anatomy._strands", {"SITE": SITE}).module

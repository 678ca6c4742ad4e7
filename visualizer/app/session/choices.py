"""Small choices of the user that the session keeps."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["InspectorTab"]


class InspectorTab(StrEnum):
    """What of a muscle or a variation is read."""

    NOW = "now"
    WHY = "why"
    ANATOMY = "anatomy"
    EVIDENCE = "evidence"

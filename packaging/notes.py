"""The notes of a release, from the changelog: ``python packaging/notes.py 1.2.3``."""

from __future__ import annotations

import re
import sys
from pathlib import Path

__all__ = ["notes"]


def notes(changelog: str, version: str) -> str:
    """Return what the changelog says of a version.

    Parameters
    ----------
    changelog : str
        Its text; a section begins with a line ``## 1.2.3`` and anything behind it.
    version : str
        Like ``1.2.3``.

    Raises
    ------
    SystemExit
        When it has no such section, or an empty one.
    """
    sections = re.split(r"(?m)^## +", changelog)[1:]
    for section in sections:
        title, _, text = section.partition("\n")
        if title.split(" ")[0].lstrip("v") == version and text.strip():
            return text.strip() + "\n"
    raise SystemExit(f"CHANGELOG.md says nothing of {version}")


if __name__ == "__main__":
    changelog = Path(__file__).resolve().parents[1] / "CHANGELOG.md"
    sys.stdout.write(notes(changelog.read_text("utf-8"), sys.argv[1].lstrip("v")))

"""The fingerprint of source files: what an asset carries to tell what it was made from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

__all__ = ["CHECKOUT", "digest", "python_files"]

CHECKOUT = Path(__file__).resolve().parents[1]


def digest(entries: Iterable[tuple[str, str]]) -> str:
    """Return the SHA-256 of named texts in their order, in hexadecimal."""
    total = hashlib.sha256()
    for name, text in entries:
        total.update(f"{name}\n{len(text)}\n{text}\n".encode())
    return total.hexdigest()


def python_files(folder: Path, root: Path) -> Iterator[tuple[str, str]]:
    """Yield the modules under a folder by their names from ``root``, and their texts.

    Reading as text makes one of all line endings.
    """
    for file in sorted(folder.rglob("*.py"), key=lambda f: f.relative_to(folder).as_posix()):
        yield file.relative_to(root).as_posix(), file.read_text("utf-8")

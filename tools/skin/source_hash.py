"""The fingerprint of what the skin is made of, except the flesh.

Counted in are the code of this command, what it uses of the bake, and the skeleton. The flesh is
not: it may change a little without making the skin wrong, so a test measures how well the two fit.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

__all__ = ["CHECKOUT", "source_hash"]

CHECKOUT = Path(__file__).resolve().parents[2]
_CODE = ("tools/skin", "tools/bake/geometry")


def source_hash(skeleton: Path, checkout: Path = CHECKOUT) -> str:
    """Return the SHA-256 of the skin's sources, in hexadecimal.

    Parameters
    ----------
    skeleton : pathlib.Path
        The ``skeleton.xml`` that the skin is tied to.
    checkout : pathlib.Path
        Where ``tools/`` lies.
    """
    digest = hashlib.sha256()
    files = [f for folder in _CODE for f in sorted((checkout / folder).rglob("*.py"))]
    for file in (*files, skeleton):
        name = file.relative_to(checkout).as_posix() if file != skeleton else "skeleton"
        # reading as text makes one of all line endings
        text = file.read_text("utf-8")
        digest.update(f"{name}\n{len(text)}\n{text}\n".encode())
    return digest.hexdigest()

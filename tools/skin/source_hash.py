"""The fingerprint of what the skin is made of, except the flesh.

Counted in are the code of this command, what it uses of the bake, and the skeleton. The flesh is
not: it may change a little without making the skin wrong, so a test measures how well the two fit.
"""

from __future__ import annotations

from pathlib import Path

from tools.source_digest import CHECKOUT, digest, python_files

__all__ = ["source_hash"]

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
    code = [entry for folder in _CODE for entry in python_files(checkout / folder, checkout)]
    return digest([*code, ("skeleton", skeleton.read_text("utf-8"))])

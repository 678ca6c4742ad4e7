"""The fingerprint of what the body is baked from.

The asset carries it, and a test compares it with the checkout's, so that a change of the bake
without a new bake is found where the packages of the ``bake`` extra are not installed. Counted in
are the code of the bake, the volumes of the muscles, the pinned version of the source model and
the skeleton; not the versions of the numerical packages, which the asset records as its provenance.
"""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

from tools.bake.muscles.volumes import target_volumes_cm3
from tools.bake.source.model import PACKAGE

__all__ = ["CHECKOUT", "source_hash"]

CHECKOUT = Path(__file__).resolve().parents[2]


def source_hash(skeleton: Path, checkout: Path = CHECKOUT) -> str:
    """Return the SHA-256 of the body's sources, in hexadecimal.

    Parameters
    ----------
    skeleton : pathlib.Path
        The ``skeleton.xml`` that the body is modelled on.
    checkout : pathlib.Path
        Where ``tools/``, ``data/`` and ``pyproject.toml`` lie.
    """
    digest = hashlib.sha256()

    def enter(name: str, content: str) -> None:
        digest.update(f"{name}\n{len(content)}\n{content}\n".encode())

    code = checkout / "tools" / "bake"
    for file in sorted(code.rglob("*.py"), key=lambda f: f.relative_to(code).as_posix()):
        # reading as text makes one of all line endings
        enter(file.relative_to(code).as_posix(), file.read_text("utf-8"))
    for muscle, volume in sorted(target_volumes_cm3(checkout / "data").items()):
        enter(muscle, repr(volume))
    project = tomllib.loads((checkout / "pyproject.toml").read_text("utf-8"))
    wanted = project["project"]["optional-dependencies"]["bake"]
    enter("model", next(w for w in wanted if w.startswith(PACKAGE)))
    enter("skeleton", skeleton.read_text("utf-8"))
    return digest.hexdigest()

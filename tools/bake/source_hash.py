"""The fingerprint of what the body is baked from.

The asset carries it, and a test compares it with the checkout's, so that a change of the bake
without a new bake is found where the packages of the ``bake`` extra are not installed. Counted in
are the code of the bake, the volumes of the muscles, the pinned version of the source model and
the skeleton; not the versions of the numerical packages, which the asset records as its provenance.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from tools.bake.muscles.volumes import target_volumes_cm3
from tools.bake.source.model import PACKAGE
from tools.source_digest import CHECKOUT, digest, python_files

__all__ = ["source_hash"]


def source_hash(skeleton: Path, checkout: Path = CHECKOUT) -> str:
    """Return the SHA-256 of the body's sources, in hexadecimal.

    Parameters
    ----------
    skeleton : pathlib.Path
        The ``skeleton.xml`` that the body is modelled on.
    checkout : pathlib.Path
        Where ``tools/``, ``data/`` and ``pyproject.toml`` lie.
    """
    code = checkout / "tools" / "bake"
    volumes = sorted(target_volumes_cm3(checkout / "data").items())
    project = tomllib.loads((checkout / "pyproject.toml").read_text("utf-8"))
    wanted = project["project"]["optional-dependencies"]["bake"]
    return digest(
        [
            *python_files(code, code),
            *((muscle, repr(volume)) for muscle, volume in volumes),
            ("model", next(w for w in wanted if w.startswith(PACKAGE))),
            ("skeleton", skeleton.read_text("utf-8")),
        ]
    )

"""Generates the skin: ``python -m tools.skin [--output FOLDER]``.

Writes ``skin.npz`` beside the ``body.npz`` and ``skeleton.xml`` that it is made of. The same
versions of the packages give the same bytes on one machine.
"""

from __future__ import annotations

import argparse
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.bake.asset.archive import write_npz
from tools.skin.binding import Rig, bind, rig_of
from tools.skin.envelope import Outline, outline
from tools.skin.source_hash import source_hash
from tools.source_digest import CHECKOUT
from visualizer.anatomy.skeleton import Skeleton
from visualizer.anatomy.skin import FORMAT
from visualizer.anatomy.surface import Body
from visualizer.catalog.catalog import load_catalog
from visualizer.resources import DEFAULT_BODY

_COMMAND = "python -m tools.skin"
_PACKAGES = ("mujoco-core", "numpy", "scipy", "scikit-image", "fast-simplification")


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog=_COMMAND, description=__doc__)
    default = CHECKOUT / "assets" / "bodies" / DEFAULT_BODY
    parser.add_argument("--output", type=Path, default=default, help="folder to write to")
    folder = parser.parse_args().output
    started = time.perf_counter()

    def say(what: str) -> None:
        print(f"{time.perf_counter() - started:6.1f} s  {what}", flush=True)

    body, skeleton = Body.load(folder / "body.npz"), Skeleton.load(folder / "skeleton.xml")
    catalog = load_catalog().catalog
    skin = outline(body, lambda muscle: catalog.muscle(muscle).group)
    say(f"outline: {len(skin.mesh.vertices)} vertices, {len(skin.mesh.faces)} triangles")
    rig = rig_of(body, skeleton)
    influence, weight = bind(skin.mesh, skin.normal, body, skeleton, rig)
    arrays = _arrays(skin, rig, influence, weight)
    arrays["source_hash"] = np.array(source_hash(folder / "skeleton.xml"))
    write_npz(folder / "skin.npz", arrays)
    say(f"skin written, {(folder / 'skin.npz').stat().st_size / 1e3:.0f} kB")


def _arrays(
    skin: Outline, rig: Rig, influence: NDArray[np.int64], weight: NDArray[np.float64]
) -> dict[str, NDArray[Any]]:
    """Return the arrays of ``skin.npz``, see :mod:`visualizer.anatomy.skin`."""
    order = _along_the_body(skin)
    vertices = skin.mesh.vertices[order]
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    faces = place[skin.mesh.faces]
    faces = faces[np.argsort(faces.min(axis=1), kind="stable")]
    box = np.stack([vertices.min(0), vertices.max(0)]).astype(np.float32)
    share = (vertices - box[0]) / (box[1] - box[0])
    return {
        "format": np.array(FORMAT, np.int32),
        "provenance": np.array(
            [f"command: {_COMMAND}", *(f"{p}: {version(p)}" for p in _PACKAGES)]
        ),
        "position_box": box,
        "position": np.round(np.clip(share, 0, 1) * 65535).astype(np.uint16),
        "normal": np.round(skin.normal[order] * 127).astype(np.int8),
        "faces": faces.astype(np.uint16),
        "influence": influence[order].astype(np.uint8),
        "weight": np.round(weight[order] * 65535).astype(np.uint16),
        "bone_names": np.array(rig.bone_names),
        "bone_position": rig.rest_bones.position.astype(np.float32),
        "bone_quaternion": rig.rest_bones.quaternion.astype(np.float32),
        "between": rig.between.astype(np.uint8),
        "between_share": rig.share.astype(np.float32),
        "between_centre": rig.centre.astype(np.float32),
    }


def _along_the_body(skin: Outline) -> NDArray[np.int64]:
    """Return an order of the vertices in which neighbours in space mostly follow each other.

    The renderer draws or passes over clusters of triangles that follow each other.
    """
    vertices = skin.mesh.vertices
    cell = ((vertices - vertices.min(0)) / np.ptp(vertices, axis=0).max() * 1023).astype(np.int64)
    code = np.zeros(len(cell), np.int64)
    for bit in range(10):
        for axis in range(3):
            code |= (cell[:, axis] >> bit & 1) << (3 * bit + axis)
    return np.argsort(code, kind="stable")


if __name__ == "__main__":
    main()

"""Generates the assets: ``python -m tools.bake [--output FOLDER]``.

Writes ``skeleton.xml`` and ``body.npz`` beside the body's ``body.toml`` and prints every muscle's
volume against its target. The same versions of the packages give the same bytes on one machine; on
another kind of processor a few values may differ in their last bit.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np

from tools.bake.asset.archive import write_npz
from tools.bake.muscles.volumes import target_volumes_cm3
from tools.bake.pipeline import bake_body
from tools.bake.skeleton.writer import write_skeleton
from tools.bake.source.model import SourceModel
from tools.bake.source_hash import source_hash
from tools.source_digest import CHECKOUT
from visualizer.anatomy.skeleton import Skeleton
from visualizer.anatomy.surface import Body, PartKind
from visualizer.resources import DEFAULT_BODY, data_folder


def _report(body: Body) -> str:
    targets = target_volumes_cm3(data_folder())
    lines = [f"{'muscle':32} {'cm³':>6} {'target':>6} {'off':>6}  triangles"]
    volumes = body.volumes_cm3()
    for part in body.parts:
        if part.kind is PartKind.MUSCLE and part.id.endswith("_r") and part.muscle is not None:
            v, t = volumes[part.id], targets[part.muscle]
            lines.append(
                f"{part.muscle:32} {v:6.0f} {t:6.0f} {v / t - 1:+6.0%} {part.face_count:6}"
            )
    for kind in PartKind:
        n = sum(p.face_count for p in body.parts if p.kind is kind)
        lines.append(f"{kind.value:32} {n:6} triangles")
    lines.append(f"{len(body.rest_position)} vertices, {len(body.faces)} triangles")
    return "\n".join(lines)


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m tools.bake", description=__doc__)
    default = CHECKOUT / "assets" / "bodies" / DEFAULT_BODY
    parser.add_argument("--output", type=Path, default=default, help="folder to write to")
    parser.add_argument("--only-body", action="store_true", help="keep skeleton.xml as it is")
    arguments = parser.parse_args()
    started = time.perf_counter()

    def say(what: str) -> None:
        print(f"{time.perf_counter() - started:6.1f} s  {what}", flush=True)

    arguments.output.mkdir(parents=True, exist_ok=True)
    source = SourceModel.load()
    skeleton_file = arguments.output / "skeleton.xml"
    if not arguments.only_body or not skeleton_file.is_file():
        write_skeleton(source, skeleton_file)
        say("skeleton written")
    arrays = bake_body(source, Skeleton.load(skeleton_file), say)
    arrays["source_hash"] = np.array(source_hash(skeleton_file))
    write_npz(arguments.output / "body.npz", arrays)
    say(f"body written, {(arguments.output / 'body.npz').stat().st_size / 1e6:.2f} MB")
    print(_report(Body.from_arrays(arrays)))


if __name__ == "__main__":
    main()

"""The solved motion of a variation, kept between starts: closing a linkage takes 0.1 s or more."""

from __future__ import annotations

import struct

import numpy as np

from visualizer import kept
from visualizer.anatomy.body_model import BodyModel
from visualizer.anatomy.muscle import Side
from visualizer.catalog.variation import Variation
from visualizer.files import read_regular
from visualizer.lifts.motion import Motion

__all__ = ["motion_of"]

# Samples, joint positions, height of the support, side.
_HEAD = struct.Struct("<IId8s")
# Height of the hips, inclination of the trunk, place of the bar.
_OTHERS = 5
_MOST_BYTES = 5_000_000


def motion_of(variation: Variation, body: BodyModel, side: Side) -> Motion:
    """Return the motion of a variation: as it was kept, or solved now.

    Raises
    ------
    PoseError
        When the body cannot take the placement.
    """
    key = _key(variation, body, side) if kept.keeping() else None
    name = "motion-" + kept.short_name(f"{variation.id} {side}")
    if key is not None and (data := kept.recall(name, key)) is not None:
        motion = _from_bytes(data)
        if motion is not None:
            return motion
    motion = variation.lift.solve(variation.setup, variation.equipment, body, side)
    if key is not None:
        kept.keep(name, key, _to_bytes(motion))
    return motion


def _key(variation: Variation, body: BodyModel, side: Side) -> bytes | None:
    """Return what a motion depends on; None where that cannot be told."""
    try:
        skeleton = read_regular(body.folder / "skeleton.xml", _MOST_BYTES)
    except (OSError, ValueError):
        return None
    setup, equipment = repr(variation.setup), repr(sorted(variation.equipment))
    stamp, numpy = kept.code_stamp("lifts", "anatomy"), np.__version__
    who = repr((body.stature_m, body.mass_kg, body.build, body.landmarks, body.measures))
    return kept.key_of([stamp, numpy, variation.lift.id, setup, equipment, side, who, skeleton])


def _to_bytes(motion: Motion) -> bytes:
    samples, joints = motion.joint_position.shape
    head = _HEAD.pack(samples, joints, motion.support_height_m, motion.side.value.encode())
    columns = motion.hip_height_m, motion.trunk_rad, motion.bar_position_m, motion.joint_position
    return head + np.column_stack(columns).astype("<f8").tobytes()


def _from_bytes(data: bytes) -> Motion | None:
    try:
        samples, joints, support_m, side = _HEAD.unpack_from(data)
        table = np.frombuffer(data, "<f8", offset=_HEAD.size).reshape(samples, _OTHERS + joints)
        whose = Side(side.rstrip(b"\0").decode())
    except (struct.error, ValueError):
        return None
    if samples < 2 or not np.isfinite(table).all():
        return None
    hips, trunk, bar, joint = (
        table[:, columns].astype(float, order="C")
        for columns in (0, 1, slice(2, 5), slice(5, None))
    )
    return Motion(hips, joint, trunk, bar, whose, support_m)

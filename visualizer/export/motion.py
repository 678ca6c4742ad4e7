"""The motion and what is computed of it as numbers, for other programs.

``.mot`` holds joint angles and ``.sto`` muscle-tendon lengths, both as OpenSim reads them; ``.csv``
holds both in one table. Coordinates have the names of the Rajagopal model (OpenSim), whose ground
has x forward, y up and z to the right.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from visualizer.exercise.repetition import Instant, Repetition
from visualizer.export.output import by_ending

__all__ = ["MOTION_FILES", "RATE_HZ", "coordinates_of", "motion_file_of"]

Array = NDArray[np.float64]

RATE_HZ = 100.0
# Rows are the axes of OpenSim's ground in our world: x to the left, y backwards, z up.
_GROUND = np.array([[0.0, -1.0, 0.0], [0.0, 0.0, 1.0], [-1.0, 0.0, 0.0]])
_PELVIS = (
    "pelvis_tilt", "pelvis_list", "pelvis_rotation", "pelvis_tx", "pelvis_ty", "pelvis_tz",
)  # fmt: skip
_IN_METRES = _PELVIS[3:]
_LEG = (
    "hip_flexion", "hip_adduction", "hip_rotation", "knee_angle", "ankle_angle", "subtalar_angle",
    "mtp_angle",
)  # fmt: skip
_ARM = (
    "arm_flex", "arm_add", "arm_rot", "elbow_flex", "pro_sup", "wrist_flex", "wrist_dev",
)  # fmt: skip
_JOINTS = tuple(name + side for side in ("_r", "_l") for name in (*_LEG, *_ARM))
_DIGITS = 6


def _instants(repetition: Repetition) -> list[Instant]:
    """Return the moments of a whole repetition, both ends included."""
    duration_s = repetition.schedule.duration_s
    steps = max(round(duration_s * RATE_HZ), 1)
    return [repetition.instant(duration_s * k / steps) for k in range(steps + 1)]


def coordinates_of(instant: Instant, repetition: Repetition) -> dict[str, float]:
    """Return OpenSim's coordinates at a moment, by name: degrees, and metres for ``pelvis_t…``.

    Parameters
    ----------
    instant : Instant
        A moment of the repetition.
    repetition : Repetition
        Whose skeleton it is.

    Notes
    -----
    The pelvis turns by tilt about z, then by list about x, then by rotation about y, each about the
    axes that the one before has turned (Rajagopal et al. 2016).
    """
    skeleton, pose = repetition.skeleton, instant.pose
    frame = pose.frame(skeleton.body("pelvis"))
    turn, place = _GROUND @ frame[:, :3], _GROUND @ frame[:, 3]
    # of Rz(tilt) Rx(list) Ry(rotation)
    lean = math.asin(min(max(turn[2, 1], -1.0), 1.0))
    tilt = math.atan2(-turn[0, 1], turn[1, 1])
    rotation = math.atan2(-turn[2, 0], turn[2, 2])
    values = [*map(math.degrees, (tilt, lean, rotation)), *place.tolist()]
    found = dict(zip(_PELVIS, values, strict=True))
    for name in _JOINTS:
        found[name] = math.degrees(pose.joint_position[skeleton.joint_address(name)])
    return found


def _write_mot(stream: BinaryIO, repetition: Repetition) -> None:
    """Write the angles of all joints."""
    instants = _instants(repetition)
    rows = [coordinates_of(i, repetition) for i in instants]
    _write_table(stream, f"{repetition.variation.id} coordinates", instants, rows, degrees=True)


def _write_sto(stream: BinaryIO, repetition: Repetition) -> None:
    """Write the lengths of all muscle-tendon units, metres."""
    instants = _instants(repetition)
    rows = [repetition.skeleton.lengths_m(i.pose) for i in instants]
    _write_table(stream, f"{repetition.variation.id} lengths", instants, rows, degrees=False)


def _write_table(
    stream: BinaryIO,
    name: str,
    instants: Sequence[Instant],
    rows: Sequence[Mapping[str, float]],
    *,
    degrees: bool,
) -> None:
    """Write a table as OpenSim's storage files have it."""
    names = ["time", *rows[0]]
    lines = [
        name,
        "version=1",
        f"nRows={len(rows)}",
        f"nColumns={len(names)}",
        f"inDegrees={'yes' if degrees else 'no'}",
        "endheader",
        "\t".join(names),
    ]
    for instant, row in zip(instants, rows, strict=True):
        lines.append("\t".join(_number(v) for v in (instant.time_s, *row.values())))
    stream.write(("\n".join(lines) + "\n").encode())


def _write_csv(stream: BinaryIO, repetition: Repetition) -> None:
    """Write time, phase, angles, heights and lengths, the unit at the end of each name."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    for instant in _instants(repetition):
        row: dict[str, float | str] = {
            "time_s": _number(instant.time_s),
            "phase": str(instant.phase),
            "share_of_phase": _number(instant.fraction),
        }
        for name, value in coordinates_of(instant, repetition).items():
            row[name + ("_m" if name in _IN_METRES else "_deg")] = _number(value)
        row["hip_height_m"] = _number(instant.hip_height_m)
        row["bar_height_m"] = _number(instant.bar_height_m)
        for name, value in repetition.skeleton.lengths_m(instant.pose).items():
            row[f"{name}_length_m"] = _number(value)
        if not text.tell():
            table.writerow(row)
        table.writerow(row.values())
    stream.write(text.getvalue().encode())


def _number(value: float) -> str:
    # no minus on zero
    return f"{round(value, _DIGITS) + 0.0:.{_DIGITS}f}"


MOTION_FILES: Mapping[str, Callable[[BinaryIO, Repetition], None]] = {
    ".csv": _write_csv,
    ".mot": _write_mot,
    ".sto": _write_sto,
}


def motion_file_of(path: Path) -> Callable[[BinaryIO, Repetition], None] | None:
    """Return what writes a file with such a name, None where its end is none that is known."""
    return by_ending(path, MOTION_FILES)

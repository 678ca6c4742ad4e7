"""The motion and what is computed of it as numbers, for other programs.

``.mot`` holds joint angles and ``.sto`` muscle-tendon lengths, both as OpenSim reads them; ``.csv``
holds both in one table. Coordinates have the names of the Rajagopal model (OpenSim), whose ground
has x forward, y up and z to the right.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from visualizer.exercise.repetition import Instant, Repetition
from visualizer.export.output import Tell, Writer, by_ending, go_on

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
# What the numbers are of. Each line has a name before its only sign of equality: OpenSim's older
# reader (Storage) passes over names that it does not know, its newer one (STOFileAdapter) keeps
# them with the table, and readers that part every line at the sign go on.
_MODEL = (
    "model=legs and pelvis as in Rajagopal et al. 2016, doi 10.1109/TBME.2016.2586891, with the "
    "names and signs of its OpenSim file; {rest}"
)
_ANGLES = (
    _MODEL.format(
        rest="arms are a simple chain of our own under its names, the spine is held neutral"
    ),
    "signs=positive is hip flexion, hip adduction, internal hip rotation, knee flexion, ankle "
    "dorsiflexion, shoulder flexion and elbow flexion",
    "pelvis=tilt about z, then list about x, then rotation about y; positive tilt leans backwards, "
    "about 90 lies on the back",
    "ground=x forward, y up, z to the right; pelvis_tx, pelvis_ty and pelvis_tz are in metres",
)
_LENGTHS = (
    _MODEL.format(rest="the trunk is after Bruno and Christophy"),
    "unit=metres from origin to insertion, tendon included",
)


def _times_s(repetition: Repetition) -> list[float]:
    """Return the moments of a whole repetition, both ends included."""
    duration_s = repetition.schedule.duration_s
    steps = max(round(duration_s * RATE_HZ), 1)
    return [duration_s * k / steps for k in range(steps + 1)]


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


def _write_mot(stream: BinaryIO, repetition: Repetition, tell: Tell = go_on) -> None:
    """Write the angles of all joints."""
    head = _storage_head(repetition, "coordinates", (*_PELVIS, *_JOINTS), _ANGLES, degrees=True)
    row = _numbers(1 + len(_PELVIS) + len(_JOINTS), "\t")

    def line(instant: Instant) -> str:
        return row((instant.time_s, *coordinates_of(instant, repetition).values()))

    _write_lines(stream, head, repetition, line, tell)


def _write_sto(stream: BinaryIO, repetition: Repetition, tell: Tell = go_on) -> None:
    """Write the lengths of all muscle-tendon units, metres."""
    names = repetition.skeleton.tendon_names
    head = _storage_head(repetition, "lengths", names, _LENGTHS, degrees=False)
    row = _numbers(1 + len(names), "\t")

    def line(instant: Instant) -> str:
        return row((instant.time_s, *instant.pose.tendon_length_m.tolist()))

    _write_lines(stream, head, repetition, line, tell)


def _storage_head(
    repetition: Repetition, what: str, names: Sequence[str], told: Sequence[str], *, degrees: bool
) -> list[str]:
    """Return what stands above the numbers of OpenSim's storage files."""
    return [
        f"{repetition.variation.id} {what}",
        "version=1",
        f"nRows={len(_times_s(repetition))}",
        f"nColumns={1 + len(names)}",
        f"inDegrees={'yes' if degrees else 'no'}",
        *told,
        "endheader",
        "\t".join(("time", *names)),
    ]


def _write_csv(stream: BinaryIO, repetition: Repetition, tell: Tell = go_on) -> None:
    """Write time, phase, angles, heights and lengths, the unit at the end of each name."""
    lengths = repetition.skeleton.tendon_names
    names = (
        *(name + ("_m" if name in _IN_METRES else "_deg") for name in (*_PELVIS, *_JOINTS)),
        "hip_height_m",
        "bar_height_m",
        *(f"{name}_length_m" for name in lengths),
    )
    time, row = _numbers(1, ","), _numbers(1 + len(names), ",")

    def line(instant: Instant) -> str:
        numbers = (
            instant.fraction,
            *coordinates_of(instant, repetition).values(),
            instant.hip_height_m,
            instant.bar_height_m,
            *instant.pose.tendon_length_m.tolist(),
        )
        return f"{time((instant.time_s,))},{instant.phase},{row(numbers)}"

    head = [",".join(("time_s", "phase", "share_of_phase", *names))]
    _write_lines(stream, head, repetition, line, tell)


def _write_lines(
    stream: BinaryIO,
    head: Iterable[str],
    repetition: Repetition,
    line: Callable[[Instant], str],
    tell: Tell,
) -> None:
    """Write a line for each moment of a repetition, one after another."""
    stream.writelines(f"{text}\n".encode() for text in head)
    times_s = _times_s(repetition)
    for k, time_s in enumerate(times_s):
        tell(k, len(times_s))
        stream.write(f"{line(repetition.instant(time_s))}\n".encode())


def _numbers(count: int, between: str) -> Callable[[tuple[float, ...]], str]:
    """Return what writes so many numbers; all in one go, as there are a hundred thousand."""
    row, zero = between.join([f"%.{_DIGITS}f"] * count), f"{0:.{_DIGITS}f}"
    # no minus on zero
    return lambda values: (row % values).replace(f"-{zero}", zero)


MOTION_FILES: Mapping[str, Writer[Repetition]] = {
    ".csv": _write_csv,
    ".mot": _write_mot,
    ".sto": _write_sto,
}


def motion_file_of(path: Path) -> Writer[Repetition] | None:
    """Return what writes a file with such a name, None where its end is none that is known."""
    return by_ending(path, MOTION_FILES)

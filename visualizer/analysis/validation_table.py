"""Our lengths and moment arms beside those of OpenSim's original model.

``assets/opensim_reference.csv`` holds the Rajagopal 2016 model computed with OpenSim 4.6 on a grid
of hip and knee flexion, all other joints at zero. For each muscle-tendon unit:

shown
    The change over our motion, bottom to top, as the app shows it; the hips are also a
    little abducted and rotated there, and the ankle moves.
motion
    The same hip and knee angles, other joints at zero as in the reference, against OpenSim
    interpolated at these angles: the difference of the models alone.
grid
    Every pose of the grid that our joints reach, changes counted from hip 0°, knee 90°.

Changes of length are compared, not lengths: where a unit starts on the bone moves its length, not
its work. They are in percentage points of the optimal fibre length.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.skeleton import Skeleton
from visualizer.errors import DataError, Problem
from visualizer.exercise.repetition import Repetition
from visualizer.resources import asset
from visualizer.texts import N_, tr
from visualizer.texts.figures import figure

__all__ = [
    "EXPLAINED_ABOVE_POINTS",
    "REASONS",
    "Difference",
    "Reference",
    "ValidationRow",
    "format_table",
    "load_reference",
    "summary_lines",
    "validate",
]

Array = NDArray[np.float64]

EXPLAINED_ABOVE_POINTS = 10.0

_NEUTRAL = (0.0, 90.0)  # hip and knee flexion from which changes on the grid count, degrees

_ANKLE = N_("the ankle moves in the lift; the reference holds it at zero")
_GASTROCNEMIUS = N_(
    "behind the knee our source lets both heads wrap over one cylinder fixed to the shank, which "
    "shortens the arm at the knee; and the ankle moves in the lift; the reference holds it at zero"
)
_NOT_EXPLAINED = N_("not explained")

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "gaslat_r": _GASTROCNEMIUS,
        "gasmed_r": _GASTROCNEMIUS,
        "soleus_r": _ANKLE,
        "tibant_r": _ANKLE,
    }
)


@dataclass(frozen=True)
class Reference:
    """OpenSim's figures of one muscle-tendon unit on the grid.

    Attributes
    ----------
    hip_deg, knee_deg : (H,), (K,) ndarray
        Flexion angles of the grid.
    length_m, hip_arm_m, knee_arm_m : (H, K) ndarray
        Length and moment arms (negative extends).
    fibre_m : float
        Optimal fibre length.
    """

    hip_deg: Array
    knee_deg: Array
    length_m: Array
    hip_arm_m: Array
    knee_arm_m: Array
    fibre_m: float

    def at(self, values: Array, hip_deg: Array, knee_deg: Array) -> Array:
        """Interpolate ``values`` (H, K) bilinearly at angles (N,); outside, at the grid's edge."""
        i, f = _place(self.hip_deg, hip_deg)
        k, g = _place(self.knee_deg, knee_deg)
        low = values[i, k] * (1 - g) + values[i, k + 1] * g
        high = values[i + 1, k] * (1 - g) + values[i + 1, k + 1] * g
        return np.asarray(low * (1 - f) + high * f)


def _place(grid: Array, x: Array) -> tuple[NDArray[np.intp], Array]:
    x = np.clip(x, grid[0], grid[-1])
    i = np.clip(np.searchsorted(grid, x, side="right") - 1, 0, len(grid) - 2)
    return i, (x - grid[i]) / (grid[i + 1] - grid[i])


@cache
def load_reference(path: Path | None = None) -> Mapping[str, Reference]:
    """Read the reference file, by default the shipped one.

    Raises
    ------
    DataError
        When the file is missing or a figure in it is not a number.
    """
    path = asset("opensim_reference.csv") if path is None else path
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        hip = np.unique([float(r["hip_flexion_deg"]) for r in rows])
        knee = np.unique([float(r["knee_flexion_deg"]) for r in rows])
        columns = ("mtu_length_m", "hip_flexion_moment_arm_m", "knee_moment_arm_m")
        found: dict[str, list[Array]] = {}
        fibre: dict[str, float] = {}
        for r in rows:
            unit = r["muscle"]
            arrays = found.setdefault(unit, [np.full((len(hip), len(knee)), np.nan) for _ in "lhk"])
            i = int(np.searchsorted(hip, float(r["hip_flexion_deg"])))
            k = int(np.searchsorted(knee, float(r["knee_flexion_deg"])))
            for array, column in zip(arrays, columns, strict=True):
                array[i, k] = float(r[column])
            fibre[unit] = float(r["optimal_fiber_length_m"])
    except (KeyError, TypeError, ValueError) as error:
        problem = Problem(
            str(path), "", tr("this is not the reference of lengths ({error})").format(error=error)
        )
        raise DataError([problem]) from None
    gaps = [unit for unit, arrays in found.items() if any(np.isnan(a).any() for a in arrays)]
    if gaps or not found:
        message = tr("poses are missing for {muscles}; please reinstall").format(
            muscles=", ".join(gaps) or tr("every muscle")
        )
        raise DataError([Problem(str(path), "", message)])
    return MappingProxyType(
        {
            unit: Reference(hip, knee, length, hip_arm, knee_arm, fibre[unit])
            for unit, (length, hip_arm, knee_arm) in found.items()
        }
    )


@dataclass(frozen=True)
class Difference:
    """How far two sets of figures lie apart, in the unit of the figures.

    Attributes
    ----------
    largest, mean : float
        Largest and mean absolute difference.
    """

    largest: float
    mean: float

    @classmethod
    def of(cls, ours: Array, theirs: Array) -> Difference:
        """Compare two arrays of the same shape."""
        apart = np.abs(ours - theirs)
        return cls(float(apart.max()), float(apart.mean()))


@dataclass(frozen=True)
class ValidationRow:
    """One muscle-tendon unit of the reference file.

    Attributes
    ----------
    unit : str
        E.g. ``glmax1_r``.
    shown_percent, ours_percent, theirs_percent : float
        Change of length from the bottom to the top of our motion, per cent of the
        optimal fibre length: as shown, with hip and knee alone, and OpenSim's.
    motion_points, grid_points : Difference
        Differences of the change, percentage points, along the motion and on the grid.
    ours_hip_arm_m, theirs_hip_arm_m, ours_knee_arm_m, theirs_knee_arm_m : float
        Moment arms, mean over the motion; negative extends.
    hip_arm_motion_m, hip_arm_grid_m, knee_arm_motion_m, knee_arm_grid_m : Difference
        Differences of the moment arms.
    reason : str
        Why the change differs by more than 10 points; empty where it does not.
    """

    unit: str
    shown_percent: float
    ours_percent: float
    theirs_percent: float
    motion_points: Difference
    grid_points: Difference
    ours_hip_arm_m: float
    theirs_hip_arm_m: float
    ours_knee_arm_m: float
    theirs_knee_arm_m: float
    hip_arm_motion_m: Difference
    hip_arm_grid_m: Difference
    knee_arm_motion_m: Difference
    knee_arm_grid_m: Difference
    reason: str

    @property
    def largest_points(self) -> float:
        """Largest difference of the change: as shown, along the motion, or on the grid."""
        shown = abs(self.shown_percent - self.theirs_percent)
        return max(shown, self.motion_points.largest, self.grid_points.largest)


def validate(repetition: Repetition) -> tuple[ValidationRow, ...]:
    """Compare our model with the reference.

    Parameters
    ----------
    repetition : Repetition
        The motion, right side.
    """
    reference = load_reference()
    first = next(iter(reference.values()))
    skeleton, samples = repetition.skeleton, repetition.motion.joint_position
    limit = math.degrees(skeleton.joint_range["knee_angle_r"][1])
    grid = [(h, k) for h in first.hip_deg for k in first.knee_deg if k <= limit]
    angles = [samples[::4, skeleton.joint_address(j)] for j in ("hip_flexion_r", "knee_angle_r")]
    ends = [skeleton.pose_at(samples[i]).tendon_length_m for i in (0, -1)]
    shown_m = ends[1] - ends[0]
    figures = [
        _figures(skeleton, first, np.array([_NEUTRAL, *grid])),
        _figures(skeleton, first, np.degrees(np.column_stack(angles))),
    ]
    return tuple(
        _row(unit, skeleton.tendon(unit), theirs, float(shown_m[skeleton.tendon(unit)]), *figures)
        for unit, theirs in reference.items()
    )


@dataclass(frozen=True)
class _Ours:
    """Our figures at some poses: angles (P,), the others (P, T)."""

    hip_deg: Array
    knee_deg: Array
    length_m: Array
    hip_arm_m: Array
    knee_arm_m: Array


def _figures(skeleton: Skeleton, reference: Reference, angles_deg: Array) -> _Ours:
    """Return our figures at hip and knee angles (P, 2), held within the reference's grid."""
    hip = np.clip(angles_deg[:, 0], reference.hip_deg[0], reference.hip_deg[-1])
    knee = np.clip(angles_deg[:, 1], reference.knee_deg[0], reference.knee_deg[-1])
    positions = [
        skeleton.joint_positions(
            {"hip_flexion_r": math.radians(h), "knee_angle_r": math.radians(k)}
        )
        for h, k in zip(hip, knee, strict=True)
    ]
    return _Ours(
        hip,
        knee,
        np.array([skeleton.pose_at(q).tendon_length_m for q in positions]),
        np.array([skeleton.moment_arms_m(q, "hip_flexion_r") for q in positions]),
        np.array([skeleton.moment_arms_m(q, "knee_angle_r") for q in positions]),
    )


def _row(
    unit: str, t: int, theirs: Reference, shown_m: float, grid: _Ours, motion: _Ours
) -> ValidationRow:
    def change(ours: _Ours) -> tuple[Array, Array]:
        """Change from the first pose in per cent, ours and theirs."""
        reference = theirs.at(theirs.length_m, ours.hip_deg, ours.knee_deg)
        scale = 100.0 / theirs.fibre_m
        own = ours.length_m[:, t]
        return (own - own[0]) * scale, (reference - reference[0]) * scale

    def arms(ours: _Ours) -> tuple[Array, Array, Array, Array]:
        at = (ours.hip_deg, ours.knee_deg)
        hip, knee = theirs.at(theirs.hip_arm_m, *at), theirs.at(theirs.knee_arm_m, *at)
        return ours.hip_arm_m[:, t], hip, ours.knee_arm_m[:, t], knee

    own, reference = change(motion)
    own_hip, their_hip, own_knee, their_knee = arms(motion)
    grid_hip, grid_their_hip, grid_knee, grid_their_knee = arms(grid)
    row = ValidationRow(
        unit=unit,
        shown_percent=100.0 * shown_m / theirs.fibre_m,
        ours_percent=float(own[-1]),
        theirs_percent=float(reference[-1]),
        motion_points=Difference.of(own, reference),
        grid_points=Difference.of(*change(grid)),
        ours_hip_arm_m=float(own_hip.mean()),
        theirs_hip_arm_m=float(their_hip.mean()),
        ours_knee_arm_m=float(own_knee.mean()),
        theirs_knee_arm_m=float(their_knee.mean()),
        hip_arm_motion_m=Difference.of(own_hip, their_hip),
        hip_arm_grid_m=Difference.of(grid_hip, grid_their_hip),
        knee_arm_motion_m=Difference.of(own_knee, their_knee),
        knee_arm_grid_m=Difference.of(grid_knee, grid_their_knee),
        reason="",
    )
    if row.largest_points <= EXPLAINED_ABOVE_POINTS:
        return row
    return replace(row, reason=REASONS.get(unit, _NOT_EXPLAINED))


# Their columns stand above those of the figures, in every language.
_HEAD = (
    N_(
        "              change of length, % of fibre length          "
        "moment arm at the hip, mm        moment arm at the knee, mm"
    ),
    N_(
        "              bottom → top         difference, points      "
        "mean of motion  difference       mean of motion  difference"
    ),
    N_(
        "                                   motion     grid         "
        "                motion    grid                   motion    grid"
    ),
    N_(
        "unit           shown   ours OpenS.   max mean   max mean   "
        "ours  OpenSim  max   max mean   ours  OpenSim  max   max mean"
    ),
)


def format_table(rows: tuple[ValidationRow, ...], name: str) -> str:
    """Return the comparison as text: a table, what it sums up to, and the reasons.

    Parameters
    ----------
    rows : tuple of ValidationRow
        The comparison.
    name : str
        What the variation is called whose motion it is.
    """
    ours = f"{name[:1].lower()}{name[1:]}"
    lines = [
        tr("Muscle-tendon units of our model against OpenSim 4.6 (Rajagopal 2016), right leg."),
        tr(
            "shown: our {variation} as it is; ours and OpenSim: its hip and knee angles alone."
        ).format(variation=ours),
        tr("Moment arms: positive extends, as moments are counted. Differences are absolute."),
        "",
        *map(tr, _HEAD),
    ]
    lines += [_line(row) for row in rows]
    lines += ["", *summary_lines(rows), ""]
    above = f"{EXPLAINED_ABOVE_POINTS:g}"
    lines.append(tr("Differences of more than {points} points:").format(points=above))
    by_reason: dict[str, list[str]] = {}
    for row in rows:
        if row.reason:
            by_reason.setdefault(row.reason, []).append(f"{row.unit} ({row.largest_points:.0f})")
    lines += [f"  {', '.join(units)}: {tr(reason)}." for reason, units in by_reason.items()]
    return "\n".join(lines)


def summary_lines(
    rows: tuple[ValidationRow, ...], names: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """Return the largest and mean differences over all units, with the unit that has them.

    Parameters
    ----------
    rows : tuple of ValidationRow
        The comparison.
    names : mapping of str to str, optional
        What the units are called; by default as in the model.
    """

    def largest(what: str, of: Callable[[ValidationRow], Difference], factor: float) -> str:
        worst = max(rows, key=lambda r: of(r).largest)
        mean = float(np.mean([of(r).mean for r in rows])) * factor
        name = names[worst.unit] if names is not None else worst.unit
        return tr("{what}: largest {largest} ({unit}), mean {mean}").format(
            what=what,
            largest=figure(of(worst).largest * factor, digits=1),
            unit=name,
            mean=figure(mean, digits=1),
        )

    return (
        largest(tr("change of length along the motion, points"), lambda r: r.motion_points, 1.0),
        largest(tr("change of length on the grid, points"), lambda r: r.grid_points, 1.0),
        largest(
            tr("moment arm at the hip along the motion, mm"), lambda r: r.hip_arm_motion_m, 1e3
        ),
        largest(tr("moment arm at the hip on the grid, mm"), lambda r: r.hip_arm_grid_m, 1e3),
        largest(
            tr("moment arm at the knee along the motion, mm"), lambda r: r.knee_arm_motion_m, 1e3
        ),
        largest(tr("moment arm at the knee on the grid, mm"), lambda r: r.knee_arm_grid_m, 1e3),
    )


def _number(value: float, width: int) -> str:
    # + 0.0 turns a negative zero into zero
    return f"{round(value, 1) + 0.0:{width}.1f}"


def _line(row: ValidationRow) -> str:
    def pair(c: Difference, factor: float = 1.0) -> str:
        return _number(c.largest * factor, 5) + _number(c.mean * factor, 5)

    def arm(ours_m: float, theirs_m: float, motion: Difference, grid: Difference) -> str:
        # OpenSim counts an arm that flexes as positive; every view of ours one that extends
        both = _number(-ours_m * 1e3, 6) + _number(-theirs_m * 1e3, 8)
        return both + _number(motion.largest * 1e3, 5) + " " + pair(grid, 1e3)

    changes = (row.shown_percent, row.ours_percent, row.theirs_percent)
    hip = (row.ours_hip_arm_m, row.theirs_hip_arm_m, row.hip_arm_motion_m, row.hip_arm_grid_m)
    knee = (row.ours_knee_arm_m, row.theirs_knee_arm_m, row.knee_arm_motion_m, row.knee_arm_grid_m)
    return " ".join(
        [
            f"{row.unit:<13}" + "".join(_number(c, 7) for c in changes),
            pair(row.motion_points),
            pair(row.grid_points),
            arm(*hip),
            arm(*knee),
        ]
    )

"""The muscles of the back."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tools.bake.muscles.record import NO_TENDON, AuthoredMuscle, Loft, paths
from tools.bake.skeleton.landmarks import Landmarks, lerp, moved
from tools.bake.strands.strand import BodyBlend, Strand, between, free

__all__ = ["MUSCLES"]

Array = NDArray[np.float64]


def _spinal_blend(z: float) -> BodyBlend | str:
    """Return the body that the back moves with at a height."""
    if z < 1.03:
        return "sacrum"
    if z > 1.24:
        return "torso"
    names = ("sacrum", "lumbar5", "lumbar4", "lumbar3", "lumbar2", "lumbar1", "torso")
    place = (z - 1.03) / 0.21 * (len(names) - 1)
    k = min(int(place), len(names) - 2)
    return between(names[k], names[k + 1], place - k)


def _column(
    land: Landmarks, rows: list[tuple[float, float, float]], thorax_off_mm: float
) -> Strand:
    """Return a strand up the back from (height, distance from midplane, depth below spine)."""
    points, bodies = [], []
    for z, aside, depth in rows:
        p = np.array([land.mid - aside, land.spine_y(z) - depth, z])
        if z > 1.26:
            # on the ribs, whatever the table's depth would say
            angle = 180 - np.degrees(np.arctan2(aside, 0.095))
            p[1] = land.trunk(angle, z, thorax_off_mm)[1]
        points.append(p)
        bodies.append(_spinal_blend(z))
    return free(points, bodies)


def _longissimus(land: Landmarks) -> list[Strand]:
    return [
        _column(
            land,
            [
                (0.985, 0.012 + 0.004 * k, 0.004),
                (1.06, 0.016 + 0.009 * k, 0.012),
                (1.14, 0.018 + 0.010 * k, 0.018),
                (1.24, 0.018 + 0.009 * k, 0.014),
                (1.34, 0.020 + 0.008 * k, 0.012),
                (1.45, 0.020 + 0.007 * k, 0.012),
            ],
            9.0,
        )
        for k in range(3)
    ]


def _iliocostalis(land: Landmarks) -> list[Strand]:
    return [
        _column(
            land,
            [
                (1.02, 0.030 + 0.010 * k, 0.014),
                (1.08, 0.044 + 0.008 * k, 0.030),
                (1.15, 0.048 + 0.008 * k, 0.040),
                (1.23, 0.048 + 0.010 * k, 0.034),
                (1.33, 0.050 + 0.010 * k, 0.024),
                (1.43, 0.046 + 0.006 * k, 0.024),
            ],
            8.0,
        )
        for k in range(3)
    ]


def _spinalis(land: Landmarks) -> list[Strand]:
    return [
        _column(
            land,
            [
                (1.21, 0.007, 0.012),
                (1.28, 0.009, 0.012),
                (1.36, 0.010, 0.012),
                (1.43, 0.009, 0.010),
            ],
            10.0,
        )
    ]


def _multifidus(land: Landmarks) -> list[Strand]:
    return [
        _column(
            land,
            [
                (0.995 + 0.02 * k, 0.014 + 0.006 * k, 0.012),
                (1.06, 0.014 + 0.008 * k, 0.026),
                (1.12, 0.013 + 0.006 * k, 0.032),
                (1.19, 0.010 + 0.003 * k, 0.030),
            ],
            6.0,
        )
        for k in range(2)
    ]


def _trapezius(land: Landmarks) -> list[Strand]:
    mid, occiput, spine = land.mid, land.occiput, land.scapular_spine
    origins = [
        np.array([mid - 0.012, occiput[1] + 0.002, occiput[2] - 0.006]),
        np.array([mid, occiput[1] + 0.002, occiput[2] - 0.016]),
        np.array([mid, 0.264, 1.60]),
        np.array([mid + 0.002, 0.273, 1.56]),
        *(moved(land.spinous(k), 0.003, 0.004, 0.0) for k in (1, 2, 4, 6, 8, 10, 12)),
    ]
    insertions = [
        moved(land.clavicle(0.7), 0, 0, 0.008),
        moved(land.clavicle(0.8), 0, 0.004, 0.006),
        moved(land.acromion, 0.022, 0.008, 0.006),
        moved(lerp(land.acromion, spine[3], 0.5), 0, 0.006, 0.01),
        spine[3] + [0, 0.006, 0.006],
        spine[2] + [0, 0.006, 0.006],
        spine[2] + [0, 0.006, 0.004],
        spine[1] + [0, 0.006, 0.004],
        spine[1] + [0.002, 0.007, 0],
        spine[0] + [0, 0.007, 0],
        spine[0] + [0.004, 0.007, -0.004],
    ]
    strands: list[Strand] = []
    for i, (start, end) in enumerate(zip(origins, insertions, strict=True)):
        if i < 4:
            # down the neck, then out along the slope of the shoulder
            steep = np.array(
                [
                    lerp(start, end, 0.22)[0] - 0.016 + 0.004 * i,
                    lerp(start, end, 0.35)[1] + 0.004,
                    lerp(start, end, 0.42)[2],
                ]
            )
            level = np.array(
                [
                    lerp(start, end, 0.62)[0],
                    lerp(start, end, 0.68)[1] + 0.006,
                    lerp(start, end, 0.80)[2] + 0.006,
                ]
            )
            carrier = "clavicle_r" if i < 2 else "scapula_r"
            top = "head" if i < 2 else "neck"
            strands.append(free([start, steep, level, end], (top, "neck", "torso", carrier)))
        else:
            middle = lerp(start, end, 0.5)
            on_ribs = land.trunk(land.trunk_angle(middle), middle[2], 18.0)
            middle[1] = max(middle[1], on_ribs[1] + 0.006, 0.285)
            strands.append(free([start, middle, end], "torso torso scapula_r"))
    return strands


def _latissimus_dorsi(land: Landmarks) -> list[Strand]:
    insertion, angle = land.upper_arm.at(0.15, -10, 9), land.inferior_angle
    origins = [land.spinous(k) for k in (7, 9, 11, 13, 15, 17)]
    origins += [
        moved(land.crest(0.215), 0.006, 0.010, -0.004),
        moved(land.crest(0.19), -0.002, 0.010, -0.004),
    ]
    strands: list[Strand] = []
    for i, origin in enumerate(origins):
        f = i / (len(origins) - 1)
        start = origin + np.array([-0.004 if i < 6 else 0.0, 0.006, 0.0])
        end = moved(insertion, 0.0, 0.0, 0.012 - 0.028 * f)
        first = "torso" if i < 3 else "lumbar3" if i < 6 else "pelvis"
        if i < 2:
            # over the lower angle of the shoulder blade, which it holds to the ribs
            points = [
                start,
                moved(angle, 0.02, 0.012, 0.030 - 0.034 * i),
                moved(angle, -0.022, 0.006, 0.032 - 0.028 * i),
                moved(lerp(angle, insertion, 0.6), -0.008, 0.01, 0.0),
                end,
            ]
        else:
            ribs = land.trunk(150 - 25 * f, lerp(start, angle, 0.4)[2], 22.0 + 6.0 * f)
            side = land.trunk(128 - 26 * f, angle[2] - 0.010 - 0.055 * f, 20.0 - 2.0 * f)
            armpit = moved(
                lerp(side, insertion, 0.55), -0.01 + 0.012 * f, 0.014 - 0.008 * f, -0.004
            )
            points = [start, ribs, side, armpit, end]
        strands.append(free(points, (first, "torso", "torso", "humerus_r", "humerus_r")))
    return strands


def _rhomboids(land: Landmarks) -> list[Strand]:
    strands: list[Strand] = []
    for k, z in ((1, 1.465), (2, 1.445), (4, 1.420), (5, 1.400)):
        spine, border = land.spinous(k), land.medial_border(z)
        middle = moved(lerp(spine, border, 0.5), 0, 0.003, 0)
        start = np.array([land.mid - 0.004, spine[1] - 0.010, spine[2]])
        strands.append(
            free([start, middle, moved(border, 0.004, 0.002, 0)], "torso torso scapula_r")
        )
    return strands


def _tendon_diamond(points: Array, u: Array) -> Array:
    """Return the white of the tendinous diamond about the lowest vertebra of the neck."""
    diamond = np.exp(-(((points[:, 2] - 1.50) / 0.04) ** 2))
    return np.asarray(0.6 * np.clip((0.10 - u) / 0.06, 0, 1) * diamond)


MUSCLES: tuple[AuthoredMuscle, ...] = (
    AuthoredMuscle(
        "iliocostalis",
        belly=(0, 1),
        tendon_mm=5,
        power=0.25,
        strands=_iliocostalis,
        sheet=True,
        triangles=0.6,
    ),
    AuthoredMuscle(
        "longissimus",
        belly=(0, 1),
        tendon_mm=5,
        power=0.25,
        strands=_longissimus,
        sheet=True,
        triangles=0.6,
    ),
    AuthoredMuscle(
        "spinalis",
        belly=(0, 1),
        tendon_mm=3,
        power=0.4,
        strands=_spinalis,
        bias=1.6,
        triangles=0.6,
    ),
    AuthoredMuscle(
        "multifidus",
        belly=(0, 1),
        tendon_mm=3,
        power=0.5,
        strands=_multifidus,
        ends=(0.2, 0.2),
        sheet=True,
        bias=1.05,
        triangles=0.6,
        tendon=NO_TENDON,
    ),
    AuthoredMuscle(
        "quadratus_lumborum",
        belly=(0, 1),
        tendon_mm=5,
        power=0.3,
        strands=paths("QL_mid_L3-12.3", "QL_ant_I.3-12.2", "QL_ant_I.2-12.1"),
        bias=1.15,
        sheet=True,
        triangles=0.6,
    ),
    AuthoredMuscle(
        "trapezius",
        belly=(0, 1),
        tendon_mm=3.5,
        power=0.2,
        strands=_trapezius,
        bias=1.5,
        thickness_mm=5,
        sheet=True,
        white=_tendon_diamond,
    ),
    AuthoredMuscle(
        "latissimus_dorsi",
        belly=(0.07, 0.97),
        tendon_mm=3.5,
        power=0.25,
        strands=_latissimus_dorsi,
        bias=1.4,
        thickness_mm=3.4,
        sheet=True,
        tendon=NO_TENDON,
        loft=Loft(
            19,
            18,
            along=(0.45, 0.7, 1.1, 1.4, 1.2),
            across=(0.8, 0.9, 1.3),
            edge=(12, 12),
            beneath=("iliocostalis", "longissimus", "multifidus", "spinalis", "quadratus_lumborum"),
            clear_mm=1.2,
        ),
    ),
    AuthoredMuscle(
        "rhomboids",
        belly=(0, 1),
        tendon_mm=3,
        power=0.2,
        strands=_rhomboids,
        thickness_mm=3,
        bias=0.8,
        sheet=True,
        triangles=0.5,
    ),
)

"""The muscles of the back."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tools.bake.muscles.record import NO_TENDON, AuthoredMuscle, Loft, paths
from tools.bake.skeleton.frames import lerp
from tools.bake.skeleton.landmarks import BoneLandmarks
from tools.bake.strands.strand import BodyBlend, Strand, between, free

__all__ = ["MUSCLES"]

Array = NDArray[np.float64]

# The level above which the columns of the back lie on ribs.
_ON_RIBS = 10.37


def _spinal_blend(land: BoneLandmarks, z: float) -> BodyBlend:
    """Return the bodies that the back moves with at a height."""
    names = ("sacrum", "lumbar5", "lumbar4", "lumbar3", "lumbar2", "lumbar1", "torso")
    place = float(np.clip(1 - land.down(z, 11.11, 18.96), 0, 1)) * (len(names) - 1)
    k = min(int(place), len(names) - 2)
    return between(names[k], names[k + 1], place - k)


def _column(
    land: BoneLandmarks, rows: list[tuple[float, float, float]], thorax_off_mm: float
) -> Strand:
    """Return a strand up the back from (level, distance from midplane, depth below spine)."""
    points, bodies = [], []
    for level, aside, depth in rows:
        z = land.level(level)
        p = land.moved((land.mid, land.spine_y(z), z), -aside, -depth, 0.0)
        if level < _ON_RIBS:
            # whatever the table's depth would say
            angle = 180 - np.degrees(np.arctan2(aside, 0.095))
            p[1] = land.trunk(angle, z, thorax_off_mm)[1]
        points.append(p)
        bodies.append(_spinal_blend(land, z))
    return free(points, bodies)


def _longissimus(land: BoneLandmarks) -> list[Strand]:
    return [
        _column(
            land,
            [
                (20.84, 0.012 + 0.004 * k, 0.004),
                (17.70, 0.016 + 0.009 * k, 0.012),
                (15.17, 0.018 + 0.010 * k, 0.018),
                (11.11, 0.018 + 0.009 * k, 0.014),
                (7.33, 0.020 + 0.008 * k, 0.012),
                (2.54, 0.020 + 0.007 * k, 0.012),
            ],
            9.0,
        )
        for k in range(3)
    ]


def _iliocostalis(land: BoneLandmarks) -> list[Strand]:
    return [
        _column(
            land,
            [
                (19.38, 0.030 + 0.010 * k, 0.014),
                (16.90, 0.044 + 0.008 * k, 0.030),
                (14.82, 0.048 + 0.008 * k, 0.040),
                (11.39, 0.048 + 0.010 * k, 0.034),
                (7.77, 0.050 + 0.010 * k, 0.024),
                (3.35, 0.046 + 0.006 * k, 0.024),
            ],
            8.0,
        )
        for k in range(3)
    ]


def _spinalis(land: BoneLandmarks) -> list[Strand]:
    return [
        _column(
            land,
            [
                (11.95, 0.007, 0.012),
                (9.68, 0.009, 0.012),
                (6.40, 0.010, 0.012),
                (3.35, 0.009, 0.010),
            ],
            10.0,
        )
    ]


def _multifidus(land: BoneLandmarks) -> list[Strand]:
    return [
        _column(
            land,
            [
                (20.42 - 0.83 * k, 0.014 + 0.006 * k, 0.012),
                (17.70, 0.014 + 0.008 * k, 0.026),
                (15.72, 0.013 + 0.006 * k, 0.032),
                (13.26, 0.010 + 0.003 * k, 0.030),
            ],
            6.0,
        )
        for k in range(2)
    ]


def _trapezius(land: BoneLandmarks) -> list[Strand]:
    spine, occiput = land.scapular_spine, np.array([land.mid, *land.occiput[1:]])
    hindmost = land.chest.origin[1]
    origins = [
        # a little beyond the midplane, where both sides are cut off against each other
        land.moved(occiput, -0.010, 0.002, -0.006),
        land.moved(occiput, 0.004, 0.003, -0.016),
        land.in_neck(-5.82, -0.005, 0.0297),
        land.in_neck(-3.04, -0.006, 0.0387),
        *(land.moved(land.spinous(k), 0.008, 0.006, 0.0) for k in (1, 2, 4, 6, 8, 10, 12)),
    ]
    insertions = [
        land.moved(land.clavicle(0.7), 0, 0, 0.008),
        land.moved(land.clavicle(0.8), 0, 0.004, 0.006),
        land.moved(land.acromion, 0.022, 0.008, 0.006),
        land.moved(lerp(land.acromion, spine[3], 0.5), 0, 0.006, 0.01),
        land.moved(spine[3], 0, 0.006, 0.006),
        land.moved(spine[2], 0, 0.006, 0.006),
        land.moved(spine[2], 0, 0.006, 0.004),
        land.moved(spine[1], 0, 0.006, 0.004),
        land.moved(spine[1], 0.002, 0.007, 0),
        land.moved(spine[0], 0, 0.007, 0),
        land.moved(spine[0], 0.004, 0.007, -0.004),
    ]
    strands: list[Strand] = []
    for i, (start, end) in enumerate(zip(origins, insertions, strict=True)):
        if i < 4:
            # down the neck, then out along the slope of the shoulder
            steep = land.moved(
                [lerp(start, end, share)[c] for c, share in enumerate((0.22, 0.35, 0.42))],
                -0.016 + 0.004 * i, 0.004, 0.0,
            )  # fmt: skip
            level = land.moved(
                [lerp(start, end, share)[c] for c, share in enumerate((0.62, 0.68, 0.80))],
                0.0, 0.006, 0.006,
            )  # fmt: skip
            carrier = "clavicle_r" if i < 2 else "scapula_r"
            top = "head" if i < 2 else "neck"
            strands.append(free([start, steep, level, end], (top, "neck", "torso", carrier)))
        else:
            middle = lerp(start, end, 0.5)
            on_ribs = land.trunk(land.trunk_angle(middle), middle[2], 18.0)
            over = on_ribs[1] + 0.006 * land.scale, hindmost - 0.016 * land.scale
            middle[1] = max(middle[1], *over)
            strands.append(free([start, middle, end], "torso torso scapula_r"))
    return strands


def _latissimus_dorsi(land: BoneLandmarks) -> list[Strand]:
    insertion, angle = land.upper_arm.at(0.15, -10, 9), land.inferior_angle
    origins = [land.spinous(k) for k in (7, 9, 11, 13, 15, 17)]
    origins += [
        land.moved(land.crest(0.834), 0.006, 0.010, -0.004),
        land.moved(land.crest(0.653), -0.002, 0.010, -0.004),
    ]
    strands: list[Strand] = []
    for i, origin in enumerate(origins):
        f = i / (len(origins) - 1)
        start = land.moved(origin, -0.004 if i < 6 else 0.0, 0.006, 0.0)
        end = land.moved(insertion, 0.0, 0.0, 0.012 - 0.028 * f)
        first = "torso" if i < 3 else "lumbar3" if i < 6 else "pelvis"
        if i < 2:
            # over the lower angle of the shoulder blade, which it holds to the ribs
            points = [
                start,
                land.moved(angle, 0.02, 0.014, 0.042 - 0.047 * i),
                land.moved(angle, -0.022, 0.009, 0.040 - 0.040 * i),
                land.moved(lerp(angle, insertion, 0.6), -0.008, 0.01, -0.004),
                end,
            ]
        else:
            ribs = land.trunk(150 - 31 * f, lerp(start, angle, 0.4)[2], 22.0 + 6.0 * f)
            z = angle[2] - (0.010 + 0.055 * f) * land.scale
            side = land.trunk(128 - 33 * f, z, 20.0 - 1.0 * f)
            armpit = land.moved(
                lerp(side, insertion, 0.55), -0.01 + 0.012 * f, 0.014 - 0.008 * f, -0.004
            )
            points = [start, ribs, side, armpit, end]
        strands.append(free(points, (first, "torso", "torso", "humerus_r", "humerus_r")))
    return strands


def _rhomboids(land: BoneLandmarks) -> list[Strand]:
    strands: list[Strand] = []
    for k, share in ((1, 0.584), (2, 0.442), (4, 0.264), (5, 0.122), (5, 0.0)):
        spine, border = land.spinous(k), land.medial_border(share)
        middle = land.moved(lerp(spine, border, 0.5), 0, 0.003, 0)
        start = land.moved(spine, -0.004, -0.010, 0.0)
        strands.append(
            free([start, middle, land.moved(border, 0.004, 0.002, 0)], "torso torso scapula_r")
        )
    return strands


def _tendon_diamond(land: BoneLandmarks, points: Array, u: Array) -> Array:
    """Return the white of the tendinous diamond about the lowest vertebra of the neck."""
    diamond = np.exp(-(((points[:, 2] - land.level(0.49)) / (0.04 * land.scale)) ** 2))
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
        bias=1.75,
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
            beneath=(
                "iliocostalis",
                "longissimus",
                "multifidus",
                "spinalis",
                "quadratus_lumborum",
                "infraspinatus",
                "rhomboids",
            ),
            clear_mm=1.2,
        ),
    ),
    AuthoredMuscle(
        "rhomboids",
        belly=(0, 1),
        tendon_mm=3,
        power=0.2,
        strands=_rhomboids,
        thickness_mm=2.7,
        bias=0.8,
        sheet=True,
        triangles=0.5,
    ),
)

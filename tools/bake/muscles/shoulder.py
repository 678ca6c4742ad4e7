"""The muscles from the shoulder blade to the arm."""

from __future__ import annotations

import numpy as np

from tools.bake.muscles.record import NO_TENDON, AuthoredMuscle
from tools.bake.skeleton.frames import lerp
from tools.bake.skeleton.landmarks import BoneLandmarks
from tools.bake.strands.strand import Strand, free

__all__ = ["MUSCLES"]


def _deltoid(land: BoneLandmarks) -> list[Strand]:
    arm, acromion, spine = land.upper_arm, land.acromion, land.scapular_spine
    insertion = arm.at(0.45, 12, 3)
    origins = [
        land.moved(land.clavicle(0.62), 0, -0.004, 0.002),
        land.moved(land.clavicle(0.8), 0, -0.005, 0.003),
        land.moved(land.clavicle(0.97), -0.004, -0.006, 0.004),
        land.moved(acromion, 0.006, -0.006, 0.004),
        land.moved(acromion, -0.004, 0.004, 0.002),
        land.moved(acromion, 0.004, 0.018, 0.002),
        land.moved(lerp(acromion, spine[3], 0.7), 0, 0.006, 0.004),
        land.moved(spine[3], 0, 0.006, 0),
        land.moved(spine[2], 0, 0.008, -0.002),
    ]
    strands: list[Strand] = []
    for i, start in enumerate(origins):
        f = i / (len(origins) - 1)
        turn = np.pi * (f * 0.98 + 0.01)
        # round the humeral head from the front over the side to the back
        aside, ahead = 1e3 * 0.95 * np.sin(turn), 1e3 * np.cos(turn)
        cap = arm.at(0.02, 0.043 * aside, 0.043 * ahead)
        low = arm.at(0.25, 0.040 * aside, 0.038 * ahead)
        end = land.moved(insertion, 0.0, -0.012 * (0.5 - f), 0.012 - 0.02 * abs(f - 0.5))
        carrier = "clavicle_r" if i < 3 else "scapula_r"
        strands.append(free([start, cap, low, end], f"{carrier} humerus_r humerus_r humerus_r"))
    return strands


def _infraspinatus(land: BoneLandmarks) -> list[Strand]:
    arm = land.upper_arm
    behind_head = arm.at(-0.02, 20, -12)
    origins = [
        land.moved(land.medial_border(share), -0.006, 0.008, 0)
        for share in (-0.034, 0.065, 0.172, 0.279, 0.392, 0.499)
    ]
    ways = [
        (start, land.moved(lerp(start, behind_head, 0.45), 0.003, 0.014, -0.022 + 0.007 * k))
        for k, start in enumerate(origins)
    ]
    # the lowest fibres run along the edge of the blade, whose ridge would show as a spike
    edge = land.lateral_border
    ways.insert(
        0, (land.moved(edge(0.12), 0.004, 0.009, 0), land.moved(edge(0.42), 0, 0.031, 0.012))
    )
    return [
        free(
            [start, middle, land.moved(behind_head, 0.004, 0.006, -0.008 + 0.004 * k)],
            "scapula_r scapula_r humerus_r",
        )
        for k, (start, middle) in enumerate(ways)
    ]


def _supraspinatus(land: BoneLandmarks) -> list[Strand]:
    arm, spine = land.upper_arm, land.scapular_spine
    return [
        free(
            [
                land.moved(land.superior_angle, -0.01, 0.004, -0.012),
                land.moved(lerp(spine[1], land.superior_angle, 0.5), -0.02, -0.004, 0.0),
                arm.at(-0.07, 10, 0),
                arm.at(-0.04, 20, 4),
            ],
            "scapula_r scapula_r humerus_r humerus_r",
        )
    ]


def _subscapularis(land: BoneLandmarks) -> list[Strand]:
    front_head = land.upper_arm.at(0.03, -2, 22)
    return [
        free(
            [
                land.moved(land.medial_border(share), -0.006, -0.006, 0),
                land.moved(lerp(land.medial_border(share), front_head, 0.5), 0.002, -0.006, -0.008),
                front_head,
            ],
            "scapula_r scapula_r humerus_r",
        )
        for share in (0.158, 0.371, 0.584)
    ]


def _teres_minor(land: BoneLandmarks) -> list[Strand]:
    arm = land.upper_arm
    behind_head = arm.at(-0.02, 20, -12)
    edge = land.lateral_border
    return [
        free(
            [
                land.moved(edge(0.30), 0, 0.016, 0),
                land.moved(lerp(edge(0.6), behind_head, 0.4), 0, 0.015, -0.004),
                arm.at(0.06, 17, -12),
            ],
            "scapula_r scapula_r humerus_r",
        ),
        free(
            [
                land.moved(edge(0.5), 0, 0.017, 0),
                land.moved(lerp(edge(0.8), behind_head, 0.5), 0, 0.014, 0),
                arm.at(0.02, 19, -12),
            ],
            "scapula_r scapula_r humerus_r",
        ),
    ]


def _teres_major(land: BoneLandmarks) -> list[Strand]:
    edge, crest = land.lateral_border, land.upper_arm.at(0.19, -9, 8)
    return [
        free(
            [
                land.moved(edge(0.02 + 0.22 * k), 0, 0.008, 0.002),
                land.moved(lerp(edge(0.2 * k), crest, 0.5), -0.004, 0.008, 0.0),
                land.moved(crest, 0, 0, 0.012 * k),
            ],
            "scapula_r scapula_r humerus_r",
        )
        # along the edge of the blade, which would show as a spike between it and the teres minor
        for k in (0.0, 1.0, 1.7)
    ]


def _coracobrachialis(land: BoneLandmarks) -> list[Strand]:
    upper = land.upper_arm
    return [
        free(
            [land.coracoid, upper.at(0.20, -17, 10), upper.at(0.50, -10, 3)],
            "scapula_r humerus_r humerus_r",
        )
    ]


MUSCLES: tuple[AuthoredMuscle, ...] = (
    AuthoredMuscle(
        "deltoid",
        belly=(0, 0.97),
        tendon_mm=4,
        power=0.5,
        strands=_deltoid,
        # the fibres of collar bone, acromion and spine; a groove that is filled up would not show
        widths=(0.9, 1.05, 0.85, 0.85, 1.2, 0.85, 0.85, 1.05, 0.9),
        parts=(2, 5),
        most_fill_mm=0.6,
        triangles=1.6,
        bias=1.25,
        thickness_mm=4,
        ends=(0.45, 0.2),
        sheet=True,
    ),
    AuthoredMuscle(
        "infraspinatus",
        belly=(0, 0.95),
        tendon_mm=4,
        power=0.5,
        strands=_infraspinatus,
        thickness_mm=4,
        ends=(0.5, 0.3),
        sheet=True,
        # it ends beneath the deltoid, which its tendons would come through
        tendon=NO_TENDON,
    ),
    AuthoredMuscle(
        "supraspinatus",
        belly=(0, 0.75),
        tendon_mm=2,
        strands=_supraspinatus,
        triangles=0.5,
        tendon=NO_TENDON,
    ),
    AuthoredMuscle(
        "subscapularis",
        belly=(0, 0.9),
        tendon_mm=4,
        power=0.5,
        strands=_subscapularis,
        sheet=True,
        triangles=0.5,
        tendon=NO_TENDON,
    ),
    AuthoredMuscle(
        "teres_minor",
        belly=(0, 0.95),
        bias=1.2,
        tendon_mm=3,
        strands=_teres_minor,
        sheet=True,
        tendon=NO_TENDON,
    ),
    AuthoredMuscle(
        "teres_major",
        belly=(0, 0.97),
        tendon_mm=4,
        power=0.5,
        bias=1.15,
        strands=_teres_major,
        sheet=True,
    ),
    AuthoredMuscle(
        "coracobrachialis",
        belly=(0.1, 1),
        tendon_mm=3,
        strands=_coracobrachialis,
        bias=1.25,
        triangles=0.6,
    ),
)

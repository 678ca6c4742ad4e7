"""Strands of the shoulder girdle: trapezius, latissimus, pectoral, deltoid and the cuff."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tools.bake.skeleton.landmarks import Landmarks, lerp, moved
from tools.bake.strands.strand import Strand, between, free

__all__ = ["shoulder_strands"]

Array = NDArray[np.float64]


def shoulder_strands(land: Landmarks) -> dict[str, list[Strand]]:
    """Return the strands of the shoulder's muscles by muscle id, right side."""
    return {
        "trapezius": _trapezius(land),
        "latissimus_dorsi": _latissimus(land),
        "pectoralis_major": _pectoral(land),
        "deltoid": _deltoid(land),
        "rhomboids": _rhomboids(land),
        **_cuff(land),
    }


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


def _latissimus(land: Landmarks) -> list[Strand]:
    insertion, angle = land.upper_arm.at(0.15, -10, 9), land.inferior_angle
    origins = [land.spinous(k) for k in (7, 9, 11, 13, 15, 17)]
    origins += [
        moved(land.crest(0.215), 0.01, 0.012, 0.0),
        moved(land.crest(0.19), -0.002, 0.012, 0.002),
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


def _pectoral(land: Landmarks) -> list[Strand]:
    insertion = land.upper_arm.at(0.17, 3, 15)
    origins = [
        moved(land.clavicle(0.52), 0, -0.006, -0.002),
        moved(land.clavicle(0.3), 0, -0.008, -0.003),
        moved(land.clavicle(0.1), 0, -0.008, -0.006),
    ]
    rows = ((6, 1.462), (6, 1.43), (6.5, 1.395), (11, 1.36), (24, 1.330))
    origins += [land.trunk(angle, z, 7.0) for angle, z in rows]
    strands: list[Strand] = []
    for i, start in enumerate(origins):
        f = i / 7
        # lower fibres twist behind the upper ones and insert higher
        end = moved(insertion, 0.0, -0.002, -0.03 + 0.046 * f)
        if i > 3:
            angle = (60, 50, 42, 40, 40, 42, 45, 50)[i]
            ribs = land.trunk(angle, lerp(start, end, 0.5)[2], 18 + 4 * np.sin(np.pi * f))
        else:
            ribs = moved(lerp(start, end, 0.45), 0, -0.02 + 0.002 * i, 0.004)
        fold = moved(lerp(ribs, end, 0.55), -0.004, -0.02, 0.0)
        carrier = "clavicle_r" if i < 3 else "torso"
        # the fold of the armpit stays partly with the chest, or it sinks in when the arm goes back
        between_both = between("torso", "humerus_r", 0.7)
        strands.append(
            free([start, ribs, fold, end], (carrier, "torso", between_both, "humerus_r"))
        )
    return strands


def _deltoid(land: Landmarks) -> list[Strand]:
    arm, acromion, spine = land.upper_arm, land.acromion, land.scapular_spine
    insertion = arm.at(0.45, 12, 3)
    origins = [
        moved(land.clavicle(0.62), 0, -0.004, 0.002),
        moved(land.clavicle(0.8), 0, -0.005, 0.003),
        moved(land.clavicle(0.97), -0.004, -0.006, 0.004),
        moved(acromion, 0.006, -0.006, 0.004),
        moved(acromion, -0.004, 0.004, 0.002),
        moved(acromion, 0.004, 0.018, 0.002),
        moved(lerp(acromion, spine[3], 0.7), 0, 0.006, 0.004),
        spine[3] + [0, 0.006, 0],
        spine[2] + [0, 0.008, -0.002],
    ]
    strands: list[Strand] = []
    for i, start in enumerate(origins):
        f = i / (len(origins) - 1)
        turn = np.pi * (f * 0.98 + 0.01)
        # round the humeral head from the front over the side to the back
        aside, ahead = 1e3 * 0.95 * np.sin(turn), 1e3 * np.cos(turn)
        cap = arm.at(0.02, 0.043 * aside, 0.043 * ahead)
        low = arm.at(0.25, 0.040 * aside, 0.038 * ahead)
        end = moved(insertion, 0.0, -0.012 * (0.5 - f), 0.012 - 0.02 * abs(f - 0.5))
        carrier = "clavicle_r" if i < 3 else "scapula_r"
        strands.append(free([start, cap, low, end], f"{carrier} humerus_r humerus_r humerus_r"))
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


def _cuff(land: Landmarks) -> dict[str, list[Strand]]:
    arm = land.upper_arm
    behind_head = arm.at(-0.02, 20, -12)
    infraspinatus = [
        free(
            [
                moved(land.medial_border(z), -0.006, 0.008, 0),
                moved(lerp(land.medial_border(z), behind_head, 0.45), 0, 0.014, -0.01 + 0.006 * k),
                moved(behind_head, 0.004, 0.006, -0.004 + 0.004 * k),
            ],
            "scapula_r scapula_r humerus_r",
        )
        for k, z in enumerate((1.400, 1.418, 1.436, 1.453))
    ]
    spine = land.scapular_spine
    supraspinatus = [
        free(
            [
                moved(land.superior_angle, -0.01, 0.004, -0.012),
                moved(lerp(spine[1], land.superior_angle, 0.5), -0.02, -0.004, 0.0),
                arm.at(-0.07, 10, 0),
                arm.at(-0.04, 20, 4),
            ],
            "scapula_r scapula_r humerus_r humerus_r",
        )
    ]
    front_head = arm.at(0.03, -2, 22)
    subscapularis = [
        free(
            [
                moved(land.medial_border(z), -0.006, -0.006, 0),
                moved(lerp(land.medial_border(z), front_head, 0.5), 0.002, -0.006, -0.008),
                front_head,
            ],
            "scapula_r scapula_r humerus_r",
        )
        for z in (1.405, 1.435, 1.465)
    ]
    edge = land.lateral_border
    teres_minor = [
        free(
            [
                moved(edge(0.45), 0, 0.008, 0),
                moved(lerp(edge(0.7), behind_head, 0.4), 0, 0.01, -0.004),
                arm.at(0.06, 17, -12),
            ],
            "scapula_r scapula_r humerus_r",
        ),
        free(
            [
                moved(edge(0.7), 0, 0.008, 0),
                moved(lerp(edge(0.85), behind_head, 0.5), 0, 0.01, 0),
                arm.at(0.02, 19, -12),
            ],
            "scapula_r scapula_r humerus_r",
        ),
    ]
    crest = arm.at(0.19, -9, 8)
    teres_major = [
        free(
            [
                moved(edge(0.02 + 0.22 * k), 0, 0.008, 0.002),
                moved(lerp(edge(0.2 * k), crest, 0.5), -0.004, 0.008, 0.0),
                moved(crest, 0, 0, 0.012 * k),
            ],
            "scapula_r scapula_r humerus_r",
        )
        for k in (0, 1)
    ]
    return {
        "infraspinatus": list(infraspinatus),
        "supraspinatus": list(supraspinatus),
        "subscapularis": list(subscapularis),
        "teres_minor": list(teres_minor),
        "teres_major": list(teres_major),
    }

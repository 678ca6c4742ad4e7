"""The muscles of the arm, authored along our own bone axes (no definition of the source is used).

Rows place points by a letter, which picks axis and body, and three numbers: share of the bone,
millimetres outwards and forwards on the upper arm (``U``); share, towards the back of the hand and
towards the thumb on the forearm (``E`` ulna, ``F`` near the elbow, ``R`` radius, ``M`` both bones,
``H`` hand).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tools.bake.muscles.record import LEFT, AuthoredMuscle, Strands, Tendon
from tools.bake.skeleton.landmarks import BoneLandmarks
from tools.bake.strands.strand import BodyBlend, Strand, between, free

__all__ = ["MUSCLES"]

Array = NDArray[np.float64]
_Point = tuple[str, float, float, float]

_HUMERUS, _ULNA, _RADIUS, _HAND = "humerus_r", "ulna_r", "radius_r", "hand_r"


def _placed(*rows: tuple[_Point, ...]) -> Strands:
    """Return strands of placed points, one tuple per strand."""

    def strands(land: BoneLandmarks) -> list[Strand]:
        placed = [[_place(land, point) for point in row] for row in rows]
        return [free([p for p, _ in row], [b for _, b in row]) for row in placed]

    return strands


def _place(land: BoneLandmarks, point: _Point) -> tuple[Array, BodyBlend | str]:
    """Return where a point lies and what carries it."""
    upper, lower = land.upper_arm, land.forearm
    letter, share, first, second = point
    if letter == "U":
        return upper.at(share, first, second), _HUMERUS
    where = lower.at(share, first, second)
    if letter == "F":
        # near the elbow the radius turns under the muscles without taking them along
        return where, between(_ULNA, _RADIUS, 0.25)
    body = {"E": _ULNA, "R": _RADIUS, "H": _HAND}.get(letter)
    return where, body if body is not None else between(_ULNA, _RADIUS, share)


def _biceps_brachii(land: BoneLandmarks) -> list[Strand]:
    upper, tuberosity = land.upper_arm, land.forearm.at(0.15, -4, 6)
    return [
        free(
            [
                land.moved(land.shoulder, 0.012, -0.004, 0.03),
                upper.at(-0.01, 6, 24),
                upper.at(0.22, 6, 21),
                upper.at(0.52, 6, 28),
                upper.at(0.84, 1, 27),
                tuberosity,
            ],
            "scapula_r humerus_r humerus_r humerus_r humerus_r radius_r",
        ),
        free(
            [
                land.coracoid,
                upper.at(0.18, -14, 18),
                upper.at(0.36, -12, 22),
                upper.at(0.56, -9, 27),
                upper.at(0.84, -5, 26),
                tuberosity,
            ],
            "scapula_r humerus_r humerus_r humerus_r humerus_r radius_r",
        ),
    ]


def _triceps_brachii_long_head(land: BoneLandmarks) -> list[Strand]:
    upper, lower = land.upper_arm, land.forearm
    return [
        free(
            [
                land.moved(land.shoulder, 0.024, 0.012, -0.03),
                upper.at(0.24, -14, -20),
                upper.at(0.46, -11, -27),
                upper.at(0.72, -5, -26),
                lower.at(-0.03, -2, -19),
            ],
            "scapula_r humerus_r humerus_r humerus_r ulna_r",
        )
    ]


MUSCLES: tuple[AuthoredMuscle, ...] = (
    AuthoredMuscle(
        "biceps_brachii",
        belly=(0.28, 0.86),
        tendon_mm=2.5,
        power=0.7,
        strands=_biceps_brachii,
        tendon=Tendon((4.5, 3.5), (3, 2.5), LEFT),
    ),
    AuthoredMuscle(
        "brachialis",
        belly=(0, 0.96),
        tendon_mm=4,
        power=0.6,
        strands=_placed(
            (("U", 0.48, 8, 8), ("U", 0.72, 8, 14), ("U", 0.92, 2, 17), ("E", 0.09, -3, 6)),
            (("U", 0.48, -6, 8), ("U", 0.72, -6, 15), ("U", 0.92, -4, 18), ("E", 0.11, -5, 6)),
        ),
        sheet=True,
        triangles=0.8,
    ),
    AuthoredMuscle(
        "triceps_brachii_long_head",
        belly=(0.02, 0.90),
        tendon_mm=4,
        power=0.5,
        taper=0.8,
        strands=_triceps_brachii_long_head,
        tendon=Tendon((12, 9), (2.5, 3), LEFT),
    ),
    AuthoredMuscle(
        "triceps_brachii_lateral_head",
        belly=(0, 0.93),
        tendon_mm=4,
        power=0.5,
        taper=0.8,
        strands=_placed(
            (
                ("U", 0.16, 10, -12),
                ("U", 0.34, 17, -17),
                ("U", 0.55, 16, -21),
                ("U", 0.78, 9, -22),
                ("E", -0.03, 2, -18),
            ),
            (
                ("U", 0.30, 12, -6),
                ("U", 0.48, 19, -10),
                ("U", 0.66, 17, -15),
                ("U", 0.84, 11, -18),
                ("E", -0.03, 4, -17),
            ),
        ),
        bias=1.15,
        sheet=True,
    ),
    AuthoredMuscle(
        "triceps_brachii_medial_head",
        belly=(0, 0.97),
        tendon_mm=4,
        power=0.5,
        strands=_placed(
            (
                ("U", 0.40, -4, -10),
                ("U", 0.66, -11, -14),
                ("U", 0.86, -9, -17),
                ("E", -0.02, -3, -17),
            ),
            (("U", 0.52, 4, -10), ("U", 0.72, 4, -14), ("U", 0.88, 3, -18), ("E", -0.02, 1, -17)),
        ),
        bias=0.9,
        sheet=True,
        triangles=0.8,
    ),
    AuthoredMuscle(
        "brachioradialis",
        belly=(0, 0.72),
        tendon_mm=2,
        power=0.6,
        taper=1.3,
        strands=_placed(
            (
                ("U", 0.74, 14, 2),
                ("U", 0.90, 22, 14),
                ("F", 0.10, 14, 26),
                ("M", 0.34, 8, 27),
                ("R", 0.60, 4, 20),
                ("R", 0.95, 4, 17),
            )
        ),
        ends=(0.4, 0),
        bias=1.05,
        triangles=0.8,
    ),
    AuthoredMuscle(
        "wrist_extensors",
        into_skin="hand",
        belly=(0, 0.86),
        tendon_mm=1.8,
        power=0.6,
        taper=1.8,
        strands=_placed(
            (
                ("U", 0.84, 22, 3),
                ("F", 0.05, 27, 14),
                ("F", 0.22, 22, 16),
                ("M", 0.46, 17, 14),
                ("R", 0.78, 12, 11),
                ("H", 1.03, 10, 9),
            ),
            (
                ("U", 0.92, 27, 0),
                ("F", 0.12, 29, 7),
                ("F", 0.28, 24, 8),
                ("M", 0.50, 19, 7),
                ("R", 0.80, 13, 6),
                ("H", 1.03, 11, 3),
            ),
        ),
        ends=(0.4, 0),
        sheet=True,
        triangles=0.8,
    ),
    AuthoredMuscle(
        "finger_extensors",
        into_skin="hand",
        belly=(0, 0.80),
        tendon_mm=1.8,
        power=0.6,
        taper=1.2,
        strands=_placed(
            (
                ("U", 0.96, 27, -5),
                ("F", 0.16, 26, 0),
                ("F", 0.34, 24, -1),
                ("M", 0.58, 18, -2),
                ("R", 0.84, 12, -2),
                ("H", 1.03, 11, -3),
            ),
            (
                ("U", 0.97, 23, -10),
                ("F", 0.16, 23, -8),
                ("F", 0.34, 21, -10),
                ("M", 0.58, 15, -10),
                ("M", 0.84, 10, -9),
                ("H", 1.03, 9, -10),
            ),
            (
                ("U", 0.97, 14, -14),
                ("F", 0.16, 17, -17),
                ("F", 0.34, 15, -19),
                ("E", 0.58, 11, -18),
                ("E", 0.84, 7, -16),
                ("H", 1.02, 4, -18),
            ),
        ),
        ends=(0.4, 0),
        sheet=True,
        triangles=0.8,
    ),
    AuthoredMuscle(
        "forearm_flexors",
        into_skin="hand",
        belly=(0, 0.82),
        tendon_mm=1.8,
        power=0.6,
        taper=1.2,
        strands=_placed(
            (
                ("U", 0.92, -24, 2),
                ("F", 0.12, -19, 12),
                ("F", 0.32, -17, 14),
                ("M", 0.55, -14, 11),
                ("M", 0.84, -12, 7),
                ("H", 1.02, -11, 6),
            ),
            (
                ("U", 0.93, -27, 0),
                ("F", 0.12, -25, 3),
                ("F", 0.32, -23, 4),
                ("M", 0.55, -17, 2),
                ("M", 0.84, -13, 0),
                ("H", 1.02, -12, -2),
            ),
            (
                ("U", 0.94, -27, -4),
                ("F", 0.12, -25, -7),
                ("F", 0.32, -22, -8),
                ("M", 0.55, -16, -8),
                ("M", 0.84, -12, -7),
                ("H", 1.02, -11, -9),
            ),
            (
                ("U", 0.95, -24, -8),
                ("F", 0.12, -18, -16),
                ("F", 0.32, -15, -19),
                ("E", 0.55, -11, -18),
                ("E", 0.84, -8, -15),
                ("H", 1.02, -9, -16),
            ),
            (
                ("E", 0.10, -8, -8),
                ("E", 0.30, -13, -8),
                ("M", 0.55, -11, -5),
                ("M", 0.84, -9, -3),
                ("H", 1.02, -9, -3),
            ),
        ),
        ends=(0.5, 0),
        sheet=True,
        triangles=0.8,
    ),
    AuthoredMuscle(
        "flexor_pollicis_longus",
        into_skin="hand",
        belly=(0, 0.66),
        tendon_mm=1.4,
        power=0.6,
        strands=_placed(
            (("R", 0.28, -6, 9), ("R", 0.50, -10, 10), ("R", 0.75, -9, 9), ("H", 1.02, -9, 10))
        ),
        triangles=0.5,
    ),
    AuthoredMuscle(
        "pronator_teres",
        belly=(0, 0.95),
        tendon_mm=2,
        power=0.6,
        strands=_placed(
            (("U", 0.90, -22, 4), ("F", 0.06, -14, 12), ("M", 0.24, -4, 16), ("R", 0.46, 5, 13))
        ),
        triangles=0.7,
    ),
    AuthoredMuscle(
        "supinator",
        belly=(0, 1),
        tendon_mm=2.5,
        power=0.6,
        strands=_placed(
            (("E", 0.02, 10, -8), ("M", 0.10, 14, 2), ("R", 0.22, 8, 12)),
            (("E", 0.10, 8, -8), ("M", 0.18, 12, 2), ("R", 0.30, 7, 12)),
        ),
        sheet=True,
        bias=1.5,
        triangles=0.5,
    ),
    AuthoredMuscle(
        "thumb_extensors",
        into_skin="hand",
        belly=(0, 0.85),
        tendon_mm=1.5,
        power=0.8,
        taper=1.6,
        strands=_placed(
            (("E", 0.32, 7, -6), ("M", 0.54, 9, 2), ("R", 0.78, 8, 12), ("H", 1.02, 4, 20)),
            (("E", 0.40, 7, -6), ("M", 0.62, 8, 1), ("R", 0.84, 9, 9), ("H", 1.03, 7, 16)),
        ),
        skew=0.85,
        ends=(0.15, 0),
        bias=1.25,
        sheet=True,
        triangles=0.7,
    ),
)

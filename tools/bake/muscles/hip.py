"""The muscles of the hip: glutei, deep flexors, tensor fasciae latae, pectineus."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tools.bake.muscles.record import NO_TENDON, AuthoredMuscle, paths
from tools.bake.skeleton.frames import lerp
from tools.bake.skeleton.landmarks import BoneLandmarks
from tools.bake.strands.strand import PathStrand, Strand, between, free

__all__ = ["MUSCLES"]

Array = NDArray[np.float64]


def _gluteus_maximus(land: BoneLandmarks) -> list[Strand]:
    crest, pelvis, thigh = land.crest, land.pelvis, land.thigh

    def stretched(points: list[ArrayLike], share: float) -> Strand:
        # A point part of the way along a fibre goes along with the thigh for part of its way:
        # fibres that lengthen draw together, those that shorten spread over hip and trochanter.
        return free(points, ["pelvis", between("pelvis", "femur_r", share), "femur_r", "femur_r"])

    return [
        # the deep fibres first, then the superficial ones from above downwards
        PathStrand("glmax2_r"),
        PathStrand("glmax1_r"),
        # They run into the tract along a line from the trochanter to a hand below it.
        stretched(
            [
                land.moved(crest(0.667), -0.004, 0.010, -0.014),
                pelvis.at(-116.9, 102.0, 78.4),
                thigh.at(-0.0085, 76.1, -23.7),
                thigh.at(0.136, 80.3, 14.3),
            ],
            0.30,
        ),
        stretched(
            [
                land.moved(crest(0.885), -0.002, 0.012, -0.016),
                pelvis.at(-98.9, 132.0, 43.5),
                thigh.at(0.109, 66.0, -47.7),
                thigh.at(0.240, 78.5, 8.2),
            ],
            0.24,
        ),
        stretched(
            [
                pelvis.at(-41.0, 142.0, 73.4),
                pelvis.at(-88.9, 138.0, -9.5),
                thigh.at(0.216, 52.1, -49.8),
                thigh.at(0.328, 73.1, -1.8),
            ],
            0.20,
        ),
        # from the sacrum's tip: the fibres of the fold, which end deeper, on the femur
        stretched(
            [
                pelvis.at(-21.0, 140.0, 36.5),
                pelvis.at(-67.0, 138.0, -53.5),
                thigh.at(0.306, 29.6, -51.8),
                thigh.at(0.396, 61.2, -9.8),
            ],
            0.15,
        ),
        PathStrand("glmax3_r"),
    ]


def _gluteus_medius(land: BoneLandmarks) -> list[Strand]:
    crest, asis = land.crest, land.asis
    top = land.moved(land.trochanter, 0.0, 0.002, 0.0015)
    return [
        free(
            [
                land.moved(origin, -0.004, 0.003, -0.004),
                land.moved(lerp(origin, top, 0.5), -0.009, bow, 0.01),
                land.moved(top, -0.004, 0.006 * k - 0.01, 0.006),
            ],
            # its rear, which shows in the flexed hip, goes with the gluteus maximus over it
            ("pelvis", between("pelvis", "femur_r", 0.39 * max(0, k - 3) / 3), "femur_r"),
        )
        for k, (origin, bow) in enumerate(
            (
                (land.moved(asis, -0.002, 0.008, 0.012), -0.004),
                (crest(0.182), -0.002),
                (crest(0.327), 0.000),
                (crest(0.472), 0.006),
                (crest(0.653), 0.014),
                (land.moved(crest(0.812), -0.004, 0.0, -0.014), 0.018),
                (land.moved(crest(0.914), -0.006, -0.006, -0.036), 0.020),
            )
        )
    ]


def _pectineus(land: BoneLandmarks) -> list[Strand]:
    pubis = land.pubic_tubercle
    femur = land.shaft("r_femur")
    return [
        free(
            [
                land.moved(pubis, -0.006 - 0.026 * u, 0.003 + 0.012 * u, 0.004 + 0.006 * u),
                land.moved(
                    lerp(pubis, femur(0.22), 0.55), -0.012 * u, -0.01 + 0.008 * u, 0.012 * u
                ),
                land.moved(femur(0.22 - 0.05 * u), 0.01, 0.01, 0.0),
            ],
            # half way the femur has a say, or it would be wrung in the deeply flexed hip
            ("pelvis", between("pelvis", "femur_r", 0.3), "femur_r"),
        )
        for u in (0.0, 0.5, 1.0)
    ]


def _gluteal_aponeurosis(land: BoneLandmarks, points: Array, u: Array) -> Array:
    """Return the white of the aponeurosis over the gluteus medius: thin, denser to the tract."""
    behind_m = points[:, 1] - land.asis[1]
    uncovered = np.clip((0.108 * land.scale - behind_m) / (0.03 * land.scale), 0, 1)
    return np.asarray(uncovered * (0.12 + 0.2 * np.clip((u - 0.5) / 0.4, 0, 1)))


MUSCLES: tuple[AuthoredMuscle, ...] = (
    AuthoredMuscle(
        "gluteus_maximus",
        fine_inside=True,
        # it whitens slowly into the tract
        belly=(0, 0.95),
        fade=0.18,
        tendon_mm=4,
        power=0.5,
        strands=_gluteus_maximus,
        bias=1.1,
        thickness_mm=4,
        ends=(0.6, 0.4),
        sheet=True,
        widths=(0.8, 0.8, 0.85, 1.0, 1.1, 1.1, 1.0),
        bulge_mm=(0, 8, -2),
        triangles=1.6,
        tendon=NO_TENDON,
    ),
    # a fan
    AuthoredMuscle(
        "gluteus_medius",
        belly=(0, 0.90),
        tendon_mm=4,
        power=0.38,
        strands=_gluteus_medius,
        thickness_mm=4,
        ends=(0.45, 0.35),
        sheet=True,
        fade=0.40,
        white=_gluteal_aponeurosis,
        tendon=NO_TENDON,
    ),
    AuthoredMuscle(
        "gluteus_minimus",
        belly=(0, 0.95),
        tendon_mm=4,
        power=0.5,
        strands=paths("glmin1", "glmin2", "glmin3"),
        sheet=True,
        triangles=0.5,
        tendon=NO_TENDON,
    ),
    AuthoredMuscle(
        "piriformis",
        belly=(0, 0.9),
        tendon_mm=3,
        strands=paths("piri"),
        triangles=0.6,
        tendon=NO_TENDON,
    ),
    # a flat belly from the hip bone's spine, in the fascia
    AuthoredMuscle(
        "tensor_fasciae_latae",
        belly=(0.02, 0.40),
        tendon_mm=3.2,
        power=0.5,
        strands=paths("tfl"),
        ends=(0.5, 0),
        sheet=True,
        triangles=1.3,
        # it whitens into the tract
        fade=0.24,
        lines_mm=(
            ((1, -17), (2, -21), (0, -16), (0, -8), (0, 0), (0, 0), (0, 0), (0, 0), (0, 0)),
            ((0, -13), (-3, -10), (-4, -5), (-2, -2), (0, 0), (0, 0), (0, 0), (0, 0), (0, 0)),
            ((-2, -5), (-6, 2), (-6, 6), (-2, 4), (0, 0), (0, 0), (0, 0), (0, 0), (0, 0)),
        ),
        layer=1,
        tendon=NO_TENDON,
        before_fasciae=True,
    ),
    AuthoredMuscle(
        "iliacus",
        belly=(0, 0.95),
        tendon_mm=5,
        power=0.6,
        skew=0.75,
        strands=paths("iliacus"),
        # flat before the hip joint, where it shows
        sheet=True,
        lines_mm=(
            ((-10, 4), (-14, 5), (-13, 5), (-5, 2), (0, 0)),
            ((6, 0), (8, 1), (8, 2), (3, 0), (0, 0)),
        ),
        triangles=0.5,
        tendon=NO_TENDON,
    ),
    AuthoredMuscle(
        "psoas_major",
        belly=(0, 0.9),
        tendon_mm=4,
        power=0.6,
        skew=0.7,
        strands=paths("psoas"),
        triangles=0.5,
        tendon=NO_TENDON,
    ),
    AuthoredMuscle(
        "pectineus",
        belly=(0, 1),
        tendon_mm=3.5,
        power=0.5,
        strands=_pectineus,
        ends=(0.5, 0.4),
        sheet=True,
        tendon=NO_TENDON,
    ),
)

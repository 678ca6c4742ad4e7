"""The muscles of the lower leg."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tools.bake.muscles.record import (
    LEFT,
    NO_TENDON,
    AuthoredMuscle,
    Cord,
    Strands,
    Tendon,
    paths,
)
from tools.bake.skeleton.landmarks import BoneLandmarks
from tools.bake.strands.strand import Strand, between, free

__all__ = ["MUSCLES"]

Array = NDArray[np.float64]


def _begun_at(tendon: str, skipped: int, origin: tuple[tuple[float, float, float], ...]) -> Strands:
    """Return the path of a tendon that begins with points of ours.

    They are given as share of the shank's length and millimetres outwards and forwards of its axis.
    The model starts these paths in the middle of a long origin, so bellies would be beads on a
    string. They join the path at a site, with the first ones ``skipped``.
    """

    def strands(land: BoneLandmarks) -> list[Strand]:
        sites, bodies = land.sites(f"{tendon}_r")
        carriers = ["tibia_r"] * len(origin) + bodies[skipped:]
        begun = [land.shank.at(*point) for point in origin]
        return [free([*begun, *sites[skipped:]], carriers)]

    return strands


def _behind_the_knee(land: BoneLandmarks) -> tuple[Array, Array, float, float]:
    """Return the lateral and the hindmost point of the condyles, plateau and medial edge."""
    s = land.scale
    femur, tibia = land.bone("r_femur"), land.bone("r_tibia")
    condyles = femur[femur[:, 2] < femur[:, 2].min() + 0.05 * s]
    lateral = condyles[condyles[:, 0].argmin()]
    behind = condyles[condyles[:, 1].argmax()]
    plateau = tibia[:, 2].max()
    medial = tibia[tibia[:, 2] > plateau - 0.03 * s]
    medial_x = medial[:, 0].max()
    return lateral, behind, plateau, medial_x


def _popliteus(land: BoneLandmarks) -> list[Strand]:
    lateral, behind, plateau, medial_x = _behind_the_knee(land)
    return [
        free(
            [
                land.moved(lateral, 0.002, 0.004, -0.006),
                land.moved((lateral[0], behind[1], plateau), 0.020, 0.004, -0.006),
                land.moved(
                    (medial_x, behind[1], plateau), -0.022 - 0.004 * k, -0.012, -0.045 - 0.022 * k
                ),
            ],
            "femur_r tibia_r tibia_r",
        )
        for k in (0, 1, 2)
    ]


def _plantaris(land: BoneLandmarks) -> list[Strand]:
    lateral, behind, plateau, _ = _behind_the_knee(land)
    heel = land.site("gasmed_r", -1)
    return [
        free(
            [
                land.moved(lateral, 0.02, 0.018, 0.016),
                land.moved((lateral[0], behind[1], plateau), 0.034, 0.010, -0.03),
                land.moved((lateral[0], behind[1], plateau), 0.048, 0.006, -0.12),
                land.moved(heel, 0.012, -0.014, 0.12),
                land.moved(heel, 0.008, -0.004, 0.006),
            ],
            # where the knee bends, its belly would swell with the lower leg's motion alone
            ["femur_r", between("femur_r", "tibia_r", 0.85), "tibia_r", "tibia_r", "calcn_r"],
        )
    ]


MUSCLES: tuple[AuthoredMuscle, ...] = (
    AuthoredMuscle(
        "gastrocnemius_medial_head",
        belly=(0, 0.60),
        tendon_mm=4,
        power=0.5,
        taper=0.8,
        strands=paths("gasmed"),
        skew=0.7,
        ends=(0.5, 0),
        sheet=True,
        lines_mm=(
            ((3, 0), (10, -6), (17, -8), (13, -4), (8, -2), (0, 0), (0, 0)),
            ((0, 0), (2, 4), (4, 8), (3, 6), (2, 2), (0, 0), (0, 0)),
            ((-3, 0), (-6, 4), (-11, 8), (-10, 6), (-5, 2), (0, 0), (0, 0)),
        ),
        layer=1,
        # the aponeurosis of both heads, on the soleus, and the tendon of Achilles
        tendon=Tendon(
            cords=(
                Cord(
                    0.30,
                    1.0,
                    (14, 22, 24, 21, 16, 11.5, 9.0, 8.0),
                    (0.8, 1.0, 1.2, 1.6, 2.2, 3.0, 3.6, 3.8),
                    beside="gastrocnemius_lateral_head",
                    over=((0, 1, 0), (0, 1, 0)),
                    beneath=("gastrocnemius_medial_head", "gastrocnemius_lateral_head"),
                ),
            ),
        ),
    ),
    AuthoredMuscle(
        "gastrocnemius_lateral_head",
        belly=(0, 0.55),
        tendon_mm=4,
        power=0.5,
        taper=0.8,
        strands=paths("gaslat"),
        skew=0.7,
        ends=(0.5, 0),
        sheet=True,
        lines_mm=(
            ((10, 2), (18, 4), (15, 9), (10, 6), (4, 2), (0, 0), (0, 0)),
            ((6, 2), (9, 4), (-6, 2), (-13, -2), (-8, -2), (0, 0), (0, 0)),
        ),
        layer=1,
        tendon=NO_TENDON,
    ),
    AuthoredMuscle(
        "soleus",
        belly=(0, 0.88),
        tendon_mm=5,
        power=0.5,
        taper=0.7,
        strands=paths("soleus"),
        skew=0.75,
        smooth_mm=2,
        sheet=True,
        lines_mm=(
            ((14, 8), (30, 10), (30, 6), (14, 2), (4, 0)),
            ((0, 14), (0, 22), (0, 16), (0, 4), (0, 0)),
            ((-16, 14), (-32, 14), (-28, 8), (-14, 2), (-4, 0)),
        ),
        tendon=NO_TENDON,
    ),
    AuthoredMuscle(
        "popliteus",
        belly=(0.08, 1),
        tendon_mm=3,
        power=0.5,
        strands=_popliteus,
        ends=(0.0, 0.5),
        sheet=True,
        bias=1.1,
        triangles=0.7,
        tendon=NO_TENDON,
    ),
    AuthoredMuscle(
        "plantaris",
        belly=(0, 0.29),
        tendon_mm=1.4,
        power=0.8,
        strands=_plantaris,
        bias=1.3,
        layer=1,
        triangles=0.7,
        tendon=NO_TENDON,
    ),
    AuthoredMuscle(
        "tibialis_anterior",
        into_skin="foot",
        wrapped=True,
        belly=(0, 0.71),
        tendon_mm=2.8,
        power=0.45,
        taper=1.0,
        strands=_begun_at("tibant", 0, ((0.173, 19.1, 10.2),)),
        smooth_mm=2,
        skew=0.8,
        ends=(0.35, 0),
        sheet=True,
        lines_mm=(
            ((-3, 0), (-5, 2), (-4, 3), (-3, 2), (0, 0), (0, 0)),
            ((-10, 10), (-20, 12), (-18, 10), (-8, 4), (0, 0), (0, 0)),
        ),
        tendon=Tendon((4.2, 3.6), (2.6, 2.2), LEFT),
    ),
    AuthoredMuscle(
        "tibialis_posterior",
        into_skin="foot",
        wrapped=True,
        smooth_mm=2,
        belly=(0, 0.77),
        tendon_mm=2.6,
        power=0.5,
        taper=1.0,
        strands=_begun_at("tibpost", 1, ((0.202, 18.3, -17.1), (0.476, 11.8, -9.4))),
        sheet=True,
        triangles=0.7,
        lines_mm=(
            ((4, 0), (10, 2), (8, 4), (2, 2), (0, 0)),
            ((-1, 2), (-2, 6), (-4, 8), (0, 2), (0, 0)),
        ),
    ),
    AuthoredMuscle(
        "extensor_digitorum_longus",
        into_skin="foot",
        wrapped=True,
        belly=(0, 0.63),
        tendon_mm=2.6,
        power=0.45,
        taper=1.2,
        strands=_begun_at("edl", 0, ((0.161, 26.4, -6.1),)),
        smooth_mm=2,
        skew=0.85,
        bias=1.08,
        sheet=True,
        lines_mm=(
            ((-6, -6), (-12, -12), (-12, -8), (-4, -2), (0, 0), (0, 0)),
            ((-8, 0), (-16, -2), (-13, -2), (-4, 0), (0, 0), (0, 0)),
        ),
    ),
    # those that come out from between the others half way down begin as wedges
    AuthoredMuscle(
        "extensor_hallucis_longus",
        into_skin="foot",
        wrapped=True,
        smooth_mm=2,
        belly=(0, 0.53),
        tendon_mm=2.4,
        power=1.0,
        taper=1.8,
        strands=_begun_at("ehl", 0, ((0.352, 21.2, -11.5),)),
        ends=(0.1, 0),
        bias=1.25,
        triangles=0.7,
    ),
    AuthoredMuscle(
        "flexor_digitorum_longus",
        into_skin="foot",
        wrapped=True,
        smooth_mm=2,
        belly=(0, 0.60),
        tendon_mm=2.5,
        power=0.6,
        taper=1.2,
        strands=_begun_at(
            "fdl", 1, ((0.297, -7.4, -14.7), (0.497, -16.9, -14.8), (0.747, -16.8, -11.7))
        ),
        ends=(0.1, 0),
        bias=1.75,
        triangles=0.7,
    ),
    AuthoredMuscle(
        "flexor_hallucis_longus",
        into_skin="foot",
        wrapped=True,
        smooth_mm=2,
        belly=(0, 0.56),
        tendon_mm=2.5,
        power=0.7,
        taper=1.2,
        strands=_begun_at("fhl", 0, ((0.319, 27.1, -32.4),)),
        ends=(0.1, 0),
        triangles=0.7,
    ),
    AuthoredMuscle(
        "fibularis_longus",
        into_skin="foot",
        wrapped=True,
        belly=(0, 0.62),
        tendon_mm=2.6,
        power=0.45,
        taper=1.2,
        strands=_begun_at("perlong", 0, ((0.140, 31.0, -22.7),)),
        smooth_mm=2,
        skew=0.8,
        sheet=True,
        lines_mm=(
            ((-6, -4), (-14, -4), (-12, -4), (-3, 0), (0, 0), (0, 0)),
            ((-8, 4), (-14, 8), (-12, 6), (-3, 2), (0, 0), (0, 0)),
        ),
        # its tendon lies on the brevis, as far as into the skin
        tendon=Tendon(
            cords=(
                Cord(
                    0.50,
                    1.0,
                    (1.5, 3.0, 2.8, 2.6, 2.6, 2.6),
                    (1.0, 1.8, 1.8, 1.8, 1.8, 1.8),
                    over=((-1, 0.3, 0), (-1, 0.5, 0), (-1, 0.8, 0)),
                ),
            )
        ),
    ),
    AuthoredMuscle(
        "fibularis_brevis",
        into_skin="foot",
        wrapped=True,
        belly=(0, 0.74),
        tendon_mm=2.6,
        power=1.3,
        taper=1.0,
        strands=_begun_at("perbrev", 0, ((0.330, 28.8, -21.2),)),
        smooth_mm=2,
        ends=(0.05, 0),
    ),
)

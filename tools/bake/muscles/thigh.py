"""The muscles of the thigh: mostly the model's paths, widened where one line is too few."""

from __future__ import annotations

from tools.bake.muscles.record import (
    BACK,
    LEFT,
    NO_TENDON,
    AuthoredMuscle,
    Cord,
    Strands,
    Tendon,
    paths,
)
from tools.bake.skeleton.landmarks import Landmarks, moved
from tools.bake.strands.strand import Strand, free

__all__ = ["MUSCLES"]

_Point = tuple[float, float, float]
_Row = tuple[_Point, _Point, _Point]


def _vastus(tendon: str, rows: tuple[_Row, ...]) -> Strands:
    """Return the strands of a vastus: its path as far as the patella, and wider ones beside it.

    Parameters
    ----------
    tendon : str
        Its path, without the side.
    rows : tuple
        Origins and bellies of the extra strands (world, metres) and the offset of their end on
        the patella from the site of the path, from the front of the thigh backwards.
    """

    def strands(land: Landmarks) -> list[Strand]:
        upper, lower = land.site(f"{tendon}_r", 2), land.site(f"{tendon}_r", 3)
        wide: list[Strand] = [
            free([origin, belly, upper + offset, lower], "femur_r femur_r patella_r patella_r")
            for origin, belly, offset in rows
        ]
        # the flesh ends at the patella, not at the tibia as the path does
        sites, bodies = land.sites(f"{tendon}_r")
        return [wide[0], free(list(sites[:4]), bodies[:4]), *wide[1:]]

    return strands


def _vastus_intermedius(land: Landmarks) -> list[Strand]:
    # the intermedius wraps the shaft beneath the other heads; one line would bulge between them
    shaft, patella = land.shaft("r_femur"), land.site("vasint_r", 2)
    return [
        free(
            [
                moved(shaft(0.16), aside, 0.004, 0.0),
                moved(shaft(0.50), 1.25 * aside, 0.0, 0.0),
                moved(shaft(0.80), 0.8 * aside, -0.016, 0.0),
                moved(patella, 0.3 * aside, 0.004, 0.002),
            ],
            "femur_r femur_r femur_r patella_r",
        )
        for aside in (-0.006, 0.008)
    ]


MUSCLES: tuple[AuthoredMuscle, ...] = (
    AuthoredMuscle(
        "biceps_femoris_long_head",
        belly=(0.03, 0.86),
        tendon_mm=3,
        power=0.75,
        taper=1.1,
        strands=paths("bflh"),
        triangles=1.2,
        tendon=Tendon((4.8, 4.8), (3, 3), BACK),
    ),
    AuthoredMuscle(
        "biceps_femoris_short_head",
        belly=(0, 0.86),
        tendon_mm=3,
        power=0.75,
        taper=1.0,
        strands=paths("bfsh"),
    ),
    AuthoredMuscle(
        "semitendinosus",
        belly=(0.02, 0.72),
        tendon_mm=2.6,
        strands=paths("semiten"),
        skew=0.85,
        triangles=1.2,
        tendon=Tendon((2.6, 2.6, 3, 3.5, 6), (2.4, 2.4, 2.0, 1.6, 0.8), BACK),
    ),
    AuthoredMuscle(
        "semimembranosus",
        belly=(0.10, 0.98),
        tendon_mm=3,
        strands=paths("semimem"),
        skew=1.15,
        triangles=1.2,
        tendon=Tendon((5, 5), (3, 3), BACK),
    ),
    AuthoredMuscle(
        "rectus_femoris",
        belly=(0.05, 0.82),
        tendon_mm=4,
        power=0.6,
        strands=paths("recfem"),
        skew=1.25,
        bias=1.05,
        triangles=1.2,
        smooth_mm=3,
        # down to the patella's base; what runs on from there is one of the capsules
        tendon=Tendon(
            cords=(
                Cord(0.0, 0.10, (4, 5), (3, 3), LEFT),
                Cord(0.62, 1.0, (8, 19), (3.0, 3.4), LEFT, down_to_z_m=0.540),
            )
        ),
    ),
    AuthoredMuscle(
        "vastus_intermedius",
        belly=(0, 0.91),
        tendon_mm=4,
        power=0.4,
        taper=0.5,
        strands=_vastus_intermedius,
        skew=1.0,
        bias=1.3,
        sheet=True,
        triangles=0.6,
        tendon=NO_TENDON,
    ),
    AuthoredMuscle(
        "vastus_lateralis",
        belly=(0, 0.89),
        tendon_mm=5,
        power=0.55,
        taper=0.9,
        strands=_vastus(
            "vaslat",
            (
                ((-0.158, 0.145, 0.83), (-0.160, 0.120, 0.69), (0.002, 0.000, 0.012)),
                ((-0.160, 0.160, 0.845), (-0.170, 0.140, 0.70), (-0.004, 0.002, 0.010)),
                ((-0.150, 0.172, 0.80), (-0.172, 0.160, 0.66), (-0.010, 0.010, 0.016)),
                ((-0.145, 0.172, 0.72), (-0.166, 0.160, 0.62), (-0.012, 0.012, 0.010)),
            ),
        ),
        skew=0.85,
        bias=1.03,
        fade=0.10,
        sheet=True,
        triangles=1.2,
        smooth_mm=3,
        tendon=NO_TENDON,
    ),
    AuthoredMuscle(
        "vastus_medialis",
        belly=(0, 0.92),
        tendon_mm=5,
        power=0.55,
        taper=0.8,
        strands=_vastus(
            "vasmed",
            (
                ((-0.125, 0.150, 0.78), (-0.105, 0.115, 0.65), (-0.002, 0.000, 0.010)),
                ((-0.118, 0.165, 0.70), (-0.088, 0.125, 0.60), (0.014, 0.008, 0.006)),
                ((-0.112, 0.168, 0.64), (-0.086, 0.138, 0.575), (0.016, 0.014, -0.006)),
            ),
        ),
        skew=1.0,
        fade=0.10,
        sheet=True,
        triangles=1.2,
        smooth_mm=3,
        tendon=NO_TENDON,
    ),
    AuthoredMuscle(
        "adductor_magnus",
        belly=(0, 0.92),
        tendon_mm=4,
        power=0.5,
        strands=paths("addmagProx", "addmagMid", "addmagDist", "addmagIsch"),
        sheet=True,
        tendon=NO_TENDON,
    ),
    AuthoredMuscle(
        "adductor_longus",
        belly=(0.03, 1),
        tendon_mm=4,
        power=0.6,
        strands=paths("addlong"),
        smooth_mm=3,
        tendon=NO_TENDON,
    ),
    AuthoredMuscle(
        "adductor_brevis",
        belly=(0, 1),
        tendon_mm=4,
        power=0.6,
        strands=paths("addbrev"),
        triangles=0.7,
        tendon=NO_TENDON,
    ),
    AuthoredMuscle(
        "gracilis",
        belly=(0, 0.74),
        tendon_mm=2.6,
        power=0.6,
        strands=paths("grac"),
        bias=1.15,
        smooth_mm=3,
        tendon=Tendon((3, 3, 3.5, 6), (2, 2, 1.6, 0.8), BACK),
    ),
    AuthoredMuscle(
        "sartorius",
        belly=(0, 0.86),
        tendon_mm=3.2,
        power=0.35,
        taper=1.0,
        strands=paths("sart"),
        bias=1.2,
        triangles=1.2,
        smooth_mm=3,
        tendon=Tendon((6, 6, 7, 9), (2, 2, 1.4, 0.8), BACK),
    ),
)

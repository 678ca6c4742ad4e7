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
from tools.bake.skeleton.frames import lerp
from tools.bake.skeleton.landmarks import BoneLandmarks
from tools.bake.strands.strand import PathStrand, Strand, between, free

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
        Origins and bellies of the extra strands (share of the thigh's length, millimetres outwards
        and forwards of its axis) and the offset of their end on the patella from the site of the
        path (metres to the left, back and up), from the front of the thigh backwards.
    """

    def strands(land: BoneLandmarks) -> list[Strand]:
        upper, lower = land.site(f"{tendon}_r", 2), land.site(f"{tendon}_r", 3)
        wide: list[Strand] = [
            free(
                [
                    land.thigh.at(*origin),
                    land.thigh.at(*belly),
                    land.moved(upper, *offset),
                    lower,
                ],
                "femur_r femur_r patella_r patella_r",
            )
            for origin, belly, offset in rows
        ]
        # the flesh ends at the patella, not at the tibia as the path does
        sites, bodies = land.sites(f"{tendon}_r")
        return [wide[0], free(list(sites[:4]), bodies[:4]), *wide[1:]]

    return strands


def _vastus_intermedius(land: BoneLandmarks) -> list[Strand]:
    # the intermedius wraps the shaft beneath the other heads; one line would bulge between them
    shaft, patella = land.shaft("r_femur"), land.site("vasint_r", 2)
    return [
        free(
            [
                land.moved(shaft(0.16), aside, 0.004, 0.0),
                land.moved(shaft(0.50), 1.25 * aside, 0.0, 0.0),
                land.moved(shaft(0.80), 0.8 * aside, -0.016, 0.0),
                land.moved(patella, 0.3 * aside, 0.004, 0.002),
            ],
            "femur_r femur_r femur_r patella_r",
        )
        for aside in (-0.006, 0.008)
    ]


def _sartorius(land: BoneLandmarks) -> list[Strand]:
    """Return the model's path, held to the thigh as the fascia does.

    The path itself runs free from the hip bone to the knee: in the bent hip it would stand off the
    thigh like the string of a bow.
    """
    sites, bodies = land.sites("sart_r")
    held = [lerp(sites[0], sites[1], share) for share, _ in _SARTORIUS_HELD]
    carriers = [between(bodies[0], bodies[1], along) for _, along in _SARTORIUS_HELD]
    return [free([sites[0], *held, *sites[1:]], [bodies[0], *carriers, *bodies[1:]])]


def _rectus_femoris(land: BoneLandmarks) -> list[Strand]:
    """Return the model's path, and beside it one that the vasti hold before the thigh.

    The path is drawn tight over the condyles of the bent knee: from half-way down the thigh the
    muscle would sink two centimetres between the vasti, which stay with the femur. Above that the
    path is right, and bones alone would draw what they carry into the hip.
    """
    sites, bodies = land.sites("recfem_r")
    held = [
        land.moved(lerp(sites[0], sites[1], share), 0.0, -1e-3 * ahead, 0.0)
        for share, ahead in _RECTUS_HELD
    ]
    thigh = ["femur_r"] * (1 + len(held))
    path = PathStrand("recfem_r")
    # A muscle thickens by the mean length of its strands. The path's counts twice: what is held
    # does not know that hip bone and knee come nearer.
    return [path, free([sites[0], *held, *sites[1:]], [*thigh, *bodies[1:]]), path]


# Where between its origin and the patella the rectus femoris is held, and how far before the path
# (millimetres).
_RECTUS_HELD = ((0.25, 0), (0.45, 2), (0.60, 3), (0.74, 3), (0.86, 2))
# Where between its first two sites the sartorius is held, and how much of the thigh's way it goes.
_SARTORIUS_HELD = ((0.15, 0.5), (0.30, 0.85), (0.50, 1.0), (0.75, 1.0))
# The ribbon of the sartorius: how far its middle lies from the model's path, which cuts through the
# thigh, and the way from there to its edge (both aside towards the midplane, back; millimetres).
_SARTORIUS_MM = (
    ((-10, -11), (4, 0)),
    ((-4, -14), (8, -2)),
    ((6, -24), (9, 2)),
    ((11, -29), (9, 4)),
    ((12, -20), (4, 8)),
    ((21, -4), (0, 9)),
    ((6, 7), (-3, 8)),
    ((5, 6), (-2, 7)),
    ((1, -2), (0, 4)),
)

MUSCLES: tuple[AuthoredMuscle, ...] = (
    AuthoredMuscle(
        "biceps_femoris_long_head",
        belly=(0.03, 0.86),
        tendon_mm=3,
        power=0.75,
        taper=1.1,
        strands=paths("bflh"),
        triangles=1.2,
        # one flat tendon over the lateral head of the gastrocnemius to the head of the fibula
        tendon=Tendon(
            cords=(
                Cord(0.0, 0.08, (3, 3), (3, 3), BACK),
                Cord(
                    0.72,
                    1.0,
                    (2.0, 5.0, 6.0, 5.5, 5.0, 4.5),
                    (1.4, 2.0, 2.2, 2.2, 2.0, 1.0),
                    over=((-0.4, 1, 0), (-0.5, 1, 0), (-0.7, 0.8, 0), (-1, 0.4, 0), (-1, 0.2, 0)),
                ),
            )
        ),
    ),
    AuthoredMuscle(
        "biceps_femoris_short_head",
        belly=(0, 0.86),
        tendon_mm=3,
        power=0.75,
        taper=1.0,
        strands=paths("bfsh"),
        tendon=NO_TENDON,
    ),
    AuthoredMuscle(
        "semitendinosus",
        belly=(0.02, 0.72),
        tendon_mm=2.6,
        strands=paths("semiten"),
        skew=0.85,
        triangles=1.2,
        # it lies on the semimembranosus from the middle of the thigh
        tendon=Tendon(
            cords=(
                Cord(
                    0.50,
                    1.0,
                    (1.2, 2.8, 3.0, 3.0, 3.2, 4.0, 4.5),
                    (1.2, 2.4, 2.5, 2.4, 2.0, 1.4, 0.8),
                    over=(
                        (0, 1, 0),
                        (0, 1, 0),
                        (0.2, 1, 0),
                        (0.6, 0.8, 0),
                        (1, 0.2, 0),
                        (1, -0.2, 0),
                    ),
                ),
            )
        ),
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
        power=0.45,
        taper=0.6,
        strands=_rectus_femoris,
        handed_over=(0.12, 0.45),
        skew=1.1,
        bias=1.05,
        triangles=1.2,
        smooth_mm=3,
        # over the patella; what runs on from there is one of the capsules
        tendon=Tendon(
            cords=(
                Cord(0.0, 0.10, (4, 5), (3, 3), LEFT),
                Cord(
                    0.64,
                    1.0,
                    (2, 5, 8, 11, 15, 18, 19, 14),
                    (0.8, 1.4, 1.8, 2.0, 2.2, 2.0, 1.4, 0.7),
                    over=((0, -1, 0), (0, -1, 0)),
                    down_to_patella=0.22,
                ),
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
        triangles=0.4,
        tendon=NO_TENDON,
    ),
    AuthoredMuscle(
        "vastus_lateralis",
        belly=(0, 0.86),
        tendon_mm=5,
        power=0.55,
        taper=0.9,
        strands=_vastus(
            "vaslat",
            (
                ((0.122, 42.5, 16.3), (0.581, 42.2, 36.2), (0.002, 0.000, 0.012)),
                ((0.198, 52.5, -3.8), (0.558, 52.8, 16.2), (-0.004, 0.002, 0.010)),
                ((0.308, 39.5, -15.8), (0.657, 52.2, -3.8), (-0.010, 0.010, 0.016)),
                ((0.504, 29.2, -15.8), (0.755, 43.5, -3.9), (-0.012, 0.012, 0.010)),
            ),
        ),
        skew=0.85,
        bias=1.03,
        fade=0.13,
        sheet=True,
        triangles=1.2,
        smooth_mm=3,
        tendon=NO_TENDON,
    ),
    AuthoredMuscle(
        "vastus_medialis",
        belly=(0, 0.89),
        tendon_mm=5,
        power=0.55,
        taper=0.8,
        strands=_vastus(
            "vasmed",
            (
                ((0.353, 13.3, 6.2), (0.671, -15.4, 41.1), (-0.002, 0.000, 0.010)),
                ((0.549, 1.0, -8.8), (0.791, -35.6, 31.1), (0.014, 0.008, 0.006)),
                ((0.696, -9.0, -11.9), (0.853, -39.3, 18.1), (0.016, 0.014, -0.006)),
            ),
        ),
        skew=1.0,
        fade=0.13,
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
        triangles=0.85,
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
        tendon=Tendon(
            cords=(
                Cord(
                    0.64,
                    1.0,
                    (1.2, 2.8, 3.0, 3.0, 3.5, 4.0),
                    (1.2, 2.0, 2.0, 1.8, 1.4, 0.8),
                    over=((1, 0.3, 0), (1, 0.3, 0), (1, 0, 0), (1, -0.2, 0)),
                ),
            )
        ),
    ),
    AuthoredMuscle(
        "sartorius",
        belly=(0, 0.86),
        tendon_mm=3.2,
        power=0.3,
        taper=0.6,
        strands=_sartorius,
        ends=(0.6, 0),
        triangles=1.2,
        sheet=True,
        lines_mm=tuple(
            tuple((x + side * a, y + side * b) for (x, y), (a, b) in _SARTORIUS_MM)
            for side in (-1, 0, 1)
        ),
        layer=1,
        tendon=Tendon(
            cords=(
                Cord(
                    0.76,
                    1.0,
                    (2.0, 6.0, 7.0, 7.5, 7.5),
                    (1.2, 1.8, 1.6, 1.2, 0.8),
                    over=((1, 0, 0), (1, -0.1, 0), (1, -0.6, 0)),
                ),
            )
        ),
    ),
)

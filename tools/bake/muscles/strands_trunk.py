"""Strands of belly, chest wall and spine."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tools.bake.skeleton.landmarks import Landmarks, lerp, moved
from tools.bake.strands.strand import BodyBlend, PathStrand, Strand, between, free

__all__ = ["trunk_strands"]

Array = NDArray[np.float64]

# Half-width of the rectus abdominis by height, metres.
_RECTUS_HEIGHT_M = (0.95, 1.00, 1.06, 1.12, 1.25, 1.36)
_RECTUS_WIDTH_M = (0.024, 0.042, 0.056, 0.064, 0.070, 0.074)
# Half-width of the white line between the two recti, metres.
_ALBA_M = 0.003
# Where the strands of the external oblique lie between its first and its last: to 0.42 they end
# at the rectus, to 0.7 at the inguinal ligament, the next ones on the iliac crest.
_OBLIQUE_PLACES = (
    0.0, 0.07, 0.14, 0.21, 0.28, 0.35, 0.42, 0.43, 0.49, 0.56, 0.63, 0.70, 0.78, 0.86, 0.93, 1.0,
)  # fmt: skip
# Depths below the surface map of the three flat layers of the belly, millimetres.
_EXTERNAL_MM, _INTERNAL_MM, _TRANSVERSE_MM = 13.5, 6.0, 1.0
# Heights of the serratus' strands above the ribs, from above: the first lie beneath the pectoralis,
# which is drawn flat against the chest when the arm reaches back.
_SERRATUS_MM = (3.0, 3.0, 3.0, 4.0, 6.0, 8.5, 8.5, 8.5)
# The strands of the transversus: height where they meet the rectus sheath, metres, and the place
# (y) of their origin on the iliac crest; None is the lumbar fascia, at an angle round the trunk.
_TRANSVERSE_ROWS = (
    (1.19, None), (1.155, None), (1.12, None), (1.085, 0.172), (1.055, 0.145), (1.03, 0.122),
)  # fmt: skip
_LUMBAR_ANGLE_DEG = 128.0


def _rectus_width(z: float) -> float:
    """Return the half-width (m) of the pair of recti at a height."""
    return float(np.interp(z, _RECTUS_HEIGHT_M, _RECTUS_WIDTH_M))


def _belly(z: float) -> BodyBlend:
    """Return what the belly wall moves with at a height: chest above, pelvis below."""
    return between("torso", "pelvis", (1.22 - z) / 0.20)


def trunk_strands(land: Landmarks) -> dict[str, list[Strand]]:
    """Return the strands of the trunk's own muscles by muscle id, right side."""
    return {
        "rectus_abdominis": _rectus(land),
        "external_oblique": _external_oblique(land),
        "internal_oblique": _internal_oblique(land),
        "transversus_abdominis": _transversus(land),
        "serratus_anterior": _serratus(land),
        **_erectors(land),
        "quadratus_lumborum": [
            PathStrand("QL_mid_L3-12.3_r"),
            PathStrand("QL_ant_I.3-12.2_r"),
            PathStrand("QL_ant_I.2-12.1_r"),
        ],
        "thoracolumbar_fascia": _thoracolumbar(land),
    }


def _rectus(land: Landmarks) -> list[Strand]:
    pubis = land.pubic_tubercle
    strands: list[Strand] = []
    for f in np.linspace(0, 1, 6):
        top = 1.362 - 0.006 * f - 0.012 * np.sin(np.pi * f)
        points, bodies = [], []
        for z in np.linspace(top, 1.00, 9):
            points.append(land.trunk_at_width(_ALBA_M + (_rectus_width(z) - _ALBA_M) * f, z))
            bodies.append(_belly(z))
        above = points[-1]
        points.append(
            np.array(
                [
                    land.mid - _ALBA_M - 0.021 * f,
                    lerp(above, pubis, 0.6)[1] - 0.005,
                    lerp(above, pubis, 0.55)[2],
                ]
            )
        )
        points.append(
            np.array([land.mid - _ALBA_M - 0.018 * f, pubis[1] - 0.004, pubis[2] + 0.002])
        )
        bodies += [between("torso", "pelvis", 1.0)] * 2
        strands.append(free(points, bodies))
    return strands


def _inguinal(land: Landmarks, share: float) -> Array:
    """Return a point of the inguinal ligament, from the pubic tubercle to the hip bone's spine."""
    start = moved(land.pubic_tubercle, -0.012, -0.006, 0.01)
    end = moved(land.asis, 0.0, -0.004, 0.004)
    sag = np.sin(np.pi * share)
    return moved(lerp(start, end, share), 0.0, -0.012 * sag, -0.004 * sag)


def _crest_line(land: Landmarks, share: float) -> Array:
    points = [moved(land.asis, 0.0, -0.004, 0.006)]
    points += [land.crest(y) for y in (0.125, 0.140, 0.155, 0.175)]
    k = min(int(share * 4), 3)
    return moved(lerp(points[k], points[k + 1], share * 4 - k), -0.003, 0.0, 0.008)


def _wrapped(
    land: Landmarks,
    origin: tuple[float, float],
    end: Array,
    off_mm: float,
    start: Array | None = None,
) -> Strand:
    """Return a strand round the trunk from (angle, height), or a point there, to a point."""
    end_angle, end_z = land.trunk_angle(end), float(end[2])
    points, bodies = [], []
    for u in np.linspace(0, 1, 8):
        z = origin[1] + (end_z - origin[1]) * u
        angle = origin[0] + (end_angle - origin[0]) * u
        # behind, below the ribs, they pass beneath the latissimus
        deep = 0.5 * max(0.0, angle - 105.0) * np.clip((1.21 - z) / 0.05, 0, 1)
        p = land.trunk(angle, z, off_mm - deep)
        if start is not None:
            p = lerp(p, start, (1 - u) ** 3)
        points.append(lerp(p, end, u**3))
        bodies.append(_belly(z))
    return free(points, bodies)


def _external_oblique(land: Landmarks) -> list[Strand]:
    strands: list[Strand] = []
    for f in _OBLIQUE_PLACES:
        # at the side they come from higher ribs, or bare ones would show below the serratus
        higher = 0.034 * np.clip((f - 0.35) / 0.3, 0, 1)
        origin = (36 + 110 * f**0.9, 1.362 - 0.176 * f + higher)
        if f <= 0.42:
            z = 1.35 - 0.345 * (f / 0.42)
            end = land.trunk_at_width(_rectus_width(z) - 0.016, z, 6.0)
        elif f <= 0.70:
            end = _inguinal(land, (f - 0.42) / 0.28)
        else:
            end = _crest_line(land, (f - 0.70) / 0.30 * 0.8)
        strands.append(_wrapped(land, origin, end, _EXTERNAL_MM))
    return strands


def _internal_oblique(land: Landmarks) -> list[Strand]:
    """Fibres fan up and forward from crest and inguinal ligament to ribs and rectus sheath."""
    strands: list[Strand] = []
    for f in np.linspace(0, 1, 8):
        if f < 0.4:
            start = _inguinal(land, 0.45 + 0.55 * f / 0.4)
        else:
            start = _crest_line(land, (f - 0.4) / 0.6)
        start = moved(start, 0.012, 0.014, 0.0)
        z = 0.985 + 0.235 * f
        if f < 0.75:
            end = land.trunk_at_width(_rectus_width(z) + 0.006, z, _INTERNAL_MM - 6)
        else:
            end = land.trunk(80 + 40 * (f - 0.75) / 0.25, 1.20, _INTERNAL_MM - 6)
        strands.append(_wrapped(land, (land.trunk_angle(start), start[2]), end, _INTERNAL_MM))
    return strands


def _transversus(land: Landmarks) -> list[Strand]:
    """Fibres run level from the lumbar fascia and, below, the inner lip of the iliac crest."""
    strands: list[Strand] = []
    for z, crest_y in _TRANSVERSE_ROWS:
        end = land.trunk_at_width(_rectus_width(z) + 0.012, z, _TRANSVERSE_MM - 4)
        if crest_y is None:
            strands.append(_wrapped(land, (_LUMBAR_ANGLE_DEG, z), end, _TRANSVERSE_MM))
        else:
            start = moved(land.crest(crest_y), 0.010, 0.004, 0.0)
            origin = land.trunk_angle(start), float(start[2])
            strands.append(_wrapped(land, origin, end, _TRANSVERSE_MM, start))
    return strands


def _serratus(land: Landmarks) -> list[Strand]:
    strands: list[Strand] = []
    for i, off_mm in enumerate(_SERRATUS_MM):
        f = i / 7
        start = (31 + 38 * f, 1.405 - 0.0225 * i)
        end = (124.0, 1.445 - 0.020 * i)
        points = [
            land.trunk(
                start[0] + (end[0] - start[0]) * u,
                start[1] + (end[1] - start[1]) * u + 0.006 * np.sin(np.pi * u),
                off_mm,
            )
            for u in np.linspace(0, 1, 5)
        ]
        strands.append(free(points, "torso torso torso torso scapula_r"))
    return strands


# ------------------------------------------------------------------------------------ the back
_LUMBAR_HEIGHTS_M = (1.045, 1.10, 1.16, 1.22)


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


def _erectors(land: Landmarks) -> dict[str, list[Strand]]:
    longissimus = [
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
    iliocostalis = [
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
    spinalis = [
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
    multifidus = [
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
    return {
        "longissimus": list(longissimus),
        "iliocostalis": list(iliocostalis),
        "spinalis": list(spinalis),
        "multifidus": list(multifidus),
    }


def _thoracolumbar(land: Landmarks) -> list[Strand]:
    rows = (
        (1.345, 0.008, None),
        (1.280, 0.016, None),
        (1.210, 0.042, None),
        (1.135, 0.064, None),
        (1.080, 0.068, None),
        (1.030, 0.054, 0.258),
        (0.975, 0.018, 0.256),
    )
    strands: list[Strand] = []
    for f in np.linspace(0, 1, 6):
        points = []
        for z, width, fixed_y in rows:
            y = max(land.spine_y(z), 0.262) if fixed_y is None else fixed_y
            points.append((land.mid - width * f, y + 0.004 - 0.012 * f * f, z))
        strands.append(free(points, "torso torso lumbar2 lumbar3 lumbar5 sacrum sacrum"))
    return strands

"""The muscles of chest and belly."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tools.bake.muscles.record import AuthoredMuscle, Loft
from tools.bake.skeleton.landmarks import Landmarks, lerp, moved
from tools.bake.strands.centrelines import KNOTS
from tools.bake.strands.strand import BodyBlend, Strand, between, free

__all__ = ["MUSCLES"]

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


def _pectoralis_major(land: Landmarks) -> list[Strand]:
    insertion = land.upper_arm.at(0.17, 3, 15)
    origins = [
        moved(land.clavicle(0.52), 0, -0.006, -0.002),
        moved(land.clavicle(0.3), 0, -0.008, -0.003),
        moved(land.clavicle(0.1), 0, -0.008, -0.006),
    ]
    rows = ((6, 1.473), (6, 1.440), (6.5, 1.400), (11, 1.362), (24, 1.330))
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


def _rectus_abdominis(land: Landmarks) -> list[Strand]:
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
    points = [moved(land.asis, 0.0, -0.004, 0.002)]
    points += [land.crest(y) for y in (0.125, 0.140, 0.155, 0.175)]
    k = min(int(share * 4), 3)
    return moved(lerp(points[k], points[k + 1], share * 4 - k), -0.004, 0.0, 0.001)


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
        higher = 0.050 * np.clip((f - 0.25) / 0.3, 0, 1) + 0.022 * np.clip((f - 0.5) / 0.2, 0, 1)
        # and beside the rectus, or its sheath would stand free
        higher += 0.024 * np.clip(1 - f / 0.12, 0, 1)
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
    for f in np.linspace(0, 1, 9):
        if f < 0.35:
            start = _inguinal(land, 0.45 + 0.55 * f / 0.35)
        elif f < 0.75:
            start = _crest_line(land, (f - 0.35) / 0.4)
        else:
            # behind the external oblique it closes the lumbar triangle
            start = moved(land.crest(0.175 + 0.028 * (f - 0.75) / 0.25), -0.010, -0.008, 0.0)
        start = moved(start, 0.012, 0.014, 0.0)
        z = 0.985 + 0.235 * f
        if f < 0.75:
            end = land.trunk_at_width(_rectus_width(z) + 0.006, z, _INTERNAL_MM - 6)
        else:
            end = land.trunk(80 + 58 * (f - 0.75) / 0.25, 1.20, _INTERNAL_MM - 6)
        origin = land.trunk_angle(start), float(start[2])
        # behind, the hip bone is narrower than the belly
        strands.append(_wrapped(land, origin, end, _INTERNAL_MM, start if f >= 0.75 else None))
    return strands


def _transversus_abdominis(land: Landmarks) -> list[Strand]:
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


def _serratus_anterior(land: Landmarks) -> list[Strand]:
    strands: list[Strand] = []
    for i, off_mm in enumerate(_SERRATUS_MM):
        f = i / 7
        start = (23 + 38 * f, 1.405 - 0.0225 * i)
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


# The tendinous intersections of the rectus abdominis, as knots of its strands.
_INSCRIPTIONS = (4, 8, 12)


def _rectus_end(points: Array, u: Array) -> Array:
    """Return the white of the rectus' end above the pubis."""
    return np.asarray(0.6 * np.clip((u - 0.94) / 0.05, 0, 1))


def _aponeurosis(points: Array, u: Array) -> Array:
    """Return the white of the aponeurosis: in front, broader below the hip bone's spine."""
    edge = np.interp(points[:, 2], [0.93, 1.02, 1.12], [0.62, 0.78, 0.88])
    front = np.clip((0.135 - points[:, 1]) / 0.01, 0, 1)
    return np.asarray(np.clip((u - edge) / 0.05, 0, 1) * front)


MUSCLES: tuple[AuthoredMuscle, ...] = (
    AuthoredMuscle(
        "pectoralis_major",
        belly=(0, 0.97),
        tendon_mm=4,
        power=0.45,
        strands=_pectoralis_major,
        # thin at the breastbone; the fibres of the collar bone are a part of their own
        ends=(0.28, 0.42),
        widths=(1.0, 1.0, 0.8, 0.8, 1.0, 1.0, 1.0, 0.9),
        parts=(2,),
        most_fill_mm=3.0,
        triangles=1.3,
        bias=1.2,
        thickness_mm=4,
        sheet=True,
    ),
    AuthoredMuscle(
        "rectus_abdominis",
        belly=(0, 1),
        tendon_mm=4.5,
        power=0.2,
        strands=_rectus_abdominis,
        bias=1.2,
        thickness_mm=4.6,
        sheet=True,
        loft=Loft(
            8,
            26,
            along=(0.6, 1.0, 1.05, 1.0, 0.9),
            across=(0.9, 1.05, 0.8),
            edge=(16, 4),
            cuts=tuple(k / (KNOTS - 1) for k in _INSCRIPTIONS),
        ),
        inscriptions=_INSCRIPTIONS,
        white=_rectus_end,
    ),
    AuthoredMuscle(
        "external_oblique",
        belly=(0, 1),
        tendon_mm=3.0,
        power=0.15,
        strands=_external_oblique,
        bias=1.5,
        thickness_mm=3.0,
        sheet=True,
        loft=Loft(
            49,
            14,
            along=(0.9, 1.1, 1.1, 0.8, 0.35),
            edge=(10, 16),
            beneath=("internal_oblique", "serratus_anterior"),
            clear_mm=1.0,
            teeth=0.09,
            slips=8,
        ),
        white=_aponeurosis,
        sheathes="rectus_abdominis",
    ),
    AuthoredMuscle(
        "internal_oblique",
        belly=(0, 1),
        tendon_mm=3.5,
        power=0.15,
        strands=_internal_oblique,
        bias=0.7,
        thickness_mm=2.7,
        sheet=True,
        triangles=0.4,
        loft=Loft(
            12,
            10,
            along=(0.9, 1.1, 1.0, 0.6),
            edge=(10, 12),
            beneath=("transversus_abdominis",),
            clear_mm=0.8,
        ),
    ),
    AuthoredMuscle(
        "transversus_abdominis",
        belly=(0, 1),
        tendon_mm=2,
        power=0.1,
        strands=_transversus_abdominis,
        bias=0.7,
        thickness_mm=1.9,
        sheet=True,
        triangles=0.4,
        loft=Loft(7, 10, along=(1.0, 1.0, 0.7), edge=(10, 12)),
    ),
    AuthoredMuscle(
        "serratus_anterior",
        belly=(0, 1),
        tendon_mm=2.8,
        power=0.3,
        strands=_serratus_anterior,
        bias=1.05,
        thickness_mm=2.8,
        sheet=True,
        loft=Loft(37, 7, along=(0.9, 1.1, 1.0), edge=(8, 12), teeth=0.06, slips=5),
    ),
)

"""The muscles of chest and belly."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tools.bake.muscles.record import AuthoredMuscle, Loft
from tools.bake.skeleton.frames import lerp
from tools.bake.skeleton.landmarks import BoneLandmarks
from tools.bake.strands.centrelines import KNOTS
from tools.bake.strands.strand import BodyBlend, Strand, between, free

__all__ = ["MUSCLES"]

Array = NDArray[np.float64]

# Half-width of the rectus abdominis by level, metres; where its flesh begins, from there to the
# second of these levels it lies on the trunk's outline.
_RECTUS_LEVELS = (22.31, 20.21, 17.70, 15.72, 10.76, 6.40)
_RECTUS_WIDTH_M = (0.024, 0.042, 0.056, 0.064, 0.070, 0.074)
_RECTUS_TOP, _RECTUS_LOW = 6.30, 20.21
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
# The strands of the transversus: level where they meet the rectus sheath, and the place of their
# origin on the iliac crest; None is the lumbar fascia, at an angle round the trunk.
_TRANSVERSE_ROWS = (
    (13.26, None), (14.60, None), (15.72, None), (16.75, 0.522), (17.91, 0.327), (18.96, 0.160),
)  # fmt: skip
_LUMBAR_ANGLE_DEG = 128.0


def _rectus_width(land: BoneLandmarks, z: float) -> float:
    """Return the half-width (m) of the pair of recti at a height."""
    return float(np.interp(z, land.heights(_RECTUS_LEVELS), _RECTUS_WIDTH_M)) * land.scale


def _belly(land: BoneLandmarks, z: float) -> BodyBlend:
    """Return what the belly wall moves with at a height: chest above, pelvis below."""
    return between("torso", "pelvis", land.down(z, 11.67, 19.38))


def _height_between(land: BoneLandmarks, first: float, last: float, share: float) -> float:
    """Return the height at a share of the way between two levels, metres."""
    top = land.level(first)
    return top + (land.level(last) - top) * share


def _pectoralis_major(land: BoneLandmarks) -> list[Strand]:
    insertion = land.upper_arm.at(0.17, 3, 15)
    origins = [
        land.moved(land.clavicle(0.52), 0, -0.006, -0.002),
        land.moved(land.clavicle(0.3), 0, -0.008, -0.003),
        land.moved(land.clavicle(0.1), 0, -0.008, -0.006),
    ]
    rows = ((3.5, 1.48), (3.5, 2.96), (4, 4.60), (9, 6.30), (23, 7.77))
    origins += [land.trunk(angle, land.level(level), 7.0) for angle, level in rows]
    strands: list[Strand] = []
    for i, start in enumerate(origins):
        f = i / 7
        # lower fibres twist behind the upper ones and insert higher
        end = land.moved(insertion, 0.0, -0.002, -0.03 + 0.046 * f)
        if i > 3:
            angle = (60, 50, 42, 40, 40, 42, 45, 50)[i]
            ribs = land.trunk(angle, lerp(start, end, 0.5)[2], 18 + 4 * np.sin(np.pi * f))
        else:
            ribs = land.moved(lerp(start, end, 0.45), 0, -0.02 + 0.002 * i, 0.004)
        fold = land.moved(lerp(ribs, end, 0.55), -0.004, -0.02, 0.0)
        carrier = "clavicle_r" if i < 3 else "torso"
        # the fold of the armpit stays partly with the chest, or it sinks in when the arm goes back
        between_both = between("torso", "humerus_r", 0.7)
        strands.append(
            free([start, ribs, fold, end], (carrier, "torso", between_both, "humerus_r"))
        )
    return strands


def _rectus_abdominis(land: BoneLandmarks) -> list[Strand]:
    pubis = land.pubic_tubercle
    strands: list[Strand] = []
    for f in np.linspace(0, 1, 6):
        top = land.level(_RECTUS_TOP) - (0.006 * f + 0.012 * np.sin(np.pi * f)) * land.scale
        alba = _ALBA_M * land.scale
        points, bodies = [], []
        for z in np.linspace(top, land.level(_RECTUS_LOW), 9):
            points.append(land.trunk_at_width(alba + (_rectus_width(land, z) - alba) * f, z))
            bodies.append(_belly(land, z))
        above = points[-1]
        middle = (land.mid, lerp(above, pubis, 0.6)[1], lerp(above, pubis, 0.55)[2])
        points.append(land.moved(middle, -_ALBA_M - 0.021 * f, -0.005, 0.0))
        points.append(land.moved((land.mid, *pubis[1:]), -_ALBA_M - 0.018 * f, -0.004, 0.002))
        bodies += [between("torso", "pelvis", 1.0)] * 2
        strands.append(free(points, bodies))
    return strands


def _inguinal(land: BoneLandmarks, share: float) -> Array:
    """Return a point of the inguinal ligament, from the pubic tubercle to the hip bone's spine."""
    start = land.moved(land.pubic_tubercle, -0.012, -0.006, 0.01)
    end = land.moved(land.asis, 0.0, -0.004, 0.004)
    sag = np.sin(np.pi * share)
    return land.moved(lerp(start, end, share), 0.0, -0.012 * sag, -0.004 * sag)


def _crest_line(land: BoneLandmarks, share: float) -> Array:
    points = [land.moved(land.asis, 0.0, -0.004, 0.002)]
    points += [land.crest(share) for share in (0.182, 0.291, 0.399, 0.544)]
    k = min(int(share * 4), 3)
    return land.moved(lerp(points[k], points[k + 1], share * 4 - k), -0.004, 0.0, 0.001)


def _wrapped(
    land: BoneLandmarks,
    origin: tuple[float, float],
    end: Array,
    off_mm: float,
    start: Array | None = None,
    late: float = 3.0,
) -> Strand:
    """Return a strand round the trunk from (angle, height), or a point there, to a point.

    The higher ``late``, the nearer to its ends it leaves the trunk's outline for these points.
    """
    end_angle, end_z = land.trunk_angle(end), float(end[2])
    points, bodies = [], []
    for u in np.linspace(0, 1, 8):
        z = origin[1] + (end_z - origin[1]) * u
        angle = origin[0] + (end_angle - origin[0]) * u
        # behind, below the ribs, they pass beneath the latissimus
        deep = 0.5 * max(0.0, angle - 105.0) * np.clip(land.down(z, 11.95, 14.37), 0, 1)
        p = land.trunk(angle, z, off_mm - deep)
        if start is not None:
            p = lerp(p, start, (1 - u) ** late)
        points.append(lerp(p, end, u**late))
        bodies.append(_belly(land, z))
    return free(points, bodies)


def _external_oblique(land: BoneLandmarks) -> list[Strand]:
    strands: list[Strand] = []
    for f in _OBLIQUE_PLACES:
        # at the side they come from higher ribs, or bare ones would show below the serratus
        higher = 0.050 * np.clip((f - 0.25) / 0.3, 0, 1) + 0.022 * np.clip((f - 0.5) / 0.2, 0, 1)
        # and beside the rectus, or its sheath would stand free
        higher += 0.024 * np.clip(1 - f / 0.12, 0, 1)
        z = _height_between(land, 6.30, 13.40, f) + higher * land.scale
        origin = (36 + 110 * f**0.9, z)
        if f <= 0.42:
            z = _height_between(land, 6.88, 20.01, f / 0.42)
            end = land.trunk_at_width(_rectus_width(land, z) - 0.016 * land.scale, z, 6.0)
        elif f <= 0.70:
            end = _inguinal(land, (f - 0.42) / 0.28)
        else:
            end = _crest_line(land, (f - 0.70) / 0.30 * 0.8)
        # behind, the hip bone is much narrower than the belly: late, they would end on a shelf
        strands.append(_wrapped(land, origin, end, _EXTERNAL_MM, late=3 - 4 * max(0, f - 0.7)))
    return strands


def _internal_oblique(land: BoneLandmarks) -> list[Strand]:
    """Fibres fan up and forward from crest and inguinal ligament to ribs and rectus sheath."""
    strands: list[Strand] = []
    for f in np.linspace(0, 1, 9):
        if f < 0.35:
            start = _inguinal(land, 0.45 + 0.55 * f / 0.35)
        elif f < 0.75:
            start = _crest_line(land, (f - 0.35) / 0.4)
        else:
            # behind the external oblique it closes the lumbar triangle
            start = land.moved(land.crest(0.544 + 0.203 * (f - 0.75) / 0.25), -0.010, -0.008, 0.0)
        start = land.moved(start, 0.012, 0.014, 0.0)
        z = _height_between(land, 20.84, 11.67, f)
        if f < 0.75:
            width = _rectus_width(land, z) + 0.006 * land.scale
            end = land.trunk_at_width(width, z, _INTERNAL_MM - 6)
        else:
            ribs = land.level(12.79)
            end = land.trunk(80 + 58 * (f - 0.75) / 0.25, ribs, _INTERNAL_MM - 6)
        origin = land.trunk_angle(start), float(start[2])
        # behind, the hip bone is narrower than the belly
        strands.append(_wrapped(land, origin, end, _INTERNAL_MM, start if f >= 0.75 else None))
    return strands


def _transversus_abdominis(land: BoneLandmarks) -> list[Strand]:
    """Fibres run level from the lumbar fascia and, below, the inner lip of the iliac crest."""
    strands: list[Strand] = []
    for level, crest in _TRANSVERSE_ROWS:
        z = land.level(level)
        width = _rectus_width(land, z) + 0.012 * land.scale
        end = land.trunk_at_width(width, z, _TRANSVERSE_MM - 4)
        if crest is None:
            strands.append(_wrapped(land, (_LUMBAR_ANGLE_DEG, z), end, _TRANSVERSE_MM))
        else:
            start = land.moved(land.crest(crest), 0.010, 0.004, 0.0)
            origin = land.trunk_angle(start), float(start[2])
            strands.append(_wrapped(land, origin, end, _TRANSVERSE_MM, start))
    return strands


def _serratus_anterior(land: BoneLandmarks) -> list[Strand]:
    strands: list[Strand] = []
    for i, off_mm in enumerate(_SERRATUS_MM):
        f = i / 7
        start = (21 + 24 * f, _height_between(land, 4.37, 11.30, f))
        end = (124.0, _height_between(land, 2.75, 9.70, f))
        points = [
            land.trunk(
                start[0] + (end[0] - start[0]) * u,
                start[1] + (end[1] - start[1]) * u + 0.006 * land.scale * np.sin(np.pi * u),
                off_mm,
            )
            for u in np.linspace(0, 1, 5)
        ]
        strands.append(free(points, "torso torso torso torso scapula_r"))
    return strands


# The tendinous intersections of the rectus abdominis, as knots of its strands.
_INSCRIPTIONS = (4, 8, 12)


def _rectus_end(land: BoneLandmarks, points: Array, u: Array) -> Array:
    """Return the white of the rectus' end above the pubis."""
    return np.asarray(0.6 * np.clip((u - 0.94) / 0.05, 0, 1))


def _aponeurosis(land: BoneLandmarks, points: Array, u: Array) -> Array:
    """Return the white of the aponeurosis: in front, broader below the hip bone's spine."""
    edge = np.interp(points[:, 2], land.heights((23.15, 19.38, 15.72)), [0.62, 0.78, 0.88])
    behind_m = points[:, 1] - land.asis[1]
    front = np.clip((0.035 * land.scale - behind_m) / (0.01 * land.scale), 0, 1)
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
            12,
            along=(0.9, 1.1, 1.1, 0.8, 0.35),
            edge=(10, 16),
            beneath=("internal_oblique", "serratus_anterior"),
            clear_mm=1.0,
            teeth=0.16,
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
        thickness_mm=2.6,
        sheet=True,
        loft=Loft(43, 7, along=(0.9, 1.1, 1.0), edge=(8, 12), teeth=0.06, slips=7, grooves=1.3),
    ),
)

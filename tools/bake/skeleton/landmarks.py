"""Points that an anatomist would palpate, measured on the bone meshes at rest.

All on the right side, world coordinates, metres. The trunk's outline (ribs, and below them a
table of the abdomen's half-axes) is a map from angle round the trunk and height to a point.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tools.bake.geometry.grid import surface_samples
from tools.bake.skeleton.rest import Rest

__all__ = ["ArmAxes", "Landmarks", "lerp", "moved"]

Array = NDArray[np.float64]

_RIBS = "torso_geom_13"
# Axis of the trunk: its depth (y) that angles are measured around.
_TRUNK_AXIS_Y_M = 0.19
_ANGLES = 73
_HEIGHTS_M = np.linspace(0.90, 1.52, 63)
_WAIST_M = 1.215
# height, half-depth in front, half-width, half-depth behind: outline of the belly, metres
_ABDOMEN = np.array(
    [
        (0.90, 0.050, 0.130, 0.060),
        (0.94, 0.066, 0.134, 0.060),
        (1.00, 0.087, 0.129, 0.060),
        (1.05, 0.096, 0.124, 0.065),
        (1.10, 0.100, 0.117, 0.070),
        (1.15, 0.102, 0.119, 0.074),
        (1.21, 0.101, 0.129, 0.086),
    ]
)
_ABDOMEN_EXPONENT = 2.5


def lerp(a: ArrayLike, b: ArrayLike, t: float) -> Array:
    """Return the point at share ``t`` of the way from ``a`` to ``b``."""
    return np.asarray(a, float) * (1 - t) + np.asarray(b, float) * t


def moved(point: ArrayLike, left: float, back: float, up: float) -> Array:
    """Return a point moved along the world's axes, metres."""
    return np.asarray(np.asarray(point, float) + np.array([left, back, up]))


class ArmAxes:
    """A frame along a long bone: place points by share of its length and offsets.

    Parameters
    ----------
    top, bottom : (3,) ndarray
        Ends of the axis, metres.
    lateral : (3,) ndarray
        Roughly outwards; made perpendicular to the axis.
    """

    def __init__(self, top: Array, bottom: Array, lateral: Array) -> None:
        self.top, self.bottom = top, bottom
        axis = (bottom - top) / np.linalg.norm(bottom - top)
        lateral = lateral - (lateral @ axis) * axis
        self.lateral = lateral / np.linalg.norm(lateral)
        # down × outwards on the right arm points forwards
        self.anterior = np.cross(self.lateral, axis)
        if self.anterior[1] > 0:
            self.anterior = -self.anterior

    def at(self, share: float, lateral_mm: float = 0.0, anterior_mm: float = 0.0) -> Array:
        """Return the point at ``share`` of the bone, offset outwards and forwards."""
        offset = self.lateral * lateral_mm + self.anterior * anterior_mm
        return lerp(self.top, self.bottom, share) + offset * 1e-3


class Landmarks:
    """The landmarks of one rest pose."""

    def __init__(self, rest: Rest) -> None:
        self.rest = rest
        self.mid = rest.midplane_x_m

    def bone(self, name: str) -> Array:
        """Return the vertices of a bone mesh, (V, 3)."""
        return self.rest.bones[name].vertices

    # ------------------------------------------------------------------------------- trunk
    @property
    def axis(self) -> Array:
        """Axis of the trunk (x, y): what the belly wall and the back face away from."""
        return np.array([self.mid, _TRUNK_AXIS_Y_M])

    @cached_property
    def _outline(self) -> Array:
        from scipy.ndimage import gaussian_filter, maximum_filter

        ribs = self.bone(_RIBS)
        ribs = ribs[ribs[:, 0] < self.mid + 0.005]
        x, y = ribs[:, 0] - self.mid, ribs[:, 1] - _TRUNK_AXIS_Y_M
        angle = np.clip(np.degrees(np.arctan2(-x, -y)), 0, 180)
        i = np.round(angle / 180 * (_ANGLES - 1)).astype(int)
        k = np.clip(np.round((ribs[:, 2] - _HEIGHTS_M[0]) / 0.01).astype(int), 0, 62)
        radius = np.zeros((_ANGLES, len(_HEIGHTS_M)))
        np.maximum.at(radius, (i, k), np.hypot(x, y))
        known = (radius > 0) & (_HEIGHTS_M > _WAIST_M)
        known &= radius > 0.88 * maximum_filter(radius, size=(7, 3))
        phi = np.pi * np.arange(_ANGLES) / (_ANGLES - 1)
        for j in np.flatnonzero(_HEIGHTS_M < _WAIST_M):
            front, width, behind = (
                np.interp(_HEIGHTS_M[j], _ABDOMEN[:, 0], _ABDOMEN[:, c]) for c in (1, 2, 3)
            )
            depth = np.where(phi < np.pi / 2, front, behind)
            n = _ABDOMEN_EXPONENT
            radius[:, j] = (
                np.abs(np.sin(phi) / width) ** n + np.abs(np.cos(phi) / depth) ** n
            ) ** (-1 / n)
            known[:, j] = True
        weight = gaussian_filter(known.astype(float), (2.0, 1.6), mode="nearest")
        total = gaussian_filter(radius * known, (2.0, 1.6), mode="nearest")
        return np.asarray(total / np.maximum(weight, 1e-6))

    def trunk(self, angle_deg: float, z: float, off_mm: float = 4.0) -> Array:
        """Return a point on the trunk: 0° in front, 90° at the side, 180° behind."""
        j = float(np.clip(angle_deg / 180 * (_ANGLES - 1), 0, _ANGLES - 1.001))
        k = float(np.clip((z - _HEIGHTS_M[0]) / 0.01, 0, 61.999))
        a, b = int(j), int(k)
        fa, fb = j - a, k - b
        m = self._outline
        low = m[a, b] * (1 - fa) + m[a + 1, b] * fa
        high = m[a, b + 1] * (1 - fa) + m[a + 1, b + 1] * fa
        r = low * (1 - fb) + high * fb + off_mm * 1e-3
        p = np.radians(angle_deg)
        return np.array([self.mid - r * np.sin(p), _TRUNK_AXIS_Y_M - r * np.cos(p), z])

    def trunk_angle(self, point: Array) -> float:
        """Return the angle of a point round the trunk, degrees."""
        return float(np.degrees(np.arctan2(-(point[0] - self.mid), -(point[1] - _TRUNK_AXIS_Y_M))))

    def trunk_at_width(self, width_m: float, z: float, off_mm: float = 8.0) -> Array:
        """Return the point in front of the trunk at a distance from the midplane."""
        angle = float(np.degrees(np.arcsin(min(0.9, width_m / 0.10))))
        for _ in range(8):
            reached = max(1e-3, self.mid - self.trunk(angle, z, off_mm)[0])
            angle = min(85.0, angle * width_m / reached)
        return self.trunk(angle, z, off_mm)

    def spinous(self, k: int) -> Array:
        """Return the tip of a spinous process: 1–12 thoracic, 13–17 lumbar."""
        name = f"torso_geom_{13 - k}" if k <= 12 else f"lumbar{k - 12}_geom_1"
        points = self.bone(name)
        tip: Array = points[points[:, 1].argmax()].copy()
        tip[0] = self.mid
        return tip

    def spine_y(self, z: float) -> float:
        """Return the depth of the line of spinous processes at a height."""
        tips = np.array([self.spinous(k) for k in range(17, 0, -1)])
        return float(np.interp(z, tips[:, 2], tips[:, 1]))

    # ------------------------------------------------------------------------------ pelvis
    def crest(self, y: float) -> Array:
        """Return the top of the iliac crest at a depth."""
        p = self._pelvis_surface
        near = p[np.abs(p[:, 1] - y) < 0.003]
        return np.array(near[near[:, 2].argmax()])

    @cached_property
    def _pelvis_surface(self) -> Array:
        # the mesh is coarse: its corners alone would make the crest jump by centimetres
        bone = self.rest.bones["r_pelvis"]
        return surface_samples(bone.vertices, bone.faces, 0.002)

    @cached_property
    def asis(self) -> Array:
        """Anterior superior iliac spine."""
        p = self.bone("r_pelvis")
        p = p[(p[:, 2] > 1.0) & (p[:, 1] < 0.12)]
        return np.array(p[p[:, 1].argmin()])

    @cached_property
    def pubic_tubercle(self) -> Array:
        """Front of the pubis, 16 mm from the midplane."""
        p = self.bone("r_pelvis")
        p = p[np.abs(p[:, 0] - (self.mid - 0.016)) < 0.012]
        return np.array(p[(-p[:, 1] + 0.6 * p[:, 2]).argmax()])

    # ---------------------------------------------------------------------- shoulder girdle
    @cached_property
    def acromion(self) -> Array:
        """Outermost point of the shoulder blade."""
        s = self.bone("scapula_r")
        return np.array(s[s[:, 0].argmin()])

    @cached_property
    def inferior_angle(self) -> Array:
        """Lowest point of the shoulder blade."""
        s = self.bone("scapula_r")
        return np.array(s[s[:, 2].argmin()])

    @cached_property
    def superior_angle(self) -> Array:
        """Upper inner corner of the shoulder blade."""
        s = self.bone("scapula_r")
        inner = s[s[:, 0] > s[:, 0].max() - 0.03]
        return np.array(inner[inner[:, 2].argmax()])

    def medial_border(self, z: float) -> Array:
        """Return the inner edge of the shoulder blade at a height."""
        s = self.bone("scapula_r")
        near = s[np.abs(s[:, 2] - z) < 0.010]
        return np.array(near[near[:, 0].argmax()])

    def lateral_border(self, share: float) -> Array:
        """Return the outer edge of the blade, from the inferior angle (0) to the socket (1)."""
        return lerp(self.inferior_angle, self.shoulder + np.array([0.022, 0.012, -0.020]), share)

    @cached_property
    def coracoid(self) -> Array:
        """Tip of the coracoid process."""
        s = self.bone("scapula_r")
        return np.array(s[s[:, 1].argmin()])

    @cached_property
    def scapular_spine(self) -> tuple[Array, ...]:
        """Five points along the spine of the shoulder blade, from its root outwards."""
        s = self.bone("scapula_r")

        def ridge(x: float) -> Array:
            near = s[np.abs(s[:, 0] - x) < 0.006]
            return np.array(near[(near[:, 1] + 0.35 * near[:, 2]).argmax()])

        xs = np.linspace(s[:, 0].max() - 0.008, self.acromion[0] + 0.012, 5)
        return tuple(ridge(x) for x in xs)

    def clavicle(self, share: float) -> Array:
        """Return a point of the collar bone's middle line, from the breastbone outwards."""
        c = self.bone("clavicle_r")
        x = c[:, 0].max() + (c[:, 0].min() - c[:, 0].max()) * share
        return np.asarray(c[np.abs(c[:, 0] - x) < 0.008].mean(0))

    @cached_property
    def clavicle_head(self) -> Array:
        """Sternal end of the collar bone."""
        c = self.bone("clavicle_r")
        return np.array(c[c[:, 0].argmax()])

    # --------------------------------------------------------------------------------- arm
    @cached_property
    def shoulder(self) -> Array:
        """Centre of the humeral head."""
        return self.rest.body_position("humerus_r")

    @cached_property
    def upper_arm(self) -> ArmAxes:
        """Frame of the humerus, from the head's centre to the middle of the elbow."""
        h = self.bone("humerus_r")
        low = h[h[:, 2] < h[:, 2].min() + 0.035]
        lateral, medial = low[low[:, 0].argmin()], low[low[:, 0].argmax()]
        return ArmAxes(self.shoulder, self.rest.body_position("ulna_r"), lateral - medial)

    @cached_property
    def forearm(self) -> ArmAxes:
        """Frame of the forearm with the thumb forward: outwards is the back of the hand."""
        dorsal = self.upper_arm.lateral
        return ArmAxes(self.rest.body_position("ulna_r"), self.rest.body_position("hand_r"), dorsal)

    def shaft(self, bone: str) -> Callable[[float], Array]:
        """Return the middle line of a long bone as a function of the share from its top."""
        p = self.bone(bone)
        top, bottom = p[:, 2].max(), p[:, 2].min()

        def at(share: float) -> Array:
            z = top + (bottom - top) * share
            near = p[np.abs(p[:, 2] - z) < 0.02]
            middle = (near.min(0) + near.max(0)) / 2
            middle[2] = z
            return np.asarray(middle)

        return at

    # -------------------------------------------------------------------------- head, neck
    @cached_property
    def occiput(self) -> Array:
        """External occipital protuberance."""
        s = self.bone("hat_skull")
        s = s[(np.abs(s[:, 0] - self.mid) < 0.01) & (np.abs(s[:, 2] - 1.645) < 0.008)]
        return np.array(s[s[:, 1].argmax()])

    @cached_property
    def mastoid(self) -> Array:
        """Mastoid process behind the ear."""
        s = self.bone("hat_skull")
        s = s[(s[:, 0] < self.mid - 0.035) & (s[:, 1] > 0.20) & (s[:, 1] < 0.25)]
        return np.array(s[s[:, 2].argmin()])

    @cached_property
    def zygoma(self) -> Array:
        """Cheek bone."""
        s = self.bone("hat_skull")
        s = s[(s[:, 0] < self.mid - 0.05) & (s[:, 1] < 0.19) & (np.abs(s[:, 2] - 1.635) < 0.02)]
        return np.array(s[s[:, 1].argmin()])

    @cached_property
    def jaw_angle(self) -> Array:
        """Angle of the lower jaw."""
        s = self.bone("hat_jaw")
        s = s[s[:, 0] < self.mid - 0.02]
        return np.array(s[(s[:, 1] - s[:, 2]).argmax()])

    # ------------------------------------------------------------------------------- paths
    def sites(self, tendon: str) -> tuple[Array, list[str]]:
        """Return the sites of a muscle-tendon path at rest, (n, 3), and their bodies."""
        pose, skeleton = self.rest.pose, self.rest.skeleton
        t = skeleton.tendon(tendon)
        start, count = int(pose.path_start[t]), int(pose.path_count[t])
        points = pose.path_points[start : start + count]
        points = points[pose.path_object[start : start + count] == -1]
        return np.array(points), [skeleton.body_names[b] for b in skeleton.tendon_site_bodies(t)]

    def site(self, tendon: str, k: int) -> Array:
        """Return site ``k`` of a muscle-tendon path at rest."""
        return np.array(self.sites(tendon)[0][k])

"""Points that an anatomist would palpate, measured on the bone meshes at rest.

All on the right side, world coordinates, metres. Heights of the trunk are given as levels: the
height of a spinous process by its number, 1…12 for the thoracic and 13…17 for the lumbar ones,
23 for the tip of the coccyx, 0…−6 for the cervical vertebrae from the lowest up; 15.5 lies half-way
between the third and the fourth lumbar one. Depths and widths are lengths on the body that the
muscles were authored on, times ``scale``. The trunk's outline (ribs, and below them a table of the
abdomen's half-axes) is a map from angle round the trunk and height to a point.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tools.bake.geometry.grid import surface_samples
from tools.bake.skeleton.frames import BoneAxes, BoneFrame, lerp
from tools.bake.skeleton.rest import Rest

__all__ = ["BoneLandmarks"]

Array = NDArray[np.float64]

_RIBS = "torso_geom_13"
# Lengths of the body that the muscles were authored on, metres: from the ankle to the joint below
# the head, height of the skull, height of the hip bone.
_STATURE_M, _SKULL_M, _HIP_BONE_M = 1.482961, 0.161413, 0.214788
_COCCYX_LEVEL, _ATLAS_LEVEL = 23.0, -6.0
# Depth of the trunk's axis, that angles are measured around: share of the way from the spine of
# the hip bone to that of the lowest lumbar vertebra.
_TRUNK_AXIS = 0.6195
_ANGLES, _HEIGHTS = 73, 63
# Between which levels the outline is known, and below which it is the belly's.
_HIGHEST_LEVEL, _LOWEST_LEVEL = -0.2557, 24.402
_WAIST_LEVEL = 11.81
# level, half-depth in front, half-width, half-depth behind: outline of the belly, metres
_ABDOMEN = np.array(
    [
        (24.402, 0.050, 0.130, 0.060),
        (22.73, 0.066, 0.134, 0.060),
        (20.22, 0.087, 0.129, 0.060),
        (18.12, 0.096, 0.124, 0.065),
        (16.29, 0.100, 0.117, 0.070),
        (14.82, 0.102, 0.119, 0.074),
        (11.95, 0.101, 0.129, 0.086),
    ]
)
_ABDOMEN_EXPONENT = 2.5
# The blade's inner edge is measured on a strip of this half-width.
_STRIP_M = 0.010


class BoneLandmarks:
    """The landmarks of one rest pose."""

    def __init__(self, rest: Rest) -> None:
        self.rest = rest
        self.mid = rest.midplane_x_m

    def bone(self, name: str) -> Array:
        """Return the vertices of a bone mesh, (V, 3)."""
        return self.rest.bones[name].vertices

    @cached_property
    def scale(self) -> float:
        """How many times as tall as the body that the muscles were authored on."""
        head, ankle = (self.rest.body_position(name)[2] for name in ("head", "talus_r"))
        return float((head - ankle) / _STATURE_M)

    def moved(self, point: ArrayLike, left: float, back: float, up: float) -> Array:
        """Return a point moved along the world's axes, metres times :attr:`scale`."""
        return np.asarray(point, float) + np.array([left, back, up]) * self.scale

    # ------------------------------------------------------------------------------- trunk
    @cached_property
    def _levels(self) -> tuple[Array, Array]:
        """Levels and their heights, upwards."""
        coccyx = self.bone("sacrum_geom_1")[:, 2].min()
        spines = [self.spinous(k)[2] for k in range(17, 0, -1)]
        neck = [self.rest.body_position(name)[2] for name in ("neck", "head")]
        levels = np.array([_COCCYX_LEVEL, *range(17, 0, -1), 0.0, _ATLAS_LEVEL])
        return levels, np.array([coccyx, *spines, *neck])

    def level(self, number: float) -> float:
        """Return the height of a level of the spine (see above), metres."""
        levels, heights = self._levels
        k = int(np.clip(np.searchsorted(-levels, -number) - 1, 0, len(levels) - 2))
        share = (number - levels[k]) / (levels[k + 1] - levels[k])
        return float(heights[k] + (heights[k + 1] - heights[k]) * share)

    def heights(self, levels: ArrayLike) -> Array:
        """Return the heights of several levels, metres."""
        return np.array([self.level(number) for number in np.asarray(levels, float)])

    def down(self, z: float, first: float, last: float) -> float:
        """Return how far down a height lies between two levels: 0 at the first, 1 at the last."""
        top = self.level(first)
        return float((z - top) / (self.level(last) - top))

    @property
    def axis(self) -> Array:
        """Axis of the trunk (x, y): what the belly wall and the back face away from."""
        return np.array([self.mid, self._axis_y])

    @cached_property
    def _axis_y(self) -> float:
        return float(lerp(self.asis, self.spinous(17), _TRUNK_AXIS)[1])

    @cached_property
    def _outline_heights(self) -> Array:
        return np.linspace(self.level(_LOWEST_LEVEL), self.level(_HIGHEST_LEVEL), _HEIGHTS)

    @cached_property
    def _outline(self) -> Array:
        from scipy.ndimage import gaussian_filter, maximum_filter

        heights, waist = self._outline_heights, self.level(_WAIST_LEVEL)
        step = heights[1] - heights[0]
        ribs = self.bone(_RIBS)
        ribs = ribs[ribs[:, 0] < self.mid + 0.005 * self.scale]
        x, y = ribs[:, 0] - self.mid, ribs[:, 1] - self._axis_y
        angle = np.clip(np.degrees(np.arctan2(-x, -y)), 0, 180)
        i = np.round(angle / 180 * (_ANGLES - 1)).astype(int)
        k = np.clip(np.round((ribs[:, 2] - heights[0]) / step).astype(int), 0, _HEIGHTS - 1)
        radius = np.zeros((_ANGLES, _HEIGHTS))
        np.maximum.at(radius, (i, k), np.hypot(x, y))
        known = (radius > 0) & (heights > waist)
        known &= radius > 0.88 * maximum_filter(radius, size=(7, 3))
        phi = np.pi * np.arange(_ANGLES) / (_ANGLES - 1)
        belly = self.heights(_ABDOMEN[:, 0])
        for j in np.flatnonzero(heights < waist):
            front, width, behind = (
                np.interp(heights[j], belly, _ABDOMEN[:, c] * self.scale) for c in (1, 2, 3)
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
        heights = self._outline_heights
        j = float(np.clip(angle_deg / 180 * (_ANGLES - 1), 0, _ANGLES - 1.001))
        k = float(np.clip((z - heights[0]) / (heights[1] - heights[0]), 0, _HEIGHTS - 1.001))
        a, b = int(j), int(k)
        fa, fb = j - a, k - b
        m = self._outline
        low = m[a, b] * (1 - fa) + m[a + 1, b] * fa
        high = m[a, b + 1] * (1 - fa) + m[a + 1, b + 1] * fa
        r = low * (1 - fb) + high * fb + off_mm * 1e-3 * self.scale
        p = np.radians(angle_deg)
        return np.array([self.mid - r * np.sin(p), self._axis_y - r * np.cos(p), z])

    def trunk_angle(self, point: Array) -> float:
        """Return the angle of a point round the trunk, degrees."""
        return float(np.degrees(np.arctan2(-(point[0] - self.mid), -(point[1] - self._axis_y))))

    def trunk_at_width(self, width_m: float, z: float, off_mm: float = 8.0) -> Array:
        """Return the point in front of the trunk at a distance from the midplane."""
        angle = float(np.degrees(np.arcsin(min(0.9, width_m / (0.10 * self.scale)))))
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

    @cached_property
    def chest(self) -> BoneFrame:
        """Frame at the spinous process that lies hindmost."""
        return BoneFrame(self.spinous(7), self.scale)

    # ------------------------------------------------------------------------------ pelvis
    @cached_property
    def pelvis(self) -> BoneFrame:
        """Frame on the midplane, between the spines of the hip bones, as high as the hip joints."""
        origin = np.array([self.mid, self.asis[1], self.rest.body_position("femur_r")[2]])
        hip_bone = self.bone("r_pelvis")[:, 2]
        return BoneFrame(origin, float(np.ptp(hip_bone)) / _HIP_BONE_M)

    def crest(self, share: float) -> Array:
        """Return the top of the iliac crest, from its front (0) to its hindmost point (1)."""
        p = self._pelvis_surface
        front, behind = self.bone("r_pelvis")[:, 1].min(), self.bone("r_pelvis")[:, 1].max()
        y = front + (behind - front) * share
        near = p[np.abs(p[:, 1] - y) < 0.003 * self.pelvis.scale]
        return np.array(near[near[:, 2].argmax()])

    @cached_property
    def _pelvis_surface(self) -> Array:
        # the mesh is coarse: its corners alone would make the crest jump by centimetres
        bone = self.rest.bones["r_pelvis"]
        return surface_samples(bone.vertices, bone.faces, 0.002 * self.pelvis.scale)

    @cached_property
    def asis(self) -> Array:
        """Anterior superior iliac spine."""
        p = self.bone("r_pelvis")
        upper = p[:, 2] > lerp(p[:, 2].min(), p[:, 2].max(), 0.62)
        return np.array(p[upper][p[upper][:, 1].argmin()])

    @cached_property
    def pubic_tubercle(self) -> Array:
        """Front of the pubis, 16 mm from the midplane."""
        p, s = self.bone("r_pelvis"), self.scale
        p = p[np.abs(p[:, 0] - (self.mid - 0.016 * s)) < 0.012 * s]
        return np.array(p[(-p[:, 1] + 0.6 * p[:, 2]).argmax()])

    # --------------------------------------------------------------------------------- leg
    @cached_property
    def thigh(self) -> BoneAxes:
        """Frame of the thigh, from the hip joint to the knee."""
        hip, knee = (self.rest.body_position(name) for name in ("femur_r", "tibia_r"))
        return BoneAxes(hip, knee, np.array([-1.0, 0.0, 0.0]), self.scale)

    @cached_property
    def shank(self) -> BoneAxes:
        """Frame of the lower leg, from the knee to the ankle."""
        knee, ankle = (self.rest.body_position(name) for name in ("tibia_r", "talus_r"))
        return BoneAxes(knee, ankle, np.array([-1.0, 0.0, 0.0]), self.scale)

    @cached_property
    def knee(self) -> BoneFrame:
        """Frame at the knee joint."""
        return BoneFrame(self.rest.body_position("tibia_r"), self.scale)

    @cached_property
    def trochanter(self) -> Array:
        """Outermost point of the greater trochanter."""
        f = self.bone("r_femur")
        upper = f[f[:, 2] > lerp(f[:, 2].min(), f[:, 2].max(), 0.8)]
        return np.array(upper[upper[:, 0].argmin()])

    def patella_z(self, share: float) -> float:
        """Return a height of the patella, from its lower tip (0) to its base (1), metres."""
        z = self.bone("r_patella")[:, 2]
        return float(z.min() + (z.max() - z.min()) * share)

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
        inner = s[s[:, 0] > s[:, 0].max() - 0.03 * self.scale]
        return np.array(inner[inner[:, 2].argmax()])

    def medial_border(self, share: float) -> Array:
        """Return the blade's inner edge, from the inferior angle (0) to the superior one (1)."""
        s = self.bone("scapula_r")
        z = lerp(self.inferior_angle, self.superior_angle, share)[2]
        near = s[np.abs(s[:, 2] - z) < _STRIP_M * self.scale]
        return np.array(near[near[:, 0].argmax()])

    def lateral_border(self, share: float) -> Array:
        """Return the outer edge of the blade, from the inferior angle (0) to the socket (1)."""
        return lerp(self.inferior_angle, self.moved(self.shoulder, 0.022, 0.012, -0.020), share)

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
            near = s[np.abs(s[:, 0] - x) < 0.006 * self.scale]
            return np.array(near[(near[:, 1] + 0.35 * near[:, 2]).argmax()])

        root, end = s[:, 0].max() - 0.008 * self.scale, self.acromion[0] + 0.012 * self.scale
        return tuple(ridge(x) for x in np.linspace(root, end, 5))

    @cached_property
    def shoulder_girdle(self) -> BoneFrame:
        """Frame at the acromion."""
        return BoneFrame(self.acromion, self.scale)

    def clavicle(self, share: float) -> Array:
        """Return a point of the collar bone's middle line, from the breastbone outwards."""
        c = self.bone("clavicle_r")
        x = c[:, 0].max() + (c[:, 0].min() - c[:, 0].max()) * share
        return np.asarray(c[np.abs(c[:, 0] - x) < 0.008 * self.scale].mean(0))

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
    def upper_arm(self) -> BoneAxes:
        """Frame of the humerus, from the head's centre to the middle of the elbow."""
        h = self.bone("humerus_r")
        low = h[h[:, 2] < h[:, 2].min() + 0.035 * self.scale]
        lateral, medial = low[low[:, 0].argmin()], low[low[:, 0].argmax()]
        elbow = self.rest.body_position("ulna_r")
        return BoneAxes(self.shoulder, elbow, lateral - medial, self.scale)

    @cached_property
    def forearm(self) -> BoneAxes:
        """Frame of the forearm with the thumb forward: outwards is the back of the hand."""
        elbow, wrist = (self.rest.body_position(name) for name in ("ulna_r", "hand_r"))
        return BoneAxes(elbow, wrist, self.upper_arm.lateral, self.scale)

    @cached_property
    def elbow(self) -> BoneFrame:
        """Frame at the elbow joint."""
        return BoneFrame(self.rest.body_position("ulna_r"), self.scale)

    def shaft(self, bone: str) -> Callable[[float], Array]:
        """Return the middle line of a long bone as a function of the share from its top."""
        p = self.bone(bone)
        top, bottom = p[:, 2].max(), p[:, 2].min()

        def at(share: float) -> Array:
            z = top + (bottom - top) * share
            near = p[np.abs(p[:, 2] - z) < 0.02 * self.scale]
            middle = (near.min(0) + near.max(0)) / 2
            middle[2] = z
            return np.asarray(middle)

        return at

    # -------------------------------------------------------------------------- head, neck
    @cached_property
    def neck(self) -> BoneFrame:
        """Frame at the joint between chest and neck."""
        return BoneFrame(self.rest.body_position("neck"), self.scale)

    @cached_property
    def head(self) -> BoneFrame:
        """Frame at the joint below the head."""
        skull = self.bone("hat_skull")[:, 2]
        return BoneFrame(self.rest.body_position("head"), float(np.ptp(skull)) / _SKULL_M)

    def in_neck(self, level: float, aside: float, back: float) -> Array:
        """Return a point beside the midplane and behind the joint of the neck, metres."""
        x, y = self.mid - aside * self.scale, self.neck.origin[1] + back * self.scale
        return np.array([x, y, self.level(level)])

    def _skull_at(self, depth: float, height: float) -> Array:
        """Return depth and height of a share of the skull's box, from front and from below."""
        low, high = self.bone("hat_skull").min(0), self.bone("hat_skull").max(0)
        return np.asarray(low[1:] + (high - low)[1:] * (depth, height))

    @cached_property
    def occiput(self) -> Array:
        """External occipital protuberance."""
        s, k = self.bone("hat_skull"), self.head.scale
        z = self._skull_at(0, 0.339)[1]
        s = s[(np.abs(s[:, 0] - self.mid) < 0.01 * k) & (np.abs(s[:, 2] - z) < 0.008 * k)]
        return np.array(s[s[:, 1].argmax()])

    @cached_property
    def mastoid(self) -> Array:
        """Mastoid process behind the ear."""
        s, k = self.bone("hat_skull"), self.head.scale
        front, behind = self._skull_at(0.463, 0)[0], self._skull_at(0.759, 0)[0]
        s = s[(s[:, 0] < self.mid - 0.035 * k) & (s[:, 1] > front) & (s[:, 1] < behind)]
        return np.array(s[s[:, 2].argmin()])

    @cached_property
    def zygoma(self) -> Array:
        """Cheek bone."""
        s, k = self.bone("hat_skull"), self.head.scale
        y, z = self._skull_at(0.404, 0.277)
        s = s[(s[:, 0] < self.mid - 0.05 * k) & (s[:, 1] < y) & (np.abs(s[:, 2] - z) < 0.02 * k)]
        return np.array(s[s[:, 1].argmin()])

    @cached_property
    def jaw_angle(self) -> Array:
        """Angle of the lower jaw."""
        s = self.bone("hat_jaw")
        s = s[s[:, 0] < self.mid - 0.02 * self.head.scale]
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

"""An orbit camera with a narrow perspective: it never rolls, so the floor's horizon is level."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

__all__ = ["NEAR_M", "Camera"]

Array = npt.NDArray[np.float64]

_MAX_ELEVATION = math.radians(89.0)
# Nothing nearer than this is drawn; a body that near fills the picture many times over.
NEAR_M = 0.02
_SAME = 1e-9  # metres or pixels that rounding may make


@dataclass(frozen=True)
class Camera:
    """Where the picture is taken from.

    Parameters
    ----------
    target : tuple of 3 float, metres
        The point in the middle of the picture.
    azimuth_rad : float
        Turn about the vertical: 0 looks along +y (the front of a body that faces -y),
        -pi/2 looks along +x (that body's right side; +y is left in the picture).
    elevation_rad : float
        Height above the horizon, positive looks down.
    height_m : float
        What the picture's height covers at the target.
    fov_rad : float
        Vertical angle of view.
    """

    target: tuple[float, float, float] = (0.0, 0.0, 0.9)
    azimuth_rad: float = 0.0
    elevation_rad: float = 0.0
    height_m: float = 2.0
    fov_rad: float = math.radians(22.0)

    def __post_init__(self) -> None:
        numbers = (*self.target, self.azimuth_rad, self.elevation_rad, self.height_m, self.fov_rad)
        if len(self.target) != 3 or not all(math.isfinite(n) for n in numbers):
            raise ValueError("a camera needs finite numbers and a target of three")
        if self.height_m <= 0 or not 0 < self.fov_rad < math.radians(150):
            raise ValueError("the camera's height and angle of view must be positive")
        if abs(self.elevation_rad) > _MAX_ELEVATION:
            limited = math.copysign(_MAX_ELEVATION, self.elevation_rad)
            object.__setattr__(self, "elevation_rad", limited)

    @property
    def distance_m(self) -> float:
        """Distance from the eye to the target."""
        return self.height_m / (2.0 * math.tan(self.fov_rad / 2.0))

    @cached_property
    def axes(self) -> Array:
        """(3, 3) ndarray: the unit vectors to the right, up and back (towards the eye) as rows."""
        sin_a, cos_a = math.sin(self.azimuth_rad), math.cos(self.azimuth_rad)
        sin_e, cos_e = math.sin(self.elevation_rad), math.cos(self.elevation_rad)
        axes = np.array(
            [
                [cos_a, sin_a, 0.0],
                [-sin_a * sin_e, cos_a * sin_e, cos_e],
                [sin_a * cos_e, -cos_a * cos_e, sin_e],
            ]
        )
        axes.flags.writeable = False
        return axes

    @cached_property
    def eye(self) -> Array:
        """(3,) ndarray, metres: where the camera stands."""
        eye = np.asarray(np.asarray(self.target, float) + self.axes[2] * self.distance_m)
        eye.flags.writeable = False
        return eye

    def focal_px(self, height_px: float) -> float:
        """Pixels per unit of tangent for a picture ``height_px`` high."""
        return height_px / (2.0 * math.tan(self.fov_rad / 2.0))

    def project(self, points: npt.ArrayLike, size: tuple[int, int]) -> Array:
        """Return where points appear.

        Parameters
        ----------
        points : (..., 3) array-like, metres
            Points of the world.
        size : tuple of int
            Width and height of the picture in pixels.

        Returns
        -------
        (..., 3) ndarray
            x and y in pixels from the upper left corner, and the depth along the view in
            metres. x and y are NaN behind the camera.
        """
        width, height = size
        local = (np.asarray(points, float) - self.eye) @ self.axes.T
        depth = -local[..., 2]
        with np.errstate(invalid="ignore", divide="ignore"):
            scale = np.where(depth > NEAR_M, self.focal_px(height) / depth, np.nan)
        x = width / 2.0 + local[..., 0] * scale
        y = height / 2.0 - local[..., 1] * scale
        return np.stack([x, y, depth], axis=-1)

    def matrix(self, size: tuple[int, int]) -> Array:
        """Return what takes points [x, y, z, 1] to [u d, v d, d] in one go; see :meth:`project`.

        Parameters
        ----------
        size : tuple of int
            Width and height of the picture in pixels.

        Returns
        -------
        (4, 3) ndarray
            u and v are pixels, d the depth along the view in metres. What lies behind
            :data:`NEAR_M` is not seen, wherever u and v are.
        """
        return _matrix(self, size)

    def ray(self, x: float, y: float, size: tuple[int, int]) -> tuple[Array, Array]:
        """Return the eye (3,) in metres and the unit direction (3,) through a pixel position."""
        width, height = size
        focal = self.focal_px(height)
        right, up, back = self.axes
        direction = right * ((x - width / 2.0) / focal) - up * ((y - height / 2.0) / focal) - back
        return self.eye, direction / float(np.linalg.norm(direction))

    def orbited(self, azimuth_rad: float, elevation_rad: float) -> Camera:
        """Return the camera turned about its target by two angles."""
        return replace(
            self,
            azimuth_rad=self.azimuth_rad + azimuth_rad,
            elevation_rad=self.elevation_rad + elevation_rad,
        )

    def zoomed(self, factor: float) -> Camera:
        """Return the camera that sees things ``factor`` times larger."""
        return replace(self, height_m=self.height_m / factor)

    def panned(self, dx_px: float, dy_px: float, height_px: int) -> Camera:
        """Return the camera after dragging the picture by pixels to the right and down."""
        metre_per_px = self.height_m / height_px
        right, up, _ = self.axes
        moved = np.asarray(self.target) - (right * dx_px - up * dy_px) * metre_per_px
        return replace(self, target=(float(moved[0]), float(moved[1]), float(moved[2])))

    def fitted(self, points: npt.ArrayLike, size: tuple[int, int], fill: float = 0.9) -> Camera:
        """Return the camera, same direction, that just holds all points in the picture.

        Parameters
        ----------
        points : (N, 3) array-like, metres
            What must be seen, e.g. the corners of a bounding box.
        size : tuple of int
            Width and height of the picture in pixels.
        fill : float
            Share of the tighter dimension that the points span, 0 .. 1.

        Notes
        -----
        In camera axes a point (x, y, z) lies in a picture of half tangents (kx, ky) seen from
        depth d when |x - tx| <= kx (d - z), and likewise for y. These are linear in d and t, so
        the smallest d and the centred t follow directly, with the perspective exact.
        """
        cloud = np.asarray(points, float).reshape(-1, 3)
        if not len(cloud) or not np.isfinite(cloud).all():
            raise ValueError("a camera can only be fitted to finite points")
        if not 0.0 < fill <= 1.0:
            raise ValueError("fill must be within 0..1")
        width, height = size
        axes = self.axes
        x, y, z = axes @ cloud.T
        ky = math.tan(self.fov_rad / 2.0) * fill
        kx = ky * width / height
        right, left = float((x + kx * z).max()), float((x - kx * z).min())
        top, bottom = float((y + ky * z).max()), float((y - ky * z).min())
        depth = max((right - left) / (2 * kx), (top - bottom) / (2 * ky), float(z.max()) + 0.05)
        middle_z = (float(z.max()) + float(z.min())) / 2.0
        target = np.array([(right + left) / 2.0, (top + bottom) / 2.0, middle_z]) @ axes
        distance = max(depth - middle_z, 0.05)
        return replace(
            self,
            target=(float(target[0]), float(target[1]), float(target[2])),
            height_m=2.0 * distance * math.tan(self.fov_rad / 2.0),
        )

    def fitted_to_box(
        self, low: npt.ArrayLike, high: npt.ArrayLike, size: tuple[int, int], fill: float = 0.9
    ) -> Camera:
        """Return the camera that just holds an axis-aligned box, see :meth:`fitted`."""
        ends = np.stack([np.asarray(low, float), np.asarray(high, float)])
        corners = [
            (ends[i, 0], ends[j, 1], ends[k, 2]) for i in (0, 1) for j in (0, 1) for k in (0, 1)
        ]
        return self.fitted(corners, size, fill)

    def keeping(
        self,
        points: npt.ArrayLike,
        size: tuple[int, int],
        within: tuple[float, float, float, float],
    ) -> Camera:
        """Return the camera shifted just so far that some of what matters is in the picture.

        Parameters
        ----------
        points : (N, 3) array-like, metres
            What matters, N > 0; close enough together to stand for a surface.
        size : tuple of int
            Width and height of the picture in pixels.
        within : tuple of 4 float
            Left, top, right and bottom (px) of where at least one of the points shall be.

        Notes
        -----
        The target stays between the nearest and the farthest point along the view: the camera
        turns about it, so it must not wander off. Then a point at least as far away as the target
        exists, and what is shifted into the picture is in front of the camera.
        """
        cloud = np.asarray(points, float).reshape(-1, 3)
        back = self.axes[2]
        along = cloud @ back
        target = np.asarray(self.target)
        here = float(target @ back)
        off = min(max(here, float(along.min())), float(along.max())) - here
        camera = self
        if abs(off) > _SAME:
            x, y, z = (target + off * back).tolist()
            camera = replace(self, target=(x, y, z))
        at = camera.project(cloud, size)
        at = at[np.isfinite(at[:, 0])]
        left, top, right, bottom = within
        way = np.clip(at[:, :2], (left, top), (right, bottom)) - at[:, :2]
        k = int(np.hypot(way[:, 0], way[:, 1]).argmin())
        dx, dy = way[k].tolist()
        if math.hypot(dx, dy) <= _SAME:
            return camera
        # panning is measured at the target's depth
        nearer = float(at[k, 2]) / camera.distance_m
        return camera.panned(dx * nearer, dy * nearer, size[1])

    def between(self, other: Camera, share: float) -> Camera:
        """Return the camera on the way to ``other``, turning the shorter way round.

        Parameters
        ----------
        other : Camera
            Where the way ends.
        share : float
            0 = here .. 1 = there.
        """
        turn = math.remainder(other.azimuth_rad - self.azimuth_rad, 2.0 * math.pi)
        here, there = np.asarray(self.target), np.asarray(other.target)
        target = here + (there - here) * share

        def mix(a: float, b: float) -> float:
            return a + (b - a) * share

        return Camera(
            target=(float(target[0]), float(target[1]), float(target[2])),
            azimuth_rad=self.azimuth_rad + turn * share,
            elevation_rad=mix(self.elevation_rad, other.elevation_rad),
            # zooming is felt as a ratio, not as a difference
            height_m=self.height_m * (other.height_m / self.height_m) ** share,
            fov_rad=mix(self.fov_rad, other.fov_rad),
        )


@lru_cache(maxsize=8)
def _matrix(camera: Camera, size: tuple[int, int]) -> Array:
    (width, height), focal = size, camera.focal_px(size[1])
    onto = np.array([[focal, 0.0, 0.0], [0.0, -focal, 0.0], [-width / 2.0, -height / 2.0, -1.0]])
    turn = camera.axes.T @ onto
    matrix = np.vstack([turn, -camera.eye @ turn])
    matrix.flags.writeable = False
    return matrix

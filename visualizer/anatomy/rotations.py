"""Rotations as unit quaternions (w, x, y, z), component by component.

The components may be numbers or arrays of one shape; every function returns what has their shape
and precision. Many rotations at a time are four arrays side by side and not rows of four, because
numpy works along whole arrays.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

__all__ = ["Quaternion", "product", "rotation_rows"]

Quaternion = tuple[Any, Any, Any, Any]


def product(p: Iterable[Any], q: Iterable[Any]) -> Quaternion:
    """Return the rotation ``q`` followed by ``p`` (Hamilton's product)."""
    a, b, c, d = p
    w, x, y, z = q
    return (
        a * w - b * x - c * y - d * z,
        a * x + b * w + c * z - d * y,
        a * y - b * z + c * w + d * x,
        a * z + b * y - c * x + d * w,
    )


def rotation_rows(q: Iterable[Any]) -> list[list[Any]]:
    """Return the entries of the rotation matrices of unit quaternions, row by row.

    Parameters
    ----------
    q : iterable of four ndarray or float
        The components w, x, y, z; each entry of the result has their shape.
    """
    w, x, y, z = q
    xx, yy, zz = x * x, y * y, z * z
    xy, xz, yz, wx, wy, wz = x * y, x * z, y * z, w * x, w * y, w * z
    return [
        [1 - 2 * (yy + zz), 2 * (xy - wz), 2 * (xz + wy)],
        [2 * (xy + wz), 1 - 2 * (xx + zz), 2 * (yz - wx)],
        [2 * (xz - wy), 2 * (yz + wx), 1 - 2 * (xx + yy)],
    ]

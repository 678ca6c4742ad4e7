"""What a view must hold is found among all points."""

from __future__ import annotations

import numpy as np
import pytest

from visualizer.scene.views import outermost


@pytest.mark.parametrize("together", [True, False])
def test_the_outermost_points_are_found_in_any_piece(together: bool) -> None:
    random = np.random.default_rng(3)
    points = random.normal(size=(5000, 3)).astype(np.float32)
    if together:  # as in a mesh, points that follow each other lie near each other
        points = points[np.lexsort(np.round(points.T))]
    points[4321] = (0.0, 0.0, 9.0)
    points[17] = (0.0, -9.0, 0.0)
    found = outermost(points)
    assert {(0.0, 0.0, 9.0), (0.0, -9.0, 0.0)} <= {tuple(p) for p in found.tolist()}
    # no direction has a point farther out than those, but for what lies between two of the 96
    for way in random.normal(size=(40, 3)):
        way /= np.linalg.norm(way)
        assert (found @ way).max() >= 0.8 * (points.astype(float) @ way).max()

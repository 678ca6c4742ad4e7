"""What is authored about the body belongs to its bones: a body of another build takes it along."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

pytest.importorskip("musclemimic_models", reason="the bake extra is not installed")
pytest.importorskip("skimage", reason="the bake extra is not installed")
pytest.importorskip("fast_simplification", reason="the bake extra is not installed")

from tools.bake.covering import capsules, neck
from tools.bake.covering.capsules import capsule_parts
from tools.bake.covering.head import SKULL
from tools.bake.covering.neck import neck_core
from tools.bake.geometry.grid import Grid
from tools.bake.muscles.record import AuthoredMuscle
from tools.bake.muscles.table import MUSCLES, authored_strands
from tools.bake.skeleton.landmarks import BoneLandmarks
from tools.bake.skeleton.rest import Rest
from tools.bake.source.model import SourceModel
from tools.bake.strands.strand import FreeStrand
from visualizer.anatomy.skeleton import Skeleton

# taller, and standing somewhere else
SCALE, SHIFT_M = 1.1, np.array([0.30, -0.20, 0.45])


@cache
def rest() -> Rest:
    return Rest.build(SourceModel.load(), Skeleton.load())


def there(points: np.ndarray) -> np.ndarray:
    """Return where points of this body lie on the other one."""
    return np.asarray(points * SCALE + SHIFT_M)


@cache
def other() -> Rest:
    pose = rest().pose
    return replace(
        rest(),
        pose=replace(
            pose,
            body_position=there(pose.body_position),
            path_points=there(pose.path_points),
        ),
        bones={
            name: replace(bone, vertices=there(bone.vertices))
            for name, bone in rest().bones.items()
        },
        midplane_x_m=float(there(np.array([rest().midplane_x_m, 0.0, 0.0]))[0]),
    )


@cache
def land() -> BoneLandmarks:
    return BoneLandmarks(rest())


@cache
def other_land() -> BoneLandmarks:
    return BoneLandmarks(other())


def test_strands_follow_the_bones() -> None:
    """No point of a strand is given in the world: they all move and grow with the body."""
    mine, theirs = authored_strands(land()), authored_strands(other_land())
    off_mm: dict[str, float] = {}
    for muscle, strands in mine.items():
        for one, same in zip(strands, theirs[muscle], strict=True):
            if isinstance(one, FreeStrand):
                assert isinstance(same, FreeStrand)
                for here, far in zip(one.bodies, same.bodies, strict=True):
                    assert dict(here) == pytest.approx(dict(far), abs=2e-3)
                far = np.linalg.norm(there(one.points) - same.points, axis=1).max() * 1e3
                off_mm[muscle] = max(off_mm.get(muscle, 0.0), float(far))
    assert {muscle: far for muscle, far in off_mm.items() if far > 0.1} == {}
    assert len(off_mm) > 30


@pytest.mark.parametrize("muscle", [m for m in MUSCLES if m.white is not None], ids=lambda m: m.id)
def test_the_white_of_a_muscle_follows_the_bones(muscle: AuthoredMuscle) -> None:
    assert muscle.white is not None
    low, high = (f(rest().bones["r_pelvis"].vertices, 0) for f in (np.min, np.max))
    points = np.random.default_rng(3).uniform(low, high + np.array([0, 0.05, 0.5]), (400, 3))
    u = np.random.default_rng(4).uniform(0, 1, 400)
    here, far = muscle.white(land(), points, u), muscle.white(other_land(), there(points), u)
    assert np.ptp(here) > 0.1
    np.testing.assert_allclose(here, far, atol=2e-3)


def test_what_covers_the_joints_follows_the_bones(monkeypatch: pytest.MonkeyPatch) -> None:
    for room in (capsules, neck):
        monkeypatch.setattr(room, "_STEP_M", 0.0025)
    mine, theirs = capsule_parts(rest(), land()), capsule_parts(other(), other_land())
    boxes = {k: (b.vertices, theirs[k].vertices) for k, b in mine.items()}
    one, two = neck_core(rest(), land(), SKULL), neck_core(other(), other_land(), SKULL)
    boxes["neck"] = one.vertices, two.vertices
    for part, (here, far) in boxes.items():
        for end in (np.min, np.max):
            away = np.abs(there(end(here, 0)) - end(far, 0)).max()
            assert away < 0.006, part


def test_the_grid_holds_the_body_wherever_it_stands() -> None:
    one = Grid.around(rest().bones.values(), rest().midplane_x_m, 0.005)
    two = Grid.around(other().bones.values(), other().midplane_x_m, 0.005)
    for grid, bones in ((one, rest().bones), (two, other().bones)):
        points = np.vstack([b.vertices for b in bones.values() if not b.midline])
        assert (points.min(0) - 0.015 > grid.low).all()
        high = grid.low + grid.step_m * (np.array(grid.shape) - 1)
        assert (points.max(0)[1:] + 0.015 < high[1:]).all()


def test_levels_lie_between_the_spines_of_the_vertebrae() -> None:
    at = land()
    for k in (1, 7, 12, 13, 17):
        assert at.level(k) == pytest.approx(at.spinous(k)[2])
    assert at.level(14.5) == pytest.approx((at.spinous(14)[2] + at.spinous(15)[2]) / 2)
    levels = np.linspace(24, -7, 60)
    assert (np.diff(at.heights(levels)) > 0).all()
    assert at.down(at.level(13.0), 13.0, 17.0) == 0.0
    assert at.down(at.level(17.0), 13.0, 17.0) == pytest.approx(1.0)

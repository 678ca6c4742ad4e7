"""The skin: it fits the flesh, follows it, and is made from the sources of this checkout."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.helpers.repetitions import VARIATIONS, body, body_model, repetition, skeleton
from tools.skin.source_hash import source_hash
from tools.source_digest import CHECKOUT
from visualizer.anatomy.body_file import read_arrays
from visualizer.anatomy.native import native
from visualizer.anatomy.skin import Skin
from visualizer.errors import DataError
from visualizer.lifts.vocabulary import PhaseId
from visualizer.resources import body_file

AGAIN = "the skin does not fit the flesh any more: run `python -m tools.skin`"
# Skin of its own, under which the outline dives.
_OPAQUE = ("skin_head", "skin_hand", "skin_foot")
_STEEP_MM = 60.0


def flesh(*without: str) -> np.ndarray:
    """Return vertices of what is seen, few enough to look at all."""
    shown = np.array(
        [not (part.within_skin or part.id.startswith(without)) for part in body().parts]
    )
    return np.unique(body().faces[shown[body().face_part]])[::2]


def farthest_m(position: np.ndarray, points: np.ndarray) -> float:
    """Return how far the skin is from the flesh at most, by every fourth of its vertices."""
    some = position[::4]
    squares = (some**2).sum(1)[:, None] + (points**2).sum(1) - 2 * some @ points.T
    return float(np.sqrt(np.maximum(squares.min(1), 0)).max())


def over_skin_mm(points: np.ndarray, position: np.ndarray, normal: np.ndarray) -> np.ndarray:
    """Return how far points lie outside the nearest vertex of the skin, along its normal."""
    squares = (points**2).sum(1)[:, None] + (position**2).sum(1) - 2 * points @ position.T
    nearest = squares.argmin(1)
    return np.asarray(((points - position[nearest]) * normal[nearest]).sum(1) * 1e3)


def posed(skin: Skin, frames: np.ndarray) -> np.ndarray:
    moved = np.zeros_like(skin.rest_position)
    for k in range(4):
        frame = frames[skin.influence[:, k]]
        turned = np.einsum("vij,vj->vi", frame[:, :, :3], skin.rest_position) + frame[:, :, 3]
        moved += turned * skin.weight[:, k, None]
    return moved


def test_the_shipped_skin_is_made_from_these_sources() -> None:
    made = str(read_arrays(body_file("skin.npz"))["source_hash"])
    assert made == source_hash(body_file("skeleton.xml")), (
        "skin.npz was made from other sources: run `python -m tools.skin`"
    )


def test_its_code_and_the_skeleton_count_and_muscles_do_not(tmp_path: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("tools/skin", "tools/bake"):
        shutil.copytree(CHECKOUT / name, tmp_path / name, ignore=ignored)
    bones = tmp_path / "skeleton.xml"
    bones.write_text("<mujoco/>", "utf-8")
    before = source_hash(bones, tmp_path)
    muscles = tmp_path / "tools/bake/muscles/hip.py"
    muscles.write_text(muscles.read_text("utf-8") + "# more\n", "utf-8")
    for file in (tmp_path / "tools/skin").glob("*.py"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert source_hash(bones, tmp_path) == before
    bones.write_text("<mujoco></mujoco>", "utf-8")
    assert source_hash(bones, tmp_path) != before
    bones.write_text("<mujoco/>", "utf-8")
    (tmp_path / "tools/skin/more.py").write_text("", "utf-8")
    assert source_hash(bones, tmp_path) != before


def test_it_goes_round_the_flesh_at_rest() -> None:
    skin = body_model().skin
    points = body().rest_position[flesh(*_OPAQUE)][::3]
    over = over_skin_mm(points, skin.rest_position, skin.rest_normal)
    over = over[over < _STEEP_MM]  # what is nearer to the other limb's skin tells nothing
    assert (over > 3.0).mean() < 0.02, AGAIN
    points = body().rest_position[flesh()]
    assert farthest_m(skin.rest_position, points) < 0.035, AGAIN


@pytest.mark.parametrize("name", VARIATIONS)
def test_it_follows_the_flesh_over_a_repetition(name: str) -> None:
    skin, chosen = body_model().skin, flesh()
    bones = skin.bones_of(skeleton())
    volume: list[float] = []
    for k in (0.0, 0.5, 1.0):
        pose = repetition(name).instant_of(PhaseId.LIFT, k).pose
        position = posed(skin, skin.frames(pose, bones))
        points = body().posed(body().frames(pose))[chosen]
        assert farthest_m(position, points) < 0.045, AGAIN
        a, b, c = ((position - position.mean(0))[skin.faces[:, i]] for i in range(3))
        volume.append(float(np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6))
        edge = np.linalg.norm(position[skin.faces] - position[np.roll(skin.faces, 1, 1)], axis=2)
        assert (edge > 0.12).mean() < 0.001
    assert max(volume) < 1.1 * min(volume)


def test_it_is_small_and_moves_with_few_bones() -> None:
    skin = body_model().skin
    assert body_file("skin.npz").stat().st_size < 150_000
    assert len(skin.rest_position) < 5000
    assert skin.frame_count < 60
    np.testing.assert_allclose(np.linalg.norm(skin.rest_normal, axis=1), 1.0, atol=1e-5)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("format", np.array(99)),
        ("faces", None),
        ("influence", 255),
        ("between", 200),
        ("weight", 0),
        ("bone_quaternion", 0),
        ("bone_position", np.nan),
        ("normal", np.zeros((3, 3), np.int8)),
    ],
)
def test_a_wrong_skin_is_refused(tmp_path: Path, name: str, value: object) -> None:
    arrays = read_arrays(body_file("skin.npz"))
    if value is None:
        del arrays[name]
    else:
        arrays[name] = value if isinstance(value, np.ndarray) else np.full_like(arrays[name], value)
    file = tmp_path / "skin.npz"
    np.savez(file, **arrays)  # type: ignore[arg-type]
    with pytest.raises(DataError, match=r"skin\.npz"):
        Skin.load(file)


def test_bones_that_a_skeleton_has_not_are_named() -> None:
    arrays = read_arrays(body_file("skin.npz"))
    arrays["bone_names"] = arrays["bone_names"].copy()
    arrays["bone_names"][0] = "tail"
    with pytest.raises(DataError, match="tail"):
        Skin.from_arrays(arrays).bones_of(skeleton())


def test_native_frames_agree_with_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    if native() is None:
        pytest.skip("the native frames were not built here")
    skin, skeleton_ = body_model().skin, skeleton()
    pose = repetition("barbell-hip-thrust").instant_of(PhaseId.LIFT, 0.3).pose
    bones = skin.bones_of(skeleton_)
    one = skin.frames(pose, bones)
    monkeypatch.setattr("visualizer.anatomy.skin.native", lambda: None)
    np.testing.assert_allclose(one, skin.frames(pose, bones), atol=1e-6)


def test_native_frames_refuse_bones_that_are_none() -> None:
    if native() is None:
        pytest.skip("the native frames were not built here")
    skin = body_model().skin
    pose = repetition("barbell-hip-thrust").instant_of(PhaseId.LIFT, 0.3).pose
    bones = skin.bones_of(skeleton())
    for wrong in (len(pose.body_position), -1):
        others = bones.copy()
        others[-1] = wrong
        with pytest.raises(ValueError, match="not bodies of the skeleton"):
            skin.frames(pose, others)
    another = replace(skin, between=skin.between + np.int32(len(bones)))
    with pytest.raises(ValueError, match="not bodies of the skeleton"):
        another.frames(pose, bones)

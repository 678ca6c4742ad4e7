"""A body is a folder: its figures are data, checked all at once like other data."""

from __future__ import annotations

import shutil
from dataclasses import asdict
from pathlib import Path

import pytest

from visualizer.anatomy.body_model import BodyModel, Build
from visualizer.anatomy.landmarks import Landmark
from visualizer.errors import DataError
from visualizer.resources import DEFAULT_BODY, body_file


def changed(folder: Path, *changes: tuple[str, str]) -> Path:
    """A copy of the default body's figures with other text in it."""
    text = body_file("body.toml").read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "body.toml").write_text(text, "utf-8")
    return folder


def test_the_default_body_has_all_its_parts() -> None:
    body = BodyModel.load()
    assert body.id == DEFAULT_BODY
    assert body.build is Build.MALE
    assert body.skeleton is body.skeleton
    assert body.surface.parts


def test_every_landmark_lies_on_the_skeleton() -> None:
    body = BodyModel.load()
    for name in asdict(body.landmarks):
        landmark: Landmark = getattr(body.landmarks, name)
        for suffix in ("_r", "_l"):
            assert body.skeleton.body(landmark.on(suffix)[0]) > 0, name


def test_another_body_is_another_folder(tmp_path: Path) -> None:
    folder = changed(tmp_path, ("m = 1.70", "m = 1.60"), ('d = "male"', 'd = "female"'))
    for name in ("skeleton.xml", "body.npz"):
        shutil.copy(body_file(name), tmp_path)
    body = BodyModel.read(folder)
    assert (body.stature_m, body.build) == (1.60, Build.FEMALE)
    assert body.skeleton.tendon_names


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    folder = changed(
        tmp_path,
        ("mass_kg = 75.0", "mass_kg = 7.5"),
        ('build = "male"', 'build = "mail"'),
        ("[0.009, -0.017, 0.0]", "[0.009, -0.017]"),
        ("elbow_radius_m", "elbow_radius_cm"),
    )
    with pytest.raises(DataError) as caught:
        BodyModel.read(folder)
    assert [(p.path, p.message) for p in caught.value.problems] == [
        ("mass_kg", "must be between 30 and 250, not 7.5"),
        ("build", "unknown build 'mail' (did you mean 'male'?)"),
        ("landmarks.sole_heel.point_m", "must have 3 entries, not 2"),
        (
            "measures.elbow_radius_cm",
            "unknown key 'elbow_radius_cm' (did you mean 'elbow_radius_m'?)",
        ),
    ]


def test_a_name_that_is_no_pattern_of_a_side_is_told(tmp_path: Path) -> None:
    folder = changed(tmp_path, ("hand{side}", "hand{sid}"))
    with pytest.raises(DataError, match=r"landmarks\.palm\.body: must be a name"):
        BodyModel.read(folder)


@pytest.mark.parametrize("content", [b"", b"\xff", b"stature_m = ", b"x" * 200_000])
def test_a_file_that_is_no_body_is_told_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "body.toml").write_bytes(content)
    with pytest.raises(DataError, match=r"body\.toml"):
        BodyModel.read(tmp_path)


def test_a_body_that_is_not_there_is_told() -> None:
    with pytest.raises(DataError, match="missing; please reinstall"):
        BodyModel.load("nobody")

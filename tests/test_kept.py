"""What is kept between starts is used only when it is whole and comes from the very same."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.helpers.repetitions import body_model, shipped
from visualizer import __version__, kept
from visualizer.anatomy.muscle import Side
from visualizer.catalog import catalog
from visualizer.catalog.catalog import CatalogLoad, load_catalog
from visualizer.catalog.kept_catalog import from_bytes, to_bytes
from visualizer.exercise import kept_motion
from visualizer.exercise.kept_motion import motion_of
from visualizer.lifts import LIFTS
from visualizer.lifts.motion import Motion
from visualizer.render import frame


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "cache" / "program"
    kept.keep_in(place)
    yield place
    kept.keep_in(None)


def test_nothing_is_kept_unless_a_folder_is_named(tmp_path: Path) -> None:
    key = kept.key_of(["a"])
    kept.keep("thing", key, b"content")
    assert kept.recall("thing", key) is None
    assert list(tmp_path.iterdir()) == []


def test_what_was_kept_comes_back_for_the_same_key_alone(folder: Path) -> None:
    key = kept.key_of(["a", b"b"])
    kept.keep("thing", key, b"content")
    assert kept.recall("thing", key) == b"content"
    for other in (kept.key_of(["ab"]), kept.key_of(["a", b"c"]), kept.key_of(["a"])):
        assert kept.recall("thing", other) is None
    assert kept.recall("other", key) is None


@pytest.mark.parametrize("cut", [0, 1, 8, 40, 75, -1])
def test_a_damaged_file_is_as_none(folder: Path, cut: int) -> None:
    key = kept.key_of(["a"])
    kept.keep("thing", key, b"content")
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:cut])
    assert kept.recall("thing", key) is None
    changed = bytearray(whole)
    changed[cut] ^= 1
    file.write_bytes(changed)
    assert kept.recall("thing", key) is None
    kept.keep("thing", key, b"anew")
    assert kept.recall("thing", key) == b"anew"


def test_where_nothing_can_be_written_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    kept.keep_in(tmp_path / "file" / "below")
    try:
        key = kept.key_of(["a"])
        kept.keep("thing", key, b"content")
        assert kept.recall("thing", key) is None
    finally:
        kept.keep_in(None)


def test_the_oldest_results_go(folder: Path) -> None:
    key = kept.key_of(["a"])
    for k in range(70):
        kept.keep(f"thing{k}", key, b"content")
        os.utime(folder / f"thing{k}.kept", (k, k))
    assert len(list(folder.iterdir())) <= 61
    assert kept.recall("thing69", key) is not None
    assert kept.recall("thing0", key) is None


def test_a_kept_catalogue_is_the_one_that_was_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = load_catalog()
    monkeypatch.setattr(catalog, "_read", None)  # so that the files cannot be read any more
    again = load_catalog()
    assert again == read == shipped()
    assert all(v.lift is LIFTS[v.lift.id] for v in again.catalog.variations)
    with pytest.raises(TypeError):
        again.catalog.muscles["new"] = None  # type: ignore[index]


def test_a_changed_or_added_file_is_read(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    before = load_catalog([own])
    text = next(Path(f) for k, f in before.files.items() if k[0] == "muscle").read_text("utf-8")
    file = own / "new.toml"
    file.write_text(text.replace('id = "', 'id = "my_', 1), "utf-8")
    added = load_catalog([own])
    assert len(added.catalog.muscles) == len(before.catalog.muscles) + 1
    file.write_text("id = ", "utf-8")
    broken = load_catalog([own])
    assert len(broken.problems) == 1
    assert load_catalog([own]).problems == broken.problems


def test_two_frozen_builds_of_one_version_do_not_share_results(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # a frozen program: no sources, but what the wheel says of them
    monkeypatch.setattr(kept, "_PACKAGE", tmp_path / "visualizer")
    record = tmp_path / f"hip_thrust_visualizer-{__version__}.dist-info" / "RECORD"
    record.parent.mkdir()
    stamps = []
    for digest in ("abc", "abd"):
        record.write_text(f"visualizer/lifts/base.py,sha256={digest},1200\n", "utf-8")
        stamps.append(kept.code_stamp("lifts", "records.py"))
    assert stamps[0] != stamps[1]


def test_what_is_no_record_is_not_made(folder: Path) -> None:
    made = pickle.dumps(os.getcwd)  # would name a function that could be called
    assert from_bytes(made, CatalogLoad) is None
    assert from_bytes(b"", CatalogLoad) is None
    assert from_bytes(to_bytes(shipped().catalog), CatalogLoad) is None


def test_a_kept_motion_is_the_one_that_was_solved(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    variation = shipped().catalog.variations[0]
    solved = motion_of(variation, body_model(), Side.RIGHT)
    monkeypatch.setattr(kept_motion, "_to_bytes", None)  # which every newly solved one passes
    again = motion_of(variation, body_model(), Side.RIGHT)
    assert again.side is solved.side
    assert again.support_height_m == solved.support_height_m
    for name in ("hip_height_m", "joint_position", "trunk_rad", "bar_position_m"):
        assert np.array_equal(getattr(again, name), getattr(solved, name)), name
    assert again.joint_position.flags.writeable


def test_a_wrong_motion_is_solved_anew(folder: Path) -> None:
    variation = shipped().catalog.variations[0]
    solved = motion_of(variation, body_model(), Side.RIGHT)
    (file,) = folder.iterdir()
    name, key = file.stem, file.read_bytes()[8:40]
    table = np.full((81, 5 + solved.joint_position.shape[1]), np.nan)
    bad = Motion(table[:, 0], table[:, 5:], table[:, 1], table[:, 2:5], Side.RIGHT)
    for content in (b"", b"short", kept_motion._to_bytes(bad)):
        kept.keep(name, key, content)
        again = motion_of(variation, body_model(), Side.RIGHT)
        assert np.array_equal(again.joint_position, solved.joint_position)


def test_kept_noise_is_the_one_that_was_made(folder: Path) -> None:
    made = [frame._noise.__wrapped__(octaves) for octaves in (2, 4)]
    again = [frame._noise.__wrapped__(octaves) for octaves in (2, 4)]
    assert len(list(folder.iterdir())) == 2
    assert np.array_equal(made, again)
    assert 20 < made[1].std() < 80
    assert not np.array_equal(made[0], made[1])

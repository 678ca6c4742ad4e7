"""The shipped body is baked from the sources of this checkout. Needs no package of the bake."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from tools.bake.source_hash import source_hash
from tools.source_digest import CHECKOUT
from visualizer.resources import DEFAULT_BODY, body_file

SKELETON = f"assets/bodies/{DEFAULT_BODY}/skeleton.xml"
# what the hash is taken of, and changes of it that matter or not
COPIED = ("tools/bake", "data/muscles", "pyproject.toml", SKELETON)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in COPIED:
        source, target = CHECKOUT / name, tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    return tmp_path


def hash_of(checkout: Path) -> str:
    return source_hash(checkout / SKELETON, checkout)


def test_the_shipped_body_is_baked_from_these_sources() -> None:
    with np.load(body_file("body.npz")) as archive:
        baked = str(archive["source_hash"])
    assert baked == source_hash(body_file("skeleton.xml")), (
        "body.npz was baked from other sources: run `python -m tools.bake`"
    )


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("tools/bake/geometry/grid.py", "= 0.030", "= 0.031"),
        ("tools/bake/muscles/lower_leg.py", '"soleus"', '"soleus" '),
        ("data/muscles/soleus.toml", "cm3 = ", "cm3 = 1"),
        ("pyproject.toml", "musclemimic-models==", "musclemimic-models==9"),
        (SKELETON, 'name="body"', 'name="trunk"'),
    ],
)
def test_each_source_counts(copy: Path, name: str, old: str, new: str) -> None:
    before = hash_of(copy)
    text = (copy / name).read_text("utf-8")
    assert old in text
    (copy / name).write_text(text.replace(old, new, 1), "utf-8")
    assert hash_of(copy) != before


def test_a_new_module_counts(copy: Path) -> None:
    before = hash_of(copy)
    (copy / "tools/bake/muscles/tail.py").write_text("", "utf-8")
    assert hash_of(copy) != before


def test_line_endings_and_words_about_a_muscle_do_not_count(copy: Path) -> None:
    before = hash_of(copy)
    for file in [*copy.rglob("*.py"), copy / SKELETON]:
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    muscle = copy / "data/muscles/soleus.toml"
    muscle.write_text("# A comment.\n" + muscle.read_text("utf-8"), "utf-8")
    assert hash_of(copy) == before

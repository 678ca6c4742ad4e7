"""The catalogue: look-up, user folders, units."""

from __future__ import annotations

import math
import shutil
from pathlib import Path

import pytest

from tests.helpers.repetitions import placement, shipped
from visualizer.catalog.catalog import check_files, load_catalog
from visualizer.catalog.foreign import might_be_meant
from visualizer.catalog.variation import Role
from visualizer.errors import UnknownNameError
from visualizer.lifts.vocabulary import Equipment, PhaseId
from visualizer.resources import data_folder

SHIPPED = data_folder() / "variations" / "barbell-hip-thrust.toml"


@pytest.fixture
def user_folder(tmp_path: Path) -> Path:
    (tmp_path / "variations").mkdir()
    (tmp_path / "muscles").mkdir()
    return tmp_path


def copy(folder: Path, name: str = "my-thrust", **changes: str) -> Path:
    text = SHIPPED.read_text("utf-8").replace('id = "barbell-hip-thrust"', f'id = "{name}"')
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    path = folder / f"{name}.toml"
    path.write_text(text, "utf-8")
    return path


def test_unknown_names_suggest_the_nearest() -> None:
    catalog = shipped().catalog
    with pytest.raises(UnknownNameError, match="did you mean 'glute-bridge'"):
        catalog.variation("glute-brigde")
    with pytest.raises(UnknownNameError, match="did you mean 'gluteus_maximus'"):
        catalog.muscle("gluteus_maximum")
    with pytest.raises(UnknownNameError, match="did you mean 'otsuka2021'"):
        catalog.source("otsuka2012")


def test_a_group_stands_for_its_surfaces() -> None:
    catalog = shipped().catalog
    assert catalog.surfaces("obliques") == ("external_oblique", "internal_oblique")
    assert catalog.surfaces("gluteus_maximus") == ("gluteus_maximus",)
    assert catalog.surfaces("iliotibial_tract") == ("iliotibial_tract",)


def test_degrees_and_centimetres_end_at_the_catalogue(tmp_path: Path) -> None:
    path = copy(tmp_path)
    head, _, rest = path.read_text("utf-8").partition("[setup]")
    tail = rest[rest.index("[[phases]]") :]
    values = {
        "bench_height_cm": 36,
        "hip_bottom_deg": 75.5,
        "hip_top_deg": -5,
        "shank_top_deg": 4,
        "hip_abduction_deg": 12,
    }
    lines = "".join(f"{key} = {value}\n" for key, value in values.items())
    path.write_text(f'{head}[setup]\nsupport = "bench"\n{lines}{tail}', "utf-8")
    setup = placement(load_catalog([tmp_path]).catalog.variation("my-thrust"))
    assert setup.bench_height_m == pytest.approx(0.36)
    assert [
        math.degrees(angle_rad)
        for angle_rad in (
            setup.hip_bottom_rad,
            setup.hip_top_rad,
            setup.shank_top_rad,
            setup.hip_abduction_rad,
        )
    ] == pytest.approx([75.5, -5, 4, 12])


def test_a_loaded_catalogue_cannot_be_changed() -> None:
    catalog = shipped().catalog
    variation = catalog.variations[0]
    for mapping in (
        catalog.muscles,
        catalog.sources,
        variation.name,
        variation.muscles[0].contraction,
        catalog.muscle("semimembranosus").optimal_fibre_length_m,
    ):
        with pytest.raises(TypeError):
            mapping["x"] = None  # type: ignore[index]  # what must not be possible


def test_a_variation_is_added_by_one_file(user_folder: Path) -> None:
    copy(user_folder / "variations", **{"order = 10": "order = 15"})
    loaded = load_catalog([user_folder])
    assert loaded.problems == ()
    assert [v.id for v in loaded.catalog.variations][:3] == [
        "barbell-hip-thrust",
        "my-thrust",
        "single-leg-hip-thrust",
    ]


def test_a_file_may_lie_directly_in_the_users_folder(tmp_path: Path) -> None:
    copy(tmp_path)
    assert "my-thrust" in [v.id for v in load_catalog([tmp_path]).catalog.variations]


def test_a_missing_user_folder_is_empty(tmp_path: Path) -> None:
    assert load_catalog([tmp_path / "nowhere"]).problems == ()


def test_a_bad_file_is_reported_and_the_rest_loads(user_folder: Path) -> None:
    copy(user_folder / "variations", "good")
    bad = copy(user_folder / "variations", "bad", **{'role = "synergist"': 'role = "helper"'})
    (user_folder / "muscles" / "broken.toml").write_text("id = ", "utf-8")
    loaded = load_catalog([user_folder])
    ids = [v.id for v in loaded.catalog.variations]
    assert "good" in ids
    assert "bad" not in ids
    assert len(ids) == len(shipped().catalog.variations) + 1
    files = list(dict.fromkeys(p.file for p in loaded.problems))
    assert files == [str(user_folder / "muscles" / "broken.toml"), str(bad)]
    assert loaded.problems[1].path == "muscles[1].role"


def test_the_shipped_file_wins_over_a_file_with_the_same_id(user_folder: Path) -> None:
    path = user_folder / "variations" / "mine.toml"
    path.write_text(SHIPPED.read_text("utf-8").replace("Barbell hip thrust", "Mine"), "utf-8")
    loaded = load_catalog([user_folder])
    assert loaded.catalog.variation("barbell-hip-thrust").display_name() == "Barbell hip thrust"
    assert [str(p) for p in loaded.problems] == [
        f"{path}: id: duplicate id 'barbell-hip-thrust', already in {SHIPPED}"
    ]


def test_own_muscles_and_sources_may_be_named(user_folder: Path) -> None:
    (user_folder / "sources.json").write_text(
        '[{"id": "me2026", "type": "book", "title": "My book", "author": [{"family": "Me"}], '
        '"issued": {"date-parts": [[2026]]}}]',
        "utf-8",
    )
    (user_folder / "muscles" / "deep_six.toml").write_text(
        'id = "deep_six"\nkind = "group"\nname = "Deep six"\nlatin = "Rotatores"\n'
        'group = "gluteal"\nmembers = ["piriformis"]\nsources = ["me2026"]\n',
        "utf-8",
    )
    path = copy(user_folder / "variations", **{'muscle = "adductors"': 'muscle = "deep_six"'})
    loaded = load_catalog([user_folder])
    assert loaded.problems == ()
    assert loaded.catalog.surfaces("deep_six") == ("piriformis",)
    assert loaded.catalog.source("me2026").title == "My book"
    # the check of the one file knows its folder as well
    assert check_files([path]) == []


def test_names_and_reasons_per_language(tmp_path: Path) -> None:
    copy(
        tmp_path,
        **{'name = "Barbell hip thrust"': 'name = { en = "Hip thrust", de = "Beckenheben" }'},
    )
    variation = load_catalog([tmp_path]).catalog.variation("my-thrust")
    assert variation.display_name("de") == "Beckenheben"
    assert variation.display_name("fr") == "Hip thrust"


def test_muscles_come_in_the_order_of_their_roles(tmp_path: Path) -> None:
    copy(tmp_path, **{'role = "prime mover"': 'role = "stabilizer"'})
    roles = [a.role for a in load_catalog([tmp_path]).catalog.variation("my-thrust").muscles]
    assert roles == sorted(roles, key=list(Role).index)
    assert roles[0] is Role.SYNERGIST


def test_the_hold_may_be_left_out_and_may_be_claimed(tmp_path: Path) -> None:
    copy(
        tmp_path,
        **{
            '[[phases]]\nphase = "hold"\nseconds = 0.5\n': "",
            "[muscles.lowering]": '[muscles.hold]\ncontraction = "isometric"\n'
            'grounds = [{ basis = "inference", note = "Nothing moves." }]\n\n[muscles.lowering]',
        },
    )
    variation = load_catalog([tmp_path]).catalog.variation("my-thrust")
    assert [p.id for p in variation.phases] == [PhaseId.LIFT, PhaseId.LOWERING]
    assert PhaseId.HOLD in variation.muscles[0].contraction


def test_equipment_keeps_its_order() -> None:
    variation = shipped().catalog.variation("barbell-hip-thrust")
    assert variation.equipment == (Equipment.BENCH, Equipment.BARBELL, Equipment.HIP_PAD)


def test_texts_are_joined_over_line_ends() -> None:
    for variation in shipped().catalog.variations:
        for text in (variation.summary.text["en"], *(a.why["en"] for a in variation.muscles)):
            assert "\n" not in text
            assert "  " not in text
            assert text == text.strip()


def test_a_copy_of_the_whole_folder_is_valid(tmp_path: Path) -> None:
    shutil.copytree(data_folder(), tmp_path / "data")
    files = sorted(f for f in (tmp_path / "data").rglob("*.*") if might_be_meant(f))
    assert check_files(files) == []


def test_a_users_variation_does_not_shift_the_numbers_of_the_shipped_ones(
    user_folder: Path,
) -> None:
    before = [v.id for v in shipped().catalog.numbered()]
    copy(user_folder / "variations", **{"order = 10": "order = 15"})
    catalog = load_catalog([user_folder]).catalog
    assert [v.id for v in catalog.variations][1] == "my-thrust"
    # the keys 1 … 9 follow the numbers
    assert [v.id for v in catalog.numbered()] == [*before, "my-thrust"]

"""The command line: the contract that other tools rely on, and every error in one clear line."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.repetitions import HIP_THRUSTS, VARIATIONS
from visualizer.cli import run

Invoke = Callable[..., tuple[int, str, str]]
pytestmark = pytest.mark.usefixtures("commands_share")


@pytest.fixture
def invoke(capsys: pytest.CaptureFixture[str]) -> Invoke:
    def call(*argv: str) -> tuple[int, str, str]:
        status = run(argv)
        out, err = capsys.readouterr()
        return status, out, err

    return call


def test_list(invoke: Invoke) -> None:
    status, out, err = invoke("list", "--json")
    assert (status, err) == (0, "")
    entries = json.loads(out)
    assert [e["id"] for e in entries] == list(VARIATIONS)
    assert all({"id", "name", "lift", "equipment"} <= set(e) for e in entries)
    status, out, _ = invoke("list")
    assert status == 0
    assert len(out.splitlines()) == 5
    assert [("Hip hinge" in line) for line in out.splitlines()] == [False] * 4 + [True]
    assert [e["lift"] for e in entries] == ["hip-thrust"] * 4 + ["hinge"]
    status, out, _ = invoke("list", "--language", "de")
    assert "Hüftbeuge" in out


@pytest.mark.parametrize("name", HIP_THRUSTS)
def test_describe_json(invoke: Invoke, name: str) -> None:
    status, out, err = invoke("describe", name, "--json")
    assert (status, err) == (0, "")
    data = json.loads(out)
    assert data["id"] == name
    assert [p["id"] for p in data["phases"]] == ["lift", "hold", "lowering"]
    for m in data["muscles"]:
        assert m["role"] in ("prime mover", "synergist", "stabilizer")
        assert set(m["contraction"]) == {"lift", "lowering"}
        assert set(m["contraction"].values()) <= {"concentric", "eccentric", "isometric"}
        assert m["why"]
        assert m["latin"]
        assert m["grounds"]
        assert set(m["length_change_percent"]) == {"lift", "lowering"}
    motion = data["motion"]
    assert motion["foot_slip_m"] < 0.001
    assert motion["back_slip_m"] < 0.003
    assert set(motion["hip_flexion_deg"]) == set(motion["knee_flexion_deg"]) == {"bottom", "top"}


# The fixed content table: (muscle, role, lift, lowering, words that must show silence)
TABLE: dict[str, list[tuple[str, str, str | None, str | None]]] = {
    "barbell-hip-thrust": [
        ("gluteus_maximus", "prime mover", "concentric", "eccentric"),
        ("biceps_femoris", "synergist", "concentric", None),
        ("erector_spinae", "stabilizer", "isometric", "isometric"),
        ("quadriceps", "stabilizer", None, None),
        ("adductors", "stabilizer", None, None),
        ("abdominals", "stabilizer", None, None),
    ],
    "single-leg-hip-thrust": [
        ("gluteus_maximus", "prime mover", "concentric", "eccentric"),
        ("biceps_femoris", "synergist", "concentric", None),
        ("rectus_abdominis", "stabilizer", "isometric", "isometric"),
        ("obliques", "stabilizer", "isometric", "isometric"),
    ],
    "banded-hip-thrust": [
        ("gluteus_maximus", "prime mover", "concentric", "eccentric"),
        ("gluteus_medius", "stabilizer", "isometric", "isometric"),
        ("adductors", "stabilizer", "isometric", "isometric"),
    ],
    "glute-bridge": [
        ("gluteus_maximus", "prime mover", "concentric", "eccentric"),
        ("hamstrings", "synergist", "concentric", None),
        ("abdominals", "stabilizer", "isometric", "isometric"),
    ],
}


@pytest.mark.parametrize("name", HIP_THRUSTS)
def test_describe_matches_the_content_table(invoke: Invoke, name: str) -> None:
    data = json.loads(invoke("describe", name, "--json")[1])
    # what the article does not state stands between its rows
    of_article = {muscle for muscle, _, _, _ in TABLE[name]}
    entries = [m for m in data["muscles"] if m["id"] in of_article]
    assert [(m["id"], m["role"]) for m in entries] == [(m, r) for m, r, _, _ in TABLE[name]]
    for entry, (_, _, lift, lowering) in zip(entries, TABLE[name], strict=True):
        for phase, claim in (("lift", lift), ("lowering", lowering)):
            if claim is not None:
                assert entry["contraction"][phase] == claim
                continue
            notes = " ".join(g["note"] for g in entry["contraction_grounds"][phase])
            assert any(w in notes for w in ("silent", "names no", "names neither")), (
                f"{entry['id']} {phase}: {notes}"
            )


@pytest.mark.parametrize("name", HIP_THRUSTS)
def test_describe_tells_no_statement_from_no_work(invoke: Invoke, name: str) -> None:
    data = json.loads(invoke("describe", name, "--json")[1])
    assert all(m["stated"] is True for m in data["muscles"])
    unstated = {m["id"]: m for m in data["unstated"]}
    assert all(m["stated"] is False and "role" not in m for m in unstated.values())
    assert {"deltoid", "soleus", "sartorius", "biceps_femoris_short_head"} <= set(unstated)
    assert not {"gluteus_maximus", "semitendinosus", "longissimus"} & set(unstated)
    for muscle in [*data["muscles"], *unstated.values(), *data["antagonists"]]:
        for entry in [muscle, *muscle.get("parts", ())]:
            assert set(entry["length_change_percent"]) == {"lift", "lowering"}
            excursion, change = entry["excursion_percent"], entry["length_change_percent"]["lift"]
            assert change is None or excursion >= abs(change) - 0.11
    for muscle in data["muscles"]:
        claims = muscle["contraction"]
        for part in muscle["parts"]:
            does = part["model_contraction"]
            if part["stated"] and does and claims["lift"] != "isometric":
                # nothing that runs against a statement is shown with it
                assert does["lift"] in (claims["lift"], None, "isometric")
            if does and does["lift"] == "isometric":
                assert part["excursion_percent"] < 5
    assert [a["id"] for a in data["antagonists"]] == ["iliopsoas", "rectus_femoris"]
    (hold,) = [p for p in data["phases"] if p["id"] == "hold"]
    assert hold["contraction"] == "isometric"
    assert [g["basis"] for g in hold["grounds"]] == ["inference"]


def test_describe_tells_of_the_estimated_effort(invoke: Invoke) -> None:
    text = invoke("describe", "glute-bridge")[1]
    assert "not measured, not EMG" in text
    assert "visualizer effort glute-bridge" in text
    assert "That compares two computations, not a computation with people." in text


def test_describe_leaves_the_short_head_out(invoke: Invoke) -> None:
    data = json.loads(invoke("describe", "barbell-hip-thrust", "--json")[1])
    (biceps,) = [m for m in data["muscles"] if m["id"] == "biceps_femoris"]
    stated = {p["tendon"]: p["stated"] for p in biceps["parts"]}
    assert stated == {"bflh_r": True, "bfsh_r": False}
    assert biceps["length_change_percent"]["lift"] == pytest.approx(-84, abs=2)
    assert biceps["agreement"]["lift"] == "agrees"
    assert biceps["not_meant"] == [
        "Only parts that cross the hip are meant, not Biceps femoris, short head."
    ]
    (quadriceps,) = [m for m in data["muscles"] if m["id"] == "quadriceps"]
    # rectus femoris +94 %, vasti -9 %: a mean would describe neither
    assert quadriceps["length_change_percent"] == {"lift": None, "lowering": None}
    assert quadriceps["excursion_percent"] > 10


def test_describe_text_names_role_and_grounds(invoke: Invoke) -> None:
    status, out, _ = invoke("describe", "glute-bridge")
    assert status == 0
    assert "prime mover" in out
    assert "[article golf-insider-hip-thrust]" in out


def test_lengths(invoke: Invoke) -> None:
    status, out, _ = invoke(
        "lengths", "--joint", "hip_flexion_r=40", "--joint", "knee_angle_r=90", "--json"
    )
    assert status == 0
    lengths = json.loads(out)["lengths_m"]
    assert 0.15 < lengths["glmax1_r"] < 0.3
    assert lengths["glmax1_r"] > lengths["glmax1_l"]


@pytest.mark.parametrize(
    ("argv", "status", "says"),
    [
        (["describe", "barbel-hip-thrust"], 2, "unknown variation 'barbel-hip-thrust' (did you mean 'barbell-hip-thrust'?)"),
        (["descibe", "x"], 2, "unknown command 'descibe' (did you mean 'describe'?)"),
        (["list", "--jsn"], 2, "unknown argument '--jsn'; did you mean --json?"),
        (["render", "glute-bridge", "--phase", "lift", "-o", "x.png"], 2, "the following arguments are required: --at"),
        (["render", "glute-bridge", "--phase", "lit", "--at", "0", "-o", "x.png"], 2, "unknown phase 'lit' (did you mean 'lift'?)"),
        (["render", "glute-bridge", "--phase", "lift", "--at", "2", "-o", "x.png"], 2, "'2' is not a number between 0 and 1"),
        (["render", "glute-bridge", "--phase", "lift", "--at", "nan", "-o", "x.png"], 2, "'nan' is not a number between 0 and 1"),
        (["render", "glute-bridge", "--phase", "lift", "--at", "0", "--view", "top", "-o", "x.png"], 2, "unknown view 'top'"),
        (["render", "glute-bridge", "--phase", "lift", "--at", "0", "--size", "big", "-o", "x.png"], 2, "'big' is not a size like 1920x1080"),
        (["render", "glute-bridge", "--phase", "lift", "--at", "0", "--size", "99999x99999", "-o", "x.png"], 2, "is not between 16x16 and 7680x4320"),
        (["render", "glute-bridge", "--phase", "lift", "--at", "0,5,", "-o", "x.png"], 2, "'0,5,' is not a number between 0 and 1"),
        (["render", "glute-bridge", "--phase", "lift", "--at", "0", "--size", "99999x16", "-o", "x.png"], 2, "'99999x16': a side has at most 32640 pixels"),
        (["render", "glute-bridge", "--phase", "lift", "--at", "0", "--size", "16x40000", "-o", "x.png"], 2, "a side has at most 32640 pixels"),
        (["render", "glute-bridge", "--phase", "lift", "--at", "0", "-o", "no\nsuch\nfolder/x.png"], 1, "does not exist"),
        (["render", "glute-bridge", "--phase", "lift", "--at", "0", "-o", "a\0b.png"], 2, "is not a valid file name"),
        (["des\ncribe"], 2, "unknown command"),
        (["list", "a\nb"], 2, "unknown argument"),
        (["list", "--language", "german"], 2, "'german' is not a language code; give one like de, de-AT or nds"),
        (["describe", "glute-bridge", "--language", ""], 2, "'' is not a language code"),
        (["render", "glute-bridge", "--phase", "lift", "--at", "0", "-o", "x.jpg"], 2, "end in one of .png"),
        (["render", "glute-bridge", "--phase", "lift", "--at", "0", "-o", "no/such/x.png"], 1, "the folder no/such does not exist"),
        (["lengths", "--joint", "hip_flexion_r"], 2, "'hip_flexion_r' is not like hip_flexion_r=40"),
        (["lengths", "--joint", "hip_flexion_r=inf"], 2, "is not like hip_flexion_r=40"),
        (["lengths", "--joint", "hip=4"], 2, "unknown joint 'hip'"),
        (["lengths", "--joint", "hip_flexion_r=400"], 1, "400° is outside its range -30…120°"),
        (["check"], 2, "the following arguments are required: FILE"),
    ],
)  # fmt: skip
def test_errors_are_one_line(invoke: Invoke, argv: list[str], status: int, says: str) -> None:
    got, out, err = invoke(*argv)
    assert got == status
    assert out == ""
    assert len(err.splitlines()) == 1, err
    assert err.startswith("visualizer: ")
    assert says in err


def test_the_largest_side_is_the_renderers() -> None:
    from visualizer import cli
    from visualizer.render.frame import MAX_SIDE_PX

    assert cli._MOST_SIDE == MAX_SIDE_PX


def test_a_decimal_comma_is_a_decimal_point(invoke: Invoke, tmp_path: Path) -> None:
    pictures = []
    for at in ("0.5", "0,5"):
        path = tmp_path / f"{at}.png"
        argv = ("glute-bridge", "--phase", "lift", "--at", at, "--size", "64x48", "-o", str(path))
        assert invoke("render", *argv)[:2] == (0, "")
        pictures.append(path.read_bytes())
    assert pictures[0] == pictures[1]
    assert invoke("lengths", "--joint", "hip_flexion_r=40,5")[0] == 0


def test_a_picture_that_cannot_be_written_is_said_before_it_is_drawn(
    invoke: Invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def draw(*_: Any) -> None:
        raise AssertionError("drawn for nothing")

    monkeypatch.setattr("visualizer.commands.pictures.repetition_of", draw)
    monkeypatch.setattr("os.access", lambda *_: False)  # root may write everywhere
    (tmp_path / "folder.png").mkdir()
    for name, says in (("folder.png", "is a folder"), ("x.png", "Permission denied")):
        for how in (("--sheet", "glute-bridge"), ("glute-bridge", "--phase", "lift", "--at", "0")):
            status, out, err = invoke("render", *how, "-o", str(tmp_path / name))
            assert (status, out, len(err.splitlines())) == (1, "", 1)
            assert says in err


def test_a_sheet_says_which_options_have_no_effect(
    invoke: Invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PIL import Image

    monkeypatch.setattr(
        "visualizer.export.sheet.contact_sheet", lambda *_, **__: Image.new("RGB", (9, 9))
    )
    sheet = ("render", "--sheet", "glute-bridge", "-o", str(tmp_path / "s.png"))
    assert invoke(*sheet) == (0, "", "")
    for options, says in (
        (("--view", "side"), "--view has no effect"),
        (("--at", "0", "--size", "640x480"), "--at, --size have no effect"),
    ):
        status, out, err = invoke(*sheet, *options)
        assert (status, out, len(err.splitlines())) == (0, "", 1)
        assert says in err


def own_variation(folder: Path, name: str, *changes: tuple[str, str]) -> Path:
    """Write a changed copy of the glute bridge into the user's folder."""
    from visualizer.resources import data_folder

    text = (data_folder() / "variations" / "glute-bridge.toml").read_text("utf-8")
    for old, new in (('id = "glute-bridge"', f'id = "{name}"'), *changes):
        assert old in text, old
        text = text.replace(old, new, 1)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.toml"
    path.write_text(text, "utf-8")
    return path


def user_folder_in(home: Path, patch: pytest.MonkeyPatch) -> Path:
    from visualizer.resources import user_data_folder

    for name in ("XDG_DATA_HOME", "LOCALAPPDATA", "HOME"):
        patch.setenv(name, str(home))
    return user_data_folder()


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return user_folder_in(tmp_path, monkeypatch)


NAMES = '{ en = "Bridge", de = "Brücke", "de-AT" = "Bruckn", nds = "Brügg" }'


@pytest.fixture(scope="module")
def named_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("named")


@pytest.fixture
def named_folder(named_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A variation of the user's with a name in several languages, the same for all tests."""
    folder = user_folder_in(named_home, monkeypatch)
    own_variation(folder, "my-bridge", ('name = "Glute bridge"', f"name = {NAMES}"))
    return folder


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("de", "Brücke"),
        ("DE", "Brücke"),
        ("de-AT", "Bruckn"),
        ("de_AT.UTF-8", "Bruckn"),
        ("de-CH-1996", "Brücke"),
        ("nds", "Brügg"),
        ("nds-NL", "Brügg"),
        ("en-GB", "Bridge"),
    ],
)
def test_names_come_in_the_language_asked_for(
    invoke: Invoke, named_folder: Path, code: str, name: str
) -> None:
    status, out, err = invoke("list", "--language", code, "--json")
    assert (status, err) == (0, "")
    assert {e["id"]: e["name"] for e in json.loads(out)}["my-bridge"] == name
    status, out, err = invoke("describe", "my-bridge", "--language", code)
    assert (status, err, out.splitlines()[0]) == (0, "", name)


@pytest.mark.parametrize("code", ["fr", "nd", "den"])
def test_a_language_that_nothing_is_written_in_is_said(
    invoke: Invoke, named_folder: Path, code: str
) -> None:
    status, out, err = invoke("list", "--language", code, "--json")
    assert status == 0
    assert {e["id"]: e["name"] for e in json.loads(out)}["my-bridge"] == "Bridge"
    assert len(err.splitlines()) == 1
    assert f"nothing is written in '{code}'" in err
    assert "de, de-AT, en, nds" in err


def test_check_reports_all_files(invoke: Invoke, tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("id = \n")
    status, _, err = invoke("check", str(broken), str(tmp_path / "missing.toml"), str(tmp_path))
    assert status == 1
    assert len(err.splitlines()) == 3
    for line, name in zip(
        err.splitlines(), ("broken.toml", "missing.toml", tmp_path.name), strict=True
    ):
        assert name in line


def test_check_refuses_a_changed_file_that_kept_a_shipped_id(
    invoke: Invoke, own_folder: Path, tmp_path: Path
) -> None:
    for kind, name, old, new in (
        ("variations", "glute-bridge", "Glute bridge", "My bridge"),
        ("muscles", "gluteus_maximus", "Gluteus maximus", "Big one"),
        ("facts", "contreras2015", "activation", "activity"),
    ):
        from visualizer.resources import data_folder

        text = (data_folder() / kind / f"{name}.toml").read_text("utf-8")
        path = tmp_path / f"{name}.toml"
        path.write_text(text, "utf-8")
        assert invoke("check", str(path))[0] == 0  # it would be the shipped one
        path.write_text(text.replace(old, new, 1) + "# changed\n", "utf-8")
        status, out, err = invoke("check", str(path))
        assert (status, out) == (1, "")
        assert re.search(r": (id|facts\[0\]\.key): duplicate id '", err.splitlines()[0])


def test_check_refuses_what_the_body_cannot_take(invoke: Invoke, own_folder: Path) -> None:
    path = own_variation(
        own_folder,
        "far",
        (
            "shank_top_deg = 18          # the feet stand a little beyond the knees: knee near 90 degrees",
            "shank_top_deg = 44",
        ),
    )
    status, out, err = invoke("check", str(path))
    assert (status, out, len(err.splitlines())) == (1, "", 1)
    assert f"{path}: setup.shank_top_deg: the body cannot take 44" in err
    # and so does the program
    assert invoke("describe", "far")[0] == 1


def test_check_knows_the_users_own_muscles(
    invoke: Invoke, own_folder: Path, tmp_path: Path
) -> None:
    (own_folder / "muscles").mkdir(parents=True)
    (own_folder / "muscles" / "mine.toml").write_text(
        'id = "mine"\nkind = "group"\nname = "Mine"\nlatin = "Mei"\ngroup = "gluteal"\n'
        'members = ["piriformis"]\n',
        "utf-8",
    )
    change = ('muscle = "abdominals"', 'muscle = "mine"')
    path = own_variation(tmp_path / "elsewhere", "my-bridge", change)
    status, out, _ = invoke("check", str(path))
    assert (status, out) == (0, "1 file is right\n")


def test_one_name_twice_is_told_apart(invoke: Invoke, own_folder: Path) -> None:
    from visualizer.catalog.catalog import load_catalog

    path = own_variation(own_folder, "my-bridge")
    status, out, err = invoke("check", str(path))
    assert (status, out) == (0, "1 file is right\n")
    assert len(err.splitlines()) == 1
    assert "'Glute bridge' is also the name of 'glute-bridge'" in err
    lines = [line for line in invoke("list")[1].splitlines() if "Glute bridge" in line]
    assert len(set(lines)) == len({line.split()[0] for line in lines}) == 2
    catalog = load_catalog([own_folder]).catalog
    names = [catalog.telling_name(v) for v in catalog.variations]
    assert "Glute bridge (my-bridge)" in names
    assert "Barbell hip thrust" in names


def test_check_passes_the_shipped_files(invoke: Invoke) -> None:
    from visualizer.resources import data_folder

    files = [str(p) for p in sorted(data_folder().glob("*/*.toml"))]
    status, out, err = invoke("check", *files, str(data_folder() / "sources.json"))
    assert (status, err) == (0, "")
    assert "files are right" in out


def test_the_window_without_a_display_names_render(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux can lack a display")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    status, _, err = invoke()
    assert status == 1
    assert "there is no display" in err
    assert "visualizer render" in err


def test_a_dead_display_is_said_not_aborted(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("X displays are a matter of Linux")
    for name in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":987")
    status, _, err = invoke()
    assert status == 1
    assert "':987' does not answer" in err


def test_headless_commands_load_neither_qt_nor_opengl(tmp_path: Path) -> None:
    code = (
        "import sys; from visualizer.cli import run; "
        f"assert run(['render', 'glute-bridge', '--phase', 'lift', '--at', '0.5', '--size', '320x200', '-o', {str(tmp_path / 'p.png')!r}]) == 0; "
        "assert run(['describe', 'glute-bridge', '--json']) == 0; "
        "assert run(['muscles']) == 0; "
        "loaded = [m for m in sys.modules if m.split('.')[0] in ('PySide6', 'pyqtgraph', 'OpenGL')]; "
        "assert not loaded, loaded; "
        "maps = open('/proc/self/maps').read() if sys.platform == 'linux' else ''; "
        "assert 'libGL' not in maps and 'libEGL' not in maps and 'libOpenGL' not in maps"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "p.png").stat().st_size > 2000


@pytest.fixture(scope="module")
def draw(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., bytes]:
    """Return what ``render`` writes with some options, drawn once for each of them."""
    folder = tmp_path_factory.mktemp("drawn")

    @cache
    def drawn(*options: str) -> bytes:
        path = folder / "picture.png"
        how = ("--phase", "lift", "--at", "0.5", "--size", "320x200", *options)
        assert run(("render", "glute-bridge", *how, "-o", str(path))) == 0
        return path.read_bytes()

    return drawn


@pytest.mark.parametrize(
    "flag", [["--labels"], ["--legend"], ["--xray"], ["--focus", "gluteus_maximus"]]
)
def test_what_a_picture_shows_can_be_chosen(
    draw: Callable[..., bytes], capsys: pytest.CaptureFixture[str], flag: list[str]
) -> None:
    assert draw() != draw(*flag)
    assert capsys.readouterr() == ("", "")


def test_a_muscle_that_there_is_not_is_no_focus(invoke: Invoke, tmp_path: Path) -> None:
    how = ("--phase", "lift", "--at", "0.5", "--focus", "gluteus_maximum")
    status, _, err = invoke("render", "glute-bridge", *how, "-o", str(tmp_path / "p.png"))
    assert status == 2
    assert "did you mean 'gluteus_maximus'?" in err


def test_without_the_kernel_it_still_draws_and_says_so(
    invoke: Invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("visualizer.render.native.load", lambda: None)
    path = tmp_path / "p.png"
    status, _, err = invoke(
        "render",
        "glute-bridge",
        "--phase",
        "lift",
        "--at",
        "0.5",
        "--size",
        "160x100",
        "-o",
        str(path),
    )
    assert status == 0
    assert len(err.splitlines()) == 1
    assert "no native kernel" in err
    assert path.stat().st_size > 1000


def test_the_users_own_variations_are_read_and_bad_ones_told(
    invoke: Invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from visualizer.resources import APPLICATION, data_folder, user_data_folder

    for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = user_data_folder()
    assert folder.name == APPLICATION
    folder.mkdir(parents=True)
    shipped = (data_folder() / "variations" / "glute-bridge.toml").read_text(encoding="utf-8")
    own = shipped.replace('id = "glute-bridge"', 'id = "my-bridge"', 1)
    (folder / "my-bridge.toml").write_text(own, encoding="utf-8")
    (folder / "broken.toml").write_text("id = ", encoding="utf-8")
    status, out, err = invoke("list")
    assert status == 0
    assert "my-bridge" in out
    assert len(out.splitlines()) == 6
    assert len(err.splitlines()) == 1
    assert "broken.toml" in err


def test_describe_gives_what_the_model_says_of_each_part(invoke: Invoke) -> None:
    data = json.loads(invoke("describe", "barbell-hip-thrust", "--json")[1])
    muscles = {m["id"]: {p["tendon"]: p for p in m["parts"]} for m in data["muscles"]}
    gluteus = muscles["gluteus_maximus"]["glmax2_r"]
    assert gluteus["mean_shortening_mm_per_s"] > 20
    assert gluteus["mean_hip_arm_mm"] < -30
    assert gluteus["mean_knee_arm_mm"] == 0
    assert gluteus["model_contraction"] == {"lift": "concentric", "lowering": "eccentric"}
    rectus = muscles["quadriceps"]["recfem_r"]
    assert rectus["mean_shortening_lengths_per_s"] < 0
    assert rectus["model_contraction"]["lift"] == "eccentric"
    still = muscles["erector_spinae"]["IL_L1_r"]
    assert still["mean_shortening_mm_per_s"] == 0
    assert still["model_contraction"]["lift"] == "isometric"


@pytest.mark.parametrize("text", ["my bridge.hipthrust", "x.TOML", "hipthrust:glute-bridge/lift/0"])
def test_a_window_that_is_open_is_handed_what_is_to_be_opened(
    text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from visualizer import handover, system

    handed = []

    def hand_over(folder: Path, errand: handover.Errand) -> bool:
        handed.append(errand)
        return True

    monkeypatch.setattr(system, "why_no_display", lambda: None)
    monkeypatch.setattr(system, "missing_libraries", lambda x11: {})
    monkeypatch.setattr(handover.Door, "hold", lambda folder: None)
    monkeypatch.setattr(handover, "hand_over", hand_over)
    assert run(["--language", "de", text]) == 0
    path = text if text.startswith("hipthrust:") else str(Path.cwd() / text)
    assert handed == [handover.Errand(path, "de")]
    assert capsys.readouterr().out == ""

"""Motion as numbers: what OpenSim reads is the pose that is shown."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import numpy as np
import pytest

from tests.helpers.repetitions import repetition
from visualizer.cli import run
from visualizer.export.motion import MOTION_FILES, coordinates_of, motion_file_of
from visualizer.lifts.vocabulary import PhaseId

NAMES = ("barbell-hip-thrust", "single-leg-hip-thrust", "romanian-deadlift")


def written(end: str, name: str) -> str:
    stream = io.BytesIO()
    MOTION_FILES[end](stream, repetition(name))
    return stream.getvalue().decode()


def table_of(text: str) -> tuple[dict[str, str], dict[str, np.ndarray]]:
    """Return header and columns of a storage file, read as OpenSim does."""
    head, _, body = text.partition("endheader\n")
    header = dict(line.split("=") for line in head.splitlines()[1:])
    names, *rows = (line.split("\t") for line in body.splitlines())
    columns = np.array(rows, float).T
    return header, dict(zip(names, columns, strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_angles_come_back_to_a_hundredth_of_a_degree(name: str) -> None:
    own = repetition(name)
    header, columns = table_of(written(".mot", name))
    assert header["inDegrees"] == "yes"
    assert int(header["nRows"]) == len(columns["time"])
    assert int(header["nColumns"]) == len(columns)
    assert columns["time"][-1] == pytest.approx(own.schedule.duration_s)
    for k in range(0, len(columns["time"]), 37):
        pose = own.instant(columns["time"][k]).pose
        for joint in ("hip_flexion_r", "knee_angle_l", "ankle_angle_r", "arm_flex_l"):
            angle = np.degrees(pose.joint_position[own.skeleton.joint_address(joint)])
            assert columns[joint][k] == pytest.approx(angle, abs=0.01)


# What OpenSim's Storage takes for something of its own at the start of a line.
RESERVED = {
    "name", "nr", "datarows", "nc", "datacolumns", "units", "Angles", "#", "range", "Range", "wrap",
    "Wrap", "WRAP", "event", "enforce_loops", "enforce_constraints", "calc_derivatives", "DataType",
}  # fmt: skip


@pytest.mark.parametrize(
    ("end", "told"), [(".mot", ("knee flexion", "z to the right")), (".sto", ())]
)
def test_the_header_says_which_model_and_signs_in_lines_that_every_reader_passes_over(
    end: str, told: tuple[str, ...]
) -> None:
    head = written(end, NAMES[0]).partition("endheader\n")[0].splitlines()
    own = [re.match(r"\w*", line) for line in head[1:]]
    keys = [key[0] for key in own if key]
    assert len(set(keys)) == len(keys) == len(head) - 1
    assert not RESERVED & set(keys)
    for line in head[1:]:
        assert re.fullmatch(r"\w+=[ -<>-~]+", line), "one sign of equality, plain letters"
        # readers that go from word to word look for these
        assert not {"endheader", "version", "nRows", "nColumns", "inDegrees"} & set(
            re.split(r"[ \t=]", line)[1:]
        )
    for said in ("Rajagopal et al. 2016", "10.1109/TBME.2016.2586891", "metres", *told):
        assert any(said in line for line in head)


def turn(axis: str, degrees: float) -> np.ndarray:
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return {
        "x": np.array([[1, 0, 0], [0, c, -s], [0, s, c]]),
        "y": np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]]),
        "z": np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]]),
    }[axis]


@pytest.mark.parametrize("name", NAMES)
def test_the_pelvis_stands_in_opensims_ground_as_in_ours(name: str) -> None:
    own = repetition(name)
    for at in (0.0, 0.4, 1.0):
        instant = own.instant_of(PhaseId.LIFT, at)
        found = coordinates_of(instant, own)
        frame = (
            turn("z", found["pelvis_tilt"])
            @ turn("x", found["pelvis_list"])
            @ turn("y", found["pelvis_rotation"])
        )
        ours = instant.pose.frame(own.skeleton.body("pelvis"))
        # our world: x to the left, y backwards, z up
        left, back, up = ours
        np.testing.assert_allclose(frame, [-back[:3], up[:3], -left[:3]], atol=1e-9)
        place = [found[f"pelvis_t{axis}"] for axis in "xyz"]
        np.testing.assert_allclose(place, [-back[3], up[3], -left[3]], atol=1e-9)


def test_who_lies_on_the_back_is_tilted_backwards_and_who_bows_forwards() -> None:
    thrust, hinge = repetition("barbell-hip-thrust"), repetition("romanian-deadlift")
    top = coordinates_of(thrust.instant_of(PhaseId.LIFT, 1.0), thrust)
    assert 70 < top["pelvis_tilt"] < 100
    bottom = coordinates_of(hinge.instant_of(PhaseId.LIFT, 0.0), hinge)
    assert bottom["pelvis_tilt"] < -45


def test_lengths_are_those_of_the_model() -> None:
    own = repetition("glute-bridge")
    header, columns = table_of(written(".sto", "glute-bridge"))
    assert header["inDegrees"] == "no"
    assert int(header["nColumns"]) == len(columns)
    lengths_m = own.skeleton.lengths_m(own.instant(columns["time"][50]).pose)
    assert {n: c[50] for n, c in columns.items() if n != "time"} == pytest.approx(
        lengths_m, abs=1e-6
    )


def test_the_table_says_units_and_phases() -> None:
    rows = list(csv.DictReader(io.StringIO(written(".csv", "glute-bridge"))))
    assert list(dict.fromkeys(r["phase"] for r in rows)) == ["lift", "hold", "lowering"]
    assert all(n.endswith(("_s", "phase", "_deg", "_m")) for n in rows[0])
    assert {"hip_flexion_r_deg", "bar_height_m", "glmax1_r_length_m"} <= set(rows[0])


@pytest.mark.usefixtures("commands_share")
def test_the_command_writes_or_says_why_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "m.mot"
    assert run(["numbers", "glute-bridge", "-o", str(path)]) == 0
    assert path.read_text("utf-8").startswith("glute-bridge coordinates\n")
    assert run(["numbers", "glute-bridge", "-o", str(tmp_path / "m.txt")]) == 2
    assert "end in one of .csv, .mot, .sto" in capsys.readouterr().err
    assert motion_file_of(Path("M.STO")) is MOTION_FILES[".sto"]

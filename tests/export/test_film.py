"""Films: the right speed, no jump at the seam, nothing half written."""

from __future__ import annotations

import io
import itertools
import re
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.helpers.repetitions import repetition
from visualizer.cli import run
from visualizer.errors import CancelledError, UsageError, VisualizerError
from visualizer.exercise.tempo import Tempo
from visualizer.export import film_files as film_module
from visualizer.export import mp4
from visualizer.export.compared import ComparedBody, draw_compared, size_of_each
from visualizer.export.film import Film, FilmStage, SecondFilmed, captions, frames, srt
from visualizer.export.film_files import FILM_FILES, save_film
from visualizer.export.film_title import film_title, title_px
from visualizer.export.lettering import text_width
from visualizer.export.picture import Pictures
from visualizer.export.picture_files import painted
from visualizer.export.png import to_image
from visualizer.lifts.schedule import Playhead
from visualizer.lifts.vocabulary import PhaseId
from visualizer.scene.legend import LegendRoom
from visualizer.scene.palette import theme
from visualizer.scene.request import BARE, Layers, RenderedView, RenderRequest
from visualizer.texts import speaking

NAME, SIZE = "glute-bridge", (96, 54)
pytestmark = pytest.mark.usefixtures("commands_share")


def film(phase: PhaseId | None = None, speed: float = 1.0, *, loop: bool = True) -> Film:
    own = repetition(NAME)
    request = RenderRequest(own.instant(0.0), SIZE, layers=BARE)
    return Film(own, request, phase, speed, loop)


def written(suffix: str, of: Film, fps: float = 5.0) -> Image.Image:
    stream = io.BytesIO()
    FILM_FILES[suffix].write(stream, of, fps, lambda done, count: None)
    return Image.open(stream)


def durations(image: Image.Image) -> list[int]:
    found = []
    for k in range(getattr(image, "n_frames", 1)):
        image.seek(k)
        image.load()
        found.append(round(image.info["duration"]))
    return found


def test_after_the_last_picture_comes_the_first() -> None:
    own = repetition(NAME)
    instants = film().instants(100.0)
    again = own.instant(own.schedule.duration_s)
    np.testing.assert_allclose(
        again.pose.joint_position, instants[0].pose.joint_position, atol=1e-9
    )
    steps = np.diff([*(i.time_s for i in instants), own.schedule.duration_s])
    assert np.ptp(steps) < 1e-9


@pytest.mark.parametrize("speed", [1.0, 0.5])
def test_pictures_of_a_gif_stay_as_long_as_players_keep_them(speed: float) -> None:
    image = written(".gif", film(speed=speed), fps=7.0)
    found = durations(image)
    # equal pictures, as in the hold, may be one that stays longer
    assert all(ms % 10 == 0 and ms >= 20 for ms in found)
    assert sum(found) == pytest.approx(1e3 * film().length_s / speed, abs=140 / 2)
    assert image.info["loop"] == 0


def test_a_film_that_is_not_looped_ends() -> None:
    assert "loop" not in written(".gif", film(PhaseId.LIFT, loop=False)).info
    assert written(".webp", film(PhaseId.LIFT, loop=False)).info["loop"] == 1


def test_a_webp_shows_what_is_drawn() -> None:
    own = film(PhaseId.LIFT)
    image = written(".webp", own)
    assert sum(durations(image)) == pytest.approx(1e3 * own.length_s, abs=100)
    image.seek(0)
    first = np.asarray(next(frames(own, 200.0)), int)
    assert np.abs(np.asarray(image.convert("RGB"), int) - first).mean() < 4


def test_a_phase_alone_is_shown_to_its_end() -> None:
    instants = film(PhaseId.LOWERING).instants(50.0)
    assert {i.phase for i in instants} == {PhaseId.LOWERING}
    assert (instants[0].fraction, instants[-1].fraction) == (0.0, 1.0)


def test_a_film_has_a_greatest_length() -> None:
    with pytest.raises(UsageError, match="3000 are possible"):
        film(speed=0.1).instants(1.0)


def test_captions_say_what_drives_each_phase() -> None:
    found = captions(film(speed=0.5))
    assert [start for start, _, _ in found] == [0.0, *(end for _, end, _ in found[:-1])]
    assert found[-1][1] == pytest.approx(2 * film().length_s)
    assert found[0][2] == "Lift\nGluteus maximus: shortens"
    with speaking("de"):
        assert "verlängert" in captions(film(PhaseId.LOWERING))[0][2]
    stamp = r"\d\d:\d\d:\d\d,\d{3}"
    assert re.match(rf"1\n{stamp} --> {stamp}\nLift\n", srt(film()))


def pair(*, overlaid: bool = False, stays: Playhead | None = None) -> Film:
    """Return a film of two bodies, one of which has a phase more than the other."""
    own, other = repetition(NAME).in_tempo(Tempo(1.0, 0.5, 1.0)), repetition("barbell-hip-thrust")
    each = size_of_each(SIZE, overlaid=overlaid)
    requests = [RenderRequest(r.instant(0.0), each, layers=BARE) for r in (own, other)]
    second = SecondFilmed(other, requests[1], SIZE, overlaid, stays, ("One", ""))
    return Film(own, requests[0], second=second)


@pytest.mark.parametrize("overlaid", [False, True])
def test_a_film_of_a_pair_shows_what_a_picture_of_both_shows(overlaid: bool) -> None:
    own = pair(overlaid=overlaid)
    assert own.second is not None
    stage, instant = FilmStage(own), own.repetition.instant_of(PhaseId.LIFT, 0.5)
    seen = stage.draw(instant, 0.0, stage.keepers())
    shown = (
        (own.repetition, own.request, instant),
        (
            own.second.repetition,
            own.second.request,
            own.second.repetition.instant_of(PhaseId.LIFT, 0.5),
        ),
    )
    bodies = [
        ComparedBody(Pictures(r.body.surface, r), r, replace(asked, instant=at), name)
        for (r, asked, at), name in zip(shown, own.second.names, strict=True)
    ]
    picture = painted(draw_compared(bodies[0], bodies[1], SIZE, overlaid=overlaid))
    assert seen.size == own.size == SIZE
    assert np.abs(np.asarray(seen, int) - np.asarray(picture, int)).max() <= 1


def test_the_legend_of_a_film_explains_in_every_picture_what_any_of_them_bears() -> None:
    own, size = repetition(NAME), (1500, 540)
    layers = Layers(legend=LegendRoom(text_width, 12.0, size[0]))
    hold = own.instant_of(PhaseId.HOLD, 0.5)
    request = RenderRequest(hold, size, layers=layers)

    def drawn(of: Film) -> np.ndarray:
        stage = FilmStage(of)
        return np.asarray(stage.draw(hold, 0.0, stage.keepers()), int)

    whole, alone = drawn(Film(own, request)), drawn(Film(own, request, PhaseId.HOLD))
    differ = np.nonzero(np.abs(whole - alone).max(axis=-1))
    # no sign of doubt stands in a hold; in a film of the whole repetition it stands in others
    assert len(differ[0]) > 50
    assert differ[0].min() > size[1] - 60
    still = np.asarray(to_image(Pictures(own.body.surface, own).view(request)), int)
    # and it says whose way the large arrow is, which stands where there is room
    further = np.nonzero(np.abs(still - alone).max(axis=-1))
    assert further[0].min() > size[1] - 60
    above = np.s_[: size[1] - 60]
    np.testing.assert_array_equal(still[above], alone[above])


def words_of_legend(name: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the signs that the legend of a film explains."""
    own = repetition(name)
    layers = Layers(legend=LegendRoom(text_width, 12.0, 640.0))
    asked: list[RenderRequest] = []
    view = Pictures.view

    def noted(self: Pictures, request: RenderRequest, *of: Any) -> RenderedView:
        asked.append(request)
        return view(self, request, *of)

    monkeypatch.setattr(Pictures, "view", noted)
    request = RenderRequest(own.instant(0.0), (320, 180), layers=layers)
    stage = FilmStage(Film(own, request))
    stage.draw(own.instant(0.0), 0.0, stage.keepers())
    room = asked[-1].layers.legend
    assert room is not None
    return [word for _, word in room.signs or ()]


def test_the_legend_of_a_film_says_whose_way_the_large_arrow_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "direction of the hips" in words_of_legend("glute-bridge", monkeypatch)
    assert "direction of the bar" in words_of_legend("romanian-deadlift", monkeypatch)


PHASES = (PhaseId.LIFT, PhaseId.HOLD, PhaseId.LOWERING)


@pytest.mark.parametrize("code", ["en", "de"])
@pytest.mark.parametrize("theme_name", ["light", "dark"])
def test_the_title_of_a_film_stands_still_and_marks_the_phase(theme_name: str, code: str) -> None:
    """The name is the same in all phases; each phase is marked at a place of its own."""
    size = 960, title_px((960, 540))
    with speaking(code):
        bands = [
            np.asarray(film_title("Glute bridge", PHASES, now, size, theme(theme_name)), int)
            for now in PHASES
        ]
    left = np.s_[:, : size[0] // 3]
    for one, other in itertools.combinations(bands, 2):
        np.testing.assert_array_equal(one[left], other[left])
    grey = [band @ (0.299, 0.587, 0.114) for band in bands]
    ground = grey[0][0, 0]
    rules = []
    for band in grey:
        # the one that is on is underlined, with a line that is seen in grey
        inked = (np.abs(band - ground) > 80)[-size[1] // 4 :, size[0] // 3 :]
        columns = np.flatnonzero(inked[inked.sum(axis=1).argmax()])
        # the longest run: tails of letters reach down as well
        columns = max(np.split(columns, np.flatnonzero(np.diff(columns) > 1) + 1), key=len)
        assert len(columns) > 20
        rules.append((columns[0], columns[-1]))
    assert rules[0][1] < rules[1][0]
    assert rules[1][1] < rules[2][0]


def test_the_title_of_a_film_is_read_at_a_sixth_of_its_size() -> None:
    """Capitals as high as those that the audience reads from the back row, and more."""
    size = 1280, title_px((1280, 720))
    band = np.asarray(film_title("H", (), PhaseId.LIFT, size, theme("light")).convert("L"), int)
    inked = np.flatnonzero((band < 120).any(axis=1))
    assert inked[-1] - inked[0] + 1 >= 0.026 * 720


@pytest.mark.parametrize("width", [64, 120, 240])
def test_a_title_fits_where_there_is_little_room(width: int) -> None:
    size = width, title_px((width, 54))
    band = np.asarray(film_title("Hip thrust", PHASES, PHASES[1], size, theme("light")), int)
    assert band.shape[:2] == size[::-1]
    assert (band[:, -2:] == band[0, 0]).all(), "nothing runs over the right edge"


@pytest.mark.parametrize("suffix", [".webp", ".gif"])
def test_a_titled_film_is_as_large_as_it_was_asked_for(suffix: str, tmp_path: Path) -> None:
    frames_of = []
    for flags in (["--title"], []):
        path = tmp_path / f"f{len(flags)}{suffix}"
        words = ["film", NAME, "--phase", "lift", "--fps", "5", "--size", "192x108", *flags]
        assert run([*words, "-o", str(path)]) == 0
        with Image.open(path) as image:
            assert image.size == (192, 108)
            frames_of.append(np.asarray(image.convert("RGB"), int))
    titled, plain = (frame[: title_px((192, 108))] for frame in frames_of)
    assert (titled.max(axis=-1) < 120).any(), "letters"
    assert not (plain.max(axis=-1) < 120).any()


def test_the_second_body_of_a_film_follows_by_phase_or_stays() -> None:
    second = pair().second
    assert second is not None
    own = pair().repetition
    lowering = second.instant(own.instant_of(PhaseId.LOWERING, 0.25))
    assert (lowering.phase, lowering.fraction) == (PhaseId.LOWERING, 0.25)
    fixed = replace(second, stays=Playhead(PhaseId.LIFT, 0.75))
    still = fixed.instant(own.instant_of(PhaseId.LOWERING, 0.25))
    assert (still.phase, still.fraction) == (PhaseId.LIFT, 0.75)


def test_captions_of_a_pair_say_what_drives_each_of_them() -> None:
    first = captions(pair())[0][2].splitlines()
    assert first == [
        "Lift",
        "Glute bridge: Gluteus maximus: shortens",
        "Barbell hip thrust: Gluteus maximus: shortens",
    ]


def test_what_is_given_up_when_all_pictures_are_done_leaves_nothing(tmp_path: Path) -> None:
    asked: list[int] = []

    def tell(done: int, of: int) -> None:
        asked.append(done)
        if not done:
            raise CancelledError

    with pytest.raises(CancelledError):
        save_film(tmp_path / "f.gif", film(PhaseId.LIFT), 5.0, tell)
    assert asked[-2] == len(film(PhaseId.LIFT).instants(200.0))
    assert not list(tmp_path.iterdir())


def test_the_command_films_two_beside_each_other(tmp_path: Path) -> None:
    path = tmp_path / "two.gif"
    words = ["film", NAME, "--phase", "lift", "--fps", "5", "--speed", "4", "--size", "96x54"]
    assert run([*words, "--compare", "barbell-hip-thrust", "-o", str(path)]) == 0
    with Image.open(path) as image:
        assert image.size == SIZE


@pytest.mark.parametrize("suffix", [".gif", ".webp"])
def test_a_film_that_breaks_off_leaves_nothing(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*given: object, **more: object) -> Iterator[Image.Image]:
        yield Image.new("RGB", SIZE)
        yield Image.new("RGB", SIZE, "red")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(film_module, "frames", broken)
    path = tmp_path / f"f{suffix}"
    assert run(["film", NAME, "-o", str(path)]) == 1
    assert "No space left on device" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


Fake = Callable[[str], None]


@pytest.fixture
def fake_ffmpeg(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Fake:
    """Return what puts a program of that name, with a body in Python, before all others."""
    if sys.platform == "win32":
        pytest.skip("a script is no program there")
    folder = tmp_path_factory.mktemp("bin")
    monkeypatch.setenv("PATH", str(folder))

    def put(body: str) -> None:
        program = folder / "ffmpeg"
        encoders = 'if "-encoders" in sys.argv: print(" V..... libx264 H.264"); sys.exit()\n'
        program.write_text(f"#!{sys.executable}\nimport sys\n{encoders}{body}")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)

    return put


def test_an_mp4_gets_all_pixels_of_all_pictures_and_its_captions(
    tmp_path: Path, fake_ffmpeg: Fake
) -> None:
    fake_ffmpeg("open(sys.argv[-1], 'wb').write(sys.stdin.buffer.read())")
    path = tmp_path / "f.mp4"
    words = ["film", NAME, "--phase", "lift", "--fps", "5", "--size", "96x54", "-o", str(path)]
    assert run(words) == 0
    assert path.stat().st_size == len(film(PhaseId.LIFT).instants(200.0)) * 96 * 54 * 3
    assert "Gluteus maximus: shortens" in path.with_suffix(".srt").read_text("utf-8")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (
            "sys.stdin.buffer.read(); print('it is broken', file=sys.stderr); sys.exit(1)",
            "it is broken",
        ),
        ("print('it is broken', file=sys.stderr); sys.exit(1)", "it is broken"),
        ("import os; os.kill(os.getpid(), 9)", "it was ended from outside"),
        ("sys.exit(3)", "it ended with status 3"),
    ],
)
def test_why_ffmpeg_ended_is_said_in_one_line(
    body: str, reason: str, tmp_path: Path, fake_ffmpeg: Fake, capsys: pytest.CaptureFixture[str]
) -> None:
    fake_ffmpeg(body)
    words = ["film", NAME, "--phase", "lift", "--fps", "5", "--size", "96x54"]
    assert run([*words, "-o", str(tmp_path / "f.mp4")]) == 1
    # where there is no kernel, a line before says that it takes long
    said = capsys.readouterr().err.splitlines()[-1]
    assert said == f"visualizer: ffmpeg could not make the film: {reason}"
    assert not list(tmp_path.iterdir())


def test_without_an_encoder_one_sentence_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setitem(sys.modules, "imageio_ffmpeg", None)
    assert run(["film", NAME, "-o", str(tmp_path / "f.mp4")]) == 1
    err = capsys.readouterr().err
    assert "MP4 needs ffmpeg" in err
    assert "install ffmpeg" in err or "install Gyan.FFmpeg" in err
    assert err.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_a_real_encoder_makes_a_file_that_players_know(tmp_path: Path) -> None:
    try:
        mp4.encoder()
    except VisualizerError:
        pytest.skip("only where an ffmpeg is")
    path = tmp_path / "f.mp4"
    words = ["film", NAME, "--phase", "lift", "--fps", "5", "--size", "97x55", "-o", str(path)]
    assert run(words) == 0
    assert path.read_bytes()[4:8] == b"ftyp"
    read = [mp4.encoder(), "-hide_banner", "-i", str(path)]
    raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    played = subprocess.run([*read, *raw], capture_output=True, check=True)
    pictures = np.frombuffer(played.stdout, np.uint8).reshape(-1, 54, 96, 3)
    own = film(PhaseId.LIFT)
    assert len(pictures) == len(own.instants(200.0))
    told = re.search(rb"Duration: 00:00:([\d.]+)", played.stderr)
    assert told is not None
    assert float(told[1]) == pytest.approx(own.length_s, abs=0.2)
    assert b"h264" in played.stderr
    assert b"yuv420p(tv, smpte170m" in played.stderr
    # the ground at the upper edge has its colour: what writes and what plays mean one matrix
    last = np.asarray(list(frames(own, 200.0))[-1], int)
    assert np.abs(pictures[-1, :6].astype(int) - last[:6]).mean() < 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-o", "f.avi"], "f.avi: let the file's name end in one of .gif, .mp4, .webp"),
        (["--speed", "9", "-o", "f.gif"], "'9' is not a number between 0.1 and 4"),
        (["--fps", "1", "-o", "f.gif"], "'1' is not a number between 5 and 60"),
        (["--view", "chart", "-o", "f.gif"], "unknown view 'chart'"),
    ],
)
def test_wrong_usage_is_said_in_one_line(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["film", NAME, *words]) == 2
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1

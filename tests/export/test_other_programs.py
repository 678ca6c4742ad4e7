"""Other programs read what we write; each test runs where its program is on the machine.

On Debian: ``apt-get install ffmpeg webp poppler-utils libxml2-utils``. PDF files need the extra
``pdf`` besides. Anki opens its deck in test_questions.py, pypdf reads the hand-outs in
test_handout.py.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from visualizer.cli import run
from visualizer.errors import VisualizerError
from visualizer.export import mp4
from visualizer.export.handout_notes import possible_words, word_notes

pytestmark = pytest.mark.usefixtures("commands_share")

NAME = "glute-bridge"
LIFT_S, SIZE = 1.0, (128, 72)


def program(name: str) -> str:
    """Return a program's path, or skip the test."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"only where {name} is")
    return found


def said_by(*words: str | Path) -> str:
    """Return what a program says, which must have succeeded."""
    done = subprocess.run(list(map(str, words)), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return done.stdout.decode("utf-8")


def film(path: Path) -> Path:
    """Write a film of a lift, at five pictures a second, with the legend below it."""
    size = f"{SIZE[0]}x{SIZE[1]}"
    words = ["film", NAME, "--phase", "lift", "--fps", "5", "--size", size, "--loop"]
    assert run([*words, "-o", str(path)]) == 0
    return path


@pytest.mark.parametrize("suffix", [".mp4", ".gif"])
def test_ffprobe_counts_the_pictures_of_a_film_and_its_time(suffix: str, tmp_path: Path) -> None:
    probe = program("ffprobe")
    if suffix == ".mp4":
        try:
            mp4.encoder()
        except VisualizerError:
            pytest.skip("only where an ffmpeg is")
    told = said_by(
        probe, "-v", "error", "-count_frames", "-show_entries",
        "stream=codec_name,pix_fmt,width,height,nb_read_frames:format=duration",
        "-of", "json", film(tmp_path / f"f{suffix}"),
    )  # fmt: skip
    read = json.loads(told)
    (stream,) = read["streams"]
    assert (stream["width"], stream["height"]) == SIZE
    assert stream["codec_name"] == {".mp4": "h264", ".gif": "gif"}[suffix]
    assert suffix != ".mp4" or stream["pix_fmt"] == "yuv420p"  # what every player plays
    count = int(stream["nb_read_frames"])
    assert count >= LIFT_S * 5
    assert float(read["format"]["duration"]) == pytest.approx(count / 5, abs=0.05)


def test_webpmux_counts_the_pictures_of_a_film_that_never_ends(tmp_path: Path) -> None:
    told = said_by(program("webpmux"), "-info", film(tmp_path / "f.webp"))
    assert f"Canvas size: {SIZE[0]} x {SIZE[1]}" in told
    assert re.search(r"Loop Count ?: 0\b", told), "0 is for ever"
    count = re.search(r"Number of frames: (\d+)", told)
    assert count is not None
    assert int(count[1]) >= LIFT_S * 5


def handout(path: Path, *options: str) -> Path:
    """Write a hand-out."""
    pytest.importorskip("typst", reason="only where the extra 'pdf' is")
    assert run(["handout", NAME, *options, "-o", str(path)]) == 0
    return path


@pytest.mark.usefixtures("small_pictures")
def test_pdftotext_reads_what_a_hand_out_says_and_no_answer_of_a_blank_one(tmp_path: Path) -> None:
    to_text = program("pdftotext")
    answers = ("Gluteus maximus", "prime mover", "concentric", "isometric")
    full = said_by(to_text, handout(tmp_path / "full.pdf"), "-")
    assert all(answer in full for answer in answers)
    blank = said_by(to_text, handout(tmp_path / "blank.pdf", "--blank"), "-")
    # what the questions offer is no answer, nor is the list of what may stand in any row
    asked = " ".join(blank.split("Questions")[0].split())
    for words in (possible_words(), word_notes(filled=False)):
        assert words in asked
        asked = asked.replace(words, "")
    assert not [answer for answer in answers if answer in asked]


@pytest.mark.usefixtures("small_pictures")
def test_pdffonts_finds_every_font_in_the_file(tmp_path: Path) -> None:
    told = said_by(program("pdffonts"), handout(tmp_path / "full.pdf")).splitlines()[2:]
    assert told
    for font in told:
        embedded, _, readable = font.split()[-5:-2]
        assert (embedded, readable) == ("yes", "yes"), font


@pytest.mark.usefixtures("small_pictures")
def test_xmllint_reads_a_picture_and_questions(tmp_path: Path) -> None:
    lint = program("xmllint")
    picture, questions = tmp_path / "p.svg", tmp_path / "q.xml"
    size = ["--phase", "lift", "--at", "0.5", "--size", "320x180", "--labels"]
    assert run(["render", NAME, *size, "-o", str(picture)]) == 0
    assert run(["questions", NAME, "--count", "6", "-o", str(questions)]) == 0
    for file in (picture, questions):
        said_by(lint, "--noout", "--nonet", file)
    kinds = said_by(lint, "--xpath", "//question/@type", questions).split()
    assert kinds.count('type="category"') == 1
    assert len(kinds) == 7

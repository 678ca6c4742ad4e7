"""Whatever cannot be written: one sentence that says why, and nothing is left behind."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from PIL import Image

from tests.helpers.repetitions import repetition
from visualizer.errors import VisualizerError
from visualizer.export import motion
from visualizer.export.document import PictureRow, Printed, PrintedPicture
from visualizer.export.document_files import DOCUMENT_FILES
from visualizer.export.drawing import Drawing
from visualizer.export.film import Film
from visualizer.export.film_files import FILM_FILES
from visualizer.export.look import Look, request_for
from visualizer.export.motion import MOTION_FILES
from visualizer.export.mp4 import encoder
from visualizer.export.output import check_output, write_output
from visualizer.export.picture_files import PICTURE_FILES
from visualizer.export.questions.formats import QUESTION_FILES
from visualizer.export.questions.sheet import (
    Figure,
    LabelledFigure,
    QuestionSheet,
    SheetQuestion,
    png_bytes,
)
from visualizer.export.typesetting import check_typesetter
from visualizer.lifts.vocabulary import PhaseId
from visualizer.teaching.moment import Moment

NAME = "glute-bridge"
WHY = "a reason that is longer than a file may be here " * 20
SIZE_LIMIT = 60  # bytes
KINDS = [
    *(("picture", suffix) for suffix in PICTURE_FILES),
    *(("document", suffix) for suffix in DOCUMENT_FILES),
    *(("questions", suffix) for suffix in QUESTION_FILES),
    *(("numbers", suffix) for suffix in MOTION_FILES),
    *(("film", suffix) for suffix in FILM_FILES),
]


@cache
def contents() -> Mapping[str, Any]:
    image = Image.effect_noise((96, 54), 90.0).convert("RGB")  # which cannot be packed
    figure = Figure("p.png", png_bytes(image), "A picture")
    question = SheetQuestion("q1", "Which?", ("this", "that"), 0, WHY, "", figure)
    own, moment = repetition(NAME), Moment(NAME)
    request = request_for(Look((64, 36), "light", legend=False), moment, own, "en")
    return {
        "picture": Drawing(image, (), "Bridge", "A bridge", "en"),
        "document": Printed(
            "Bridge", "en", (PictureRow((PrintedPicture(figure.png, "A bridge"),)),)
        ),
        "questions": QuestionSheet(
            NAME, "Bridge", "en", (question,), LabelledFigure(figure, ((0.1, 0.1, 0.2, 0.2),))
        ),
        "numbers": own,
        "film": Film(own, request, PhaseId.HOLD, 2.0, loop=True),
    }


def writer_of(kind: str, suffix: str) -> Callable[[BinaryIO], object]:
    content = contents()[kind]
    if kind == "questions":
        return lambda stream: QUESTION_FILES[suffix].write(stream, content)
    if kind == "film":
        write = FILM_FILES[suffix].write
        return lambda stream: write(stream, content, 5.0, lambda done, of: None)
    of_kind: dict[str, Mapping[str, Callable[[BinaryIO, Any], object]]] = {
        "picture": PICTURE_FILES,
        "document": DOCUMENT_FILES,
        "numbers": MOTION_FILES,
    }
    return lambda stream: of_kind[kind][suffix](stream, content)


@contextmanager
def full_disk() -> Iterator[None]:
    """Let no file grow larger than some bytes, in whatever writes it."""
    resource = pytest.importorskip("resource", reason="where a file's size can be limited")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SIZE_LIMIT, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def refused(code: int) -> Callable[..., Any]:
    def refuse(*args: object, **named: object) -> None:
        raise OSError(code, os.strerror(code))

    return refuse


def said_of(path: Path, write: Callable[[BinaryIO], object]) -> str:
    """Return why a file was not written."""

    def save() -> None:
        check_output(path)
        write_output(path, write)

    with pytest.raises(VisualizerError) as caught:
        save()
    said = str(caught.value)
    assert "\n" not in said
    return said


@pytest.mark.parametrize(("kind", "suffix"), KINDS)
def test_a_file_that_cannot_be_written_is_one_sentence_and_leaves_nothing(
    kind: str, suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    try:
        if suffix == ".pdf":
            check_typesetter()
        elif suffix == ".mp4":
            encoder()
    except VisualizerError as lacking:
        pytest.skip(str(lacking))
    monkeypatch.setattr(motion, "RATE_HZ", 10.0)
    write, path = writer_of(kind, suffix), tmp_path / f"old{suffix}"
    path.write_bytes(b"old")
    say = partial(said_of, write=write)
    assert "File name too long" in say(tmp_path / ("x" * 300 + suffix))
    assert "folder" in say(tmp_path)
    assert "does not exist" in say(tmp_path / "none" / path.name)
    with monkeypatch.context() as patch:
        patch.setattr(os, "access", lambda *_: False)
        assert "Permission denied" in say(path)
    with monkeypatch.context() as patch:  # it has become so since it was looked at
        patch.setattr(Path, "open", refused(errno.EROFS))
        assert "Read-only file system" in say(path)
    with full_disk():
        said = say(path)
    # an encoder is a program of its own, and says what it knows
    assert ("ffmpeg" if suffix == ".mp4" else os.strerror(errno.EFBIG)) in said
    assert path.read_bytes() == b"old"
    with monkeypatch.context() as patch:  # another program has it open
        patch.setattr(Path, "replace", refused(errno.EACCES))
        assert "Permission denied" in said_of(path, lambda stream: stream.write(b"new"))
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
    write_output(path, write)
    assert path.read_bytes() != b"old"


def test_a_folder_that_vanishes_while_a_file_is_written_is_said_so(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()

    def write_and_lose(stream: BinaryIO) -> None:
        stream.write(b"new")
        shutil.rmtree(gone)

    assert os.strerror(errno.ENOENT) in said_of(gone / "x.png", write_and_lose)
    assert not gone.exists()

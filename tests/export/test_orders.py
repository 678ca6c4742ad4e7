"""Orders are carried out in a process of their own as they are here, or fail in one sentence.

Typst is a stand-in: what it does, the process does, and it runs where there is none.
"""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from tests.helpers.data_files import VARIATION
from tests.helpers.repetitions import body_model, catalog
from tests.helpers.typst import SetTypst
from visualizer.anatomy.muscle import Side
from visualizer.catalog.catalog import Catalog, load_catalog
from visualizer.catalog.kept_catalog import from_bytes, to_bytes
from visualizer.child import child_main
from visualizer.errors import CancelledError, VisualizerError
from visualizer.exercise.loading import LoadChoice
from visualizer.exercise.tempo import Tempo
from visualizer.export.document import Paragraph, Printed
from visualizer.export.handout import Sheet
from visualizer.export.look import Look
from visualizer.export.orders.beside import beside
from visualizer.export.orders.documents import (
    DocumentOrder,
    HandoutContent,
    MadeContent,
    NotesContent,
    PagesOrder,
    PagesSet,
)
from visualizer.export.orders.films import FilmOrder
from visualizer.export.orders.order import Order, OwnDesk, Sent
from visualizer.export.orders.pictures import PictureOrder
from visualizer.export.orders.tables import NumbersOrder, QuestionsOrder
from visualizer.export.output import Tell, go_on
from visualizer.lifts.schedule import Playhead
from visualizer.lifts.vocabulary import PhaseId
from visualizer.scene.channel import Colours
from visualizer.teaching.lesson import Lesson, Stop
from visualizer.teaching.moment import Moment, OtherBody
from visualizer.texts import speaking

PAGE = MadeContent(Printed("Page", "en", (Paragraph("Größe"),)))
# what a user can have chosen that differs from what is usual
CHOSEN = Moment(
    "single-leg-hip-thrust",
    Playhead(PhaseId.LIFT, 0.7),
    side=Side.LEFT,
    labels=True,
    xray=True,
    muscle="gluteus_maximus",
    colours=Colours.EFFORT,
    load=LoadChoice(bar=60.0, in_percent=False),
    other=OtherBody("test-lift", playhead=Playhead(PhaseId.LIFT, 1.0)),
    tempo=Tempo(1.0, 0.0, 0.5),
)
LESSON = Lesson(
    version=1,
    title={"en": "One stop"},
    stops=(Stop(link="hipthrust:barbell-hip-thrust/lift/0.5", notes={"de": "Größe", "en": "x"}),),
)


@cache
def users_catalog() -> Catalog:
    """Return the shipped data with a variation of a user's beside them."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "variations")
        home.mkdir()
        (home / "test-lift.toml").write_text(VARIATION, "utf-8")
        load = load_catalog([Path(folder)])
    assert not load.problems
    return load.catalog


ORDERS: dict[str, Callable[[Path], Order]] = {
    "film.webp": lambda path: FilmOrder(
        str(path), CHOSEN, Look((96, 54), "dark", legend=True), 5.0, PhaseId.LIFT, speed=2.0
    ),
    "picture.svg": lambda path: PictureOrder(
        str(path), replace(CHOSEN, overlaid=True), Look((64, 36)), transparent=True
    ),
    "handout.html": lambda path: DocumentOrder(
        str(path), HandoutContent(CHOSEN, Sheet.BLANK, "letter")
    ),
    "notes.html": lambda path: DocumentOrder(str(path), NotesContent(LESSON, "a4")),
    "questions.gift": lambda path: QuestionsOrder(str(path), CHOSEN, 3, 7),
    "numbers.csv": lambda path: NumbersOrder(str(path), Moment("test-lift")),
}


@pytest.mark.parametrize("name", ORDERS)
def test_an_order_arrives_as_it_was_sent(name: str, tmp_path: Path) -> None:
    order = ORDERS[name](tmp_path / name)
    assert from_bytes(to_bytes(order), object) == order


@pytest.mark.parametrize("name", ["film.webp", "numbers.csv"])
def test_a_file_is_the_same_whichever_process_writes_it(name: str, tmp_path: Path) -> None:
    told: dict[str, list[tuple[int, int]]] = {"here": [], "beside": []}
    with speaking("de"):
        for where, said in told.items():
            (tmp_path / where).mkdir()
            order, body = ORDERS[name](tmp_path / where / name), body_model()

            def tell(done: int, of: int, said: list[tuple[int, int]] = said) -> None:
                if done:
                    said.append((done, of))

            if where == "here":
                order(OwnDesk(users_catalog(), body), tell)
            else:
                assert beside(order, users_catalog(), body, tell) is None
    assert (tmp_path / "here" / name).read_bytes() == (tmp_path / "beside" / name).read_bytes()
    assert told["here"] == told["beside"] != []
    assert [file.name for file in (tmp_path / "beside").iterdir()] == [name]


def test_pages_come_back_and_what_is_printed_on_the_way_is_no_answer(typst: SetTypst) -> None:
    pages = "[bytes(range(256)) * 999, b'2'] if how['format'] == 'png' else b''"
    typst(f"print('noise'); os.write(1, b'noise'); return {pages}")
    made = beside(PagesOrder(PAGE, 30.0), catalog(), body_model(), go_on)
    assert made == PagesSet(PAGE.made, (bytes(range(256)) * 999, b"2"))


@pytest.mark.skipif(sys.platform == "win32", reason="has neither")
def test_it_steps_back_behind_what_runs_in_the_same_session(typst: SetTypst) -> None:
    typst("return repr((os.nice(0), os.getsid(0), os.getpgid(0) == os.getpid())).encode()")
    made = beside(PagesOrder(PAGE, 30.0), catalog(), body_model(), go_on)
    assert isinstance(made, PagesSet)
    # in another session Linux would give it as much of the processors as the window
    assert made.pages == (repr((19, os.getsid(0), True)).encode(),)


def test_what_cannot_be_made_is_said_in_the_language_of_the_window(tmp_path: Path) -> None:
    order = NumbersOrder(str(tmp_path / "n.csv"), Moment("no-such-thing"))
    with speaking("de"), pytest.raises(VisualizerError, match="unbekannt"):
        beside(order, catalog(), body_model(), go_on)
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written_is_refused_before_a_process_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "Popen", pytest.fail)
    order = NumbersOrder(str(tmp_path / "none" / "n.csv"), Moment("glute-bridge"))
    with pytest.raises(VisualizerError, match="does not exist"):
        beside(order, catalog(), body_model(), go_on)


def test_a_disk_that_is_full_is_one_sentence_and_leaves_nothing(
    typst: SetTypst, tmp_path: Path
) -> None:
    typst("import errno; raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))")
    with pytest.raises(VisualizerError, match=r"page.pdf: .*No space left on device$"):
        beside(DocumentOrder(str(tmp_path / "page.pdf"), PAGE), catalog(), body_model(), go_on)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def put_aside(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where what is put aside lies."""
    folder = tmp_path_factory.mktemp("aside")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("os._exit(0)", "the process that makes it ended early (status 0)"),
        ("raise MemoryError('too large')", "MemoryError: too large"),
        ("return 'no bytes'", "TypeError: "),
        pytest.param(
            "os.kill(os.getpid(), 9)",
            "the process that makes it ended early (SIGKILL)",
            marks=pytest.mark.skipif(sys.platform == "win32", reason="has no signals"),
        ),
    ],
)
def test_a_process_that_fails_is_one_sentence_and_leaves_nothing(
    body: str,
    said: str,
    typst: SetTypst,
    tmp_path: Path,
    put_aside: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    typst(body)
    path = tmp_path / "page.pdf"
    path.write_text("old")
    with pytest.raises(VisualizerError) as caught:
        beside(DocumentOrder(str(path), PAGE), catalog(), body_model(), go_on)
    assert str(caught.value).startswith(f"this could not be made: {said}")
    assert "\n" not in str(caught.value)
    assert path.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["page.pdf"]
    assert list(put_aside.iterdir()) == []
    assert "an export failed" in caplog.text  # with all that the process has said
    caplog.clear()


def test_a_process_that_cannot_be_started_is_one_sentence(
    tmp_path: Path, put_aside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "gone"))
    order = NumbersOrder(str(tmp_path / "n.csv"), Moment("glute-bridge"))
    with pytest.raises(VisualizerError, match=f"could not be made: {os.strerror(2)}$"):
        beside(order, catalog(), body_model(), go_on)
    assert list(tmp_path.iterdir()) == []
    assert list(put_aside.iterdir()) == []


def when_begun(begun: Path) -> Tell:
    """Return what gives up as soon as a process has written its number into a file."""

    def tell(done: int, of: int) -> None:
        if begun.is_file() and begun.read_text():
            raise CancelledError

    return tell


def gone(begun: Path) -> bool:
    """Return whether the process that has written its number into a file is no more."""
    if sys.platform == "win32":
        return True
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", begun.read_text()], capture_output=True, text=True
    ).stdout
    return state.strip()[:1] in ("", "Z")  # nobody may have asked how it ended


def test_to_give_up_ends_the_process_whatever_it_is_at(
    typst: SetTypst, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, put_aside: Path
) -> None:
    begun = tmp_path_factory.mktemp("begun") / "number"
    typst(f"open({str(begun)!r}, 'w').write(str(os.getpid())); time.sleep(600)")
    order = DocumentOrder(str(tmp_path / "page.pdf"), PAGE)
    with pytest.raises(CancelledError):
        beside(order, catalog(), body_model(), when_begun(begun))
    assert gone(begun)
    assert list(tmp_path.iterdir()) == []
    assert list(put_aside.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")
def test_to_give_up_a_film_ends_its_encoder(
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    put_aside: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path_factory.mktemp("bin")
    begun, program = folder / "number", folder / "ffmpeg"
    program.write_text(
        f"#!{sys.executable}\n"
        "import os, sys, time\n"
        'if "-encoders" in sys.argv: print(" V..... libx264 H.264"); sys.exit()\n'
        'open(sys.argv[-1], "wb").write(b"half")\n'
        f'open({str(begun)!r}, "w").write(str(os.getpid())); time.sleep(600)\n'
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    order = FilmOrder(str(tmp_path / "f.mp4"), Moment("glute-bridge"), Look((64, 36)), 10.0)
    with pytest.raises(CancelledError):
        beside(order, catalog(), body_model(), when_begun(begun))
    assert gone(begun)
    assert list(tmp_path.iterdir()) == []
    assert list(put_aside.iterdir()) == []


def test_what_is_given_up_too_late_is_not_said_to_be_missing(tmp_path: Path) -> None:
    path = tmp_path / "n.csv"

    def tell(done: int, of: int) -> None:
        if path.is_file():
            raise CancelledError

    beside(NumbersOrder(str(path), Moment("glute-bridge")), catalog(), body_model(), tell)
    assert [file.name for file in tmp_path.iterdir()] == ["n.csv"]


def test_a_process_that_nobody_waits_for_any_more_leaves_nothing(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    order = NumbersOrder(str(tmp_path / "n.csv"), Moment("glute-bridge"))
    aside = tmp_path_factory.mktemp("aside")
    body = str(body_model().folder)
    sent = to_bytes(Sent(order, to_bytes(catalog()), body, "en", "", str(aside)))
    process = subprocess.Popen(
        child_main("visualizer.export.orders.process"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdout.close()  # as when who has started it dies
    process.stdin.write(b"%d\n" % len(sent) + sent)
    process.stdin.close()
    assert process.wait() == 0
    assert list(tmp_path.iterdir()) == []
    assert not aside.exists()

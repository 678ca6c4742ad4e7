"""The command line: what can be called, and every error in one line.

An error is one line on stderr: exit status 2 for wrong usage (with the nearest valid name), 1 for
bad data or a failed task. What the commands do stands in :mod:`visualizer.commands`; they import
the rooms that they need when they run: ``list`` shall not wait for mujoco, and nothing but the
window may load Qt.
"""

from __future__ import annotations

import argparse
import math
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from visualizer import __version__, console
from visualizer.arguments import Parser, add_language, asked_language
from visualizer.commands import effort, files, films, pictures, self_test, takeaway, texts, window
from visualizer.errors import VisualizerError
from visualizer.language import ENGLISH
from visualizer.texts import speaking, tr

__all__ = ["run"]

_VIEWS = ("side", "front", "back", "below", "three-quarter", "chart")
_LEAST_SIDE = 16
_MOST_SIDE = 32_640  # what the renderer can; see visualizer.render.frame
_MOST_PIXELS = 7680 * 4320
_MOST_QUESTIONS = 500


def run(argv: Sequence[str]) -> int:
    """Run one command.

    Parameters
    ----------
    argv : sequence of str
        The words after the command's name.

    Returns
    -------
    int
        Exit status: 0 done, 1 bad data or a failed task, 2 wrong usage.
    """
    console.prepare()
    # texts for tools stay English unless another language is asked for; help and errors follow
    with speaking(asked_language(argv)):
        return console.close(_run(argv))


def _run(argv: Sequence[str]) -> int:
    try:
        arguments = _parser().parse_args(_opening(argv))
        if arguments.command is not None and arguments.language is None:
            arguments.language = ENGLISH  # the window has a language of its own
        command: Callable[[argparse.Namespace], int] = arguments.run
        return command(arguments)
    except SystemExit as done:  # --help and --version
        return done.code if isinstance(done.code, int) else 0
    except VisualizerError as error:
        for line in str(error).splitlines():
            console.say(line)
        return error.exit_status
    except BrokenPipeError:
        return 0  # the reader (head, less) has gone; nothing is left to say
    except OSError as error:
        return console.failed(error)
    except KeyboardInterrupt:
        console.say(tr("interrupted"))
        return 130


def _opening(argv: Sequence[str]) -> list[str]:
    """Return the words with a link, or a file of ours, in place of a command marked as such."""
    words = list(argv)
    place = 2 if words[:1] == ["--language"] else 0
    word = words[place] if place < len(words) else ""
    if ":" in word or "." in word:  # neither is in a command's name
        from visualizer.catalog.endings import is_own
        from visualizer.teaching.link import is_link

        if is_link(word) or is_own(Path(word)):
            words.insert(place, "--open")
    return words


def _parser() -> Parser:
    parser = Parser(
        prog="visualizer",
        description=tr(
            "A human body doing the hip thrust, its muscles marked by role and contraction. "
            "Without a command the window opens."
        ),
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"visualizer {__version__}",
        help=tr("show the program's version and exit"),
    )
    parser.set_defaults(run=window.open_window)
    parser.add_argument("--open", metavar="LINK|FILE", help=argparse.SUPPRESS)
    add_language(
        parser,
        tr("language of the window, like de or de-AT; the system's or the chosen one otherwise"),
        None,
    )
    commands = parser.add_subparsers(
        title=tr("commands"), dest="command", metavar="COMMAND", parser_class=Parser
    )

    def add(name: str, text: str, command: Callable[[argparse.Namespace], int]) -> Any:
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(run=command)
        return sub

    def add_json(sub: argparse.ArgumentParser) -> None:
        sub.add_argument("--json", action="store_true", help=tr("print JSON instead of text"))

    p = add("list", tr("list the variations with their lifts"), texts.list_variations)
    _add_texts_language(p)
    add_json(p)

    p = add("describe", tr("say what every working muscle does, and why"), texts.describe)
    p.add_argument("variation", metavar="VARIATION", nargs="?")
    p.add_argument(
        "--validate",
        action="store_true",
        help=tr("compare our lengths and moment arms with OpenSim's instead"),
    )
    _add_side(p)
    _add_texts_language(p)
    add_json(p)

    p = add("compare", tr("say what changes from one variation to another"), texts.compare)
    p.add_argument("variations", metavar="VARIATION", nargs=2)
    _add_side(p)
    _add_texts_language(p)
    add_json(p)

    p = add(
        "effort",
        tr("estimate how the muscles share the joint moments (computed, not measured)"),
        effort.effort,
    )
    _add_effort(p)
    add_json(p)

    _add_render(add("render", tr("draw a moment of a variation into a file"), pictures.render))

    _add_film(add("film", tr("write a film of a variation"), films.film))

    p = add(
        "questions",
        tr("write questions about a variation for a teaching system"),
        takeaway.questions,
    )
    _add_questions(p)

    p = add("handout", tr("write a hand-out about a variation"), takeaway.handout)
    p.add_argument("variation", metavar="VARIATION")
    p.add_argument(
        "--blank", action="store_true", help=tr("a sheet to fill in, which tells no answer")
    )
    p.add_argument("--answers", action="store_true", help=tr("with the answers of its questions"))
    _add_side(p)
    _add_document(p)

    p = add("notes", tr("write a lesson with pictures and notes for its teacher"), takeaway.notes)
    p.add_argument("lesson", metavar="LESSON|FILE.lesson.toml")
    _add_document(p)

    p = add(
        "numbers",
        tr("write a motion's joint angles (.mot), muscle lengths (.sto) or both (.csv)"),
        takeaway.numbers,
    )
    p.add_argument("variation", metavar="VARIATION")
    _add_side(p)
    _add_texts_language(p)
    p.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.csv|.mot|.sto")

    p = add("lengths", tr("print muscle-tendon lengths in a pose"), texts.lengths)
    p.add_argument(
        "--joint",
        action="append",
        default=[],
        type=_joint,
        metavar="NAME=DEGREES",
        help=tr("a joint's angle; may be given several times, the others are 0"),
    )
    _add_texts_language(p)
    add_json(p)

    p = add("check", tr("validate data files: all problems at once"), files.check)
    p.add_argument("files", nargs="+", type=Path, metavar="FILE")
    _add_texts_language(p)

    p = add("muscles", tr("list every muscle of the body with its volume"), texts.muscles)
    _add_texts_language(p)
    add_json(p)

    p = add("bench", tr("measure the speed on this machine"), texts.bench)
    _add_texts_language(p)
    add_json(p)

    p = add("self-test", tr("say whether this installation is sound"), self_test.self_test)
    p.add_argument(
        "--no-window", action="store_true", help=tr("leave out the window, which needs Qt")
    )
    _add_texts_language(p)
    add_json(p)
    return parser


def _add_texts_language(p: argparse.ArgumentParser) -> None:
    text = tr(
        "language of names and texts, like de, de-AT or nds; English (en) otherwise and where a "
        "text has no other"
    )
    # SUPPRESS: else the code before the command would be lost
    add_language(p, text, argparse.SUPPRESS)


def _add_document(p: argparse.ArgumentParser) -> None:
    p.add_argument("--paper", choices=("a4", "letter"), default="a4")
    _add_texts_language(p)
    p.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.pdf|.html")


def _add_side(p: argparse.ArgumentParser) -> None:
    p.add_argument(
        "--side", choices=("left", "right"), default="right", help=tr("the working side")
    )


def _add_effort(p: argparse.ArgumentParser) -> None:
    p.add_argument("variation", metavar="VARIATION")
    p.add_argument(
        "--bar-kg",
        type=_mass,
        metavar="N",
        help=tr("the bar with its plates; what the lift is shown with otherwise"),
    )
    p.add_argument(
        "--compare-bar-kg",
        type=_mass,
        metavar="N",
        help=tr("say what changes with this bar instead"),
    )
    p.add_argument(
        "--body-mass-kg", type=_mass, default=75.0, metavar="N", help=tr("75 by default")
    )
    _add_side(p)
    _add_texts_language(p)


def _add_render(p: argparse.ArgumentParser) -> None:
    p.add_argument("variation", metavar="VARIATION|LINK", nargs="?")
    p.add_argument(
        "--sheet",
        metavar="VARIATION",
        help=tr("draw four moments from four sides on one sheet instead"),
    )
    p.add_argument("--phase", choices=("lift", "hold", "lowering"))
    p.add_argument(
        "--at", type=_fraction, metavar="0..1", help=tr("how much of the phase has passed")
    )
    _add_look(p, pictures.DEFAULT_SIZE, _VIEWS)
    p.add_argument(
        "--compare", metavar="VARIATION", help=tr("put this one beside it, at the same moment")
    )
    p.add_argument("--transparent", action="store_true", help=tr("leave the ground out"))
    _add_texts_language(p)
    p.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.png|.svg|.pdf")


def _add_look(p: argparse.ArgumentParser, size: tuple[int, int], views: Sequence[str]) -> None:
    """Let a command take how its pictures look."""
    p.add_argument(
        "--view",
        choices=views,
        help=tr("{view} by default").format(view=pictures.DEFAULT_VIEW),
    )
    p.add_argument(
        "--side",
        choices=("both", "left", "right"),
        default="both",
        help=tr("the working side of a one-legged variation"),
    )
    p.add_argument(
        "--size",
        type=_size,
        metavar="WxH",
        help=tr("width and height in pixels; {size} by default").format(size="{}x{}".format(*size)),
    )
    p.add_argument("--theme", choices=("light", "dark"), default="light")
    p.add_argument("--labels", action="store_true", help=tr("name the working muscles"))
    p.add_argument("--legend", action="store_true", help=tr("say what colours and marks mean"))
    p.add_argument("--xray", action="store_true", help=tr("fade all that does not work"))
    p.add_argument(
        "--focus", metavar="MUSCLE", help=tr("go close to a muscle or a group of muscles")
    )


def _add_film(p: argparse.ArgumentParser) -> None:
    p.add_argument("variation", metavar="VARIATION")
    p.add_argument(
        "--phase",
        choices=("all", "lift", "hold", "lowering"),
        default="all",
        help=tr("all of them by default"),
    )
    p.add_argument(
        "--speed",
        type=_speed,
        default=1.0,
        metavar="X",
        help=tr("1 as in life, 0.5 half as fast"),
    )
    p.add_argument(
        "--fps",
        type=_fps,
        default=films.DEFAULT_FPS,
        metavar="N",
        help=tr("pictures per second; {count} by default").format(count=f"{films.DEFAULT_FPS:g}"),
    )
    p.add_argument("--loop", action="store_true", help=tr("let it begin anew at its end"))
    _add_look(p, films.DEFAULT_SIZE, _VIEWS[:-1])
    p.add_argument(
        "--title",
        action="store_true",
        help=tr("say above it what is done, and in which phase it is"),
    )
    p.add_argument(
        "--compare", metavar="VARIATION", help=tr("film this one beside it, phase by phase")
    )
    _add_texts_language(p)
    p.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.gif|.webp|.mp4")


def _add_questions(p: argparse.ArgumentParser) -> None:
    p.add_argument("variation", metavar="VARIATION")
    p.add_argument(
        "--format",
        choices=takeaway.QUESTION_FORMATS,
        help=tr("kind of file; the one that the file's name ends like otherwise"),
    )
    p.add_argument(
        "--count",
        type=_count,
        default=takeaway.DEFAULT_COUNT,
        metavar="N",
        help=tr("how many questions; {count} by default").format(count=takeaway.DEFAULT_COUNT),
    )
    p.add_argument(
        "--seed",
        type=_seed,
        default=0,
        metavar="N",
        help=tr("another number gives other questions; the same one the same file"),
    )
    _add_side(p)
    _add_texts_language(p)
    p.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.xml|.gift|.zip|.apkg")


# ----------------------------------------------------------------------------- argument types
def _number(text: str) -> float:
    """Return a number, also with a decimal comma; not a number where it is none."""
    if "_" in text:  # Python's own way to group digits
        return math.nan
    try:
        return float(text.replace(",", ".", 1)) + 0.0  # no zero with a sign
    except ValueError:
        return math.nan


def _mass(text: str) -> float:
    value = _number(text)
    if not math.isfinite(value) or value < 0:
        raise _wrong(tr("{text!r} is not a number of kilograms"), text)
    return value


def _fraction(text: str) -> float:
    value = _number(text)
    if not 0.0 <= value <= 1.0:
        raise _wrong(tr("{text!r} is not a number between 0 and 1"), text)
    return value


def _speed(text: str) -> float:
    return _between(text, 0.1, 4.0)


def _fps(text: str) -> float:
    return _between(text, 5.0, 60.0)


def _between(text: str, least: float, most: float) -> float:
    value = _number(text)
    if not least <= value <= most:
        message = tr("{text!r} is not a number between {least} and {most}")
        raise argparse.ArgumentTypeError(
            message.format(text=text, least=f"{least:g}", most=f"{most:g}")
        )
    return value


def _count(text: str) -> int:
    return _whole(text, 1, _MOST_QUESTIONS)


def _seed(text: str) -> int:
    return _whole(text, 0, 999_999_999)


def _whole(text: str, least: int, most: int) -> int:
    if not re.fullmatch(r"\d{1,9}", text) or not least <= int(text) <= most:
        message = tr("{text!r} is not a number from {least} to {most}")
        raise _wrong(message, text, least=least, most=most)
    return int(text)


def _size(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,9})[xX×](\d{1,9})", text)
    if found is None:
        raise _wrong(tr("{text!r} is not a size like 1920x1080"), text)
    width, height = int(found.group(1)), int(found.group(2))
    if width * height > _MOST_PIXELS or min(width, height) < _LEAST_SIDE:
        raise _wrong(tr("{text!r} is not between 16x16 and 7680x4320"), text)
    if max(width, height) > _MOST_SIDE:
        raise _wrong(tr("{text!r}: a side has at most {most} pixels"), text, most=_MOST_SIDE)
    return width, height


def _joint(text: str) -> tuple[str, float]:
    name, equals, value = text.partition("=")
    degrees = _number(value)
    if not equals or not name or not math.isfinite(degrees):
        raise _wrong(tr("{text!r} is not like hip_flexion_r=40"), text)
    return name, degrees


def _wrong(message: str, text: str, **fields: int) -> argparse.ArgumentTypeError:
    return argparse.ArgumentTypeError(message.format(text=text, **fields))

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
from typing import Any, NoReturn

from visualizer import __version__, console
from visualizer.commands import files, pictures, self_test, texts, window
from visualizer.errors import UnknownNameError, UsageError, VisualizerError, nearest
from visualizer.language import ENGLISH, language_tag
from visualizer.texts import speaking, tr

__all__ = ["run"]

_VIEWS = ("side", "front", "back", "below", "three-quarter", "chart")
_LEAST_SIDE = 16
_MOST_SIDE = 32_640  # what the renderer can; see visualizer.render.frame
_MOST_PIXELS = 7680 * 4320


class _Parser(argparse.ArgumentParser):
    """Raises instead of exiting, and names the nearest command or option."""

    def error(self, message: str) -> NoReturn:
        message = re.sub(r"^argument ", "", " ".join(message.split()))
        found = re.search(r"invalid choice: '([^']*)' \(choose from (.*)\)", message)
        if found:
            kind = message.split(":")[0].split("/")[-1].strip().lstrip("-") or "value"
            known = [c.strip(" '") for c in found.group(2).split(",")]
            raise UnknownNameError(kind.lower(), found.group(1), known)
        unknown = re.search(r"unrecognized arguments: (\S+)", message)
        if unknown:
            options = [o for a in self._all_actions() for o in a.option_strings]
            like = nearest(unknown.group(1), options)
            hint = f"; did you mean {like}?" if like else ""
            raise UsageError(f"unknown argument {unknown.group(1)!r}{hint}")
        raise UsageError(f"{message} (see {self.prog} --help)")

    def _print_message(self, message: str, file: Any = None) -> None:
        # help and version; argparse itself would keep it to itself that they cannot be written
        if file is not None:
            file.write(message)

    def _all_actions(self) -> list[argparse.Action]:
        actions = list(self._actions)
        for action in self._actions:
            if isinstance(action, argparse._SubParsersAction):
                for sub in action.choices.values():
                    actions += sub._actions
        return actions


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
    return console.close(_run(argv))


def _run(argv: Sequence[str]) -> int:
    try:
        arguments = _parser().parse_args(argv)
        command: Callable[[argparse.Namespace], int] = arguments.run
        # texts for tools stay English unless another language is asked for
        with speaking(getattr(arguments, "language", ENGLISH)):
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
        console.say("interrupted")
        return 130


def _language(text: str) -> str:
    try:
        return language_tag(text)
    except ValueError:
        raise UsageError(
            tr("{text!r} is not a language code; give one like de, de-AT or nds").format(text=text)
        ) from None


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="visualizer",
        description="A human body doing the hip thrust, its muscles marked by role and "
        "contraction. Without a command the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"visualizer {__version__}")
    parser.set_defaults(run=window.open_window)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", parser_class=_Parser)

    def add(name: str, text: str, command: Callable[[argparse.Namespace], int]) -> Any:
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(run=command)
        return sub

    def add_language(sub: argparse.ArgumentParser) -> None:
        sub.add_argument(
            "--language",
            type=_language,
            default=ENGLISH,
            metavar="CODE",
            help="language of names and texts, like de, de-AT or nds; English (en) otherwise and "
            "where a text has no other",
        )

    json_help = "print JSON instead of text"
    p = add("list", "list the variations with their lifts", texts.list_variations)
    add_language(p)
    p.add_argument("--json", action="store_true", help=json_help)

    p = add("describe", "say what every working muscle does, and why", texts.describe)
    p.add_argument("variation", metavar="VARIATION", nargs="?")
    p.add_argument(
        "--validate",
        action="store_true",
        help="compare our lengths and moment arms with OpenSim's instead",
    )
    p.add_argument("--side", choices=("left", "right"), default="right", help="the working side")
    add_language(p)
    p.add_argument("--json", action="store_true", help=json_help)

    p = add("render", "draw a moment of a variation into a PNG file", pictures.render)
    p.add_argument("variation", metavar="VARIATION", nargs="?")
    p.add_argument(
        "--sheet",
        metavar="VARIATION",
        help="draw four moments from four sides on one sheet instead",
    )
    p.add_argument("--phase", choices=("lift", "hold", "lowering"))
    p.add_argument(
        "--at",
        type=_fraction,
        metavar="0..1",
        help="how much of the phase has passed",
    )
    p.add_argument("--view", choices=_VIEWS, help=f"{pictures.DEFAULT_VIEW} by default")
    p.add_argument(
        "--side",
        choices=("both", "left", "right"),
        default="both",
        help="the working side of a one-legged variation",
    )
    p.add_argument(
        "--size",
        type=_size,
        metavar="WxH",
        help="width and height in pixels; {}x{} by default".format(*pictures.DEFAULT_SIZE),
    )
    p.add_argument("--theme", choices=("light", "dark"), default="light")
    p.add_argument("--labels", action="store_true", help="name the working muscles")
    p.add_argument("--legend", action="store_true", help="say what colours and marks mean")
    p.add_argument("--xray", action="store_true", help="fade all that does not work")
    p.add_argument("--focus", metavar="MUSCLE", help="go close to a muscle or a group of muscles")
    add_language(p)
    p.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.png")

    p = add("lengths", "print muscle-tendon lengths in a pose", texts.lengths)
    p.add_argument(
        "--joint",
        action="append",
        default=[],
        type=_joint,
        metavar="NAME=DEGREES",
        help="a joint's angle; may be given several times, the others are 0",
    )
    p.add_argument("--json", action="store_true", help=json_help)

    p = add("check", "validate data files: all problems at once", files.check)
    p.add_argument("files", nargs="+", type=Path, metavar="FILE")

    p = add("muscles", "list every muscle of the body with its volume", texts.muscles)
    p.add_argument("--json", action="store_true", help=json_help)

    p = add("bench", "measure the speed on this machine", texts.bench)
    p.add_argument("--json", action="store_true", help=json_help)

    p = add("self-test", "say whether this installation is sound", self_test.self_test)
    p.add_argument("--no-window", action="store_true", help="leave out the window, which needs Qt")
    p.add_argument("--json", action="store_true", help=json_help)
    return parser


# ----------------------------------------------------------------------------- argument types
def _number(text: str) -> float:
    """Return a number, also with a decimal comma; not a number where it is none."""
    try:
        return float(text.replace(",", ".", 1))
    except ValueError:
        return math.nan


def _fraction(text: str) -> float:
    value = _number(text)
    if not 0.0 <= value <= 1.0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number between 0 and 1")
    return value


def _size(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,9})[xX×](\d{1,9})", text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a size like 1920x1080")
    width, height = int(found.group(1)), int(found.group(2))
    if width * height > _MOST_PIXELS or min(width, height) < _LEAST_SIDE:
        raise argparse.ArgumentTypeError(f"{text!r} is not between 16x16 and 7680x4320")
    if max(width, height) > _MOST_SIDE:
        raise argparse.ArgumentTypeError(f"{text!r}: a side has at most {_MOST_SIDE} pixels")
    return width, height


def _joint(text: str) -> tuple[str, float]:
    name, equals, value = text.partition("=")
    degrees = _number(value)
    if not equals or not name or not math.isfinite(degrees):
        raise argparse.ArgumentTypeError(f"{text!r} is not like hip_flexion_r=40")
    return name, degrees

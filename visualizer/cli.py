"""The commands.

Every error is one line on stderr: exit status 2 for wrong usage (with the nearest valid name), 1
for bad data or a failed task. Rooms are imported inside the commands that need them: ``list`` shall
not wait for mujoco, and nothing but the window may load Qt.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from visualizer import __version__
from visualizer.anatomy.muscle import MuscleKind, Side
from visualizer.errors import (
    DataError,
    Problem,
    UnknownNameError,
    UsageError,
    VisualizerError,
    nearest,
)

if TYPE_CHECKING:
    from visualizer.exercise.catalog import Catalog
    from visualizer.exercise.repetition import Repetition

__all__ = ["run"]

_VIEWS = ("side", "front", "back", "three-quarter", "chart")
_MAX_PIXELS = 7680 * 4320


class _Parser(argparse.ArgumentParser):
    """Raises instead of exiting, and names the nearest command or option."""

    def error(self, message: str) -> NoReturn:
        message = re.sub(r"^argument ", "", message)
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
    try:
        arguments = _parser().parse_args(argv)
        command: Callable[[argparse.Namespace], int] = arguments.run
        status = command(arguments)
        sys.stdout.flush()
        return status
    except VisualizerError as error:
        for line in str(error).splitlines():
            print(f"visualizer: {line}", file=sys.stderr)
        return error.exit_status
    except BrokenPipeError:
        # the reader (head, less) has gone; nothing is left to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("visualizer: interrupted", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="visualizer",
        description="A human body doing the hip thrust, its muscles marked by role and "
        "contraction. Without a command the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"visualizer {__version__}")
    parser.set_defaults(run=_window)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", parser_class=_Parser)

    def add(name: str, text: str, command: Callable[[argparse.Namespace], int]) -> Any:
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(run=command)
        return sub

    json_help = "print JSON instead of text"
    p = add("list", "list the variations", _list)
    p.add_argument("--json", action="store_true", help=json_help)

    p = add("describe", "say what every working muscle does, and why", _describe)
    p.add_argument("variation", metavar="VARIATION", nargs="?")
    p.add_argument(
        "--validate",
        action="store_true",
        help="compare our lengths and moment arms with OpenSim's instead",
    )
    p.add_argument("--side", choices=("left", "right"), default="right", help="the working side")
    p.add_argument("--json", action="store_true", help=json_help)

    p = add("render", "draw a moment of a variation into a PNG file", _render)
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
    p.add_argument("--view", choices=_VIEWS, default="side")
    p.add_argument(
        "--side",
        choices=("both", "left", "right"),
        default="both",
        help="the working side of a one-legged variation",
    )
    p.add_argument("--size", type=_size, default=(1920, 1080), metavar="WxH")
    p.add_argument("--theme", choices=("light", "dark"), default="light")
    p.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.png")

    p = add("lengths", "print muscle-tendon lengths in a pose", _lengths)
    p.add_argument(
        "--joint",
        action="append",
        default=[],
        type=_joint,
        metavar="NAME=DEGREES",
        help="a joint's angle; may be given several times, the others are 0",
    )
    p.add_argument("--json", action="store_true", help=json_help)

    p = add("check", "validate data files: all problems at once", _check)
    p.add_argument("files", nargs="+", type=Path, metavar="FILE")

    p = add("muscles", "list every muscle of the body with its volume", _muscles)
    p.add_argument("--json", action="store_true", help=json_help)

    p = add("bench", "measure the speed on this machine", _bench)
    p.add_argument("--json", action="store_true", help=json_help)
    return parser


# ----------------------------------------------------------------------------- argument types
def _fraction(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0.0 <= value <= 1.0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number between 0 and 1")
    return value


def _size(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,5})[xX×](\d{1,5})", text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a size like 1920x1080")
    width, height = int(found.group(1)), int(found.group(2))
    if min(width, height) < 16 or width * height > _MAX_PIXELS:
        raise argparse.ArgumentTypeError(f"{text!r} is not between 16x16 and 7680x4320")
    return width, height


def _joint(text: str) -> tuple[str, float]:
    name, equals, value = text.partition("=")
    try:
        degrees = float(value)
    except ValueError:
        degrees = math.nan
    if not equals or not name or not math.isfinite(degrees):
        raise argparse.ArgumentTypeError(f"{text!r} is not like hip_flexion_r=40")
    return name, degrees


# ------------------------------------------------------------------------------------- commands
def _window(arguments: argparse.Namespace) -> int:
    del arguments
    from visualizer.system import missing_libraries, why_no_display

    reason = why_no_display()
    if reason is not None:
        raise VisualizerError(
            f"{reason}, so the window cannot open; `visualizer render VARIATION --phase lift "
            "--at 0.5 -o FILE.png` draws a picture without one"
        )
    missing = missing_libraries(
        x11=not os.environ.get("QT_QPA_PLATFORM") and "DISPLAY" in os.environ
    )
    if missing:
        raise VisualizerError(
            f"system libraries are missing: {', '.join(missing)}; "
            f"on Debian: apt-get install {' '.join(sorted(set(missing.values())))}"
        )
    from visualizer.app.run import run_window

    return int(run_window())


def _catalog() -> Catalog:
    from visualizer.exercise.catalog import load_catalog
    from visualizer.resources import user_data_folder

    load = load_catalog([user_data_folder()])
    for problem in load.problems:
        print(f"visualizer: {problem}", file=sys.stderr)
    if not load.catalog.variations:
        raise DataError([Problem("data", "", "no variation can be read; install again")])
    return load.catalog


def _repetition(name: str, side: Side) -> Repetition:
    from visualizer.anatomy.skeleton import Skeleton
    from visualizer.exercise.repetition import Repetition

    catalog = _catalog()
    variation = catalog.variation(name)
    return Repetition(variation, catalog, Skeleton.load(), side)


def _print_json(value: object) -> None:
    print(json.dumps(value, indent=2, ensure_ascii=False))


def _list(arguments: argparse.Namespace) -> int:
    variations = _catalog().variations
    if arguments.json:
        _print_json(
            [
                {"id": v.id, "name": v.display_name(), "equipment": [str(e) for e in v.equipment]}
                for v in variations
            ]
        )
        return 0
    width = max(len(v.id) for v in variations)
    name_width = max(len(v.display_name()) for v in variations)
    for v in variations:
        gear = ", ".join(v.equipment) or "no equipment"
        print(f"{v.id:<{width}}  {v.display_name():<{name_width}}  {gear}")
    return 0


def _describe(arguments: argparse.Namespace) -> int:
    if arguments.validate:
        return _validate(arguments)
    if arguments.variation is None:
        raise UsageError("describe needs a VARIATION, or --validate (see visualizer list)")
    from visualizer.exercise.report import describe_variation, description_text

    data = describe_variation(_repetition(arguments.variation, Side(arguments.side)))
    if arguments.json:
        _print_json(data)
    else:
        print(description_text(data))
    return 0


def _validate(arguments: argparse.Namespace) -> int:
    from dataclasses import asdict

    from visualizer.exercise.validation_table import format_table, validate

    rows = validate(_repetition("barbell-hip-thrust", Side.RIGHT))
    if arguments.json:
        _print_json([asdict(row) for row in rows])
    else:
        print(format_table(rows))
    return 0


def _render(arguments: argparse.Namespace) -> int:
    output: Path = arguments.output
    if output.suffix.lower() != ".png":
        raise UsageError(f"{output}: the picture is a PNG file; give a name that ends in .png")
    if not output.parent.is_dir():
        raise VisualizerError(f"{output}: the folder {output.parent} does not exist")
    if arguments.sheet is not None:
        return _sheet(arguments)
    missing = [
        name
        for name, value in (
            ("VARIATION", arguments.variation),
            ("--phase", arguments.phase),
            ("--at", arguments.at),
        )
        if value is None
    ]
    if missing:
        raise UsageError(
            f"the following arguments are required: {', '.join(missing)} "
            "(see visualizer render --help)"
        )
    from visualizer.anatomy.surface import Body
    from visualizer.exercise.variation import PhaseId
    from visualizer.export.png import to_image, write_png
    from visualizer.render import Rasterizer
    from visualizer.scene.chart import ChartScene
    from visualizer.scene.scene import SceneOptions, StageScene, View

    side = Side.LEFT if arguments.side == "left" else Side.RIGHT
    repetition = _repetition(arguments.variation, side)
    phase = PhaseId(arguments.phase)
    moment = repetition.moment_of(phase, arguments.at)
    options = SceneOptions(theme=arguments.theme)
    rasterizer = Rasterizer()
    supersample = 2
    if rasterizer.kernel_name == "numpy":
        supersample = 1
        print(
            "visualizer: this installation has no native kernel (no C compiler was found), so "
            "drawing takes seconds and edges are coarser",
            file=sys.stderr,
        )
    if arguments.view == "chart":
        chart = ChartScene(Body.load(), repetition, rasterizer)
        picture = chart.draw(moment, arguments.size, options, supersample)
        overlay = None
    else:
        scene = StageScene(Body.load(), repetition, rasterizer)
        camera = scene.camera(View(arguments.view), arguments.size)
        picture = scene.draw(moment, camera, arguments.size, options, supersample)
        overlay = scene.overlay(moment, camera, picture, options)
    write_png(to_image(picture, overlay), output)
    return 0


def _sheet(arguments: argparse.Namespace) -> int:
    if arguments.variation is not None:
        raise UsageError("give the variation after --sheet, and no other one")
    from visualizer.anatomy.surface import Body
    from visualizer.export.png import write_png
    from visualizer.export.sheet import contact_sheet

    side = Side.LEFT if arguments.side == "left" else Side.RIGHT
    repetition = _repetition(arguments.sheet, side)
    write_png(contact_sheet(Body.load(), repetition, arguments.theme), arguments.output)
    return 0


def _lengths(arguments: argparse.Namespace) -> int:
    from visualizer.anatomy.skeleton import Skeleton

    skeleton = Skeleton.load()
    angles = {name: math.radians(degrees) for name, degrees in arguments.joint}
    lengths = skeleton.lengths_m(skeleton.pose(angles))
    if arguments.json:
        _print_json({"lengths_m": {name: round(v, 6) for name, v in lengths.items()}})
    else:
        width = max(map(len, lengths))
        for name, length in lengths.items():
            print(f"{name:<{width}}  {length:.4f} m")
    return 0


def _check(arguments: argparse.Namespace) -> int:
    from visualizer.exercise.catalog import check_files

    problems = check_files(arguments.files)
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems:
        files = len(arguments.files)
        print("1 file is right" if files == 1 else f"all {files} files are right")
    return 1 if problems else 0


def _muscles(arguments: argparse.Namespace) -> int:
    from visualizer.anatomy.surface import Body

    catalog, body = _catalog(), Body.load()
    volumes = body.volumes_cm3()
    rows: list[dict[str, Any]] = []
    for part in body.parts:
        if part.muscle is None:
            continue
        muscle = catalog.muscles.get(part.muscle)
        target = muscle.volume if muscle is not None else None
        rows.append(
            {
                "id": part.id,
                "muscle": part.muscle,
                "name": muscle.display_name() if muscle else part.muscle.replace("_", " "),
                "latin": muscle.latin if muscle else "",
                "kind": str(muscle.kind if muscle else MuscleKind.MUSCLE),
                "side": str(part.side) if part.side else "both",
                "volume_cm3": round(volumes.get(part.id, 0.0), 1),
                "target_cm3": target.volume_cm3 if target else None,
                "triangles": part.face_count,
                "source": (target.source or "estimate") if target else None,
            }
        )
    if arguments.json:
        _print_json(rows)
        return 0
    width = max(len(r["id"]) for r in rows)
    print(
        f"{'id':<{width}}  side   cm³    target  triangles  source                    name (Latin)"
    )
    for r in rows:
        wanted = "–" if r["target_cm3"] is None else f"{r['target_cm3']:.0f}"
        print(
            f"{r['id']:<{width}}  {r['side']:<5}  {r['volume_cm3']:>5.0f}  {wanted:>6}  "
            f"{r['triangles']:>9}  {r['source'] or '–':<24}  {r['name']} ({r['latin']})"
        )
    return 0


def _bench(arguments: argparse.Namespace) -> int:
    from visualizer.bench import measure, summary

    result = measure()
    if arguments.json:
        _print_json(result)
    else:
        print(summary(result))
    return 0

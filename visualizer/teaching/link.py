"""A moment as a text that can be mailed: made, and read from whatever somebody pastes.

::

    hipthrust:VARIATION/PHASE/SHARE?side=right&view=side&labels=1&xray=0&muscle=gluteus_maximus

What stands behind ``?`` is one row of :data:`KEYS` each, in their order. The first four are always
written, the others where they differ from what is shown at first; of what is read none is needed,
not even the phase. Numbers are written so that they come back bit by bit: a text that
:func:`link_of` made comes back from :func:`read_link` and :func:`link_of` letter by letter.

A link of a later form says so (``v=2``). What is wrong with a link is told in one sentence; nothing
that it names is ever opened as a file.
"""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from visualizer.analysis.veil import Veil
from visualizer.anatomy.muscle import Side
from visualizer.catalog.catalog import Catalog
from visualizer.catalog.variation import Role
from visualizer.errors import UnknownNameError, UsageError
from visualizer.exercise.loop_range import LoopRange
from visualizer.exercise.tempo import Tempo
from visualizer.lifts.base import ViewName
from visualizer.lifts.schedule import Playhead
from visualizer.lifts.vocabulary import PhaseId
from visualizer.render import Camera
from visualizer.scene.channel import Colours
from visualizer.teaching.moment import FIRST_PLOT, Moment, OtherBody, problems_of_moment
from visualizer.texts import N_, tr

__all__ = [
    "KEYS",
    "MOST_CHARACTERS",
    "SCHEME",
    "VERSION",
    "is_link",
    "link_of",
    "moment_of",
    "read_link",
]

SCHEME = "hipthrust:"
VERSION = 1
# Several times the longest that is ever written.
MOST_CHARACTERS = 2_000

_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_NUMBER = re.compile(r"-?\d{1,20}(?:\.\d{1,40})?(?:e[+-]?\d{1,3})?")
_E = TypeVar("_E", bound=StrEnum)


@dataclass(frozen=True)
class LinkKey:
    """A key of a link: how a moment's value is written, and how it is read into one.

    Attributes
    ----------
    key : str
        Its name; never changed.
    write : callable
        Returns the text of a moment's value, None where it is left out.
    read : callable
        Returns a moment with the value of a text; raises ``UsageError``.
    """

    key: str
    write: Callable[[Moment], str | None]
    read: Callable[[Moment, str], Moment]


# ------------------------------------------------------------------------------------- values
def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "…"


def _name(text: str) -> str:
    if len(text) > 100 or not _NAME.fullmatch(text):
        raise UsageError(tr("{name!r} is not a name").format(name=_short(text)))
    return text


def _number(text: str) -> float:
    if len(text) > 60 or not _NUMBER.fullmatch(text):
        raise UsageError(tr("{text!r} is not a number").format(text=_short(text)))
    return float(text)


def _written(value: float) -> str:
    return repr(float(value)).removesuffix(".0")


def _one_of(kind: type[_E], what: str, text: str) -> _E:
    """Return the member that a text names; blanks in its value are written as ``-``."""
    by_name = {_dashed(member): member for member in kind}
    if text not in by_name:
        raise UnknownNameError(tr(what), _short(text), by_name)
    return by_name[text]


def _dashed(member: StrEnum) -> str:
    return str(member).replace(" ", "-")


def _flag(text: str) -> bool:
    if text not in ("0", "1"):
        raise UsageError(tr("a switch is 0 or 1, not {text!r}").format(text=_short(text)))
    return text == "1"


def _playhead(phase: str, fraction: str) -> Playhead:
    return Playhead(_one_of(PhaseId, N_("phase"), phase), _number(fraction))


def _camera_text(camera: Camera | None) -> str | None:
    if camera is None:
        return None
    numbers = (
        camera.azimuth_rad, camera.elevation_rad, camera.height_m, *camera.target, camera.fov_rad
    )  # fmt: skip
    return ",".join(map(_written, numbers))


def _camera(text: str) -> Camera:
    numbers = [_number(part) for part in text.split(",")]
    if len(numbers) != 7:
        raise UsageError(tr("a camera has seven numbers, not {n}").format(n=len(numbers)))
    azimuth, elevation, height, x, y, z, fov = numbers
    # far beyond any view of a body, and within what can be drawn
    small = all(abs(n) <= 100.0 for n in numbers)
    try:
        if small and height >= 0.01 and fov >= 0.01:
            return Camera((x, y, z), azimuth, elevation, height, fov)
    except ValueError:
        pass
    raise UsageError(tr("no camera can stand where the link puts it"))


def _veil(text: str) -> Veil:
    known = ("names", "roles", "contractions", "reasons")
    names = text.split(",")
    for name in names:
        if name not in known:
            raise UnknownNameError(tr("thing to hide"), _short(name), known)
    return Veil(**dict.fromkeys(names, True))


def _other_text(other: OtherBody | None) -> str | None:
    if other is None:
        return None
    parts = [other.variation, str(other.side)]
    if other.playhead is not None:
        parts += [str(other.playhead.phase), _written(other.playhead.fraction)]
    return "/".join(parts)


def _other(text: str) -> OtherBody:
    match text.split("/"):
        case [variation]:
            return OtherBody(_name(variation))
        case [variation, side]:
            return OtherBody(_name(variation), _one_of(Side, N_("side"), side))
        case [variation, side, phase, fraction]:
            playhead = _playhead(phase, fraction)
            return OtherBody(_name(variation), _one_of(Side, N_("side"), side), playhead)
    raise UsageError(
        tr("{text!r} is no second body; write VARIATION/SIDE").format(text=_short(text))
    )


def _marked_text(marked: LoopRange | None) -> str | None:
    if marked is None:
        return None
    places = (marked.start, marked.end)
    return "/".join(f"{place.phase}/{_written(place.fraction)}" for place in places)


def _marked(text: str) -> LoopRange:
    match text.split("/"):
        case [first, start, last, end]:
            return LoopRange(_playhead(first, start), _playhead(last, end))
    raise UsageError(
        tr("{text!r} is no range to play; write like lift/0.5/lowering/0.5").format(
            text=_short(text)
        )
    )


def _bar_text(moment: Moment) -> str | None:
    load = moment.load
    if load.bar is None:  # the usual one; only its unit may have been chosen
        return None if load.in_percent else "kg"
    return _written(load.bar) + ("bw" if load.in_percent else "kg")


def _with_bar(moment: Moment, text: str) -> Moment:
    value, unit = text[:-2], text[-2:]
    if unit not in ("kg", "bw"):
        raise UsageError(
            tr("the bar is in kg or in per cent of body weight (bw), not {text!r}").format(
                text=_short(text)
            )
        )
    bar = _number(value) if value else None
    load = replace(moment.load, bar=bar, in_percent=unit == "bw")
    return replace(moment, load=load)


def _different(value: float, usual: float) -> str | None:
    return None if value == usual else _written(value)


_PLAIN = Moment("plain")
_LOAD = _PLAIN.load

# In the order in which they are written, which is also that in which they are taken.
KEYS: tuple[LinkKey, ...] = (
    LinkKey(
        "side",
        lambda m: str(m.side),
        lambda m, t: replace(m, side=_one_of(Side, N_("side"), t)),
    ),
    LinkKey(
        "view",
        lambda m: str(m.view),
        lambda m, t: replace(m, view=_one_of(ViewName, N_("view"), t)),
    ),
    LinkKey("labels", lambda m: str(int(m.labels)), lambda m, t: replace(m, labels=_flag(t))),
    LinkKey("xray", lambda m: str(int(m.xray)), lambda m, t: replace(m, xray=_flag(t))),
    LinkKey("muscle", lambda m: m.muscle, lambda m, t: replace(m, muscle=_name(t))),
    LinkKey(
        "focus",
        lambda m: "1" if m.focus else None,
        lambda m, t: replace(m, focus=_flag(t)),
    ),
    LinkKey(
        "alone",
        lambda m: "1" if m.alone else None,
        lambda m, t: replace(m, alone=_flag(t)),
    ),
    LinkKey(
        "camera",
        lambda m: _camera_text(m.camera),
        lambda m, t: replace(m, camera=_camera(t)),
    ),
    LinkKey(
        "swelling",
        lambda m: None if m.swelling else "0",
        lambda m, t: replace(m, swelling=_flag(t)),
    ),
    LinkKey("skin", lambda m: None if m.skin else "0", lambda m, t: replace(m, skin=_flag(t))),
    LinkKey(
        "only",
        lambda m: _dashed(m.only) if m.only else None,
        lambda m, t: replace(m, only=_one_of(Role, N_("role"), t)),
    ),
    LinkKey(
        "hide",
        lambda m: ",".join(m.veil.hidden) or None,
        lambda m, t: replace(m, veil=_veil(t)),
    ),
    LinkKey(
        "colour",
        lambda m: None if m.colours is Colours.ROLE else str(m.colours),
        lambda m, t: replace(m, colours=_one_of(Colours, N_("colour"), t)),
    ),
    LinkKey("with", lambda m: _other_text(m.other), lambda m, t: replace(m, other=_other(t))),
    LinkKey(
        "overlaid",
        lambda m: "1" if m.overlaid else None,
        lambda m, t: replace(m, overlaid=_flag(t)),
    ),
    LinkKey(
        "body",
        lambda m: _different(m.load.body_mass_kg, _LOAD.body_mass_kg),
        lambda m, t: replace(m, load=replace(m.load, body_mass_kg=_number(t))),
    ),
    LinkKey("bar", _bar_text, _with_bar),
    LinkKey(
        "band",
        lambda m: _different(m.load.band_n_per_m, _LOAD.band_n_per_m),
        lambda m, t: replace(m, load=replace(m.load, band_n_per_m=_number(t))),
    ),
    LinkKey(
        "plot",
        lambda m: None if m.plot == FIRST_PLOT else m.plot,
        lambda m, t: replace(m, plot=_name(t)),
    ),
    LinkKey(
        "tempo",
        lambda m: str(m.tempo) if m.tempo else None,
        lambda m, t: replace(m, tempo=Tempo.parse(t)),
    ),
    LinkKey(
        "loop",
        lambda m: _marked_text(m.marked),
        lambda m, t: replace(m, marked=_marked(t)),
    ),
)  # fmt: skip


# -------------------------------------------------------------------------------------- whole
def is_link(text: str) -> bool:
    """Return whether a text is meant as a link, right or wrong."""
    return text.strip(" \t\r\n<>\"'")[: len(SCHEME)].lower() == SCHEME


def link_of(moment: Moment) -> str:
    """Return the text of a moment."""
    place = moment.playhead
    pairs = [f"{k.key}={text}" for k in KEYS if (text := k.write(moment)) is not None]
    path = f"{moment.variation}/{place.phase}/{_written(place.fraction)}"
    return f"{SCHEME}{path}?{'&'.join(pairs)}"


def read_link(text: str) -> Moment:
    """Return the moment that a text states; whether what it names exists is not looked at.

    Parameters
    ----------
    text : str
        A link, also as mail programs leave it: with blanks or brackets around, percent-encoded.

    Raises
    ------
    UsageError
        When it is no link, with one sentence that says what is wrong.
    """
    if len(text) > MOST_CHARACTERS:
        raise UsageError(
            tr("the link is too long ({n} characters; at most {most})").format(
                n=len(text), most=MOST_CHARACTERS
            )
        )
    bare = text.strip(" \t\r\n<>\"'")
    if not is_link(bare):
        raise UsageError(
            tr("{text!r} is not a link; one begins with {scheme}").format(
                text=_short(bare), scheme=SCHEME
            )
        )
    path, _, query = urllib.parse.unquote(bare[len(SCHEME) :]).partition("?")
    given = _pairs(query)
    version = given.pop("v", "1")
    if version != str(VERSION):
        if version.isascii() and version.isdigit() and len(version) < 6 and int(version) > VERSION:
            raise UsageError(tr("the link was made by a newer version of this program"))
        raise UsageError(tr("{text!r} is no version of a link").format(text=_short(version)))
    known = [key.key for key in KEYS]
    for name in given:
        if name not in known:
            raise UnknownNameError(tr("key of a link"), _short(name), known)
    moment = _placed(path)
    for key in KEYS:
        if key.key in given:
            moment = key.read(moment, given[key.key])
    return moment


def _placed(path: str) -> Moment:
    match path.split("/"):
        case [variation]:
            return Moment(_name(variation))
        case [variation, phase, fraction]:
            return Moment(_name(variation), _playhead(phase, fraction))
    raise UsageError(
        tr("{path!r} is no place; write VARIATION/PHASE/SHARE, like …/lift/0.5").format(
            path=_short(path)
        )
    )


def _pairs(query: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in query.split("&") if query else ():
        name, equals, value = pair.partition("=")
        if not equals or not value:
            raise UsageError(tr("{text!r} is not like labels=1").format(text=_short(pair)))
        if name in found:
            raise UsageError(tr("the link says {name} twice").format(name=_short(name)))
        found[name] = value
    return found


def moment_of(text: str, catalog: Catalog) -> Moment:
    """Return the moment of a link that the data can show.

    Raises
    ------
    UsageError
        When it is no link, or names what does not exist; one sentence.
    """
    moment = read_link(text)
    for problem in problems_of_moment(moment, catalog):
        raise UsageError(problem)
    return moment

"""What the user has chosen, as one record.

A choice that is remembered between runs is one field marked with :func:`remembered`: settings are
written from the fields and read into them, so nothing else names it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field, fields, replace
from types import MappingProxyType
from typing import Any, Concatenate, ParamSpec, TypeVar

from visualizer.analysis.plot_kinds import PLOT_KINDS
from visualizer.analysis.veil import OPEN, Veil
from visualizer.anatomy.muscle import Side
from visualizer.app.session.choices import InspectorTab
from visualizer.catalog.variation import Role
from visualizer.exercise.loading import LoadChoice
from visualizer.exercise.loop_range import LoopRange
from visualizer.exercise.mass import MassUnit
from visualizer.exercise.tempo import Tempo
from visualizer.scene.channel import Colours
from visualizer.scene.palette import THEMES
from visualizer.teaching.moment import OtherBody

__all__ = [
    "SPEEDS",
    "SYSTEM",
    "ZOOMS",
    "SessionState",
    "fields_of",
    "other_repetition",
    "problems_of",
    "remembered",
    "remembered_names",
]

SPEEDS = (0.25, 0.5, 1.0, 2.0)
SYSTEM = "system"  # the theme that nobody has chosen
ZOOMS = (100, 110, 125, 150, 175, 200)

P = ParamSpec("P")
S = TypeVar("S")


def remembered(*among: object) -> Mapping[str, Any]:
    """Mark a field as remembered between runs.

    Parameters
    ----------
    *among : object
        The values that it may have; none for whatever fits its type.
    """
    return MappingProxyType({"remembered": True, "among": among})


@dataclass(frozen=True)
class SessionState:
    """What the user has chosen; everything but the playhead.

    Attributes
    ----------
    variation : str
        Id of the shown variation; empty while none is.
    side : Side
        The working side, for variations on one leg.
    selection : str or None
        Id of the selected muscle (a surface or a group).
    theme : str
        ``"light"`` (projector), ``"dark"`` (desk), or :data:`SYSTEM`: as the system has it.
    xray, labels : bool
        Whether superficial layers are faded, and whether labels are shown.
    swelling : bool
        Whether working bellies are drawn swelling more than they do.
    skin : bool
        Whether the skin's outline is drawn beside the flesh.
    speed : float
        Playback speed, one of :data:`SPEEDS`.
    tempo : Tempo or None
        Seconds of lowering, pause and lift; None for those of each variation's data.
    loop : bool
        Whether playback starts again at the end.
    loop_phase : bool
        Whether only the shown phase is played, again and again.
    played : bool
        Whether it has ever been played: until then a line says how.
    marked : LoopRange or None
        The marked range, played again and again; never with ``loop_phase``.
    toured : bool
        Whether the tour has been offered or taken: it is offered once.
    playing : bool
        Whether the repetition is played.
    other : OtherBody or None
        The body that the shown one is compared with.
    overlaid : bool
        Whether that one is an outline over the first body, rather than a body beside it.
    focus : bool
        Whether the selected muscle is framed and the rest dimmed; never without a selection.
    alone : bool
        Whether only the selected muscle keeps its colours and marks; never without a selection.
    veil : Veil
        What is hidden in every view while a question is open.
    colours : Colours
        What the muscles' colours mean.
    quiz : str
        A quiz that was left before its end, as its text; empty for none.
    only_role : Role or None
        The one role whose muscles keep their colours and marks, where no muscle is alone.
    curves : str
        Id of the kind of plot above the lanes, a key of :data:`PLOT_KINDS`.
    load : LoadChoice
        What moments are computed for.
    mass_unit : MassUnit
        What masses are shown and typed in.
    tab : InspectorTab
        What of the selection, or of the variation, the inspector shows.
    audience_screen : str
        By what the screen is known on which the audience was shown last; empty for any.
    zoom : int
        How large texts are, one of :data:`ZOOMS`, per cent.
    letter_keys : bool
        Whether keys without Ctrl or Alt work that are a single letter, digit or sign.
    keys : mapping of str to str
        Keys that were chosen instead of the usual ones, by a command's id; empty for no key.
    language : str
        Code of the window's language; empty for the system's.
    export_folder : str
        Where something was saved last; empty for the user's documents.
    exports : mapping of str to mapping of str to str
        What was chosen last in the dialog of each export, as text by field, by what is saved.
    """

    variation: str = field(default="", metadata=remembered())
    _: KW_ONLY
    side: Side = field(default=Side.RIGHT, metadata=remembered())
    selection: str | None = None
    theme: str = field(default=SYSTEM, metadata=remembered(SYSTEM, *THEMES))
    xray: bool = field(default=False, metadata=remembered())
    labels: bool = field(default=False, metadata=remembered())
    swelling: bool = field(default=True, metadata=remembered())
    skin: bool = field(default=True, metadata=remembered())
    speed: float = field(default=1.0, metadata=remembered(*SPEEDS))
    tempo: Tempo | None = field(default=None, metadata=remembered())
    loop: bool = field(default=True, metadata=remembered())
    loop_phase: bool = False
    marked: LoopRange | None = field(default=None, metadata=remembered())
    played: bool = field(default=False, metadata=remembered())
    toured: bool = field(default=False, metadata=remembered())
    playing: bool = False
    other: OtherBody | None = field(default=None, metadata=remembered())
    overlaid: bool = field(default=False, metadata=remembered())
    focus: bool = False
    alone: bool = False
    only_role: Role | None = None
    veil: Veil = OPEN
    colours: Colours = field(default=Colours.ROLE, metadata=remembered())
    quiz: str = field(default="", metadata=remembered())
    curves: str = field(default="angles", metadata=remembered(*PLOT_KINDS))
    load: LoadChoice = field(default_factory=LoadChoice, metadata=remembered())
    mass_unit: MassUnit = field(default=MassUnit.KILOGRAM, metadata=remembered())
    tab: InspectorTab = field(default=InspectorTab.NOW, metadata=remembered())
    audience_screen: str = field(default="", metadata=remembered())
    zoom: int = field(default=100, metadata=remembered(*ZOOMS))
    letter_keys: bool = field(default=True, metadata=remembered())
    keys: dict[str, str] = field(default_factory=dict, metadata=remembered())
    language: str = field(default="", metadata=remembered())
    export_folder: str = field(default="", metadata=remembered())
    exports: dict[str, dict[str, str]] = field(default_factory=dict, metadata=remembered())

    @property
    def focused(self) -> str | None:
        """Id of the muscle in focus, None where none is."""
        return self.selection if self.focus else None

    @property
    def shows_effort(self) -> bool:
        """Whether an estimate of effort is to be seen: in the colours, or as a curve."""
        return self.colours is Colours.EFFORT or PLOT_KINDS[self.curves].of_effort

    def to_remember(self) -> SessionState:
        """Return this state with all that is not remembered as at the start."""
        names = remembered_names()
        return replace(SessionState(), **{name: getattr(self, name) for name in names})


def other_repetition(old: SessionState | None, new: SessionState) -> bool:
    """Return whether another repetition is shown: another variation, side or tempo."""
    if old is None:
        return True
    return (old.variation, old.side, old.tempo) != (new.variation, new.side, new.tempo)


def load_alone(old: SessionState | None, new: SessionState) -> bool:
    """Return whether two states differ in nothing but the load, as in each step of its slider."""
    return old is not None and old.load != new.load and replace(old, load=new.load) == new


def fields_of(
    record: Callable[P, SessionState],
) -> Callable[[Callable[Concatenate[S, ...], None]], Callable[Concatenate[S, P], None]]:
    """Declare a method that takes fields of a record by name, each with its type, none required.

    The record alone says which there are: mypy checks every call against it.
    """
    del record

    def declared(method: Callable[Concatenate[S, ...], None]) -> Callable[Concatenate[S, P], None]:
        return method

    return declared


def remembered_names() -> tuple[str, ...]:
    """Return the names of the state's fields that are remembered between runs."""
    return tuple(f.name for f in fields(SessionState) if f.metadata.get("remembered"))


def problems_of(state: SessionState) -> list[str]:
    """Return what in a state no window has written, one line each."""
    return [
        f"{f.name} {getattr(state, f.name)!r:.60}"
        for f in fields(state)
        if (among := f.metadata.get("among")) and getattr(state, f.name) not in among
    ]

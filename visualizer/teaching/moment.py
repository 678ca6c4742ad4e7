"""A moment: everything that the stage shows, as one value.

It is what a teacher prepares, keeps in a lesson and sends to others. It knows names and numbers
only; :func:`problems_of_moment` says which of them the data do not have. Its text is made and read
by :mod:`visualizer.teaching.link`, its picture asked for by :mod:`visualizer.teaching.picture`.

Colours of the theme, sizes and languages are not in it: they belong to whoever looks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass, replace

from visualizer.analysis.plot_kinds import PLOT_KINDS
from visualizer.analysis.veil import OPEN, Veil
from visualizer.anatomy.muscle import Side
from visualizer.catalog.catalog import Catalog
from visualizer.catalog.variation import Role
from visualizer.errors import UsageError
from visualizer.exercise.loading import LoadChoice
from visualizer.exercise.loop_range import LoopRange
from visualizer.exercise.tempo import Tempo
from visualizer.lifts.base import ViewName
from visualizer.lifts.schedule import Playhead
from visualizer.lifts.vocabulary import PhaseId
from visualizer.reading import unknown
from visualizer.render import Camera
from visualizer.scene.channel import Colours
from visualizer.texts import tr

__all__ = ["FIRST_PLOT", "Moment", "OtherBody", "problems_of_moment"]

FIRST_PLOT = next(iter(PLOT_KINDS))
_START = Playhead(PhaseId.LIFT, 0.0)
_USUAL_LOAD = LoadChoice()


@dataclass(frozen=True)
class OtherBody:
    """The second body of a comparison.

    Attributes
    ----------
    variation : str
        What it does.
    side : Side
        Its working side.
    playhead : Playhead or None
        Its own place in the repetition; None while it follows the first body.
    """

    variation: str
    side: Side = Side.RIGHT
    playhead: Playhead | None = None

    def __post_init__(self) -> None:
        if self.playhead is not None:
            self.playhead.check()


@dataclass(frozen=True)
class Moment:
    """What the stage shows.

    Attributes
    ----------
    variation : str
        Id of the variation.
    playhead : Playhead
        Phase, and how much of it has passed.
    side : Side
        The working side; of no effect where both legs work.
    view : ViewName
        The named view that was chosen last.
    camera : Camera or None
        Where the hand has put the camera; None while it stands at the view.
    labels, xray, swelling, skin : bool
        As in the window: names on the body, what does not work faded, bellies that swell visibly,
        the skin's outline.
    focus, alone : bool
        Whether the muscle is framed and the rest steps back, and whether it alone keeps colours and
        marks; never without a muscle.
    muscle : str or None
        Id of the selected muscle or group.
    only : Role or None
        The one role that keeps colours and marks; None for all.
    veil : Veil
        What is hidden.
    colours : Colours
        What the muscles' colours mean.
    other : OtherBody or None
        The second body of a comparison.
    overlaid : bool
        Whether a second body is an outline over the first one, rather than a body beside it.
    load : LoadChoice
        What moments are computed for.
    plot : str
        Id of the kind of plot above the lanes.
    tempo : Tempo or None
        A tempo other than the variation's.
    marked : LoopRange or None
        The part that is played again and again; None for the whole.
    """

    variation: str
    playhead: Playhead = _START
    _: KW_ONLY
    side: Side = Side.RIGHT
    view: ViewName = ViewName.SIDE
    camera: Camera | None = None
    labels: bool = False
    xray: bool = False
    swelling: bool = True
    skin: bool = True
    muscle: str | None = None
    focus: bool = False
    alone: bool = False
    only: Role | None = None
    veil: Veil = OPEN
    colours: Colours = Colours.ROLE
    other: OtherBody | None = None
    overlaid: bool = False
    load: LoadChoice = _USUAL_LOAD
    plot: str = FIRST_PLOT
    tempo: Tempo | None = None
    marked: LoopRange | None = None

    def __post_init__(self) -> None:
        self.playhead.check()
        if (self.focus or self.alone) and self.muscle is None:
            raise UsageError(tr("focus and alone need a muscle"))

    @property
    def second(self) -> Moment | None:
        """What the second body of a comparison shows, as a moment of its own; None without one."""
        other = self.other
        if other is None:
            return None
        return replace(
            self,
            variation=other.variation,
            side=other.side,
            playhead=other.playhead or self.playhead,
            other=None,
        )


def problems_of_moment(moment: Moment, catalog: Catalog) -> Iterator[str]:
    """Yield what a moment names and the data do not have, one sentence each."""
    known = {variation.id: variation for variation in catalog.variations}
    names = [moment.variation, *([moment.other.variation] if moment.other else [])]
    for name in names:
        if name not in known:
            yield unknown(tr("variation"), name, known)
    # a second body stays where it has no such phase
    if moment.variation in known:
        phases = [phase.id for phase in known[moment.variation].phases]
        paused = moment.tempo is not None and moment.tempo.pause_s > 0
        if moment.playhead.phase not in (*phases, *([PhaseId.HOLD] if paused else ())):
            yield unknown(tr("phase"), str(moment.playhead.phase), map(str, phases))
    if moment.muscle is not None and moment.muscle not in catalog.muscles:
        yield unknown(tr("muscle"), moment.muscle, catalog.muscles)
    if moment.plot not in PLOT_KINDS:
        yield unknown(tr("plot"), moment.plot, PLOT_KINDS)

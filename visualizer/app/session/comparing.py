"""Comparing the shown body with a second one, which is got ready beside the window.

What the user wants is ``state.other``; whoever sets it (a menu, a link, the settings) is followed
here. The second body that is shown stays until the next one is ready.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from visualizer.analysis.comparison import BodyDifference, changes
from visualizer.analysis.dispute import disputed_roles
from visualizer.analysis.words import name_at
from visualizer.anatomy.muscle import Side
from visualizer.app.session.companion import Companion
from visualizer.app.session.estimating import Estimating
from visualizer.app.session.newest import Newest, Stands
from visualizer.app.session.scenes import Scenes, StageLike
from visualizer.app.session.session import Session
from visualizer.app.session.state import SessionState
from visualizer.app.session.worker import Jobs
from visualizer.catalog.variation import Role, Variation
from visualizer.effort.sharing import Effort
from visualizer.errors import VisualizerError
from visualizer.exercise.repetition import Repetition
from visualizer.lifts.vocabulary import Laterality, PhaseId
from visualizer.teaching.moment import OtherBody

__all__ = ["Comparing", "body_name", "is_shown", "others"]

_Ready = tuple[Repetition, StageLike]


class Comparing(QObject):
    """Gets the second body ready and keeps it.

    Parameters
    ----------
    session : Session
        The first body; its state says what it is to be compared with.
    scenes : Scenes
        Where the scene of the second body goes.
    jobs : Jobs
        Does the work.
    """

    changed = Signal()  # another second body is shown, or none
    effort_changed = Signal()  # an estimate of effort of one of the two is there, or another one
    refused = Signal(object)  # VisualizerError: why one cannot be shown

    def __init__(
        self, session: Session, scenes: Scenes, jobs: Jobs, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._scenes, self._jobs = session, scenes, jobs
        self._newest = Newest()
        self._last: OtherBody | None = None
        self.second: Companion | None = None
        session.state_changed.connect(self._follow)
        session.data_changed.connect(self._start_again)
        session.effort_changed.connect(self.effort_changed)

    # -------------------------------------------------------------------------------- reading
    @property
    def overlaid(self) -> bool:
        """Whether the second body is an outline over the first one.

        Bodies of different lifts stand side by side: an outline of one who stands tells nothing
        over one who lies.
        """
        return self._session.state.overlaid and self.can_overlay

    @property
    def can_overlay(self) -> bool:
        """Whether both do the same lift, so that one can be laid over the other."""
        second = self.second
        return second is not None and second.variation.lift is self._session.variation.lift

    def differences(self) -> tuple[BodyDifference, ...]:
        """Return what changes from the first body to the second one."""
        if self.second is None:
            return ()
        session = self._session
        state = session.state
        return changes(session.repetition, self.second.repetition, state.load, state.mass_unit)

    @property
    def doubts(self) -> frozenset[Role]:
        """The roles whose badges bear the sign of doubt at some time, on whichever body has marks.

        A second body that is only an outline has none.
        """
        marked = [self._session.repetition]
        if self.second is not None and not self.overlaid:
            marked.append(self.second.repetition)
        session, state = self._session, self._session.state
        focused = None
        if state.focus and state.selection is not None:
            focused = session.catalog.surface_set(state.selection)
        # the second body may be told of a choice after this is asked for
        found = (disputed_roles(body, None, session.only_of(body), focused) for body in marked)
        return frozenset().union(*found)

    @property
    def efforts(self) -> tuple[Effort, Effort] | None:
        """The estimates of effort of both bodies under the chosen load; None until both are there.

        While a slider is dragged each body may still have that of another load.
        """
        if self.second is None:
            return None
        first, second = (_effort_of(body) for body in (self._session, self.second))
        return (first, second) if first is not None and second is not None else None

    # ------------------------------------------------------------------------------- choosing
    def begin(self) -> None:
        """Get ready what the state wants from the start."""
        if self._session.state.other is not None and self.second is None:
            self._get(self._session.state.other)

    def compare_with(self, variation: str, side: Side) -> None:
        """Compare with a variation."""
        self._session.change(other=OtherBody(variation, side))

    def toggle(self) -> None:
        """Leave the comparison, or compare with what it was last, first of all with the next."""
        session = self._session
        if session.state.other is not None:
            session.change(other=None)
        elif self._last is not None and self._last.variation in _ids(session):
            session.change(other=self._last)
        else:
            ids = _ids(session)
            following = ids[(ids.index(session.state.variation) + 1) % len(ids)]
            self.compare_with(following, session.state.side)

    def stay(self, on: bool) -> None:
        """Let the second body stay where it is now, or follow the first one again."""
        other, second = self._session.state.other, self.second
        if other is not None and second is not None:
            playhead = second.playhead if on else None
            self._session.change(other=replace(other, playhead=playhead))

    # -------------------------------------------------------------------------------- the way
    def _follow(self, old: SessionState, new: SessionState) -> None:
        if old.other is not None:
            self._last = old.other
        if new.other != old.other:
            self._get(new.other)
        elif new.overlaid is not old.overlaid and self.second is not None:
            self.changed.emit()

    def _get(self, other: OtherBody | None) -> None:
        stands, session, scenes = self._newest.begin(), self._session, self._scenes
        if other is None:
            self._show(None)
            return
        if self.second is not None and is_shown(self.second, other.variation, other.side):
            if self.second.stays != other.playhead:
                self.second.stay(other.playhead)
            self.changed.emit()
            return
        first = session.repetition

        def prepare() -> _Ready | None:
            if not stands():
                return None  # another choice has come since
            repetition = session.solved_apart(other.variation, other.side)
            repetition.part_states(PhaseId.LIFT)  # what every view asks for first
            changes(first, repetition, session.state.load)  # the joint moments take their time
            return repetition, scenes.prepared_stage(repetition)

        self._jobs.run(
            prepare,
            lambda ready: self._take(stands, ready),
            lambda error: self._refuse(stands, error),
            owner=self,
            urgent=True,
        )

    def _take(self, stands: Stands, ready: _Ready | None) -> None:
        session = self._session
        if ready is None or not stands() or ready[0].catalog is not session.catalog:
            return
        self._scenes.keep_second(*ready)
        other = session.state.other
        second = Companion(session, ready[0], other.playhead if other else None, self)
        second.effort_changed.connect(self.effort_changed)
        Estimating(second, self._jobs, second)
        self._show(second)

    def _show(self, second: Companion | None) -> None:
        before, self.second = self.second, second
        if before is not None or second is not None:
            self.changed.emit()
        if before is not None:
            before.deleteLater()

    def _refuse(self, stands: Stands, error: VisualizerError) -> None:
        if stands():
            self._session.change(other=None)
            self.refused.emit(error)

    def _start_again(self) -> None:
        """Get the second body ready anew: the data were read again."""
        self._newest.begin()
        self._show(None)
        self.begin()


def _effort_of(body: Session) -> Effort | None:
    effort = body.effort
    chosen = effort is not None and effort.load == body.state.load.load(body.variation)
    return effort if chosen else None


def is_shown(second: Session, variation: str, side: Side) -> bool:
    """Return whether a second body does a variation, on a side where one leg works."""
    one_leg = second.variation.setup.legs is Laterality.WORKING
    same_side = not one_leg or second.state.side is side
    return second.variation.id == variation and same_side


def others(variations: Sequence[Variation]) -> list[tuple[Variation, Side]]:
    """Return what can be compared with: variations on one leg once for each side."""
    return [
        (variation, side)
        for variation in variations
        for side in (
            (Side.RIGHT, Side.LEFT) if variation.setup.legs is Laterality.WORKING else (Side.RIGHT,)
        )
    ]


def body_name(session: Session) -> str:
    """Return what the body of a session is called, and where it stays if it does not follow."""
    stays = session.stays if isinstance(session, Companion) else None
    return name_at(session.repetition, stays)


def _ids(session: Session) -> list[str]:
    return [variation.id for variation in session.catalog.numbered()]

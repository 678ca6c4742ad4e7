"""What everybody in the window looks at.

One scrub is three hops: a view calls :meth:`Session.seek`; the session keeps the newest playhead
behind a 0 ms timer, so that many mouse moves in one turn of the event loop make one moment; every
visible view gets ``instant_changed``. The playhead is a phase and how much of it has passed;
seconds are a view of it by the shown repetition's schedule, so that it stays when another one is
shown.
Rare changes (variation, selection, theme …) go through one :meth:`Session.change` and come out as
``state_changed(old, new)``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from visualizer.analysis.words import muscle_name
from visualizer.anatomy.body_model import BodyModel
from visualizer.anatomy.muscle import Side
from visualizer.app.session.state import SessionState, fields_of, other_repetition
from visualizer.catalog.catalog import Catalog
from visualizer.catalog.variation import Variation
from visualizer.effort.sharing import Effort
from visualizer.errors import DataError, Problem, VisualizerError
from visualizer.exercise.repetition import Instant, Repetition, working_side
from visualizer.lifts.schedule import Playhead
from visualizer.lifts.vocabulary import Laterality
from visualizer.scene.channel import Colours, EffortChannel
from visualizer.texts import tr

__all__ = ["Session", "nothing_to_show"]


def nothing_to_show(problems: Sequence[Problem]) -> DataError:
    """Return the error for data without any variation: what is wrong, or that nothing is there."""
    nothing = tr("there is no variation; please reinstall")
    return DataError(problems or [Problem("data", "", nothing)])


class Session(QObject):
    """State, moment and the objects behind them; views only read it and call its methods.

    Parameters
    ----------
    catalog : Catalog
        Variations, muscles and sources.
    body : BodyModel
        Who does it.
    state : SessionState
        Where to start.
    problems : tuple of Problem
        What could not be read of the data files.
    solved : sequence of Repetition
        Those that have been solved already.
    """

    state_changed = Signal(object, object)  # (old, new) SessionState
    instant_changed = Signal(object)  # Moment
    hover_changed = Signal(object)  # muscle id or None, under the mouse of any view
    held_changed = Signal(bool)  # whether a hand holds the moment, so that the clock waits
    nudged = Signal()  # a key or the wheel went to a moment: the clock lets it be seen
    effort_changed = Signal()  # the estimate of effort is there, or another one
    slider_left = Signal()  # a hand let go of a slider, in a turn before this one
    data_changed = Signal()  # the data files were read again: everything may be different

    def __init__(
        self,
        catalog: Catalog,
        body: BodyModel,
        state: SessionState,
        problems: tuple[Problem, ...] = (),
        parent: QObject | None = None,
        solved: Sequence[Repetition] = (),
    ) -> None:
        super().__init__(parent)
        self.catalog, self.body = catalog, body
        self.problems = problems
        self._state = state
        self._hover: str | None = None
        self._holders: set[QObject] = set()
        self._sliding = False
        self._effort: tuple[Repetition, Effort] | None = None
        self._channel: EffortChannel | None = None
        self._repetitions = {(r.variation.id, r.side): r for r in solved}
        self._repetition = self.repetition_of(state.variation, state.side).in_tempo(state.tempo)
        self._playhead = self._repetition.schedule.playhead_at(0.0)
        self._instant = self._instant_now()
        self._newest = QTimer(self)
        self._newest.setSingleShot(True)
        self._newest.setInterval(0)
        self._newest.timeout.connect(self.show_newest)
        # What the hand chose last may be told in the same turn, before it lets go or after.
        self._left = QTimer(self)
        self._left.setSingleShot(True)
        self._left.setInterval(0)
        self._left.timeout.connect(self.slider_left)

    # ------------------------------------------------------------------------------- reading
    @property
    def state(self) -> SessionState:
        """What the user has chosen."""
        return self._state

    @property
    def instant(self) -> Instant:
        """The shown moment."""
        return self._instant

    @property
    def repetition(self) -> Repetition:
        """The shown repetition, in the chosen tempo."""
        return self._repetition

    @property
    def variation(self) -> Variation:
        """The shown variation."""
        return self._repetition.variation

    @property
    def hover(self) -> str | None:
        """Id of the muscle under the mouse, in whichever view."""
        return self._hover

    @property
    def marked_s(self) -> tuple[float, float] | None:
        """When the marked range begins and ends, seconds; None where none is marked."""
        marked = self._state.marked
        return None if marked is None else marked.times_s(self._repetition.schedule)

    @property
    def one_leg(self) -> bool:
        """Whether only one leg works, so that the side is a choice."""
        return self.variation.setup.legs is Laterality.WORKING

    @property
    def only(self) -> frozenset[str] | None:
        """Surfaces that keep colours and marks where a muscle or a role is shown alone.

        None of them does while roles or contractions are veiled.
        """
        return self.only_of(self._repetition)

    def only_of(self, repetition: Repetition) -> frozenset[str] | None:
        """Return which surfaces keep colours and marks on a body that does a repetition."""
        state = self._state
        if state.veil.roles or state.veil.contractions:
            return frozenset()
        muscle = state.selection if state.alone else None
        return repetition.shown_alone(muscle, state.only_role)

    @property
    def effort(self) -> Effort | None:
        """The newest estimate of effort of the shown repetition; of a load before, while dragging.

        None until there is one, see :mod:`visualizer.app.session.estimating`.
        """
        known = self._effort
        return known[1] if known is not None and known[0] is self._repetition else None

    def take_effort(self, repetition: Repetition, effort: Effort) -> None:
        """Take an estimate of a repetition; shown while that is."""
        self._effort = repetition, effort
        if repetition is self._repetition:
            self.effort_changed.emit()

    @property
    def channel(self) -> EffortChannel | None:
        """What the muscles' colours mean; None for roles, and while a question hides them."""
        if self._state.colours is not Colours.EFFORT or self._state.veil:
            return None
        made, effort = self._channel, self.effort
        if made is None or made.repetition is not self._repetition:
            made = self._channel = EffortChannel(self._repetition, effort)
        elif made.effort is not effort:
            made.take(effort)
        return made

    @property
    def labels(self) -> bool:
        """Whether names stand beside the body: where they are wanted, and nothing is veiled.

        Only what works is named, so that even names alone would tell of roles.
        """
        return self._state.labels and not self._state.veil

    def name_of(self, muscle: str) -> str:
        """Return what a muscle or group is called here, in the language of the interface."""
        return muscle_name(self._repetition, muscle)

    def repetition_of(self, variation: str, side: Side) -> Repetition:
        """Return a variation's repetition in the tempo of its data, solved once and kept.

        Raises
        ------
        VisualizerError
            When there is no such variation, or the body cannot do it.
        """
        return self.known(variation, side) or self.solve(variation, side)

    def known(self, variation: str, side: Side) -> Repetition | None:
        """Return a variation's repetition where it has been solved; raises as the above."""
        return self._kept(self.catalog, self.catalog.variation(variation), side)

    def solve(self, variation: str, side: Side, catalog: Catalog | None = None) -> Repetition:
        """Return a variation's repetition, solved where it is not known yet; any thread may.

        Raises as the above. One of the data that are shown is known from then on, so that two who
        ask for it one after the other are given the same.

        Parameters
        ----------
        variation : str
            Its id.
        side : Side
            The working side, where one leg works.
        catalog : Catalog, optional
            Where it is from, if not from the data that are shown.
        """
        catalog = catalog or self.catalog
        found = catalog.variation(variation)
        kept = self._kept(catalog, found, side)
        if kept is not None:
            return kept
        made = self.solved_apart(variation, side, catalog)
        if catalog is self.catalog:
            self._repetitions[found.id, made.side] = made
        return made

    def solved_apart(
        self, variation: str, side: Side, catalog: Catalog | None = None
    ) -> Repetition:
        """Return a repetition that nobody else has, solved anew; any thread may.

        Raises and takes the same as :meth:`solve`.
        """
        catalog = catalog or self.catalog
        found = catalog.variation(variation)
        return Repetition(found, catalog, self.body, working_side(found, side))

    def _kept(self, catalog: Catalog, variation: Variation, side: Side) -> Repetition | None:
        found = self._repetitions.get((variation.id, working_side(variation, side)))
        # another thread may have put it there while other data came to be shown
        return found if found is not None and found.catalog is catalog else None

    # ------------------------------------------------------------------------------ changing
    @fields_of(SessionState)
    def change(self, **fields: Any) -> None:
        """Change fields of the state; nothing is emitted when nothing changes.

        A new variation, side or tempo keeps the phase and how much of it has passed. Raises
        ``VisualizerError`` before anything has changed when the variation cannot be shown.
        """
        old, new = self._state, replace(self._state, **fields)
        if new.selection is None:
            new = replace(new, focus=False, alone=False)
        if new == old:
            return
        another = other_repetition(old, new)
        if another:
            self._take(self.repetition_of(new.variation, new.side), new)
        self._state = new
        self.state_changed.emit(old, new)
        if another:
            self.instant_changed.emit(self._instant)

    def _take(self, repetition: Repetition, state: SessionState) -> None:
        """Go over to another repetition; where it has the phase, the playhead stays."""
        self._repetition = repetition.in_tempo(state.tempo)
        self._playhead = self._repetition.schedule.nearest(self._playhead)
        self._instant = self._instant_now()

    def _instant_now(self) -> Instant:
        return self._repetition.instant_of(self._playhead.phase, self._playhead.fraction)

    def go_to(self, playhead: Playhead) -> None:
        """Go to a place of the repetition; of many calls in one turn the last one counts.

        Raises
        ------
        UsageError
            When the repetition has no such phase.
        """
        self._repetition.schedule.span(playhead.phase)
        self._playhead = playhead
        if not self._newest.isActive():
            self._newest.start()

    def seek(self, time_s: float) -> None:
        """Go to a time (s) of the repetition; see :meth:`go_to`."""
        self.go_to(self._repetition.schedule.playhead_at(time_s))

    def show_newest(self) -> None:
        """Show the newest wanted moment now, without waiting for the turn's end."""
        self._newest.stop()
        self._instant = self._instant_now()
        self.instant_changed.emit(self._instant)

    def nudge(self, time_s: float) -> None:
        """Go to a time (s) by key or wheel; while playing the clock waits a little there."""
        self.seek(time_s)
        self.nudged.emit()

    @property
    def held(self) -> bool:
        """Whether a hand holds the moment, so that the clock waits."""
        return bool(self._holders)

    def hold(self, holder: QObject) -> None:
        """Keep the clock from moving the moment until ``holder`` lets go."""
        self._holders.add(holder)
        if len(self._holders) == 1:
            self.held_changed.emit(True)

    def let_go(self, holder: QObject) -> None:
        """Let the clock go on from the moment that is shown, when nobody else holds it."""
        if holder in self._holders:
            self._holders.remove(holder)
            if not self._holders:
                self.held_changed.emit(False)

    @property
    def sliding(self) -> bool:
        """Whether a hand is on a slider: the next change is near, so nothing long is begun."""
        return self._sliding

    def slide(self, sliding: bool) -> None:
        """Learn whether a hand is on a slider; that it let go is told in a turn of its own."""
        before, self._sliding = self._sliding, sliding
        if sliding:
            self._left.stop()
        elif before:
            self._left.start()

    @property
    def playhead(self) -> Playhead:
        """The newest place asked for, which may not be shown yet."""
        return self._playhead

    @property
    def wanted_s(self) -> float:
        """The playhead as a time (s) of the shown repetition."""
        return self._repetition.schedule.time_of(self._playhead.phase, self._playhead.fraction)

    def set_hover(self, muscle: str | None) -> None:
        """Tell all views which muscle is under the mouse."""
        if muscle != self._hover:
            self._hover = muscle
            self.hover_changed.emit(muscle)

    def replace_data(
        self,
        catalog: Catalog,
        problems: tuple[Problem, ...] = (),
        solved: Sequence[Repetition] = (),
    ) -> None:
        """Take a freshly read catalogue; keeps variation, phase and selection where they exist.

        Parameters
        ----------
        catalog : Catalog
            The new data.
        problems : tuple of Problem
            What could not be read.
        solved : sequence of Repetition
            Those of the new data that have been solved already.

        Raises
        ------
        VisualizerError
            Before anything has changed, when nothing in the catalogue can be shown.
        """
        if not catalog.variations:
            raise nothing_to_show(problems)
        before = (self.catalog, self._repetitions)
        old = self._state
        self.catalog = catalog
        self._repetitions = {(r.variation.id, r.side): r for r in solved}
        wanted = [old.variation, *(v.id for v in catalog.variations)]
        error: VisualizerError | None = None
        for variation in wanted:
            try:
                repetition = self.repetition_of(variation, old.side)
                break
            except VisualizerError as e:
                error = error or e
        else:
            self.catalog, self._repetitions = before
            assert error is not None
            raise error
        self.problems = problems
        self._take(repetition, old)
        kept = old.selection if old.selection in catalog.muscles else None
        other = old.other if old.other and old.other.variation in wanted[1:] else None
        self._state = replace(
            old,
            variation=variation,
            selection=kept,
            focus=old.focus and kept is not None,
            alone=old.alone and kept is not None,
            other=other,
        )
        self.set_hover(None)
        self.data_changed.emit()

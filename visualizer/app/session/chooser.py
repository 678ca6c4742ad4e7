"""Choosing a variation or a side without a pause: it is got ready beside the window, then shown.

Solving a repetition and making its scene takes a third of a second or more. What is shown stays
until the new one is ready; the list marks the choice at once. Of several choices the last counts:
what comes back of an older one is kept for later but not shown.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from visualizer.anatomy.muscle import Side
from visualizer.app.session.newest import Newest, Stands
from visualizer.app.session.scenes import ChartLike, Scenes, StageLike
from visualizer.app.session.session import Session
from visualizer.app.session.worker import Jobs
from visualizer.errors import VisualizerError
from visualizer.exercise.repetition import Repetition
from visualizer.lifts.vocabulary import PhaseId

__all__ = ["Chooser"]

_Ready = tuple[Repetition, tuple[StageLike, ChartLike]]


class Chooser(QObject):
    """Gets chosen repetitions ready and shows the newest.

    Parameters
    ----------
    session : Session
        What is shown; changed when a choice is ready.
    scenes : Scenes
        Where the new scene goes.
    jobs : Jobs
        Does the work.
    """

    wanted_changed = Signal(str)  # id of the variation that was chosen last, ready or not
    refused = Signal(object)  # VisualizerError: why it cannot be shown

    def __init__(
        self, session: Session, scenes: Scenes, jobs: Jobs, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._scenes, self._jobs = session, scenes, jobs
        self._newest = Newest()
        self._coming: tuple[str, Side] | None = None
        self._then: Callable[[], object] | None = None
        session.data_changed.connect(self._forget)

    @property
    def wanted(self) -> str:
        """Id of the variation that was chosen last, which may not be shown yet."""
        return self._wanted[0]

    @property
    def _wanted(self) -> tuple[str, Side]:
        state = self._session.state
        return self._coming or (state.variation, state.side)

    def choose(self, variation: str, side: Side, then: Callable[[], object] | None = None) -> None:
        """Show a variation with a working side as soon as it is ready.

        Parameters
        ----------
        variation : str
            Its id.
        side : Side
            The working side, where one leg works.
        then : callable, optional
            Called when it is shown; never when another one is chosen before, or when it cannot be.
        """
        self._then = None  # of a choice that this one takes the place of
        state = self._session.state
        if self._coming is None and (variation, side) == (state.variation, state.side):
            if then is not None:
                then()
            return
        self._then = then
        self._choose(variation, side)

    def choose_variation(self, variation: str) -> None:
        """Show a variation as soon as it is ready; ``refused`` tells when it never will be."""
        self._then = None
        self._choose(variation, self._wanted[1])

    def choose_side(self, side: Side) -> None:
        """Let a side work, as soon as that is ready."""
        self._then = None
        self._choose(self._wanted[0], side)

    def _choose(self, variation: str, side: Side) -> None:
        session, stands = self._session, self._newest.begin()
        try:
            known = session.known(variation, side)
        except VisualizerError as error:
            self._refuse(stands, error)
            return
        self._coming = variation, side
        if known is not None and self._scenes.has(known):
            self._jobs.soon(partial(self._show, stands), self)
            return
        self.wanted_changed.emit(variation)

        def prepare() -> _Ready | None:
            if not stands():
                return None  # another choice has come since
            repetition = known or session.solve(variation, side)
            # what every view asks for first
            repetition.part_states(PhaseId.LIFT)
            return repetition, self._scenes.prepared(repetition)

        self._jobs.run(
            prepare,
            lambda ready: self._take(stands, ready),
            lambda error: self._refuse(stands, error),
            owner=self,
            urgent=True,
        )

    def _take(self, stands: Stands, ready: _Ready | None) -> None:
        if ready is None or ready[0].catalog is not self._session.catalog:
            return  # of data that have been read again since
        if stands():
            self._scenes.keep(*ready)
            self._jobs.soon(partial(self._show, stands), self)  # showing it is work for a turn

    def _show(self, stands: Stands) -> None:
        if self._coming is None or not stands():
            return
        (variation, side), self._coming = self._coming, None
        try:
            self._session.change(variation=variation, side=side)
        except VisualizerError as error:
            self._refuse(stands, error)
        else:
            self.wanted_changed.emit(variation)
            then, self._then = self._then, None
            if then is not None:
                then()

    def _refuse(self, stands: Stands, error: VisualizerError) -> None:
        if stands():
            self._coming = self._then = None
            self.wanted_changed.emit(self._session.state.variation)
            self.refused.emit(error)

    def _forget(self) -> None:
        self._newest.begin()
        self._coming = self._then = None

"""The estimate of effort, computed beside the window whenever it is to be seen.

A repetition takes some tenths of a second, once; each load some hundredths. While a slider is
dragged the last estimate stays, and of all that were asked for meanwhile only the newest is
computed.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from visualizer.app.session.session import Session
from visualizer.app.session.worker import Jobs
from visualizer.effort.kept import effort_of, known_effort
from visualizer.effort.sharing import Effort
from visualizer.errors import VisualizerError
from visualizer.exercise.repetition import Repetition
from visualizer.lifts.loads import Load

__all__ = ["Estimating"]

_Wanted = tuple[Repetition, Load]


class Estimating(QObject):
    """Keeps a session's estimate of effort up to date.

    Parameters
    ----------
    session : Session
        What it is of, and who is given it.
    jobs : Jobs
        Does the work.
    """

    def __init__(self, session: Session, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs = session, jobs
        self._given: _Wanted | None = None  # or it cannot be given
        self._busy = self._asked = False
        session.state_changed.connect(self._ask)
        session.data_changed.connect(self._ask)
        self._ask()

    def _ask(self) -> None:
        """Look in a turn of its own: the views come first, and of many changes the last counts."""
        if not self._asked and self._wanted is not None:
            self._asked = True
            self._jobs.soon(self._look, self)

    @property
    def _wanted(self) -> _Wanted | None:
        """The repetition and the load whose effort is to be seen; None where none is."""
        session = self._session
        state = session.state
        if not state.shows_effort:
            return None
        return session.repetition, state.load.load(session.variation)

    def _look(self) -> None:
        self._asked = False
        wanted = self._wanted
        if wanted is None or self._busy or wanted == self._given:
            return
        known = known_effort(*wanted)
        if known is not None:
            self._give(wanted, known)
            return
        self._busy = True
        self._jobs.run(
            partial(effort_of, *wanted),
            partial(self._done, wanted),
            partial(self._failed, wanted),
            owner=self,
            urgent=True,
        )

    def _give(self, wanted: _Wanted, effort: Effort) -> None:
        self._given = wanted
        self._session.take_effort(wanted[0], effort)

    def _done(self, wanted: _Wanted, effort: Effort) -> None:
        self._busy, self._given = False, wanted
        # first what has been asked for meanwhile: it is computed while this one is painted
        self._look()
        if self._given == wanted:
            self._give(wanted, effort)

    def _failed(self, wanted: _Wanted, error: VisualizerError) -> None:
        del error  # the plot of moments says why the lift cannot bear such a load
        self._busy, self._given = False, wanted
        self._look()

"""The shown moment as a value, and the way back: what links, lessons and presenting stand on."""

from __future__ import annotations

from visualizer.app.session.chooser import Chooser
from visualizer.app.session.session import Session
from visualizer.app.stage.orbit import Orbit
from visualizer.teaching.moment import Moment

__all__ = ["Moments"]


class Moments:
    """Takes the moment that a window shows, and shows others.

    Parameters
    ----------
    session : Session
        What is shown.
    chooser : Chooser
        Gets variations ready that have not been shown yet.
    orbit : Orbit
        The stage's camera.
    """

    def __init__(self, session: Session, chooser: Chooser, orbit: Orbit) -> None:
        self._session, self._chooser, self._orbit = session, chooser, orbit

    def now(self) -> Moment:
        """Return what is shown now."""
        state, orbit = self._session.state, self._orbit
        return Moment(
            state.variation,
            self._session.playhead,
            side=state.side,
            view=orbit.view,
            camera=None if orbit.at_view or state.focus else orbit.camera,
            labels=state.labels,
            xray=state.xray,
            swelling=state.swelling,
            skin=state.skin,
            muscle=state.selection,
            focus=state.focus,
            alone=state.alone,
            only=state.only_role,
            veil=state.veil,
            colours=state.colours,
            other=state.other,
            overlaid=state.overlaid,
            load=state.load,
            plot=state.curves,
            tempo=state.tempo,
            marked=state.marked,
        )

    def show(self, moment: Moment) -> None:
        """Show a moment, as soon as its variation is ready; playing stops."""
        self._session.change(playing=False)
        self._chooser.choose(moment.variation, moment.side, lambda: self._apply(moment))

    def _apply(self, moment: Moment) -> None:
        session = self._session
        session.change(
            labels=moment.labels,
            xray=moment.xray,
            swelling=moment.swelling,
            skin=moment.skin,
            selection=moment.muscle,
            focus=moment.focus,
            alone=moment.alone,
            only_role=moment.only,
            veil=moment.veil,
            colours=moment.colours,
            other=moment.other,
            overlaid=moment.overlaid,
            load=moment.load,
            curves=moment.plot,
            tempo=moment.tempo,
            marked=moment.marked,
            loop_phase=session.state.loop_phase and moment.marked is None,
        )
        session.go_to(session.repetition.schedule.nearest(moment.playhead))
        session.show_newest()
        self._orbit.stand_at(moment.view, moment.camera)

"""The views of one window: makes them from their records and tells them what the session shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from visualizer.app.session.session import Session
from visualizer.app.session.state import SessionState
from visualizer.app.window.view import Place, View, ViewContext, ViewRecord
from visualizer.exercise.repetition import Instant

__all__ = ["ViewSet"]

V = TypeVar("V", bound=QWidget)


class ViewSet(QObject):
    """Views by their ids.

    Parameters
    ----------
    records : sequence of ViewRecord
        What there is; all but the late ones are made at once.
    context : ViewContext
        What they are made of.
    """

    def __init__(
        self, records: Sequence[ViewRecord], context: ViewContext, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.records, self._context = tuple(records), context
        self._widgets: dict[str, QWidget] = {
            record.id: record.build(context) for record in records if not record.late
        }
        # those that do not show the newest state yet
        self._behind: list[ViewRecord] = []
        context.session.instant_changed.connect(self.show_instant)
        context.session.hover_changed.connect(self.show_hover)

    # ---------------------------------------------------------------------------------- reading
    def __getitem__(self, name: str) -> QWidget:
        return self._widgets[name]

    def of(self, kind: type[V]) -> V:
        """Return the view of a class."""
        return next(widget for widget in self._widgets.values() if isinstance(widget, kind))

    def get(self, name: str) -> QWidget | None:
        """Return a view, None while it is not made yet."""
        return self._widgets.get(name)

    def at(self, place: Place) -> list[tuple[ViewRecord, QWidget]]:
        """Return the views of a place that are made, in the order of their records."""
        return [(record, widget) for record, widget in self._made() if record.place is place]

    def all(self) -> list[QWidget]:
        """Return all views that are made and lie on no other one, in the order of their records."""
        on_stage = (Place.ON_STAGE_TOP, Place.ON_STAGE_BOTTOM)
        return [widget for record, widget in self._made() if record.place not in on_stage]

    def _made(self) -> list[tuple[ViewRecord, QWidget]]:
        return [(r, self._widgets[r.id]) for r in self.records if r.id in self._widgets]

    @property
    def _session(self) -> Session:
        return self._context.session

    def retire(self) -> None:
        """Tell the views of nothing more: others take their place."""
        self._context.session.instant_changed.disconnect(self.show_instant)
        self._context.session.hover_changed.disconnect(self.show_hover)
        self._widgets.clear()
        self._behind.clear()
        self.deleteLater()

    # ---------------------------------------------------------------------------------- telling
    def finish(self, put: Callable[[Place, QWidget], object]) -> None:
        """Make the late views, hand each to ``put``, and let all begin that wait for this."""
        for record in self.records:
            if record.late and record.id not in self._widgets:
                widget = self._widgets[record.id] = record.build(self._context)
                put(record.place, widget)
            if record.begin is not None:
                record.begin(self._widgets[record.id])

    def show_all(self) -> None:
        """Let all views show everything anew."""
        self._behind.clear()
        for view in self._up_to_date():
            view.show_state(None, self._session.state)
            view.show_instant(self._session.instant)

    def show_state(self, old: SessionState, new: SessionState) -> None:
        """Tell of another state; slow views take another variation in turns of their own."""
        another = (old.variation, old.side) != (new.variation, new.side)
        for record, widget in self._made():
            if record in self._behind:
                continue
            if another and record.slow:
                self._behind.append(record)
                self._context.soon(partial(self._catch_up, record, old), self)
            else:
                _view(widget).show_state(old, new)

    def _catch_up(self, record: ViewRecord, old: SessionState) -> None:
        """Let a view follow that was left behind; ``old`` is what it shows."""
        if record in self._behind:
            self._behind.remove(record)
            view = _view(self._widgets[record.id])
            view.show_state(old, self._session.state)
            view.show_instant(self._session.instant)
            view.show_hover(self._session.hover)

    def show_instant(self, instant: Instant) -> None:
        """Tell of another moment."""
        for view in self._up_to_date():
            view.show_instant(instant)

    def show_hover(self, muscle: str | None) -> None:
        """Tell which muscle is under the mouse."""
        for view in self._up_to_date():
            view.show_hover(muscle)

    def _up_to_date(self) -> list[View]:
        return [_view(widget) for record, widget in self._made() if record not in self._behind]


def _view(widget: QWidget) -> View:
    """Return a widget as the view that it is; a test holds that each is one."""
    return cast(View, widget)

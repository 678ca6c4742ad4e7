"""A lesson while it is edited: every step can be taken back, because each is a whole lesson.

A lesson is a value, so a step of the history is one: nothing is patched, nothing can be left half
done. Typing in one field is one step until :meth:`LessonDraft.settle` is called (by the window,
when the hand rests or goes elsewhere); there is no clock in here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from visualizer.language import ENGLISH
from visualizer.teaching.lesson import FORMAT, Lesson, PenStroke, Stop
from visualizer.teaching.link import link_of
from visualizer.teaching.moment import Moment
from visualizer.texts import N_, tr

__all__ = ["LessonDraft", "new_lesson"]

# Far more than anybody takes back; a step shares all that it leaves as it was.
_MOST_STEPS = 500


@dataclass(frozen=True)
class _Step:
    lesson: Lesson
    selected: int
    done: str = ""  # what led here, marked for translation


def new_lesson(moment: Moment, title: str, language: str = ENGLISH) -> Lesson:
    """Return a lesson of one stop, with a title in a language."""
    stop = Stop(link=link_of(moment))
    return Lesson(version=FORMAT, title={language: title}, stops=(stop,))


class LessonDraft:
    """A lesson that is edited.

    Parameters
    ----------
    lesson : Lesson
        What is edited.
    selected : int
        The stop that is looked at.
    saved : bool
        Whether it is on the disk as it is.
    """

    def __init__(self, lesson: Lesson, selected: int = 0, *, saved: bool = True) -> None:
        self._past: list[_Step] = []
        self._now = _Step(lesson, selected)
        self._future: list[_Step] = []
        self._saved = lesson if saved else None
        self._typing: tuple[object, ...] | None = None

    # -------------------------------------------------------------------------------- reading
    @property
    def lesson(self) -> Lesson:
        """The lesson as it stands."""
        return self._now.lesson

    @property
    def selected(self) -> int:
        """The index of the stop that is looked at."""
        return self._now.selected

    @property
    def stop(self) -> Stop:
        """The stop that is looked at."""
        return self.lesson.stops[self.selected]

    @property
    def changed(self) -> bool:
        """Whether it differs from what was saved last."""
        return self._now.lesson != self._saved

    @property
    def undoes(self) -> str:
        """What :meth:`undo` takes back, in the language of the interface; empty for nothing."""
        return tr(self._now.done) if self._past else ""

    @property
    def redoes(self) -> str:
        """What :meth:`redo` does again; empty for nothing."""
        return tr(self._future[-1].done) if self._future else ""

    # -------------------------------------------------------------------------------- editing
    def select(self, index: int) -> None:
        """Look at a stop; that is no step."""
        self.settle()
        self._now = replace(self._now, selected=self._within(index))

    def change(self, **fields: Any) -> None:
        """Change fields of the lesson, such as its title."""
        self._do(replace(self.lesson, **fields), self.selected, N_("change the lesson"), fields)

    def change_stop(self, **fields: Any) -> None:
        """Change fields of the stop that is looked at, such as its notes."""
        stop = replace(self.stop, **fields)
        self._put(self.selected, stop, N_("change the moment"), fields)

    def show(self, moment: Moment) -> None:
        """Let the stop that is looked at show another moment."""
        stop = replace(self.stop, link=link_of(moment))
        self._put(self.selected, stop, N_("show another moment"))

    def add(self, moment: Moment, index: int | None = None) -> None:
        """Put in a stop, by default behind the one that is looked at, and look at it."""
        self.insert(Stop(link=link_of(moment)), index)

    def insert(self, stop: Stop, index: int | None = None) -> None:
        """Put in a stop that exists, e.g. a copy; see :meth:`add`."""
        at = self.selected + 1 if index is None else min(max(index, 0), len(self.lesson.stops))
        stops = self.lesson.stops
        self._do_stops((*stops[:at], stop, *stops[at:]), at, N_("add a moment"))

    def remove(self, index: int | None = None) -> None:
        """Take out a stop, by default the one that is looked at; the last one stays."""
        at = self.selected if index is None else self._within(index)
        stops = self.lesson.stops
        if len(stops) > 1:
            rest = (*stops[:at], *stops[at + 1 :])
            self._do_stops(rest, min(at, len(rest) - 1), N_("remove a moment"))

    def draw(self, pens: Mapping[int, tuple[PenStroke, ...]]) -> None:
        """Let stops, by their indices, keep what is drawn on them."""
        stops = [replace(s, pen=pens.get(k, s.pen)) for k, s in enumerate(self.lesson.stops)]
        self._do_stops(tuple(stops), self.selected, N_("draw on the picture"))

    def move(self, index: int, to: int) -> None:
        """Take a stop to another place, and look at it."""
        at, to = self._within(index), self._within(to)
        rest = [*self.lesson.stops]
        rest.insert(to, rest.pop(at))
        self._do_stops(tuple(rest), to, N_("move a moment"))

    def settle(self) -> None:
        """End what is being typed: the next change is a step of its own."""
        self._typing = None

    def undo(self) -> None:
        """Take the last step back; nothing happens where there is none."""
        self._go(self._past, self._future)

    def redo(self) -> None:
        """Do the step again that was taken back last."""
        self._go(self._future, self._past)

    def saved(self) -> None:
        """Remember that it was saved as it is."""
        self.settle()
        self._saved = self.lesson

    # ------------------------------------------------------------------------------- the steps
    def _within(self, index: int) -> int:
        return min(max(index, 0), len(self.lesson.stops) - 1)

    def _put(self, index: int, stop: Stop, done: str, fields: dict[str, Any] | None = None) -> None:
        stops = self.lesson.stops
        lesson = replace(self.lesson, stops=(*stops[:index], stop, *stops[index + 1 :]))
        self._do(lesson, index, done, fields)

    def _do_stops(self, stops: tuple[Stop, ...], selected: int, done: str) -> None:
        self._do(replace(self.lesson, stops=stops), selected, done)

    def _do(
        self, lesson: Lesson, selected: int, done: str, fields: dict[str, Any] | None = None
    ) -> None:
        if lesson == self.lesson:
            return
        typing = None if fields is None else (done, selected, *fields)
        if typing is None or typing != self._typing:
            self._past = [*self._past, self._now][-_MOST_STEPS:]
        self._typing = typing
        self._future.clear()
        self._now = _Step(lesson, selected, done)

    def _go(self, source: list[_Step], target: list[_Step]) -> None:
        self.settle()
        if source:
            target.append(self._now)
            self._now = source.pop()

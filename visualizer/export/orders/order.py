"""What an order is, and the desk at which it is carried out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from visualizer.anatomy.body_model import BodyModel
from visualizer.anatomy.muscle import Side
from visualizer.catalog.catalog import Catalog
from visualizer.exercise.repetition import Repetition, working_side
from visualizer.export.output import Tell
from visualizer.teaching.moment import Moment

__all__ = ["Desk", "Order", "OwnDesk", "Sent", "shown_at"]


class Desk(Protocol):
    """Knows the data and solves repetitions of them: a session, or a desk of its own."""

    @property
    def catalog(self) -> Catalog:
        """The data."""

    def solve(self, variation: str, side: Side) -> Repetition:
        """Return a variation's repetition, in the tempo of its data; the same one each time.

        Raises
        ------
        VisualizerError
            When there is no such variation, or the body cannot do it.
        """


class Order(Protocol):
    """What is to be made: a frozen record of records, words and numbers, so that it can be sent."""

    @property
    def path(self) -> str:
        """The file that is written; empty for none."""

    def check(self) -> object:
        """Refuse before the work what cannot be done.

        Raises
        ------
        VisualizerError
            When it cannot; it says why.
        """

    def __call__(self, desk: Desk, tell: Tell, /) -> object:
        """Carry it out, and return a record where something is to come back.

        Raises
        ------
        VisualizerError
            When it cannot be done; nothing is left behind.
        """


@dataclass(frozen=True)
class Sent:
    """An order with all that has to be known to carry it out elsewhere.

    Attributes
    ----------
    order : Order
        The order.
    catalog : bytes
        The data, see :mod:`visualizer.catalog.kept_catalog`.
    body : str
        The folder of the body.
    language : str
        Code of the language of the interface.
    kept : str
        The folder where results are kept; empty for none.
    aside : str
        The folder where is put aside what nobody needs afterwards.
    """

    order: Order
    catalog: bytes
    body: str
    language: str
    kept: str
    aside: str


class OwnDesk:
    """A desk for one order.

    Parameters
    ----------
    catalog : Catalog
        The data.
    body : BodyModel
        Who does it.
    """

    def __init__(self, catalog: Catalog, body: BodyModel) -> None:
        self.catalog, self._body = catalog, body
        self._solved: dict[tuple[str, Side], Repetition] = {}

    def solve(self, variation: str, side: Side) -> Repetition:
        """Return a variation's repetition; see :meth:`Desk.solve`."""
        found = self.catalog.variation(variation)
        key = variation, working_side(found, side)
        if key not in self._solved:
            self._solved[key] = Repetition(found, self.catalog, self._body, key[1])
        return self._solved[key]


def shown_at(desk: Desk, moment: Moment) -> Repetition:
    """Return the repetition that a moment is of, in its tempo and on its side."""
    return desk.solve(moment.variation, moment.side).in_tempo(moment.tempo)

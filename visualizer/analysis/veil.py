"""What is covered while people think: the same value for quiz, lesson and presentation.

A class that is to predict must find the answer nowhere: not on the body, not in a lane, a tooltip,
a title or what a screen reader says. So whatever shows a muscle is told one :class:`Veil`, and asks
it before it names, colours or marks anything.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

__all__ = ["COVERED", "OPEN", "Veil"]


@dataclass(frozen=True)
class Veil:
    """What is hidden, in every view alike.

    Attributes
    ----------
    names : bool
        Names of muscles and groups: labels, tags, lanes, titles, lists.
    roles : bool
        Colours, letters, outlines, order and words of the roles; everything that works looks alike,
        and so does what does not.
    contractions : bool
        Marks, textures, swelling and words of the contractions, and plots of a muscle's length.
    reasons : bool
        Reasons, grounds and evidence, which would give the rest away.
    """

    names: bool = False
    roles: bool = False
    contractions: bool = False
    reasons: bool = False

    def __bool__(self) -> bool:
        return any(self.hidden)

    @property
    def hidden(self) -> tuple[str, ...]:
        """What is hidden, by the names of the fields and in their order."""
        return tuple(f.name for f in fields(self) if getattr(self, f.name))

    def __or__(self, other: Veil) -> Veil:
        """Return what hides whatever either of two hides."""
        return replace(self, **dict.fromkeys(other.hidden, True))

    def name(self, shown: str, instead: str = "") -> str:
        """Return a muscle's name, or ``instead`` of it while names are hidden."""
        return instead if self.names else shown

    def role(self, shown: str, instead: str = "") -> str:
        """Return a role's word or letter, or ``instead`` of it while roles are hidden."""
        return instead if self.roles else shown

    def contraction(self, shown: str, instead: str = "") -> str:
        """Return a contraction's word or mark, or ``instead`` while contractions are hidden."""
        return instead if self.contractions else shown


OPEN = Veil()
COVERED = Veil(names=True, roles=True, contractions=True, reasons=True)

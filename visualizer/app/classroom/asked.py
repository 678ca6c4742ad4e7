"""A question as the class reads it: its text, the answers and, when it is uncovered, the reason."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Asked"]


@dataclass(frozen=True)
class Asked:
    """A question in words.

    Attributes
    ----------
    question : str
        The question.
    answers : tuple of str
        What may be answered, A first; empty for a question that is only talked about.
    right : int or None
        Which of them is right; None while it is covered.
    why : str
        The reason; empty while it is covered.
    """

    question: str
    answers: tuple[str, ...] = ()
    right: int | None = None
    why: str = ""

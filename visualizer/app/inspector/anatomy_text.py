"""Origin, insertion, nerve and actions, of a muscle or of all that a group consists of."""

from __future__ import annotations

from collections.abc import Callable

from visualizer.anatomy.muscle import Muscle
from visualizer.catalog.catalog import Catalog
from visualizer.texts import language, tr

__all__ = ["facts_of"]


def facts_of(muscle: Muscle, catalog: Catalog) -> tuple[tuple[str, str], ...]:
    """Return headings with their texts; what is not in the data is left out.

    A group without texts of its own has those of its members: a text that all share stands once,
    others follow the name of their member, line by line.

    Parameters
    ----------
    muscle : Muscle
        The muscle or group.
    catalog : Catalog
        Knows the members.
    """
    members = [catalog.muscle(key) for key in catalog.surfaces(muscle.id)]
    fields: tuple[tuple[str, Callable[[Muscle], str]], ...] = (
        (tr("Origin"), lambda m: m.origin),
        (tr("Insertion"), lambda m: m.insertion),
        (tr("Nerve"), lambda m: m.nerve),
        (tr("Actions"), lambda m: m.actions),
    )
    found = []
    for word, text_of in fields:
        text = text_of(muscle) or _of_members([(m, text_of(m)) for m in members])
        if text:
            found.append((word, text))
    return tuple(found)


def _of_members(texts: list[tuple[Muscle, str]]) -> str:
    """Return one text that all share, or a line for each that differs."""
    by_text: dict[str, list[str]] = {}
    for member, text in texts:
        if text:
            by_text.setdefault(text, []).append(member.display_name(language()))
    if len(by_text) == 1 and all(text for _, text in texts):
        return next(iter(by_text))
    return "\n".join(f"{', '.join(names)}: {text}" for text, names in by_text.items())

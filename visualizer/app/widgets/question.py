"""A question of one sentence with a button for each answer, which nobody has to wait for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMessageBox, QWidget

__all__ = ["ask"]

Role = QMessageBox.ButtonRole


def ask(
    window: QWidget,
    text: str,
    more: str,
    answers: Sequence[tuple[str, Callable[[], object] | None]],
) -> QMessageBox:
    """Ask over a window, and do what the answer stands for.

    Parameters
    ----------
    window : QWidget
        What is asked about belongs to it.
    text, more : str
        The question, and what follows from the answers.
    answers : sequence of (str, callable or None)
        What the buttons say and do; the first is the default, the last, which Esc means as well,
        leaves all as it is.
    """
    box = QMessageBox(window)
    box.setText(text)
    box.setInformativeText(more)
    roles = [Role.AcceptRole, *[Role.DestructiveRole] * (len(answers) - 2), Role.RejectRole]
    does: dict[object, Callable[[], object] | None] = {}
    for role, (says, do) in zip(roles, answers, strict=True):
        button = box.addButton(says, role)
        button.setProperty("kind", "plain")
        button.style().polish(button)
        button.setIcon(QIcon())
        does[button] = do
    first, *_, last = does
    box.setDefaultButton(first)  # type: ignore[call-overload]  # a button that was added above
    box.setEscapeButton(last)  # type: ignore[call-overload]

    def done() -> None:
        do = does.get(box.clickedButton())
        box.deleteLater()
        if do is not None:
            do()

    box.finished.connect(done)
    box.open()
    return box

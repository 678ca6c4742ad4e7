"""Help: the first minute, the words of the field, and the ways to more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from string import Formatter

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from visualizer.app.widgets.controls import clear_layout, label
from visualizer.app.widgets.dialog import Dialog
from visualizer.app.widgets.touch import scroll_by_touch
from visualizer.catalog.catalog import Catalog
from visualizer.language import in_language
from visualizer.teaching.glossary import Term, load_glossary
from visualizer.texts import N_, language, tr

__all__ = ["STEPS", "GlossaryDialog", "glossary", "help_page", "steps"]

# What to do first: the view that it is about, a heading, a sentence. The tour tells the same.
STEPS: tuple[tuple[str, str, str], ...] = (
    ("stage", N_("The body"),
     N_("{play} plays the repetition. Drag the body to turn it, roll the wheel to come closer; "
        "{reset_view} brings the view back.")),
    ("timeline", N_("The timeline"),
     N_("Drag it to any moment. Each lane is a working muscle: the colour is its role, the arrows "
        "are its contraction.")),
    ("inspector", N_("A muscle"),
     N_("Click a muscle, a lane or a name: here you read what it does now, why, its anatomy and "
        "what was measured.")),
    ("legend", N_("The legend"),
     N_("Click a role to show its muscles alone, and again for all. {find_muscle} finds any "
        "muscle by its name.")),
    ("top_bar", N_("The variations"),
     N_("The keys 1 to 9 go to another variation at the same moment, so that you see what "
        "changes. {help} brings you back here.")),
)  # fmt: skip

# What a teacher wants to know besides; no view of the window shows it.
_CLASS = (
    N_("In a class"),
    N_("Double-click a lesson at the left to present it. {new_lesson} begins one of your own with "
       "what you see, {add_stop} adds each further moment, {present} presents it. {predict} hides "
       "roles and names and asks a question."),
)  # fmt: skip


def steps(key: Callable[[str], str]) -> tuple[tuple[str, str, str], ...]:
    """Return what to do first: the view, heading and text, in the language of the interface.

    Parameters
    ----------
    key : callable
        Returns what to press for a command, by its id.
    """
    return tuple((view, tr(head), _said(text, key)) for view, head, text in STEPS)


def _said(text: str, key: Callable[[str], str]) -> str:
    """Return a text with what to press for the commands that stand in braces in it."""
    keys = {name: key(name) for _, name, _, _ in Formatter().parse(text) if name}
    return tr(text).format(**keys)


def help_page(
    parent: QWidget,
    key: Callable[[str], str],
    more: Sequence[tuple[str, Callable[[], object]]],
) -> Dialog:
    """Return the help: five things to do first, and buttons that lead on.

    Parameters
    ----------
    parent : QWidget
        The window.
    key : callable
        Returns what to press for a command, by its id.
    more : sequence of (text, callable)
        Buttons, and what they do when the help has closed.
    """
    dialog = Dialog(parent, tr("Help"), QSize(560, 560))
    page, column = _page()
    in_class = tr(_CLASS[0]), _said(_CLASS[1], key)
    for heading, text in (*(step[1:] for step in steps(key)), in_class):
        column.addWidget(label(heading, "strong"))
        column.addWidget(label(text))
        column.addSpacing(8)
    column.addStretch(1)
    dialog.column.addWidget(_scrolled(page, tr("Help")), 1)
    line = QHBoxLayout()
    for text, do in more:
        button = QPushButton(text)
        button.setProperty("kind", "plain")
        button.setAutoDefault(False)
        button.clicked.connect(dialog.accept)
        button.clicked.connect(lambda _=False, act=do: act())
        line.addWidget(button)
    line.addStretch(1)
    dialog.column.addLayout(line)
    dialog.focus_close()
    return dialog


class GlossaryDialog(Dialog):
    """The words of the field from A to Z, with a field that finds them.

    Parameters
    ----------
    parent : QWidget
        The window.
    catalog : Catalog
        What the definitions rest on.
    """

    def __init__(self, parent: QWidget, catalog: Catalog) -> None:
        super().__init__(parent, tr("Glossary"), QSize(560, 640))
        self._glossary = load_glossary(catalog)
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Find a word"))
        self.field.setAccessibleName(tr("Find a word"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._look)
        self.column.addWidget(self.field)
        page, self._terms = _page()
        self.column.addWidget(_scrolled(page, tr("Glossary")), 1)
        self.shown: tuple[Term, ...] = ()
        self._look("")
        self.field.setFocus()

    def _look(self, text: str) -> None:
        """Show what a text may mean; all for no text."""
        code, known = language(), self._glossary
        self.shown = known.find(text, code) if text.strip() else known.in_order(code)
        clear_layout(self._terms)
        for term in self.shown:
            words = term.words(code)
            self._terms.addWidget(label(words[0], "strong"))
            if len(words) > 1:
                self._terms.addWidget(label(", ".join(words[1:]), "caption"))
            self._terms.addWidget(label(in_language(term.means, code), selectable=True))
            if term.see:
                see = ", ".join(known.term(other).words(code)[0] for other in term.see)
                self._terms.addWidget(label(tr("See also: {}").format(see), "caption"))
            self._terms.addSpacing(8)
        if not self.shown:
            self._terms.addWidget(label(tr("No such word is explained here."), "secondary"))
        self._terms.addStretch(1)


def glossary(parent: QWidget, catalog: Catalog) -> GlossaryDialog:
    """Return the glossary."""
    return GlossaryDialog(parent, catalog)


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    page.setObjectName("page")
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 12, 0)
    column.setSpacing(2)
    return page, column


def _scrolled(page: QWidget, name: str) -> QScrollArea:
    area = QScrollArea()
    area.setAccessibleName(name)
    area.setWidgetResizable(True)
    area.setWidget(page)
    scroll_by_touch(area)
    return area

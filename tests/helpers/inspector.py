"""What the inspector says, read as a user would: on this tab, or on all of them."""

from PySide6.QtWidgets import QLabel

from tests.helpers.window import page_of
from visualizer.app.inspector.inspector import Inspector
from visualizer.app.inspector.studies import StudyFold


def on_this_tab(inspector: Inspector) -> list[str]:
    return [getattr(x, "plain", x.text()) for x in page_of(inspector).findChildren(QLabel)]


def texts(inspector: Inspector) -> list[str]:
    """Return what all tabs say, folds opened; the tab stays."""
    before, found = inspector.tabs.currentIndex(), []
    for index in range(inspector.tabs.count()):
        if index != inspector.tabs.currentIndex():
            inspector.tabs.setCurrentIndex(index)
        for fold in page_of(inspector).findChildren(StudyFold):
            fold.opener.setChecked(True)
        found += on_this_tab(inspector)
    inspector.tabs.setCurrentIndex(before)
    return found


def whole(inspector: Inspector) -> str:
    return "\n".join(texts(inspector))

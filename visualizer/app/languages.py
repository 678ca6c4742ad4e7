"""The window's language: the system's or a chosen one, for our texts, Qt's dialogs and numbers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from visualizer.language import ENGLISH, language_tag
from visualizer.texts import language, language_name, languages, set_language, tr

__all__ = ["LanguageMenu", "speak", "system_language"]

# What the settings call the system's language.
SYSTEM = ""
_QT_TRANSLATOR = "qt-texts"


def system_language() -> str:
    """Return the code of the system's language, e.g. ``de-AT`` or ``nds-DE``."""
    try:
        return language_tag(QLocale(QLocale.system().uiLanguages()[0]).name())
    except (ValueError, IndexError):  # the locale "C" has none
        return ENGLISH


def speak(chosen: str) -> None:
    """Choose the language of all texts that are made from now on.

    Parameters
    ----------
    chosen : str
        A code; empty for the system's language, which also stands in for what is no code.
    """
    try:
        set_language(chosen or system_language())
    except ValueError:
        set_language(system_language())
    QLocale.setDefault(QLocale(language()) if chosen else QLocale.system())
    _translate_qt()


def _translate_qt() -> None:
    """Let Qt's own dialogs follow, where this installation of Qt has the language."""
    application = QCoreApplication.instance()
    if application is None:
        return
    for old in application.findChildren(QTranslator, _QT_TRANSLATOR):
        application.removeTranslator(old)
        old.deleteLater()
    translator = QTranslator(application)
    translator.setObjectName(_QT_TRANSLATOR)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QLocale(language()), "qtbase", "_", folder):
        application.installTranslator(translator)


class LanguageMenu(QMenu):
    """The system's language, and every language of the interface by its own name.

    Parameters
    ----------
    chosen : str
        Code of the chosen language; empty for the system's.
    choose : callable
        Called with the code of another one.
    """

    def __init__(self, chosen: str, choose: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(tr("Lan&guage"), parent)
        group = QActionGroup(self)
        for code in (SYSTEM, *languages()):
            action = QAction(language_name(code) if code else tr("&System"), self)
            action.setData(code)
            action.setCheckable(True)
            action.setChecked(code == chosen)
            action.triggered.connect(lambda _=False, c=code: choose(c))
            group.addAction(action)
            self.addAction(action)
